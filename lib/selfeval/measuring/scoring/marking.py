"""The marks a province gives for the department rates themselves: full marks up to a bound, then less by steps."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pandas as pd

from selfeval import words
from selfeval.knowledge import load
from selfeval.measuring.budget import BaseData
from selfeval.tables import rows_in

from .mark import Mark, digits, pointed, word
from .ruleset import Marking, Ruleset


def marking_rows(metrics: pd.DataFrame | None, base: BaseData, rules: Ruleset) -> Iterator[tuple[str, Mark, dict[str, Any]]]:
    """Label, mark and further columns of every marked rate that is among `metrics`."""
    if metrics is None:
        return
    rows = {row.metric: row for row in rows_in(metrics)}
    for marking in rules.markings:
        row = rows.get(marking.metric)
        if row is not None:
            mark = _noted(_mark(marking, row, base, rules.places), marking)
            yield row.label, mark, {"weight": marking.weight, "inputs": f"{marking.metric}.value", "unit": "分"}


def _mark(marking: Marking, row: Any, base: BaseData, places: int) -> Mark:  # noqa: ANN401
    if base.nothing_there(*marking.void):
        formula = word("void", points=pointed(marking.weight, places))
        return Mark(marking.weight, None, "marking", formula, notes=(word("no_new_building"),))
    if row.value is None:
        return Mark(basis="marking", missing=word("rate", label=row.label, missing=row.missing))
    return (_on_ladder if marking.rule == "ladder" else _by_steps)(marking, row.value, places)


def _on_ladder(marking: Marking, rate: Decimal, places: int) -> Mark:
    for to, points in marking.steps:
        if rate <= to:
            formula = word("ladder", rate=words.percent(rate), to=words.percent(to, 0), points=pointed(points, places))
            return Mark(points, rate, "marking", formula)
    formula = word("ladder_beyond", rate=words.percent(rate), to=words.percent(marking.steps[-1][0], 0), points="0")
    return Mark(Decimal(0), rate, "marking", formula)


def _by_steps(marking: Marking, rate: Decimal, places: int) -> Mark:
    off = {"over": rate - marking.full, "under": marking.full - rate}.get(marking.rule, abs(rate - marking.full))
    # Whole steps only: “每超过一个百分点” counts a point once it is full.
    steps = max(0, (Fraction(off) / Fraction(marking.step)).__floor__())
    if not steps:
        side = load("scores")["sides"][marking.rule]
        shown = {"rate": words.percent(rate), "side": side, "full": words.percent(marking.full, 0), "step": words.percent(marking.step, 0)}
        return Mark(
            marking.weight,
            rate,
            "marking",
            word("at_full" if off <= 0 else "short_of_step", points=pointed(marking.weight, places), **shown),
        )
    points = max(Decimal(0), marking.weight - marking.minus * steps)
    formula = word(
        "stepped",
        weight=digits(marking.weight),
        minus=digits(marking.minus),
        steps=str(steps),
        points=pointed(points, places),
        step=words.percent(marking.step, 0),
    )
    return Mark(points, rate, "marking", formula)


def _noted(mark: Mark, marking: Marking) -> Mark:
    if mark.points is None:
        return mark
    more = [word("department_table"), *([word("unconfirmed")] if marking.unconfirmed else []), word("simulated")]
    return Mark(mark.points, mark.rate, mark.basis, mark.formula, mark.missing, (*mark.notes, *more))
