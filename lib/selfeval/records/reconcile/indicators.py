"""The indicators of the sheets, and behind them those that only the report prints."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd

from selfeval import words
from selfeval.records.entries import layouts
from selfeval.records.stated import name_key
from selfeval.tables import make_table, records_in

from .remark import Remarks

_SHEET = "indicators"
_POINT = "分"
# What is compared, with the column of its figure.
_NUMBERS = {"target": "target_figure", "actual": "actual_figure", "weight": "weight_figure", "stated_score": "stated_figure"}
_OF_MARKS = frozenset({"weight", "stated_score"})
Row = dict[str, Any]


def merge_indicators(text: pd.DataFrame, sheets: pd.DataFrame, remarks: Remarks) -> pd.DataFrame:
    """Return table indicators: the rows of `sheets`, then those of `text` that no sheet has, numbered on; `remarks` are told of every
    number that both have.

    One indicator is known by its project and name; a row without a name, an execution rate or a total by its level.
    """
    typed = records_in(sheets)
    known = {_key(row): row for row in reversed(typed)}
    others = []
    for printed in records_in(text):
        filled = known.get(_key(printed))
        others += [] if filled else [printed]
        for column in _shared(printed, filled) if filled else ():
            _compare(printed, filled, column, remarks)
    numbered = (row | {"indicator_id": f"i{number:03d}"} for number, row in enumerate(others, start=len(typed) + 1))
    return make_table("indicators", [*typed, *numbered])


def _key(row: Row) -> tuple[str, str]:
    named = row["level1"] not in {"execution", "total"} and row["name"]
    return name_key(row["scope"]), name_key(row["name"]) if named else f"{row['level1']}/{row['level2']}"


def _shared(printed: Row, filled: Row) -> Iterator[str]:
    """The columns in which both hold a number of one unit."""
    for column in _NUMBERS:
        if printed[column] is not None and filled[column] is not None and (column in _OF_MARKS or printed["unit"] == filled["unit"]):
            yield column


def _compare(printed: Row, filled: Row, column: str, remarks: Remarks) -> None:
    name, head = filled["name"] or words.choice(_SHEET, "level1", filled["level1"]), layouts()[_SHEET].column(column).head
    remarks.compare(
        f"{name}{head}",
        "line",
        printed[column],
        filled[column],
        unit=_POINT if column in _OF_MARKS else filled["unit"],
        figures=[printed[_NUMBERS[column]], filled[_NUMBERS[column]]],
        item=name,
        column=head,
        place=f"工作表“{layouts()[_SHEET].title}”",
    )
