"""Numbers printed without a unit: table cells whose unit stands in a header, scores, codes, years, and units dropped by a slip."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field

from ..knowledge import load
from . import grammar
from .figure import QUANTITIES, Figure

_WORDS = load("bare_words")
_UNIT_NAMES = "|".join(sorted([*grammar.MONEY_FACTORS, *grammar.STRONG_UNITS, "%", "个", "项", "条", "分"], key=len, reverse=True))
_MONEY_NAMES = "|".join(sorted(grammar.MONEY_FACTORS, key=len, reverse=True))
_STATED_UNIT = re.compile(f"单\\s*位\\s*(?:均?为\\s*|[:：]\\s*)({_UNIT_NAMES})(?![\u4e00-\u9fff])|[（(]\\s*({_MONEY_NAMES})\\s*[）)]")
_HEAD_UNIT = re.compile(f"[（(]\\s*(?:单位[:：]?)?\\s*({_UNIT_NAMES})\\s*[）)]")
_RATE_HEAD = re.compile(_WORDS["rate_head"])
_SCORE_HEAD = re.compile(_WORDS["score_head"])
_MONEY_HEAD = re.compile(_WORDS["money_head"])
_CODE_HEAD = re.compile(_WORDS["code_head"])
_ORDER_HEAD = re.compile(_WORDS["order_head"])
_ORDER_ROW = re.compile("(?:栏次|行次|序号)[\\s\\d]+$")
_GROWTH = re.compile(f"(?:{'|'.join(_WORDS['growth'])})(?:了|约|近|为)?$")
_SCORED = re.compile(f"(?:{'|'.join(_WORDS['scored'])})(?:为|是)?[:：]?$")
_PHONE_BEFORE = re.compile(f"(?:{'|'.join(_WORDS['phone_before'])})[:：]?\\s?$")
_CODE_BEFORE = re.compile(f"(?:{'|'.join(_WORDS['code_before'])})(?:为|是)?[:：]?\\s?$")
_PHONE_AFTER = re.compile("|".join(_WORDS["phone_after"]))
_PLACE_BEFORE = re.compile(f"(?:{'|'.join(_WORDS['place_before'])})$")
_SENTENCE = re.compile("[，。；]")
_HAN = re.compile("[\u4e00-\u9fff]")
_YEAR = re.compile("(?:19|20)[0-9]{2}")
_TABBED, _PIPED, _SPACED = re.compile("[^\t]+"), re.compile("[^|｜]+"), re.compile("\\S+")
_PIPE = re.compile("[|｜]")
# Subject codes have five or seven digits (20808, 2120803), in columns of their own also two or three (301, 02).
_GLUED_CODE, _LONE_CODE = (5, 7), (2, 3, 5, 7)
_LONGEST_AMOUNT = 15
_LONGEST_ROW = 2000
_LATIN = re.compile("[A-Za-zＡ-Ｚａ-ｚ]")
_QUOTES = "“”\"‘’'《》"


@dataclass(slots=True)
class _Grid:
    """What the lines above say about the numbers of a table: stated units and the latest header of each width."""

    unit_starts: list[int] = field(default_factory=list)
    units: list[str] = field(default_factory=list)
    headers: dict[int, list[str]] = field(default_factory=dict)
    coded: bool = False
    last_order: int = -1

    def unit_at(self, offset: int) -> str:
        index = bisect_right(self.unit_starts, offset) - 1
        return self.units[index] if index >= 0 else ""


@dataclass(frozen=True, slots=True)
class _Row:
    """A line of a table, looked at once: where it lies, its cells, the header above it, and what its own words say."""

    start: int
    end: int
    printed: str
    cell_starts: tuple[int, ...]
    header: tuple[str, ...]
    names_code: bool
    names_money: bool
    has_words: bool
    is_ruled: bool

    def head_of(self, figure: Figure) -> str:
        """The header above the cell `figure` stands in."""
        column = bisect_right(self.cell_starts, figure.start - self.start) - 1
        return self.header[column] if 0 <= column < len(self.header) else ""


def resolve_bare(text: str, figures: list[Figure], bare: list[int]) -> list[Figure]:
    """Return `figures` with those at the indices `bare` given the unit and kind that their surroundings tell; linear in the text."""
    line_starts = [0, *(match.end() for match in re.finditer("\n", text))]
    by_line: dict[int, list[int]] = {}
    for index in bare:
        by_line.setdefault(bisect_right(line_starts, figures[index].start) - 1, []).append(index)
    grid = _Grid()
    for stated in _STATED_UNIT.finditer(text):
        grid.unit_starts.append(stated.start())
        grid.units.append(stated[1] or stated[2])
    judged = list(figures)
    for number, start in enumerate(line_starts):
        end = line_starts[number + 1] - 1 if number + 1 < len(line_starts) else len(text)
        _judge_line(text, judged, by_line.get(number, []), start, end, grid)
    return judged


def _judge_line(text: str, figures: list[Figure], indices: list[int], start: int, end: int, grid: _Grid) -> None:
    line = text[start:end]
    if not indices:
        _remember_header(grid, line)
        return
    is_row = len(line) <= _LONGEST_ROW and not _is_prose(line)
    alone = [index for index in indices if is_row and _stands_alone(text, figures[index])]
    for index in sorted({*indices} - {*alone}):
        figures[index] = _in_prose(text, figures, index)
    if alone:
        _judge_cells(figures, alone, _row(line, start, end, grid), grid)


def _is_prose(line: str) -> bool:
    return "\t" not in line and bool(_SENTENCE.search(line)) and not _SCORE_HEAD.search(line)


def _stands_alone(text: str, figure: Figure) -> bool:
    """Whether the number fills a cell: nothing but blanks beside it, or a code glued to the name behind it."""
    before, after = text[figure.start - 1 : figure.start], text[figure.end : figure.end + 1]
    return (not before or before.isspace() or before in "（(|｜") and (
        not after or after.isspace() or after in "）)|｜" or len(figure.text) in _GLUED_CODE
    )


def _remember_header(grid: _Grid, line: str) -> None:
    if len(line) > _LONGEST_ROW:
        return
    if _CODE_HEAD.search(line):
        grid.coded = True
    if _ORDER_HEAD.search(line.strip()):
        grid.last_order = 0
    cells = tuple(match[0] for match in _cells(line))
    if len(cells) > 1:
        grid.headers[len(cells)] = cells


def _cells(line: str) -> list[re.Match[str]]:
    pattern = _TABBED if "\t" in line else _PIPED if _PIPE.search(line) else _SPACED
    return [*pattern.finditer(line)]


def _row(line: str, start: int, end: int, grid: _Grid) -> _Row:
    cells = _cells(line)
    return _Row(
        start,
        end,
        line.strip(),
        tuple(match.start() for match in cells),
        _header_for(len(cells), grid),
        bool(_CODE_HEAD.search(line)),
        bool(_MONEY_HEAD.search(line)),
        bool(_HAN.search(line)),
        "\t" in line and bool(grid.headers),
    )


def _header_for(width: int, grid: _Grid) -> tuple[str, ...]:
    """The latest header as wide as this row, else the row's own width less its leading numbering (① 项目支出 …)."""
    for surplus in (0, 1, 2):
        if width - surplus in grid.headers:
            return ("",) * surplus + grid.headers[width - surplus]
    return ()


def _judge_cells(figures: list[Figure], indices: list[int], row: _Row, grid: _Grid) -> None:
    scores = _score_cells(figures, indices, row)
    for index in indices:
        figure = figures[index]
        if index in scores:
            figures[index] = figure._replace(unit=scores[index], kind=_kind_of_unit(scores[index]), unit_from="context")
        else:
            figures[index] = _cell(figure, row, grid)


def _score_cells(figures: list[Figure], indices: list[int], row: _Row) -> dict[int, str]:
    """In a row of an indicator table the numbers after target and achieved value are weight and score.

    A bare achieved value before them has the unit of its target.
    """
    first, last = indices[0], indices[-1]
    previous = figures[first - 1] if first and figures[first - 1].start >= row.start else None
    if previous is None or previous.unit_from != "text" or previous.kind not in QUANTITIES or row.is_ruled:
        return {}
    if last + 1 < len(figures) and figures[last + 1].start < row.end and figures[last + 1].kind in QUANTITIES:
        return {}
    units = dict.fromkeys(indices, "分")
    if len(indices) % 2 == 1 and len(indices) > 1:
        units[first] = previous.unit
    return units


def _kind_of_unit(unit: str) -> str:
    return "money" if unit in grammar.MONEY_FACTORS else "percent" if unit in grammar.PERCENT_UNITS else "count"


def _cell(figure: Figure, row: _Row, grid: _Grid) -> Figure:
    """A number in a table cell, by its form first, then its column head, then the unit stated above the table."""
    head = row.head_of(figure)
    if _is_code(figure, row, head, grid):
        return figure._replace(kind="code", value=None)
    if _is_order(figure, row, head, grid):
        return figure._replace(kind="ordinal", value=None)
    inside = _HEAD_UNIT.search(head)
    if inside:
        return figure._replace(unit=inside[1], kind=_kind_of_unit(inside[1]), unit_from="header")
    if "%" in head or "％" in head or _RATE_HEAD.search(head):
        return figure._replace(unit="%", kind="percent", unit_from="header")
    if _SCORE_HEAD.search(head):
        return figure._replace(unit="分", kind="count", unit_from="header")
    stated = grid.unit_at(figure.start)
    if _YEAR.fullmatch(figure.text) and not stated:
        return figure._replace(kind="year", value=None, unit="年")
    if stated:
        return figure._replace(unit=stated, kind=_kind_of_unit(stated), unit_from="header")
    if _MONEY_HEAD.search(head) or row.names_money:
        return figure._replace(kind="money")
    return figure._replace(kind="count" if row.has_words or head else "other")


def _is_order(figure: Figure, row: _Row, head: str, grid: _Grid) -> bool:
    """A row number: in a column of such, in a row of column numbers, or alone on its line and one more than the last under a head 序号."""
    if _ORDER_HEAD.search(head) or _ORDER_ROW.match(row.printed):
        return True
    if grid.last_order >= 0 and row.printed == figure.text == str(grid.last_order + 1):
        grid.last_order += 1
        return True
    return False


def _is_code(figure: Figure, row: _Row, head: str, grid: _Grid) -> bool:
    printed = figure.text
    if not printed.isdigit():
        return False
    if _CODE_HEAD.search(head) or (_looks_like_code(printed) and not _is_amount(printed, head, grid.unit_at(figure.start))):
        return True
    if len(printed) in _GLUED_CODE and _HAN.match(figure.surroundings.text[figure.end : figure.end + 1]):
        return True
    return (grid.coded and len(printed) in _LONE_CODE and row.printed == printed) or row.names_code


def _is_amount(printed: str, head: str, stated: str) -> bool:
    """A long whole number under a head of money is an amount in 元; one that begins with 0 is none."""
    return printed[0] not in "0０" and bool(_MONEY_HEAD.search(head) or stated in grammar.MONEY_FACTORS) and len(printed) < _LONGEST_AMOUNT


def _in_prose(text: str, figures: list[Figure], index: int) -> Figure:
    """A number without unit in a sentence."""
    figure = figures[index]
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
    if previous and previous in "¥￥":
        return figure._replace(unit="元", kind="money", unit_from="context")
    if _GROWTH.search(before):
        return figure._replace(unit="%", kind="percent", unit_from="context")
    if _SCORED.search(before):
        return figure._replace(unit="分", kind="count", unit_from="context")
    if _HAN.match(previous) and (not following or following in "，。；、）)\n"):
        return _without_unit(text, figures, index)
    return figure._replace(kind="other")


def _looks_like_code(printed: str) -> bool:
    """Whole digits that begin with 0 or are too many for a count."""
    return printed.isdigit() and ((len(printed) > 1 and printed[0] in "0０") or len(printed) >= 9)


def _without_unit(text: str, figures: list[Figure], index: int) -> Figure:
    """The unit was dropped: a number with decimals beside amounts of money is an amount in the same unit, any other a plain count."""
    figure = figures[index]
    for other in reversed(figures[max(0, index - 4) : index]):
        if other.kind == "money" and other.unit and "." in figure.text and "。" not in text[other.end : figure.start]:
            return figure._replace(unit=other.unit, kind="money", unit_from="context")
    return figure._replace(kind="count")
