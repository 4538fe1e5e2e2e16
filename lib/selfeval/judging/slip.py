"""The slip of a hand that would make one number of another."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

# Powers of ten a moved point makes; 10,000 is 元 typed for 万元.
_TENS, _WAN = frozenset({1, 2, 3, 5, 6, -1, -2, -3}), frozenset({4, -4})
_SHORTEST = 2
# So long no number is that a hand typed.
LONGEST_TYPED = 40
# A rate of change taken of the value there is now, not of the one it changed from.
OTHER_BASE = "误以本期数作除数"
# An average over another number of things than there are.
OTHER_COUNT = "误用其他个数作除数"
INVERTED = "分子分母颠倒"
# By how much two amounts differ, told as their rate.
GAP_AS_RATE = "误把差额写成比率"
# A share or an average taken of what was planned, or of the year before.
OTHER_STAGE = "误用计划数或上年数"
# … or of another year than the one it names.
OTHER_YEAR = "误用其他年份的数"
# A share taken of a larger whole than the one it names.
OTHER_WHOLE = "误以其他总数作分母"
# A sum in which one of its parts is missing.
LEFT_OUT = "漏加其中一项"
OTHER_UNIT = "元与万元混淆"
_SWAPPED, _SHUFFLED, MOVED, ONE_WRONG = "两位数字颠倒", "数字次序颠倒", "小数点错位", "错一位数字"
# A number of so many digits that are no zeros hardly ever turns out another's slip by chance.
_TELLING_DIGITS = 4
_MOST_DECIMALS = 8


def slip_between(stated: Decimal, wanted: Decimal, beside: Iterable[Decimal] = ()) -> str:
    """How `stated` may have been typed for `wanted`, in Chinese; '' where no single slip explains it.

    `beside` are the numbers next to it, which a hand may have copied.

    >>> slip_between(Decimal("87.53"), Decimal("78.53"))
    '两位数字颠倒'
    """
    if not wanted or stated == wanted:
        return ""
    ratio = stated / wanted
    power = ratio.adjusted()
    if power in _TENS | _WAN and ratio == Decimal(1).scaleb(power):
        return OTHER_UNIT if power in _WAN else MOVED
    if ratio == -1:
        return "正负号颠倒"
    typed, meant = _digits(stated), _digits(wanted)
    if max(len(typed), len(meant)) > LONGEST_TYPED:
        return ""
    if stated in set(beside) and len(typed) > _SHORTEST:
        return "误抄相邻的数"
    return _of_last_zeros(typed, meant) or _of_digits(typed, meant)


def is_swapped(slip: str) -> bool:
    """Whether a slip is that of two digits changed about, which of a number long enough hardly ever explains a gap by chance."""
    return slip == _SWAPPED


def testifies(stated: Decimal, wanted: Decimal) -> bool:
    """Whether the slip between two numbers is itself a proof: a moved point or two digits changed about in a number long enough."""
    filled = _digits(wanted).replace(".", "").strip("0")
    return len(filled) >= _TELLING_DIGITS and slip_between(stated, wanted) in {_SWAPPED, MOVED}


def _digits(value: Decimal) -> str:
    shown = format(abs(value), "f")
    return shown.rstrip("0").rstrip(".") if "." in shown else shown


def _of_digits(typed: str, meant: str) -> str:
    if len(typed) == len(meant):
        differing = [place for place, (one, other) in enumerate(zip(typed, meant, strict=True)) if one != other]
        if len(differing) == 1:
            return ONE_WRONG
        if len(differing) == 2 and [typed[place] for place in differing] == [meant[place] for place in reversed(differing)]:
            return _SWAPPED
        if len(typed.replace(".", "")) >= _TELLING_DIGITS and sorted(typed) == sorted(meant) and typed.find(".") == meant.find("."):
            return _SHUFFLED
    if len(typed) == len(meant) + 1 and _without_one(typed, meant):
        return "多打一位数字"
    if len(typed) + 1 == len(meant) and _without_one(meant, typed):
        return "漏打一位数字"
    return ""


def _of_last_zeros(typed: str, meant: str) -> str:
    """Whether digits changed places once both numbers show as many decimals: 3.80 for 3.08."""
    (whole, _, rest), (other, _, others) = typed.partition("."), meant.partition(".")
    decimals = max(len(rest), len(others))
    # What is computed is no typed number; and digits that changed places leave as many.
    if not 0 < decimals <= _MOST_DECIMALS or len(whole) != len(other):
        return ""
    slip = _of_digits(f"{whole}.{rest.ljust(decimals, '0')}", f"{other}.{others.ljust(decimals, '0')}")
    return slip if slip == _SWAPPED else ""


def _without_one(longer: str, shorter: str) -> bool:
    return any(longer[:place] + longer[place + 1 :] == shorter for place in range(len(longer)))
