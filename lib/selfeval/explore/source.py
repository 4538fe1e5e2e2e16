"""All printed figures and all findings, to be filtered and followed to their sentences."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
from markupsafe import Markup

from selfeval import words
from selfeval.tables import rows_in

from .screen import Row, Screen, frame_of

ANY = ""
Tables = Mapping[str, pd.DataFrame]
KINDS = {
    "money": "金额",
    "count": "数量",
    "percent": "百分比",
    "date": "日期",
    "year": "年份",
    "ordinal": "序号",
    "code": "代号",
    "doc_number": "文号",
    "phone": "电话",
    "other": "其他",
}
_FIGURE_HEADS = ("编号", "页", "行", "单元格", "原文", "种类", "折算后", "单位", "说的是什么", "用到它的", "原句")
_FINDING_HEADS = ("编号", "轻重", "结论", "标题", "所写", "重算", "差", "单位", "页", "行", "已认可")


def figures_screen(tables: Tables, kind: str = ANY, word: str = "", *, only_unused: bool = False) -> Screen:
    """The figures of one kind whose sentence or measure holds `word`; with `only_unused` those nothing rests on."""
    figures = rows_in(tables["figures"])
    chosen = [figure for figure in figures if kind in {ANY, figure.kind} and holds(word, figure.sentence, figure.measure, figure.text)]
    chosen = [figure for figure in chosen if not (only_unused and figure.used_by)]
    sentences = len({(figure.line, figure.sentence) for figure in chosen})
    said = (
        f"全部 {len(figures)} 个数字里，这里是 {len(chosen)} 个，在 {sentences} 句（行）里。"
        if chosen
        else "没有符合的数字；放宽条件试试。"
    )
    names, ids = _names(tables), tuple(figure.figure_id for figure in chosen)
    return Screen(
        Markup("<p>{}</p>").format(said),
        frame_of(_FIGURE_HEADS, (_figure_cells(figure, names) for figure in chosen), optional={"页", "单元格"}),
        keys=ids,
        figures=ids,
    )


def findings_screen(tables: Tables, verdict: str = ANY, severity: str = ANY) -> Screen:
    """The findings of one verdict and one weight."""
    findings = rows_in(tables["findings"])
    chosen = [row for row in findings if verdict in {ANY, row.verdict} and severity in {ANY, row.severity}]
    counts = "，".join(
        f"{name} {sum(row.verdict == key for row in findings)} 项" for key, name in words.VERDICTS.items() if verdict in {ANY, key}
    )
    said = f"共核对 {len(findings)} 项；{counts}。这里列出 {len(chosen)} 项。"
    return Screen(
        Markup("<p>{}</p>").format(said),
        frame_of(_FINDING_HEADS, map(_finding_cells, chosen), optional={"页", "已认可"}),
        keys=tuple(row.finding_id for row in chosen),
        figures=tuple(row.figures for row in chosen),
    )


def message_of(tables: Tables, finding_id: str) -> str:
    """What a finding says."""
    return next((row.message for row in rows_in(tables["findings"]) if row.finding_id == finding_id), "")


def holds(word: str, *texts: str) -> bool:
    """Whether `word`, as somebody typed it, stands in one of the texts; an empty one does."""
    return not word.strip() or any(word.strip() in text for text in texts)


def _names(tables: Tables) -> dict[str, str]:
    """What uses a figure, by its id."""
    named = (("budget_lines", "line_id", "item"), ("work_facts", "fact_id", "label"), ("indicators", "indicator_id", "name"))
    named += (("base_data", "item_id", "item"),)
    return {identifier: name for table, key, of in named for identifier, name in zip(tables[table][key], tables[table][of], strict=True)}


def _figure_cells(figure: Row, names: Mapping[str, str]) -> list[object]:
    shown = (figure.figure_id, figure.page, figure.line, figure.cell, figure.text, KINDS[figure.kind])
    return [*shown, figure.amount, figure.base_unit, figure.measure, _users(figure.used_by.split(), names), figure.sentence]


def _users(ids: list[str], names: Mapping[str, str]) -> str:
    """The lines, facts and indicators by name, the checks by their number."""
    users, checks = [names[it] for it in ids if it in names], sum(it not in names for it in ids)
    return "、".join([*dict.fromkeys(users), *([f"核对 {checks} 项"] if checks else [])])


def _finding_cells(row: Row) -> list[object]:
    weight = (row.finding_id, words.SEVERITIES[row.severity], words.VERDICTS[row.verdict], row.title)
    return [*weight, row.stated, row.recomputed, row.difference, row.unit, row.page, row.line, row.acknowledged]
