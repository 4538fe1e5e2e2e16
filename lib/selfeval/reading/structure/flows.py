"""Stocks and flows of a sentence: what there was at first, what came, what went, and what was left at the end."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import groupby

from selfeval.knowledge import load
from selfeval.reading.statements import DERIVED, Statement

from .edge import FLOW, Edge

_FEWEST = 3
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
            if each.sentence >= 0 and each.aspect not in _OTHERS:
                of_unit[each.unit].append(place)
        yield from _flows(statements, of_unit)


def _flows(statements: Sequence[Statement], of_unit: Mapping[str, Sequence[int]]) -> Iterator[Edge]:
    yield from filter(None, (_flow(statements, places) for places in of_unit.values() if len(places) > _FEWEST))


def _flow(statements: Sequence[Statement], places: Sequence[int]) -> Edge | None:
    kinds = {place: _kind(statements[place]) for place in places}
    of = {kind: [place for place in places if kinds[place] == kind] for kind in ("opening", "added", "taken", "closing")}
    if "" in kinds.values() or len(of["opening"]) != 1 or len(of["closing"]) != 1 or not of["added"] or not of["taken"]:
        return None
    return Edge(FLOW, of["closing"][0], (*of["opening"], *of["added"], *of["taken"]), str(len(of["taken"])))


def _kind(statement: Statement) -> str:
    words = f"{statement.words}{statement.act}"
    return next((kind for kind, pattern in _patterns() if pattern.search(words)), "")


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((kind, re.compile(words)) for kind, words in load("relations")["flow"].items())
