"""The chapter on performance indicators: what was aimed at, what was reached, what it scores, and why the rest was not reached."""

from __future__ import annotations

from decimal import Decimal

import pandas as pd
from markupsafe import Markup

from selfeval import words
from selfeval.knowledge import load
from selfeval.measuring.scoring import read_ruleset
from selfeval.telling import charts

from .cards import chapter
from .markup import Block, Table, TableRow, chart, joined, said
from .operands import operands
from .report import Report, Row
from .standing import (
    EQUAL,
    LEFT_OUT,
    MET,
    MISSED,
    OPEN,
    OVER,
    PARTLY,
    REACHED,
    TO_EXPLAIN,
    UNKNOWN,
    in_words,
    indicators_of,
    is_printed,
    over_words,
    scopes,
    score_of,
    scores_of,
    sections,
    standing,
    tally,
)
from .values import ABSENT, amount, gap, leading, link, marks, typed, uncomputed

DEPARTMENT = "department"
# So many projects are shown opened; more of them would hide one another.
_MOST_OPEN = 3
# Of so many the tables become cards on a telephone.
_MOST_STACKED = 12
_SIMULATED = "模拟测算"
# One bar alone compares nothing.
_LEAST_BARS = 2


def indicators_chapter(report: Report) -> Block:
    """The chapter 绩效指标完成得怎样 of `report`: target, actual, simulated points, reasons; empty where there are no indicators."""
    found = scopes(report)
    if not found:
        return Block(Markup(""))
    projects = [scope for scope in found if scope != DEPARTMENT]
    rest = _scored_only(report, found)
    return chapter(
        report,
        "indicators",
        heading=_title(report, found),
        intro=_intro(report, found),
        department=_scope(report, DEPARTMENT) if DEPARTMENT in found else None,
        overview=_overview(report, projects, rest),
        projects=[_scope(report, scope) for scope in projects],
        opened=len(projects) <= _MOST_OPEN,
        rest=len(rest),
        rest_sums=_rest_sums(report, rest),
    )


def _title(report: Report, found: list[str]) -> str:
    """The title of the chapter: how many indicators were reached."""
    rows = indicators_of(report, DEPARTMENT) or [row for scope in found for row in indicators_of(report, scope)]
    told = tally(report, rows)
    reached = sum(told.get(key, 0) for key in MET)
    return f"{len(rows)} 项绩效指标，达到 {reached} 项" if rows else "没有逐项列出绩效指标"


def _scored_only(report: Report, found: list[str]) -> list[str]:
    """The projects that have points for their budget alone: nobody filled in indicators for them."""
    if all(is_printed(report, scope) for scope in found):
        return []
    told = {row.scope for scope in found for row in scores_of(report, scope)} | {*words.SCOPES}
    return list(dict.fromkeys(row.scope for row in report.scores if row.scope not in told))


def _intro(report: Report, found: list[str]) -> Markup:
    if all(is_printed(report, scope) for scope in found):
        return Markup("指标取自报告自己印的自评表，得分是单位自评得分，没有另外测算。")
    if not report.scores:
        return Markup("没有测算得分。")
    rules = read_ruleset(report.ruleset)
    return said("得分按“{title}”{simulated}，不是单位自评得分；单位自己打的分列在旁边。", title=rules.title, simulated=_SIMULATED)


def _scope(report: Report, scope: str) -> dict[str, object]:
    """Everything the chapter says of the department or of one project."""
    rows = indicators_of(report, scope)
    return {
        "name": words.SCOPES.get(scope, scope),
        "anchor": sections(report).get(scope, ""),
        "goals": [row for row in report.indicators if row.scope == scope and row.level1 == "goal"],
        "sentences": [*counted(report, rows), *_unexplained(report, rows), *total_sentences(report, scope)],
        "picture": _points_chart(report, scope) if scope == DEPARTMENT else "",
        "table": _table(report, scope, rows),
        "sums": _sums(report, scope),
    }


# ---- in words ---------------------------------------------------------------------------------------------------------------------------

_CLAUSES = {
    REACHED: "{n}达到年度指标值",
    EQUAL: "{n}正好等于指标值（要求大于或小于，按规则计满分）",
    OVER: "{n}超过指标值 {over} 以上",
    PARTLY: "{n}部分达到",
    MISSED: "{n}没有达到",
    "open": "{n}要由人判断档次",
    "unknown": "{n}无法判断（指标值或完成值没有填、不是数字，或没有写是下限还是上限）",
    LEFT_OUT: "{n}不考核",
}


def counted(report: Report, rows: list[Row]) -> list[Markup]:
    """How many indicators there are and how far they were reached, a sentence."""
    if not rows:
        return []
    over = over_words(report)
    found = tally(report, rows)
    if len(found) == 1:
        return [said(_CLAUSES[next(iter(found))] + "。", n=_all(len(rows)), over=over)]
    parts = [said(_CLAUSES[key], n=said('<span class="n">{} 项</span>', n), over=over) for key, n in found.items()]
    return [said('<span class="n">{} 项</span>指标中，{}。', len(rows), joined(parts, "，"))]


def _all(count: int) -> Markup:
    """5 项指标都; of one alone 1 项指标."""
    return said('<span class="n">{} 项</span>指标{}', count, "都" if count > 1 else "")


def _unexplained(report: Report, rows: list[Row]) -> list[Markup]:
    """Which indicators were not reached, or by far exceeded, without a word on why."""
    names = [row.name for row in rows if standing(report, row) in TO_EXPLAIN and not row.reason]
    return [said("{}没有说明偏差原因。", words.joined(f"“{name}”" for name in names))] if names else []


def total(report: Report, scope: str = DEPARTMENT) -> Row | None:
    """The total score of the department or of a project."""
    return next((row for row in scores_of(report, scope) if row.part == "total"), None)


def total_sentences(report: Report, scope: str = DEPARTMENT) -> list[Markup]:
    """The total and its grade, or what is missing for them; beside it what the body itself states."""
    row, stated = total(report, scope), _stated_total(report, scope)
    own = said("单位自评总分 {}", typed(stated, "stated_score", unit="分")) if stated else Markup("")
    if row is None:
        return [own + "。"] if own else []
    own = "；" + own if own else own
    if row.status == "not_computable":
        return [said("{simulated}总分{score}{own}。", simulated=_SIMULATED, score=scored(row, unit="分"), own=own)]
    grade = said("，等级为{}", row.grade) if row.grade else ""
    return [said("{simulated}总分 {score}{grade}{own}。", simulated=_SIMULATED, score=scored(row, unit="分"), grade=grade, own=own)]


def _stated_total(report: Report, scope: str) -> Row | None:
    rows = (row for row in report.indicators if row.scope == scope and row.level1 == "total" and row.stated_score is not None)
    return next(rows, None)


def scored(row: Row | None, *, unit: str = "") -> Markup:
    """The points of a score, leading to how they were reckoned; 不可计算 and what is missing where they are not."""
    if row is None:
        return ABSENT
    if row.status == "not_computable":
        return gap(row.score_id, uncomputed(row) if unit else "不可计算")
    if row.points is None:
        return Markup("—")
    return link(words.with_unit(words.number(row.points), unit), row.score_id)


# ---- tables -----------------------------------------------------------------------------------------------------------------------------


def _table(report: Report, scope: str, rows: list[Row]) -> Table | None:
    # A printed form is shown whole: its rows of execution, of levels and of all marks as well.
    shown = [row for row in report.indicators if row.scope == scope and (row in rows or row.table is not None)]
    if not shown:
        return None
    heads = ("三级指标", "年度指标值", "实际完成值", "完成情况", "分值", "测算得分", "自评得分", "偏差原因", "核对")
    caption = f"{words.SCOPES.get(scope, scope)}的绩效指标" + ("" if is_printed(report, scope) else f"；测算得分是{_SIMULATED}")
    entries = [*_execution_row(report, scope), *(_indicator_row(report, row, judged=row in rows) for row in shown)]
    table = Table(caption, heads, entries, frozenset({4, 5, 6}), _is_stacked(report, scope), prose=frozenset({7}))
    return table.without_blanks()


def _is_stacked(report: Report, scope: str) -> bool:
    """Whether rows become cards on a telephone: of many projects the tables are plain, for the page must stay small enough to be sent."""
    return scope in words.SCOPES or len(scopes(report)) <= _MOST_STACKED


def _execution_row(report: Report, scope: str) -> list[TableRow]:
    """The execution of the budget, which the form scores beside the indicators."""
    row = next((row for row in scores_of(report, scope) if row.part == "execution"), None)
    if row is None:
        return []
    spent = _budgeted(report, row, "actual", row.actual)
    budget = said("{basis} {amount}", basis=words.basis(row.basis), amount=_budgeted(report, row, row.basis, row.target))
    budget = budget if row.target is not None else ABSENT
    weight, stated = _leading_to(row, row.weight), _leading_to(row, row.stated_points)
    rate = "—" if row.rate is None else link(words.percent(row.rate), row.score_id)
    return [TableRow([row.name or "预算执行率", budget, spent, rate, weight, scored(row), stated, "—", "—"])]


def _budgeted(report: Report, score: Row, column: str, value: Decimal | None) -> Markup:
    """Money a score stands on, leading to its cell where it is that of one budget line."""
    ids = {operand.partition(".")[0] for operand in score.inputs.split()}
    table, line = report.row_by_id.get(next(iter(ids), ""), ("", None))
    if len(ids) == 1 and table == "lines":
        return amount(line, column)
    return ABSENT if value is None else link(words.money(value), score.score_id)


def _indicator_row(report: Report, row: Row, judged: bool) -> TableRow:
    """A row of the form; an indicator is `judged` by what was reached."""
    key = standing(report, row) if judged else ""
    silent = Markup('<span class="absent">没有说明</span>') if key in TO_EXPLAIN else "—"
    cells = [
        said("{name}<br><small>{levels}</small>", name=row.name or "—", levels=_levels(row)),
        _target(row) if judged or row.target_text else "—",
        _done(row) if judged or row.actual_text else "—",
        said('<span class="{}">{}</span>', "n missed" if key in {MISSED, PARTLY} else "n", in_words(report, key)) if judged else "—",
        typed(row, "weight") if row.weight is not None else "—",
        scored(score_of(report, row)) if report.scores and row.table is None else "—",
        typed(row, "stated_score") if row.stated_score is not None else "—",
        row.reason or silent,
        marks(report, f"{row.target_figure} {row.actual_figure} {row.weight_figure} {row.stated_figure}") or "—",
    ]
    return TableRow(cells, row.indicator_id)


def _levels(row: Row) -> str:
    """产出 · 数量; where the second level says the first as well (社会效益), the second alone."""
    first, second = (words.choice("indicators", level, getattr(row, level)).removesuffix("指标") for level in ("level1", "level2"))
    return second if first in second else " · ".join(filter(None, (first, second)))


def _target(row: Row) -> Markup | str:
    """≥ 6 座 as it was typed; of a qualitative indicator its words."""
    if row.target is None:
        return row.target_text or ABSENT
    sign = words.choice("indicators", "nature", row.nature) if row.nature and row.nature != "qualitative" else ""
    return (
        said("{sign}\u00a0{value}", sign=sign, value=typed(row, "target", unit=row.unit)) if sign else typed(row, "target", unit=row.unit)
    )


def _done(row: Row) -> Markup | str:
    return (row.actual_text or ABSENT) if row.actual is None else typed(row, "actual", unit=row.unit)


def _sums(report: Report, scope: str) -> Table | None:
    """How each score came about: the formula with its numbers, what went in, and what has to be known to read it."""
    rows = [row for row in scores_of(report, scope) if row.part != "band"]
    entries = [TableRow(_sum_cells(report, row), row.score_id) for row in rows]
    caption = f"{words.SCOPES.get(scope, scope)}得分的算法；都是{_SIMULATED}，不是单位自评得分"
    heads = ("得分项", "分值", "得分", "怎么算的", "代入", "说明")
    stack = _is_stacked(report, scope)
    return Table(caption, heads, entries, frozenset({1, 2}), stack, prose=frozenset({3, 5})).without_blanks() if rows else None


def _sum_cells(report: Report, row: Row) -> list[object]:
    note = uncomputed(row) if row.status == "not_computable" else remarks(row.note)
    own = row.inputs.partition(".")[0] if row.part == "indicator" else ""
    return [
        leading(own, row.name or part_name(row)),
        "—" if row.weight is None else words.number(row.weight),
        "—" if row.points is None else words.number(row.points),
        row.formula or "—",
        operands(report, row.inputs),
        note or "—",
    ]


def remarks(*notes: str) -> str:
    """The remarks of a rate or a score, each once, without what the caption of its table or the formula says already."""
    told = {load("scores")["words"][name] for name in ("simulated", "department_table", "no_new_building")}
    return "；".join(note for note in dict.fromkeys("；".join(notes).split("；")) if note and note not in told)


def part_name(row: Row) -> str:
    """What a score is of, where it is no single indicator: 产出指标, 总分."""
    return words.choice("indicators", "level1", row.level1 or row.part)


def _rest_sums(report: Report, scopes_: list[str]) -> Table | None:
    """The same for projects without indicators, in one table."""
    rows = [row for scope in scopes_ for row in scores_of(report, scope)]
    entries = [TableRow([row.scope, *_sum_cells(report, row)], row.score_id) for row in rows]
    heads = ("项目", "得分项", "分值", "得分", "怎么算的", "代入", "说明")
    caption = f"没有填报绩效指标的项目的得分；都是{_SIMULATED}，不是单位自评得分"
    stack = len(scopes_) <= _MOST_STACKED
    return Table(caption, heads, entries, frozenset({2, 3}), stack, prose=frozenset({4, 6})).without_blanks() if rows else None


_STANDINGS = (REACHED, EQUAL, OVER, PARTLY, MISSED, OPEN, UNKNOWN, LEFT_OUT)


def _overview(report: Report, projects: list[str], rest: list[str]) -> Table | None:
    """The projects side by side, those with indicators leading to them; one alone needs no overview."""
    if len(projects) + len(rest) < 2:
        return None
    anchors = sections(report)
    rows = [_overview_row(report, scope, anchors.get(scope, "")) for scope in (*projects, *rest)]
    heads = ("项目", *(in_words(report, key) for key in _STANDINGS), "预算执行率得分", "测算总分", "等级", "自评总分")
    last = len(_STANDINGS)
    numeric = frozenset({*range(1, last + 3), last + 4})
    return Table("各项目的指标完成情况（项数）和得分", heads, rows, numeric, len(rows) <= _MOST_STACKED).without_blanks()


def _overview_row(report: Report, scope: str, anchor: str) -> TableRow:
    found = tally(report, indicators_of(report, scope))
    own, stated = total(report, scope), _stated_total(report, scope)
    counts = [str(found[key]) if key in found else "—" for key in _STANDINGS]
    execution = next((row for row in scores_of(report, scope) if row.part == "execution"), None)
    points = [scored(row) if row is not None else "—" for row in (execution, own)]
    grade = (own.grade if own else "") or "—"
    return TableRow([leading(anchor, scope), *counts, *points, grade, typed(stated, "stated_score") if stated else "—"])


# ---- the chart --------------------------------------------------------------------------------------------------------------------------


def _points_chart(report: Report, scope: str) -> Markup:
    """What the total is made of: each level-1 indicator with its weight and its points."""
    whole = total(report, scope)
    parts = {row.level1 or row.part: row for row in scores_of(report, scope) if row.part in {"execution", "level1"}}
    scores = [*([whole] if whole is not None else []), *parts.values()]
    rows = [{"label": part_name(row), "weight": row.weight, "points": row.points, "kind": "part"} for row in parts.values()]
    if whole is not None:
        grade = f"（{whole.grade}）" if whole.grade else ""
        rows.insert(0, {"label": f"总分{grade}", "weight": whole.weight, "points": whole.points, "kind": "total"})
    rows = [row for row in rows if row["weight"] is not None]
    if len(rows) < _LEAST_BARS or not any(row["points"] is not None for row in rows):
        return Markup("")
    shown = "，".join(f"{row['label']} {charts.points_words(row['points'], row['weight'])}" for row in rows)
    caption = f"单位：分。{_SIMULATED}；每行依次是得分 / 分值，空框是没有得到的分。"
    source = said('来源：<a href="#{}">各项得分的算法</a>。', scores[0].score_id)
    return chart("points", charts.points, pd.DataFrame(rows), f"得分构成图。{shown}。", caption, source, _points_table(scores))


def _points_table(scores: list[Row]) -> Table:
    """The numbers of the chart, each leading to how it was reckoned."""
    rows = [TableRow([part_name(row), scored(row), _leading_to(row, row.weight)]) for row in scores]
    return Table("得分构成图里的数", ("得分项", "得分", "分值"), rows, frozenset({1, 2}), stack=False)


def _leading_to(score: Row, value: Decimal | None) -> Markup | str:
    return "—" if value is None else link(words.number(value), score.score_id)
