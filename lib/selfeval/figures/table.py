"""Figures as rows of figures.csv."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from functools import cache

import pandas as pd

from ..document import Document
from ..tables import make_table
from . import grammar
from .figure import Figure

_SCALES = {"百": 10**2, "千": 10**3, "十万": 10**5, "百万": 10**6, "千万": 10**7, "万": 10**4, "亿": 10**8, "十亿": 10**9, "百亿": 10**10, "千亿": 10**11, "万亿": 10**12}


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
    if figure.value is None or figure.kind not in ("money", "count", "percent"):
        return None, ""
    factor, base = _factor(figure.unit, figure.kind)
    return figure.value * factor, base


@cache
def _factor(unit: str, kind: str) -> tuple[Decimal, str]:
    if kind == "money":
        factor = grammar.MONEY_FACTORS.get(unit) or _bare_money_factor(unit)
        return (Decimal(factor), "万元") if factor else (Decimal(1), unit)
    if kind == "percent":
        return (Decimal(10), "%") if unit == "成" else (Decimal(1), "%" if unit == "％" else unit)
    for scale in sorted(_SCALES, key=len, reverse=True):
        base = unit.removeprefix(scale)
        if base and base != unit and f"{scale}{base}" not in grammar.STRONG_UNITS:
            return Decimal(_SCALES[scale]), base
    return Decimal(1), unit


def _bare_money_factor(unit: str) -> str:
    """1410.00万 with 元 left out is still money."""
    return grammar.MONEY_FACTORS.get(f"{unit}元", "") if unit in _SCALES else ""


def _row(document: Document, index: int, figure: Figure) -> dict[str, object]:
    amount, base_unit = amount_of(figure)
    return {
        "figure_id": figure_id(index),
        "start": figure.start,
        "end": figure.end,
        "line": document.line_at(figure.start),
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
