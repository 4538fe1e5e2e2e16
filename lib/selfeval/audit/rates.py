"""Percentages and averages as printed against the figures they were reckoned from."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal, localcontext
from functools import cache
from typing import Any

from ..knowledge import load
from ..quantity import quotient
from .facts import sector_name
from .finding import Finding, Numbers, amount, finding
from .material import Material
from .mention import Mention

_HUNDRED = Decimal(100)
_LONGEST_LABEL = 60


@dataclass(frozen=True, slots=True)
class Attempt:
    """One way a printed rate may have come about."""

    operands: tuple[Mention, Mention]
    exact: Decimal
    shown: Decimal
    verdict: str


def stated_rates(material: Material) -> Iterator[Finding]:
    """Every printed rate, share and average against its operands, as far as they stand nearby.

    A rate that comes out of two figures before it agrees. One that does not differs only where the words say which two it is of, and what
    comes out is near enough for a slip: otherwise its operands are simply elsewhere.
    """
    for paragraph in material.paragraphs:
        for index, mention in enumerate(paragraph):
            kind = _kind(mention)
            if kind:
                yield from _judge(material, paragraph, index, kind)


def out_of_range(material: Material) -> Iterator[Finding]:
    """Shares of a whole above 100 %."""
    for mention in material.mentions:
        label = _rate_word(material, mention)
        if mention.is_percent and mention.amount > _HUNDRED and label and _capped().search(label):
            numbers = Numbers(mention.amount, _HUNDRED, mention.amount - _HUNDRED, Decimal(0), "%")
            yield finding(material, "over_hundred", "flag", [mention.id], numbers, label=label)


def bare_hundreds(material: Material) -> Iterator[Finding]:
    """100 % of a number that is nowhere given; said twice in one sentence (目标100%，实际100%) it is one finding."""
    seen: set[tuple[tuple[int, int], str]] = set()
    for paragraph in material.paragraphs:
        for index, mention in enumerate(paragraph):
            whole = mention.is_percent and mention.amount == _HUNDRED and mention.figure.qualifier == "exact"
            if whole and not _operands(paragraph, index):
                label = _rate_word(material, mention) or mention.tail.strip(" 的") or mention.figure.measure
                if (mention.sentence, label) not in seen:
                    yield finding(material, "bare_hundred", "not_checkable", [mention.id], Numbers(mention.amount, unit="%"), label=label)
                seen.add((mention.sentence, label))


# ---- which operands ---------------------------------------------------------------------------------------------------------------------


def _kind(mention: Mention) -> dict[str, Any] | None:
    """The entry of knowledge/checks.toml that knows this rate; a target (≥98%) is no rate that came about."""
    if mention.figure.qualifier != "exact":
        return None
    for entry in load("checks")["rate"]:
        fits = mention.figure.unit in {"%", "％"} if entry["shape"] != "average" else mention.figure.kind in {"money", "count"}
        if fits and re.search(entry["words"], _clause(mention)):
            return entry
    return None


def _clause(mention: Mention) -> str:
    """The words from the last stop up to the figure."""
    return re.split("[，。；：、！？\n\t]", mention.lead)[-1]


def _rate_word(material: Material, mention: Mention) -> str:
    """The last word before the figure, in its sentence, that names a rate."""
    start = max(mention.sentence[0], mention.figure.start - _LONGEST_LABEL)
    found = re.findall(load("checks")["rates"]["label"], material.document.text[start : mention.figure.start])
    return found[-1] if found else ""


def _operands(paragraph: Sequence[Mention], index: int) -> list[Mention]:
    """The quantities before a rate that it may be of, nearest first: those of its sentence, and of the one before."""
    rate, reach = paragraph[index], load("checks")["rates"]["reach"]
    before = [mention for mention in paragraph[max(0, index - reach) : index][::-1] if not mention.is_percent]
    sentences = [mention.sentence for mention in before]
    allowed = {rate.sentence, next((sentence for sentence in sentences if sentence != rate.sentence), rate.sentence)}
    return [mention for mention in before if mention.sentence in allowed and mention.figure.qualifier == "exact"]


def _judge(material: Material, paragraph: Sequence[Mention], index: int, kind: dict[str, Any]) -> Iterator[Finding]:
    rate = paragraph[index]
    operands = _operands(paragraph, index)
    attempts = [attempt for first in operands for second in operands if (attempt := _attempt(material, kind, rate, first, second))]
    agreed = min(
        (attempt for attempt in attempts if attempt.verdict == "agrees"), key=lambda attempt: _distance(rate, attempt), default=None
    )
    chosen = agreed or _named(kind, rate, attempts)
    if chosen is None:
        return
    verdict = chosen.verdict
    if verdict == "agrees" and re.search(load("checks")["rates"]["on_time"], _clause(rate)):
        yield _finding(material, kind, rate, chosen, rule="rate_on_time", verdict="not_checkable")
    elif verdict != "differs" or _near(rate, chosen):
        yield _finding(material, kind, rate, chosen, rule="rate", verdict=verdict)


def _attempt(material: Material, kind: dict[str, Any], rate: Mention, first: Mention, second: Mention) -> Attempt | None:
    """The rate `first` over `second` would give; None where they cannot stand so."""
    if first is second or not second.amount or not _fit(kind, first, second):
        return None
    exact = _value(kind, rate, first, second)
    if exact is None:
        return None
    step = Decimal(1).scaleb(-rate.decimals)
    with localcontext(prec=50):
        shown = exact.quantize(step, rounding=ROUND_HALF_UP)
    if shown == rate.figure.value:
        return Attempt((first, second), exact, shown, "agrees")
    with localcontext(prec=50):
        truncated = exact.quantize(step, rounding=ROUND_DOWN) == rate.figure.value
    blurred = truncated or abs(exact - rate.figure.value) <= step / 2 + _blur(material, kind, first, second)
    return Attempt((first, second), exact, shown, "rounding" if blurred else "differs")


def _fit(kind: dict[str, Any], first: Mention, second: Mention) -> bool:
    if kind["shape"] == "average":
        return first.figure.kind == "money" and second.figure.kind == "count" and second.figure.unit in kind["units"]
    return first.dimension == second.dimension


def _value(kind: dict[str, Any], rate: Mention, first: Mention, second: Mention) -> Decimal | None:
    """What comes out, in the unit of the rate; for a change its size in the direction the words give."""
    if kind["shape"] == "ratio":
        return quotient(first.amount * _HUNDRED, second.amount)
    if kind["shape"] == "change":
        sign = -1 if re.search(kind["down"], rate.lead) else 1
        return quotient((first.amount - second.amount) * sign * _HUNDRED, second.amount)
    size = rate.amount / rate.figure.value if rate.figure.value else None
    return quotient(first.amount, second.amount * size) if size else None


def _blur(material: Material, kind: dict[str, Any], first: Mention, second: Mention) -> Decimal:
    """How far the rate may move because its operands are rounded themselves."""
    if kind["shape"] == "average":
        return Decimal(0)
    ratio = abs(first.amount / second.amount)
    half = [material.precision.tolerance([mention]) for mention in (first, second)]
    return (half[0] + ratio * half[1]) / abs(second.amount) * _HUNDRED


def _distance(rate: Mention, attempt: Attempt) -> tuple[int, int]:
    indexes = [mention.index for mention in attempt.operands]
    return rate.index - min(indexes), rate.index - max(indexes)


def _named(kind: dict[str, Any], rate: Mention, attempts: list[Attempt]) -> Attempt | None:
    """The pair whose words say that they are numerator and denominator of this kind of rate: the nearest that comes near the rate."""
    fitting = [
        attempt
        for attempt in attempts
        if _plays(kind, "numerator", attempt.operands[0]) and _plays(kind, "denominator", attempt.operands[1]) and _in_order(kind, attempt)
    ]
    return min(fitting, key=lambda attempt: (not _near(rate, attempt), *_distance(rate, attempt)), default=None)


def _plays(kind: dict[str, Any], role: str, mention: Mention) -> bool:
    return bool(re.search(kind[role], re.split("[。；]", mention.lead)[-1] + "▪" + mention.tail))


def _in_order(kind: dict[str, Any], attempt: Attempt) -> bool:
    """What is measured against usually stands first; a change may name last year after this year."""
    first, second = attempt.operands
    return kind["shape"] == "change" or second.index < first.index or kind.get("any_order", False)


def _near(rate: Mention, attempt: Attempt) -> bool:
    """Is what comes out near enough to the printed rate for a slip, or is the printed number the plain difference of the two?"""
    limit = Decimal(load("checks")["thresholds"]["slip"])
    return abs(attempt.shown - rate.figure.value) <= limit * max(abs(attempt.shown), abs(rate.figure.value)) or _is_difference(
        rate, attempt
    )


def _is_difference(rate: Mention, attempt: Attempt) -> bool:
    first, second = attempt.operands
    return abs(abs(first.figure.value - second.figure.value) - rate.figure.value) < Decimal(1).scaleb(-rate.decimals)


def _finding(material: Material, kind: dict[str, Any], rate: Mention, attempt: Attempt, *, rule: str, verdict: str) -> Finding:
    first, second = attempt.operands
    stated, shown = rate.figure.value, attempt.shown
    numbers = Numbers(stated, shown, stated - shown, Decimal(1).scaleb(-rate.decimals) / 2, rate.figure.unit)
    words = load("checks")["words"]
    gap = amount(abs(stated - shown), words["points"] if rate.is_percent else rate.figure.unit)
    return finding(
        material,
        rule,
        verdict,
        [rate.id, first.id, second.id],
        numbers,
        label=_label(material, kind, rate, attempt),
        formula=kind["formula"].format(first=first.figure.text, second=second.figure.text),
        gap=gap,
        note=words["is_difference"] if verdict == "differs" and _is_difference(rate, attempt) else "",
    )


def _label(material: Material, kind: dict[str, Any], rate: Mention, attempt: Attempt) -> str:
    """The clause that names the rate; a bare 完成率 takes its owner in front."""
    clause = _clause(rate).strip() or rate.figure.measure
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
