"""A folder for work that publishes nothing, where the system keeps temporary files; what a killed process left there goes with the next."""

from __future__ import annotations

import os
import shutil
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from selfeval.exceptions import RunStopped

from .lock import lock_file, locked
from .recovery import remove_work

_PREFIX = "selfeval-"
# The lock on it lies in the folder itself: whoever can take it knows that the process that worked there is dead.
_WORK = "work"


@contextmanager
def temporary_folder() -> Iterator[Path]:
    """Make a folder that nobody else may look into, and remove it however the work ends; those of dead processes are removed first."""
    _remove_left()
    folder = Path(tempfile.mkdtemp(prefix=_PREFIX))
    try:
        with locked([folder / _WORK], folder.name):
            yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _remove_left() -> None:
    for folder in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
        with suppress(OSError, RunStopped):
            if _is_ours(folder) and _was_held(folder):
                with locked([folder / _WORK], folder.name):
                    remove_work(folder)


def _is_ours(folder: Path) -> bool:
    """Whether it is a folder, no link to one, and belongs to this user; on Windows everybody has a place of his own for them."""
    status = folder.lstat()
    return stat.S_ISDIR(status.st_mode) and (not hasattr(os, "getuid") or status.st_uid == os.getuid())


def _was_held(folder: Path) -> bool:
    """Whether somebody took the lock, living or dead: one that is about to take it must not find it taken."""
    return lock_file(folder / _WORK).stat().st_size > 0
