"""Which Chinese numeral with a unit behind it is a figure, and which is a word: 三次 counts, 一般 and 三项制度 do not."""

from __future__ import annotations

import re

from selfeval.knowledge import load

from . import grammar

_WORDS = load("han_words")
_OPENING, _CLOSING = "“‘「《〈『", "”’」》〉』"
_SLOGAN_REACH = 14
_NOT_BEFORE = re.compile(f"(?:{'|'.join(_WORDS['not_after'])})$")
_NOT_FOLLOWED = {unit: re.compile(words) for unit, words in _WORDS["not_followed_by"].items()}
_ONE_AFTER = re.compile(f"(?:{'|'.join(_WORDS['one_after'])})$")
_YEARS_AFTER = re.compile(f"(?:{'|'.join(_WORDS['years_after'])})$")
_CHENG_AFTER = re.compile(f"(?:{'|'.join(_WORDS['cheng_after'])})$")
_CHENG_THEN = tuple(_WORDS["cheng_then"])
_POINTS_BACK = re.compile(f"(?:{'|'.join(_WORDS['points_back'])})$")
# 三五, 七八十, 十五六: two digits side by side without a place between them name no single number.
_APPROXIMATE = re.compile("^[一二两三四五六七八九]{2}$|[一二两三四五六七八九]{2}[十百千万亿]|十[一二两三四五六七八九]{2}")
_ROUND_AFTER = re.compile(f"(?:{'|'.join(_WORDS['round_after'])})$")
_WEAK_AFTER_HAN = frozenset(_WORDS["weak_units"])
_BOUND = re.compile("[，。；、：！？）)\\s]|$")


def han_is_figure(match: re.Match[str], text: str) -> bool:
    """Whether a Chinese numeral with its unit, as matched by the grammar, states a quantity."""
    printed, unit = match["han"], match["han_unit"]
    start, end = match.span()
    before = text[max(0, start - 6) : start]
    if _inside_quotes(text, start, end) or _NOT_BEFORE.search(before):
        return False
    guard = _NOT_FOLLOWED.get(unit) or _NOT_FOLLOWED.get("*")
    if _NOT_FOLLOWED["*"].match(text, end) or (guard and guard.match(text, end)):
        return False
    if _APPROXIMATE.search(printed.partition("点")[0]) or (len(printed) > 1 and printed[0] in "万亿"):
        return False
    if unit == "成":
        return len(printed) == 1 and (bool(_CHENG_AFTER.search(before)) or text.startswith(_CHENG_THEN, end))
    if not printed.strip("百千万亿"):
        return bool(match["han_more"]) or bool(_ROUND_AFTER.search(before))
    if unit in grammar.PERCENT_UNITS or unit in grammar.MONEY_FACTORS:
        return True
    if unit in grammar.SPLIT_UNITS:
        return True
    if unit in ("年", "周年"):
        return bool(_YEARS_AFTER.search(before))
    if _POINTS_BACK.search(before) and not (_ONE_AFTER.search(before) or printed in "百千万亿"):
        return False
    if printed in "一壹":
        return unit in grammar.STRONG_UNITS and (bool(_ONE_AFTER.search(before)) or _closes_clause(text, start, end))
    if unit in grammar.NAME_UNITS:
        return unit == "级"
    return unit in grammar.STRONG_UNITS or unit in _WEAK_AFTER_HAN or (len(printed) > 1 and unit in _WORDS["weak_after_large"])


def _inside_quotes(text: str, start: int, end: int) -> bool:
    """Inside a short quotation or title: a slogan, a campaign, a document."""
    head = text[max(0, start - _SLOGAN_REACH) : start]
    opened = max(head.rfind(mark) for mark in _OPENING)
    if opened < 0 or max(head.rfind(mark) for mark in _CLOSING) > opened:
        return False
    tail = text[end : end + 2 * _SLOGAN_REACH]
    return any(mark in tail for mark in _CLOSING)


def _closes_clause(text: str, start: int, end: int) -> bool:
    """三级应急响应一次。: the numeral ends a clause that began with a noun."""
    return start > 0 and "\u4e00" <= text[start - 1] <= "\u9fff" and bool(_BOUND.match(text, end)) and text[end - 1] != "起"
