"""Which lists can be meant: figures of other years and states of one thing at several times do not add up."""

from __future__ import annotations

from collections.abc import MutableMapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from selfeval.knowledge import pattern
from selfeval.reading.statements import PLANS, Statement, is_down, kind_of_things, named_year

from .edge import BOUND, FIRST_OF, SUM, Edge
from .flows import kind_of_flow

_PAIR = 2
# So far before a list what its figures add up to may stand; of few digits sums come out by chance.
_REACH, _LEAST = 16, 20
_FAR = Decimal("1.2")


class _Told(NamedTuple):
    """What the words of a figure say of its time: the kind of flow it is of, the year it names, whether it tells a state."""

    flow: str
    year: int
    is_state: bool


def coherent(edge: Edge, statements: Sequence[Statement], known: MutableMapping[int, _Told]) -> Edge | None:
    """A list that can be meant, None where it can not; other edges as they are.

    What adds up to another figure before it is of that one, with what seemed its whole (电气129起 before 用火不慎87起 of 384起) or without.
    `known` keeps what is found of figures that other lists have too.
    """
    if edge.kind not in (SUM, BOUND):
        return edge
    whole, parts = statements[edge.claim], [statements[place] for place in edge.operands]
    # 三年合计 is of a row of years.
    of_one_time = edge.words == FIRST_OF or _are_of_one_time(whole, parts, known)
    return edge if of_one_time and not _is_of_another(edge, statements) else None


def _are_of_one_time(whole: Statement, parts: Sequence[Statement], known: MutableMapping[int, _Told]) -> bool:
    """Whether no part is of another year than its whole, or a level or a change to the other side where that is a change, and they are
    neither a row of years nor states told one after the other, nor what there was at first beside what was left."""
    if whole.aspect == "change" and (any(part.aspect in PLANS for part in parts) or len({is_down(each) for each in (whole, *parts)}) > 1):
        return False
    if any((part.period == "prior") != (whole.period == "prior") for part in parts):
        return False
    for part in parts:
        if part.index not in known:
            known[part.index] = _Told(kind_of_flow(part), named_year(part), bool(pattern("relations", "state", "words").search(part.words)))
    told = [known[part.index] for part in parts]
    if {"opening", "closing"} <= {each.flow for each in told}:
        return False
    return len({each.year for each in told} - {0}) < _PAIR and sum(each.is_state for each in told) < _PAIR


def _is_of_another(edge: Edge, statements: Sequence[Statement]) -> bool:
    """Whether several parts, with what seems their whole or without, add up to another figure like it that stands before them."""
    whole = statements[edge.claim]
    total = sum(statements[place].amount for place in edge.operands)
    if len(edge.operands) < _PAIR or total == whole.amount:
        return False
    # What is near the total may be the same said before.
    sums = (total + whole.amount, total) if total > _FAR * whole.amount else (total + whole.amount,)
    return any(
        each.amount in sums
        and each.amount >= _LEAST
        and each is not whole
        and each.period == whole.period
        and kind_of_things(each) == kind_of_things(whole)
        for each in statements[max(0, min(edge.claim, *edge.operands) - _REACH) : min(edge.operands)]
    )
