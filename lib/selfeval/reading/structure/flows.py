"""Stocks and flows of a sentence: what there was at first, what came, what went, and what was left at the end or is wanting."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import groupby, product

from selfeval.knowledge import load
from selfeval.reading.statements import DERIVED, PLANS, SETTLED, Statement, kind_of_things

from .edge import FLOW, LEFT_OVER, Edge

_FEWEST, _REACH, _MOST_UNNAMED = 3, 12, 4
_STOCKS, _MOVING = ("opening", "closing"), ("added", "taken")
_OTHERS = DERIVED - {"change"}


def over_flows(statements: Sequence[Statement]) -> Iterator[Edge]:
    """年初投放3600辆，新增800辆、清退1150辆，年末保有3250辆: the end is the beginning and what came, less what went.

    A sentence binds them where its figures of one unit are a beginning, an end and flows between, and nothing else.
    """
    for _, numbered in groupby(enumerate(statements), key=lambda each: each[1].sentence):
        of_unit: dict[str, list[int]] = defaultdict(list)
        for place, each in numbered:
            if each.mark == "；":
                yield from _flows(statements, of_unit)
                of_unit.clear()
            # 年初批复, 全年预算 and what is left of them are no stock.
            if each.sentence >= 0 and each.aspect not in _OTHERS and each.aspect not in PLANS:
                of_unit[each.unit].append(place)
        yield from _flows(statements, of_unit)


def over_remainders(statements: Sequence[Statement]) -> Iterator[Edge]:
    """编制50名，在编45人（男30人、女15人），空编5名: what is left or wanting is the first of the two figures before it less the second."""
    for place, rest in enumerate(statements):
        if rest.sentence >= 0 and rest.aspect not in _OTHERS and _remainder().match(rest.words):
            ahead = [other for other in range(max(0, place - _REACH), place) if _goes_before(statements[other], rest)]
            if len(ahead) > 1 and statements[ahead[-2]].amount > statements[ahead[-1]].amount:
                yield Edge(LEFT_OVER, place, (ahead[-2], ahead[-1]), "left")


def _goes_before(other: Statement, rest: Statement) -> bool:
    """Whether a figure may be one of the two that something is left of: of its kind and sentence, and no part of another."""
    alike = other.sentence == rest.sentence and kind_of_things(other) == kind_of_things(rest)
    return alike and (other.part_of is None or other.state in SETTLED) and other.aspect not in _OTHERS


def _flows(statements: Sequence[Statement], of_unit: Mapping[str, Sequence[int]]) -> Iterator[Edge]:
    yield from filter(None, (_flow(statements, places) for places in of_unit.values() if len(places) > _FEWEST))


def _flow(statements: Sequence[Statement], places: Sequence[int]) -> Edge | None:
    kinds = {place: kind_of_flow(statements[place]) for place in places}
    # 比年初净增2366户 is drawn from both, and no beginning.
    kinds = {place: kind for place, kind in kinds.items() if statements[place].aspect != "change" or kind in _MOVING}
    named = {kind: place for place, kind in kinds.items() if kind in _STOCKS}
    if "opening" in named and "closing" not in named and not kinds[places[0]]:
        # 航标386座，年初378座，新设13座，撤除5座: what there is comes first.
        kinds[places[0]] = "closing"
    # What is said of the stock once more is no flow.
    said = {statements[place].amount for place in named.values()}
    kinds = {place: kind for place, kind in kinds.items() if kind or statements[place].amount not in said}
    kinds |= _kinds_of_unnamed(statements, kinds)
    of = {kind: [place for place, each in kinds.items() if each == kind] for kind in ("opening", "added", "taken", "closing")}
    if "" in kinds.values() or len(of["opening"]) != 1 or len(of["closing"]) != 1 or not of["added"] or not of["taken"]:
        return None
    opening, closing = (statements[of[kind][0]].amount for kind in ("opening", "closing"))
    if any(abs(closing - opening) == statements[place].amount for place in (*of["added"], *of["taken"])):
        return None  # 比年初增加48万元，其中新购64万元、报废16万元: a net change, and what it is made of
    return Edge(FLOW, of["closing"][0], (*of["opening"], *of["added"], *of["taken"]), str(len(of["taken"])))


def _kinds_of_unnamed(statements: Sequence[Statement], kinds: Mapping[int, str]) -> dict[int, str]:
    """What flows of other names are: as the end comes out of them, else what is told first came and the others went (产生5180吨，利用
    5312吨)."""
    unnamed = [place for place, kind in kinds.items() if not kind]
    signs = {"opening": 1, "added": 1, "taken": -1, "closing": -1}
    rest = sum(signs[kind] * statements[place].amount for place, kind in kinds.items() if kind)
    for chosen in product(_MOVING, repeat=len(unnamed)) if len(unnamed) <= _MOST_UNNAMED else ():
        if rest + sum(signs[kind] * statements[place].amount for place, kind in zip(unnamed, chosen, strict=True)) == 0:
            return dict(zip(unnamed, chosen, strict=True))
    first = "taken" if "added" in kinds.values() else "added"
    return {place: "taken" if number else first for number, place in enumerate(unnamed)}


def kind_of_flow(statement: Statement) -> str:
    """What a figure is of a flow, '' for none: what there was at first, what came, what went or what was left; keys of [flow]."""
    words = f"{statement.words}{statement.act}"
    return next((kind for kind, pattern in _patterns() if pattern.search(words)), "")


@cache
def _remainder() -> re.Pattern[str]:
    return re.compile(load("relations")["remainder"]["words"])


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((kind, re.compile(words)) for kind, words in load("relations")["flow"].items())
