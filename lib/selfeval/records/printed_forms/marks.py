"""Tables of marks: which of their columns hold target, result, rate, weight and score, and what their rows print in them."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from selfeval.knowledge import load
from selfeval.reading.document import Document
from selfeval.reading.figures import Figure
from selfeval.reading.grid import ITEM, Column, Grid, Row, read_grids

EXECUTION = "execution"
# A column's part in a table of marks, by its role …
_PARTS = {"target": "target", "reached": "actual", "rate": "rate", "weight": "weight", "score": "score"}
# … where 目标 and 实际 stand beside marks: an indicator is no money.
_BESIDE_MARKS = {"budget": "target", "actual": "actual"}
_ALONE = re.compile(r"\s*[≤≥<>＜＞]\s*")
_SIGNED = re.compile(r"(?s)\s*([≤≥<>＜＞=＝]?)\s*(.*?)\s*")
_BOUNDS = {"≥": "at_least", ">": "at_least", "＞": "at_least", "≤": "at_most", "<": "at_most", "＜": "at_most"}


class Printed(NamedTuple):
    """A figure that fills a cell, and its place among all figures of the document."""

    index: int
    figure: Figure


@dataclass(frozen=True)
class MarkRow:
    """A row of a table of marks.

    `figures` are what it prints, `texts` its cells of target, result and reason in words, both by part; `groups` what it stands under,
    outermost first; `sign` a bound (≥) with a cell of its own; `role` as of rows of a grid, an execution rate with marks is an item.
    """

    row: Row
    role: str
    groups: tuple[str, ...]
    figures: dict[str, Printed]
    texts: dict[str, str]
    sign: str = ""


@dataclass(frozen=True)
class MarkTable:
    """A table that says two things of its rows among target, result, rate of execution, weight and score; `columns` hold these by part."""

    grid: Grid
    columns: dict[str, Column]
    rows: tuple[MarkRow, ...]


def mark_tables(document: Document, figures: Sequence[Figure]) -> list[MarkTable]:
    """Return the tables of marks of `document`, in reading order; `figures` are those of its text."""
    starts = [figure.start for figure in figures]
    tables = ((grid, _columns(grid)) for grid in read_grids(document))
    return [MarkTable(grid, columns, tuple(_rows(grid, columns, figures, starts))) for grid, columns in tables if len(columns) > 1]


def part_named(words: str) -> str:
    """Which part of the evaluation the words name last: execution, output, benefit, satisfaction, total …; '' for none."""
    found = [(match.end(), key) for key, pattern in _evaluation().items() for match in pattern.finditer(words)]
    return max(found)[1] if found else ""


@cache
def _evaluation() -> dict[str, re.Pattern[str]]:
    return {key: re.compile(pattern) for key, pattern in load("checks")["scores"]["parts"].items()}


def _columns(grid: Grid) -> dict[str, Column]:
    columns = {_PARTS[column.role]: column for column in grid.columns if column.role in _PARTS}
    if "rate" in columns and part_named(columns["rate"].head) != EXECUTION:
        columns.pop("rate")
    if columns.keys() - {"rate"} == {"weight", "score"}:
        columns |= {_BESIDE_MARKS[column.role]: column for column in grid.columns if column.role in _BESIDE_MARKS}
    reason = next((column for column in grid.columns if column.role == "reason"), None)
    return columns | ({"reason": reason} if reason and len(columns) > 1 else {})


def _rows(grid: Grid, columns: dict[str, Column], figures: Sequence[Figure], starts: Sequence[int]) -> Iterator[MarkRow]:
    executed = columns["rate"].path[-1:] if "rate" in columns else ()
    for row in grid.rows:
        cells = {part: cell for part, column in columns.items() if (cell := row.cell(column))}
        printed = {part: figure for part in _PARTS.values() if part in cells and (figure := _figure(row, columns[part], figures, starts))}
        texts = {part: cells[part].text for part in ("target", "actual", "reason") if part in cells}
        sign = next((cell.text.strip() for cell in row.cells if _ALONE.fullmatch(cell.text)), "")
        # 年度资金总额 | … | 执行率 | 分值 | 得分: the row of a total is what the marks are for.
        role = ITEM if {"rate", "weight", "score"} <= printed.keys() else row.role
        yield MarkRow(row, role, (*row.group, *row.path, *executed), printed, texts, sign)


def _figure(row: Row, column: Column, figures: Sequence[Figure], starts: Sequence[int]) -> Printed | None:
    """The figure a row prints in a column; what is counted in a unit nobody knows (1198路) is one where nothing else stands in the cell."""
    cell = row.cell(column)
    within = range(bisect_left(starts, cell.start), bisect_left(starts, cell.end)) if cell else range(0)
    if row.value(column):
        return next((Printed(index, figures[index]) for index in within), None)
    found = [index for index in within if figures[index].kind == "other" and figures[index].value is not None]
    if column.kind != "target" or len(found) != 1:
        return None
    sign, told = _SIGNED.fullmatch(cell.text).groups()
    figure = figures[found[0]]
    return Printed(found[0], figure._replace(qualifier=_BOUNDS.get(sign, "exact"))) if told == figure.text else None
