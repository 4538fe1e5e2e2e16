"""Workbooks of Excel 97 to 2003 (.xls): cells as shown, taken apart by xlrd, which alone keeps number formats, merged and hidden cells."""

from __future__ import annotations

import io

import xlrd
from xlrd.compdoc import CompDoc

from selfeval.exceptions import InputRefused

from .number_format import BUILT_IN
from .workbook import LAST_ROW, Allowance, Sheet, cell_name

_BIFF8 = 80
_MOST_SHEETS = 256
_PASSWORD = "encrypted"  # noqa: S105  a word of xlrd's refusal


def stream_names(data: bytes) -> set[str]:
    """The names of the streams in the root storage of a compound file."""
    entries = CompDoc(data, logfile=io.StringIO()).dirlist
    return {entries[number].name for number in entries[0].children}


def read_xls(data: bytes, name: str, rows: int = LAST_ROW) -> list[Sheet]:
    """Every worksheet, in order. Raises InputRefused when the file is protected, too old or a sheet fills more than `rows`."""
    try:
        book = xlrd.open_workbook(file_contents=data, formatting_info=True, ragged_rows=True, on_demand=True, logfile=io.StringIO())
    except xlrd.XLRDError as fault:
        if _PASSWORD in str(fault):
            raise InputRefused(f"{name} 加了密码：请打开后去掉密码，重新保存再试") from fault
        raise
    if book.biff_version < _BIFF8:
        raise InputRefused(f"{name} 是 Excel 95 或更早的工作簿：请用 Excel 或 WPS 打开，另存为 .xlsx 后再试")
    if book.nsheets > _MOST_SHEETS:
        raise InputRefused(f"{name} 有 {book.nsheets} 张工作表，超过 {_MOST_SHEETS} 张的上限：请拆成几个文件再试")
    allowance = Allowance(name, rows=rows)
    # xlrd knows the formats that Excel has built in as they are in English; what the file writes of them counts more.
    codes = BUILT_IN | {entry.format_key: entry.format_str for entry in book.format_list}
    return [_sheet(book, number, codes, allowance) for number in range(book.nsheets)]


def _sheet(book: xlrd.Book, number: int, codes: dict[int, str], allowance: Allowance) -> Sheet:
    found = book.sheet_by_index(number)
    sheet = Sheet(found.name, allowance, hidden=found.visibility != 0, from_1904=book.datemode == 1)
    for row in range(found.nrows):
        for column, cell in enumerate(found.row(row)):
            if cell.ctype in {xlrd.XL_CELL_NUMBER, xlrd.XL_CELL_DATE}:
                style = cell.xf_index
                code = codes.get(book.xf_list[style].format_key, "General") if style < len(book.xf_list) else "General"
                sheet.put_number(row, column, format(cell.value, ".15g"), code)
            else:
                _put(sheet, row, column, cell)
    sheet.areas = [(top, left, bottom - top, right - left) for top, bottom, left, right in found.merged_cells]
    sheet.hidden_rows = {row for row, layout in found.rowinfo_map.items() if layout.hidden}
    sheet.hidden_columns = {column for column, layout in found.colinfo_map.items() if layout.hidden}
    book.unload_sheet(number)
    return sheet


def _put(sheet: Sheet, row: int, column: int, cell: xlrd.sheet.Cell) -> None:
    if cell.ctype == xlrd.XL_CELL_TEXT:
        sheet.put(row, column, cell.value)
    elif cell.ctype == xlrd.XL_CELL_BOOLEAN:
        sheet.put(row, column, "TRUE" if cell.value else "FALSE")
    elif cell.ctype == xlrd.XL_CELL_ERROR:
        sheet.errors.append(cell_name(row, column))
        sheet.put(row, column, xlrd.error_text_from_code.get(cell.value, "#ERROR!"))
