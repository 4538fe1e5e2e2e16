"""The annexes: every figure in its sentence, every metric with formula and operands, every line and fact, and where all came from."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from itertools import groupby

from markupsafe import Markup

from .. import words
from .markup import Block, Table, TableRow, block, joined, said
from .report import Report, Row
from .values import ABSENT, amount, link, metric_anchor, stated

_QUANTITIES = frozenset({"money", "count", "percent"})
_COLUMNS = {"target": "绩效目标", "initial": "年初预算数", "adjusted": "全年预算数", "actual": "实际支出", "item": "名称", "value": ""}


def appendix(report: Report) -> Block:
    """The annexes of `report`: figures, metrics, budget lines, work facts."""
    quantities = [figure for figure in report.figures if figure.kind in _QUANTITIES]
    return block(
        "appendix",
        sections=_sections(report),
        quantities=len(quantities),
        others=len(report.figures) - len(quantities),
        unused=[link(figure.text, figure.figure_id) for figure in quantities if not figure.used_by],
        metrics=_metric_tables(report),
        lines=_lines_table(report),
        facts=_facts_table(report),
    )


# ---- figures ----------------------------------------------------------------------------------------------------------------------------


def _sections(report: Report) -> list[dict[str, object]]:
    """Section by section the sentences with their figures marked; sentences come once, however many figures they hold."""
    sections, names = [], _names(report)
    for name, figures in groupby(report.figures, key=lambda figure: figure.section):
        sentences = [_sentence(names, list(group)) for _, group in groupby(figures, key=lambda figure: (figure.line, figure.sentence))]
        count = sum(entry["count"] for entry in sentences)
        *path, last = name.split(" › ")
        sections.append({"path": path, "name": last or "报告标题", "sentences": sentences, "count": count})
    return sections


def _sentence(names: Mapping[str, str], figures: list[Row]) -> dict[str, object]:
    quantities = [figure for figure in figures if figure.kind in _QUANTITIES or figure.used_by]
    return {
        "line": figures[0].line,
        "text": _marked(figures),
        "uses": [_use(names, figure) for figure in quantities],
        "count": len(figures),
    }


def _marked(figures: list[Row]) -> Markup:
    """The sentence with each figure marked and given its anchor, in the order they stand in."""
    sentence, at = figures[0].sentence, 0
    parts: list[object] = []
    for figure in figures:
        start = sentence.find(figure.text, at)
        if start < 0:
            parts.append(said('<mark id="{id}">{text}</mark>', id=figure.figure_id, text=figure.text))
            continue
        parts += [sentence[at:start], said('<mark id="{id}">{text}</mark>', id=figure.figure_id, text=figure.text)]
        at = start + len(figure.text)
    return Markup("").join([*parts, sentence[at:]])


def _use(names: Mapping[str, str], figure: Row) -> dict[str, object]:
    users = [
        said('<a href="#{id}">{name}</a>', id=identifier, name=names.get(identifier, identifier)) for identifier in figure.used_by.split()
    ]
    return {"figure": link(figure.text, figure.figure_id), "measure": figure.measure, "users": joined(users, "；")}


def _names(report: Report) -> dict[str, str]:
    return (
        {line.line_id: f"预算行：{line.item}" for line in report.lines}
        | {fact.fact_id: f"工作事实：{fact.label}" for fact in report.facts}
        | {finding.finding_id: f"核对：{finding.title}" for finding in report.findings}
    )


# ---- metrics ----------------------------------------------------------------------------------------------------------------------------


def _metric_tables(report: Report) -> list[Table]:
    fixed = {"projects": "全部项目", "department": "部门整体"}
    whole = [row for row in report.budget if row.scope in fixed]
    single = [row for row in report.budget if row.scope not in fixed]
    groups = (("部门和全部项目的指标", whole), ("各预算行的指标", single), ("安全生产和应急工作的指标", report.safety))
    return [_metric_table(report, caption, rows) for caption, rows in groups if rows]


def _metric_table(report: Report, caption: str, rows: Iterable[Row]) -> Table:
    entries = [
        TableRow([row.label, report.scope(row), _value(row), row.formula, _inputs(report, row), row.note or "—"], metric_anchor(row))
        for row in rows
    ]
    return Table(caption, ("指标", "范围", "数值", "公式", "代入", "说明"), entries, frozenset({2}))


def _value(row: Row) -> str:
    if row.status == "not_computable":
        return words.not_computable(row.missing)
    return words.measured(row.value, row.unit, row.note)


def _inputs(report: Report, row: Row) -> Markup:
    """The operands by name, each a link to its row and with what it holds."""
    lines = {line.line_id: line for line in report.lines}
    facts = {fact.fact_id: fact for fact in report.facts}
    parts = []
    for operand in dict.fromkeys(row.inputs.split()):
        identifier, _, column = operand.partition(".")
        if identifier in lines and column in {"target", "initial", "adjusted", "actual"}:
            line = lines[identifier]
            parts.append(_operand(identifier, f"{line.item}{_COLUMNS[column]}", amount(line, column)))
        elif identifier in lines:
            parts.append(_operand(identifier, lines[identifier].item, ""))
        elif identifier in facts:
            fact = facts[identifier]
            parts.append(_operand(identifier, fact.label, stated(fact)))
    return joined(parts) or Markup("—")


def _operand(identifier: str, name: str, value: object) -> Markup:
    return said('<a href="#{id}">{name}</a> {value}', id=identifier, name=name, value=value)


# ---- lines and facts --------------------------------------------------------------------------------------------------------------------


def _lines_table(report: Report) -> Table | None:
    columns = [column for column in ("target", "initial", "adjusted") if any(getattr(line, column) is not None for line in report.lines)]
    rows = [
        TableRow(
            [
                line.item, words.BOOKS[line.book], words.LEVELS[line.level],
                *(amount(line, column, unit=False) for column in (*columns, "actual")), words.ORIGINS[line.source],
            ],
            line.line_id,
        )
        for line in report.lines
    ]  # fmt: skip
    heads = ("名称", "预算", "层级", *(f"{_COLUMNS[column]}（万元）" for column in (*columns, "actual")), "来自")
    return Table("全部预算行", heads, rows, frozenset(range(3, 4 + len(columns)))) if rows else None


def _facts_table(report: Report) -> Table | None:
    rows = [
        TableRow(
            [fact.label or ABSENT, words.area(fact.area), words.sector(fact.sector), stated(fact), words.ORIGINS[fact.source]], fact.fact_id
        )
        for fact in report.facts
    ]
    return Table("全部工作事实", ("事实", "领域", "行业", "数量", "来自"), rows, frozenset({3})) if rows else None


# ---- provenance -------------------------------------------------------------------------------------------------------------------------


def provenance(report: Report, versions: Mapping[str, str]) -> Block:
    """Where everything came from: files with their hashes, the card, the software; no times, no places of a machine."""
    heads = ("文件", "是什么", "格式", "大小（字节）", "SHA-256")
    rows = [
        TableRow(
            [
                row.name,
                words.ROLES.get(row.role, row.role or "—"),
                _format(row),
                "—" if row.bytes is None else str(row.bytes),
                _hash(row.sha256),
            ]
        )
        for row in report.sources
    ]
    return block(
        "provenance",
        files=Table("收到的文件", heads, rows, frozenset({3})) if rows else None,
        source=report.source,
        versions="，".join(f"{name} {version}" for name, version in versions.items()),
    )


def _format(row: Row) -> str:
    return f"{row.kind}（{row.encoding}）" if row.encoding else row.kind or "—"


def _hash(digest: str) -> Markup:
    """In pieces of eight, so that it may be broken and compared by eye."""
    return Markup("<wbr>").join(re.findall(".{1,8}", digest))
