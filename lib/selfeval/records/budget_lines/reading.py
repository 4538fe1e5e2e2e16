"""Goes through a report once, handing tables to one reader and passages of prose to the other."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from selfeval.reading.document import Cell, Document
from selfeval.reading.grid import read_grids
from selfeval.reading.identity import identify
from selfeval.reading.statements import read_statements_and_lists

from .grids import GridReader
from .naming import is_whole
from .passages import passages
import os
from . import said as said_module
from .prose import ProseReader
from .reasons import attach_reasons
from .statement import Money, Statement

# A row of a table that holds so many cells is one; a line with one cell is a line.
_ROW = 2
# Kinds of documents that speak of the budget wherever they name the whole of it or a half.
_PUBLISHED = frozenset({"budget", "account"})


FIGURES = []


def read_statements(document: Document, moneys: list[Money], kind: str = "") -> list[Statement]:
    """Return what `document` says of budget lines, in reading order, from tables and prose alike.

    `kind` is that of the document: in a budget expenditure is what is to be spent, in a final account what was.
    """
    year = str(identify(document).year or "")
    grids, prose = GridReader(document, moneys, year, kind), ProseReader(document, year, kind)
    tabled = [statement for grid in read_grids(document) for statement in grids.read(grid)]
    taken = {statement.start for statement in tabled}
    if not os.environ.get("OLD"):
        in_rows = [min(cell.start for cell in row) for table in document.every_table for row in table.rows if taken & {cell.start for cell in row}]
        lines = {document.line_at(start) for start in in_rows}
        new = said_module.ProseReader(document, {int(m.figure[1:]) - 1: m for m in moneys}, kind)
        found, lists = read_statements_and_lists(document, FIGURES)
        new.read([s for s in found if s.sentence >= 0 and document.line_at(s.figure.start) not in lines], lists)
        attach_reasons(document, new.zones)
        for statement in new.mentions if kind in _PUBLISHED else ():
            statement.strong += is_whole(statement.nature) and not statement.kind
        return sorted([*tabled, *new.mentions], key=lambda statement: statement.start)
    rows = dict(_rows(document))
    starts = [money.start for money in moneys]
    for start, end in passages(document.text, rows):
        cells = rows.get(start)
        if cells is None:
            prose.read(start, end, moneys[bisect_left(starts, start) : bisect_left(starts, end)])
        elif not taken & {cell.start for cell in cells}:
            _read_cells(prose, cells, moneys, starts)
    attach_reasons(document, prose.mentions)
    for statement in prose.statements if kind in _PUBLISHED else ():
        statement.strong += is_whole(statement.nature) and not statement.kind
    return sorted([*tabled, *prose.statements], key=lambda statement: statement.start)


def _rows(document: Document) -> Iterator[tuple[int, Sequence[Cell]]]:
    """The start of every line that is a row of a table, and its cells."""
    for table in document.every_table:
        for row in table.rows:
            if len(row) >= _ROW:
                start = min(cell.start for cell in row)
                yield document.line_span(document.line_at(start))[0], row


def _read_cells(prose: ProseReader, row: Sequence[Cell], moneys: list[Money], starts: list[int]) -> None:
    """A row of no budget table: each cell that speaks of money is a passage of its own."""
    for cell in {cell.start: cell for cell in row}.values():
        inside = moneys[bisect_left(starts, cell.start) : bisect_left(starts, cell.end)]
        prose.read(cell.start, cell.end, inside)
