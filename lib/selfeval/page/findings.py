"""The chapter on the audit: what does not agree, weightiest first and with its quote; what could not be checked; what agrees."""

from __future__ import annotations

from markupsafe import Markup

from .. import words
from .markup import Block, block, joined
from .report import Report, Row
from .values import link

_SHORT = 80


def findings_chapter(report: Report) -> Block:
    """The chapter 账对不对 of `report`."""
    return block(
        "findings",
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
        "title": row.title,
        "message": row.message,
        "severity": words.SEVERITIES[row.severity],
        "level": row.severity,
        "verdict": words.VERDICTS[row.verdict],
        "quote": row.quote,
        "short": len(row.quote) <= _SHORT,
        "line": row.line,
        "figures": _figures(report, row),
        "acknowledged": row.acknowledged,
        # Only what a person may have to decide about needs a name to decide by.
        "fingerprint": row.fingerprint if row.verdict == "differs" else "",
    }


def _figures(report: Report, row: Row) -> Markup:
    """The figures a finding rests on, as printed."""
    printed = {figure.figure_id: figure.text for figure in report.figures}
    return joined([link(printed[identifier], identifier) for identifier in row.figures.split() if identifier in printed])
