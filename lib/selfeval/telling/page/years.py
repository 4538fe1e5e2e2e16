"""The chapter that sets the year beside earlier ones: what grew, what came and went, and what cannot be compared."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

import pandas as pd
from markupsafe import Markup

from selfeval import words
from selfeval.knowledge import load
from selfeval.measuring.compare import bounds_of
from selfeval.telling import charts

from .cards import chapter
from .markup import Block, Table, TableRow, chart, joined, said
from .report import Report, Row
from .this_year import anchor_of
from .values import link

_UNKNOWN = "—"
# The latest years stand in the chapter; all of them in the table of changes.
_MOST_YEARS = 5
# Further back than this no chart looks, and no gap is named.
_LONGEST = 10
_MOST_TRADES = 3
_MOST_PANELS = 4
_MOST_NAMED = 6
_BASES = ("adjusted", "", "target", "initial")
_SAID = {"at_least": "至少", "at_most": "至多", "about": "约"}
_EVENTS = frozenset({"project", "sector", "tables", "work_facts"})


@dataclass(frozen=True)
class _Measure:
    """One headline measure: its rows, the latest earlier year first."""

    rows: list[Row]
    about: str

    @property
    def latest(self) -> Row:
        """The row against the latest earlier year."""
        return self.rows[0]

    @property
    def label(self) -> str:
        """What it is called."""
        return self.latest.label

    def row(self, year: int) -> Row | None:
        """The row against `year`."""
        return next((row for row in self.rows if row.earlier_year == year), None)


def years_chapter(report: Report) -> Block:
    """The chapter 与往年比 of `report`: what grew, came, went and cannot be compared; empty where the tables know of no earlier year."""
    rows = [*report.budget_changes, *report.safety_changes]
    if not rows:
        return Block(Markup(""))
    readable = [row for row in rows if row.metric != "tables"]
    past = sorted({row.earlier_year for row in readable}, reverse=True)
    latest = past[0] if past else None
    headlines = _headlines(readable)
    near = [row for row in readable if row.earlier_year == latest]
    return chapter(
        report,
        "years",
        heading=_title(headlines, latest),
        intro=_intro(report, past),
        left_out=list(dict.fromkeys(row.missing for row in rows if row.metric == "tables")),
        sentences=[*_disagreements(near), *_sentences(report, headlines, latest)],
        overview=_overview(report, headlines, past),
        chart=_chart(report, headlines),
        events=_events(near, latest),
        projects=_projects(near, report, latest),
        work=_work(report, latest),
        reasons=_reasons(near, headlines),
        latest=latest,
    )


def _title(headlines: list[_Measure], latest: int | None) -> str:
    """The title of the chapter: the first headline measure and how it changed."""
    row = next((m.latest for m in headlines if m.latest.status == "compared" and m.latest.earlier_year == latest), None)
    if row is None:
        return "与往年比"
    change = said("{}", _signed(row)).striptags() if row.change else "持平"
    return f"与 {latest} 年度比：{row.label.replace('：', '')} {change}"


def _intro(report: Report, past: list[int]) -> Markup:
    if not past:
        return Markup("以前年度的表都不能读，没有可比的数。")
    listed = "、".join(f"{year} 年度" for year in sorted(past))
    first = max(past[-1], report.year - _LONGEST)
    gaps = [year for year in range(first + 1, report.year) if year not in past]
    absent = said("缺 {}。", "、".join(f"{year} 年度" for year in gaps)) if gaps else ""
    return said("可以对照的有 {}。{}只有名称、单位、口径和公式都相同的数才比。", listed, absent)


def main_figures(report: Report) -> list[dict[str, object]]:
    """The headline measures that can be held against the latest earlier year: name, this year's number, the change; empty without one."""
    rows = [row for row in (*report.budget_changes, *report.safety_changes) if row.metric != "tables"]
    latest = max((row.earlier_year for row in rows), default=None)
    compared = [m.latest for m in _headlines(rows) if m.latest.status == "compared" and m.latest.earlier_year == latest]
    return [
        {"label": row.label.replace("：", ""), "value": _value(report, row), "change": _signed(row), "year": row.earlier_year}
        for row in compared
    ]


# ---- headlines --------------------------------------------------------------------------------------------------------------------------


def _headlines(rows: list[Row]) -> list[_Measure]:
    """The measures the chapter leads with, each on the first basis this year has."""
    found = []
    for entry in load("compare")["headline"]:
        own = [row for row in rows if row.metric == entry["metric"]]
        for scope in [entry["scope"]] if entry["scope"] else _whole_or_trades(own):
            measure = _on_one_basis([row for row in own if row.scope == scope], entry["about"])
            if measure and entry.get("unless") not in {other.latest.scope for other in found}:
                found.append(measure)
    return found


def _whole_or_trades(rows: Iterable[Row]) -> list[str]:
    """The whole body where it has a number of its own, else the first trades."""
    scopes = list(dict.fromkeys(row.scope for row in rows if row.value is not None and row.earlier is not None))
    whole = [scope for scope in load("safety_metrics")["whole"] if scope in scopes]
    return whole[:1] or scopes[:_MOST_TRADES]


def _on_one_basis(rows: list[Row], about: str) -> _Measure | None:
    for basis in _BASES:
        own = [row for row in rows if row.basis == basis and row.value is not None]
        if any(row.earlier is not None for row in own):
            return _Measure(sorted(own, key=lambda row: -row.earlier_year), about)
    return None


def _sentences(report: Report, measures: list[_Measure], latest: int | None) -> Iterator[Markup]:
    """What changed against the latest earlier year, subject by subject; only of what is compared. 同比 is said of the year before alone."""
    opening = "同比" if latest == report.year - 1 else f"与 {latest} 年度比"
    compared = [measure for measure in measures if measure.latest.status == "compared" and measure.latest.earlier_year == latest]
    for about, group in groupby(compared, key=lambda measure: measure.about):
        yield said("{}{}：{}。", about, opening, joined([_change(report, measure.latest) for measure in group], "；"))


def _change(report: Report, row: Row) -> Markup:
    """实际支出 629.4 万元，增加 40.5 万元（+6.88%）."""
    change = "持平" if not row.change and bounds_of(row.note).change == "exact" else said("{}{}{}", _direction(row), _size(row), _rate(row))
    return said("{}为 {}，{}", row.label.replace("：", ""), _value(report, row), change)


def _direction(row: Row) -> str:
    """增加 or 减少, and the side it is open to: a change of at most +12 is 最多增加, one of at least −50 最多减少."""
    bound = bounds_of(row.note).change
    if bound in {"at_least", "at_most"} and row.change < 0:
        bound = "at_most" if bound == "at_least" else "at_least"
    return {"at_least": "至少", "at_most": "最多", "about": "约"}.get(bound, "") + ("增加 " if row.change >= 0 else "减少 ")


def _size(row: Row) -> Markup:
    return link(_difference(abs(row.change), row.unit), "")


def _difference(change: Decimal, unit: str) -> str:
    """A difference in its unit; of two ratios in percentage points."""
    return words.measured(change, unit) if unit else f"{words.number(words.rounded(change * 100, 2))} 个百分点"


def _rate(row: Row) -> Markup:
    """The rate of change behind an amount; of two ratios it would only confuse, of a bound it is one too."""
    if row.change_rate is None or not row.unit or bounds_of(row.note).change != "exact":
        return Markup("")
    return said("（{}）", link(f"{'+' if row.change_rate > 0 else ''}{words.percent(row.change_rate)}", ""))


def _value(report: Report, row: Row) -> Markup:
    """This year's number, leading to what it rests on."""
    return link(words.measured(row.value, row.unit, _SAID.get(bounds_of(row.note).value, ""), short=True), anchor_of(report, row))


def _disagreements(rows: Iterable[Row]) -> Iterator[Markup]:
    """Where this year's table states another number for last year than last year's own."""
    prefix = load("compare")["words"]["last_disagrees"].partition("{")[0]
    for row in rows:
        yield from (said("{}：{}。", row.label, part) for part in row.note.split("；") if part.startswith(prefix))


# ---- years in a table and in charts -----------------------------------------------------------------------------------------------------


def _overview(report: Report, measures: list[_Measure], past: list[int]) -> Table | None:
    """The headline measures year by year, the change against the latest earlier year at the end."""
    if not measures:
        return None
    years = sorted(past[: _MOST_YEARS - 1])
    rows = [
        TableRow([measure.label, *(_earlier(measure.row(year)) for year in years), _value(report, measure.latest), _last(measure, past[0])])
        for measure in measures
    ]
    heads = ["指标", *(f"{year} 年度" for year in years), f"{report.year} 年度", f"比 {past[0]} 年度"]
    return Table("历年主要数字（括号里的数口径不同，不能与本年比）", heads, rows, frozenset(range(1, len(heads))))


def _earlier(row: Row | None) -> Markup | str:
    if row is None or row.earlier is None:
        return _UNKNOWN
    shown = words.measured(row.earlier, row.unit, _SAID.get(bounds_of(row.note).earlier, ""), short=True)
    return link(shown, "") if row.status == "compared" else said('<span class="absent">（{}）</span>', shown)


def _last(measure: _Measure, year: int) -> Markup | str:
    row = measure.row(year)
    return _UNKNOWN if row is None else _signed(row)


def _signed(row: Row) -> Markup | str:
    """A change with its sign, and its bound; — where nothing is compared."""
    if row.status != "compared":
        return "不可比"
    sign = {"at_least": "≥", "at_most": "≤", "about": "≈"}.get(bounds_of(row.note).change, "")
    digits = words.signed(row.change, row.unit) if row.unit else f"{words.signed(words.rounded(row.change * 100, 2))} 个百分点"
    return link(f"{sign} {digits}".strip(), "")


def _chart(report: Report, measures: list[_Measure]) -> Markup:
    """A small chart for each of the headline measures that changed most, of those that two years tell."""
    moved = sorted((m for m in measures if m.latest.status == "compared"), key=lambda m: -_moved(m.latest))[:_MOST_PANELS]
    rows = [point for measure in measures if measure in moved for point in _points(report, measure)]
    if not rows:
        return Markup("")
    told = "；".join(f"{row['measure']} {row['year']} 年度 {row['words']}" for row in rows)
    caption = "变化最大的几个数。每幅图各有刻度，不从零起；缺的年度断开，口径不同的年度是空心点，不与别的年度相连。数字见历年主要数字表。"
    return chart("years", charts.series, pd.DataFrame(rows), f"历年数字：{told}", caption, "来源：本年度的表和各年度留下的表。")


def _moved(row: Row) -> Decimal:
    """How far a measure moved: its rate of change, of two ratios their difference."""
    return abs(row.change_rate if row.unit and row.change_rate is not None else row.change or Decimal(0))


def _points(report: Report, measure: _Measure) -> list[dict[str, object]]:
    row = measure.latest
    points = [
        _point(measure, past.earlier_year, past.earlier, bounds_of(past.note).earlier, comparable=past.status == "compared")
        for past in reversed(measure.rows)
        if past.earlier is not None and past.unit == row.unit and past.earlier_year > report.year - _LONGEST
    ]
    return [*points, _point(measure, report.year, row.value, bounds_of(row.note).value, comparable=True)] if points else []


def _point(measure: _Measure, year: int, value: Decimal, bound: str, *, comparable: bool) -> dict[str, object]:
    unit = measure.latest.unit
    shown = (
        words.measured(value, unit, _SAID.get(bound, ""), short=True).removesuffix(unit).strip()
        if unit
        else words.measured(value, "", _SAID.get(bound, ""), short=True)
    )
    return {
        "measure": f"{measure.label}（{unit}）" if unit else measure.label,
        "year": year,
        "value": value,
        "words": shown,
        "comparable": comparable,
    }


# ---- what came and went, and what is not compared ---------------------------------------------------------------------------------------


def _events(rows: list[Row], latest: int | None) -> list[Markup]:
    """Projects and trades that one of the two years lists and the other does not."""
    found = []
    for metric, noun in (("project", "项目"), ("sector", "行业")):
        own = [row for row in rows if row.metric == metric]
        for status, verb in (("appeared", "新列出的"), ("vanished", "不再列出的")):
            named = [_named(row) for row in own if row.status == status]
            if named:
                found.append(said("与 {} 年度比，{}{} {} 个：{}。", latest, verb, noun, len(named), joined(named)))
        found += [said("{}：{}。", row.label, row.missing) for row in own if row.status == "not_comparable"]
    return found + [said("{}：{}。", row.label, row.missing) for row in rows if row.metric == "work_facts"]


def _named(row: Row) -> Markup:
    amount = row.value if row.status == "appeared" else row.earlier
    return Markup("{}").format(row.label) if amount is None else said("{}（{}）", row.label, link(words.measured(amount, row.unit), ""))


def _projects(rows: list[Row], report: Report, latest: int | None) -> Table | None:
    """What each project spent in both years."""
    own = [row for row in rows if row.metric == "line_actual" and row.scope.startswith("project:") and row.value is not None]
    return _pairs(f"各项目实际支出与 {latest} 年度比", own, report, latest) if own else None


def _work(report: Report, latest: int | None) -> Table | None:
    """The facts and rates of the work that both years tell."""
    own = [row for row in report.safety_changes if row.earlier_year == latest and row.status == "compared"]
    return _pairs(f"工作数据与 {latest} 年度比", own, report, latest) if own else None


def _pairs(caption: str, rows: list[Row], report: Report, latest: int | None) -> Table:
    cells = [
        TableRow([row.label.removesuffix("：实际支出"), _earlier(row), _value(report, row), _signed(row), _percent(row)]) for row in rows
    ]
    heads = ["名称", f"{latest} 年度", f"{report.year} 年度", "变动", "变动率"]
    return Table(caption, heads, cells, frozenset({1, 2, 3, 4})).without_blanks()


def _percent(row: Row) -> Markup | str:
    return link(f"{'+' if row.change_rate > 0 else ''}{words.percent(row.change_rate)}", "") if _rate(row) else _UNKNOWN


def _reasons(rows: Iterable[Row], headlines: list[_Measure]) -> list[dict[str, object]]:
    """Why numbers are not compared with the latest earlier year, and the headlines with any; a change of definition first.

    Each reason stands once, with the numbers it holds for.
    """
    found: dict[str, list[str]] = {}
    for row in rows:
        if row.status == "not_comparable" and row.metric not in _EVENTS:
            found.setdefault(row.missing, []).append(row.label)
    for row in (row for measure in headlines for row in measure.rows[1:]):
        if row.status == "not_comparable" and row.earlier is not None:
            found.setdefault(row.missing, []).append(f"{row.label}（与 {row.earlier_year} 年度）")
    changed = load("compare")["words"]["definition"].partition("：")[0]
    ordered = sorted(found, key=lambda reason: not reason.startswith(changed))
    return [{"reason": reason, "count": len(found[reason]), "labels": _some(list(dict.fromkeys(found[reason])))} for reason in ordered]


def _some(labels: list[str]) -> str:
    return "、".join(labels[:_MOST_NAMED]) + ("等" if len(labels) > _MOST_NAMED else "")
