"""A process that has imported what its notebook needs and waits to be told what kernel to become. For systems that cannot fork.

Run as `python -m selfeval.running.nursery.spare NOTEBOOK`: one line of its input is the order, and it ends when its input does.
"""

from __future__ import annotations

import os
import sys
import threading

from . import kernel


def wait(notebook: str) -> None:
    """Import, take the order, become that kernel."""
    kernel.warm_up(notebook)
    line = sys.stdin.buffer.readline()
    if line:
        threading.Thread(target=_leave_with_parent, args=(os.dup(sys.stdin.fileno()),), daemon=True).start()
        kernel.become(kernel.order_of(line))


def _leave_with_parent(channel: int) -> None:
    """End this process when the other end of the input is gone, for that is how it learns that its run died."""
    while os.read(channel, 1):
        pass
    os._exit(1)


if __name__ == "__main__":
    wait(sys.argv[1])
