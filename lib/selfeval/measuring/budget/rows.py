"""Rows of budget_metrics, worded by knowledge/budget_metrics.toml."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from selfeval.knowledge import load
from selfeval.quantity import plain

Row = dict[str, Any]


def computed(
    metric: str, scope: str, value: Decimal, inputs: Iterable[tuple[str, str]], basis: str = "", *, notes: Iterable[str] = ()
) -> Row:
    """A row that holds a value."""
    return {**_described(metric, scope, basis, inputs), "value": plain(value), "status": "computed", "note": "；".join(filter(None, notes))}


def missing(metric: str, scope: str, what: str, basis: str = "", inputs: Iterable[tuple[str, str]] = ()) -> Row:
    """A row that says what is missing for a value."""
    return {**_described(metric, scope, basis, inputs), "value": None, "status": "not_computable", "missing": what}


def as_text(inputs: Iterable[tuple[str, str]]) -> str:
    """What a value stands on, as the column `inputs` has it: `t01.actual t01.adjusted`."""
    return " ".join(f"{row}.{column}" for row, column in inputs)


def basis_name(basis: str) -> str:
    """The budget column `basis` as readers call it, '' for none."""
    return load("budget_metrics")["bases"].get(basis, "")


def word(name: str, /, **parts: str) -> str:
    """A wording of the metrics with its parts filled in."""
    return load("budget_metrics")["words"][name].format(**parts)


def _described(metric: str, scope: str, basis: str, inputs: Iterable[tuple[str, str]]) -> Row:
    entry = load("budget_metrics")["metric"][metric]
    # Without a column to hold it against, the budget as such is meant.
    name = basis_name(basis) or word("any_budget")
    return {
        "metric": metric,
        "label": entry["label"].replace("{basis}", name),
        "scope": scope,
        "unit": entry.get("unit", ""),
        "basis": basis,
        "formula": entry["formula"].replace("{basis}", name),
        "inputs": as_text(inputs),
    }
