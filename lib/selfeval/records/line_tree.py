"""The tree of budget lines as the metrics and the audit walk it: what stands under what, and what the report leaves to be added up."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cached_property

import pandas as pd

from selfeval.records.deviation import reason_for
from selfeval.tables import rows_in

COLUMNS = ("target", "initial", "adjusted", "actual")
# What an expenditure is held against; the official denominator (全年预算数) first.
BASES = ("adjusted", "target", "initial")


@dataclass(frozen=True, slots=True)
class Line:
    """One row of budget_lines.

    `amounts` are in 万元, None where the report is silent; `figures` are, column by column, the ids of all figures that state the amount,
    the one it is taken from first.
    """

    line_id: str
    book: str
    level: str
    parent_id: str
    item: str
    reason: str
    sentence: str
    amounts: dict[str, Decimal | None]
    figures: dict[str, tuple[str, ...]]

    def amount(self, column: str) -> Decimal | None:
        """The amount in `column`: target, initial, adjusted or actual."""
        return self.amounts[column]

    def basis(self) -> str:
        """The column this line's spending is best held against, '' when the report gives none."""
        return next((basis for basis in BASES if self.amounts[basis] is not None), "")

    def deviation(self) -> Decimal | None:
        """By how much more than its budget was spent; None where one of the two is not stated."""
        actual, basis = self.amounts["actual"], self.basis()
        return None if actual is None or not basis else actual - self.amounts[basis]

    def explanation(self) -> str:
        """What of its reason can be why the line lies beside its budget."""
        return reason_for(self.reason, self.deviation())


@dataclass(frozen=True, slots=True)
class Sum:
    """An amount and the (line id, column) pairs it stands on."""

    value: Decimal
    inputs: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class LineTree:
    """All lines in reading order."""

    lines: tuple[Line, ...]
    _children: dict[str, list[Line]] = field(default_factory=dict)
    _levels: dict[str, list[Line]] = field(default_factory=dict)
    _keyed: dict[Callable[[str], str], dict[str, list[Line]]] = field(default_factory=dict)

    @classmethod
    def of(cls, frame: pd.DataFrame) -> LineTree:
        """The tree of a budget_lines table."""
        tree = cls(tuple(_without_twins(_lines(frame))))
        for line in tree.lines:
            tree._children.setdefault(line.parent_id, []).append(line)
            tree._levels.setdefault(line.level, []).append(line)
        return tree

    def __iter__(self) -> Iterator[Line]:
        return iter(self.lines)

    def children(self, line: Line) -> list[Line]:
        """The lines printed as parts of `line`."""
        return self._children.get(line.line_id, [])

    def at(self, level: str) -> list[Line]:
        """All lines of one level."""
        return self._levels.get(level, [])

    def total(self) -> Line | None:
        """The line of the body's whole expenditure."""
        return next(iter(self.at("total")), None)

    def projects(self) -> list[Line]:
        """The projects listed one by one, without the parts of a project."""
        return self._projects

    @cached_property
    def _projects(self) -> list[Line]:
        ids = {line.line_id for line in self.at("project")}
        return [line for line in self.at("project") if line.parent_id not in ids]

    def projects_by(self, key: Callable[[str], str]) -> dict[str, list[Line]]:
        """The projects by what `key` makes of their names."""
        if key not in self._keyed:
            found = self._keyed.setdefault(key, {})
            for line in self._projects:
                found.setdefault(key(line.item), []).append(line)
        return self._keyed[key]

    def sum_of(self, lines: Iterable[Line], column: str) -> Sum | None:
        """The sum of `column` over `lines`; None when there are none or one of them is silent."""
        lines = list(lines)
        amounts = [line.amount(column) for line in lines]
        if not lines or any(amount is None for amount in amounts):
            return None
        return Sum(sum(amounts, Decimal(0)), tuple((line.line_id, column) for line in lines))

    def stated_or_summed(self, line: Line, column: str) -> Sum | None:
        """What the report states for `line`; failing that, the sum over the projects of a project total."""
        value = line.amount(column)
        if value is not None:
            return Sum(value, ((line.line_id, column),))
        return self.sum_of(self.projects(), column) if line.level == "project_total" else None

    def basic(self, column: str) -> Sum | None:
        """Basic expenditure (基本支出)."""
        return next(filter(None, (self.stated_or_summed(line, column) for line in self.at("basic"))), None)

    def project_expenditure(self, column: str) -> Sum | None:
        """Project expenditure (项目支出): its stated total, else the sum of the projects."""
        stated = next(filter(None, (self.stated_or_summed(line, column) for line in self.at("project_total"))), None)
        return stated or self.sum_of(self.projects(), column)

    def basic_and_projects(self, column: str) -> Sum | None:
        """Basic and project expenditure together; None unless both are known."""
        return _join([self.basic(column), self.project_expenditure(column)])

    def fund(self, book: str, column: str) -> Sum | None:
        """The outermost expenditure lines (level fund) of one budget book together."""
        ids = {line.line_id for line in self.at("fund")}
        return self.sum_of((line for line in self.at("fund") if line.book == book and line.parent_id not in ids), column)


def _lines(frame: pd.DataFrame) -> Iterator[Line]:
    for row in rows_in(frame):
        if row.book == "income":
            continue  # the tree is that of what was given and spent
        amounts = {column: getattr(row, column) for column in COLUMNS}
        figures = {column: tuple(getattr(row, f"{column}_figure").split()) for column in COLUMNS}
        yield Line(row.line_id, row.book, row.level, row.parent_id, row.item, row.reason, row.sentence, amounts, figures)


def _without_twins(lines: Iterable[Line]) -> Iterator[Line]:
    """One line for each name in one book under one whole: the fullest, which takes over the figures of the others to keep them comparable.

    A report that states a budget twice, and differently, still has one project of that name.
    """
    groups: dict[tuple[str, str, str, str], list[Line]] = {}
    for line in lines:
        groups.setdefault((line.level, line.book, line.parent_id, line.item), []).append(line)
    for group in groups.values():
        if len(group) == 1:
            yield group[0]
            continue
        fullest = max(group, key=lambda line: len(_stated(line)))
        twins = [line for line in group if line is not fullest and _stated(line) <= _stated(fullest)]
        figures = {
            column: (*fullest.figures[column], *(figure for twin in twins for figure in twin.figures[column] if fullest.figures[column]))
            for column in COLUMNS
        }
        yield replace(fullest, figures=figures)
        yield from (line for line in group if line is not fullest and line not in twins)


def _stated(line: Line) -> set[str]:
    return {column for column in COLUMNS if line.amounts[column] is not None}


def _join(sums: list[Sum | None]) -> Sum | None:
    if any(part is None for part in sums):
        return None
    return Sum(sum((part.value for part in sums), Decimal(0)), tuple(pair for part in sums for pair in part.inputs))
