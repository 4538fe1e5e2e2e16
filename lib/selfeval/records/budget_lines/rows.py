"""Finds the rows of tables in a text: cells parted by tabs, bars or blanks, or standing one under the other."""

from __future__ import annotations

import re
from collections.abc import Iterator

from selfeval.knowledge import load
from selfeval.reading.document import Cell

from .wording import flatten, pattern

Row = list[Cell]

_NUMBER = re.compile(r"[-−－+]?\d[\d,，]*(?:\.\d+)?(?:%|万元|亿元|元)?")
_WIDE_GAP = re.compile(r"[ \u00a0]{2,}|\u3000+")
_GAP = re.compile(r"[ \u00a0\u3000]+")
_FRAME = re.compile(r"^\s*[|｜]|[|｜]\s*$")
_PROSE = re.compile("[，。；！？]")
_LONGEST_STACKED = 30


def is_number(text: str) -> bool:
    """Is the cell nothing but a number, with its unit or percent sign at most?"""
    return bool(_NUMBER.fullmatch(flatten(text).replace("，", ",")))


def is_empty(text: str) -> bool:
    """Does the cell hold nothing, or only a dash or stroke?"""
    return bool(re.fullmatch(load("budget")["table"]["empty"], text))


def line_row(line: str, offset: int) -> Row:
    """The cells of a line that begins at `offset`; empty when the line is no table row.

    Tabs and bars part cells in any line; blanks only where no sentence is spoken and at least two numbers, or two column heads, stand.
    """
    if "\t" in line:
        return _cut(line, offset, re.compile("\t"))
    if line.count("|") + line.count("｜") > 1:
        inner = _FRAME.sub("", line)
        return _cut(inner, offset + line.find(inner), re.compile("[|｜]"))
    if _PROSE.search(line) or not _GAP.search(line.strip()):
        return []
    row = _cut(line.strip(), offset + len(line) - len(line.lstrip()), _WIDE_GAP if _WIDE_GAP.search(line.strip()) else _GAP)
    speaking = sum(is_number(cell.text) or bool(pattern("table", "heads").search(cell.text)) for cell in row)
    return row if len(row) > 2 and speaking > 1 else []


def stacked_rows(lines: list[tuple[int, str]]) -> list[Row]:
    """Rows of a table whose cells stand one under the other: heads first, then as many cells a row; empty when that does not fit."""
    first = next((index for index, (_, text) in enumerate(lines) if is_number(text)), 0)
    start = next((index for index, (_, text) in enumerate(lines[:first]) if flatten(text) in load("budget")["table"]["name_heads"]), first)
    width = first - start - 1
    if width < 2 or not any(pattern("table", "heads").search(text) for _, text in lines[start:first]):
        return []
    cells = [Cell(text, offset, offset + len(text)) for offset, text in lines[start:]]
    rows = [cells[index : index + width] for index in range(0, len(cells), width)]
    body = rows[1:]
    even = [row for row in body if len(row) == width and not is_number(row[0].text) and any(is_number(cell.text) for cell in row[1:])]
    return [rows[0], *even] if even and body[: len(even)] == even else []


def stacks(lines: list[tuple[int, str]]) -> Iterator[list[tuple[int, str]]]:
    """Runs of short lines that speak no sentence: what a table looks like when each cell has become a line."""
    run: list[tuple[int, str]] = []
    for offset, line in [*lines, (0, "。")]:
        text = line.strip()
        if not text:
            continue
        if len(text) <= _LONGEST_STACKED and not _PROSE.search(text) and "\t" not in line:
            run.append((offset + len(line) - len(line.lstrip()), text))
            continue
        if len(run) > 5:
            yield run
        run = []


def _cut(line: str, offset: int, gap: re.Pattern[str]) -> Row:
    row, start = [], 0
    for match in [*gap.finditer(line), None]:
        end = match.start() if match else len(line)
        raw = line[start:end]
        text = raw.strip()
        begin = offset + start + len(raw) - len(raw.lstrip())
        row.append(Cell(text, begin, begin + len(text)))
        start = match.end() if match else end
    return row
