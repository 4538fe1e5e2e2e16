"""Charts of the work: hazards by state, enforcement by trade, permits by type, the year's disasters."""

from __future__ import annotations

from decimal import Decimal

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Polygon, Rectangle

from selfeval import words

from . import style
from .style import APART, BAR, GAP, LINE, SMALL

_STATES = (
    ("rectified", "已整改", style.filled(style.MAIN)),
    ("under_way", "整改中", style.filled(style.SOFT)),
    ("open", "未整改", style.striped(style.WARN)),
    ("unaccounted", "未交代", style.hatched(style.WARN)),
)
_OPEN_BELOW = frozenset({"over", "at_least", "range_low"})


@style.styled
def hazards(rows: pd.DataFrame, *, narrow: bool = False) -> Figure:
    """Hazards by trade and state: every bar is all that was found, cut by what became of it.

    Columns: label, found_words and states_words (the counts as a reader sees them), found, rectified, under_way, open, unaccounted
    (Decimal or None: only the lengths come from them). Bars have the same length whatever the count, since the question is what share
    is closed; counts stand in words beside them.
    A trade whose states are not reported gets an empty bar that says so. Raises TableBroken and ValueError as check_rows does.
    """
    columns = ("label", "found_words", "states_words", "found", *(key for key, _, _ in _STATES))
    style.check_rows(rows, columns, "隐患去向")
    width = style.NARROW if narrow else style.WIDE
    entries = list(rows.to_dict("records"))
    heads = [_head_lines(entry, width, narrow=narrow) for entry in entries]
    heights = [(len(lines) + 1) * LINE + BAR + GAP for lines in heads]
    figure = style.figure_of(sum(heights) + 26 + 34, narrow=narrow)
    style.legend(figure, _hazard_legend(entries), narrow=narrow)
    axes = style.plot_area(figure, top=26, bottom=34, left=2, right=2)
    axes.set_xlim(0, 100)
    style.mark_scale(axes, [0, 25, 50, 75, 100], "占发现数的百分比（%）")
    top = 0.0
    for entry, lines, height in zip(entries, heads, heights, strict=True):
        _hazard_row(axes, entry, lines, top)
        top += height
    return figure


def _hazard_legend(entries: list[dict]) -> list[tuple[str, dict]]:
    """Only the states that occur, and the empty bar where one is drawn."""
    looks = [(name, look) for key, name, look in _STATES if any(entry[key] for entry in entries)]
    return looks + [("未报告", style.outlined(style.MUTED))] * any(_told(entry) < (entry["found"] or 1) for entry in entries)


def _told(entry: dict) -> Decimal:
    """Of how many hazards something is said."""
    return sum((entry[key] or Decimal(0) for key, _, _ in _STATES), Decimal(0))


def _head_lines(entry: dict, width: float, *, narrow: bool) -> list[str]:
    """Trade and counts on one line where they fit, else one below the other."""
    together = f"{entry['label']}{APART}{entry['found_words']}"
    if not narrow and style.em_width(together) * style.TEXT < width * 0.95:
        return [together]
    return [*style.wrapped(entry["label"], width * 0.95), *style.wrapped(entry["found_words"], width * 0.95)]


def _hazard_row(axes: Axes, entry: dict, lines: list[str], top: float) -> None:
    style.write_lines(axes, top, lines)
    bar_top = top + len(lines) * LINE + 2
    style.write(axes, bar_top + BAR + 3, entry["states_words"], size=SMALL, colour=style.MUTED)
    axes.add_patch(Rectangle((0, bar_top), 100, BAR, label="未报告", zorder=2, **style.outlined(style.MUTED)))
    left = 0.0
    for key, name, look in _STATES:
        if entry[key] and entry["found"]:
            share = float(entry[key] / entry["found"]) * 100
            axes.add_patch(Rectangle((left, bar_top), share, BAR, label=name, zorder=3, **look))
            left += share


@style.styled
def enforcement(rows: pd.DataFrame, *, narrow: bool = False) -> Figure:
    """Enforcement by trade, one panel a measure, each on its own scale and in its own unit.

    Columns: measure, label (the trade), value (Decimal or None), unit, qualifier. A lower bound ends in an arrow and reads ≥;
    a value that is not reported has no bar and says so. Raises TableBroken and ValueError as check_rows does.
    """
    style.check_rows(rows, ("measure", "label", "value", "unit", "qualifier"), "执法情况")
    panels = [(measure, list(group.to_dict("records"))) for measure, group in rows.groupby("measure", sort=False)]
    columns = 1 if narrow else min(2, len(panels))
    lines = [panels[start : start + columns] for start in range(0, len(panels), columns)]
    box = ((style.NARROW if narrow else style.WIDE) - 24 * (columns - 1)) / columns
    heights = [max(_bars_height(entries, box) for _, entries in line) + 68 for line in lines]
    figure = style.figure_of(sum(heights), narrow=narrow)
    width, full = figure.get_size_inches() * 72
    top = 0.0
    for line, height in zip(lines, heights, strict=True):
        for column, (measure, entries) in enumerate(line):
            left = column * (box + 24) + 2
            bottom = full - top - 30 - _bars_height(entries, box)
            axes = style.plot_area(figure, top=top + 30, bottom=bottom, left=left, right=width - left - box + 4)
            _panel(axes, measure, entries, box)
        top += height
    return figure


def _bars_height(entries: list[dict], box: float) -> float:
    return sum(len(_label_lines(entry, box)) * LINE + BAR + 6 for entry in entries) + 2


def _label_lines(entry: dict, box: float) -> list[str]:
    """The trade in as many lines as it takes beside its value."""
    return style.wrapped(entry["label"], box - style.em_width(_value_words(entry)) * SMALL - 2 * SMALL, SMALL)


def _value_words(entry: dict) -> str:
    return "未报告" if entry["value"] is None else words.short_quantity(entry["value"], entry["unit"], entry["qualifier"])


def _panel(axes: Axes, measure: str, entries: list[dict], box: float) -> None:
    """One measure: a bar a trade, its name and value above it."""
    axes.set_title(measure, loc="left", fontsize=style.TEXT, color=style.INK, pad=10)
    style.scale_values(axes, [float(entry["value"]) for entry in entries if entry["value"] is not None], _units(entries))
    top = 0.0
    for entry in entries:
        lines = _label_lines(entry, box)
        for number, line in enumerate(lines):
            style.write(axes, top + number * LINE, line, size=SMALL)
        colour = style.MUTED if entry["value"] is None else style.INK
        style.write(axes, top, _value_words(entry), at=1, side="right", size=SMALL, colour=colour)
        _bounded_bar(axes, entry, top + len(lines) * LINE)
        top += len(lines) * LINE + BAR + 6


def _units(entries: list[dict]) -> str:
    """The unit of a scale; where a report counts one thing in several, all of them."""
    return "、".join(dict.fromkeys(entry["unit"] for entry in entries if entry["value"] is not None))


def _bounded_bar(axes: Axes, entry: dict, top: float) -> None:
    style.grid_lines(axes, top)
    if entry["value"] is None:
        return
    value = float(entry["value"])
    axes.add_patch(Rectangle((0, top), value, BAR, label=entry["label"], zorder=3, **style.filled(style.MAIN)))
    if entry["qualifier"] in _OPEN_BELOW:
        tip = (axes.get_xlim()[1] - axes.get_xlim()[0]) * 0.03
        corners = [(value, top), (value + tip, top + BAR / 2), (value, top + BAR)]
        axes.add_patch(Polygon(corners, label="至少", zorder=3, facecolor="none", edgecolor=style.MAIN, linewidth=1, clip_on=False))


@style.styled
def permits(rows: pd.DataFrame, *, narrow: bool = False) -> Figure:
    """Cases by type of permit. Columns: label, value (Decimal), unit, qualifier, share (ratio or None).

    Raises TableBroken and ValueError as check_rows does.
    """
    style.check_rows(rows, ("label", "value", "unit", "qualifier", "share"), "行政许可")
    width = style.NARROW if narrow else style.WIDE
    entries = list(rows.to_dict("records"))
    names = [style.wrapped(entry["label"], width * 0.58) for entry in entries]
    heights = [len(lines) * LINE + BAR + GAP for lines in names]
    figure = style.figure_of(sum(heights) + 4 + 34, narrow=narrow)
    axes = style.plot_area(figure, top=4, bottom=34, left=2, right=2)
    style.scale_values(axes, [float(entry["value"]) for entry in entries], entries[0]["unit"])
    top = 0.0
    for entry, lines, height in zip(entries, names, heights, strict=True):
        style.write_lines(axes, top, lines)
        share = "" if entry["share"] is None else APART + words.percent(entry["share"])
        style.write(axes, top, words.short_quantity(entry["value"], entry["unit"], entry["qualifier"]) + share, at=1, side="right")
        _bounded_bar(axes, entry, top + len(lines) * LINE + 2)
        top += height
    return figure


@style.styled
def disasters(rows: pd.DataFrame, *, narrow: bool = False) -> Figure:
    """The year's disasters on a time line, one row a type, in the order the types first occur.

    Columns: label (the type), date as printed. Rows without a day of the year are not drawn (the page names them).
    Raises TableBroken when a column is missing, ValueError when no row has a date.
    """
    style.check_rows(rows, ("label", "date"), "自然灾害时间线")
    days: dict[str, list[tuple[int, int]]] = {}
    for entry in rows.to_dict("records"):
        day = words.month_day(entry["date"])
        if day:
            days.setdefault(entry["label"], []).append(day)
    if not days:
        raise ValueError("图“自然灾害时间线”没有带日期的事件，不作图")
    width = style.NARROW if narrow else style.WIDE
    names = [style.wrapped(kind, width * 0.95) for kind in days]
    levels = [_label_levels(sorted(events), width) for events in days.values()]
    heights = [len(lines) * LINE + 14 + (max(level) + 1) * 12 + 10 for lines, level in zip(names, levels, strict=True)]
    figure = style.figure_of(sum(heights) + 4 + 34, narrow=narrow)
    axes = style.plot_area(figure, top=4, bottom=34, left=2, right=2)
    axes.set_xlim(1, 13)
    step = 2 if narrow else 1
    axes.set_xticks([month + 0.5 for month in range(1, 13, step)], [f"{month}月" for month in range(1, 13, step)])
    axes.set_xlabel("月份", loc="right")
    top = 0.0
    for events, lines, level, height in zip(days.values(), names, levels, heights, strict=True):
        _type_row(axes, lines, sorted(events), level, top)
        top += height
    return figure


def _in_year(day: tuple[int, int]) -> float:
    """A day on the scale of months: 1.0 is the first of January. Months are drawn equally wide."""
    return day[0] + (day[1] - 1) / 31


def _label_levels(days: list[tuple[int, int]], width: float) -> list[int]:
    """On which line under its dot each date is written, so that no two of them meet."""
    ends: list[float] = []
    levels = []
    for day in days:
        half = style.em_width(_day_words(day)) * SMALL / 2 + 3
        centre = _label_place(day, width) / 12 * width
        level = next((number for number, end in enumerate(ends) if centre - half >= end), len(ends))
        ends[level : level + 1] = [centre + half]
        levels.append(level)
    return levels


def _label_place(day: tuple[int, int], width: float) -> float:
    """Where its words stand, in months from the left edge: at its dot, but never over the edge."""
    margin = style.em_width(_day_words(day)) * SMALL / 2 / width * 12
    return min(max(_in_year(day) - 1, margin), 12 - margin)


def _day_words(day: tuple[int, int]) -> str:
    return f"{day[0]}月{day[1]}日"


def _type_row(axes: Axes, lines: list[str], days: list[tuple[int, int]], levels: list[int], top: float) -> None:
    style.write_lines(axes, top, lines)
    line_y = top + len(lines) * LINE + 8
    axes.plot([1, 13], [line_y, line_y], color=style.GRID, linewidth=1, zorder=1)
    axes.vlines(range(1, 14), line_y - 3, line_y + 3, color=style.GRID, linewidth=0.8, zorder=1)
    width = axes.figure.get_size_inches()[0] * 72
    for day, level in zip(days, levels, strict=True):
        axes.plot([_in_year(day)], [line_y], "o", color=style.MAIN, markersize=6.5, zorder=3, label=_day_words(day))
        x = 1 + _label_place(day, width)
        axes.text(x, line_y + 7 + level * 12, _day_words(day), va="top", ha="center", fontsize=SMALL, color=style.INK)
