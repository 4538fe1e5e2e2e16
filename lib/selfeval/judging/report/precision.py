"""How a gap is judged, and what a rate is worth in points, for the report as for the forms."""

from __future__ import annotations

from decimal import Decimal

from selfeval import words

_HUNDRED = Decimal(100)


def compared(gap: Decimal, tolerance: Decimal) -> str:
    """Equal agrees, within the tolerance is rounding, beyond it differs."""
    return "agrees" if not gap else "rounding" if abs(gap) <= tolerance else "differs"


def points_for(rate: Decimal, weight: Decimal) -> Decimal:
    """The score for so many per cent of what was to be done: that share of the weight, between none and all of it, two decimals."""
    return words.rounded(min(max(rate, Decimal(0)), _HUNDRED) * weight / _HUNDRED, 2)
