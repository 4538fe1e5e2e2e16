"""What sentences say of a whole body in its year, read as rows of a table: a label and an amount."""

from __future__ import annotations

import re
from collections.abc import Iterator

from selfeval.reading.clauses import parts_of
from selfeval.reading.document import Cell, Document

from .columns import columns_of, pattern
from .model import ITEM, Grid, Row
from .told import OPENING, amounts_of


def read_said(document: Document, body: str, year: int | None) -> list[Grid]:
    """Return the sentences of `document` with amounts, each a grid: a label is a row.

    `body` and `year` in front of a label are left out. What stands behind words for another time or for a part of the body is none of it.
    """
    elsewhere = re.compile(f"{pattern('said', 'elsewhere').pattern}|(?<!\\d)(?!{year})(?:19|20)\\d\\d(?=年)")
    own = re.compile(f"^(?:{re.escape(body or '本部门')}|{year}年?度?|{pattern('said', 'own').pattern})+")
    grids = []
    for part in parts_of(document.text, "。\n"):
        if part.words and "\t" not in part.words and not document.is_aside(part.start):
            stop = elsewhere.search(part.words)
            rows = [*_rows(part.words[: stop.start()] if stop else part.words, part.start, own)]
            grids += [_grid(document, rows)] if rows else []
    return grids


def _rows(sentence: str, start: int, own: re.Pattern[str]) -> Iterator[Row]:
    for label, amount in amounts_of(sentence, start, 0, parts=True):
        name = own.sub("", label)
        if name and not name.endswith("率") and name != OPENING:
            cells = (Cell(name, amount.start, amount.start), amount)
            yield Row(0, cells, (name,), "", 0, ITEM)


def _grid(document: Document, rows: list[Row]) -> Grid:
    start = rows[0].cells[1].start
    columns = columns_of([[Cell("项目", 0, 0), Cell(OPENING, 1, 1)]], [row.cells for row in rows])
    return Grid(-start, 0, "", document.section_at(start), "", start, tuple(columns), tuple(rows), told=True)
