"""Sheet 基础数据 against what the text says of the same: headcount, three public expenses, procurement, assets."""

from __future__ import annotations

import pandas as pd

from selfeval.knowledge import load
from selfeval.records.budget_lines import plain_name
from selfeval.records.entries import layouts
from selfeval.tables import rows_in

from .remark import Remarks

# Head counts stand among the work facts of a report.
_FACTS = {"posts": "posts", "staff": "staff"}
_COLUMNS = {"budget": ("adjusted", "initial", "target"), "actual": ("actual",)}
_UNIT = "万元"


def compare_base(lines: pd.DataFrame, facts: pd.DataFrame, base: pd.DataFrame, remarks: Remarks) -> None:
    """Remark on every amount of `base` that the text's `lines` or `facts` state otherwise; the sheet's row stands as it is."""
    named = {plain_name(line.item): line for line in rows_in(lines)}
    for row in rows_in(base):
        line = named.get(plain_name(row.item))
        if line is not None and row.unit == _UNIT:
            _compare_line(row, line, remarks)
        if row.item_id in _FACTS and row.actual is not None:
            _compare_fact(row, facts, remarks)


def _compare_line(row: object, line: object, remarks: Remarks) -> None:
    for column, sources in _COLUMNS.items():
        value = getattr(row, column)
        source = next((name for name in sources if getattr(line, name) is not None), "")
        if value is None or not source:
            continue
        head = load("reconcile")["columns"][column]
        figures = [*getattr(line, f"{source}_figure").split()[:1], getattr(row, f"{column}_figure")]
        remarks.compare(
            f"{row.item}{head}",
            "line",
            getattr(line, source),
            value,
            unit=_UNIT,
            figures=figures,
            item=row.item,
            column=head,
            place=f"工作表“{layouts()['base'].title}”",
        )


def _compare_fact(row: object, facts: pd.DataFrame, remarks: Remarks) -> None:
    stated = [fact for fact in rows_in(facts) if fact.indicator == _FACTS[row.item_id] and fact.qualifier == "exact"]
    values = {fact.value for fact in stated if fact.value is not None}
    if len(values) == 1:
        fact = stated[0]
        figures = [fact.figure_id, row.actual_figure]
        remarks.compare(row.item, "fact", fact.value, row.actual, unit=row.unit, figures=figures, sentence=row.sentence)
