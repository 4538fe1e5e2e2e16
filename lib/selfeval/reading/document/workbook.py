"""A workbook as both its formats hold it: sheets, cells as shown, what is merged, what is hidden, what has no value."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation

from selfeval.exceptions import InputRefused

from .number_format import Stored, shown, stored

LAST_ROW, LAST_COLUMN = 1_048_576, 16_384
# Filled cells of all sheets together; a report with all its annexes has some ten thousand.
_MOST_CELLS = 500_000
_REFERENCE = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})")


@dataclass(slots=True)
class Allowance:
    """How many more cells the sheets of the file `name` may fill, and how many rows each of them."""

    name: str
    cells: int = _MOST_CELLS
    rows: int = LAST_ROW

    def take(self) -> None:
        """Count one cell. Raises InputRefused beyond the limit."""
        self.cells -= 1
        if self.cells < 0:
            raise InputRefused(f"{self.name} 超过 {_MOST_CELLS} 个单元格的上限：请只留报告用到的工作表和行列再试")


@dataclass(slots=True)
class Sheet:
    """One sheet. `cells`: row → column → text as shown, both counted from 0; `areas`: merged (row, column, height, width).

    `numbers`: (row, column) → what a numeric cell stores and its format code; `stored` tells what that means. `delimited`: it comes from a
    file of delimited text.
    """

    name: str
    allowance: Allowance
    hidden: bool = False
    cells: dict[int, dict[int, str]] = field(default_factory=dict)
    areas: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    errors: list[str] = field(default_factory=list)
    without_value: list[str] = field(default_factory=list)
    numbers: dict[tuple[int, int], tuple[str, str]] = field(default_factory=dict)
    from_1904: bool = False
    delimited: bool = False

    def put(self, row: int, column: int, text: str) -> None:
        """Place a cell; an empty one is left out. Raises InputRefused beyond the last column or the allowance."""
        if column >= LAST_COLUMN:
            raise InputRefused(f"{self.allowance.name} 已损坏，工作表“{self.name}”的列数超过 {LAST_COLUMN}：请打开后另存一份再试")
        text = text.strip()
        if text:
            self.allowance.take()
            if row not in self.cells and len(self.cells) >= self.allowance.rows:
                limit = f"工作表“{self.name}”超过 {self.allowance.rows} 行的上限"
                raise InputRefused(f"{self.allowance.name} {limit}：请删去多余的行（只剩公式或空格的行也算），只留要填报的再试")
            self.cells.setdefault(row, {})[column] = text

    def put_number(self, row: int, column: int, text: str, code: str) -> None:
        """Place a number that is stored as `text` and shown by the format `code`."""
        if text.strip():
            self.numbers[row, column] = text, code
            self.put(row, column, decimal_text(text, code, from_1904=self.from_1904))

    def stored(self, row: int, column: int) -> Stored | None:
        """The number in a cell as stored, whatever its format shows of it; None where the cell holds text or nothing."""
        text, code = self.numbers.get((row, column), ("", ""))
        try:
            number = Decimal(text)
        except InvalidOperation:
            return None
        return stored(number, code, from_1904=self.from_1904) if number.is_finite() else None


def decimal_text(text: str, code: str, *, from_1904: bool) -> str:
    """A stored number as its cell shows it; text that is no number stays as it is."""
    try:
        number = Decimal(text)
    except InvalidOperation:
        return text
    return shown(number, code, from_1904=from_1904) if number.is_finite() else text


def cell_name(row: int, column: int) -> str:
    """A1 for row 0, column 0."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return f"{letters}{row + 1}"


def cell_position(reference: str) -> tuple[int, int] | None:
    """Row and column of a reference such as C12, None where it is none or lies outside a sheet."""
    match = _REFERENCE.fullmatch(reference)
    if not match:
        return None
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    row = int(match[2])
    return (row - 1, column - 1) if row <= LAST_ROW and column <= LAST_COLUMN else None


def area_of(reference: str) -> tuple[int, int, int, int] | None:
    """(row, column, height, width) of a range such as A1:C3."""
    first, _, last = reference.partition(":")
    start, end = cell_position(first), cell_position(last or first)
    if start is None or end is None or end < start:
        return None
    return (*start, end[0] - start[0] + 1, max(end[1] - start[1] + 1, 1))
