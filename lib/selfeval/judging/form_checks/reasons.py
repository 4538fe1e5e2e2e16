"""Where the forms want a reason: spending off its budget, results short of their targets or far beyond them, warning lights."""

from __future__ import annotations

from decimal import Decimal

from selfeval import words
from selfeval.knowledge import load
from selfeval.measuring.scoring import is_met, lights
from selfeval.records.stated import Forms, scope_of

from .finding import WAN, Found, beside, column_name, finding, named, names_of, share
from .rates import BASES, execution_of


def deviations(forms: Forms) -> Found:
    """Lines whose spending lies further off the full-year budget than the margin, and no reason beside them."""
    margin = Decimal(load("checks")["thresholds"]["margin"])
    for row in forms.budget.leaves():
        actual = row.stated("actual")
        basis = next((column for column in BASES if row.value(column) is not None), "")
        unexplained = actual.value is not None and actual.tabled and not row["reason"]
        rate = actual.value / row.value(basis) if unexplained and basis and row.value(basis) else 1
        if abs(rate - 1) > margin:
            said = {"item": row["item"], "basis": column_name(basis), "rate": words.percent(rate), "margin": words.percent(margin, 0)}
            yield beside("deviation", "flag", (row["level"], row["book"], row["item"]), [actual, row.stated(basis)], WAN, **said)


def results(forms: Forms) -> Found:
    """Indicators that missed their target, or went far beyond it, without a word why."""
    beyond = Decimal(load("form_checks")["scores"]["over_fulfilled"])
    for row in forms.marked():
        target, actual = row.stated("target"), row.stated("actual")
        if target.value is None or actual.value is None or row["reason"] or row["applicable"] == "no":
            continue
        more = row["nature"] in {"ge", "gt", "eq"}
        missed, over = is_met(row["nature"], target.value, actual.value) is False, more and 0 < target.value * beyond <= actual.value
        if missed or over:
            said = {"actual": words.quantity(actual.value, row["unit"]), "target": words.quantity(target.value, row["unit"])}
            said |= {"item": named(row), "share": share(actual.value, target.value), "beyond": words.percent(beyond, 0)}
            yield beside("target_missed" if missed else "over_fulfilled", "flag", names_of(row), [actual, target], row["unit"], **said)


def warnings(forms: Forms) -> Found:
    """The lights of the body and of every project: indicators far better than the money, no budget, much of it unspent. Never errors."""
    scores = forms.tables["scores"]
    for light in lights(scores, forms.tables["budget_lines"], ruleset=forms.ruleset) if scores is not None and forms.tabled else ():
        scope = scope_of(light.scope)
        execution, body = execution_of(forms, scope), load("form_checks")["words"]["body"]
        cells = [execution.stated(column) for column in ("actual", "adjusted")] if execution else []
        yield finding(light.rule, "flag", (scope,), cells, scope=scope or body, sentence=light.sentence)
