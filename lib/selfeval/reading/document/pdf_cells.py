"""Ruled edges on a page to tables of cells: edges that nearly meet are one, and what four of them enclose is a cell."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from statistics import fmean

# Beyond this many edges, or points where two of them meet, a page is a drawing.
MOST_EDGES, _MOST_CROSSINGS = 4_000, 50_000
_NEAR = 3.0  # points
_SHORTEST, _SHORTEST_PIECE = 3.0, 1.0  # points

Point = tuple[float, float]
# Left, top, right, bottom.
Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Edge:
    """A straight edge on a page, level or upright: the height or place it lies `at`, and where it starts and ends, in points."""

    level: bool
    at: float
    start: float
    end: float


def tables_of_cells(edges: list[Edge]) -> list[list[Box]]:
    """The cells of every table that `edges` rule, tables in reading order; what has a single cell is a frame and no table."""
    if len(edges) > MOST_EDGES:
        return []
    pieces = [edge for edge in edges if edge.end - edge.start >= _SHORTEST_PIECE]
    level, upright = (_joined(_snapped([edge for edge in pieces if edge.level is wanted])) for wanted in (True, False))
    return _apart(_cells(level, upright))


def _snapped(edges: list[Edge]) -> list[Edge]:
    """`edges` of one direction, each moved to the middle of those that lie close beside it."""
    bundles: list[list[Edge]] = []
    for edge in sorted(edges, key=attrgetter("at")):
        if bundles and edge.at <= bundles[-1][-1].at + _NEAR:
            bundles[-1].append(edge)
        else:
            bundles.append([edge])
    middles = [fmean(edge.at for edge in bundle) for bundle in bundles]
    return [Edge(edge.level, middle, edge.start, edge.end) for middle, bundle in zip(middles, bundles, strict=True) for edge in bundle]


def _joined(edges: list[Edge]) -> list[Edge]:
    """`edges` of one direction, those on one line joined where hardly a gap parts them; scraps are dropped."""
    joined: list[Edge] = []
    for place, group in groupby(sorted(edges, key=attrgetter("at", "start")), attrgetter("at")):
        for edge in group:
            last = joined[-1] if joined else None
            if last and last.at == place and edge.start <= last.end + _NEAR:
                joined[-1] = Edge(last.level, place, last.start, max(last.end, edge.end))
            else:
                joined.append(edge)
    return [edge for edge in joined if edge.end - edge.start >= _SHORTEST]


def _cells(level: list[Edge], upright: list[Edge]) -> list[Box]:
    """The smallest boxes that edges enclose, from left to right and top to bottom."""
    met: dict[Point, tuple[set[int], set[int]]] = {}
    for number, edge in enumerate(upright):
        for other, across in enumerate(level):
            if edge.start - _NEAR <= across.at <= edge.end + _NEAR and across.start - _NEAR <= edge.at <= across.end + _NEAR:
                down, along = met.setdefault((edge.at, across.at), (set(), set()))
                down.add(number)
                along.add(other)
        if len(met) > _MOST_CROSSINGS:
            return []
    columns, rows = _lines(met, 0), _lines(met, 1)
    cells = (_cell_at(point, met, columns[point[0]], rows[point[1]]) for point in sorted(met))
    return [cell for cell in cells if cell]


def _lines(points: Iterable[Point], axis: int) -> dict[float, list[Point]]:
    """The points by one of their coordinates, in order."""
    lines = defaultdict(list)
    for point in sorted(points):
        lines[point[axis]].append(point)
    return lines


def _cell_at(corner: Point, met: dict[Point, tuple[set[int], set[int]]], column: list[Point], row: list[Point]) -> Box | None:
    """The smallest cell whose top left is `corner`: the next points below and beside it that edges lead to, and on to the fourth."""
    beside = [point for point in row if point[0] > corner[0] and met[corner][1] & met[point][1]]
    for below in column:
        if below[1] > corner[1] and met[corner][0] & met[below][0]:
            for right in beside:
                far = (right[0], below[1])
                if far in met and met[far][0] & met[right][0] and met[far][1] & met[below][1]:
                    return (*corner, *far)
    return None


def _apart(cells: list[Box]) -> list[list[Box]]:
    """`cells` gathered into tables: those that share a corner, directly or by way of others, are of one."""
    at_corner = defaultdict(list)
    for cell in cells:
        for corner in _corners(cell):
            at_corner[corner].append(cell)
    tables, seen = [], set()
    for cell in cells:
        table, waiting = [], [cell]
        while waiting:
            found = waiting.pop()
            if found not in seen:
                seen.add(found)
                table.append(found)
                waiting += [other for corner in _corners(found) for other in at_corner[corner]]
        if len(table) > 1:
            tables.append(sorted(table))
    return sorted(tables, key=lambda table: min((top, left) for left, top, _, _ in table))


def _corners(cell: Box) -> tuple[Point, ...]:
    left, top, right, bottom = cell
    return (left, top), (left, bottom), (right, top), (right, bottom)
