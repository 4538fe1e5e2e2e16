"""The same thing stated twice: under the same name, or in numbers whose digits only changed places."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal

from selfeval.reading.enumeration import without_number
from selfeval.reading.statements import Statement, units_of

from .edge import AGAIN, CELL, Edge

_PLAIN = frozenset({"planned", "initial", "adjusted", "actual", "arrived", "carried_over", "rate"})
_OPENED = re.compile("其中[：:]?")
_NOW = frozenset({"year", "part"})
_FEWEST_DIGITS = 3
# Among all cells of a document fewer digits than these turn up again by chance.
_FEWEST_IN_CELLS = 5
_MOST_ALIKE = 40
_MOST_SHARED = 0.5
_GENERIC = frozenset("支出预算资金数量人数户数全县市区年共已")


def repeats(statements: Sequence[Statement]) -> Iterator[Edge]:
    """Every later statement of the same thing against the first of it."""
    yield from _of_one_name(statements)
    yield from _of_changed_digits(statements)
    yield from _of_cells(statements)
    yield from _of_changed_digits_of_cells(statements)


def _of_one_name(statements: Sequence[Statement]) -> Iterator[Edge]:
    first: dict[tuple[object, ...], int] = {}
    for place, statement in enumerate(statements):
        key = _key(statement)
        if key is None:
            continue
        before = first.setdefault(key, place)
        if before != place and statements[before].sentence != statement.sentence:
            yield Edge(AGAIN, place, (before,), "name")


def _key(statement: Statement) -> tuple[object, ...] | None:
    """What a statement is of, None where its own words do not say so much that it is told apart from others."""
    named = statement.figure.kind == "money" and bool(statement.subject) and statement.measure in ("支出", "预算")
    spoken = len(statement.measure) > 1 and statement.measure in statement.words
    if statement.aspect not in _PLAIN or statement.sentence < 0 or not (named or spoken) or statement.extent == "rest":
        return None
    owner = statement.subject[-1:] if named else statement.subject if statement.figure.kind == "percent" else (statement.lead,)
    return owner, statement.measure, statement.aspect, statement.period, statement.scope, statement.state, statement.unit


def _of_changed_digits(statements: Sequence[Statement]) -> Iterator[Edge]:
    """Two numbers of one unit with the same digits in another order, which hardly come about by chance, of things that share a noun."""
    alike: dict[tuple[str, str], list[int]] = defaultdict(list)
    for place, statement in enumerate(statements):
        digits = "".join(sorted(str(statement.amount.normalize()).replace(".", "").replace("E+", ""))).strip("0")
        if statement.sentence >= 0 and statement.aspect in _PLAIN and len(digits) >= _FEWEST_DIGITS and len(set(digits)) > 1:
            alike["人" if statement.unit in units_of("people") else statement.unit, digits].append(place)
    for places in alike.values():
        for number, place in enumerate(places[:_MOST_ALIKE]):
            for before in places[:number]:
                one, other = statements[before], statements[place]
                if (
                    one.amount != other.amount
                    and one.aspect == other.aspect
                    and {one.period, other.period} <= _NOW
                    and _share_a_noun(one, other)
                    # Of many rates two soon have the same digits.
                    and (one.aspect != "rate" or one.subject == other.subject)
                ):
                    yield Edge(AGAIN, place, (before,), "digits")


def _of_cells(statements: Sequence[Statement]) -> Iterator[Edge]:
    """What a sentence says of a line of the budget, against the cell that has it: where one table only has a row of that name."""
    cells: dict[tuple[str, str, str], list[int]] = defaultdict(list)
    for place, statement in enumerate(statements):
        if statement.sentence < 0 and statement.figure.kind == "money" and statement.period == "year" and statement.aspect in _PLAIN:
            cells[_row_name(statement), statement.aspect, statement.unit].append(place)
    for place, statement in enumerate(statements):
        if statement.sentence >= 0 and statement.figure.kind == "money" and statement.period == "year" and statement.subject:
            alike = cells.get((statement.subject[-1], statement.aspect, statement.unit), [])
            if len({statements[cell].amount for cell in alike}) == 1:
                yield Edge(AGAIN, place, (alike[0],), CELL)


def _of_changed_digits_of_cells(statements: Sequence[Statement]) -> Iterator[Edge]:
    """An amount of a sentence against the one cell of its line that has, rounded as it is, its digits in another order."""
    rounded: dict[tuple[Decimal, int], dict[str, list[tuple[int, Decimal]]]] = {}
    for place, said in enumerate(statements):
        value, digits = said.figure.value, _digits_of(said.figure.value)
        if said.sentence < 0 or not _is_amount(said) or len(digits) < _FEWEST_IN_CELLS or len(set(digits)) == 1:
            continue
        printed = said.amount / value, value.as_tuple().exponent
        if printed not in rounded:
            rounded[printed] = _rounded_cells(statements, *printed)
        alike = rounded[printed].get(digits, [])
        named = [cell for cell, _ in alike if _is_of_line(statements[cell], said)]
        if all(other != value for _, other in alike) and len({statements[cell].amount for cell in named}) == 1:
            yield Edge(AGAIN, place, (named[0],), CELL)


def _rounded_cells(statements: Sequence[Statement], unit: Decimal, exponent: int) -> dict[str, list[tuple[int, Decimal]]]:
    """The cells with an amount by the digits it has in such a unit with so many decimals."""
    cells: dict[str, list[tuple[int, Decimal]]] = defaultdict(list)
    for place, statement in enumerate(statements):
        if statement.sentence < 0 and _is_amount(statement):
            value = (statement.amount / unit).quantize(Decimal(1).scaleb(exponent))
            cells[_digits_of(value)].append((place, value))
    return cells


def _is_of_line(cell: Statement, said: Statement) -> bool:
    name = _row_name(cell)
    return bool(name) and cell.aspect == said.aspect and name in "".join(said.subject[-1:])


def _is_amount(statement: Statement) -> bool:
    """Whether an amount of money is one of this year that stands for itself."""
    return statement.figure.kind == "money" and statement.period == "year" and statement.aspect in _PLAIN


def _digits_of(value: Decimal) -> str:
    return "".join(sorted(str(value).replace(".", "").lstrip("0")))


def _row_name(statement: Statement) -> str:
    """The name of the row a cell stands in, without the numbers and marks tables put in front."""
    name = statement.subject[-1] if statement.subject else ""
    opened = _OPENED.match(without_number(name))
    return without_number(without_number(name)[opened.end() :] if opened else name)


def _share_a_noun(one: Statement, other: Statement) -> bool:
    words = [_told(statement) for statement in (one, other)]
    short, long = sorted(words, key=len)
    shared = short & long
    return len(shared) > 1 and len(shared) >= _MOST_SHARED * len(short)


def _told(statement: Statement) -> set[str]:
    """The characters that name what a statement is of: the line of an amount of a budget, else what is measured."""
    of_line = statement.subject and statement.measure in ("支出", "预算")
    return set(statement.subject[-1] if of_line else f"{statement.measure}{statement.words}") - _GENERIC
