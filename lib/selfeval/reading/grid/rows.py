"""The rows of a table: their names, codes, levels and roles."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from selfeval.reading.document import Cell
from selfeval.reading.enumeration import Number, number_of, ordinal_of

from .columns import bare, pattern
from .model import ITEM, NOTE, OPEN_PART, PART, SUBTOTAL, TOTAL, Column, Row
from .value import is_blank

_HAN = re.compile("[\u3400-\u9fff]")
_CODE = re.compile(r"\d{1,9}")
GLUED_CODE = re.compile(r"(\d{3}(?:\d{2}){0,2})(?=[\u3400-\u9fff])")
# （含预算执行10分） in a cell of its own is a remark on the name before it.
_REMARK = re.compile("[（(][^（）()]*[）)]")
_STYLES = frozenset({"han", "bracketed_han", "digits", "bracketed_digits"})
_SUMS = frozenset({SUBTOTAL, TOTAL})
_CODE_LEVELS = {3: 0, 5: 1, 7: 2, 9: 3}


@dataclass(slots=True)
class _Above:
    """What the rows so far leave for the next: the names they stand under, by level, the level a list of parts began at, and how far in
    the row it is of was printed, where its parts stand farther in."""

    path: list[tuple[int, str]]
    parts_from: int | None = None
    indent: int = 0
    parts_of: int | None = None
    styles: dict[str, int] = field(default_factory=dict)
    bare: bool = True


def rows_of(body: Iterable[tuple[int, Sequence[Cell]]], columns: Sequence[Column], text: str = "") -> list[Row]:
    """The rows of one panel, `body` being the number of each row and its cells; rows that are empty in it are left out. The `text` of the
    document tells how far in a row is printed."""
    above = _Above([])
    rows = []
    for number, cells in body:
        own = [cells[column.place] for column in columns if column.place < len(cells)]
        if all(is_blank(cell.text) for cell in own):
            continue
        rows.append(_row(number, tuple(cells), columns, above, _indent(text, own[0].start)))
    last = next((place for place in range(len(rows) - 1, -1, -1) if rows[place].role != NOTE), -1)
    # What is only called so is the total of a table that ends with it and has no other.
    if pattern("row", "bare_subtotal").fullmatch(rows[last].name if rows else "") and [row.role for row in rows if row.role in _SUMS] == [
        SUBTOTAL
    ]:
        rows[last] = replace(rows[last], role=TOTAL, level=0, path=rows[last].path[-1:])
    return rows


def numbering_of(text: str) -> Number | None:
    """The number a row or an item of a list begins with, None where it begins with none."""
    number = number_of(text)
    return number if number and number.style in _STYLES else None


def _indent(text: str, start: int) -> int:
    """How far in a row is printed: the blanks, of wide ones two each, and marks between its cell and the line's beginning."""
    ahead = text[text.rfind("\n", 0, start) + 1 : start]
    return 0 if ahead.strip("|\u3000 \t") else len(ahead) + ahead.count("\u3000")


def _row(number: int, cells: tuple[Cell, ...], columns: Sequence[Column], above: _Above, indent: int) -> Row:
    code, printed, group = _named(cells, columns)
    name = pattern("row", "by").sub("", printed)
    numbering = numbering_of(name)
    name = name[numbering.end :] if numbering else name
    taken = bool(pattern("row", "taken").search(name))
    name = pattern("row", "parts").sub("", pattern("row", "signed").sub("", name))
    role = _role(printed, name)
    if role == OPEN_PART:
        above.parts_of = above.indent if above.indent < indent else None
    elif above.parts_from is not None and above.parts_of is None and indent > above.indent:
        above.parts_of = above.indent  # only what follows 其中 stands farther in than the row it is of
    elif above.parts_from is not None and above.parts_of is not None and indent <= above.parts_of:
        # Printed as far out as the row that 其中 is of, it is none of its parts.
        above.path = [entry for entry in above.path if entry[0] <= above.parts_from]
        above.parts_from = None
    above.indent = indent
    level = _level(code, printed, role, above)
    above.path = [entry for entry in above.path if entry[0] < level]
    path = (*(entry[1] for entry in above.path), *([name] if name else []))
    above.path.append((level, name))
    return Row(number, cells, path, code, level, role, group, taken)


def _named(cells: tuple[Cell, ...], columns: Sequence[Column]) -> tuple[str, str, tuple[str, ...]]:
    """The code of a row, the words that name it as printed, and the words of the columns before, which name its groups."""
    codes, names = [], []
    for column in columns:
        cell = cells[column.place] if column.place < len(cells) else None
        text = bare(cell.text) if cell and not is_blank(cell.text) else ""
        if column.kind == "code" and _CODE.fullmatch(text):
            codes.append(text.zfill(2))
        elif text and column.kind in {"name", "code"}:
            names += [text] if text not in column.path else []  # a head that spans its rows too names none of them
        elif text and column.kind != "order":
            break
    words = list(dict.fromkeys(names)) or _under_order(cells, columns)
    if len(words) > 1 and _REMARK.fullmatch(words[-1]):
        words[-2:] = ["".join(words[-2:])]
    printed = words[-1] if words else ""
    glued = GLUED_CODE.match(printed)
    if glued and not codes:
        return glued[1], printed[glued.end() :], tuple(words[:-1])
    return _joined(codes), printed, tuple(words[:-1])


def _under_order(cells: tuple[Cell, ...], columns: Sequence[Column]) -> list[str]:
    """The words a row has where others have their number: 合计."""
    texts = [bare(cells[column.place].text) for column in columns if column.kind == "order" and column.place < len(cells)]
    return [text for text in texts if _HAN.search(text)]


def _joined(codes: list[str]) -> str:
    """One code of the cells 类, 款 and 项; where a cell repeats the code above it in full, the longest."""
    if len(codes) > 1 and all(code.startswith(before) for before, code in pairwise(codes)):
        return codes[-1]
    return "".join(codes)


def _role(printed: str, name: str) -> str:
    if pattern("row", "note").search(printed):
        return NOTE
    if pattern("row", "parts").search(printed):
        return OPEN_PART
    if pattern("row", "subtotal").search(name):
        return SUBTOTAL
    return TOTAL if pattern("row", "total").search(name) else ITEM


def _level(code: str, printed: str, role: str, above: _Above) -> int:
    """How deep a row stands: by its code, by its numbering, by 其中, else as deep as the row before. What 其中 began goes on until a code,
    a number, a half of expenditure or a total ends it."""
    if role == TOTAL:
        above.parts_from = None
        return 0
    if code and len(code) in _CODE_LEVELS:
        above.parts_from = None
        return _CODE_LEVELS[len(code)]
    before = above.path[-1][0] if above.path else 0
    if role == ITEM and (basic := _basic_above(printed, above)) is not None:
        return basic + 1
    if role in {OPEN_PART, PART}:
        above.parts_from = before if above.parts_from is None else above.parts_from
        return above.parts_from + 1
    numbering = numbering_of(printed)
    if numbering is not None:
        return _numbered(numbering.style, ordinal_of(printed, numbering), before, above)
    above.bare = True
    if pattern("row", "half").search(printed) and any(pattern("row", "half").search(name) for _, name in above.path):
        # Basic and project expenditure stand beside each other, whatever 其中 lists of the one.
        above.parts_from = None
        return next(level for level, name in above.path if pattern("row", "half").search(name))
    if above.parts_from is not None and role == ITEM and not pattern("row", "by").search(printed):
        return above.parts_from + 1
    half = next((level for level, name in reversed(above.path) if pattern("row", "half").search(name)), None)
    if above.styles and half is not None and role == ITEM:
        # 一、基本支出, 人员经费, 公用经费, 二、项目支出: a half that is numbered has under it what is not.
        return half + 1
    if above.styles or role == SUBTOTAL or pattern("row", "by").search(printed):
        above.parts_from = None
        return 0
    return before


def _basic_above(printed: str, above: _Above) -> int | None:
    """How deep basic expenditure stands, opened by 其中 beside the projects, for a row that is a part of nothing else (人员经费)."""
    if above.parts_from is None or not pattern("row", "of_basic").search(printed):
        return None
    basic = (level for level, name in above.path if level > above.parts_from and pattern("row", "basic").search(name))
    return next(basic, None)


def _numbered(style: str, ordinal: int, before: int, above: _Above) -> int:
    """A numbered row stands beside those numbered in its style; the first of a style under the row it follows, if that is numbered in
    another or not at all. Numbering that begins anew begins a list of its own."""
    above.parts_from = None
    if style not in above.styles or ordinal == 1:
        above.styles = {known: level for known, level in above.styles.items() if level <= before and known != style}
        under = above.bare or above.styles
        above.styles[style] = before + 1 if under and above.path and above.path[-1][1] else 0
    above.bare = False
    return above.styles[style]
