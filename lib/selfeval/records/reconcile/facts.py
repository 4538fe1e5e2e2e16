"""Work facts of text and sheets: a number the sheets give replaces the same number of the text; ledgers come before typed numbers."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pandas as pd

from selfeval import words
from selfeval.knowledge import load
from selfeval.quantity import Quantity, base_unit, in_base_unit
from selfeval.records.findings import Numbers
from selfeval.tables import make_table, records_in

from .remark import Remarks

_EVENT = "disaster_event"
# An indicator with one row a kind; only rows of one kind are the same thing.
_BY_LABEL = frozenset({"permit_type"})

Row = dict[str, Any]


def merge_facts(text: pd.DataFrame, sheets: pd.DataFrame, remarks: Remarks) -> pd.DataFrame:
    """Return the facts of both, those of the sheets first; the text's own stay where no sheet speaks of them."""
    if not len(sheets):
        return text
    kept = _ledger_before_typed(records_in(sheets), remarks)
    homes = {_key(row): row for row in reversed(kept) if row["indicator"]}
    dates = {words.month_day(row["date"]) for row in kept if row["indicator"] == _EVENT}
    left = [row for row in records_in(text) if not _is_covered(row, homes, dates, remarks)]
    return make_table("work_facts", [*kept, *left])


def _key(row: Row) -> tuple[str, ...]:
    # 条, 处 and 项 of hazards say the same, 户 and 间 of houses do not.
    unit = "" if row["indicator"].startswith("hazards") else base_unit(row["unit"])
    return row["indicator"], row["sector"], row["label"] if row["indicator"] in _BY_LABEL else "", unit


def _ledger_before_typed(rows: list[Row], remarks: Remarks) -> list[Row]:
    """One row a key: what a ledger gives comes first, and a number typed for the same is held against it."""
    kept: dict[tuple[str, ...], Row] = {}
    free = []
    for row in rows:
        if not row["indicator"] or row["indicator"] == _EVENT:
            free.append(row)
        elif _key(row) not in kept:
            kept[_key(row)] = row
        else:
            _judge("ledger", row, kept[_key(row)], remarks)
    return [*kept.values(), *free]


def _is_covered(row: Row, homes: dict[tuple[str, ...], Row], dates: set[tuple[int, int] | None], remarks: Remarks) -> bool:
    if row["indicator"] == _EVENT and dates:
        _look_for_event(row, dates, remarks)
        return True
    home = homes.get(_key(row)) if row["indicator"] and row["value"] is not None else None
    if home is None:
        return False
    _judge("fact", row, home, remarks)
    return True


def _look_for_event(row: Row, dates: set[tuple[int, int] | None], remarks: Remarks) -> None:
    date = words.month_day(row["date"])
    if date is not None and date not in dates:
        remarks.add("event", "flag", figures=row["figure_id"].split(), date=words.date(row["date"]), label=row["label"])


def _judge(kind: str, row: Row, home: Row, remarks: Remarks) -> None:
    """Hold a number against the one that is kept; where they agree, the kept one takes over the figure as well."""
    name = f"{'' if row['sector'] in load('safety_metrics')['whole'] else words.sector(row['sector'])}{home['label']}"
    figures = [*row["figure_id"].split()[:1], *home["figure_id"].split()[:1]]
    if _agree(_quantity(row), _quantity(home)):
        remarks.agree(name, " ".join(figures))
        home["figure_id"] = f"{home['figure_id']} {row['figure_id']}".strip()
        return
    unit, sentence = base_unit(home["unit"]), home["sentence"]
    stated, recomputed = in_base_unit(row["value"], row["unit"]), in_base_unit(home["value"], home["unit"])
    remarks.add(kind, "differs", Numbers.of(stated, recomputed, unit, None), figures, name=name, sentence=sentence)


def _quantity(row: Row) -> Quantity:
    return Quantity.printed(in_base_unit(row["value"], row["unit"]), row["qualifier"])


def _agree(stated: Quantity, kept: Quantity) -> bool:
    """Can both be true: 200余 and 213 can, 200余 and 190 cannot; about is taken as within a tenth."""
    if "about" in {stated.bound, kept.bound}:
        return abs(stated.value - kept.value) <= max(abs(stated.value), abs(kept.value)) / Decimal(10)
    low = max((value for value in (stated.low, kept.low) if value is not None), default=None)
    high = min((value for value in (stated.high, kept.high) if value is not None), default=None)
    return low is None or high is None or low <= high
