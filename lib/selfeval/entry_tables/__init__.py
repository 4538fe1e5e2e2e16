"""The rows offices typed into the yearly sheets → the tidy tables that a report is read into, each value with the cell it came from."""

from .base import base_data_of
from .budget import budget_lines_of
from .cells import Cells, read_cells
from .indicators import indicators_of
from .work import work_facts_of

__all__ = ["Cells", "base_data_of", "budget_lines_of", "indicators_of", "read_cells", "work_facts_of"]
