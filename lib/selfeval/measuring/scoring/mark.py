"""What one item of the form gets: its points and how they came about, exact until the last step."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal
from fractions import Fraction

from selfeval import words
from selfeval.knowledge import load
from selfeval.quantity import plain

# Wide enough for any weight or amount of money.
_CONTEXT = Context(prec=60, rounding=ROUND_HALF_UP)


@dataclass(frozen=True)
class Mark:
    """Points out of a weight, or what is missing for them.

    `rate` is what the points follow from (actual by target, spent by budget), a ratio; `basis` names the rule or the budget column used.
    Neither points nor anything missing: the item does not apply.
    """

    points: Decimal | None = None
    rate: Decimal | None = None
    basis: str = ""
    formula: str = ""
    missing: str = ""
    notes: tuple[str, ...] = ()


def word(name: str, /, **parts: str) -> str:
    """A wording of the scores with its parts filled in."""
    return load("scores")["words"][name].format(**parts)


def digits(value: Decimal) -> str:
    """A number inside a formula: plain digits, none added, and brackets around a negative one."""
    shown = words.number(plain(value))
    return f"（{shown}）" if value < 0 else shown


def pointed(points: Decimal, places: int) -> str:
    """Points inside a formula: with the decimals scores are rounded to, and more only where a weight has more."""
    own = max(-plain(points).as_tuple().exponent, 0)
    return words.number(points, max(own, places))


def out_of(weight: Decimal, share: Fraction, places: int) -> Decimal:
    """`share` of `weight`, rounded half up to `places`; never more than the weight, never less than nothing."""
    return max(Decimal(0), min(weight, half_up(share * Fraction(weight), places)))


def points_for(rate: Decimal, weight: Decimal) -> Decimal:
    """The points for so many per cent of what was to be done, two decimals."""
    return words.rounded(out_of(weight, Fraction(rate) / 100, 2), 2)


def half_up(value: Fraction, places: int) -> Decimal:
    """A non-negative exact value rounded half up to `places` decimals."""
    whole = (value * 10**places * 2 + 1).__floor__() // 2
    return Decimal(whole).scaleb(-places, context=_CONTEXT)
