"""The execution rate and its score as the forms print them, against what the amounts give."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal
from typing import Any

from selfeval import words
from selfeval.knowledge import load
from selfeval.quantity import quotient

from .finding import column_name, finding
from .material import Material
from .stated import Row, Stated, added

Found = Iterator[dict[str, Any]]
_PERCENT = "%"
_POINT = "分"
_HUNDRED = Decimal(100)
# The form's own denominator (全年预算数) first; an older form divides by 年初预算数.
_BASES = ("adjusted", "initial")


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
        if self.actual.value is None or not planned:
            return None
        return quotient(self.actual.value * _HUNDRED, planned)

    def basis(self) -> str:
        """The denominator the form takes; '' where there is none."""
        return next((basis for basis in _BASES if self.rate(basis) is not None), "")

    def cells(self, basis: str) -> list[Stated]:
        """The amounts a rate rests on."""
        return [self.actual, self.planned[basis]]


def execution_of(forms: Material, scope: str) -> Execution | None:
    """Plan and spending behind the execution rate of a scope; None for a project the budget does not know."""
    if not scope:
        name = load("form_checks")["words"]["body"]
        return Execution(name, {basis: forms.budget.whole(basis) for basis in _BASES}, forms.budget.whole("actual"), [])
    project = forms.project(scope)
    if project is None:
        return None
    return Execution(
        scope,
        {basis: forms.budget.evidenced(project, basis) for basis in _BASES},
        forms.budget.evidenced(project, "actual"),
        forms.budget.sources(project),
    )


def execution_rates(forms: Material) -> Found:
    """Every stated execution rate against the amounts: the same, printed coarsely, cut off, of another denominator, or wrong."""
    for scope, row, execution in _stated(forms):
        rate, basis = row.value("actual"), execution.basis()
        if rate is not None and basis and row["unit"] in {"", _PERCENT, "％"}:
            yield _rate(scope, row, execution, basis)


def _stated(forms: Material) -> Iterator[tuple[str, Row, Execution]]:
    for scope in forms.indicators.scopes():
        row, execution = forms.indicators.one(scope, "execution"), execution_of(forms, scope)
        if row and execution:
            yield scope, row, execution


def _rate(scope: str, row: Row, execution: Execution, basis: str) -> dict[str, Any]:
    stated, exact = row.value("actual"), execution.rate(basis)
    places = decimals(stated)
    shown = words.rounded(exact, max(places, 2))
    other = next((b for b in _BASES if b != basis and _reads_as(stated, execution.rate(b))), "")
    rule, verdict = "execution_rate", "differs"
    if stated == shown:
        verdict = "agrees"
    elif words.rounded(exact, places) == stated:
        verdict = "rounding"
    elif cut(exact, places) == stated:
        rule = "execution_rate_cut"
    elif other:
        rule = "execution_rate_basis"
    return finding(
        rule,
        verdict,
        (scope,),
        [row.stated("actual"), *execution.cells(basis)],
        stated=stated,
        recomputed=shown,
        tolerance=Decimal(5).scaleb(-max(places, 2) - 1),
        unit=_PERCENT,
        item=execution.name,
        formula=formula(execution, basis),
        basis=column_name(basis),
        other=column_name(other) if other else "",
        other_formula=formula(execution, other) if other else "",
    )


def _reads_as(stated: Decimal, exact: Decimal | None) -> bool:
    return exact is not None and words.rounded(exact, decimals(stated)) == stated


def execution_scores(forms: Material) -> Found:
    """Every stated score for execution against rate × weight, at most the weight; a total row left at zero is named."""
    for scope, row, execution in _stated(forms):
        score = row.value("stated_score")
        if _left_at_zero(execution):
            yield _zero(scope, row, execution)
        elif score is not None and execution.basis():
            yield _score(scope, row, execution, execution.basis())


def _score(scope: str, row: Row, execution: Execution, basis: str) -> dict[str, Any]:
    score, weight = row.value("stated_score"), weight_of(row)
    value = points(execution.rate(basis), weight)
    tolerance = score_tolerance()
    gap = abs(score - value)
    rule = "execution_full" if score == weight and value < weight and gap <= tolerance else "execution_score"
    verdict = "agrees" if not gap else "rounding" if gap <= tolerance else "differs"
    return finding(
        rule,
        verdict,
        (scope,),
        [row.stated("stated_score"), *execution.cells(basis)],
        stated=score,
        recomputed=value,
        tolerance=tolerance,
        unit=_POINT,
        item=execution.name,
        weight=words.quantity(weight, _POINT),
        formula=formula(execution, basis),
        rate=words.number(words.rounded(execution.rate(basis), 2)) + _PERCENT,
    )


def _left_at_zero(execution: Execution) -> bool:
    """Is nothing planned in the total row, while the rows under it have money?"""
    planned = added("", [source.stated("adjusted") for source in execution.sources if source.value("adjusted") is not None])
    return execution.planned["adjusted"].value == 0 and bool(planned.value)


def _zero(scope: str, row: Row, execution: Execution) -> dict[str, Any]:
    planned, actual = (
        added(execution.name, [source.stated(column) for source in execution.sources if source.value(column) is not None])
        for column in ("adjusted", "actual")
    )
    weight, score = weight_of(row), row.value("stated_score")
    rate = quotient((actual.value or Decimal(0)) * _HUNDRED, planned.value)
    return finding(
        "total_row_zero",
        "differs",
        (scope,),
        [row.stated("stated_score"), execution.planned["adjusted"], planned, actual],
        stated=score,
        recomputed=points(rate, weight),
        tolerance=score_tolerance(),
        unit=_POINT,
        item=execution.name,
        planned=words.money(planned.value),
        actual=words.money(actual.value or Decimal(0)),
        rate=words.number(words.rounded(rate, 2)) + _PERCENT,
    )


def rates_over_hundred(forms: Material) -> Found:
    """Spending beyond the full-year budget: with the adjustment done it cannot be. Wholes that are sums of ours would only repeat it."""
    leaves = {row["line_id"] for row in forms.budget.leaves()}
    for row in forms.budget.rows:
        actual, adjusted = row.stated("actual"), row.stated("adjusted")
        known = actual.tabled and actual.value is not None and adjusted.value is not None
        own = row["line_id"] in leaves or (row["level"] != "item" and actual.printed)
        if known and own and actual.value > adjusted.value:
            yield _over(row, actual, adjusted)


def _over(row: Row, actual: Stated, adjusted: Stated) -> dict[str, Any]:
    return finding(
        "over_budget",
        "flag",
        (row["level"], row["book"], row["item"]),
        [actual, adjusted],
        stated=actual.value,
        recomputed=adjusted.value,
        unit="万元",
        item=row["item"],
        rate=words.percent(actual.value / adjusted.value) if adjusted.value else load("form_checks")["words"]["no_rate"],
    )


def points(rate: Decimal, weight: Decimal) -> Decimal:
    """The score for an execution rate in per cent: rate × weight, between 0 and the weight, two decimals."""
    return words.rounded(min(max(rate, Decimal(0)), _HUNDRED) * weight / _HUNDRED, 2)


def weight_of(row: Row) -> Decimal:
    """The points execution carries: as stated, else as the form sets them."""
    stated = row.value("weight")
    return Decimal(load("form_checks")["scores"]["execution_weight"]) if stated is None else stated


def score_tolerance() -> Decimal:
    """How far a score may be off before it is wrong."""
    return Decimal(load("form_checks")["scores"]["tolerance"])


def decimals(value: Decimal) -> int:
    """How many places behind the point a number is printed with."""
    return max(-value.as_tuple().exponent, 0)


def cut(value: Decimal, places: int) -> Decimal:
    """A number cut off behind `places`, not rounded."""
    return value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_DOWN)


def formula(execution: Execution, basis: str) -> str:
    """How a rate is reckoned, in the form's words: 全年执行数 3 万元 ÷ 全年预算数 4 万元."""
    parts = [(column_name("actual"), execution.actual), (column_name(basis), execution.planned[basis])]
    return " ÷ ".join(f"{name} {words.money(cell.value)}" for name, cell in parts)
