"""The ledger of figures: which row uses each printed figure, and which figures nobody uses yet."""

from __future__ import annotations

import re
from collections import defaultdict

import pandas as pd

from selfeval.tables import rows_in

_FIGURE_ID = re.compile(r"\bf\d{4,}\b")


def mark_used(
    figures: pd.DataFrame,
    lines: pd.DataFrame,
    facts: pd.DataFrame,
    findings: pd.DataFrame,
    indicators: pd.DataFrame | None = None,
    base_data: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Return the figures table with `used_by` filled: the ids of the rows that use the figure, table by table, parted by blanks.

    The first column of each table names its rows; its columns that end in `figure` or `figures` say on which figures a row rests. An
    empty cell means that nothing rests on the figure yet; the report counts and shows those.
    """
    users: dict[str, list[str]] = defaultdict(list)
    for table in (lines, facts, indicators, base_data, findings):
        for row, held in _references(table):
            for figure in dict.fromkeys(_FIGURE_ID.findall(held)):
                users[figure].append(row)
    # pandas would part the table into columns to put one in place.
    cells = figures.to_numpy(dtype=object, copy=True)
    own, used_by = map([*figures.columns].index, ("figure_id", "used_by"))
    cells[:, used_by] = [" ".join(users[figure]) for figure in cells[:, own]]
    return pd.DataFrame(cells, columns=figures.columns, dtype=object, copy=False)


def _references(table: pd.DataFrame | None) -> list[tuple[str, str]]:
    if table is None:
        return []
    holding = [place for place, column in enumerate(table.columns) if column.endswith(("figure", "figures", "figure_id"))]
    return [(row[0], " ".join(row[place] for place in holding)) for row in rows_in(table)]
