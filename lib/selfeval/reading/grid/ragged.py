"""Rows in which empty cells left no trace, laid under the heads they belong to: by order, and by what a head asks for."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from selfeval.reading.document import Cell

from .columns import bare, role_of
from .value import is_blank, value_of

# How ill a number or a word fits under a head, by the kind of the head; a head that tells nothing takes either.
_NUMBER_UNDER = {"name": 3, "text": 3, "unit": 3, "date": 2, "target": 1}
_WORD_UNDER = {"code": 3, "order": 3, "amount": 2, "change": 2, "ratio": 2, "mark": 2, "target": 1}
_MISFIT = 3
# No table has more columns; the work grows with their cube.
_MOST_HEADS = 60
_REMEMBERED = 256
_PERCENT = ("%", "％")


def laid_under(heads: Sequence[Cell], cells: Sequence[Cell]) -> Sequence[Cell]:
    """The cells of a row that is shorter than its heads, each under the head it fits best, blanks between them."""
    if not cells or not len(cells) < len(heads) <= _MOST_HEADS:
        return cells
    places = _places(tuple(role_of((bare(head.text),))[1] for head in heads), tuple(cell.text for cell in cells))
    end = cells[-1].end
    laid = [Cell("", end, end)] * len(heads)
    for place, cell in zip(places, cells, strict=True):
        laid[place] = cell
    return laid


@lru_cache(_REMEMBERED)
def _places(kinds: tuple[str, ...], texts: tuple[str, ...]) -> tuple[int, ...]:
    """For every text the place of its head: of all ways that keep the order the one that fits best, of those the leftmost."""
    spare = len(kinds) - len(texts)
    ways: list[tuple[int, tuple[int, ...]]] = [(0, ())] * (spare + 1)
    for number, text in enumerate(texts):
        grown: list[tuple[int, tuple[int, ...]]] = []
        for shift in range(spare + 1):
            cost, places = min(ways[: shift + 1])
            grown.append((cost + _misfit(kinds[number + shift], text), (*places, number + shift)))
        ways = grown
    return min(ways)[1]


def _misfit(kind: str, text: str) -> int:
    value = value_of(text)
    if is_blank(text) and text:
        return 0
    if value is None:
        return _WORD_UNDER.get(kind, 0)
    if kind == "ratio":
        return 0 if value.unit in {"", *_PERCENT} else _MISFIT
    if value.unit:
        return _MISFIT if kind in {"order", "code", "name", "mark"} or (kind == "amount" and value.unit in _PERCENT) else 0
    return _MISFIT if kind in {"order", "code"} and not text.isdigit() else _NUMBER_UNDER.get(kind, 0)
