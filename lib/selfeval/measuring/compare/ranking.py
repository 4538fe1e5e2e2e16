"""Ranks and medians of comparable numbers."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from selfeval.quantity import plain


def ranks(values: Sequence[Decimal], *, high_first: bool) -> list[int]:
    """The rank of each value, 1 for the first: equal values share one, and the next rank is as many further on (1, 2, 2, 4)."""
    return [1 + sum(other > value if high_first else other < value for other in values) for value in values]


def median(values: Sequence[Decimal]) -> Decimal | None:
    """The middle value, between the two middle ones where their number is even; None of nothing."""
    if not values:
        return None
    ordered, middle = sorted(values), len(values) // 2
    return ordered[middle] if len(ordered) % 2 else plain((ordered[middle - 1] + ordered[middle]) / 2)
