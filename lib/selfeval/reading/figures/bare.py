"""Numbers printed without a unit: in a cell its table tells, in a sentence it is a score, a code, a year, or its unit was dropped."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from functools import lru_cache
from operator import itemgetter

from selfeval.knowledge import load
from selfeval.reading.document import rank_of
from selfeval.reading.enumeration import number_of

from . import grammar
from .cells import Cells, in_cell
from .figure import Figure

_WORDS = load("bare_words")
_NO_RATE = re.compile(f"(?:{'|'.join(_WORDS['no_rate'])})(?:约|为)?$")
_PLAIN_RATIO = re.compile(f"(?:{'|'.join(_WORDS['plain_ratio'])})(?:约|为|是|达)?$")
_GROWTH = re.compile(f"(?:{'|'.join(_WORDS['growth'])})(?:了|约|近|为)?$")
_SCORED = re.compile(f"(?:{'|'.join(_WORDS['scored'])})(?:为|是)?[:：]?$")
_NUMBERED = re.compile(f"(?:{'|'.join(_WORDS['numbered'])})$")
_PHONE_BEFORE = re.compile(f"(?:{'|'.join(_WORDS['phone_before'])})[:：]?\\s?$")
_CODE_BEFORE = re.compile(f"(?:{'|'.join(_WORDS['code_before'])})(?:为|是)?[:：]?\\s?$")
_PHONE_AFTER = re.compile("|".join(_WORDS["phone_after"]))
_PLACE_BEFORE = re.compile(f"(?:{'|'.join(_WORDS['place_before'])})$")
_HAN = re.compile("[\u4e00-\u9fff]")
_YEAR = re.compile("(?:19|20)[0-9]{2}")
_LATIN = re.compile("[A-Za-zＡ-Ｚａ-ｚ]")
# How a report says once in which unit its sentences have money, and what in front of a number makes it money.
_FOR_ALL = re.compile(_WORDS["declared_for_all"])
_IN_HEADING = re.compile(_WORDS["declared_in_heading"], re.MULTILINE)
_LEAD_OF_LIST = re.compile(_WORDS["declared_of_list"], re.MULTILINE)
_AMOUNTS = re.compile(r"\d([万亿]?元)")
_MONEY_BEFORE = re.compile(f"(?:{'|'.join(_WORDS['money_before'])})(?:为|是|达|共|约)?[：:]?$")
# A number without a unit, with its places.
_DECIMAL = re.compile(r"\d[\d,]*\.(\d+)(?=[，。；、）)\n])")
_LONGEST_SENTENCE = 200
_CLAUSES_END = re.compile("[。；]")
# 由1.98缩小为1.93: behind these a decimal is a value.
_REACH = 8
# An amount that is told by no more than what it is; the money before it stands at most so many figures away.
_TOLD = re.compile(rf"(?:{_WORDS['told_bare']})[：:]?[ \t\u3000]{{0,4}}(\d[\d,]*(?:\.\d+)?)(?=[ \t\u3000\n（(，、；。]|$)")
_LONGEST_LIST, _LEAST_DIGITS, _LESSENED = 12, 3, "减少"
_LINE = re.compile(r"[^\n]*[^\s]")
# 各项目（预算/支出）：防汛物资1.20/1.18
_COLUMNS, _BESIDE = re.compile(rf"[（(](?:{_WORDS['told_bare']})[/／、和→][^（）()]*[）)][：:]"), "/／→"
# 防汛物资：预算120，支出118
_LABELLED, _LABEL = re.compile(r"\s*[^，。；：:\d]{2,24}[：:]"), "label"
_GOES_ON = "；;，,、"
_VALUE_AFTER = "由从为至到达的"
_QUOTES = "“”\"‘’'《》"


def resolve_bare(figures: list[Figure], bare: Sequence[int], cells: Cells) -> list[Figure]:
    """Return `figures` with those at the indices `bare` given the unit and kind that their cell or their sentence tells; linear in the
    text."""
    judged = list(figures)
    for index in bare:
        judged[index] = _with_sign(judged[index])
        place = cells.at(judged[index])
        told = (place and in_cell(judged[index], place)) or _in_prose(judged, index)
        judged[index] = _in_row(judged, index, told.kind) if told.kind == "money" and not told.unit else told
    return judged


def _with_sign(figure: Figure) -> Figure:
    """≤2.0: a sign before the number decides its qualifier, whatever its unit may be."""
    sign = grammar.SIGNS.get(figure.surroundings.text[figure.start - 1 : figure.start])
    return figure._replace(qualifier=sign) if sign else figure


def _in_prose(figures: list[Figure], index: int) -> Figure:
    """A number without unit in a sentence."""
    figure = figures[index]
    text = figure.surroundings.text
    before, after = text[max(0, figure.start - 8) : figure.start], text[figure.end : figure.end + 6]
    previous, following = before[-1:], after[:1]
    if _YEAR.fullmatch(figure.text) and not _GROWTH.search(before):
        return figure._replace(kind="year", value=None, unit="年")
    if (previous and previous in _QUOTES and following and following in _QUOTES) or _PLACE_BEFORE.search(before):
        return figure._replace(kind="other")
    if _PHONE_BEFORE.search(before) or _PHONE_AFTER.match(after):
        return figure._replace(kind="phone", value=None)
    if _LATIN.match(following) or _LATIN.match(previous) or _CODE_BEFORE.search(before) or _looks_like_code(figure.text):
        return figure._replace(kind="code", value=None)
    if _NUMBERED.search(before):
        return figure._replace(kind="ordinal", value=None)
    if previous and previous in "¥￥":
        return figure._replace(unit="元", kind="money", unit_from="context")
    # 减少494.27 is an amount where those of the report have a unit of their own.
    lessened = before.endswith(_LESSENED) and "." in figure.text and _declared(text, figure.start)
    if lessened:
        return figure._replace(unit=lessened, kind="money", unit_from="context")
    if _GROWTH.search(before) and not _NO_RATE.search(before):
        return figure._replace(unit="%", kind="percent", unit_from="context")
    if _SCORED.search(before):
        return figure._replace(unit="分", kind="count", unit_from="context")
    declared = "" if _PLAIN_RATIO.search(before) else _declared_for(figure)
    if declared:
        return figure._replace(unit=declared, kind="money", unit_from="context")
    if (_HAN.match(previous) or previous in grammar.SIGNS) and (
        not following or following in "，。；、）)\n" or ("." in figure.text and previous in _VALUE_AFTER)
    ):
        return _without_unit(figures, index)
    return _in_row(figures, index)


def _in_row(figures: list[Figure], index: int, otherwise: str = "other") -> Figure:
    """村级运转　预算 486.00　支出 485.00: of a line that tells budget and spending bare, in the unit of the money before it."""
    figure = figures[index]
    text = figure.surroundings.text
    begin, end = text.rfind("\n", 0, figure.start) + 1, text.find("\n", figure.end)
    row = [match.end() for match in _TOLD.finditer(text, begin, end if end >= 0 else len(text)) if "." in match[1]]
    before = next(
        (other for other in reversed(figures[max(0, index - _LONGEST_LIST) : index]) if other.kind == "money" and other.unit), None
    )
    if len(row) > 1 and figure.end in row and before is not None:
        return figure._replace(unit=before.unit, kind="money", unit_from="context")
    return figure._replace(kind=otherwise)


def _looks_like_code(printed: str) -> bool:
    """Whole digits that begin with 0 or are too many for a count."""
    return printed.isdigit() and ((len(printed) > 1 and printed[0] in "0０") or len(printed) >= 9)


def _without_unit(figures: list[Figure], index: int) -> Figure:
    """The unit was dropped: a number with decimals beside amounts of money is an amount in the same unit, any other a plain count.

    Ratios (收入倍差1.9) and what follows them have no unit to drop.
    """
    figure = figures[index]
    text = figure.surroundings.text
    if _PLAIN_RATIO.search(text, max(0, figure.start - _REACH), figure.start):
        return figure._replace(kind="count")
    for other in reversed(figures[max(0, index - 4) : index]):
        if other.kind == "count" and not other.unit:
            break
        if other.kind == "money" and other.unit and "." in figure.text and not _CLAUSES_END.search(text, other.end, figure.start):
            return figure._replace(unit=other.unit, kind="money", unit_from="context")
    return _in_row(figures, index, "count")


def _is_beside_money(figure: Figure) -> bool:
    """Whether its sentence goes on with money printed to as many places (年初180.00，追加60.00) or tells parts of what was told (其中)."""
    text, places = figure.surroundings.text, len(figure.text.rpartition(".")[2])
    begin = max(text.rfind(mark, max(0, figure.start - _LONGEST_SENTENCE), figure.start) for mark in "。\n")
    end = min((at for mark in "。\n" if (at := text.find(mark, figure.end, figure.end + _LONGEST_SENTENCE)) >= 0), default=figure.end)
    sentence = text[begin + 1 : end]
    alike = (match.start() for match in _DECIMAL.finditer(sentence) if len(match[1]) == places)
    told = sentence.startswith("其中") or bool(_COLUMNS.search(sentence))
    return told or any(_MONEY_BEFORE.search(sentence, max(0, place - _REACH), place) for place in alike)


def _declared_for(figure: Figure) -> str:
    """The unit of money declared for a number that may be money by how it is printed and by what it is told as; '' for any other."""
    text, printed = figure.surroundings.text, figure.text
    listed = _unit_in(_lists(text), figure.start)
    declared = listed or _declared(text, figure.start) or _unit_in(_below_amounts(text), figure.start)
    if not declared or not ("." in printed or "," in printed or len(printed) >= _LEAST_DIGITS):
        return ""
    if "." not in printed:
        told = _TOLD.search(text, max(0, figure.start - _REACH), figure.end + 1)
        return declared if told and told.end() == figure.end else ""
    told = listed or _MONEY_BEFORE.search(text, max(0, figure.start - _REACH), figure.start)
    beside = _HAN.match(text, figure.start - 1) or text[figure.start - 1 : figure.start] in _BESIDE
    return declared if told or (beside and _is_beside_money(figure)) else ""


def _declared(text: str, offset: int) -> str:
    """The unit of money a report declares for its sentences: for all of them (金额单位除注明外均为元), or in the heading they stand under;
    '' for none."""
    everywhere, headings = _declarations(text)
    place = bisect_right(headings, offset, key=itemgetter(0)) - 1
    return (headings[place][1] if place >= 0 else "") or everywhere


def _unit_in(lists: Sequence[tuple[int, int, str]], offset: int) -> str:
    """The unit of the list that a place stands in, '' outside of all."""
    place = bisect_right(lists, offset, key=itemgetter(0)) - 1
    return lists[place][2] if place >= 0 and offset < lists[place][1] else ""


@lru_cache(1)
def _below_amounts(text: str) -> list[tuple[int, int, str]]:
    """Where the items begin and end of every list below a line whose amounts all have one unit, and that unit: 项目支出年初394.0万元，支出
    427.58万元，分项为：."""
    found = [(line.end(), {*_AMOUNTS.findall(line[0])}) for line in _LINE.finditer(text) if line[0].rstrip().endswith(("：", ":"))]
    return [(start, _end_of_items(text, start), *units) for start, units in found if len(units) == 1]


@lru_cache(1)
def _lists(text: str) -> list[tuple[int, int, str]]:
    """Where the items begin and end of every list whose lead declares a unit, and that unit: 分项目看（单位万元，先预算后支出）：."""
    return [(lead.end(), _end_of_items(text, lead.end()), lead[1]) for lead in _LEAD_OF_LIST.finditer(text)]


def _end_of_items(text: str, start: int) -> int:
    """Where a list ends whose items begin at `start`: with the last line numbered, or labelled, like the first; without either with the
    line that ends with a full stop. A blank line ends what is not numbered, unless the line above says by its mark that it goes on."""
    style, end = None, start
    for line in _LINE.finditer(text, start):
        number = number_of(line[0])
        own = number.style if number else _LABEL if _LABELLED.match(line[0]) else ""
        parted = text.count("\n", end, line.start()) > 1 and text[end - 1] not in _GOES_ON
        if (style and own != style) or (style in ("", _LABEL) and parted):
            break
        style, end = own if style is None else style, line.end()
        if not style and line[0].endswith("。"):
            break
    return end


@lru_cache(1)
def _declarations(text: str) -> tuple[str, list[tuple[int, str]]]:
    """The unit declared for all sentences, and from where on which one holds that is declared in a numbered heading."""
    found = _FOR_ALL.search(text)
    over: list[tuple[int, str]] = []
    holds: list[tuple[int, str]] = []
    for line in _LINE.finditer(text) if _IN_HEADING.search(text) else ():
        rank = rank_of(line[0])
        if rank is not None:
            stated = _IN_HEADING.search(line[0])
            over = [*((above, unit) for above, unit in over if above < rank), *([(rank, stated[1])] if stated else [])]
            holds.append((line.start(), over[-1][1] if over else ""))
    return found[1] if found else "", holds
