"""The tables of one body and year as the page looks things up in them. Nothing is reckoned here: what a page says stands in a table."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import Any

import pandas as pd

from selfeval import words
from selfeval.paths import Place
from selfeval.quantity import base_unit, in_base_unit
from selfeval.tables import read_table, rows_in

# One row of a table: its columns are its attributes.
Row = Any

_WEIGHT = {"high": 0, "medium": 1, "low": 2, "info": 3}
_URGENCY = {"differs": 0, "flag": 1, "suspect": 2, "not_checkable": 3, "rounding": 4, "agrees": 5}
_TWO_SOURCES, _SUM = "TABLE", "sum"
_MONEY, _MARKS = "万元", "分"
# Verdicts that leave something to explain.
DOUBTFUL = frozenset({"differs", "flag"})
# Every table the page reads, and what its rows are called here.
TABLES = {
    "sources": "sources",
    "passages": "passages",
    "figures": "figures",
    "budget_lines": "lines",
    "work_facts": "facts",
    "indicators": "indicators",
    "base_data": "base_data",
    "findings": "findings",
    "budget_metrics": "budget",
    "scores": "scores",
    "budget_changes": "budget_changes",
    "safety_metrics": "safety",
    "safety_changes": "safety_changes",
}
# What rows are called in the column `inputs` of metrics and scores.
_IDS = {
    "lines": "line_id",
    "facts": "fact_id",
    "indicators": "indicator_id",
    "base_data": "item_id",
    "scores": "score_id",
    "budget": "metric",
    "safety": "metric",
}


@dataclass(frozen=True)
class Report:
    """Everything 04 reads, as rows in the order of the tables."""

    unit: str
    year: int
    sources: list[Row] = field(default_factory=list)
    passages: list[Row] = field(default_factory=list)
    figures: list[Row] = field(default_factory=list)
    lines: list[Row] = field(default_factory=list)
    facts: list[Row] = field(default_factory=list)
    indicators: list[Row] = field(default_factory=list)
    base_data: list[Row] = field(default_factory=list)
    findings: list[Row] = field(default_factory=list)
    budget: list[Row] = field(default_factory=list)
    scores: list[Row] = field(default_factory=list)
    budget_changes: list[Row] = field(default_factory=list)
    safety: list[Row] = field(default_factory=list)
    safety_changes: list[Row] = field(default_factory=list)
    _doubts: dict[str, list[Row]] = field(default_factory=dict, compare=False, repr=False)

    @classmethod
    def of(cls, unit: str, year: int, tables: Mapping[str, pd.DataFrame]) -> Report:
        """The report of `unit` and `year` from its tables by name; a table that is not given has no row."""
        rows = {TABLES[name]: rows_in(frame) for name, frame in tables.items() if name in TABLES}
        return cls(unit, year, **rows, _doubts=_doubts(rows.get("findings", ())))

    # ---- the body ---------------------------------------------------------------------------------------------------------------------

    @property
    def source(self) -> Row | None:
        """The row of the report file among the raw files."""
        return next((row for row in self.sources if row.role == "report"), next(iter(self.sources), None))

    @property
    def body(self) -> str:
        """The name of the body as its report or the source card has it, else its slug; one that is invented says so."""
        return words.body((self.source.body if self.source else "") or self.unit, self.source.note if self.source else "")

    @property
    def title(self) -> str:
        """What the page is called."""
        return f"{self.body} {self.year} 年度{self.reading.removeprefix('部门')}"

    @property
    def document(self) -> str:
        """What the report file turned out to be, in words; a self-evaluation where there is none, or nothing is known of it."""
        kind = self.source.document_kind if self.source else ""
        return words.DOCUMENT_KINDS[kind or "body_evaluation"]

    @property
    def reading(self) -> str:
        """What this page is: the reading of such a document."""
        return f"{self.document.removesuffix('报告')}核读"

    @property
    def has_text(self) -> bool:
        """Whether there is a report to read, and not only tables; where nothing is known of the files, there is."""
        return not self.sources or any(row.role == "report" for row in self.sources)

    @cached_property
    def has_sheets(self) -> bool:
        """Whether any figure was typed into a cell."""
        return any(figure.cell for figure in self.figures)

    @property
    def says(self) -> str:
        """Who tells the figures, as the subject of a sentence: 报告 where that is all there is, else 材料."""
        return "材料" if self.has_sheets or not self.has_text else "报告"

    @cached_property
    def figure_by_id(self) -> dict[str, Row]:
        """Every figure by its id."""
        return {figure.figure_id: figure for figure in self.figures}

    @cached_property
    def text_lines(self) -> frozenset[int]:
        """The numbers of the lines of the text."""
        return frozenset(row.line for row in self.passages if row.kind == "line")

    @cached_property
    def row_of_cell(self) -> dict[tuple[str, str], str]:
        """The anchor of the row of a sheet by its section and the address of one of its cells."""
        rows = [row for row in self.passages if row.kind == "row"]
        return {(row.section, cell): row.passage_id for row in rows for cell in row.cells.split("\t") if cell}

    @cached_property
    def row_by_id(self) -> dict[str, tuple[str, Row]]:
        """What an operand of a metric or a score names: the table (by its name here) and the row."""
        found: dict[str, tuple[str, Row]] = {}
        for table, column in _IDS.items():
            for row in getattr(self, table):
                found.setdefault(getattr(row, column), (table, row))
        return found

    @cached_property
    def metric_by_anchor(self) -> dict[str, Row]:
        """Every metric by the anchor of its row."""
        return {metric_anchor(row): row for row in reversed((*self.budget, *self.safety))}

    @cached_property
    def finding_by_id(self) -> dict[str, Row]:
        """Every finding by its id."""
        return {row.finding_id: row for row in self.findings}

    @cached_property
    def parts(self) -> frozenset[str]:
        """The figures that the audit adds up as parts of a sum; the sum stands first among the figures of a finding."""
        added = (row.figures.split() for row in self.findings if row.family == _SUM)
        return frozenset(part for _, *parts in filter(None, added) for part in parts)

    def anchor(self, identifier: str) -> str:
        """The anchor of a row by its id; rows of base_data are called by their item, which other things of the page may be called too."""
        return f"base-{identifier}" if identifier in self._items else identifier

    @cached_property
    def _items(self) -> frozenset[str]:
        return frozenset(row.item_id for row in self.base_data)

    # ---- lines and facts --------------------------------------------------------------------------------------------------------------

    def lines_at(self, *levels: str) -> list[Row]:
        """Budget lines of these levels."""
        return [line for line in self.lines if line.level in levels]

    def total(self) -> Row | None:
        """The line of the body's whole expenditure."""
        return next(iter(self.lines_at("total")), None)

    def projects(self) -> list[Row]:
        """The projects listed one by one, without the parts of a project."""
        ids = {line.line_id for line in self.lines_at("project")}
        return [line for line in self.lines_at("project") if line.parent_id not in ids]

    def children(self, line: Row) -> list[Row]:
        """The lines printed as parts of `line`."""
        return [child for child in self.lines if child.parent_id == line.line_id]

    def facts_of(self, indicator: str, sector: str | None = None) -> list[Row]:
        """The facts of an indicator, what is printed twice once."""
        found = [fact for fact in self.facts if fact.indicator == indicator and sector in {None, fact.sector}]
        return list(
            {(fact.sector, fact.label, fact.value, fact.unit, fact.qualifier, fact.date): fact for fact in reversed(found)}.values()
        )[::-1]

    def fact(self, indicator: str, sector: str | None = None) -> Row | None:
        """The first fact of an indicator that has a value."""
        return next((fact for fact in self.facts_of(indicator, sector) if fact.value is not None), None)

    def sectors_with(self, indicators: Iterable[str]) -> list[str]:
        """The trades for which one of `indicators` is stated, in reading order."""
        wanted = set(indicators)
        return list(dict.fromkeys(fact.sector for fact in self.facts if fact.indicator in wanted and fact.value is not None))

    @property
    def ruleset(self) -> str:
        """The rule set the scores were made with, else the one the card names."""
        named = [*(row.ruleset for row in self.scores), *(row.scoring for row in self.sources), "national"]
        return next(filter(None, named))

    @cached_property
    def score_by_indicator(self) -> dict[str, Row]:
        """The score of each indicator by its id, which stands first among the inputs."""
        scored = [row for row in self.scores if row.part == "indicator" and row.inputs]
        return {row.inputs.split(".")[0]: row for row in scored}

    def sources_of(self, line: Row) -> list[Row]:
        """The parts of a project by where the money comes from (当年财政拨款, 上年结转资金, 其他资金)."""
        return [child for child in self.children(line) if child.fund_source]

    def base(self, item: str) -> Row | None:
        """The row of an item of the sheet 基础数据."""
        return next((row for row in self.base_data if row.item_id == item), None)

    # ---- metrics ----------------------------------------------------------------------------------------------------------------------

    def metric(self, name: str, scope: str | None = None, basis: str | None = None) -> Row | None:
        """The first computed metric of this name; in the tables the official basis stands first."""
        return next(self._metrics(name, scope, basis, "computed"), None)

    def gap(self, name: str, scope: str | None = None) -> Row | None:
        """The metric where it could not be computed."""
        return next(self._metrics(name, scope, None, "not_computable"), None)

    def _metrics(self, name: str, scope: str | None, basis: str | None, status: str) -> Iterator[Row]:
        for row in (*self.budget, *self.safety):
            if row.metric == name and row.status == status and scope in {None, row.scope} and basis in {None, row.basis}:
                yield row

    def basis_of(self, lines: Iterable[Row]) -> str:
        """The budget column most of `lines` fill, the official one where two are even; target when none is filled."""
        filled = {basis: sum(getattr(line, basis) is not None for line in lines) for basis in ("adjusted", "target", "initial")}
        best = max(filled, key=lambda basis: filled[basis])
        return best if filled[best] else "target"

    # ---- findings ---------------------------------------------------------------------------------------------------------------------

    def ordered_findings(self, *verdicts: str) -> list[Row]:
        """Findings of these verdicts by severity, differences before remarks, the larger amount first, what is of money before the rest.

        A slip in the marks a body gives itself weighs no more than one of its work.
        """
        return sorted((row for row in self.findings if row.verdict in verdicts), key=self._gravity)

    def _gravity(self, row: Row) -> tuple[int, int, Decimal, bool]:
        weight = max(_WEIGHT[row.severity], _WEIGHT["medium"]) if row.unit == _MARKS else _WEIGHT[row.severity]
        figures = (self.figure_by_id.get(identifier) for identifier in row.figures.split())
        of_money = any(figure is not None and base_unit(figure.unit) == _MONEY for figure in figures)
        return weight, _URGENCY[row.verdict], -money_of(row), not of_money

    @cached_property
    def finding_number(self) -> dict[str, int]:
        """The number of each finding, in the order the page tells them, by its id."""
        order = (("differs", "flag"), ("suspect",), ("not_checkable",), ("rounding",), ("agrees",))
        listed = [row.finding_id for verdicts in order for row in self.ordered_findings(*verdicts)]
        return {identifier: number for number, identifier in enumerate(listed, start=1)}

    def doubts(self, figure_ids: str) -> list[Row]:
        """What the audit holds against a figure: findings that differ or remark, and whose stated figure it is."""
        return [finding for identifier in figure_ids.split() for finding in self._doubts.get(identifier, ())]

    def scope(self, row: Row) -> str:
        """What a metric is about, in words."""
        names = {line.line_id: line.item for line in self.lines} | {fact.fact_id: fact.label for fact in self.facts}
        return names.get(row.scope) or words.SCOPES.get(row.scope) or words.sector(row.scope)


def money_of(row: Row) -> Decimal:
    """How much money a finding is off, in 万元; nothing where it is no money."""
    if row.difference is None or base_unit(row.unit) != _MONEY:
        return Decimal(0)
    return abs(in_base_unit(row.difference, row.unit))


def metric_anchor(metric: Row) -> str:
    """The anchor of a metric's row in the appendix."""
    return "-".join(filter(None, ("m", metric.metric, metric.scope, metric.basis)))


def read_report(place: Place) -> Report:
    """Read the tables of `place` that the stages before the report wrote.

    The result goes to the chapters of this room: `budget_chapter(read_report(place))` as the last line of a cell shows the chapter. Raises
    TableBroken when one of them is missing or does not fit its schema; then run the notebooks before it, or selfeval run.
    """
    return Report.of(place.unit, place.year, {name: read_table(name, place.processed) for name in TABLES})


def _doubts(findings: Iterable[Row]) -> dict[str, list[Row]]:
    """Findings worth a mark by the figure they speak of, which stands first among their figures.

    Where report and sheet contradict one another it may be either.
    """
    found: dict[str, list[Row]] = defaultdict(list)
    for row in findings:
        if row.verdict in DOUBTFUL and row.figures:
            for figure in row.figures.split() if row.family == _TWO_SOURCES else row.figures.split()[:1]:
                found[figure].append(row)
    return dict(found)
