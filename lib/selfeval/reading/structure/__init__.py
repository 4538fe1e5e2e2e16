"""Which figures of a report determine which: edges between statements, and what binds them (core.md §4)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain

from selfeval.reading.statements import Spoken

from .averages import is_over
from .by_words import by_words
from .coherent import coherent
from .columns import over_columns
from .compared import compared, contrary_reasons, from_to, held_against, is_contrary
from .edge import BOUND, SUM, Edge
from .first_of import counts_its_parts, over_all_counted, over_first_of
from .flows import kind_of_flow, over_flows, over_less, over_remainders
from .labels import over_labels
from .lasting import lasting
from .likely import kind_of, likely_edges, likely_sums
from .listed import Lists
from .marks import over_marks
from .parallel import in_parallel
from .rates import is_plain_rate
from .repeats import repeats
from .settled import more_than_came_in, over_outcomes
from .universe import more_than_any_before, more_than_there_are, tells_all

__all__ = [
    "BOUND",
    "compared",
    "contrary_reasons",
    "counts_its_parts",
    "edges_of",
    "from_to",
    "held_against",
    "is_contrary",
    "is_over",
    "is_plain_rate",
    "kind_of",
    "kind_of_flow",
    "lasting",
    "likely_edges",
    "likely_sums",
    "tells_all",
]


_OF_STATEMENTS = (
    *(over_marks, over_flows, over_first_of, over_all_counted, over_remainders, over_less, more_than_came_in),
    *(more_than_there_are, more_than_any_before, over_labels, in_parallel, repeats),
)


def edges_of(spoken: Spoken) -> Iterator[Edge]:
    """Every edge of prose: of words, the columns of a list, the labels of a passage, and what is said again."""
    known: dict = {}
    yield from filter(None, (coherent(edge, spoken.statements, known) for edge in _all_edges(spoken)))


def _all_edges(spoken: Spoken) -> Iterator[Edge]:
    bound = [*by_words(spoken.statements), *Lists(spoken.statements, spoken.lists).edges()]
    known = {(edge.claim, frozenset(edge.operands)) for edge in bound if edge.kind == SUM}
    yield from bound
    further = chain(over_columns(spoken.statements, _lists(spoken)), over_outcomes(spoken.statements))
    yield from (edge for edge in further if (edge.claim, frozenset(edge.operands)) not in known)
    for bind in _OF_STATEMENTS:
        yield from bind(spoken.statements)


def _lists(spoken: Spoken) -> Iterator[tuple[int, Sequence[int]]]:
    """Every list, by the places of its whole and its parts: those that words tell, and what each that is only likely most likely is."""
    places = {statement.index: place for place, statement in enumerate(spoken.statements)}
    for each in spoken.lists:
        if each.whole in places:
            yield places[each.whole], [places[part] for part in each.parts if part in places]
    for candidates in spoken.runs:
        yield from ((each.whole, each.parts) for each in candidates)
