"""Puts finished folders in the place of old ones by renaming: a reader finds the old whole or the new whole, also after a power cut.

A journal, written before the first rename, names the folders and what is in the new ones. While it exists, whoever comes next can finish
what was begun, or take it back; once it is gone, everything has been published.
"""

from __future__ import annotations

import ctypes
import errno
import json
import os
import shutil
import sys
import time
import uuid
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

from . import durable

# Virus scanners and previews on Windows hold a file for a moment; who holds it longer is told of.
_ATTEMPTS, _PAUSE_SECONDS = (5, 0.2) if os.name == "nt" else (1, 0.0)
# renameat2 of Linux: two names change places in one step. Not every file system can.
_FROM_WORKING_FOLDER, _EXCHANGE = -100, 2
_CANNOT = {errno.ENOSYS, errno.EINVAL, errno.EOPNOTSUPP}


@dataclass(frozen=True)
class Swap:
    """One folder on its way into the place of `target`.

    It waits beside it under a name with `mark`, is number `number` of the file system and holds what `digest` says.
    """

    target: Path
    mark: str
    number: int
    digest: str

    @property
    def new(self) -> Path:
        """Where the new folder waits, and the old one afterwards, where folders can change places in one step."""
        return self.target.with_name(f".{self.target.name}.new-{self.mark}")

    @property
    def old(self) -> Path:
        """Where the old folder is set aside where they cannot."""
        return self.target.with_name(f".{self.target.name}.old-{self.mark}")

    def is_done(self) -> bool:
        """Whether the new folder is in its place."""
        return _number(self.target) == self.number or durable.digest(self.target) == self.digest

    def can_be_done(self) -> bool:
        """Whether it is, or waits whole."""
        return self.is_done() or durable.digest(self.new) == self.digest

    def do(self) -> None:
        """Put the new folder into its place; what is equal already stays."""
        if self.is_done():
            return
        if self.target.exists():
            if _exchange(self.new, self.target):
                return
            _rename(self.target, self.old)
        _rename(self.new, self.target)

    def undo(self) -> None:
        """Put the old folder back, however far the new one had come."""
        if self.is_done():
            if self.new.exists():
                _exchange(self.new, self.target)  # where this cannot be done, the two are equal, for it was not done before either
            else:
                _rename(self.target, self.new)
        if self.old.exists() and not self.target.exists():
            _rename(self.old, self.target)


def publish(pairs: Iterable[tuple[Path, Path]], journal: Path, seal: Callable[[], object] = lambda: None) -> None:
    """Move each new folder to its target; when one cannot be moved, every target is again what it was, and the error goes on.

    Nothing is touched before every new folder lies beside its target with all its bytes on the disk and stands in `journal`. `seal` is
    called when all are in their places and before it counts: when it fails, everything is taken back as well.
    """
    mark = uuid.uuid4().hex[:8]
    swaps: list[Swap] = []
    try:
        for new, target in pairs:
            swaps.append(_beside(new, target, mark))
        durable.write_text(journal, _written(swaps, journal.parent))
        _carry_out(swaps, journal, seal)
    except BaseException:
        _take_back(swaps, journal)
        raise
    _remove_folders(folder for swap in swaps for folder in (swap.new, swap.old))


def finish(journal: Path) -> bool:
    """Finish what `journal` says was begun, or take it back where a new folder is no longer whole; whether the new is published.

    Raises OSError when neither can be done now; the journal is kept then.
    """
    swaps = swaps_of(journal)
    if not swaps:
        durable.remove(journal)
        return False
    if all(swap.can_be_done() for swap in swaps):
        try:
            _carry_out(swaps, journal, lambda: None)
        except OSError:
            _take_back(swaps, journal)
            raise
        return True
    _take_back(swaps, journal)
    return False


def swaps_of(journal: Path) -> list[Swap]:
    """What `journal` says was begun; nothing when there is none, or none that can be understood: it is written whole or not at all."""
    try:
        entries = json.loads(journal.read_text(encoding="utf-8"))
        return [Swap(Path(os.path.normpath(journal.parent / entry.pop("target"))), **entry) for entry in entries]
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return []


def _carry_out(swaps: Iterable[Swap], journal: Path, seal: Callable[[], object]) -> None:
    for swap in swaps:
        swap.do()
        durable.settle(swap.target.parent)
    seal()
    journal.unlink()
    durable.settle(journal.parent)


def _take_back(swaps: list[Swap], journal: Path) -> None:
    """Put every old folder back; the journal goes last, and stays with everything else when one cannot be put back."""
    for swap in reversed(swaps):
        swap.undo()
    _remove_folders(swap.new for swap in swaps)  # without it, nobody goes on with what was taken back
    durable.remove(journal)


def _beside(new: Path, target: Path, mark: str) -> Swap:
    """Bring `new` onto the file system of its target, from where a rename is one step."""
    target.parent.mkdir(parents=True, exist_ok=True)
    waiting = Swap(target, mark, 0, "").new
    try:
        new.rename(waiting)
    except OSError:
        shutil.copytree(new, waiting)
    durable.settle_whole(waiting)
    return Swap(target, mark, _number(waiting), durable.digest(waiting))


def _written(swaps: Iterable[Swap], start: Path) -> str:
    """The journal: targets as seen from its folder, so that a project that was moved meanwhile can still be put right."""
    entries = [{**asdict(swap), "target": _seen_from(start, swap.target)} for swap in swaps]
    return json.dumps(entries, ensure_ascii=False, indent=2) + "\n"


def _seen_from(start: Path, target: Path) -> str:
    try:
        return os.path.relpath(target, start)
    except ValueError:  # another drive of Windows
        return str(target)


def _number(folder: Path) -> int:
    """The number of a folder on its file system, which a rename leaves as it is; -1 when there is none."""
    try:
        return folder.stat().st_ino
    except OSError:
        return -1


def _rename(old: Path, new: Path) -> None:
    for _ in range(_ATTEMPTS - 1):
        try:
            old.rename(new)
        except PermissionError:
            time.sleep(_PAUSE_SECONDS)
        else:
            return
    old.rename(new)


def _exchange(one: Path, other: Path) -> bool:
    """Let two folders change places in one step; False where the system or the file system cannot."""
    if sys.platform != "linux":
        return False
    system = ctypes.CDLL(None, use_errno=True)
    if not hasattr(system, "renameat2"):
        return False
    if system.renameat2(_FROM_WORKING_FOLDER, os.fsencode(one), _FROM_WORKING_FOLDER, os.fsencode(other), _EXCHANGE) == 0:
        return True
    code = ctypes.get_errno()
    if code in _CANNOT:
        return False
    raise OSError(code, os.strerror(code), str(other))


def _remove_folders(folders: Iterable[Path]) -> None:
    for folder in folders:
        shutil.rmtree(folder, ignore_errors=True)
