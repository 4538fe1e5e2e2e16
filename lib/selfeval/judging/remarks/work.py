"""Work told in numbers that fit together only with a word of explanation: nothing here is certain, so nothing here is a difference."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from selfeval.judging.report import Fact, Finding, Material, finding
from selfeval.knowledge import load
from selfeval.quantity import total
from selfeval.reading.clauses import STOPS, words_before
from selfeval.records.findings import Numbers
from selfeval.words import quantity


def work(material: Material) -> Iterator[Finding]:
    """Numbers of one trade that are usually no smaller than others, add up to others, or are of nearly the same thing."""
    for relation, told in (("usual", _usual), ("register", _register), ("caliber", _caliber), ("found_anew", _found_anew)):
        for entry in load("remarks")[relation]:
            for sector in material.sectors:
                yield from told(material, entry, *([*material.facts_of(name, sector=sector)] for name in entry["indicators"]))


def _spoken(fact: Fact) -> str:
    return f"{fact.name} {quantity(fact.quantity.value, fact.base_unit, fact.qualifier)}"


def _usual(material: Material, entry: dict[str, Any], less: list[Fact], more: list[Fact]) -> Iterator[Finding]:
    """The one is usually no smaller than the other, such as instructions issued and units found at fault."""
    if less and more and less[0].sentence == more[0].sentence:
        low, high, unit = less[0].quantity.value, more[0].quantity.value, more[0].base_unit
        said = {"less": _spoken(less[0]), "more": _spoken(more[0]), "gap": quantity(abs(low - high), unit)}
        figures = [more[0].figure_id, less[0].figure_id]
        verdict = "agrees" if low <= high else "flag"
        yield finding(material, entry["rule"], verdict, figures, Numbers.of(high, low, unit, None), **said)


def _register(material: Material, _: dict[str, Any], wholes: list[Fact], *parts: list[Fact]) -> Iterator[Finding]:
    """What is granted one by one (renewed, new) against the register of what was handled."""
    if len(wholes) == 1 and all(parts):
        whole, firsts = wholes[0], [facts[0] for facts in parts]
        stated, summed = whole.quantity, total(part.quantity for part in firsts)
        gap = stated.value - summed.value
        numbers = Numbers(stated.value, summed.value, gap, Decimal(0), whole.base_unit, (stated.bound, summed.bound))
        figures = [fact.figure_id for fact in (whole, *firsts)]
        said = {"whole": whole.name, "parts": "、".join(map(_spoken, firsts))}
        yield finding(material, "register", "flag" if gap else "agrees", figures, numbers, **said)


def _caliber(material: Material, entry: dict[str, Any], *sides: list[Fact]) -> Iterator[Finding]:
    """Two numbers of nearly the same thing, in different places: what tells them apart has to be said."""
    leads = {fact: mention.lead for facts in sides for fact in facts if (mention := material.mention(fact.figure_id))}
    near = [[fact for fact in facts if fact in leads and re.search(entry["words"], leads[fact])] for facts in sides]
    if all(near):
        first, second = (facts[0] for facts in near)
        if first.quantity.value != second.quantity.value and first.sentence != second.sentence:
            figures = [first.figure_id, second.figure_id]
            yield finding(material, "caliber", "flag", figures, first=_spoken(first), second=_spoken(second))


def _found_anew(material: Material, _: dict[str, Any], own: list[Fact], found: list[Fact]) -> Iterator[Finding]:
    """A trade's total that equals what the inspections found, beside what the firms found themselves: is that in the total?"""
    if own and len(found) > 1 and len({fact.value for fact in found}) == 1:
        whole, both = found[-1], own[0].quantity.value + found[0].quantity.value
        numbers = Numbers.of(whole.quantity.value, both, whole.base_unit)
        figures = [whole.figure_id, own[0].figure_id, found[0].figure_id]
        yield finding(material, "own_left_out", "flag", figures, numbers, own=_spoken(own[0]), total=_spoken(whole))


def needs(material: Material) -> Iterator[Finding]:
    """A need that is counted, with no word of how much of it was met."""
    rules, plans = load("remarks")["needs"], load("remarks")["years"]["plans"]
    for mention in material.mentions:
        document, start = material.document, mention.figure.start
        needed = mention.figure.kind == "count" and re.search(rules["needed"], mention.lead)
        if needed and not re.search(rules["met"], document.sentence(start)) and document.section_kind_at(start) not in plans:
            what = words_before(mention.lead, len(mention.lead), f"{STOPS}，：、").strip() or mention.figure.measure
            yield finding(material, "need", "not_checkable", [mention.id], Numbers(mention.amount, unit=mention.unit), what=what)


def zeros_without_total(material: Material) -> Iterator[Finding]:
    """零差评、零投诉: nothing is said unless it is said of how many."""
    rules = load("remarks")["zeros"]
    found = [fact for fact in material.facts_of(*rules["indicators"]) if not fact.value]
    if found and not material.facts_of(*rules["totals"]):
        names = "、".join(dict.fromkeys(fact.label for fact in found))
        yield finding(material, "zeros", "not_checkable", [fact.figure_id for fact in found], names=names)


def events_left_out(material: Material) -> Iterator[Finding]:
    """Emergencies told by their date that are not among the disasters the report lists."""
    rules = load("remarks")["events"]
    known = {fact.date for fact in material.facts if fact.indicator in rules["listed"] and fact.date}
    for identity, figure in material.numbered_figures() if len(known) > 1 else ():
        date = figure.text.strip("“”\"'‘’")
        if figure.kind == "date" and re.fullmatch(r"\d{1,2}\.\d{1,2}", date) and date not in known:
            start, end = material.document.sentence_at(figure.start)
            around = material.document.text[max(start, figure.start - 2) : min(end, figure.end + 30)]
            if re.search(rules["danger"], around):
                yield finding(material, "event_left_out", "flag", [identity], date=date, listed="、".join(sorted(known)))
