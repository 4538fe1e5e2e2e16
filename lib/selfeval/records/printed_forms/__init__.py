"""Forms of performance indicators that a report prints as tables: what their rows say, and their indicators as data."""

from __future__ import annotations

from .indicators import printed_indicators
from .marks import EXECUTION, MarkRow, MarkTable, Printed, mark_tables, part_named

__all__ = ["EXECUTION", "MarkRow", "MarkTable", "Printed", "mark_tables", "part_named", "printed_indicators"]
