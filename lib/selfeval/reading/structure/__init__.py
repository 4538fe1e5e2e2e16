"""Which figures of a report determine which: edges between statements, and what binds them (core.md §4)."""

from __future__ import annotations

from collections.abc import Iterator

from selfeval.reading.statements import Spoken

from .beside import beside
from .by_words import ByWords
from .compared import Comparison, compared, contrary_reasons
from .edge import (
    AGAIN,
    AVERAGE,
    BESIDE,
    BOUND,
    CELL,
    CHANGE,
    CHANGE_RATE,
    EQUAL,
    IMPLIED,
    LEFT_OVER,
    MARKS,
    MARKS_OF_ALL,
    QUOTIENT,
    STEM,
    SUM,
    TIMES,
    Edge,
)
from .labels import over_labels
from .lasting import lasting
from .marks import over_marks
from .repeats import repeats

__all__ = [
    "AGAIN",
    "AVERAGE",
    "BESIDE",
    "BOUND",
    "CELL",
    "CHANGE",
    "CHANGE_RATE",
    "EQUAL",
    "IMPLIED",
    "LEFT_OVER",
    "MARKS",
    "MARKS_OF_ALL",
    "QUOTIENT",
    "STEM",
    "SUM",
    "TIMES",
    "Comparison",
    "Edge",
    "compared",
    "contrary_reasons",
    "edges_of",
    "lasting",
]


def edges_of(spoken: Spoken) -> Iterator[Edge]:
    """Every edge of prose: what words bind, what stands beside its operands, what the labels of a passage bind, and what is said again."""
    by_words = [*ByWords(spoken.statements, spoken.lists).edges()]
    yield from by_words
    yield from beside(spoken.statements, {edge.claim for edge in by_words})
    yield from over_marks(spoken.statements)
    yield from over_labels(spoken.statements)
    yield from repeats(spoken.statements)
