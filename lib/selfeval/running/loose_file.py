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
    """The body that the file speaks of (`named`; else the name of the file stands in), its year if that is known, its tables by name.

    `kind` is what the file turned out to be (reading.kind).
    """

    body: str
    named: bool
    year: int | None
    kind: str
    tables: dict[str, pd.DataFrame]

    @property
    def is_template(self) -> bool:
        """Has nobody filled it in yet?"""
        return self.kind == "template"


def read_loose_file(path: Path, year: int | None = None) -> LooseFile:
    """Read the report at `path`; its own words tell the year where none is given, and None stays where they do not.

    A `year` that is not the one its title names is a finding.
    Raises InputRefused when it cannot be read.
    """
    document = read_document(path)
    found = identify(document)
    body, remarks = found.body or path.stem, []
    if year and found.declared and year != found.declared:
        remarks = [f"标题写的是 {found.declared} 年度，要求按 {year} 年度核对；请核对是不是拿错了文件，或者年度写错了"]
    year = year or found.year
    kind = found.kind or "other"
    said = {"title": found.title, "body": body, "document_kind": kind}
    sources = file_table(path, document.kind, document.encoding, said)
    return LooseFile(body, bool(found.body), year, kind, {"sources": sources, **assess(document, remarks, year=year)})
