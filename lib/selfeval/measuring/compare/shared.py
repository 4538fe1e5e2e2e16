"""Whatever several bodies of one year state under one name: rates of the department, ratios and numbers of work, of any trade."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from decimal import Decimal

import pandas as pd

from selfeval import words
from selfeval.knowledge import load
from selfeval.quantity import base_unit, in_base_unit
from selfeval.tables import rows_in

from .measure import bound_of
from .ranking import median
from .reading import Tables

COLUMNS = ("title", "unit", "n", "median", "lowest", "highest", "body", "name", "value", "bound")
_LEAST = 2
# What the page compares with ranks already.
_RANKED = frozenset({"official_execution_rate", "rectification_rate"})
_DEPARTMENT = "department"

Key = tuple[str, str, str]
Stated = tuple[Decimal, str]


def shared_measures(tables_by_body: Mapping[str, Tables], names: Mapping[str, str]) -> pd.DataFrame:
    """Return one row a measure and body, for measures that at least two bodies have; those that most bodies have come first.

    A measure is one name, of one trade, in one base unit. A body that states a measure in two ways has none. `value` is in that unit, a
    ratio where `unit` is ''; `bound` is its qualifier. Only exact values count for `median`, `lowest` and `highest`, None without two.
    """
    found: dict[Key, dict[str, Stated]] = defaultdict(dict)
    for body, tables in tables_by_body.items():
        for key, stated in _of_body(tables).items():
            found[key][body] = stated
    several = [(key, bodies) for key, bodies in found.items() if len(bodies) >= _LEAST]
    several.sort(key=lambda entry: (-len(entry[1]), entry[0][1], entry[0][0]))
    rows = [row for key, bodies in several for row in _rows(key, bodies, names)]
    return pd.DataFrame({column: pd.Series([row[column] for row in rows], dtype=object) for column in COLUMNS})


def _of_body(tables: Tables) -> dict[Key, Stated]:
    """The measures of one body; what it states in two ways is left out."""
    found: dict[Key, set[Stated]] = defaultdict(set)
    for key, stated in (*_rates(tables), *_facts(tables)):
        found[key].add(stated)
    return {key: next(iter(stated)) for key, stated in found.items() if len(stated) == 1}


def _rates(tables: Tables) -> Iterator[tuple[Key, Stated]]:
    """Computed measures of the whole department and of its work; what is told apart by denominators is told apart by formulas."""
    whole = [row for row in rows_in(tables["budget_metrics"]) if row.scope == _DEPARTMENT]
    for row in (*whole, *rows_in(tables["safety_metrics"])):
        if row.status == "computed" and row.metric not in _RANKED:
            yield (_title(row.scope, row.label), row.unit, row.formula), (row.value, bound_of(row.note))


def _facts(tables: Tables) -> Iterator[tuple[Key, Stated]]:
    for fact in rows_in(tables["work_facts"]):
        if fact.value is None or fact.date or not fact.label:
            continue
        stated = (in_base_unit(fact.value, fact.unit), fact.qualifier)
        yield (_title(fact.sector, fact.label), base_unit(fact.unit), ""), stated


def _title(scope: str, label: str) -> str:
    whole = {_DEPARTMENT, "", *load("safety_metrics")["whole"]}
    return label if scope in whole else f"{words.sector(scope)}：{label}"


def _rows(key: Key, bodies: Mapping[str, Stated], names: Mapping[str, str]) -> Iterator[dict[str, object]]:
    """The bodies of one measure, the highest first."""
    title, unit, _ = key
    exact = [value for value, bound in bodies.values() if bound == "exact"]
    several = len(exact) >= _LEAST
    whole = {
        "title": title,
        "unit": unit,
        "n": len(bodies),
        "median": median(exact) if several else None,
        "lowest": min(exact) if several else None,
        "highest": max(exact) if several else None,
    }
    for body in sorted(bodies, key=lambda body: (-bodies[body][0], body)):
        value, bound = bodies[body]
        yield {**whole, "body": body, "name": names[body], "value": value, "bound": bound}
