"""Figures of the work done → named facts: which trade, which indicator, with the sentence they stand in.

What the words around a figure mean is knowledge (indicators.toml, sectors.toml); here is only how they are looked up. A figure that no
indicator knows is kept with its own words as label, so nothing is lost.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

import pandas as pd

from selfeval.knowledge import load
from selfeval.reading.document import Document
from selfeval.reading.figures import QUANTITIES, Figure, amount_of, figure_id
from selfeval.reading.kind import kind_of
from selfeval.tables import make_table

_STOP = re.compile("[，。；！？\n]")
_EVERYTHING = "city"
_UNKNOWN = "other"
_FIGURE_COLUMNS = ("target_figure", "initial_figure", "adjusted_figure", "actual_figure")
_EVENT_TYPE = re.compile('[”"’\'》]?(?:[、和及][“"‘\'《][0-9.·]{3,5}[”"’\'》])*([^，。；、“”"\\d]{2,14}?(?:灾害|灾情|地震|过程|暴雨|降雨))')
_CLAUSE = re.compile("[，。；：:]")
# 倒塌16户42间, 培训26期、3820人: the second number has the words of the first.
_BETWEEN_UNITS = ("", "、")
# What only says how exact the number is stands between the words that name it and the number itself.
_NEARLY = re.compile("(?:至少|至多|大约|约|近|超过|不少于|不低于|不超过|不多于)$")
# Half-width marks between hanzi part words like the full-width ones the catalogue speaks of; a comma among digits does not.
_HALF_WIDTH = re.compile("[,;:](?=[\u4e00-\u9fff“（])|(?<=[\u4e00-\u9fff%”）])[,;:]")
_FULL_WIDTH = {",": "，", ";": "；", ":": "："}
_OWN_WORDS = re.compile("[^，。；：、\\s0-9]{1,6}、")
_Span = tuple[int, int]
_REACH_BEFORE, _REACH_LEAD = 80, 200
_REACH_AFTER, _REACH_AFTER_DATE = 30, 60
_LONGEST_SENTENCE = 600


@dataclass(frozen=True, slots=True)
class _Indicator:
    id: str
    area: str
    label: str
    units: frozenset[str]
    kind: str
    before: re.Pattern[str] | None
    after: re.Pattern[str] | None
    sentence: re.Pattern[str] | None
    excluded: re.Pattern[str] | None

    def fits(self, near: str, after: str, sentence: str) -> bool:
        """Whether the words around a figure are those this entry asks for."""
        return (
            (self.before is None or bool(self.before.search(near)))
            and (self.after is None or bool(self.after.search(after)))
            and (self.sentence is None or bool(self.sentence.search(sentence)))
            and not (self.excluded and self.excluded.search(near))
        )


@dataclass(frozen=True, slots=True)
class _Context:
    """A figure with the words around it.

    `near` goes from the previous quantity of its sentence to it, `after` up to the next stop; `opening` is the words before the first
    figure of the list it stands in (出动 … 3辆、救援人员12人).
    """

    index: int
    figure: Figure
    near: str
    opening: str
    after: str
    lead: str
    sentence: str
    headings: tuple[str, ...]


def work_facts(document: Document, figures: Sequence[Figure], lines: pd.DataFrame) -> pd.DataFrame:
    """Return work_facts.csv: one row a figure that is no budget line, in reading order.

    `value` and `unit` are as printed; `sector` is the trade (sectors.toml), `indicator` the entry of indicators.toml or '' where none fits,
    then `label` is what the text itself says is measured. Rows of `disaster_event` carry their date in `date` and their type in `label`.
    An empty template tells of no work, nor do contents pages and glossaries.
    """
    if kind_of(document) == "template":
        return make_table("work_facts", [])
    budget = _figures_of_lines(lines)
    rows: list[dict[str, object]] = []
    previous: dict[str, object] = {}
    for context in _contexts(document, figures):
        if figure_id(context.index) in budget or document.is_aside(context.figure.start):
            continue
        row = _row(context, previous)
        if row:
            rows.append({"fact_id": f"w{len(rows) + 1:03d}", **row})
            previous = rows[-1]
    return make_table("work_facts", rows)


def _figures_of_lines(lines: pd.DataFrame) -> set[str]:
    return {identifier for column in _FIGURE_COLUMNS for cell in lines[column] for identifier in cell.split()}


def _contexts(document: Document, figures: Sequence[Figure]) -> Iterator[_Context]:
    """Every figure that may be a fact, with its words; linear, since each sentence is looked at once per figure in it."""
    text = _with_full_width_marks(document.text)
    sentence = near = opening = (-1, -1)
    previous_end = -1
    stopped, looked = False, 0
    for index, figure in enumerate(figures):
        if figure.start >= sentence[1]:
            sentence = document.sentence_at(figure.start)
            previous_end = -1
        if previous_end < 0 or figure.start - previous_end > 1 or text[previous_end : figure.start] not in _BETWEEN_UNITS:
            near = (max(_end_of_own_words(text, previous_end), sentence[0], figure.start - _REACH_BEFORE), figure.start)
            stopped, looked = stopped or bool(_STOP.search(text, looked, figure.start)), figure.start
            if previous_end < 0 or stopped:
                opening = near
        yield _context(document, text, index, figure, sentence, near, opening)
        if figure.kind in QUANTITIES and figure.qualifier != "range_low":
            previous_end = looked = figure.end
            stopped = False


def _end_of_own_words(text: str, end: int) -> int:
    """Where the words that follow a figure as its own end: 死亡 of 5人死亡、9人受伤."""
    own = _OWN_WORDS.match(text, end) if end >= 0 else None
    return own.end() if own else end


def _with_full_width_marks(text: str) -> str:
    return _HALF_WIDTH.sub(lambda match: _FULL_WIDTH[match[0]], text)


def _context(document: Document, text: str, index: int, figure: Figure, sentence: _Span, near: _Span, opening: _Span) -> _Context:
    start, end = sentence
    reach = figure.end + (_REACH_AFTER_DATE if figure.kind == "date" else _REACH_AFTER)
    stop = _STOP.search(text, figure.end, reach)
    return _Context(
        index,
        figure,
        text[near[0] : figure.end if figure.kind == "other" else near[1]],
        _CLAUSE.split(text[slice(*opening)])[-1] if opening != near else "",
        text[figure.end : stop.start() if stop else reach],
        text[max(start, figure.start - _REACH_LEAD) : figure.start],
        document.text[start : min(end, start + _LONGEST_SENTENCE)],
        document.section_at(figure.start),
    )


def _row(context: _Context, previous: dict[str, object]) -> dict[str, object] | None:
    figure = context.figure
    sector = _sector_of(context)
    indicator = _indicator_of(context)
    if indicator is None and figure.kind not in QUANTITIES:
        return None
    row = {
        "area": indicator.area if indicator else _UNKNOWN,
        "sector": sector,
        "indicator": indicator.id if indicator else "",
        "label": _label(indicator, context),
        "value": figure.value,
        "unit": figure.unit if figure.kind != "date" else "",
        "qualifier": figure.qualifier,
        "date": figure.text if figure.kind == "date" else "",
        "figure_id": figure_id(context.index),
        "source": "text",
        "sentence": context.sentence,
    }
    return row | _inherited(context, row, previous)


def _inherited(context: _Context, row: dict[str, object], previous: dict[str, object]) -> dict[str, object]:
    """其中危化12起、工贸38起: a bare trade name takes the indicator of the figure whose parts these are."""
    names_trade = _sector_in(context.near) and len(context.near.strip("，、：:；。其中 ")) <= 8
    same = previous and previous["sentence"] == row["sentence"] and previous["unit"] == row["unit"]
    if row["indicator"] or not names_trade or not same or not previous["indicator"]:
        return {}
    return {key: previous[key] for key in ("area", "indicator", "label")}


def _indicator_of(context: _Context) -> _Indicator | None:
    figure = context.figure
    key = "date" if figure.kind == "date" else _base_unit(figure)
    candidates = _indicators_for(figure.kind if figure.kind in QUANTITIES else _special_kind(figure), key)
    # The figure's own clause decides; only where it names nothing do the words before it, then those that open its list.
    near_words = _NEARLY.sub("", context.near)
    spoken = [_CLAUSE.split(near_words)[-1], near_words]
    if context.opening:
        spoken.append(context.opening + near_words)
    for near in spoken:
        for indicator in candidates:
            if indicator.fits(near, context.after, context.sentence):
                return indicator
    return None


def _special_kind(figure: Figure) -> str:
    if figure.kind == "other":
        return "none" if figure.value == 0 and not figure.unit else "other"
    return figure.kind


def _base_unit(figure: Figure) -> str:
    return "元" if figure.kind == "money" else amount_of(figure)[1] or figure.unit


@cache
def _indicators_for(kind: str, unit: str) -> tuple[_Indicator, ...]:
    """The indicators a figure of this kind and base unit may be, in the order of the catalogue."""
    return tuple(
        indicator
        for indicator in _catalogue()
        if (indicator.kind in (kind, "any") or (kind in QUANTITIES and not indicator.kind))
        and (not indicator.units or unit in indicator.units)
    )


@cache
def _catalogue() -> tuple[_Indicator, ...]:
    return tuple(
        _Indicator(
            entry["id"],
            entry["area"],
            entry["label"],
            frozenset(entry.get("units", ())),
            entry.get("kind", ""),
            *(re.compile(entry[key]) if key in entry else None for key in ("before", "after", "sentence", "not")),
        )
        for entry in load("indicators")["indicator"]
    )


def _label(indicator: _Indicator | None, context: _Context) -> str:
    if indicator is None:
        return context.figure.measure or context.sentence[:20]
    if indicator.id == "permit_type":
        return context.figure.measure or indicator.label
    if indicator.id == "disaster_event":
        found = _EVENT_TYPE.match(context.after) or _EVENT_TYPE.search(context.sentence[context.sentence.find(context.figure.text) :])
        return found[1].lstrip("”\"’'》") if found else indicator.label
    return indicator.label


def _sector_of(context: _Context) -> str:
    """The trade named nearest to the figure: in its own words, alone in its sentence, or in a heading above it."""
    own = _sector_in(context.near)
    if own:
        return own
    named = _sectors_in(context.lead)
    if len(named) == 1:
        return named.pop()
    return next((sector for heading in reversed(context.headings) if (sector := _sector_in(heading))), _EVERYTHING)


def _sector_in(words: str) -> str:
    """The trade named last in `words`; '' where none or where it is one of a long list."""
    if not _any_sector().search(words):
        return ""
    found = [(match.start(), sector) for sector, pattern in _sector_words() for match in [*pattern.finditer(words)][-1:]]
    return max(found)[1] if found and len(found) <= 2 else ""


def _sectors_in(words: str) -> set[str]:
    return {sector for sector, pattern in _sector_words() if pattern.search(words)}


@cache
def _any_sector() -> re.Pattern[str]:
    """Most words name no trade, which one look tells."""
    return re.compile("|".join(pattern.pattern for _, pattern in _sector_words()))


@cache
def _sector_words() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((entry["id"], re.compile("|".join(entry["words"]))) for entry in load("sectors")["sector"] if entry["words"])
