"""A report's findings in a few lines of plain text, for the terminal and the log."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

import pandas as pd

from selfeval import words
from selfeval.records.completeness import has_budget
from selfeval.tables import rows_in

_SHOWN = ("differs", "flag")
_WEIGHT = ("high", "medium", "low", "info")
_MOST_SHOWN = 30


def summary_of(tables: Mapping[str, pd.DataFrame]) -> list[str]:
    """Lines that say what was read, how the checks ended, and what does not agree, weightiest first."""
    figures, lines, facts = tables["figures"], tables["budget_lines"], tables["work_facts"]
    quantities = int(figures["amount"].notna().sum())
    verdicts = Counter(tables["findings"]["verdict"])
    counts = "，".join(f"{label} {verdicts[verdict]} 项" for verdict, label in words.VERDICTS.items())
    return [
        f"读到数量 {quantities} 个，预算与支出 {len(lines)} 行，工作事实 {len(facts)} 件",
        *_nothing_read(lines),
        f"自动核对 {sum(verdicts.values())} 项：{counts}",
        *_doubts(tables["findings"]),
    ]


def template_told(sources: pd.DataFrame) -> str:
    """What is said of an empty template instead of findings: which file it is, and what to do."""
    file = rows_in(sources)[0]
    named = f"{file.name} 是空白模板{f'《{file.title}》' if file.title else ''}"
    return f"{named}：单位、金额等内容还没有填写，没有可以核对的；请换成填好的文件再核对"


def _nothing_read(lines: pd.DataFrame) -> list[str]:
    """A warning where not one amount was read: another document perhaps, or one whose text did not come through whole."""
    if has_budget(lines):
        return []
    return ["注意：没有读到任何预算收支；请确认这是自评报告、预算、决算或自评表的全文，并对照原文检查文字是否完整"]


def _doubts(findings: pd.DataFrame) -> list[str]:
    open_rows = [row for row in rows_in(findings) if row.verdict in _SHOWN and not row.acknowledged]
    open_rows.sort(key=lambda row: (_WEIGHT.index(row.severity), _SHOWN.index(row.verdict)))
    shown = [
        f"  【{words.SEVERITIES[row.severity]}】{words.VERDICTS[row.verdict]}：{_said(row)}{_place(row)}" for row in open_rows[:_MOST_SHOWN]
    ]
    left = len(open_rows) - len(shown)
    return [*shown, f"  另有 {left} 项，见报告"] if left > 0 else shown


def _said(row: object) -> str:
    """What a finding says in one line; of a remark on the material all have the same title, and the message says it."""
    return row.message if row.family == "source" else row.title


def _place(row: object) -> str:
    return f"（{words.place(row.line, row.page)}）" if row.line else ""
