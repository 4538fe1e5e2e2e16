"""What of the relations of prose may be called a difference, and which number is to blame."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from selfeval.reading.statements import Statement
from selfeval.reading.structure.edge import BOUND, CHANGE, CHANGE_RATE, IMPLIED, LEFT_OVER, QUOTIENT, RANKED

from .evidence import HOLDING, Evidence, Ranked, evidence_of, has_come_out, open_claims, turned_of
from .relations.edges import Relation, mended_by
from .sureness import Doubt, doubt

AGREES, ROUNDING, DIFFERS, TURNED = "agrees", "rounding", "differs", "turned"
# What may be worth a look; and words that may mean other figures, of which nothing is said.
SUSPECT, UNBOUND = "suspect", "unbound"
# How sure it must be that something is wrong, a change that no words bind and what exceeds its whole as well, and to be worth a look.
# Changes chain, and imply what they are since; no rounding and nothing left out makes parts more than all.
_SURE, _SURE_OF_CHANGES, _SURE_OF_BOUNDS, _WORTH_A_LOOK = 0.67, 0.75, 0.55, 0.45
_CHANGING = frozenset({CHANGE, CHANGE_RATE, IMPLIED, LEFT_OVER})
_ALL = 100


@dataclass(frozen=True, slots=True)
class Judged:
    """A relation and what is to be said of it.

    `blamed` is the number that, put right to `wanted`, mends it and the `others`, and `slip` how it may have come about; without one the
    claim is told as it stands.
    """

    relation: Relation
    verdict: str
    blamed: Statement
    wanted: Decimal
    slip: str = ""
    others: tuple[Relation, ...] = ()


def judge(
    relations: Iterable[Relation],
    statements: Sequence[Statement],
    ranking: Iterable[Ranked] = (),
    sums: Iterable[Sequence[Relation]] = (),
) -> list[Judged]:
    """Return one verdict a relation, and one a root cause where several do not hold, in reading order.

    Words bind the operands of `relations`; of each claim the `ranking` tells how likely which operands are, and `sums`, for each figure
    that may begin a list, what it may add up to. Where a claim comes out of likely operands these were meant, and nothing is said; else
    all there is for and against an error is weighed (`sureness`).
    """
    relations = [*relations]
    evidence = evidence_of(relations, statements, ranking, sums)
    found = [
        Judged(relation, TURNED, relation.claim, relation.expected) if relation.turned else _held(relation)
        for relation in relations
        if relation.holds
    ]
    found += _roots((doubt(relation, evidence) for claim in open_claims(evidence) for relation in claim), evidence)
    told = [judged for judged in found if judged.verdict not in (SUSPECT, UNBOUND)]
    settled = {index for judged in told for index in _figures_of(judged)}
    found += _by_rank([candidates for claim, candidates in evidence.ranking.items() if claim not in settled])
    return sorted(found, key=lambda judged: judged.relation.claim.index)


def _is_sure(each: Doubt) -> bool:
    edge = each.relation.edge
    if edge.kind == BOUND and edge.words != "outcome":  # what was finished may have been begun years before
        return each.sure >= _SURE_OF_BOUNDS
    return each.sure >= (_SURE_OF_CHANGES if edge.kind in _CHANGING and edge.words == RANKED else _SURE)


def _figures_of(judged: Judged) -> set[int]:
    """The numbers a verdict is about: what is to blame, and what claims are mended with it."""
    return {judged.blamed.index, *(relation.claim.index for relation in (judged.relation, *judged.others))}


def _held(relation: Relation) -> Judged:
    verdict = AGREES if relation.equal or relation.edge.kind == BOUND else ROUNDING
    if (
        relation.edge.kind == QUOTIENT
        and relation.claim.amount == _ALL != relation.expected
        and relation.operands[0].figure.kind == "count"
    ):
        verdict = UNBOUND  # 100 % is all of them, however it is rounded
    return Judged(relation, verdict, relation.claim, relation.expected)


def _by_rank(ranking: Iterable[Ranked]) -> Iterator[Judged]:
    """What comes out of likely operands, or would, had it changed the other way."""
    for candidates in ranking:
        out = next(((likely, relation) for likely, relation in candidates if has_come_out(relation, likely, candidates)), None)
        turned = turned_of(candidates)
        if out and out[0] >= HOLDING:
            yield _held(out[1])
        if not out and turned:
            yield Judged(turned, TURNED, turned.claim, turned.expected)


def _roots(doubts: Iterable[Doubt], evidence: Evidence) -> Iterator[Judged]:
    """The surest doubts first; what would hold once a number is put right is told with it, and nothing else of what that number spoilt."""
    left = sorted(doubts, key=lambda each: -each.sure)
    own = {(each.blamed.index, each.wanted): each for each in reversed(left) if each.blamed is each.relation.claim}
    settled: set[int] = set()
    spoilt: list[Doubt] = []
    for surest in left:
        # A number is best told by the claim it makes itself.
        each = own.get((surest.blamed.index, surest.wanted), surest) if _is_sure(surest) else surest
        relation = each.relation
        if settled.isdisjoint({each.blamed.index, relation.claim.index}) and not any(
            mended_by(relation, other.blamed, other.wanted, evidence.steps) for other in spoilt
        ):
            verdict = DIFFERS if _is_sure(surest) else SUSPECT if surest.sure >= _WORTH_A_LOOK else UNBOUND
            others = tuple(other for other in each.others if other.claim.index not in settled)
            if verdict == UNBOUND and relation.edge.words == RANKED:
                continue
            judged = Judged(relation, verdict, each.blamed, each.wanted, each.slip, others if verdict == DIFFERS else ())
            yield judged
            if verdict != UNBOUND:
                spoilt.append(each)
                settled |= _figures_of(judged)
