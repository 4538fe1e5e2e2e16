"""How exactly a computed value can be known: half the last printed step of every figure it rests on, added up."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from .report import Report, Row


def is_rounding(report: Report, metric: Row) -> bool:
    """Whether a remainder is no more than the figures it was reckoned from may be rounded by: 7.68亿元 less 5.07亿元 and 2.60亿元."""
    return abs(metric.value) <= sum(_half_steps(report, metric), Decimal(0))


def _half_steps(report: Report, metric: Row) -> Iterator[Decimal]:
    for operand in metric.inputs.split():
        identifier, _, column = operand.partition(".")
        _, line = report.row_by_id.get(identifier, ("", None))
        names = getattr(line, f"{column}_figure", "").split()
        figure = report.figure_by_id.get(names[0]) if names else None
        if figure is not None and figure.value and figure.amount is not None:
            decimals = re.search(r"\.(\d+)", figure.text)
            step = Decimal(1).scaleb(-len(decimals[1]) if decimals else 0)
            yield step * abs(figure.amount / figure.value) / 2
