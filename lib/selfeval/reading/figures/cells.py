"""The cells of grids, handed to figures: which cell a figure stands in, and what kind, unit and measure its row and column give it."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cached_property
from itertools import takewhile
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
_SHORTEST_PHONE = 5
_COUNTS = re.compile("(人次|[人户家次天件个])数$")
_BRACKETS = re.compile("[（(][^（）()]*[）)]")
# Days since 1899-12-30, as a worksheet counts them: those of our time have five digits.
_DAYS = re.compile("[34][0-9]{4}")
# Numbers in columns of these kinds say which row it is, or when it was, not how much.
_NAMING = {"code": "code", "order": "ordinal", "date": "date"}
# Roles of columns of words; of targets and results, which have units of their own.
_REMARKS = frozenset({"reason", "remark"})
_WORDY = _REMARKS | {"", "name"}
_RESULTS = frozenset({"target", "reached"})


class Line:
    """A row of a grid, and what its cells say of the units of those printed bare."""

    def __init__(self, grid: Grid, row: Row) -> None:
        self.row = row
        self._grid = grid

    @cached_property
    def unit(self) -> str:
        """The unit in the cell that the table has for it, or behind the name of the row; a row that sums up scores has 分."""
        cells = (self.row.cell(column) for column in self._grid.columns if column.kind == "unit")
        own = next((cell.text for cell in cells if cell and cell.text and is_unit(cell.text)), "")
        return own or unit_in_brackets(self.row.name) or ("分" if _SCORE_ROW.search(self.row.name) else "")

    @cached_property
    def unit_of_targets(self) -> str:
        """A result printed bare has the unit of its target; of a rate it is %."""
        printed = (value.unit for column in self._grid.columns if column.kind == "target" and (value := self.row.value(column)))
        return next(filter(None, printed), "%" if self.row.name.endswith("率") else "")

    @cached_property
    def behind_results(self) -> dict[int, str]:
        """By place the units of what stands, without heads, behind a target and its result: weight and score; a result may be bare too."""
        if any(column.path for column in self._grid.columns):
            return {}
        numbers = [(column.place, value.unit) for column in self._grid.columns if (value := self.row.value(column))]
        bare = [*takewhile(lambda number: not number[1], reversed(numbers))]
        if len(bare) == len(numbers):
            return {}
        units = dict.fromkeys((place for place, _ in bare), "分")
        if len(bare) % 2 and len(bare) > 1:
            units[bare[-1][0]] = numbers[-len(bare) - 1][1]
        return units


class Place(NamedTuple):
    """Where a figure stands: a cell with its grid, line and column; no line in a head, no column where the cell spans several."""

    cell: Cell
    grid: Grid
    line: Line | None = None
    column: Column | None = None

    @property
    def measure(self) -> str:
        """The name of the row and the heads of the column that add to it, '' in a cell of words."""
        if not self.line or (self.column and self.column.kind in {"name", "text"} and self.column.role in _WORDY):
            return ""
        measure = self.line.row.name
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
        place = self._places[index] if index >= 0 else None
        return place if place and figure.end <= place.cell.end else None

    @cached_property
    def _places(self) -> list[Place]:
        return self._document.once(_places_of)

    @cached_property
    def _starts(self) -> list[int]:
        return [place.cell.start for place in self._places]


def _places_of(document: Document) -> list[Place]:
    """Where the cells of a document stand, in the order of the text."""
    places: dict[int, Place] = {}
    for grid in read_grids(document):
        for cell in grid.heads:
            places.setdefault(cell.start, Place(cell, grid))
        for row in grid.rows:
            line = Line(grid, row)
            for column in grid.columns:
                cell = row.cell(column)
                if cell and cell.end > cell.start:
                    places[cell.start] = Place(cell, grid, line, column if cell.text else None)
    return [places[start] for start in sorted(places)]


def in_cell(figure: Figure, place: Place) -> Figure | None:
    """`figure`, a number without unit, as its cell says; None where the cell holds more than the number."""
    named = _naming(figure, place)
    if named:
        return figure._replace(kind=named, value=None, unit="年" if named == "year" else "")
    numbers = figure.surroundings.text[place.cell.start : place.cell.end].split()
    if place.line is None or not all(map(value_of, numbers)):
        return None
    unit = _unit(place.line, place.column, place.grid)
    if unit:
        return figure._replace(unit=unit, kind=kind_of_unit(unit), unit_from="header")
    if place.column and place.column.kind == "name":
        return figure
    return figure._replace(kind="money" if _is_money(place) else "count")


def _naming(figure: Figure, place: Place) -> str:
    """The kind of a number that says which one, not how many: a code, a row number, a date, a year; '' for any other."""
    column = place.column
    if place.line is None:
        return "year" if may_be_year(figure.text) else "ordinal" if figure.text == place.cell.text else ""
    kind = column.kind if column else ""
    if kind in _NAMING:
        return "year" if kind == "date" and may_be_year(figure.text) else _NAMING[kind]
    name = place.line.row.name
    if len(figure.text) >= _SHORTEST_PHONE and (_PHONE.search(name) or (column and _PHONE.search(column.head))):
        return "phone"
    if kind in {"name", "text"} and column and column.role in _WORDY and may_be_year(place.cell.text):
        return "year"
    if kind == "name" and figure.text.isdigit():
        return _naming_in_name(figure, place)
    named = _NAMING.get(role_of((name,))[1], "") if kind not in {"mark", "ratio"} and figure.text.isdigit() else ""
    return named if named != "date" or _DAYS.fullmatch(figure.text) else ""


def _naming_in_name(figure: Figure, place: Place) -> str:
    """The kind of a number in the cell of a name: the code of the row, or the class or item in it; the number before the name."""
    text = figure.surroundings.text
    if place.line and place.line.row.code.startswith("".join(text[place.cell.start : figure.end].split())):
        return "code"
    return "ordinal" if figure.start == place.cell.start and text[figure.end : figure.end + 1].isspace() else ""


def _unit(line: Line | None, column: Column | None, grid: Grid) -> str:
    """The unit of a number printed bare: of its head or what it asks for, of its row, of the target beside it, of the whole table."""
    if column is None or line is None:
        return grid.unit
    if column.unit or column.kind in {"ratio", "mark"}:
        return column.unit or _asked_for(column)
    if column.kind == "name":
        return ""
    own = line.unit or line.behind_results.get(column.place, "")
    if own or column.role in _REMARKS:
        return own
    if column.role in _RESULTS:
        return line.unit_of_targets
    value = line.row.value(column)
    # In a form without heads a whole number is money in 万元 only where a name says so.
    of_money = column.path or kind_of_unit(grid.unit) != "money" or grid.unit == "元" or _MONEY.search(line.row.name)
    return grid.unit if of_money or (value and value.step < 1) else _counted_by(line.row.name)


def _counted_by(name: str) -> str:
    """The unit in which a name says that it counts: 退休人数, 村数."""
    found = _COUNTS.search(_BRACKETS.sub("", name))
    return found[1] if found else ""


def _asked_for(column: Column) -> str:
    if column.kind == "mark":
        return "分"
    return "" if column.role == "level" or _NO_RATE.search(column.head) else "%"


def _is_money(place: Place) -> bool:
    heads = (place.line.row.name if place.line else "", *(place.column.path if place.column else ()))
    return (place.column is None or place.column.kind != "target") and any(map(_MONEY.search, heads))


def kind_of_unit(unit: str) -> str:
    """The kind of a figure in `unit`."""
    if unit in grammar.MONEY_FACTORS or unit.split("/", maxsplit=1)[0] in grammar.MONEY_FACTORS:
        return "money"
    return "percent" if unit in grammar.PERCENT_UNITS else "count"
