"""The figure for the whole body against the sum over its trades."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from selfeval import words
from selfeval.knowledge import load
from selfeval.quantity import Quantity, total

from .facts import Fact, sector_name
from .finding import Finding, Numbers, amount, finding, listed
from .material import Material
from .precision import Comparison, compare


@dataclass(frozen=True)
class _Case:
    """One indicator: the facts stated for the whole body, and one fact a trade."""

    wholes: list[Fact]
    parts: list[Fact]

    @property
    def trades(self) -> frozenset[str]:
        return frozenset(part.sector for part in self.parts)

    def summed(self) -> Quantity:
        return total(part.quantity for part in self.parts)


def sums_over_trades(material: Material) -> Iterator[Finding]:
    """Where the trades named make up the whole in one indicator, they must in every other that is given for the same trades.

    Where they never do, the whole holds more than the trades named, and the gap is said but not judged.
    """
    cases = list(_cases(material))
    complete = {
        case.trades for case in cases if len(case.trades) >= _least() and any(_closes(material, case, whole) for whole in case.wholes)
    }
    for case in cases:
        if case.trades not in complete and _other_measure(case):
            continue
        closing = next((whole for whole in case.wholes if _closes(material, case, whole)), None)
        yield _finding(material, case, closing or case.wholes[0], exhausted=case.trades in complete)


def _other_measure(case: _Case) -> bool:
    """Do the trades add up to more than the whole, counted in another unit (处 against 条)? Then they are not its parts."""
    larger = case.summed().value > max(whole.quantity.value for whole in case.wholes)
    return larger and {part.unit for part in case.parts}.isdisjoint(whole.unit for whole in case.wholes)


def _least() -> int:
    return load("checks")["thresholds"]["least_trades"]


def _cases(material: Material) -> Iterator[_Case]:
    whole = load("safety_metrics")["whole"]
    for indicator in load("checks")["trades"]["indicators"]:
        facts = material.facts_of(indicator)
        parts = {fact.sector: fact for fact in reversed(facts) if fact.sector not in whole}
        wholes = [fact for fact in facts if fact.sector in whole]
        if wholes and len(parts) > 1:
            yield _Case(wholes, list(reversed(parts.values())))


def _compare(material: Material, case: _Case, whole: Fact) -> Comparison:
    mentions = [mention for fact in (whole, *case.parts) if (mention := material.mention(fact.figure_id))]
    return compare(whole.quantity, case.summed(), material.precision.tolerance(mentions))


def _closes(material: Material, case: _Case, whole: Fact) -> bool:
    return _compare(material, case, whole).verdict in {"agrees", "rounding"}


def _finding(material: Material, case: _Case, whole: Fact, *, exhausted: bool) -> Finding:
    comparison = _compare(material, case, whole)
    stated, summed = whole.quantity.value, case.summed().value
    bounds = (whole.quantity.bound, case.summed().bound)
    numbers = Numbers(stated, summed, stated - summed, comparison.tolerance, whole.base_unit, bounds)
    return finding(
        material,
        "trades",
        _verdict(comparison, exhausted=exhausted),
        [whole.figure_id, *(part.figure_id for part in case.parts)],
        numbers,
        whole=whole.label,
        number=len(case.parts),
        parts=listed(f"{sector_name(part.sector)} {amount(part.quantity.value, part.base_unit, part.qualifier)}" for part in case.parts),
        named=_named(summed, stated),
    )


def _verdict(comparison: Comparison, *, exhausted: bool) -> str:
    """Only trades that are known to be all of them contradict the whole; others fall short of it, or count by another measure."""
    if comparison.verdict != "differs" or exhausted:
        return comparison.verdict
    return "not_checkable" if comparison.difference > 0 else "flag"


def _named(summed: Decimal, stated: Decimal) -> str:
    return words.percent(summed / stated) if stated else ""
