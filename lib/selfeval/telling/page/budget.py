"""The chapter on money: what was aimed at, what was spent, by project, of what the total is made, what the other funds are."""

from __future__ import annotations

import pandas as pd
from markupsafe import Markup

from selfeval import words
from selfeval.telling import charts

from .base import public_sentences, public_table, rates_table
from .cards import chapter
from .judgement import headline_line, is_general_budget
from .markup import Block, Table, TableRow, chart, said
from .origin import origin
from .projects import aggregates, aggregates_gap, aggregates_note, budget_columns, project_chart, project_sentences, project_table
from .reasons import parts_explain, reason_of, told_of
from .report import Report, Row
from .rounding import is_rounding
from .values import ABSENT, amount, computed, marks, size

# One bar alone compares nothing.
_LEAST_BARS = 2


def budget_chapter(report: Report) -> Block:
    """The chapter 钱怎么花的 of `report`: total against target, projects, composition, other funds; every rate with its basis."""
    return chapter(
        report,
        "budget",
        heading=money_title(report),
        total=[*total_sentences(report), *_remainder_sentences(report)],
        composition=_composition(report),
        books=_books_table(report),
        projects=[*_projects_together(report), *project_sentences(report)],
        project_chart=project_chart(report),
        project_table=project_table(report),
        aggregates=aggregates(report),
        aggregates_gap=aggregates_gap(report),
        aggregates_note=aggregates_note(report),
        basic=_basic_table(report),
        basic_sentences=_basic_sentences(report),
        public=public_sentences(report),
        public_table=public_table(report),
        rates=rates_table(report),
        other=_other_table(report),
        other_sentences=_other_sentences(report),
    )


def money_title(report: Report) -> str:
    """The title of the chapter: what was spent, and what that is of the budget."""
    line = headline_line(report)
    if line is None:
        together = report.metric("projects_actual_sum")
        return f"各项目实际支出合计 {words.measured(together.value, together.unit, together.note)}" if together else "没有读到支出数"
    basis = report.basis_of([line])
    rate = report.metric("execution_rate", line.line_id, basis)
    whole = "" if line.level == "total" else line.item
    of_it = f"，是{words.basis(basis)}的 {words.measured(rate.value, rate.unit, rate.note)}" if rate else ""
    return words.spaced(f"{whole}花了 {words.measured(line.actual, '万元')}{of_it}")


# ---- the whole --------------------------------------------------------------------------------------------------------------------------


def _projects_together(report: Report) -> list[Markup]:
    """What all projects came to, where a report gives that and no project by itself."""
    lines = [] if report.projects() else [line for line in report.lines_at("project_total") if line.actual is not None]
    return [_against_basis(report, line) for line in lines if line is not headline_line(report)]


def total_sentences(report: Report) -> list[Markup]:
    """What was aimed at and spent in all, and the official rate where it can be had."""
    total = report.total()
    if total is None:
        line = headline_line(report)
        known = [_against_basis(report, line)] if line else []
        return [Markup("没有读到部门整体的预算和支出总额。"), *known]
    return [_against_basis(report, total), *_official(report)]


def _against_basis(report: Report, line: Row) -> Markup:
    """绩效目标 … 实际支出 …, the rate and the deviation, and whether a reason is given."""
    basis = report.basis_of([line])
    rate = report.metric("execution_rate", line.line_id, basis)
    share = said("，是{basis}的 {rate}", basis=words.basis(basis), rate=computed(rate)) if rate else ""
    share += "（官方口径的预算执行率）" if rate and basis == "adjusted" and line.level == "total" else ""
    spent = said("，实际支出 {actual}", actual=amount(line, "actual"))
    return line.item + budget_of(line, basis) + spent + share + deviation_of(report, line)


def budget_of(line: Row, basis: str) -> Markup:
    """全年预算数 and how much of it there is; where it was changed in the course of the year, from what."""
    sentence = said("{basis} {budget}", basis=words.basis(basis), budget=amount(line, basis))
    if basis == "adjusted" and line.initial is not None and line.initial != line.adjusted:
        return said("年初预算数 {initial}，调整后{sentence}", initial=amount(line, "initial"), sentence=sentence)
    return sentence


def deviation_of(report: Report, line: Row) -> Markup:
    """How much more or less than aimed at, and the reason given; the end of a sentence."""
    deviation = report.metric("deviation", line.line_id, report.basis_of([line]))
    if deviation is None or not deviation.value:
        return Markup("。")
    sentence = said("，{word} {size}", word="超出" if deviation.value > 0 else "少用", size=size(deviation))
    told = told_of(report, line)
    if told:
        return sentence + "。" + told
    return sentence + ("，原因见分项。" if parts_explain(report, line) else said("，{says}没有说明原因。", says=report.says))


def _official(report: Report) -> list[Markup]:
    """The official rate, unless it has just been said: where the whole is held against 全年预算数, both are one.

    Where it cannot be had, the chapter on gaps says so.
    """
    rate = report.metric("official_execution_rate")
    if rate is None or report.basis_of([report.total()]) == "adjusted":
        return []
    return [said("官方口径的预算执行率以全年预算数为分母：{rate}。", rate=computed(rate))]


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
    if is_rounding(report, left[0]):
        return [sum_ + said("，与支出总额只差 {}，在所列各数四舍五入的范围内。", size(left[0]))]
    if left[0].value < 0:
        return [sum_ + said("，比支出总额还多 {}。", size(left[0]))]
    sentence = sum_ + said("，另有 {} 不在这两项之内。", _with_share(report, left[0]))
    if len(left) > 1 and left[-1].value > 0 and not is_rounding(report, left[-1]):
        sentence += said("减去其他各节所列的，仍有 {} 没有说明去向。", computed(left[-1]))
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
    parts = [*report.lines_at("basic"), *report.lines_at("project_total")[:1], *_funds_taken_off(report, left)]
    if len(parts) < _LEAST_BARS:
        return Markup("")
    rows = [{"label": f"{total.item}（实际支出总额）", "value": total.actual, "share": None, "kind": "total"}]
    rows += [_part(report, line) for line in parts]
    caption = "单位：万元；百分比是占实际支出总额的比重。"
    if left[-1].value and not is_rounding(report, left[-1]):
        caption += f"没有说明去向＝{_followed_down(report, left)}。"
        share = report.metric(f"{left[-1].metric}_share", left[-1].scope)
        rows.append({"label": "没有说明去向", "value": left[-1].value, "share": share and share.value, "kind": "rest"})
    rows = [row for row in rows if row["value"] is not None]
    source = origin(report, (line.actual_figure for line in (total, *parts)))
    data = _composition_table(report, total, parts, left)
    return chart("composition", charts.composition, pd.DataFrame(rows), _composition_words(rows), caption, source, data)


def _followed_down(report: Report, left: list[Row]) -> str:
    """How what is beside basic and project expenditure comes down to what stays without a place: 1324.92 − 137.28（政府性基金预算）."""
    funds = [f"{words.cut(line.actual)}（{line.item}）" for line in _funds_taken_off(report, left)]
    return " − ".join([f"不在这两项之内的 {words.cut(left[0].value)}", *funds])


def _composition_table(report: Report, total: Row, parts: list[Row], left: list[Row]) -> Table:
    """The numbers of the chart, each leading to where it comes from."""
    summed = report.metric("projects_actual_sum")
    rows = [TableRow([total.item, amount(total, "actual"), "—"])]
    for line in parts:
        value = computed(summed) if line.actual is None and summed else amount(line, "actual")
        rows.append(TableRow([line.item, value, _share(report, line, "share_of_total")]))
    if left[-1].value and not is_rounding(report, left[-1]):
        share = report.metric(f"{left[-1].metric}_share", left[-1].scope)
        rows.append(TableRow(["没有说明去向", computed(left[-1]), computed(share) if share else "—"]))
    return Table("支出构成图里的数", ("部分", "实际支出", "占支出总额"), rows, frozenset({1, 2}), stack=False)


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
    return "支出构成图。" + "，".join(f"{row['label']} {words.measured(row['value'], '万元')}" for row in rows) + "。"


# ---- basic expenditure and other funds --------------------------------------------------------------------------------------------------


def _basic_sentences(report: Report) -> list[Markup]:
    return [_against_basis(report, line) for line in report.lines_at("basic")]


def _basic_table(report: Report) -> Table | None:
    lines = [line for basic in report.lines_at("basic") for line in (basic, *report.children(basic))]
    if not lines:
        return None
    budgets = budget_columns(lines, report.basis_of(lines)) if any(line.adjusted is not None for line in lines) else []
    rows = [TableRow(_basic_cells(report, line, budgets)) for line in lines]
    heads = (
        "支出",
        *(f"{words.basis(column)}（万元）" for column in budgets),
        "实际支出（万元）",
        "执行率",
        "占基本支出",
        "偏差原因",
        "核对",
    )
    numeric = frozenset(range(1, len(budgets) + 4))
    return Table("基本支出及其构成", heads, rows, numeric, stack=bool(budgets)).without_blanks()


def _basic_cells(report: Report, line: Row, budgets: list[str]) -> list[object]:
    """Budget columns only where sheets were filled in: a report says no more of the parts than what was spent."""
    return [
        line.item,
        *(amount(line, column, unit=False) if getattr(line, column) is not None else "—" for column in budgets),
        amount(line, "actual", unit=False),
        _rate(report, line) if budgets else "—",
        _share(report, line, "share_of_basic"),
        (reason_of(report, line) or "—") if budgets else "—",
        marks(report, line.actual_figure) or "—",
    ]


def _share(report: Report, line: Row, name: str) -> object:
    share = report.metric(name, line.line_id)
    return computed(share) if share else "—"


def _is_whole_of_book(line: Row) -> bool:
    """Whether a line is what a sheet states as the whole of one budget book (一般公共预算合计), beside the lines by nature."""
    return line.source == "table" and line.level == "item" and not line.parent_id and line.item.startswith(words.BOOKS[line.book])


def _books_table(report: Report) -> Table | None:
    """What the sheet states book by book."""
    lines = [line for line in report.lines if _is_whole_of_book(line)]
    budgets = budget_columns(lines, report.basis_of(lines))
    rows = [
        TableRow([line.item, *(amount(line, column, unit=False) for column in (*budgets, "actual")), _rate(report, line)]) for line in lines
    ]
    heads = ("合计", *(f"{words.basis(column)}（万元）" for column in budgets), "实际支出（万元）", "执行率")
    return Table("按预算类别列的合计", heads, rows, frozenset(range(1, len(heads)))).without_blanks() if rows else None


def _rate(report: Report, line: Row) -> object:
    rate = report.metric("execution_rate", line.line_id, report.basis_of([line]))
    return computed(rate) if rate else "—"


def _other_lines(report: Report) -> list[Row]:
    """Funds beside the general public budget with their parts, and stocks of assets; not what is told above already."""
    ids = {line.line_id for line in report.lines_at("fund")}
    tops = [
        line
        for line in report.lines
        if (line.level == "fund" and line.parent_id not in ids)
        or (line.level == "item" and not line.parent_id and not _is_whole_of_book(line))
    ]
    found = [line for top in tops for line in (top, *_descendants(report, top))]
    return [line for line in found if line.book != "income" and not _is_told(report, line)]


def _is_told(report: Report, line: Row) -> bool:
    """Whether a line of the general public budget, or what it is part of, has a place of its own in the chapter."""
    own_place = line.level in {"basic", "basic_part", "project_total", "project"}
    if line.book == "general_public" and (own_place or is_general_budget(line)):
        return True
    parent = report.row_by_id.get(line.parent_id, ("", None))[1]
    return parent is not None and parent.book == "general_public" and _is_told(report, parent)


def _descendants(report: Report, line: Row) -> list[Row]:
    return [found for child in report.children(line) for found in (child, *_descendants(report, child))]


def _other_sentences(report: Report) -> list[Markup]:
    lines = _other_lines(report)
    listed = _listed_books(report)
    if not lines and listed:
        return [said("{}的支出已列在上面的项目和基本支出里，没有另列其他资金。", words.joined(listed))]
    if not lines:
        return []
    silent = [gap for line in lines if line.initial is None and (gap := report.gap("execution_rate", line.line_id))]
    if not silent:
        return []
    names = words.joined(report.scope(gap) for gap in silent)
    return [said("{names}只列了支出，执行率{gap}。", names=names, gap=computed(silent[0]))]


def _listed_books(report: Report) -> list[str]:
    """The books beside the general public budget that projects or parts of basic expenditure are paid from."""
    books = dict.fromkeys(line.book for line in report.lines_at("project", "basic_part"))
    return [words.BOOKS[book] for book in books if book not in {"all", "general_public"}]


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
    return Table("各项资金和资产的预算、实际数和占支出总额的比重", heads, rows, frozenset({2, 3, 4})).without_blanks()
