"""What the second witness says: for a claim the edges that place, names and periods make likely, whatever words bind."""

from __future__ import annotations

from collections.abc import Iterator

from selfeval.reading.statements import Spoken, Statement

from .coherent import coherent
from .edge import AVERAGE, CHANGE, CHANGE_RATE, LEFT_OVER, QUOTIENT, RANKED, SUM, Edge

_KINDS = {
    "rate": QUOTIENT,
    "share": QUOTIENT,
    "average": AVERAGE,
    "change": CHANGE,
    "change_rate": CHANGE_RATE,
    "carried_over": LEFT_OVER,
}


def likely_edges(spoken: Spoken) -> Iterator[Iterator[tuple[float, Edge]]]:
    """For each claim of prose the edges it may have, the likeliest first, each with how likely it is; made as they are asked for."""
    place = {statement.index: place for place, statement in enumerate(spoken.statements)}
    for candidates in spoken.ranking:
        yield (
            (each.likely, Edge(kind_of(each.claim), place[each.claim.index], (place[each.first.index], place[each.base.index]), RANKED))
            for each in candidates
        )


def likely_sums(spoken: Spoken) -> Iterator[Iterator[Edge]]:
    """For each figure that may begin a list what it may add up to, the likeliest first; made as they are asked for."""
    known: dict = {}
    for candidates in spoken.runs:
        edges = (coherent(Edge(SUM, whole, parts, RANKED, likely), spoken.statements, known) for whole, parts, likely in candidates)
        yield filter(None, edges)


def kind_of(claim: Statement) -> str:
    """The arithmetic a claim makes of its two operands."""
    return _KINDS[claim.aspect]
