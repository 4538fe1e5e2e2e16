"""Stacks: tables with one cell a line, as a form pasted from a web page, whose empty cells left no trace."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import takewhile

from selfeval.reading.enumeration import without_number

from .content import Cell, Table

NUMBER = re.compile(r"[≥≤<>＜＞]?[-−－+]?[\d０-９][\d０-９,，]*(?:[.．][\d０-９]+)?(?:%|％|分|[万亿]?元)?|[-—－–/]{1,2}")
# A line that only states whose, or of which unit, what follows is.
CAPTION = re.compile("[^：:]{0,12}[：:].*|[（(][^（）()]*[）)]")
_HAN = re.compile("[\u3400-\u9fff]")
# Codes of subjects and row numbers stand before the name of their row, units behind it, where a head says that there are any.
_CODES = re.compile(r"(?:\d{3}|\d{5}|\d{7})(?: \d{2}){0,2}")
_CODE_HEAD, _ORDER_HEAD, _UNIT_HEAD = map(re.compile, ("编码|代码|^[类款项]$", "^(?:序号|编号)$", "^(?:计量|计算)?单位$"))
_MOST_CODES, _LONGEST_UNIT = 3, 4
# 156,211,123 一、公共服务支出: two cells that share a line.
_NUMBER_AND_NAME = re.compile(rf"((?:{NUMBER.pattern})[ \u00a0\u3000]+)(\D.*)")
# Even rows are a table where there are two of three columns, or four of two.
_NARROWEST, _WIDEST, _FEWEST, _FEWEST_PAIRS = 2, 30, 2, 4
# Names of groups stand before that of a row: with it at least two.
_FEWEST_WORDS = 2

# A row of a table: its cells with their spans.
_Row = tuple[Cell, ...]


def stacked_tables(run: Sequence[tuple[int, str]]) -> list[Table]:
    """The table of a run of short lines, given with their offsets: even rows under heads, else names and the numbers behind each; none
    where it has no numbers."""
    cells = [cell for offset, line in run for cell in _cells_of(line, offset)]
    first = next((place for place, cell in enumerate(cells) if is_number(cell)), 0)
    if not first:
        return []
    stack = _Stack(cells[:first])
    rows = grouped_rows(cells) or stack.even_rows(cells, first) or stack.uneven_rows(cells, first)
    return [Table("", tuple(rows), is_ragged=True)] if rows else []


def _cells_of(line: str, offset: int) -> Iterator[Cell]:
    """The cells of one line: one, or a number and the name of the next row."""
    both = _NUMBER_AND_NAME.fullmatch(line.strip())
    start = offset + len(line) - len(line.lstrip())
    for part in both.groups() if both else (line.strip(),):
        yield cell_of(part, start)
        start += len(part)


def cell_of(raw: str, offset: int) -> Cell:
    """What stands between blanks in `raw`, which begins at `offset`."""
    text = raw.strip()
    start = offset + len(raw) - len(raw.lstrip())
    return Cell(text, start, start + len(text))


def is_number(cell: Cell) -> bool:
    """Whether a cell holds a number, or the dash of an empty cell."""
    return bool(NUMBER.fullmatch(cell.text))


def _even(rows: Sequence[_Row]) -> list[_Row]:
    """The rows up to the first that is no name with numbers, or has numbers in other places than the first."""
    places = [*map(is_number, rows[0])] if rows else []
    if not any(places):
        return []
    return [*takewhile(lambda row: [*map(is_number, row)] == places and _HAN.search(row[0].text), rows)]


def grouped_rows(cells: Sequence[Cell]) -> list[_Row]:
    """Heads and rows of several words and at least two numbers each, which leave out the name of the group they share with the row above
    (产出指标, 数量指标, 检查家次, ≥1800家次, 1846家次, 8, 8.00); none where the cells are no such rows."""
    pieces: list[list[Cell]] = [[]]
    for cell, following in zip(cells, [*cells[1:], None], strict=True):
        pieces[-1].append(cell)
        ends = is_number(cell) and len(pieces[-1]) > 1 and is_number(pieces[-1][-2])
        if ends and following is not None and not is_number(following):
            pieces.append([])
    width = len(pieces[0]) // 2
    heads, opening = tuple(pieces[0][-2 * width : -width]), tuple(pieces[0][-width:])
    rows = [opening, *takewhile(lambda row: is_number(row[-1]) and not is_number(row[0]), map(tuple, pieces[1:]))]
    wordy = sum(not is_number(cell) for cell in opening) >= _FEWEST_WORDS
    even = len(heads) == width and not any(map(is_number, heads)) and len({head.text for head in heads}) == width
    fits = len(rows) > _FEWEST and all(len(row) <= width for row in rows) and not is_number(opening[0])
    return [heads, *rows] if wordy and even and fits else []


class _Stack:
    """How the cells of a stack make rows, as the words above its first number say."""

    def __init__(self, above: Sequence[Cell]) -> None:
        coded, numbered, measured = (any(head.search(cell.text) for cell in above) for head in (_CODE_HEAD, _ORDER_HEAD, _UNIT_HEAD))
        self._coded = coded
        self._has_units = measured
        self._numbered = numbered
        self._next_number = 1

    def even_rows(self, cells: Sequence[Cell], first: int) -> list[_Row]:
        """Heads and rows as wide as they are, `first` being the first number, and what follows them; none where rows are uneven."""
        for width in range(_NARROWEST, min(first, _WIDEST) if not (self._coded or self._numbered) else 0):
            start = first - 1 - width
            rows = [tuple(cells[at : at + width]) for at in range(start, len(cells), width)] if start >= 0 else []
            kept = _even(rows[1:])
            if len(kept) >= (_FEWEST if width > _NARROWEST else _FEWEST_PAIRS):
                return [rows[0], *kept, *self._rows(cells[start + width * (len(kept) + 1) :])]
        return []

    def uneven_rows(self, cells: Sequence[Cell], first: int) -> list[_Row]:
        """Rows of a name and the numbers behind it, under heads where these can be told; none where no name has numbers."""
        rows = self._rows(cells)
        begin = next(place for place, row in enumerate(rows) if row[-1].end > cells[first].start)
        width = max(map(len, rows[begin:]))
        return [*_heads([row[0] for row in rows[:begin]], width), *rows[begin:]] if width > 1 else []

    def _rows(self, cells: Sequence[Cell]) -> list[_Row]:
        """Rows that begin with a name, the codes or number before it in one cell with it, and go on to what opens the next."""
        rows: list[list[Cell]] = []
        for place, cell in enumerate(cells):
            if rows and len(rows[-1]) < _WIDEST and (is_number(cell) or self._is_unit(rows[-1], cells[place : place + 2])):
                rows[-1].append(cell)
                continue
            opening = self._opening(rows[-1]) if rows else []
            if opening:
                del rows[-1][-len(opening) :]
            rows.append([_joined([*opening, cell])])
        return [tuple(row) for row in rows if row]

    def _is_unit(self, row: Sequence[Cell], cells: Sequence[Cell]) -> bool:
        """Whether the first of `cells` is the unit of a row that is but a name so far: short, and a number follows."""
        return self._has_units and len(row) == 1 and len(cells[0].text) <= _LONGEST_UNIT and any(map(is_number, cells[1:]))

    def _opening(self, row: Sequence[Cell]) -> Sequence[Cell]:
        """The cells at the end of a row that open the next: its number, or its codes."""
        if self._numbered and row[-1].text == str(self._next_number):
            self._next_number += 1
            return row[-1:]
        tails = (row[-count:] for count in range(_MOST_CODES, 0, -1)) if self._coded else ()
        return next((tail for tail in tails if _CODES.fullmatch(" ".join(cell.text for cell in tail))), [])


def _heads(above: Sequence[Cell], width: int) -> list[_Row]:
    """The heads of rows up to `width` cells wide, without those of what is one cell with the name; none where their number does not fit,
    or panels repeat them."""
    heads: list[Cell] = []
    for cell in above:
        if heads and cell.text[0] in "（(" and CAPTION.fullmatch(cell.text):
            heads[-1] = Cell(heads[-1].text + cell.text, heads[-1].start, cell.end)
        elif CAPTION.fullmatch(cell.text):
            heads = []
        elif not (_ORDER_HEAD.search(cell.text) or _CODE_HEAD.search(cell.text)):
            heads.append(cell)
    return [tuple(heads)] if len({head.text for head in heads}) == len(heads) == width else []


def with_names(rows: Sequence[_Row]) -> tuple[_Row, ...]:
    """Rows parted by blanks, the numbering or codes that stand before a name in one cell with it."""
    coded = any(_CODE_HEAD.search(cell.text) for cell in rows[0])
    return tuple(_with_name(row, coded=coded) for row in rows)


def _with_name(row: _Row, *, coded: bool) -> _Row:
    name = next((place for place, cell in enumerate(row) if _HAN.search(cell.text) and without_number(cell.text)), 0)
    before = " ".join(cell.text for cell in row[:name])
    if before and (not without_number(before) or (coded and _CODES.fullmatch(before))):
        return (_joined(row[: name + 1]), *row[name + 1 :])
    return row


def _joined(cells: Sequence[Cell]) -> Cell:
    """Cells one behind the other as one."""
    return Cell(" ".join(cell.text for cell in cells), cells[0].start, cells[-1].end)
