"""Every quantity typed into a cell, as a row of figures.csv: what a printed figure is for a report, a cell is for a sheet."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

import pandas as pd

from selfeval.quantity import base_unit, in_base_unit
from selfeval.reading.figures import figure_id
from selfeval.records.entries import Column, Entries, Entry, layouts
from selfeval.tables import make_table

_QUALIFIED = "qualifier"


@dataclass(frozen=True)
class Cells:
    """The figures of the sheets: rows of figures.csv, and the id of the figure in each cell."""

    rows: tuple[dict[str, object], ...]
    ids: dict[tuple[str, int, str], str]

    def figure(self, entry: Entry, column: str) -> str:
        """The id of the figure in one cell; '' where the cell holds no quantity."""
        return self.ids.get((entry.sheet, entry.row, column), "")

    def table(self) -> pd.DataFrame:
        """The rows as a figures table; `start` and `end` stay empty, since a cell is no place in a text."""
        return make_table("figures", self.rows)


def read_cells(entries: Entries, first: int = 0) -> Cells:
    """Return the figures of `entries`, numbered on from `first` figures that are there already."""
    found = [(entry, column, value) for entry in entries.rows for column, value in entry.values.items() if isinstance(value, Decimal)]
    rows, ids = [], {}
    for index, (entry, column, value) in enumerate(found, start=first):
        ids[entry.sheet, entry.row, column] = figure_id(index)
        rows.append({"figure_id": figure_id(index), **_figure(entry, column, value)})
    return Cells(tuple(rows), ids)


def sentence_of(entry: Entry) -> str:
    """A row in words, as evidence: 工作表“预算执行”第 7 行：预算类别 一般公共预算；项目名称 …；全年执行数 5.68 万元."""
    parts = (f"{column.head} {_shown(entry, column)}" for column in layouts()[entry.sheet].columns if column.key in entry.shown)
    return f"{entry.place()}：{'；'.join(parts)}"


def unit_of(entry: Entry, column: str) -> str:
    """The unit a quantity of a column is in: that of the column, else what the row itself says."""
    return layouts()[entry.sheet].column(column).unit or entry.text("unit")


def _shown(entry: Entry, column: Column) -> str:
    shown = entry.shown[column.key]
    unit = unit_of(entry, column.key) if isinstance(entry.values.get(column.key), Decimal) else ""
    return f"{shown} {unit}" if unit and not shown.endswith(unit) else shown


def _figure(entry: Entry, column: str, value: Decimal) -> dict[str, object]:
    unit = unit_of(entry, column)
    return {
        "line": entry.row,
        "section": f"{entry.file} › {layouts()[entry.sheet].title}",
        "text": entry.shown[column],
        "value": value,
        "unit": unit,
        "amount": in_base_unit(value, unit),
        "base_unit": base_unit(unit),
        "qualifier": entry.text(_QUALIFIED) or "exact",
        "kind": "percent" if unit == "%" else "money" if base_unit(unit) == "万元" else "count",
        "measure": "".join(_names(entry, column)),
        "sentence": sentence_of(entry),
        "cell": entry.place(column),
    }


def _names(entry: Entry, column: str) -> Iterator[str]:
    """What the figure measures: the name of its row, then the head of its column."""
    yield next((entry.text(key) for key in ("name", "item", "indicator", "site", "type") if entry.text(key)), "")
    yield layouts()[entry.sheet].column(column).head
