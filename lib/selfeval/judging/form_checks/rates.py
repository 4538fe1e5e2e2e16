"""The execution rate and its score as the forms print them, against what the amounts give."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal

from selfeval import words
from selfeval.knowledge import load
from selfeval.measuring.scoring import points_for
from selfeval.quantity import quotient
from selfeval.records.findings import Numbers
from selfeval.records.stated import Forms, Row, Stated, added, execution_weight

from .finding import POINT, WAN, Found, beside, column_name, finding, held, score_tolerance, share

_PERCENT = "%"
_HUNDRED = Decimal(100)
# The form's own denominator (全年预算数) first; an older form divides by 年初预算数.
BASES = ("adjusted", "initial")


@dataclass(frozen=True)
class Execution:
    """What was planned, by basis, and what was spent, of the body or of one project; with the sources of a project's money."""

    name: str
    planned: dict[str, Stated]
    actual: Stated
    sources: list[Row]

    def rate(self, basis: str) -> Decimal | None:
        """Spent by planned in per cent, not rounded; None where one is unknown or nothing was planned."""
        planned = self.planned[basis].value
        return quotient(self.actual.value * _HUNDRED, planned) if self.actual.value is not None and planned else None

    @property
    def basis(self) -> str:
        """The denominator the form takes; '' where there is none."""
        return next((basis for basis in BASES if self.rate(basis) is not None), "")

    def cells(self, basis: str) -> list[Stated]:
        """The amounts a rate rests on."""
        return [self.actual, self.planned[basis]]

    def formula(self, basis: str) -> str:
        """How a rate is reckoned, in the form's words: 全年执行数 3 万元 ÷ 全年预算数 4 万元."""
        heads = (column_name("actual"), column_name(basis))
        return " ÷ ".join(f"{head} {words.money(cell.value)}" for head, cell in zip(heads, self.cells(basis), strict=True))


def execution_of(forms: Forms, scope: str) -> Execution | None:
    """Plan and spending behind the execution rate of a scope; None for a project the budget does not know."""
    budget, project = forms.budget, forms.project(scope)
    if project is None and scope:
        return None
    cells = {column: budget.evidenced(project, column) if project else budget.whole(column) for column in (*BASES, "actual")}
    sources = budget.sources(project) if project else []
    return Execution(scope or load("form_checks")["words"]["body"], cells, cells["actual"], sources)


def _stated(forms: Forms) -> Iterator[tuple[str, Row, Execution]]:
    for scope in forms.indicators.scopes():
        row, execution = forms.indicators.one(scope, "execution"), execution_of(forms, scope)
        if row and execution:
            yield scope, row, execution


def execution_rates(forms: Forms) -> Found:
    """Every printed execution rate: right, rounded coarsely, cut off, of another denominator, or wrong."""
    for scope, row, execution in _stated(forms):
        if row.value("actual") is not None and execution.basis and row["unit"] in {"", _PERCENT, "％"}:
            yield _rate(scope, row, execution, execution.basis)


def _rate(scope: str, row: Row, execution: Execution, basis: str) -> dict[str, object]:
    stated, exact = row.value("actual"), execution.rate(basis)
    places = max(-stated.as_tuple().exponent, 0)
    shown = words.rounded(exact, max(places, 2))
    rates = {other: execution.rate(other) for other in BASES if other != basis}
    other = next((other for other, rate in rates.items() if rate is not None and words.rounded(rate, places) == stated), "")
    rule, verdict = "execution_rate_basis" if other else "execution_rate", "differs"
    if stated == shown or words.rounded(exact, places) == stated:
        rule, verdict = "execution_rate", "agrees" if stated == shown else "rounding"
    elif exact.quantize(Decimal(1).scaleb(-places), rounding=ROUND_DOWN) == stated:
        rule = "execution_rate_cut"
    said = {"item": execution.name, "formula": execution.formula(basis), "basis": column_name(basis)}
    said |= {"other": column_name(other), "other_formula": execution.formula(other)} if other else {}
    numbers = Numbers.of(stated, shown, _PERCENT, Decimal(5).scaleb(-max(places, 2) - 1))
    return finding(rule, verdict, (scope,), [row.stated("actual"), *execution.cells(basis)], numbers, **said)


def execution_scores(forms: Forms) -> Found:
    """Every stated score for execution against rate × weight, at most the weight; a total row left at zero is named."""
    for scope, row, execution in _stated(forms):
        score, weight, basis = row.stated("stated_score"), execution_weight(row), execution.basis
        planned = _of_sources(execution, "adjusted")
        said = {"item": execution.name, "weight": words.quantity(weight, POINT)}
        if execution.planned["adjusted"].value == 0 and planned.value:
            # Nothing is planned in the total row, while the rows under it have money.
            actual = _of_sources(execution, "actual")
            spent = actual.value or Decimal(0)
            rate = quotient(spent * _HUNDRED, planned.value)
            points, cells = points_for(rate, weight), [score, execution.planned["adjusted"], planned, actual]
            numbers = Numbers(score.value, points, None if score.value is None else score.value - points, score_tolerance(), POINT)
            said |= {"planned": words.money(planned.value), "actual": words.money(spent), "rate": _shown(rate)}
            yield finding("total_row_zero", "differs", (scope,), cells, numbers, **said)
        elif score.value is not None and basis:
            points = points_for(execution.rate(basis), weight)
            full = score.value == weight and 0 < weight - points <= score_tolerance()
            rule, cells = "execution_full" if full else "execution_score", [score, *execution.cells(basis)]
            said |= {"formula": execution.formula(basis), "rate": _shown(execution.rate(basis))}
            yield held(rule, (scope,), cells, points, score_tolerance(), POINT, **said)


def _of_sources(execution: Execution, column: str) -> Stated:
    """What the rows under a total row come to, as far as they are known."""
    return added(execution.name, [source.stated(column) for source in execution.sources if source.value(column) is not None])


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
