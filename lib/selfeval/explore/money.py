"""The money as a tree to walk down: what each line spent of the budget one holds it against, and which lie further off than one accepts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

import pandas as pd
from markupsafe import Markup

from selfeval import words
from selfeval.knowledge import load
from selfeval.tables import rows_in
from selfeval.telling import charts

from .screen import Row, Screen, drawn, frame_of

EVERY_BOOK = ""
Tables = Mapping[str, pd.DataFrame]
# One chart shows so many lines, the largest.
_MOST_BARS = 20
_RATES = ("projects_net_rate", "projects_capped_rate")


@dataclass(frozen=True)
class MoneyChoice:
    """What the knobs say: one budget book or all, the budget column spending is held against, how far off is too far (0.1 is 10 %).

    `whole` is the line whose parts are shown, '' for the outermost lines.
    """

    book: str = EVERY_BOOK
    basis: str = "target"
    threshold: Decimal = Decimal("0.1")
    only_beyond: bool = False
    whole: str = ""


@dataclass(frozen=True)
class MoneyRow:
    """A budget line held against one budget column; rates and differences are those of budget_metrics, None where there are none."""

    line: Row
    basis: str
    rate: Decimal | None
    difference: Decimal | None
    deviation: Decimal | None
    parts: int

    @property
    def budget(self) -> Decimal | None:
        """What it is held against."""
        return getattr(self.line, self.basis)

    def is_beyond(self, threshold: Decimal) -> bool:
        """Whether its spending lies further from its budget than `threshold`, a ratio."""
        return self.deviation is not None and abs(self.deviation) > threshold


def books(tables: Tables) -> list[str]:
    """The budget books there are lines of, in reading order."""
    return list(dict.fromkeys(tables["budget_lines"]["book"]))


def bases() -> dict[str, str]:
    """The budget columns spending can be held against, and what they are called."""
    return dict(load("budget_metrics")["bases"])


def usual_basis(tables: Tables) -> str:
    """The column most lines fill, the official one where two are even."""
    filled = {basis: int(tables["budget_lines"][basis].notna().sum()) for basis in bases()}
    return max(filled, key=lambda basis: filled[basis])


def money_rows(tables: Tables, choice: MoneyChoice) -> list[MoneyRow]:
    """The lines of the level chosen, in reading order; with `only_beyond` those beyond the threshold alone."""
    lines = [line for line in rows_in(tables["budget_lines"]) if choice.book in {EVERY_BOOK, line.book}]
    ids = {line.line_id for line in lines}
    level = [line for line in lines if (line.parent_id if line.parent_id in ids else "") == choice.whole]
    known = _known(tables, choice.basis)
    rows = [MoneyRow(line, choice.basis, *_of(known, line), sum(it.parent_id == line.line_id for it in lines)) for line in level]
    return [row for row in rows if not choice.only_beyond or row.is_beyond(choice.threshold)]


def path_to(tables: Tables, line_id: str) -> list[Row]:
    """The lines from the outermost whole down to `line_id`."""
    by_id = {line.line_id: line for line in rows_in(tables["budget_lines"])}
    path: list[Row] = []
    while line_id in by_id and by_id[line_id] not in path:
        path.insert(0, by_id[line_id])
        line_id = by_id[line_id].parent_id
    return path


def money_screen(tables: Tables, choice: MoneyChoice) -> Screen:
    """The level chosen as a sentence, a chart and a table."""
    rows = money_rows(tables, choice)
    basis = words.basis(choice.basis)
    heads = ("名称", "层级", f"{basis}（万元）", "实际支出（万元）", "差额（万元）", "执行率", "偏差", "原因", "组成")
    return Screen(
        _said(tables, rows, choice),
        frame_of(heads, (_cells(row, choice.threshold) for row in rows), optional={"原因", "偏差", "组成"}),
        _chart(rows, basis),
        tuple(row.line.line_id for row in rows),
        tuple(_figures(row.line) for row in rows),
    )


def _known(tables: Tables, basis: str) -> dict[tuple[str, str], Decimal]:
    """The metrics of single lines on one basis, by metric and line."""
    metrics = tables["budget_metrics"]
    own = metrics[(metrics["basis"] == basis) & (metrics["status"] == "computed")]
    return {(row.metric, row.scope): row.value for row in rows_in(own)}


def _of(known: Mapping[tuple[str, str], Decimal], line: Row) -> tuple[Decimal | None, Decimal | None, Decimal | None]:
    return tuple(known.get((metric, line.line_id)) for metric in ("execution_rate", "deviation", "deviation_rate"))


def _figures(line: Row) -> str:
    return " ".join(filter(None, (line.target_figure, line.initial_figure, line.adjusted_figure, line.actual_figure)))


def _cells(row: MoneyRow, threshold: Decimal) -> list[object]:
    rate = "" if row.rate is None else words.percent(row.rate)
    mark = "" if row.deviation is None else "相符"
    if row.is_beyond(threshold):
        mark = "▲ 超出" if row.deviation > 0 else "▼ 不足"
    elif row.deviation:
        mark = "在范围内"
    parts = f"{row.parts} 项" if row.parts else ""
    return [row.line.item, words.LEVELS[row.line.level], row.budget, row.line.actual, row.difference, rate, mark, row.line.reason, parts]


# ---- what is said and drawn -------------------------------------------------------------------------------------------------------------


def _said(tables: Tables, rows: list[MoneyRow], choice: MoneyChoice) -> Markup:
    sentences = [_counted(rows, choice), *_unexplained(rows, choice), *_aggregates(tables, rows, choice)]
    return Markup("<p>{}</p>").format("".join(sentences))


def _counted(rows: list[MoneyRow], choice: MoneyChoice) -> str:
    basis, limit = words.basis(choice.basis), words.percent(choice.threshold, 0)
    held = [row for row in rows if row.deviation is not None]
    if not rows:
        return f"这里没有偏离{basis}超过 {limit} 的行。" if choice.only_beyond else "这里没有预算行。"
    if not held:
        return f"这里共 {len(rows)} 行，没有一行能与{basis}相比：没有列出{basis}或实际支出。换一个分母试试。"
    beyond = [row for row in held if row.is_beyond(choice.threshold)]
    over = sum(row.deviation > 0 for row in beyond)
    sides = f"：超出 {over} 行，不足 {len(beyond) - over} 行" if beyond else ""
    return f"共 {len(rows)} 行，{len(held)} 行能与{basis}相比；偏差超过 {limit} 的有 {len(beyond)} 行{sides}。"


def _unexplained(rows: list[MoneyRow], choice: MoneyChoice) -> Iterable[str]:
    silent = [row.line.item for row in rows if row.is_beyond(choice.threshold) and not row.line.reason]
    if silent:
        yield f"其中没有写原因的：{'、'.join(silent)}。"


def _aggregates(tables: Tables, rows: list[MoneyRow], choice: MoneyChoice) -> Iterable[str]:
    """The rates of all projects on this basis, where projects are on the screen."""
    if choice.only_beyond or not any(row.line.level == "project" for row in rows):
        return
    metrics = tables["budget_metrics"]
    own = metrics[(metrics["scope"] == "projects") & (metrics["basis"] == choice.basis) & (metrics["status"] == "computed")]
    found = rows_in(own[own["metric"].isin(_RATES)].drop_duplicates("metric"))
    told = [f"{row.label} {words.percent(row.value)}" for row in found]
    if told:
        yield f"全部项目合起来：{'，'.join(told)}。"


def _chart(rows: list[MoneyRow], basis: str) -> Markup:
    drawable = [row for row in rows if row.budget is not None or row.line.actual is not None]
    largest = sorted(drawable, key=lambda row: -max(row.budget or 0, row.line.actual or 0))[:_MOST_BARS]
    bars = [
        {"item": row.line.item, "target": row.budget, "actual": row.line.actual, "difference": row.difference, "rate": row.rate}
        for row in largest
    ]
    return drawn("money", charts.projects, bars, f"{basis}与实际支出对照图，数字见下表。", target=basis)
