"""What a batch says while it works: one line an item, or on a terminal one line that changes and a line for each that went wrong."""

from __future__ import annotations

import time
from collections.abc import Callable

from .job import STATES, UNCHANGED, Job, Outcome

_MINUTE, _HOUR = 60, 3600


class Progress:
    """Counts items and estimates the time left from those that took work; what was unchanged took none.

    `say` gets lines that stay. `live`, given on a terminal, gets the line that changes.
    """

    def __init__(self, total: int, say: Callable[[str], object], live: Callable[[str], object] | None = None) -> None:
        self._total, self._say, self._live = total, say, live
        self._ended = self._worked = 0
        self._begun = time.monotonic()

    def note(self, job: Job, outcome: Outcome) -> None:
        """An item ended."""
        self._ended += 1
        self._worked += outcome.state != UNCHANGED
        count, line, left = f"[{self._ended}/{self._total}] ", f"{job.name}：{_told(outcome)}", self._left()
        if self._live is None:
            self._say(f"{count}{line}{left}")
            return
        if stays := not outcome.well or bool(outcome.cause):
            self._live("")
            self._say(count + line)
        self._live(count + ("" if stays else line) + left if self._ended < self._total else "")

    def _left(self) -> str:
        if not self._worked or self._ended == self._total:
            return ""
        return f"（约还需{duration((time.monotonic() - self._begun) / self._worked * (self._total - self._ended))}）"


def _told(outcome: Outcome) -> str:
    return f"{STATES[outcome.state]}，{outcome.cause}" if outcome.cause else STATES[outcome.state]


def duration(seconds: float) -> str:
    """A length of time in as many words as it is worth."""
    if seconds < _MINUTE:
        return f" {max(round(seconds), 1)} 秒"
    if seconds < _HOUR:
        return f" {round(seconds / _MINUTE)} 分钟"
    return f" {seconds / _HOUR:.1f} 小时"
