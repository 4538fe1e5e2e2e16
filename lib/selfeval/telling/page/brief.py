"""A report in a few words, as the start page prints them: kept in its manifest, so that nobody reads thousands of tables for them."""

from __future__ import annotations

from dataclasses import dataclass, fields

from selfeval import words

from .indicators import total as total_score
from .report import Report
from .values import uncomputed


@dataclass(frozen=True)
class Brief:
    """What is printed of one body and year; "" where there is nothing to print.

    `body` is its name, `spent` what was spent in all, `rate` how much that is of the budget that `basis` names: the bases of two years may
    differ. `official` is the official rate, or `no_official` why there is none; the same of `points`. `published` and `obtained` are the
    dates on the source card. `open_findings` are differences that weigh and nobody has acknowledged, `to_fill` the places of the narrative
    report left to people.
    """

    body: str = ""
    invented: bool = False
    spent: str = ""
    basis: str = ""
    rate: str = ""
    official: str = ""
    no_official: str = ""
    points: str = ""
    grade: str = ""
    no_points: str = ""
    published: str = ""
    obtained: str = ""
    open_findings: int = 0
    to_fill: int = 0


def brief(report: Report, open_findings: int = 0, to_fill: int = 0) -> Brief:
    """`report` in brief; of one without lines only what its source card says."""
    source = report.source
    told = {**_spent(report), **_official(report), **_points(report)} if report.lines else {}
    if source:
        told |= {"body": report.body, "invented": words.is_invented(source.note)}
        told |= {"published": source.published, "obtained": source.obtained}
    return Brief(**told, open_findings=open_findings, to_fill=to_fill)


def kept_brief(content: object) -> Brief | None:
    """The brief that was kept as `content`, a mapping of its fields; None where it is none that could be printed."""
    kinds = {field.name: type(field.default) for field in fields(Brief)}
    if not isinstance(content, dict) or content.keys() != kinds.keys():
        return None
    return Brief(**content) if all(type(content[name]) is kind for name, kind in kinds.items()) else None


def _spent(report: Report) -> dict[str, str]:
    total = report.total()
    if total is None or total.actual is None:
        return {}
    basis = report.basis_of([total])
    rate = report.metric("execution_rate", total.line_id, basis)
    share = {"basis": words.basis(basis), "rate": _percent(rate)} if rate else {}
    return {"spent": words.measured(total.actual, "万元"), **share}


def _official(report: Report) -> dict[str, str]:
    rate = report.metric("official_execution_rate")
    if rate is not None:
        return {"official": _percent(rate)}
    return {"no_official": _uncomputed(report.gap("official_execution_rate"))}


def _points(report: Report) -> dict[str, str]:
    row = total_score(report)
    if row is None or row.status != "computed" or row.points is None:
        return {"no_points": _uncomputed(row)}
    points = words.number(row.points) + (f" / {words.number(row.weight)}" if row.weight is not None else "")
    return {"points": points, "grade": row.grade}


def _uncomputed(row: object | None) -> str:
    return uncomputed(row) if row is not None and row.status == "not_computable" else ""


def _percent(rate: object) -> str:
    return words.measured(rate.value, rate.unit, rate.note, short=True)
