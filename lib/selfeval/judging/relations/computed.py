"""Columns worked out from other columns: rates, shares of the total, differences and their rates."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import partial
from itertools import combinations, pairwise, permutations
from math import inf
from operator import mul

from selfeval.knowledge import pattern
from selfeval.quantity import base_unit, quotient, unit_size
from selfeval.reading.grid import ITEM, OPENING, TOTAL, Column, Grid, Row, Value

from .claim import Claim, Place, half_steps, place, places, usual_step

_HUNDRED = Decimal(100)
# In so many rows three columns must come out before they are taken to belong together.
_FEWEST_PAIRS = 3
# So many columns a flow or a sum that no head tells has at least, and at most, and so many digits most of what they come to.
_FEWEST_FLOWS, _MOST_FLOWS, _FEWEST_DIGITS = 3, 8, 3
# So many shares that come out of what all rows make show what they are of.
_FEWEST_SHARES = 2
# So many scores that come out of weight and share show that all are worked out so.
_FEWEST_MARKS = 2
# Roles of columns that hold what was reached, and what was to be reached.
_SPENT = frozenset({"actual", "reached"})
_PLANNED = frozenset({"adjusted", "initial", "budget", "arrived", "target"})
# What units of thousands begin with.
_LARGE = frozenset("千万亿")
# 万元 for each thing are told in 元, 万人 for each in 人.
_SCALES = (Decimal(1), Decimal(100), Decimal(1000), Decimal(10_000), Decimal("0.0001"))
# A formula: the operands and what it makes of their numbers, None where that cannot be computed.
_Formula = Callable[..., Decimal | None]


def computed_of(grid: Grid) -> Iterator[Claim]:
    """Every rate, share, difference and rate of change of `grid` against the two columns it is worked out from: those from which it
    mostly comes out so."""
    amounts = [column for column in grid.columns if column.kind in {"amount", "target"} and not _only_opens(grid, column)]
    yield from _flows(grid)
    yield from _running(grid)
    yield from _pairs(grid)
    yield from _products(grid)
    yield from _conversions(grid)
    for column in grid.columns:
        if column.role == "change":
            yield from _best(grid, column, amounts, "{0} − {1}", _difference)
        elif column.role == "change_rate":
            yield from _best(grid, column, amounts, "({0} − {1}) ÷ {1}", _growth)
        elif column.role == "rate":
            # So much of another thing: 停播率（秒/百小时）.
            others = _averages(grid, column, amounts)
            yield from _best(grid, column, amounts, "{0} ÷ {1}", _rate) or others
        elif column.role == "share":
            yield from _shares(grid, column, amounts)
        elif column.role == "level":
            yield from _averages(grid, column, amounts)
        elif column.kind == "ratio":
            # No head says what it is of: what it comes out of nearly always tells.
            rates = (_best(grid, column, amounts, *told) for told in (("{0} ÷ {1}", _rate), ("({0} − {1}) ÷ {1}", _growth)))
            yield from _mostly_out([*rates, _shares(grid, column, amounts)])
        elif column.role == "score":
            yield from _marks(grid, column)


def _only_opens(grid: Grid, column: Column) -> bool:
    """Whether a sentence opens with the amount, and later reckons with what it says of this year and the last."""
    return grid.told and column.path == (OPENING,)


def _flows(grid: Grid) -> Iterator[Claim]:
    """Columns side by side of which the last, or the first, mostly is what the others come to, all added up or some taken from the rest:
    opening + added − taken = closing. No words are needed to see it."""
    columns = [column for column in grid.columns if column.kind == "amount"]
    numbers = {column.place: [value.number if (value := row.value(column)) else None for row in grid.rows] for column in columns}
    for at, whole in enumerate(columns):
        # Small counts come to one another by chance, but for what is called the end of a flow.
        ends = bool(whole.path) and pattern("relations", "flow", "closing").search(whole.path[-1])
        long = sum(bool(number) and len(number.as_tuple().digits) >= _FEWEST_DIGITS for number in numbers[whole.place])
        for size in range(_FEWEST_FLOWS, min(_MOST_FLOWS, len(columns) - 1) + 1) if ends or 2 * long > len(grid.rows) else ():
            behind, ahead = columns[at + 1 : at + 1 + size], columns[max(at - size, 0) : at]
            for parts, count in [*((ahead, count) for count in range(2, size + 1)), (behind, size)]:
                lists = [numbers[column.place] for column in (*parts, whole)]
                if len(parts) == size and _mostly(_flow(count), lists, fewest=2, against=1):
                    signs = "".join(f" {'+' if place < count else '−'} {{{place + 1}}}" for place in range(1, size))
                    yield from _exact(grid, whole, parts, "{0} = {1}" + signs, _flow(count))


def _flow(count: int) -> _Formula:
    """The first `count` numbers added up, less the others."""
    return lambda *numbers: sum(numbers[:count], Decimal(0)) - sum(numbers[count:], Decimal(0))


def _pairs(grid: Grid) -> Iterator[Claim]:
    """Three columns of which one mostly is the difference or the sum of the two others, though no head says so: what is due, what is
    withheld, what is paid. By themselves they prove nothing, for what else belongs to it may stand nowhere; they support others."""
    columns = [column for column in grid.columns if column.kind == "amount"]
    numbers = {column.place: [value.number if (value := row.value(column)) else None for row in grid.rows] for column in columns}
    for first, second, third in combinations(columns, 3):
        lists = [numbers[column.place] for column in (first, second, third)]
        for says, formula, whole, parts in (
            ("{0} = {1} − {2}", _difference, third, (first, second)),
            ("{0} = {1} − {2}", _difference, second, (first, third)),
            ("{0} = {1} + {2}", _together, third, (first, second)),
        ):
            order = [(first, second, third).index(column) for column in (*parts, whole)]
            if _mostly(formula, [lists[place] for place in order]):
                yield from (replace(claim, firm=False) for claim in _exact(grid, whole, parts, says, formula))


def _products(grid: Grid) -> Iterator[Claim]:
    """Number by price: the column that in most rows is the product of a price, a standard or an average and a column beside it."""
    prices = [column for column in grid.columns if column.role == "level"]
    for price in prices:
        for number, made in permutations([column for column in grid.columns if column.kind == "amount"], 2):
            lists = [[value.number if (value := row.value(column)) else None for row in grid.rows] for column in (number, price, made)]
            if _mostly(_product, lists):
                yield from _products_of(grid, made, (number, price))


def _conversions(grid: Grid) -> Iterator[Claim]:
    """金额（元） and 折合（万元）: a column that mostly tells in a larger unit what one beside it tells in a smaller."""
    columns = [column for column in grid.additive() if column.unit]
    for of, made in permutations(columns, 2):
        scale = unit_size(of.unit) / unit_size(made.unit)
        if base_unit(of.unit) == base_unit(made.unit) and scale < 1:
            numbers = ((place(grid, row, made), place(grid, row, of)) for row in grid.rows)
            says = " = ".join(column.path[-1] for column in (made, of) if column.path)
            told = ((whole, part, scale * part.number) for whole, part in numbers if whole and part)
            yield from _mostly_out([[_claim(grid, whole, (part,), expected, says, partial(mul, scale)) for whole, part, expected in told]])


def _marks(grid: Grid, score: Column) -> list[Claim]:
    """得分 = 分值 × 完成率, in a table whose scores mostly come out so: the share of the weight, told in percent or as a coefficient."""
    weights = [column for column in grid.columns if column.role == "weight"]
    shares = [column for column in grid.columns if column.kind == "ratio" or (column.path and "系数" in column.path[-1])]
    options = [
        _claims_of_marks(grid, score, weight, share, _percent_of if share.kind == "ratio" else _product)
        for weight in weights
        for share in shares
    ]
    best = max(options, key=_proofs, default=[])
    return best if _FEWEST_MARKS <= _proofs(best) >= sum(not claim.holds for claim in best) else []


def _mostly_out(options: list[list[Claim]]) -> list[Claim]:
    """The claims of the option that comes out in most rows, where hardly one does not: two columns that merely fit do so by chance."""
    best = max(options, key=_proofs, default=[])
    return best if _proofs(best) >= _FEWEST_PAIRS and _proofs(best) > 2 * sum(not claim.holds for claim in best) else []


def _averages(grid: Grid, column: Column, amounts: list[Column]) -> list[Claim]:
    """So much for each: one column divided by another, in the units of their heads."""
    misses = len(grid.rows) / 3  # with more, those that come out are not twice as many
    return _mostly_out(
        [
            _claims(grid, column, first, second, "{0} ÷ {1}", partial(_average, scale=scale), alike=False, misses=misses)
            for first, second in permutations(amounts, 2)
            for scale in _SCALES
        ]
    )


def _average(first: Decimal, second: Decimal, scale: Decimal) -> Decimal | None:
    return quotient(first * scale, second) if second > 0 else None


def _claims_of_marks(grid: Grid, score: Column, weight: Column, share: Column, formula: _Formula) -> list[Claim]:
    told = " × ".join(column.path[-1] for column in (weight, share) if column.path)
    found = []
    for row in grid.rows:
        whole, one, other = (place(grid, row, column) for column in (score, weight, share))
        expected = formula(one.number, other.number) if whole and one and other and row.role == ITEM else None
        # No more is given than there is to get.
        if expected is not None and expected <= one.number:
            found.append(_claim(grid, whole, (one, other), expected, f"{score.path[-1]} = {told}", formula))
    return found


def _percent_of(first: Decimal, second: Decimal) -> Decimal | None:
    return first * second / _HUNDRED


def _product(number: Decimal, price: Decimal) -> Decimal | None:
    return number * price


def _products_of(grid: Grid, made: Column, factors: tuple[Column, Column]) -> Iterator[Claim]:
    told = f"{made.path[-1] if made.path else ''} = {' × '.join(factor.path[-1] for factor in factors if factor.path)}"
    for row in grid.rows:
        whole, number, price = (place(grid, row, column) for column in (made, *factors))
        # A total may print a mean price, which its quotient rounds.
        if whole and number and price and row.role == ITEM:
            yield _claim(grid, whole, (number, price), number.number * price.number, told, _product)


def _together(first: Decimal, second: Decimal) -> Decimal | None:
    return first + second


def _mostly(formula: _Formula, lists: list[list[Decimal | None]], fewest: int = _FEWEST_PAIRS, against: int = 2) -> bool:
    """Whether the last list comes of those before it in the `fewest` rows or more, and hardly ever does not: `against` times less often."""
    proofs, misses = set(), 0
    for row in zip(*lists, strict=True):
        # What zeros come to tells nothing.
        if None in row or sum(map(bool, row)) < min(len(row), _FEWEST_FLOWS + 1):
            continue
        if formula(*row[:-1]) == row[-1]:
            proofs.add(row)
        else:
            misses += 1
        # Columns that have nothing to do with each other are not read to their end.
        if misses > _FEWEST_PAIRS and misses > len(proofs):
            return False
    return len(proofs) >= fewest and len(proofs) > against * misses


def _exact(grid: Grid, whole: Column, parts: Sequence[Column], says: str, formula: _Formula) -> Iterator[Claim]:
    told = says.format(*(column.path[-1] if column.path else "" for column in (whole, *parts)))
    for stated, *spots in zip(*(places(grid, column) for column in (whole, *parts)), strict=True):
        units = {grid.unit_of(spot.column, spot.value) if spot else None for spot in (stated, *spots)}
        # 日均: means of what comes to another do not come to its mean.
        if len(units) == 1 and None not in units and not pattern("grids", "head", "apart").search(stated.row.name):
            structure = (grid.start, "computed", whole.place, *(part.place for part in parts))
            tolerance = half_steps([spot.value for spot in (stated, *spots)], usual_step(grid, whole))
            rounded = any(spot.value.step < 1 for spot in (stated, *spots))
            expected = formula(*(spot.number for spot in spots)) or Decimal(0)
            yield Claim(structure, stated, tuple(spots), expected, tolerance if rounded else Decimal(0), told, formula=formula)


def _running(grid: Grid) -> Iterator[Claim]:
    """A column that carries on the sum of another: what stood there in the row before, and what came in this row."""
    columns = [column for column in grid.columns if column.kind == "amount"]
    for added, total in combinations(columns, 2):
        rows = pairwise([row for row in grid.rows if row.role == ITEM])
        claims = [claim for before, row in rows if (claim := _carried_on(grid, before, row, added, total))]
        proofs = sum(claim.holds and claim.weighs for claim in claims)
        if proofs > 1 and proofs > len({abs(claim.gap) for claim in claims if not claim.holds}):
            yield from claims


def _carried_on(grid: Grid, before: Row, row: Row, added: Column, total: Column) -> Claim | None:
    whole, last, more = place(grid, row, total), place(grid, before, total), place(grid, row, added)
    if not (whole and last and more) or not _alike(grid, whole, more):
        return None
    tolerance = half_steps([spot.value for spot in (whole, last, more)], usual_step(grid, total))
    exact = tolerance if min(spot.value.step for spot in (whole, last, more)) < 1 else Decimal(0)
    says = f"{total.path[-1] if total.path else '累计'} = {before.name} + {row.name}"
    return Claim((grid.start, "running", added.place, total.place), whole, (last, more), last.number + more.number, exact, says)


def _difference(first: Decimal, second: Decimal) -> Decimal | None:
    return first - second


def _growth(first: Decimal, second: Decimal) -> Decimal | None:
    return quotient((first - second) * _HUNDRED, second) if second > 0 else None


def _rate(first: Decimal, second: Decimal) -> Decimal | None:
    return quotient(first * _HUNDRED, second) if second > 0 else None


def _best(grid: Grid, column: Column, amounts: list[Column], says: str, formula: _Formula) -> list[Claim]:
    """The claims of the two operands from which the column comes out most often, in at least two rows."""
    options = [
        _claims(grid, column, first, second, says, formula)
        for first, second in permutations([other for other in amounts if other is not column], 2)
    ]
    best = max(options, key=lambda claims: (_proofs(claims), -len(claims)), default=[])
    # Heads that name numerator and denominator need less proof than columns that merely fit.
    enough = 1 if any(_named(claim) for claim in best) else 2
    return best if _proofs(best) >= enough else []


def _proofs(claims: list[Claim]) -> int:
    """How many claims come out; all of a thing does so of anything, and what stands there again tells no more."""
    telling = (claim for claim in claims if claim.holds and claim.whole.number and _HUNDRED not in [part.number for part in claim.parts])
    return len({(claim.whole.number, *(part.number for part in claim.parts)) for claim in telling})


def _named(claim: Claim) -> bool:
    """执行率 beside what was spent and what was planned: the heads say what is divided by what."""
    spent, planned = (part.column.role for part in claim.parts)
    return spent in _SPENT and planned in _PLANNED


def _claims(
    grid: Grid, column: Column, first: Column, second: Column, says: str, formula: _Formula, *, alike: bool = True, misses: float = inf
) -> list[Claim]:
    """What a column says of two others, row by row; nothing where more rows than `misses` do not come out."""
    heads = [each.path[-1] if each.path else "" for each in (column, first, second)]
    told = f"{heads[0]} = {says.format(*heads[1:])}"
    found = []
    for whole, one, other in zip(*(places(grid, operand) for operand in (column, first, second)), strict=True):
        expected = formula(one.number, other.number) if whole and one and other else None
        if expected is not None and (not alike or _alike(grid, one, other)) and not _is_capped(whole, one, expected):
            found.append(_claim(grid, whole, (one, other), expected, told, formula))
            misses -= not found[-1].holds
            if misses < 0:
                return []
    return found


def _is_capped(whole: Place, reached: Place, expected: Decimal) -> bool:
    """Whether more than a target was reached, and no more than all of it is counted."""
    return reached.column.kind == "target" and expected > _HUNDRED and whole.number in {_HUNDRED, Decimal(1)}


def _alike(grid: Grid, one: Place, other: Place) -> bool:
    return grid.unit_of(one.column, one.value) == grid.unit_of(other.column, other.value)


def _shares(grid: Grid, column: Column, amounts: list[Column]) -> list[Claim]:
    """The share of each row in an amount: of a total, of the row whose share is all of it, or of what the rows come to."""
    whole = [row for row in grid.rows if row.role == TOTAL or ((value := row.value(column)) and value.number == _HUNDRED)]
    bases = [[row] for row in whole] or [[row for row in grid.rows if row.role == ITEM and not row.level]]
    options = [_share_claims(grid, column, other, base) for base in bases for other in amounts]
    best = max(options, key=_proofs, default=[])
    return best if _proofs(best) >= _FEWEST_SHARES else []


def _share_claims(grid: Grid, column: Column, other: Column, rows: list[Row]) -> list[Claim]:
    base = [spot for row in rows if (spot := place(grid, row, other))]
    whole, named = sum((spot.number for spot in base), Decimal(0)), rows[0].name if len(rows) == 1 else "合计"
    told = f"{column.path[-1] if column.path else ''} = {other.path[-1] if other.path else ''} ÷ {named}"
    found = []
    for row in grid.rows if whole > 0 else ():
        share, part = place(grid, row, column), place(grid, row, other)
        if share and part and [row] != rows:
            found.append(_claim(grid, share, (part, *base), quotient(part.number * _HUNDRED, whole), told, _share))
    return found


def _share(part: Decimal, *whole: Decimal) -> Decimal | None:
    return _rate(part, sum(whole, Decimal(0)))


def _claim(grid: Grid, whole: Place, parts: tuple[Place, ...], expected: Decimal, says: str, formula: _Formula) -> Claim:
    """A ratio may be printed as 0.97 for 97 %; the steps of the operands widen what rounding may do."""
    ratio = formula in {_rate, _growth, _share}
    scale = _HUNDRED if ratio and _is_plain(whole.value, expected) else Decimal(1)
    usual = usual_step(grid, whole.column)
    tolerance = half_steps([whole.value], usual) + _widened(grid, parts, formula, expected) / scale
    structure = (grid.start, "computed", whole.column.place)
    return Claim(structure, whole, parts, expected / scale, tolerance, says, formula=lambda *numbers: _scaled(formula(*numbers), scale))


def _scaled(made: Decimal | None, scale: Decimal) -> Decimal | None:
    return None if made is None else made / scale


def _is_plain(value: Value, expected: Decimal) -> bool:
    return not value.unit and abs(value.number) <= 2 and abs(expected) > 2 and value.step < 1


def _is_exact(grid: Grid, part: Place) -> bool:
    """Whether a number is set or counted, not rounded: a weight, so many people, but not so many 万元."""
    return part.column.role == "weight" or (part.value.step >= 1 and grid.unit_of(part.column, part.value)[:1] not in _LARGE)


def _widened(grid: Grid, parts: tuple[Place, ...], formula: _Formula, expected: Decimal) -> Decimal:
    """How far the result moves when all operands move by half their last printed digit."""
    halves = [Decimal(0) if _is_exact(grid, part) else half_steps([part.value], usual_step(grid, part.column)) for part in parts]
    others = (part.number - half for part, half in zip(parts[1:], halves[1:], strict=True))
    moved = formula(parts[0].number + halves[0], *others)
    return abs(moved - expected) if moved is not None else Decimal(0)
