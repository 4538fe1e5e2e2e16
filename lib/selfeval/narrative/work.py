"""Chapter 六, the work done: facts by field and trade, and how much of the plan was done."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import cache

from .. import blocks, words
from ..blocks import Block, to_fill
from ..knowledge import load
from .amounts import percent, quantity
from .year import Row, Year, text

_EVERYWHERE = "city"
_RATES = (
    ("work_completion_rate", "work_completed", "work_planned"),
    ("work_timeliness_rate", "work_timely", "work_planned"),
    ("work_quality_rate", "work_good", "work_planned"),
    ("key_work_rate", "key_completed", "key_assigned"),
)


def work(year: Year) -> Iterator[Block]:
    """What was done, a heading a field, a paragraph a trade; a place to fill in where the tables know of no work."""
    facts = [fact for fact in year.facts() if fact.area not in load("narrative")["work"]["left_out"]]
    planned = [*_planned(year)]
    if planned:
        yield blocks.paragraph("；".join(planned) + "。")
    if not facts and not planned:
        yield blocks.paragraph(to_fill(text("open", "work")))
    areas = [area for area in words.areas() if any(fact.area == area for fact in facts)]
    for number, area in enumerate(areas, start=1):
        yield blocks.heading(3, f"{number}.{words.area(area)}")
        yield from _area([fact for fact in facts if fact.area == area])


def _planned(year: Year) -> Iterator[str]:
    for metric, done, planned in _RATES:
        upper, lower = year.base(done), year.base(planned)
        if upper is None or lower is None or upper.actual is None or not lower.actual:
            continue
        named = [f"{row.item}{quantity(row.actual, row.unit)}" for row in (lower, upper)]
        rate = percent(upper.actual, lower.actual)
        name = next(entry["label"] for entry in load("budget_metrics")["official"] if entry["id"] == metric)
        yield "，".join([*named, text("work", "rate", name=name, rate=rate, numerator=upper.item, denominator=lower.item)])


def _area(facts: Iterable[Row]) -> Iterator[Block]:
    facts = list(facts)
    for sector in dict.fromkeys(fact.sector for fact in facts):
        chosen = [fact for fact in facts if fact.sector == sector]
        events = [fact for fact in chosen if fact.date and fact.value is None]
        told = "，".join(filter(None, (fact_words(fact) for fact in chosen if fact not in events)))
        if told and sector in {"", _EVERYWHERE}:
            yield blocks.paragraph(text("work", "everywhere", facts=told))
        elif told:
            yield blocks.paragraph(text("work", "sector", sector=words.sector(sector), facts=told))
        if events:
            listed = "、".join(text("work", "event", date=words.date(fact.date), label=fact.label) for fact in events)
            yield blocks.paragraph(text("work", "events", events=listed))


def fact_words(fact: Row) -> str:
    """One fact as the report says it: 排查发现隐患211条; '' for what is no quantity."""
    if fact.value is None or (not fact.value and not fact.unit):
        return ""
    return _phrase(fact) + quantity(fact.value, fact.unit, fact.qualifier)


def _phrase(fact: Row) -> str:
    return _phrases().get(fact.indicator, fact.label)


@cache
def _phrases() -> dict[str, str]:
    return load("narrative").get("phrases", {})


def is_known(value: Decimal | None) -> bool:
    """Whether a cell of the base data is filled."""
    return value is not None
