"""A sheet in the making: rows one below the other, as high as their texts need, with blocks that span several of them."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from selfeval.telling.office import TEXT, Cell, Sheet, Style

# What one line of text takes, as a multiple of its size, and what stays free above and below it.
_LEADING, _MARGIN = 1.32, 6.0
# A row can be 409 points high; what needs more spans several.
_HIGHEST = 380.0
_LEAST = 24.0
# A column as wide as n digits of the default face holds n digits of that size; a Chinese character takes two.
_SIZE = 11.0
# What one step of indent takes of that width.
_INDENT = 1.5


@dataclass(frozen=True, slots=True)
class Piece:
    """One cell of a row that has not found its row yet."""

    column: int
    value: str | Decimal | None = None
    style: Style = TEXT
    across: int = 1
    formula: str = ""


@dataclass
class Canvas:
    """Cells by rows; `row` is the next free one. `widths` are in characters, the first column first."""

    widths: Sequence[float]
    row: int = 1
    cells: list[Cell] = field(default_factory=list)
    heights: dict[int, float] = field(default_factory=dict)

    def add(self, *pieces: Piece, least: float = _LEAST) -> list[Cell]:
        """Put a row below the last one and return its cells in the order of the pieces."""
        needed = max([least, *(self._needed(piece.value, piece.style, piece.column, piece.across) for piece in pieces)])
        depth = math.ceil(needed / _HIGHEST)
        made = [Cell(self.row, piece.column, piece.value, piece.style, piece.formula, piece.across, depth) for piece in pieces]
        for number in range(depth):
            self.heights[self.row + number] = round(needed / depth, 1)
        self.row += depth
        self.cells += made
        return made

    def span(self, column: int, first: int, text: str, style: Style, across: int = 1) -> None:
        """A block from row `first` down to the last row; where it needs more height than its rows have, the last one grows."""
        last = self.row - 1
        spare = self._needed(text, style, column, across) - sum(self.heights[row] for row in range(first, last + 1))
        if spare > 0:
            self.heights[last] = round(min(self.heights[last] + spare, _HIGHEST), 1)
        self.cells.append(Cell(first, column, text, style, across=across, down=last - first + 1))

    def sheet(self, title: str, *, repeat: tuple[int, int] | None = None) -> Sheet:
        """The sheet as it stands, upright on A4."""
        widths = dict(enumerate(self.widths, start=1))
        return Sheet(title, tuple(self.cells), widths, self.heights, repeat=repeat)

    def _needed(self, value: object, style: Style, column: int, across: int) -> float:
        """How high a row must be for a text in one of its cells."""
        if not isinstance(value, str) or not value or not style.wrap:
            return 0.0
        room = (sum(self.widths[column - 1 : column - 1 + across]) - 1 - _INDENT * style.indent) * _SIZE / style.size
        lines = sum(max(1, math.ceil(_length(paragraph) / room)) for paragraph in value.split("\n"))
        return lines * style.size * _LEADING + _MARGIN


def _length(text: str) -> int:
    """The length of a text in digits: characters of full width count two."""
    return sum(2 if unicodedata.east_asian_width(character) in "WFA" else 1 for character in text)
