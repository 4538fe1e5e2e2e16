"""What else a claim may come out of: what its operands leave, two figures together, or a net of two changes.

Nobody says that so many 满意 and so many 基本满意 together are 98 % of all, or that 合格率 is of what did not fail. Where such a thing
comes out, the claim is right, whatever operands seem likelier.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, pairwise, permutations

from selfeval.quantity import digits_of
from selfeval.reading.statements import Statement, kind_of_things, named_year
from selfeval.reading.structure.edge import AVERAGE, CHANGE, LEFT_OVER, QUOTIENT, REST

from .evidence import OF_ONE_STAGE, WORKED_OUT, Evidence, is_near, is_stage_of, names_its_base
from .relations.edges import Relation, Steps, would_hold
from .slip import OTHER_STAGE, OTHER_WHOLE, OTHER_YEAR

# So many figures before a claim, and so many behind it, are tried; no more than this at once.
_BACK, _FORWARD, _MOST = 14, 3, 12
# Of shorter numbers too much comes out by chance.
_FEWEST_DIGITS = 3
# Thousands of results are tried; that they are floats only makes a claim a little sooner come out.
_ALL, _HALF, _NEARLY = 100.0, 0.5, 1e-9


def comes_out_otherwise(relation: Relation, statements: Sequence[Statement], place: int) -> bool:
    """Whether the claim at `place` of `statements` comes out of figures near it in a way no pair of them is named for."""
    near = [
        each
        for other, each in enumerate(statements[max(0, place - _BACK) : place + 1 + _FORWARD], max(0, place - _BACK))
        if other != place and each.sentence >= 0 and each.aspect not in WORKED_OUT and each.amount > 0
    ]
    stated, step = float(relation.claim.amount), float(relation.step) * _HALF
    return any(abs(made - stated) <= step + _NEARLY * abs(made) for made in _made(relation, near))


def comes_out_elsewhere(relation: Relation, evidence: Evidence) -> bool:
    """Whether a rate or an average comes out of one of its operands and any other figure, of a report, like the second."""
    claim, (first, base) = relation.claim, relation.operands
    step, stated = float(relation.step) * _HALF, float(claim.amount)
    factor = _ALL if relation.edge.kind in (QUOTIENT, REST) else 1.0
    over, under = float(base.amount - first.amount if relation.edge.kind == REST else first.amount), float(base.amount)
    own = {claim.index, first.index, base.index}
    of_base = (place for amount, place in evidence.plain.get(first.unit, ()) if abs(amount / under * factor - stated) <= step)
    of_first = (place for amount, place in evidence.plain.get(base.unit, ()) if abs(over / amount * factor - stated) <= step)
    return any(place not in own for place in chain(of_base, of_first))


def taken_of_another(relation: Relation, evidence: Evidence) -> str:
    """How what does not come out may have come about: a share or an average of what was planned for an operand, or of what that was the
    year before (OTHER_STAGE), or of a larger whole than it names (OTHER_WHOLE), a change since another year than it names (OTHER_YEAR);
    '' where nothing tells."""
    claim, base, steps = relation.claim, relation.operands[-1], evidence.steps
    if digits_of(claim.figure.value) < _FEWEST_DIGITS or not is_near(relation):
        return ""
    said = [each for each in evidence.statements if each.amount]
    named = names_its_base(claim, base)
    if claim.aspect not in OF_ONE_STAGE:
        others = (each for each in said if named_year(each) not in (0, named_year(base)) and each.measure == base.measure)
        return OTHER_YEAR if named and _holds_with(relation, base, others, steps) else ""
    if any(_holds_with(relation, one, (each for each in said if is_stage_of(each, one)), steps) for one in relation.operands):
        return OTHER_STAGE
    # 占全部支出 is of all there is; 占项目支出 only of what is called just so.
    owner = "".join(base.subject[-1:])
    just_so = claim.aspect != "share" or claim.because.get("base", "") in (owner, f"{owner}{base.measure}")
    larger = (each for each in said if each.amount > base.amount)
    return OTHER_WHOLE if named and just_so and _holds_with(relation, base, larger, steps) else ""


def _holds_with(relation: Relation, one: Statement, others: Iterable[Statement], steps: Steps) -> bool:
    """Whether a relation would hold with another figure of its unit for one of its operands."""
    return any(each.unit == one.unit and would_hold(relation, one, each.amount, steps) for each in others)


def _made(relation: Relation, near: Sequence[Statement]) -> Iterator[float]:
    first, base = relation.operands[0], relation.operands[-1]
    kind = relation.edge.kind
    if kind == QUOTIENT:
        yield _ALL - float(relation.expected)
        like = [each for each in near if kind_of_things(each) == kind_of_things(first)][-_MOST:]
        beside = [each for each in like if relation.claim.sentence - 1 <= each.sentence <= relation.claim.sentence]
        yield from _ratios([float(each.amount) for each in like], [float(each.amount) for each in beside])
    elif kind == AVERAGE:
        over = [float(each.amount) for each in near if each.figure.kind != "money" and each.unit != relation.claim.unit]
        # 县级演练5场、乡镇演练32场，…平均每场: over both.
        over += [float(one.amount + two.amount) for one, two in pairwise(near) if one.unit == two.unit == base.unit]
        paid = [float(each.amount) for each in near if each.unit == relation.claim.unit]
        yield from (amount / number for amount in paid for number in over)
    elif kind in (CHANGE, LEFT_OVER):
        changes = [float(each.amount) for each in near if each.unit == relation.claim.unit and each is not first and each is not base]
        result = float(relation.expected)
        # 追加8万元、调减3万元: what the budget became tells the net; 结转下年6万元 of a rest of 10万元.
        yield from (result + sign * change for change in changes for sign in (1, -1))
        if any(each.unit == relation.claim.unit and each.amount == relation.expected for each in near):
            yield float(relation.claim.amount)


def _ratios(amounts: Sequence[float], beside: Sequence[float]) -> Iterator[float]:
    """What like figures make of each other, in percent: one of another, or, of those `beside` the claim, of two together."""
    for one, other in permutations(amounts, 2):
        yield one / other * _ALL
        yield _ALL - one / other * _ALL
        yield one / (one + other) * _ALL
    for one, other, third in permutations(beside, 3):
        if one <= other:
            yield (one + other) / third * _ALL
            yield third / (one + other) * _ALL
            yield (one + other) / (one + other + third) * _ALL
            yield third / (one + other + third) * _ALL
