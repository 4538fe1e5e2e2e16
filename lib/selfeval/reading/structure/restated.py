"""What may have been said before in nearly the same digits: two numbers with one digit other, or the same ones in another order.

Unrelated numbers are hardly ever so near each other (core.md §8.7); whether two that are tell of the same thing is weighed by what they
are called and which of their numbers they are. The weights are data (knowledge/ranking.toml), learned by bench/ranking.py from numbers
that do turn up twice.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cache
from itertools import chain, takewhile
from math import exp, log, log1p
from operator import add
from typing import NamedTuple

from selfeval.knowledge import load
from selfeval.quantity import digits_of
from selfeval.reading.statements import SETTLED, Statement, kind_of_things

from .edge import AGAIN, ONE_DIGIT, SHUFFLED, SWAPPED, Edge

# Numbers that stand for themselves.
PLAIN = frozenset({"planned", "initial", "adjusted", "actual", "arrived", "carried_over", "rate", "change"})
_PERIODS = frozenset({"year", "part", "next"})
_OF_BUDGET = frozenset({"支出", "预算"})
_TOTAL = re.compile("合计|总计|全年|全市|全县|全区")
_A_NUMBER = re.compile(r"\d+")
_NO_NAME = re.compile(r"[\W\d_]+")
# What any figure is called, and any amount of a budget.
_GENERIC = frozenset("的率为达到占共计年度全本当实际总数量个第及和与其中比例平均每一是了在已有各由按把以从对支出预算资金人户县市区")
_PARTED = re.compile(f"[{''.join(_GENERIC)}]+")
# Shorter ones, and more places that are alike, say nothing.
_FEWEST_DIGITS, _TELLING_DIGITS, _MOST_ALIKE, _RARE, _AHEAD = 2, 3, 12, 3, 12
# So likely at least two counts tell of one thing that share a noun and differ by a slip hardly met with by chance.
_ALONE = 0.8
# So many figures a report has at least; what is rare cannot be told from fewer.
_USUAL = 100


class Near(NamedTuple):
    """Two statements of nearly the same number, by their places: the later or that of a sentence, and what it would repeat."""

    later: int
    before: int
    words: str


def restated(statements: Sequence[Statement]) -> Iterator[tuple[float, Edge]]:
    """Pairs of numbers near each other in digits, with how likely it is that both tell of one thing.

    The words that bind the edge tell how near: SWAPPED, SHUFFLED or ONE_DIGIT.
    """
    pairs = [*near(statements)]
    # A noun binds them, or nothing does.
    bound = [(pair, features) for pair, features in zip(pairs, features_of(statements, pairs), strict=True) if _is_bound(features)]
    own = {pair for pair, _ in bound}
    wide = [pair for pair in pairs if pair not in own and _is_slip_alone(statements, pair)]
    bound += [(pair, features) for pair, features in zip(wide, features_of(statements, wide, wide=True), strict=True) if features["shared"]]
    # What is near so many others is one of a series.
    often = Counter(chain.from_iterable((pair.later, pair.before) for pair, _ in bound))
    for pair, features in bound:
        if max(often[pair.later], often[pair.before]) <= _MOST_ALIKE:
            score = sum(weight * features[name] for name, weight in _weights().items())
            likely = 1 / (1 + exp(-score))
            if _is_slip_alone(statements, pair):
                likely = max(likely, _ALONE)
            yield likely, Edge(AGAIN, pair.later, (pair.before,), pair.words)


def _is_bound(features: Mapping[str, float]) -> bool:
    return bool(features["shared"] or features["owner_named"] or features["cell_named"])


def _is_slip_alone(statements: Sequence[Statement], pair: Near) -> bool:
    """Whether two digits changed about join two counts, neither of them one of a list: so near each other no two unrelated ones are, and
    any noun of the sentences that tell them binds them."""
    ends = statements[pair.later], statements[pair.before]
    plain = all(each.sentence >= 0 and each.figure.kind == "count" and each.part_of is None for each in ends)
    return pair.words == SWAPPED and digits_of(ends[0].figure.value) >= _TELLING_DIGITS and plain


@cache
def _weights() -> dict[str, float]:
    return dict(load("ranking")["again"])


def near(statements: Sequence[Statement], *, equal: bool = False) -> Iterator[Near]:
    """Pairs of statements of like things in different sentences whose printed numbers are near each other, or `equal`."""
    kinds: dict[tuple[str, bool], list[int]] = defaultdict(list)
    for place, statement in enumerate(statements):
        if _is_plain(statement):
            kinds[kind_of_things(statement), statement.aspect == "rate"].append(place)
    for places in kinds.values():
        # By how large one of the printed unit is, and how finely it is printed.
        printed: dict[tuple[Decimal, int], list[int]] = defaultdict(list)
        for place in places:
            if (statement := statements[place]).sentence >= 0:
                printed[statement.amount / statement.figure.value, statement.figure.exponent].append(place)
        for (unit, exponent), said in printed.items():
            last = Decimal(1).scaleb(exponent)
            digits = {place: str((statements[place].amount / unit).quantize(last)).replace(".", "").lstrip("0") for place in places}
            yield from _near(statements, said, digits, equal=equal)


def _near(statements: Sequence[Statement], said: Sequence[int], digits: dict[int, str], *, equal: bool) -> Iterator[Near]:
    exact: dict[str, list[int]] = defaultdict(list)
    for place, own in digits.items():
        exact[own].append(place)
    # Each number without each of its digits, with its place left open.
    shuffled, but_one, rests = defaultdict(list), defaultdict(list), {}
    # Numbers near each other have as many digits.
    lengths = {len(digits[later]) for later in said}
    for own in () if equal else sorted(other for other in exact if len(other) in lengths):
        shuffled["".join(sorted(own))].append(own)
        rests[own] = [f"{own[:place]}-{own[place + 1 :]}" for place in range(len(own))]
        for rest in rests[own]:
            but_one[rest].append(own)
    for later in said:
        own = digits[later]
        if len(own.strip("0")) < _FEWEST_DIGITS:
            continue
        if equal:
            found = [(exact[own], "")]
        else:
            alike = {place: other for other in shuffled["".join(sorted(own))] if other != own for place in exact[other]}
            found = [([place], _in_order(own, alike[place])) for place in sorted(alike)]
            found += [(exact[other], ONE_DIGIT) for rest in rests[own] for other in but_one[rest] if other != own]
        for places, words in found:
            for before in places[:_MOST_ALIKE]:
                if _may_be_one(statements[later], statements[before]) and (before < later or statements[before].sentence < 0):
                    yield Near(later, before, words)


def _may_be_one(later: Statement, before: Statement) -> bool:
    """Whether two figures stand in different sentences, neither is what became of some of the other (隐患842条, 已整改824条), nor has the
    name of one another number than that of the other (维护[1], 维护[2])."""
    numbers = [_A_NUMBER.findall("".join(each.subject[-1:])) for each in (later, before)]
    return (
        not (all(numbers) and numbers[0] != numbers[1])
        and later.sentence != before.sentence
        and bool(later.state in SETTLED) == bool(before.state in SETTLED)
    )


def _in_order(digits: str, other: str) -> str:
    """Whether two digits changed about make one number of the other, or more of them."""
    return SWAPPED if sum(one != two for one, two in zip(digits, other, strict=True)) == 2 else SHUFFLED


def _is_plain(statement: Statement) -> bool:
    named = bool(statement.unit or statement.words)
    return named and statement.aspect in PLAIN and statement.period in _PERIODS and statement.amount > 0 and statement.extent != "rest"


def features_of(statements: Sequence[Statement], pairs: Sequence[Near], *, wide: bool = False) -> Iterator[dict[str, float]]:
    """What speaks for and against each pair telling of the same thing: by name a value between 0 and about 1.

    With `wide`, whatever its sentence says before it names a figure as well.
    """
    around = [_bigrams(f"{''.join(each.subject[-1:])} {each.ahead[-_AHEAD:]}{_name(each)}") for each in statements] if pairs else []
    often = Counter(chain.from_iterable(around))
    rarity = {number: log(max(len(statements), _USUAL) / number) for number in set(often.values())}
    tells = {bigram: rarity[number] for bigram, number in often.items()}
    places = {place for pair in pairs for place in (pair.later, pair.before)}
    names = {place: _of_sentence(around, statements, place) if wide else _bigrams(_name(statements[place])) for place in places}
    wholes = {place: sum(tells.get(bigram, 0) for bigram in name) or 1 for place, name in names.items()}
    characters = {place: _characters(statements[place]) for place in places}
    for later, before, _ in pairs:
        shared = [bigram for bigram in names[later] & names[before] if bigram in tells]
        told, alike = sum(tells[bigram] for bigram in shared), characters[later] & characters[before]
        yield {
            "bias": 1,
            "shared": told / 10,
            "most_telling": max((tells[bigram] for bigram in shared), default=0) / 5,
            "shared_around": sum(tells[bigram] for bigram in around[later] & around[before]) / 10,
            "rare": min(sum(often[bigram] <= _RARE for bigram in shared), 4) / 4,
            "covered_later": told / wholes[later],
            "covered_before": told / wholes[before],
            "characters": len(alike) / max(1, min(len(characters[later]), len(characters[before]))),
            "characters_number": min(len(alike), 8) / 8,
            **_of_fields(statements[later], statements[before]),
        }


def _of_fields(later: Statement, before: Statement) -> dict[str, float]:
    owner, owners = before.subject[-1:], (later.subject[-1:], before.subject[-1:])
    in_cell = before.sentence < 0
    return {
        "measure": bool(before.measure) and before.measure == later.measure,
        "owner": owners[0] == owners[1],
        "owner_other": all(owners) and owners[0] != owners[1],
        "owner_named": bool(owner) and owner[0] in "".join(later.subject) + later.words,
        "aspect": before.aspect == later.aspect,
        "state": before.state == later.state,
        "scope": before.scope == later.scope,
        "period": before.period == later.period,
        "next_later": later.period == "next",
        "cell": in_cell,
        "cell_of_total": in_cell and bool(_TOTAL.search("".join(owner))),
        "cell_named": in_cell and bool(owner) and owner[0] in f"{''.join(later.subject[-1:])}{later.words}{later.ahead}",
        "money": later.figure.kind == "money",
        "percent": later.figure.kind == "percent",
        "part_later": later.part_of is not None,
        "part_before": before.part_of is not None,
        "whole_before": before.extent == "whole",
        "unit": before.figure.unit == later.figure.unit,
        "far": log1p(abs(later.index - before.index)) / 5,
        "section": before.section == later.section,
        "act": bool(before.act) and before.act == later.act,
    }


def _name(statement: Statement) -> str:
    """What a figure is called by words of its own, a cell by its row and column: a measure taken over from others is none of them."""
    if statement.sentence < 0:
        return f"{''.join(statement.subject[-1:])} {statement.words}{statement.measure}"
    return f"{statement.words}{statement.measure if statement.named else ''} {statement.behind}"


def _of_sentence(names: Sequence[set[str]], statements: Sequence[Statement], place: int) -> set[str]:
    """What the sentence of a figure says up to it, not so far back that a sentence without end is read anew for each."""
    near = range(place, max(-1, place - _AHEAD), -1)
    own = takewhile(lambda before: statements[before].sentence == statements[place].sentence, near)
    return set().union(*(names[each] for each in own))


def _characters(statement: Statement) -> set[str]:
    """The characters that name what a statement is of: the line of an amount of a budget, else what is measured."""
    of_line = statement.subject and statement.measure in _OF_BUDGET
    return set(_NO_NAME.sub("", statement.subject[-1] if of_line else _name(statement))) - _GENERIC


def _bigrams(words: str) -> set[str]:
    """Neighbouring characters of names, but for those that any figure has."""
    names = _PARTED.split(_NO_NAME.sub("", words))
    return set().union(*(map(add, name, name[1:]) for name in names))
