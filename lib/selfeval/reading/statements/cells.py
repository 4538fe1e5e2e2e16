"""What the numbers in cells say: the row tells whose it is, the column which number."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from selfeval.knowledge import load
from selfeval.reading.document import Document
from selfeval.reading.figures import QUANTITIES, Cells, Figure, amount_of
from selfeval.reading.grid import OPEN_PART, PART, TOTAL, Column, Grid, Row, value_of

from .statement import Statement

_BRACKETS = re.compile("[（(][^（）()]*[）)]")
_PRIOR = re.compile("上年|去年|往年|同期")
_NAMES_OF_WHOLES = re.compile("^(?:合计|总计|小计|本年|金额|数额|全年|年初|调整后?|实际|决算|预算|执行|支出)*数?$")


def statements_of_cells(document: Document, figures: Sequence[Figure], year: int | None) -> list[Statement]:
    """The statements of figures that fill a cell of a table, in reading order."""
    cells = Cells(document)
    found = []
    for index, figure in enumerate(figures):
        place = cells.at(figure) if figure.kind in QUANTITIES and figure.value is not None else None
        if place and place.line and place.column and value_of(place.cell.text) is not None:
            found.append(_statement(index, figure, place.grid, place.line.row, place.column, year))
    return found


def _statement(index: int, figure: Figure, grid: Grid, row: Row, column: Column, year: int | None) -> Statement:
    amount, unit = amount_of(figure)
    statement = Statement(index, figure, amount if amount is not None else figure.value, unit, section=grid.section)
    head = _BRACKETS.sub("", column.path[-1]) if column.path else ""
    statement.subject = row.path
    statement.scope = tuple(dict.fromkeys(row.group))
    statement.aspect = _aspects().get(column.role, "rate" if figure.kind == "percent" else "actual")
    statement.measure = head if head and not _NAMES_OF_WHOLES.match(head) else _measure(statement, figure)
    statement.period = _period(column.period, "".join(column.path), year)
    statement.extent = "whole" if row.role == TOTAL else "part" if row.role in (PART, OPEN_PART) else "single"
    statement.words = "".join(column.path)
    statement.because = {"aspect": head} if head else {}
    return statement


def _measure(statement: Statement, figure: Figure) -> str:
    if figure.kind != "money":
        return statement.subject[-1] if statement.subject else ""
    return "支出" if statement.aspect == "actual" else "结转" if statement.aspect == "carried_over" else "预算"


def _period(named: str, heads: str, year: int | None) -> str:
    if _PRIOR.search(heads):
        return "prior"
    if named and year:
        return "prior" if int(named) < year else "next" if int(named) > year else "year"
    return "year"


@cache
def _aspects() -> dict[str, str]:
    return {entry["role"]: entry["aspect"] for entry in load("grids")["column"] if "aspect" in entry}
