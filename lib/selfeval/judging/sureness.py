"""How sure it is that a claim is wrong which comes out of none of its likely operands.

Being likely is one thing; a slip of a hand that explains the gap, how far claim and result lie apart, and whether words bind the same
operands, are others. All are weighed together; the weights are data (knowledge/sureness.toml), learned by bench/sureness.py from reports
whose errors are known.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from math import exp, log
from typing import NamedTuple

from selfeval.knowledge import load
from selfeval.reading.statements import PLANS, Statement, unexplained
from selfeval.reading.structure import CHANGE, LEFT_OVER, QUOTIENT

from .otherwise import comes_out_otherwise
from .relations.edges import Relation, Steps, mending, unit_of
from .slip import MOVED, ONE_WRONG, OTHER_BASE, OTHER_UNIT, digits_of, is_swapped, testifies

_LEAST, _FARTHEST = 1e-3, 20.0
# Farther down a ranking nothing is sure.
MOST_CANDIDATES = 4
# Claim and result that lie this far apart, by the logarithm of what the one is of the other.
_A_HUNDREDTH, _A_TENTH, _TWICE, _TEN_TIMES = 0.01, 0.1, 0.7, 2.3
_SHORT, _LONG = 3, 4
# So much of what a rate is called may be no word of its operands.
_MOST_UNEXPLAINED, _OF_ANYTHING = 0.4, "完成率"


@dataclass(frozen=True, slots=True)
class Known:
    """What words say: the operands they bind to claims, by the index of the claim, and the figures that relations which hold prove; and all
    `statements`."""

    bound: Mapping[int, Collection[frozenset[int]]]
    proved: Collection[int]
    statements: Sequence[Statement]


class Doubt(NamedTuple):
    """A relation that does not hold, how sure it is that the claim or an operand is wrong, and which: the number `blamed` ought to be
    `wanted`, by a `slip` or, where that is empty, as it is computed."""

    relation: Relation
    sure: float
    blamed: Statement
    wanted: Decimal
    slip: str


def doubt(candidates: Sequence[tuple[float, Relation]], known: Known, steps: Steps) -> Doubt:
    """The likely relation of a claim that tells most surely of something wrong; none of `candidates` holds."""
    places = range(min(len(candidates), MOST_CANDIDATES))
    return max((_doubt(candidates, place, known, steps) for place in places), key=lambda each: each.sure)


def _doubt(candidates: Sequence[tuple[float, Relation]], place: int, known: Known, steps: Steps) -> Doubt:
    relation = candidates[place][1]
    slips = slips_of(relation, known, steps)
    weighed = features(candidates, place, known, slips)
    blamed, wanted, slip = slips[0] if slips else (relation.claim, relation.expected, "")
    # What a rate of something else comes to is soon a digit off by chance, and what a net of changes explains needs no error.
    proof = slip and testifies(blamed.figure.value, wanted / unit_of(blamed))
    net = weighed["explained"] and relation.edge.kind in (CHANGE, LEFT_OVER)
    if (net or weighed["of_something_else"]) and not proof:
        return Doubt(relation, 0, blamed, wanted, slip)
    score = sum(_weights().get(name, 0) * value for name, value in weighed.items())
    return Doubt(relation, 1 / (1 + exp(-score)), blamed, wanted, slip)


def slips_of(relation: Relation, known: Known, steps: Steps) -> list[tuple[Statement, Decimal, str]]:
    """The slips that explain a gap, that of the claim first; what another relation proves did not slip."""
    return [each for each in mending(relation, steps) if each[0] is relation.claim or each[0].index not in known.proved]


@cache
def _weights() -> dict[str, float]:
    return dict(load("sureness")["weights"])


def features(
    candidates: Sequence[tuple[float, Relation]], place: int, known: Known, slips: Sequence[tuple[Statement, Decimal, str]]
) -> dict[str, float]:
    """What speaks for and against one of the candidates of a claim telling of an error: by name a value, mostly between 0 and 1."""
    likely, relation = candidates[place]
    claim, operands = relation.claim, frozenset(operand.index for operand in relation.operands)
    apart = abs(log(abs(claim.amount / relation.expected))) if claim.amount and relation.expected else _FARTHEST
    bound, digits = known.bound.get(claim.index, ()), digits_of(claim.figure.value)
    found: dict[str, float] = {
        "bias": 1,
        "likely": log(max(likely, _LEAST) / max(1 - likely, _LEAST)),
        "first": place == 0,
        "none": max(_LEAST, 1 - sum(each for each, _ in candidates)),
        "within_a_hundredth": apart < _A_HUNDREDTH,
        "within_a_tenth": apart < _A_TENTH,
        "within_twice": apart < _TWICE,
        "beyond_ten_times": apart > _TEN_TIMES,
        **_of_slips(claim, slips),
        "otherwise": any(each.holds for _, each in candidates),
        "explained": comes_out_otherwise(relation, known.statements, relation.edge.claim),
        "unexplained": unexplained(claim, *relation.operands),
        "of_something_else": not _is_named_for(relation),
        "beside": claim.index - relation.operands[0].index == 1,
        "bound": operands in bound,
        "bound_otherwise": bool(bound) and operands not in bound,
        "behind": any(operand.index > claim.index for operand in relation.operands),
        "sentence": all(operand.sentence == claim.sentence for operand in relation.operands),
        "cell": any(operand.sentence < 0 for operand in relation.operands),
        "turned": relation.turned,
        "proved": claim.index in known.proved,
        "part": claim.part_of is not None,
        "money": claim.figure.kind == "money",
        "short": digits < _SHORT,
        relation.edge.kind: 1,
    }
    return {name: float(value) for name, value in found.items()}


def _is_named_for(relation: Relation) -> bool:
    """Whether a rate is called what its operands are: 回访满意率 is not of what was dealt with. 执行率 is of anything that has a plan."""
    planned, claim = relation.operands[-1].aspect in PLANS, relation.claim
    if claim.measure == _OF_ANYTHING:
        # 修订完成率: of what was revised, which no word needs to say was completed.
        claim = replace(claim, words=claim.words.removesuffix(_OF_ANYTHING), measure="")
    return relation.edge.kind != QUOTIENT or planned or unexplained(claim, *relation.operands) <= _MOST_UNEXPLAINED


def _of_slips(claim: Statement, slips: Sequence[tuple[Statement, Decimal, str]]) -> dict[str, bool]:
    """Which slip explains the gap: in the claim, else in an operand."""
    blamed, _, slip = slips[0] if slips else (claim, claim.amount, "")
    own, digits = blamed is claim, digits_of(blamed.figure.value)
    one_wrong = slip == ONE_WRONG
    return {
        "swapped": own and is_swapped(slip),
        "swapped_short": own and is_swapped(slip) and digits < _SHORT,
        "one_wrong": own and one_wrong,
        "one_wrong_of_three": own and one_wrong and digits >= _SHORT,
        "one_wrong_of_four": own and one_wrong and digits >= _LONG,
        "other_unit": own and slip == OTHER_UNIT,
        "moved_point": own and slip == MOVED,
        "other_base": own and slip == OTHER_BASE,
        "operand_swapped": not own and is_swapped(slip) and digits >= _SHORT,
        "operand_one_wrong": not own and one_wrong,
        "operand_one_wrong_of_four": not own and one_wrong and digits >= _LONG,
        "operand_other_unit": not own and slip == OTHER_UNIT,
        "operand_slipped": not own,
        "slipped": bool(slip),
    }
