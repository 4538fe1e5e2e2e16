"""All there is of a thing (全县行政村186个, 下辖行政村23个): what is told of some of it is no more."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import groupby

from selfeval.knowledge import pattern
from selfeval.reading.statements import Statement, kind_of_things, says

from .edge import ALL, BOUND, SOME, Edge

_FEWEST_DIGITS = 2
_NOW = frozenset({"year", "part"})


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


def more_than_any_before(statements: Sequence[Statement]) -> Iterator[Edge]:
    """入住297套，入住率95.8%，其中新就业职工318套: some of those that a sentence told before are more than any of them, items
    of a list aside."""
    for _, told in groupby(enumerate(statements), key=lambda each: each[1].sentence):
        largest: dict[str, int] = {}
        items: set[int] = set()
        opened = ""
        for place, each in told:
            plain = each.sentence >= 0 and each.figure.kind == "count" and each.aspect == "actual"
            if not plain or each.period not in _NOW:
                continue
            kind = kind_of_things(each)
            opened = kind if says("some", each.words) else opened if opened == kind and each.mark == "、" else ""
            whole = largest.get(kind)
            if opened and whole is not None and whole not in items and each.amount > statements[whole].amount:
                yield Edge(BOUND, whole, (place,), SOME)
            if not opened:
                items |= {place - 1, place} if each.mark == "、" else set()
                largest[kind] = place if whole is None or each.amount > statements[whole].amount else whole


def tells_all(statement: Statement) -> bool:
    """Whether a figure counts all there is of a thing, as its words say: 全镇, 下辖, 共有, 总数."""
    told = f"{''.join(statement.scope)}{statement.words}{statement.behind}"
    return statement.part_of is None and bool(pattern("relations", "all", "words").search(told))
