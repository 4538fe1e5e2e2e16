"""What a relation is, whatever made it: a number that others in the same material determine."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from selfeval.reading.grid import Column, Grid, Row, Value, amount

_HALF = Decimal("0.5")
_TEN = 10
# Every sum over a column asks how finely the column is printed.
_REMEMBERED = 256


class Place(NamedTuple):
    """A number in a grid."""

    grid: Grid
    row: Row
    column: Column
    value: Value

    @property
    def key(self) -> int:
        """Where it stands in the text: a cell that two grids share is one place."""
        cell = self.row.cell(self.column)
        return cell.start if cell else -1

    @property
    def number(self) -> Decimal:
        """The number as printed."""
        return self.value.number

    def corrected(self, number: Decimal) -> Place:
        """The place, were its number another."""
        return self._replace(value=replace(self.value, number=number))


@dataclass(frozen=True, slots=True)
class Claim:
    """A number (`whole`) and what it ought to be.

    `structure` names what holds claims of one make together: they prove one another, or show that it was misread. `parts` are the other
    numbers that take part, `expected` is what they make of the whole, `tolerance` how far rounding may put the two apart. `says` tells
    of the relation in Chinese, as in “合计 = 基本支出 + 项目支出”. What is not `firm` is no proof by itself: it only supports another.
    What words alone leave no doubt of is `bound`. Where it is but `at_most`, the whole may be less than what is expected. `formula` makes
    what is expected of the numbers of the parts; without one each adds to it by what it grows.
    """

    structure: tuple[object, ...]
    whole: Place
    parts: tuple[Place, ...]
    expected: Decimal
    tolerance: Decimal
    says: str
    firm: bool = True
    at_most: bool = False
    bound: bool = False
    formula: Callable[..., Decimal | None] | None = field(default=None, compare=False)

    def corrected(self, key: int, number: Decimal) -> Claim:
        """The relation, were the number at `key` another."""
        whole, *parts = (spot.corrected(number) if spot.key == key else spot for spot in (self.whole, *self.parts))
        numbers = [part.number for part in parts]
        grown = sum((adds(part, whole) for part in parts), Decimal(0)) - sum((adds(part, whole) for part in self.parts), Decimal(0))
        expected = self.formula(*numbers) if self.formula and grown else self.expected + grown
        return self if expected is None else replace(self, whole=whole, parts=tuple(parts), expected=expected)

    @property
    def gap(self) -> Decimal:
        """What is stated less what is expected."""
        return self.whole.number - self.expected

    @property
    def holds(self) -> bool:
        """Whether the two agree, at the precision of all numbers that take part."""
        return (self.gap if self.at_most else abs(self.gap)) <= self.tolerance

    @property
    def of_one_table(self) -> bool:
        """Whether all its numbers stand in one table."""
        return all(part.grid.table == self.whole.grid.table for part in self.parts)

    @property
    def weighs(self) -> bool:
        """Whether it tells anything: at least two numbers that are not zero make a third."""
        return bool(self.whole.number) and sum(bool(part.number) for part in self.parts) > 1

    @property
    def one_digit_off(self) -> bool:
        """Whether one digit of one number would mend a sum most of whose numbers are printed to their last digit: of such none that is not
        listed is likely to be as round as the gap."""
        spots = (self.whole, *self.parts)
        filled = sum(abs(each.number) > each.value.step * _TEN**2 and bool(each.number % (each.value.step * _TEN)) for each in spots)
        round_gap = not self.gap % _TEN and len(self.gap.normalize().as_tuple().digits) == 1
        return "total" in self.structure and len(spots) > 2 and round_gap and 2 * filled > len(spots)


def adds(part: Place, whole: Place) -> Decimal:
    """What a part adds to its whole: a row that is taken (减) lessens what it is summed up with, printed below zero or not."""
    return amount(part.row, part.value) if part.row is not whole.row else part.number


def half_steps(values: Sequence[Value], usual: Decimal) -> Decimal:
    """Half the last printed step of every number; none is read more coarsely than `usual`."""
    return sum((min(value.step, usual) for value in values), Decimal(0)) * _HALF


@lru_cache(_REMEMBERED)
def usual_step(grid: Grid, column: Column) -> Decimal:
    """How coarsely a number of the column may be read: 26 among 26.35 has lost its zeros, unless it is in 元, of which nobody prints fens.

    The step most of its numbers are printed in, 1 where none has decimals.
    """
    numbers = [value for row in grid.rows if (value := row.value(column))]
    steps = [value.step for value in numbers if value.step < 1]
    if not steps or any(grid.unit_of(column, value) == "元" for value in numbers[:1]):
        return Decimal(1)
    return max(set(steps), key=lambda step: (steps.count(step), step))


def place(grid: Grid, row: Row, column: Column, *, bounds: bool = False) -> Place | None:
    """The number of a row in a column, None where there is none or, unless `bounds` are asked for too, it is but a bound."""
    value = row.value(column)
    return Place(grid, row, column, value) if value and (bounds or value.bound == "exact") else None


@lru_cache(_REMEMBERED)
def places(grid: Grid, column: Column) -> tuple[Place | None, ...]:
    """The numbers of a column, row by row; each is held against many pairs of others."""
    return tuple(place(grid, row, column) for row in grid.rows)
