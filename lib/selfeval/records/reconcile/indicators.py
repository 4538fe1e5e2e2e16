"""The indicators of the sheets, and behind them those that only the report prints."""

from __future__ import annotations

import pandas as pd

from selfeval.records.stated import name_key
from selfeval.tables import make_table, records_in


def merge_indicators(text: pd.DataFrame, sheets: pd.DataFrame) -> pd.DataFrame:
    """Return table indicators: the rows of `sheets`, then those of `text` that no sheet has, numbered on.

    One indicator is known by its project and name; a row without a name, an execution rate or a total by its level.
    """
    typed = records_in(sheets)
    known = {_key(row) for row in typed}
    others = [row for row in records_in(text) if _key(row) not in known]
    numbered = (row | {"indicator_id": f"i{number:03d}"} for number, row in enumerate(others, start=len(typed) + 1))
    return make_table("indicators", [*typed, *numbered])


def _key(row: dict[str, object]) -> tuple[str, str]:
    named = row["level1"] not in {"execution", "total"} and row["name"]
    return name_key(row["scope"]), name_key(row["name"]) if named else f"{row['level1']}/{row['level2']}"
