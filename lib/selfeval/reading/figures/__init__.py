"""Reads every figure out of Chinese official prose: its span, printed value, unit, qualifier, kind, and what it measures."""

from __future__ import annotations

from .cells import Cells, Place
from .extract import extract_figures, figures_of
from .figure import QUANTITIES, Figure
from .table import amount_of, figure_id, figures_table

__all__ = ["QUANTITIES", "Cells", "Figure", "Place", "amount_of", "extract_figures", "figure_id", "figures_of", "figures_table"]
