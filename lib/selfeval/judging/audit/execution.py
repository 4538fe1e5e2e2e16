"""Spending against its budget: what lies beyond the margin, and whether the report says why."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from selfeval import words
from selfeval.blocks import without_open_places
from selfeval.knowledge import load
from selfeval.records.line_tree import Line

from .finding import NO_NUMBERS, Finding, Numbers, amount, finding, listed
from .material import Material, once

_WAN = "万元"
_LONGEST_REASON = 160
# More than the longest cue takes up.
_CUE = 20
# How far behind its figures a line may still be explained.
_NEARBY = 4000


def deviations(material: Material) -> Iterator[Finding]:
    """Every line that has to be spent as planned: within the margin, beyond it with a reason, beyond it without one, or not to be told."""
    unjudged: dict[tuple[bool, str], list[Line]] = {}
    for line in material.tree:
        if line.level in load("checks")["execution"]["levels"]:
            missing = _missing(material, line)
            if missing:
                unjudged.setdefault((line.level == "fund", missing), []).append(line)
            elif line.amount("actual") is not None and line.amount(line.basis()):
                yield _rate(material, line, line.basis())
    for (_, missing), lines in unjudged.items():
        yield _unjudged(material, lines, missing)


def _missing(material: Material, line: Line) -> str:
    """Why the rate of this line cannot be told; '' where it can, or where the line states nothing or its parts do."""
    words = load("checks")["words"]
    basis = line.basis()
    if not basis:
        return words["no_basis"] if line.amount("actual") is not None else ""
    if line.amount("actual") is None:
        return "" if material.tree.stated_or_summed(line, "actual") else words["no_actual"]
    return "" if line.amount(basis) else words["zero_basis"].format(basis=load("checks")["columns"][basis])


def _unjudged(material: Material, lines: Sequence[Line], missing: str) -> Finding:
    """Lines that lack the same thing are one finding."""
    stated = [(line, line.basis() if line.amount("actual") is None else "actual") for line in lines]
    figures = [figure for line, column in stated for figure in line.figures[column][:1]]
    items = listed(f"{line.item} {amount(line.amount(column), _WAN)}" for line, column in stated)
    one = Numbers(lines[0].amount(stated[0][1]), unit=_WAN) if len(lines) == 1 else NO_NUMBERS
    quote = "" if figures else lines[0].sentence
    names = lines[0].item if len(lines) == 1 else load("checks")["words"]["lines_together"].format(number=len(lines), item=lines[0].item)
    total = material.tree.total()
    judged = total is not None and total not in lines and total.basis() and total.amount("actual") is not None
    severity = "low" if judged and lines[0].level != "fund" else ""
    return finding(
        material,
        "execution_unknown",
        "not_checkable",
        figures,
        one,
        severity=severity,
        quote=quote,
        item=names,
        items=items,
        missing=missing,
    )


def _rate(material: Material, line: Line, basis: str) -> Finding:
    actual, budget = line.amount("actual"), line.amount(basis)
    rate = actual / budget
    margin = Decimal(load("checks")["thresholds"]["margin"])
    over = actual > budget
    figures = [*line.figures["actual"][:1], *line.figures[basis][:1]]
    reason = line.reason or _told_elsewhere(material, line)
    rule = "execution"
    verdict, severity = "agrees", ""
    if over or abs(rate - 1) > margin:
        rule = "execution_explained" if reason else "execution_unexplained"
        verdict = "agrees" if reason else "flag"
        severity = "" if reason else _severity(line, abs(rate - 1) > margin)
    return finding(
        material,
        rule,
        verdict,
        figures,
        Numbers(actual, budget, actual - budget, unit=_WAN),
        severity=severity,
        quote="" if figures else line.sentence,
        item=line.item,
        basis=load("checks")["columns"][basis],
        rate=words.percent(rate),
        margin=words.percent(margin, 0),
        reason=reason,
        official="" if basis == "adjusted" else load("checks")["words"]["unofficial"].format(basis=load("checks")["columns"][basis]),
    )


def _told_elsewhere(material: Material, line: Line) -> str:
    """Why, in a sentence of its own: behind the figures in a paragraph that is about this line alone, or where it names the line."""
    text = _told(material)
    cue = re.compile("|".join(load("checks")["execution"]["cues"]))
    spent = material.of_line(line, "actual")
    if spent:
        end = material.document.line_span(spent.line)[1]
        why = cue.search(text, spent.figure.end, min(end, spent.figure.end + _LONGEST_REASON + _CUE))
        if why and why.start() - spent.figure.end < _LONGEST_REASON and _is_alone(material, line, spent.figure.end, end):
            return text[why.start() : material.document.sentence_at(why.start())[1]].strip("。；\n")
    begin = spent.figure.end if spent else 0
    for match in re.compile(re.escape(line.item)).finditer(text, begin, begin + _NEARBY) if len(line.item) > 3 else ():
        start, end = material.document.sentence_at(match.start())
        why = cue.search(text, match.end(), end) if end - start < _LONGEST_REASON else None
        if why and not re.search(r"\d", text[match.end() : why.start()]):
            return text[why.start() : end].strip("。；\n")
    return ""


def _is_alone(material: Material, line: Line, start: int, end: int) -> bool:
    """Is there no figure of another line from `start` to `end`?"""
    identities = (identity for identity, _ in material.figures_between(start, end))
    lines = (other for identity in identities if (other := material.line_of.get(identity)))
    return all(other.line_id == line.line_id for other in lines)


@once
def _told(material: Material) -> str:
    """The text without what it only asks for."""
    return without_open_places(material.document.text)


def _severity(line: Line, beyond_margin: bool) -> str:
    """A whole book weighs more than a project, and what lies beyond the margin more than what is barely over."""
    whole = line.level in load("checks")["execution"]["wholes"]
    kind = ("whole" if whole else "beyond") if beyond_margin else ("whole_barely" if whole else "barely")
    return load("checks")["execution"]["severities"][kind]
