"""Which figures of a report determine which: edges between statements, and what binds them (core.md §4)."""

from __future__ import annotations

from collections.abc import Iterator

from selfeval.reading.statements import Spoken

from .by_words import ByWords
from .compared import Comparison, compared, contrary_reasons, is_contrary
from .edge import (
    AGAIN,
    AVERAGE,
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
from .ranked import Candidate, ranked
from .repeats import repeats

__all__ = [
    "AGAIN",
    "AVERAGE",
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
    "Candidate",
    "Comparison",
    "Edge",
    "compared",
    "contrary_reasons",
    "edges_of",
    "is_contrary",
    "lasting",
    "ranked",
]


def edges_of(spoken: Spoken) -> Iterator[Edge]:
    """Every edge of prose: what words bind, what the labels of a passage bind, and what is said again."""
    yield from ByWords(spoken.statements, spoken.lists).edges()
    yield from over_marks(spoken.statements)
    yield from over_labels(spoken.statements)
    yield from repeats(spoken.statements)
