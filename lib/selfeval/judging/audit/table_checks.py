"""What the tables of a report owe themselves and one another, told as findings."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import groupby, islice, takewhile

from selfeval.judging.guard import Blamed, differences
from selfeval.judging.relations import Claim, Place, relations_of_tables
from selfeval.judging.report import Finding, Material, finding, once
from selfeval.judging.slip import slip_between
from selfeval.knowledge import load
from selfeval.reading.grid import ITEM, TOTAL, Grid, Row, is_change, is_title, read_empty, read_said, read_told
from selfeval.records.findings import NO_NUMBERS, Numbers

_MOST_RELATIONS = 3
# How the structure of claims begins that hold a sentence against a table.
_SAID = "said"
# A note on a table stands so near below it, and is no longer.
_NOTE_LINES, _LONGEST_NOTE = 3, 400


@once
def _said(material: Material) -> list[Grid]:
    return read_said(material.document, material.body, material.year)


def tables_hold(material: Material) -> Iterator[Finding]:
    """Sums, rates, differences and repeats of tables: one finding a number to blame, and one a table for all that agrees in it."""
    for blamed in _blamed(material):
        yield _differs(material, blamed)
    for grid, held in groupby((claim for claim in _claims(material) if claim.holds and claim.firm), key=lambda claim: claim.whole.grid):
        yield _agrees(material, grid, [*held])


def put_right(material: Material) -> dict[str, Decimal]:
    """What the figures of tables that are told to be wrong ought to be, as printed, by their ids."""
    return {material.figure_at(blamed.place): blamed.wanted for blamed in _blamed(material)}


@once
def _blamed(material: Material) -> list[Blamed]:
    return [*differences(_claims(material))]


@once
def _claims(material: Material) -> list[Claim]:
    found = relations_of_tables([*material.grids, *read_told(material.document)], _said(material))
    return [claim for claim in found if claim.structure[0] != _SAID or _is_of_one_book(material, claim)]


def _is_of_one_book(material: Material, claim: Claim) -> bool:
    """Whether a sentence and the cell it is held against tell of the money of the same book of the budget, or neither names one."""
    said, (cell, *_) = claim.whole, claim.parts
    start, _ = material.document.sentence_at(said.key)
    around = "".join((*said.grid.section, material.document.text[start : said.key]))
    own = _books(said.row.name) or _books(around)
    return own == (_books("".join((cell.row.name, *cell.column.path))) or _books(cell.grid.title))


def _books(words: str) -> set[str]:
    return {book for book in load("grids")["scope"]["books"] if book in words}


def rows_twice(material: Material) -> Iterator[Finding]:
    """Rows of one table that are the same in name and in every number: whoever adds up counts them twice."""
    for grid in material.grids:
        seen: dict[tuple[object, ...], Row] = {}
        counted = [column for column in grid.columns if column.kind not in {"order", "code"}]
        for row in grid.rows:
            numbers = tuple(value.number for column in counted if (value := row.value(column)))
            key = (row.path, row.code, *numbers)
            if row.role == ITEM and row.name and any(numbers) and key in seen:
                start = min(cell.start for cell in row.cells)
                told = {"quote": _text_of(material, row), "table": title_of(grid), "row": row.name}
                yield finding(material, "row_twice", "flag", (), _counted_twice(grid, row), at=start, **told)
            seen.setdefault(key, row)


def _counted_twice(grid: Grid, twice: Row) -> Numbers:
    """The largest total that takes in a row that stands twice, against what it would be without; no numbers where none does."""
    found = []
    for total in (row for row in grid.rows if row.role == TOTAL):
        for column in grid.additive():
            whole, own = total.value(column), twice.value(column)
            parts = [value.number for row in grid.rows if row.role == ITEM and not row.level and (value := row.value(column))]
            if whole and own and own.number > 0 and whole.number == sum(parts):
                unit = grid.unit_of(column, whole)
                found.append(Numbers.of(whole.number, whole.number - own.number, unit))
    return max(found, key=lambda numbers: numbers.difference, default=NO_NUMBERS)


def notes_on_empty_tables(material: Material) -> Iterator[Finding]:
    """A note that a table is empty, under a table that is not."""
    for grid in material.grids:
        end = max(cell.end for row in grid.rows for cell in row.cells)
        line = _empty_note(material, end)
        printed = next(((column, value) for _, column, value in grid.numbers() if value.number and column.kind == "amount"), None)
        if line and printed:
            column, value = printed
            numbers = Numbers.of(0, value.number, grid.unit_of(column, value))
            at = material.document.text.index(line, end)
            yield finding(material, "not_empty", "flag", numbers=numbers, at=at, quote=line.strip(), table=title_of(grid))


def empty_tables(material: Material) -> Iterator[Finding]:
    """A table without a number, and without a note that there is none to give, where the text states an amount of just that money."""
    known = {_narrowed(grid.title) for grid in material.grids}
    for title, end in read_empty(material.document):
        scope = _narrowed(title)
        if scope and scope not in known and not _empty_note(material, end):
            rows = ((grid, row) for grid in _said(material) for row in grid.rows if _narrowed(row.name) == scope)
            said = ((grid, row, value) for grid, row in rows if (value := row.value(grid.columns[-1])) and value.number)
            for grid, row, value in islice(said, 1):
                place = Place(grid, row, grid.columns[-1], value)
                shown = {"table": f"《{title}》", "what": row.name, "amount": row.cells[-1].text}
                yield finding(material, "empty_table", "flag", [material.figure_at(place)], **shown)


def _narrowed(words: str) -> frozenset[str]:
    """Whose money the words tell of, where they narrow it to less than all that is received or spent."""
    rules = load("grids")["scope"]
    return frozenset(word for word in rules["words"] if word in words) - {*rules["wide"]}


def _empty_note(material: Material, end: int) -> str:
    """The note below a table which ends at `end` that it is empty, '' for none."""
    note = re.compile(load("checks")["tables"]["empty_note"])
    below = material.document.text[end : end + _LONGEST_NOTE].split("\n")[1 : 1 + _NOTE_LINES]
    return next((line for line in takewhile(lambda line: not is_title(line), below) if note.search(line)), "")


def _unit(material: Material, place: Place) -> str:
    """The unit of a number of a table; where the table states none, that of its kind of column, of money what the text says of all."""
    stated, kind = place.grid.unit_of(place.column, place.value), place.column.kind
    of_all = re.search(load("checks")["tables"]["unit_of_all"], material.document.text) if kind == "amount" and not stated else None
    return stated or (of_all[1] if of_all else {"ratio": "%", "mark": "分"}.get(kind, ""))


def _differs(material: Material, blamed: Blamed) -> Finding:
    """A number that is to blame; where nothing but one sum speaks against an item it is the sum, with the slip of the item that explains
    it."""
    claims, item, wanted = blamed.claims, blamed.place, blamed.wanted
    of_sum, bound = _is_of_one_sum(blamed), all(claim.at_most for claim in claims)
    if all("computed" in claim.structure for claim in claims):
        wanted = wanted.quantize(item.value.step)
    slip = "" if bound else slip_between(item.number, wanted, [other.number for other in _beside(item)])
    if of_sum and slip:
        stated, due = (number.quantize(item.value.step) for number in (item.number, wanted))
        slip = f"“{item.row.name}”{stated}→{due}：{slip}"
    place, due = (claims[0].whole, claims[0].expected) if of_sum else (item, wanted)
    others = [other for claim in claims for other in (claim.whole, *claim.parts) if other.key != place.key]
    told = {"table": title_of(place.grid), "row": place.row.name, "column": place.column.path[-1] if place.column.path else ""}
    told["relations"] = "；".join(dict.fromkeys(claim.says for claim in claims[:_MOST_RELATIONS]))
    told |= {"slip": load("checks")["tables"]["slip"].format(slip=slip) if slip else "", "quote": _text_of(material, place.row)}
    numbers, told["said"] = Numbers.of(place.number, due, _unit(material, place), claims[0].tolerance), place.row.cell(place.column).text
    rule, figures = "table_part" if bound else "table", _figures(material, [place, *others])
    if due == -place.number and is_change(told["said"]):
        # The size comes out, only the word is wrong.
        rule, numbers = "table_turned", Numbers(place.number, unit=numbers.unit)
    return finding(material, rule, "differs", figures, numbers, at=place.key, **told)


def _is_of_one_sum(blamed: Blamed) -> bool:
    """Whether nothing but one sum speaks against an item."""
    (claim, *others) = blamed.claims
    computed = "computed" in claim.structure or claim.at_most
    return not (others or computed) and claim.whole.grid is blamed.place.grid and blamed.place.key != claim.whole.key


def _figures(material: Material, spots: Iterable[Place]) -> list[str]:
    return [identity for spot in spots if (identity := material.figure_at(spot))]


def _agrees(material: Material, grid: Grid, claims: list[Claim]) -> Finding:
    figures = _figures(material, [spot for claim in claims for spot in (claim.whole, *claim.parts)])
    return finding(material, "table", "agrees", figures, at=grid.start, table=title_of(grid), number=len(claims))


def title_of(grid: Grid) -> str:
    """What a table is called where it is spoken of."""
    return f"《{grid.title}》" if grid.title else load("checks")["tables"]["told" if grid.told else "nameless"]


def _beside(place: Place) -> Iterator[Place]:
    """The numbers beside and right above and below a cell."""
    rows = place.grid.rows
    at = next(index for index, row in enumerate(rows) if row is place.row)
    spots = [(place.row, column) for column in place.grid.columns] + [(row, place.column) for row in rows[max(at - 1, 0) : at + 2]]
    for row, column in spots:
        value = row.value(column)
        if value and (row is not place.row or column is not place.column):
            yield Place(place.grid, row, column, value)


def _text_of(material: Material, row: Row) -> str:
    cells = [cell for cell in row.cells if cell.text]
    return material.document.text[cells[0].start : cells[-1].end] if cells else ""
