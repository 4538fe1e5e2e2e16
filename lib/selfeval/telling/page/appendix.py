"""The annexes: every figure and where it stands, every metric with formula and operands, every line and fact, and where all came from."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from itertools import groupby

from markupsafe import Markup

from selfeval import words
from selfeval.paths import LOOSE_FILE
from selfeval.reading.kind import EVALUATIONS

from .annex import shown_figures
from .markup import Block, Table, TableRow, block, joined, said
from .operands import COLUMNS, operands
from .origin import place_of
from .report import Report, Row, metric_anchor
from .uses import QUANTITIES, Uses
from .values import ABSENT, amount, fact_anchor, leading, link, stated, typed, uncomputed

# More figures than this are not listed a second time; the annex marks them all.
_MOST_FIGURES = 500
# More sections than this would be a long list by themselves.
_MOST_SECTIONS, _SEP = 20, " › "
# More operands than this are listed once for all metrics that share them.
_MOST_OPERANDS = 12


def appendix(report: Report) -> Block:
    """The annexes of `report`: figures, metrics, budget lines, work facts."""
    quantities = [figure for figure in report.figures if figure.kind in QUANTITIES]
    shown, uses = shown_figures(report), Uses(report)
    identifiers = {figure.figure_id for figure in shown}
    return block(
        "appendix",
        says=report.says,
        sections=_figure_lists(report, uses, shown) if len(shown) <= _MOST_FIGURES else [],
        quantities=len(quantities),
        others=len(report.figures) - len(quantities),
        unused=[_unused(figure, identifiers) for figure in quantities if not figure.used_by],
        metrics=_metric_tables(report),
        lines=_lines_table(report, uses),
        facts=_facts_table(report, uses),
        base=_base_table(report, uses),
    )


# ---- figures ----------------------------------------------------------------------------------------------------------------------------


def _figure_lists(report: Report, uses: Uses, shown: Iterable[Row]) -> list[dict[str, object]]:
    """Section by section every figure that counts, where it stands and what rests on it; of very many sections chapter by chapter."""
    shown = [*shown]
    depth = None if len({figure.section for figure in shown}) <= _MOST_SECTIONS else 1
    groups = groupby(shown, key=lambda figure: _SEP.join(figure.section.split(_SEP)[:depth]))
    return [_figure_list(report, uses, name, [*group]) for name, group in groups]


def _figure_list(report: Report, uses: Uses, name: str, figures: list[Row]) -> dict[str, object]:
    *path, last = name.split(_SEP)
    entries = [
        {
            "figure": link(figure.text, figure.figure_id),
            "measure": figure.measure,
            "place": place_of(report, figure),
            "uses": joined(uses.rows(figure), "；") or "没有用到",
        }
        for figure in figures
    ]
    return {"path": path, "name": last or "报告标题", "figures": entries}


def _unused(figure: Row, shown: set[str]) -> Markup:
    """A figure nobody uses; in the rows of a ledger that are not shown there is nothing to lead to."""
    return link(figure.text, figure.figure_id if figure.figure_id in shown else "")


# ---- metrics ----------------------------------------------------------------------------------------------------------------------------


def _metric_tables(report: Report) -> list[Table]:
    whole = [row for row in report.budget if row.scope in words.SCOPES]
    single = [row for row in report.budget if row.scope not in words.SCOPES]
    groups = (("部门和全部项目的指标", whole), ("各预算行的指标", single), ("安全生产和应急工作的指标", report.safety))
    return [_metric_table(report, caption, rows) for caption, rows in groups if rows]


def _metric_table(report: Report, caption: str, rows: Iterable[Row]) -> Table:
    """Metrics with formula and operands; many operands that a metric above has all the same are not listed again."""
    listed: dict[frozenset[str], Row] = {}
    entries = []
    for row in rows:
        first = listed.setdefault(frozenset(row.inputs.split()), row)
        cells = [row.label, _scope(report, row), _value(row), row.formula, _operands(report, row, first), row.note or "—"]
        entries.append(TableRow(cells, metric_anchor(row)))
    return Table(caption, ("指标", "范围", "数值", "公式", "代入", "说明"), entries, frozenset({2}))


def _scope(report: Report, row: Row) -> Markup | str:
    """What a metric is of; a budget line leads to its row."""
    name, (table, _) = report.scope(row), report.row_by_id.get(row.scope, ("", None))
    return leading(row.scope, name) if table == "lines" else name


def _operands(report: Report, row: Row, first: Row) -> Markup:
    count = len(set(row.inputs.split()))
    if first is row or count <= _MOST_OPERANDS:
        return operands(report, row.inputs, of=row.scope)
    return said("{} 个数，与{}相同", count, leading(metric_anchor(first), first.label))


def _value(row: Row) -> str:
    if row.status == "not_computable":
        return uncomputed(row)
    return words.measured(row.value, row.unit, row.note)


# ---- lines and facts --------------------------------------------------------------------------------------------------------------------


def _lines_table(report: Report, uses: Uses) -> Table | None:
    columns = [column for column in ("target", "initial", "adjusted") if any(getattr(line, column) is not None for line in report.lines)]
    rows = [
        TableRow(
            [
                line.item, words.BOOKS[line.book], words.LEVELS[line.level],
                *(amount(line, column, unit=False) for column in (*columns, "actual")), words.ORIGINS[line.source],
                _summed(report, line), uses.reckoned_with(line.line_id),
            ],
            line.line_id,
        )
        for line in report.lines
    ]  # fmt: skip
    heads = ("名称", "预算", "层级", *(f"{COLUMNS[column]}（万元）" for column in (*columns, "actual")), "来自", "由这些行相加", "用来算")
    numeric, prose = frozenset(range(3, 4 + len(columns))), frozenset({len(heads) - 1})
    return Table("全部预算行", heads, rows, numeric, prose=prose).without_blanks() if rows else None


def _summed(report: Report, line: Row) -> Markup | str:
    """The lines that add up to one no figure states; a dash where it is stated."""
    columns = ("target", "initial", "adjusted", "actual")
    if all(getattr(line, column) is None or getattr(line, f"{column}_figure") for column in columns):
        return "—"
    return joined([leading(part.line_id, part.item) for part in report.children(line)]) or "—"


def _facts_table(report: Report, uses: Uses) -> Table | None:
    rows = [
        TableRow(
            [
                fact.label or ABSENT, words.area(fact.area), words.sector(fact.sector), stated(fact), words.ORIGINS[fact.source],
                _counted(fact), uses.reckoned_with(fact.fact_id),
            ],
            fact.fact_id,
        )
        for fact in report.facts
    ]  # fmt: skip
    heads = ("事实", "领域", "行业", "数量", "来自", "怎么数的", "用来算")
    return Table("全部工作事实", heads, rows, frozenset({3})).without_blanks() if rows else None


def _counted(fact: Row) -> str:
    """How a fact that is no single figure came about: what was counted or added up in which sheet."""
    return fact.sentence or "—" if fact.source == "table" and fact_anchor(fact) == fact.fact_id else "—"


def _base_table(report: Report, uses: Uses) -> Table | None:
    """The sheet 基础数据; several rows may share an item, as the projects do, and the first bears the anchor."""
    seen: set[str] = set()
    rows = []
    for row in report.base_data:
        columns = [typed(row, column) if getattr(row, column) is not None else "—" for column in ("last_actual", "budget", "actual")]
        anchor = "" if row.item_id in seen else report.anchor(row.item_id)
        seen.add(row.item_id)
        rows.append(
            TableRow(
                [
                    row.item,
                    words.choice("base", "section", row.section),
                    row.unit or "—",
                    *columns,
                    row.note or "—",
                    uses.reckoned_with(row.item_id),
                ],
                anchor,
            )
        )
    heads = ("项目", "类别", "单位", "上年决算数", "本年预算数", "本年决算数", "说明", "用来算")
    return Table("全部基础数据", heads, rows, frozenset({3, 4, 5}), prose=frozenset({7})).without_blanks() if rows else None


# ---- provenance -------------------------------------------------------------------------------------------------------------------------


def provenance(report: Report, versions: Mapping[str, str]) -> Block:
    """Where everything came from: files with their hashes, the card, the software; no times, no places of a machine."""
    heads = ("文件", "是什么", "格式", "大小（字节）", "SHA-256")
    rows = [
        TableRow(
            [
                row.name,
                said('<span class="n">{}</span>', _role(row)),
                said('<span class="n">{}</span>', _format(row)),
                "—" if row.bytes is None else str(row.bytes),
                _hash(row.sha256),
            ]
        )
        for row in report.sources
    ]
    return block(
        "provenance",
        marked=bool(report.scores),
        base=bool(report.base_data),
        beside=report.unit != LOOSE_FILE,
        files=Table("收到的文件", heads, rows, frozenset({3})) if rows else None,
        source=report.source,
        versions="，".join(f"{name} {version}" for name, version in versions.items()),
    )


def _role(row: Row) -> str:
    """What a file is: a report that is no self-evaluation is called what it turned out to be."""
    kind = words.DOCUMENT_KINDS.get(row.document_kind, "")
    return kind if kind and row.document_kind not in EVALUATIONS else words.ROLES.get(row.role, row.role or "—")


def _format(row: Row) -> str:
    return f"{row.kind}（{row.encoding}）" if row.encoding else row.kind or "—"


def _hash(digest: str) -> Markup:
    """In pieces of eight, so that it may be broken and compared by eye."""
    return Markup("<wbr>").join(re.findall(".{1,8}", digest))
