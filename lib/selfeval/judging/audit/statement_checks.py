"""What the sentences of a report owe one another, told as findings."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from selfeval import words
from selfeval.judging.relations.edges import Relation, Steps, relations_of_edges
from selfeval.judging.verdicts import AGREES, DIFFERS, ROUNDING, TURNED, Judged, judge
from selfeval.knowledge import load
from selfeval.quantity import plain
from selfeval.reading.figures import figure_id
from selfeval.reading.statements import PartList, Statement, read_statements_and_lists
from selfeval.reading.structure import (
    AGAIN,
    AVERAGE,
    BOUND,
    CHANGE,
    CHANGE_RATE,
    EQUAL,
    IMPLIED,
    LEFT_OVER,
    QUOTIENT,
    SUM,
    TIMES,
    ByWords,
    lasting,
    over_labels,
    repeats,
)

from .finding import Finding, Numbers, amount, finding, listed
from .material import Material, once

_RATIOS = frozenset({QUOTIENT, CHANGE_RATE, IMPLIED})
_MOST_PARTS = 12


@once
def said(material: Material) -> tuple[list[Statement], list[PartList]]:
    """What every figure of the report says, and the lists they stand in."""
    return read_statements_and_lists(material.document, material.figures)


def statements_hold(material: Material) -> Iterator[Finding]:
    """Sums, rates, shares, changes, averages and conversions of prose, recomputed of the figures they name."""
    statements, lists = said(material)
    edges = [*ByWords(statements, lists).edges(), *over_labels(statements), *repeats(statements)]
    for judged in judge(relations_of_edges(edges, statements), Steps(statements)):
        if judged.verdict in (AGREES, ROUNDING, DIFFERS):
            yield _told(material, judged)
        elif judged.verdict == TURNED:
            yield _turned(material, judged.relation)


def durations(material: Material) -> Iterator[Finding]:
    """Months and days against the two dates they lie between."""
    statements, _ = said(material)
    for place, possible in lasting(material.document.text, material.figures, statements):
        claim = statements[place]
        stated = int(claim.figure.value)
        nearest = min(possible, key=lambda number: abs(number - stated))
        figures = [figure_id(claim.index - back) for back in (0, 2, 1)]
        numbers = Numbers(Decimal(stated), Decimal(nearest), Decimal(stated - nearest), Decimal(0), claim.figure.unit)
        dates = " 至 ".join(material.figures[claim.index - back].text for back in (2, 1))
        yield finding(material, "duration", "agrees" if stated in possible else "differs", figures, numbers, dates=dates)


def _told(material: Material, judged: Judged) -> Finding:
    relation = judged.relation
    claim, kind = relation.claim, relation.edge.kind
    figures = [figure_id(each.index) for each in (claim, *relation.operands)]
    if kind in (SUM, BOUND):
        return _of_list(material, judged, figures)
    if kind == AGAIN:
        return _of_repeat(material, judged, figures)
    unit = claim.figure.unit if kind in _RATIOS or claim.figure.kind != "money" else claim.unit
    shown = claim.amount if judged.verdict == AGREES else _rounded(relation.expected, claim)
    numbers = Numbers(claim.amount, shown, claim.amount - shown, relation.tolerance, unit)
    return finding(
        material,
        "statement",
        judged.verdict,
        figures,
        numbers,
        label=name_of(claim),
        formula=_formula(relation),
        gap=amount(abs(claim.amount - shown), load("checks")["words"]["points"] if claim.figure.kind == "percent" else unit),
        slip=_slip(judged),
    )


def _of_list(material: Material, judged: Judged, figures: list[str]) -> Finding:
    relation = judged.relation
    claim = relation.claim
    parts = [f"{name_of(part, within=claim)} {part.figure.text}" for part in relation.operands]
    numbers = Numbers(claim.amount, relation.expected, relation.gap, relation.tolerance, claim.unit)
    shown = listed(parts[:_MOST_PARTS]) + ("等" if len(parts) > _MOST_PARTS else "")
    rule = "statement_parts" if relation.edge.kind == BOUND else "statement_list"
    return finding(
        material, rule, judged.verdict, figures, numbers, whole=name_of(claim), parts=shown, number=len(parts), slip=_slip(judged)
    )


def _turned(material: Material, relation: Relation) -> Finding:
    claim, (now, before) = relation.claim, relation.operands
    numbers = Numbers(now.amount, before.amount, now.amount - before.amount, Decimal(0), now.unit)
    figures = [figure_id(each.index) for each in (claim, now, before)]
    said = f"{claim.because.get('aspect', '')}{claim.figure.text}"
    return finding(material, "statement_turned", "differs", figures, numbers, label=name_of(now), said=said)


def _of_repeat(material: Material, judged: Judged, figures: list[str]) -> Finding:
    claim, before = judged.relation.claim, judged.relation.operands[0]
    numbers = Numbers(claim.amount, before.amount, claim.amount - before.amount, judged.relation.tolerance, claim.unit)
    return finding(material, "statement_again", judged.verdict, figures, numbers, what=name_of(claim), slip=_slip(judged))


def _slip(judged: Judged) -> str:
    if not judged.slip:
        return ""
    blamed = judged.blamed
    wanted = words.quantity(judged.wanted, blamed.unit or blamed.figure.unit, "exact")
    return load("checks")["tables"]["slip"].format(slip=f"{blamed.figure.text}→{wanted}：{judged.slip}")


def _rounded(value: Decimal, claim: Statement) -> Decimal:
    """As finely as the claim is printed, in its base unit."""
    exponent = claim.figure.value.as_tuple().exponent
    of_unit = claim.amount / claim.figure.value if claim.figure.value else Decimal(1)
    return plain((value / of_unit).quantize(Decimal(1).scaleb(exponent if isinstance(exponent, int) else 0)) * of_unit)


def name_of(statement: Statement, within: Statement | None = None) -> str:
    """What a statement is about, as short as tells it apart: owner, scope and measure; within a whole what it is of it."""
    own = [*statement.subject[-1:], *statement.scope]
    if within is not None:
        own = [word for word in own if word not in within.subject and word not in within.scope]
        return "".join(own) or statement.words or statement.measure
    measure = "" if own and statement.measure in own[-1] else statement.measure
    return "".join([*own, measure])


def _formula(relation: Relation) -> str:
    first, *rest = [operand.figure.text for operand in relation.operands]
    if relation.edge.kind in (EQUAL, AGAIN):
        return first
    second = rest[0]
    return {
        QUOTIENT: f"{first} ÷ {second}",
        AVERAGE: f"{first} ÷ {second}",
        TIMES: f"{first} ÷ {second}",
        CHANGE: f"{first} 与 {second} 之差",
        CHANGE_RATE: f"（{first} － {second}）÷ {second}",
        IMPLIED: f"{first} ÷（{second} 变动前）",
        LEFT_OVER: f"{first} － {second}",
    }[relation.edge.kind]
