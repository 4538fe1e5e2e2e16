"""Reads the files an office filled in: every sheet of sheets.toml found in them, every fault named at once."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from selfeval.exceptions import InputRefused
from selfeval.knowledge import load
from selfeval.reading.document.sheets import read_sheets
from selfeval.reading.document.workbook import Sheet

from .checks import check_areas, check_repeats, doubt_amounts
from .entry import Entries, Entry
from .faults import Notebook, Told
from .heads import find_head
from .layout import Layout, explains, layout_of, layouts
from .names import same_names
from .rows import RowReader


def read_entries(paths: Iterable[Path]) -> Entries:
    """The rows filled in the given workbooks (.xlsx, .xls: sheets known by their titles) and .csv files (known by their names).

    Raises InputRefused, naming every fault with its file, sheet and cell, where a file is no table or holds none of the sheets, a sheet
    stands filled in two places, a head lacks a column, or a cell does not fit its column.
    """
    faults, remarks = Told(), Told()
    broken: list[str] = []
    found: dict[str, list[tuple[Notebook, list[Entry]]]] = {}
    for path in paths:
        try:
            sheets = read_sheets(Path(path), load("sheets")["reading"]["most_rows"])
        except InputRefused as refusal:
            broken += refusal.problems
            continue
        for layout, notes, entries in _known_sheets(Path(path), sheets, faults, remarks):
            found.setdefault(layout.key, []).append((notes, entries))
    _refuse_twice(found)
    problems = [*broken, *faults.sentences()]
    if problems:
        raise InputRefused(problems)
    rows = [entry for key in layouts() for _, entries in found.get(key, ()) for entry in entries]
    return Entries(tuple(same_names(rows, remarks)), tuple(remarks.sentences()))


def _known_sheets(path: Path, sheets: list[Sheet], faults: Told, remarks: Told) -> list[tuple[Layout, Notebook, list[Entry]]]:
    """The sheets of one file that are ours, with their rows; the others are named, a file with none of ours is a fault."""
    known = [(layout, sheet) for sheet in sheets if (layout := layout_of(sheet.name))]
    if not known:
        titles = "、".join(f"“{sheet.name}”" for sheet in sheets) or "没有工作表"
        wanted = "、".join(layout.title for layout in layouts().values())
        text = f"里面没有要填报的表，现有 {titles}；应有 {wanted} 中的一张"
        faults.add(path.name, "", "unknown", f"{text}：请检查工作表名称，或把它移出文件夹")
        return []
    for sheet in sheets:
        if sheet.cells and not layout_of(sheet.name) and not explains(sheet.name):
            remarks.add(path.name, sheet.name, "unknown", "不是要填报的表，没有读入")
    return [(layout, *_read(sheet, layout, Notebook(path.name, sheet.name, faults, remarks))) for layout, sheet in known]


def _read(sheet: Sheet, layout: Layout, notes: Notebook) -> tuple[Notebook, list[Entry]]:
    if not sheet.cells:
        notes.remark("empty", "是空的")
        return notes, []
    head = find_head(sheet, layout, notes)
    if head is None:
        return notes, []
    check_areas(sheet, head, notes)
    entries = list(RowReader(sheet, layout, head, notes).entries())
    check_repeats(entries, layout, notes)
    doubt_amounts(entries, layout, notes)
    return notes, entries


def _refuse_twice(found: dict[str, list[tuple[Notebook, list[Entry]]]]) -> None:
    """A sheet that is filled in two places is a fault: nobody can say which one counts."""
    for key, places in found.items():
        filled = [notes for notes, entries in places if entries]
        if len(filled) > 1:
            where = "、".join(f"{notes.file} 工作表“{notes.title}”" for notes in filled)
            files = "、".join(dict.fromkeys(notes.file for notes in filled))
            text = f"“{layouts()[key].title}”填了两处（{where}），不知以哪一处为准：请只留一处"
            filled[0].faults.add(files, "", "twice", text)
