"""How far figures may lie apart and still agree: half the last printed step of every amount that takes part; counts of things have none."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from decimal import Decimal

from selfeval import words

from .mention import Mention

_HALF, _HUNDRED = Decimal("0.5"), Decimal(100)


class Precision:
    """Knows how finely the document prints amounts, and so how far a sum may be off for rounding alone."""

    def __init__(self, mentions: Iterable[Mention]) -> None:
        counted: dict[str, Counter[Decimal]] = {}
        for mention in mentions:
            if mention.figure.kind == "money" and mention.decimals:  # a whole number may have had zeros behind its point
                counted.setdefault(mention.figure.unit, Counter())[mention.step] += 1
        self._usual = {unit: max(steps, key=lambda step: (steps[step], step)) for unit, steps in counted.items()}

    def tolerance(self, mentions: Sequence[Mention]) -> Decimal:
        """Half a printed step for every figure that takes part; counts of whole things have none.

        Where all figures of a unit carry the same decimals they are taken as rounded to them. Where they do not (14 beside 11.5), zeros
        were dropped, and none is read more coarsely than the document usually prints amounts.
        """
        units: dict[str, list[Mention]] = {}
        for mention in mentions:
            units.setdefault(mention.figure.unit, []).append(mention)
        return sum((self._half_steps(group) for group in units.values()), Decimal(0))

    def _half_steps(self, group: list[Mention]) -> Decimal:
        steps = [mention.step for mention in group]
        if group[0].figure.kind == "money":
            uniform = len(set(steps)) == 1 and any(mention.decimals for mention in group)
            usual = self._usual.get(group[0].figure.unit, Decimal(1))
            read = steps if uniform else [min(step, usual) for step in steps]
        elif any(mention.decimals for mention in group) or group[0].unit != group[0].figure.unit:
            read = [min(steps)] * len(steps)
        else:
            return Decimal(0)
        return sum(read, Decimal(0)) * _HALF


def compared(gap: Decimal, tolerance: Decimal) -> str:
    """Equal agrees, within the tolerance is rounding, beyond it differs."""
    return "agrees" if not gap else "rounding" if abs(gap) <= tolerance else "differs"


def points_for(rate: Decimal, weight: Decimal) -> Decimal:
    """The score for so many per cent of what was to be done: that share of the weight, between none and all of it, two decimals."""
    return words.rounded(min(max(rate, Decimal(0)), _HUNDRED) * weight / _HUNDRED, 2)
