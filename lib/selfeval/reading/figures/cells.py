"""The cells of grids, handed to figures: which cell a figure stands in, and what kind, unit and measure its row and column give it."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cached_property
from typing import NamedTuple

from selfeval.knowledge import load
from selfeval.reading.document import Cell, Document
from selfeval.reading.grid import Column, Grid, Row, is_unit, may_be_year, read_grids, role_of, unit_in_brackets, value_of

from . import grammar
from .figure import Figure

_WORDS = load("bare_words")
_MONEY = re.compile(_WORDS["money_head"])
_SCORE_ROW = re.compile(_WORDS["score_row"])
_NO_RATE = re.compile("|".join(_WORDS["no_rate"]))
_PHONE = re.compile(f"(?:{'|'.join(_WORDS['phone_before'])})$")
_BRACKETS = re.compile("[（(][^（）()]*[）)]")
# Days since 1899-12-30, as a worksheet counts them: those of our time have five digits.
_DAYS = re.compile("[34][0-9]{4}")
# Numbers in columns of these kinds say which row it is, or when it was, not how much.
_NAMING = {"code": "code", "order": "ordinal", "date": "date"}
# Roles of columns of words; of targets and results, which have units of their own.
_REMARKS = frozenset({"reason", "remark"})
_WORDY = _REMARKS | {"", "name"}
_RESULTS = frozenset({"target", "reached"})


class Place(NamedTuple):
    """Where a figure stands: a cell with its grid, row and column; no row in a head, no column where the cell spans several."""

    cell: Cell
    grid: Grid
    row: Row | None = None
    column: Column | None = None

    @property
    def measure(self) -> str:
        """The name of the row and the heads of the column that add to it, '' in a cell of words."""
        if not self.row or (self.column and self.column.kind in {"name", "text"} and self.column.role in _WORDY):
            return ""
        measure = self.row.name
        for head in self.column.path if self.column else ():
            words = _BRACKETS.sub("", head)
            measure += words if words not in measure else ""
        return measure


class Cells:
    """The cells of the grids of a document by where they lie in its text; read when first asked for, as prose alone needs none."""

    def __init__(self, document: Document) -> None:
        self._document = document

    def at(self, figure: Figure) -> Place | None:
        """Where `figure` stands, None outside of tables."""
        index = bisect_right(self._starts, figure.start) - 1
        place = self._places[self._starts[index]] if index >= 0 else None
        return place if place and figure.end <= place.cell.end else None

    @cached_property
    def _starts(self) -> list[int]:
        return sorted(self._places)

    @cached_property
    def _places(self) -> dict[int, Place]:
        places: dict[int, Place] = {}
        for grid in read_grids(self._document):
            for cell in grid.heads:
                places.setdefault(cell.start, Place(cell, grid))
            for row in grid.rows:
                for column in grid.columns:
                    cell = row.cell(column)
                    if cell and cell.end > cell.start:
                        places[cell.start] = Place(cell, grid, row, column if cell.text else None)
        return places


def in_cell(figure: Figure, place: Place) -> Figure | None:
    """`figure`, a number without unit, as its cell says; None where the cell holds more than the number."""
    named = _naming(figure, place)
    if named:
        return figure._replace(kind=named, value=None, unit="年" if named == "year" else "")
    numbers = figure.surroundings.text[place.cell.start : place.cell.end].split()
    if place.row is None or not all(map(value_of, numbers)):
        return None
    unit = _unit(place.row, place.column, place.grid)
    if unit:
        return figure._replace(unit=unit, kind=kind_of_unit(unit), unit_from="header")
    if place.column and place.column.kind == "name":
        return figure
    return figure._replace(kind="money" if _is_money(place) else "count")


def _naming(figure: Figure, place: Place) -> str:
    """The kind of a number that says which one, not how many: a code, a row number, a date, a year; '' for any other."""
    row, column = place.row, place.column
    if row is None:
        return "year" if may_be_year(figure.text) else "ordinal" if figure.text == place.cell.text else ""
    kind = column.kind if column else ""
    if kind in _NAMING:
        return "year" if kind == "date" and may_be_year(figure.text) else _NAMING[kind]
    if _PHONE.search(row.name) or (column and _PHONE.search(column.head)):
        return "phone"
    if kind in {"name", "text"} and column and column.role in _WORDY and may_be_year(place.cell.text):
        return "year"
    if kind == "name" and figure.text.isdigit():
        return _naming_in_name(figure, place)
    named = _NAMING.get(role_of((row.name,))[1], "") if kind not in {"mark", "ratio"} and figure.text.isdigit() else ""
    return named if named != "date" or _DAYS.fullmatch(figure.text) else ""


def _naming_in_name(figure: Figure, place: Place) -> str:
    """The kind of a number in the cell of a name: the code of the row, or the class or item in it; the number before the name."""
    text = figure.surroundings.text
    if place.row and place.row.code.startswith("".join(text[place.cell.start : figure.end].split())):
        return "code"
    return "ordinal" if figure.start == place.cell.start and text[figure.end : figure.end + 1].isspace() else ""


def _unit(row: Row, column: Column | None, grid: Grid) -> str:
    """The unit of a number printed bare: of its head or what it asks for, of its row, of the target beside it, of the whole table."""
    if column is None:
        return grid.unit
    if column.unit or column.kind in {"ratio", "mark"}:
        return column.unit or _asked_for(column)
    if column.kind == "name":
        return ""
    own = _unit_cell(row, grid) or unit_in_brackets(row.name)
    if own:
        return own
    inferred = "分" if _SCORE_ROW.search(row.name) else _unit_behind_results(row, column, grid)
    if inferred:
        return inferred
    return _unit_of_targets(row, grid) if column.role in _RESULTS else grid.unit if column.role not in _REMARKS else ""


def _asked_for(column: Column) -> str:
    if column.kind == "mark":
        return "分"
    return "" if column.role == "level" or _NO_RATE.search(column.head) else "%"


def _unit_cell(row: Row, grid: Grid) -> str:
    """The unit in the cell that the table has for it."""
    cells = (row.cell(column) for column in grid.columns if column.kind == "unit")
    return next((cell.text for cell in cells if cell and cell.text and is_unit(cell.text)), "")


def _unit_of_targets(row: Row, grid: Grid) -> str:
    """A result printed bare has the unit of its target; of a rate it is %."""
    printed = (value.unit for column in grid.columns if column.kind == "target" and (value := row.value(column)))
    return next(filter(None, printed), "%" if row.name.endswith("率") else "")


def _unit_behind_results(row: Row, column: Column, grid: Grid) -> str:
    """Without heads, what stands behind a target and its result with their units are weight and score; a result may be bare itself."""
    if any(other.path for other in grid.columns):
        return ""
    numbers = [(other, value.unit) for other in grid.columns if (value := row.value(other))]
    last = max((place for place, (_, unit) in enumerate(numbers) if unit), default=None)
    bare = [other for other, _ in numbers[last + 1 :]] if last is not None else []
    if column not in bare:
        return ""
    return numbers[last or 0][1] if column is bare[0] and len(bare) % 2 and len(bare) > 1 else "分"


def _is_money(place: Place) -> bool:
    heads = (place.row.name if place.row else "", *(place.column.path if place.column else ()))
    return (place.column is None or place.column.kind != "target") and any(map(_MONEY.search, heads))


def kind_of_unit(unit: str) -> str:
    """The kind of a figure in `unit`."""
    if unit in grammar.MONEY_FACTORS or unit.split("/", maxsplit=1)[0] in grammar.MONEY_FACTORS:
        return "money"
    return "percent" if unit in grammar.PERCENT_UNITS else "count"
