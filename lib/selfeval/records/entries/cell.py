"""A cell of a filled sheet: where it stands, what it shows, what it stores, and what is wrong with it from the start."""

from __future__ import annotations

from dataclasses import dataclass

from selfeval.reading.document.characters import visible
from selfeval.reading.document.number_format import Stored
from selfeval.reading.document.workbook import Sheet, cell_name


@dataclass(frozen=True, slots=True)
class Cell:
    """`text` as shown, `stored` where it is a number; `error`: an error stands in it, `uncalculated`: its formula has no value."""

    name: str
    text: str
    stored: Stored | None = None
    error: bool = False
    uncalculated: bool = False


class Cells:
    """The filled cells of a sheet by row and column, both counted from 0."""

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet
        self._errors = frozenset(sheet.errors)
        self._uncalculated = frozenset(sheet.without_value)

    def at(self, row: int, column: int) -> Cell | None:
        """The cell, None where it is empty."""
        name = cell_name(row, column)
        if name in self._uncalculated:
            return Cell(name, "", uncalculated=True)
        text = self._sheet.cells.get(row, {}).get(column, "")
        # Ledgers run to many thousand cells, nearly all of them without anything to drop.
        text = text if text.isprintable() else visible(text).strip()
        return Cell(name, text, self._sheet.stored(row, column), name in self._errors) if text else None
