"""A year on one A4 sheet: headings, sentences and one small table, as real text in the one font."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from . import style

# Points: an A4 sheet, its margins, and sizes of letters.
_WIDTH, _HEIGHT, _MARGIN, _FOOT = 595.0, 842.0, 54.0, 62.0
_TITLE, _LEAD, _HEAD, _TEXT, _SMALL = 19.0, 13.0, 11.5, 10.0, 8.5
_SPACING = 1.55
# What stays together: a word or number, or one character, with the marks behind it.
_PIECES = re.compile(r"\s*[“‘（《]*(?:[0-9A-Za-z.,%+−-]+|.)[，。；：、！？”’）》%]*")


@dataclass(frozen=True)
class Sheet:
    """What stands on the sheet: an eyebrow, a title, one sentence of judgement, sections of a head and its lines, a table behind the first.

    `table` has its head first and may be empty. A section that finds no room any more is left out, and `more` says where the rest is.
    """

    eyebrow: str
    title: str
    lead: str
    sections: Sequence[tuple[str, Sequence[str]]]
    table: Sequence[Sequence[str]]
    more: str


@style.styled
def one_page(sheet: Sheet) -> bytes:
    """The sheet as a PDF file of one page whose text can be searched; the same sheet gives the same bytes."""
    figure = Figure(figsize=(_WIDTH / 72, _HEIGHT / 72), facecolor="white")
    axes = style.plot_area(figure, top=0, bottom=0)
    axes.set_xlim(0, _WIDTH)
    axes.set_axis_off()
    at = _paragraph(axes, _MARGIN, sheet.eyebrow, _SMALL, style.MUTED)
    at = _paragraph(axes, at + 4, sheet.title, _TITLE)
    at = _paragraph(axes, at + 10, sheet.lead, _LEAD, style.MAIN)
    for number, (head, lines) in enumerate(sheet.sections):
        at = _section(axes, at, head, lines)
        if number == 0 and sheet.table:
            at = _table(axes, at + 10, sheet.table)
    _paragraph(axes, _HEIGHT - _MARGIN + 6, sheet.more, _SMALL, style.MUTED)
    return _pdf(figure, sheet.title)


def _section(axes: Axes, at: float, head: str, lines: Sequence[str]) -> float:
    """A head and as many of its lines as there is room for; where the next line begins."""
    if at + _height(head, _HEAD) + _height(lines[0], _TEXT) > _HEIGHT - _FOOT:
        return at
    at = _paragraph(axes, at + 14, head, _HEAD)
    for line in lines:
        if at + _height(line, _TEXT) <= _HEIGHT - _FOOT:
            at = _paragraph(axes, at + 3, line, _TEXT)
    return at


def _paragraph(axes: Axes, at: float, text: str, size: float, colour: str = style.INK) -> float:
    """Words in as many lines as they take; where the next paragraph begins."""
    lines = lines_of(text, size)
    for number, line in enumerate(lines):
        axes.text(_MARGIN, at + number * size * _SPACING, line, va="top", fontsize=size, color=colour)
    return at + len(lines) * size * _SPACING


def lines_of(text: str, size: float) -> list[str]:
    """`text` in lines of the sheet's width: numbers and words are not parted, and no line begins with a mark that ends something."""
    room, lines, line = (_WIDTH - 2 * _MARGIN) / size, [], ""
    whole = _PIECES.findall(" ".join(text.split()))
    for piece in (part for each in whole for part in ([each] if style.em_width(each) <= room else style.wrapped(each, room * size, size))):
        if line and style.em_width(line + piece) > room:
            lines, line = [*lines, line], piece.lstrip()
        else:
            line += piece
    return [*lines, line]


def _height(text: str, size: float) -> float:
    return len(lines_of(text, size)) * size * _SPACING


def _table(axes: Axes, at: float, rows: Sequence[Sequence[str]]) -> float:
    """Rows under their head, the first column left, the others right; where the next line begins."""
    room, last = _WIDTH - 2 * _MARGIN, len(rows[0]) - 1
    for number, row in enumerate(rows):
        colour = style.MUTED if number == 0 else style.INK
        for column, cell in enumerate(row):
            place = _MARGIN + room * (0.4 + 0.6 * column / last) if column else _MARGIN
            axes.text(place, at + 2, cell, va="top", ha="right" if column else "left", fontsize=_SMALL + 0.5, color=colour)
        at += _SMALL * 2
        axes.plot([_MARGIN, _WIDTH - _MARGIN], [at, at], color=style.GRID, linewidth=0.6)
    return at


def _pdf(figure: Figure, title: str) -> bytes:
    made = io.BytesIO()
    # By way of the figure, which imports the writer of PDF files only now: it takes as long as a chart, and most runs write none.
    figure.savefig(made, format="pdf", metadata={"Title": title, "Creator": None, "Producer": None, "CreationDate": None})
    return made.getvalue()
