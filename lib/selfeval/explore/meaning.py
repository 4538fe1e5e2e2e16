"""What each figure of the text says: whose, of what, which of its numbers, when, in what state; to be filtered and followed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from markupsafe import Markup

from selfeval import words
from selfeval.tables import rows_in

from .screen import Row, Screen, frame_of
from .source import ANY, Tables, holds

_HEADS = ("编号", "行", "原文", "归属", "说的是什么", "哪种数", "时间", "范围", "进展", "折算后", "单位", "总数或部分", "原句")
_OPTIONAL = frozenset({"归属", "范围", "进展"})
_NAMES = {"aspect": words.ASPECTS, "period": words.PERIODS, "state": words.STATES}


@dataclass(frozen=True)
class MeaningChoice:
    """Which statements to show: those whose owner or measure holds `word`, of one aspect, period and state; '' means all."""

    word: str = ""
    aspect: str = ANY
    period: str = ANY
    state: str = ANY

    def takes(self, row: Row) -> bool:
        """Whether a statement is among those chosen."""
        alike = all(wanted in {ANY, getattr(row, field)} for field, wanted in self._closed().items())
        return alike and holds(self.word, row.subject, row.measure, row.scope)

    def _closed(self) -> dict[str, str]:
        return {"aspect": self.aspect, "period": self.period, "state": self.state}


def options(tables: Tables, field: str) -> dict[str, str]:
    """The words of aspect, period or state that stand in the table, and what each stands for, in their usual order."""
    there = set(tables["statements"][field])
    return {word: name for word, name in _NAMES[field].items() if word in there}


def meaning_screen(tables: Tables, choice: MeaningChoice) -> Screen:
    """The statements chosen; each row rests on its figure, the whole it is a part of and the numbers it is computed from."""
    rows = rows_in(tables["statements"])
    chosen = [row for row in rows if choice.takes(row)]
    ids = _figures_by_start(tables)
    return Screen(
        _said(len(rows), chosen),
        frame_of(_HEADS, map(_cells, chosen), optional=_OPTIONAL),
        keys=tuple(row.figure_id for row in chosen),
        figures=tuple(" ".join([row.figure_id, *(ids[start] for start in _pointed_to(row))]) for row in chosen),
    )


def meaning_of(tables: Tables, figure_id: str) -> Markup:
    """What stands above the sentences of a statement: the whole, the numbers it is computed from, and the words that told."""
    row = next(row for row in rows_in(tables["statements"]) if row.figure_id == figure_id)
    texts = dict(zip(tables["figures"]["start"], tables["figures"]["text"], strict=True))
    told = [f"属于总数 {texts[row.part_of]}" if row.part_of is not None else ""]
    told += [f"由 {'、'.join(texts[int(start)] for start in row.of.split())} 算出" if row.of else ""]
    told += [f"凭“{row.because}”判断" if row.because else ""]
    return Markup("<p><b>{}</b>　{}</p>").format(row.text, "；".join(filter(None, told)))


def _said(number: int, chosen: list[Row]) -> Markup:
    sentences = len({(row.line, row.sentence) for row in chosen})
    told = f"读出含义的 {number} 个数字里，这里是 {len(chosen)} 个，在 {sentences} 句里。"
    return Markup("<p>{}</p>").format(told if chosen else "没有符合的数字；放宽条件试试。")


def _cells(row: Row) -> list[object]:
    which = (words.ASPECTS[row.aspect], words.PERIODS[row.period], row.scope, words.STATES.get(row.state, ""))
    extent = "" if row.extent == "single" else words.EXTENTS[row.extent]
    return [row.figure_id, row.line, row.text, row.subject, row.measure, *which, row.amount, row.base_unit, extent, row.sentence]


def _figures_by_start(tables: Tables) -> Mapping[int, str]:
    figures = tables["figures"]
    return dict(zip(figures["start"], figures["figure_id"], strict=True))


def _pointed_to(row: Row) -> list[int]:
    """Where the figures start that a statement points to."""
    return [*([] if row.part_of is None else [row.part_of]), *map(int, row.of.split())]
