"""The chapter on money: what was aimed at, what was spent, by project, of what the total is made, what the other funds are."""

from __future__ import annotations

import pandas as pd
from markupsafe import Markup

from .. import charts, words
from .markup import Block, Table, TableRow, block, chart, joined, said
from .report import Report, Row
from .values import ABSENT, amount, computed, marks, size

# More rows than this would not fit a printed page.
_ROWS_A_CHART = 16


def budget_chapter(report: Report) -> Block:
    """The chapter 钱怎么花的 of `report`."""
    return block(
        "budget",
        total=[*total_sentences(report), *_remainder_sentences(report)],
        composition=_composition(report),
        projects=_project_sentences(report),
        project_charts=_project_charts(report),
        project_table=_project_table(report),
        aggregates=aggregates(report),
        aggregates_note=_aggregates_note(report),
        basic=_basic_table(report),
        basic_sentences=_basic_sentences(report),
        other=_other_table(report),
        other_sentences=_other_sentences(report),
    )


# ---- the whole --------------------------------------------------------------------------------------------------------------------------


def total_sentences(report: Report) -> list[Markup]:
    """What was aimed at and spent in all, and whether the official rate can be had."""
    total = report.total()
    if total is None:
        return [Markup("报告没有列出部门整体的目标和支出总额。")]
    return [_against_basis(report, total), *_official(report)]


def _against_basis(report: Report, line: Row) -> Markup:
    """绩效目标 … 实际支出 …, the rate and the deviation, and whether a reason is given."""
    basis = report.basis_of([line])
    sentence = said(
        "{item}{basis} {budget}，实际支出 {actual}", item=line.item, basis=words.basis(basis), budget=amount(line, basis),
        actual=amount(line, "actual"),
    )  # fmt: skip
    rate = report.metric("execution_rate", line.line_id, basis)
    return (
        sentence + (said("，是{basis}的 {rate}", basis=words.basis(basis), rate=computed(rate)) if rate else "") + _deviation(report, line)
    )


def against_target(report: Report, line: Row) -> Markup:
    """The same where the actual expenditure stands above it in large print."""
    basis = report.basis_of([line])
    rate = report.metric("execution_rate", line.line_id, basis)
    sentence = said("{basis} {budget}", basis=words.basis(basis), budget=amount(line, basis))
    return sentence + (said("，实际支出是它的 {rate}", rate=computed(rate)) if rate else "") + _deviation(report, line)


def _deviation(report: Report, line: Row) -> Markup:
    """How much more or less than aimed at, and the reason given; the end of a sentence."""
    deviation = report.metric("deviation", line.line_id, report.basis_of([line]))
    if deviation is None or not deviation.value:
        return Markup("。")
    sentence = said("，{word} {size}", word="超出" if deviation.value > 0 else "少用", size=size(deviation))
    reason = said("。报告说明的原因：{reason}", reason=line.reason) if line.reason else Markup("，报告没有说明原因")
    return sentence + reason + "。"


def _official(report: Report) -> list[Markup]:
    rate = report.metric("official_execution_rate") or report.gap("official_execution_rate")
    return [said("官方口径的预算执行率以全年预算数为分母：{rate}。", rate=computed(rate))] if rate else []


def remainders(report: Report) -> list[Row]:
    """What is left of the total after taking off one book after another, in that order."""
    return [row for row in report.budget if row.metric.startswith("remainder_after_") and row.unit and row.status == "computed"]


def _remainder_sentences(report: Report) -> list[Markup]:
    """What basic and project expenditure come to together, and what of the total is left then and in the end."""
    left, together = remainders(report), report.metric("basic_and_projects_actual")
    if not left or together is None:
        return []
    sum_ = said("基本支出与项目支出合计 {}", computed(together))
    if not left[0].value:
        return [sum_ + "，与支出总额相等。"]
    if left[0].value < 0:
        return [sum_ + said("，比支出总额还多 {}。", size(left[0]))]
    sentence = sum_ + said("；总额中其余的 {} 不在这两项之内。", _with_share(report, left[0]))
    if len(left) > 1 and left[-1].value > 0:
        sentence += said("即使把其他各节所列的资金也算进来，仍有 {} 没有着落。", _with_share(report, left[-1]))
    return [sentence]


def _with_share(report: Report, row: Row) -> Markup:
    """A remainder and its share of the total."""
    share = report.metric(f"{row.metric}_share", row.scope)
    return computed(row) + (said("（占总额 {}）", computed(share)) if share else "")


def _composition(report: Report) -> Markup:
    """The total, what the report says it is made of, and what is left, as one chart; empty where that cannot be told.

    The parts are those the remainders were reckoned with, so that no money stands in two of them.
    """
    total, left = report.total(), remainders(report)
    if total is None or not left:
        return Markup("")
    rows = [{"label": f"{total.item}（实际支出总额）", "value": total.actual, "share": None, "kind": "total"}]
    rows += [_part(report, line) for line in (*report.lines_at("basic"), *report.lines_at("project_total")[:1])]
    rows += [_part(report, line) for line in _funds_taken_off(report, left)]
    caption = "单位：万元；百分比是占实际支出总额的比重。"
    if left[-1].value:
        caption += "没有说明去向的部分＝总额减去报告各节列出的部分。"
        share = report.metric(f"{left[-1].metric}_share", left[-1].scope)
        rows.append({"label": "没有说明去向", "value": left[-1].value, "share": share and share.value, "kind": "rest"})
    rows = [row for row in rows if row["value"] is not None]
    return chart("composition", charts.composition, pd.DataFrame(rows), _composition_words(rows), caption)


def _funds_taken_off(report: Report, left: list[Row]) -> list[Row]:
    """The lines of the other books that the remainders took off one after another."""
    first, last = (set(row.inputs.split()) for row in (left[0], left[-1]))
    return [line for line in report.lines_at("fund") if f"{line.line_id}.actual" in last - first]


def _part(report: Report, line: Row) -> dict[str, object]:
    """One part of the total: what the report states for it, else the sum of its projects."""
    summed = report.metric("projects_actual_sum") if line.actual is None else None
    share = report.metric("share_of_total", line.line_id)
    return {
        "label": f"{line.item}（各项目相加）" if summed else line.item,
        "value": summed.value if summed else line.actual,
        "share": share and share.value,
        "kind": "part",
    }


def _composition_words(rows: list[dict[str, object]]) -> str:
    return "支出构成图。" + "，".join(f"{row['label']} {words.money(row['value'])}" for row in rows) + "。"


# ---- projects ---------------------------------------------------------------------------------------------------------------------------


def _project_sentences(report: Report) -> list[Markup]:
    projects = report.projects()
    if not projects:
        return [Markup("报告没有逐项列出项目支出。")]
    basis = report.basis_of(projects)
    count, net = report.metric("projects_count"), report.metric("projects_net_deviation", basis=basis)
    budget = report.metric("projects_budget_sum", basis=basis) or report.gap("projects_budget_sum")
    actual = report.metric("projects_actual_sum") or report.gap("projects_actual_sum")
    aims = said("{basis}合计 {budget}，", basis=words.basis(basis), budget=computed(budget)) if budget else "报告没有列出各项目的目标，"
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
            }
        )
    return sorted(rows, key=lambda row: (row["target"] is None and row["actual"] is None, -(row["target"] or row["actual"] or 0)))


def _project_charts(report: Report) -> list[Markup]:
    """As many charts as the projects need, largest first."""
    rows = _project_rows(report)
    if not any(row["target"] is not None or row["actual"] is not None for row in rows):
        return []
    basis = words.basis(report.basis_of(report.projects()))
    caption = f"单位：万元。每行依次是实际支出 / {basis}、执行率、差额；按{basis}从大到小排列，刻度相同的柱才可比长短。"
    if all(row["target"] is None for row in rows):
        caption = "单位：万元。报告没有列出各项目的目标，只画实际支出，从大到小排列。"
    parts = [rows[start : start + _ROWS_A_CHART] for start in range(0, len(rows), _ROWS_A_CHART)]
    return [
        chart(
            f"projects{number}", lambda frame, *, narrow: charts.projects(frame, narrow=narrow, target=basis), pd.DataFrame(part),
            f"各项目{basis}与实际支出对照图，共 {len(part)} 个项目，数字见下表。",
            caption,
        )
        for number, part in enumerate(parts, start=1)
    ]  # fmt: skip


def _project_table(report: Report) -> Table | None:
    projects = report.projects()
    if not projects:
        return None
    basis = report.basis_of(projects)
    heads = ("项目", f"{words.basis(basis)}（万元）", "实际支出（万元）", "差额（万元）", "执行率", "报告说明的原因", "核对")
    rows = [TableRow(_project_cells(report, line, basis)) for line in projects]
    return Table("各项目的目标、实际支出、执行率和原因，按报告的顺序", heads, rows, frozenset({1, 2, 3, 4})).without_blanks()


def _project_cells(report: Report, line: Row, basis: str) -> list[object]:
    rate, deviation = (report.metric(name, line.line_id, basis) for name in ("execution_rate", "deviation"))
    silent = Markup('<span class="absent">没有说明</span>') if deviation and deviation.value else "—"
    return [
        line.item,
        amount(line, basis, unit=False),
        amount(line, "actual", unit=False),
        computed(deviation, short=True, sign=True) if deviation else "—",
        computed(rate) if rate else "—",
        line.reason or silent,
        marks(report, line.actual_figure) or "—",
    ]


_AGGREGATES = (
    ("projects_net_rate", "净执行率", "超支与少支互相抵消后的结果。接近 100% 不等于每个项目都按目标花钱。"),
    ("projects_capped_rate", "封顶加权执行率", "每个项目最多按 100% 计，超支不能补别的项目的少支：目标中真正落实的比例。"),
    ("projects_gross_deviation_rate", "总偏差率", "不论多花还是少花，偏离目标的金额合计占目标的比例：越小越接近目标。"),
)


def aggregates(report: Report) -> list[dict[str, object]]:
    """The three aggregates that have to be read together: value, name, formula, meaning."""
    basis = report.basis_of(report.projects())
    rows = ((report.metric(name, basis=basis) or report.gap(name), title, meaning) for name, title, meaning in _AGGREGATES)
    return [
        {"value": computed(row), "title": title, "formula": row.formula, "meaning": meaning}
        for row, title, meaning in rows
        if row is not None
    ]


def _aggregates_note(report: Report) -> Markup:
    gross = report.metric("projects_gross_deviation")
    return said("偏离目标的金额合计 {gross}。", gross=computed(gross)) if gross else Markup("")


# ---- basic expenditure and other funds --------------------------------------------------------------------------------------------------


def _basic_sentences(report: Report) -> list[Markup]:
    return [_against_basis(report, line) for line in report.lines_at("basic")]


def _basic_table(report: Report) -> Table | None:
    lines = [line for basic in report.lines_at("basic") for line in (basic, *report.children(basic))]
    if not lines:
        return None
    rows = [
        TableRow(
            [
                line.item,
                amount(line, "actual", unit=False),
                _share(report, line, "share_of_basic"),
                marks(report, line.actual_figure) or "—",
            ]
        )
        for line in lines
    ]
    return Table(
        "基本支出及其构成", ("支出", "实际支出（万元）", "占基本支出", "核对"), rows, frozenset({1, 2}), stack=False
    ).without_blanks()


def _share(report: Report, line: Row, name: str) -> object:
    share = report.metric(name, line.line_id)
    return computed(share) if share else "—"


def _other_lines(report: Report) -> list[Row]:
    """Funds beside the general public budget with their parts, and stocks of assets."""
    ids = {line.line_id for line in report.lines_at("fund")}
    tops = [
        line
        for line in report.lines
        if (line.level == "fund" and line.parent_id not in ids) or (line.level == "item" and not line.parent_id)
    ]
    return [line for top in tops for line in (top, *_descendants(report, top))]


def _descendants(report: Report, line: Row) -> list[Row]:
    return [found for child in report.children(line) for found in (child, *_descendants(report, child))]


def _other_sentences(report: Report) -> list[Markup]:
    lines = _other_lines(report)
    if not lines:
        return [Markup("报告没有列出政府性基金、国有资本经营、社会保险基金等其他资金。")]
    silent = [gap for line in lines if (gap := report.gap("execution_rate", line.line_id))]
    if not silent:
        return []
    names = words.joined(report.scope(gap) for gap in silent)
    return [said("{names}只列了支出，执行率{gap}。", names=names, gap=computed(silent[0]))]


def _other_table(report: Report) -> Table | None:
    lines = _other_lines(report)
    if not lines:
        return None
    rows = [
        TableRow(
            [
                line.item,
                words.BOOKS[line.book],
                amount(line, report.basis_of([line]), unit=False),
                amount(line, "actual", unit=False) if line.actual is not None else ABSENT,
                _share(report, line, "share_of_total"),
                marks(report, line.actual_figure) or "—",
            ]
        )
        for line in lines
    ]
    heads = ("资金或资产", "所属", "预算（万元）", "实际（万元）", "占支出总额", "核对")
    return Table("其他资金和资产", heads, rows, frozenset({2, 3, 4})).without_blanks()
