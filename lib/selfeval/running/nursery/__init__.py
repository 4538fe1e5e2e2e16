"""Raises the kernels of a run ahead: what they import is imported once, while the run is still busy with imports of its own.

Every notebook gets a kernel process of its own all the same; what it shares with others is what an import leaves behind.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from selfeval.running.publishing.processes import Process

from .forker import Forker
from .kernel import THREAD_ERRORS, Order
from .spares import Spares

__all__ = ["THREAD_ERRORS", "Forker", "Nursery", "Order", "Spares", "open_nursery"]


class Nursery(Protocol):
    """Where kernels come from; a context manager that closes it at the end."""

    def start(self, order: Order) -> Process:
        """Return the kernel that was ordered. Raises RuntimeError when none can be had."""

    def close(self) -> None:
        """End whatever waits for orders."""

    def __enter__(self) -> Nursery: ...

    def __exit__(self, *_: object) -> None: ...


def open_nursery(notebooks: Sequence[Path]) -> Nursery:
    """Begin to raise kernels for `notebooks`, in this order, and return at once.

    Whoever opens it closes it; it ends with its process, too, however that goes.
    """
    return Forker(notebooks) if sys.platform == "linux" else Spares(notebooks)
