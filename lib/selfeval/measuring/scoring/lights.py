"""Warning lights: hints that a self-evaluation was kind to itself, that money lies idle, or that spending lags behind the year."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pandas as pd

from selfeval import words
from selfeval.knowledge import load
from selfeval.quantity import quotient
from selfeval.records.line_tree import LineTree
from selfeval.tables import rows_in

from .execution import DEPARTMENT, Money, money_of
from .ruleset import Ruleset, read_ruleset

_MONTHS = 12


@dataclass(frozen=True)
class Light:
    """One lit light.

    `rule`: share (indicators scored better than the money was spent), no_budget, unspent, pace (in the course of a year). `colour`: red,
    yellow, or, for pace alone, green. `value` and `threshold` are ratios, None for no_budget. `inputs` names scores or budget cells,
    `sentence` is Chinese and gives the numbers.
    """

    rule: str
    colour: str
    scope: str
    value: Decimal | None
    threshold: Decimal | None
    sentence: str
    inputs: str


def lights(
    scores: pd.DataFrame, lines: pd.DataFrame, month: int | None = None, *, ruleset: str | Ruleset = "", column: str = "points"
) -> list[Light]:
    """The lights of the department and of every project.

    `scores` and `lines` (budget_lines) are tables; thresholds are those of `ruleset`, by default of the one the scores were made with.
    `column` is `points` for simulated scores, `stated_points` for the body's own. `month` (1 to 12) asks how far the year has gone; without
    it the year is over. What cannot be reckoned lights nothing: with a point missing, an indicator share would be a guess.
    """
    name = ruleset or next(iter(scores["ruleset"]), "national")
    rules = name if isinstance(name, Ruleset) else read_ruleset(name)
    tree = LineTree.of(lines)
    scopes = dict.fromkeys([DEPARTMENT, *scores["scope"], *(line.item for line in tree.projects())])
    return [light for scope in scopes for light in _lights_of(scope, scores, money_of(tree, scope), month, rules, column)]


def _lights_of(scope: str, scores: pd.DataFrame, money: Money, month: int | None, rules: Ruleset, column: str) -> Iterator[Light]:
    own = rows_in(scores[scores["scope"] == scope])
    yield from _share(scope, own, rules, column)
    budget, spent = money.amount("adjusted"), money.amount("actual")
    if budget is None or money.contradictory:
        return
    inputs = money.inputs("adjusted", "actual")
    if budget == 0:
        yield Light("no_budget", "yellow", scope, None, None, _said("no_budget", scope), inputs)
    elif budget > 0 and spent is not None:
        yield from _unspent(scope, budget, spent, inputs, rules)
        if month is not None:
            yield _pace(scope, quotient(spent, budget), month, inputs, rules)


def _share(scope: str, rows: list[Any], rules: Ruleset, column: str) -> Iterator[Light]:
    """Points by weight of all indicators together against those of execution."""
    assessed = [row for row in rows if row.part in {"execution", "indicator"} and (row.status == "computed" or row.missing)]
    money, work = ([row for row in assessed if row.part == part] for part in ("execution", "indicator"))
    if not money or not work or any(getattr(row, column) is None or not row.weight for row in assessed):
        return
    indicators, execution = (quotient(sum(getattr(row, column) for row in part), sum(row.weight for row in part)) for part in (work, money))
    value = quotient(indicators - execution, indicators) if indicators > 0 else Decimal(0)
    if value > rules.lights["share"]:
        shown = {"indicators": words.percent(indicators), "execution": words.percent(execution), "value": words.percent(value)}
        sentence = _said("share", scope, threshold=words.percent(rules.lights["share"], 0), **shown)
        inputs = " ".join(f"{row.score_id}.{column}" for row in assessed)
        yield Light("share", "red", scope, value, rules.lights["share"], sentence, inputs)


def _unspent(scope: str, budget: Decimal, spent: Decimal, inputs: str, rules: Ruleset) -> Iterator[Light]:
    value, threshold = quotient(budget - spent, budget), rules.lights["unspent"]
    if value > threshold:
        shown = {"budget": words.number(budget), "left": words.number(budget - spent), "value": words.percent(value)}
        sentence = _said("unspent", scope, threshold=words.percent(threshold, 0), **shown)
        yield Light("unspent", "yellow", scope, value, threshold, sentence, inputs)


def _pace(scope: str, rate: Decimal, month: int, inputs: str, rules: Ruleset) -> Light:
    value = quotient(rate * _MONTHS, Decimal(month))
    red, yellow = rules.lights["pace_red"], rules.lights["pace_yellow"]
    colour, threshold = ("red", red) if value < red else ("yellow", yellow) if value < yellow else ("green", yellow)
    sentence = _said("pace", scope, month=str(month), rate=words.percent(rate), value=words.percent(value))
    return Light("pace", colour, scope, value, threshold, sentence, inputs)


def _said(rule: str, scope: str, **parts: str) -> str:
    sentences = load("scores")
    names = sentences["faults"]
    where = names["department"] if scope == DEPARTMENT else names["project"].format(scope=scope)
    return sentences["lights"][rule].format(scope=where, **parts)
