"""Chapter 六, the work done: facts by field and trade, and how much of the plan was done."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from selfeval import blocks, words
from selfeval.blocks import Block, to_fill
from selfeval.knowledge import load

from .amounts import percent, quantity, sentence
from .headed import under_own_headings
from .year import Row, Year, resting_on, text

_HERE = "work"
_EVERYWHERE = "city"
_RATES = (
    ("work_completion_rate", "work_completed", "work_planned"),
    ("work_timeliness_rate", "work_timely", "work_planned"),
    ("work_quality_rate", "work_good", "work_planned"),
    ("key_work_rate", "key_completed", "key_assigned"),
)


def work(year: Year) -> Iterator[Block]:
    """What was done: in the words of the received report, then what the tables have beyond it; a place left open without either."""
    own = [said for said in year.said if said.place == _HERE]
    told = frozenset(figure for said in year.said for figure in said.figures)
    facts = [fact for fact in year.facts() if _is_work(fact) and (not own or _is_beyond(fact, told))]
    planned = [*_planned(year)]
    if planned:
        yield blocks.paragraph("；".join(planned) + "。")
    if not facts and not planned and not own:
        yield blocks.paragraph(to_fill(text("open", "work")))
    headed = yield from under_own_headings(own)
    yield from _typed(facts, headed)


def _is_beyond(fact: Row, told: frozenset[str]) -> bool:
    """Whether a fact was typed and stands in no sentence that is carried over."""
    return fact.source == "table" and told.isdisjoint(fact.figure_id.split())


def _typed(facts: Sequence[Row], headed: int) -> Iterator[Block]:
    """Facts of the tables, a heading a field, a paragraph a trade."""
    known = [area for area in words.areas() if any(fact.area == area for fact in facts)]
    areas = dict.fromkeys([*known, *(fact.area for fact in facts)])
    for number, area in enumerate(areas, start=headed + 1):
        yield blocks.heading(3, f"{number}.{words.area(area)}")
        yield from _area([fact for fact in facts if fact.area == area])


def _is_work(fact: Row) -> bool:
    """Whether a fact is told here: not what stands elsewhere in the report, not what is no number of work done."""
    said = load("narrative")["work"]
    return fact.indicator not in said["no_work"] and (fact.source == "table" or fact.area not in said["left_out"])


def _planned(year: Year) -> Iterator[str]:
    for metric, done, planned in _RATES:
        upper, lower = year.base(done), year.base(planned)
        if upper is None or lower is None or upper.actual is None or not lower.actual:
            continue
        named = [f"{row.item}{quantity(row.actual, row.unit)}" for row in (lower, upper)]
        rate = percent(upper.actual, lower.actual)
        name = next(entry["label"] for entry in load("budget_metrics")["official"] if entry["id"] == metric)
        yield "，".join([*named, text("work", "rate", name=name, rate=rate, numerator=upper.item, denominator=lower.item)])


def _area(facts: Sequence[Row]) -> Iterator[Block]:
    """The whole territory first; each trade under a heading of its own, so that it cannot be taken for the one before."""
    yield from _told([fact for fact in facts if fact.sector in {"", _EVERYWHERE}])
    sectors = [sector for sector in dict.fromkeys(fact.sector for fact in facts) if sector not in {"", _EVERYWHERE}]
    for number, sector in enumerate(sectors, start=1):
        yield blocks.heading(4, text("work", "sector", number=number, sector=words.sector(sector)))
        yield from _told([fact for fact in facts if fact.sector == sector])


def _told(facts: Sequence[Row]) -> Iterator[Block]:
    events = [fact for fact in facts if fact.date and fact.value is None]
    alone = [fact for fact in facts if fact.indicator in load("narrative")["work"]["alone"]]
    together = [fact for fact in facts if fact not in events and fact not in alone]
    told = sentence(*map(fact_words, _ranges(together))) + "".join(sentence(fact_words(fact)) for fact in alone)
    if told:
        yield blocks.paragraph(told, resting_on(*together, *alone))
    if events:
        listed = "、".join(text("work", "event", date=words.date(fact.date), label=fact.label) for fact in events)
        yield blocks.paragraph(text("work", "events", events=listed))


def _ranges(facts: Sequence[Row]) -> Iterator[Row]:
    """The facts, the two ends of a range as one: 3至5名."""
    ends = iter([*facts, None])
    fact = next(ends)
    while fact is not None:
        following = next(ends)
        if following is not None and _is_range(fact, following):
            shown = text("work", "range", low=words.number(fact.value), high=quantity(following.value, following.unit))
            yield fact._replace(unit=shown, qualifier="range")
            following = next(ends)
        else:
            yield fact
        fact = following


def _is_range(low: Row, high: Row) -> bool:
    ends = (low.qualifier, high.qualifier) == ("range_low", "range_high")
    return ends and low.indicator == high.indicator and low.value is not None and high.value is not None


def fact_words(fact: Row) -> str:
    """One fact as the report says it: 排查发现隐患211条; '' for what is no quantity."""
    if fact.value is None or (not fact.value and not fact.unit):
        return ""
    said = fact.unit if fact.qualifier == "range" else quantity(fact.value, fact.unit, fact.qualifier)
    phrase = load("narrative")["phrases"].get(fact.indicator)
    return phrase.format(quantity=said) if phrase else fact.label + said
