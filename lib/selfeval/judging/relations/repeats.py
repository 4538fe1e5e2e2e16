"""The same row in two tables: what one table says of a subject and column, the other says too."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import combinations, permutations

from selfeval.knowledge import load
from selfeval.quantity import base_unit, unit_size
from selfeval.reading.grid import OPENING, TOTAL, Column, Grid, Row

from .claim import Claim, Place, half_steps, place, usual_step

# Two columns are the same where so many rows agree, and so large a part of those both have.
_FEWEST, _SHARE = 3, Decimal("0.8")
# What divides a whole has at least so many parts.
_FEWEST_PARTS = 2
_NOISE = re.compile("[（(][^（）()]*[）)]|[“”‘’\"'《》、，]|支出$|收入$")


def repeats_of(grids: Sequence[Grid]) -> Iterator[Claim]:
    """Every number of a table against that of the same row in another, for columns that mean the same.

    They are firm where columns, title and heads mean the same money and most rows agree; else they support what other relations say.
    """
    for first, second in combinations(grids, 2):
        rows = _shared_rows(first, second) if first.table != second.table else []
        for column in first.additive() if rows else ():
            for other in second.additive():
                if _one_period(first, column, second, other) and _words(column) == _words(other):
                    yield from _same(first, second, column, other, rows)


def divisions_of(grids: Sequence[Grid]) -> Iterator[Claim]:
    """One whole that two tables divide under the same heads: where both divisions come to it, each part is the same in both.

    Whose money the tables tell of need not be known: it is the same, or the parts would not make the same whole.
    """
    for first, second in permutations([grid for grid in grids if not grid.told], 2):
        if first.table == second.table:
            continue
        parts = [(one, two) for one, two in _shared_parts(first, second) if one.number or two.number]
        whole = _divided(second, [two for _, two in parts])
        if whole is None or len(parts) < _FEWEST_PARTS:
            continue
        structure = (first.start, second.start, "division")
        says = f"“{second.title or '另一张表'}”{whole.row.name}"
        made = _sum(whole, [one for one, _ in parts], structure, says)
        if made.holds:
            yield made
            yield from (_sum(one, [two], structure, f"{says}的{two.column.path[-1]}") for one, two in parts)


def _shared_parts(first: Grid, second: Grid) -> list[tuple[Place, Place]]:
    """What the totals of two tables in one unit say in the columns that have a head of their own in both."""
    rows = [_total(grid) for grid in (first, second)]
    if rows[0] is None or rows[1] is None or first.unit != second.unit:
        return []
    heads = [_by_head(grid) for grid in (first, second)]
    found = [(place(first, rows[0], heads[0][head]), place(second, rows[1], heads[1][head])) for head in heads[0] if head in heads[1]]
    return [(one, two) for one, two in found if one and two]


def _total(grid: Grid) -> Row | None:
    totals = [row for row in grid.rows if row.role == TOTAL]
    return totals[0] if len(totals) == 1 else None


def _by_head(grid: Grid) -> dict[str, Column]:
    """The columns of amounts whose innermost head says more than that they are the whole, by that head, if no other has it."""
    heads = Counter(_words(column) for column in grid.additive())
    return {word: column for column in grid.additive() if column.kind == "amount" and heads[word := _words(column)] == 1 and word}


def _divided(grid: Grid, parts: Sequence[Place]) -> Place | None:
    """The number in the row of `parts` that they make up."""
    for column in grid.additive() if parts else ():
        whole = place(grid, parts[0].row, column)
        if whole and whole.number and all(part.column is not column for part in parts) and _sum(whole, parts, (), "").holds:
            return whole
    return None


def _sum(whole: Place, parts: Sequence[Place], structure: tuple[object, ...], says: str) -> Claim:
    numbers = (whole, *parts)
    rounded = any(spot.value.step < 1 for spot in numbers)
    tolerance = sum((half_steps([spot.value], usual_step(spot.grid, spot.column)) for spot in numbers), Decimal(0))
    return Claim(
        structure, whole, tuple(parts), sum((part.number for part in parts), Decimal(0)), tolerance if rounded else Decimal(0), says
    )


def openings_of(grid: Grid) -> Iterator[Claim]:
    """The amount a list told in sentences opens an item with, against what it says of the latest year, where the two mostly agree.

    Of a subject told by all its levels, beside nothing but amounts of named years, the words alone bind the two.
    """
    columns = [column for column in grid.additive() if column.kind == "amount"] if grid.told else []
    opening = next((column for column in columns if column.path[-1:] == (OPENING,)), None)
    latest = max((column.period for column in columns), default="")
    same = [column for column in columns if column is not opening and column.period == latest]
    if opening and len(same) == 1:
        dated = bool(latest) and all(column.period for column in columns if column is not opening)
        claims = _same(grid, grid, same[0], opening, [(row, row) for row in grid.rows])
        yield from (replace(claim, bound=dated and len(claim.whole.row.path) > 1) for claim in claims)


def _one_period(first: Grid, column: Column, second: Grid, other: Column) -> bool:
    """Whether two columns may be of one year: both name it, or one leaves it to its table and the other table knows but one."""
    return column.period == other.period or _left_open(column, second, other) or _left_open(other, first, column)


def _left_open(column: Column, named: Grid, other: Column) -> bool:
    return not column.period and {beside.period for beside in named.additive()} == {other.period}


def _words(column: Column) -> str:
    """The innermost head, '' for one that only says that it is the whole."""
    head = _NOISE.sub("", column.path[-1]) if column.path else ""
    return "" if re.search(load("grids")["head"]["whole"], head) else head


def _scopes(grid: Grid, column: Column) -> tuple[str, ...]:
    """Whose money, and in which direction, by title and heads."""
    around = "".join((grid.title, *column.path))
    return tuple(word for word in load("grids")["scope"]["words"] if word in around)


def _shared_rows(first: Grid, second: Grid) -> list[tuple[Row, Row]]:
    """Rows of the same code, or of the same name where either has none; a name that stands twice in a table names no row."""
    coded = _once(second, _code)
    shared = [(row, coded[code]) for code, row in _once(first, _code).items() if code in coded]
    named = _once(second, _name)
    alike = [(row, named[name]) for name, row in _once(first, _name).items() if name in named]
    return shared + [(row, match) for row, match in alike if not (_code(row) and _code(match))]


def _code(row: Row) -> str:
    """The code of a row that tells it from others: three digits are a class, which other classifications have too."""
    return row.code if len(row.code) > 3 else ""


def _name(row: Row) -> str:
    return _NOISE.sub("", row.name)


def _once(grid: Grid, key: Callable[[Row], str]) -> dict[str, Row]:
    """The rows of a table by a key that none of its other rows has."""
    found: dict[str, list[Row]] = defaultdict(list)
    for row in grid.rows:
        if row.role != TOTAL and (word := key(row)):
            found[word].append(row)
    return {word: rows[0] for word, rows in found.items() if len(rows) == 1}


def _same(first: Grid, second: Grid, column: Column, other: Column, rows: list[tuple[Row, Row]]) -> list[Claim]:
    claims = []
    for row, match in rows:
        stated, before = place(first, row, column), place(second, match, other)
        if stated and before and (stated.number or before.number) and stated.key != before.key:
            claims += _claim(first, second, stated, before)
    agreeing = {claim.whole.number for claim in claims if claim.holds}
    proved = len(agreeing) >= _FEWEST and sum(claim.holds for claim in claims) >= _SHARE * len(claims)
    firm = proved and _scopes(first, column) == _scopes(second, other)
    return claims if firm else [replace(claim, firm=False) for claim in claims]


def _claim(first: Grid, second: Grid, stated: Place, before: Place) -> list[Claim]:
    """The claim in the unit of the first table; none where the units are not of one kind."""
    units = first.unit_of(stated.column, stated.value), second.unit_of(before.column, before.value)
    if base_unit(units[0]) != base_unit(units[1]):
        return []
    scale = unit_size(units[1]) / unit_size(units[0])
    tolerance = half_steps([stated.value], usual_step(first, stated.column))
    tolerance += half_steps([before.value], usual_step(second, before.column)) * scale
    says = f"“{before.row.name}”的金额" if first is second else f"“{second.title or '另一张表'}”中“{before.row.name}”"
    structure = (first.start, second.start, "same", stated.column.place, before.column.place)
    exact = tolerance if min(stated.value.step, before.value.step) < 1 or scale != 1 else Decimal(0)
    return [Claim(structure, stated, (before,), before.number * scale, exact, says, formula=lambda number: number * scale)]
