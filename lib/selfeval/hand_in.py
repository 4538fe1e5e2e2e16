"""What is handed in or worked on beside the page: the official forms, the narrative report, and all tables as one workbook."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path

import pandas as pd

from .narrative import narrate, title_of
from .office import HEAD, TEXT, Cell, Sheet, area, at, workbook_bytes
from .office.letter import letter_bytes
from .official_forms import forms

FORMS, NARRATIVE, WORKBOOK = "forms.xlsx", "narrative.docx", "tables.xlsx"

_WIDEST, _NARROWEST = 48, 8
# How many rows tell how wide a column is.
_SAMPLE = 200


def write_hand_in(tables: Mapping[str, pd.DataFrame], unit: str, year: int, folder: Path) -> None:
    """Write the three official forms, the narrative report and the workbook of all `tables` (by name) into `folder`.

    The body is called as its report or source card calls it, `unit` where neither does. What the tables do not say stays blank in the
    forms and is a marked place in the narrative.
    """
    body = next((row.body for row in tables["sources"].itertuples(index=False) if row.body), unit)
    marked = [tables[name] for name in ("budget_lines", "indicators", "base_data", "scores")]
    (folder / FORMS).write_bytes(workbook_bytes(forms(*marked, body=body, year=year), f"{body} {year}"))
    (folder / NARRATIVE).write_bytes(letter_bytes(narrate(tables, body, year), title_of(body, year)))
    (folder / WORKBOOK).write_bytes(workbook_bytes([_sheet(name, table) for name, table in tables.items()], f"{body} {year}"))


def _sheet(name: str, table: pd.DataFrame) -> Sheet:
    """A table as it is, heads first, for those who want to go on calculating; an empty cell is unknown."""
    heads = [Cell(1, column, head, HEAD) for column, head in enumerate(table.columns, start=1)]
    last = at(len(table) + 1, len(table.columns))
    widths = {number: _width(head, table[head]) for number, head in enumerate(table.columns, start=1)}
    body = area(2, 1, max(len(table), 1) + 1, len(table.columns))
    return Sheet(name, (*heads, *_cells(table)), widths, frozen="B2", filtered=f"A1:{last}", landscape=True, as_typed=body)


def _cells(table: pd.DataFrame) -> Iterator[Cell]:
    for number, row in enumerate(table.itertuples(index=False), start=2):
        yield from (Cell(number, column, value, TEXT) for column, value in enumerate(row, start=1) if value not in (None, ""))


def _width(head: str, column: pd.Series) -> float:
    """As wide as most cells are, hanzi counted twice; long sentences wrap."""
    longest = max((_columns_taken(value) for value in column.head(_SAMPLE)), default=0)
    return min(max(longest, len(head) + 2, _NARROWEST), _WIDEST)


def _columns_taken(value: str | Decimal | int | None) -> int:
    text = "" if value is None else str(value)
    return sum(2 if ord(character) > 0x2E80 else 1 for character in text)
