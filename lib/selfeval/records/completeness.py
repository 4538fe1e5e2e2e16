"""Is this text a self-evaluation report at all? A work summary, or half a report, is refused before anything is made of it."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from selfeval.exceptions import ReportIncomplete
from selfeval.reading.document import Document
from selfeval.reading.figures import Figure
from selfeval.reading.kind import kind_of
from selfeval.records.line_tree import COLUMNS
from selfeval.tables import rows_in


def has_budget(lines: pd.DataFrame) -> bool:
    """Whether a table of budget lines holds at least one amount."""
    return any(getattr(line, column) is not None for line in rows_in(lines) for column in COLUMNS)


def require_budget(document: Document, figures: Sequence[Figure], lines: pd.DataFrame) -> None:
    """Return when `lines` hold at least one amount; `figures` are those of the text, or the rows of their table.

    Raises ReportIncomplete otherwise; the message says what was read instead, so that a wrong file is told from a missing chapter.
    """
    if kind_of(document) == "template":
        raise ReportIncomplete(f"{document.name} 是空白模板，单位、金额等内容还没有填写；请换成填好的文件")
    if has_budget(lines):
        return
    if not document.text:
        raise ReportIncomplete("没有自评报告，填报表“预算执行”里也没有任何金额；请填写年初预算数、全年预算数和全年执行数，或放入自评报告")
    money = sum(figure.kind == "money" for figure in figures)
    raise ReportIncomplete(
        f"{document.name} 里没有找到预算收支内容：应有“绩效目标（或预算数）……万元，实际支出……万元”这样的表述，"
        f"现共读到 {len(figures)} 个数字，其中金额 {money} 个；请确认放入的是部门整体支出绩效自评报告全文"
    )
