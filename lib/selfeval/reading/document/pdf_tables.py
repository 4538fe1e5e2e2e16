"""Ruled tables on a page: cells with their text, merged cells by the rules that are missing between them."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from itertools import pairwise

from pdfplumber.page import Page
from pdfplumber.table import Table as RuledTable

from .grid import Block, Grid
from .pdf_flow import seam
from .pdf_lines import Glyph, Line, lines_of

# Beyond this many ruling lines a page is a drawing.
_MOST_EDGES = 4_000
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


def tables_of(page: Page, number: int, glyphs: list[Glyph]) -> tuple[list[PageTable], list[Glyph]]:
    """The ruled tables of a page, and the glyphs that stand in none of them. A frame of one row or column is no table."""
    if not page.edges or len(page.edges) > _MOST_EDGES:
        return [], glyphs
    tables, rest = [], glyphs
    for found in page.find_tables():
        rows, columns = _edges_of(found)
        if len(rows) < 2 or len(columns) < 2:
            continue
        _, top, x1, _ = found.bbox
        inside = [glyph for glyph in rest if _is_in(glyph, found.bbox)]
        grid = _grid(found, rows, columns, inside, number)
        if grid.cells:
            taken = set(map(id, inside))
            rest = [glyph for glyph in rest if id(glyph) not in taken]
            tables.append(PageTable(number, top, (*columns, x1), grid, number))
    return tables, rest


def _edges_of(table: RuledTable) -> tuple[list[float], list[float]]:
    """Tops of the rows and left edges of the columns."""
    return sorted({cell[1] for cell in table.cells}), sorted({cell[0] for cell in table.cells})


def _is_in(glyph: Glyph, box: tuple[float, float, float, float]) -> bool:
    x0, top, x1, bottom = box
    return x0 <= (glyph.x0 + glyph.x1) / 2 <= x1 and top <= glyph.middle <= bottom


def _grid(table: RuledTable, rows: list[float], columns: list[float], glyphs: list[Glyph], number: int) -> Grid:
    grid = Grid()
    by_cell: dict[int, list[Glyph]] = {}
    for glyph in glyphs:
        index = next((index for index, cell in enumerate(table.cells) if _is_in(glyph, cell)), None)
        if index is not None:
            by_cell.setdefault(index, []).append(glyph)
    for index, (x0, top, x1, bottom) in enumerate(table.cells):
        row, column = bisect_left(rows, top), bisect_left(columns, x0)
        area = (bisect_left(rows, bottom - 0.5) - row, bisect_left(columns, x1 - 0.5) - column)
        lines = lines_of(by_cell.get(index, []), number)
        grid.put(row, column, [_cell_text(lines, x0, x1)], (max(area[0], 1), max(area[1], 1)))
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
