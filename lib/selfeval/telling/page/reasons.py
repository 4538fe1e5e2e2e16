"""The reason of a deviation as the page tells it: what the report gives as one, or says of it; the same that the audit goes by."""

from __future__ import annotations

from decimal import Decimal

from markupsafe import Markup

from selfeval.records import deviation as why

from .markup import said
from .report import Report, Row


def reason_of(report: Report, line: Row) -> str:
    """What is said to be why a line lies beside its budget; empty where nothing is, or where it can only be meant otherwise."""
    return why.reason_for(line.reason, _deviation(report, line))


def told_of(report: Report, line: Row) -> Markup:
    """The reason as a sentence that says who gives it; what does not call itself a reason is quoted. Empty where there is none."""
    reason = reason_of(report, line).rstrip("。；")
    if not reason:
        return Markup("")
    form = "{says}说明的原因：{reason}。" if why.is_called_reason(reason) else "{says}说：“{reason}”。"
    return said(form, says=report.says, reason=reason)


def is_explained(report: Report, line: Row) -> bool:
    """Whether anything is said of why a line lies beside its budget."""
    return bool(reason_of(report, line) or parts_explain(report, line))


def parts_explain(report: Report, line: Row) -> bool:
    """Whether the parts of `line` that give a reason make up most of what lies beside its budget."""
    return why.parts_explain(line, report.children, lambda part: _deviation(report, part), lambda part: reason_of(report, part))


def _deviation(report: Report, line: Row) -> Decimal | None:
    row = report.metric("deviation", line.line_id, report.basis_of([line]))
    return row.value if row is not None else None
