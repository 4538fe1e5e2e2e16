"""The chapter on work: hazards, enforcement, permits, disasters and relief, and everything else that was counted."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

import pandas as pd
from markupsafe import Markup

from selfeval import words
from selfeval.telling import charts

from .markup import Block, Table, TableRow, block, chart, joined, said
from .origin import origin
from .report import Report, Row
from .values import WHOLE, computed, fact_anchor, facts_in_words, phrase, stated

_FOUND = ("hazards_found", "hazards_general", "hazards_major")
_STATES = (
    ("hazards_rectified", "rectified", "已整改"),
    ("hazards_under_way", "under_way", "整改中"),
    ("hazards_open", "open", "未整改"),
)
_ENFORCEMENT_PANELS = ("cases_filed", "fines", "units_suspended")
# What the prose and the charts have said already.
_STATE_METRICS = ("under_way_share", "hazards_accounted", "hazards_unaccounted", "unaccounted_share")
_TOTALS = ("total_cases", "total_fines")
_BOUNDS = frozenset({"至少", "至多", "约"})
_CHAPTER_AREAS = ("safety_outcome", "hazards", "enforcement", "permits", "disasters", "relief")


def safety_chapter(report: Report) -> Block:
    """The chapter 事办得怎样 of `report`: hazards, enforcement, permits, disasters, trade by trade; lower bounds are said to be such."""
    return block(
        "safety",
        says=report.says,
        outcome=_outcome(report),
        hazards=hazard_sentences(report),
        hazard_chart=_hazard_chart(report),
        hazard_table=_hazard_table(report),
        hazard_metrics=_metric_lines(report, {"hazards"}, but=_STATE_METRICS),
        enforcement=_enforcement_sentences(report),
        enforcement_chart=_enforcement_chart(report),
        enforcement_table=_enforcement_table(report),
        enforcement_metrics=_metric_lines(report, {"enforcement"}, but=_TOTALS),
        permits=_permit_sentences(report),
        permit_chart=_permit_chart(report),
        disasters=disaster_sentences(report),
        disaster_chart=_disaster_chart(report),
        disaster_metrics=_metric_lines(report, {"disasters", "relief"}),
        relief=relief_sentences(report),
        other=_other_table(report),
    )


def _of_areas(report: Report, areas: Iterable[str]) -> list[Row]:
    """The named facts of some fields of work, what is printed twice once."""
    wanted = set(areas)
    chosen = [fact for fact in report.facts if fact.area in wanted and fact.indicator]
    return list({(f.sector, f.indicator, f.label, f.value, f.unit, f.date): f for f in reversed(chosen)}.values())[::-1]


def _metric_lines(report: Report, areas: set[str], but: Iterable[str] = ()) -> list[dict[str, object]]:
    """Metrics that rest on facts of `areas`, one entry a metric with its value trade by trade; without those the prose has said."""
    area_of = {fact.fact_id: fact.area for fact in report.facts}
    groups: dict[str, list[Row]] = {}
    for row in report.safety:
        first = row.inputs.split()[:1]
        if row.status == "computed" and first and area_of.get(first[0]) in areas and row.metric not in but and row.scope not in area_of:
            groups.setdefault(row.metric, []).append(row)
    return [{"label": rows[0].label, "parts": _by_trade(rows), "notes": _notes(rows)} for rows in groups.values()]


def _by_trade(rows: list[Row]) -> Markup:
    """危险化学品 1.50%、工贸 2.50%; a single value for the whole body names no trade."""
    if len(rows) == 1 and rows[0].scope in WHOLE:
        return computed(rows[0])
    return joined([said("{trade} {value}", trade=words.sector(row.scope), value=computed(row)) for row in rows])


def _notes(rows: list[Row]) -> list[str]:
    """What has to be known to read the values; that one is a bound is said by the value itself."""
    notes = (note for row in rows for note in row.note.split("；"))
    return [note for note in dict.fromkeys(notes) if note and note not in _BOUNDS]


def _outcome(report: Report) -> list[dict[str, object]]:
    """What the report says of accidents, in its own words: a stated none cannot be put shorter without becoming a claim of ours."""
    sentences: dict[str, str] = {}
    for fact in report.facts:
        if fact.area == "safety_outcome":
            sentences.setdefault(fact.sentence, fact_anchor(fact))
    return [{"text": text, "anchor": anchor} for text, anchor in sentences.items()]


# ---- hazards ----------------------------------------------------------------------------------------------------------------------------


def hazard_sectors(report: Report) -> list[str]:
    """Trades with a number of hazards found."""
    return report.sectors_with(_FOUND)


def reporting_sectors(report: Report) -> list[str]:
    """Trades of these for which something is said of what became of the hazards."""
    said_of = set(report.sectors_with(indicator for indicator, _, _ in _STATES))
    return [sector for sector in hazard_sectors(report) if sector in said_of]


def hazard_sentences(report: Report, most: int | None = None) -> list[Markup]:
    """How many trades report what became of their hazards, and with what result; of more than `most` trades the results of the first."""
    sectors, reporting = hazard_sectors(report), reporting_sectors(report)
    if not sectors:
        return [said("{says}没有列出排查隐患的数量。", says=report.says)]
    if not reporting:
        return [said("{n} 个领域列出了排查出的隐患，没有一个列出整改结果，隐患是否消除无从核对。", n=len(sectors))]
    results = [_result(report, sector) for sector in reporting[:most]]
    if len(sectors) == 1:
        return [said("只有{sector}列出了排查出的隐患和整改结果：{result}。", sector=words.sector(sectors[0]), result=results[0])]
    lead = _lead(reporting, len(sectors))
    if len(results) < len(reporting):
        results.append(Markup("其余见正文"))
    return [said("{n} 个领域列出了排查出的隐患，{lead}：{results}。", n=len(sectors), lead=lead, results=joined(results, "；"))]


def _lead(reporting: list[str], of: int) -> str:
    """Who reports results: all, a few by name, or how many."""
    if len(reporting) == of:
        return "都列出了整改结果"
    return f"只有{_names(reporting)}列出了整改结果" if len(reporting) <= 3 else f"其中 {len(reporting)} 个列出了整改结果"


def _names(sectors: list[str]) -> str:
    return words.joined(words.sector(sector) for sector in sectors)


def _result(report: Report, sector: str) -> Markup:
    """矿山整改率 75.00%，10 项没有交代去向."""
    rate = report.metric("rectification_rate", sector) or report.gap("rectification_rate", sector)
    result = said("{sector}整改率 {rate}", sector=words.sector(sector), rate=computed(rate))
    left = report.metric("hazards_unaccounted", sector)
    return result + said("，{left}没有交代去向", left=computed(left)) if left and left.value > 0 else result


def hazard_facts(report: Report, sector: str) -> list[Row]:
    """What is stated of the hazards of a trade: found, and what became of them."""
    states = [report.fact(indicator, sector) for indicator, _, _ in _STATES]
    return [*_found_facts(report, sector), *(fact for fact in states if fact is not None)]


def _found_facts(report: Report, sector: str) -> list[Row]:
    return [fact for indicator in _FOUND for fact in report.facts_of(indicator, sector)]


def hazard_row(report: Report, sector: str) -> dict[str, object]:
    """One bar of charts.hazards: counts in words, and the sizes its parts are drawn with."""
    states = {key: report.fact(indicator, sector) for indicator, key, _ in _STATES}
    left = report.metric("hazards_unaccounted", sector)
    unaccounted = left.value if left and left.value > 0 else None
    said_states = [
        f"{name} {words.short_quantity(states[key].value, '', states[key].qualifier)}" for _, key, name in _STATES if states[key]
    ]
    said_states += [f"未交代 {words.short_quantity(unaccounted, '', words.qualifier_of(left.note))}"] if unaccounted else []
    return {
        "label": words.sector(sector),
        "found_words": "、".join(
            f"{fact.label} {words.short_quantity(fact.value, fact.unit, fact.qualifier)}" for fact in _found_facts(report, sector)
        ),
        "states_words": "　".join(said_states) or "整改情况未列",
        "found": _length(report, sector),
        "unaccounted": unaccounted,
        **{key: fact.value if fact else None for key, fact in states.items()},
    }


def _length(report: Report, sector: str) -> Decimal | None:
    """How long the whole bar is; a position on the scale, printed nowhere."""
    found = report.fact("hazards_found", sector)
    parts = [fact.value for fact in (report.fact("hazards_general", sector), report.fact("hazards_major", sector)) if fact]
    return found.value if found else sum(parts, Decimal(0)) or None


def _hazard_chart(report: Report) -> Markup:
    sectors = hazard_sectors(report)
    if not sectors:
        return Markup("")
    rows = [hazard_row(report, sector) for sector in sectors]
    description = "各领域隐患去向图。" + "；".join(f"{row['label']}：{row['found_words']}，{row['states_words']}" for row in rows) + "。"
    caption = "每条柱代表该领域发现的全部隐患（长度不代表数量），颜色表示去向；空柱表示没有列出整改情况。数字见下表。"
    shown = {*_FOUND, *(indicator for indicator, _, _ in _STATES)}
    source = origin(report, (fact.figure_id for fact in _of_areas(report, {"hazards"}) if fact.indicator in shown))
    return chart("hazards", charts.hazards, pd.DataFrame(rows), description, caption, source)


def _hazard_table(report: Report) -> Table | None:
    sectors = report.sectors_with(fact.indicator for fact in report.facts if fact.area == "hazards")
    first = (*_FOUND, *(indicator for indicator, _, _ in _STATES))
    columns = list(dict.fromkeys((fact.indicator, fact.label) for fact in _of_areas(report, {"hazards"})))
    columns.sort(key=lambda column: first.index(column[0]) if column[0] in first else len(first))
    if not sectors or not columns:
        return None
    rows = [TableRow([words.sector(sector), *(_cell(report, indicator, sector) for indicator, _ in columns)]) for sector in sectors]
    return Table("各领域隐患数", ("领域", *(label for _, label in columns)), rows, frozenset(range(1, len(columns) + 1))).without_blanks()


def _cell(report: Report, indicator: str, sector: str) -> object:
    facts = report.facts_of(indicator, sector)
    return joined([stated(fact, short=True) for fact in facts]) if facts else "—"


# ---- enforcement ------------------------------------------------------------------------------------------------------------------------


def _enforcement_sentences(report: Report) -> list[Markup]:
    if not _of_areas(report, {"enforcement"}):
        return [said("{says}没有列出执法检查的数量。", says=report.says)]
    totals = [(report.metric("total_cases"), "立案"), (report.metric("total_fines"), "罚款")]
    parts = [said("{word} {value}", word=word, value=computed(row)) for row, word in totals if row]
    notes = list(dict.fromkeys(note for row, _ in totals if row for note in row.note.split("；") if "相加" in note))
    if not parts:
        return []
    return [said("全年{parts}{notes}。", parts=joined(parts), notes=f"（{'；'.join(notes)}）" if notes else "")]


def _enforcement_chart(report: Report) -> Markup:
    sectors = report.sectors_with(fact.indicator for fact in report.facts if fact.area == "enforcement")
    rows = []
    for indicator in _ENFORCEMENT_PANELS:
        known = {fact.sector: fact for fact in report.facts_of(indicator) if fact.value is not None}
        # Bars of nothing but noughts show nothing; the table says it.
        for sector in sectors if any(fact.value for fact in known.values()) else ():
            fact = known.get(sector)
            rows.append(
                {
                    "measure": next(iter(known.values())).label,
                    "unit": fact.unit if fact else "",
                    "label": words.sector(sector),
                    "value": fact.value if fact else None,
                    "qualifier": fact.qualifier if fact else "exact",
                }
            )
    if not rows:
        return Markup("")
    shown = [f"{row['label']}{row['measure']} {words.short_quantity(row['value'], row['unit'], row['qualifier'])}" for row in rows]
    description, caption = "分领域执法情况图。" + "，".join(shown) + "。", _enforcement_caption(rows) + "数字见下表。"
    source = origin(report, (fact.figure_id for indicator in _ENFORCEMENT_PANELS for fact in report.facts_of(indicator)))
    return chart("enforcement", charts.enforcement, pd.DataFrame(rows), description, caption, source)


def _enforcement_caption(rows: list[dict[str, object]]) -> str:
    """How to read the panels: bounds, and a measure that is counted in different units."""
    parts = ["各图刻度不同。"]
    if any(words.short_quantity(Decimal(0), "", str(row["qualifier"])).startswith("≥") for row in rows):
        parts.append("≥ 和箭头表示写的是“余、多”，只知道下限。")
    for measure in dict.fromkeys(row["measure"] for row in rows):
        units = list(dict.fromkeys(row["unit"] for row in rows if row["measure"] == measure and row["unit"]))
        if len(units) > 1:
            parts.append(f"{measure}的单位各领域不同（{'、'.join(units)}），不宜直接相比。")
    return "".join(parts)


def _enforcement_table(report: Report) -> Table | None:
    facts = _of_areas(report, {"enforcement"})
    columns = list(dict.fromkeys((fact.indicator, fact.label) for fact in facts))
    sectors = list(dict.fromkeys(fact.sector for fact in facts))
    if not facts:
        return None
    rows = [TableRow([words.sector(sector), *(_cell(report, indicator, sector) for indicator, _ in columns)]) for sector in sectors]
    return Table("各领域执法数", ("领域", *(label for _, label in columns)), rows, frozenset(range(1, len(columns) + 1))).without_blanks()


# ---- permits ----------------------------------------------------------------------------------------------------------------------------


def _permit_sentences(report: Report) -> list[Markup]:
    facts = [fact for fact in _of_areas(report, {"permits"}) if fact.indicator != "permit_type"]
    if not facts and not report.facts_of("permit_type"):
        return [said("{says}没有列出行政许可的数量。", says=report.says)]
    told = {"permits_accepted", "permits_completed", "permits_on_time_rate"}
    rest = facts_in_words((fact for fact in facts if fact.indicator not in told), whole="另列：")
    return [*_permit_totals(report), *(said("{}。", listed) for listed in rest)]


def _permit_totals(report: Report) -> list[Markup]:
    """Accepted, completed, and whether completion in time can be checked."""
    parts = [_clause(report, "受理 {}", "permits_accepted"), _clause(report, "办结 {}", "permits_completed")]
    rate = report.metric("permit_completion_rate")
    parts.append(said("办结率 {}", computed(rate)) if rate else None)
    on_time, gap = report.fact("permits_on_time_rate"), report.gap("permit_on_time_rate")
    checked = said("，按件数重算{}", computed(gap)) if gap else ""
    parts.append(
        said("{says}写的期限内办结率是 {rate}{checked}", says=report.says, rate=stated(on_time), checked=checked) if on_time else None
    )
    return _sentence(parts)


def _clause(report: Report, form: str, *indicators: str) -> Markup | None:
    """A clause with the values of some facts; none unless all are stated."""
    facts = [report.fact(indicator) for indicator in indicators]
    return said(form, *(stated(fact) for fact in facts)) if all(facts) else None


def _sentence(clauses: Iterable[Markup | None]) -> list[Markup]:
    """The clauses there are, as one sentence."""
    known = [clause for clause in clauses if clause]
    return [joined(known, "，") + "。"] if known else []


def _permit_chart(report: Report) -> Markup:
    kinds = [fact for fact in report.facts_of("permit_type") if fact.value is not None]
    if not kinds:
        return Markup("")
    shares = {row.scope: row.value for row in report.safety if row.metric == "permit_share" and row.status == "computed"}
    rows = [
        {"label": fact.label, "value": fact.value, "unit": fact.unit, "qualifier": fact.qualifier, "share": shares.get(fact.fact_id)}
        for fact in kinds
    ]
    shown = "，".join(f"{row['label']} {words.quantity(row['value'], row['unit'], row['qualifier'])}" for row in rows)
    caption, source = "按所列类别；百分比是占受理件数的比重。", origin(report, (fact.figure_id for fact in kinds))
    return chart("permits", charts.permits, pd.DataFrame(rows), f"许可分类图。{shown}。", caption, source, _permit_table(report, kinds))


def _permit_table(report: Report, kinds: list[Row]) -> Table:
    """The numbers of the chart, each leading to where it comes from."""
    shares = {fact.fact_id: report.metric("permit_share", fact.fact_id) for fact in kinds}
    rows = [TableRow([fact.label, stated(fact), computed(shares[fact.fact_id]) if shares[fact.fact_id] else "—"]) for fact in kinds]
    return Table("许可分类图里的数", ("许可", "数量", "占受理件数"), rows, frozenset({1, 2}), stack=False).without_blanks()


# ---- disasters --------------------------------------------------------------------------------------------------------------------------


def disaster_sentences(report: Report) -> list[Markup]:
    """The year's disasters in numbers."""
    facts = [fact for fact in _of_areas(report, {"disasters"}) if fact.indicator != "disaster_event"]
    if not facts and not report.facts_of("disaster_event"):
        return [said("{says}没有列出自然灾害的次数和损失。", says=report.says)]
    told = {"disaster_events", "people_affected", "people_evacuated", "direct_loss", "casualties"}
    rest = facts_in_words((fact for fact in facts if fact.indicator not in told), whole="另列：")
    return [*disaster_totals(report), *(said("{}。", listed) for listed in rest)]


def disaster_totals(report: Report) -> list[Markup]:
    """How often, how many people, how much money, in one sentence."""
    casualties = report.fact("casualties")
    return _sentence(
        [
            _clause(report, "全年发生自然灾害 {}", "disaster_events"),
            _clause(report, "受灾 {}", "people_affected"),
            _clause(report, "紧急避险转移 {}", "people_evacuated"),
            _clause(report, "直接经济损失 {}", "direct_loss"),
            phrase(casualties) if casualties else None,
        ]
    )


def relief_sentences(report: Report) -> list[Markup]:
    """What was rebuilt and who is to be helped; what the sentence has no words for follows as a list."""
    told = {"houses_rebuilt", "houses_repaired", "winter_relief_households"}
    together, given = report.metric("houses_restored"), report.gap("winter_relief_rate")
    clauses = [
        _clause(report, "灾后重建房屋 {}", "houses_rebuilt"),
        _clause(report, "维修房屋 {}", "houses_repaired"),
        said("两项合计 {}", computed(together)) if together else None,
        _clause(report, "冬春需要救助 {}", "winter_relief_households"),
        said("实际救助到位率{}", computed(given)) if given else None,
    ]
    rest = facts_in_words((fact for fact in _of_areas(report, {"relief"}) if fact.indicator not in told), whole="另列：")
    return [*_sentence(clauses), *(said("{}。", listed) for listed in rest)]


def _disaster_chart(report: Report) -> Markup:
    events = report.facts_of("disaster_event")
    undated = [event for event in events if not words.month_day(event.date)]
    if len(undated) == len(events):
        return Markup("")
    rows = pd.DataFrame([{"label": event.label, "date": event.date} for event in events])
    listed = "、".join(f"{words.date(event.date)}{event.label}" for event in events)
    dates = joined([said("{kind}{dates}", kind=kind, dates=joined(days)) for kind, days in _days_by_kind(events).items()], "；")
    caption = said("日期和类型以{says}所写为准：{dates}。", says=report.says, dates=dates)
    source = origin(report, (event.figure_id for event in events))
    return chart("disasters", charts.disasters, rows, f"自然灾害时间线。{listed}。", caption, source)


def _days_by_kind(events: list[Row]) -> dict[str, list[Markup]]:
    """The dates of each kind of disaster, in the order the kinds are first told."""
    days: dict[str, list[Markup]] = {}
    for event in events:
        days.setdefault(event.label, []).append(stated(event))
    return days


# ---- everything else --------------------------------------------------------------------------------------------------------------------


def _other_table(report: Report) -> Table | None:
    """The other fields of work, one row each: what was counted, and the ratios that rest on it."""
    rows = []
    for area in words.areas():
        facts = [] if area in _CHAPTER_AREAS else _of_areas(report, {area})
        if not facts:
            continue
        metrics = [said("{label}：{parts}", **entry) for entry in _metric_lines(report, {area})]
        rows.append(TableRow([words.area(area), _stacked(facts_in_words(facts)), _stacked(metrics) or "—"]))
    return Table("其余领域的工作数量", ("领域", f"{report.says}列出的数量", "由此算出"), rows).without_blanks() if rows else None


def _stacked(phrases: list[Markup]) -> Markup:
    return Markup("<br>").join(phrases)
