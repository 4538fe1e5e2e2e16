"""Lines that only a margin broke, as a program for mail or a terminal leaves them, joined to the paragraphs they were."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from itertools import pairwise

from selfeval.reading.enumeration import number_of

# What stands in columns is a row of a table, whatever its width.
_IN_COLUMNS = re.compile(r"[\t|｜│┃]|\S {3,}\S")
_INDENTED = re.compile(r"[ \u3000]")
_ENDED = "。！？；：!?;:"
_WIDE = frozenset("WFA")
# A margin breaks at least so many lines, at least so far to the right, each within so many columns of it: a number is not parted.
_FEWEST, _NARROWEST, _RAGGED = 5, 40, 12
_MOSTLY = 0.7


def unwrapped(text: str) -> str:
    """`text` with every line that a margin broke joined to the line it goes on in.

    The line ends taken out follow the paragraph, so that what comes after keeps its line number. A text of which some prose runs on beyond
    where others are broken has no margin, and stays as it is.
    """
    lines = text.split("\n")
    margin = _margin(lines)
    if not margin:
        return text
    found: list[str] = []
    taken = 0
    for line, before in zip(lines, ["", *lines], strict=False):
        if found and _goes_on(before, line, margin):
            found[-1] = found[-1].rstrip() + line.strip()
            taken += 1
        else:
            found += [""] * taken
            taken = 0
            found.append(line)
    return "\n".join([*found, *[""] * taken])


def _margin(lines: Sequence[str]) -> int:
    """How many columns wide the prose is where a margin broke it, 0 where none did."""
    prose = [bool(line.strip()) and not _IN_COLUMNS.search(line) for line in lines]
    widest = max((_width(line) for line, counts in zip(lines, prose, strict=True) if counts), default=0)
    open_ended = [
        _width(line)
        for (line, after), counts in zip(pairwise(lines), prose, strict=False)
        if counts and after.strip() and line.rstrip()[-1] not in _ENDED
    ]
    broken = [width for width in open_ended if width >= _NARROWEST]
    near = [width for width in broken if width > widest - _RAGGED]
    return widest if len(near) >= _FEWEST and len(near) >= _MOSTLY * len(broken) else 0


def _goes_on(before: str, line: str, margin: int) -> bool:
    """Whether `line` goes on what a margin broke: the line before is full, and it opens nothing of its own."""
    if not before.strip() or not line.strip() or _INDENTED.match(line) or _IN_COLUMNS.search(before) or _IN_COLUMNS.search(line):
        return False
    full = _width(before) > margin - _RAGGED
    return full and not (before.rstrip()[-1] in _ENDED and number_of(line) is not None)


def _width(line: str) -> int:
    """How many columns a line takes up: a hanzi takes two."""
    return sum(2 if unicodedata.east_asian_width(sign) in _WIDE else 1 for sign in line.rstrip())
