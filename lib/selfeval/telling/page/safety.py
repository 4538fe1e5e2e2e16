"""The chapter on work: hazards, enforcement, permits, disasters and relief, and everything else that was counted."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal

import pandas as pd
from markupsafe import Markup

from selfeval import words
from selfeval.knowledge import load
from selfeval.telling import charts

from .cards import chapter
from .markup import Block, Table, TableRow, chart, joined, said
from .origin import origin
from .report import Report, Row, metric_anchor
from .sections import Section, is_prose, is_told, quote, quotes, work_sections
from .values import WHOLE, computed, fact_anchor, facts_in_words, leading, link, phrase, stated

_FOUND = ("hazards_found", "hazards_general", "hazards_major")
_STATES = (
    ("hazards_rectified", "rectified", "已整改"),
    ("hazards_under_way", "under_way", "整改中"),
    ("hazards_open", "open", "未整改"),
)
# What became of hazards beside those rectified at first, in the words of a sentence.
_BESIDES = (("hazards_rectified_later", "其余 {} 随后整改"), ("hazards_under_way", "整改中 {}"), ("hazards_open", "未整改 {}"))
_ENFORCEMENT_PANELS = ("cases_filed", "fines", "units_suspended")
# What the prose and the charts have said already.
_STATE_METRICS = ("under_way_share", "hazards_accounted", "hazards_unaccounted", "unaccounted_share")
_TOTALS = ("total_cases", "total_fines")
_BOUNDS = frozenset({"至少", "至多", "约"})
_UNDER_WAY = "hazards_under_way"
_MOST_TRADES, _QUOTES, _MOST_QUOTES = 3, 2, 3
_PAIR = 2
# So many pieces of work are told in a sentence where no total is.
_MOST_LISTED = 4
# The more is told of the four fields, the fewer of the other sections stand open.
_MOST_SECTIONS, _LEAST_SECTIONS = 6, 2
# One bar alone compares nothing.
_LEAST_BARS = 2


def safety_chapter(report: Report) -> Block:
    """The chapter 事办得怎样 of `report`: outcome, hazards, enforcement, permits and disasters where there are any, then its own sections.

    Lower bounds are said to be such.
    """
    hazards, enforcement, permits, disasters = hazard_sentences(report), _enforcement(report), _permits(report), _disasters(report)
    shown = {"hazards": hazards, "enforcement": enforcement, "permits": permits, "disasters": disasters, "relief": disasters}
    told = {"safety_outcome", *(area for area, found in shown.items() if found)}
    return chapter(
        report,
        "safety",
        says=report.says,
        heading=work_title(report),
        outcome=_outcome(report),
        hazards=hazards,
        hazard_chart=_hazard_chart(report),
        hazard_table=_hazard_table(report),
        hazard_metrics=_metric_lines(report, {"hazards"}, but=_STATE_METRICS),
        enforcement=enforcement,
        permits=permits,
        disasters=disasters,
        sections=_own_sections(report, told),
        other=_other_table(report, told),
        empty=not report.facts,
    )


def work_title(report: Report) -> str:
    """The title of the chapter: how many hazards are unaccounted for, else who says what became of them, else how much is told."""
    sectors, reporting = hazard_sectors(report), reporting_sectors(report)
    left = [row for sector in reporting if (row := report.metric("hazards_unaccounted", sector)) and row.value > 0]
    if left:
        return f"{_trade(left[0].scope)}隐患有 {_in_its_unit(report, left[0])}没有交代去向"
    if len(sectors) > 1:
        return f"{len(sectors)} 个领域查出隐患，{f'{len(reporting)} 个单列了' if reporting else '都没有单列'}整改数"
    if not report.facts:
        return f"{report.says}没有列出工作数量"
    pairs = _campaigns(report, sectors[0]) if sectors and not _is_of_several(report, sectors[0]) else []
    if len(pairs) == 1:
        found, done = (words.quantity(fact.value, fact.unit, fact.qualifier) for fact in pairs[0])
        return f"查出隐患 {found}，整改 {done}"
    own = [section.name for section in work_sections(report) if not section.is_later]
    return f"报告按“{own[0]}”等 {len(own)} 个方面讲工作" if len(own) > 1 else f"{report.says}列出 {len(report.facts)} 项工作数量"


def _enforcement(report: Report) -> dict[str, object] | None:
    """What the section on enforcement shows; none where nothing of it is told."""
    if not _of_areas(report, {"enforcement"}):
        return None
    return {
        "sentences": _enforcement_sentences(report),
        "chart": _enforcement_chart(report),
        "table": _enforcement_table(report),
        "metrics": _metric_lines(report, {"enforcement"}, but=_TOTALS),
    }


def _permits(report: Report) -> dict[str, object] | None:
    """What the section on permits shows; none where none were asked for."""
    asked = {"permits_accepted", "permits_completed", "permit_type"}
    if not any(fact.indicator in asked for fact in report.facts):
        return None
    return {"sentences": _permit_sentences(report), "chart": _permit_chart(report)}


def _disasters(report: Report) -> dict[str, object] | None:
    """What the section on disasters shows; none where the report counts neither disasters nor what was given for them."""
    if not (disaster_totals(report) or report.facts_of("disaster_event") or _of_areas(report, {"relief"})):
        return None
    return {
        "sentences": [*disaster_sentences(report), *relief_sentences(report)],
        "chart": _disaster_chart(report),
        "metrics": _metric_lines(report, {"disasters", "relief"}),
    }


def _own_sections(report: Report, told: set[str]) -> dict[str, list[dict[str, object]]]:
    """The report's own sections with their fullest sentences: the first ones shown, the others opened on demand."""
    own = [(section, quotes(report, section, _QUOTES, told)) for section in work_sections(report)]
    own = [(section, sentences) for section, sentences in own if sentences]
    room = max(_MOST_SECTIONS - len(told), _LEAST_SECTIONS)
    first = [section for section, _ in own if not section.is_later][:room]
    return {
        "first": [_own(section, sentences[:1]) for section, sentences in own if section in first],
        "rest": [_own(section, sentences) for section, sentences in own if section not in first],
    }


def _own(section: Section, sentences: list[Markup]) -> dict[str, object]:
    return {"name": section.name, "anchor": section.anchor, "quotes": sentences}


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
        known = row.status == "computed" and first and area_of.get(first[0]) in areas
        if known and row.metric not in but and row.scope not in area_of and _belongs_together(report, row):
            groups.setdefault(row.metric, []).append(row)
    return [{"label": rows[0].label, "parts": _by_trade(rows), "notes": _notes(rows)} for rows in groups.values()]


def _belongs_together(report: Report, row: Row) -> bool:
    """Whether what a ratio sets side by side may be of one thing: not of two chapters, no part larger than its whole, and no whole beside
    what the audit adds up as one part of another.
    """
    known = load("page")["ratio"]
    if row.metric in known["within_whole"] and row.value > 1:
        return False
    facts = [report.row_by_id.get(operand.partition(".")[0], ("", None)) for operand in row.inputs.split()]
    figures = [report.figure_by_id.get(fact.figure_id) for table, fact in facts if table == "facts"]
    if len({figure.figure_id in report.parts for figure in figures if figure is not None}) > 1:
        return False
    if row.metric in known["one_sentence"] and len({figure.sentence for figure in figures if figure is not None}) > 1:
        return False
    chapters = {figure.section for figure in figures if figure is not None and not figure.cell}
    return len(figures) != _PAIR or len(chapters) <= 1


def _by_trade(rows: list[Row]) -> Markup:
    """危险化学品 1.50%、工贸 2.50%; a single value for the whole body names no trade."""
    if len(rows) == 1 and rows[0].scope in WHOLE:
        return computed(rows[0])
    return joined([said("{trade} {value}", trade=words.sector(row.scope), value=computed(row)) for row in rows])


def _notes(rows: list[Row]) -> list[str]:
    """What has to be known to read the values; that one is a bound is said by the value itself."""
    notes = (note for row in rows for note in row.note.split("；"))
    return [note for note in dict.fromkeys(notes) if note and note not in _BOUNDS]


def _outcome(report: Report) -> list[Markup]:
    """What the report says of accidents, in its own words: a stated none cannot be put shorter without becoming a claim of ours."""
    firsts: dict[str, Row] = {}
    for fact in report.facts:
        if fact.area == "safety_outcome" and fact.sentence and is_prose(fact.sentence):
            firsts.setdefault(fact.sentence, fact)
    return [_quoted(report, fact) for fact in firsts.values()][:_MOST_QUOTES]


def _quoted(report: Report, fact: Row) -> Markup:
    """The sentence of a fact; of one typed into a sheet or counted together the words alone."""
    if fact_anchor(fact) in report.figure_by_id:
        return quote(report, fact)
    return said("“{}”", leading(fact_anchor(fact), fact.sentence))


# ---- hazards ----------------------------------------------------------------------------------------------------------------------------


def _trade(sector: str) -> str:
    """How a sentence begins that tells of a trade; what is told of none in particular names none."""
    return "" if sector in WHOLE else words.sector(sector)


def hazard_sectors(report: Report) -> list[str]:
    """Trades with a number of hazards found; the whole where there are none, or where it alone says what became of them."""
    found, done = report.sectors_with(_FOUND), {*report.sectors_with(indicator for indicator, _, _ in _STATES)}
    trades, whole = ([sector for sector in found if (sector in WHOLE) is of_whole] for of_whole in (False, True))
    return trades if trades and (done & {*trades} or not done & {*whole}) else whole


def _wholes_beside(report: Report, trades: list[str]) -> list[str]:
    """The whole where it says what became of its hazards beside the trades that are told."""
    found, done = report.sectors_with(_FOUND), report.sectors_with(indicator for indicator, _, _ in _STATES)
    return [sector for sector in found if sector in WHOLE and sector in done and sector not in trades]


def reporting_sectors(report: Report) -> list[str]:
    """Trades of these for which something is said of what became of the hazards."""
    said_of = set(report.sectors_with(indicator for indicator, _, _ in _STATES))
    return [sector for sector in hazard_sectors(report) if sector in said_of]


def hazard_sentences(report: Report) -> list[Markup]:
    """Which trades say how much they found and how much was put right, with what result; and what is said of it without numbers."""
    sectors, reporting = hazard_sectors(report), reporting_sectors(report)
    if not sectors:
        return []
    sentences = [_found_and_reported(report, sectors, reporting)] if reporting else [_found_alone(report, sectors)]
    quoted = [quote(report, fact) for fact, _ in _said_done(report).values()]
    return [*sentences, said("{}还这样说整改情况：{}。", report.says, joined(quoted, "；"))] if quoted else sentences


def _found_and_reported(report: Report, sectors: list[str], reporting: list[str]) -> Markup:
    results = joined([_result(report, sector) for sector in (*_wholes_beside(report, sectors), *reporting)], "；")
    if len(sectors) == 1:
        return said("{}。", results)
    lead = "都单列了整改数" if len(reporting) == len(sectors) else f"其中 {len(reporting)} 个单列了整改数"
    return said("{n} 个领域列出了排查出的隐患，{lead}：{results}。", n=len(sectors), lead=lead, results=results)


def _found_alone(report: Report, sectors: list[str]) -> Markup:
    found = joined([joined(facts_in_words(_found_facts(report, sector)), "") for sector in sectors], "；")
    return said("{found}；没有单列整改数，整改率无从核对。", found=found)


def _said_done(report: Report) -> dict[str, tuple[Row, str]]:
    """Where a report says without a number that all that was found was put right: by sentence a fact of it, and the clause that says so."""
    pattern, dates = (re.compile(load("page")["outcome"][name]) for name in ("all_done", "date"))
    found: dict[str, tuple[Row, str]] = {}
    for fact in report.facts:
        if fact.area == "hazards" and len(fact.figure_id.split()) == 1 and fact.figure_id in report.figure_by_id:
            clauses = [clause.strip() for clause in re.split("[，。；]", fact.sentence) if pattern.search(clause)]
            for clause in clauses:
                if not re.search(r"\d", dates.sub("", clause)):
                    found.setdefault(fact.sentence, (fact, clause))
    return found


def hazards_in_short(report: Report) -> Markup:
    """What was found and put right, the first trades; empty where nothing is told of hazards."""
    sectors, reporting = hazard_sectors(report), reporting_sectors(report)
    if not sectors:
        return Markup("")
    others = {fact.sector: clause for fact, clause in _said_done(report).values()}
    shown = reporting[:_MOST_TRADES]
    told = [_result(report, sector) + _said_too(report, others.get(sector)) for sector in shown] or [_found_alone(report, sectors[:1])]
    told = [_result(report, whole) for whole in _wholes_beside(report, sectors)] + told
    if len(reporting) > _MOST_TRADES:
        told.append(Markup("其余见正文"))
    done = [sector for sector in sectors if sector in others and sector not in reporting]
    told += [said("{}称“{}”", _trade(sector) or report.says, others[sector]) for sector in done]
    silent = len(sectors) - len(reporting) - len(done)
    if reporting and silent:
        told.append(said("另外 {} 个领域没有单列整改数", silent))
    return joined([each.rstrip("。") for each in told], "；") + "。"


def _said_too(report: Report, clause: str | None) -> Markup:
    return said("，{}称“{}”", report.says, clause) if clause else Markup("")


def _result(report: Report, sector: str) -> Markup:
    """矿山排查 211 条，整改 90 条，整改率 42.65%，整改中 68 条，另有 53 条没有交代去向; several campaigns of one trade one after another.

    What was found is the sum of what follows it, so that a reader can add it up.
    """
    if _is_of_several(report, sector):
        return said("{}有几处数，范围不同，见正文的表", _trade(sector) or "排查")
    rate = _rate_of_all(report, sector)
    pairs = [said("排查 {}，整改 {}", stated(found), stated(done)) for found, done in _campaigns(report, sector)]
    counted = said("{}{}", _trade(sector), joined(pairs, "；另一处"))
    if len(pairs) > 1:
        return counted + "（几处范围不同，不合并算整改率）"
    if rate is not None or not pairs:
        counted += said("{}整改率 {}", "，" if pairs else "", computed(rate or report.gap("rectification_rate", sector)))
    besides = [said(form, stated(fact)) for indicator, form in _BESIDES if (fact := _state(report, indicator, sector))]
    left = report.metric("hazards_unaccounted", sector)
    if left and left.value > 0:
        besides.append(said("另有 {}没有交代去向", link(_in_its_unit(report, left), metric_anchor(left))))
    return joined([counted, *besides], "，")


def _state(report: Report, indicator: str, sector: str) -> Row | None:
    """What became of the hazards of a trade; what was to be put right by a day is none where the year ended with more put right."""
    fact, found, done = (report.fact(name, sector) for name in (indicator, "hazards_found", "hazards_rectified"))
    overtaken = indicator == _UNDER_WAY and None not in (fact, found, done) and fact.value + done.value > found.value
    return None if overtaken else fact


def _is_of_several(report: Report, sector: str) -> bool:
    """Whether numbers of different extent are told of the hazards of a trade, of some of which nothing is said of what became of them."""
    found = {(fact.value, fact.unit) for fact in report.facts_of("hazards_found", sector)}
    paired = {(fact.value, fact.unit) for fact, _ in _campaigns(report, sector)}
    done = report.facts_of("hazards_rectified", sector)
    return len(found) > 1 and bool(done) and not found <= paired


def _rate_of_all(report: Report, sector: str) -> Row | None:
    """What was put right of all that was found; none where that would be more than all of it."""
    rate = report.metric("rectification_rate", sector)
    return None if rate is not None and rate.value > 1 else rate


def _in_its_unit(report: Report, left: Row) -> str:
    """How many hazards are unaccounted for, counted as those that were found are."""
    unit = next((fact.unit for fact in _found_facts(report, left.scope)), left.unit)
    return words.quantity(left.value, unit, words.qualifier_of(left.note))


def _campaigns(report: Report, sector: str) -> list[tuple[Row, Row]]:
    """What was found and what of it was put right, sentence by sentence; of one pair alone wherever the two stand."""
    found, done = (report.facts_of(indicator, sector) for indicator in ("hazards_found", "hazards_rectified"))
    if len(found) == len(done) == 1:
        return [(found[0], done[0])]
    return _in_turn(found, done)[:_MOST_TRADES]


def _in_turn(found: list[Row], done: list[Row]) -> list[tuple[Row, Row]]:
    """Each number found with the first put right behind it in its sentence, before the next that was found."""
    pairs = []
    for place, one in enumerate(found):
        ahead = [other for other in found[place + 1 :] if other.sentence == one.sentence]
        end = ahead[0].fact_id if ahead else "~"
        behind = [other for other in done if other.sentence == one.sentence and one.fact_id < other.fact_id < end]
        pairs += [(one, behind[0])] if behind else []
    return pairs


def hazard_facts(report: Report, sector: str) -> list[Row]:
    """What is stated of the hazards of a trade: found, and what became of them."""
    states = [_state(report, indicator, sector) for indicator, _, _ in _STATES]
    return [*_found_facts(report, sector), *(fact for fact in states if fact is not None)]


def _found_facts(report: Report, sector: str) -> list[Row]:
    return [fact for indicator in _FOUND for fact in report.facts_of(indicator, sector)]


def hazard_row(report: Report, sector: str) -> dict[str, object]:
    """One bar of charts.hazards: counts in words, and the sizes its parts are drawn with."""
    states = {key: _state(report, indicator, sector) for indicator, key, _ in _STATES}
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
        "rectified": _rectified(report, sector),
    }


def _rectified(report: Report, sector: str) -> Decimal | None:
    """What was put right, at first or later; the length of a bar's first part."""
    facts = (report.fact(indicator, sector) for indicator in ("hazards_rectified", "hazards_rectified_later"))
    found = [fact.value for fact in facts if fact]
    return sum(found, Decimal(0)) if found else None


def _length(report: Report, sector: str) -> Decimal | None:
    """How long the whole bar is; a position on the scale, printed nowhere."""
    found = report.fact("hazards_found", sector)
    parts = [fact.value for fact in (report.fact("hazards_general", sector), report.fact("hazards_major", sector)) if fact]
    return found.value if found else sum(parts, Decimal(0)) or None


def _hazard_chart(report: Report) -> Markup:
    sectors = reporting_sectors(report)
    if len(sectors) < _LEAST_BARS:
        return Markup("")
    rows = [hazard_row(report, sector) for sector in sectors]
    description = "各领域隐患去向图。" + "；".join(f"{row['label']}：{row['found_words']}，{row['states_words']}" for row in rows) + "。"
    caption = "每条柱代表该领域发现的全部隐患（长度不代表数量），颜色表示去向。只画单列了整改数的领域，数字见下表。"
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
    facts = report.facts_of(indicator, sector) if indicator != _UNDER_WAY or _state(report, indicator, sector) else []
    return joined([stated(fact, short=True) for fact in facts]) if facts else "—"


# ---- enforcement ------------------------------------------------------------------------------------------------------------------------


def _enforcement_sentences(report: Report) -> list[Markup]:
    totals = [(report.metric("total_cases"), "立案"), (report.metric("total_fines"), "罚款")]
    parts = [said("{word} {value}", word=word, value=computed(row)) for row, word in totals if row]
    notes = list(dict.fromkeys(note for row, _ in totals if row for note in row.note.split("；") if "相加" in note))
    if not parts:
        return [said("{}。", listed) for listed in facts_in_words(_of_areas(report, {"enforcement"})[:_MOST_LISTED])]
    return [said("{says}写到的{parts}{notes}。", says=report.says, parts=joined(parts), notes=f"（{'；'.join(notes)}）" if notes else "")]


def _enforcement_chart(report: Report) -> Markup:
    sectors = report.sectors_with(fact.indicator for fact in report.facts if fact.area == "enforcement")
    rows = []
    for indicator in _ENFORCEMENT_PANELS:
        known = {fact.sector: fact for fact in report.facts_of(indicator) if fact.value is not None}
        # Bars of nothing but noughts show nothing, and one bar alone compares nothing; the table says it.
        shown = len(known) >= _LEAST_BARS and any(fact.value for fact in known.values())
        for sector in sectors if shown else ():
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
    return chart("enforcement", charts.enforcement, pd.DataFrame(rows), description, caption, source, once=True)


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
    told = {"permits_accepted", "permits_completed", "permits_on_time_rate"}
    rest = facts_in_words((fact for fact in facts if fact.indicator not in told and is_told(fact, {"permits"})), whole="另列：")
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
    if len(kinds) < _LEAST_BARS:
        return Markup("")
    shares = {row.scope: row.value for row in report.safety if row.metric == "permit_share" and row.status == "computed"}
    rows = [
        {"label": fact.label, "value": fact.value, "unit": fact.unit, "qualifier": fact.qualifier, "share": shares.get(fact.fact_id)}
        for fact in kinds
    ]
    shown = "，".join(f"{row['label']} {words.quantity(row['value'], row['unit'], row['qualifier'])}" for row in rows)
    caption, source = "按所列类别；百分比是占受理件数的比重。", origin(report, (fact.figure_id for fact in kinds))
    return chart(
        "permits", charts.permits, pd.DataFrame(rows), f"许可分类图。{shown}。", caption, source, _permit_table(report, kinds), once=True
    )


def _permit_table(report: Report, kinds: list[Row]) -> Table:
    """The numbers of the chart, each leading to where it comes from."""
    shares = {fact.fact_id: report.metric("permit_share", fact.fact_id) for fact in kinds}
    rows = [TableRow([fact.label, stated(fact), computed(shares[fact.fact_id]) if shares[fact.fact_id] else "—"]) for fact in kinds]
    return Table("许可分类图里的数", ("许可", "数量", "占受理件数"), rows, frozenset({1, 2}), stack=False).without_blanks()


# ---- disasters --------------------------------------------------------------------------------------------------------------------------


def disaster_sentences(report: Report) -> list[Markup]:
    """The year's disasters in numbers."""
    facts = [fact for fact in _of_areas(report, {"disasters"}) if fact.indicator != "disaster_event"]
    told = {"disaster_events", "people_affected", "people_evacuated", "direct_loss", "casualties"}
    rest = facts_in_words((fact for fact in facts if fact.indicator not in told), whole="另列：")
    return [*disaster_totals(report), *(said("{}。", listed) for listed in rest)]


def disaster_totals(report: Report) -> list[Markup]:
    """How often, how many people, how much money, in one sentence; a loss told elsewhere with another number may be of something else."""
    clauses = (
        ("全年发生自然灾害 {}", "disaster_events"),
        ("受灾 {}", "people_affected"),
        ("紧急避险转移 {}", "people_evacuated"),
        ("直接经济损失 {}", "direct_loss"),
    )
    told = [(form, _of_the_disasters(report, indicator)) for form, indicator in clauses]
    # Nobody was hurt in what is not told is no line of the year.
    casualties = _of_the_disasters(report, "casualties") if any(fact for _, fact in told) else None
    return _sentence([*(said(form, stated(fact)) for form, fact in told if fact), phrase(casualties) if casualties else None])


def _of_the_disasters(report: Report, indicator: str) -> Row | None:
    """The fact of an indicator that stands with the year's disasters; of several that do not, none can be chosen."""
    found = [fact for fact in report.facts_of(indicator) if fact.value is not None]
    events = {fact.sentence for fact in report.facts_of("disaster_events")}
    beside = [fact for fact in found if fact.sentence in events]
    return beside[0] if beside else found[0] if len({(fact.value, fact.unit) for fact in found}) == 1 else None


def relief_sentences(report: Report) -> list[Markup]:
    """What was rebuilt and who is to be helped; what the sentence has no words for follows as a list."""
    told = {"houses_rebuilt", "houses_repaired", "winter_relief_households"}
    together = report.metric("houses_restored")
    clauses = [
        _clause(report, "灾后重建房屋 {}", "houses_rebuilt"),
        _clause(report, "维修房屋 {}", "houses_repaired"),
        said("两项合计 {}", computed(together)) if together else None,
        *_winter_relief(report),
    ]
    rest = facts_in_words((fact for fact in _of_areas(report, {"relief"}) if fact.indicator not in told), whole="另列：")
    return [*_sentence(clauses), *(said("{}。", listed) for listed in rest)]


def _winter_relief(report: Report) -> list[Markup | None]:
    """How many households are to be helped in winter, and that it is not told how many were; or how many were helped."""
    households, given = report.fact("winter_relief_households"), report.gap("winter_relief_rate")
    if households is None or "需" not in households.sentence:
        return [_clause(report, "冬春救助 {}", "winter_relief_households")]
    return [said("冬春需要救助 {}", stated(households)), said("实际救助到位率{}", computed(given)) if given else None]


def _disaster_chart(report: Report) -> Markup:
    events = report.facts_of("disaster_event")
    undated = [event for event in events if not words.month_day(event.date)]
    if len(events) - len(undated) < _LEAST_BARS:
        return Markup("")
    rows = pd.DataFrame([{"label": event.label, "date": event.date} for event in events])
    listed = "、".join(f"{words.date(event.date)}{event.label}" for event in events)
    dates = joined([said("{kind}{dates}", kind=kind, dates=joined(days)) for kind, days in _days_by_kind(events).items()], "；")
    caption = said("日期和类型以{says}所写为准：{dates}。", says=report.says, dates=dates)
    source = origin(report, (event.figure_id for event in events))
    return chart("disasters", charts.disasters, rows, f"自然灾害时间线。{listed}。", caption, source, once=True)


def _days_by_kind(events: list[Row]) -> dict[str, list[Markup]]:
    """The dates of each kind of disaster, in the order the kinds are first told."""
    days: dict[str, list[Markup]] = {}
    for event in events:
        days.setdefault(event.label, []).append(stated(event))
    return days


# ---- everything else --------------------------------------------------------------------------------------------------------------------


def _other_table(report: Report, told: set[str]) -> Table | None:
    """The other fields of work that were typed into sheets, one row each: what was counted, and the ratios that rest on it.

    What a text tells stands above in its own words.
    """
    rows = []
    for area in words.areas():
        facts = [fact for fact in _of_areas(report, {area}) if fact.source == "table" and not is_told(fact, told)]
        if not facts:
            continue
        metrics = [said("{label}：{parts}", **entry) for entry in _metric_lines(report, {area})]
        rows.append(TableRow([words.area(area), _stacked(facts_in_words(facts)), _stacked(metrics) or "—"]))
    return Table("按领域列的工作数量", ("领域", f"{report.says}列出的数量", "由此算出"), rows).without_blanks() if rows else None


def _stacked(phrases: list[Markup]) -> Markup:
    return Markup("<br>").join(phrases)
