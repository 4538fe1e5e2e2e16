"""Filled-in sheets for tests, a dict a row, as the reader of workbooks hands them over."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from selfeval.records.entries import Entries, Entry, layouts

FIRST_ROW = 4


def entries_of(**sheets: Sequence[Mapping[str, object]]) -> Entries:
    """Entries of the sheets given by key (budget, base, indicators, work, hazards, enforcement, disasters).

    A value is what the reader would make of the cell: a string for text, choices (their id), dates; a number or Decimal for quantities.
    Rows count from FIRST_ROW, columns from A in the order of sheets.toml.
    """
    return Entries(tuple(_entry(sheet, FIRST_ROW + number, row) for sheet, rows in sheets.items() for number, row in enumerate(rows)))


def _entry(sheet: str, number: int, row: Mapping[str, object]) -> Entry:
    columns = layouts()[sheet].columns
    keys = [column.key for column in columns]
    strange = set(row) - set(keys)
    assert not strange, f"{sheet} has no columns {strange}"
    choices = {column.key: column.choices or {"yes": "是", "no": "否"} for column in columns}
    values = {key: value if isinstance(value, str) else Decimal(str(value)) for key, value in row.items() if value is not None}
    shown = {key: choices[key].get(value, value) if isinstance(value, str) else str(value) for key, value in values.items()}
    cells = {key: f"{chr(ord('A') + keys.index(key))}{number}" for key in values}
    return Entry(sheet, f"{sheet}.xlsx", number, values, shown, cells)
