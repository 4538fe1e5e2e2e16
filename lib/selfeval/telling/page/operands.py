"""What a metric or a score was reckoned with: its operands by name, each a link to its row and with what it holds."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from markupsafe import Markup

from selfeval import words

from .markup import joined, said
from .report import Report, Row, metric_anchor
from .values import amount, computed, leading, stated, typed

COLUMNS = {
    "target": "绩效目标",
    "initial": "年初预算数",
    "adjusted": "全年预算数",
    "actual": "实际支出",
    "item": "名称",
    "value": "",
}
_BASE_COLUMNS = {"last_actual": "上年决算数", "budget": "本年预算数", "actual": "本年决算数"}
_INDICATOR_COLUMNS = {"target": "年度指标值", "actual": "实际完成值", "weight": "分值", "stated_score": "自评得分"}
_MONEY = ("target", "initial", "adjusted", "actual")


def operands(report: Report, inputs: str, of: str = "") -> Markup:
    """The operands named in `inputs` (ids with their columns, parted by blanks); a dash where there is none.

    Those of the budget line `of`, which is named beside them already, go by the name of their column, and so do further ones of a line.
    """
    parts: list[Markup] = []
    for operand in dict.fromkeys(inputs.split()):
        identifier, _, column = operand.partition(".")
        parts += _operand(report, identifier, column, of)
        of = identifier
    return joined(parts) or Markup("—")


def _operand(report: Report, identifier: str, column: str, of: str) -> Iterator[Markup]:
    """One operand; one that stands in no table is left out."""
    if identifier in report.row_by_id:
        table, row = report.row_by_id[identifier]
        if table == "lines" and identifier == of and column in _MONEY:
            yield said("{name} {value}", name=COLUMNS[column], value=amount(row, column))
        else:
            yield _WRITERS[table](report, row, column)


def _line(report: Report, line: Row, column: str) -> Markup:
    value = amount(line, column) if column in _MONEY else ""
    return _named(report, line.line_id, f"{line.item}{COLUMNS[column] if column in _MONEY else ''}", value)


def _fact(report: Report, fact: Row, column: str) -> Markup:  # noqa: ARG001  all kinds are called alike
    return _named(report, fact.fact_id, fact.label, stated(fact))


def _indicator(report: Report, row: Row, column: str) -> Markup:
    """An indicator goes into its own score alone, whose row names it already."""
    unit = row.unit if column in {"target", "actual"} else "分"
    known = column in _INDICATOR_COLUMNS
    if known:
        return said("{name} {value}", name=_INDICATOR_COLUMNS[column], value=typed(row, column, unit=unit))
    return _named(report, row.indicator_id, row.name, "")


def _base(report: Report, row: Row, column: str) -> Markup:
    value = typed(row, column, unit=row.unit) if column in _BASE_COLUMNS else ""
    return _named(report, row.item_id, row.item + _BASE_COLUMNS.get(column, ""), value)


def _metric(report: Report, row: Row, column: str) -> Markup:  # noqa: ARG001
    return said('<a href="#{id}">{name}</a> {value}', id=metric_anchor(row), name=row.label, value=computed(row))


def _score(report: Report, row: Row, column: str) -> Markup:
    value = words.quantity(getattr(row, column), "分") if column in {"points", "weight"} else ""
    return _named(report, row.score_id, row.name or words.choice("indicators", "level1", row.level1), value)


def _named(report: Report, identifier: str, name: str, value: object) -> Markup:
    return leading(report.anchor(identifier), name) + (said(" {}", value) if value else "")


_WRITERS: dict[str, Callable[[Report, Row, str], Markup]] = {
    "lines": _line,
    "facts": _fact,
    "indicators": _indicator,
    "base_data": _base,
    "scores": _score,
    "budget": _metric,
    "safety": _metric,
}
