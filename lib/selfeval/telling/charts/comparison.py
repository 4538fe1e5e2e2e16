"""Charts that set numbers of one kind side by side: bodies in one year, one body over the years."""

from __future__ import annotations

from decimal import Decimal

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from selfeval import words

from . import style
from .style import BAR, GAP, LINE, SMALL

_FOOT = 34.0
_NEAR, _ROOM = 4.0, 12.0
_LEAST_SPAN = 0.2


@style.styled
def bodies(rows: pd.DataFrame, *, narrow: bool = False, median: Decimal | None = None) -> Figure:
    """One bar a body in the order given, a line where their median is.

    Columns: name (str), value as a ratio (Decimal), words (the value as a reader sees it). Raises TableBroken and ValueError as check_rows
    does.
    """
    style.check_rows(rows, ("name", "value", "words"), "各单位")
    width = style.NARROW if narrow else style.WIDE
    entries = list(rows.to_dict("records"))
    names = [style.wrapped(entry["name"], width * 0.7) for entry in entries]
    heights = [len(lines) * LINE + BAR + GAP for lines in names]
    top = 26.0 if median is not None else 6.0
    figure = style.figure_of(sum(heights) + top + _FOOT, narrow=narrow)
    axes = style.plot_area(figure, top=top, bottom=_FOOT, left=2, right=2)
    style.scale_values(axes, [float(entry["value"] * 100) for entry in entries], "%")
    at = 0.0
    for entry, lines, height in zip(entries, names, heights, strict=True):
        style.write_lines(axes, at, lines)
        style.write(axes, at, entry["words"], at=1, side="right")
        bar_top = at + len(lines) * LINE + 2
        style.grid_lines(axes, bar_top)
        bar = Rectangle((0, bar_top), float(entry["value"] * 100), BAR, label=entry["name"], zorder=3, **style.filled(style.MAIN))
        axes.add_patch(bar)
        if median is not None:
            axes.vlines(float(median * 100), bar_top, bar_top + BAR + 4, color=style.WARN, linewidth=1.6, zorder=4)
        at += height
    if median is not None:
        style.legend(figure, [(f"中位数 {words.percent(median)}", style.ticked(style.WARN))], narrow=narrow)
    return figure


@style.styled
def series(rows: pd.DataFrame, *, narrow: bool = False) -> Figure:
    """One panel a measure, a point a year, on a scale of its own.

    Columns: measure (str), year (int), value (Decimal or None), words (the value as a reader sees it), comparable (bool: whether the
    year measures what the latest one does). Points of neighbouring comparable years are joined; where a year has no number the line
    stops, and a year that measures something else is an empty point outside the line. Raises TableBroken and ValueError as check_rows
    does.
    """
    style.check_rows(rows, ("measure", "year", "value", "words", "comparable"), "历年数字")
    panels = [(measure, list(group.to_dict("records"))) for measure, group in rows.groupby("measure", sort=False)]
    columns = 1 if narrow else min(2, len(panels))
    lines = [panels[start : start + columns] for start in range(0, len(panels), columns)]
    height = 128.0
    figure = style.figure_of(len(lines) * height + 2, narrow=narrow)
    width, full = figure.get_size_inches() * 72
    years = [*range(min(rows["year"]), max(rows["year"]) + 1)]
    box = (width - 24 * (columns - 1)) / columns
    for number, line in enumerate(lines):
        for column, (measure, entries) in enumerate(line):
            left, top = column * (box + 24) + 2, number * height + 22
            axes = style.plot_area(figure, top=top, bottom=full - (number + 1) * height + 24, left=left, right=width - left - box + 4)
            _panel(axes, measure, entries, years)
    return figure


def _panel(axes: Axes, measure: str, entries: list[dict], years: list[int]) -> None:
    """The points of one measure, each with its number above it, joined where one may be held against the next."""
    axes.set_title(measure, loc="left", fontsize=style.TEXT, color=style.INK, pad=6)
    inner = abs(axes.get_ylim()[0] - axes.get_ylim()[1])
    axes.set_xlim(years[0] - 0.5, years[-1] + 0.5)
    axes.set_xticks(years, [str(year) for year in years])
    axes.axhline(inner - _NEAR, color=style.GRID, linewidth=0.8, zorder=1)
    heights = _heights([entry for entry in entries if entry["value"] is not None], inner)
    for before, after in _joined(entries):
        axes.plot([before, after], [heights[before], heights[after]], color=style.MAIN, linewidth=1.6, zorder=2)
    known = [entry for entry in entries if entry["value"] is not None]
    for entry in known:
        _point(axes, entry, heights[entry["year"]])
    _name(axes, known, heights)


def _heights(entries: list[dict], inner: float) -> dict[int, float]:
    """Where each year's point lies, from the top down.

    The scale spans the values, but never less than a part of the greatest: a small change shall look small.
    """
    values = [float(entry["value"]) for entry in entries]
    low, high = min(values, default=0.0), max(values, default=0.0)
    span = max(high - low, _LEAST_SPAN * max(abs(low), abs(high))) or 1.0
    room, middle = inner - 2 * _ROOM - LINE, (low + high) / 2
    return {entry["year"]: _ROOM + LINE + room * (0.5 - (float(entry["value"]) - middle) / span) for entry in entries}


def _joined(entries: list[dict]) -> list[tuple[int, int]]:
    """Pairs of neighbouring years that both measure the same and are both known."""
    known = {entry["year"] for entry in entries if entry["value"] is not None and entry["comparable"]}
    return [(year, year + 1) for year in sorted(known) if year + 1 in known]


def _point(axes: Axes, entry: dict, at: float) -> None:
    look = {"markerfacecolor": style.MAIN} if entry["comparable"] else {"markerfacecolor": style.EMPTY, "markeredgewidth": 1.2}
    colour = style.MAIN if entry["comparable"] else style.MUTED
    axes.plot([entry["year"]], [at], marker="o", markersize=5.5, color=colour, zorder=3, **look)


def _name(axes: Axes, entries: list[dict], heights: dict[int, float]) -> None:
    """The numbers above their points, the latest first: one that would lie on another is left to the table, and none passes the edge."""
    first, last = axes.get_xlim()
    width = axes.get_position().width * axes.figure.get_size_inches()[0] * 72
    year = width / (last - first)
    taken: list[tuple[float, float, float]] = []
    named: dict[int, tuple[float, float]] = {}
    for entry in sorted(entries, key=lambda entry: _telling(entry, entries)):
        half = style.em_width(entry["words"]) * SMALL / 2 + 2
        centre = min(max((entry["year"] - first) * year, half), width - half)
        at = heights[entry["year"]] - 5
        if any(abs(centre - other) < half + wide and abs(at - height) < LINE for other, wide, height in taken):
            continue
        taken.append((centre, half, at))
        named[entry["year"]] = (first + centre / year, at)
    for entry in (entry for entry in entries if entry["year"] in named):
        colour = style.INK if entry["comparable"] else style.MUTED
        axes.text(*named[entry["year"]], entry["words"], ha="center", va="bottom", fontsize=SMALL, color=colour)


def _telling(entry: dict, entries: list[dict]) -> tuple[int, int]:
    """How much a number is missed where it is left out: the latest most, then the first, the greatest and the least."""
    values = [other["value"] for other in entries]
    years = [other["year"] for other in entries]
    ends = [entry["year"] == max(years), entry["year"] == min(years), entry["value"] == max(values), entry["value"] == min(values)]
    return ends.index(True) if any(ends) else len(ends), -entry["year"]
