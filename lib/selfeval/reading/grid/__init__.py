"""Reads tables as they are meant: heads, panels, rows with levels and roles, numbers with units. Nobody else takes a table apart."""

from __future__ import annotations

from .columns import names_role, role_of, unit_in_brackets
from .model import ADDITIVE, ITEM, NOTE, OPEN_PART, PART, SUBTOTAL, TOTAL, Column, Grid, Row, amount
from .reading import is_title, read_empty, read_grids
from .said import read_said
from .told import OPENING, read_told
from .value import Value, is_blank, is_change, is_unit, may_be_year, value_of

__all__ = [
    "ADDITIVE",
    "ITEM",
    "NOTE",
    "OPENING",
    "OPEN_PART",
    "PART",
    "SUBTOTAL",
    "TOTAL",
    "Column",
    "Grid",
    "Row",
    "Value",
    "amount",
    "is_blank",
    "is_change",
    "is_title",
    "is_unit",
    "may_be_year",
    "names_role",
    "read_empty",
    "read_grids",
    "read_said",
    "read_told",
    "role_of",
    "unit_in_brackets",
    "value_of",
]
