"""Words of the received report under the headings they had there."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from dataclasses import replace
from itertools import groupby, takewhile

from selfeval import blocks
from selfeval.blocks import Block

from .carried import Said
from .year import paragraph_of


def under_own_headings(own: Sequence[Said]) -> Generator[Block, None, int]:
    """The words of a report under its own headings, numbered anew; returns how many headings of the first rank there are."""
    counts = [0, 0]
    groups = [[*group] for _, group in groupby(own, key=lambda said: (said.line, said.depth))]
    for number, found in enumerate(groups):
        line, depth = found[0].line, found[0].depth
        if depth and _is_empty(depth, groups[number + 1 :]):
            continue
        if not depth:
            yield paragraph_of(found)
            continue
        counts = [counts[0] + 1, 0] if depth == 1 else [counts[0], counts[1] + 1]
        mark = f"{counts[0]}." if depth == 1 else f"（{counts[1]}）"
        yield replace(blocks.heading(2 + depth, mark + found[0].text), lines=frozenset({line}))
    return counts[0]


def _is_empty(depth: int, following: Sequence[Sequence[Said]]) -> bool:
    """Whether no text stands under a heading any more: all of it went to other places."""
    under = takewhile(lambda found: not found[0].depth or found[0].depth > depth, following)
    return all(found[0].depth for found in under)
