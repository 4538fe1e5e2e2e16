"""Goes through a text once, handing table rows to one reader and passages of prose to the other."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from selfeval.reading.document import Document

from .grids import GridReader
from .passages import passages
from .prose import ProseReader
from .reasons import attach_reasons
from .rows import Row, line_row, stacked_rows, stacks
from .statement import Money, Statement
from .wording import flatten

_YEAR = re.compile(r"(\d{4})年")
_HEAD = 4000


def read_statements(document: Document, moneys: list[Money], kind: str = "") -> list[Statement]:
    """Return what `document` says of budget lines, in reading order, from tables and prose alike.

    `kind` is that of the document (reading.kind): in a budget expenditure is what is to be spent.
    """
    text, year = document.text, _year_of(document.text)
    grids, prose = GridReader(document, moneys, year, kind), ProseReader(document, year, kind)
    starts = [money.start for money in moneys]
    taken = _read_stacks(document, grids)
    for start, end in passages(text):
        inside = moneys[bisect_left(starts, start) : bisect_left(starts, end)]
        row = line_row(text[start:end], start)
        if (row and grids.read(row)) or start in taken:
            continue
        if row and "\t" in text[start:end]:
            _read_cells(prose, row, moneys, starts)
            continue
        grids.pass_by(text[start:end].strip(), start)
        prose.read(start, end, inside)
    attach_reasons(document, prose.mentions)
    return sorted([*grids.statements, *prose.statements], key=lambda statement: statement.start)


def _read_cells(prose: ProseReader, row: Row, moneys: list[Money], starts: list[int]) -> None:
    """A row of no budget table: each cell that speaks of money is a passage of its own."""
    for cell in row:
        inside = moneys[bisect_left(starts, cell.start) : bisect_left(starts, cell.end)]
        prose.read(cell.start, cell.end, inside)


def _read_stacks(document: Document, grids: GridReader) -> set[int]:
    """Read the tables whose cells stand one under the other; the starts of the lines they take up."""
    taken: set[int] = set()
    for run in stacks(list(_lines(document.text))):
        rows = stacked_rows(run)
        grids.restart()
        for row in rows:
            grids.read(row)
            taken.update(cell.start for cell in row)
    return taken


def _lines(text: str) -> Iterator[tuple[int, str]]:
    offset = 0
    for line in text.split("\n"):
        yield offset, line
        offset += len(line) + 1


def _year_of(text: str) -> str:
    """The year reported on: the first year the text names, '' where it names none."""
    found = _YEAR.search(flatten(text[:_HEAD]))
    return found[1] if found else ""
