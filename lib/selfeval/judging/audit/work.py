"""Work told in numbers that fit together only with a word of explanation: nothing here is certain, so nothing here is a difference."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from selfeval.judging.report import Fact, Finding, Material, Mention, Numbers, amount, finding, listed
from selfeval.knowledge import load
from selfeval.quantity import total
from selfeval.reading.clauses import STOPS, words_before


def usual_order(material: Material) -> Iterator[Finding]:
    """Pairs in which one number is usually no smaller than the other, such as instructions issued and units found at fault."""
    for entry in load("checks")["usual"]:
        for sector in material.sectors:
            less, more = (material.facts_of(*entry[side], sector=sector) for side in ("less", "more"))
            if less and more and less[0].sentence == more[0].sentence:
                yield _usual(material, entry, less[0], more[0])


def _usual(material: Material, entry: dict[str, Any], less: Fact, more: Fact) -> Finding:
    gap = less.quantity.value - more.quantity.value
    verdict = "agrees" if gap <= 0 else "flag"
    numbers = Numbers(more.quantity.value, less.quantity.value, -gap, None, more.base_unit)
    figures = [more.figure_id, less.figure_id]
    return finding(
        material, entry["rule"], verdict, figures, numbers, less=_spoken(less), more=_spoken(more), gap=amount(abs(gap), more.base_unit)
    )


def _spoken(fact: Fact) -> str:
    return f"{fact.name} {amount(fact.quantity.value, fact.base_unit, fact.qualifier)}"


def registers(material: Material) -> Iterator[Finding]:
    """What is granted one by one (renewed, new) against the register of what was handled."""
    for entry in load("checks")["register"]:
        for sector in material.sectors:
            parts = [facts[0] for indicator in entry["parts"] if (facts := material.facts_of(indicator, sector=sector))]
            wholes = material.facts_of(entry["whole"], sector=sector)
            if len(parts) == len(entry["parts"]) and len(wholes) == 1:
                summed, whole = total(part.quantity for part in parts), wholes[0].quantity
                gap = whole.value - summed.value
                numbers = Numbers(whole.value, summed.value, gap, Decimal(0), wholes[0].base_unit, (whole.bound, summed.bound))
                figures = [wholes[0].figure_id, *(part.figure_id for part in parts)]
                spoken = listed(_spoken(part) for part in parts)
                yield finding(material, "register", "flag" if gap else "agrees", figures, numbers, whole=wholes[0].name, parts=spoken)


def calibers(material: Material) -> Iterator[Finding]:
    """Two numbers of nearly the same thing, in different places: what tells them apart has to be said."""
    for entry in load("checks")["caliber"]:
        for sector in material.sectors:
            first, second = (_in_words(material, indicator, sector, entry["words"]) for indicator in entry["indicators"])
            if first and second and first[0].quantity.value != second[0].quantity.value and first[0].sentence != second[0].sentence:
                figures = [first[0].figure_id, second[0].figure_id]
                yield finding(material, "caliber", "flag", figures, first=_spoken(first[0]), second=_spoken(second[0]))


def _in_words(material: Material, indicator: str, sector: str, wanted: str) -> list[Fact]:
    """The facts whose own words are near enough to be taken for the other."""
    facts = material.facts_of(indicator, sector=sector)
    return [fact for fact in facts if (mention := material.mention(fact.figure_id)) and re.search(wanted, mention.lead)]


def own_findings_left_out(material: Material) -> Iterator[Finding]:
    """A trade's total that equals what the inspections found, beside what the firms found themselves: is that in the total?"""
    for sector in material.sectors:
        own = material.facts_of("hazards_major_self_found", sector=sector)
        found = material.facts_of("hazards_major", sector=sector)
        if own and len(found) > 1 and len({fact.value for fact in found}) == 1:
            figures = [found[-1].figure_id, own[0].figure_id, found[0].figure_id]
            both = own[0].quantity.value + found[0].quantity.value
            numbers = Numbers(found[-1].quantity.value, both, found[-1].quantity.value - both, Decimal(0), found[-1].base_unit)
            yield finding(material, "own_left_out", "flag", figures, numbers, own=_spoken(own[0]), total=_spoken(found[-1]))


def needs(material: Material) -> Iterator[Finding]:
    """A need that is counted, with no word of how much of it was met."""
    rules = load("checks")["needs"]
    for mention in material.mentions:
        needed = mention.figure.kind == "count" and re.search(rules["needed"], mention.lead)
        if needed and not _is_met(material.document.sentence(mention.figure.start)):
            kind = material.document.section_kind_at(mention.figure.start)
            if kind not in load("checks")["years"]["plans"]:
                what = words_before(mention.lead, len(mention.lead), f"{STOPS}，：、").strip() or mention.figure.measure
                yield finding(material, "need", "not_checkable", [mention.id], Numbers(mention.amount, unit=mention.unit), what=what)


def _is_met(sentence: str) -> bool:
    """Does the sentence say how much of a need was met?"""
    return bool(re.search(load("checks")["needs"]["met"], sentence))


def all_done(material: Material) -> Iterator[Finding]:
    """发现9条，已全部整改到位: everything found is said to be done, and a rate beside it must be 100 %."""
    rules = load("checks")["all_done"]
    for paragraph in material.paragraphs:
        for index, mention in enumerate(paragraph):
            after = material.document.text[mention.figure.end : mention.figure.end + 24]
            if mention.figure.kind == "count" and re.search(rules["thing"], mention.lead) and re.match(rules["done"], after):
                rate = next((later for later in paragraph[index + 1 : index + 2] if _is_rate_of(mention, later)), None)
                if rate is None:
                    numbers = Numbers(mention.amount, mention.amount, Decimal(0), Decimal(0), mention.unit)
                    yield finding(material, "all_done", "agrees", [mention.id], numbers, what=mention.figure.measure)
                else:
                    gap = rate.amount - 100
                    numbers = Numbers(rate.amount, Decimal(100), gap, Decimal(0), "%")
                    verdict = "differs" if gap else "agrees"
                    yield finding(material, "all_done_rate", verdict, [rate.id, mention.id], numbers, what=_spoken_mention(mention))


def _is_rate_of(mention: Mention, later: Mention) -> bool:
    return later.is_percent and later.sentence == mention.sentence and bool(re.search(load("checks")["all_done"]["rate"], later.lead))


def _spoken_mention(mention: Mention) -> str:
    return f"{mention.figure.measure} {amount(mention.amount, mention.unit, mention.figure.qualifier)}"


def zeros_without_total(material: Material) -> Iterator[Finding]:
    """零差评、零投诉: nothing is said unless it is said of how many."""
    rules = load("checks")["zeros"]
    found = [fact for fact in material.facts_of(*rules["indicators"]) if not fact.value]
    if found and not material.facts_of(*rules["totals"]):
        names = listed(dict.fromkeys(fact.label for fact in found))
        yield finding(material, "zeros", "not_checkable", [fact.figure_id for fact in found], names=names)


def events_left_out(material: Material) -> Iterator[Finding]:
    """Emergencies told by their date that are not among the disasters the report lists."""
    rules = load("checks")["events"]
    listed_dates = {fact.date for fact in material.facts if fact.indicator in rules["listed"] and fact.date}
    if len(listed_dates) < 2:
        return
    for identity, figure in material.numbered_figures():
        date = figure.text.strip("“”\"'‘’")
        start, end = material.document.sentence_at(figure.start)
        around = material.document.text[max(start, figure.start - 2) : min(end, figure.end + 30)]
        if (
            figure.kind == "date"
            and re.fullmatch(r"\d{1,2}\.\d{1,2}", date)
            and date not in listed_dates
            and re.search(rules["danger"], around)
        ):
            yield finding(material, "event_left_out", "flag", [identity], date=date, listed=listed(sorted(listed_dates)))
