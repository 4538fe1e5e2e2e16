"""Percentages and averages as printed against the figures they were reckoned from."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import cache
from itertools import accumulate
from typing import Any

from selfeval.knowledge import load
from selfeval.records.line_tree import Line

from .facts import sector_name
from .finding import Finding, Numbers, amount, finding
from .material import Material, once
from .mention import Mention
from .operands import (
    HUNDRED,
    Attempt,
    agreeing,
    attempt_with,
    attempts_at,
    clause_before,
    explained,
    named,
    operands_after,
    operands_before,
)

_LONGEST_LABEL = 60


def stated_rates(material: Material) -> Iterator[Finding]:
    """Every printed rate, share and average against its operands, as far as they stand nearby.

    A rate that comes out of two figures before it agrees. One that does not differs only where the words say which two it is of:
    otherwise its operands are simply elsewhere.
    """
    for paragraph in material.paragraphs:
        for index, rate in enumerate(paragraph):
            kind = _kind(rate)
            if kind:
                yield from _judge(material, paragraph, index, kind)


def out_of_range(material: Material) -> Iterator[Finding]:
    """Shares of a whole above 100 %."""
    for mention in material.mentions:
        label = _rate_word(material, mention)
        if mention.is_percent and mention.amount > HUNDRED and label and _capped().search(label):
            numbers = Numbers(mention.amount, HUNDRED, mention.amount - HUNDRED, Decimal(0), "%")
            yield finding(material, "over_hundred", "flag", [mention.id], numbers, label=label)


def bare_hundreds(material: Material) -> Iterator[Finding]:
    """100 % of a number that is nowhere given; said twice in one sentence (目标100%，实际100%) it is one finding."""
    seen: set[tuple[tuple[int, int], str]] = set()
    for paragraph in material.paragraphs:
        for index, mention in enumerate(paragraph):
            whole = mention.is_percent and mention.amount == HUNDRED and mention.figure.qualifier == "exact"
            if whole and not operands_before(paragraph, index):
                label = _rate_word(material, mention) or mention.tail.strip(" 的") or mention.figure.measure
                if (mention.sentence, label) not in seen:
                    yield finding(material, "bare_hundred", "not_checkable", [mention.id], Numbers(mention.amount, unit="%"), label=label)
                seen.add((mention.sentence, label))


def _kind(mention: Mention) -> dict[str, Any] | None:
    """The entry of knowledge/checks.toml that knows this rate; a target (≥98%) is no rate that came about."""
    if mention.figure.qualifier != "exact":
        return None
    for entry in load("checks")["rate"]:
        fits = mention.figure.unit in {"%", "％"} if entry["shape"] != "average" else mention.figure.kind in {"money", "count"}
        if fits and re.search(entry["words"], clause_before(mention)):
            return entry
    return None


def _rate_word(material: Material, mention: Mention) -> str:
    """The last word before the figure, in its sentence, that names a rate."""
    start = max(mention.sentence[0], mention.figure.start - _LONGEST_LABEL)
    found = re.findall(load("checks")["rates"]["label"], material.document.text[start : mention.figure.start])
    return found[-1] if found else ""


def _judge(material: Material, paragraph: Sequence[Mention], index: int, kind: dict[str, Any]) -> Iterator[Finding]:
    rate = paragraph[index]
    attempts = attempts_at(kind, rate, operands_before(paragraph, index), material.precision)
    chosen = _share_of_lines(material, kind, rate) or agreeing(rate, attempts) or named(kind, rate, attempts, _before(paragraph, index))
    chosen = chosen or _share_of_whole(material, kind, paragraph, index)
    if chosen is None and kind.get("explained"):
        chosen = explained(kind, rate, attempts_at(kind, rate, operands_after(paragraph, index), material.precision))
    if chosen is None:
        return
    in_time = chosen.verdict == "agrees" and re.search(load("checks")["rates"]["on_time"], clause_before(rate))
    yield _finding(material, kind, rate, chosen, in_time=bool(in_time))


def _share_of_lines(material: Material, kind: dict[str, Any], rate: Mention) -> Attempt | None:
    """“某项目占项目支出的41.45%”: the two budget lines named, by what was spent on them."""
    found = re.fullmatch(load("checks")["rates"]["share"], clause_before(rate))
    part, whole = (_line_called(material, found[name]) for name in ("part", "whole")) if found else (None, None)
    first = material.of_line(part, "actual") if part else None
    second = material.of_line(whole, "actual") if whole else None
    if first is None or second is None or not second.amount or first is second:
        return None
    return attempt_with(kind, rate, first, second, material.precision)


def _before(paragraph: Sequence[Mention], index: int) -> Mention | None:
    """The quantity right before a rate, percentages left out."""
    return next((mention for mention in paragraph[max(0, index - 4) : index][::-1] if not mention.is_percent), None)


def _share_of_whole(material: Material, kind: dict[str, Any], paragraph: Sequence[Mention], index: int) -> Attempt | None:
    """“基本支出…万元，占45.12%”: of its whole, or of all expenditure, if it is nearly that."""
    rate, first = paragraph[index], _before(paragraph, index)
    if first is None or not re.fullmatch(load("checks")["rates"]["bare_share"], clause_before(rate)):
        return None
    seconds = _wholes_of(material, first) or _larger_before(paragraph, index, first)
    attempts = [attempt for second in seconds if (attempt := attempt_with(kind, rate, first, second, material.precision))]
    near = [attempt for attempt in attempts if attempt.is_near(rate)]
    return min(near, key=lambda attempt: (attempt.verdict != "agrees", abs(attempt.shown - rate.figure.value)), default=None)


def _wholes_of(material: Material, first: Mention) -> list[Mention]:
    """Where the whole of a budget line and all expenditure stand, in the column of the line's figure."""
    line, column = material.cell_of.get(first.id, (None, ""))
    if line is None:
        return []
    wholes = [whole for whole in material.tree.above(line) if whole is not line]
    return [second for whole in wholes if (second := material.of_line(whole, column)) and second.amount]


def _larger_before(paragraph: Sequence[Mention], index: int, first: Mention) -> list[Mention]:
    """The one quantity of the sentence before the part that could be its whole."""
    sentence = [mention for mention in paragraph[max(0, index - 6) : index] if mention.sentence == first.sentence and mention is not first]
    larger = [mention for mention in sentence if mention.dimension == first.dimension and mention.amount > first.amount]
    return larger if len(larger) == 1 else []


def _line_called(material: Material, name: str) -> Line | None:
    """The line of that name, else the only one whose name holds it."""
    lines = _by_name(material).get(name) or _with_name_inside(material, name)
    return lines[0] if len(lines) == 1 else None


@once
def _by_name(material: Material) -> dict[str, list[Line]]:
    lines: dict[str, list[Line]] = {}
    for line in material.tree:
        lines.setdefault(line.item, []).append(line)
    return lines


def _with_name_inside(material: Material, name: str) -> list[Line]:
    """The first lines whose names hold `name`, two at most: more need not be looked for."""
    names, ends = _all_names(material)
    found: list[Line] = []
    at = names.find(name)
    while at >= 0 and len(found) < 2:
        index = bisect_right(ends, at)
        found.append(material.tree.lines[index])
        at = names.find(name, ends[index])
    return found


@once
def _all_names(material: Material) -> tuple[str, list[int]]:
    """The names of all lines in one text, so that one look goes through them all, and where each ends."""
    items = [f"{line.item}\0" for line in material.tree]
    return "".join(items), [*accumulate(map(len, items))]


def _finding(material: Material, kind: dict[str, Any], rate: Mention, attempt: Attempt, *, in_time: bool) -> Finding:
    first, second = attempt.operands
    stated, shown = rate.figure.value, attempt.shown
    words = load("checks")["words"]
    odd = attempt.verdict == "differs" and attempt.is_difference(rate)
    return finding(
        material,
        "rate_on_time" if in_time else "rate",
        "not_checkable" if in_time else attempt.verdict,
        [rate.id, first.id, second.id],
        Numbers(stated, shown, stated - shown, Decimal(1).scaleb(-rate.decimals) / 2, rate.figure.unit),
        label=_label(material, kind, rate, attempt),
        formula=kind["formula"].format(first=first.figure.text, second=second.figure.text),
        gap=amount(abs(stated - shown), words["points"] if rate.is_percent else rate.figure.unit),
        note=words["is_difference"] if odd else "",
    )


def _label(material: Material, kind: dict[str, Any], rate: Mention, attempt: Attempt) -> str:
    """The clause that names the rate; a bare 完成率 takes its owner in front."""
    clause = clause_before(rate) or rate.figure.measure
    if rate.is_percent and not re.search(load("checks")["rates"]["names_rate"], clause):
        clause = _rate_word(material, rate) or clause
    return clause if len(clause) > load("checks")["rates"]["telling"] else _owner(material, kind, attempt) + clause


def _owner(material: Material, kind: dict[str, Any], attempt: Attempt) -> str:
    """Whose rate it is: the budget line or the trade of an operand, or what a change is a change of."""
    ids = [mention.id for mention in attempt.operands]
    line = next((material.line_of[identity] for identity in ids if identity in material.line_of), None)
    if line:
        return line.item
    if kind["shape"] == "change":
        return attempt.operands[0].figure.measure
    fact = next((material.fact_of[identity] for identity in ids if identity in material.fact_of), None)
    return sector_name(fact.sector) if fact else ""


@cache
def _capped() -> re.Pattern[str]:
    return re.compile(load("checks")["rates"]["capped"])
