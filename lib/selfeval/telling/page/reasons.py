"""Whether what is given as a reason can be the reason of a deviation: it has to point the same way, and to speak of enough of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache

from selfeval.knowledge import load

from .report import Report, Row
from .sections import plain_number

# So much of what lies beside the budget has to lie in parts that give a reason, before the reason is said to stand there.
_ENOUGH = Decimal("0.8")
# So many characters behind an amount say what it is.
_TELLING = 6
# So many lines below what was spent a list goes on to what is left.
_LINES_BELOW = 3


def reason_of(report: Report, line: Row) -> str:
    """What is said to be why a line lies beside its budget; empty where nothing is, or where it can only be meant otherwise.

    A report often says why the budget was raised; that is no reason for money left over.
    """
    deviation = _deviation(report, line)
    if _is_use(line.reason):
        return ""
    return line.reason if deviation is None or _points_along(line.reason, deviation) else ""


def _is_use(reason: str) -> bool:
    """Whether it only says what money was spent on."""
    events = "|".join(load("budget")["reasons"]["events"] + load("budget")["reasons"]["late_cues"])
    tells = re.search(events, reason) or any(_word(way).search(reason) for way in ("more", "less"))
    return bool(re.match(load("page")["reason"]["spent_on"], reason)) and not tells


def is_explained(report: Report, line: Row) -> bool:
    """Whether anything is said of why a line lies beside its budget, or of what the difference is."""
    return bool(reason_of(report, line) or parts_explain(report, line) or told_of_difference(report, line))


def told_of_difference(report: Report, line: Row) -> str:
    """What is said of the very amount a line lies beside its budget, where it stands: 年终结转102.56万元，全部为质量保证金; else empty."""
    deviation = _deviation(report, line)
    own = report.figure_by_id.get(line.actual_figure.split()[0]) if line.actual_figure else None
    if not deviation or own is None or own.cell:
        return ""
    near = (figure for figure in report.figures if 0 <= figure.line - own.line <= _LINES_BELOW and figure.kind == "money")
    same = [figure for figure in near if figure.amount is not None and figure.amount == abs(deviation) and not figure.cell]
    behind = next((told for figure in same if (told := _said_behind(figure))), "")
    return behind or next((told for figure in same if figure.line == own.line and (told := _said_ahead(figure))), "")


def _said_behind(figure: Row) -> str:
    """The part of its sentence in which a figure stands, if more than numbers follow it there."""
    before, behind = _around(figure)
    told = plain_number(before.rpartition("，")[2]) + figure.text + behind
    return told.strip() if _characters(behind) >= _TELLING and not re.search(r"\d", behind) else ""


def _said_ahead(figure: Row) -> str:
    """What leads up to a figure since the one before, where it tells more than that this is a difference."""
    ahead = re.split(r"\d[^一-鿿]*(?:万|亿)?元?，?", _around(figure)[0])[-1].strip("，、")
    told = re.sub(load("page")["reason"]["compares"], "", ahead)
    return ahead + figure.text if _characters(told) >= _TELLING else ""


def _around(figure: Row) -> tuple[str, str]:
    """What its part of the sentence says before and behind a figure."""
    own = re.compile(rf"(?<![\d.,]){re.escape(figure.text)}")
    part = next((part for part in re.split("[；。]", figure.sentence) if own.search(part)), "")
    before, *behind = own.split(part, maxsplit=1)
    return before, "".join(behind)


def _characters(words: str) -> int:
    return len(re.sub(r"[^一-鿿]", "", words))


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
