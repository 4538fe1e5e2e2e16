"""What one bad input is, and the verdict it is to get from a command a user types."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

from bad_inputs.good import CARD, REPORT, UNIT, YEAR, card

Build = Callable[[Path], object]


@dataclass(frozen=True)
class Refused:
    """The command ends with `code`, and what it says holds all of `words`: the file, the place in it, what is wrong with it."""

    words: tuple[str, ...]
    code: int = 1


@dataclass(frozen=True)
class Said:
    """It is read, and the list of findings holds all of `words`."""

    words: tuple[str, ...]


@dataclass(frozen=True)
class Same:
    """It is read like `like`, material without fault: same tables, same findings but for those with one of the titles `besides`.

    `like` is the text of a report, or what builds the material.
    """

    like: str | Build = REPORT
    besides: tuple[str, ...] = ()


@dataclass(frozen=True)
class Case:
    """One bad input: how to build it in the raw folder of a year, what is typed then, and the verdict.

    `not_yet`: why it does not get that verdict yet, though it should.
    """

    name: str
    build: Build
    verdict: Refused | Said | Same
    command: tuple[str, ...] = ("check", "--unit", UNIT, "--year", str(YEAR), "--data", "{data}")
    not_yet: str = ""

    def lay_out(self, folder: Path) -> None:
        """Build it in `folder`; a report whose card the case says nothing about gets a true one."""
        self.build(folder)
        reports = [path for path in folder.iterdir() if path.name.startswith("report.") and path.is_file() and not path.is_symlink()]
        if len(reports) == 1 and not (folder / CARD).exists() and not (folder / CARD).is_symlink():
            (folder / CARD).write_text(card(reports[0].read_bytes(), reports[0].name), encoding="utf-8")


def refused(*words: str, code: int = 1) -> Refused:
    """The verdict of something that is not read."""
    return Refused(words, code)


def said(*words: str) -> Said:
    """The verdict of something that is read with a remark or a finding."""
    return Said(words)


def report(data: bytes | str, name: str = "report.txt") -> Build:
    """The report is `data`."""
    return lambda folder: (folder / name).write_bytes(data.encode() if isinstance(data, str) else data)


def edited(old: str, new: str, times: int = -1) -> Build:
    """The report is the good one with `new` for `old`, which must be there."""
    if old not in REPORT:
        raise ValueError(old)
    return report(REPORT.replace(old, new, times))


def beside(*builds: Build) -> Build:
    """Several files, one after the other."""

    def build(folder: Path) -> None:
        for each in builds:
            each(folder)

    return build


def file(name: str, data: bytes | str) -> Build:
    """A file of this name."""
    return report(data, name)


def good() -> Build:
    """The good report."""
    return report(REPORT)


def named(groups: Iterable[ModuleType]) -> dict[str, Case]:
    """The cases of all groups by group and name, which must differ."""
    listed = [(f"{group.__name__.rpartition('.')[2]}: {case.name}", case) for group in groups for case in group.CASES]
    found = dict(listed)
    if len(found) < len(listed):
        raise ValueError([name for name, case in listed if found[name] is not case])
    return found
