"""The chapter on the audit: what does not agree, weightiest first and with its quote; what could not be checked; what agrees."""

from __future__ import annotations

from markupsafe import Markup

from selfeval import words

from .markup import Block, block, joined
from .origin import line_anchor
from .report import Report, Row
from .values import leading, link

_SHORT = 80


def findings_chapter(report: Report) -> Block:
    """The chapter 账对不对 of `report`: differences and remarks by weight, each with its quote; what was not checkable; what agrees."""
    return block(
        "findings",
        says=report.says,
        counts=counts(report),
        verdicts=words.VERDICTS,
        wrong=[_entry(report, row) for row in report.ordered_findings("differs", "flag")],
        unchecked=[_entry(report, row) for row in report.ordered_findings("not_checkable")],
        rounding=[_entry(report, row) for row in report.ordered_findings("rounding")],
        agreeing=[_entry(report, row) for row in report.ordered_findings("agrees")],
    )


def counts(report: Report) -> dict[str, int]:
    """How many findings there are of each verdict."""
    return {
        verdict: sum(row.verdict == verdict for row in report.findings)
        for verdict in ("agrees", "rounding", "differs", "flag", "not_checkable")
    }


def _entry(report: Report, row: Row) -> dict[str, object]:
    return {
        "id": row.finding_id,
        "number": report.finding_number[row.finding_id],
        "title": words.spaced(row.title),
        "message": words.spaced(row.message),
        "severity": words.SEVERITIES[row.severity],
        "level": row.severity,
        "verdict": words.VERDICTS[row.verdict],
        "quote": row.quote,
        "short": len(row.quote) <= _SHORT,
        "place": _place(report, row),
        "figures": _figures(report, row),
        "acknowledged": row.acknowledged,
        # Only what a person may have to decide about needs a name to decide by.
        "fingerprint": row.fingerprint if row.verdict == "differs" else "",
    }


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
