"""What a cell holds when it holds a number: the number, how finely it is printed, its unit, whether it is a bound."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from selfeval.knowledge import load

_WIDTHS = str.maketrans("０１２３４５６７８９．，％－−＋（）", "0123456789.,%--+()")
_PRINTED = re.compile(
    r"(?P<bound>[≥≤＞＜><=＝]?)\s*(?P<open>\()?(?P<sign>[-+]?|增长|增加|上升|提高|下降|减少|降低)[¥￥]?(?P<number>\d{1,3}(?:,\d{3})+|\d+)(?P<decimals>\.\d+)?(?P<close>\))?"
    r"\s*(?P<unit>[^\d\s,，。；;：:()（）]{0,6}(?:[（(]\w{1,2}[)）])?)"
)
_LESS, _PERCENT = ("-", "下降", "减少", "降低"), ("%", "％")
_BOUNDS = {"≥": "at_least", "＞": "at_least", ">": "at_least", "≤": "at_most", "＜": "at_most", "<": "at_most"}
_HAN = re.compile("[\u3400-\u9fff]")
# A year heads a column or names a row; printed bare it may as well be a number, which the column tells.
_YEAR = re.compile(r"(?:19|20)\d{2}年?度?")
# 2022年（条）: its unit may stand behind it.
_SAID_YEAR = re.compile(r"(?:19|20)\d{2}年度?(?:[（(][^（）()]{1,6}[）)])?")
_BLANK = re.compile(r"[-—－–−/／\s]*")
# Rows and columns repeat what stands in cells.
_REMEMBERED = 4096
_LONGEST = 40


@dataclass(frozen=True, slots=True)
class Value:
    """A printed number: `number` as printed, `step` the size of its last printed digit, `unit` as printed behind it, `bound` of ≥ or ≤."""

    number: Decimal
    step: Decimal
    unit: str
    bound: str = "exact"


@lru_cache(_REMEMBERED)
def value_of(text: str) -> Value | None:
    """The number a cell holds, None where it holds none or more than a number and its unit. (12.50) is -12.50, 下降5.2% is -5.2%.

    >>> value_of("3,456.70元")
    Value(number=Decimal('3456.70'), step=Decimal('0.01'), unit='元', bound='exact')
    """
    if len(text) > _LONGEST:
        return None
    found = _PRINTED.fullmatch(text.translate(_WIDTHS).strip())
    if not found or bool(found["open"]) != bool(found["close"]) or not is_unit(found["unit"]):
        return None
    if _SAID_YEAR.fullmatch(text) or (found["sign"][1:] and found["unit"] not in _PERCENT):
        return None
    decimals = found["decimals"] or ""
    number = Decimal(found["number"].replace(",", "") + decimals)
    negative = bool(found["open"]) or found["sign"] in _LESS
    step = Decimal(1).scaleb(-max(len(decimals) - 1, 0))
    return Value(-number if negative else number, step, found["unit"], _BOUNDS.get(found["bound"], "exact"))


def is_change(text: str) -> bool:
    """Whether a cell tells a rate of change in words: 增长6.2%, 下降5.2%."""
    return value_of(text) is not None and bool(_HAN.match(text))


def may_be_year(text: str) -> bool:
    """Whether a cell holds four digits that may as well be a year."""
    return bool(_YEAR.fullmatch(text))


@lru_cache(_REMEMBERED)
def is_unit(word: str) -> bool:
    """Whether `word`, its 万 or 亿 and a second unit in brackets left out, is a unit, or nothing."""
    units = load("units")
    bare = word.partition("（")[0].partition("(")[0].lstrip("万亿")
    known = (units["money"], units["percent"]["units"], *(units["count"][group] for group in ("strong", "weak", "signs")))
    return not bare or any(bare in group for group in known)


def is_blank(text: str) -> bool:
    """Whether a cell holds nothing, or the dash that says so; neither is a zero."""
    return bool(_BLANK.fullmatch(text))
