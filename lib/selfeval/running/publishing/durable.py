"""Writes that survive a power cut: the bytes are on the disk before a name points to them."""

from __future__ import annotations

import hashlib
import os
from contextlib import suppress
from pathlib import Path

from selfeval.running.provenance import files_under, sha256_of


def write_text(path: Path, text: str) -> None:
    """Replace the file at `path`, a reader and a power cut finding the old text or the new one."""
    temporary = path.with_name(f".{path.name}.part")
    try:
        with temporary.open("w", encoding="utf-8", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except BaseException:
        remove(temporary)
        raise
    settle(path.parent)


def settle(folder: Path) -> None:
    """Make what was created, renamed or removed in `folder` itself last."""
    if os.name == "nt":
        return  # Windows lets nobody flush a folder; NTFS keeps its own journal of names
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def settle_whole(folder: Path) -> None:
    """Make every file under `folder`, and every folder, last."""
    files = files_under(folder)
    for path in files:
        with path.open("r+b") as file:
            os.fsync(file.fileno())
    for holder in sorted({parent for path in files for parent in path.relative_to(folder).parents}):
        settle(folder / holder)
    settle(folder)


def digest(folder: Path) -> str:
    """One short text for everything under `folder`, names and bytes; "" when there is no such folder."""
    if not folder.is_dir():
        return ""
    lines = [f"{path.relative_to(folder).as_posix()} {sha256_of(path)}" for path in files_under(folder)]
    return hashlib.sha256("\n".join(lines).encode("utf-8", "surrogateescape")).hexdigest()


def remove(path: Path) -> None:
    """Remove a file, when it is there and can be removed."""
    with suppress(OSError):
        path.unlink()
