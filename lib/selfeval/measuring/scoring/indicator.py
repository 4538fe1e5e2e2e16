"""The points of one performance indicator: by formula where there are numbers, by a person's judgement where there are none."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction
from typing import Any

from selfeval import words
from selfeval.knowledge import load
from selfeval.quantity import plain, quotient

from .mark import Mark, digits, out_of, pointed, word
from .ruleset import Ruleset

Row = Any
_NUMBER = re.compile(r"(?P<number>[-−]?(?:\d{1,3}(?:[,，]\d{3})+|\d+)(?:\.\d+)?)(?P<unit>[^\d\s]{0,8})")
_KINDS = {"ge": "at_least", "gt": "at_least", "le": "at_most", "lt": "at_most", "eq": "equal"}


def is_met(nature: str, target: Decimal, actual: Decimal) -> bool | None:
    """Whether a target was met, as it is scored; None of a qualitative one, or where no sign tells.

    What is to equal its target may exceed it, unless there is to be none; what is to lie beyond it may equal it, unless that is nothing.
    """
    kind = _KINDS.get(nature)
    if kind is None:
        return None
    if kind == "at_most" or (nature == "eq" and not target):
        return actual <= target
    return actual > target if nature == "gt" and not target else actual >= target


def shares_of(nature: str, target: Decimal, actual: Decimal) -> dict[str, Fraction]:
    """Which share of its weight an indicator scores, by the formula: all of it where the target is met (full), else what was reached
    (reach); where less is better two formulas are in use (ratio, linear). Of a target of 0 a share is all or nothing."""
    if is_met(nature, target, actual):
        return {"full": Fraction(1)}
    if _KINDS[nature] != "at_most":
        return {"reach": Fraction(actual) / Fraction(target) if target else Fraction(0)}
    over = (Fraction(actual) - Fraction(target)) / Fraction(target) if target else Fraction(1)
    return {"ratio": Fraction(target) / Fraction(actual), "linear": max(1 - over, Fraction(0))}


def mark_of(row: Row, rules: Ruleset) -> Mark:
    """The mark of a row of the table indicators.

    Positive indicators (≥, >) and equal ones (=) give full marks once the target is reached, else actual ÷ target; negative ones (≤, <)
    full marks until the target is exceeded, then by the formula of the rule set. More than an equal target is capped. Negative actuals
    count as 0. A target of 0: ≤ and = ask for 0, ≥ is always met, > asks for more than 0. A negative target fits no formula. Qualitative
    indicators take the points a person gave, and only if they lie in the band a person chose.
    """
    if row.applicable == "no":
        return Mark(notes=(word("not_applicable"),))
    if row.weight is None:
        return Mark(missing=word("weight"))
    if row.weight < 0:
        return Mark(missing=word("negative_weight", weight=words.number(row.weight)))
    return _qualitative(row, rules) if row.nature == "qualitative" else _quantitative(row, rules)


# ---- by a person ------------------------------------------------------------------------------------------------------------------------


def _qualitative(row: Row, rules: Ruleset) -> Mark:
    stated, band = row.stated_score, next((band for band in rules.bands if band.id == row.band), None)
    if band is None:
        return Mark(missing=word("by_person") if stated is None else word("band", stated=digits(stated)))
    name = words.choice("indicators", "band", band.id)
    low, high = (plain(edge * row.weight) for edge in (band.low, band.high))
    allowed = word("range_whole" if band.high == 1 else "range_open", low=digits(low), high=digits(high))
    if stated is None:
        return Mark(missing=word("score_in_band" if band.high == 1 else "score_below", band=name, low=digits(low), high=digits(high)))
    if not band.holds(stated, row.weight):
        return Mark(missing=word("outside", band=name, range=allowed, stated=digits(stated)))
    formula = word("qualitative", band=name, points=pointed(stated, rules.places))
    rate = quotient(stated, row.weight) if row.weight else None
    return Mark(stated, rate, "person", formula, notes=(word("person"),))


# ---- by formula -------------------------------------------------------------------------------------------------------------------------


def _quantitative(row: Row, rules: Ruleset) -> Mark:
    nature, target, actual, missing, notes = _numbers(row)
    if missing:
        return Mark(missing=missing)
    if actual < 0:
        notes, actual = [*notes, word("negative_actual")], Decimal(0)
    kind = _KINDS[nature]
    if target == 0:
        mark = _against_zero(nature, actual, row.weight, rules)
    elif kind == "at_most":
        mark = _at_most(nature, target, actual, row.weight, rules)
    else:
        mark = _at_least(nature, target, actual, row, rules)
    return Mark(mark.points, mark.rate, mark.basis, mark.formula, notes=(*notes, *mark.notes))


def _against_zero(nature: str, actual: Decimal, weight: Decimal, rules: Ruleset) -> Mark:
    met = is_met(nature, Decimal(0), actual)
    points = weight if met else Decimal(0)
    formula = word("zero_met" if met else "zero_missed", actual=digits(actual), points=pointed(points, rules.places))
    return Mark(points, None, "zero_target", formula)


def _at_least(nature: str, target: Decimal, actual: Decimal, row: Row, rules: Ruleset) -> Mark:
    rate = quotient(actual, target)
    share = shares_of(nature, target, actual).get("reach")
    if share is not None:
        points = out_of(row.weight, share, rules.places)
        return Mark(points, rate, "reach", _filled("reach", target, actual, row.weight, points, rules))
    notes = [word("equal_exceeded")] if nature == "eq" and actual > target else []
    formula = _full(nature, target, actual, row.weight, rules)
    mark = Mark(row.weight, rate, "reach", formula, notes=tuple(notes))
    return _over_fulfilled(mark, target, actual, row, rules) if actual >= rules.threshold * target else mark


def _over_fulfilled(mark: Mark, target: Decimal, actual: Decimal, row: Row, rules: Ruleset) -> Mark:
    """Full marks and a call for an explanation; less only where a person called the target too low and the rule set has a formula."""
    told = "over" if row.reason else "over_without_reason"
    notes = (*mark.notes, word(told, rate=words.percent(mark.rate)))
    if row.low_target != "yes":
        return Mark(mark.points, mark.rate, mark.basis, mark.formula, notes=notes)
    if not rules.deduction:
        return Mark(mark.points, mark.rate, mark.basis, mark.formula, notes=(*notes, word("low_kept")))
    share = Fraction(rules.threshold) * Fraction(target) / Fraction(actual)
    points = out_of(row.weight, share, rules.places)
    formula = word(
        rules.deduction,
        weight=digits(row.weight),
        threshold=digits(rules.threshold),
        target=digits(target),
        actual=digits(actual),
        points=pointed(points, rules.places),
    )
    return Mark(points, mark.rate, "low_target", formula, notes=(*notes, word("low_taken")))


def _at_most(nature: str, target: Decimal, actual: Decimal, weight: Decimal, rules: Ruleset) -> Mark:
    rate = quotient(actual, target)
    share = shares_of(nature, target, actual).get(rules.at_most)
    if share is None:
        formula = _full(nature, target, actual, weight, rules)
        return Mark(weight, rate, rules.at_most, formula)
    told = rules.at_most if share > 0 else "double"
    points = out_of(weight, share, rules.places)
    return Mark(points, rate, rules.at_most, _filled(told, target, actual, weight, points, rules))


def _full(nature: str, target: Decimal, actual: Decimal, weight: Decimal, rules: Ruleset) -> str:
    shown = pointed(weight, rules.places)
    return word("full", actual=digits(actual), sign=words.choice("indicators", "nature", nature), target=digits(target), points=shown)


def _filled(name: str, target: Decimal, actual: Decimal, weight: Decimal, points: Decimal, rules: Ruleset) -> str:
    shown = pointed(points, rules.places)
    return word(name, target=digits(target), actual=digits(actual), weight=digits(weight), points=shown)


# ---- the numbers of a row ---------------------------------------------------------------------------------------------------------------


def _numbers(row: Row) -> tuple[str, Decimal, Decimal, str, list[str]]:
    """Nature, target, actual, what is missing and what to note; the numbers mean something only if nothing is missing."""
    nothing = Decimal(0)
    sign, target, target_unit = _number(row.target, row.target_text)
    _, actual, actual_unit = _number(row.actual, row.actual_text)
    nature = row.nature or sign
    problems = [_absent("target", target, row.target_text), _absent("actual", actual, row.actual_text)]
    if not nature:
        problems.insert(0, word("nature"))
    elif sign and _KINDS[sign] != _KINDS[nature]:
        problems.append(word("one_sign", nature=words.choice("indicators", "nature", nature), text=row.target_text))
    units = list(dict.fromkeys(filter(None, (_unit(row.unit), target_unit, actual_unit))))
    if len(units) > 1:
        problems.append(word("one_unit", units="、".join(units)))
    if target is not None and target < 0:
        problems.append(word("negative_target"))
    missing = "、".join(filter(None, problems))
    looks_like_a_share = units == ["%"] and target is not None and actual is not None and target >= 10 and 0 < actual <= 1
    notes = [word("share_for_percent", actual=digits(actual))] if looks_like_a_share else []
    notes += [word("sign_read", sign=words.choice("indicators", "nature", sign))] if sign and not row.nature else []
    return nature, target if target is not None else nothing, actual if actual is not None else nothing, missing, notes


def _absent(what: str, value: Decimal | None, text: str) -> str:
    if value is not None:
        return ""
    return word("readable", what=word(what), text=text) if text else word(what)


def _number(value: Decimal | None, text: str) -> tuple[str, Decimal | None, str]:
    """Sign, number and unit of a cell: the number as it was typed, or out of a text such as ≥95% or 不低于 12 次."""
    if value is not None:
        return "", value, ""
    rest = re.sub(r"\s", "", text)
    written = next((mark for mark in _signs() if rest.startswith(mark)), "")
    found = _NUMBER.fullmatch(rest.removeprefix(written))
    if not found:
        return "", None, ""
    number = Decimal(re.sub("[,，]", "", found["number"]).replace("−", "-"))
    return load("scores")["signs"].get(written, ""), number, _unit(found["unit"])


def _signs() -> list[str]:
    return sorted(load("scores")["signs"], key=len, reverse=True)


def _unit(unit: str) -> str:
    return load("scores")["units"].get(unit.strip(), unit.strip())
