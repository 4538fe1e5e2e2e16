"""A project is called the same in every sheet, however its name was spaced."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from .entry import Entry
from .faults import Told
from .layout import Column, bare, layouts
from .values import like


def same_names(entries: Iterable[Entry], remarks: Told) -> Iterator[Entry]:
    """The entries, each name that is one of another sheet's (`same_as`) as it was typed there first; one that is none is remarked."""
    entries = list(entries)
    known: dict[str, dict[str, str]] = {}
    for column in (column for layout in layouts().values() for column in layout.columns if column.same_as):
        sheet, _, key = column.same_as.partition(".")
        names = known.setdefault(column.same_as, {})
        for entry in entries:
            if entry.sheet == sheet and entry.text(key):
                names.setdefault(bare(entry.text(key)), entry.text(key))
    for entry in entries:
        yield _renamed(entry, known, remarks)


def _renamed(entry: Entry, known: dict[str, dict[str, str]], remarks: Told) -> Entry:
    for column in layouts()[entry.sheet].columns:
        source = column.same_as or f"{entry.sheet}.{column.key}"
        text = entry.text(column.key)
        if source not in known or not text:
            continue
        name = known[source].get(bare(text), "")
        if name:
            entry = replace(entry, values={**entry.values, column.key: name})
        elif known[source]:
            _ask(entry, column, list(known[source].values()), remarks)
    return entry


def _ask(entry: Entry, column: Column, names: list[str], remarks: Told) -> None:
    """A name that the other sheet does not have; rows of 基础数据 may name what ended the year before."""
    layout = layouts()[entry.sheet]
    if layout.items:
        return
    sheet = layouts()[column.same_as.partition(".")[0]].title
    near = like(entry.text(column.key), names)
    text = f"“{sheet}”里没有“{entry.text(column.key)}”" + (f"；是不是“{near}”？" if near else "，请核对名称")
    remarks.add(entry.file, layout.title, "name", text, entry.cells[column.key])
