"""Charts of the money: target against actual by project, and where the total came from."""

from __future__ import annotations

from decimal import Decimal

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from selfeval import words

from . import style
from .style import APART, BAR, GAP, LINE

_HEAD, _FOOT = 26.0, 34.0


@style.styled
def projects(rows: pd.DataFrame, *, narrow: bool = False, target: str = "目标") -> Figure:
    """Target against actual, one row a project in the order given; `target` is what the budget column is called.

    Columns: item (str), target, actual, difference in 万元, rate as a ratio (Decimal or None each; the two last are read, never reckoned);
    where there is one, initial: the budget of the year's beginning, where it was changed later.
    The outline is the target, the solid bar what was spent of it, the hatched end what was spent beyond it, a line the initial budget.
    Raises TableBroken when a column is missing, ValueError when there is no row.
    """
    style.check_rows(rows, ("item", "target", "actual", "difference", "rate"), "项目目标与实际支出")
    width = style.NARROW if narrow else style.WIDE
    entries = list(rows.to_dict("records"))
    names = [style.wrapped(entry["item"], width * (0.95 if narrow else 0.5)) for entry in entries]
    heights = [_project_height(lines, narrow=narrow) for lines in names]
    figure = style.figure_of(sum(heights) + _HEAD + _FOOT, narrow=narrow)
    looks = [("实际支出", style.filled(style.MAIN))]
    if all(entry["target"] is None for entry in entries):
        target = ""
    else:
        over = any(entry["difference"] is not None and entry["difference"] > 0 for entry in entries)
        looks += [("超出的部分", style.hatched(style.WARN))] * over + [(target, style.outlined(style.MUTED))]
    if any(entry.get("initial") is not None for entry in entries):
        looks.append(("年初预算数", style.ticked(style.INK)))
    style.legend(figure, looks, narrow=narrow)
    axes = style.plot_area(figure, top=_HEAD, bottom=_FOOT, left=2, right=2)
    amounts = [entry.get(key) for entry in entries for key in ("target", "actual", "initial")]
    style.scale_values(axes, [float(amount) for amount in amounts if amount is not None], "万元")
    top = 0.0
    for entry, lines, height in zip(entries, names, heights, strict=True):
        _project(axes, entry, lines, top, narrow=narrow, target=target)
        top += height
    return figure


def _project_height(lines: list[str], *, narrow: bool) -> float:
    return (len(lines) + narrow) * LINE + BAR + GAP


def _project(axes: Axes, entry: dict, lines: list[str], top: float, *, narrow: bool, target: str) -> None:
    """One project: its name, its figures, its bar."""
    style.write_lines(axes, top, lines)
    at, side = (0, "left") if narrow else (1, "right")
    over = entry["difference"] is not None and entry["difference"] > 0
    colour = style.WARN if over else style.MUTED
    style.write(axes, top + len(lines) * LINE * narrow, _figures(entry, target), at=at, side=side, size=style.SMALL, colour=colour)
    bar_top = top + (len(lines) + narrow) * LINE + 2
    _bar(axes, entry["target"], entry["actual"], bar_top)
    if entry.get("initial") is not None:
        at_initial = float(entry["initial"])
        axes.plot([at_initial] * 2, [bar_top - 3, bar_top + BAR + 3], color=style.INK, linewidth=1.6, zorder=4, label="年初预算数")


def _figures(entry: dict, target_words: str) -> str:
    """12 / 10  120.00%  ▲ 超 2; what is not printed is said to be missing, once for all where no project has a target."""
    actual, target, rate, difference = (entry[key] for key in ("actual", "target", "rate", "difference"))
    spent = "实际未列" if actual is None else words.cut(actual)
    aimed = f"{target_words}未列" if target is None else words.cut(target)
    parts = [f"{spent} / {aimed}" if target_words else spent]
    if rate is not None:
        parts.append(words.percent(rate))
    if difference:
        parts.append(f"{'▲ 超' if difference > 0 else '▼ 少'} {words.cut(abs(difference))}")
    return APART.join(parts)


def _bar(axes: Axes, target: Decimal | None, actual: Decimal | None, top: float) -> None:
    """The target as an outline, what was spent within it as a bar, what was spent beyond it hatched."""
    style.grid_lines(axes, top)
    if target is not None:
        axes.add_patch(Rectangle((0, top), float(target), BAR, label="目标", zorder=2, clip_on=False, **style.outlined(style.MUTED)))
    if actual is None:
        return
    within = actual if target is None or actual <= target or target < 0 else target
    axes.add_patch(Rectangle((0, top), float(within), BAR, label="实际支出", zorder=3, clip_on=False, **style.filled(style.MAIN)))
    if actual > within:
        beyond = float(actual - within)
        look = {"zorder": 3, "clip_on": False, **style.hatched(style.WARN)}
        axes.add_patch(Rectangle((float(within), top), beyond, BAR, label="超出的部分", **look))


_KINDS = {"total": "实际支出总额", "part": "列出的部分", "rest": "没有说明的部分"}
_LOOKS = {
    "total": style.filled(style.INK),
    "part": style.filled(style.MAIN),
    "rest": style.hatched(style.WARN),
}


@style.styled
def composition(rows: pd.DataFrame, *, narrow: bool = False) -> Figure:
    """Where the total came from, as a falling staircase: each part starts where the one before it ended.

    Columns: label (str), value in 万元 (Decimal), share as a ratio (Decimal or None), kind: total, part, or rest (what no section explains;
    negative when the parts are more than the total).
    Raises TableBroken when a column is missing, ValueError when there is no row.
    """
    style.check_rows(rows, ("label", "value", "share", "kind"), "支出构成")
    width = style.NARROW if narrow else style.WIDE
    entries = list(rows.to_dict("records"))
    names = [style.wrapped(entry["label"], width * 0.58) for entry in entries]
    heights = [len(lines) * LINE + BAR + GAP for lines in names]
    figure = style.figure_of(sum(heights) + _HEAD + _FOOT, narrow=narrow)
    present = {entry["kind"] for entry in entries}
    style.legend(figure, [(name, _LOOKS[kind]) for kind, name in _KINDS.items() if kind in present], narrow=narrow)
    axes = style.plot_area(figure, top=_HEAD, bottom=_FOOT, left=2, right=2)
    spans = _staircase(entries)
    style.scale_values(axes, [float(edge) for span in spans for edge in span], "万元")
    top = 0.0
    for entry, lines, (start, end), height in zip(entries, names, spans, heights, strict=True):
        _part(axes, entry, lines, (float(start), float(end)), top)
        top += height
    return figure


def _staircase(entries: list[dict]) -> list[tuple[Decimal, Decimal]]:
    """Where each part starts and ends: positions on the scale only, no figure of it is printed."""
    spans, reached = [], Decimal(0)
    for entry in entries:
        start = Decimal(0) if entry["kind"] == "total" else reached
        spans.append((start, start + entry["value"]))
        reached = reached if entry["kind"] == "total" else start + entry["value"]
    return spans


def _part(axes: Axes, entry: dict, lines: list[str], span: tuple[float, float], top: float) -> None:
    style.write_lines(axes, top, lines)
    share = "" if entry["share"] is None else APART + words.percent(entry["share"])
    colour = style.WARN if entry["kind"] == "rest" else style.INK
    style.write(axes, top, words.cut(entry["value"]) + share, at=1, side="right", colour=colour)
    bar_top = top + len(lines) * LINE + 2
    style.grid_lines(axes, bar_top)
    axes.add_patch(Rectangle((span[0], bar_top), span[1] - span[0], BAR, label=entry["label"], zorder=3, **_LOOKS[entry["kind"]]))
