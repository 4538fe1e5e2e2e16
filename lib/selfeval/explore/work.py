"""The work by field and trade: what was counted, how it compares between trades, what follows from it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from itertools import islice

import pandas as pd
from markupsafe import Markup

from selfeval import words
from selfeval.knowledge import load
from selfeval.tables import rows_in
from selfeval.telling import charts
from selfeval.telling.page import Report
from selfeval.telling.page.safety import hazard_row, hazard_sectors

from .screen import Row, Screen, drawn, frame_of

EVERYTHING = ""
Tables = Mapping[str, pd.DataFrame]
# More panels, or more results in a sentence, than this nobody compares.
_MOST_PANELS, _MOST_RESULTS = 12, 8
_HEADS = ("领域", "行业", "指标", "数值", "单位", "怎么写的", "日期", "原句")


def areas(tables: Tables) -> list[str]:
    """The fields of work there are facts of, in the order they are read in."""
    there = set(tables["work_facts"]["area"])
    known = words.areas()
    return [area for area in known if area in there] + sorted(there.difference(known))


def sectors(tables: Tables, area: str = EVERYTHING) -> list[str]:
    """The trades there are facts of in a field, in reading order."""
    return list(dict.fromkeys(fact.sector for fact in facts_of(tables, area)))


def facts_of(tables: Tables, area: str = EVERYTHING, sector: str = EVERYTHING) -> list[Row]:
    """The facts of a field and a trade in reading order; '' means all."""
    rows = rows_in(tables["work_facts"])
    return [fact for fact in rows if area in {EVERYTHING, fact.area} and sector in {EVERYTHING, fact.sector}]


def work_screen(tables: Tables, area: str = EVERYTHING, sector: str = EVERYTHING) -> Screen:
    """The facts chosen as a sentence, a chart and a table."""
    facts = facts_of(tables, area, sector)
    return Screen(
        _said(tables, facts),
        frame_of(_HEADS, map(_cells, facts), optional={"日期"}),
        _chart(tables, facts, area) if area else Markup(""),
        tuple(fact.fact_id for fact in facts),
        tuple(fact.figure_id for fact in facts),
    )


def _cells(fact: Row) -> list[object]:
    written = "" if fact.value is None else words.short_quantity(fact.value, fact.unit, fact.qualifier)
    named = (words.area(fact.area), words.sector(fact.sector), fact.label)
    return [*named, fact.value, fact.unit, written, fact.date, fact.sentence]


def _said(tables: Tables, facts: list[Row]) -> Markup:
    """How many facts, and what is computed from them."""
    if not facts:
        return Markup("<p>这里没有列出数量。</p>")
    ids = {fact.fact_id for fact in facts}
    metrics = tables["safety_metrics"]
    report = Report.of("", 0, {"work_facts": tables["work_facts"]})
    computed = (row for row in rows_in(metrics[metrics["status"] == "computed"]) if set(row.inputs.split()) <= ids)
    told = [_result(report, row) for row in islice(computed, _MOST_RESULTS)]
    drawn_from = f"由此算出：{'；'.join(told)}。" if told else ""
    return Markup("<p>{}</p>").format(f"共 {len(facts)} 件可以数的事。{drawn_from}")


def _result(report: Report, row: Row) -> str:
    scope = report.scope(row)
    where = "" if row.scope == "all" or scope in row.label else f"（{scope}）"
    return f"{row.label}{where} {words.measured(row.value, row.unit, row.note)}"


# ---- charts -----------------------------------------------------------------------------------------------------------------------------


def _chart(tables: Tables, facts: list[Row], area: str) -> Markup:
    """Hazards by what became of them, disasters on a time line, everything else as bars by trade."""
    report = Report.of("", 0, {"work_facts": pd.DataFrame(facts, columns=tables["work_facts"].columns), **_only(tables, "safety_metrics")})
    found = hazard_sectors(report)
    if area == "hazards" and found:
        return drawn("hazards", charts.hazards, [hazard_row(report, sector) for sector in found], "各领域隐患去向图，数字见下表。")
    days = [{"label": fact.label, "date": fact.date} for fact in facts if words.month_day(fact.date)]
    if area == "disasters" and days:
        return drawn("disasters", charts.disasters, days, "自然灾害时间线，日期见下表。")
    return drawn("work", charts.enforcement, _panels(facts), "各项数量图，数字见下表；各图刻度不同。")


def _only(tables: Tables, *names: str) -> dict[str, pd.DataFrame]:
    return {name: tables[name] for name in names}


def _panels(facts: Iterable[Row]) -> list[dict[str, object]]:
    """One panel an indicator; where its facts are named apart, as kinds of permits are, by their names, else by trade."""
    groups: dict[str, list[Row]] = {}
    for fact in facts:
        if fact.value is not None:
            groups.setdefault(fact.indicator, []).append(fact)
    return [bar for indicator, group in islice(groups.items(), _MOST_PANELS) for bar in _bars(indicator, group)]


def _bars(indicator: str, facts: list[Row]) -> list[dict[str, object]]:
    labels = {fact.label for fact in facts}
    measure = facts[0].label if len(labels) == 1 else _names().get(indicator, facts[0].label)
    return [
        {
            "measure": measure,
            "label": words.sector(fact.sector) if len(labels) == 1 else fact.label,
            "value": fact.value,
            "unit": fact.unit,
            "qualifier": fact.qualifier,
        }
        for fact in facts
    ]


@cache
def _names() -> dict[str, str]:
    return {entry["id"]: entry["label"] for entry in load("indicators")["indicator"] if entry.get("label")}
