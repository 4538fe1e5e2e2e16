"""The execution rate and its score as the forms print them, against what the amounts give."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import ROUND_DOWN, Decimal

from selfeval import words
from selfeval.knowledge import load
from selfeval.measuring.scoring import points_for
from selfeval.quantity import quotient
from selfeval.records.findings import Numbers
from selfeval.records.stated import Forms, Row, Stated, added, execution_weight

from .finding import POINT, WAN, Found, beside, column_name, finding, held, known_of, score_tolerance, share

_PERCENT = "%"
_HUNDRED = Decimal(100)
# The form's own denominator (全年预算数) first; an older form divides by 年初预算数.
BASES = ("adjusted", "initial")


def execution_of(forms: Forms, scope: str) -> Row | None:
    """What was planned, by basis, and what was spent, of the body or of a project; None for a project the budget does not know."""
    budget, project = forms.budget, forms.project(scope)
    if project is None and scope:
        return None
    cells = {column: budget.evidenced(project, column) if project else budget.whole(column) for column in (*BASES, "actual")}
    return Row({"item": scope or load("form_checks")["words"]["body"]}, cells)


def _rate_of(execution: Row, basis: str) -> Decimal | None:
    """Spent by planned in per cent, not rounded; None where one is unknown or nothing was planned."""
    spent, planned = execution.value("actual"), execution.value(basis)
    return quotient(spent * _HUNDRED, planned) if spent is not None and planned else None


def _formula(execution: Row, basis: str) -> str:
    """How a rate is reckoned, in the form's words: 全年执行数 3 万元 ÷ 全年预算数 4 万元."""
    return " ÷ ".join(f"{column_name(column)} {words.money(execution.value(column))}" for column in ("actual", basis))


def _stated(forms: Forms) -> Iterator[tuple[str, Row, Row, str]]:
    """Every row for execution with its scope, what it is of, and the denominator the form takes, '' where there is none."""
    for scope in forms.indicators.scopes():
        row, execution = forms.indicators.one(scope, "execution"), execution_of(forms, scope)
        if row and execution:
            yield scope, row, execution, next((basis for basis in BASES if _rate_of(execution, basis) is not None), "")


def execution_rates(forms: Forms) -> Found:
    """Every printed execution rate: right, rounded coarsely, cut off, of another denominator, or wrong."""
    for scope, row, execution, basis in _stated(forms):
        if row.value("actual") is not None and basis and row["unit"] in {"", _PERCENT, "％"}:
            yield _rate(scope, row, execution, basis)


def _rate(scope: str, row: Row, execution: Row, basis: str) -> dict[str, object]:
    stated, exact = row.value("actual"), _rate_of(execution, basis)
    places = max(-stated.as_tuple().exponent, 0)
    shown = words.rounded(exact, max(places, 2))
    rates = {other: _rate_of(execution, other) for other in BASES if other != basis}
    other = next((other for other, rate in rates.items() if rate is not None and words.rounded(rate, places) == stated), "")
    rule, verdict = "execution_rate_basis" if other else "execution_rate", "differs"
    if stated == shown or words.rounded(exact, places) == stated:
        rule, verdict = "execution_rate", "agrees" if stated == shown else "rounding"
    elif exact.quantize(Decimal(1).scaleb(-places), rounding=ROUND_DOWN) == stated:
        rule = "execution_rate_cut"
    said = {"item": execution["item"], "formula": _formula(execution, basis), "basis": column_name(basis)}
    said |= {"other": column_name(other), "other_formula": _formula(execution, other)} if other else {}
    numbers = Numbers.of(stated, shown, _PERCENT, Decimal(5).scaleb(-max(places, 2) - 1))
    cells = [row.stated("actual"), execution.stated("actual"), execution.stated(basis)]
    return finding(rule, verdict, (scope,), cells, numbers, **said)


def execution_scores(forms: Forms) -> Found:
    """Every stated score for execution against rate × weight, at most the weight; a total row left at zero is named."""
    for scope, row, execution, basis in _stated(forms):
        score, weight = row.stated("stated_score"), execution_weight(row)
        planned = _of_sources(forms, scope, "adjusted")
        said = {"item": execution["item"], "weight": words.quantity(weight, POINT)}
        if execution.value("adjusted") == 0 and planned.value:
            # Nothing is planned in the total row, while the rows under it have money.
            actual = _of_sources(forms, scope, "actual")
            spent = actual.value or Decimal(0)
            rate = quotient(spent * _HUNDRED, planned.value)
            points, cells = points_for(rate, weight), [score, execution.stated("adjusted"), planned, actual]
            numbers = Numbers(score.value, points, None if score.value is None else score.value - points, score_tolerance(), POINT)
            said |= {"planned": words.money(planned.value), "actual": words.money(spent), "rate": _shown(rate)}
            yield finding("total_row_zero", "differs", (scope,), cells, numbers, **said)
        elif score.value is not None and basis:
            rate = _rate_of(execution, basis)
            points = points_for(rate, weight)
            full = score.value == weight and 0 < weight - points <= score_tolerance()
            rule, cells = "execution_full" if full else "execution_score", [score, execution.stated("actual"), execution.stated(basis)]
            said |= {"formula": _formula(execution, basis), "rate": _shown(rate)}
            yield held(rule, (scope,), cells, points, score_tolerance(), POINT, **said)


def _of_sources(forms: Forms, scope: str, column: str) -> Stated:
    """What the rows under a total row come to, as far as they are known."""
    project = forms.project(scope)
    sources = forms.budget.sources(project) if project else []
    return added(scope, known_of(source.stated(column) for source in sources))


def rates_over_hundred(forms: Forms) -> Found:
    """Spending beyond the full-year budget: with the adjustment done it cannot be. Wholes that are sums of ours would only repeat it."""
    leaves = {row["line_id"] for row in forms.budget.leaves()}
    for row in forms.budget.rows:
        actual, adjusted = row.stated("actual"), row.stated("adjusted")
        known = actual.tabled and actual.value is not None and adjusted.value is not None
        own = row["line_id"] in leaves or (row["level"] != "item" and actual.printed)
        if known and own and actual.value > adjusted.value:
            names = (row["level"], row["book"], row["item"])
            rate = share(actual.value, adjusted.value)
            yield beside("over_budget", "flag", names, [actual, adjusted], WAN, item=row["item"], rate=rate)


def _shown(rate: Decimal) -> str:
    return words.number(words.rounded(rate, 2)) + _PERCENT
