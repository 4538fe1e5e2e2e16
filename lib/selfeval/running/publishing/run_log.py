"""The log of the runs of one body and year: a line an event, with its time; old parts are turned over, the oldest are dropped."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from pathlib import Path

from selfeval.paths import Place

_MOST_BYTES = 256 * 1024
_PARTS = 3


class RunLog:
    """Takes notes for one run; a disk that takes none does not stop the run."""

    def __init__(self, place: Place) -> None:
        self.path = place.outputs.with_name(f"{place.year}-运行.log")

    def note(self, text: str) -> None:
        """Add a line, or an indented one for every further line of `text`."""
        line = text.strip().replace("\n", "\n    ")
        with suppress(OSError):
            self._turn_over()
            with self.path.open("a", encoding="utf-8", errors="replace", newline="\n") as file:
                file.write(f"{datetime.now().astimezone().isoformat(' ', 'seconds')}  {line}\n")

    def _turn_over(self) -> None:
        if not self.path.is_file() or self.path.stat().st_size < _MOST_BYTES:
            return
        for number in range(_PARTS - 1, 0, -1):
            older = self._part(number)
            if older.is_file():
                older.replace(self._part(number + 1))
        self.path.replace(self._part(1))

    def _part(self, number: int) -> Path:
        return self.path.with_name(f"{self.path.name}.{number}")
