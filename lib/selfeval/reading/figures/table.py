"""Figures as rows of figures.csv."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import pandas as pd

from selfeval.quantity import base_unit, in_base_unit
from selfeval.reading.document import Document
from selfeval.tables import make_table

from . import grammar
from .figure import QUANTITIES, Figure

_BARE_SCALES = frozenset(unit.removesuffix("元") for unit in grammar.MONEY_FACTORS) - {""}


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
    if figure.value is None or figure.kind not in QUANTITIES:
        return None, ""
    if figure.kind == "percent":
        return (figure.value * 10, "%") if figure.unit == "成" else (figure.value, "%" if figure.unit == "％" else figure.unit)
    # 1410.00万 with 元 left out is still money.
    left_out = figure.kind == "money" and figure.unit in _BARE_SCALES
    unit = f"{figure.unit}元" if left_out else figure.unit
    return in_base_unit(figure.value, unit), base_unit(unit)


def _row(document: Document, index: int, figure: Figure) -> dict[str, object]:
    amount, base_unit = amount_of(figure)
    return {
        "figure_id": figure_id(index),
        "start": figure.start,
        "end": figure.end,
        "line": document.line_at(figure.start),
        "page": document.page_at(figure.start),
        "section": " › ".join(document.section_at(figure.start)),
        "text": figure.text,
        "value": figure.value,
        "unit": figure.unit,
        "amount": amount,
        "base_unit": base_unit,
        "qualifier": figure.qualifier,
        "kind": figure.kind,
        "measure": figure.measure,
        "sentence": document.sentence(figure.start),
    }
