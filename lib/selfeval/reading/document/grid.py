"""Blocks of a document: lines and tables with merged cells, as Word files, web pages and sheets nest them, written out in reading order."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import product

from selfeval.exceptions import InputRefused

from .characters import visible
from .content import Cell, Table, TextBuilder

# Rows times columns of one table; a report's largest annex has some ten thousand.
_MOST_CELLS = 2_000_000
# A cell with more paragraphs than this, in a table of a row or two, is a page laid out by means of a table.
_MOST_PARAGRAPHS = 10
_LONGEST_DATUM = 40


@dataclass(slots=True)
class Grid:
    """A table by position: what stands in (row, column), and the areas (row, column, height, width) that merged cells cover.

    A merged cell's content stands at the first position of its area. An empty cell is left out; a row that holds nothing but an empty
    line is printed as an empty line. `leaves` says of a row what page or sheet it and those below lie on, where that changes inside.
    """

    cells: dict[tuple[int, int], list[Block]] = field(default_factory=dict)
    areas: list[tuple[int, int, int, int]] = field(default_factory=list)
    name: str = ""
    leaves: dict[int, int | str] = field(default_factory=dict)

    def put(self, row: int, column: int, blocks: list[Block], area: tuple[int, int] = (1, 1)) -> None:
        """Place a cell that covers `area` (rows, columns) from this position on."""
        if any(not isinstance(block, str) or block.strip() for block in blocks):
            self.cells[row, column] = blocks
            if area != (1, 1):
                self.areas.append((row, column, *area))


# A line of text (line feeds in it break it) or a table.
Block = str | Grid


def write_blocks(blocks: list[Block], builder: TextBuilder, name: str) -> None:
    """Append `blocks` of the file `name` to `builder`, lines and tables in reading order.

    Raises InputRefused when a table is larger than any report's.
    """
    for block in blocks:
        if isinstance(block, str):
            for line in _lines(block):
                builder.line(line)
        else:
            _write_grid(block, builder, name)


def _lines(text: str) -> list[str]:
    return [line.strip() for line in visible(text).split("\n")]


def _is_layout(grid: Grid) -> bool:
    """Whether the table only places text on the page: it has one column, or holds tables or long prose and no rows of data beside them."""
    if all(column == 0 for _, column in grid.cells):
        return True
    if any(isinstance(block, Grid) for blocks in grid.cells.values() for block in blocks):
        return not _has_data_rows(grid)
    return max(row for row, _ in grid.cells) <= 1 and any(len(blocks) > _MOST_PARAGRAPHS for blocks in grid.cells.values())


def _has_data_rows(grid: Grid) -> bool:
    """Whether at least two rows have two short cells of plain text each."""
    short: dict[int, int] = {}
    for (row, _), blocks in grid.cells.items():
        if len(blocks) == 1 and isinstance(blocks[0], str) and len(blocks[0].strip()) <= _LONGEST_DATUM:
            short[row] = short.get(row, 0) + 1
    return sum(count >= 2 for count in short.values()) >= 2


def _write_grid(grid: Grid, builder: TextBuilder, name: str) -> None:
    height, width = (max(position[axis] for position in grid.cells) + 1 for axis in (0, 1))
    if height * width > _MOST_CELLS:
        raise InputRefused(f"{name} 里有 {height} 行 {width} 列的表格，超过 {_MOST_CELLS} 格的上限：请删去多余的行列后再试")
    by_row: list[dict[int, list[Block]]] = [{} for _ in range(height)]
    for (row, column), blocks in sorted(grid.cells.items()):
        by_row[row][column] = blocks
    layout = _is_layout(grid)
    rows: list[list[Cell]] = []
    for number, cells in enumerate(by_row):
        if number in grid.leaves:
            builder.mark(grid.leaves[number])
        inside = [block for blocks in cells.values() for block in blocks]
        if not layout:
            rows.append(_write_row(cells, width, builder))
            inside = [block for block in inside if isinstance(block, Grid)]
        write_blocks(inside, builder, name)
    if rows:
        _spread(rows, grid.areas)
        builder.tables.append(Table(grid.name, tuple(tuple(row) for row in rows if row)))


def _write_row(cells: dict[int, list[Block]], width: int, builder: TextBuilder) -> list[Cell]:
    """Append a row as one line. A row whose only cell holds several paragraphs, or nothing, is no row of data: its lines stay lines."""
    texts = {column: [line for block in blocks if isinstance(block, str) for line in _lines(block)] for column, blocks in cells.items()}
    filled = [column for column, lines in texts.items() if any(lines)]
    if len(filled) <= 1:
        lines = texts[filled[0]] if filled else [""] * bool(texts)
        if len(lines) != 1 or not filled:
            for line in lines:
                builder.line(line)
            return []
    row = builder.row([" ".join(texts.get(column, ())) for column in range(max(filled) + 1)])
    beyond = Cell("", row[-1].end, row[-1].end)
    return [*row, *[beyond] * (width - len(row))]


def _spread(rows: list[list[Cell]], areas: list[tuple[int, int, int, int]]) -> None:
    """Let every position of a merged area lead to the one cell that is printed, so that each column finds its head."""
    left_over = _MOST_CELLS
    for top, left, height, width in areas:
        if top >= len(rows) or left >= len(rows[top]):
            continue
        anchor = rows[top][left]
        left_over -= (min(top + height, len(rows)) - top) * width
        if left_over < 0:
            return
        for row, column in product(rows[top : top + height], range(left, left + width)):
            if column < len(row) and not row[column].text:
                row[column] = anchor
