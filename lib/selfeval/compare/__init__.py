"""This year beside earlier years, this body beside others: only what measures the same thing is ever held against one another."""

from .budget import budget_changes
from .pairing import Bounds, bounds_of
from .reading import BUDGET_TABLES, SAFETY_TABLES, Earlier, earlier_tables
from .safety import safety_changes

__all__ = ["BUDGET_TABLES", "SAFETY_TABLES", "Bounds", "Earlier", "bounds_of", "budget_changes", "earlier_tables", "safety_changes"]
