"""The chapter on what cannot be computed, and what it would take."""

from __future__ import annotations

from markupsafe import Markup

from selfeval import words

from .markup import Block, Table, TableRow, block, said
from .report import Report, Row, metric_anchor


def gaps_chapter(report: Report) -> Block:
    """The chapter 什么算不出来 of `report`: every metric without a value, and the material that would give it one."""
    official = [row for row in report.budget if row.status == "not_computable" and row.scope == "department"]
    # What was reckoned on another basis is no gap: the appendix names the basis it lacks.
    had = {(row.metric, row.scope) for row in report.budget if row.status == "computed"}
    silent = [row for row in (*report.budget, *report.safety) if row.status == "not_computable" and (row.metric, row.scope) not in had]
    other = [row for row in silent if row.scope != "department"]
    return block(
        "gaps",
        says=report.says,
        official=_official_table(official),
        other=_other_table(report, other),
        count=len(official) + len(other),
        metrics=len(report.budget) + len(report.safety),
        sentences=_chapters_missing(report),
    )


def _chapters_missing(report: Report) -> list[str]:
    """What a reader may look for in vain, and what it would take."""
    sentences = []
    if not report.budget_changes and not report.safety_changes:
        sentences.append("没有以前年度的表，不能与往年比；先运行以前年度，再运行这一年，就会多出“与往年比”一章。")
    if not report.indicators:
        sentences.append("没有收到填报表“绩效指标”，报告里也没有印自评表，所以不列指标完成情况，也不测算得分；填了工作表“绩效指标”就会有。")
    return sentences


def _official_table(rows: list[Row]) -> Table | None:
    entries = [TableRow([_name(row), row.missing or row.note]) for row in rows]
    return Table("部门绩效评价的共性指标中算不出来的", ("指标", "缺什么，或为什么"), entries, stack=False) if entries else None


def _other_table(report: Report, rows: list[Row]) -> Table | None:
    """One row for all gaps of one kind that miss the same."""
    groups: dict[tuple[str, str], list[Row]] = {}
    for row in rows:
        groups.setdefault((row.label, row.missing), []).append(row)
    entries = [TableRow([_name(members[0]), _scopes(report, members), missing]) for (_, missing), members in groups.items()]
    return Table("其余算不出来的指标", ("指标", "范围", "缺什么，或为什么"), entries) if entries else None


def _name(row: Row) -> Markup:
    """A metric's name, leading to its formula in the appendix."""
    return said('<a class="gap" href="#{anchor}">{label}</a>', anchor=metric_anchor(row), label=row.label)


def _scopes(report: Report, rows: list[Row]) -> str:
    return "、".join(dict.fromkeys(words.sector("all") if row.scope == "all" else report.scope(row) for row in rows))
