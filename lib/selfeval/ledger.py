"""The ledger of figures: which line, fact or finding uses each printed figure, and which figures nobody uses yet."""

from __future__ import annotations

import re
from collections import defaultdict

import pandas as pd

_FIGURE_ID = re.compile(r"\bf\d{4,}\b")
# Where each table says on which figures a row rests.
_REFERENCES = (
    ("line_id", ("target_figure", "initial_figure", "adjusted_figure", "actual_figure")),
    ("fact_id", ("figure_id",)),
    ("finding_id", ("figures",)),
)


def mark_used(figures: pd.DataFrame, lines: pd.DataFrame, facts: pd.DataFrame, findings: pd.DataFrame) -> pd.DataFrame:
    """Return the figures table with `used_by` filled: the ids of the rows that use the figure, in reading order, parted by blanks.

    An empty cell means that nothing rests on the figure yet; the report counts and shows those.
    """
    users: dict[str, list[str]] = defaultdict(list)
    for table, (own_id, columns) in zip((lines, facts, findings), _REFERENCES, strict=True):
        for row in table[[own_id, *columns]].itertuples(index=False):
            for figure in dict.fromkeys(_FIGURE_ID.findall(" ".join(row[1:]))):
                users[figure].append(row[0])
    return figures.assign(used_by=[" ".join(users[figure]) for figure in figures["figure_id"]])
