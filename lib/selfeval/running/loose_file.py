"""One report from anywhere, without folder or card, read and made into all its tables."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from selfeval.judging.assessment import assess
from selfeval.reading.document import read_document
from selfeval.reading.identity import identify
from selfeval.records.sources import file_table


@dataclass(frozen=True)
class LooseFile:
    """The body that the file speaks of (`named`; else the name of the file stands in), its year if that is known, its tables by name."""

    body: str
    named: bool
    year: int | None
    tables: dict[str, pd.DataFrame]


def read_loose_file(path: Path, year: int | None = None) -> LooseFile:
    """Read the report at `path`; its own words tell the year where none is given, and None stays where they do not.

    Raises InputRefused when it cannot be read.
    """
    document = read_document(path)
    found = identify(document)
    body, year = found.body or path.stem, year or found.year
    sources = file_table(path, document.kind, document.encoding, found.title, body)
    return LooseFile(body, bool(found.body), year, {"sources": sources, **assess(document, year=year)})
