"""All there is of a thing (全县行政村186个, 下辖行政村23个): what is told of some of it is no more."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache

from selfeval.knowledge import load
from selfeval.reading.statements import Statement

from .edge import ALL, BOUND, Edge

_FEWEST_DIGITS = 2


def more_than_there_are(statements: Sequence[Statement]) -> Iterator[Edge]:
    """覆盖行政村198个，全县行政村186个: what all there is of a thing owes to every other number of it."""
    of_thing: dict[tuple[str, str], list[int]] = defaultdict(list)
    for place, each in enumerate(statements):
        plain = each.sentence >= 0 and each.figure.kind == "count" and each.aspect == "actual" and each.period == "year"
        if plain and len(each.measure) >= _FEWEST_DIGITS:
            of_thing[each.measure, each.unit].append(place)
    for places in of_thing.values():
        all_of_it = [place for place in places if tells_all(statements[place])]
        # Where two say so differently either may be of a larger area.
        if len({statements[place].amount for place in all_of_it}) == 1:
            whole = all_of_it[0]
            yield from (
                Edge(BOUND, whole, (other,), ALL)
                for other in places
                if other not in all_of_it and statements[other].amount > statements[whole].amount >= 10 ** (_FEWEST_DIGITS - 1)
            )


def tells_all(statement: Statement) -> bool:
    """Whether a figure counts all there is of a thing, as its words say: 全镇, 下辖, 共有, 总数."""
    return statement.part_of is None and bool(_words().search(f"{''.join(statement.scope)}{statement.words}{statement.behind}"))


@cache
def _words() -> re.Pattern[str]:
    return re.compile(load("relations")["all"]["words"])
