"""The rows offices typed into the yearly sheets → the tidy tables that a report is read into, each value with the cell it came from."""

from __future__ import annotations

import pandas as pd

from selfeval.records.entries import Entries

from .base import base_data_of
from .budget import budget_lines_of
from .cells import Cells, read_cells
from .indicators import indicators_of
from .work import work_facts_of

__all__ = ["Cells", "base_data_of", "budget_lines_of", "indicators_of", "read_cells", "tables_of", "work_facts_of"]


def tables_of(entries: Entries, first: int = 0) -> dict[str, pd.DataFrame]:
    """Return the tables of `entries` by name: figures, budget_lines, work_facts, indicators, base_data; empty where nothing was typed.

    Figures are numbered on from `first` figures that a report has already.
    """
    cells = read_cells(entries, first)
    return {
        "figures": cells.table(),
        "budget_lines": budget_lines_of(entries, cells),
        "work_facts": work_facts_of(entries, cells),
        "indicators": indicators_of(entries, cells),
        "base_data": base_data_of(entries, cells),
    }
