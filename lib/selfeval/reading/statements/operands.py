"""Which figures a rate, a share, a change or an average is computed from: the likeliest from which it comes out, else the likeliest, else
what its sentence stated before."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from .draft import POINTS
from .ranked import Candidate
from .statement import DERIVED, PLANS, Statement

_HUNDRED, _HALF = Decimal(100), Decimal("0.5")
# So many figures before a claim may be what it is drawn from.
_REACH = 12
_CHANGES = frozenset({"change", "change_rate"})
# What comes out of others and yet may be one end of a gap.
_ENDS = frozenset({"average", "limit", "rate"})
_TO_BE_REACHED = frozenset({*PLANS, "limit"})
# How likely operands must be from which a claim does not come out.
_LIKELY = 0.3


def add_operands(said: Sequence[Statement], ranking: Iterable[Sequence[Candidate]]) -> None:
    """Fill in `of` of what was `said`, and make the numerator of a rate over like things a part of its base where it is a part of nothing
    yet."""
    for candidates in ranking:
        found = next((each for each in candidates if _comes_out(each)), None)
        if found and found.claim.aspect in ("rate", "share") and _is_some_of(found.first, found.base):
            found.first.part_of, found.base.extent = found.base.index, "whole"
            found.first.extent = "part" if found.first.extent == "single" else found.first.extent
        found = found or next((each for each in candidates[:1] if each.likely >= _LIKELY and _has_moved(each)), None)
        if found:
            found.claim.of = (found.first.index, found.base.index)
    for place, claim in enumerate(said):
        if not claim.of:
            beside = [other for other in said[max(0, place - _REACH) : place] if other.sentence == claim.sentence]
            claim.of = tuple(other.index for other in _drawn_from(claim, beside))


def _has_moved(candidate: Candidate) -> bool:
    """Whether what a change lies between is a value and what it is held against, not two values of one time."""
    return candidate.claim.aspect != "change" or _is_base(candidate.first) or _is_base(candidate.base)


def _drawn_from(claim: Statement, beside: Sequence[Statement]) -> Sequence[Statement]:
    """What a claim is drawn from by where it stands, with `beside` before it in its sentence: a conversion from the figure right before, a
    change or an average from the like figure before it, a gap from both its ends, the base last.

    The base of 同比增长 is mostly not told.
    """
    if claim.aspect == "converted":
        return beside[-1:]
    if claim.aspect not in _CHANGES and claim.aspect != "average":
        return ()
    like = [other for other in beside if _may_have_changed(claim, other)]
    if claim.aspect != "change":
        return like[-1:]
    # A gap lies between two of which one is what the other is held against.
    ends = sorted(like[-2:], key=_is_base)
    return ends if sum(map(_is_base, ends)) == 1 < len(ends) else like[-1:]


def _may_have_changed(claim: Statement, other: Statement) -> bool:
    if claim.figure.unit in POINTS:
        return other.figure.kind == "percent" and other.aspect not in _CHANGES
    if claim.aspect == "change":
        return other.unit == claim.unit and other.aspect not in DERIVED - _ENDS
    in_unit = claim.aspect == "change_rate" or other.unit == claim.unit
    return in_unit and other.figure.kind != "percent" and other.period != "prior" and other.aspect not in DERIVED


def _is_base(statement: Statement) -> bool:
    return statement.period == "prior" or statement.aspect in _TO_BE_REACHED


def _is_some_of(first: Statement, base: Statement) -> bool:
    """Whether the numerator of a rate counts some of what its base counts, and nothing else has said of what it is a part."""
    in_prose = first.sentence >= 0 and base.sentence >= 0
    free = in_prose and first.part_of is None and base.part_of != first.index
    return free and first.figure.kind == "count" and first.amount < base.amount and first.period == base.period


def _comes_out(candidate: Candidate) -> bool:
    claim, first, base = candidate.claim, candidate.first.amount, candidate.base.amount
    step = Decimal(1).scaleb(claim.figure.exponent)
    unit = claim.amount / claim.figure.value if claim.figure.value else Decimal(1)
    made = {
        "average": lambda: first / base,
        "change": lambda: abs(first - base),
        "change_rate": lambda: abs(first - base) / base * _HUNDRED,
        "carried_over": lambda: first - base,
    }.get(claim.aspect, lambda: first / base * _HUNDRED)()
    return abs(made - claim.amount) <= step * unit * _HALF
