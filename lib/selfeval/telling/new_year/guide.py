"""The first sheet of a workbook, 填写说明: who fills in what and how, what the colours mean, and a line on every column."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from selfeval.knowledge import load
from selfeval.telling.office import CENTRED, GREY, HEAD, SECTION, TEXT, TITLE, WARNING, Cell, Sheet, Style

from .blank import CHECK_HEAD, MISSING_FILL, REQUIRED_HEAD
from .plan import Column, plan_of, width_of

_HEADS = ("工作表", "栏目", "必填", "填什么", "可选项")
_WIDTHS = (16, 24, 8, 58, 50)
_PLAIN = Style(border=False, size=11)
_CHAPTER = Style(font=HEAD.font, border=False, size=12)
_LINE, _CHAPTER_HEIGHT = 17, 26
_LOOKS = {
    "required": REQUIRED_HEAD,
    "optional": HEAD,
    "grey": GREY,
    "missing": replace(CENTRED, fill=MISSING_FILL),
    "check": CHECK_HEAD,
    "warning": replace(WARNING, across="center"),
}


class _Page:
    """Rows written one below the other."""

    def __init__(self, title: str) -> None:
        self.cells: list[Cell] = [Cell(1, 1, title, TITLE, across=len(_HEADS))]
        self.heights: dict[int, float] = {1: 32}
        self._row = 1

    def add(self, height: float, *cells: tuple[str, Style, int]) -> None:
        """One row: texts with their looks and how many columns they take."""
        self._row += 1
        self.heights[self._row] = height
        column = 1
        for text, style, across in cells:
            self.cells.append(Cell(self._row, column, text, style, across=across))
            column += across

    def line(self, text: str) -> None:
        """A line of text from side to side."""
        self.add(_height(text, sum(_WIDTHS)), (text, _PLAIN, len(_HEADS)))

    def chapter(self, head: str) -> None:
        """A head between the lines."""
        self.add(_CHAPTER_HEIGHT, (head, _CHAPTER, len(_HEADS)))


def guide_sheet(workbook: Mapping[str, Any], year: int, unit: str, body: str) -> Sheet:
    """The guide of one workbook of sheets.toml."""
    words, sheets = load("new_year"), load("sheets")["sheet"]
    titles = "、".join(f"“{sheets[key]['title']}”" for key in workbook["sheets"])
    known = {"year": year, "unit": unit, "office": workbook["office"], "file": workbook["file"], "titles": titles}
    page = _Page(f"{body}{year}年度{words['title']}")
    for chapter in words["chapter"]:
        page.chapter(chapter["head"])
        for line in chapter["lines"]:
            page.line(line.format(**known))
    page.chapter("各表填什么")
    for key in workbook["sheets"]:
        text = f"“{sheets[key]['title']}”：{sheets[key]['what']}"
        page.line(text)
    page.chapter("颜色")
    for color in words["color"]:
        page.add(_LINE + 3, (color["name"], _LOOKS[color["look"]], 1), (color["meaning"], TEXT, len(_HEADS) - 1))
    page.chapter("各栏怎么填")
    page.add(_LINE + 5, *((head, HEAD, 1) for head in _HEADS))
    for row in _columns(workbook["sheets"]):
        height = max(_height(row[3][0], _WIDTHS[3]), _height(row[4][0], _WIDTHS[4])) + 3
        page.add(height, *((text, style, 1) for text, style in row))
    widths = dict(enumerate(_WIDTHS, start=1))
    return Sheet(words["title"], tuple(page.cells), widths, page.heights, landscape=True, color="#70AD47")


def _columns(keys: Sequence[str]) -> Iterator[list[tuple[str, Style]]]:
    for key in keys:
        plan = plan_of(key, 0)
        for column in plan.columns:
            yield [
                (plan.title, CENTRED),
                (column.printed_head.rstrip("*").replace("\n", ""), SECTION),
                ("必填" if column.required else "有时" if column.required_when else "", CENTRED),
                (_what(column), TEXT),
                ("、".join(column.choices.values()), TEXT),
            ]


def _what(column: Column) -> str:
    parts = [load("new_year")["kinds"][column.kind], f"单位：{column.unit}" if column.unit else "", column.hint]
    return "；".join(part for part in parts if part)


def _height(text: str, width: float) -> float:
    """Merged cells do not grow by themselves: as many lines as the text takes, a Chinese character being two wide."""
    return _LINE * (1 + int(width_of(text) // (width - 4)))
