"""What is scored: the department, and every project that has indicators or a budget line, each with its rows of the table indicators."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from selfeval.records.line_tree import LineTree
from selfeval.records.stated import filled_in, name_key
from selfeval.tables import rows_in

from .execution import DEPARTMENT
from .ruleset import EXECUTION

_GOAL, _TOTAL = "goal", "total"


@dataclass
class Scope:
    """The rows of one scope: the indicators to score, those of the execution rate and the total, those that state a parent's weight."""

    name: str
    indicators: list[Any] = field(default_factory=list)
    parents: list[Any] = field(default_factory=list)
    execution: Any = None
    total: Any = None

    def take(self, row: Any) -> None:  # noqa: ANN401
        """Put a row of the table indicators where it belongs; goals are no indicators."""
        if row.level1 == EXECUTION:
            self.execution = self.execution or row
        elif row.level1 == _TOTAL:
            self.total = self.total or row
        elif row.level1 != _GOAL:
            (self.parents if _states_a_parent(row) else self.indicators).append(row)


def scopes_of(indicators: pd.DataFrame, tree: LineTree | None = None) -> list[Scope]:
    """The department first, then the projects in the order of the budget lines, then those that only the indicators know; of these what was
    filled in."""
    rows = rows_in(filled_in(indicators))
    names = [DEPARTMENT, *(line.item for line in (tree.projects() if tree else ())), *(row.scope or DEPARTMENT for row in rows)]
    scopes: dict[str, Scope] = {}
    for name in names:
        scopes.setdefault(name_key(name), Scope(name))
    for row in rows:
        scopes[name_key(row.scope or DEPARTMENT)].take(row)
    return list(scopes.values())


def _states_a_parent(row: Any) -> bool:  # noqa: ANN401
    """Whether a row gives the weight of a whole level 1 or level 2 rather than an indicator: no name, nothing aimed at, nothing reached."""
    return not (row.name or row.target_text or row.actual_text or row.band) and row.target is None and row.actual is None
