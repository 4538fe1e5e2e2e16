"""How long a run may take: each cell, and all of it together."""

from __future__ import annotations

import math
import time

from selfeval.exceptions import RunStopped

# Far above what any of our cells needs; a cell that takes longer hangs.
CELL_SECONDS = 300
# The same for the four notebooks together.
RUN_SECONDS = 1800


class Limit:
    """The time left to a run that begins now."""

    def __init__(self, cell_seconds: float = CELL_SECONDS, run_seconds: float = RUN_SECONDS) -> None:
        self.cell_seconds = cell_seconds
        self.run_seconds = run_seconds
        self._end = time.monotonic() + run_seconds

    def of_cell(self) -> int:
        """The whole seconds that a cell about to begin may take, at least one."""
        return max(1, math.ceil(min(self.cell_seconds, self._end - time.monotonic())))

    def told(self) -> str:
        """Which limit a cell has overrun that took all it could."""
        if time.monotonic() >= self._end:
            return f"整个运行超过 {self.run_seconds} 秒，已停止"
        return f"运行超过 {self.cell_seconds} 秒，已停止"

    def require_left(self) -> None:
        """Raise RunStopped when the run has taken all its time."""
        if time.monotonic() >= self._end:
            raise RunStopped(f"{self.told()}；请检查机器是否过忙，再重新运行")
