"""The common indicators of the field (财预〔2013〕53号 and the province's table): each computed where every operand is there.

What they are called, how they are reckoned and where each operand is looked for stands in knowledge/budget_metrics.toml.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

import pandas as pd

from selfeval.knowledge import load
from selfeval.quantity import quotient, whole_of
from selfeval.records.line_tree import Line, LineTree, Sum
from selfeval.tables import rows_in

from .base import BaseData
from .rows import Row, as_text, word

_DEPARTMENT = "department"
_SOURCES = frozenset({"current", "carried", "other"})
_COLUMNS_OF = {
    "budget": ("adjusted", "initial", "target"),
    "amount": ("actual", "adjusted", "initial", "target"),
}


@dataclass(frozen=True)
class _Inputs:
    """Everything an operand may be looked for in; `lines` and `facts` are the rows of budget_lines and work_facts."""

    lines: list[Any]
    tree: LineTree
    facts: list[Any]
    base: BaseData

    @cached_property
    def named_lines(self) -> list[Line]:
        """The lines that speak of the body; where the money of one project comes from tells nothing of the whole.

        The shortest name is the least specific and stands first: “三公”经费 before “三公”经费中的公务接待费.
        """
        sources = {row.line_id for row in self.lines if row.fund_source in _SOURCES}
        return sorted(
            (line for line in self.tree if line.line_id not in sources or line.level == "project"), key=lambda line: len(line.item)
        )


@dataclass(frozen=True)
class _Attempt:
    """One way to reckon a rate and the operands found for it."""

    way: dict[str, Any]
    found: list[Sum | None]

    @property
    def absent(self) -> list[str]:
        """The operands that are not there, by name."""
        return [operand["name"] for operand, sum_ in zip(self.way["operands"], self.found, strict=True) if sum_ is None]

    @property
    def inputs(self) -> list[tuple[str, str]]:
        """What the operands that are there stand on."""
        return [pair for sum_ in self.found if sum_ for pair in sum_.inputs]


def official_rates(lines: pd.DataFrame, tree: LineTree, facts: pd.DataFrame | None, base: BaseData) -> Iterator[Row]:
    """One row for each official indicator, in the order of the knowledge file.

    Where an indicator can be reckoned in several ways, the first whose operands are all there is taken; when there is none, the way that
    lacks least says what is missing.
    """
    inputs = _Inputs(rows_in(lines), tree, [] if facts is None else rows_in(facts), base)
    for entry in load("budget_metrics")["official"]:
        ways = [entry | variant for variant in entry.get("variant", [{}])]
        attempts = [_Attempt(way, [_operand(inputs, operand) for operand in way["operands"]]) for way in ways]
        # min keeps the first of equals.
        yield _row(entry, min(attempts, key=lambda attempt: len(attempt.absent)), base)


def _row(entry: dict[str, Any], attempt: _Attempt, base: BaseData) -> Row:
    way = attempt.way
    row = {
        "metric": entry["id"],
        "label": entry["label"],
        "scope": _DEPARTMENT,
        "unit": entry.get("unit", ""),
        "formula": way["formula"],
        "inputs": as_text(attempt.inputs),
        "basis": "",
        "status": "not_computable",
    }
    if base.nothing_there(*entry.get("void", ())):
        return {**row, "note": word("void")}
    if attempt.absent or way["shape"] == "none":
        return {**row, "missing": "、".join(attempt.absent)}
    row["basis"] = _basis_of(attempt.inputs)
    top, bottom = _SHAPES[way["shape"]](*(sum_.value for sum_ in attempt.found))
    if bottom <= 0:
        divisor = way.get("divisor", way["operands"][-1]["name"])
        return {**row, "missing": word("negative_basis" if bottom else "zero_basis", basis=divisor)}
    value = quotient(top, bottom)
    notes = (way.get("note", ""), entry.get("caution", ""), word("over_whole") if entry.get("share") and value > 1 else "")
    return {**row, "value": value, "status": "computed", "note": "；".join(filter(None, notes))}


# Each takes the operands in their order and returns numerator and denominator.
_SHAPES = {
    "ratio": lambda numerator, denominator: (numerator, denominator),
    "change": lambda now, before: (now - before, before),
    "carry": lambda *parts: (sum(parts[:-1]) - parts[-1], sum(parts[:-1])),
    "per_mean": lambda amount, first, last: (amount, (first + last) / 2),
}


def _operand(inputs: _Inputs, operand: dict[str, Any]) -> Sum | None:
    """The operand from the first place that has it: the sheet 基础数据, the budget lines, the work facts."""
    for place in operand.get("base", ()):
        item, _, column = place.partition(".")
        amount = inputs.base.amount(item, column)
        if amount is not None:
            return amount
    found = _line_amount(inputs, operand) if "column" in operand else None
    return found or (_fact(inputs.facts, operand["indicator"]) if "indicator" in operand else None)


def _line_amount(inputs: _Inputs, operand: dict[str, Any]) -> Sum | None:
    columns: Sequence[str] = _COLUMNS_OF.get(operand["column"], (operand["column"],))
    for line in filter(lambda line: _fits(line, operand), inputs.named_lines):
        for column in columns:
            amount = inputs.tree.stated_or_summed(line, column)
            if amount is not None:
                return _without_carried(inputs.lines, amount, column) if operand.get("less_carried") else amount
    return None


def _fits(line: Line, operand: dict[str, Any]) -> bool:
    named = "item" not in operand or any(word_ in line.item for word_ in operand["item"])
    return named and operand.get("level", line.level) == line.level and operand.get("book", line.book) == line.book


def _without_carried(lines: list[Any], amount: Sum, column: str) -> Sum:
    """The amount less what its lines name as carried over from last year: a formula that adds the carry-over must not count it twice."""
    carried = [row for row in lines if row.fund_source == "carried" and getattr(row, column)]
    value = amount.value - sum((getattr(row, column) for row in carried), Decimal(0))
    return Sum(value, (*amount.inputs, *((row.line_id, column) for row in carried)))


def _fact(facts: list[Any], indicator: str) -> Sum | None:
    """The one value of an indicator; None when it is not stated, stated as a bound, or stated in two ways."""
    stated = [fact for fact in facts if fact.indicator == indicator and fact.qualifier == "exact" and fact.value is not None]
    values = [fact.value for fact in stated]
    chosen = 0 if len(set(values)) == 1 else whole_of(values)
    return None if chosen is None else Sum(values[chosen], ((stated[chosen].fact_id, "value"),))


def _basis_of(inputs: list[tuple[str, str]]) -> str:
    """The budget column among the operands, if just one is."""
    bases = {column for _, column in inputs} & set(load("budget_metrics")["bases"])
    return bases.pop() if len(bases) == 1 else ""
