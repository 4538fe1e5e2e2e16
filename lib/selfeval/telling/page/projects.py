"""The projects one by one: what was budgeted and spent, over and under, and the three aggregates that have to be read together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pandas as pd
from markupsafe import Markup

from selfeval import words
from selfeval.telling import charts

from .markup import Table, TableRow, chart, joined, said
from .origin import origin
from .reasons import reason_of
from .report import Report, Row
from .standing import sections
from .values import amount, computed, leading, marks

# One bar alone compares nothing; of more projects than can be taken in only the first few are drawn.
_LEAST_BARS, _ALL_BARS, _FIRST_BARS = 2, 8, 6


def project_sentences(report: Report) -> list[Markup]:
    """How many projects, aimed at and spent in all, over and under, and how many reached which rate."""
    projects = report.projects()
    if not projects:
        return [said("{}里没有读到逐项列出的项目支出。", report.says)] if report.lines else []
    basis = report.basis_of(projects)
    count, net = report.metric("projects_count"), report.metric("projects_net_deviation", basis=basis)
    budget = report.metric("projects_budget_sum", basis=basis) or report.gap("projects_budget_sum")
    actual = report.metric("projects_actual_sum") or report.gap("projects_actual_sum")
    aims = said("{basis}合计 {budget}，", basis=words.basis(basis), budget=computed(budget)) if budget else "没有读到各项目的目标，"
    sentences = [said("{count}项目，{aims}实际支出合计 {actual}。", count=computed(count), aims=aims, actual=computed(actual))]
    over, short = (report.metric(name, basis=basis) for name in ("projects_overrun", "projects_shortfall"))
    if net and over and short and over.value and short.value:
        sentences[0] += said(
            "其中超支 {over}、少支 {short}，一增一减几乎看不出来：净差只有 {net}。" if abs(net.value) * 10 < over.value + short.value
            else "其中超支 {over}、少支 {short}，净差 {net}。",
            over=computed(over), short=computed(short), net=computed(net, sign=True),
        )  # fmt: skip
    return [*sentences, *_bands(report, basis)]


_BANDS = (
    ("projects_at_or_over_100", "达到或超过 100%"),
    ("projects_80_to_100", "在 80% 至 100% 之间"),
    ("projects_60_to_80", "在 60% 至 80% 之间"),
    ("projects_under_60", "不足 60%"),
)


def _bands(report: Report, basis: str) -> list[Markup]:
    """How many projects reached which rate."""
    found = [(report.metric(name, basis=basis), words_) for name, words_ in _BANDS]
    parts = [said("{count}{band}", count=computed(metric), band=band) for metric, band in found if metric and metric.value]
    return [said("按执行率看，{parts}。", parts=joined(parts))] if parts else []


def _project_rows(report: Report) -> list[dict[str, object]]:
    projects = report.projects()
    basis = report.basis_of(projects)
    rows = []
    for line in projects:
        rate, deviation = (report.metric(name, line.line_id, basis) for name in ("execution_rate", "deviation"))
        rows.append(
            {
                "item": line.item,
                "target": getattr(line, basis),
                "actual": line.actual,
                "difference": deviation.value if deviation else None,
                "rate": rate.value if rate else None,
                "figures": (getattr(line, f"{basis}_figure"), line.actual_figure),
                "initial": line.initial if basis == "adjusted" and line.initial != line.adjusted else None,
            }
        )
    return sorted(rows, key=lambda row: (row["target"] is None and row["actual"] is None, -(row["target"] or row["actual"] or 0)))


def project_chart(report: Report) -> Markup:
    """The projects against their budget, largest first; of many those that lie furthest beside it, for the table has them all."""
    rows = _project_rows(report)
    if sum(bool(row["target"] or row["actual"]) for row in rows) < _LEAST_BARS:
        return Markup("")
    basis, shown = words.basis(report.basis_of(report.projects())), _furthest(rows)
    caption = f"{_chosen(rows, shown, basis)}数字见项目明细表。"
    if any(row["initial"] is not None for row in shown):
        caption += "年中调整过的项目，竖线是年初预算数。"
    return chart(
        "projects", lambda frame, *, narrow: charts.projects(frame, narrow=narrow, target=basis), pd.DataFrame(shown),
        f"各项目{basis}与实际支出对照图，{len(shown)} 个项目，数字见项目明细表。", caption,
        origin(report, (ids for row in shown for ids in row["figures"])),
    )  # fmt: skip


def _furthest(rows: list[dict[str, object]]) -> list[dict[str, object]]:
    """The rows to draw, in their order: all, or of many those furthest beside their budget, where there is none the largest."""
    if len(rows) <= _ALL_BARS:
        return rows
    first = sorted(rows, key=lambda row: -abs(row["difference"] or 0))[:_FIRST_BARS]
    return [row for row in rows if any(row is each for each in first)]


def _chosen(rows: list[dict[str, object]], shown: list[dict[str, object]], basis: str) -> str:
    """What is drawn and how to read it."""
    if all(row["target"] is None for row in rows):
        which = f"，只画最大的 {len(shown)} 个" if len(shown) < len(rows) else ""
        return f"单位：万元。没有读到各项目的目标，只画实际支出{which}。"
    which = f"只画离{basis}最远的 {len(shown)} 个项目（共 {len(rows)} 个）。" if len(shown) < len(rows) else ""
    return f"单位：万元。{which}每行依次是实际支出 / {basis}、执行率、差额。"


def project_table(report: Report) -> Table | None:
    """Every project with its budget, what was spent, the reason given and the audit's marks; the sources of its money stand under it."""
    projects = report.projects()
    if not projects:
        return None
    basis = report.basis_of(projects)
    budgets = budget_columns(projects, basis)
    heads = (
        "项目", *(f"{words.basis(column)}（万元）" for column in budgets), "实际支出（万元）", "差额（万元）", "执行率",
        f"{report.says}说明的原因", "核对",
    )  # fmt: skip
    anchors = sections(report)
    rows = [
        row
        for line in projects
        for row in (_project_row(report, line, budgets, basis, anchors), *_source_rows(report, line, budgets, basis))
    ]
    caption = f"各项目的{'目标' if basis == 'target' else '预算'}、实际支出、执行率和原因，按{report.says}的顺序"
    if len(budgets) > 1:
        caption += f"；差额和执行率对{words.basis(basis)}"
    numeric = frozenset(range(1, len(budgets) + 4))
    return Table(caption, heads, rows, numeric, prose=frozenset({len(budgets) + 4})).without_blanks()


def budget_columns(lines: Iterable[Row], basis: str) -> list[str]:
    """The budget columns to show: `basis`, and each other one that says something else of some line."""
    lines = list(lines)
    return [
        column
        for column in ("target", "initial", "adjusted")
        if column == basis or any(getattr(line, column) not in {None, getattr(line, basis)} for line in lines)
    ]


def _project_row(report: Report, line: Row, budgets: list[str], basis: str, anchors: Mapping[str, str]) -> TableRow:
    """A project; where it has indicators of its own, its name leads to them."""
    deviation = report.metric("deviation", line.line_id, basis)
    silent = Markup('<span class="absent">没有说明</span>') if deviation and deviation.value else "—"
    reason = reason_of(report, line) or silent
    name = leading(anchors.get(line.item, ""), line.item)
    return TableRow([name, *_money(report, line, budgets, basis), reason, marks(report, line.actual_figure) or "—"])


def _source_rows(report: Report, line: Row, budgets: list[str], basis: str) -> list[TableRow]:
    """The parts of a project by where the money comes from."""
    return [
        TableRow(
            [
                said('<span class="part">其中：{}</span>', child.item),
                *_money(report, child, budgets, basis),
                reason if (reason := reason_of(report, child)) and reason not in line.reason else "—",
                marks(report, child.actual_figure) or "—",
            ]
        )
        for child in report.sources_of(line)
    ]


def _money(report: Report, line: Row, budgets: list[str], basis: str) -> list[object]:
    rate, deviation = (report.metric(name, line.line_id, basis) for name in ("execution_rate", "deviation"))
    return [
        *(amount(line, column, unit=False) if column == basis or getattr(line, column) is not None else "—" for column in budgets),
        amount(line, "actual", unit=False),
        computed(deviation, short=True, sign=True) if deviation else "—",
        computed(rate) if rate else "—",
    ]


_AGGREGATES = (
    ("projects_net_rate", "净执行率", "超支与少支互相抵消后的结果。接近 100% 不等于每个项目都按{basis}花钱。"),
    ("projects_capped_rate", "封顶加权执行率", "每个项目最多按 100% 计，超支不能补别的项目的少支：{basis}中真正落实的比例。"),
    ("projects_gross_deviation_rate", "总偏差率", "不论多花还是少花，偏离{basis}的金额合计占{basis}的比例：越小越接近。"),
)


def aggregates(report: Report) -> list[dict[str, object]]:
    """The three aggregates that have to be read together: value, name, formula, meaning."""
    basis = report.basis_of(report.projects())
    rows = ((report.metric(name, basis=basis) or report.gap(name), title, meaning) for name, title, meaning in _AGGREGATES)
    return [
        {"value": computed(row), "title": title, "formula": row.formula, "meaning": meaning.format(basis=words.basis(basis))}
        for row, title, meaning in rows
        if row is not None
    ]


def aggregates_gap(report: Report) -> Markup:
    """Why none of the three can be computed, in one sentence; empty where one can."""
    gaps = [(report.gap(name), title) for name, title, _ in _AGGREGATES]
    known = [(gap, title) for gap, title in gaps if gap is not None]
    basis = report.basis_of(report.projects())
    if not known or any(report.metric(name, basis=basis) for name, *_ in _AGGREGATES):
        return Markup("")
    return said("{titles}{why}。", titles=words.joined(title for _, title in known), why=computed(known[0][0]))


def aggregates_note(report: Report) -> Markup:
    """How much money lies beside the budget in all, a sentence; empty where that cannot be told."""
    gross = report.metric("projects_gross_deviation")
    basis = words.basis(report.basis_of(report.projects()))
    return said("偏离{basis}的金额合计 {gross}。", basis=basis, gross=computed(gross)) if gross else Markup("")
