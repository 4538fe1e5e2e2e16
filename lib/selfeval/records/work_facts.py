"""Statements of the work done → facts: the trade and the indicator each belongs to, with the sentence it stands in.

What a figure says is read by reading/statements; here its statement is only given a name: an entry of indicators.toml and a trade of
sectors.toml. What the catalogue does not know is called by its own measure, so nothing is lost.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise
from typing import NamedTuple

import pandas as pd

from selfeval.knowledge import load
from selfeval.reading.clauses import names_of, words_before, words_behind
from selfeval.reading.document import Document
from selfeval.reading.enumeration import without_number
from selfeval.reading.figures import QUANTITIES, Figure, amount_of, figure_id
from selfeval.reading.kind import kind_of
from selfeval.reading.statements import Spoken, Statement
from selfeval.tables import make_table, records_in

_EVERYTHING = "city"
# The last row of a table by trades.
_OTHER_TRADES, _LEFT_OVER = "rest", ("其他", "其它", "其余")
_UNKNOWN = "other"
_FIGURE_COLUMNS = ("target_figure", "initial_figure", "adjusted_figure", "actual_figure")
# What an entry names where it asks for nothing else: what was done and reached this year, no target, change, share or average of it.
_ASPECTS = frozenset({"actual", "arrived", "carried_over", "rate", "score", "weight"})
_MARKS = frozenset({"score", "weight"})
_PERIODS = frozenset({"year", "part", "span"})
_EVENT_ENDS = "灾害|灾情|地震|过程|暴雨|降雨|(?:冰冻|雨雪|风雹|冰雹|洪涝|干旱|台风|山洪|雪灾|龙卷风)(?:灾害)?"
_EVENT_TYPE = re.compile(f'[”"’\'》]?(?:[、和及][“"‘\'《][0-9.·]{{3,5}}[”"’\'》])*([^，。；、“”"\\d]{{0,12}}?(?:{_EVENT_ENDS}))')
# What only says how exact the number is stands between the words that name it and the number itself.
_NEARLY = re.compile("(?:至少|至多|大约|约|近|超过|不少于|不低于|不超过|不多于)$")
# Rows of a table by towns or by parts of the year, and what the body of one level did of it all: 省本级检查528家次.
_PLACE = re.compile(
    "^[一-鿿]{1,6}(?:镇|乡|街道|街道办事处|社区|村|开发区|工业园区?)$"
    "|^(?:第?[一二三四1-4]季度|[上下]半年|\\d{1,2}月份?|[一二三四五六七八九十]{1,2}月份?)$"
)
_OWN_LEVEL = re.compile("^[省市州县区]本级")
# An indicator each of whose rows is a kind of its own.
_OF_KINDS = "permit_type"
_LEADING_OVER = re.compile("^(?:其中|分别为|分别是|包括|包含|含|为)+")
# What follows are parts of what was told before: 按检查方式分，计划内检查9家次.
_DIVIDED = re.compile("按[^，。；]{1,8}分(?:类|别|为)?[，：,:]")
# 出动消防车14辆次、指战员90人次: what begins a list holds for all of it.
_LISTED = frozenset({"", "、"})
_JOINTS = ("、", "和", "及", "与")
# 企业和在建工地: a word may stand between the joint and the trade.
_JOINED = re.compile("[、和及与][^、和及与]{0,2}$")
# 以上四个行业检查620家次: a sum of some trades is the number of none of them, nor that of the whole.
_OF_SEVERAL = re.compile("(?:[两二三四五六七八九十]|\\d{1,2})(?:个|大|类)(?:重点|主要)?(?:行业|领域)|(?:行业|领域)合计")
_OTHER_PLACES = re.compile("(?:场所|出租屋|店|商铺|商户|学校|医院|小区|市场)$")
_ANY_PLACE = re.compile("(?:单位|设备|企业)(?:检查|排查|巡查)?$")
# What a heading may say of a trade beside its name.
_OF_SAFETY = re.compile("安全|生产|监管|监督|执法|管理|检查|治理|整治|防控|预防|应急|救援|服务|保障|工作|领域|行业|方面|情况")
_OF_ALL_TRADES = re.compile("安全(?:生产|监管)(?:工作|监管|执法|检查|方面)?")
_OTHER_UNIT = re.compile("[（(](\\w)[）)]次?")
_SHORTEST_NAME = 2
_REACH_BEFORE, _REACH_BEHIND, _REACH_LEAD = 80, 60, 200
_LONGEST_SENTENCE, _LONGEST_NAME = 600, 8
# Headings stand over many figures, and the words of one are asked for its trade more than once.
_REMEMBERED = 512


@dataclass(frozen=True, slots=True, eq=False)
class _Name:
    """An entry of indicators.toml: words, units, states, aspects, periods and extents of the statements it is the name of."""

    id: str
    area: str
    label: str
    units: frozenset[str]
    kind: str
    before: re.Pattern[str] | None
    after: re.Pattern[str] | None
    sentence: re.Pattern[str] | None
    excluded: re.Pattern[str] | None
    near: re.Pattern[str] | None
    states: frozenset[str]
    aspects: frozenset[str]
    periods: frozenset[str]
    extents: frozenset[str]

    def may_name(self, make: _Make) -> bool:
        """Whether statements of such a make have the state, aspect, period and extent the entry asks for."""
        stated = (not self.states or make.state in self.states) and (not self.extents or make.extent in self.extents)
        return stated and make.aspect in self.aspects and make.period in self.periods

    def fits(self, said: _Said, words: str) -> bool:
        """Whether `words` of a statement, those behind it and its sentence are those the entry asks for."""
        return (
            (self.before is None or bool(self.before.search(words)))
            and (self.after is None or bool(self.after.search(said.statement.behind)))
            and (self.sentence is None or bool(self.sentence.search(said.sentence)))
            and (self.near is None or bool(self.near.search(said.headings + said.sentence)))
            and not (self.excluded and self.excluded.search(words))
        )


class _Make(NamedTuple):
    """What of a statement tells, before any words, which entries may name it."""

    kind: str
    unit: str
    aspect: str
    period: str
    state: str
    extent: str


@dataclass(frozen=True, slots=True)
class _Said:
    """A statement with the headings it stands under, the title of its table in their place where it has none, and what its sentence said
    before: `lead` all of it, `opening` the words that open the list it stands in.
    """

    statement: Statement
    sentence: str
    section: tuple[str, ...]
    headings: str
    lead: str = ""
    opening: str = ""

    @property
    def own(self) -> str:
        """The words since the figure before."""
        statement = self.statement
        return (statement.words if statement.mark == "、" else statement.ahead + statement.words)[-_REACH_BEFORE:]

    @property
    def in_cell(self) -> bool:
        return self.statement.sentence < 0 and self.statement.figure.kind in QUANTITIES


def work_facts(document: Document, figures: Sequence[Figure], spoken: Spoken, lines: pd.DataFrame) -> pd.DataFrame:
    """Return work_facts.csv: one row a statement that is no budget line, no plan for later years and no threshold, in reading order; what
    assets are worth is told by both.

    `spoken` is what they say. `value` and `unit` are as printed; `sector` is the trade (sectors.toml), `indicator` the entry of
    indicators.toml or '' where none fits, then `label` says in the text's own words what is measured. Targets, changes and figures of an
    earlier year are told by their label and have no indicator, unless an entry asks for them. Rows of `disaster_event` carry their date
    in `date` and their type in `label`. An empty template tells of no work, nor do contents pages and glossaries.
    """
    if kind_of(document) == "template":
        return make_table("work_facts", [])
    budget = _figures_of_lines(lines)
    namer = _Namer()
    rows: list[dict[str, object]] = []
    for said in _told(document, figures, spoken.statements):
        figure = said.statement.figure
        if figure_id(said.statement.index) in budget or document.is_aside(figure.start):
            continue
        name = namer.name(said)
        if name or (figure.kind in QUANTITIES and said.statement.aspect != "limit" and said.statement.period != "next"):
            rows.append({"fact_id": f"w{len(rows) + 1:03d}", **_row(said, _sector_of(said), name)})
    return make_table("work_facts", rows)


def _figures_of_lines(lines: pd.DataFrame) -> set[str]:
    of_budget = (row for row in records_in(lines) if row["book"] not in {"assets", "income"})
    return {identifier for row in of_budget for column in _FIGURE_COLUMNS for identifier in row[column].split()}


def _told(document: Document, figures: Sequence[Figure], statements: Sequence[Statement]) -> Iterator[_Said]:
    """Every statement with what its sentence said before it, and what is told without a quantity, in reading order."""
    lead, number, opening = "", -1, ""
    titles = [(table.span, document.text[: table.span[0]].rstrip(" |\t\n").rpartition("\n")[2]) for table in document.every_table]
    named = (place for place, figure in enumerate(figures) if figure.kind not in QUANTITIES and _names_for(*_kind_and_unit(figure)))
    apart = [_apart(document, figures, place) for place in named]
    for statement in sorted([*statements, *apart], key=lambda statement: statement.index):
        start, end = document.sentence_at(statement.figure.start)
        sentence = document.text[start : min(end, start + _LONGEST_SENTENCE)]
        section = document.section_at(statement.figure.start)
        headings = "".join(section) or _title_over(titles, statement.figure.start)
        if statement.sentence < 0:
            yield _Said(statement, sentence, section, headings)
            continue
        lead = lead if statement.sentence == number and statement.mark != "；" else ""
        listed = statement.sentence == number and statement.mark in _LISTED
        opening, number = opening if listed else statement.words, statement.sentence
        told = statement.ahead + statement.words
        yield _Said(statement, sentence, section, headings, (lead + told)[-_REACH_LEAD:], opening if listed else "")
        # What the parts of a list are of is no more told of what follows it.
        lead = lead if statement.part_of is not None else (lead + told)[-_REACH_LEAD:]


def _title_over(titles: Sequence[tuple[tuple[int, int], str]], start: int) -> str:
    """The line above the table a figure stands in; '' for a figure of prose."""
    place = bisect_right(titles, start, key=lambda entry: entry[0][0]) - 1
    return titles[place][1] if place >= 0 and start < titles[place][0][1] else ""


def _apart(document: Document, figures: Sequence[Figure], place: int) -> Statement:
    """What is told without a quantity: the date of an event, a stated none, a level."""
    figure = figures[place]
    start, end = document.sentence_at(figure.start)
    start = max(start, figure.start - _REACH_BEFORE, figures[place - 1].end if place else 0)
    statement = Statement(place, figure, figure.value or 0, figure.unit)
    statement.words = document.text[start : figure.end if figure.kind == "other" else figure.start]
    statement.behind = document.text[figure.end : min(end, figure.end + _REACH_BEHIND)]
    return statement


class _Namer:
    """Names statements one after the other; one that says nothing of its own is called as what it is a part or the whole of."""

    def __init__(self) -> None:
        self._names: dict[int, _Name] = {}
        self._parts: dict[int, set[_Name]] = {}

    def name(self, said: _Said) -> _Name | None:
        """The entry that names a statement."""
        statement = said.statement
        if _is_of_a_part(said) or (not said.in_cell and _OF_SEVERAL.search(said.lead)):
            return None
        make = _Make(*_kind_and_unit(statement.figure), statement.aspect, statement.period, statement.state, statement.extent)
        candidates, about = _candidates(make), _about(said)
        found = _first_fitting(candidates, said, about) or self._unspoken(said, about, candidates)
        if found and self._is_only_some(said, found):
            return None
        if found:
            self._names[statement.index] = found
            self._parts.setdefault(statement.part_of, set()).add(found)
        return found

    def _is_only_some(self, said: _Said, name: _Name) -> bool:
        """Whether it is a part of what has this name already: of a list, or of what is divided by kinds (按检查方式分，专项检查9家次).

        Parts that trades have are numbers of theirs.
        """
        whole = self._names.get(said.statement.part_of) if said.statement.part_of is not None else None
        if name.id == _OF_KINDS:
            return False
        divided = _DIVIDED.search(said.lead if said.statement.mark == "、" else said.own)
        some = (whole is not None and whole.id == name.id) or bool(divided and said.statement.aspect == "actual")
        return some and not _sector_in(said.own)

    def _unspoken(self, said: _Said, about: str, candidates: Sequence[_Name]) -> _Name | None:
        """The name by what a statement took over, where it says nothing of its own."""
        statement = said.statement
        if not said.in_cell:
            says_own = any("".join(pair) in statement.words for pair in pairwise(statement.measure))
            if says_own or statement.aspect in _MARKS:
                return None
            if statement.part_of is not None:
                # Of the parts of a whole, those that trades have in it are of its kind; others are only some of it.
                return self._names.get(statement.part_of) if _sector_in(said.own) else None
        parts = self._parts.get(statement.index, set())
        return next((name for name in candidates if name.before and parts <= {name} and name.fits(said, about)), None)


def _first_fitting(candidates: Sequence[_Name], said: _Said, about: str) -> _Name | None:
    """The first of some entries that the words of a statement fit, those that decide before the others."""
    for words in _spoken(said):
        for name in candidates:
            asked = about if name.states else words
            # Nearly all fall short of the words in front of the figure, which are asked for first.
            if (name.before is None or name.before.search(asked)) and name.fits(said, asked):
                return name
    return None


def _is_of_a_part(said: _Said) -> bool:
    """Whether a number is that of a town, of one level of the body or of a part of the year beside others, and not of the whole."""
    if said.in_cell:
        return bool(_PLACE.search("".join(said.statement.subject[-1:])))
    return bool(_OWN_LEVEL.search(said.statement.words))


def _spoken(said: _Said) -> Iterator[str]:
    """The words that may name a statement: its own clause decides, then what stands before it, then what opens its list."""
    if said.in_cell:
        return
    words = _NEARLY.sub("", said.statement.words)
    yield words
    if (own := _NEARLY.sub("", said.own)) != words:
        yield own
    if said.opening:
        yield said.opening + words


def _about(said: _Said) -> str:
    """What a statement is about; in cells the row says it, and of marks the row alone: the column has one of each."""
    statement = said.statement
    if said.in_cell:
        return "".join((*statement.subject[-1:], "" if statement.aspect in _MARKS else statement.measure))
    return "".join((*statement.scope, statement.measure))


def _kind_and_unit(figure: Figure) -> tuple[str, str]:
    if figure.kind == "money":
        return figure.kind, "元"
    if figure.kind == "other":
        return ("none" if figure.value == 0 and not figure.unit else "other"), figure.unit
    return figure.kind, "date" if figure.kind == "date" else amount_of(figure)[1] or figure.unit


@lru_cache(_REMEMBERED)
def _candidates(make: _Make) -> tuple[_Name, ...]:
    """The entries that statements of a make may be named by; most of all reports are of a few makes."""
    return tuple(name for name in _names_for(make.kind, make.unit) if name.may_name(make))


@cache
def _names_for(kind: str, unit: str) -> tuple[_Name, ...]:
    """The entries a figure of this kind and base unit may be named by, in the order of the catalogue."""
    return tuple(
        name
        for name in _catalogue()
        if (name.kind in (kind, "any") or (kind in QUANTITIES and not name.kind)) and (not name.units or unit in name.units)
    )


@cache
def _catalogue() -> tuple[_Name, ...]:
    return tuple(
        _Name(
            *(entry["id"], entry["area"], entry["label"], frozenset(entry.get("units", ())), entry.get("kind", "")),
            *(re.compile(entry[key]) if key in entry else None for key in ("before", "after", "sentence", "not", "near")),
            frozenset(entry.get("state", ())),
            frozenset(entry.get("aspect", _ASPECTS)),
            frozenset(entry.get("period", _PERIODS)),
            frozenset(entry.get("extent", ())),
        )
        for entry in load("indicators")["indicator"]
    )


def _row(said: _Said, sector: str, name: _Name | None) -> dict[str, object]:
    figure = said.statement.figure
    return {
        "area": name.area if name else _UNKNOWN,
        "sector": sector,
        "indicator": name.id if name else "",
        "label": _label(name, said),
        "value": figure.value,
        "unit": _unit(figure) if figure.kind != "date" else "",
        "qualifier": figure.qualifier,
        "date": figure.text if figure.kind == "date" else "",
        "figure_id": figure_id(said.statement.index),
        "source": "text",
        "sentence": said.sentence,
    }


def _unit(figure: Figure) -> str:
    """The unit as printed, with the other one that stands in a bracket right behind it: 台（套）, 家（艘）次."""
    known = load("units")["count"]["strong"]
    other = _OTHER_UNIT.match(figure.surroundings.text, figure.end) if figure.kind == "count" and figure.unit in known else None
    return figure.unit + other[0] if other and other[1] in known else figure.unit


def _label(name: _Name | None, said: _Said) -> str:
    statement = said.statement
    if name is None:
        return _own_label(statement) or said.sentence[:20]
    if name.id == _OF_KINDS:
        return _kind(statement) or name.label
    if name.id == "disaster_event":
        found = _EVENT_TYPE.match(statement.behind) or _EVENT_TYPE.search(said.sentence[said.sentence.find(statement.figure.text) :])
        return found[1].lstrip("”\"’'》") if found else name.label
    return name.label


def _kind(statement: Statement) -> str:
    """Which of several kinds: a part by what narrows it, else by its own words; anything else by what it counts."""
    if statement.part_of is None:
        return statement.measure
    return statement.scope[-1] if statement.scope else _LEADING_OVER.sub("", statement.words)


def _own_label(statement: Statement) -> str:
    """What is measured, with whose it is, what narrows it and which of its numbers it is, each said once."""
    label, because = "", statement.because
    before = because.get("period", "上年") if statement.period == "prior" else ""
    # The short sentence a paragraph begins with is an owner where it is as short as a name.
    owner = [
        name for name in statement.subject[-1:] if name not in statement.measure and (name != statement.lead or len(name) <= _LONGEST_NAME)
    ]
    number = because.get("aspect", "") if statement.aspect not in _ASPECTS else ""
    if statement.aspect == "share":
        number = f"占{because.get('base') or '比'}"
    for part in (before, *owner, *statement.scope, because.get("state") or _done(statement), statement.measure, number):
        label = label if part in label else label.removesuffix(part[: _shared(label, part)]) + part
    return label


def _done(statement: Statement) -> str:
    """The verb right before what is measured: 新增 of 新增停车位."""
    act, words = statement.act, statement.words
    return act if act and act not in statement.measure and (words.endswith(act) or act + statement.measure[:2] in words) else ""


def _shared(label: str, part: str) -> int:
    """How many characters `part` begins with are those `label` ends with."""
    lengths = range(min(len(label), len(part)), 0, -1) if part[:1] in label else ()
    return next((length for length in lengths if label.endswith(part[:length])), 0)


def _sector_of(said: _Said) -> str:
    """The trade named nearest to the figure: in its own words, in what it is about, alone in its sentence, or in a heading above it."""
    statement = said.statement
    if said.in_cell and "".join(statement.subject[-1:]).startswith(_LEFT_OVER):
        return _OTHER_TRADES
    if _any_sector().search(said.own):
        return _sector_in(said.own) or _EVERYTHING
    about = _sector_in("".join((*statement.subject, *statement.scope, statement.measure)))
    if about:
        return about
    named = [sector for sector, trade in _sector_words() if trade.search(said.lead)] if _any_sector().search(said.lead) else ()
    if len(named) == 1:
        return _sector_in(said.lead) or _EVERYTHING
    return next((sector for heading in reversed(said.section) if (sector := _sector_of_heading(heading))), _EVERYTHING)


@lru_cache(_REMEMBERED)
def _sector_of_heading(heading: str) -> str:
    """The trade a heading names; none where it joins it with something else: 药品和特种设备."""
    sector = _sector_in(heading)
    if not sector:
        return ""
    trade = dict(_sector_words())[sector]
    # 安全生产和消防: safety at work as a whole beside one trade.
    if any(_OF_ALL_TRADES.fullmatch(item) for item in names_of(without_number(heading))):
        return ""
    items = [_OF_SAFETY.sub("", item) for item in names_of(without_number(heading))]
    return sector if len(items) == 1 or all(len(item) < _SHORTEST_NAME or trade.search(item) for item in items) else ""


@lru_cache(_REMEMBERED)
def _sector_in(words: str) -> str:
    """The trade named last in `words`; '' where none or where it is one of a long list."""
    if not _any_sector().search(words):
        return ""
    found = [(match.start(), sector) for sector, pattern in _sector_words() for match in [*pattern.finditer(words)][-1:]]
    place, sector = max(found)
    return sector if len(found) <= 2 and not _is_one_of_several(words, place, dict(_sector_words())[sector]) else ""


def _is_one_of_several(words: str, place: int, trade: re.Pattern[str]) -> bool:
    """Whether the clause names other trades or places beside this one: “三小”场所、出租屋、工贸企业 are not all of 工贸."""
    before = words_before(words, place, "，；。：")
    behind = trade.sub("", words_behind(words, place, "，；。："), count=1)
    items = [item for item in names_of(before if _JOINED.search(before) else "") if item]
    others = [item for item in names_of(behind)[1:] if item]
    if any(_OTHER_PLACES.search(item) or (_any_sector().search(item) and not trade.search(item)) for item in (*items, *others)):
        return True
    # 学校和供水单位 are two kinds of places, 危险化学品生产、经营单位 is one.
    return any(_ANY_PLACE.search(item) for item in (*items, *(others if behind.startswith(_JOINTS) else ())))


@cache
def _any_sector() -> re.Pattern[str]:
    """Most words name no trade, which one look tells."""
    return re.compile("|".join(pattern.pattern for _, pattern in _sector_words()))


@cache
def _sector_words() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((entry["id"], re.compile("|".join(entry["words"]))) for entry in load("sectors")["sector"] if entry["words"])
