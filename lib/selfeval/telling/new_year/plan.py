"""The sheets of sheets.toml as they are laid out on paper: which column stands where, how wide it is, what may be typed into it."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from selfeval.knowledge import load
from selfeval.records.entries.layout import choices_of
from selfeval.telling.office import CENTRED, COUNT, MONEY, TEXT, Style, area, at

TITLE_ROW, WHAT_ROW, HEAD_ROW, FIRST_ROW = 1, 2, 3, 4
# Rows prepared beyond those that are filled in already.
SPARE_ROWS = 200
_YES_NO = {"yes": "是", "no": "否"}
_NUMBERS = {"number", "money", "percent"}
_LOOKS = {"choice": CENTRED, "yes_no": CENTRED, "money": MONEY, "number": COUNT, "percent": COUNT}
_AS_TEXT = Style(form="@")
_DATE = Style(across="center", form="yyyy-mm-dd")
# Characters of column width: for free text by what the column holds, for others from their longest word.
_TEXT_WIDTHS = {
    "item": 34,
    "reason": 44,
    "note": 34,
    "what": 40,
    "site": 30,
    "name": 30,
    "indicator": 30,
    "scope": 24,
    "type": 16,
    "unit": 10,
}
_WIDEST_CHOICE = 16
_LONG_TEXTS = {"reason", "note", "what"}


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a sheet to be filled in, and the number it has there."""

    number: int
    key: str
    head: str
    kind: str
    unit: str
    required: bool
    required_when: Mapping[str, tuple[str, ...]]
    choices: Mapping[str, str]
    hint: str
    signed: bool
    not_before: str
    is_open: bool

    @property
    def printed_head(self) -> str:
        """The head as it is printed: its unit in brackets below it, a star where the column must be filled."""
        unit = f"\n（{self.unit}）" if self.unit else ""
        return f"{self.head}{unit}{'*' if self.required else ''}"

    @property
    def is_quantity(self) -> bool:
        """Whether only a number may stand in it."""
        return self.kind in _NUMBERS

    @property
    def style(self) -> Style:
        """How its cells look. Names and values are kept as they are typed: 001 and 2-1 are no number and no date."""
        if self.kind == "date":
            return _DATE
        if self.key in _LONG_TEXTS:
            return TEXT
        return _LOOKS.get(self.kind, _AS_TEXT)

    @property
    def width(self) -> float:
        """In characters: free text by what it holds, others as wide as head and choices ask."""
        if self.kind == "text":
            return _TEXT_WIDTHS.get(self.key, 24)
        longest = max((width_of(label) for label in self.choices.values()), default=8)
        if self.kind == "number_or_text":
            longest = _WIDEST_CHOICE
        # A head breaks before its unit, or where it has none in the middle.
        head = width_of(self.head) if self.unit else width_of(self.head) / 2 + 2
        return max(min(longest, _WIDEST_CHOICE), head, 8) + 3


@dataclass(frozen=True, slots=True)
class Plan:
    """One sheet: its key, title and instruction, its columns, and how many rows below the head belong to it."""

    key: str
    title: str
    what: str
    columns: tuple[Column, ...]
    rows: int

    @property
    def last_row(self) -> int:
        """The last row that is prepared."""
        return FIRST_ROW + self.rows - 1

    @property
    def check_column(self) -> int:
        """The number of the column in which the sheet says what is off."""
        return len(self.columns) + 1

    def column(self, key: str) -> Column:
        """The column `key`."""
        return next(column for column in self.columns if column.key == key)

    def cell(self, key: str, row: int) -> str:
        """The name of a cell, its column fixed: $G4."""
        return "$" + at(row, self.column(key).number)

    def block(self, key: str) -> str:
        """All prepared cells of a column, for formulas: $G$4:$G$203."""
        letters = at(1, self.column(key).number).rstrip("1")
        return f"${letters}${FIRST_ROW}:${letters}${self.last_row}"

    def span(self, row: int) -> str:
        """The cells of one row that are filled in: $A4:$H4."""
        return f"$A{row}:${at(row, len(self.columns))}"

    def label(self, key: str, choice: str) -> str:
        """A choice as it is printed."""
        return self.column(key).choices[choice]

    def below(self, column: Column) -> str:
        """The prepared cells of a column: G4:G203."""
        return area(FIRST_ROW, column.number, self.last_row, column.number)


def plan_of(key: str, filled: int) -> Plan:
    """The plan of the sheet `key` with `filled` rows that are printed beforehand and spare rows below them."""
    sheet = load("sheets")["sheet"][key]
    columns = tuple(_column(number, column) for number, column in enumerate(sheet["column"], start=1))
    # 基础数据 has its rows printed, all others are lists that grow.
    return Plan(key, sheet["title"], sheet["what"], columns, filled if "item" in sheet else filled + SPARE_ROWS)


def _column(number: int, column: Mapping[str, Any]) -> Column:
    return Column(
        number,
        column["key"],
        column["head"],
        column["kind"],
        column.get("unit", ""),
        column.get("required", False),
        {key: tuple(choices) for key, choices in column.get("required_when", {}).items()},
        _YES_NO if column["kind"] == "yes_no" else choices_of(column),
        column.get("hint", ""),
        column.get("signed", False),
        column.get("not_before", ""),
        column.get("open", False),
    )


def width_of(text: str) -> int:
    """How wide `text` is, a Chinese character being two."""
    return sum(2 if unicodedata.east_asian_width(character) in "WFA" else 1 for character in text)
