"""What a sentence says against the one number of a table that has the same name."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from selfeval.knowledge import load
from selfeval.quantity import base_unit, unit_size
from selfeval.reading.grid import TOTAL, Column, Grid, Row

from .claim import Claim, Place, half_steps, place, usual_step

_NOISE = re.compile(r"[（(][^（()）]*[）)]|[“”‘’\"'《》]|决算|预算|数$|总?表$|\d{4}年度?|^部门|^单位")
_TOTALLED = re.compile("(?:合计|总额)$")
# Names of totals that do not say of what.
_BARE_TOTALS = frozenset({"总计", "合计"})
_Named = dict[str, list[Place]]


def said_of(said: Sequence[Grid], tables: Sequence[Grid]) -> Iterator[Claim]:
    """Every amount of a sentence against the numbers of that name in `tables`, where all of these say the same.

    The name of a total with the title of its table (收入支出总计) is bound by its words; any other only beside another amount of its
    sentence that the same table has.
    """
    totals, others = _by_name(tables)
    for sentence in said:
        pairs = [claim for row in sentence.rows if (claim := _against(sentence, row, totals, ("said", "totals")))]
        yield from pairs
        rows = [row for row in sentence.rows if _key(row.name) not in totals]
        yield from (claim for row in rows if (claim := _against(sentence, row, others, ("said", sentence.start))))


def _by_name(tables: Sequence[Grid]) -> tuple[_Named, _Named]:
    """The numbers of tables by name: totals by the title of their table, and rows and heads by their own."""
    totals: _Named = defaultdict(list)
    others: _Named = defaultdict(list)
    for grid in tables:
        wholes = [column for column in grid.additive() if column.kind == "amount" and _is_whole(column)]
        for row in grid.rows if len(wholes) == 1 else ():
            spot = place(grid, row, wholes[0])
            if spot and row.name in _BARE_TOTALS:
                totals[_key(grid.title) + row.name].append(spot)
            elif spot and row.name and not row.level:
                others[_key(row.name)].append(spot)
        for name, spot in _heads_of(grid):
            others[name].append(spot)
    return totals, others


def _heads_of(grid: Grid) -> Iterator[tuple[str, Place]]:
    """What the one total of a table says in its columns."""
    totals = [row for row in grid.rows if row.role == TOTAL]
    for column in grid.additive() if len(totals) == 1 else ():
        spot = place(grid, totals[0], column) if column.kind == "amount" and column.path and not _is_whole(column) else None
        if spot:
            yield _key(column.path[-1]), spot


def _is_whole(column: Column) -> bool:
    return not column.path or bool(re.search(load("grids")["head"]["whole"], column.path[-1]))


def _key(name: str) -> str:
    """A name without brackets, year, 预算 and 决算; what says that it is a total of something goes by that."""
    return _TOTALLED.sub("", _NOISE.sub("", name))


def _against(sentence: Grid, row: Row, named: _Named, structure: tuple[object, ...]) -> Claim | None:
    """The claim that a row of a sentence says what the numbers of its name say; None where these are at odds or of another kind."""
    stated = place(sentence, row, sentence.columns[-1])
    # 全年预算 and 决算 name no line of their own.
    spots = named.get(name, []) if (name := _key(row.name)) else []
    unit = sentence.unit_of(stated.column, stated.value) if stated else ""
    units = {spot.grid.unit_of(spot.column, spot.value) for spot in spots}
    if not stated or len(units) != 1 or len({spot.number for spot in spots}) != 1:
        return None
    (other,) = units
    if base_unit(other) != base_unit(unit):
        return None
    scale, spot = unit_size(other) / unit_size(unit), spots[0]
    tolerance = half_steps([stated.value], stated.value.step) + half_steps([spot.value], usual_step(spot.grid, spot.column)) * scale
    says = f"“{spot.grid.title or '表'}”中“{spot.row.name}”"
    where = (*structure, spot.grid.table) if "totals" not in structure else structure
    return Claim(where, stated, (spot,), spot.number * scale, tolerance, says, formula=lambda number: number * scale)
