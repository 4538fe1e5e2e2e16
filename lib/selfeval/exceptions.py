"""Every way this package refuses to go on, one class each.

Messages are Chinese and say where, what was found and expected, and what to do next. Each class carries the exit code that the
command line answers with.
"""

from __future__ import annotations

from collections.abc import Iterable


class SelfevalError(Exception):
    """Raised when selfeval refuses; the message is meant for the person at the terminal."""

    exit_code = 1

    def __init__(self, problems: str | Iterable[str]) -> None:
        self.problems = [problems] if isinstance(problems, str) else list(problems)
        super().__init__("\n".join(self.problems))


class InputRefused(SelfevalError):
    """Raised when raw material cannot be read: a missing, empty, damaged or unknown file, or a card (source.toml) that is broken."""


class ReportIncomplete(SelfevalError):
    """Raised when a text was read but is no self-evaluation report: no budget section, no figure in it."""


class TableBroken(SelfevalError):
    """Raised when a table lacks a column, or a cell does not fit its column."""


class KnowledgeBroken(SelfevalError):
    """Raised when a file under knowledge/ contradicts itself or lacks a field."""


class WrongUsage(SelfevalError):
    """Raised when a run is asked for with a unit, year or folder that does not exist or is not allowed."""

    exit_code = 2


class NotebookFailed(SelfevalError):
    """Raised when a notebook did not run to its end: an exception, a dead kernel, a time limit, an early exit."""

    exit_code = 3

    def __init__(self, problems: str | Iterable[str], notebook: str = "", cell: str = "") -> None:
        super().__init__(problems)
        self.notebook = notebook
        self.cell = cell


class RunStopped(SelfevalError):
    """Raised when something outside stopped the run: a lock held by another run, a full disk, a signal."""

    exit_code = 4
