"""What the look of a sheet hides: merged cells, hidden rows and columns, columns nobody knows, rows longer than the head."""

from __future__ import annotations

from bisect import bisect_left

from selfeval.reading.document.workbook import Sheet, cell_name

from .faults import Notebook, few
from .heads import Head


def check_areas(sheet: Sheet, head: Head, notes: Notebook) -> None:
    """Note what cannot be seen in the values themselves."""
    _merged(sheet, head, notes)
    _hidden(sheet, head, notes)
    _unknown(sheet, head, notes)


def _merged(sheet: Sheet, head: Head, notes: Notebook) -> None:
    """Merged cells among the entries are a fault: only the first of them holds a value, and nobody sees which row it belongs to."""
    filled = sorted(row for row, cells in sheet.cells.items() if row >= head.first and head.columns.keys() & cells.keys())
    for top, left, height, width in sheet.areas:
        among = any(left <= place < left + width for place in head.columns)
        at = bisect_left(filled, top)
        if among and at < len(filled) and filled[at] < top + height and not _is_note(sheet, top, head, width):
            area = f"{cell_name(top, left)}:{cell_name(top + height - 1, left + width - 1)}"
            notes.fault("merged", f"{area} 是合并单元格：请取消合并，每一行都填上内容", cell_name(top, left))


def _is_note(sheet: Sheet, row: int, head: Head, width: int) -> bool:
    """Whether the merged area is a note that takes its whole row."""
    return width > 1 and sum(place in sheet.cells.get(row, {}) for place in head.columns) <= 1


def _hidden(sheet: Sheet, head: Head, notes: Notebook) -> None:
    if sheet.hidden:
        notes.remark("hidden", "是隐藏的工作表，其中的内容也已读入")
    rows = [row for row in sorted(sheet.hidden_rows) if row >= head.first and head.columns.keys() & sheet.cells.get(row, {}).keys()]
    if rows:
        notes.remark("hidden", f"第 {few([row + 1 for row in rows])} 行是隐藏的，其中的内容也已读入")
    used = {place for row, cells in sheet.cells.items() if row >= head.first for place in cells}
    for place in sorted(sheet.hidden_columns & used & head.columns.keys()):
        column = cell_name(0, place).rstrip("1")
        notes.remark("hidden", f"第 {column} 列（{head.columns[place].head}）是隐藏的，其中的内容也已读入")


def _unknown(sheet: Sheet, head: Head, notes: Notebook) -> None:
    """Columns under a head nobody knows are named with what is lost; in text a comma too many shifts all that follows: a fault."""
    heads = sheet.cells[head.row]
    for place in sorted(head.ignored):
        rows = [row for row, cells in sorted(sheet.cells.items()) if row >= head.first and place in cells]
        if not rows:
            continue
        first = cell_name(rows[0], place)
        if sheet.delimited and place not in heads and place > max(heads):
            for row in rows:
                notes.fault(
                    "shifted", f"这一行比表头多出“{sheet.cells[row][place]}”，各格可能错位：请检查数字里的逗号", cell_name(row, place)
                )
            continue
        name = f"表头“{' '.join(heads[place].split())}”不认识" if place in heads else "上面没有表头"
        numbers = sum((row, place) in sheet.numbers for row in rows)
        what = f"{len(rows)} 格" + (f"（其中 {numbers} 个数字）" if numbers else "")
        notes.remark("unknown column", f"{name}，这一列的 {what}没有读入", first)
