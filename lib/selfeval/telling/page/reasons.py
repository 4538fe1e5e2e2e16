"""Whether what is given as a reason can be the reason of a deviation: it has to point the same way, and to speak of enough of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache

from selfeval.knowledge import load

from .report import Report, Row

# So much of what lies beside the budget has to lie in parts that give a reason, before the reason is said to stand there.
_ENOUGH = Decimal("0.8")


def reason_of(report: Report, line: Row) -> str:
    """What is said to be why a line lies beside its budget; empty where nothing is, or where it can only be meant otherwise.

    A report often says why the budget was raised; that is no reason for money left over.
    """
    deviation = _deviation(report, line)
    return line.reason if deviation is None or _points_along(line.reason, deviation) else ""


def parts_explain(report: Report, line: Row) -> bool:
    """Whether the parts of `line` that give a reason make up most of what lies beside its budget."""
    whole = _deviation(report, line)
    if not whole:
        return False
    told = (own for part in _leaves(report, line) if (own := _deviation(report, part)) and own * whole > 0 and reason_of(report, part))
    return abs(sum(told, Decimal(0))) >= _ENOUGH * abs(whole)


def _leaves(report: Report, line: Row) -> Iterator[Row]:
    """The parts a reason is asked for: those that give one, else those without parts of their own."""
    for part in report.children(line):
        if report.children(part) and not reason_of(report, part):
            yield from _leaves(report, part)
        else:
            yield part


def _deviation(report: Report, line: Row) -> Decimal | None:
    row = report.metric("deviation", line.line_id, report.basis_of([line]))
    return row.value if row is not None else None


def _points_along(reason: str, deviation: Decimal) -> bool:
    more, less = (bool(_word(way).search(reason)) for way in ("more", "less"))
    return more in (less, deviation > 0)


@cache
def _word(way: str) -> re.Pattern[str]:
    return re.compile(load("page")["reason"][way])
