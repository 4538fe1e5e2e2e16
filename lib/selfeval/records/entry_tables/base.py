"""Sheet 基础数据 → base_data: headcount, three public expenses, office funds, procurement, assets, carry-over, words."""

from __future__ import annotations

import pandas as pd

from selfeval.records.entries import Entries, Entry, item_of
from selfeval.tables import make_table

from .cells import Cells, sentence_of

_COLUMNS = {"last_actual": "last_figure", "budget": "budget_figure", "actual": "actual_figure"}
PROJECT = "project"


def base_data_of(entries: Entries, cells: Cells) -> pd.DataFrame:
    """Return table base_data: one row an item of the sheet, `item_id` as in sheets.toml, `project` for a project named there.

    Amounts are in `unit`; an empty one is unknown.
    """
    return make_table("base_data", (_row(entry, cells) for entry in entries.of("base")))


def _row(entry: Entry, cells: Cells) -> dict[str, object]:
    known = item_of(entry.text("section"), entry.text("item"))
    return {
        "item_id": known.id if known else PROJECT,
        "section": entry.text("section"),
        "item": known.item.removeprefix("其中：") if known else entry.text("item"),
        "unit": entry.text("unit") or (known.unit if known else "万元"),
        "note": entry.text("note"),
        "source": "table",
        "sentence": sentence_of(entry),
        **{column: entry.number(column) for column in _COLUMNS},
        **{figure: cells.figure(entry, column) for column, figure in _COLUMNS.items()},
    }
