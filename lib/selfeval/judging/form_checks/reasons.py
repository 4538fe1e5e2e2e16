"""Where the forms want a reason: spending off its budget, results short of their targets or far beyond them."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from selfeval import words
from selfeval.knowledge import load

from .finding import column_name, finding
from .material import Material
from .stated import Row

Found = Iterator[dict[str, Any]]


def deviations(forms: Material) -> Found:
    """Lines whose spending lies further off the full-year budget than the margin, and no reason beside them."""
    margin = Decimal(load("checks")["thresholds"]["margin"])
    for row in forms.budget.leaves():
        actual = row.stated("actual")
        basis = next((column for column in ("adjusted", "initial") if row.value(column) is not None), "")
        if not basis or actual.value is None or not actual.tabled or not row.value(basis) or row["reason"]:
            continue
        rate = actual.value / row.value(basis)
        if abs(rate - 1) > margin:
            yield finding(
                "deviation",
                "flag",
                (row["level"], row["book"], row["item"]),
                [actual, row.stated(basis)],
                stated=actual.value,
                recomputed=row.value(basis),
                unit="万元",
                item=row["item"],
                basis=column_name(basis),
                rate=words.percent(rate),
                margin=words.percent(margin, 0),
            )


def results(forms: Material) -> Found:
    """Indicators that missed their target, or went far beyond it, without a word why."""
    beyond = Decimal(load("form_checks")["scores"]["over_fulfilled"])
    for scope in forms.indicators.scopes():
        for row in forms.indicators.marked(scope):
            target, actual = row.value("target"), row.value("actual")
            if target is None or actual is None or row["reason"] or row["applicable"] == "no":
                continue
            if _missed(row["nature"], target, actual):
                yield _result("target_missed", scope, row, beyond)
            elif row["nature"] in {"ge", "gt", "eq"} and target > 0 and actual >= target * beyond:
                yield _result("over_fulfilled", scope, row, beyond)


def _missed(nature: str, target: Decimal, actual: Decimal) -> bool:
    """Whether the target was missed as it is scored: what is to lie beyond its target scores in full where it equals it."""
    return {
        "ge": actual < target,
        "gt": actual < target or (not target and not actual),
        "le": actual > target,
        "lt": actual > target,
        "eq": actual < target,
    }.get(nature, False)


def _result(rule: str, scope: str, row: Row, beyond: Decimal) -> dict[str, Any]:
    target, actual, unit = row.value("target"), row.value("actual"), row["unit"]
    return finding(
        rule,
        "flag",
        (scope, row["level1"], row["level2"], row["name"]),
        [row.stated("actual"), row.stated("target")],
        stated=actual,
        recomputed=target,
        unit=unit,
        item=f"{scope} › {row['name']}" if scope else row["name"],
        actual=words.quantity(actual, unit),
        target=words.quantity(target, unit),
        share=words.percent(actual / target) if target else load("form_checks")["words"]["no_rate"],
        beyond=words.percent(beyond, 0),
    )
