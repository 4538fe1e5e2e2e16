"""Which figures a rate, a share, a change or an average is computed from: those near it with which it agrees.

Only agreements bind here. What stands nearest is tried first, and a figure of the same sentence before one of another.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from .statement import DERIVED, Statement

_REACH = 14
_HUNDRED = Decimal(100)


def add_quotients(statements: Sequence[Statement]) -> None:
    """Fill in `of`, and make the numerator of a rate over like things a part of its base where it is a part of nothing yet."""
    for place, statement in enumerate(statements):
        if statement.of or statement.aspect not in ("rate", "share", "change_rate", "average", "change"):
            continue
        near = [other for other in statements[max(0, place - _REACH) : place + 3] if other.aspect not in DERIVED and other is not statement]
        near.sort(key=lambda other: abs(other.index - statement.index))
        pair = next((pair for pair in _pairs(statement, near) if _agrees(statement, *pair)), None)
        if pair is None:
            continue
        first, base = pair
        statement.of = (first.index, base.index)
        if statement.aspect in ("rate", "share") and _is_some_of(first, base):
            first.part_of, base.extent = base.index, "whole"
            first.extent = "part" if first.extent == "single" else first.extent


def _is_some_of(first: Statement, base: Statement) -> bool:
    """Whether the numerator of a rate counts some of what its base counts, and nothing else has said of what it is a part."""
    free = first.part_of is None and base.part_of != first.index
    return free and first.figure.kind == "count" and first.amount < base.amount and first.period == base.period


def _pairs(statement: Statement, near: Sequence[Statement]) -> Iterator[tuple[Statement, Statement]]:
    """Two figures that could be numerator and base, or this and the earlier value, the nearest first."""
    average, unit = statement.aspect == "average", statement.unit
    firsts = [first for first in near if first.unit == unit] if average or statement.aspect == "change" else near
    for first in firsts:
        prior = first.period == "prior"
        for base in near:
            like = average or first.unit == base.unit
            if like and base is not first and base.amount and not (prior and base.period != "prior"):
                yield first, base


def _agrees(statement: Statement, first: Statement, base: Statement) -> bool:
    step = Decimal(1).scaleb(statement.figure.value.as_tuple().exponent)
    if statement.aspect == "change":
        return abs(abs(first.amount - base.amount) - statement.amount) <= step / 2 and (
            base.period == "prior" or base.aspect != first.aspect
        )
    if statement.aspect == "change_rate":
        if base.period == first.period and base.aspect == first.aspect:
            return False
        result = abs(first.amount - base.amount) / base.amount * _HUNDRED
    elif statement.aspect == "average":
        if statement.unit != first.unit or first.unit == base.unit:
            return False
        result = first.amount / base.amount
        step = step * statement.amount / statement.figure.value if statement.figure.value else step
        return abs(result - statement.amount) <= step / 2
    else:
        result = first.amount / base.amount * _HUNDRED
    return abs(result - statement.figure.value) <= step * Decimal("0.51")
