"""Quantities that may be open to one side: 余 and 多 say at least, and stay so through every sum, difference and ratio."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal
from functools import cache

from selfeval.knowledge import load

EXACT, AT_LEAST, AT_MOST, ABOUT, UNKNOWN = "exact", "at_least", "at_most", "about", "unknown"
_SIDE = {"over": AT_LEAST, "range_low": AT_LEAST, "range_high": AT_MOST}
_OPPOSITE = {AT_LEAST: AT_MOST, AT_MOST: AT_LEAST}
# Quotients are kept to 10 places: the only rounding in the metrics. A run of digits that is no sensible number must not stop anything.
_SPARE_DIGITS = 40
_PLACES = Decimal("1e-10")
_PLACES_OF = {"十": 10, "百": 10**2, "千": 10**3, "万": 10**4, "亿": 10**8}


@dataclass(frozen=True, slots=True)
class Quantity:
    """A value and what it says about the true one: exact, at_least, at_most, about, or unknown (no side can be told)."""

    value: Decimal
    bound: str = EXACT

    @classmethod
    def printed(cls, value: Decimal, qualifier: str) -> Quantity:
        """The quantity behind a printed number and its qualifier (schema figures)."""
        return cls(value, _SIDE.get(qualifier, qualifier or EXACT))

    def __add__(self, other: Quantity) -> Quantity:
        return Quantity(self.value + other.value, _together(self.bound, other.bound))

    def __sub__(self, other: Quantity) -> Quantity:
        return Quantity(self.value - other.value, _together(self.bound, _OPPOSITE.get(other.bound, other.bound)))

    def over(self, other: Quantity, scale: Decimal = Decimal(1)) -> Quantity:
        """This divided by `other`, times `scale`, kept to ten places.

        Both are taken as not negative: a larger divisor then makes a smaller quotient. Raises ZeroDivisionError when `other` is zero.
        """
        if not other.value:
            raise ZeroDivisionError("denominator is zero")
        return Quantity(quotient(self.value * scale, other.value), _together(self.bound, _OPPOSITE.get(other.bound, other.bound)))

    @property
    def low(self) -> Decimal | None:
        """The least the true value can be; None when nothing is known."""
        return self.value if self.bound in {EXACT, AT_LEAST} else None

    @property
    def high(self) -> Decimal | None:
        """The most the true value can be; None when nothing is known."""
        return self.value if self.bound in {EXACT, AT_MOST} else None


def total(quantities: Iterable[Quantity]) -> Quantity:
    """The sum; nothing adds up to an exact zero."""
    return sum(quantities, Quantity(Decimal(0)))


def whole_of(values: list[Decimal]) -> int | None:
    """The index of the value that is the sum of all others (68 beside 22, 28 and 18); None when none is, or there are fewer than three."""
    if len(values) < 3:
        return None
    whole = sum(values, Decimal(0))
    return next((index for index, value in enumerate(values) if value and value * 2 == whole), None)


def quotient(numerator: Decimal, denominator: Decimal) -> Decimal:
    """`numerator` by `denominator`, rounded half up at the tenth place and without trailing zeros."""
    digits = max(numerator.adjusted() - denominator.adjusted(), 0) + _SPARE_DIGITS
    context = Context(prec=digits, rounding=ROUND_HALF_UP)
    return plain(context.divide(numerator, denominator).quantize(_PLACES, context=context))


def in_base_unit(value: Decimal, unit: str) -> Decimal:
    """`value` of `unit` in 万元 where the unit is money, else with the 万 and 亿 of the unit multiplied out (40 万份 is 400000 份)."""
    return value * unit_size(unit)


def unit_size(unit: str) -> Decimal:
    """How many base units one `unit` is: 元 is 0.0001 万元, 万份 are 10000 份; a unit nobody knows, or foreign money, is its own base."""
    return size_and_base(unit)[0]


def base_unit(unit: str) -> str:
    """What `unit` is counted in once its 万 and 亿 are multiplied out: 万元 for money, 份 for 万份, itself for foreign money."""
    return size_and_base(unit)[1]


def conversion(unit: str, other: str) -> Decimal | None:
    """How many of the base unit `other` one base unit `unit` is; None where they do not measure the same.

    >>> conversion("公顷", "亩")
    Decimal('15')
    """
    if unit == other:
        return Decimal(1)
    factors = load("units")["conversion"].get(dimension(unit), {})
    return Decimal(factors[unit]) / Decimal(factors[other]) if other in factors else None


def dimension(unit: str) -> str:
    """What a unit measures, where others measure the same: weight of 吨; else the unit itself."""
    return _dimensions().get(unit, unit)


@cache
def _dimensions() -> dict[str, str]:
    """What units measure of which there are several, by unit."""
    return {unit: name for name, factors in load("units")["conversion"].items() for unit in factors}


@cache
def size_and_base(unit: str) -> tuple[Decimal, str]:
    """How many base units one `unit` is, and what these are."""
    units = load("units")
    factor = units["money"].get(unit)
    if factor is not None:
        return (Decimal(factor), "万元") if factor else (Decimal(1), unit)
    scale = next((scale for scale in units["words"]["scales"] if unit.startswith(scale) and unit != scale), "")
    # 千米 and 千瓦 are units of their own, no thousand of another.
    if not scale or unit in units["count"]["strong"]:
        return Decimal(1), unit
    return Decimal(math.prod(_PLACES_OF[character] for character in scale)), unit.removeprefix(scale)


def plain(value: Decimal) -> Decimal:
    """The same value without trailing zeros and without an exponent."""
    shown = format(value, "f")
    return Decimal(shown.rstrip("0").rstrip(".") or "0") if "." in shown else Decimal(shown)


def digits_of(value: Decimal) -> int:
    """How many digits of a number are printed, without zeros at its ends."""
    return len(str(value).replace(".", "").strip("0"))


def _together(first: str, second: str) -> str:
    """What holds of a sum whose parts are bounded so."""
    sides = {first, second} - {EXACT}
    if not sides:
        return EXACT
    if len(sides) == 1:
        return sides.pop()
    return UNKNOWN
