"""Amounts in 万元 that look as if they were typed in 元, and percents that look like ratios: asked about, never changed."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from statistics import median

from selfeval.knowledge import load
from selfeval.quantity import plain

from .entry import Entry
from .faults import Notebook
from .layout import Layout
from .units import MONEY, same_unit


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
