"""Relations that ought to hold between numbers of the material, generated from its structure; whether they do is judged in `guard`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from selfeval.reading.grid import Grid

from .claim import Claim, Place, place
from .computed import computed_of
from .repeats import repeats_of
from .sums import sums_of

__all__ = ["Claim", "Place", "place", "relations_of_tables"]


def relations_of_tables(grids: Sequence[Grid]) -> Iterator[Claim]:
    """Everything the tables of one document owe themselves and one another."""
    for _, parts in groupby(grids, key=lambda grid: grid.table):
        before: list[Grid] = []
        for _, panels in groupby(parts, key=lambda grid: grid.part):
            part = [*panels]
            yield from sums_of(part, before)
            before = [*before, *part]
    for grid in grids:
        yield from computed_of(grid)
    yield from repeats_of(grids)
