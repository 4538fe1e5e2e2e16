"""Relations that ought to hold between numbers of the material, generated from its structure; whether they do is judged in `guard`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from selfeval.reading.grid import ITEM, Grid

from .claim import Claim, Place, place
from .computed import computed_of
from .repeats import divisions_of, openings_of, repeats_of
from .said import said_of
from .sums import sums_of

# What is longer or wider is a list of records; looking for sums in it takes time that grows with its square.
_MOST_ROWS, _MOST_COLUMNS, _MOST_TOTALS = 2000, 60, 200

__all__ = ["Claim", "Place", "place", "relations_of_tables"]


def relations_of_tables(grids: Sequence[Grid], said: Sequence[Grid] = ()) -> Iterator[Claim]:
    """Everything the tables of one document owe themselves and one another, and what is `said` in its sentences owes them."""
    grids = [grid for grid in grids if _is_table(grid)]
    for _, parts in groupby((grid for grid in grids if not grid.told), key=lambda grid: grid.table):
        before: list[Grid] = []
        for _, panels in groupby(parts, key=lambda grid: grid.part):
            part = [*panels]
            yield from sums_of(part, before)
            before = [*before, *part]
    for grid in grids:
        yield from computed_of(grid)
        yield from openings_of(grid)
    yield from repeats_of(grids)
    yield from divisions_of(grids)
    yield from said_of(said, [grid for grid in grids if not grid.told])


def _is_table(grid: Grid) -> bool:
    totals = sum(row.role != ITEM for row in grid.rows)
    return len(grid.rows) <= _MOST_ROWS and len(grid.columns) <= _MOST_COLUMNS and totals <= _MOST_TOTALS
