"""Workbooks in Office Open XML (.xlsx): cells as shown, read row by row (ECMA-376 part 1, 18)."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

from selfeval.exceptions import InputRefused

from .number_format import BUILT_IN
from .package import Package, attribute, local_name, open_package
from .workbook import LAST_COLUMN, LAST_ROW, Allowance, Sheet, area_of, cell_name, cell_position

_MOST_SHEETS = 256
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_SHEET_PARTS = frozenset({"row", "mergeCell", "col"})


def read_xlsx(data: bytes, name: str, rows: int = LAST_ROW) -> list[Sheet]:
    """Every sheet with cells, in order. Raises InputRefused when the file is damaged, too large, or a sheet fills more than `rows`."""
    package = open_package(data, name)
    main = package.related("", "officeDocument") or "xl/workbook.xml"
    root = package.xml(main)
    book = _Book(package, main, root, Allowance(name, rows=rows))
    listed = [element for element in root.iter() if local_name(element) == "sheet"]
    if len(listed) > _MOST_SHEETS:
        raise InputRefused(f"{name} 有 {len(listed)} 张工作表，超过 {_MOST_SHEETS} 张的上限：请拆成几个文件再试")
    targets = package.relations(main)
    parts = [targets.get(attribute(element, "id") or "", "") for element in listed]
    if len(set(filter(None, parts))) < sum(map(bool, parts)):
        raise InputRefused(f"{name} 已损坏，几张工作表共用一份内容：请打开后另存一份再试")
    return [
        book.sheet(part, element.get("name", ""), hidden=element.get("state", "visible") != "visible")
        for part, element in zip(parts, listed, strict=True)
        if "worksheets/" in part
    ]


class _Book:
    """What all sheets share: strings, number formats, the first day of the calendar."""

    def __init__(self, package: Package, main: str, root: Element, allowance: Allowance) -> None:
        self._package = package
        self._allowance = allowance
        self._from_1904 = any(element.get("date1904") in {"1", "true"} for element in root.iter() if local_name(element) == "workbookPr")
        strings = package.related(main, "sharedStrings")
        self._strings = [_text_of(item) for item in package.elements(strings, frozenset({"si"}))] if strings else []
        styles = package.related(main, "styles")
        self._formats = _formats(package.xml(styles)) if styles else []

    def sheet(self, part: str, title: str, *, hidden: bool) -> Sheet:
        """Read one sheet; rows are dropped from memory as soon as they are read."""
        sheet = Sheet(title, self._allowance, hidden, from_1904=self._from_1904)
        number = -1
        for element in self._package.elements(part, _SHEET_PARTS, f"工作表“{title}”"):
            kind = local_name(element)
            if kind == "row":
                number = _index(element.get("r"), number + 1, LAST_ROW)
                self._row(element, number, sheet)
            elif kind == "mergeCell":
                area = area_of(element.get("ref", ""))
                sheet.areas += [area] if area else []
            elif element.get("hidden") in {"1", "true"}:
                first = _index(element.get("min"), 0, LAST_COLUMN)
                sheet.hidden_columns.update(range(first, _index(element.get("max"), first, LAST_COLUMN) + 1))
        return sheet

    def _row(self, element: Element, number: int, sheet: Sheet) -> None:
        if element.get("hidden") in {"1", "true"}:
            sheet.hidden_rows.add(number)
        column = -1
        for cell in element:
            position = cell_position(cell.get("r", ""))
            column = position[1] if position else column + 1
            self._cell(cell, number, column, sheet)

    def _cell(self, cell: Element, row: int, column: int, sheet: Sheet) -> None:
        kind = cell.get("t", "n")
        if kind == "inlineStr":
            sheet.put(row, column, _text_of(cell))
            return
        parts = {local_name(child): child.text or "" for child in cell}
        value = parts.get("v", "")
        if "f" in parts and not value and kind != "str":
            sheet.without_value.append(cell_name(row, column))
        if kind in {"s", "e", "b", "str", "d"}:
            sheet.put(row, column, self._text(kind, value))
        else:
            sheet.put_number(row, column, value, self._format(cell.get("s")))
        if kind == "e":
            sheet.errors.append(cell_name(row, column))

    def _text(self, kind: str, value: str) -> str:
        if kind == "s":
            return self._strings[int(value)] if value.strip().isdecimal() and int(value) < len(self._strings) else ""
        if kind == "b":
            return "TRUE" if value == "1" else "FALSE"
        return _unescaped(value)

    def _format(self, style: str | None) -> str:
        index = int(style) if style and style.isdecimal() else 0
        return self._formats[index] if index < len(self._formats) else "General"


def _index(text: str | None, default: int, last: int) -> int:
    """A row or column number counted from 1 as an index from 0."""
    return min(int(text), last) - 1 if text and text.isdecimal() and text.strip("0") else min(default, last - 1)


def _text_of(element: Element) -> str:
    """The text of a string item, its runs joined, without the phonetic guide."""
    pieces = []
    for child in element:
        kind = local_name(child)
        if kind == "t":
            pieces.append(child.text or "")
        elif kind in {"r", "is"}:
            pieces.append(_text_of(child))
    return _unescaped("".join(pieces))


def _unescaped(text: str) -> str:
    return _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text)


def _formats(root: Element) -> list[str]:
    """Cell style number → format code."""
    codes = {str(number): code for number, code in BUILT_IN.items()}
    for element in root.iter():
        if local_name(element) == "numFmt":
            codes[element.get("numFmtId", "")] = element.get("formatCode", "General")
    styles = next((child for child in root if local_name(child) == "cellXfs"), ())
    return [codes.get(style.get("numFmtId", "0"), "General") for style in styles]
