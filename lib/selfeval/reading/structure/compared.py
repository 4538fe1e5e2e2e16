"""Words that compare two figures without a figure of their own: 决算数大于预算数, 与上年持平; and reasons that point the other way."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from selfeval.knowledge import load, pattern
from selfeval.reading.clauses import STOPS, parts_of, words_before, words_behind
from selfeval.reading.statements import PLANS, Statement, is_down, is_of_plan, is_up

MORE, LESS, SAME, WITHIN, AT_LEAST = "more", "less", "same", "within", "at_least"
# What may be held against another number right behind it, and the words around that number that do so, with # in its place.
_LEVELS = frozenset({"actual", "rate", "share", "average"})
_HELD_AGAINST = {"limit": WITHIN, "floor": AT_LEAST, "below": LESS, "above": MORE}
# So many figures before the words may be those they compare; so far behind a change its reason may begin.
_REACH, _REASON_REACH = 6, 30
# A rate below this calls for a reason, in percent.
_ALL, _MOSTLY = 100, 95
# Where a value comes from, and where it went.
_RANKS = re.compile("等级|级别|名次|排[名位]|^等$")
_FROM, _TO = re.compile("[由从]"), re.compile("[到至为]$")


@dataclass(frozen=True, slots=True)
class Comparison:
    """What the `words` at `start` say of two statements, by place: that the first is MORE or LESS than the second, the SAME,
    WITHIN it or AT_LEAST as much."""

    start: int
    words: str
    said: str
    now: int
    base: int

    def holds(self, statements: Sequence[Statement]) -> bool:
        """Whether the two figures stand to each other as is said."""
        now, base = statements[self.now].amount, statements[self.base].amount
        return {MORE: now > base, LESS: now < base, SAME: now == base, WITHIN: now <= base, AT_LEAST: now >= base}[self.said]


def compared(text: str, statements: Sequence[Statement]) -> Iterator[Comparison]:
    """Every comparison in words of which both figures stand before it in its paragraph."""
    prose = [place for place, statement in enumerate(statements) if statement.sentence >= 0]
    for said, words in _comparisons():
        for found in words.finditer(text):
            begins = found.start() - len(words_before(text, found.start(), "\n"))
            near = [place for place in prose if begins <= statements[place].figure.start < found.start()][-_REACH:]
            pair = _to_plan(statements, near) if "预算" in found[0] else _to_last_year(statements, near, text, found)
            if pair:
                yield Comparison(found.start(), found[0], said, *pair)


def held_against(statements: Sequence[Statement]) -> Iterator[Comparison]:
    """支出26.84万元，控制在核定的25.60万元以内; 收入187万元，低于上年的162万元: a figure against the one right behind that it is said to be
    more, less, no more or no less than."""
    words = {said: pattern("relations", "compared", name) for name, said in _HELD_AGAINST.items()}
    for place, (before, other) in enumerate(pairwise(statements), 1):
        if other.sentence != before.sentence or other.sentence < 0 or other.unit != before.unit or before.aspect not in _LEVELS:
            continue
        told = f"{other.words}#{other.behind}"
        found = ((said, each.search(told)) for said, each in words.items())
        for said, match in ((said, match) for said, match in found if match):
            yield Comparison(other.start, match[0].replace("#", other.figure.text), said, place - 1, place)


def from_to(statements: Sequence[Statement]) -> Iterator[tuple[int, int]]:
    """The places of a value and the one it came from, where the word between them points the other way: 由96.35%下降到98.00%."""
    for place, (before, after) in enumerate(pairwise(statements), 1):
        word = after.because.get("aspect", "")
        if not (_TO.search(word) and after.sentence == before.sentence >= 0 and after.unit == before.unit):
            continue
        from_it = before.period == "prior" or _FROM.search(before.words)
        turned = is_down(after) != (after.amount < before.amount) and (is_down(after) or is_up(after))
        # The first grade and the first place are the best.
        ranks = any(_RANKS.search(each.measure) for each in (before, after))
        if from_it and turned and before.amount != after.amount and not ranks:
            yield place, place - 1


def _to_plan(statements: Sequence[Statement], near: Sequence[int]) -> tuple[int, int] | None:
    """The last expenditure before the words, and the budget before it."""
    spent = next((place for place in reversed(near) if statements[place].aspect == "actual" and statements[place].part_of is None), None)
    plans = (place for place in reversed(near) if statements[place].aspect in PLANS and statements[place].figure.kind == "money")
    plan = next(plans, None)
    if spent is None or plan is None or statements[spent].unit != statements[plan].unit:
        return None
    return (spent, plan) if statements[spent].subject == statements[plan].subject else None


def _to_last_year(statements: Sequence[Statement], near: Sequence[int], text: str, found: re.Match[str]) -> tuple[int, int] | None:
    """The last two figures before the words, one of this year and one of the year before, of one sentence and unit."""
    if len(near) < 2 or len(parts_of(text[statements[near[-1]].figure.end : found.start()], STOPS)) > 1:
        return None
    one, other = near[-2:]
    first, second = statements[one], statements[other]
    if first.unit != second.unit or first.sentence != second.sentence or first.aspect != second.aspect:
        return None
    periods = (first.period, second.period)
    return (one, other) if periods == ("year", "prior") else (other, one) if periods == ("prior", "year") else None


def contrary_reasons(text: str, statements: Sequence[Statement]) -> Iterator[tuple[int, int, str]]:
    """Place of a change, or of a rate that lies beside its plan, start and words of its reason, where the reason tells of nothing but the
    contrary: less, for costs have grown."""
    opens = re.compile(load("relations")["reason"]["opens"])
    for place, statement in enumerate(statements):
        down = _is_short(statement) if statement.sentence >= 0 else None
        found = None if down is None else opens.match(text, statement.figure.end, statement.figure.end + _REASON_REACH)
        reason = words_behind(text, found.end(), STOPS) if found else ""
        if reason and is_contrary(reason, down=down):
            yield place, found.end(), reason


def _is_short(statement: Statement) -> bool | None:
    """Whether something became less or fell short of its plan, or the reverse; None for what is neither."""
    if statement.aspect in ("change", "change_rate") and statement.because.get("aspect"):
        return is_down(statement)
    of_plan = statement.aspect == "rate" and statement.figure.kind == "percent" and is_of_plan(statement)
    beside = of_plan and (statement.amount > _ALL or statement.amount < _MOSTLY)
    return statement.amount < _ALL if beside else None


def is_contrary(reason: str, *, down: bool) -> bool:
    """Whether words tell only of what grew, as a reason why something went `down`, or only of what fell, why it went up."""
    tells = {name: bool(re.search(load("relations")["reason"][name], reason)) for name in ("grown", "fallen", "late", "aside")}
    against, along = (tells["grown"], tells["fallen"] or tells["late"]) if down else (tells["fallen"], tells["grown"])
    return against and not along and not tells["aside"]


@cache
def _comparisons() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((said, re.compile(load("relations")["compared"][said])) for said in (MORE, LESS, SAME, WITHIN))
