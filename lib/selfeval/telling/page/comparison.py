"""The page that sets bodies side by side: a whole document of its own, without a script, made from the frames of room compare."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from functools import partial
from itertools import accumulate, groupby
from typing import NamedTuple

import pandas as pd
from markupsafe import Markup

from selfeval import words
from selfeval.tables import rows_in
from selfeval.telling import charts

from .markup import Block, Table, TableRow, block, chart, said
from .report import Row
from .values import link

_UNKNOWN = "—"
# A longer table is folded behind its first rows, and of more bodies the chart draws only so many at either end.
_SHOWN, _AT_EACH_END = 20, 10
# The measure that says how grave a body's report is.
_GRAVITY = "differences"
# As many shared measures, and numbers in them, as a page holds that is to be sent.
_MOST_SHARED, _MOST_NUMBERS = 100, 8_000
_LEAST = 2
_NOTES = {"at_least": "至少", "over": "至少", "range_low": "至少", "at_most": "至多", "range_high": "至多", "about": "约"}
_ALONE = "只有一个可比的单位"


def comparison_page(frames: Mapping[str, pd.DataFrame], left_out: Mapping[str, str], year: int, style: str) -> str:
    """Return the HTML of the page; `style` is the style sheet and the place for the font.

    `frames` are those of compare.bodies, `left_out` says of bodies that cannot be read why.
    """
    return str(_page(frames, left_out, year, style).html)


def _page(frames: Mapping[str, pd.DataFrame], left_out: Mapping[str, str], year: int, style: str) -> Block:
    bodies = rows_in(frames["bodies"])
    measures = rows_in(frames["measures"])
    summaries = rows_in(frames["summaries"])
    alone = [row for row in summaries if row.trade and row.n < _LEAST]
    return block(
        "comparison",
        year=year,
        style=Markup(style),  # noqa: S704  our own style sheet
        bodies=bodies,
        left_out=sorted(left_out.items()),
        overview=_in_two(_overview(frames["summaries"], bodies, measures)),
        shared=(groups := _shared(frames["shared"])).shown,
        not_shown=groups.left,
        measures=[_measure(number, row, measures) for number, row in enumerate(summaries, start=1) if row not in alone],
        alone=_alone(alone, measures),
    )


def _alone(summaries: list[Row], measures: list[Row]) -> Table | None:
    """Trades in which there are not two bodies to compare: their numbers in one table, without ranks."""
    found = [(summary, row) for summary in summaries for row in measures if (row.measure, row.trade) == (summary.measure, summary.trade)]
    rows = [TableRow([summary.title, row.name, _shown(row), row.reason or _ALONE]) for summary, row in found]
    return Table("可比的单位不足两个的领域", ["指标", "单位", "数", "为什么不比"], rows, frozenset({2})) if rows else None


def _overview(summaries: pd.DataFrame, bodies: list[Row], measures: list[Row]) -> Table | None:
    """Every body and every measure in one table, those with most open differences first; a trade that only some have is not in it."""
    chosen = [row for row in rows_in(summaries) if not row.trade]
    if not bodies:
        return None
    of = {(row.measure, row.body): row for row in measures if not row.trade}
    ordered = sorted(bodies, key=lambda body: -_gravity(of.get((_GRAVITY, body.body))))
    rows = [TableRow([said("<b>{}</b>", "中位数"), *(_median(row) for row in chosen)])]
    rows += [TableRow([body.name, *(_cell(of.get((row.measure, body.body))) for row in chosen)]) for body in ordered]
    heads = ["单位", *(row.title for row in chosen)]
    return Table("各单位一览：数和名次", heads, rows, frozenset(range(1, len(heads))))


def _gravity(row: Row | None) -> Decimal:
    """How many of a body's checks are open differences; less than none where nothing could be checked."""
    return Decimal(-1) if row is None or row.value is None else row.value


def _in_two(table: Table | None) -> list[Table]:
    """A table, or where it is long its first rows and the others, which are folded."""
    if table is None:
        return []
    if len(table.rows) <= _SHOWN + 1:
        return [table]
    rest = f"{table.caption}：其余 {len(table.rows) - _SHOWN - 1} 个单位"
    parts = ((table.caption, table.rows[: _SHOWN + 1]), (rest, table.rows[_SHOWN + 1 :]))
    return [Table(caption, table.heads, rows, table.numeric) for caption, rows in parts]


class _Shared(NamedTuple):
    """Measures that several bodies state, and how many of them found no room."""

    shown: list[dict[str, object]]
    left: int


def _shared(frame: pd.DataFrame) -> _Shared:
    """Whatever several bodies state, a line each with its numbers behind it."""
    groups = [[*rows] for _, rows in groupby(rows_in(frame), key=lambda row: (row.title, row.unit, row.n))]
    filled = sum(reached <= _MOST_NUMBERS for reached in accumulate(map(len, groups)))
    shown = groups[: min(filled, _MOST_SHARED)]
    return _Shared([_shared_one(rows) for rows in shown], len(groups) - len(shown))


def _shared_one(rows: list[Row]) -> dict[str, object]:
    first = rows[0]
    line = said("{}：{} 个单位", first.title, first.n)
    if first.median is not None:
        low, middle, high = (_measured(value, first.unit) for value in (first.lowest, first.median, first.highest))
        line = said("{}，最低 {}，中位数 {}，最高 {}", line, low, middle, high)
    drawn = rows if len(rows) <= _SHOWN else [*rows[:_AT_EACH_END], *rows[-_AT_EACH_END:]]
    cells = [TableRow([row.name, _measured(row.value, row.unit, row.bound)]) for row in drawn]
    which = "" if drawn is rows else f"，两端各 {_AT_EACH_END} 个"
    table = Table(f"{first.title}：各单位的数，从高到低{which}", ["单位", "数"], cells, frozenset({1}))
    between = [] if drawn is rows else rows[_AT_EACH_END:-_AT_EACH_END]
    return {"line": line, "table": table, "between": [f"{row.name} {_measured(row.value, row.unit, row.bound)}" for row in between]}


def _measured(value: Decimal, unit: str, bound: str = "exact") -> str:
    return words.measured(value, unit, _NOTES.get(bound, ""), short=True)


def _cell(row: Row | None) -> Markup | str:
    """A number with its rank; one that is not comparable in brackets."""
    if row is None or row.value is None:
        return _UNKNOWN
    if row.reason:
        return said('<span class="absent">（{}）</span>', _value(row))
    rank = said(" <small>第 {} 位</small>", row.rank) if row.rank else ""
    return said('<span class="n">{}{}</span>', _value(row), rank)


def _value(row: Row) -> str:
    return _measured(row.value, "", row.bound)


def _shown(row: Row) -> str:
    return "没有" if row.value is None else _value(row)


def _median(summary: Row) -> str:
    return _UNKNOWN if summary.median is None else f"{words.percent(summary.median)}（n={summary.n}）"


def _measure(number: int, summary: Row, measures: list[Row]) -> dict[str, object]:
    """One measure: what it is, the comparable bodies by rank with a chart, and the others with the reason why not."""
    rows = [row for row in measures if (row.measure, row.trade) == (summary.measure, summary.trade)]
    ranked, apart = [row for row in rows if row.rank is not None], [row for row in rows if row.rank is None]
    return {
        "anchor": f"measure-{number}",
        "title": summary.title,
        "formula": summary.formula,
        "meaning": summary.meaning,
        "sentence": _sentence(summary, ranked),
        "chart": _chart(number, summary, ranked),
        "ranks": _ranks(summary, ranked),
        "apart": _apart(summary, apart, several=len(ranked) > 1),
        "folded": len(rows) > _SHOWN,
    }


def _sentence(summary: Row, ranked: list[Row]) -> Markup:
    if not ranked:
        return said("可比的单位有 {} 个，不足两个，不排名，也不算中位数。", summary.n)
    return said(
        "可比的单位有 {n}，中位数 {median}，最低 {low}，最高 {high}。",
        n=link(f"{summary.n} 个", ""),
        median=link(words.percent(summary.median), ""),
        low=link(words.percent(summary.lowest), ""),
        high=link(words.percent(summary.highest), ""),
    )


def _chart(number: int, summary: Row, ranked: list[Row]) -> Markup:
    if not ranked:
        return Markup("")
    drawn = ranked if len(ranked) <= _SHOWN else [*ranked[:_AT_EACH_END], *ranked[-_AT_EACH_END:]]
    rows = pd.DataFrame(
        {"name": [row.name for row in drawn], "value": [row.value for row in drawn], "words": [_value(row) for row in drawn]}
    )
    told = "；".join(f"{row.name} {_value(row)}" for row in drawn)
    which = "" if drawn is ranked else f"；只画两端各 {_AT_EACH_END} 个单位"
    caption = said("{}，{}排列；竖线是中位数{}。", summary.title, summary.order, which)
    draw = partial(charts.bodies, median=summary.median)
    source = "来源：各单位这一年度的数据表；每个数怎么来的，见各自的报告。"
    return chart(f"bodies-{number}", draw, rows, f"{summary.title}：{told}", caption, source)


def _ranks(summary: Row, ranked: list[Row]) -> Table | None:
    if not ranked:
        return None
    rows = [TableRow([row.name, str(row.rank), _value(row), row.detail or _UNKNOWN]) for row in ranked]
    return Table(
        f"{summary.title}：名次（{summary.order}，数相同的名次相同，n={summary.n}）",
        ["单位", "名次", "数", "怎么来的"],
        rows,
        frozenset({1, 2}),
    ).without_blanks()


def _apart(summary: Row, rows: list[Row], *, several: bool) -> Table | None:
    if not rows:
        return None
    cells = [TableRow([row.name, _shown(row), row.detail or _UNKNOWN, row.reason or _ALONE]) for row in rows]
    caption = f"{summary.title}：{'不参加比较的单位' if several else '各单位的数，不排名'}"
    return Table(caption, ["单位", "数", "怎么来的", "为什么"], cells, frozenset({1})).without_blanks()
