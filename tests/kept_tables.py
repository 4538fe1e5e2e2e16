"""The tables of the published report that are kept beside the tests, and how a table made anew is held against them."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from conftest import YEAR

GOLDEN = Path(__file__).parent / "golden" / str(YEAR)
# Ids number the rows of other tables: they shift with every row added there and say nothing about this one.
_IDS = {"finding_id", "figures", "inputs", "acknowledged"}


def comparable(table: pd.DataFrame, lines: pd.DataFrame, facts: pd.DataFrame) -> pd.DataFrame:
    """The table without numbers of rows: metrics are told of what a line or fact is called."""
    names = dict(zip(lines["line_id"], lines["item"], strict=True)) | dict(zip(facts["fact_id"], facts["label"], strict=True))
    shown = table.drop(columns=list(_IDS & set(table.columns)))
    return shown.assign(scope=[names.get(scope, scope) for scope in shown["scope"]]) if "metric" in shown else shown


def as_text(table: pd.DataFrame) -> str:
    """The table as it is kept."""
    return table.map(lambda cell: "" if cell is None else str(cell)).to_csv(index=False, lineterminator="\n")
