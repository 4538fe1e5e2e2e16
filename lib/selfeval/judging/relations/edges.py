"""What an edge makes of its operands, how far rounding may put the claim from it, and which slip would mend it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal
from itertools import islice, pairwise, product
from operator import mul
from typing import NamedTuple

from selfeval.judging.slip import GAP_AS_RATE, INVERTED, LONGEST_TYPED, MOVED, OTHER_BASE, OTHER_COUNT, slip_between
from selfeval.quantity import conversion
from selfeval.reading.statements import Statement, is_down, is_monthly, says, so_many_of
from selfeval.reading.structure.edge import (
    AGAIN,
    AVERAGE,
    BOUND,
    CHANGE,
    CHANGE_RATE,
    DAILY,
    EQUAL,
    FLOW,
    IMPLIED,
    LEFT_OVER,
    MONTHLY,
    QUOTIENT,
    REST,
    SUM,
    TIMES,
    Edge,
)

# So many places lie between 元 and 万元.
_PLACES = 4
# Of how many parts a ratio tells some: 差错率3.0‰.
_PARTS = {"‰": Decimal(1000)}
_HUNDRED, _HALF, _ZERO, _ONE = Decimal(100), Decimal("0.5"), Decimal(0), Decimal(1)
_DAYS_OF_YEAR, _MONTHS, _OF_TIME = Decimal(365), Decimal(12), frozenset({"个月", "天", "日"})
_OF_YEAR = {DAILY: _DAYS_OF_YEAR, MONTHLY: _MONTHS}
_INEXACT = frozenset({"over", "about", "at_least", "at_most", "range_low", "range_high"})
# Of a number with fewer digits than this nearly any other is one slip away.
_FEWEST_DIGITS = 2
# A count differs by so large a part at most from one that was taken for it.
_NEAR_COUNT = 5
# So many digits hardly ever come out by chance.
_FEWEST_PRINTED = 3
# How likely operands are to be meant that only come out, and how near they stand.
COINCIDING, _NEAR_BY, _PAIR = 0.01, 24, 2
# Farther down a ranking nothing is likely.
_MOST_CANDIDATES = 8
_REACH_OF_ROUNDING = 4
_A_LITTLE_LESS, _A_LITTLE_MORE = 1 - 1e-9, 1 + 1e-9
_SUMS = frozenset({SUM, BOUND})
_ADDED = _SUMS | {FLOW}
_OF_TWO = frozenset({QUOTIENT, AVERAGE, TIMES})
_QUOTIENTS = _OF_TWO | {CHANGE_RATE, IMPLIED, REST}
# What is rounded, so that the point of what comes out to more digits may have moved.
_MAY_MOVE = _QUOTIENTS | {DAILY, MONTHLY, AGAIN}


class Relation(NamedTuple):
    """An edge with its figures: `expected` is what the operands make of the claim, between `low` and `high` by the steps they are printed
    in, `step` that of the claim.

    All in the base unit of the claim: money in 万元, ratios in percent.
    """

    edge: Edge
    claim: Statement
    operands: tuple[Statement, ...]
    expected: Decimal
    low: Decimal
    high: Decimal
    step: Decimal

    @property
    def gap(self) -> Decimal:
        """What is stated less what is expected."""
        return self.claim.amount - self.expected

    @property
    def tolerance(self) -> Decimal:
        """How far the two may lie apart."""
        return max(self.high - self.expected, self.expected - self.low) + self.step * _HALF

    @property
    def holds(self) -> bool:
        """Whether claim and operands agree at the precision they are printed in; a bound may only be too small."""
        above = self.claim.amount + self.step * _HALF >= self.low
        if self.edge.kind == BOUND:
            return above
        return (above and self.claim.amount - self.step * _HALF <= self.high) or self._is_cut_off

    @property
    def _is_cut_off(self) -> bool:
        """Whether a rate is what comes out, cut off instead of rounded: 99.79 % as 99.7 %."""
        ratio = self.edge.kind in _QUOTIENTS and self.claim.figure.kind == "percent"
        return ratio and bool(self.step) and self.claim.amount == self.expected // self.step * self.step

    @property
    def turned(self) -> bool:
        """Whether a change comes out, but the other way than its words say."""
        if self.edge.kind not in (CHANGE, CHANGE_RATE) or _is_gap(self.claim) or not self.claim.because.get("aspect"):
            return False
        first, second = (operand.amount for operand in self.operands)
        return first != second and is_down(self.claim) != (first < second)

    @property
    def equal(self) -> bool:
        """Whether what comes out, printed as the claim is, is the claim."""
        return self.holds and abs(self.gap) <= self.step * _HALF


def relations_of_edges(edges: Iterable[Edge], statements: Sequence[Statement]) -> Iterator[Relation]:
    """What can be recomputed of `edges`: those without 余, 约 or a bound, and without a zero to divide by."""
    yield from _relations(edges, statements, Steps(statements))


def _relations(edges: Iterable[Edge], statements: Sequence[Statement], steps: Steps) -> Iterator[Relation]:
    for edge in edges:
        claim, operands = statements[edge.claim], tuple(statements[place] for place in edge.operands)
        if edge.kind in _ADDED and _are_of_each(claim, operands):
            continue
        # What is converted is as exact as it is printed: 折合约144.67公顷.
        if any(each.figure.qualifier in _INEXACT for each in (() if edge.kind == EQUAL else (claim,)) + operands):
            continue
        made = relation(edge, claim, operands, steps)
        if made:
            yield made


def _are_of_each(claim: Statement, parts: Sequence[Statement]) -> bool:
    """Whether a part is what each of several has, as 各2次 and 每个配备发电机2台; 各82人、76人、91人 are told in turn."""
    in_turn = len(parts) > 1 and not any(each.words for each in parts[1:])
    return any(each.aspect == "average" != claim.aspect or (says("of_each", each.words) and not in_turn) for each in parts)


def relations_of_sums(sums: Iterable[Iterable[Edge]], statements: Sequence[Statement]) -> Iterator[list[Relation]]:
    """What can be recomputed of each list's likely sums, the likeliest first."""
    steps = Steps(statements)
    for edges in sums:
        made = [*_relations(islice(edges, _MOST_CANDIDATES), statements, steps)]
        if made:
            yield made


def relations_of_ranking(
    ranking: Iterable[Iterable[tuple[float, Edge]]], statements: Sequence[Statement], steps: Steps
) -> Iterator[list[tuple[float, Relation]]]:
    """For each ranked claim what its likeliest edges make of it, with how likely each is."""
    for candidates in ranking:
        made = []
        for likely, edge in islice(candidates, _MOST_CANDIDATES):
            claim, operands = statements[edge.claim], tuple(statements[place] for place in edge.operands)
            if any(each.figure.qualifier in _INEXACT for each in (claim, *operands)):
                continue
            found = relation(edge, claim, operands, steps)
            made += [(likely, found)] if found else []
        if made:
            yield [*made, *_beside(made, statements, steps)]


def _beside(made: Sequence[tuple[float, Relation]], statements: Sequence[Statement], steps: Steps) -> Iterator[tuple[float, Relation]]:
    """What the likeliest candidate of a claim that comes out of none makes of another base in its sentence, where that comes out.

    It is no likely one, but enough for the claim not to be wrong for sure.
    """
    first = made[0][1]
    if any(found.holds for _, found in made) or len(first.operands) != _PAIR:
        return
    (one, base), claim = first.operands, first.claim
    for place in range(max(0, first.edge.claim - _NEAR_BY), first.edge.claim):
        other = statements[place]
        if other.sentence == claim.sentence and other.unit == base.unit and other not in (one, base):
            found = relation(first.edge._replace(operands=(first.edge.operands[0], place)), claim, (one, other), steps)
            if found and found.holds:
                yield COINCIDING, found
                return


class Steps:
    """How finely numbers are printed; 26 among amounts with two decimals has lost its zeros."""

    def __init__(self, statements: Sequence[Statement]) -> None:
        money = [each for each in statements if each.figure.kind == "money"]
        # Those of one unit are printed in a few ways.
        alike = {(each.figure.unit, each.figure.exponent, not each.amount): each for each in money}
        often = Counter((each.figure.unit, each.figure.exponent, not each.amount) for each in money)
        counted: dict[str, Counter[Decimal]] = defaultdict(Counter)
        for key, each in alike.items():
            if each.figure.exponent < 0:
                counted[each.figure.unit][unit_of_step(each)] += often[key]
        self._usual = {unit: max(steps, key=lambda step: (steps[step], step)) for unit, steps in counted.items()}
        self._known: dict[Statement, Decimal] = {}

    def of(self, statement: Statement) -> Decimal:
        """The size of the last printed digit, in the base unit; of whole things nothing, for they are counted."""
        if statement not in self._known:
            self._known[statement] = self._of(statement)
        return self._known[statement]

    def _of(self, statement: Statement) -> Decimal:
        step, figure = unit_of_step(statement), statement.figure
        # Whole things are counted, and what is planned of them is set: 目标2万人次.
        if figure.kind == "count" and (statement.aspect == "planned" or (step == 1 and statement.amount == figure.value)):
            return _ZERO
        return min(step, self._usual.get(figure.unit, step)) if figure.kind == "money" else step


def unit_of(statement: Statement) -> Decimal:
    """How much one of the printed unit is in the base unit."""
    value = statement.figure.value
    return statement.amount / value if value else _ONE


def unit_of_step(statement: Statement) -> Decimal:
    """The size of the last printed digit, in the base unit."""
    return _ONE.scaleb(statement.figure.exponent) * unit_of(statement)


def relation(edge: Edge, claim: Statement, operands: tuple[Statement, ...], steps: Steps) -> Relation | None:
    """The edge recomputed, None where it cannot be."""
    return _recomputed(edge, claim, operands, [each.amount for each in operands], steps)


def _recomputed(edge: Edge, claim: Statement, operands: tuple[Statement, ...], amounts: list[Decimal], steps: Steps) -> Relation | None:
    """The edge recomputed, were its operands these `amounts`."""
    if edge.kind in _ADDED:
        expected, around = _result(edge, claim, amounts), sum(map(steps.of, operands), _ZERO) * _HALF
        return Relation(edge, claim, operands, expected, expected - around, expected + around, steps.of(claim))
    halves = [steps.of(each) * _HALF for each in operands]
    factors = _factors(edge, claim, operands)
    expected = _result(edge, claim, [*map(mul, amounts, factors)] if factors else amounts)
    if expected is None:
        return None
    ends = [(amount - half, amount + half) if half else (amount - half,) for amount, half in zip(amounts, halves, strict=True)]
    if factors:
        ends = [[end * factor for end in own] for own, factor in zip(ends, factors, strict=True)]
    # The least of a quotient of what is above zero is that of the least and the most.
    plain = edge.kind in _OF_TWO and ends[0][0] >= 0 < ends[1][0]
    corners = ((ends[0][0], ends[1][-1]), (ends[0][-1], ends[1][0])) if plain else product(*ends)
    results = [result for corner in corners if (result := _result(edge, claim, corner)) is not None]
    low, high = min([*results, expected]), max([*results, expected])
    if edge.kind == DAILY:
        low *= _DAYS_OF_YEAR / (_DAYS_OF_YEAR + 1)
    # An average of whole things is no whole number.
    step = unit_of_step(claim) if edge.kind in (AVERAGE, TIMES, EQUAL, *_OF_YEAR) else steps.of(claim)
    return Relation(edge, claim, operands, expected, low, high, step)


def _factors(edge: Edge, claim: Statement, operands: tuple[Statement, ...]) -> list[Decimal]:
    """What each operand is multiplied with before anything else, nothing for most edges."""
    if edge.kind == EQUAL:
        # What is converted may be told in another unit of the same: 亩, 公顷.
        return [conversion(each.unit, claim.unit) or _ONE for each in operands]
    if edge.kind != AVERAGE:
        return []
    months = _MONTHS if is_monthly(claim) and operands[-1].unit not in _OF_TIME else 1
    over = _ONE * months / so_many_of(claim)
    # 总产量2.94万吨，亩产430公斤
    divided = conversion(operands[0].unit, claim.unit) or _ONE
    return [] if over == divided == _ONE else [divided, *[_ONE] * (len(operands) - 2), over]


def _result(edge: Edge, claim: Statement, numbers: Sequence[Decimal]) -> Decimal | None:
    kind = edge.kind
    if kind == FLOW:
        taken = len(numbers) - int(edge.words)
        return sum(numbers[:taken], _ZERO) - sum(numbers[taken:], _ZERO)
    if kind in _SUMS:
        return sum(numbers, _ZERO)
    if kind in (EQUAL, AGAIN):
        return numbers[0]
    if kind in _OF_YEAR:
        return numbers[0] / _OF_YEAR[kind]
    first, second = numbers
    if kind in (CHANGE, LEFT_OVER):
        return abs(first - second) if kind == CHANGE else first - second
    if kind == IMPLIED:
        second = second + first if is_down(claim) else second - first
    if not second:
        return None
    if kind in (CHANGE_RATE, REST):
        return abs(first - second) / second * _HUNDRED
    return first / second * (_PARTS.get(claim.unit, _HUNDRED) if kind in (QUOTIENT, IMPLIED) else 1)


def _is_gap(claim: Statement) -> bool:
    """Whether the words leave open which of two numbers is the larger (差值)."""
    return says("gap", claim.because.get("aspect", ""))


def mending(relation: Relation, steps: Steps) -> Iterator[tuple[Statement, Decimal, str]]:
    """Each figure of a relation that does not hold, with what it would have to be and the slip that explains it."""
    for statement in (relation.claim, *relation.operands):
        wanted = wanted_of(relation, statement)
        if wanted is None or wanted <= 0:
            continue
        printed = (wanted / unit_of(statement)).quantize(_ONE.scaleb(statement.figure.exponent), ROUND_HALF_UP)
        if relation.edge.kind == AGAIN and abs(printed * unit_of(statement) - wanted) > wanted / _HUNDRED:
            continue  # 15公里 for 9.7公里 is no slip of what rounds to 10
        slip = slip_between(statement.figure.value, printed)
        if not slip and statement is relation.claim and relation.edge.kind in _MAY_MOVE:
            printed = _with_lost_point(statement.figure.value, wanted / unit_of(statement)) or printed
            slip = slip_between(statement.figure.value, printed) or _moved(statement.figure.value, wanted / unit_of(statement))
        if not slip and statement is relation.claim and relation.edge.kind == DAILY:
            of_leap_year = (printed * _DAYS_OF_YEAR / (_DAYS_OF_YEAR + 1)).quantize(_ONE.scaleb(statement.figure.exponent))
            if slip := slip_between(statement.figure.value, of_leap_year):
                printed = of_leap_year
        # 100 % comes out of any operand that is near enough.
        if not slip and statement is not relation.claim and relation.edge.kind in _QUOTIENTS and relation.claim.amount != _HUNDRED:
            printed, slip = _one_slip_off(relation, statement, wanted, steps)
        if statement is relation.claim and not slip:
            slip = next((name for name, explains in _EXPLANATIONS if explains(relation)), "")
        if not slip and statement.figure.kind == "money" and relation.edge.kind not in _SUMS:
            printed, slip = _in_other_unit(relation, statement, steps) or (printed, slip)
        if slip and _is_likely(statement.figure.value, printed, is_claim=statement is relation.claim):
            yield statement, printed * unit_of(statement), slip


def _is_of_this_year(relation: Relation) -> bool:
    """Whether a rate of change comes out once it is taken of the later value instead of the earlier one."""
    if len(_digits(relation.claim.figure.value)) <= _FEWEST_DIGITS or not (changed := _changed(relation)):
        return False
    later, earlier = changed
    return bool(later) and abs(abs(later - earlier) / later * _HUNDRED - relation.claim.amount) <= relation.step * _HALF


def _changed(relation: Relation) -> tuple[Decimal, Decimal] | None:
    """The later and the earlier value a rate of change is of, also where it is of a change and what that is since (比上年1352起增加134起,
    上升9.91%); None for any other rate."""
    first, second = relation.operands[0], relation.operands[-1]
    if relation.edge.kind == QUOTIENT and first.aspect == "change":
        return second.amount + (-first.amount if is_down(first) else first.amount), second.amount
    return (first.amount, second.amount) if relation.edge.kind == CHANGE_RATE else None


def _is_inverted(relation: Relation) -> bool:
    """Whether a rate comes out once its base is divided by what it was to be of; near 100 % either way nearly does."""
    short = len(_digits(relation.claim.figure.value)) <= _FEWEST_DIGITS
    if relation.edge.kind != QUOTIENT or short or abs(relation.expected - _HUNDRED) < 1:
        return False
    first, base = (operand.amount for operand in relation.operands)
    return bool(first) and abs(base / first * _HUNDRED - relation.claim.amount) <= relation.step * _HALF


def _is_gap_of_operands(relation: Relation) -> bool:
    """Whether a rate is the number by which its two amounts differ: 472.90万元 and 500.12万元, 27.22%."""
    if relation.edge.kind != QUOTIENT or len(_digits(relation.claim.figure.value)) <= _FEWEST_DIGITS:
        return False
    first, base = relation.operands
    return abs(first.amount - base.amount) == relation.claim.figure.value * unit_of(first)


def _is_over_other_count(relation: Relation) -> bool:
    """Whether an average comes out, finer than by chance, over another number of things near the one it is over: 128,460元 for 6辆,
    25,692.00元 each."""
    if relation.edge.kind != AVERAGE or relation.operands[-1].figure.kind != "count" or not relation.claim.amount:
        return False
    amount, over = (operand.amount for operand in relation.operands)
    other = (amount / relation.claim.amount).quantize(_ONE)
    near = 1 < other != over and abs(other - over) <= max(_ONE, over / _NEAR_COUNT)
    fine = other * relation.step * _HUNDRED < relation.claim.amount
    return near and fine and abs(amount / other - relation.claim.amount) <= relation.step * _HALF


_EXPLANATIONS = (
    *((OTHER_BASE, _is_of_this_year), (INVERTED, _is_inverted), (GAP_AS_RATE, _is_gap_of_operands)),
    (OTHER_COUNT, _is_over_other_count),
)


def mended_by(relation: Relation, statement: Statement, wanted: Decimal, steps: Steps) -> bool:
    """Whether a relation holds once one of its figures is `wanted`, in the base unit."""
    if statement is not relation.claim and statement not in relation.operands:
        return False
    return _with(relation, statement, wanted / unit_of(statement), steps).holds


def _with_lost_point(stated: Decimal, wanted: Decimal) -> Decimal | None:
    """The claim with the point it lost, where that is what comes out: 99.91 % of 9991 %; None where it lost none."""
    digits = len(_digits(stated))
    lost = (stated.scaleb(-places) for places in range(1, digits)) if digits >= _FEWEST_PRINTED else ()
    return next((each for each in lost if wanted.quantize(each) == each), None)


def _moved(stated: Decimal, wanted: Decimal) -> str:
    """The slip of a claim whose point stands farther to the left than that of what comes out: 1.23 for 12.28; '' where it does not."""
    telling = len(_digits(stated)) >= _FEWEST_PRINTED
    return MOVED if telling and any(wanted.scaleb(-places).quantize(stated) == stated for places in range(1, 4)) else ""


def _one_slip_off(relation: Relation, statement: Statement, wanted: Decimal, steps: Steps) -> tuple[Decimal, str]:
    """The operand with one digit changed, or two changed about, with which the ratio comes out, which its rounding does not let one reckon
    back exactly."""
    printed, unit = str(statement.figure.value), unit_of(statement)
    if len(printed) > LONGEST_TYPED or not relation.claim.amount:
        return statement.figure.value, ""
    # Farther from what is reckoned back than rounding goes nothing can hold.
    reach = _REACH_OF_ROUNDING * wanted * relation.tolerance / relation.claim.amount
    least, most = float((wanted - reach) / unit) * _A_LITTLE_LESS, float((wanted + reach) / unit) * _A_LITTLE_MORE
    for typed in _one_slip_from(printed):
        # Nearly all lie too far off, which a float tells as well.
        if not least <= float(typed) <= most:
            continue
        changed = Decimal(typed)
        near = 0 < changed != statement.figure.value and abs(changed * unit - wanted) <= reach
        if near and would_hold(relation, statement, changed * unit, steps):
            return changed, slip_between(statement.figure.value, changed)
    return statement.figure.value, ""


def _one_slip_from(printed: str) -> Iterator[str]:
    """The numbers of which two digits changed about, or one digit changed, would make this one."""
    digits = [place for place, digit in enumerate(printed) if digit.isdigit()]
    for one, other in pairwise(digits):
        yield f"{printed[:one]}{printed[other]}{printed[one + 1 : other]}{printed[one]}{printed[other + 1 :]}"
    for place, digit in product(digits, "0123456789"):
        yield f"{printed[:place]}{digit}{printed[place + 1 :]}"


def _in_other_unit(relation: Relation, statement: Statement, steps: Steps) -> tuple[Decimal, str] | None:
    """The amount as it would have to be printed, had 元 been typed for 万元 or the other way round, where the relation then holds."""
    places = {"元": _PLACES, "万元": -_PLACES}.get(statement.figure.unit)
    # As finely as it is printed: 6.66万元 is told to a hundredth of them.
    printed = statement.figure.value.scaleb(places) if places else None
    # What would vanish beside the others makes anything hold.
    if printed is None or printed < 1 or not _with(relation, statement, printed, steps).holds:
        return None
    return printed, slip_between(statement.figure.value, printed)


def would_hold(relation: Relation, operand: Statement, amount: Decimal, steps: Steps) -> bool:
    """Whether a relation would hold, were one of its operands printed so: as finely, with another amount."""
    amounts = [amount if each is operand else each.amount for each in relation.operands]
    made = _recomputed(relation.edge, relation.claim, relation.operands, amounts, steps)
    return made is not None and made.holds


def _with(made: Relation, statement: Statement, printed: Decimal, steps: Steps) -> Relation:
    """The relation, were a figure printed otherwise."""
    figure = statement.figure._replace(value=printed)
    other = replace(statement, figure=figure, amount=printed * unit_of(statement))
    operands = tuple(other if each is statement else each for each in made.operands)
    return relation(made.edge, other if made.claim is statement else made.claim, operands, steps) or made


def _is_likely(stated: Decimal, wanted: Decimal, *, is_claim: bool) -> bool:
    """Whether a slip says something: of short numbers nearly any other is one slip away, above all with a digit more or less."""
    first, second = _digits(stated), _digits(wanted)
    if len(first) != len(second):
        return min(len(first), len(second)) >= _FEWEST_DIGITS
    return is_claim or len(first) >= _FEWEST_DIGITS


def _digits(value: Decimal) -> str:
    printed = str(abs(value))
    # 0.7 is one digit from 1.7.
    return printed.replace(".", "") if printed.startswith("0.") else printed.replace(".", "").lstrip("0")


def wanted_of(relation: Relation, statement: Statement) -> Decimal | None:
    """What a figure would have to be for the relation to hold, None where that cannot be told."""
    if statement is relation.claim:
        return relation.expected
    kind, claim = relation.edge.kind, relation.claim.amount
    first, *rest = relation.operands
    if kind in _OF_YEAR:
        return claim * _OF_YEAR[kind]
    if kind == EQUAL:
        return claim * (conversion(relation.claim.unit, statement.unit) or 1)
    if kind == FLOW and any(statement is taken for taken in relation.operands[len(relation.operands) - int(relation.edge.words) :]):
        return statement.amount - relation.gap
    if kind in _ADDED or kind == AGAIN:
        return statement.amount + relation.gap
    second = rest[0].amount
    if kind == QUOTIENT:
        parts = _PARTS.get(relation.claim.unit, _HUNDRED)
        return claim * second / parts if statement is first else first.amount * parts / claim if claim else None
    if kind in (AVERAGE, TIMES):
        return claim * second if statement is first else first.amount / claim if claim else None
    if kind in (LEFT_OVER, IMPLIED, REST):
        return _wanted_of_remainder(relation, of_first=statement is first)
    if kind in (CHANGE, CHANGE_RATE):
        moved = claim if kind == CHANGE else second * claim / _HUNDRED
        down = first.amount < second if _is_gap(relation.claim) else is_down(relation.claim)
        sign = -1 if down else 1
        if statement is first:
            return second + sign * moved
        if kind == CHANGE:
            return first.amount - sign * claim
        # Nothing is left of what fell by all there was.
        return first.amount / (1 + sign * claim / _HUNDRED) if sign * claim > -_HUNDRED else None
    return None


def _wanted_of_remainder(relation: Relation, *, of_first: bool) -> Decimal | None:
    """What an operand would have to be where what the one leaves of the other is the claim, or what that is in percent of."""
    rate, first, second = relation.claim.amount / _HUNDRED, *(operand.amount for operand in relation.operands)
    if relation.edge.kind == LEFT_OVER:
        return relation.claim.amount + second if of_first else first - relation.claim.amount
    if relation.edge.kind == REST:
        return second * (1 - rate) if of_first else first / (1 - rate) if rate < 1 else None
    sign = -1 if is_down(relation.claim) else 1
    if of_first:
        return rate * second / (1 + sign * rate) if sign * rate > -1 else None
    return first / rate + sign * first if rate else None
