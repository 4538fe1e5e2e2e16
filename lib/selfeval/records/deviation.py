"""Why a line lies beside its budget: which of the words that stand with it count as its reason, the same for audit, page and narrative."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from functools import cache
from typing import TypeVar

from selfeval.knowledge import load, pattern

# So much of what lies beside the budget has to lie in parts that give a reason, before the reason is said to stand there.
_ENOUGH = Decimal("0.8")
Line = TypeVar("Line")


def reason_for(told: str, deviation: Decimal | None) -> str:
    """What is told beside a line, where it can be why the line lies by `deviation` beside its budget; else ''.

    A report often says why the budget was raised; that is no reason for money left over. What money was spent on is none at all.
    """
    if not told.strip() or not deviation or _is_use(told):
        return ""
    more, less = (bool(pattern("budget", "deviation", way).search(told)) for way in ("more", "less"))
    return told if more in (less, deviation > 0) else ""


def is_called_reason(told: str) -> bool:
    """Whether the words give themselves as a reason (因, 主要是), and not only tell what the difference is or what happened."""
    return bool(pattern("budget", "deviation", "causal").search(told))


def parts_explain(
    line: Line, parts: Callable[[Line], list[Line]], deviation: Callable[[Line], Decimal | None], reason: Callable[[Line], str]
) -> bool:
    """Whether the parts of `line` that give a reason make up most of what lies beside its budget."""
    whole = deviation(line)
    if not whole:
        return False
    told = (own for part in _leaves(line, parts, reason) if (own := deviation(part)) and own * whole > 0 and reason(part))
    return abs(sum(told, Decimal(0))) >= _ENOUGH * abs(whole)


def _leaves(line: Line, parts: Callable[[Line], list[Line]], reason: Callable[[Line], str]) -> Iterator[Line]:
    """The parts a reason is asked for: those that give one, else those without parts of their own."""
    for part in parts(line):
        if parts(part) and not reason(part):
            yield from _leaves(part, parts, reason)
        else:
            yield part


def _is_use(told: str) -> bool:
    """Whether it only says what money was spent on."""
    tells = _events().search(told) or any(pattern("budget", "deviation", way).search(told) for way in ("more", "less"))
    return bool(pattern("budget", "deviation", "spent_on").match(told)) and not tells


@cache
def _events() -> re.Pattern[str]:
    return re.compile("|".join(load("budget")["reasons"]["events"] + load("budget")["reasons"]["late_cues"]))
