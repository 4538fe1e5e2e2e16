"""The witness that ranks: for every rate, share, average and change the figures near it that could be its operands, the likeliest first.

It knows nothing of what words bind; it weighs where figures stand, what they are called, which of their numbers they are, and that a
claim may rest on figures that are not in the text at all. The weights are data (knowledge/ranking.toml), learned by bench/ranking.py
from claims that come out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

import numpy as np

from selfeval.knowledge import load

from .pairs import CLAIMS, REACH, Pairs, is_claim, numbered
from .statement import Statement

# What is less likely was not meant.
LEAST = 0.01
# Chances are compared so finely: beyond that they tell only in which order their features were added up.
_DIGITS = 12
# So many statements are weighed at once: what is held meanwhile does not grow with the document.
_STRETCH = 512


class Candidate(NamedTuple):
    """Two figures a claim may come out of, and how likely it is that these are meant, among all there are and none."""

    claim: Statement
    first: Statement
    base: Statement
    likely: float


def ranked(statements: Sequence[Statement], wholes: Mapping[int, int]) -> Iterator[tuple[Candidate, ...]]:
    """For each claim of prose that has any its candidates, the likeliest first, as far down as one may be meant (LEAST).

    `wholes` are those of the parts of lists that come out, by the places of both.
    """
    for start in range(0, len(statements), _STRETCH):
        begin, end = max(0, start - REACH), min(len(statements), start + _STRETCH)
        inside = range(begin, end + REACH)
        near = {part - begin: whole - begin for part, whole in wholes.items() if part in inside and whole in inside}
        yield from _ranked(Pairs(statements[begin : end + REACH], near), range(start - begin, end - begin))


def _ranked(pairs: Pairs, places: Iterable[int]) -> Iterator[tuple[Candidate, ...]]:
    """The candidates of the claims at `places`; all pairs of all claims are weighed at once, for each alone is dear."""
    statements = pairs.statements
    own = [place for place in places if is_claim(statements[place])]
    claims, firsts, bases = pairs.possible(own)
    if not claims.size:
        return
    aspects = np.zeros(len(statements), dtype=int)
    aspects[own] = [CLAIMS.index(statements[place].aspect) for place in own]
    score = _weighed(pairs.of_both(claims, firsts, bases), aspects[claims])
    # Far fewer are the claims with one of their operands.
    for of_one, operands in ((pairs.of_firsts, firsts), (pairs.of_bases, bases)):
        told, pair = np.unique(claims * len(statements) + operands, return_inverse=True)
        claim, operand = np.divmod(told, len(statements))
        score += _weighed(of_one(claim, operand), aspects[claim])[pair]
    odds = np.exp(score)
    likely = np.round(odds / (1 + np.bincount(claims, odds))[claims], _DIGITS)
    kept = np.flatnonzero(likely >= LEAST)
    kept = kept[np.lexsort((-likely[kept], claims[kept]))]
    # What is stated twice is one operand: the likelier place tells it. Pairs as likely as each other stay as they stood.
    amount = numbered([each.amount for each in statements])
    told = (claims[kept] * len(amount) + amount[firsts[kept]]) * len(amount) + amount[bases[kept]]
    _, likeliest, one = np.unique(told, return_index=True, return_inverse=True)
    chances, kept = np.bincount(one, likely[kept]), kept[likeliest]
    order = np.lexsort((likeliest, -chances, claims[kept]))
    found: dict[int, list[Candidate]] = {}
    for claim, first, base, chance in zip(
        *(each[kept[order]].tolist() for each in (claims, firsts, bases)), chances[order].tolist(), strict=True
    ):
        found.setdefault(claim, []).append(Candidate(statements[claim], statements[first], statements[base], chance))
    yield from map(tuple, found.values())


def _weighed(told: Mapping[str, np.ndarray], aspects: np.ndarray) -> np.ndarray:
    """How much all features together speak for each; feature by feature, as a table of them all is soon larger than what a processor has
    at hand."""
    return sum(_weights(name)[aspects] * column for name, column in told.items())


@cache
def _weights(name: str) -> np.ndarray:
    """How much a feature speaks for operands, by the aspect of the claim."""
    return np.array([load("ranking")[aspect].get(name, 0.0) for aspect in CLAIMS])
