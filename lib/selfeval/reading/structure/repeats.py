"""The same thing stated twice: under the same name, or in numbers that are nearly the same."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from selfeval.reading.enumeration import without_number
from selfeval.reading.statements import Statement, named_year

from .edge import AGAIN, CELL, Edge
from .restated import PLAIN, restated

_OPENED = re.compile("其中[：:]?")
# What is less likely to tell of one thing was never meant to.
_LEAST_LIKELY = 0.3
_MOST_NUMBERS = 6


def repeats(statements: Sequence[Statement]) -> Iterator[Edge]:
    """Every later statement of the same thing against the first of it."""
    yield from _of_one_name(statements)
    yield from _of_near_digits(statements)
    yield from _of_cells(statements)


def _of_one_name(statements: Sequence[Statement]) -> Iterator[Edge]:
    named: dict[tuple[object, ...], list[int]] = defaultdict(list)
    for place, statement in enumerate(statements):
        if (key := _key(statement)) is not None:
            named[key].append(place)
    pairs = ((place, places[0]) for places in named.values() if _is_one_thing(statements, places) for place in places[1:])
    for place, before in sorted(pairs):
        if statements[before].sentence != statements[place].sentence:
            yield Edge(AGAIN, place, (before,), "name")


def _is_one_thing(statements: Sequence[Statement], places: Sequence[int]) -> bool:
    """Whether what one name is told of can be one thing: where it has many numbers it is none."""
    return len({statements[place].amount for place in places}) <= _MOST_NUMBERS


def _key(statement: Statement) -> tuple[object, ...] | None:
    """What a statement is of, None where its own words do not say so much that it is told apart from others."""
    named = statement.figure.kind == "money" and bool(statement.subject) and statement.measure in ("支出", "预算")
    spoken = len(statement.measure) > 1 and statement.measure in statement.words
    if statement.aspect not in PLAIN or statement.sentence < 0 or not (named or spoken) or statement.extent == "rest":
        return None
    owner = statement.subject[-1:] if named else statement.subject if statement.figure.kind == "percent" else (statement.lead,)
    year = named_year(statement) if statement.period == "prior" else 0
    return owner, statement.measure, statement.aspect, statement.period, year, statement.scope, statement.state, statement.unit


def _of_near_digits(statements: Sequence[Statement]) -> Iterator[Edge]:
    """Numbers whose digits lie near each other's, where it is likely that they tell of the same thing, and of one of its numbers."""
    often = Counter((statement.amount, statement.unit, statement.aspect) for statement in statements)
    for likely, edge in restated(statements):
        later, before = statements[edge.claim], statements[edge.operands[0]]
        if likely >= _LEAST_LIKELY and (later.aspect == before.aspect or later.period == "next"):
            told = [often[each.amount, each.unit, each.aspect] for each in (later, before)]
            # What stands there more often is what the other ought to be.
            ends = (edge.claim, edge.operands) if told[0] <= told[1] else (*edge.operands, (edge.claim,))
            yield Edge(edge.kind, *ends, edge.words, likely)


def _of_cells(statements: Sequence[Statement]) -> Iterator[Edge]:
    """What a sentence says of a line of the budget, against the cell that has it: where one table only has a row of that name."""
    cells: dict[tuple[str, str, str], list[int]] = defaultdict(list)
    for place, statement in enumerate(statements):
        if statement.sentence < 0 and statement.figure.kind == "money" and statement.period == "year" and statement.aspect in PLAIN:
            cells[_row_name(statement), statement.aspect, statement.unit].append(place)
    for place, statement in enumerate(statements):
        if statement.sentence >= 0 and statement.figure.kind == "money" and statement.period == "year" and statement.subject:
            alike = cells.get((statement.subject[-1], statement.aspect, statement.unit), [])
            if len({statements[cell].amount for cell in alike}) == 1:
                yield Edge(AGAIN, place, (alike[0],), CELL)


def _row_name(statement: Statement) -> str:
    """The name of the row a cell stands in, without the numbers and marks tables put in front."""
    name = statement.subject[-1] if statement.subject else ""
    opened = _OPENED.match(without_number(name))
    return without_number(without_number(name)[opened.end() :] if opened else name)
