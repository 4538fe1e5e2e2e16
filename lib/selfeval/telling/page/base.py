"""What the sheet 基础数据 adds to the money: three public expenses beside last year and the budget, and the common rates."""

from __future__ import annotations

from functools import cache

from markupsafe import Markup

from selfeval import words
from selfeval.knowledge import load

from .indicators import remarks, scored
from .markup import Table, TableRow, joined, said
from .report import Report, Row
from .values import ABSENT, computed, marks, typed

_COLUMNS = ("last_actual", "budget", "actual")
_WHOLE = "three_public"
# Said where the whole is told already.
_TOLD = frozenset({"official_execution_rate", "indicator_points", "total_points"})


# ---- three public expenses --------------------------------------------------------------------------------------------------------------


def public_sentences(report: Report) -> list[Markup]:
    """What the three public expenses came to, how they changed, and how much of the budget they took; empty without their row."""
    row = report.base(_WHOLE)
    if row is None or all(getattr(row, column) is None for column in _COLUMNS):
        return []
    parts = [
        said("“三公经费”本年决算 {}", typed(row, "actual", unit=row.unit)),
        said("本年预算 {}", typed(row, "budget", unit=row.unit)),
        said("上年决算 {}", typed(row, "last_actual", unit=row.unit)),
    ]
    for name in ("three_public_control_rate", "three_public_change_rate"):
        metric = report.metric(name) or report.gap(name)
        if metric:
            parts.append(said("{label} {value}", label=metric.label.replace("“三公经费”", ""), value=computed(metric)))
    return [joined(parts, "，") + "。"]


def public_table(report: Report) -> Table | None:
    """The three public expenses by kind: last year, budget, this year."""
    rows = [row for row in report.base_data if row.section == _WHOLE]
    entries = [TableRow(_public_cells(report, row)) for row in rows]
    heads = ("经费", "上年决算数（万元）", "本年预算数（万元）", "本年决算数（万元）", "说明", "核对")
    return Table("“三公经费”的上年决算、本年预算和本年决算", heads, entries, frozenset({1, 2, 3})).without_blanks() if rows else None


def _public_cells(report: Report, row: Row) -> list[object]:
    unit = "" if row.unit == "万元" else row.unit
    amounts = [typed(row, column, unit=unit) if getattr(row, column) is not None else ABSENT for column in _COLUMNS]
    figures = f"{row.last_figure} {row.budget_figure} {row.actual_figure}"
    return [_indented(row), *amounts, row.note or "—", marks(report, figures) or "—"]


def _indented(row: Row) -> Markup | str:
    """The item, moved in under the one it is part of."""
    depth = _depth(row.item_id)
    return said('<span class="{}">{}</span>', "part deep" if depth > 1 else "part", row.item) if depth else row.item


@cache
def _depth(item: str) -> int:
    """How many wholes an item is part of (knowledge/sheets.toml)."""
    whole = next((entry["id"] for entry in load("sheets")["sheet"]["base"]["item"] if item in entry.get("parts", ())), "")
    return 1 + _depth(whole) if whole else 0


# ---- common rates -----------------------------------------------------------------------------------------------------------------------


def rates_table(report: Report) -> Table | None:
    """The common rates of departments that can be had, with the marks the rule set gives for them; none without the sheet 基础数据."""
    if not report.base_data:
        return None
    marked = {row.inputs.partition(".")[0]: row for row in report.scores if row.part == "band"}
    known = [row for row in report.budget if row.scope in words.SCOPES and row.scope != "projects" and _is_known(row, marked)]
    entries = [TableRow(_rate_cells(row, marked.get(row.metric)), _score_anchor(marked.get(row.metric))) for row in known]
    heads = ("指标和算法", "本年", "测算得分", "计分和说明")
    table = Table(_caption(is_marked=bool(marked)), heads, entries, frozenset({1, 2}), prose=frozenset({3}))
    return table.without_blanks() if entries else None


def _is_known(row: Row, marked: dict[str, Row]) -> bool:
    """Whether there is a value or, where the body says it has no such thing, marks for it."""
    if row.metric in _TOLD:
        return False
    own = marked.get(row.metric)
    return row.status == "computed" or (own is not None and own.status == "computed")


def _caption(*, is_marked: bool) -> str:
    return "部门共性指标" + ("；得分是模拟测算，不计入自评总分" if is_marked else "")


def _rate_cells(row: Row, own: Row | None) -> list[object]:
    points = "—" if own is None else scored(own)
    if own is not None and own.weight is not None:
        points = said("{points} / {weight}", points=points, weight=words.number(own.weight))
    notes = remarks(row.note if row.status == "computed" else "", own.note if own is not None else "")
    told = "；".join(filter(None, (own.formula if own is not None else "", notes)))
    return [said("{label}<br><small>{formula}</small>", label=row.label, formula=row.formula), computed(row), points, told or "—"]


def _score_anchor(own: Row | None) -> str:
    return own.score_id if own is not None else ""
