"""The layout of flattened tables: which cells make a row, what heads stand above them, which unit is stated for them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import takewhile

from selfeval.knowledge import load

from . import grammar
from .figure import Figure

_WORDS = load("bare_words")


def _any_of(names: Sequence[str]) -> str:
    return "|".join(map(re.escape, sorted(names, key=len, reverse=True)))


_MONEY = _any_of([*grammar.MONEY_FACTORS])
_PLAIN = _any_of([*grammar.MONEY_FACTORS, *grammar.STRONG_UNITS, "%", "个", "项", "条", "分"])
_UNIT = f"(?:{grammar.SCALES})?(?:{_any_of([*grammar.MONEY_FACTORS, *grammar.COUNT_UNITS, *grammar.PERCENT_UNITS])})(?:/[^\\s，。]{{1,6}})?"
_UNIT_STATED = re.compile(f"单\\s*位\\s*(?:均?为\\s*|[:：]\\s*)({_PLAIN})(?![\u4e00-\u9fff])|[（(]\\s*({_MONEY})\\s*[）)]")
_UNIT_CELL = re.compile(_UNIT)
_UNIT_IN_HEAD = re.compile(f"[（(]\\s*(?:单位[:：]?)?\\s*({_UNIT})\\s*[）)]")
_NUMBER = f"[≥≤＞＜><]?[-−－]?{grammar.D}[0-9０-９,，.．]{{0,24}}"
_NUMBER_CELL = re.compile(f"(?:(?!(?:19|20){grammar.D}{{2}}年){_NUMBER}(?:{_UNIT})?(?:以上|以下|以内|左右)?|[-—－–/／]{{1,3}})")
_CODE_HEAD = re.compile(_WORDS["code_head"])
_ORDER_HEAD = re.compile(_WORDS["order_head"])
_LINE_NUMBER_HEAD = re.compile(_WORDS["line_number_head"])
_UNIT_HEAD = re.compile(_WORDS["unit_head"])
_RESULT_HEAD = re.compile(_WORDS["result_head"])
_RATE_HEAD = re.compile(_WORDS["rate_head"])
_SCORE_HEAD = re.compile(_WORDS["score_head"])
_SCORE_COLUMN = re.compile(_WORDS["score_column"])
_REMARK_HEAD = re.compile(_WORDS["remark_head"])
_HAN = re.compile("[\u4e00-\u9fff]")
_COUNTED = re.compile(f"{grammar.D}(?![0-9０-９年月日/\\-—~～至])")
_IN_BRACKETS = re.compile("[（(][^（）()]*[）)]")
_PIPED, _SPACED = re.compile("[^|｜]+"), re.compile("\\S+")
_PIPE = re.compile("[|｜]")
LONGEST_ROW = 2000
_LONGEST_WORD, _LONGEST_HEAD = 40, 12
# A stack of heads, one a line, is looked back at this far.
_STACK = 24
_NEAR = 80
# Heads and cells repeat from row to row: what they say is remembered for that many.
_REMEMBERED = 4096
_NARROWEST, _FEWEST_COLUMNS = 2, 3


@dataclass(frozen=True, slots=True)
class Row:
    """A row looked at once: a line, or a run of lines with one number each.

    `label` is the words before its numbers, `heads` what stands above each of its cells (() = unknown), `unit` a unit in a cell of its own,
    `first_name` the first column of words (0 where there is none), `counts_columns` whether it is the row 1 2 3 … that numbers the columns.
    """

    start: int
    end: int
    label: str
    cells: tuple[str, ...]
    cell_starts: tuple[int, ...]
    heads: tuple[str, ...] = ()
    unit: str = ""
    is_ruled: bool = False
    is_stacked: bool = False
    first_name: int = 0
    has_words: bool = False
    counts_columns: bool = False

    def column_of(self, figure: Figure) -> int:
        """The column `figure` stands in, counted from 0."""
        return bisect_right(self.cell_starts, figure.start - self.start) - 1

    def head_of(self, figure: Figure) -> str:
        """The head above the cell of `figure`; '' where none is known."""
        column = self.column_of(figure)
        return self.heads[column] if 0 <= column < len(self.heads) else ""


@dataclass(slots=True)
class Grid:
    """What the lines read so far say about the numbers of the next row."""

    unit_starts: list[int]
    units: list[str]
    is_coded: bool = False
    has_line_numbers: bool = False
    last_order: int = -1
    _headers: dict[int, tuple[str, ...]] = field(default_factory=dict)
    _stacks: dict[int, tuple[str, ...]] = field(default_factory=dict)
    _words: deque[str] = field(default_factory=lambda: deque(maxlen=_STACK))
    _numbers_came: bool = False
    _tail: tuple[str, ...] = ()
    _tail_start: int = -1
    _results_start: int = -1
    _has_units: bool = False

    @property
    def is_scored(self) -> bool:
        """Whether the table has columns of weights and scores."""
        return bool(self._tail)

    def unit_at(self, offset: int) -> str:
        """The unit stated above `offset`; '' where none is, or where columns of targets and results have begun since."""
        index = bisect_right(self.unit_starts, offset) - 1
        return self.units[index] if index >= 0 and self.unit_starts[index] > self._results_start else ""

    def take_words(self, line: str, start: int) -> None:
        """Take in a line without bare numbers: heads of columns, or the name of the row that follows."""
        if "。" in line or len(line) > LONGEST_ROW:
            # Sentences head no column.
            self._stack(line)
            return
        cells, _ = cells_of(line)
        if len(cells) > 1:
            self._words.clear()
            self._note_heads([cell.strip() for cell in cells], start)
            if not _COUNTED.search(_IN_BRACKETS.sub("", line)):
                self._keep_header(cells)
        else:
            self._stack(line.strip())
            self._note_heads([*self._words], start)

    def _keep_header(self, cells: tuple[str, ...]) -> None:
        """Keep the heads for rows as wide as they are, without the remarks that end a row or the number that begins it."""
        remarks = len([*takewhile(_REMARK_HEAD.search, reversed(cells))])
        numbers = 1 if _ORDER_HEAD.search(cells[0].strip()) else 0
        for first, last in ((numbers, len(cells) - remarks), (numbers, len(cells)), (0, len(cells) - remarks), (0, len(cells))):
            if last - first > 1:
                self._headers[last - first] = cells[first:last]

    def _stack(self, word: str) -> None:
        if self._numbers_came or len(word) > _LONGEST_WORD:
            self._words.clear()
        self._numbers_came = False
        self._words.append(word)

    def _note_heads(self, heads: list[str], start: int) -> None:
        """Note what kind of table such heads begin."""
        latest = heads[-1:] if len(self._words) else heads
        for head in latest:
            self.is_coded = self.is_coded or bool(_CODE_HEAD.search(head))
            self.has_line_numbers = self.has_line_numbers or bool(_LINE_NUMBER_HEAD.search(head))
            self._has_units = self._has_units or bool(_UNIT_HEAD.search(head))
            if _ORDER_HEAD.search(head):
                self.last_order = 0
            if len(head) <= _LONGEST_HEAD and _RESULT_HEAD.search(head):
                self._results_start = start
                self._headers.clear()
        if any(map(_SCORE_COLUMN.search, latest)):
            self._tail, self._tail_start = _tail_of(heads), start

    def row_of_line(self, line: str, start: int) -> Row:
        """The row that one line makes."""
        cells, starts = cells_of(line)
        self._words.clear()
        is_ruled = "\t" in line
        heads = self._header_for(len(cells), is_ruled)
        if not (is_ruled and heads):
            heads = _laid_over(self._tail_for(cells, start), heads)
        label = "".join(takewhile(lambda cell: not is_number_cell(cell), cells)).strip()
        unit = self._unit_among(cells)
        return Row(start, start + len(line), label, cells, starts, heads, unit, is_ruled and bool(self._headers), False, *_signs_of(cells))

    def row_of_stack(self, cells: Sequence[tuple[int, str]]) -> Row:
        """The row that a run of lines with one number each makes, given as offset and text of each."""
        start, words, width = cells[0][0], [*self._words], len(cells)
        printed = tuple(text.strip() for _, text in cells)
        unit = self._unit_among(words[-1:])
        if unit:
            words.pop()
        if not self._numbers_came and len(words) > width > 1:
            self._stacks[width] = tuple(words[-width - 1 : -1])
        self._numbers_came = True
        heads = self._stacks.get(width, ())
        # Heads counted off a stack are trusted only where they state units of their own.
        heads = heads if any(map(_UNIT_IN_HEAD.search, heads)) else ()
        label = words[-1] if words and not words[-1].endswith(("。", "，", "；")) else ""
        return Row(
            start,
            cells[-1][0] + len(cells[-1][1]),
            label,
            printed,
            tuple(offset - start for offset, _ in cells),
            _laid_over(self._tail_for(printed, start), heads),
            unit,
            False,
            True,
            *_signs_of(printed),
        )

    def _unit_among(self, cells: Sequence[str]) -> str:
        """The unit that stands in a cell of its own, in a table with a column of units."""
        return next((cell.strip() for cell in cells if _UNIT_CELL.fullmatch(cell.strip())), "") if self._has_units else ""

    def _header_for(self, width: int, is_ruled: bool) -> tuple[str, ...]:
        """The latest header as wide as this row, else its own width less its leading numbering (① 项目支出 …) or its last empty cells."""
        for surplus in (0, 1, 2):
            if width - surplus in self._headers and (not surplus or width - surplus > _NARROWEST):
                return ("",) * surplus + self._headers[width - surplus]
        return next((self._headers[wider] for wider in (width + 1, width + 2) if is_ruled and wider in self._headers), ())

    def _tail_for(self, cells: Sequence[str], start: int) -> tuple[str, ...]:
        """The heads of weight, rate and score that end the table, laid under the last numbers of a row."""
        stated = bisect_right(self.unit_starts, start) - 1
        if not self._tail or (stated >= 0 and self.unit_starts[stated] > self._tail_start):
            return ()
        last = max((index for index, cell in enumerate(cells) if is_number_cell(cell)), default=-1)
        numbers = [*takewhile(is_number_cell, reversed(cells[: last + 1]))]
        # A row of amounts whose empty scores have vanished is shorter than amounts, weight, rate and score together.
        if len(numbers) < len(self._tail) + (2 if len(self._tail) > 2 else 0):
            return ()
        return ("",) * (last + 1 - len(self._tail)) + self._tail


def stated_units(text: str) -> Grid:
    """A grid that knows where units are stated in `text` (单位：万元) and has read no line yet."""
    found = [match for match in _UNIT_STATED.finditer(text) if match[1] or not _is_one_of_many(text, match)]
    return Grid([match.start() for match in found], [match[1] or match[2] for match in found])


def _signs_of(cells: Sequence[str]) -> tuple[int, bool, bool]:
    """The first column of words, whether there is one, and whether the numbers count 1 2 3 …"""
    named = next((index for index, cell in enumerate(cells) if _HAN.search(cell)), None)
    numbers = [cell.strip() for cell in cells if is_number_cell(cell)]
    counts = len(numbers) >= _FEWEST_COLUMNS and numbers == [str(number) for number in range(1, len(numbers) + 1)]
    return named or 0, named is not None, counts


def _is_one_of_many(text: str, stated: re.Match[str]) -> bool:
    """资金（元） beside 户数（户）: each column states its own unit."""
    line = text[text.rfind("\n", max(0, stated.start() - _NEAR), stated.start()) + 1 : stated.start()]
    end = text.find("\n", stated.end(), stated.end() + _NEAR)
    rest = text[stated.end() : end if end >= 0 else stated.end() + _NEAR]
    return any(found[1] != stated[2] for found in (*_UNIT_IN_HEAD.finditer(line), *_UNIT_IN_HEAD.finditer(rest)))


@lru_cache(_REMEMBERED)
def is_number_cell(cell: str) -> bool:
    """Whether a cell holds a number with or without its unit and nothing else, or the dash of an empty cell."""
    return bool(_NUMBER_CELL.fullmatch(cell.strip()))


@lru_cache(_REMEMBERED)
def unit_in_head(head: str) -> str:
    """The unit a head states in brackets, or 分 and % for heads of scores and rates; '' for any other."""
    inside = _UNIT_IN_HEAD.search(head)
    if inside:
        return inside[1]
    if "%" in head or "％" in head or _RATE_HEAD.search(head):
        return "%"
    return "分" if _SCORE_HEAD.search(head) else ""


def cells_of(line: str) -> tuple[tuple[str, ...], tuple[int, ...]]:
    """The cells of a line and where each starts: between tabs, between bars, or between blanks."""
    if "\t" not in line:
        found = [*(_PIPED if _PIPE.search(line) else _SPACED).finditer(line)]
        return tuple(match[0] for match in found), tuple(match.start() for match in found)
    cells, starts, offset = tuple(line.split("\t")), [], 0
    for cell in cells:
        starts.append(offset)
        offset += len(cell) + 1
    return cells, tuple(starts)


def _laid_over(upper: tuple[str, ...], lower: tuple[str, ...]) -> tuple[str, ...]:
    """The heads of `upper`, and those of `lower` where it has none."""
    width = max(len(upper), len(lower))
    padded = (heads + ("",) * (width - len(heads)) for heads in (upper, lower))
    return tuple(above or below for above, below in zip(*padded, strict=True))


def _tail_of(heads: Sequence[str]) -> tuple[str, ...]:
    """The last unbroken group of heads that ask for weight, rate or score."""
    last = max((index for index, head in enumerate(heads) if _SCORE_COLUMN.search(head)), default=-1)
    group = takewhile(lambda head: _SCORE_COLUMN.search(head) or _RATE_HEAD.search(head), reversed(heads[: last + 1]))
    return tuple(reversed([*group]))
