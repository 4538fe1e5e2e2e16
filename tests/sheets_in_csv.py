"""Filled-in sheets for tests as CSV text, read by the real reader."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from pathlib import Path

from selfeval.records.entries import Entries, read_entries


def entries_from(sheets: Mapping[str, str]) -> Entries:
    """Entries from CSV text by sheet title; lines that begin with # are remarks."""
    with tempfile.TemporaryDirectory() as name:
        paths = [Path(name) / f"{title}.csv" for title in sheets]
        for path, text in zip(paths, sheets.values(), strict=True):
            kept = [line for line in text.strip().splitlines() if not line.startswith("#")]
            path.write_text("\n".join(kept) + "\n", encoding="utf-8")
        return read_entries(paths)


def entries_in(folder: Path) -> Entries:
    """Entries from the CSV files of a folder, named by sheet title."""
    return entries_from({path.stem: path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.csv"))})
