"""Every figure in the sentence it was printed in, or in the row of the sheet it was typed into, and what uses it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby

from markupsafe import Markup

from .. import words
from .markup import joined, said
from .report import Report, Row
from .values import link

QUANTITIES = frozenset({"money", "count", "percent"})
# A ledger of thousands of rows would bury the page: of the rows that are only counted into a sum, so many are shown.
_MOST_ROWS = 60


def sections(report: Report) -> list[dict[str, object]]:
    """Section by section the sentences with their figures marked; sentences come once, however many figures they hold."""
    names, led_to = _names(report), _led_to(report)
    return [_section(report, names, led_to, name, [*group]) for name, group in groupby(report.figures, key=lambda figure: figure.section)]


def _section(report: Report, names: Mapping[str, str], led_to: set[str], name: str, figures: list[Row]) -> dict[str, object]:
    groups = [[*group] for _, group in groupby(figures, key=lambda figure: (figure.line, figure.sentence))]
    shown = [group for number, group in enumerate(groups) if number < _MOST_ROWS or not group[0].cell or _ids(group) & led_to]
    *path, last = name.split(" › ")
    return {
        "path": path,
        "name": last or "报告标题",
        "sentences": [_sentence(report, names, group) for group in shown],
        "count": len(figures),
        "left_out": len(groups) - len(shown),
    }


def _ids(figures: Iterable[Row]) -> set[str]:
    return {figure.figure_id for figure in figures}


def _led_to(report: Report) -> set[str]:
    """The figures that a value of the page leads to; figures of a sum are led to by way of the row of the sum."""
    single = [fact.figure_id for fact in report.facts if len(fact.figure_id.split()) == 1]
    rows = (*report.lines, *report.indicators, *report.base_data)
    columns = [getattr(row, name) for row in rows for name in row._fields if name.endswith("_figure")]
    return {identifier for ids in (*single, *columns, *(row.figures for row in report.findings)) for identifier in ids.split()}


def _sentence(report: Report, names: Mapping[str, str], figures: list[Row]) -> dict[str, object]:
    quantities = [figure for figure in figures if figure.kind in QUANTITIES or figure.used_by]
    return {
        "line": figures[0].line,
        "cell": figures[0].cell,
        "text": _marked(figures),
        "uses": [_use(report, names, figure) for figure in quantities],
    }


def _marked(figures: list[Row]) -> Markup:
    """The sentence with each figure marked and given its anchor; one that cannot be found in it stands behind it."""
    sentence = figures[0].sentence
    found = sorted(_found(sentence, figures), key=lambda place: place[0])
    parts: list[object] = []
    at = 0
    for start, figure in found:
        parts += [sentence[at:start], said('<mark id="{id}">{text}</mark>', id=figure.figure_id, text=figure.text)]
        at = start + (len(figure.text) if start < len(sentence) else 0)
    return Markup("").join([*parts, sentence[at:]])


def _found(sentence: str, figures: Iterable[Row]) -> Iterator[tuple[int, Row]]:
    """Where each figure starts; printed figures stand in the order of the sentence, typed ones behind the head of their column."""
    at = 0
    for figure in figures:
        start = _typed_at(sentence, figure) if figure.cell else -1
        start = start if start >= at else sentence.find(figure.text, at)
        if start < 0:
            yield len(sentence), figure
        else:
            at = start + len(figure.text)
            yield start, figure


def _typed_at(sentence: str, figure: Row) -> int:
    """Where a typed figure stands in its row put in words (项目名称 …；全年预算数 12 万元): behind the head its measure ends with."""
    places = re.finditer(rf"(?<=[：；])([^：；]+?) (?={re.escape(figure.text)})", sentence)
    return next((place.end() for place in places if figure.measure.endswith(place[1])), -1)


def _use(report: Report, names: Mapping[str, str], figure: Row) -> dict[str, object]:
    users = [
        said('<a href="#{id}">{name}</a>', id=report.anchor(identifier), name=names.get(identifier, identifier))
        for identifier in figure.used_by.split()
    ]
    return {"figure": link(figure.text, figure.figure_id), "measure": figure.measure, "cell": figure.cell, "users": joined(users, "；")}


def _names(report: Report) -> dict[str, str]:
    return (
        {row.item_id: f"基础数据：{row.item}" for row in report.base_data}
        | {line.line_id: f"预算行：{line.item}" for line in report.lines}
        | {fact.fact_id: f"工作事实：{fact.label}" for fact in report.facts}
        | {row.indicator_id: f"绩效指标：{row.name or words.choice('indicators', 'level1', row.level1)}" for row in report.indicators}
        | {finding.finding_id: f"核对：{finding.title}" for finding in report.findings}
    )
