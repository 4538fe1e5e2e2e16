"""Printed numerals to exact values: Arabic digits of any width, Chinese numerals up to 亿 with decimals."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TypeVar

_WIDE = {ord("０") + digit: str(digit) for digit in range(10)} | {
    ord("．"): ".",
    ord("，"): None,
    ord(","): None,
    ord(" "): None,
    ord("\u00a0"): None,
    ord("\u2009"): None,
    ord("\u3000"): None,
    ord("\n"): None,
    ord("\t"): None,
    ord("−"): "-",
    ord("－"): "-",
    ord("﹣"): "-",
}
_PLAIN = ("零〇○", "一", "二两兩", "三", "四", "五", "六", "七", "八", "九")
_FORMAL = ("", "壹", "贰貳", "叁", "肆", "伍", "陆", "柒", "捌", "玖")
DIGITS = {character: value for digits in (_PLAIN, _FORMAL) for value, characters in enumerate(digits) for character in characters}
_SMALL = {"十": 10, "拾": 10, "廿": 20, "卅": 30, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_LARGE = {"万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8}
HAN_DIGITS = "".join(_PLAIN)
HAN_NUMERALS = HAN_DIGITS + "十廿卅百千" + "".join(_LARGE)
# 伍 and 陆 are words too (队伍, 陆续): formal numerals count only in runs of their own.
FORMAL_NUMERALS = "".join(_FORMAL) + "拾佰仟"
_PIECE = re.compile("[0-9０-９][0-9０-９,， .．]*|[" + "".join((*_SMALL, *_LARGE)) + "]")
_KEPT = re.compile("[" + "".join(_LARGE) + "]+$")
_Number = TypeVar("_Number", int, Decimal)
_ALL_NUMERALS = frozenset(DIGITS) | frozenset(_SMALL) | frozenset(_LARGE)


def arabic_value(printed: str) -> Decimal:
    """The value of digits printed with separators, blanks, full-width forms or a minus sign: `1 250` is 1250, `－８.30` is -8.30."""
    return Decimal(printed.translate(_WIDE))


def chinese_value(printed: str) -> Decimal:
    """The value of a Chinese numeral: `二百八十六点三五` is 286.35, `一千零五` is 1005, `二〇二四` is 2024, `半` is 0.5.

    Raises ValueError when the characters are no numeral.
    """
    if printed == "半":
        return Decimal("0.5")
    whole, _, fraction = printed.partition("点")
    if not whole or any(character not in _ALL_NUMERALS for character in whole):
        raise ValueError(printed)
    value = Decimal(_whole(whole))
    if fraction:
        value += Decimal("0." + "".join(str(DIGITS[character]) for character in fraction))
    return value


def in_last_scale(printed: str) -> tuple[Decimal, str]:
    """The value of a numeral told in several scales, in the 万 or 亿 it ends with, and that scale.

    >>> in_last_scale("3亿5000万"), in_last_scale("两亿三千万"), in_last_scale("13万2千")
    ((Decimal('35000'), '万'), (Decimal('23000'), '万'), (Decimal('132000'), ''))
    """
    kept = _KEPT.search(printed)
    scale = kept[0] if kept else ""
    value = chinese_value(printed) if printed[0] in _ALL_NUMERALS else _mixed(printed)
    for character in scale:
        value /= _LARGE[character]
    # 1.5亿2000万 is told to the last 万, not to a tenth of it.
    return (value.to_integral_value() if value == value.to_integral_value() else value), scale


def _mixed(printed: str) -> Decimal:
    """The value of digits with scales between them: `13万2千` is 132000."""
    above = total = section = number = Decimal(0)
    for piece in _PIECE.findall(printed):
        if piece in _SMALL:
            section, number = section + (number or 1) * _SMALL[piece], Decimal(0)
        elif piece in _LARGE:
            above, total = _raised(above, total, section + number, _LARGE[piece])
            section = number = Decimal(0)
        else:
            number = arabic_value(piece)
    value = above + total + section + number
    return -value if printed[0] in "-−－﹣" else value


def _raised(above: _Number, total: _Number, section: _Number, unit: int) -> tuple[_Number, _Number]:
    """What stands in 亿 and what stands in 万 behind it, once a 亿 or 万 is read: 亿 raises all before it, 万 what is below 亿."""
    if unit == 10**8:
        return (above + total + section) * unit, 0
    return above, (total + section or 1) * unit


def _whole(printed: str) -> int:
    if len(printed) > 1 and all(character in DIGITS for character in printed):
        return int("".join(str(DIGITS[character]) for character in printed))
    above = total = section = digit = 0
    unit = 1
    for character in printed:
        if character in DIGITS:
            digit, unit = DIGITS[character], 10 if character in "零〇○" else unit
        elif character in _SMALL:
            unit = _SMALL[character]
            section += unit if unit in (20, 30) and character in "廿卅" else (digit or 1) * unit
            digit = 0
            unit = 10 if character in "廿卅" else unit
        else:
            unit = _LARGE[character]
            above, total = _raised(above, total, section + digit, unit)
            section = digit = 0
    # 三百五 says 350: a last digit without its own place takes the place below the one before it.
    if digit and unit >= 100 and printed[-1] in DIGITS and printed[-2:-1] not in "零〇○":
        digit *= unit // 10
    return above + total + section + digit
