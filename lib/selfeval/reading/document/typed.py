"""Tables typed as text: columns parted by tabs, by bars or by aligned blanks, or one cell a line as a form pasted from a web page."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import groupby
from operator import itemgetter

from .content import Cell, Table

_BARS = re.compile("[|｜]")
_WIDE_GAP = re.compile(r"[ \u00a0]{2,}|[ \u00a0]*\u3000[ \u00a0\u3000]*")
_GAP = re.compile(r"[ \u00a0\u3000]+")
_RULER = re.compile(r"[-:|｜+\s—─┼├┤=]+")
_SENTENCE = re.compile("[，。；！？]")
_NUMBER = re.compile(r"[≥≤<>＜＞]?[-−－+]?[\d０-９][\d０-９,，]*(?:[.．][\d０-９]+)?(?:%|％|分|[万亿]?元)?|[-—－–/]{1,2}")
# 编制部门：甲局 	 单位：万元 says what a table is about; it is no row of one.
_LABELS = re.compile("[^\t：:]{2,12}[：:][^\t]*(?:\t+\\s*[^\t：:]{2,12}[：:][^\t]*)+")
_HAN = re.compile("[\u3400-\u9fff]")
# What stands in a stack of cells is short, and no stack is a table that has not two rows of three columns, or four of two.
_LONGEST_STACKED, _FEWEST_STACKED, _NARROWEST, _NARROWEST_STACK, _FEWEST_PAIRS = 30, 6, 3, 2, 4

# A line as a row: its cells with their spans.
_Row = tuple[Cell, ...]


def typed_tables(text: str, taken: Sequence[tuple[int, int]] = ()) -> tuple[Table, ...]:
    """Return the tables typed into `text`, in reading order; every row of a table is a line, or a run of lines with one cell each.

    `taken` are the spans, in reading order, of what is known as a table already.
    """
    starts = [start for start, _ in taken]
    lines = [line for line in _lines(text) if not _is_taken(line[0], taken, starts)]
    tables: list[Table] = []
    for kind, group in groupby(zip(_kinds(lines), lines, strict=True), key=itemgetter(0)):
        run = [line for _, line in group]
        if kind in _CUTTERS:
            rows = tuple(_cut(line, offset, _CUTTERS[kind]) for offset, line in run if not _RULER.fullmatch(line))
            tables += [Table("", rows)] if len(rows) > 1 else []
        elif kind == "stacked":
            tables += _stacked(run)
    return tuple(tables)


def _is_taken(offset: int, taken: Sequence[tuple[int, int]], starts: list[int]) -> bool:
    before = bisect_right(starts, offset) - 1
    return before >= 0 and offset < max(taken[before][1], taken[before][0] + 1)


def _lines(text: str) -> Iterator[tuple[int, str]]:
    """Every line that is not blank, with its offset."""
    offset = 0
    for line in text.split("\n"):
        if line.strip():
            yield offset, line
        offset += len(line) + 1


def _kinds(lines: Sequence[tuple[int, str]]) -> list[str]:
    """How the cells of each line are parted; a label alone on a line between two rows is a row merged into one cell."""
    kinds = [_kind(line) for _, line in lines]
    for place in range(1, len(kinds) - 1):
        if kinds[place] == "stacked" and lines[place][1].rstrip()[-1] in "：:" and kinds[place - 1] == kinds[place + 1]:
            kinds[place] = kinds[place - 1]
    return kinds


def _kind(line: str) -> str:
    """How the cells of a line are parted; "stacked" where it may itself be a cell, "" where it speaks."""
    if "\t" in line.strip():
        return "" if _LABELS.fullmatch(line.strip()) else "tabs"
    if len(_BARS.findall(line)) > 1:
        return "bars"
    if _SENTENCE.search(line):
        return ""
    cells = _WIDE_GAP.split(line.strip())
    if len(cells) >= _NARROWEST or (len(cells) > 1 and any(map(_NUMBER.fullmatch, cells))):
        return "wide"
    words = _GAP.split(line.strip())
    if len(words) >= _NARROWEST and sum(bool(_NUMBER.fullmatch(word)) for word in words) > 1:
        return "blanks"
    return "stacked" if len(line.strip()) <= _LONGEST_STACKED else ""


_CUTTERS = {"tabs": re.compile("\t"), "bars": _BARS, "wide": _WIDE_GAP, "blanks": _GAP}


def _cut(line: str, offset: int, gap: re.Pattern[str]) -> _Row:
    inner = line if gap.pattern == "\t" else re.sub(r"^\s*[|｜]|[|｜]\s*$", lambda frame: " " * len(frame[0]), line)
    if gap.pattern != "\t" and gap is not _BARS:
        offset, inner = offset + len(inner) - len(inner.lstrip()), inner.strip()
    cells, start = [], 0
    for found in [*gap.finditer(inner), None]:
        end = found.start() if found else len(inner)
        cells.append(_cell(inner[start:end], offset + start))
        start = found.end() if found else end
    return tuple(cells)


def _stacked(run: list[tuple[int, str]]) -> list[Table]:
    """The table of a stack of cells: heads, then rows as wide as the heads, each a name and numbers; none where they do not come out."""
    cells = [_cell(line, offset) for offset, line in run]
    numbers = [bool(_NUMBER.fullmatch(cell.text)) for cell in cells]
    if len(cells) < _FEWEST_STACKED or not any(numbers):
        return []
    first = numbers.index(True)
    for width in range(_NARROWEST_STACK, first):
        start = first - 1 - width
        rows = [tuple(cells[at : at + width]) for at in range(start, len(cells), width)]
        kept = [rows[0], *_even(rows[1:], width)]
        if start >= 0 and len(kept) > (2 if width >= _NARROWEST else _FEWEST_PAIRS):
            return [Table("", tuple(kept))]
    return []


def _cell(raw: str, offset: int) -> Cell:
    """What stands between blanks in `raw`, which begins at `offset`."""
    text = raw.strip()
    start = offset + len(raw) - len(raw.lstrip())
    return Cell(text, start, start + len(text))


def _even(rows: list[_Row], width: int) -> list[_Row]:
    """The rows up to the first that is no name with numbers."""
    kept: list[_Row] = []
    for row in rows:
        named = len(row) == width and _HAN.search(row[0].text) and not _NUMBER.fullmatch(row[0].text)
        if not named or not any(_NUMBER.fullmatch(cell.text) for cell in row[1:]):
            break
        kept.append(row)
    return kept
