"""The numbers that lines and items begin with: what 第一部分, 一、, （二）, 3., ① and 一是 look like, known here alone."""

from __future__ import annotations

import re
from typing import NamedTuple

_HAN = "[一二三四五六七八九十]{1,3}"
_DIGITS = r"\d{1,2}"
# By style, as they are printed.
_STYLES = {
    "part": rf"第(?:{_HAN}|{_DIGITS})(?:部分|章)[、：:]?",
    "section": rf"第(?:{_HAN}|{_DIGITS})节[、：:]?",
    "article": rf"第(?:{_HAN}|{_DIGITS})条[、：:]?",
    "han": rf"{_HAN}[、．.]",
    "framed": rf"【{_HAN}】",
    "bracketed_han": rf"[（(]\s*{_HAN}\s*[）)]\s*、?",
    # 2.1住房保障, but not 3.5万元.
    "decimal": rf"{_DIGITS}(?:[.．]{_DIGITS}){{1,2}}[、．.]?(?!\d|\s*[万亿元个公平倍%％]|[.．])",
    "digits": rf"{_DIGITS}\s*[、．.](?!\d)",
    "bracketed_digits": rf"[（(]\s*{_DIGITS}\s*[）)]",
    "spoken": f"{_HAN}是",
    "circled": "[①-⑳]",
    # What stands behind an opening bracket that was parted from it: 一）.
    "half": rf"(?:{_HAN}|{_DIGITS})[）)]",
    "bullet": "[-–—·•●◆■○▲]+",
}
# What any of them begins with, asked first: nearly all words begin with nothing of the kind.
_BEGINS = r"(?=[第一二三四五六七八九十【（(\d①-⑳\-–—·•●◆■○▲])"
_NUMBER = re.compile(rf"\s*{_BEGINS}(?:" + "|".join(rf"(?P<{style}>{printed})" for style, printed in _STYLES.items()) + r")\s*")


class Number(NamedTuple):
    """The number something begins with: its style (part, section, article, han, framed, bracketed_han, decimal, digits,
    bracketed_digits, spoken, circled, half or bullet) and where it ends, with the blanks behind it.
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


def without_number(text: str) -> str:
    """`text` without the number it begins with."""
    number = number_of(text)
    return text[number.end :] if number else text
