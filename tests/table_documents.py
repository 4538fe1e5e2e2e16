"""Small table documents written as text, and the files made of them: html, docx, xlsx and four kinds of plain text.

A source is TOML: what it is about, its kind, the error planted in it if there is one, and the document. In the document a line that begins
with a bar is a row of a table, `<` is a cell merged with the one at its left, `^` one merged with the one above; `---` begins a new sheet
or page; every other line is a paragraph.
"""

from __future__ import annotations

import tomllib
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from html import escape
from itertools import groupby
from pathlib import Path

import docx
import openpyxl

Row = list[str]
LEFT, UP, NEW_SHEET = "<", "^", "---"
PLAIN = ("tabs", "blanks", "bars", "lines")


@dataclass(frozen=True)
class Planted:
    """The one wrong cell of a document; `open` where nothing in the document tells which of the figures at odds is the wrong one."""

    cell: str
    right: str
    difference: Decimal
    open: bool = False


@dataclass(frozen=True)
class TableDocument:
    """A document of tables and paragraphs, not yet a file."""

    name: str
    about: str
    kind: str
    blocks: list[str | list[Row]]
    error: Planted | None = None

    def write(self, folder: Path) -> Path:
        """Make the file in `folder`."""
        path = folder / f"{self.name}.{'txt' if self.kind in PLAIN else self.kind}"
        if self.kind == "docx":
            _word(self.blocks, path)
        elif self.kind == "xlsx":
            _workbook(self.blocks, path)
        elif self.kind == "html":
            path.write_text(_page(self.blocks), encoding="utf-8")
        else:
            path.write_text("\n".join(_plain(self.blocks, self.kind)) + "\n", encoding="utf-8")
        return path


def load(path: Path) -> TableDocument:
    """The document of a source."""
    source = tomllib.loads(path.read_text(encoding="utf-8"))
    error = source.get("error")
    if error:
        error = Planted(error["cell"], error["right"], Decimal(error["difference"]), error.get("open", False))
    return TableDocument(path.stem, source["about"], source["kind"], _blocks(source["document"]), error)


def of_text(text: str, kind: str) -> TableDocument:
    """A document without error, of the text alone."""
    return TableDocument("made", "", kind, _blocks(text))


def _blocks(text: str) -> list[str | list[Row]]:
    blocks: list[str | list[Row]] = []
    for is_row, lines in groupby(text.strip("\n").split("\n"), key=lambda line: line.startswith("|")):
        if is_row:
            blocks.append([[cell.strip(" ") for cell in line[1:].rstrip().removesuffix("|").split("|")] for line in lines])
        else:
            blocks.extend(lines)
    return blocks


def _cells(rows: list[Row]) -> Iterator[tuple[int, int, int, int, str]]:
    """Row, column, height, width and text of every cell that is not merged into another."""
    for top, row in enumerate(rows):
        for left, text in enumerate(row):
            if text in {LEFT, UP}:
                continue
            width = next((n for n, beside in enumerate(row[left + 1 :], 1) if beside != LEFT), len(row) - left)
            below = [below[left] if left < len(below) else "" for below in rows[top + 1 :]]
            height = next((n for n, cell in enumerate(below, 1) if cell != UP), len(below) + 1)
            yield top, left, height, width, text


# ---- files ------------------------------------------------------------------------------------------------------------------------------


def _page(blocks: list[str | list[Row]]) -> str:
    body = "\n".join(_html_table(block) if isinstance(block, list) else f"<p>{escape(block)}</p>" for block in blocks if block != NEW_SHEET)
    return f'<!DOCTYPE html>\n<html lang="zh"><head><meta charset="utf-8"><title>表</title></head><body>\n{body}\n</body></html>\n'


def _html_table(rows: list[Row]) -> str:
    lines: list[str] = [""] * len(rows)
    for top, _, height, width, text in _cells(rows):
        spans = (f' rowspan="{height}"' if height > 1 else "") + (f' colspan="{width}"' if width > 1 else "")
        lines[top] += f"<td{spans}>{escape(text)}</td>"
    return "<table border=1>\n" + "\n".join(f"<tr>{line}</tr>" for line in lines) + "\n</table>"


def _word(blocks: list[str | list[Row]], path: Path) -> None:
    made = docx.Document()
    for block in blocks:
        if block == NEW_SHEET:
            made.add_page_break()
        elif isinstance(block, str):
            made.add_paragraph(block)
        else:
            table = made.add_table(len(block), max(map(len, block)))
            for top, left, height, width, text in _cells(block):
                cell = table.cell(top, left)
                if height > 1 or width > 1:
                    cell = cell.merge(table.cell(top + height - 1, left + width - 1))
                cell.text = text
    made.save(str(path))


def _workbook(blocks: list[str | list[Row]], path: Path) -> None:
    book = openpyxl.Workbook()
    sheet, top = book.active, 1
    for block in blocks:
        if block == NEW_SHEET:
            sheet, top = book.create_sheet(), 1
        elif isinstance(block, str):
            sheet.cell(top, 1, block)
            top += 1
        else:
            for row, left, height, width, text in _cells(block):
                _type_in(sheet.cell(top + row, left + 1), text)
                if height > 1 or width > 1:
                    sheet.merge_cells(start_row=top + row, start_column=left + 1, end_row=top + row + height - 1, end_column=left + width)
            top += len(block)
    book.save(path)


def _type_in(cell: openpyxl.cell.Cell, text: str) -> None:
    """Amounts are numbers with a format, as people type them; codes and words are text."""
    digits = text.replace(",", "").removesuffix("%")
    decimals = len(digits.partition(".")[2])
    plain = digits.removeprefix("-").replace(".", "", 1)
    is_number = plain.isdigit() and (decimals > 0 or not plain.startswith("0") or plain == "0")
    if not is_number:
        cell.value = text or None
        return
    places = "." + "0" * decimals if decimals else ""
    if text.endswith("%"):
        cell.value, cell.number_format = float(Decimal(digits) / 100), f"0{places}%"
    else:
        cell.value, cell.number_format = float(digits), ("#,##0" if "," in text else "0") + places


# ---- plain text -------------------------------------------------------------------------------------------------------------------------


def _plain(blocks: list[str | list[Row]], kind: str) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, str):
            yield "" if block == NEW_SHEET else block
        else:
            yield from _PRINTERS[kind]([["" if cell in {LEFT, UP} else cell for cell in row] for row in block])


def _tabs(rows: list[Row]) -> Iterator[str]:
    return ("\t".join(row) for row in rows)


def _lines(rows: list[Row]) -> Iterator[str]:
    return (cell for row in rows for cell in row)


def _bars(rows: list[Row]) -> Iterator[str]:
    for number, row in enumerate(rows):
        yield "| " + " | ".join(row) + " |"
        if number == 0:
            yield "|" + " --- |" * len(row)


def _blanks(rows: list[Row]) -> Iterator[str]:
    widths = [max(map(_width, column)) + 2 for column in zip(*rows, strict=True)]
    for row in rows:
        first, *others = (_fill(cell, width, at) for at, (cell, width) in enumerate(zip(row, widths, strict=True)))
        yield (first + "".join(others)).rstrip()


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)


def _fill(cell: str, width: int, column: int) -> str:
    """Names begin where their column begins, amounts end where it ends."""
    filler = " " * (width - _width(cell))
    return cell + filler if column == 0 else filler + cell


_PRINTERS = {"tabs": _tabs, "lines": _lines, "bars": _bars, "blanks": _blanks}
