"""Which figures a rate, a share, a change or an average is computed from: the likeliest from which it comes out, else the likeliest."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from .ranked import Candidate
from .statement import Statement

_HUNDRED, _HALF = Decimal(100), Decimal("0.5")
# How likely operands must be from which a claim comes out, and those from which it does not.
_HOLDING, _LIKELY = 0.01, 0.3


def add_operands(ranking: Iterable[Sequence[Candidate]]) -> None:
    """Fill in `of`, and make the numerator of a rate over like things a part of its base where it is a part of nothing yet."""
    for candidates in ranking:
        found = next((each for each in candidates if each.likely >= _HOLDING and _comes_out(each)), None)
        if found and found.claim.aspect in ("rate", "share") and _is_some_of(found.first, found.base):
            found.first.part_of, found.base.extent = found.base.index, "whole"
            found.first.extent = "part" if found.first.extent == "single" else found.first.extent
        found = found or next((each for each in candidates[:1] if each.likely >= _LIKELY), None)
        if found:
            found.claim.of = (found.first.index, found.base.index)


def _is_some_of(first: Statement, base: Statement) -> bool:
    """Whether the numerator of a rate counts some of what its base counts, and nothing else has said of what it is a part."""
    free = first.part_of is None and base.part_of != first.index
    return free and first.figure.kind == "count" and first.amount < base.amount and first.period == base.period


def _comes_out(candidate: Candidate) -> bool:
    claim, first, base = candidate.claim, candidate.first.amount, candidate.base.amount
    step = Decimal(1).scaleb(claim.figure.value.as_tuple().exponent)
    unit = claim.amount / claim.figure.value if claim.figure.value else Decimal(1)
    made = {
        "average": lambda: first / base,
        "change": lambda: abs(first - base),
        "change_rate": lambda: abs(first - base) / base * _HUNDRED,
        "carried_over": lambda: first - base,
    }.get(claim.aspect, lambda: first / base * _HUNDRED)()
    return abs(made - claim.amount) <= step * unit * _HALF
