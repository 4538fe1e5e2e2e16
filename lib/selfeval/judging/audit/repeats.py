"""One quantity stated in two places: does the report say the same both times?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from selfeval.knowledge import load
from selfeval.quantity import Quantity, whole_of
from selfeval.records.line_tree import COLUMNS, Line

from .facts import Fact
from .finding import Finding, Numbers, amount, finding, listed
from .material import Material
from .mention import Mention
from .precision import Comparison, compare

_MOST_NAMED = 20


def facts_twice(material: Material) -> Iterator[Finding]:
    """Yearly totals that the report gives more than once in one trade."""
    for indicator in load("checks")["repeats"]["once"]:
        for sector in material.sectors:
            facts = [fact for fact in material.facts_of(indicator, sector=sector) if fact.figure_id and not _is_average(material, fact)]
            if len(facts) > 1 and whole_of([fact.value for fact in facts]) is None:
                yield from _pairs(material, facts)


def pasted_twice(material: Material) -> Iterator[Finding]:
    """Paragraphs with quantities that stand in the report once more, word for word: whoever adds up counts them twice."""
    shortest = load("checks")["repeats"]["paragraph"]
    seen: set[str] = set()
    again: list[int] = []
    for paragraph in material.paragraphs:
        start, end = material.document.line_span(paragraph[0].line)
        line = material.document.text[start:end]
        words = "".join(line.split())
        if len(words) >= shortest and "\t" not in line:
            again += [start] if words in seen else []
            seen.add(words)
    if again:
        places = listed(map(material.place, again[:_MOST_NAMED]))
        yield finding(material, "pasted_twice", "flag", at=again[0], number=len(again), places=places)


def _is_average(material: Material, fact: Fact) -> bool:
    """案均罚款 is no fine."""
    mention = material.mention(fact.figure_id)
    return bool(mention and re.search(load("checks")["repeats"]["no_total"], re.split("[，。；、]", mention.lead)[-1]))


def _pairs(material: Material, facts: list[Fact]) -> Iterator[Finding]:
    """Every later statement against the first; figures of one list (其中) are not one quantity."""
    first = facts[0]
    for other in facts[1:]:
        stated, before = other.quantity, first.quantity
        if other.base_unit != first.base_unit:
            continue
        comparison = _same(stated, before, _tolerance(material, other, first))
        numbers = Numbers.of(stated, before, comparison, other.base_unit)
        yield finding(material, "twice", comparison.verdict, [other.figure_id, first.figure_id], numbers, what=other.name)


def _tolerance(material: Material, *facts: Fact) -> Decimal:
    mentions = [mention for fact in facts if (mention := material.mention(fact.figure_id))]
    return material.precision.tolerance(mentions)


def _same(stated: Quantity, before: Quantity, tolerance: Decimal) -> Comparison:
    """Equal statements agree, bounds too; an exact number beside a bound that it keeps is no contradiction, and no proof."""
    if stated == before:
        return Comparison("agrees", Decimal(0), tolerance)
    return compare(stated, before, tolerance)


def budgets_twice(material: Material) -> Iterator[Finding]:
    """Budget amounts that are stated again elsewhere: all that agree in one finding a column, every other by itself."""
    for column in COLUMNS:
        agreeing: list[tuple[Line, Mention]] = []
        for line in material.tree:
            for mention in filter(None, map(material.mention, line.figures[column][1:])):
                before = material.mention(line.figures[column][0])
                tolerance = material.precision.tolerance([mention, *filter(None, [before])])
                comparison = compare(Quantity(mention.amount), Quantity(line.amount(column)), tolerance)
                if comparison.verdict == "agrees":
                    agreeing.append((line, mention))
                elif comparison.verdict != "differs" or material.binds([mention, *filter(None, [before])]):
                    yield _against(material, line, column, mention, comparison)
        if agreeing:
            yield _agrees(material, column, agreeing)


def _against(material: Material, line: Line, column: str, mention: Mention, comparison: Comparison) -> Finding:
    numbers = Numbers.of(Quantity(mention.amount), Quantity(line.amount(column)), comparison, "万元")
    figures = [mention.id, line.figures[column][0]]
    return finding(material, "budget_twice", comparison.verdict, figures, numbers, item=line.item, column=load("checks")["columns"][column])


def _agrees(material: Material, column: str, agreeing: list[tuple[Line, Mention]]) -> Finding:
    figures = [identity for line, mention in agreeing for identity in (mention.id, line.figures[column][0])]
    shown = listed(f"{line.item} {amount(mention.amount, '万元')}" for line, mention in agreeing)
    return finding(material, "budget_twice", "agrees", figures, number=len(agreeing), column=load("checks")["columns"][column], items=shown)
