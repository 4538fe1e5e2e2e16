"""Characters on a page to printed lines: who stands beside whom, and which gap is a blank."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from .characters import superscript

_CLOSING = "，。、；：！？）】》〉」』”’…—％%‰℃·,.;:!?)]}"
_HALF_EMPTY = "，。、；：！？）】》〉」』”’"
_OPENING = "（【《〈「『“‘([{￥¥$"
_UNIT = rf"[{re.escape(_OPENING)}]*(?:[A-Za-z0-9.,/:%+\-]+|.)[{re.escape(_CLOSING)}]*"
# What no program divides at a line's end: an opening bracket with what follows, a number or word, and the punctuation after it; browsers
# also keep both sides of a quotation mark together.
_FIRST_TOKEN = re.compile(rf"{_UNIT}(?:(?:(?<=[”’])|(?=[“‘])){_UNIT})*", re.DOTALL)
# The least that can stand alone where a program divides numbers too.
_FIRST_SIGN = re.compile(rf"[{re.escape(_OPENING)}]*.[{re.escape(_CLOSING)}]*", re.DOTALL)


@dataclass(slots=True)
class Glyph:
    """One printed character and its box, in points from the top left of the page."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    size: float

    @property
    def middle(self) -> float:
        """The height at which it stands."""
        return (self.top + self.bottom) / 2


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line. `middle` is the height its characters stand at, `ink_end` where its last one's ink ends (the right half of a
    full-width 。 is empty and may hang over the margin), `head` the width of its first undivided word, `sign` of its first character with
    the punctuation that clings to it; `open_end`: a blank ends the line.
    """

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    middle: float
    ink_end: float
    size: float
    head: float
    sign: float
    open_end: bool
    page: int


def lines_of(glyphs: list[Glyph], page: int) -> list[Line]:
    """The lines that `glyphs` form, from top to bottom."""
    rows: list[list[Glyph]] = []
    for glyph in sorted(glyphs, key=lambda glyph: glyph.middle):
        row = rows[-1] if rows else None
        if row and glyph.middle - row[0].middle <= 0.45 * max(row[0].size, glyph.size):
            row.append(glyph)
        else:
            rows.append([glyph])
    lines = [_line(sorted(row, key=lambda glyph: glyph.x0), page) for row in rows]
    return [line for line in lines if line is not None]


def _line(row: list[Glyph], page: int) -> Line | None:
    printed = _printed_once([glyph for glyph in row if not glyph.text.isspace()])
    if not printed:
        return None
    size = median(glyph.size for glyph in printed)
    blanks = [glyph for glyph in row if glyph.text.isspace()]
    text = _text(printed, blanks, size)
    head, sign = (_width(printed, pattern.match(text.split()[0])[0]) for pattern in (_FIRST_TOKEN, _FIRST_SIGN))
    open_end = any(blank.x0 >= printed[-1].x1 - 0.1 * size for blank in blanks)
    end = max(glyph.x1 for glyph in printed)
    return Line(
        text=text,
        x0=printed[0].x0,
        x1=end,
        top=min(glyph.top for glyph in printed),
        bottom=max(glyph.bottom for glyph in printed),
        middle=median(glyph.middle for glyph in printed),
        ink_end=end - 0.5 * size if text[-1] in _HALF_EMPTY else end,
        size=size,
        head=head,
        sign=sign,
        open_end=open_end,
        page=page,
    )


def _width(printed: list[Glyph], start: str) -> float:
    """The width of the characters a line starts with."""
    return printed[min(len(start), len(printed)) - 1].x1 - printed[0].x0


def _printed_once(row: list[Glyph]) -> list[Glyph]:
    """`row` without the second and third copy by which some programs print bold."""
    kept: list[Glyph] = []
    for glyph in row:
        if not any(other.text == glyph.text and glyph.x0 - other.x0 < 0.25 * glyph.size for other in kept[-2:]):
            kept.append(glyph)
    return kept


def _text(printed: list[Glyph], blanks: list[Glyph], size: float) -> str:
    """The characters in order; a gap is a blank where words are parted by it, a tab where columns are."""
    gaps = [right.x0 - left.x1 for left, right in pairwise(printed)]
    usual = median(gaps) if gaps else 0.0
    middle = median(glyph.middle for glyph in printed)
    pieces = [printed[0].text]
    place = 0
    for left, right, gap in zip(printed, printed[1:], gaps, strict=False):
        while place < len(blanks) and blanks[place].x0 < left.x0:
            place += 1
        has_blank = place < len(blanks) and blanks[place].x0 < right.x0
        pieces.append(_between(left.text, right.text, (gap - max(usual, 0)) / size, has_blank=has_blank))
        raised = right.size < 0.75 * size and right.middle < middle - 0.1 * size
        pieces.append(superscript(right.text) if raised else right.text)
    return "".join(pieces)


def _between(left: str, right: str, gap: float, *, has_blank: bool) -> str:
    """What stands between two characters `gap` ems apart beyond the usual."""
    if gap > 2.5:
        return "\t"
    words = left[-1:].isascii() and right[:1].isascii()
    return " " if has_blank or gap > 1.0 or (words and gap > 0.2) else ""
