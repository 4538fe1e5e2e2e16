"""The numbers that lines and items begin with: what 第一部分, 一、, （二）, ㈢, 4., ⑸, ① and 一是 look like, known here alone."""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

_HAN = "[一二三四五六七八九十]{1,3}"
_CAPITAL = "[壹贰叁肆伍陆柒捌玖拾]{1,3}"
_DIGITS = r"\d{1,2}"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
# The same as one character each.
_ONE_CHARACTER = "㈠-㈩⑴-⒇⒈-⒛①-⑳"
# Dashes, dots and shapes, but for boxes that are to be ticked.
_BULLETS = r"\-–—·•※■\u25a2-\u25ff\u2600-\u260f\u27a1-\u27bf"
# By style, as they are printed; a wide blank stands for the mark as well.
_STYLES = {
    "part": rf"第(?:{_HAN}|{_DIGITS})(?:部分|[章篇编])[、：:]?|{_CAPITAL}(?:[、．.]|(?=[ \u3000]))",
    "section": rf"第(?:{_HAN}|{_DIGITS})节[、：:]?",
    "article": rf"第(?:{_HAN}|{_DIGITS})条[、：:]?",
    "han": rf"{_HAN}(?:[、．.]|(?=\u3000))",
    "framed": rf"【{_HAN}】",
    "bracketed_han": rf"(?:[（(]\s*(?:{_HAN}|[{_STEMS}])\s*[）)]|[㈠-㈩])\s*、?",
    # 2.1住房保障, but not 3.5万元.
    "decimal": rf"{_DIGITS}(?:[.．]{_DIGITS}){{1,2}}[、．.]?(?!\d|\s*[万亿元个公平倍%％]|[.．])",
    # 1.2031年项目预算表, but not 3.5万元.
    "digits": rf"{_DIGITS}\s*[、．.](?:(?!\d)|(?=(?:19|20)\d\d年))|[⒈-⒛]",
    "bracketed_digits": rf"[（(]\s*{_DIGITS}\s*[）)]|[⑴-⒇]",
    # B 预算资金, B1 总额, but not B超 or A级.
    "letter": r"[A-Z](?:[、．.]|[ \u3000]+)(?=[\u4e00-\u9fff])",
    "lettered_digits": rf"[A-Z]{_DIGITS}(?:[、．.]|[ \u3000]+)(?=[\u4e00-\u9fff])",
    "spoken": f"{_HAN}是|其{_HAN}[，、：:]",
    "circled": "[①-⑳]",
    "named": rf"项目(?:{_HAN}|{_DIGITS})[：:、]",
    # What stands behind an opening bracket that was parted from it: 一）.
    "half": rf"(?:{_HAN}|{_DIGITS})[）)]",
    "bullet": f"[{_BULLETS}]+",
}
# What any of them begins with, asked first: nearly all words begin with nothing of the kind.
_BEGINS = rf"(?=[第一二三四五六七八九十其壹贰叁肆伍陆柒捌玖拾项【（(\dA-Z{_ONE_CHARACTER}{_BULLETS}])"
_NUMBER = re.compile(rf"\s*{_BEGINS}(?:" + "|".join(rf"(?P<{style}>{printed})" for style, printed in _STYLES.items()) + r")\s*")


_ORDINAL = re.compile(f"{_HAN}|{_CAPITAL}|[{_STEMS}]|{_DIGITS}|[{_ONE_CHARACTER}]")
_ONE_TO_NINE = "一二三四五六七八九"
_PLAIN = str.maketrans("壹贰叁肆伍陆柒捌玖拾", f"{_ONE_TO_NINE}十")


class Number(NamedTuple):
    """The number something begins with: its style (part, section, article, han, framed, bracketed_han, decimal, digits,
    bracketed_digits, letter, lettered_digits, spoken, circled, named, half or bullet) and where it ends, with the blanks behind it.
    """

    style: str
    end: int


def number_of(text: str, start: int = 0) -> Number | None:
    """The number that `text` has at `start`, blanks aside, None where none stands there.

    >>> number_of("（二）项目支出"), number_of("3.5万元")
    (Number(style='bracketed_han', end=3), None)
    """
    found = _NUMBER.match(text, start)
    return Number(found.lastgroup, found.end()) if found else None


def ordinal_of(text: str, number: Number) -> int:
    """Which of its row `text` is by the number it begins with; 0 for a mark that counts nothing.

    >>> ordinal_of("（十二）项目支出", number_of("（十二）项目支出"))
    12
    """
    found = _ORDINAL.search(text, 0, number.end)
    return value_of(found[0]) if found else 0


def value_of(digits: str) -> int:
    """一 or 壹 to 九十九, 甲 to 癸, 1 to 99, and those that are one character, as a number; 0 for what is none."""
    if digits.isdecimal():
        return int(digits)
    if re.fullmatch(f"[{_ONE_CHARACTER}]", digits):
        return int(unicodedata.numeric(digits))
    if len(digits) == 1 and digits in _STEMS:
        return _STEMS.index(digits) + 1
    tens, ten, units = digits.translate(_PLAIN).rpartition("十")
    if len(tens) > 1 or len(units) > 1 or tens == "十":
        return 0
    ones = _ONE_TO_NINE.index(units) + 1 if units else 0
    return ((_ONE_TO_NINE.index(tens) + 1 if tens else 1) * 10 if ten else 0) + ones


def without_number(text: str) -> str:
    """`text` without the number it begins with."""
    number = number_of(text)
    return text[number.end :] if number else text
