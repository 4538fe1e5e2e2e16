"""Sheet 基础数据 → base_data: headcount, three public expenses, office funds, procurement, assets, carry-over, words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd

from ..entries import Entries, Entry
from ..knowledge import load
from ..tables import make_table
from .cells import Cells, sentence_of

_COLUMNS = {"last_actual": "last_figure", "budget": "budget_figure", "actual": "actual_figure"}
PROJECT = "project"
_FREE_SECTION = "projects"


def base_data_of(entries: Entries, cells: Cells) -> pd.DataFrame:
    """Return table base_data: one row an item of the sheet, `item_id` as in sheets.toml, `project` for a project named there.

    Amounts are in `unit`; an empty one is unknown.
    """
    return make_table("base_data", (_row(entry, cells) for entry in entries.of("base")))


def _row(entry: Entry, cells: Cells) -> dict[str, object]:
    known = _known(entry)
    return {
        "item_id": known["id"] if known else PROJECT,
        "section": entry.text("section"),
        "item": known["item"].removeprefix("其中：") if known else entry.text("item"),
        "unit": entry.text("unit") or (known.get("unit", "") if known else "万元"),
        "note": entry.text("note"),
        "source": "table",
        "sentence": sentence_of(entry),
        **{column: entry.number(column) for column in _COLUMNS},
        **{figure: cells.figure(entry, column) for column, figure in _COLUMNS.items()},
    }


def _known(entry: Entry) -> dict[str, Any] | None:
    """The row of sheets.toml that an entry fills; None for a project, which has a name of its own."""
    name = _plain(entry.text("item"))
    listed = [item for item in load("sheets")["sheet"]["base"]["item"] if item["section"] == entry.text("section")]
    return next((item for item in listed if name in _names(item)), None)


def _names(item: dict[str, Any]) -> Iterator[str]:
    yield from (_plain(name) for name in (item["item"], *item.get("also", ())))


def _plain(name: str) -> str:
    return "".join(name.split()).removeprefix("其中：").replace("(", "（").replace(")", "）")
