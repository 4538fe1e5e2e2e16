"""Finds the head row of a sheet and says which column is which; titles, notes and units may stand above it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from selfeval.knowledge import load
from selfeval.reading.document.workbook import Sheet, cell_name

from .faults import Notebook
from .layout import Column, Layout, bare
from .units import MONEY, is_money, name_and_unit, stated_unit, without_brackets

_LEAST_KNOWN = 2


@dataclass(frozen=True, slots=True)
class Head:
    """Where the head stands (`row`), where the entries begin (`first`), the columns of the sheet by their place, the others.

    `ignored`: places under a head nobody knows, or under none; `checks`: places of our own checks, not looked at.
    """

    row: int
    first: int
    columns: Mapping[int, Column]
    ignored: frozenset[int]
    checks: frozenset[int]

    @property
    def width(self) -> int:
        """How many places the head takes, its last one included."""
        return max(self.columns, default=-1) + 1


def find_head(sheet: Sheet, layout: Layout, notes: Notebook) -> Head | None:
    """The head of the sheet; None, with a fault noted, where there is none or it lacks a column."""
    row = _head_row(sheet, layout)
    if row is None:
        _refuse_headless(sheet, layout, notes)
        return None
    named = {place: name_and_unit(text) for place, text in sheet.cells[row].items()}
    columns = _columns({place: name for place, (name, _) in named.items()}, layout, row, notes)
    _check_units(named, columns, row, notes)
    _check_notes_above(sheet, row, columns, notes)
    if not _complete(sheet, row, columns, layout, notes):
        return None
    checks = _checks(named, columns, sheet)
    used = {place for cells in sheet.cells.values() for place in cells}
    return Head(row, _first_entry(sheet, row), columns, frozenset(used - columns.keys() - checks), checks)


def _head_row(sheet: Sheet, layout: Layout) -> int | None:
    """The row near the top in which most columns of the sheet are named, if there are two at least."""
    rows = sorted(sheet.cells)[: load("sheets")["reading"]["head_within"]]
    known = {row: _known_in(sheet.cells[row], layout) for row in rows}
    best = max(rows, key=lambda row: (known[row], -row), default=None)
    return best if best is not None and known[best] >= min(_LEAST_KNOWN, len(layout.columns)) else None


def _known_in(cells: Mapping[int, str], layout: Layout) -> int:
    names = {name for text in cells.values() for name in _readings(name_and_unit(text)[0])}
    return sum(not names.isdisjoint(column.names) for column in layout.columns)


def _readings(name: str) -> tuple[str, str]:
    return name, without_brackets(name)


def _columns(names: Mapping[int, str], layout: Layout, row: int, notes: Notebook) -> dict[int, Column]:
    """Place → column: by the printed head first, by another name where that is not there; two places for one column are a fault."""
    columns: dict[int, Column] = {}
    for column in layout.columns:
        places = _places(names, column.names[:1], columns) or _places(names, column.names[1:], columns)
        if len(places) > 1:
            cells = "、".join(cell_name(row, place) for place in places)
            notes.fault("twice", f"有 {len(places)} 列都是“{column.head}”（{cells}）：请只留一列", cell_name(row, places[1]))
        if places:
            columns[places[0]] = column
    return columns


def _places(names: Mapping[int, str], wanted: tuple[str, ...], taken: Mapping[int, Column]) -> list[int]:
    return [place for place, name in names.items() if place not in taken and any(reading in wanted for reading in _readings(name))]


def _check_units(named: Mapping[int, tuple[str, str]], columns: Mapping[int, Column], row: int, notes: Notebook) -> None:
    """A head that names another unit than the column has is a fault: what is typed below is of another size."""
    for place, column in columns.items():
        name, unit = named[place]
        expected = column.unit or (MONEY if is_money(unit) else "")
        if column.holds_quantities and unit and expected and unit != expected:
            text = f"表头“{name}”的单位为{unit}，应为{expected}：请把这一列换算成{expected}，再改表头"
            notes.fault("head unit", text, cell_name(row, place))


def _check_notes_above(sheet: Sheet, row: int, columns: Mapping[int, Column], notes: Notebook) -> None:
    """A note above the head that names another unit of money is a fault as well."""
    if not any(is_money(column.unit) for column in columns.values()):
        return
    for above in (number for number in sheet.cells if number < row):
        for place, text in sheet.cells[above].items():
            unit = stated_unit(text)
            if unit and unit != MONEY:
                notes.fault("head unit", f"表头单位为{unit}，应为{MONEY}：请把金额换算成{MONEY}再填", cell_name(above, place))


def _complete(sheet: Sheet, row: int, columns: Mapping[int, Column], layout: Layout, notes: Notebook) -> bool:
    """Whether every column that must be filled is there, and one at least that holds what the sheet is for."""
    there = {column.key for column in columns.values()}
    missing = [column for column in layout.columns if column.required and column.key not in there]
    if not missing and there <= layout.printed:
        missing = [column for column in layout.columns if column.key not in layout.printed and column.holds_quantities]
    if missing:
        found = "、".join(" ".join(text.split()) for _, text in sorted(sheet.cells[row].items()))
        heads = "".join(f"“{column.head}”" for column in missing)
        text = f"表头缺少{heads}列；应有：{_expected(layout)}；第 {row + 1} 行现为：{found}"
        notes.fault("head", f"{text}。请改正表头，不要改名或删列", cell_name(row, min(sheet.cells[row])))
    return not missing


def _refuse_headless(sheet: Sheet, layout: Layout, notes: Notebook) -> None:
    row = min(sheet.cells)
    found = "、".join(" ".join(text.split()) for _, text in sorted(sheet.cells[row].items()))
    text = f"找不到表头；应有：{_expected(layout)}；第 {row + 1} 行现为：{found}。请补上表头一行，或用 selfeval new-year 重新建表"
    notes.fault("head", text, cell_name(row, min(sheet.cells[row])))


def _expected(layout: Layout) -> str:
    return "、".join(f"{column.head}（{column.unit}）" if column.unit else column.head for column in layout.columns)


def _checks(named: Mapping[int, tuple[str, str]], columns: Mapping[int, Column], sheet: Sheet) -> frozenset[int]:
    """The places of our own checks: from their head on, right of all other columns, as far as no other head begins."""
    head = bare(load("sheets")["reading"]["check_head"])
    last = max(columns, default=-1)
    start = next((place for place, (name, _) in sorted(named.items()) if place > last and name.startswith(head)), None)
    if start is None:
        return frozenset()
    used = {place for cells in sheet.cells.values() for place in cells if place >= start}
    other = min((place for place, (name, _) in named.items() if place > start and not name.startswith(head)), default=max(used) + 1)
    return frozenset(range(start, other))


def _first_entry(sheet: Sheet, row: int) -> int:
    """The row below the head; a head whose cells are merged downwards ends where the lowest of them ends."""
    bottoms = [top + height for top, _, height, _ in sheet.areas if top <= row < top + height]
    return max([row + 1, *bottoms])
