"""What was found must be dealt with: hazards found against those rectified, under way and open."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from selfeval.knowledge import load
from selfeval.quantity import total

from .facts import Fact, nearest, sector_name
from .finding import Finding, Numbers, amount, finding, listed
from .material import Material
from .mention import Mention
from .precision import compare


def closure(material: Material) -> Iterator[Finding]:
    """Every kind of thing that passes through states (knowledge/checks.toml), trade by trade; trades that are silent make one finding."""
    for process in load("checks")["process"]:
        silent: list[tuple[str, list[Fact]]] = []
        for sector in material.sectors:
            found = _found(material, process, sector)
            states = _states(material, process, sector, found)
            if states:
                yield _closed(material, process, found, states)
            elif found and not material.facts_of(*process["rates"], sector=sector) and not re.search(process["told"], found[0].sentence):
                silent.append((sector, found))
        if silent:
            yield _unstated(material, process, silent)


def closure_in_text(material: Material) -> Iterator[Finding]:
    """Whatever was found or received, in the words of one sentence: done, under way and left open must make it up."""
    rules = load("checks")["closing"]
    for paragraph in material.paragraphs:
        for index, whole in enumerate(paragraph):
            if whole.figure.kind == "count" and re.search(rules["found"], _last_clause(whole)):
                done, rest = [], []
                for mention in paragraph[index + 1 : index + 1 + rules["reach"]]:
                    if mention.sentence != whole.sentence or re.search(rules["stop"], mention.lead):
                        break
                    if mention.dimension == whole.dimension:
                        clause = _last_clause(mention) + "▪" + mention.tail
                        (rest if re.search(rules["open"], clause) else done if re.search(rules["done"], clause) else []).append(mention)
                if done and rest and not any(part.is_percent for part in (*done, *rest)):
                    yield _text_closed(material, whole, [*done[:1], *rest])


def _last_clause(mention: Mention) -> str:
    return re.split("[，。；：、\n\t]", mention.lead)[-1]


def _text_closed(material: Material, whole: Mention, states: list[Mention]) -> Finding:
    summed = total(state.quantity for state in states)
    comparison = compare(whole.quantity, summed, Decimal(0))
    spoken = [f"{_last_clause(m).strip()} {amount(m.amount, m.unit, m.figure.qualifier)}{m.tail[:6]}" for m in (whole, *states)]
    numbers = Numbers(whole.amount, summed.value, whole.amount - summed.value, Decimal(0), whole.unit, (whole.quantity.bound, summed.bound))
    return finding(
        material,
        "closure",
        comparison.verdict,
        [whole.id, *(state.id for state in states)],
        numbers,
        sector="",
        what=re.sub("^.*(?:" + load("checks")["closing"]["found"] + ")", "", _last_clause(whole)).strip() or whole.figure.measure,
        found=spoken[0],
        parts=listed(spoken[1:]),
        silent="",
    )


def _found(material: Material, process: dict[str, Any], sector: str) -> list[Fact]:
    """The facts that together give what was found: the first way of saying it whose terms are all stated."""
    anchors = material.facts_of(*process["states"], sector=sector)
    for terms in process["found"]:
        facts = [material.facts_of(term, sector=sector) for term in terms]
        if all(facts):
            return [nearest(anchors[0], choice) if anchors else choice[0] for choice in facts]
    return []


def _states(material: Material, process: dict[str, Any], sector: str, found: list[Fact]) -> list[Fact]:
    """One fact a state, the nearest to what was found; what is counted in another unit is something else."""
    states = []
    for state in process["states"] if found else ():
        choices = [fact for fact in material.facts_of(state, sector=sector) if fact.unit == found[0].unit]
        # A sentence that goes on about the same hazards may name another trade on its way.
        choices = choices or [
            fact for fact in material.facts_of(state) if fact.sentence == found[0].sentence and fact.unit == found[0].unit
        ]
        if choices:
            states.append(nearest(found[0], choices))
    return states


def _closed(material: Material, process: dict[str, Any], found: list[Fact], states: list[Fact]) -> Finding:
    whole, summed = total(fact.quantity for fact in found), total(fact.quantity for fact in states)
    comparison = compare(whole, summed, Decimal(0))
    # Only one state is named: the rest may be in the others.
    partial = comparison.verdict == "differs" and comparison.difference > 0 and len(states) == 1
    stated = {fact.indicator for fact in states}
    bounds = (whole.bound, summed.bound)
    return finding(
        material,
        "closure",
        "not_checkable" if partial else comparison.verdict,
        [fact.figure_id for fact in (*found, *states)],
        Numbers(whole.value, summed.value, whole.value - summed.value, Decimal(0), found[0].base_unit, bounds),
        sector=sector_name(found[0].sector),
        what=process["what"],
        found=_spoken(found),
        parts=listed(f"{fact.label} {amount(fact.quantity.value, fact.base_unit, fact.qualifier)}" for fact in states),
        silent=listed(name for state, name in process["names"].items() if state not in stated),
    )


def _unstated(material: Material, process: dict[str, Any], silent: list[tuple[str, list[Fact]]]) -> Finding:
    items = []
    for sector, found in silent:
        whole = total(fact.quantity for fact in found)
        items.append(
            f"{sector_name(sector) or load('checks')['words']['everything']} {amount(whole.value, found[0].base_unit, whole.bound)}"
        )
    figures = [fact.figure_id for _, found in silent for fact in found]
    states = listed(process["names"].values())
    return finding(material, "closure_unstated", "not_checkable", figures, what=process["what"], items=listed(items), silent=states)


def _spoken(found: list[Fact]) -> str:
    return listed(f"{fact.name} {amount(fact.quantity.value, fact.base_unit, fact.qualifier)}" for fact in found)
