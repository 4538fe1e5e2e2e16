"""What each figure says: of whom, of what, which of its numbers, when, where, in what state (core.md §2)."""

from __future__ import annotations

from .lists import LINE, PartList
from .reading import read_statements, read_statements_and_lists
from .statement import ASPECTS, EXTENTS, PERIODS, STATES, Statement
from .table import statements_table

# Lists bound by the names of budget lines alone, wherever in the text they stand.
BY_NAME = LINE

__all__ = [
    "ASPECTS",
    "BY_NAME",
    "EXTENTS",
    "PERIODS",
    "STATES",
    "PartList",
    "Statement",
    "read_statements",
    "read_statements_and_lists",
    "statements_table",
]
