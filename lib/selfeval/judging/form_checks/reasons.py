"""Where the forms want a reason: spending off its budget, results short of their targets or far beyond them, warning lights."""

from __future__ import annotations

from decimal import Decimal

from selfeval import words
from selfeval.judging.report import Numbers
from selfeval.knowledge import load
from selfeval.measuring.scoring import lights
from selfeval.records.stated import Row, scope_of

from .finding import WAN, Found, column_name, finding, share
from .material import Material, named, names_of
from .rates import execution_of


def deviations(forms: Material) -> Found:
    """Lines whose spending lies further off the full-year budget than the margin, and no reason beside them."""
    margin = Decimal(load("checks")["thresholds"]["margin"])
    for row in forms.budget.leaves():
        actual = row.stated("actual")
        basis = next((column for column in ("adjusted", "initial") if row.value(column) is not None), "")
        if not basis or actual.value is None or not actual.tabled or not row.value(basis) or row["reason"]:
            continue
        budget, rate = row.stated(basis), actual.value / row.value(basis)
        if abs(rate - 1) > margin:
            said = {"item": row["item"], "basis": column_name(basis), "rate": words.percent(rate), "margin": words.percent(margin, 0)}
            names = (row["level"], row["book"], row["item"])
            yield finding("deviation", "flag", names, [actual, budget], Numbers.of(actual.value, budget.value, WAN, None), **said)


def results(forms: Material) -> Found:
    """Indicators that missed their target, or went far beyond it, without a word why."""
    beyond = Decimal(load("form_checks")["scores"]["over_fulfilled"])
    for row in forms.marked():
        target, actual = row.value("target"), row.value("actual")
        if target is None or actual is None or row["reason"] or row["applicable"] == "no":
            continue
        if _missed(row["nature"], target, actual):
            yield _result("target_missed", row, beyond)
        elif row["nature"] in {"ge", "gt", "eq"} and target > 0 and actual >= target * beyond:
            yield _result("over_fulfilled", row, beyond)


def _missed(nature: str, target: Decimal, actual: Decimal) -> bool:
    """Whether the target was missed as it is scored: what is to lie beyond its target scores in full where it equals it."""
    if nature == "gt" and not target and not actual:
        return True
    return (nature in {"ge", "gt", "eq"} and actual < target) or (nature in {"le", "lt"} and actual > target)


def _result(rule: str, row: Row, beyond: Decimal) -> dict[str, object]:
    target, actual, unit = row.value("target"), row.value("actual"), row["unit"]
    said = {"actual": words.quantity(actual, unit), "target": words.quantity(target, unit), "share": share(actual, target)}
    said |= {"item": named(row), "beyond": words.percent(beyond, 0)}
    cells = [row.stated("actual"), row.stated("target")]
    return finding(rule, "flag", names_of(row), cells, Numbers.of(actual, target, unit, None), **said)


def warnings(forms: Material) -> Found:
    """The lights of the body and of every project: indicators far better than the money, no budget, much of it unspent. Never errors."""
    scores = forms.tables["scores"]
    for light in lights(scores, forms.tables["budget_lines"], ruleset=forms.ruleset) if scores is not None and forms.tabled else ():
        scope = scope_of(light.scope)
        execution, body = execution_of(forms, scope), load("form_checks")["words"]["body"]
        cells = execution.cells("adjusted") if execution else []
        yield finding(light.rule, "flag", (scope,), cells, scope=scope or body, sentence=light.sentence)
