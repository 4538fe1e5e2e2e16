"""Workbooks (.xlsx, .xls) and delimited text (.csv): every sheet in order, a row is a line, hidden and broken cells named."""

from __future__ import annotations

import csv
import io
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from selfeval.exceptions import InputRefused

from .characters import visible
from .content import Content, TextBuilder
from .grid import Grid, write_blocks
from .guard import COMPOUND_SIGNATURE, faults_refused, read_bytes, sniff
from .plain import LARGEST_LIST, decode, refuse_long
from .workbook import LAST_ROW, Allowance, Sheet, cell_name
from .xls import read_xls
from .xlsx import read_xlsx

_MOST_NAMED = 12
# Empty rows part paragraphs pasted into a sheet; a longer gap parts nothing more.
_MOST_EMPTY_ROWS = 2
_SEPARATORS = (",", "\t", ";", "，", "|")
_NEVER = "\x1f"
_SAMPLE, _SAMPLE_LINES = 4096, 400
_MOST_LINES, _MOST_SEPARATORS = 200_000, 500_000
_LONGEST_CELL = 60  # lines
_LEAST_AGREEMENT = 0.6


def read_workbook(data: bytes, name: str) -> Content:
    """Read every sheet of an .xlsx or .xls file into one text; each filled cell is printed as the sheet shows it.

    Raises InputRefused when the file is damaged, protected, empty, or holds formulas that were never calculated.
    """
    kind = "xls" if data.startswith(COMPOUND_SIGNATURE) else "xlsx"
    builder = TextBuilder()
    with faults_refused(name, "工作表"):
        sheets = read_xlsx(data, name) if kind == "xlsx" else read_xls(data, name)
        _refuse_uncalculated(sheets, name)
        for sheet in sheets:
            _write_sheet(sheet, builder, name)
    if not any(sheet.cells for sheet in sheets):
        raise InputRefused(f"{name} 的工作表都是空的：请放入有内容的表格后再试")
    return builder.content(kind, "utf-8" if kind == "xlsx" else "utf-16-le")


def read_sheets(path: Path, rows: int = LAST_ROW) -> list[Sheet]:
    """The sheets of a workbook, or the one of a .csv file (named as the file without its ending), cell by cell.

    For tables whose cells are checked one by one: formulas without a value stay, listed in their sheet. Raises InputRefused when the file
    is no table, damaged, protected, or a sheet fills more than `rows` rows.
    """
    data = read_bytes(path)
    kind = sniff(data, path.name)
    with faults_refused(path.name, "工作表"):
        if kind == "xlsx":
            return read_xlsx(data, path.name, rows)
        if kind == "xls":
            return read_xls(data, path.name, rows)
        if kind == "csv":
            return [_csv_sheet(data, path, rows)]
    raise InputRefused(f"{path.name} 不是表格：请另存为 .xlsx 或 .csv 后再试")


def _csv_sheet(data: bytes, path: Path, most: int) -> Sheet:
    sheet = Sheet(path.stem, Allowance(path.name, rows=most), delimited=True)
    for number, row in enumerate(_delimited(data, path.name, surely=True)[0]):
        for column, cell in enumerate(row):
            sheet.put(number, column, cell)
    return sheet


def read_csv(data: bytes, name: str) -> Content:
    """Read delimited text in any usual Chinese encoding into one text and one table; text without columns stays lines.

    Raises InputRefused when the text cannot be decoded.
    """
    rows, encoding = _delimited(data, name)
    builder = TextBuilder()
    grid = Grid(name=Path(name).stem)
    for number, row in enumerate(rows):
        for column, cell in enumerate(row or [""]):
            if cell.strip() or len(row) <= 1:
                grid.cells[number, column] = [cell.strip()]
    write_blocks([grid] if grid.cells else [], builder, name)
    builder.remarks += _uneven(rows)
    return builder.content("csv", encoding)


def _delimited(data: bytes, name: str, *, surely: bool = False) -> tuple[list[list[str]], str]:
    """The rows of delimited text and the encoding it was in; `surely`: it is a table, however uneven its rows."""
    # Most of a file with too many lines never becomes text.
    _refuse_too_many(data.count(b"\n"), max(data.count(mark) for mark in (b",", b"\t", b";")), name)
    refuse_long(data, name, LARGEST_LIST)
    text, encoding = decode(data, name)
    text = visible(text)
    separator = _separator(text)
    if surely and separator == _NEVER:
        separator = max(_SEPARATORS, key=text[:_SAMPLE].count)
    _refuse_too_many(text.count("\n"), text.count(separator), name)
    return _rows(text, separator), encoding


def _refuse_too_many(lines: int, separators: int, name: str) -> None:
    if lines > _MOST_LINES or separators > _MOST_SEPARATORS:
        raise InputRefused(f"{name} 超过 {_MOST_LINES} 行或 {_MOST_SEPARATORS} 格的上限：请只留报告用到的行列再试")


def _refuse_uncalculated(sheets: list[Sheet], name: str) -> None:
    places = [f"“{sheet.name}”{cell}" for sheet in sheets for cell in sheet.without_value]
    if places:
        raise InputRefused(f"{name} 里有 {len(places)} 个公式没有算出结果（{_few(places)}）：请用 Excel 或 WPS 打开并保存一次再试")


def _few(places: list[str]) -> str:
    return "、".join(places[:_MOST_NAMED]) + ("等" if len(places) > _MOST_NAMED else "")


def _write_sheet(sheet: Sheet, builder: TextBuilder, name: str) -> None:
    """Append one sheet, stretches of hidden rows labelled as such."""
    if not sheet.cells:
        return
    label = f"工作表“{sheet.name}”" + ("（隐藏）" if sheet.hidden else "")
    builder.mark(label)
    rows, columns = _row_places(sheet), _column_places(sheet)
    grid = Grid(name=sheet.name)
    for number, row in sheet.cells.items():
        for column, text in row.items():
            grid.cells[rows[number], columns[column]] = [text]
    for place in set(range(max(rows.values()))) - set(rows.values()):
        grid.cells[place, 0] = [""]
    grid.areas = list(_moved(sheet.areas, rows, columns))
    previous = False
    for number, place in rows.items():
        hidden = number in sheet.hidden_rows
        if hidden != previous:
            grid.leaves[place] = f"{label}隐藏的行" if hidden else label
        previous = hidden
    write_blocks([grid], builder, name)
    builder.remarks += _remarks(sheet)


def _row_places(sheet: Sheet) -> dict[int, int]:
    """Row → where it is printed: runs of empty rows are shortened to a gap."""
    places, previous, place = {}, min(sheet.cells) - 1, -1
    for row in sorted(sheet.cells):
        place += min(row - previous, _MOST_EMPTY_ROWS + 1)
        places[row] = place
        previous = row
    return places


def _column_places(sheet: Sheet) -> dict[int, int]:
    """Column → where it is printed: empty columns are closed up."""
    return {column: index for index, column in enumerate(sorted({column for row in sheet.cells.values() for column in row}))}


def _moved(areas: list[tuple[int, int, int, int]], rows: dict[int, int], columns: dict[int, int]) -> Iterator[tuple[int, int, int, int]]:
    """Merged areas in printed rows and columns; one whose first cell is empty has nothing to say."""
    row_numbers, column_numbers = list(rows), list(columns)
    for top, left, height, width in areas:
        if top in rows and left in columns:
            bottom = rows[row_numbers[bisect_left(row_numbers, top + height) - 1]]
            right = columns[column_numbers[bisect_left(column_numbers, left + width) - 1]]
            yield rows[top], columns[left], bottom - rows[top] + 1, right - columns[left] + 1


def _remarks(sheet: Sheet) -> list[str]:
    """What cannot be seen in the printed text: hidden parts, cells that show an error."""
    title = f"工作表“{sheet.name}”"
    remarks = []
    if sheet.hidden:
        remarks.append(f"{title}是隐藏的，其中的数字也已读入")
    rows = [str(row + 1) for row in sorted(sheet.hidden_rows & sheet.cells.keys())]
    if rows:
        remarks.append(f"{title}第 {_few(rows)} 行是隐藏的，其中的数字也已读入")
    used = {column for row in sheet.cells.values() for column in row}
    columns = [cell_name(0, column).rstrip("1") for column in sorted(sheet.hidden_columns & used)]
    if columns:
        remarks.append(f"{title}第 {_few(columns)} 列是隐藏的，其中的数字也已读入")
    if sheet.errors:
        remarks.append(f"{title}有 {len(sheet.errors)} 个单元格显示错误值（{_few(sheet.errors)}），没有数字可读")
    return remarks


def _separator(text: str) -> str:
    """The sign between the cells: the one by which most lines of the beginning fall into the same number of cells."""
    sample = "\n".join(text.split("\n", _SAMPLE_LINES)[:_SAMPLE_LINES])
    best, agreement = _NEVER, _LEAST_AGREEMENT
    for separator in _SEPARATORS:
        widths = Counter(len(row) for row in _rows(sample, separator) if any(row))
        width, count = max(widths.items(), key=lambda item: (item[1], item[0]), default=(0, 0))
        share = count / max(widths.total(), 1)
        if width > 1 and share > agreement:
            best, agreement = separator, share
    return best


def _rows(text: str, separator: str) -> list[list[str]]:
    """Rows of cells. Where a quotation mark opens and swallows line after line, it is a character like any other."""
    try:
        rows = list(csv.reader(io.StringIO(text), delimiter=separator))
    except csv.Error:
        rows = []
    if not rows or any(cell.count("\n") > _LONGEST_CELL for row in rows for cell in row):
        rows = [line.split(separator) for line in text.split("\n")]
    return [[_plain_cell(cell) for cell in row] for row in rows]


def _plain_cell(cell: str) -> str:
    """A cell without the ="…" that keeps Excel from turning a code into a number."""
    return cell[2:-1] if cell.startswith('="') and cell.endswith('"') and len(cell) > 3 else cell


def _uneven(rows: list[list[str]]) -> list[str]:
    """Name the rows that are longer than most: a separator inside a cell has shifted their columns."""
    widths = Counter(len(row) for row in rows if len(row) > 1)
    if not widths:
        return []
    usual = widths.most_common(1)[0][0]
    longer = [str(number) for number, row in enumerate(rows, 1) if len(row) > usual and any(cell.strip() for cell in row[usual:])]
    return [f"第 {_few(longer)} 行的格数多于其他行（应为 {usual} 格），列可能错位"] if longer else []
