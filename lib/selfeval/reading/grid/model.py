"""A table as it is meant: columns with their heads and roles, rows with their names, levels and roles, numbers with their units."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from selfeval.reading.document import Cell

from .value import Value, value_of

TOTAL, SUBTOTAL, ITEM, PART, OPEN_PART, NOTE = "total", "subtotal", "item", "part", "open_part", "note"
# Kinds of columns whose numbers add up.
ADDITIVE = frozenset({"amount", "mark", "change"})


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its place in the table, its heads outermost first, the role and kind the heads give it, the unit they state ('' for none).

    `role` and `kind` are those of knowledge/grids.toml; a column of numbers whose head names no role is an amount of its own name.
    `period` is the year its heads name, '' for that of the table.
    """

    place: int
    path: tuple[str, ...]
    role: str
    kind: str
    unit: str
    period: str = ""

    @property
    def head(self) -> str:
        """Its heads in one, outermost first."""
        return " › ".join(self.path)


@dataclass(frozen=True, slots=True)
class Row:
    """A row: its cells by column place, its name with those it stands under (outermost first), code, level (0 is outermost) and role.

    What is `taken` is signed 减 and lessens the sum it stands in.
    """

    number: int
    cells: tuple[Cell, ...]
    path: tuple[str, ...]
    code: str
    level: int
    role: str
    group: tuple[str, ...] = ()
    taken: bool = False

    @property
    def name(self) -> str:
        """Its own name, '' where it has none."""
        return self.path[-1] if self.path else ""

    def cell(self, column: Column) -> Cell | None:
        """The cell in `column`, None where the row is too short."""
        return self.cells[column.place] if column.place < len(self.cells) else None

    def value(self, column: Column) -> Value | None:
        """The number in `column`, None where there is none."""
        cell = self.cell(column)
        return value_of(cell.text) if cell else None


# A grid is itself and no other of the same contents, which also makes it quick to look up.
@dataclass(frozen=True, slots=True, eq=False)
class Grid:
    """A table, or one panel of it, as it is meant.

    `title` is the line above that names it, `section` the headings it stands under, `unit` what is stated for all of it, `start` its
    first offset in the text, `table` the number of the table it is of, counted from 0, `part` which part of it: heads that come anew in
    the middle of a table begin another. `heads` are the cells of heads and of rows that only number the columns.
    One that is `told` is no table, but a list in sentences read as one.
    """

    table: int
    part: int
    title: str
    section: tuple[str, ...]
    unit: str
    start: int
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    heads: tuple[Cell, ...] = ()
    told: bool = False

    def additive(self) -> list[Column]:
        """The columns whose numbers add up."""
        return [column for column in self.columns if column.kind in ADDITIVE]

    def numbers(self) -> Iterator[tuple[Row, Column, Value]]:
        """Every number of the grid, row by row."""
        for row in self.rows:
            for column in self.columns:
                value = row.value(column)
                if value:
                    yield row, column, value

    def unit_of(self, column: Column, value: Value) -> str:
        """The unit of a number: behind it, in its head, or stated for the table; '' where none is."""
        return value.unit or column.unit or ("" if column.kind in {"ratio", "mark", "order", "code"} else self.unit)


def amount(row: Row, value: Value | None) -> Decimal:
    """What a number of a row adds to a sum: nothing where there is none, less than nothing where the row is taken, printed so or not."""
    number = value.number if value else Decimal(0)
    return -abs(number) if row.taken else number
