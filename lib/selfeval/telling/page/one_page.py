"""A year on one sheet of paper: the verdict, the gravest doubts, where the money went, what the work came to, what is left to do."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from selfeval import words
from selfeval.knowledge import load
from selfeval.telling.charts import Sheet
from selfeval.telling.charts import one_page as draw

from .judgement import doubts, verdict
from .outcomes import outcomes
from .report import Report, Row

_UNKNOWN = "—"
_MOST_LINES = 8
# A longer sentence is read on the page.
_LONGEST = 150


def one_page(report: Report) -> bytes:
    """The sheet of `report` as a PDF file."""
    told = load("page")["one_page"]
    sections = [(told["doubts"], list(_doubts(report))), (told["outcomes"], list(_outcomes(report))), (told["open"], list(_open(report)))]
    title = f"{report.body} {report.year} 年度"
    filled = [(head, lines) for head, lines in sections if lines]
    return draw(Sheet(report.reading, title, _plain(verdict(report)), filled, _money(report), told["more"]))


def _doubts(report: Report) -> Iterator[str]:
    for number, doubt in enumerate(doubts(report), start=1):
        size = _plain(doubt["size"])
        yield f"{number}. {_plain(doubt['title'])}{f'，{size}' if size else ''}"


def _outcomes(report: Report) -> Iterator[str]:
    for line in outcomes(report):
        text = _plain(line["text"])
        yield f"{_plain(line['name'])}：{text if len(text) <= _LONGEST else text[: _LONGEST - 1] + '…'}"


def _open(report: Report) -> Iterator[str]:
    """How many differences and remarks nobody has settled, by weight."""
    told = load("page")["one_page"]
    for kind in ("differs", "flag"):
        weights = [row.severity for row in report.ordered_findings(kind) if not row.acknowledged]
        if weights:
            parts = "、".join(f"{words.SEVERITIES[each]} {weights.count(each)} 项" for each in words.SEVERITIES if each in weights)
            yield told["settle"].format(kind=words.VERDICTS[kind], count=len(weights), parts=parts)


def _money(report: Report) -> list[list[str]]:
    """The whole, basic and project expenditure and the other books: budget, what was spent, the rate; empty where nothing is known."""
    lines = [line for line in report.lines if line.level in {"total", "basic", "project_total", "fund"} and line.actual is not None]
    if not lines:
        return []
    basis = report.basis_of(lines)
    head = [f"{load('page')['one_page']['money']}", words.basis(basis) if basis else _UNKNOWN, "实际支出", "执行率"]
    return [head, *(_line(report, line, basis) for line in lines[:_MOST_LINES]), *_projects(report, lines)]


def _projects(report: Report, lines: list[Row]) -> Iterator[list[str]]:
    """The projects added up, where nobody states what they spent together."""
    together = report.metric("projects_actual_sum")
    if together is not None and not any(line.level == "project_total" for line in lines):
        rate = report.metric("projects_net_rate")
        share = words.measured(rate.value, rate.unit, rate.note, short=True) if rate else _UNKNOWN
        yield [together.label, _UNKNOWN, words.number(together.value, 2), share]


def _line(report: Report, line: Row, basis: str) -> list[str]:
    planned = getattr(line, basis) if basis else None
    rate = report.metric("execution_rate", line.line_id, basis)
    share = words.measured(rate.value, rate.unit, rate.note, short=True) if rate else _UNKNOWN
    return [line.item, _UNKNOWN if planned is None else words.number(planned, 2), words.number(line.actual, 2), share]


def _plain(markup: object) -> str:
    """The words of a value, without its links."""
    return Markup(markup).striptags()  # noqa: S704  only to take the tags away
