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
    aside: list[tuple[Path, Path]] = []
    placed: list[Path] = []
    try:
        for new, target in ready:
            if target.exists():
                aside.append((target.rename(target.with_name(f".{target.name}.old-{mark}")), target))
            new.rename(target)
            placed.append(target)
    except BaseException:
        _take_back(aside, placed)
        raise
    finally:
        for new, _ in ready:
            shutil.rmtree(new, ignore_errors=True)
    for old, _ in aside:
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


def _take_back(aside: Iterable[tuple[Path, Path]], placed: Iterable[Path]) -> None:
    """Remove what was placed, put back what was set aside; what cannot be put back stays beside its target rather than being lost."""
    for target in placed:
        shutil.rmtree(target, ignore_errors=True)
    for old, target in aside:
        with suppress(OSError):
            old.rename(target)
