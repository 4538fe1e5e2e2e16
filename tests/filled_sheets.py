"""Makes workbooks and text files as an office might hand them in, right or broken. All bodies, projects and years are invented."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import openpyxl

from selfeval.records.entries import Entries, read_entries
from selfeval.records.entries.layout import layouts

FILE = "甲县水务局（虚构）.xlsx"


def heads(sheet: str) -> list[str]:
    """The heads of a sheet as they are printed, units in brackets."""
    return [f"{column.head}（{column.unit}）" if column.unit else column.head for column in layouts()[sheet].columns]


def row(sheet: str, **values: object) -> list[object]:
    """A row of a sheet with these values by column key."""
    return [values.get(column.key) for column in layouts()[sheet].columns]


def project(name: str = "水库巡查", **values: object) -> list[object]:
    """A row of 预算执行 for a project."""
    return row("budget", **{"book": "一般公共预算", "level": "项目支出", "item": name, "actual": 5, **values})


def filled(sheet: str, rows: Iterable[list[object]]) -> openpyxl.Workbook:
    """A workbook of one sheet: its heads in the first row, `rows` below."""
    book = openpyxl.Workbook()
    book.active.title = layouts()[sheet].title
    for cells in [heads(sheet), *rows]:
        book.active.append(cells)
    return book


def read(folder: Path, *books: openpyxl.Workbook, names: tuple[str, ...] = (FILE, "乙表.xlsx")) -> Entries:
    """What is read from these workbooks."""
    paths = [folder / name for name, _ in zip(names, books, strict=False)]
    for path, book in zip(paths, books, strict=True):
        book.save(path)
    return read_entries(paths)
