"""Charts of scores: what the total is made of."""

from __future__ import annotations

from decimal import Decimal

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from selfeval import words

from . import style
from .style import BAR, GAP, LINE

_HEAD, _FOOT = 26.0, 34.0


def points_words(points: Decimal | None, weight: Decimal) -> str:
    """46.20 / 50; what could not be reckoned is said."""
    return f"{'不可计算' if points is None else words.number(points)} / {words.number(weight)}"


@style.styled
def points(rows: pd.DataFrame, *, narrow: bool = False) -> Figure:
    """Points against weights, one row a level-1 indicator in the order given, the total (kind total) darker.

    Columns: label (str), weight and points in 分 (Decimal; points None where they could not be reckoned), kind: total or part.
    The outline is the weight, the bar the points. Raises TableBroken when a column is missing, ValueError when there is no row.
    """
    style.check_rows(rows, ("label", "weight", "points", "kind"), "得分构成")
    width = style.NARROW if narrow else style.WIDE
    entries = list(rows.to_dict("records"))
    names = [style.wrapped(entry["label"], width * 0.58) for entry in entries]
    heights = [len(lines) * LINE + BAR + GAP for lines in names]
    figure = style.figure_of(sum(heights) + _HEAD + _FOOT, narrow=narrow)
    style.legend(figure, [("得分", style.filled(style.MAIN)), ("分值", style.outlined(style.MUTED))], narrow=narrow)
    axes = style.plot_area(figure, top=_HEAD, bottom=_FOOT, left=2, right=2)
    style.scale_values(axes, [float(entry[key]) for entry in entries for key in ("weight", "points") if entry[key] is not None], "分")
    top = 0.0
    for entry, lines, height in zip(entries, names, heights, strict=True):
        _row(axes, entry, lines, top)
        top += height
    return figure


def _row(axes: Axes, entry: dict, lines: list[str], top: float) -> None:
    style.write_lines(axes, top, lines)
    colour = style.MUTED if entry["points"] is None else style.INK
    style.write(axes, top, points_words(entry["points"], entry["weight"]), at=1, side="right", colour=colour)
    bar_top = top + len(lines) * LINE + 2
    style.grid_lines(axes, bar_top)
    axes.add_patch(Rectangle((0, bar_top), float(entry["weight"]), BAR, label="分值", zorder=2, **style.outlined(style.MUTED)))
    if entry["points"] is not None:
        look = style.filled(style.INK if entry["kind"] == "total" else style.MAIN)
        axes.add_patch(Rectangle((0, bar_top), float(entry["points"]), BAR, label="得分", zorder=3, **look))
