"""Where figures stand, as links: the line of the text, the row of the sheet; and the source line under a chart."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from operator import itemgetter

from markupsafe import Markup

from selfeval import words

from .markup import joined, said
from .report import Report, Row
from .values import leading

_MOST_PLACES = 12


def place_of(report: Report, figure: Row) -> Markup:
    """Where a figure stands, leading there: its cell, or its line of the report."""
    return leading(_anchor(report, figure), figure.cell or words.place(figure.line, figure.page) or "原文")


def line_anchor(report: Report, line: int | None) -> str:
    """The anchor of a line of the text; empty where there is no such line."""
    return f"L{line}" if line in report.text_lines else ""


def _anchor(report: Report, figure: Row) -> str:
    """The anchor of the line or row a figure stands in; its own where that is not known."""
    known = report.row_of_cell.get((figure.section, figure.cell), "") if figure.cell else line_anchor(report, figure.line)
    return known or figure.figure_id


def origin(report: Report, columns: Iterable[str]) -> Markup:
    """The source line of a chart: the lines and sheets its figures stand in, each leading there; empty where no figure is known.

    `columns` hold ids of figures, parted by blanks, as the columns of the tables do.
    """
    figures = [report.figure_by_id[each] for ids in columns for each in ids.split() if each in report.figure_by_id]
    lines = {figure.line: figure.page for figure in reversed(figures) if not figure.cell and figure.line}
    sheets = {f"{figure.cell.rpartition('”')[0]}”": figure.figure_id for figure in reversed(figures) if figure.cell}
    rest = f"等 {len(lines)} 行" if len(lines) > _MOST_PLACES else ""
    parts = [said("原文{}{}", _lines(report, sorted(lines.items())[:_MOST_PLACES]), rest)] if lines else []
    parts += [leading(anchor, sheet) for sheet, anchor in reversed(sheets.items())]
    return said("来源：{}。", joined(parts, "；")) if parts else Markup("")


def _lines(report: Report, lines: Iterable[tuple[int, int | None]]) -> Markup:
    """Lines in a row, those of one page behind it: 第 2 页第 14、15 行、第 3 页第 20 行; each leads there."""
    pages = [(page, [leading(line_anchor(report, line), str(line)) for line, _ in group]) for page, group in groupby(lines, itemgetter(1))]
    return joined([said("{}第 {} 行", words.place(None, page), joined(links)) for page, links in pages])
