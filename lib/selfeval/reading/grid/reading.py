"""From the tables of a document to grids: where heads end, what stands above a table, which rows number the columns."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from itertools import pairwise

from selfeval.knowledge import load
from selfeval.reading.document import Cell, Document

from .columns import bare, columns_of, names_role, panels_of, pattern, role_of, storeys
from .model import SUBTOTAL, TOTAL, Column, Grid
from .ragged import laid_under
from .rows import GLUED_CODE, rows_of
from .value import is_blank, may_be_year, value_of

# So many lines above a table may name it, so many state its unit; in a stack of cells heads stand between. Neither is longer than this.
_LINES_ABOVE, _LINES_WITH_UNIT, _LONGEST_TITLE = 5, 24, 60
_PAGE_NUMBER = re.compile(r"[-—–·\s]*(?:第\s*)?\d{1,4}(?:\s*页.{0,12})?[-—–·\s]*")
# Heads are no more rows than this; a table that goes on repeats them.
_MOST_HEADS = 6

# A unit is told by so many amounts of a table that sentences state as well, each too large to be told of other things.
_FEWEST_TOLD, _LEAST_TOLD = 2, 100
_OF_BUDGET = frozenset({"initial", "adjusted"})

_SUMS = frozenset({TOTAL, SUBTOTAL})

_Rows = Sequence[Sequence[Cell]]
_Numbered = list[tuple[int, Sequence[Cell]]]


def read_grids(document: Document) -> list[Grid]:
    """Return the tables of `document` as they are meant, in reading order; a table in several panels, or with heads anew in its middle,
    becomes several grids. Tables without any number or code become none."""
    return [*document.once(_found_in)]


def _found_in(document: Document) -> list[Grid]:
    grids: list[Grid] = []
    after, unit = 0, ""
    for number, rows in _whole_tables(document):
        above = _Above(document, after, _start(rows), unit if grids and not _is_parted(document, after, _start(rows)) else "")
        above.unit = above.unit or _unit_below(document, _end(rows))
        for place, part in enumerate(_parts(rows, above, is_ragged=document.every_table[number].is_ragged)):
            grids += _grids(document, (number, place), above, part)
        after, unit = _end(rows), grids[-1].unit if grids else ""
    return _in_the_unit_of_all(document, grids)


def _in_the_unit_of_all(document: Document, grids: list[Grid]) -> list[Grid]:
    """The grids, those of budgets that state no unit with the one that the report declares for all its money, that sentences tell their
    amounts in, or that other tables state (单位：万元 stands once)."""
    money = load("units")["money"]
    units = {unit for grid in grids for unit in (grid.unit, *(column.unit for column in grid.columns)) if unit in money}
    declared = re.search(load("bare_words")["declared_for_all"], document.text)
    stated = next(iter(units)) if len(units) == 1 else ""

    def with_unit(grid: Grid) -> Grid:
        of_stock = any(pattern("above", "stock").search(bare("".join(column.path))) for column in grid.columns)
        untold = (column for column in grid.columns if not (grid.unit or column.unit))
        of_money = pattern("head", "of_money")
        is_bare = any(of_money.search(bare("".join(column.path))) or (column.role in _OF_BUDGET and not of_stock) for column in untold)
        unit = (declared[1] if declared else _told_in(document, grid) or stated) if is_bare else ""
        return replace(grid, unit=unit) if unit else grid

    return [with_unit(grid) for grid in grids]


def _told_in(document: Document, grid: Grid) -> str:
    """The unit in which sentences tell several amounts of a table, or one it comes to; '' where they tell none, or in more than one."""
    told = document.once(_amounts_told)
    numbers = [(row.role in _SUMS, value.number) for row, column, value in grid.numbers() if column.kind == "amount"]
    amounts = [*{number for _, number in numbers}, *{number for is_sum, number in numbers if is_sum}]
    units = Counter(unit for amount in amounts if abs(amount) >= _LEAST_TOLD for unit in told.get(amount, ()))
    return next(iter(units)) if len(units) == 1 and units.total() >= _FEWEST_TOLD else ""


def _amounts_told(document: Document) -> dict[Decimal, set[str]]:
    """The units of money in which each amount is printed in the text."""
    told: dict[Decimal, set[str]] = defaultdict(set)
    for found in pattern("above", "amount").finditer(document.text):
        told[Decimal(found["number"].replace(",", ""))].add(found["unit"])
    return told


def read_empty(document: Document) -> list[tuple[str, int]]:
    """Return title and end of every table of `document` that has heads for amounts and not one number."""
    found = []
    after = 0
    for _, rows in _whole_tables(document):
        title = _Above(document, after, _start(rows)).title
        texts = [bare(cell.text) for row in rows for cell in row]
        if title and not any(value_of(text) for text in texts) and any(role_of((text,))[1] == "amount" for text in texts):
            found.append((title, _end(rows)))
        after = _end(rows)
    return found


def _whole_tables(document: Document) -> Iterator[tuple[int, _Rows]]:
    """The number and rows of every table, what goes on over the page joined to what it goes on from."""
    whole: list[Sequence[Cell]] = []
    first = 0
    for number, table in enumerate(document.every_table):
        rows = [row for row in table.rows if row]
        if not rows:
            continue
        if whole and _goes_on(document, whole, rows):
            known = {tuple(bare(cell.text) for cell in row) for row in whole[:_MOST_HEADS]}
            whole += [row for row in rows if tuple(bare(cell.text) for cell in row) not in known]
            continue
        if whole:
            yield first, whole
        whole, first = rows, number
    if whole:
        yield first, whole


def _goes_on(document: Document, whole: _Rows, rows: _Rows) -> bool:
    """Whether `rows` are the rest of a table: as wide, without a title of their own, and nothing but the number of a page between."""
    turned = document.leaf_at(_end(whole)) != document.leaf_at(_start(rows))
    words = _distinct(rows[0])
    titled = _is_banner(rows[0], words) and is_title("".join(words))
    return turned and not titled and not _is_parted(document, _end(whole), _start(rows)) and len(whole[-1]) == len(rows[0])


def _is_parted(document: Document, end: int, start: int) -> bool:
    """Whether anything but the number of a page stands between two offsets."""
    lines = (line.strip() for line in document.text[end:start].split("\n"))
    return any(line and not _PAGE_NUMBER.fullmatch(line) for line in lines)


def _start(rows: _Rows) -> int:
    return min(cell.start for row in rows for cell in row)


def _end(rows: _Rows) -> int:
    return max(cell.end for row in rows for cell in row)


class _Above:
    """What the lines between the table before and a table say of it: its title, its unit; `unit` is that of a table it may go on from."""

    def __init__(self, document: Document, after: int, start: int, unit: str = "") -> None:
        lines = [line.strip() for line in document.text[after:start].split("\n") if line.strip()][-_LINES_WITH_UNIT:]
        self.title = next((line for line in reversed(lines[-_LINES_ABOVE:]) if is_title(line)), "")
        units = (unit_in(line) for line in reversed(lines) if line in lines[-_LINES_ABOVE:] or len(line) <= _LONGEST_TITLE)
        self.unit = next(filter(None, units), unit)

    def take(self, words: str) -> None:
        """Take in a row of the table itself that only names it, or states its unit."""
        self.unit = unit_in(words) or self.unit
        self.title = words if is_title(words) else self.title


def unit_in(line: str) -> str:
    """The unit a line states for what follows (单位：万元), '' for none."""
    known = load("units")
    for found in pattern("above", "unit").finditer(bare(line)):
        unit = found["unit"] or found["bracket"] or found["behind"]
        if unit in known["money"] or unit in known["count"]["strong"]:
            return unit
    return ""


def _unit_below(document: Document, end: int) -> str:
    """The unit the first line behind a table states for it, '' for none."""
    line = next((line for line in document.text[end : end + _LONGEST_TITLE].split("\n") if line.strip()), "")
    return unit_in(line) if pattern("above", "below").match(bare(line)) else ""


def is_title(line: str) -> bool:
    """Whether a line names a table."""
    return len(line) <= _LONGEST_TITLE and bool(pattern("above", "title").search(bare(line)))


def _grids(document: Document, place: tuple[int, int], above: _Above, part: _Part) -> Iterator[Grid]:
    body = part.laid_under_heads(document.text) if document.every_table[place[0]].is_ragged else part.body
    columns = columns_of(storeys(part.heads), [cells for _, cells in body])
    unit = next((column.unit for column in columns if column.unit and not _has_numbers(column, body)), above.unit)
    heads = tuple(cell for cells in (*part.heads, *part.numbers) for cell in cells)
    body = [(number, _own_numbers(cells, columns)) for number, cells in body]
    for panel in panels_of(columns):
        rows = rows_of(body, panel, document.text)
        if any(row.value(column) for row in rows for column in panel):
            start = min(row.cells[column.place].start for row in rows for column in panel if column.place < len(row.cells))
            yield Grid(*place, above.title, document.section_at(start), unit, start, tuple(panel), tuple(rows), heads)


def _has_numbers(column: Column, body: _Numbered) -> bool:
    """Whether a column holds numbers; a unit in the head of one that does not, 项目资金（万元）, is meant for the others."""
    return any(value_of(cells[column.place].text) for _, cells in body if column.place < len(cells))


def _own_numbers(cells: Sequence[Cell], columns: Sequence[Column]) -> Sequence[Cell]:
    """The cells of a row, a number emptied that spans columns of different heads: it belongs to none of them."""
    heads: dict[tuple[int, int], set[str]] = defaultdict(set)
    for cell, column in zip(cells, columns, strict=False):
        heads[cell.start, cell.end].add(column.path[-1] if column.path else "")
    shared = {span for span, named in heads.items() if len(named) > 1}
    return [replace(cell, text="") if (cell.start, cell.end) in shared and value_of(cell.text) else cell for cell in cells]


@dataclass(slots=True)
class _Part:
    """The rows of heads of a part of a table, those that number its columns, and its own rows with their numbers."""

    heads: list[Sequence[Cell]] = field(default_factory=list)
    numbers: list[Sequence[Cell]] = field(default_factory=list)
    body: _Numbered = field(default_factory=list)

    def laid_under_heads(self, text: str) -> _Numbered:
        """Its rows in `text`, as wide as its heads."""
        widest = max(self.heads, key=len, default=())
        return [(number, laid_under(widest, cells, text)) for number, cells in self.body]


def _parts(rows: _Rows, above: _Above, *, is_ragged: bool) -> Iterator[_Part]:
    """The parts of a table: heads that come anew in its middle begin another, and so does a ragged row too wide for its heads."""
    part = _Part()
    for number, cells in enumerate(rows):
        texts = _distinct(cells)
        if not part.body and (_is_banner(cells, texts) or _is_caption(texts)):
            for words in texts:
                above.take(words)
            continue
        if _numbers_columns(texts):
            part.numbers.append(cells)
        elif not part.body and _is_label(texts):
            continue
        elif _is_head(texts, begun=bool(part.body)):
            if part.body:
                yield part
                part = _Part()
            part.heads.append(cells)
        elif is_ragged and part.heads and len(cells) > max(map(len, part.heads)):
            if part.body:
                yield part
            part = _Part(body=[(number, cells)])
        else:
            part.body.append((number, cells))
    if part.body:
        yield part


def _distinct(cells: Sequence[Cell]) -> list[str]:
    """The texts of a row, what spans several columns once."""
    return [bare(cell.text) for cell in {(cell.start, cell.end): cell for cell in cells if not is_blank(cell.text)}.values()]


def _is_banner(cells: Sequence[Cell], texts: Sequence[str]) -> bool:
    """Whether a row is one cell of words over the whole table."""
    return len(texts) == 1 and len(cells) > 1 and value_of(texts[0]) is None


def _is_label(texts: Sequence[str]) -> bool:
    """Whether a row says what the form is about: 项目名称 | 渠道防渗, 主管部门 | 甲局 | 实施单位 | 乙站."""
    if len(texts) < 2 or not pattern("label", "head").search(texts[0]):
        return False
    return any(value_of(text) for text in texts) or not any(map(names_role, texts))


def _is_caption(texts: Sequence[str]) -> bool:
    """Whether a row only says whose table it is, of which date, in which unit: 单位：某局, 单位：万元."""
    return bool(texts) and all(pattern("above", "caption").match(text) for text in texts)


def _numbers_columns(texts: Sequence[str]) -> bool:
    """Whether a row only numbers the columns: 1 2 3 …, or 栏次 A B C=A+B."""
    counted = [int(text) for text in texts if text.isdecimal()]
    if len(counted) > 2 and all(after == before + 1 for before, after in pairwise(counted)) and counted[0] <= 2:
        return len(counted) >= len(texts) - 2
    return len(texts) > 2 and all(pattern("row", "columns").fullmatch(text) for text in texts)


def _is_head(texts: Sequence[str], *, begun: bool) -> bool:
    """Whether a row holds heads of columns: no number but in a head's own words, no code, and once rows have begun, at least two heads
    known."""
    if any(map(GLUED_CODE.match, texts[:1])) or any(value_of(text) is not None and not may_be_year(text) for text in texts):
        return False
    known = sum(names_role(text) and len(text) <= _LONGEST_TITLE for text in texts)
    return known > 1 and known * 2 > len(texts) if begun else bool(texts)
