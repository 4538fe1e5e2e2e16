"""A process that imports once what kernels need, and forks each of them in a few milliseconds. For Linux.

Run as `python -m selfeval.running.nursery.zygote NOTEBOOK...`: it takes a line an order from its input and answers with the number of the
process that the order became. It ends with whoever holds the other end of its input, and its kernels end with it.
"""

from __future__ import annotations

import ctypes
import gc
import os
import pathlib
import select
import signal
import sys
from collections import deque
from contextlib import suppress

from . import kernel

_DIE_WITH_PARENT = 1  # PR_SET_PDEATHSIG


def serve(notebooks: list[str]) -> None:
    """Fork kernels as they are ordered, until the input ends.

    The first order waits until what the first notebook imports is there; what the others need is imported while nobody waits.
    """
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for the kernels: the system itself is to clear them away
    gc.disable()  # what is imported stays: to look through it for garbage again and again takes a tenth of the time
    cold = deque(notebooks)
    while True:
        if cold and (len(cold) == len(notebooks) or not _somebody_waits()):
            kernel.warm_up(cold.popleft())
            gc.freeze()  # else the first collection in every kernel would copy all that they share
            continue
        line = sys.stdin.buffer.readline()
        if not line or _left_alone():
            return
        sys.stdout.buffer.write(b"%d\n" % _fork(kernel.order_of(line)))
        sys.stdout.buffer.flush()


def _somebody_waits() -> bool:
    return bool(select.select([sys.stdin], [], [], 0)[0])


def _left_alone() -> bool:
    """Whether nobody holds the other end any more: what a dead run ordered last would only write into what is being tidied up."""
    channel = select.poll()
    channel.register(sys.stdin, 0)  # that it was hung up is told unasked
    return bool(channel.poll(0))


def _fork(order: kernel.Order) -> int:
    """A kernel in a process group of its own: its number."""
    parent = os.getpid()
    number = os.fork()
    if number == 0:
        try:
            _begin_life(parent)
            kernel.become(order)
        finally:
            os._exit(1)  # nothing of what the parent is in the middle of may go on here
    with suppress(OSError):  # the child does so too: whoever comes first, it is done before the number is known
        os.setpgid(number, number)
    return number


def _begin_life(parent: int) -> None:
    """Cut what ties a fork to its parent, and tie it to the parent's life: it ends with it, even amid C code."""
    os.setpgid(0, 0)
    gc.enable()
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != parent:  # it ended before it could be noticed
        os._exit(1)
    nothing = os.open(os.devnull, os.O_RDWR)
    os.dup2(nothing, sys.stdin.fileno())
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # what was the way of the answers
    sys.stdin = pathlib.Path(os.devnull).open(encoding="utf-8")  # noqa: SIM115  the old one may have read ahead


if __name__ == "__main__":
    serve(sys.argv[1:])
    os._exit(0)  # at once, and the kernels with it: to clear away first all that was imported would take longer than they need to do harm
