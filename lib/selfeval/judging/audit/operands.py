"""Which figures a printed rate is of: every pair nearby tried, and the pairs whose words say that they are its operands."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal, localcontext
from typing import Any

from selfeval.knowledge import load
from selfeval.quantity import quotient

from .mention import Mention
from .precision import Precision

HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class Attempt:
    """One way a printed rate may have come about: `shown` is what the two operands give, at the digits of the rate."""

    operands: tuple[Mention, Mention]
    shown: Decimal
    verdict: str

    def is_difference(self, rate: Mention) -> bool:
        """Is the printed number the plain difference of the two?"""
        first, second = self.operands
        return abs(abs(first.figure.value - second.figure.value) - rate.figure.value) < Decimal(1).scaleb(-rate.decimals)

    def is_near(self, rate: Mention) -> bool:
        """Is what comes out near enough to the printed rate for a slip of the pen?"""
        limit = Decimal(load("checks")["thresholds"]["slip"])
        return abs(self.shown - rate.figure.value) <= limit * max(abs(self.shown), abs(rate.figure.value))

    def distance(self, rate: Mention) -> tuple[int, int]:
        """How many quantities back its operands stand."""
        indexes = [mention.index for mention in self.operands]
        return rate.index - min(indexes), rate.index - max(indexes)


def clause_before(mention: Mention) -> str:
    """The words from the last stop up to a figure."""
    return re.split("[，。；：、！？\n\t]", mention.lead)[-1].strip()


def operands_before(paragraph: Sequence[Mention], index: int) -> list[Mention]:
    """The quantities a rate may be of, nearest first: those before it in its sentence, and in the one before."""
    rate, reach = paragraph[index], load("checks")["rates"]["reach"]
    before = [mention for mention in paragraph[max(0, index - reach) : index][::-1] if not mention.is_percent]
    sentences = [mention.sentence for mention in before]
    allowed = {rate.sentence, next((sentence for sentence in sentences if sentence != rate.sentence), rate.sentence)}
    return [mention for mention in before if mention.sentence in allowed and mention.figure.qualifier == "exact"]


def operands_after(paragraph: Sequence[Mention], index: int) -> list[Mention]:
    """The quantities behind a rate that may explain it: those next to it, up to the next percentage."""
    found: list[Mention] = []
    for mention in paragraph[index + 1 : index + 1 + load("checks")["rates"]["reach_behind"]]:
        if mention.is_percent:
            break
        if mention.figure.qualifier == "exact":
            found.append(mention)
    return found


def attempts_at(kind: dict[str, Any], rate: Mention, operands: Sequence[Mention], precision: Precision) -> list[Attempt]:
    """Every pair of operands that can stand in this kind of rate, and what comes of it."""
    pairs = [(first, second) for first in operands for second in operands if first is not second and second.amount]
    tried = (attempt_with(kind, rate, first, second, precision) for first, second in pairs if _fit(kind, rate, first, second))
    return [attempt for attempt in tried if attempt]


def attempt_with(kind: dict[str, Any], rate: Mention, first: Mention, second: Mention, precision: Precision) -> Attempt | None:
    """What `first` and `second` give in this kind of rate; None where the rate is zero and so its unit has no size."""
    exact = _value(kind, rate, first, second)
    if exact is None:
        return None
    step, printed = Decimal(1).scaleb(-rate.decimals), rate.figure.value
    with localcontext(prec=50 + max(exact.adjusted(), 0)):
        shown, cut = exact.quantize(step, rounding=ROUND_HALF_UP), exact.quantize(step, rounding=ROUND_DOWN)
    if printed == HUNDRED and exact != HUNDRED and {first.figure.kind, second.figure.kind} == {"count"} and kind["shape"] == "ratio":
        # All of so many things is all of them: 100 % is not what 267 of 268 round to.
        return Attempt((first, second), exact.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP), "differs")
    if shown == printed == HUNDRED != exact:
        return Attempt((first, second), shown, "rounding")
    if shown == printed:
        return Attempt((first, second), shown, "agrees")
    close = cut == printed or abs(exact - printed) <= step / 2 + _blur(kind, first, second, precision)
    return Attempt((first, second), shown, "rounding" if close else "differs")


def agreeing(rate: Mention, attempts: Sequence[Attempt]) -> Attempt | None:
    """The nearest pair the rate comes out of."""
    return min((attempt for attempt in attempts if attempt.verdict == "agrees"), key=lambda attempt: attempt.distance(rate), default=None)


def explained(kind: dict[str, Any], rate: Mention, attempts: Sequence[Attempt]) -> Attempt | None:
    """Of the pairs behind a rate the one whose words give both their parts, if the rate comes out of it or nearly so."""
    fitting = [attempt for attempt in attempts if _plays(kind, attempt) and attempt.is_near(rate)]
    return min(fitting, key=lambda attempt: (attempt.verdict != "agrees", attempt.operands[0].index), default=None)


def named(kind: dict[str, Any], rate: Mention, attempts: Sequence[Attempt], nearest: Mention | None = None) -> Attempt | None:
    """The pair that differs from the rate for certain, or differs by no more than rounding; None where the words name no pair.

    A pair is named by the words of its clauses. It is trusted when the rate is near enough for a slip, or is the plain difference of the
    two, or when rate and pair stand in one sentence and the rate goes by its bare name (整改率, not 重大隐患整改率).
    """
    fitting = [attempt for attempt in attempts if _plays(kind, attempt) and _in_order(kind, attempt)]
    if kind["shape"] == "change":
        # What stands right before a change is what changed, or what it changed from; otherwise they stand nowhere.
        fitting = [attempt for attempt in fitting if nearest is None or nearest.index in {mention.index for mention in attempt.operands}]
    chosen = min(fitting, key=lambda attempt: (not attempt.is_near(rate), *attempt.distance(rate)), default=None)
    if chosen is None or chosen.verdict != "differs" or chosen.is_near(rate) or chosen.is_difference(rate):
        return chosen
    together = all(mention.sentence == rate.sentence for mention in chosen.operands)
    return chosen if together and (_is_bare(kind, clause_before(rate)) or _averages(kind, rate, chosen)) else None


def _averages(kind: dict[str, Any], rate: Mention, chosen: Attempt) -> bool:
    """An average that is called by what is averaged: 案均罚款 beside 罚款386.4万元."""
    averaged = re.sub(kind["words"], "", clause_before(rate)) if kind["shape"] == "average" else ""
    return bool(averaged) and clause_before(chosen.operands[0]).endswith(averaged)


def _is_bare(kind: dict[str, Any], clause: str) -> bool:
    """Is the rate called by words of its kind and nothing that narrows it down?"""
    return bool(re.fullmatch(f"(?:{load('checks')['rates']['bare']}|{kind['words']})+", clause))


def _fit(kind: dict[str, Any], rate: Mention, first: Mention, second: Mention) -> bool:
    if kind["shape"] == "average":
        per = re.search(kind["words"], clause_before(rate))
        head = per[0].strip("平均每")[:1] if per else ""
        heads = {head, *load("checks")["rates"]["per"].get(head, ())} if head else {second.dimension}
        return bool(per) and second.figure.kind == "count" and first.dimension == rate.dimension and second.dimension in heads
    return first.dimension == second.dimension


def _value(kind: dict[str, Any], rate: Mention, first: Mention, second: Mention) -> Decimal | None:
    """What comes out, in the unit of the rate; for a change its size in the direction the words give."""
    if kind["shape"] == "ratio" or _is_change_itself(kind, first):
        return quotient(first.amount * HUNDRED, second.amount)
    if kind["shape"] == "change":
        sign = -1 if re.search(kind["down"], rate.lead) else 1
        return quotient((first.amount - second.amount) * sign * HUNDRED, second.amount)
    size = rate.amount / rate.figure.value if rate.figure.value else None
    return quotient(first.amount, second.amount * size) if size else None


def _is_change_itself(kind: dict[str, Any], first: Mention) -> bool:
    """Is the first of a change how much more or less it was (比上年900万元增加45万元，增长5%), not what it came to?"""
    return kind["shape"] == "change" and bool(re.search(kind["itself"], clause_before(first)))


def _blur(kind: dict[str, Any], first: Mention, second: Mention, precision: Precision) -> Decimal:
    """How far the rate may move because its operands are rounded themselves."""
    if kind["shape"] == "average":
        return Decimal(0)
    ratio = abs(first.amount / second.amount)
    half = [precision.half_step(mention, [other]) for mention, other in ((first, second), (second, first))]
    return (half[0] + ratio * half[1]) / abs(second.amount) * HUNDRED


def _plays(kind: dict[str, Any], attempt: Attempt) -> bool:
    """Do the words around the two, the last clauses before and the next words behind (▪), give them their parts?"""
    roles = zip(("numerator", "denominator"), attempt.operands, strict=True)
    if kind["shape"] == "change" and re.search(kind["no_base"], clause_before(attempt.operands[1])):
        return False
    return all(re.search(kind[role], re.split("[。；]", mention.lead)[-1] + "▪" + mention.tail) for role, mention in roles)


def _in_order(kind: dict[str, Any], attempt: Attempt) -> bool:
    """What is measured against usually stands first; a change may name last year after this year."""
    first, second = attempt.operands
    return kind["shape"] == "change" or second.index < first.index or kind.get("any_order", False)
