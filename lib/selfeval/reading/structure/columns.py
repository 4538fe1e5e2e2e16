"""What a list says of every item in several columns (甲立案3起、罚款5万元；乙…): where one column comes out, it lists all there is, and the
others must come out as well."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from selfeval.reading.statements import DERIVED, Statement, kind_of_things

from .edge import COLUMN, SUM, Edge

_FEWEST_ITEMS = 3
# How far from the figure of one column that of another may stand.
_BESIDE = (1, 2, -1, -2)


def over_columns(statements: Sequence[Statement], lists: Iterable[tuple[int, Sequence[int]]]) -> Iterator[Edge]:
    """The sum over every further column of those lists, told by the places of whole and parts, that come out in one."""
    known: set[tuple[int, ...]] = set()
    for whole, parts in lists:
        if len(parts) < _FEWEST_ITEMS or sum(statements[part].amount for part in parts) != statements[whole].amount:
            continue
        for step in _BESIDE:
            column = tuple(place + step for place in (whole, *parts))
            if column not in known and _is_column(statements, (whole, *parts), column):
                known.add(column)
                yield Edge(SUM, column[0], column[1:], COLUMN)


def _is_column(statements: Sequence[Statement], listed: Sequence[int], column: Sequence[int]) -> bool:
    """Whether figures beside those of a list tell each the same of its item, and all of it of the whole."""
    if min(column) < 0 or max(column) >= len(statements) or not set(listed).isdisjoint(column):
        return False
    beside = [statements[place] for place in column]
    first = beside[0]
    alike = all((each.aspect, each.period, kind_of_things(each)) == (first.aspect, first.period, kind_of_things(first)) for each in beside)
    own = all(each.sentence == statements[place].sentence >= 0 for each, place in zip(beside, listed, strict=True))
    return alike and own and first.aspect not in DERIVED
