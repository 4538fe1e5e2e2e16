"""What is looked for in a sheet as a whole: what its look hides, rows that say the same twice, amounts that look typed in another unit."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from decimal import Decimal
from statistics import median

from selfeval.knowledge import load
from selfeval.quantity import plain
from selfeval.reading.document.workbook import Sheet, cell_name

from .entry import Entry
from .faults import Notebook, few
from .heads import Head
from .layout import Layout, bare, item_of
from .units import MONEY, same_unit


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


def check_repeats(entries: Sequence[Entry], layout: Layout, notes: Notebook) -> None:
    """Two rows with the same key are a fault; both are named."""
    seen: dict[tuple[str, ...], Entry] = {}
    for entry in entries if layout.key_columns else ():
        key = tuple(_compared(entry, name, layout) for name in layout.key_columns)
        if not any(key):
            continue
        first = seen.setdefault(key, entry)
        if first is not entry:
            cell, other = _telling_cell(entry, layout), _telling_cell(first, layout)
            notes.fault("twice", f"与 {other} 重复（{_named(entry, layout)}）：同一内容只填一行，请合并或删去一行", cell)


def _compared(entry: Entry, name: str, layout: Layout) -> str:
    column = layout.column(name)
    text = bare(str(entry.values.get(name, "")))
    if layout.items and name == "item":
        item = item_of(entry.text("section"), entry.text("item"))
        return item.id if item else text
    return text or (column.key_default if column else "")


def _telling_cell(entry: Entry, layout: Layout) -> str:
    """The cell of the free text among the key columns, else of the last filled one."""
    filled = [name for name in layout.key_columns if name in entry.cells]
    texts = [name for name in filled if (column := layout.column(name)) and column.kind == "text"]
    return entry.cells[(texts or filled)[-1]] if filled else f"第 {entry.row} 行"


def _named(entry: Entry, layout: Layout) -> str:
    named = [(layout.column(name), entry.shown[name]) for name in layout.key_columns if name in entry.shown]
    return "、".join(f"{column.head}“{shown}”" for column, shown in named if column)


def doubt_amounts(entries: Sequence[Entry], layout: Layout, notes: Notebook) -> None:
    """Remark on every amount far beyond the others of its row or sheet, and on percents below one."""
    rows = [_amounts(entry, layout) for entry in entries]
    every = [value for row in rows for value in row.values() if value]
    rule = load("sheets")["reading"]["doubt"]
    if len(every) >= rule["enough"] and all(value >= rule["all_from"] and value == value.to_integral_value() for value in every):
        notes.remark("yuan", f"所有金额都不小于 {rule['all_from']} 且都是整数，疑为按元填的；应为{MONEY}，请核对")
        return
    middle = median(every) if len(every) > rule["enough"] else Decimal(0)
    for entry, row in zip(entries, rows, strict=True):
        for key, value in row.items():
            if why := _why(value, [other for name, other in row.items() if name != key], middle):
                notes.remark("yuan", f"“{entry.shown[key]}”{why}，疑为按元填的；应为{MONEY}，请核对", entry.cells[key])
    _doubt_ratios(entries, layout, notes)


def _amounts(entry: Entry, layout: Layout) -> dict[str, Decimal]:
    """The amounts of a row in 万元, by column."""
    own = same_unit(entry.text("unit"))
    amounts = {}
    for column in layout.columns:
        value = entry.number(column.key)
        if value is not None and (column.unit or own) == MONEY and column.kind != "number_or_text":
            amounts[column.key] = abs(value)
    return amounts


def _why(value: Decimal, others: list[Decimal], middle: Decimal) -> str:
    rule = load("sheets")["reading"]["doubt"]
    if value > rule["huge"]:
        return f"超过 {rule['huge']} {MONEY}"
    if any(other and rule["row_low"] <= value / other <= rule["row_high"] for other in others):
        return "是同一行另一个金额的几千到几万倍"
    return f"是本表金额中位数的 {rule['sheet']} 倍以上" if middle and value >= rule["sheet"] * middle else ""


def _doubt_ratios(entries: Sequence[Entry], layout: Layout, notes: Notebook) -> None:
    for entry in entries:
        for column in layout.columns:
            value = entry.number(column.key)
            unit = column.unit or ("%" if column.kind == "percent" else same_unit(entry.text("unit")))
            if column.holds_quantities and unit == "%" and value is not None and 0 < value < 1:
                perhaps = plain(value * 100)
                notes.remark("ratio", f"按 {value:f}% 读入；如果是 {perhaps:f}%，请填 {perhaps:f}", entry.cells[column.key])
