"""The witness that ranks: for every rate, share, average and change the figures near it that could be its operands, the likeliest first.

It knows nothing of what words bind; it weighs where figures stand, what they are called, which of their numbers they are, and that a
claim may rest on figures that are not in the text at all. The weights are data (knowledge/ranking.toml), learned by bench/ranking.py
from claims that come out.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable, Iterator, Sequence, Set
from functools import cache, cached_property
from operator import attrgetter
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from selfeval.knowledge import load

from .lexicon import units_of
from .statement import DERIVED, PLANS, SETTLED, Statement, is_of_outcome

CLAIMS = ("rate", "share", "average", "change", "change_rate", "carried_over")
_BACK, _FORWARD = 18, 2
# What is less likely was not meant.
LEAST = 0.01
# So many statements are weighed at once: what is held meanwhile does not grow with the document.
_STRETCH = 512
_WORD = 64
_RATIOS = ["rate", "share"]
_NOW = frozenset({"year", "part"})
_GENERIC = "的率为达到占共计年度全本当实际总数量个第及和与其中比例平均每均一是"
_EACH = re.compile(r"([一-龥]{0,2})均|每(?:个|一)?([一-龥]{1,4})|([一-龥])(?=均)")


class Candidate(NamedTuple):
    """Two figures a claim may come out of, and how likely it is that these are meant, among all there are and none."""

    claim: Statement
    first: Statement
    base: Statement
    likely: float


def ranked(statements: Sequence[Statement]) -> Iterator[tuple[Candidate, ...]]:
    """For each claim of prose that has any its candidates, the likeliest first, as far down as one may be meant (LEAST)."""
    for start in range(0, len(statements), _STRETCH):
        begin, end = max(0, start - _BACK), min(len(statements), start + _STRETCH)
        yield from _ranked(statements[begin : end + _FORWARD], range(start - begin, end - begin))


def _ranked(statements: Sequence[Statement], places: Iterable[int]) -> Iterator[tuple[Candidate, ...]]:
    """The candidates of the claims at `places`; all pairs of all claims are weighed at once, for each alone is dear."""
    claims, firsts, bases = possible(statements, [place for place in places if is_claim(statements[place])])
    if not claims.size:
        return
    aspects = np.array([CLAIMS.index(statement.aspect) if is_claim(statement) else 0 for statement in statements])
    table = features(statements, claims, firsts, bases)
    odds = np.exp((np.array([*table.values()]) * _weights(tuple(table))[:, aspects[claims]]).sum(axis=0))
    likely = odds / (1 + np.bincount(claims, odds))[claims]
    # Pairs stand in the order of their claims, and do so still where they are equally likely.
    kept = np.lexsort((-likely, claims))
    kept = kept[likely[kept] >= LEAST]
    found: dict[int, list[Candidate]] = {}
    for claim, first, base, chance in zip(*(each[kept].tolist() for each in (claims, firsts, bases, likely)), strict=True):
        found.setdefault(claim, []).append(Candidate(statements[claim], statements[first], statements[base], chance))
    yield from map(tuple, found.values())


@cache
def _weights(names: tuple[str, ...]) -> np.ndarray:
    """How much each of some features speaks for operands, by the aspect of the claim."""
    return np.array([[load("ranking")[aspect].get(name, 0.0) for aspect in CLAIMS] for name in names])


def is_claim(statement: Statement) -> bool:
    """Whether a figure of prose comes out of two others."""
    plain = statement.aspect in ("average", "change", "carried_over") or statement.figure.kind == "percent"
    return plain and statement.aspect in CLAIMS and statement.sentence >= 0 and statement.period in _NOW


def possible(statements: Sequence[Statement], places: Sequence[int]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The pairs of figures near the claims at `places` that have the units and sizes their operands must have: the places of the claim, of
    the first operand and of the base of each, in that order."""
    table = _Table(statements)
    claim = np.array(places, dtype=int)[:, None]
    near = claim + np.array([step for step in range(-_BACK, _FORWARD + 1) if step])
    inside = (near >= 0) & (near < len(statements))
    near = np.where(inside, near, 0)
    operand = inside & table.may_be_operands(claim, near)
    first, base = operand & table.may_be_firsts(claim, near), operand & table.may_be_bases(claim, near)
    number, one, other = np.nonzero(first[:, :, None] & base[:, None, :])
    claims, firsts, bases = claim[number, 0], near[number, one], near[number, other]
    fits = (one != other) & table.may_be_pairs(claims, firsts, bases)
    return claims[fits], firsts[fits], bases[fits]


class _Table:
    """Statements as columns, so that what is asked of many pairs of them is asked at once."""

    def __init__(self, statements: Sequence[Statement]) -> None:
        self._statements = statements

    @cached_property
    def aspect(self) -> np.ndarray:
        return np.array([statement.aspect for statement in self._statements])

    @cached_property
    def unit(self) -> np.ndarray:
        return _numbered(statement.unit for statement in self._statements)

    @cached_property
    def kind(self) -> np.ndarray:
        return _numbered(map(_kind, self._statements))

    @cached_property
    def now(self) -> np.ndarray:
        return np.array([statement.period in _NOW for statement in self._statements])

    @cached_property
    def percent(self) -> np.ndarray:
        return np.array([statement.figure.kind == "percent" for statement in self._statements])

    def may_be_operands(self, claim: np.ndarray, other: np.ndarray) -> np.ndarray:
        section = _numbered(statement.section[:1] for statement in self._statements)
        stated = np.array([statement.sentence >= 0 and statement.amount > 0 for statement in self._statements])
        plain = ~np.isin(self.aspect, [*DERIVED])
        in_points = (self.aspect == "change") & self.percent
        return np.where(in_points[claim], self.percent[other], plain[other]) & stated[other] & (section[claim] == section[other])

    def may_be_firsts(self, claim: np.ndarray, first: np.ndarray) -> np.ndarray:
        of, like = self.aspect[claim], self.unit[first] == self.unit[claim]
        return np.select(
            [of == "average", of == "carried_over", of == "change", np.isin(of, _RATIOS)],
            [like, like & (self.aspect[first] != "actual"), self.now[first] & (self.kind[claim] == self.kind[first]), True],
            self.now[first],
        )

    def may_be_bases(self, claim: np.ndarray, base: np.ndarray) -> np.ndarray:
        of = self.aspect[claim]
        several = np.array([statement.figure.kind == "count" and statement.amount > 1 for statement in self._statements])
        fits = np.select(
            [of == "average", of == "carried_over"],
            [several[base] & (self.unit[base] != self.unit[claim]), self.aspect[base] == "actual"],
            True,
        )
        told = np.array(["base" in statement.because for statement in self._statements])
        settled = np.array([statement.state in SETTLED for statement in self._statements])
        for number, place in np.argwhere(fits & told[claim] & settled[base] & np.isin(of, _RATIOS)).tolist():
            fits[number, place] = not is_of_outcome(self._statements[claim[number, 0]], self._statements[base[number, place]])
        return fits

    def may_be_pairs(self, claim: np.ndarray, first: np.ndarray, base: np.ndarray) -> np.ndarray:
        """Whether two figures are alike, as all but those of an average are, and the first is as large beside the other as it can be."""
        of = self.aspect[claim]
        sizes = [[statement.amount * times for statement in self._statements] for times in (1, 3)]
        known = {amount: number for number, amount in enumerate(sorted({*sizes[0], *sizes[1]}))}
        once, thrice = (np.array([known[amount] for amount in column]) for column in sizes)
        largest = np.select([of == "rate", of == "share"], [once[first] <= thrice[base], once[first] <= once[base]], True)
        left = (of != "carried_over") | (once[first] >= once[base])
        return largest & left & ((of == "average") | (self.kind[first] == self.kind[base]))


def _kind(statement: Statement) -> str:
    """What a figure counts, as far as its unit tells; people are people in any unit."""
    return "人" if statement.unit in units_of("people") else statement.unit


def features(statements: Sequence[Statement], claims: ArrayLike, firsts: ArrayLike, bases: ArrayLike) -> dict[str, np.ndarray]:
    """What speaks for and against pairs of operands, by name a column with a value between 0 and about 1 for each of them.

    A pair is the places of its claim and of its two operands.
    """
    claim, first, base = np.broadcast_arrays(np.atleast_1d(claims), firsts, bases)
    sentence, extent, subject, measure, scope, period, aspect, state = (
        _numbered(map(attrgetter(name), statements))
        for name in ("sentence", "extent", "subject", "measure", "scope", "period", "aspect", "state")
    )
    index, amount = np.array([each.index for each in statements]), np.array([each.amount for each in statements], dtype=object)
    part_of = np.array([-1 if each.part_of is None else each.part_of for each in statements])
    whole = np.array([each.extent == "whole" for each in statements])
    now, prior = (np.array([each.period in periods for each in statements]) for periods in (_NOW, ("prior",)))
    planned, adjusted = (np.array([each.aspect in aspects for each in statements]) for aspects in (PLANS, ("adjusted",)))
    settled = np.array([each.state in SETTLED for each in statements])
    bases_told = [each.because.get("base", "") for each in statements]
    named, own, base_told = _in_bits([*map(_name, statements)], [*map(_own, statements)], bases_told)
    return {
        "bias": np.ones(len(claim)),
        "far_first": np.log1p(abs(claim - first)) / 3,
        "far_second": np.log1p(abs(claim - base)) / 3,
        "beside_first": claim - first == 1,
        "beside_second": claim - base == 1,
        "follows": (claim - base == 2) & (claim - first == 1),
        "sentence_first": sentence[first] == sentence[claim],
        "sentence_second": sentence[base] == sentence[claim],
        "behind_first": first > claim,
        "behind_second": base > claim,
        "turned": first < base,
        "apart": np.log1p(abs(first - base)) / 3,
        "sentence_both": sentence[first] == sentence[base],
        "whole_first": whole[first],
        "whole_second": whole[base],
        "whole_both": extent[first] == extent[base],
        "skipped": _skipped(statements, claim, first, base) / 4,
        "subject_first": subject[first] == subject[claim],
        "subject_both": subject[first] == subject[base],
        "measure_first": measure[first] == measure[claim],
        "measure_both": measure[first] == measure[base],
        "scope_both": scope[first] == scope[base],
        "named_first": _shared(named[claim], named[first]),
        "named_second": _shared(named[claim], named[base]),
        "named_both": _shared(named[first], named[base]),
        "unexplained": _left(own[claim], named[first], named[base]),
        "period_both": period[first] == period[base],
        "prior_first": ~now[first],
        "prior_second": prior[base],
        "planned_first": planned[first],
        "planned_second": planned[base],
        "adjusted_second": adjusted[base],
        "aspect_both": aspect[first] == aspect[base],
        "part": part_of[first] == index[base],
        "part_other": (part_of[first] >= 0) & (part_of[first] != index[base]),
        "part_base": part_of[base] >= 0,
        "settled_first": settled[first],
        "settled_second": settled[base],
        "state_both": state[first] == state[base],
        "base_named": _shared(base_told[claim], named[base]),
        "each": _of_each(statements, claim, base),
        "smaller": (amount[first] < amount[base]).astype(bool),
    }


def _numbered(values: Iterable[Hashable]) -> np.ndarray:
    """A number for each value, the same for equal ones."""
    numbers: dict[Hashable, int] = {}
    return np.array([numbers.setdefault(value, len(numbers)) for value in values])


def _skipped(statements: Sequence[Statement], claim: np.ndarray, first: np.ndarray, base: np.ndarray) -> np.ndarray:
    """How many figures like the first lie between the three that are no part of them, nor drawn from others."""
    kind = _numbered(map(_kind, statements))
    plain = np.array([each.aspect not in DERIVED for each in statements])
    low, middle, high = np.sort([claim, first, base], axis=0)
    # How many of a kind there are before a place: what stands there is sorted by kind and place.
    keys = np.sort((kind * len(kind) + np.arange(len(kind)))[plain])
    ahead, up_to = (np.searchsorted(keys, kind[first] * len(kind) + place) for place in (low + 1, high))
    return up_to - ahead - (plain[middle] & (kind[middle] == kind[first]))


def unexplained(claim: Statement, first: Statement, base: Statement) -> float:
    """How much of a claim's own words neither of two figures is called by, between 0 and 1."""
    own, *named = _in_bits([_own(claim)], [_name(first)], [_name(base)])
    return float(_left(own, *named)[0])


def _own(claim: Statement) -> str:
    return f"{claim.words}{claim.measure}"


def _name(statement: Statement) -> str:
    """All that a figure is called by."""
    return f"{statement.words}{statement.measure}{''.join(statement.subject[-1:])}{''.join(statement.scope)}"


def _in_bits(*columns: Sequence[str]) -> list[np.ndarray]:
    """For columns of words the characters of each that tell something, in bits, so that those of many pairs are compared at once."""
    words = [each for column in columns for each in column]
    characters, place = np.unique(_codes("".join(words)), return_inverse=True)
    row, telling = np.repeat(np.arange(len(words)), [*map(len, words)]), ~np.isin(characters, _codes(_GENERIC))[place]
    table = np.zeros((len(words), len(characters) // _WORD * _WORD + _WORD), dtype=bool)
    table[row[telling], place[telling]] = True
    return np.split(np.packbits(table, axis=1).view(np.uint64), len(columns))


def _codes(words: str) -> np.ndarray:
    return np.frombuffer(words.encode("utf-32-le", "surrogatepass"), dtype="<u4")


def _size(some: np.ndarray) -> np.ndarray:
    return np.bitwise_count(some).sum(axis=1)


def _shared(some: np.ndarray, other: np.ndarray) -> np.ndarray:
    return _size(some & other) / np.maximum(1, _size(some))


def _left(own: np.ndarray, first: np.ndarray, base: np.ndarray) -> np.ndarray:
    return _size(own & ~first & ~base) / np.maximum(1, _size(own))


def _of_each(statements: Sequence[Statement], claims: np.ndarray, bases: np.ndarray) -> np.ndarray:
    """Whether what an average is over is what the base counts: 1 by its unit, less by its noun."""
    found = np.zeros(len(claims))
    each = {place: _each(statements[place]) for place in np.unique(claims).tolist()}
    for number in np.flatnonzero(np.isin(claims, [place for place, over in each.items() if over])).tolist():
        found[number] = _counts(each[claims[number]], statements[bases[number]])
    return found


def _each(claim: Statement) -> set[str]:
    """What an average says it is over."""
    words = f"{claim.because.get('aspect', '')}|{claim.words}|{claim.measure}" if claim.aspect == "average" else ""
    return {found for match in _EACH.finditer(words) for found in match.groups() if found}


def _counts(each: Set[str], base: Statement) -> float:
    unit = base.figure.unit.lstrip("万亿")
    if any(unit and (one.startswith(unit) or one.endswith(unit)) for one in each):
        return 1.0
    return 0.7 if any(set(one) & set(_name(base)) for one in each if one != "平") else 0.0
