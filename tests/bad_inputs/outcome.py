"""Puts a case before the command line as a user does, and keeps what came of it."""

from __future__ import annotations

import hashlib
import signal
import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from types import FrameType

import pandas as pd
import pytest

from bad_inputs.case import Case
from bad_inputs.good import UNIT, YEAR
from selfeval.__main__ import main
from selfeval.telling import summary

_SECONDS = 30
_COMPARED = {
    "budget_lines": ["book", "level", "parent_id", "item", "target", "initial", "adjusted", "actual", "reason", "fund_source"],
    "work_facts": ["area", "sector", "indicator", "label", "value", "unit", "qualifier", "date"],
    "findings": ["family", "verdict", "title"],
}


@dataclass
class Outcome:
    """The exit code, both streams, the tables the findings were told of, and what in the folder is not as before."""

    code: int
    out: str
    err: str
    tables: dict[str, pd.DataFrame] = field(default_factory=dict)
    changed: list[str] = field(default_factory=list)

    def values(self, besides: Sequence[str] = ()) -> dict[str, list[list[str]]]:
        """What the tables say, without where it stands and how it is typed; of the findings what does not agree, `besides` these titles."""
        kept = {name: self.tables[name] for name in _COMPARED}
        findings = kept["findings"]
        kept["findings"] = findings[(findings["verdict"] != "agrees") & ~findings["title"].isin(besides)]
        return {name: sorted([_read(cell) for cell in row] for row in table[_COMPARED[name]].to_numpy()) for name, table in kept.items()}


def _read(cell: object) -> str:
    """A cell as a person reads it: a number by its value, text without blanks and in half-width forms."""
    if isinstance(cell, Decimal):
        return f"{cell.normalize():f}"
    return "".join(unicodedata.normalize("NFKC", str(cell)).split())


def outcome_of(case: Case, root: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Outcome:
    """Build the case under `root`, type its command, and look at everything it left."""
    folder = root / "data" / "raw" / UNIT / str(YEAR)
    folder.mkdir(parents=True)
    case.lay_out(folder)
    places = {"data": root / "data", "folder": folder, "outputs": root / "outputs"}
    seen: dict[str, pd.DataFrame] = {}
    monkeypatch.setattr(summary, "summary_of", _telling(seen))
    monkeypatch.chdir(root)
    before = _everything(root)
    capsys.readouterr()
    with ends_in_time():
        code = main([part.format(**places) for part in case.command])
    told = capsys.readouterr()
    after = _everything(root)
    return Outcome(
        code, told.out, told.err, seen, sorted(name for name in before.keys() | after.keys() if before.get(name) != after.get(name))
    )


def _telling(seen: dict[str, pd.DataFrame]) -> object:
    tell = summary.summary_of

    def summary_of(tables: dict[str, pd.DataFrame]) -> list[str]:
        seen.update(tables)
        return tell(tables)

    return summary_of


@contextmanager
def ends_in_time() -> Iterator[None]:
    """Fail the test where what happens inside does not come to an end."""

    def hung(_number: int, _frame: FrameType | None) -> None:
        pytest.fail(f"still at work after {_SECONDS} s")

    before = signal.signal(signal.SIGALRM, hung)
    signal.alarm(_SECONDS)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def _everything(root: Path) -> dict[str, str]:
    """Every path under `root` with what it is: the hash of a file, where a link leads, what kind of thing else."""
    found = {}
    for path in sorted(root.rglob("*")):
        mode = path.lstat().st_mode
        if path.is_symlink():
            what = str(path.readlink())
        elif path.is_file():
            what = hashlib.sha256(path.read_bytes()).hexdigest()
        else:
            what = oct(mode)
        found[str(path.relative_to(root))] = what
    return found
