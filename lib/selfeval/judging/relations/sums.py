"""Sums in tables: a total and its rows, a parent and its children, a spanning head and the columns under it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise, takewhile

from selfeval.knowledge import load, pattern
from selfeval.reading.grid import ITEM, NOTE, OPEN_PART, SUBTOTAL, TOTAL, Column, Grid, Row, amount

from .claim import Claim, Place, adds, half_steps, place, usual_step

# So long may a list be that nothing but its sum binds, and in so many columns must the sum come out.
_LONGEST_BLOCK, _FEWEST_PROOFS, _FEWEST_ROWS = 30, 2, 4
# Numbers of fewer digits add up by chance.
_FEWEST_DIGITS = 3
# A binding: which rows (or columns) are the parts of one.
_Rows = list[Row]
_Spot = tuple[Row, Column]


def sums_of(panels: Sequence[Grid], before: Sequence[Grid] = ()) -> Iterator[Claim]:
    """Every sum that heads, codes, numbering or words like 合计 bind in the `panels` of one table; `before` are the parts of it above.

    Of several bindings of a total the one that holds most often in all panels is taken, for its row is one row. Where none holds
    anywhere, the first says what words alone would bind, without being firm.
    """
    for grid in panels:
        yield from _children_of(grid, panels[0].start)
        yield from _across(grid)
    yield from _totals(panels, before)
    if not any(row.role in {TOTAL, SUBTOTAL} for grid in panels for row in grid.rows):
        for grid in panels:
            yield from _unnamed_total(grid)
    yield from _balance(panels)


def _children_of(grid: Grid, table: int) -> Iterator[Claim]:
    """Every parent and its children; the panels of one `table`, which begins there, prove one another."""
    nested = _is_nested(grid.rows)
    for index, row in enumerate(grid.rows):
        if nested and row.role == ITEM and (children := _children(grid.rows, index)):
            yield from _rows_claims(grid, row, children, (table, "children"))
        if row.role == TOTAL or (nested and row.role == ITEM):
            yield from _open_lists(grid, index)
    yield from _within(grid, table)
    yield from _blocks(grid)


def _is_nested(rows: Sequence[Row]) -> bool:
    """Whether rows stand under others by more than a 其中 in front of them."""
    listed: int | None = None
    for row in rows:
        if row.role == OPEN_PART:
            listed = row.level
        elif listed is not None and row.level != listed:
            listed = None
        if row.level and row.level != listed:
            return True
    return False


def _open_lists(grid: Grid, index: int) -> Iterator[Claim]:
    """The sum of each list that 其中 begins below a row, but for the first below a total, where it turns out to name everything: in two
    columns or more it makes up the row."""
    rows = grid.rows
    level = rows[index].level
    under = list(takewhile(lambda row: row.level > level and row.role in {ITEM, OPEN_PART}, rows[index + 1 :]))
    for begin, row in enumerate(under):
        first = begin == 0 and rows[index].role == ITEM
        if row.role == OPEN_PART and (first or (begin and under[0].role == OPEN_PART and under[begin - 1].role == ITEM)):
            block = _best_block(grid, rows[index], [row for row in under[begin:] if row.level == under[0].level], row.number)
            yield from block if _proofs(block) >= _FEWEST_PROOFS else ()


def _within(grid: Grid, table: int) -> Iterator[Claim]:
    """What 其中 names is no larger than the row it is part of."""
    for whole, row in pairwise(grid.rows):
        if row.role == OPEN_PART and whole.name and whole.level < row.level:
            says = f"{row.name} ≤ {whole.name}"
            columns = [column for column in grid.additive() if column.kind == "amount"]
            bounds = (_bound(grid, (whole, column), (row, column), (table, "within"), says) for column in columns)
            yield from (claim for claim in bounds if claim)


def _within_columns(grid: Grid) -> Iterator[Claim]:
    """What a column names as 其中 is no larger than what the column before it, under the same head, says of the row."""
    for before, column in pairwise([column for column in grid.additive() if column.kind == "amount" and column.path]):
        if pattern("grids", "head", "parts").search(column.path[-1]) and before.path[:-1] == column.path[:-1]:
            says = f"{column.path[-1]} ≤ {before.path[-1]}"
            bounds = (_bound(grid, (row, before), (row, column), (grid.start, "within", column.place), says) for row in grid.rows)
            yield from (claim for claim in bounds if claim)


def _bound(grid: Grid, whole: _Spot, part: _Spot, structure: tuple[object, ...], says: str) -> Claim | None:
    """The claim that `part` is at most `whole`."""
    stated, most = place(grid, *part), place(grid, *whole)
    if not stated or not most or min(stated.number, most.number) < 0:
        return None
    if grid.unit_of(part[1], stated.value) != grid.unit_of(whole[1], most.value):
        return None
    tolerance = half_steps([stated.value, most.value], usual_step(grid, part[1]))
    return Claim(structure, stated, (most,), most.number, tolerance, says, at_most=True)


def _totals(panels: Sequence[Grid], before: Sequence[Grid]) -> Iterator[Claim]:
    for number in sorted({row.number for grid in panels for row in grid.rows if row.role in {TOTAL, SUBTOTAL}}):
        bindings: dict[str, list[Claim]] = {}
        for grid in panels:
            index = next((index for index, row in enumerate(grid.rows) if row.number == number), None)
            if index is not None and grid.rows[index].role in {TOTAL, SUBTOTAL}:
                structure = (panels[0].start, "total", number)
                for name, parts in _under_total(grid, index).items():
                    bindings.setdefault(name, []).extend(_rows_claims(grid, grid.rows[index], parts, structure))
                bindings.setdefault("marks", []).extend(_marks_of_all(grid, index, _open_parts(before), structure))
        yield from _likeliest([*bindings.values()])


def _unnamed_total(grid: Grid) -> list[Claim]:
    """The last row or the first, whatever it is called, where in most columns it is what all the others add up to."""
    if len(grid.rows) < _FEWEST_ROWS or _is_nested(grid.rows) or any(row.role != ITEM for row in grid.rows):
        return []
    for row in (grid.rows[-1], grid.rows[0]):
        claims = _rows_claims(grid, row, [other for other in grid.rows if other is not row], (grid.start, "total", row.number))
        if _FEWEST_PROOFS <= _proofs(claims) > sum(not claim.holds for claim in claims):
            return claims
    return []


def _open_parts(before: Sequence[Grid]) -> list[Grid]:
    """The parts of a table above that no total of their own closes; one that stands first heads its part."""
    return [*takewhile(lambda grid: all(row.role != TOTAL for row in grid.rows[1:]), reversed(before))][::-1]


def _marks_of_all(grid: Grid, index: int, before: Sequence[Grid], structure: tuple[object, ...]) -> Iterator[Claim]:
    """The points of a form in several parts: the budget has some, above the indicators, and the total at the end counts them too."""
    rows = _outermost([row for row in grid.rows[:index] if row.role not in {TOTAL, SUBTOTAL}])
    says = _rows_say(grid.rows[index], [*(row for other in before for row in other.rows[:1]), *rows])
    for column in grid.additive() if before else ():
        if column.kind == "mark":
            above = [place(other, row, one) for other in before for one in other.columns if one.role == column.role for row in other.rows]
            spots = [*above, *(place(grid, row, column) for row in rows)]
            claim = _claim(grid, place(grid, grid.rows[index], column), spots, structure, says)
            if claim and any(above):
                yield claim


def _balance(panels: Sequence[Grid]) -> Iterator[Claim]:
    """收入总计 = 支出总计: the totals that stand in one row of two panels."""
    for left, right in pairwise(panels):
        for row in left.rows:
            other = next((other for other in right.rows if other.number == row.number), None)
            if other and row.role == other.role == TOTAL and _grand(row.name) and _grand(other.name):
                one, two = (place(grid, found, grid.additive()[0]) for grid, found in ((left, row), (right, other)) if grid.additive())
                if one and two:
                    yield Claim((left.start, "balance"), two, (one,), one.number, Decimal(0), f"{row.name} = {other.name}", firm=False)


def _grand(name: str) -> bool:
    return load("grids")["row"]["grand"] in name


def _blocks(grid: Grid) -> Iterator[Claim]:
    """Sums that nothing but the numbers bind: rows of one level right below one, or above it, that make it up in two columns or more.

    A form lists 按收入性质分 and 按支出性质分 so, and the projects under 项目支出 or in front of it. From the last row up, so that what is
    a part already is not counted again.
    """
    rows, nested = [row for row in grid.rows if row.role != NOTE], _is_nested(grid.rows)
    taken: set[int] = set()
    for index in reversed(range(len(rows) if len(grid.additive()) > 1 else 0)):
        row, below = rows[index], rows[index + 1 : index + 1 + _LONGEST_BLOCK]
        if nested:
            below = [other for other in takewhile(lambda other, own=row: other.level >= own.level, below) if other.level == row.level]
        above = rows[max(index - _LONGEST_BLOCK, 0) : index][::-1] if row.role == ITEM and not nested else []
        for listed in (below, below, above):
            block = _best_block(grid, row, [other for other in listed if other.number not in taken and other.role in {ITEM, OPEN_PART}])
            if _proofs(block) >= _FEWEST_PROOFS and (listed is below or _behind(block)):
                yield from block
                taken |= {part.row.number for claim in block for part in claim.parts}


def _behind(block: Sequence[Claim]) -> bool:
    """Whether a row is made up by those in front of it: in most columns, and by numbers that do so by no chance."""
    held = [claim for claim in block if claim.holds and len(claim.whole.number.as_tuple().digits) >= _FEWEST_DIGITS]
    return len(held) >= _FEWEST_PROOFS > len(block) - len(held)


def _best_block(grid: Grid, whole: Row, free: _Rows, number: int = 0) -> list[Claim]:
    structure = (grid.start, "block", whole.number, number)
    options = (_rows_claims(grid, whole, free[:size], structure) for size in _sizes(grid, whole, free))
    return max(options, key=_proofs, default=[])


def _sizes(grid: Grid, whole: Row, rows: _Rows) -> Iterator[int]:
    """How many of `rows`, from the first, may make up `whole` in some column, as far as a rough sum tells."""
    columns = [(column, value.number) for column in grid.additive() if (value := whole.value(column)) and value.number]
    sums = [Decimal(0)] * len(columns)
    for size, row in enumerate(rows, 1):
        sums = [total + amount(row, row.value(column)) for total, (column, _) in zip(sums, columns, strict=True)]
        near = any(abs(total - number) <= size + 1 for total, (_, number) in zip(sums, columns, strict=True))
        if near and size > 1:
            yield size


def _proofs(claims: Sequence[Claim]) -> int:
    """In how many columns with numbers of their own a sum comes out."""
    return len({(claim.whole.number, *(part.number for part in claim.parts)) for claim in claims if claim.holds and claim.weighs})


def _under_total(grid: Grid, index: int) -> dict[str, _Rows]:
    """What a total may be the sum of: what stands above it, or below it, up to the next total; totals and what follows the last of them."""
    rows = grid.rows
    total = rows[index]
    before, after = rows[:index], rows[index + 1 :]
    ends = {TOTAL} if total.role == TOTAL else {TOTAL, SUBTOTAL}
    since = list(takewhile(lambda row: row.role not in ends, reversed(before)))[::-1]
    below = list(takewhile(lambda row: row.role not in ends, after))
    last = [row for row in before if row.role in ends][-1:]
    plain = _outermost(since)
    options = {
        "since": plain,
        "on": [*last, *plain] if last else [],
        "parents since": _without_summands(grid, plain),
        "parents behind": _without_summands(grid, plain[::-1])[::-1],
        "on parents": [*last, *_without_summands(grid, plain)] if last else [],
        "below": _outermost(below),
        "under": _outermost([*takewhile(lambda row: row.level >= below[0].level, below)]),
        "list": [*takewhile(lambda row: row.level == below[0].level, below)] if below and below[0].role == OPEN_PART else [],
        "subtotals since": [row for row in since if row.role == SUBTOTAL],
        "subtotals": [row for row in before if row.role == SUBTOTAL],
        "totals": [row for row in before if row.role in {TOTAL, SUBTOTAL}],
        "all": _outermost([row for row in before if row.role not in {TOTAL, SUBTOTAL}]),
    }
    return {name: parts for name, parts in options.items() if len(parts) > 1 or (name == "since" and _is_whole(since))}


def _is_whole(rows: Sequence[Row]) -> bool:
    """Whether `rows` are one row and what it is made of: a total above which nothing else stands says the same once more."""
    return len(rows) > 1 and sum(row.level == rows[0].level for row in rows) == 1 and all(row.level >= rows[0].level for row in rows)


def _without_summands(grid: Grid, rows: _Rows) -> _Rows:
    """`rows` without those that, though nothing marks them, make up the row right before them."""
    kept: _Rows = []
    index = 0
    while index < len(rows):
        kept.append(rows[index])
        following = rows[index + 1 : index + 1 + _LONGEST_BLOCK]
        index += 1 + next((size for size in _sizes(grid, rows[index], following) if _adds_up(grid, rows[index], following[:size])), 0)
    return kept


def _adds_up(grid: Grid, whole: Row, parts: _Rows) -> bool:
    """Whether a row is the sum of `parts` in every column that says anything, or in most of them by no chance."""
    claims = [claim for claim in _rows_claims(grid, whole, parts, ()) if claim.whole.number or claim.expected]
    return any(claim.weighs for claim in claims) and (all(claim.holds for claim in claims) or _behind(claims))


def _outermost(rows: Sequence[Row]) -> _Rows:
    """Those of `rows` that stand under none of the others, subtotals of them and lists of parts left out."""
    counted = [row for row in rows if row.role not in {NOTE, SUBTOTAL, OPEN_PART}]
    level = min((row.level for row in counted), default=0)
    return [row for row in counted if row.level == level]


def _children(rows: Sequence[Row], index: int) -> _Rows:
    """The rows right under a row, none where they are an open list (其中)."""
    level = rows[index].level
    under = list(takewhile(lambda row: row.level > level and row.role not in {TOTAL, SUBTOTAL}, rows[index + 1 :]))
    if not under or under[0].role == OPEN_PART:
        return []
    direct = min(row.level for row in under)
    return [row for row in under if row.level == direct and row.role == ITEM]


def _rows_claims(grid: Grid, whole: Row, parts: _Rows, structure: tuple[object, ...]) -> list[Claim]:
    says = _rows_say(whole, parts)
    spots = [(place(grid, whole, column), [place(grid, row, column) for row in parts]) for column in grid.additive()]
    return [claim for spot, others in spots if (claim := _claim(grid, spot, others, structure, says))]


def _rows_say(whole: Row, parts: _Rows) -> str:
    return f"{whole.name or '合计'} = {_joined([f'−{part.name}' if part.taken else part.name for part in parts])}".replace("+ −", "− ")


def _across(grid: Grid) -> Iterator[Claim]:
    columns = grid.additive()
    yield from _within_columns(grid)
    for index, column in enumerate(columns):
        if _is_total(column):
            yield from _likeliest([_columns_claims(grid, column, parts) for parts in _beside(columns, index)])


def _is_total(column: Column) -> bool:
    return any(pattern("grids", "head", "total").search(head) for head in column.path)


def _beside(columns: Sequence[Column], index: int) -> list[list[Column]]:
    """What a column of totals may be the sum of: its neighbours up to the next, all others, those under the same head, those of one kind
    under other heads; subtotals among them with or without what they are the sums of."""
    total = columns[index]
    others = [column for column in columns if column is not total and column.kind == total.kind]
    following = list(takewhile(lambda column: not _is_total(column), columns[index + 1 :]))
    preceding = list(takewhile(lambda column: not _is_total(column), reversed(columns[:index])))
    kin = [column for column in others if total.path[:-1] and column.path[: len(total.path) - 1] == total.path[:-1]]
    alike = [column for column in others if len(total.path) > 1 and column.path[-1] == total.path[-1]]
    options = [following, preceding, others, kin, _without_sums(kin), _without_parts(kin), _without_parts(others), _without_sums(others)]
    options += [alike, _without_sums(alike), _without_parts(alike)]
    unique: list[list[Column]] = []
    for option in options:
        if len(option) > 1 and option not in unique:
            unique.append(option)
    return unique


def _without_sums(columns: Sequence[Column]) -> list[Column]:
    return [column for column in columns if not _is_total(column)]


def _without_parts(columns: Sequence[Column]) -> list[Column]:
    """`columns` without those that stand beside a subtotal under the same head."""
    summed = {column.path[:-1] for column in columns if len(column.path) > 1 and pattern("grids", "head", "total").search(column.path[-1])}
    return [column for column in columns if column.path[:-1] not in summed or pattern("grids", "head", "total").search(column.path[-1])]


def _columns_claims(grid: Grid, whole: Column, parts: list[Column]) -> list[Claim]:
    structure = (grid.start, "across", whole.place)
    says = f"{whole.path[-1] if whole.path else '合计'} = {_joined([part.path[-1] if part.path else '' for part in parts])}"
    return [
        claim
        for row in grid.rows
        if (claim := _claim(grid, place(grid, row, whole), [place(grid, row, part) for part in parts], structure, says))
    ]


def _claim(grid: Grid, whole: Place | None, parts: Sequence[Place | None], structure: tuple[object, ...], says: str) -> Claim | None:
    """The claim that `whole` is the sum of `parts`, blanks among them adding nothing; None where there is nothing to add."""
    known = tuple(part for part in parts if part)
    if whole is None or not known or len({grid.unit_of(part.column, part.value) for part in (whole, *known)}) > 1:
        return None
    numbers = (whole, *known)
    usual = min(usual_step(grid, part.column) for part in numbers)
    # Whole numbers are counted, not rounded.
    rounded = any(part.value.step < 1 for part in numbers)
    tolerance = half_steps([part.value for part in numbers], usual) if rounded else Decimal(0)
    return Claim(structure, whole, known, sum((adds(part, whole) for part in known), Decimal(0)), tolerance, says)


def _likeliest(bindings: list[list[Claim]]) -> list[Claim]:
    """The claims of the binding that holds most often, the earlier of two that hold alike; where none holds at all, one that but
    a digit keeps from it, else the first, not firm."""
    best = max(bindings, key=lambda claims: (sum(map(_proves, claims)), -sum(not claim.holds for claim in claims)), default=[])
    if any(claim.holds and claim.whole.number for claim in best):
        return best
    off = next((claims for claims in bindings if claims and all(claim.one_digit_off for claim in claims)), None)
    return off or [replace(claim, firm=False) for claim in (bindings[0] if bindings else ())]


def _proves(claim: Claim) -> bool:
    return claim.holds and claim.weighs


def _joined(names: Sequence[str]) -> str:
    shown = [name for name in names if name]
    return " + ".join(shown) if len(shown) <= 6 else f"{' + '.join(shown[:3])} + … + {shown[-1]}（共{len(shown)}项）"
