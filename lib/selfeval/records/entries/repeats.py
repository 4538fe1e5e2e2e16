"""Rows that say the same thing twice."""

from __future__ import annotations

from collections.abc import Sequence

from .entry import Entry
from .faults import Notebook
from .layout import Layout, bare, item_of


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
