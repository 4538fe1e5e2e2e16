"""The witness that goes by place: the figures that stand where the operands of a claim usually stand, whatever they are called.

It binds only claims whose words bind nothing. What it binds may come out, or be explained by a slip of the hand; else it says nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set

from selfeval.reading.statements import DERIVED, Statement

from .edge import BESIDE, LEFT_OVER, QUOTIENT, Edge

_REACH = 16


def beside(statements: Sequence[Statement], bound: Set[int]) -> Iterator[Edge]:
    """An edge for every rate and rest of prose that is not among the `bound` claims and has such figures near it."""
    places = {statement.index: place for place, statement in enumerate(statements)}
    for place, statement in enumerate(statements):
        if place in bound or statement.sentence < 0 or statement.period not in ("year", "part"):
            continue
        operands: tuple[int, ...] | None = None
        if statement.aspect == "rate" and statement.figure.kind == "percent":
            operands = _of_rate(statements, place, places)
        elif statement.aspect == "carried_over":
            operands = _of_rest(statements, place)
        if operands:
            yield Edge(LEFT_OVER if statement.aspect == "carried_over" else QUOTIENT, place, operands, BESIDE)


def _of_rate(statements: Sequence[Statement], place: int, places: dict[int, int]) -> tuple[int, int] | None:
    """应参检146家，实际参检139家，年检率95.21%: the figure before a rate over its whole, or over the one before it of the same unit."""
    one, rate = statements[place - 1] if place else None, statements[place]
    if one is None or one.sentence != rate.sentence or not _is_counted(one):
        return None
    whole = places.get(one.part_of) if one.part_of is not None else place - 2
    if whole is None or whole < 0:
        return None
    base = statements[whole]
    like = base.unit == one.unit and _is_counted(base) and base.amount >= one.amount and base.period == one.period
    return (place - 1, whole) if like and base.sentence == rate.sentence else None


def _of_rest(statements: Sequence[Statement], place: int) -> tuple[int, int] | None:
    """年末结转77.58万元 in a sentence of its own: the last adjusted budget before it less the last expenditure behind that."""
    near = range(place - 1, max(-1, place - 1 - _REACH), -1)
    budget = next((other for other in near if statements[other].aspect == "adjusted"), None)
    spent = (other for other in near if statements[other].aspect == "actual" and statements[other].measure == "支出")
    found = next(spent, None)
    if budget is None or found is None or found < budget or statements[budget].unit != statements[place].unit:
        return None
    return budget, found


def _is_counted(statement: Statement) -> bool:
    return statement.aspect not in DERIVED and statement.figure.kind == "count"
