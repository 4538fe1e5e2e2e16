"""Which figures of a report determine which: edges between statements, and what binds them (core.md §4)."""

from __future__ import annotations

from .by_words import ByWords
from .edge import ADDED, AVERAGE, BOUND, CHANGE, CHANGE_RATE, EQUAL, IMPLIED, LEFT_OVER, QUOTIENT, SUM, Edge

__all__ = ["ADDED", "AVERAGE", "BOUND", "CHANGE", "CHANGE_RATE", "EQUAL", "IMPLIED", "LEFT_OVER", "QUOTIENT", "SUM", "ByWords", "Edge"]
