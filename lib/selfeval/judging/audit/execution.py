"""Spending against its budget: what lies beyond the margin, and whether the report says why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import ROUND_HALF_UP, Decimal

from selfeval import words
from selfeval.judging.report import Finding, Material, finding
from selfeval.knowledge import load
from selfeval.records.deviation import parts_explain
from selfeval.records.findings import NO_NUMBERS, Numbers
from selfeval.records.line_tree import Line
from selfeval.words import quantity

_WAN = "万元"
_HUNDRED, _CENT = Decimal(100), Decimal("0.01")


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
    items = "、".join(f"{line.item} {quantity(line.amount(column), _WAN)}" for line, column in stated)
    one = Numbers(lines[0].amount(stated[0][1]), unit=_WAN) if len(lines) == 1 else NO_NUMBERS
    names = lines[0].item if len(lines) == 1 else load("checks")["words"]["lines_together"].format(number=len(lines), item=lines[0].item)
    total = material.tree.total()
    judged = total is not None and total not in lines and total.basis() and total.amount("actual") is not None
    severity = "low" if judged and lines[0].level != "fund" else ""
    said = {"severity": severity, "quote": "" if figures else lines[0].sentence, "item": names, "items": items, "missing": missing}
    return finding(material, "execution_unknown", "not_checkable", figures, one, **said)


def _rate(material: Material, line: Line, basis: str) -> Finding:
    actual, budget = line.amount("actual"), line.amount(basis)
    rate = actual / budget
    margin = Decimal(load("checks")["thresholds"]["margin"])
    over = actual > budget
    figures = [*line.figures["actual"][:1], *line.figures[basis][:1]]
    reason = _reason(material, line)
    rule, verdict, severity = "execution", "agrees", ""
    numbers = Numbers.of(actual, budget, _WAN, None)
    if over or abs(rate - 1) > margin:
        rule = "execution_explained" if reason else "execution_unexplained"
        verdict = "agrees" if reason else "flag"
        severity = "" if reason else _severity(line, abs(rate - 1) > margin)
    if over and not reason and basis == "adjusted":
        # What was granted in the course of the year is in it: more cannot have been spent.
        percent = (rate * _HUNDRED).quantize(_CENT, rounding=ROUND_HALF_UP)
        rule, numbers = "over_budget", Numbers.of(percent, _HUNDRED, "%", None)
    name = load("checks")["columns"][basis]
    said = {"item": line.item, "basis": name, "rate": words.percent(rate), "margin": words.percent(margin, 0), "reason": reason}
    said |= {"budget": quantity(budget, _WAN), "actual": quantity(actual, _WAN), "over": quantity(actual - budget, _WAN)}
    said["official"] = "" if basis == "adjusted" else load("checks")["words"]["unofficial"].format(basis=name)
    return finding(material, rule, verdict, figures, numbers, severity=severity, quote="" if figures else line.sentence, **said)


def _reason(material: Material, line: Line) -> str:
    """Why the line lies beside its budget, told of itself or of the parts that make up most of the difference; '' where neither is."""
    own = line.explanation()
    if own or not parts_explain(line, material.tree.children, Line.deviation, Line.explanation):
        return own
    return load("checks")["words"]["in_parts"]


def _severity(line: Line, beyond_margin: bool) -> str:
    """A whole book weighs more than a project, and what lies beyond the margin more than what is barely over."""
    whole = line.level in load("checks")["execution"]["wholes"]
    kind = ("whole" if whole else "beyond") if beyond_margin else ("whole_barely" if whole else "barely")
    return load("checks")["execution"]["severities"][kind]
