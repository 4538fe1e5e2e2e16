"""Tables held against themselves: rates beside their operands, columns against their total row."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from selfeval.knowledge import load
from selfeval.quantity import total
from selfeval.records.budget_lines.rows import Row

from .finding import Finding, Numbers, amount, finding, listed
from .grids import Grid, grids, quantity_in
from .material import Material
from .mention import Mention
from .operands import attempt_with
from .precision import compare


def rates_in_tables(material: Material) -> Iterator[Finding]:
    """A column whose head names a rate against the two columns whose heads name its operands, row by row."""
    for grid in grids(material):
        candidates = _Candidates(grid)
        for column, head in enumerate(grid.heads):
            kind = _kind(head)
            operands = candidates.beside(column, kind) if kind else None
            for row in grid.rows if operands else ():
                yield from _judge(material, kind, row, (column, *operands), head)


def _kind(head: str) -> dict[str, Any] | None:
    """The kind of rate a head names, where its operands have heads of their own."""
    ratios = (entry for entry in load("checks")["rate"] if entry["shape"] == "ratio" and entry["numerator"] != "$^")
    return next((entry for entry in ratios if re.search("率|度", head) and re.search(entry["words"], head)), None)


class _Candidates:
    """The columns of a table that may be numerator or denominator of a rate, looked for once a kind of rate."""

    def __init__(self, grid: Grid) -> None:
        no_operand = re.compile(load("checks")["grids"]["no_operand"])
        self._free = [(index, head) for index, head in enumerate(grid.heads) if not no_operand.search(head)]
        self._known: dict[tuple[str, str], tuple[list[int], list[int]]] = {}

    def beside(self, rate: int, kind: dict[str, Any]) -> tuple[int, int] | None:
        """The columns of numerator and denominator: neither may be the other, nor the rate, another rate or a score."""
        key = kind["numerator"], kind["denominator"]
        if key not in self._known:
            self._known[key] = self._columns(*key)
        part, whole = (next((index for index in columns if index != rate), None) for columns in self._known[key])
        return None if part is None or whole is None else (part, whole)

    def _columns(self, numerator: str, denominator: str) -> tuple[list[int], list[int]]:
        """All columns of parts that are none of wholes, and all of wholes, the word that says it best first."""
        wholes = [index for word in denominator.split("|") for index, head in self._free if word in head]
        either = frozenset(wholes)
        return [index for index, head in self._free if index not in either and re.search(numerator, head)], wholes


def _judge(material: Material, kind: dict[str, Any], row: Row, columns: tuple[int, int, int], head: str) -> Iterator[Finding]:
    rate, first, second = (quantity_in(material, row[column]) if column < len(row) else None for column in columns)
    if not (rate and first and second) or not rate.is_percent or not second.amount or first.dimension != second.dimension:
        return
    attempt = attempt_with(kind, rate, first, second, material.precision)
    if attempt:
        stated, shown = rate.figure.value, attempt.shown
        yield finding(
            material,
            "rate",
            attempt.verdict,
            [rate.id, first.id, second.id],
            Numbers(stated, shown, stated - shown, None, rate.figure.unit),
            label=_name(row) + re.sub("[（(].*", "", head),
            formula=kind["formula"].format(first=amount(first.amount, first.unit), second=amount(second.amount, second.unit)),
            gap=amount(abs(stated - shown), load("checks")["words"]["points"]),
            note=load("checks")["words"]["is_difference"] if attempt.verdict == "differs" and attempt.is_difference(rate) else "",
        )


def totals_of_tables(material: Material) -> Iterator[Finding]:
    """The total row of a table against the rows above it, column by column; budgets are held along their tree instead."""
    for grid in grids(material):
        rows: list[Row] = []
        for row in grid.rows:
            if re.fullmatch(load("checks")["grids"]["total"], re.sub(r"\s", "", _first(row))):
                yield from _columns(material, grid, row, rows)
                rows = []
            else:
                rows.append(row)


def _columns(material: Material, grid: Grid, whole: Row, rows: Sequence[Row]) -> Iterator[Finding]:
    nested = any(re.search(load("checks")["grids"]["nested"], _first(row)) for row in rows)
    for column, head in enumerate(grid.heads):
        stated = quantity_in(material, whole[column])
        parts = [part for row in rows if (part := quantity_in(material, row[column]))]
        if stated is None or len(parts) < 2 or not _like(material, stated, parts):
            continue
        comparison = compare(stated.quantity, total(part.quantity for part in parts), material.precision.tolerance([stated, *parts]))
        if comparison.verdict in {"agrees", "rounding"} or (comparison.verdict == "differs" and not nested):
            summed = total(part.quantity for part in parts)
            yield finding(
                material,
                "list",
                comparison.verdict,
                [stated.id, *(part.id for part in parts)],
                Numbers.of(stated.quantity, summed, comparison, stated.unit),
                whole=f"{_first(whole)}{head}",
                number=len(parts),
                parts=listed(amount(part.amount, part.unit, part.figure.qualifier) for part in parts),
            )


def _like(material: Material, stated: Mention, parts: Sequence[Mention]) -> bool:
    """Counts and sums of one unit, no percentages, and no total that the budget tree already holds."""
    alike = len({mention.dimension for mention in (stated, *parts)}) == 1
    return stated.id not in material.line_of and not stated.is_percent and alike


def _first(row: Row) -> str:
    return next((cell.text for cell in row if cell.text), "")


def _name(row: Row) -> str:
    return next((cell.text for cell in row if re.search("[一-鿿]", cell.text)), "")
