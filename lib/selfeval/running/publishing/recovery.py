"""Puts right what a run left that did not come to its end: finishes or takes back a half publication, removes what it worked in."""

from __future__ import annotations

import re
import shutil
import time
from collections.abc import Iterator
from contextlib import suppress
from fnmatch import fnmatchcase
from pathlib import Path

from selfeval.exceptions import RunStopped
from selfeval.paths import Place

from . import durable, processes
from .lock import locked
from .status import note_broken_off
from .swap import finish, swaps_of

# Where in the folder of a run its kernels stand, and what they leave on their own account.
SCRATCH = "scratch"
# A kernel that was just starting when its run died is noted nowhere; until it dies too, it may write into a folder that is being removed.
_ATTEMPTS, _PAUSE_SECONDS = 5, 0.1
_WORK = re.compile(r"\.staging-([a-z0-9-]+)-(\d{4})-[^-]+")
_BESIDE = re.compile(r"\.(\d{4})\.(?:lock|journal|(?:new|old)-[0-9a-f]+)")
# A page that is being written, see runner.rendering: its name, its writer's number, a mark.
_PART = re.compile(r"\..+\.(\d+)-[0-9a-f]+\.part")


def work_folder_prefix(place: Place) -> str:
    """What the name of a folder begins with in which a run of `place` works, under the folder of the outputs."""
    return f".staging-{place.unit}-{place.year}-"


def journal_of(place: Place) -> Path:
    """The journal of a publication of `place`."""
    return place.outputs.with_name(f".{place.year}.journal")


def recover(place: Place) -> None:
    """Leave of `place` the old whole or the new whole and no leftovers; for whoever holds its locks."""
    journal = journal_of(place)
    with locked({swap.target for swap in swaps_of(journal)} - {place.processed, place.outputs}, "上次没有完成的发布"):
        published = finish(journal)
    for folder in (place.outputs, place.processed):
        _tidy_beside(folder)
    _tidy_pages(place.outputs_root)
    broken_off = [path for path in _work_folders(place) if path.is_dir()]
    for path in broken_off:
        remove_work(path)
    note_broken_off(place, published=published)


def recover_all(data: Path, outputs_root: Path) -> None:
    """The same for every body and year that something was left of, but for those that a run is at work on now.

    What cannot be looked into or written is left as it is: this is for commands that only read.
    """
    with suppress(OSError):
        _tidy_pages(outputs_root)
    for unit, year in sorted({*_traces(data, outputs_root)}):
        place = Place(unit, year, data, outputs_root)
        with suppress(RunStopped, OSError), locked([place.processed, place.outputs], unit):
            recover(place)


def remove_work(folder: Path) -> None:
    """End what still runs of a dead run, then remove the folder it worked in, as far as it can be removed."""
    processes.end_noted(folder / SCRATCH)
    for _ in range(_ATTEMPTS):
        shutil.rmtree(folder, ignore_errors=True)
        if not folder.exists():
            return
        time.sleep(_PAUSE_SECONDS)


def _traces(data: Path, outputs_root: Path) -> Iterator[tuple[str, int]]:
    with suppress(OSError):
        yield from ((match[1], int(match[2])) for path in _named(outputs_root, ".staging-*") if (match := _WORK.fullmatch(path.name)))
    for folder in [*_bodies(data / "processed"), *_bodies(outputs_root)]:
        with suppress(OSError):
            yield from ((folder.name, int(match[1])) for path in _named(folder, ".*") if (match := _BESIDE.fullmatch(path.name)))


def _bodies(folder: Path) -> list[Path]:
    with suppress(OSError):
        return [path for path in folder.iterdir() if path.is_dir()]
    return []


def _named(folder: Path, *patterns: str) -> list[Path]:
    """What lies in `folder` under a name that fits one of `patterns`; nothing when there is no such folder.

    Raises OSError where it cannot be looked into: Path.glob would find nothing there, and what a dead run left would be thought put right.
    """
    if not folder.is_dir():
        return []
    return [path for path in folder.iterdir() if any(fnmatchcase(path.name, pattern) for pattern in patterns)]


def _work_folders(place: Place) -> list[Path]:
    found = _named(place.outputs_root, f"{work_folder_prefix(place)}*")
    return [path for path in found if (match := _WORK.fullmatch(path.name)) and (match[1], int(match[2])) == (place.unit, place.year)]


def _tidy_pages(outputs_root: Path) -> None:
    """Remove what pages over all bodies were being written into when their writer died; several may write such pages at once."""
    for part in _named(outputs_root, ".*.part"):
        writer = _PART.fullmatch(part.name)
        if writer and not processes.birth_of(int(writer[1])):
            durable.remove(part)


def _tidy_beside(target: Path) -> None:
    """Remove folders that waited or were set aside; one that was set aside while its place is empty goes back there."""
    for old in sorted(_named(target.parent, f".{target.name}.old-*")):
        if not target.exists():
            old.rename(target)
    for leftover in _named(target.parent, f".{target.name}.new-*", f".{target.name}.old-*"):
        shutil.rmtree(leftover, ignore_errors=True)
    for leftover in _named(target.parent, f".*{target.name}[.-]*.part"):
        durable.remove(leftover)
