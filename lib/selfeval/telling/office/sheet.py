"""The model of a sheet: cells with their places, what may be typed into them, how it is printed. Rows and columns count from 1."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from .style import TEXT, Style

# The longest prompt or error message, and the longest list written into a cell's own rule, that Excel takes.
MESSAGE_LIMIT = 255
PROMPT_TITLE_LIMIT = 32


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell, or one merged block of `across` columns by `down` rows whose upper left corner is (`row`, `column`).

    `value` is text (always written as text, never as formula or link), a number, or None for an empty cell with a look.
    With a `formula` (A1 style, no "=" in front) `value` is its result as it stands until somebody recalculates: a preview shows it.
    A formula must not be made from text of the data but through `quoted`.
    """

    row: int
    column: int
    value: str | Decimal | int | None = None
    style: Style = TEXT
    formula: str = ""
    across: int = 1
    down: int = 1

    @property
    def name(self) -> str:
        """Where it stands, as a formula calls it: D7."""
        return at(self.row, self.column)


@dataclass(frozen=True, slots=True)
class Validation:
    """What may be typed into an area, and what is said about it.

    `kind`: any (prompt only), list, number (any quantity), date. `choices` are the entries of a list; a list that is too long for the
    cells' own rule lies in an area of a sheet: then `source` is that area ('选项'!$A$1:$A$20). `low` is the least number or, as a
    formula, date. With `firm` False the error is a remark that may be overruled, and without words a list only proposes.
    `prompt` appears when a cell is chosen, `error` when the entry does not fit.
    """

    area: str
    kind: str = "any"
    choices: tuple[str, ...] = ()
    source: str = ""
    low: str = ""
    prompt_title: str = ""
    prompt: str = ""
    error_title: str = ""
    error: str = ""
    firm: bool = True


@dataclass(frozen=True, slots=True)
class Highlight:
    """Cells of `area` take on `style` (its fill, colour and weight) where `formula`, written for the first cell, is true."""

    area: str
    formula: str
    style: Style


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet. `widths` (in characters) and `heights` (in points) by column and row number; what is not named keeps its default.

    `frozen` names the first cell that scrolls (B4: three rows and one column stay). `repeat` are the first and last row printed on each
    page, `printed` the area that is printed ("" all). `as_typed` is an area whose texts look like numbers and are meant so.
    Paper is A4, as wide as the sheet, page numbers at the foot.
    """

    title: str
    cells: tuple[Cell, ...]
    widths: Mapping[int, float] = field(default_factory=dict)
    heights: Mapping[int, float] = field(default_factory=dict)
    validations: tuple[Validation, ...] = ()
    highlights: tuple[Highlight, ...] = ()
    frozen: str = ""
    filtered: str = ""
    repeat: tuple[int, int] | None = None
    printed: str = ""
    as_typed: str = ""
    landscape: bool = False
    hidden: bool = False
    color: str = ""


def at(row: int, column: int) -> str:
    """The name of a cell: at(7, 4) is D7."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return f"{letters}{row}"


def area(row: int, column: int, last_row: int, last_column: int) -> str:
    """The name of a block of cells: area(4, 1, 9, 2) is A4:B9."""
    return f"{at(row, column)}:{at(last_row, last_column)}"


def place(title: str, block: str) -> str:
    """A block as formulas of other sheets call it: '选项'!A1:A9."""
    return "'" + title.replace("'", "''") + "'!" + block


def row_of(row: int, values: Iterable[str | Decimal | int | None], style: Style = TEXT, column: int = 1) -> list[Cell]:
    """Cells side by side in one look, the first in `column`."""
    return [Cell(row, number, value, style) for number, value in enumerate(values, start=column)]
