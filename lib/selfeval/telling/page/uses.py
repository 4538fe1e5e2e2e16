"""What rests on a figure: budget lines, facts, indicators and findings, the metrics reckoned with it, what the audit holds against it."""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property

from markupsafe import Markup

from selfeval import words

from .markup import joined, said
from .report import DOUBTFUL, Report, Row, metric_anchor
from .values import finding_mark, leading

# What is worked with: money, counts, percentages. Dates, ordinals and codes are read but not worked with.
QUANTITIES = frozenset({"money", "count", "percent"})
# So many metrics are named; a project goes into dozens.
_MOST_IN_A_LINE, _MOST_IN_A_ROW = 2, 8
# A figure that stands for the whole year may be leaned on by hundreds of rows.
_MOST_ROWS = 12
# Columns whose figure is called otherwise (schemas base_data and indicators).
_COLUMN_OF = {"last": "last_actual", "stated": "stated_score"}


def counts(figure: Row) -> bool:
    """Whether a figure is worked with: a quantity, or whatever else something rests on."""
    return figure.kind in QUANTITIES or bool(figure.used_by)


class Uses:
    """The tables of a report the other way round: from a figure or a row to whatever rests on it."""

    def __init__(self, report: Report) -> None:
        """Of `report`; every index is made when it is first asked for."""
        self.report = report

    def of(self, figure: Row) -> Markup:
        """Links to everything that rests on a figure, the metrics reckoned with it at the end; empty where nothing does."""
        found, used_by = self.rows(figure), figure.used_by.split()
        metrics = {metric_anchor(row): row for identifier in used_by for row in self._metrics_of(identifier, figure.figure_id)}
        if metrics:
            found.append(said("算出：{}", _some([*metrics.values()], _MOST_IN_A_LINE)))
        return joined(found, "；")

    def rows(self, figure: Row) -> list[Markup]:
        """Links to the rows that rest on a figure; of very many the first, and how many there are."""
        used_by = figure.used_by.split()
        found = [leading(self.report.anchor(each), self._names.get(each, each)) for each in used_by[:_MOST_ROWS]]
        return found if len(used_by) <= _MOST_ROWS else [*found, said("等 {} 处", len(used_by))]

    def reckoned_with(self, identifier: str) -> Markup | str:
        """Links to the metrics that a row goes into, all that are of it alone and some of the others; a dash where there is none."""
        found = {metric_anchor(row): row for row in self._reckoned.get(identifier, ())}
        own = sum(row.scope == identifier for row in found.values())
        return _some(sorted(found.values(), key=lambda row: row.scope != identifier), max(own, _MOST_IN_A_ROW)) or "—"

    def doubt(self, figure: Row) -> Markup:
        """The weightiest finding that rests on a figure, as a link with its verdict; empty where there is none.

        It is softer where the finding speaks of another figure and only reckons with this one.
        """
        found = self._doubts[0].get(figure.figure_id, [])
        own = self.report.doubts(figure.figure_id)
        return _mark(self.report, (own or found)[0], soft=not own) if found else Markup("")

    def doubts_of_line(self, line: int) -> Markup:
        """The findings on the words of a line, which rest on no figure."""
        return joined([_mark(self.report, row, soft=False) for row in self._doubts[1].get(line, ())], "")

    @cached_property
    def _doubts(self) -> tuple[dict[str, list[Row]], dict[int, list[Row]]]:
        """Findings that differ or remark, weightiest first: by each figure they rest on, and those without any by their line."""
        figures: dict[str, list[Row]] = defaultdict(list)
        lines: dict[int, list[Row]] = defaultdict(list)
        for row in self.report.ordered_findings(*DOUBTFUL):
            for figure in row.figures.split():
                figures[figure].append(row)
            if not row.figures and row.line:
                lines[row.line].append(row)
        return dict(figures), dict(lines)

    @cached_property
    def _names(self) -> dict[str, str]:
        """What each row that may rest on a figure is called."""
        report = self.report
        return (
            {row.item_id: f"基础数据：{row.item}" for row in report.base_data}
            | {line.line_id: f"预算行：{line.item}" for line in report.lines}
            | {fact.fact_id: f"工作事实：{fact.label}" for fact in report.facts}
            | {row.indicator_id: f"绩效指标：{row.name or words.choice('indicators', 'level1', row.level1)}" for row in report.indicators}
            | {finding.finding_id: f"核对：{words.spaced(finding.title)}" for finding in report.findings}
        )

    @cached_property
    def _reckoned(self) -> dict[str, list[Row]]:
        """Metrics by the row that goes into them."""
        found: dict[str, list[Row]] = defaultdict(list)
        for operand, metrics in self._metrics.items():
            found[operand.partition(".")[0]] += metrics
        return dict(found)

    @cached_property
    def _metrics(self) -> dict[str, list[Row]]:
        """Metrics by operand: a row and its column."""
        found: dict[str, list[Row]] = defaultdict(list)
        for metric in (*self.report.budget, *self.report.safety):
            for operand in dict.fromkeys(metric.inputs.split()):
                found[operand].append(metric)
        return dict(found)

    def _metrics_of(self, identifier: str, figure: str) -> list[Row]:
        """The metrics that a row goes into with the column this figure fills."""
        _, row = self.report.row_by_id.get(identifier, ("", None))
        if row is None:
            return []
        columns = [
            name.removesuffix("_figure") for name in row._fields if name.endswith("_figure") and figure in getattr(row, name).split()
        ]
        operands = [f"{identifier}.{_COLUMN_OF.get(column, column)}" for column in columns]
        operands += [identifier, f"{identifier}.value"] if "figure_id" in row._fields else []
        return [metric for operand in operands for metric in self._metrics.get(operand, ())]


def _some(metrics: list[Row], most: int) -> Markup:
    """The first metrics by name, and how many there are where that is not all."""
    named = joined([leading(metric_anchor(row), row.label) for row in metrics[:most]])
    return named + (f"等 {len(metrics)} 项" if len(metrics) > most else "")


def _mark(report: Report, finding: Row, *, soft: bool) -> Markup:
    return said("<sup>{}</sup>", finding_mark(report, finding, "mark soft" if soft else "mark"))
