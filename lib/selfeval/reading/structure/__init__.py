"""Which figures of a report determine which: edges between statements, and what binds them (core.md §4)."""

from __future__ import annotations

from .by_words import ByWords
from .edge import AGAIN, AVERAGE, BOUND, CHANGE, CHANGE_RATE, EQUAL, IMPLIED, LEFT_OVER, QUOTIENT, STEM, SUM, TIMES, Edge
from .labels import over_labels
from .lasting import lasting
from .repeats import repeats

__all__ = [
    "AGAIN",
    "AVERAGE",
    "BOUND",
    "CHANGE",
    "CHANGE_RATE",
    "EQUAL",
    "IMPLIED",
    "LEFT_OVER",
    "QUOTIENT",
    "STEM",
    "SUM",
    "TIMES",
    "ByWords",
    "Edge",
    "lasting",
    "over_labels",
    "repeats",
]
