"""Reads every figure out of Chinese official prose: its span, printed value, unit, qualifier, kind, and what it measures."""

from __future__ import annotations

from .extract import extract_figures
from .figure import QUANTITIES, Figure

__all__ = ["QUANTITIES", "Figure", "extract_figures"]
