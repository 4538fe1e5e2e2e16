"""What stands first: one sentence on the year, the gravest doubts with what they come to, and the main figures beside the year before."""

from __future__ import annotations

from decimal import Decimal

from markupsafe import Markup

from selfeval import words
from selfeval.knowledge import load

from .markup import joined, said
from .reasons import is_explained
from .report import Report, Row, money_of
from .values import computed, link
from .years import main_figures

_MOST_DOUBTS, _MOST_FIGURES = 3, 5
# So far beside its budget a year asks for a reason.
_FAR = Decimal("0.1")
_MONEY = "万元"


def verdict(report: Report) -> Markup:
    """The one sentence: whether the accounts agree, and what the year came to."""
    return joined(list(filter(None, (_accounts(report), spent_in_short(report)))), "；") + "。"


def _accounts(report: Report) -> Markup:
    told = load("page")["verdict"]
    if not report.findings and not report.figures:
        return said(told["nothing"])
    differing, open_flags = _open(report, "differs"), _open(report, "flag")
    grave = [row for row in differing if row.severity == "high"]
    if grave:
        size = next((_size(row) for row in gravest(report) if row.verdict == "differs" and _size(row)), "")
        number = link(str(len(differing)), "accounts-wrong")
        return said(told["grave"], n=number, most=size) if size else said(told["grave_words"], n=number)
    if differing:
        return said(told["slight"], n=link(str(len(differing)), "accounts-wrong"))
    weighty = [row for row in open_flags if row.severity == "high"]
    return said(told["to_explain"], n=link(str(len(weighty)), "accounts-wrong")) if weighty else said(told["clean"])


def _open(report: Report, *verdicts: str) -> list[Row]:
    return [row for row in report.ordered_findings(*verdicts) if not row.acknowledged]


def gravest(report: Report) -> list[Row]:
    """The open doubts that weigh most, what comes to most money first."""
    weighty = [row for row in _open(report, "differs", "flag") if row.severity in {"high", "medium"}]
    return sorted(weighty[:_MOST_DOUBTS], key=lambda row: -money_of(row))


def doubts(report: Report) -> list[dict[str, object]]:
    """The gravest doubts in one line each, with how much they come to."""
    return [{"id": row.finding_id, "title": words.spaced(row.title), "size": _size(row)} for row in gravest(report)]


def _size(row: Row) -> Markup | str:
    """How far off: 相差 53 条, 多支 1560.06 万元; empty where that is no number."""
    return link(words.distance(row.difference, row.unit), row.finding_id) if row.difference is not None else ""


def spent_in_short(report: Report) -> Markup | str:
    """实际支出 …，是全年预算数的 …; of the whole, else of the general public budget, else of all projects together."""
    line = headline_line(report)
    if line is None:
        together = report.metric("projects_actual_sum")
        return said("各项目实际支出合计 {}", computed(together)) if together else ""
    basis = report.basis_of([line])
    rate, deviation = (report.metric(name, line.line_id, basis) for name in ("execution_rate", "deviation"))
    of_whole = "" if line.level == "total" else line.item
    spent = said("{}实际支出 {}", of_whole, _rounded(line))
    if rate is None:
        return spent
    silent = deviation is not None and abs(rate.value - 1) > _FAR and not is_explained(report, line)
    return spent + said("，是{}的 {}", words.basis(basis), computed(rate)) + (said("，{}没有说明原因", report.says) if silent else "")


def headline_line(report: Report) -> Row | None:
    """The line a year is told by: the whole, else what a report adds up instead: the general public budget, or its projects."""
    if report.total() is not None and report.total().actual is not None:
        return report.total()
    general = (line for line in report.lines if is_general_budget(line))
    return next((line for line in (*general, *report.lines_at("project_total")) if line.actual is not None), None)


def is_general_budget(line: Row) -> bool:
    """Whether a line is the whole of the general public budget."""
    return line.book == "general_public" and not line.parent_id and line.item.startswith(words.BOOKS["general_public"])


def _rounded(line: Row) -> Markup:
    """What was spent, to two decimals at most, leading to where it stands."""
    figures = line.actual_figure.split()
    return link(words.measured(line.actual, _MONEY), figures[0] if figures else line.line_id)


def figures_with_change(report: Report) -> list[dict[str, object]]:
    """The main figures beside the latest earlier year; none where there is no earlier year."""
    return main_figures(report)[:_MOST_FIGURES]
