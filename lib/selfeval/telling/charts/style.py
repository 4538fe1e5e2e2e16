"""House style of the charts: one palette, one Chinese font, one way of laying out rows, one way of turning a figure into SVG."""

from __future__ import annotations

import io
import math
import re
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from functools import cache, wraps

import matplotlib as mpl
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties, fontManager
from matplotlib.patches import Rectangle
from matplotlib.ticker import MaxNLocator

from selfeval.exceptions import TableBroken
from selfeval.telling.fonts import font_path

# Dark, middle, light: told apart in grey print and by the colour-blind; what is wrong or unexplained is hatched as well.
INK, MUTED, GRID = "#1d2730", "#55616c", "#d3dae0"
MAIN, SOFT, WARN, EMPTY = "#1f5c88", "#8db9d6", "#bf4a17", "#eef1f4"
# The page may give other colours (dark mode): each colour of the SVG is a variable with the colour here to fall back on.
VARIABLES = {INK: "ink", MUTED: "muted", GRID: "grid", MAIN: "main", SOFT: "soft", WARN: "warn", EMPTY: "empty"}

# Points. Shown at 4/3 of it on the page: 9.5 pt are some 13 px at both widths.
WIDE, NARROW = 540.0, 262.0
TEXT, SMALL = 9.5, 8.5
LINE, BAR, GAP = 14.0, 11.0, 14.0
# Parts of one label stand apart by this: a blank as wide as a Chinese character, which HTML does not fold.
APART = "\u3000"
HATCH = "////"

# Drawn as wide as a Chinese character, though they lie among the others.
_WIDE = re.compile("[—…≥≤≈▲▼●○■□“”‘’Ⅰ-Ⅻ①-⑳]")

_SETTINGS = {
    "svg.fonttype": "none",
    "pdf.fonttype": 42,
    "svg.hashsalt": "selfeval",
    "font.size": TEXT,
    "text.color": INK,
    "axes.labelcolor": MUTED,
    "axes.edgecolor": GRID,
    "xtick.color": MUTED,
    "ytick.color": MUTED,
    "xtick.labelsize": SMALL,
    "ytick.labelsize": SMALL,
    "axes.labelsize": SMALL,
    "hatch.linewidth": 1.1,
    "axes.unicode_minus": True,
    "text.parse_math": False,  # a name with dollar signs in it is no formula
}
# These belong to the machine or to a window, and change nothing that is drawn.
_NO_STYLE = {"backend", "backend_fallback", "interactive", "toolbar", "timezone", "date.epoch", "savefig.directory", "tk.window_focus"}


@cache
def _family() -> str:
    """The family of the one font, known to matplotlib from now on."""
    path = str(font_path())
    fontManager.addfont(path)
    return FontProperties(fname=path).get_name()


def house_style() -> AbstractContextManager:
    """Settings of every chart, for the time of a `with`: those of the user, which shape nothing of ours, are back afterwards."""
    usual = {name: value for name, value in mpl.rcParamsDefault.items() if name not in _NO_STYLE}
    return mpl.rc_context({**usual, **_SETTINGS, "font.family": [_family()]})


def styled(draw: Callable[..., Figure]) -> Callable[..., Figure]:
    """A chart function that draws in the house style."""

    @wraps(draw)
    def in_style(*args: object, **kwargs: object) -> Figure:
        with house_style():
            return draw(*args, **kwargs)

    return in_style


def check_rows(frame: pd.DataFrame, columns: Iterable[str], chart: str) -> None:
    """Raise TableBroken when `frame` lacks a column, ValueError when it has no row: then a sentence says so and there is no chart."""
    missing = [column for column in columns if column not in frame.columns]
    if missing:
        raise TableBroken(f"图“{chart}”的数据缺少列：{'、'.join(missing)}")
    if frame.empty:
        raise ValueError(f"图“{chart}”没有数据，不作图")


def figure_of(height: float, *, narrow: bool) -> Figure:
    """An empty figure of the page's width and of `height` points."""
    return Figure(figsize=((NARROW if narrow else WIDE) / 72, height / 72), facecolor="none")


def plot_area(figure: Figure, top: float, bottom: float, left: float = 0.0, right: float = 0.0) -> Axes:
    """Axes that leave margins of so many points and have no frame; the vertical unit is one point, from the top down."""
    width, height = figure.get_size_inches() * 72
    inner = height - top - bottom
    axes = figure.add_axes((left / width, bottom / height, (width - left - right) / width, inner / height), facecolor="none")
    axes.set_ylim(inner, 0)
    axes.set_yticks([])
    for spine in axes.spines.values():
        spine.set_visible(False)
    axes.tick_params(length=0)
    return axes


def scale_values(axes: Axes, values: Iterable[float], label: str) -> None:
    """A horizontal scale from zero over all `values`, with round ticks and the unit as its label."""
    low, high = min(0.0, *values, 0.0), max(0.0, *values, 0.0)
    high = high if high > low else low + 1.0
    room = (high - low) * 0.03
    axes.set_xlim(low - (room if low < 0 else 0), high + room)
    ticks = [tick for tick in MaxNLocator(nbins=5, steps=[1, 2, 5, 10]).tick_values(low, high) if low <= tick <= high]
    mark_scale(axes, ticks, label)


def mark_scale(axes: Axes, ticks: list[float], label: str) -> None:
    """Ticks and the unit under the plot; the outermost numbers stay inside it."""
    axes.set_xticks(ticks, [f"{tick:g}" if abs(tick) < 1e6 else f"{tick / 1e4:g}万" for tick in ticks])
    low, high = axes.get_xlim()
    for tick, written in zip(ticks, axes.get_xticklabels(), strict=True):
        at = (tick - low) / (high - low)
        written.set_ha("left" if at < 0.02 else "right" if at > 0.97 else "center")
    axes.set_xlabel(label, loc="right")


def grid_lines(axes: Axes, top: float, height: float = BAR) -> None:
    """The scale's lines behind one bar only, so that they cross no words; one broken line, which is one short path in the picture."""
    ticks = axes.get_xticks()
    across = [place for tick in ticks for place in (tick, tick, math.nan)]
    axes.plot(across, [top - 2, top + height + 2, math.nan] * len(ticks), color=GRID, linewidth=0.8, zorder=1, clip_on=False)


def write(axes: Axes, top: float, text: str, *, at: float = 0.0, side: str = "left", size: float = TEXT, colour: str = INK) -> None:
    """Words at a height in points and a place across the plot from 0 to 1."""
    axes.text(at, top, text, transform=axes.get_yaxis_transform(), va="top", ha=side, fontsize=size, color=colour)


def write_lines(axes: Axes, top: float, lines: Iterable[str]) -> None:
    """A name in as many lines as it took."""
    for number, line in enumerate(lines):
        write(axes, top + number * LINE, line)


def em_width(text: str) -> float:
    """The width of `text` in ems: a Chinese character, its quotation marks and numbers as signs are one, others a little over half."""
    return sum(1.0 if ord(character) > 0x2E7F or _WIDE.match(character) else 0.56 for character in text)


def wrapped(text: str, points: float, size: float = TEXT) -> list[str]:
    """`text` in lines of at most so many points, cut between any two characters: what Chinese allows and any name survives."""
    room = max(points / size, 2.0)
    lines, line, used = [], "", 0.0
    for character in " ".join(text.split()):
        width = em_width(character)
        if used + width > room and line:
            lines.append(line)
            line, used = "", 0.0
        line, used = line + character, used + width
    return [*lines, line] if line or not lines else lines


def legend(figure: Figure, entries: Iterable[tuple[str, dict]], *, narrow: bool) -> None:
    """Swatches with their words in one row above the plot; `entries` are words and how the swatch is filled."""
    width, height = figure.get_size_inches() * 72
    axes = figure.add_axes((0, 1 - 16 / height, 1, 16 / height), facecolor="none", label="legend")
    axes.set_xlim(0, width)
    axes.set_ylim(0, 16)
    axes.axis("off")
    at = 1.0
    for words, look in entries:
        if "facecolor" not in look:
            axes.plot([at + 5] * 2, [4, 14], **look)
        else:
            axes.add_patch(Rectangle((at, 5), 10, 8, **look))
        axes.text(at + 14, 9, words, va="center_baseline", fontsize=SMALL, color=MUTED)
        at += 14 + em_width(words) * SMALL + (8 if narrow else 16)


def filled(colour: str) -> dict:
    """A plain area."""
    return {"facecolor": colour, "edgecolor": "none", "linewidth": 0}


def hatched(colour: str) -> dict:
    """An area that asks for attention, also in grey: hatched, with an outline."""
    return {"facecolor": "none", "edgecolor": colour, "hatch": HATCH, "linewidth": 0.8}


def striped(colour: str) -> dict:
    """A full area that is told from a plain one also in grey: light stripes across, the other way than what is hatched."""
    return {"facecolor": colour, "edgecolor": EMPTY, "hatch": "\\\\\\\\", "linewidth": 0}


def outlined(colour: str) -> dict:
    """An empty area: planned, or not reported."""
    return {"facecolor": EMPTY, "edgecolor": colour, "linewidth": 0.8}


def ticked(colour: str) -> dict:
    """A line across a bar: a place on the scale, no length."""
    return {"color": colour, "linewidth": 1.6}


def svg(figure: Figure, name: str, description: str) -> str:
    """The figure as an <svg> element to stand inside HTML: real text in the page's own font, every id its own, the same bytes each time.

    `name` sets its ids apart from those of other charts on the page. `description` is what a screen reader says.
    """
    target = io.StringIO()
    with house_style():
        figure.savefig(target, format="svg", metadata={"Date": None, "Creator": None, "Format": None, "Type": None})
    text = target.getvalue()
    text = text[text.index("<svg") :]
    text = re.sub(r"<metadata>.*?</metadata>\s*|<!--.*?-->\s*", "", text, flags=re.DOTALL)
    text = _compact(_own_ids(text, name))
    text = _page_font(text)
    text = _page_colours(text)
    label = description.translate({38: "&amp;", 34: "&quot;", 60: "&lt;", 62: "&gt;"})
    return re.sub(r"<svg[^>]*>", lambda tag: _opening(tag[0], label), text, count=1).strip()


def _own_ids(text: str, name: str) -> str:
    """Ids that are referred to get the chart's name in front; the others go."""
    used = set(re.findall(r"url\(#([^)]+)\)", text)) | set(re.findall(r'href="#([^"]+)"', text))
    text = re.sub(r' id="([^"]+)"', lambda found: f' id="{name}-{found[1]}"' if found[1] in used else "", text)
    text = re.sub(r"url\(#([^)]+)\)", rf"url(#{name}-\1)", text)
    return re.sub(r'href="#([^"]+)"', rf'href="#{name}-\1"', text)


# A group without attributes around whole elements, and an area with straight sides.
_NEEDLESS_GROUP = re.compile(r"<g/>|<g>((?:<(?:text|path|use)[^<>]*(?:/>|>[^<]*</(?:text|path)>))*)</g>")
_BAR = re.compile(r'd="M([\d.-]+) ([\d.-]+) ?L([\d.-]+) \2 ?L\3 ([\d.-]+) ?L\1 \4 ?z"')


def _compact(text: str) -> str:
    """The same picture in fewer characters: places to a hundredth of a point, no line breaks in paths, nothing that is not seen."""
    text = re.sub(r'<path d="[^"]*" style="fill: none"/>\s*|<style type="text/css">.*?</style>|; stroke-linejoin: miter', "", text)
    text = re.sub(r' (d|x|y|width|height|transform)="([^"]+)"', lambda found: f' {found[1]}="{_rounded(found[2])}"', text)
    text = re.sub(r">\s+<", "><", text)
    previous = ""
    while text != previous:
        previous, text = text, _NEEDLESS_GROUP.sub(r"\1", text)
    return _BAR.sub(r'd="M\1 \2H\3V\4H\1z"', text)


def _rounded(places: str) -> str:
    shorter = re.sub(r"-?\d+\.\d+", lambda found: f"{float(found[0]):.2f}".rstrip("0").rstrip("."), places)
    return re.sub(r"(?<=[MLCz]) ", "", " ".join(shorter.split()))


def _page_font(text: str) -> str:
    """Only the size of the letters stays: the family is that of the page, which embeds the font the chart was measured with."""
    return re.sub(r" font-family: [^;\"]*;| text-anchor: start;| transform=\"rotate\(-0[^\"]*\"", "", text)


def _page_colours(text: str) -> str:
    for colour, variable in VARIABLES.items():
        text = re.sub(rf"(?<=: ){colour}\b", f"var(--chart-{variable}, {colour})", text)
    return re.sub(r' (fill|stroke)="(#[0-9a-f]{6})"', _styled_colour, text)


def _styled_colour(found: re.Match[str]) -> str:
    """A colour given as an attribute (hatch patterns) as a style, for only there a variable is understood."""
    variable = VARIABLES.get(found[2])
    return f' style="{found[1]}: var(--chart-{variable}, {found[2]})"' if variable else found[0]


def _opening(tag: str, label: str) -> str:
    box = re.search(r'viewBox="([^"]+)"', tag)[1]
    width, height = box.split()[2:]
    size = f'width="{float(width) * 4 / 3:.0f}" height="{float(height) * 4 / 3:.0f}"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" role="img" aria-label="{label}" '
        f'{size} viewBox="{box}">'
    )
