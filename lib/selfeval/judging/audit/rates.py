"""Percentages that cannot be, and those whose base is nowhere given."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from selfeval.judging.report import Finding, Material, Mention, finding
from selfeval.knowledge import load, pattern
from selfeval.records.findings import Numbers
from selfeval.words import quantity

_HUNDRED = Decimal(100)
_LONGEST_LABEL = 60


def out_of_range(material: Material) -> Iterator[Finding]:
    """Shares of a whole above 100 %; where the two numbers in front of one make it, they are what cannot be."""
    for paragraph in material.paragraphs:
        for index, mention in enumerate(paragraph):
            above = mention.is_percent and mention.amount > _HUNDRED
            label = _rate_word(material, mention) if above else ""
            if label and pattern("checks", "rates", "capped").search(label):
                whole, part = _made_of(paragraph[max(0, index - 2) : index], mention) or (None, None)
                if part and whole:
                    numbers = Numbers.of(part.amount, whole.amount, part.unit)
                    figures = [mention.id, part.id, whole.id]
                    yield finding(material, "part_over_whole", "flag", figures, numbers, label=label, rate=mention.figure.text)
                else:
                    numbers = Numbers.of(mention.amount, _HUNDRED, "%")
                    yield finding(material, "over_hundred", "flag", [mention.id], numbers, label=label)


def _made_of(before: Sequence[Mention], rate: Mention) -> tuple[Mention, Mention] | None:
    """The whole and the part in front of a rate that make it, None where those there do not."""
    if len(before) < 2 or any(each.sentence != rate.sentence or each.unit != before[0].unit or not each.amount for each in before):
        return None
    whole, part = sorted(before, key=lambda each: each.amount)
    return (whole, part) if abs(part.amount / whole.amount * _HUNDRED - rate.amount) <= Decimal(1).scaleb(rate.figure.exponent) else None


def bare_hundreds(material: Material) -> Iterator[Finding]:
    """100 % of a number that is nowhere given; said twice in one sentence (目标100%，实际100%) it is one finding."""
    seen: set[tuple[tuple[int, int], str]] = set()
    for paragraph in material.paragraphs:
        for index, mention in enumerate(paragraph):
            whole = mention.is_percent and mention.amount == _HUNDRED and mention.figure.qualifier == "exact"
            if whole and not _has_numbers_before(paragraph, index):
                label = _rate_word(material, mention) or mention.tail.strip(" 的") or mention.figure.measure
                if (mention.sentence, label) not in seen:
                    yield finding(material, "bare_hundred", "not_checkable", [mention.id], Numbers(mention.amount, unit="%"), label=label)
                seen.add((mention.sentence, label))


def _has_numbers_before(paragraph: Sequence[Mention], index: int) -> bool:
    """Whether a number the rate may be of stands before it, in its sentence or in the last one before that has any."""
    rate, reach = paragraph[index], load("checks")["rates"]["reach"]
    before = [mention for mention in paragraph[max(0, index - reach) : index][::-1] if not mention.is_percent]
    earlier = next((mention.sentence for mention in before if mention.sentence != rate.sentence), rate.sentence)
    return any(mention.sentence in (rate.sentence, earlier) and mention.figure.qualifier == "exact" for mention in before)


def _rate_word(material: Material, mention: Mention) -> str:
    """The last word before the figure, in its sentence, that names a rate; '' where the figure is called otherwise."""
    start = max(mention.sentence[0], mention.figure.start - _LONGEST_LABEL)
    found = re.findall(load("checks")["rates"]["label"], material.document.text[start : mention.figure.start])
    return found[-1] if found and not pattern("checks", "rates", "of_another").search(mention.lead) else ""


def all_done(material: Material) -> Iterator[Finding]:
    """发现9条，已全部整改到位: everything found is said to be done, and a rate beside it must be 100 %."""
    rules = load("checks")["all_done"]
    for paragraph in material.paragraphs:
        for index, mention in enumerate(paragraph):
            after = material.document.text[mention.figure.end : mention.figure.end + 24]
            if mention.figure.kind == "count" and re.search(rules["thing"], mention.lead) and re.match(rules["done"], after):
                rate = next((later for later in paragraph[index + 1 : index + 2] if _is_rate_of(mention, later)), None)
                rule, judged, due = ("all_done_rate", rate, Decimal(100)) if rate else ("all_done", mention, mention.amount)
                counted = f"{mention.figure.measure} {quantity(mention.amount, mention.unit, mention.figure.qualifier)}"
                verdict, what = "agrees" if judged.amount == due else "differs", counted if rate else mention.figure.measure
                yield finding(material, rule, verdict, [judged.id, mention.id], Numbers.of(judged.amount, due, judged.unit), what=what)


def _is_rate_of(mention: Mention, later: Mention) -> bool:
    return later.is_percent and later.sentence == mention.sentence and bool(re.search(load("checks")["all_done"]["rate"], later.lead))
