"""Is this text a self-evaluation report at all? A work summary, or half a report, is refused before anything is made of it."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from .document import Document
from .exceptions import ReportIncomplete
from .figures import Figure

_AMOUNTS = ["target", "initial", "adjusted", "actual"]


def require_budget(document: Document, figures: Sequence[Figure], lines: pd.DataFrame) -> None:
    """Return when `lines` hold at least one amount.

    Raises ReportIncomplete otherwise; the message says what was read instead, so that a wrong file is told from a missing chapter.
    """
    if lines[_AMOUNTS].notna().any(axis=None):
        return
    if not document.text:
        raise ReportIncomplete("没有自评报告，填报表“预算执行”里也没有任何金额；请填写年初预算数、全年预算数和全年执行数，或放入自评报告")
    money = sum(figure.kind == "money" for figure in figures)
    raise ReportIncomplete(
        f"{document.name} 里没有找到预算收支内容：应有“绩效目标（或预算数）……万元，实际支出……万元”这样的表述，"
        f"现共读到 {len(figures)} 个数字，其中金额 {money} 个；请确认放入的是部门整体支出绩效自评报告全文"
    )
