"""Numbers printed without a unit: table cells whose unit stands elsewhere, scores, codes, years, and units dropped by a slip."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from selfeval.knowledge import load
from selfeval.reading.document import Document
from selfeval.reading.grid import read_grids

from . import grammar
from .figure import QUANTITIES, Figure
from .grid import LONGEST_ROW, Grid, Row, is_number_cell, stated_units, unit_in_head

_WORDS = load("bare_words")
_SCORE_HEAD = re.compile(_WORDS["score_head"])
_SCORE_ROW = re.compile(_WORDS["score_row"])
_MONEY_HEAD = re.compile(_WORDS["money_head"])
_CODE_HEAD = re.compile(_WORDS["code_head"])
_ORDER_HEAD = re.compile(_WORDS["order_head"])
_NO_RATE = re.compile(f"(?:{'|'.join(_WORDS['no_rate'])})(?:约|为)?$")
_PLAIN_RATIO = re.compile(f"(?:{'|'.join(_WORDS['plain_ratio'])})(?:约|为|是|达)?$")
_GROWTH = re.compile(f"(?:{'|'.join(_WORDS['growth'])})(?:了|约|近|为)?$")
_SCORED = re.compile(f"(?:{'|'.join(_WORDS['scored'])})(?:为|是)?[:：]?$")
_NUMBERED = re.compile(f"(?:{'|'.join(_WORDS['numbered'])})$")
_PHONE_BEFORE = re.compile(f"(?:{'|'.join(_WORDS['phone_before'])})[:：]?\\s?$")
_CODE_BEFORE = re.compile(f"(?:{'|'.join(_WORDS['code_before'])})(?:为|是)?[:：]?\\s?$")
_PHONE_AFTER = re.compile("|".join(_WORDS["phone_after"]))
_PLACE_BEFORE = re.compile(f"(?:{'|'.join(_WORDS['place_before'])})$")
_SENTENCE = re.compile("[，。；]")
_HAN = re.compile("[\u4e00-\u9fff]")
_YEAR = re.compile("(?:19|20)[0-9]{2}")
# Subject codes have five or seven digits (20808, 2120803), in columns of their own also two or three (301, 02).
_GLUED_CODE, _LONE_CODE = (5, 7), (3, 5, 7)
_LONGEST_AMOUNT, _LONGEST_ORDER, _LONGEST_CELL = 15, 3, 40
_TALLEST = 500
_LATIN = re.compile("[A-Za-zＡ-Ｚａ-ｚ]")
_CLAUSES_END = re.compile("[。；]")
# 由1.98缩小为1.93: behind these a decimal is a value.
_REACH = 8
_VALUE_AFTER = "由从为至到达的"
_QUOTES = "“”\"‘’'《》"


def resolve_bare(text: str, figures: list[Figure], bare: list[int]) -> list[Figure]:
    """Return `figures` with those at the indices `bare` given the unit and kind that their surroundings tell; linear in the text."""
    line_starts = [0, *(match.end() for match in re.finditer("\n", text))]
    by_line: dict[int, list[int]] = {}
    for index in bare:
        by_line.setdefault(bisect_right(line_starts, figures[index].start) - 1, []).append(index)
    judged, grid, stack = list(figures), stated_units(text), _Stack()
    for index in bare:
        judged[index] = _with_sign(judged[index])
    for number, start in enumerate(line_starts):
        end = line_starts[number + 1] - 1 if number + 1 < len(line_starts) else len(text)
        line, inside = text[start:end], by_line.get(number, [])
        if not line or line.isspace() or stack.takes(line, start, inside):
            continue
        stack.judge(judged, grid)
        _judge_line(judged, inside, line, start, grid)
    stack.judge(judged, grid)
    return _named_by_grids(text, judged, bare)


def _named_by_grids(text: str, figures: list[Figure], bare: list[int]) -> list[Figure]:
    """Numbers in columns of codes or of order are names of their rows, whatever unit is stated for the table."""
    names = {
        cell.start: "code" if column.kind == "code" else "ordinal"
        for grid in read_grids(Document(text, "", "", ""))
        for column in grid.columns
        if column.kind in {"code", "order"}
        for row in grid.rows
        if (cell := row.cell(column)) and cell.text.isdigit()
    }
    for index in bare if names else ():
        kind = names.get(figures[index].start)
        if kind:
            figures[index] = figures[index]._replace(kind=kind, value=None, unit="", unit_from="none")
    return figures


def _with_sign(figure: Figure) -> Figure:
    """≤2.0: a sign before the number decides its qualifier, whatever its unit may be."""
    sign = grammar.SIGNS.get(figure.surroundings.text[figure.start - 1 : figure.start])
    return figure._replace(qualifier=sign) if sign else figure


class _Stack:
    """Lines with one number each, one below the other: together they are a row of a table."""

    def __init__(self) -> None:
        self.cells: list[tuple[int, str]] = []
        self.bare: list[int] = []

    def takes(self, line: str, start: int, bare: Sequence[int]) -> bool:
        """Add a line that is such a cell; False for any other."""
        if len(bare) > 1 or len(line) > _LONGEST_CELL or len(self.cells) == _TALLEST or not is_number_cell(line):
            return False
        self.cells.append((start, line))
        self.bare.extend(bare)
        return True

    def judge(self, figures: list[Figure], grid: Grid) -> None:
        """Judge the row gathered so far and begin a new one."""
        if self.cells:
            _judge_cells(figures, self.bare, grid.row_of_stack(self.cells), grid)
            self.cells, self.bare = [], []


def _judge_line(figures: list[Figure], indices: list[int], line: str, start: int, grid: Grid) -> None:
    if not indices:
        grid.take_words(line, start)
        return
    is_row = len(line) <= LONGEST_ROW and not _is_prose(line)
    alone = [index for index in indices if is_row and _stands_alone(figures[index])]
    for index in sorted({*indices} - {*alone}):
        figures[index] = _in_prose(figures, index)
    if alone:
        _judge_cells(figures, alone, grid.row_of_line(line, start), grid)


def _is_prose(line: str) -> bool:
    return "\t" not in line and bool(_SENTENCE.search(line)) and not _SCORE_HEAD.search(line)


def _stands_alone(figure: Figure) -> bool:
    """Whether the number fills a cell: nothing but blanks beside it, or a code glued to the name behind it."""
    text = figure.surroundings.text
    before, after = text[figure.start - 1 : figure.start], text[figure.end : figure.end + 1]
    return (not before or before.isspace() or before in "（(|｜" or before in grammar.SIGNS) and (
        not after or after.isspace() or after in "）)|｜" or len(figure.text) in _GLUED_CODE
    )


def _judge_cells(figures: list[Figure], indices: Sequence[int], row: Row, grid: Grid) -> None:
    scores = _score_cells(figures, indices, row, grid) if indices else {}
    for index in indices:
        figure = figures[index]
        if index in scores:
            figures[index] = figure._replace(unit=scores[index], kind=_kind_of_unit(scores[index]), unit_from="context")
        else:
            figures[index] = _cell(figure, row, grid)


def _score_cells(figures: list[Figure], indices: Sequence[int], row: Row, grid: Grid) -> dict[int, str]:
    """In a row of an indicator table the numbers after target and achieved value are weight and score.

    A bare achieved value before them has the unit of its target.
    """
    first, last = indices[0], indices[-1]
    previous = figures[first - 1] if first and figures[first - 1].start >= row.start else None
    if previous is None or previous.unit_from != "text" or previous.kind not in QUANTITIES or row.is_ruled:
        return {}
    if last + 1 < len(figures) and figures[last + 1].start < row.end and figures[last + 1].kind in QUANTITIES:
        return {}
    if row.is_stacked and not grid.is_scored:
        return {}
    units = dict.fromkeys(indices, "分")
    if len(indices) % 2 == 1 and len(indices) > 1:
        units[first] = previous.unit
    return units


def _kind_of_unit(unit: str) -> str:
    if unit in grammar.MONEY_FACTORS or unit.split("/", maxsplit=1)[0] in grammar.MONEY_FACTORS:
        return "money"
    return "percent" if unit in grammar.PERCENT_UNITS else "count"


def _cell(figure: Figure, row: Row, grid: Grid) -> Figure:
    """A number in a table cell, by its form first, then its heads, then the unit stated above the table."""
    head, stated = row.head_of(figure), grid.unit_at(figure.start)
    if _PHONE_BEFORE.search(row.label):
        return figure._replace(kind="phone", value=None)
    if _is_code(figure, row, grid):
        return figure._replace(kind="code", value=None)
    if _is_order(figure, row, grid):
        return figure._replace(kind="ordinal", value=None)
    unit = unit_in_head(head) or _unit_of_row(row, grid.is_scored) or stated
    if not unit and _YEAR.fullmatch(figure.text):
        return figure._replace(kind="year", value=None, unit="年")
    if unit:
        return figure._replace(unit=unit, kind=_kind_of_unit(unit), unit_from="header")
    if _MONEY_HEAD.search(head) or _MONEY_HEAD.search(row.label):
        return figure._replace(kind="money")
    return figure._replace(kind="count" if row.label or head or row.has_words else "other")


def _unit_of_row(row: Row, is_scored: bool) -> str:
    """The unit of a row of sums of scores, of a row with its unit in a cell of its own, or of one whose name states it."""
    if _SCORE_ROW.search(row.label):
        return "分"
    return row.unit or (unit_in_head(row.label) if row.label.endswith(("）", ")")) or (row.label.endswith("率") and is_scored) else "")


def _is_order(figure: Figure, row: Row, grid: Grid) -> bool:
    """A row number: in a column or row of such, behind the name of a numbered line, or one more than the last under a head 序号."""
    printed, column = figure.text, row.column_of(figure)
    if not printed.isdigit():
        return False
    if _ORDER_HEAD.search(row.head_of(figure)) or _ORDER_HEAD.search(row.label) or row.counts_columns:
        return True
    if grid.has_line_numbers and len(printed) <= _LONGEST_ORDER and _is_behind_name(row, column):
        return True
    closes = column == len(row.cells) - 1 if row.is_stacked else len(row.cells) == 1
    if grid.last_order >= 0 and closes and printed == str(grid.last_order + 1):
        grid.last_order += 1
        return True
    return False


def _is_behind_name(row: Row, column: int) -> bool:
    return bool(_HAN.search(row.cells[column - 1] if column else row.label))


def _is_code(figure: Figure, row: Row, grid: Grid) -> bool:
    printed, head = figure.text, row.head_of(figure)
    if not printed.isdigit():
        return False
    if _CODE_HEAD.search(head) or _CODE_HEAD.search(row.label):
        return True
    if _looks_like_code(printed) and not _is_amount(printed, head, grid.unit_at(figure.start)):
        return True
    if len(printed) in _GLUED_CODE and _HAN.match(figure.surroundings.text[figure.end : figure.end + 1]):
        return True
    return grid.is_coded and _is_in_code_column(printed, row, row.column_of(figure))


def _is_in_code_column(printed: str, row: Row, column: int) -> bool:
    """In a table of subjects: a code alone on its line, the two digits that go on from one, or a code before the name of its row."""
    previous = row.cells[column - 1].strip() if column else ""
    if row.is_stacked:
        return len(printed) in _LONE_CODE or (len(printed) == 2 and previous.isdigit() and len(previous) in (2, *_LONE_CODE))
    return len(printed) in (2, *_LONE_CODE) and column < row.first_name


def _is_amount(printed: str, head: str, stated: str) -> bool:
    """A long whole number under a head of money is an amount in 元; one that begins with 0 is none."""
    return printed[0] not in "0０" and bool(_MONEY_HEAD.search(head) or stated in grammar.MONEY_FACTORS) and len(printed) < _LONGEST_AMOUNT


def _in_prose(figures: list[Figure], index: int) -> Figure:
    """A number without unit in a sentence."""
    figure = figures[index]
    text = figure.surroundings.text
    before, after = text[max(0, figure.start - 8) : figure.start], text[figure.end : figure.end + 6]
    previous, following = before[-1:], after[:1]
    if _YEAR.fullmatch(figure.text) and not _GROWTH.search(before):
        return figure._replace(kind="year", value=None, unit="年")
    if (previous and previous in _QUOTES and following and following in _QUOTES) or _PLACE_BEFORE.search(before):
        return figure._replace(kind="other")
    if _PHONE_BEFORE.search(before) or _PHONE_AFTER.match(after):
        return figure._replace(kind="phone", value=None)
    if _LATIN.match(following) or _LATIN.match(previous) or _CODE_BEFORE.search(before) or _looks_like_code(figure.text):
        return figure._replace(kind="code", value=None)
    if _NUMBERED.search(before):
        return figure._replace(kind="ordinal", value=None)
    if previous and previous in "¥￥":
        return figure._replace(unit="元", kind="money", unit_from="context")
    if _GROWTH.search(before) and not _NO_RATE.search(before):
        return figure._replace(unit="%", kind="percent", unit_from="context")
    if _SCORED.search(before):
        return figure._replace(unit="分", kind="count", unit_from="context")
    if (_HAN.match(previous) or previous in grammar.SIGNS) and (
        not following or following in "，。；、）)\n" or ("." in figure.text and previous in _VALUE_AFTER)
    ):
        return _without_unit(figures, index)
    return figure._replace(kind="other")


def _looks_like_code(printed: str) -> bool:
    """Whole digits that begin with 0 or are too many for a count."""
    return printed.isdigit() and ((len(printed) > 1 and printed[0] in "0０") or len(printed) >= 9)


def _without_unit(figures: list[Figure], index: int) -> Figure:
    """The unit was dropped: a number with decimals beside amounts of money is an amount in the same unit, any other a plain count.

    Ratios (收入倍差1.9) and what follows them have no unit to drop.
    """
    figure = figures[index]
    text = figure.surroundings.text
    if _PLAIN_RATIO.search(text, max(0, figure.start - _REACH), figure.start):
        return figure._replace(kind="count")
    for other in reversed(figures[max(0, index - 4) : index]):
        if other.kind == "count" and not other.unit:
            break
        if other.kind == "money" and other.unit and "." in figure.text and not _CLAUSES_END.search(text, other.end, figure.start):
            return figure._replace(unit=other.unit, kind="money", unit_from="context")
    return figure._replace(kind="count")
