"""Tables typed as text: columns parted by tabs, by bars or by aligned blanks, or one cell a line as a form pasted from a web page."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import groupby, takewhile
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
# What stands in a stack of cells is short; a stack is a table of even rows where it has two of three columns, or four of two.
_LONGEST_STACKED, _NARROWEST, _NARROWEST_STACK, _WIDEST_STACK, _FEWEST_PAIRS = 30, 3, 2, 30, 4
# A line that only states whose, or of which unit, what follows is.
_CAPTION = re.compile("[^：:]{0,12}[：:].*|[（(][^（）()]*[）)]")
# A line with so many numbers between blanks is a row, though one of its cells holds a sentence.
_COUNTED, _MOST_COUNTED_IN_SENTENCE = re.compile("[≥≤<>＜＞]?\\d[\\d.．,%％]{0,12}[\u4e00-\u9fff]{0,2}"), 3
_ENUMERATOR = re.compile("[①-⑳]|[（(]?[一二三四五六七八九十\\d]{1,3}[）)、．.]")
# Codes of subjects stand before the name of their row where a head says that there are codes; so do units behind it.
_CODES = re.compile(r"(?:\d{3}|\d{5}|\d{7})(?: \d{2}){0,2}")
_CODE_HEAD, _UNIT_HEAD = re.compile("编码|代码|^[类款项]$"), re.compile("^(?:计量|计算)?单位$")
_LONGEST_UNIT, _MOST_CODES = 4, 3
# 156,211,123 一、公共服务支出: two cells that share a line of a stack.
_NUMBER_AND_NAME = re.compile(rf"((?:{_NUMBER.pattern})[ \u00a0\u3000]+)(\D.*)")

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
            rows = _with_names(rows) if kind == "blanks" else rows
            is_table = len(rows) > 1 or (kind == "tabs" and any(_is_number(cell) for row in rows for cell in row))
            tables += [Table("", rows, is_ragged=kind in _RAGGED)] if is_table else []
        elif kind == "stacked":
            tables += _stacked([cell for offset, line in run for cell in _cells_of(line, offset)])
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
    """How the cells of each line are parted; heads go with the rows below, a label alone on a line between two rows with them."""
    kinds = [_kind(line) for _, line in lines]
    for place in reversed(range(len(kinds) - 1)):
        if kinds[place] in {"stacked", ""} and kinds[place + 1] == "blanks" and _may_be_heads(lines[place][1]):
            kinds[place] = "blanks"
    for place in range(1, len(kinds) - 1):
        before, after = kinds[place - 1], kinds[place + 1]
        begins = place == 1 or kinds[place - 2] != before
        if kinds[place] == "stacked" and before == after and _is_label(lines[place][1].strip(), lines[place - 1][1] if begins else ""):
            kinds[place] = before
    return kinds


def _may_be_heads(line: str) -> bool:
    return not _SENTENCE.search(line) and len(_GAP.split(line.strip())) >= _NARROWEST


def _is_label(line: str, heads: str) -> bool:
    """Whether a line is a row merged into one cell, or states the unit between the heads of a table and its rows."""
    return line[-1] in "：:" or (bool(heads) and not re.search(r"\d", heads) and bool(_CAPTION.fullmatch(line)))


def _kind(line: str) -> str:
    """How the cells of a line are parted; "stacked" where it may itself be a cell, "" where it speaks."""
    if "\t" in line.strip():
        return "" if _LABELS.fullmatch(line.strip()) else "tabs"
    if len(_BARS.findall(line)) > 1:
        return "bars"
    if _SENTENCE.search(line) and sum(bool(_COUNTED.fullmatch(word)) for word in _GAP.split(line)) <= _MOST_COUNTED_IN_SENTENCE:
        return ""
    cells = _WIDE_GAP.split(line.strip())
    if len(cells) >= _NARROWEST or (len(cells) > 1 and any(map(_NUMBER.fullmatch, cells))):
        return "wide"
    words = _GAP.split(line.strip())
    if len(words) >= _NARROWEST and sum(bool(_NUMBER.fullmatch(word)) for word in words) > 1:
        return "blanks"
    return "stacked" if len(line.strip()) <= _LONGEST_STACKED else ""


# Between these an empty cell leaves no trace.
_RAGGED = frozenset({"wide", "blanks"})
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


def _with_names(rows: Sequence[_Row]) -> tuple[_Row, ...]:
    """The rows, numbering and codes that stand before a name made one cell with it."""
    coded = any(_CODE_HEAD.search(cell.text) for cell in rows[0])
    return tuple(_with_name(row, coded=coded) for row in rows)


def _with_name(row: _Row, *, coded: bool) -> _Row:
    last = next((place for place, cell in enumerate(row) if _HAN.search(cell.text) and not _ENUMERATOR.fullmatch(cell.text)), 0)
    before = " ".join(cell.text for cell in row[:last])
    if not (_ENUMERATOR.fullmatch(before) or (coded and _CODES.fullmatch(before))):
        return row
    return (Cell(f"{before} {row[last].text}", row[0].start, row[last].end), *row[last + 1 :])


def _cells_of(line: str, offset: int) -> Iterator[Cell]:
    """The cells of one line of a stack: one, or a number and the name of the next row."""
    both = _NUMBER_AND_NAME.fullmatch(line.strip())
    if not both:
        yield _cell(line, offset)
        return
    start = offset + len(line) - len(line.lstrip())
    yield _cell(both[1], start)
    yield _cell(both[2], start + len(both[1]))


def _stacked(cells: list[Cell]) -> list[Table]:
    """The table of a stack of cells: even rows under heads, else names with the numbers behind them; none where it has no numbers."""
    first = next((place for place, cell in enumerate(cells) if _is_number(cell)), 0)
    if not first:
        return []
    for width in range(_NARROWEST_STACK, min(first, _WIDEST_STACK)):
        start = first - 1 - width
        rows = [tuple(cells[at : at + width]) for at in range(start, len(cells), width)]
        kept = [rows[0], *_even(rows[1:])]
        if start >= 0 and len(kept) > (2 if width >= _NARROWEST else _FEWEST_PAIRS):
            rest = _records(cells[start + width * len(kept) :], cells[:first])
            return [Table("", (*kept, *rest), is_ragged=True)]
    records = _records(cells, cells[:first])
    begin = next(place for place, row in enumerate(records) if len(row) > 1)
    heads = _heads([row[0] for row in records[:begin]], max(map(len, records)))
    return [Table("", (*heads, *records[begin:]), is_ragged=True)]


def _is_number(cell: Cell) -> bool:
    return bool(_NUMBER.fullmatch(cell.text))


def _records(cells: Sequence[Cell], heads: Sequence[Cell]) -> list[_Row]:
    """The rows of a stack whose empty cells left no trace: a name, and whatever stands before the next."""
    coded, measured = (any(head.search(cell.text) for cell in heads) for head in (_CODE_HEAD, _UNIT_HEAD))
    rows: list[list[Cell]] = []
    for place, cell in enumerate(cells):
        named = rows and (_is_number(cell) or (measured and len(rows[-1]) == 1 and _is_unit(cell, cells[place + 1 : place + 2])))
        if named:
            rows[-1].append(cell)
            continue
        codes = _codes_behind(rows[-1]) if coded and rows else 0
        row = _with_name((*(rows[-1][len(rows[-1]) - codes :] if codes else ()), cell), coded=coded)
        if codes:
            del rows[-1][-codes:]
        rows.append([*row])
    return [tuple(row) for row in rows if row]


def _is_unit(cell: Cell, following: Sequence[Cell]) -> bool:
    return len(cell.text) <= _LONGEST_UNIT and any(map(_is_number, following))


def _codes_behind(row: Sequence[Cell]) -> int:
    """How many cells at the end of a row are the codes of the next."""
    fitting = (count for count in range(_MOST_CODES, 0, -1) if _CODES.fullmatch(" ".join(cell.text for cell in row[-count:])))
    return next(fitting, 0)


def _heads(above: Sequence[Cell], width: int) -> list[_Row]:
    """The heads of a stack of rows up to `width` cells wide; none where their number does not fit, or panels repeat them."""
    heads: list[Cell] = []
    for cell in above:
        if heads and _CAPTION.fullmatch(cell.text) and cell.text[0] in "（(":
            heads[-1] = Cell(heads[-1].text + cell.text, heads[-1].start, cell.end)
        else:
            heads = [] if _CAPTION.fullmatch(cell.text) else [*heads, cell]
    return [tuple(heads)] if len({head.text for head in heads}) == len(heads) == width else []


def _cell(raw: str, offset: int) -> Cell:
    """What stands between blanks in `raw`, which begins at `offset`."""
    text = raw.strip()
    start = offset + len(raw) - len(raw.lstrip())
    return Cell(text, start, start + len(text))


def _even(rows: list[_Row]) -> list[_Row]:
    """The rows up to the first that is no name with numbers, or has numbers in other places than the first."""
    pattern = [*map(_is_number, rows[0])]
    named = not pattern[0] and any(pattern)
    return [*takewhile(lambda row: [*map(_is_number, row)] == pattern and _HAN.search(row[0].text), rows)] if named else []
