"""The sheet 基础数据 as the rates look things up in it: item by item (knowledge/sheets.toml), each with its three columns."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Any

import pandas as pd

from selfeval.knowledge import load
from selfeval.quantity import base_unit, unit_size
from selfeval.records.line_tree import Sum
from selfeval.tables import rows_in

_MONEY = "万元"


@dataclass(frozen=True)
class BaseData:
    """The rows of base_data; columns `last_actual` (上年决算), `budget` (本年预算), `actual` (本年决算), money in 万元."""

    rows: tuple[Any, ...] = ()

    @classmethod
    def of(cls, frame: pd.DataFrame | None) -> BaseData:
        """The rows of the table base_data, none where there is no such table."""
        return cls() if frame is None else cls(tuple(rows_in(frame)))

    def amount(self, item: str, column: str) -> Sum | None:
        """What stands in a column of an item; failing that, the sum of its parts, if every one of them is known."""
        stated = next((row for row in self._of(item) if getattr(row, column) is not None), None)
        if stated is not None:
            return Sum(_in_wan(getattr(stated, column), stated.unit), ((item, column),))
        parts = [self._whole_part(part, column) for part in _parts().get(item, ())]
        if not parts or any(part is None for part in parts):
            return None
        return Sum(sum((part.value for part in parts), Decimal(0)), tuple(pair for part in parts for pair in part.inputs))

    def nothing_there(self, *items: str) -> bool:
        """Whether the sheet says of one of the items that there is none (a remark that begins with 无), and has no figure of any."""
        rows = [row for item in items for row in self._of(item)]
        filled = any(getattr(row, column) is not None for row in rows for column in ("last_actual", "budget", "actual"))
        return not filled and any(row.note.strip().startswith("无") for row in rows)

    def _whole_part(self, item: str, column: str) -> Sum | None:
        """A part of another item; several rows may bear its id, as the projects do, and then all must be known."""
        rows = list(self._of(item))
        if len(rows) <= 1:
            return self.amount(item, column)
        if any(getattr(row, column) is None for row in rows):
            return None
        return Sum(sum((_in_wan(getattr(row, column), row.unit) for row in rows), Decimal(0)), ((item, column),))

    def _of(self, item: str) -> Iterator[Any]:
        return (row for row in self.rows if row.item_id == item)


def _in_wan(value: Decimal, unit: str) -> Decimal:
    return value * unit_size(unit) if base_unit(unit) == _MONEY else value


@cache
def _parts() -> dict[str, list[str]]:
    return {item["id"]: item["parts"] for item in load("sheets")["sheet"]["base"]["item"] if "parts" in item}
