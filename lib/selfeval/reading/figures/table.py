"""Figures as rows of figures.csv."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache

import pandas as pd

from selfeval.quantity import size_and_base
from selfeval.reading.document import Document
from selfeval.tables import make_table

from . import grammar
from .figure import QUANTITIES, Figure

# Every table of a report names its figures.
_REMEMBERED = 4096
# The columns that are fields of a figure.
_PRINTED = Figure._fields[:-2]
_BARE_SCALES = frozenset(unit.removesuffix("元") for unit in grammar.MONEY_FACTORS) - {""}


@lru_cache(_REMEMBERED)
def figure_id(index: int) -> str:
    """The id of the figure at `index` in reading order, counted from 0."""
    return f"f{index + 1:04d}"


def figures_table(document: Document, figures: Sequence[Figure]) -> pd.DataFrame:
    """Return figures.csv: one row a figure, in reading order; `used_by` is left empty for those who use it to fill."""
    return make_table("figures", (_row(document, index, figure) for index, figure in enumerate(figures)))


def amount_of(figure: Figure) -> tuple[Decimal | None, str]:
    """The value in its base unit and that unit: money in 万元, counts with 万 and 亿 multiplied out, percentages as printed.

    (None, '') for what is no quantity; foreign money and unknown units keep value and unit as printed.
    """
    value, unit, kind = figure.value, figure.unit, figure.kind
    if value is None or kind not in QUANTITIES:
        return None, ""
    if kind == "percent":
        return (value * 10, "%") if unit == "成" else (value, "%" if unit == "％" else unit)
    # 1410.00万 with 元 left out is still money.
    if kind == "money" and unit in _BARE_SCALES:
        unit = f"{unit}元"
    size, base = size_and_base(unit)
    return value * size, base


def _row(document: Document, index: int, figure: Figure) -> dict[str, object]:
    amount, base_unit = amount_of(figure)
    return dict(zip(_PRINTED, figure, strict=False)) | {
        "figure_id": figure_id(index),
        "line": document.line_at(figure.start),
        "page": document.page_at(figure.start),
        "section": " › ".join(document.section_at(figure.start)),
        "amount": amount,
        "base_unit": base_unit,
        "measure": figure.measure,
        "sentence": document.sentence(figure.start),
    }
