"""The chapter on the audit: what does not agree, weightiest first and with its quote; what could not be checked; what agrees."""

from __future__ import annotations

from markupsafe import Markup

from selfeval import words

from .cards import chapter
from .markup import Block, joined
from .origin import line_anchor
from .report import Report, Row
from .values import leading, link

_SHORT = 80
_WEIGHTY = frozenset({"high", "medium"})


def findings_chapter(report: Report) -> Block:
    """The chapter 账对不对 of `report`: differences and remarks by weight, each with its quote; what was not checkable; what agrees."""
    weighty, minor = _by_weight(report)
    return chapter(
        report,
        "findings",
        heading=accounts_title(report),
        says=report.says,
        counts=counts(report),
        verdicts=words.VERDICTS,
        weighty=[_entry(report, row) for row in weighty],
        minor=[_entry(report, row) for row in minor],
        suspected=[_entry(report, row) for row in report.ordered_findings("suspect")],
        unchecked=[_entry(report, row) for row in report.ordered_findings("not_checkable")],
        rounding=[_entry(report, row) for row in report.ordered_findings("rounding")],
        agreeing=[_entry(report, row) for row in report.ordered_findings("agrees")],
    )


def _by_weight(report: Report) -> tuple[list[Row], list[Row]]:
    """Differences and remarks: those to be looked at, and the slight ones."""
    found = report.ordered_findings("differs", "flag")
    return [row for row in found if row.severity in _WEIGHTY], [row for row in found if row.severity not in _WEIGHTY]


def accounts_title(report: Report) -> str:
    """The title of the chapter: how many differences and remarks."""
    number = counts(report)
    told = [(number["differs"], "处不符"), (number["flag"], "处要说明")]
    parts = [f"{n} {words_}" for n, words_ in told if n]
    if not report.findings and not report.figures:
        return "没有可以核对的数字"
    return "、".join(parts) if parts else "没有发现不符"


def counts(report: Report) -> dict[str, int]:
    """How many findings there are of each verdict."""
    return {
        verdict: sum(row.verdict == verdict for row in report.findings)
        for verdict in ("agrees", "rounding", "differs", "flag", "suspect", "not_checkable")
    }


def _entry(report: Report, row: Row) -> dict[str, object]:
    return {
        "id": row.finding_id,
        "number": report.finding_number[row.finding_id],
        "title": words.spaced(row.title),
        "message": words.spaced(row.message),
        "severity": words.SEVERITIES[row.severity],
        "level": row.severity,
        "size": _size(row),
        "verdict": words.VERDICTS[row.verdict],
        "quote": row.quote,
        "short": len(row.quote) <= _SHORT,
        "place": _place(report, row),
        "figures": _figures(report, row),
        "acknowledged": row.acknowledged,
        # Only what a person may have to decide about needs a name to decide by.
        "fingerprint": row.fingerprint if row.verdict == "differs" else "",
    }


def _size(row: Row) -> str:
    """How far off, where the title does not say it."""
    if row.verdict != "differs" or row.difference is None:
        return ""
    shown = words.distance(row.difference, row.unit)
    return "" if shown in words.spaced(row.title) else f"相差 {shown}"


def _place(report: Report, row: Row) -> Markup:
    """Where the quote stands, leading there: the cell of the figure it was typed for, else the line of the report."""
    figures = [report.figure_by_id[identifier] for identifier in row.figures.split() if identifier in report.figure_by_id]
    quoted = [figure for figure in figures if figure.sentence == row.quote] or figures[:1]
    if quoted and quoted[0].cell:
        return leading(quoted[0].figure_id, quoted[0].cell)
    return leading(line_anchor(report, row.line), f"原文{words.place(row.line, row.page)}" if row.line else "出处")


def _figures(report: Report, row: Row) -> Markup:
    """The figures a finding rests on, as printed or typed; the sheet is named with the first of its cells."""
    found = [report.figure_by_id[identifier] for identifier in row.figures.split() if identifier in report.figure_by_id]
    parts, sheet = [], ""
    for figure in found:
        before, mark, cell = figure.cell.rpartition("”")
        parts.append(
            link(figure.text, figure.figure_id) + (f"（{cell if before + mark == sheet else figure.cell}）" if figure.cell else "")
        )
        sheet = before + mark
    return joined(parts)
