"""Tables typed as text: columns parted by tabs, by bars or by aligned blanks, or one cell a line as a form pasted from a web page."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import groupby, takewhile
from operator import itemgetter

from selfeval.reading.enumeration import number_of

from .content import Cell, Table
from .stack import CAPTION, NUMBER, cell_of, is_number, stacked_tables, with_names

_BAR = "[|｜│┃]"
_BARS = re.compile(_BAR)
_WIDE_GAP = re.compile(r"[ \u00a0]{2,}|[ \u00a0]*\u3000[ \u00a0\u3000]*")
_GAP = re.compile(r"[ \u00a0\u3000]+")
_RULER = re.compile(r"[-:|｜+\s=\u2500-\u257f—]+")
_SENTENCE = re.compile("[，。；！？]")
_FRAMED = re.compile(rf"\s*{_BAR}.*{_BAR}\s*")
# 编制部门：甲局 	 单位：万元 says what a table is about; it is no row of one.
_LABELS = re.compile("[^\t：:]{2,12}[：:][^\t]*(?:\t+\\s*[^\t：:]{2,12}[：:][^\t]*)+")
# 附表三 奖牌分布 is the title of the table below, however its parts stand apart.
_TITLE = re.compile("附?表[ \u3000]*[0-9一二三四五六七八九十]{1,3}\t+[^\t]*\\D[^\t]*")
_UNIT_LABEL = re.compile("[（(]?(?:金额)?单位[：:](?:人民币)?[^：:]{1,8}")
_LED = re.compile(r"(?:预算|决算|支出)数?[ \u00a0\u3000]*\d[\d,]*\.\d")
# What stands in a stack of cells is short.
_LONGEST_STACKED, _NARROWEST, _FEWEST_LETTERS = 30, 3, 2
# A line with so many numbers between blanks is a row, though one of its cells holds a sentence.
_COUNTED, _MOST_COUNTED_IN_SENTENCE = re.compile("[≥≤<>＜＞=＝]?\\d[\\d.．,%％]{0,12}[\u4e00-\u9fff]{0,2}"), 3
# One line alone is a table where so many of its cells are numbers.
_NUMBERS_OF_A_LINE = {"tabs": 1, "blanks": 3}


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
            rows = _gathered(rows) if kind in _RAGGED else rows
            rows = with_names(rows) if kind == "blanks" else rows
            rows = _with_corner(rows, run[0][1]) if kind in _RAGGED else rows
            is_table = len(rows) > 1 or sum(is_number(cell) for row in rows for cell in row) >= _NUMBERS_OF_A_LINE.get(kind, len(text))
            tables += [Table("", rows, is_ragged=kind in _RAGGED)] if is_table else []
        elif kind == "stacked":
            tables += stacked_tables(run)
    return tuple(tables)


def _with_corner(rows: tuple[tuple[Cell, ...], ...], heads: str) -> tuple[tuple[Cell, ...], ...]:
    """The rows, the heads in the first with an empty cell over the names where their line begins with blanks and every row is wider by
    the name."""
    first, *body = rows
    blank = _WIDE_GAP.match(heads) and not any(map(is_number, first)) and all(len(row) == len(first) + 1 for row in body)
    named = body and all(not is_number(row[0]) and any(map(is_number, row)) for row in body)
    return ((Cell("", first[0].start, first[0].start), *first), *body) if blank and named else rows


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
    """How the cells of each line are parted; heads go with the rows below, a label alone on a line between two rows with them."""
    kinds = [_kind(line) for _, line in lines]
    for place in reversed(range(len(kinds) - 1)):
        if kinds[place] in {"stacked", ""} and kinds[place + 1] == "blanks" and not _SENTENCE.search(lines[place][1]):
            kinds[place] = "blanks" if len(_GAP.split(lines[place][1].strip())) >= _NARROWEST else kinds[place]
    for place in range(1, len(kinds) - 1):
        before, after = kinds[place - 1], kinds[place + 1]
        begins = place == 1 or kinds[place - 2] != before
        if kinds[place] != "stacked" or before != after:
            continue
        around = lines[place - 1][1], lines[place + 1][1]
        if _is_label(lines[place][1].strip(), around[0] if begins else "") or _is_group(lines[place][1], *around, _CUTTERS.get(before)):
            kinds[place] = before
    return kinds


def _is_label(line: str, heads: str) -> bool:
    """Whether a line is a row merged into one cell, or states the unit between the heads of a table and its rows."""
    return line[-1] in "：:" or (bool(heads) and not re.search(r"\d", heads) and bool(CAPTION.fullmatch(line)))


def _is_group(line: str, before: str, after: str, gap: re.Pattern[str] | None) -> bool:
    """Whether a line between two rows of a table, as wide as each other, names the rows below: 一、资金来源, 按支出分 between numbers."""
    if gap is None or _SENTENCE.search(line):
        return False
    cells, ahead = _cut(after, 0, gap), _cut(before, 0, gap)
    numbered = number_of(line) is not None or any(map(is_number, ahead))
    return len(cells) == len(ahead) and numbered and any(map(is_number, cells))


def _kind(line: str) -> str:
    """How the cells of a line are parted; "stacked" where it may itself be a cell, "" where it speaks."""
    if "\t" in line.strip():
        return "" if _LABELS.fullmatch(line.strip()) or _TITLE.fullmatch(line.strip()) else "tabs"
    if len(_BARS.findall(line)) > 1:
        return "bars"
    if _SENTENCE.search(line) and sum(bool(_COUNTED.fullmatch(word)) for word in _GAP.split(line)) <= _MOST_COUNTED_IN_SENTENCE:
        return ""
    if len(_LED.findall(line)) > 1:
        return ""  # 村级运转   预算 76.85   支出 74.90: every number is led by what it is
    cells = _WIDE_GAP.split(line.strip())
    if len(cells) > 1 and _UNIT_LABEL.fullmatch(cells[-1]):
        return ""  # 表1　支出决算表　　单位：元
    if len(cells) >= _NARROWEST or (len(cells) > 1 and any(map(NUMBER.fullmatch, cells))):
        return "wide"
    words = _GAP.split(line.strip())
    if len(words) >= _NARROWEST and sum(bool(NUMBER.fullmatch(word)) for word in words) > 1:
        return "blanks"
    return "stacked" if len(line.strip()) <= _LONGEST_STACKED else ""


# Between these an empty cell leaves no trace.
_RAGGED = frozenset({"wide", "blanks"})
_CUTTERS = {"tabs": re.compile("\t"), "bars": _BARS, "wide": _WIDE_GAP, "blanks": _GAP}


def _cut(line: str, offset: int, gap: re.Pattern[str]) -> tuple[Cell, ...]:
    # A bar on one side alone is no frame: the cell beyond it is empty.
    framed = gap.pattern != "\t" and _FRAMED.fullmatch(line)
    inner = re.sub(rf"^\s*{_BAR}|{_BAR}\s*$", lambda frame: " " * len(frame[0]), line) if framed else line
    if gap.pattern != "\t" and gap is not _BARS:
        offset, inner = offset + len(inner) - len(inner.lstrip()), inner.strip()
    cells, start = [], 0
    for found in [*gap.finditer(inner), None]:
        end = found.start() if found else len(inner)
        cells.append(cell_of(inner[start:end], offset + start))
        start = found.end() if found else end
    return tuple(cells)


def _gathered(rows: tuple[tuple[Cell, ...], ...]) -> tuple[tuple[Cell, ...], ...]:
    """The rows, a name that is spread over its column in one cell: 合    计 in front of numbers, 项    目 above narrower rows."""
    rows = tuple(_spread(row) if any(map(is_number, row)) else row for row in rows)
    width = max((len(row) for row in rows if any(map(is_number, row))), default=0)
    return tuple(_spread(row) if len(row) > width > 0 else row for row in rows)


def _spread(row: tuple[Cell, ...]) -> tuple[Cell, ...]:
    letters = [*takewhile(lambda cell: len(cell.text) == 1 and not cell.text.isascii(), row)]
    if len(letters) < _FEWEST_LETTERS:
        return row
    return (Cell("".join(cell.text for cell in letters), letters[0].start, letters[-1].end), *row[len(letters) :])
