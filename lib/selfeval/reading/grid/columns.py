"""The columns of a table: heads in storeys, roles by the words of heads, panels side by side."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache, lru_cache
from itertools import pairwise

from selfeval.knowledge import load
from selfeval.reading.document import Cell

from .model import Column
from .value import is_blank, is_change, is_unit, may_be_year, value_of

_BRACKETS = re.compile("[（(][^（）()]*[）)]")
# 乡镇（单位） names who is meant, no unit.
_UNIT = re.compile(r"[（(](?:单位[:：])?(?!单位)(?P<unit>[^（）()]{1,5})[）)]")
# A head may end in a unit of several characters: 接待人次.
_LONG_UNIT = 2
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})年?(?!\d)")
_BLANKS = re.compile(r"\s+")
_HAN = re.compile("[\u3400-\u9fff]")
_LONGEST_HEAD, _LONGEST_PHRASE = 40, 20
# So much of a column must be words for it to name rows.
_WORDY = 0.5
# Heads repeat from table to table.
_REMEMBERED = 4096

Rows = Sequence[Sequence[Cell]]


def bare(text: str) -> str:
    """A text without blanks and breaks."""
    return _BLANKS.sub("", text)


@cache
def pattern(section: str, name: str) -> re.Pattern[str]:
    """A pattern of knowledge/grids.toml."""
    return re.compile(load("grids")[section][name])


def columns_of(heads: Rows, body: Rows) -> list[Column]:
    """The columns of a table whose rows of heads are `heads`; `body` tells what a column holds where its head does not."""
    width = max(map(len, [*heads, *body]))
    cells = [[row[place] for row in body if place < len(row)] for place in range(width)]
    return _with_reached(_with_names([_column(place, _path(heads, place), cells[place]) for place in range(width)], cells))


def _with_reached(columns: list[Column]) -> list[Column]:
    """The columns; of a table of marks the numbers of this year right behind the targets are what was reached, whatever their head
    (全年完成, 实际完成)."""
    roles = {column.role for column in columns}
    if not {"target", "weight"} <= roles or "reached" in roles:
        return columns
    pairs = [(before, after) for before, after in pairwise(columns) if not pattern("said", "elsewhere").search(after.head)]
    behind = {after.place for before, after in pairs if before.role == "target" and after.role in {"", "actual"} and after.kind == "amount"}
    return [replace(column, role="reached", kind="target") if column.place in behind else column for column in columns]


def _with_names(columns: list[Column], cells: Sequence[Sequence[Cell]]) -> list[Column]:
    """The columns; where none has names, the words before the first numbers name the rows, whatever their head (资金来源, 资金构成)."""
    if any(column.kind == "name" for column in columns):
        return columns
    for column in columns:
        filled = [cell.text for cell in cells[column.place] if not is_blank(cell.text)]
        if filled and _are_words(filled):
            return [replace(each, kind="name", role="name") if each is column else each for each in columns]
        if any(value_of(text) is not None for text in filled) and column.kind != "order":
            break
    return columns


def _are_words(filled: Sequence[str]) -> bool:
    """Whether what stands in a column is mostly words."""
    return sum(bool(_HAN.search(text)) and value_of(text) is None for text in filled) > _WORDY * len(filled)


def storeys(heads: Rows) -> Rows:
    """Of rows without numbers above a table those that are its heads: where the first cell of a row has another below it that is no
    narrower, the two do not stand in storeys; the upper row is a field of a form with what was filled in. So is a row of sentences."""
    first = max((number for number, row in enumerate(heads[:-1], 1) if any(_is_sentence(cell.text) for cell in row)), default=0)
    for number, (upper, lower) in enumerate(pairwise(heads), 1):
        above, below = bare(upper[0].text), bare(lower[0].text)
        if above and below and above != below and _breadth(upper) <= _breadth(lower):
            first = max(first, number)
    return heads[first:]


def _is_sentence(text: str) -> bool:
    words = _BRACKETS.sub("", bare(text))
    return "，" in words and len(words) > _LONGEST_PHRASE


def _breadth(row: Sequence[Cell]) -> int:
    """How many columns the first cell of a row covers, blanks behind it, which plain text leaves of a merged cell, among them."""
    own = (row[0].start, row[0].end)
    return next((place for place, cell in enumerate(row) if cell.text and (cell.start, cell.end) != own), len(row))


def panels_of(columns: Sequence[Column]) -> list[list[Column]]:
    """The columns of each panel: where, behind numbers, a column begins that names rows, and numbers follow again, another begins."""
    panels: list[list[Column]] = [[]]
    last = max((place for place, column in enumerate(columns) if column.kind in {"amount", "mark"}), default=-1)
    for place, column in enumerate(columns):
        counted = any(other.kind in {"amount", "mark", "ratio"} for other in panels[-1])
        names = column.kind in {"name", "code"}
        if names and counted and place <= last and _is_like_first(column, panels[0]):
            panels.append([])
        panels[-1].append(column)
    return panels


def _is_like_first(column: Column, first: Sequence[Column]) -> bool:
    """Whether a column begins a panel as the first begins: with the same kind of column."""
    opening = next((other for other in first if other.kind in {"name", "code"}), None)
    return opening is not None and opening.kind == column.kind


def _path(heads: Rows, place: int) -> tuple[str, ...]:
    """The heads above a column, outermost first, a cell that spans several storeys once."""
    path: list[str] = []
    seen: set[tuple[int, int]] = set()
    for number, row in enumerate(heads):
        cell = row[place] if place < len(row) else None
        if cell and not cell.text:
            cell = _spanning(heads, number, place)
        if cell and cell.text and (cell.start, cell.end) not in seen:
            seen.add((cell.start, cell.end))
            path.append(bare(cell.text))
    return tuple(path)


def _spanning(heads: Rows, number: int, place: int) -> Cell | None:
    """The head that reaches over a blank behind it, as typed text leaves of a merged cell: where all of them have heads below."""
    below = heads[number + 1] if number + 1 < len(heads) else ()
    for left in range(place, 0, -1):
        if left >= len(below) or not below[left].text:
            return None
        if heads[number][left].text:
            return heads[number][left]
    return None


def _column(place: int, path: tuple[str, ...], cells: list[Cell]) -> Column:
    filled = [cell.text for cell in cells if not is_blank(cell.text)]
    numbers = sum(value_of(text) is not None for text in filled) if not all(map(may_be_year, filled)) else 0
    role, kind = role_of(path)
    if role == "reason" and numbers == len(filled) > 0:
        # 已整改（条）, 整改率 count what was done; no words stand below.
        role, kind = role_of(path, apart="reason")
    if kind == "unit" and filled and not any(map(is_unit, filled)):
        role, kind = "name", "name"  # 单位 over 甲局, 乙局: who is meant, no unit
    if role == "" or kind in {"amount", "target", "change"}:
        kind = _by_content(kind, filled, numbers)
        role = role if kind != "name" else "name"
    if kind == "name" and role == "" and numbers == len(filled) > 0:
        kind = "amount"
    if filled and all(map(is_change, filled)):
        role, kind = "change_rate", "ratio"
    if kind == "amount" and filled and all(text.rstrip().endswith(("%", "％")) for text in filled):
        role, kind = "", "ratio"
    if kind == "amount" and path and pattern("head", "apart").search(path[-1]):
        role, kind = "level", "ratio"
    unit = next(filter(None, map(unit_in_brackets, reversed(path))), "") or _counted(path)
    years = [found[1] for head in path if (found := _YEAR.search(head))]
    return Column(place, path, role, kind, unit, years[-1] if years else "")


def _counted(path: Sequence[str]) -> str:
    """The unit a head ends in: 接待人次 counts 人次; '' for none."""
    last = path[-1][-_LONG_UNIT:] if path else ""
    return last if len(last) == _LONG_UNIT and last in load("units")["count"]["strong"] else ""


@lru_cache(_REMEMBERED)
def role_of(path: tuple[str, ...], apart: str = "") -> tuple[str, str]:
    """The role and kind a path of heads gives, other than the role set `apart`; ("", "") where no head tells."""
    heads = [_BRACKETS.sub("", head)[:_LONGEST_HEAD] for head in path]
    if not heads:
        return "", ""
    for words in dict.fromkeys((heads[-1], "".join(heads))):
        found = next((entry for entry in load("grids")["column"] if entry["role"] != apart and re.search(entry["head"], words)), None)
        if found:
            return found["role"], found["kind"]
    return "", ""


def names_role(text: str) -> bool:
    """Whether a cell holds the head of a column that is no name: 年初预算数, 执行率, 得分."""
    return role_of((bare(text),)) != ("", "")


def unit_in_brackets(head: str) -> str:
    """The unit a head or the name of a row states in brackets, '' for none."""
    return next((found["unit"] for found in _UNIT.finditer(head) if is_unit(found["unit"])), "")


def _by_content(kind: str, filled: list[str], numbers: int) -> str:
    """The kind of a column by what stands in it: words name rows, numbers are amounts; one that is empty keeps its kind."""
    if not filled:
        return kind or "amount"
    # What a head calls money stays money, though names of a second list stand among the numbers.
    if _are_words(filled) and not (numbers and kind in {"amount", "change"}):
        return "text" if kind == "target" else "name"
    return kind or ("amount" if numbers else "text")
