"""Kernels started ahead, each of which imports for itself: slower than forking, but every system can do it."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Sequence
from pathlib import Path
from subprocess import DEVNULL, Popen

from .kernel import Order
from .spawning import spawn

# So many are raised at a time; more would be in one another's way.
_AHEAD = 2


class Spares:
    """Gives one kernel for each of some notebooks, in their order."""

    def __init__(self, notebooks: Sequence[Path]) -> None:
        self._cold = deque(notebooks)
        self._waiting: deque[Popen] = deque()
        self._one_at_a_time = threading.Lock()
        self._raise_some()

    def start(self, order: Order) -> Popen:
        """Take the kernel that has waited longest. Raises RuntimeError when it is gone, or none is left."""
        with self._one_at_a_time:
            if not self._waiting:
                raise RuntimeError("没有为这个笔记本准备内核")
            process = self._waiting.popleft()
            self._raise_some()
        try:
            process.stdin.write(order.line())
            process.stdin.flush()
        except OSError:
            raise RuntimeError("准备好的内核意外终止，可能是内存不足或被系统结束") from None
        return process

    def close(self) -> None:
        """End those that still wait."""
        for process in self._waiting:
            process.kill()
            process.communicate()

    def __enter__(self) -> Spares:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _raise_some(self) -> None:
        while self._cold and len(self._waiting) < _AHEAD:
            self._waiting.append(spawn("spare", [self._cold.popleft()], stdout=DEVNULL))
