"""Rows in which empty cells left no trace, laid under the heads they belong to: by order, by what a head asks for, and by where they
stand on the line.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from unicodedata import east_asian_width

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


def laid_under(heads: Sequence[Cell], cells: Sequence[Cell], text: str) -> Sequence[Cell]:
    """The cells of a row of `text` that is shorter than its heads, each under the head it fits best, blanks between them."""
    if not cells or not len(cells) < len(heads) <= _MOST_HEADS:
        return cells
    kinds = tuple(role_of((bare(head.text),))[1] for head in heads)
    places = _places(kinds, tuple(cell.text for cell in cells), _below(heads, cells, text))
    end = cells[-1].end
    laid = [Cell("", end, end)] * len(heads)
    for place, cell in zip(places, cells, strict=True):
        laid[place] = cell
    return laid


def _below(heads: Sequence[Cell], cells: Sequence[Cell], text: str) -> tuple[frozenset[int], ...]:
    """For every cell the heads it stands below on the page, as far as blanks keep it there."""
    spans = [_span(head, text) for head in heads]
    within = (_span(cell, text) for cell in cells)
    return tuple(frozenset(place for place, (start, end) in enumerate(spans) if start < to and since < end) for since, to in within)


def _span(cell: Cell, text: str) -> tuple[int, int]:
    """From which column of its line to which a cell goes, a Chinese character being two wide."""
    begins = text.rfind("\n", 0, cell.start) + 1
    return _width(text[begins : cell.start]), _width(text[begins : cell.end])


def _width(words: str) -> int:
    return sum(2 if east_asian_width(character) in "WF" else 1 for character in words)


@lru_cache(_REMEMBERED)
def _places(kinds: tuple[str, ...], texts: tuple[str, ...], below: tuple[frozenset[int], ...]) -> tuple[int, ...]:
    """For every text the place of its head: of all ways that keep the order the one that fits best, of those the one in which most stand
    below their heads, of those the leftmost.
    """
    spare = len(kinds) - len(texts)
    ways: list[tuple[int, int, tuple[int, ...]]] = [(0, 0, ())] * (spare + 1)
    for number, text in enumerate(texts):
        grown: list[tuple[int, int, tuple[int, ...]]] = []
        for shift in range(spare + 1):
            cost, beside, places = min(ways[: shift + 1])
            place = number + shift
            grown.append((cost + _misfit(kinds[place], text), beside + (place not in below[number]), (*places, place)))
        ways = grown
    return min(ways)[2]


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
