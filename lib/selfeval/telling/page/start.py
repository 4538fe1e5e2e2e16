"""The start page of the outputs: which bodies and years there are, a few numbers of each, what is open, and where everything lies."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from markupsafe import Markup

from .brief import Brief
from .markup import Table, TableRow, block, joined, said

_NOTHING = "—"
# So few bodies need no folding.
_OPEN_AT_ONCE = 3


@dataclass(frozen=True)
class Published:
    """One body and year as it lies in the outputs.

    `links` are the addresses of its files, relative to the page, by file name. `brief` is what its report says. `problem` says in Chinese
    what is broken or missing, "" where all is whole; `failed` why the last run failed, which leaves what was published before. `version` is
    that of the program that made it.
    """

    unit: str
    year: int
    links: Mapping[str, str] = field(default_factory=dict)
    brief: Brief = field(default_factory=Brief)
    problem: str = ""
    failed: str = ""
    version: str = ""


@dataclass(frozen=True)
class Waiting:
    """Raw material of a body and year for which nothing is published yet; `failed` says why its last run failed, "" without one."""

    unit: str
    year: int
    failed: str = ""


_FILES = {
    "report.html": "报告",
    "report.pdf": "PDF",
    "brief.pdf": "一页",
    "forms.xlsx": "上报表",
    "narrative.docx": "自评报告初稿",
    "tables.xlsx": "全部的表",
    "status": "运行状态",
}
# What lies beside the page of a body and year that the start page can lead to, in the order in which it is listed. "status" is the file
# that tells when it was last run.
FILES = tuple(name for name in _FILES if name != "status")


def start_page(published: Iterable[Published], waiting: Iterable[Waiting], comparisons: Mapping[int, str], style: str) -> str:
    """Return the HTML of the page; `style` is the style sheet and the place for the font.

    `published` comes in the order of the bodies and is held one body at a time, for there may be thousands. `comparisons` are the addresses
    of the pages that set bodies side by side, by year. The page holds no time: the same outputs give the same bytes.
    """
    bodies = [_body(unit, [*entries]) for unit, entries in groupby(published, key=lambda entry: entry.unit)]
    bodies.sort(key=lambda body: body["gravity"])
    waiting = sorted(waiting, key=lambda entry: (entry.unit, entry.year))
    html = block(
        "start",
        style=Markup(style),  # noqa: S704  our own style sheet
        bodies=bodies,
        years=sum(len(body["table"].rows) for body in bodies),
        open_at_once=len(bodies) <= _OPEN_AT_ONCE,
        waited_for=sum(body["waits"] for body in bodies),
        urgent=[*(place for body in bodies for place in body["urgent"]), *_never_done(waiting)],
        comparisons=sorted(comparisons.items(), reverse=True),
        waiting=waiting,
        invented=any(body["invented"] for body in bodies),
    ).html
    return str(html)


def _never_done(waiting: Iterable[Waiting]) -> Iterator[tuple[str, str]]:
    """What failed and was never published: where the page tells of it, and its name."""
    return (("waiting", f"{entry.unit} {entry.year} 年度") for entry in waiting if entry.failed)


def _body(unit: str, entries: list[Published]) -> dict[str, Any]:
    """One body: its name as the latest year that can be read has it, and a row a year, the latest first."""
    entries = sorted(entries, key=lambda entry: -entry.year)
    name = next((entry.brief.body for entry in entries if entry.brief.body), unit)
    heads = ("年度", "部门整体支出", "官方口径执行率", "得分（模拟测算）", "待办", "依据材料", "文件")
    table = Table(f"{name}各年度的几个数、待办和文件", heads, [_row(entry) for entry in entries])
    anchor = f"body-{unit}"
    latest, broken = entries[0].brief, sum(bool(entry.problem or entry.failed) for entry in entries)
    return {
        # What does not run comes first, then most open differences, then most places to fill in.
        "gravity": (-broken, -latest.open_findings, -latest.to_fill, unit),
        "waits": bool(broken or latest.open_findings or latest.to_fill),
        "line": _line(entries[0], broken),
        "anchor": anchor,
        "unit": unit,
        "name": name,
        "invented": any(entry.brief.invented for entry in entries),
        "table": table,
        "urgent": [(anchor, f"{name} {entry.year} 年度") for entry in entries if entry.problem or entry.failed],
    }


def _line(latest: Published, broken: int) -> Markup:
    """A body in one line: what is wrong, what waits in its latest year, what was spent and how much that is of its budget."""
    told = latest.brief
    parts = [said('<span class="missed">{} 份失败或不完整</span>', broken)] if broken else []
    parts.append(said("{} 年度", latest.year))
    if told.open_findings:
        parts.append(said("<b>不符 {} 项</b>", told.open_findings))
    if told.to_fill:
        parts.append(said("待填写 {} 处", told.to_fill))
    if told.spent:
        parts.append(said("支出 {}", told.spent))
    if told.official or told.rate:
        parts.append(said("执行率 {}", told.official) if told.official else said("对{}的执行率 {}", told.basis, told.rate))
    return joined(parts, " · ")


def _row(entry: Published) -> TableRow:
    said_of = entry.brief
    cells = [_spent(said_of), _value(said_of.official, said_of.no_official), _score(said_of), _open(entry), _material(entry), _links(entry)]
    return TableRow([_year(entry), *cells])


def _year(entry: Published) -> Markup | str:
    page = entry.links.get("report.html")
    return said('<a class="n" href="{}">{} 年度</a>', page, entry.year) if page else f"{entry.year} 年度"


def _spent(told: Brief) -> str | Markup:
    """What was spent in all, and how much that is of which budget."""
    share = said("<br><small>是{}的 {}</small>", told.basis, _n(told.rate)) if told.rate else ""
    return said("{}{}", _n(told.spent), share) if told.spent else _NOTHING


def _score(told: Brief) -> str | Markup:
    grade = said("<br><small>{}</small>", told.grade) if told.grade else ""
    return said("{}{}", _n(told.points), grade) if told.points else _value("", told.no_points)


def _value(value: str, why_none: str) -> str | Markup:
    if value:
        return _n(value)
    return said("<small>{}</small>", why_none) if why_none else _NOTHING


def _open(entry: Published) -> Markup | str:
    """What waits for somebody: differences nobody has settled, places to fill in; before them what is wrong with the files."""
    parts = [said('<span class="missed">{}</span>', entry.problem)] if entry.problem else []
    if entry.failed:
        parts.append(said('<span class="missed">最近一次运行失败：{}</span>', entry.failed))
    if entry.brief.open_findings:
        found = said("未了结的不符 {} 项", entry.brief.open_findings)
        page = entry.links.get("report.html")
        parts.append(said('<a href="{}#accounts">{}</a>', page, found) if page else found)
    if entry.brief.to_fill:
        parts.append(said("初稿待填写 {} 处", entry.brief.to_fill))
    return joined(parts, Markup("<br>")) if parts else "没有"


def _material(entry: Published) -> Markup | str:
    """The dates on the source card; the time of the run is not ours to print."""
    dates = [("发布", entry.brief.published), ("取得", entry.brief.obtained)]
    told = [said('<span class="n">{} {}</span>', word, date) for word, date in dates if date]
    if entry.brief.body and not told:
        told.append(said("<small>来源卡没有写日期</small>"))
    if entry.version:
        told.append(said("<small>程序 {}</small>", entry.version))
    return joined(told, Markup("<br>")) if told else _NOTHING


def _links(entry: Published) -> Markup | str:
    found = [said('<a class="n file" href="{}">{}</a>', entry.links[name], word) for name, word in _FILES.items() if name in entry.links]
    return joined(found, " ") if found else _NOTHING


def _n(text: str) -> Markup:
    return said('<span class="n">{}</span>', text)
