"""Puts finished folders in the place of old ones by renaming: a reader finds the old whole or the new whole."""

from __future__ import annotations

import shutil
import uuid
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path


def publish(pairs: Iterable[tuple[Path, Path]]) -> None:
    """Move each new folder to its target; when one cannot be moved, every target is again what it was, and the error goes on.

    The copies that lie on another file system than their target are made before the first target is touched.
    """
    mark = uuid.uuid4().hex[:8]
    ready = [(_beside(new, target, mark), target) for new, target in pairs]
    moved: list[tuple[Path | None, Path]] = []
    try:
        for new, target in ready:
            moved.append((_set_aside(target, mark), target))
            new.rename(target)
    except BaseException:
        _take_back(moved)
        raise
    finally:
        for new, _ in ready:
            shutil.rmtree(new, ignore_errors=True)
    for old, _ in moved:
        if old:
            shutil.rmtree(old, ignore_errors=True)


def _beside(new: Path, target: Path, mark: str) -> Path:
    """`new` on the file system of its target, from where a rename is one step."""
    target.parent.mkdir(parents=True, exist_ok=True)
    place = target.with_name(f".{target.name}.new-{mark}")
    try:
        new.rename(place)
    except OSError:
        shutil.copytree(new, place)
    return place


def _set_aside(target: Path, mark: str) -> Path | None:
    """Rename what is at `target` now; None when nothing is."""
    if not target.exists():
        return None
    return target.rename(target.with_name(f".{target.name}.old-{mark}"))


def _take_back(moved: Iterable[tuple[Path | None, Path]]) -> None:
    """Undo, last step first; an old folder that cannot be put back stays where it is rather than being lost."""
    for old, target in reversed(list(moved)):
        with suppress(OSError):
            shutil.rmtree(target, ignore_errors=True)
            if old:
                old.rename(target)
