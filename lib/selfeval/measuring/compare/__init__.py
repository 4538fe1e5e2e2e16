"""This year beside earlier years, this body beside others: only what measures the same thing is ever held against one another."""

from .bodies import bodies
from .budget import budget_changes
from .pairing import Bounds, bounds_of
from .reading import BODY_TABLES, BUDGET_TABLES, SAFETY_TABLES, Earlier, Others, earlier_tables, tables_of_bodies
from .safety import safety_changes

__all__ = [
    "BODY_TABLES",
    "BUDGET_TABLES",
    "SAFETY_TABLES",
    "Bounds",
    "Earlier",
    "Others",
    "bodies",
    "bounds_of",
    "budget_changes",
    "earlier_tables",
    "safety_changes",
    "tables_of_bodies",
]
