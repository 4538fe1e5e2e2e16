"""The witness that ranks: for every rate, share, average and change the figures near it that could be its operands, the likeliest first.

It knows nothing of what words bind; it weighs where figures stand, what they are called, which of their numbers they are, and that a
claim may rest on figures that are not in the text at all. The weights are data (knowledge/ranking.toml), learned by bench/ranking.py
from claims that come out.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from functools import lru_cache

from selfeval.knowledge import load

from .lexicon import units_of
from .statement import DERIVED, PLANS, SETTLED, Statement, is_of_outcome

CLAIMS = ("rate", "share", "average", "change", "change_rate", "carried_over")
_BACK, _FORWARD = 18, 2
_LARGEST = {"rate": 3, "share": 1}
_NOW = frozenset({"year", "part"})
_GENERIC = frozenset("的率为达到占共计年度全本当实际总数量个第及和与其中比例平均每均一是")
_EACH = re.compile(r"([一-龥]{0,2})均|每(?:个|一)?([一-龥]{1,4})|([一-龥])(?=均)")


@dataclass(frozen=True, slots=True)
class Candidate:
    """Two figures a claim may come out of, and how likely it is that these are meant, among all there are and none."""

    claim: Statement
    first: Statement
    base: Statement
    likely: float


def ranked(statements: Sequence[Statement]) -> Iterator[tuple[Candidate, ...]]:
    """For each claim of prose its candidates, the likeliest first."""
    for place, statement in enumerate(statements):
        pairs = [*possible(statements, place)] if is_claim(statement) else []
        if not pairs:
            continue
        weights = load("ranking")[statement.aspect]
        scores = [
            math.exp(sum(weights.get(name, 0.0) * value for name, value in features(statements, place, *pair).items())) for pair in pairs
        ]
        whole = 1 + sum(scores)
        found = (
            Candidate(statement, statements[one], statements[base], score / whole) for (one, base), score in zip(pairs, scores, strict=True)
        )
        yield tuple(sorted(found, key=lambda candidate: -candidate.likely))


def is_claim(statement: Statement) -> bool:
    """Whether a figure of prose comes out of two others."""
    plain = statement.aspect in ("average", "change", "carried_over") or statement.figure.kind == "percent"
    return plain and statement.aspect in CLAIMS and statement.sentence >= 0 and statement.period in _NOW


def possible(statements: Sequence[Statement], place: int) -> Iterator[tuple[int, int]]:
    """The pairs of figures near a claim that have the units its operands must have."""
    claim = statements[place]
    near = [
        other
        for other in range(max(0, place - _BACK), min(len(statements), place + _FORWARD + 1))
        if other != place
        and statements[other].sentence >= 0
        and statements[other].section[:1] == claim.section[:1]
        and statements[other].amount > 0
    ]
    in_points = claim.aspect == "change" and claim.figure.kind == "percent"
    plain = [
        other for other in near if (statements[other].figure.kind == "percent" if in_points else statements[other].aspect not in DERIVED)
    ]
    for one in plain:
        for base in plain:
            if one != base and _fits(claim, statements[one], statements[base]):
                yield one, base


def _fits(claim: Statement, one: Statement, base: Statement) -> bool:
    if claim.aspect == "average":
        return one.unit == claim.unit and base.unit != one.unit and base.figure.kind == "count" and base.amount > 1
    if not _like(one, base):
        return False
    if claim.aspect in _LARGEST:
        return not is_of_outcome(claim, base) and one.amount <= _LARGEST[claim.aspect] * base.amount
    if claim.aspect == "carried_over":
        return claim.unit == one.unit and base.aspect == "actual" and one.aspect != "actual" and one.amount >= base.amount
    if one.period not in _NOW:
        return False
    return claim.aspect == "change_rate" or _like(claim, one)


def _like(one: Statement, other: Statement) -> bool:
    return one.unit == other.unit or {one.unit, other.unit} <= units_of("people")


def features(statements: Sequence[Statement], place: int, one: int, base: int) -> dict[str, float]:
    """What speaks for and against a pair of operands, each between 0 and about 1."""
    claim, first, second = statements[place], statements[one], statements[base]
    own = _characters(claim)
    named_first, named_second = _characters(first), _characters(second)
    between = [other for other in range(min(one, base, place) + 1, max(one, base, place)) if other not in (one, base, place)]
    return {
        "bias": 1.0,
        "far_first": math.log1p(abs(place - one)) / 3,
        "far_second": math.log1p(abs(place - base)) / 3,
        "beside_first": float(place - one == 1),
        "beside_second": float(place - base == 1),
        "follows": float(place - base == 2 and place - one == 1),
        "sentence_first": float(first.sentence == claim.sentence),
        "sentence_second": float(second.sentence == claim.sentence),
        "behind_first": float(one > place),
        "behind_second": float(base > place),
        "turned": float(one < base),
        "apart": math.log1p(abs(one - base)) / 3,
        "sentence_both": float(first.sentence == second.sentence),
        "whole_first": float(first.extent == "whole"),
        "whole_second": float(second.extent == "whole"),
        "whole_both": float(first.extent == second.extent),
        "skipped": sum(_like(statements[other], first) and statements[other].aspect not in DERIVED for other in between) / 4,
        "subject_first": float(first.subject == claim.subject),
        "subject_both": float(first.subject == second.subject),
        "measure_first": float(first.measure == claim.measure),
        "measure_both": float(first.measure == second.measure),
        "scope_both": float(first.scope == second.scope),
        "named_first": _shared(own, named_first),
        "named_second": _shared(own, named_second),
        "named_both": _shared(named_first, named_second),
        "unexplained": unexplained(claim, first, second),
        "period_both": float(first.period == second.period),
        "prior_first": float(first.period not in _NOW),
        "prior_second": float(second.period == "prior"),
        "planned_first": float(first.aspect in PLANS),
        "planned_second": float(second.aspect in PLANS),
        "adjusted_second": float(second.aspect == "adjusted"),
        "aspect_both": float(first.aspect == second.aspect),
        "part": float(first.part_of == second.index),
        "part_other": float(first.part_of is not None and first.part_of != second.index),
        "part_base": float(second.part_of is not None),
        "settled_first": float(first.state in SETTLED),
        "settled_second": float(second.state in SETTLED),
        "state_both": float(first.state == second.state),
        "base_named": _shared(set(claim.because.get("base", "")) - _GENERIC, named_second),
        "each": _of_each(claim, second),
        "smaller": float(first.amount < second.amount),
    }


def unexplained(claim: Statement, first: Statement, base: Statement) -> float:
    """How much of a claim's own words neither of two figures is called by, between 0 and 1."""
    own = _telling(f"{claim.words}{claim.measure}")
    return len(own - _characters(first) - _characters(base)) / max(1, len(own))


def _characters(statement: Statement) -> frozenset[str]:
    return _telling(f"{statement.words}{statement.measure}{''.join(statement.subject[-1:])}{''.join(statement.scope)}")


@lru_cache(maxsize=1024)
def _telling(words: str) -> frozenset[str]:
    """The characters of words that tell something; a figure is asked for them with each it may belong to."""
    return frozenset(words) - _GENERIC


def _shared(some: Set[str], other: Set[str]) -> float:
    return len(some & other) / len(some) if some else 0.0


def _of_each(claim: Statement, base: Statement) -> float:
    """Whether what an average is over is what the base counts: 1 by its unit, less by its noun."""
    if claim.aspect != "average":
        return 0.0
    words = f"{claim.because.get('aspect', '')}|{claim.words}|{claim.measure}"
    each = {found for match in _EACH.finditer(words) for found in match.groups() if found}
    unit = base.figure.unit.lstrip("万亿")
    if any(unit and (one.startswith(unit) or one.endswith(unit)) for one in each):
        return 1.0
    told = f"{base.words}{base.measure}{''.join(base.subject[-1:])}{''.join(base.scope)}"
    return 0.7 if any(set(one) & set(told) for one in each if one != "平") else 0.0
