"""Ruled tables on a page: cells with their text, merged cells by the rules that are missing between them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from itertools import pairwise

from .grid import Block, Grid
from .pdf_cells import Box, Edge, tables_of_cells
from .pdf_flow import seam
from .pdf_lines import Glyph, Line, lines_of

_SAME_EDGE = 3.0  # points


@dataclass(slots=True)
class PageTable:
    """A table: the page it begins on and the height it stands at, its column edges, its cells, and the page it ends on."""

    page: int
    top: float
    columns: tuple[float, ...]
    grid: Grid
    last_page: int

    @property
    def height(self) -> int:
        """The number of rows up to the last with text."""
        return max(row for row, _ in self.grid.cells) + 1

    def row(self, number: int) -> dict[int, list[Block]]:
        """Column → content of a row."""
        return {column: blocks for (row, column), blocks in self.grid.cells.items() if row == number}

    def continues(self, above: PageTable) -> bool:
        """Whether the table is the rest of `above`, cut by the page break: the same columns at the same places."""
        alike = len(self.columns) == len(above.columns)
        return alike and all(abs(a - b) < _SAME_EDGE for a, b in zip(self.columns, above.columns, strict=True))


def tables_of(edges: list[Edge], number: int, glyphs: list[Glyph]) -> tuple[list[PageTable], list[Glyph]]:
    """The tables ruled by the edges of a page, and the glyphs that stand in none of them. A frame of one row or column is no table."""
    tables, rest = [], glyphs
    for cells in tables_of_cells(edges):
        frame = _CellFrame(cells)
        if len(frame.rows) < 2 or len(frame.columns) < 2:
            continue
        by_cell, beside = frame.sorted_in(rest)
        grid = _grid(frame, by_cell, number)
        if grid.cells:
            rest = beside
            right = max(cell[2] for cell in cells)
            tables.append(PageTable(number, frame.rows[0], (*frame.columns, right), grid, number))
    return tables, rest


class _CellFrame:
    """The cells of a table by position: `rows` and `columns` are where they begin, `areas` the (rows, columns) each cell takes."""

    def __init__(self, cells: list[Box]) -> None:
        self.cells = cells
        self.rows = sorted({cell[1] for cell in cells})
        self.columns = sorted({cell[0] for cell in cells})
        self.places = [(bisect_left(self.rows, top), bisect_left(self.columns, left)) for left, top, _, _ in cells]
        self.areas = [
            (max(bisect_left(self.rows, bottom - 0.5) - row, 1), max(bisect_left(self.columns, right - 0.5) - column, 1))
            for (row, column), (_, _, right, bottom) in zip(self.places, cells, strict=True)
        ]
        self._at = {
            (row + down, column + across): index
            for index, ((row, column), (height, width)) in enumerate(zip(self.places, self.areas, strict=True))
            for down in range(height)
            for across in range(width)
        }

    def sorted_in(self, glyphs: list[Glyph]) -> tuple[dict[int, list[Glyph]], list[Glyph]]:
        """The glyphs by the cell they stand in, and those that stand in none."""
        by_cell: dict[int, list[Glyph]] = {}
        beside = []
        for glyph in glyphs:
            index = self._cell_of((glyph.x0 + glyph.x1) / 2, glyph.middle)
            (beside if index is None else by_cell.setdefault(index, [])).append(glyph)
        return by_cell, beside

    def _cell_of(self, across: float, down: float) -> int | None:
        index = self._at.get((bisect_right(self.rows, down) - 1, bisect_right(self.columns, across) - 1))
        if index is None or across > self.cells[index][2] or down > self.cells[index][3]:
            return None
        return index


def _grid(frame: _CellFrame, by_cell: dict[int, list[Glyph]], number: int) -> Grid:
    grid = Grid()
    for index, ((row, column), area) in enumerate(zip(frame.places, frame.areas, strict=True)):
        left, _, right, _ = frame.cells[index]
        grid.put(row, column, [_cell_text(lines_of(by_cell.get(index, []), number), left, right)], area)
    return grid


def _cell_text(lines: list[Line], x0: float, x1: float) -> str:
    """The lines of a cell as one; what the writer set on lines of their own is parted by a blank."""
    if not lines:
        return ""
    padding = min(2 * min(line.x0 - x0, x1 - line.x1) for line in lines)
    width = x1 - x0 - max(padding, 0)
    text = lines[0].text
    for above, line in pairwise(lines):
        room = width - (above.x1 - above.x0)
        forced = line.head > room - 0.3 * above.size
        text += (seam(above, line, above.x1 + room) if forced else " ") + line.text
    return text
