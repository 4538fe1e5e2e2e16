"""The witness that ranks: for every rate, share, average and change the figures near it that could be its operands, the likeliest first.

It knows nothing of what words bind; it weighs where figures stand, what they are called, which of their numbers they are, and that a
claim may rest on figures that are not in the text at all. The weights are data (knowledge/ranking.toml), learned by bench/ranking.py
from claims that come out.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable, Iterator, Sequence, Set
from functools import cache
from itertools import chain, islice
from operator import attrgetter
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from selfeval.knowledge import load

from .lexicon import units_of
from .statement import DERIVED, PLANS, SETTLED, Statement, is_of_outcome

CLAIMS = ("rate", "share", "average", "change", "change_rate", "carried_over")
_BACK, _FORWARD = 18, 2
# So many statements are weighed at once: what is held meanwhile does not grow with the document.
_STRETCH = 512
_WORD = 64
_OF_ONE = re.compile("最[高低多少大小]")
_LARGEST = {"rate": 3, "share": 1}
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
    """For each claim of prose its candidates, the likeliest first."""
    for start in range(0, len(statements), _STRETCH):
        begin, end = max(0, start - _BACK), min(len(statements), start + _STRETCH)
        yield from _ranked(statements[begin : end + _FORWARD], range(start - begin, end - begin))


def _ranked(statements: Sequence[Statement], places: Iterable[int]) -> Iterator[tuple[Candidate, ...]]:
    """The candidates of the claims at `places`; all pairs of all claims are weighed at once, for each alone is dear."""
    pairs = {place: own for place in places if is_claim(statements[place]) and (own := [*possible(statements, place)])}
    if not pairs:
        return
    lengths = [*map(len, pairs.values())]
    aspects = np.repeat([CLAIMS.index(statements[place].aspect) for place in pairs], lengths)
    firsts, bases = zip(*chain.from_iterable(pairs.values()), strict=True)
    table = features(statements, np.repeat([*pairs], lengths), firsts, bases)
    weighed = np.array([*table.values()]) * _weights(tuple(table))[:, aspects]
    scores = iter(np.exp(weighed.sum(axis=0)).tolist())
    for place, own in pairs.items():
        odds = [*islice(scores, len(own))]
        whole = 1 + sum(odds)
        found = (
            Candidate(statements[place], statements[one], statements[base], score / whole)
            for (one, base), score in zip(own, odds, strict=True)
        )
        yield tuple(sorted(found, key=attrgetter("likely"), reverse=True))


@cache
def _weights(names: tuple[str, ...]) -> np.ndarray:
    """How much each of some features speaks for operands, by the aspect of the claim."""
    return np.array([[load("ranking")[aspect].get(name, 0.0) for aspect in CLAIMS] for name in names])


def is_claim(statement: Statement) -> bool:
    """Whether a figure of prose comes out of two others."""
    plain = statement.aspect in ("average", "change", "carried_over") or statement.figure.kind == "percent"
    # 执行率最低的为年鉴编印（97.13%）: of one of many.
    plain = plain and not _OF_ONE.search(f"{statement.ahead}{statement.words}")
    return plain and statement.aspect in CLAIMS and statement.sentence >= 0 and statement.period in _NOW


def possible(statements: Sequence[Statement], place: int) -> Iterator[tuple[int, int]]:
    """The pairs of figures near a claim that have the units its operands must have."""
    claim = statements[place]
    around = range(max(0, place - _BACK), min(len(statements), place + _FORWARD + 1))
    near = [other for other in around if other != place and _may_be_operand(claim, statements[other])]
    # An average is of unlike figures, everything else of like ones.
    alike = (lambda _: "") if claim.aspect == "average" else kind_of_things
    bases: dict[str, list[int]] = {}
    for base in near:
        if _may_be_base(claim, statements[base]):
            bases.setdefault(alike(statements[base]), []).append(base)
    for one in near:
        if _may_be_first(claim, statements[one]):
            for base in bases.get(alike(statements[one]), ()):
                if one != base and _in_measure(claim, statements[one], statements[base]):
                    yield one, base


def _may_be_operand(claim: Statement, other: Statement) -> bool:
    in_points = claim.aspect == "change" and claim.figure.kind == "percent"
    plain = other.figure.kind == "percent" if in_points else other.aspect not in DERIVED
    return plain and other.sentence >= 0 and other.section[:1] == claim.section[:1] and other.amount > 0


def _may_be_first(claim: Statement, first: Statement) -> bool:
    if claim.aspect == "average":
        return first.unit == claim.unit
    if claim.aspect == "carried_over":
        return first.unit == claim.unit and first.aspect != "actual"
    if claim.aspect == "change":
        return first.period in _NOW and kind_of_things(claim) == kind_of_things(first)
    return claim.aspect in _LARGEST or first.period in _NOW


def _may_be_base(claim: Statement, base: Statement) -> bool:
    if claim.aspect == "average":
        return base.unit != claim.unit and base.figure.kind == "count" and base.amount > 1
    if claim.aspect == "carried_over":
        return base.aspect == "actual"
    return claim.aspect not in _LARGEST or not is_of_outcome(claim, base)


def _in_measure(claim: Statement, first: Statement, base: Statement) -> bool:
    """Whether the first of two figures is as large beside the other as the claim can have it."""
    if claim.aspect == "carried_over":
        return first.amount >= base.amount
    return claim.aspect not in _LARGEST or first.amount <= _LARGEST[claim.aspect] * base.amount


def kind_of_things(statement: Statement) -> str:
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
    kind = _numbered(map(kind_of_things, statements))
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
