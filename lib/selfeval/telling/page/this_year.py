"""What this year's number of a comparison rests on: rows of changes are called alike every year, the rows of one year are not."""

from __future__ import annotations

from collections.abc import Iterator

from selfeval.records.budget_lines import plain_name

from .report import Report, Row, metric_anchor
from .standing import scopes, scores_of
from .values import fact_anchor

_WHOLE = frozenset({"all", "city", ""})


def anchor_of(report: Report, change: Row) -> str:
    """The anchor of the figure, metric or score that is this year's value of a row of changes; empty where it cannot be told.

    Only what holds the very value of the row is led to: a number in another unit than the table's is not.
    """
    return next(_anchors(report, change), "") if change.value is not None else ""


def _anchors(report: Report, change: Row) -> Iterator[str]:
    kind, _, column = change.metric.partition("_")
    if kind == "line":
        yield from _lines(report, change, column)
    elif kind == "base":
        yield from _base(report, change, column)
    elif kind == "score":
        yield from _scores(report, change, column)
    elif change.metric == "indicator_actual":
        yield from _indicators(report, change)
    yield from _metrics(report, change)
    yield from _facts(report, change)


def _lines(report: Report, change: Row, column: str) -> Iterator[str]:
    level = change.scope.partition(":")[0]
    for line in report.lines_at(level):
        if getattr(line, column, None) == change.value and (level == change.scope or plain_name(line.item) in change.scope):
            yield (getattr(line, f"{column}_figure").split() or [line.line_id])[0]


def _base(report: Report, change: Row, column: str) -> Iterator[str]:
    for row in report.base_data:
        if getattr(row, column, None) == change.value and change.scope in {row.item_id, f"{row.section}:{plain_name(row.item)}"}:
            yield (getattr(row, f"{column}_figure").split() or [report.anchor(row.item_id)])[0]


def _scores(report: Report, change: Row, part: str) -> Iterator[str]:
    """Scores that the chapter on indicators shows; those of other rows than 总分 by their name in the label."""
    for scope in scopes(report):
        for row in scores_of(report, scope):
            named = part == "total" or (row.name and row.name in change.label)
            if row.part == part and row.points == change.value and named and (scope == change.scope or scope in change.label):
                yield row.score_id


def _indicators(report: Report, change: Row) -> Iterator[str]:
    for row in report.indicators:
        if row.actual == change.value and row.name and row.name in change.label:
            yield from row.actual_figure.split()[:1]


def _metrics(report: Report, change: Row) -> Iterator[str]:
    for row in (*report.budget, *report.safety):
        same = (row.metric, row.basis, row.value) == (change.metric, change.basis, change.value)
        if same and row.status == "computed" and _is_of(report, row, change.scope):
            yield metric_anchor(row)


def _is_of(report: Report, metric: Row, scope: str) -> bool:
    """Whether a metric is of what is called `scope` in the comparison: itself, a line by level and name, a fact by its label."""
    table, row = report.row_by_id.get(metric.scope, ("", None))
    if table == "lines":
        return scope == row.level or plain_name(row.item) in scope
    return scope == (row.label if table == "facts" else metric.scope)


def _facts(report: Report, change: Row) -> Iterator[str]:
    for fact in report.facts:
        named = change.metric in {fact.indicator, f"named:{fact.label}"}
        if named and fact.value == change.value and (fact.sector == change.scope or {fact.sector, change.scope} <= _WHOLE):
            yield fact_anchor(fact)
