"""What each figure says: of whom, of what, which of its numbers, when, where, in what state (core.md §2)."""

from __future__ import annotations

from .lexicon import counted_as, cues_in, says, units_of, without
from .lists import LINE, PartList
from .pairs import GENERIC, is_of_plan, unexplained
from .ranked import Candidate
from .reading import Spoken, read_statements
from .statement import (
    ASPECTS,
    DERIVED,
    EXTENTS,
    PERIODS,
    PLANS,
    SETTLED,
    STATES,
    Statement,
    base_of,
    extents_of,
    is_called,
    is_down,
    is_monthly,
    is_of_outcome,
    is_total_mark,
    is_up,
    kind_of_things,
    named_year,
    names_as_base,
    names_plan,
    so_many_of,
    stem_of,
    years_compared,
)
from .table import statements_table

# Lists bound by the names of budget lines alone, wherever in the text they stand.
BY_NAME = LINE

__all__ = [
    "ASPECTS",
    "BY_NAME",
    "DERIVED",
    "EXTENTS",
    "GENERIC",
    "PERIODS",
    "PLANS",
    "SETTLED",
    "STATES",
    "Candidate",
    "PartList",
    "Spoken",
    "Statement",
    "base_of",
    "counted_as",
    "cues_in",
    "extents_of",
    "is_called",
    "is_down",
    "is_monthly",
    "is_of_outcome",
    "is_of_plan",
    "is_total_mark",
    "is_up",
    "kind_of_things",
    "named_year",
    "names_as_base",
    "names_plan",
    "read_statements",
    "says",
    "so_many_of",
    "statements_table",
    "stem_of",
    "unexplained",
    "units_of",
    "without",
    "years_compared",
]
