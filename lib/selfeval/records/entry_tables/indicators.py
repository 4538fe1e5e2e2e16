"""Sheet 绩效指标 → indicators: what was to be reached, what was reached, how much it weighs, what people scored."""

from __future__ import annotations

from decimal import Decimal

import pandas as pd

from selfeval.records.entries import Entries, Entry
from selfeval.tables import make_table

from .cells import Cells, sentence_of

DEPARTMENT = "department"


def indicators_of(entries: Entries, cells: Cells) -> pd.DataFrame:
    """Return table indicators: one row a filled row of the sheet, in its order (ids i001, i002 …).

    `scope` is `department`, or the project an indicator belongs to. `target` and `actual` are numbers where the cell holds one, their words
    stand in `target_text` and `actual_text` in any case. Whatever is not marked as left out is applicable.
    """
    return make_table("indicators", (_row(number, entry, cells) for number, entry in enumerate(entries.of("indicators"), start=1)))


def _row(number: int, entry: Entry, cells: Cells) -> dict[str, object]:
    return {
        "indicator_id": f"i{number:03d}",
        "scope": entry.text("scope") or DEPARTMENT,
        **{key: entry.text(key) for key in ("level1", "level2", "name", "nature", "unit", "band", "low_target", "reason")},
        "target": _number(entry, "target"),
        "target_text": entry.shown.get("target", ""),
        "actual": _number(entry, "actual"),
        "actual_text": entry.shown.get("actual", ""),
        **{key: entry.number(key) for key in ("weight", "stated_score")},
        "applicable": entry.text("applicable") or "yes",
        **{f"{key.removesuffix('_score')}_figure": cells.figure(entry, key) for key in ("target", "actual", "weight", "stated_score")},
        "source": "table",
        "sentence": sentence_of(entry),
    }


def _number(entry: Entry, column: str) -> Decimal | None:
    """The number in a column; of a qualitative indicator a number is only words."""
    return None if entry.text("nature") == "qualitative" else entry.number(column)
