"""The page of an invented body that keeps sheets instead of writing a report: every table made by the rooms that make it in a run."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal

import pandas as pd

from pages import figures_of, in_a_text
from selfeval.knowledge import load
from selfeval.measuring.budget import budget_metrics
from selfeval.measuring.safety import safety_metrics
from selfeval.measuring.scoring import score, with_points
from selfeval.reading.document import Document
from selfeval.records.entries import Entries, Entry
from selfeval.records.entry_tables import base_data_of, budget_lines_of, indicators_of, read_cells, work_facts_of
from selfeval.records.ledger import mark_used
from selfeval.records.passages import passages_of
from selfeval.records.reconcile import reconcile
from selfeval.tables import SCHEMAS, make_table, stack_tables
from selfeval.telling.page import Report

Rows = Iterable[Mapping[str, object]]
BODY = "甲县水务局（虚构）"

BUDGET = [
    {"book": "general_public", "level": "basic_part", "item": "人员经费", "initial": "486.2", "adjusted": "512.4", "actual": "510.85",
     "reason": "年中增人增资"},
    {"book": "general_public", "level": "basic_part", "item": "公用经费", "initial": "64", "adjusted": "64", "actual": "58.31"},
    {"book": "general_public", "level": "project", "item": "小型水库除险加固", "fund_source": "current", "initial": "120",
     "adjusted": "120", "actual": "118.6"},
    {"book": "general_public", "level": "project", "item": "小型水库除险加固", "fund_source": "carried", "initial": "30",
     "adjusted": "45.5", "actual": "31.2", "reason": "汛期停工，余款结转"},
    {"book": "general_public", "level": "project", "item": "农村供水管网改造", "initial": "96", "adjusted": "110", "actual": "110"},
    {"book": "general_public", "level": "project", "item": "河道管护", "initial": "42", "adjusted": "42", "actual": "27.3",
     "reason": "招标推迟到下半年"},
    {"book": "general_public", "level": "project", "item": "山洪灾害监测站点运行维护和预警信息发布", "initial": "18", "adjusted": "18",
     "actual": "19.4"},
    {"book": "government_fund", "level": "project", "item": "库区移民后期扶持", "initial": "60", "adjusted": "60", "actual": "60"},
]  # fmt: skip
BASE = [
    {"section": "staff", "item": "编制数", "unit": "人", "actual": 46},
    {"section": "staff", "item": "年末实际在职人数", "unit": "人", "last_actual": 45, "actual": 44},
    {"section": "three_public", "item": "三公经费合计", "unit": "万元", "last_actual": "15.2", "budget": "14", "actual": "13.48"},
    {"section": "three_public", "item": "公务用车购置和维护经费", "unit": "万元", "last_actual": "9.6", "budget": "9", "actual": "8.92"},
    {"section": "three_public", "item": "公务用车运行维护费", "unit": "万元", "last_actual": "9.6", "budget": "9", "actual": "8.92"},
    {"section": "three_public", "item": "公务接待费", "unit": "万元", "last_actual": "5.6", "budget": "5", "actual": "4.56"},
    {"section": "public_funds", "item": "公用经费合计", "unit": "万元", "last_actual": "61.2", "budget": "64", "actual": "58.31"},
    {"section": "procurement", "item": "政府采购金额", "unit": "万元", "last_actual": "80", "budget": "96.5", "actual": "88.2"},
    {"section": "carry_over", "item": "年末结转结余", "unit": "万元", "last_actual": "45.5", "actual": "36.24"},
    {"section": "buildings", "item": "楼堂馆所规模（预算栏填批复，决算栏填实际）", "unit": "平方米", "note": "无"},
]  # fmt: skip
_WATER, _RIVER = "小型水库除险加固", "河道管护"


def indicator(level: str, name: str, nature: str, target: object, actual: object, unit: str, weight: object, **more: object) -> dict:
    """A row of the sheet 绩效指标: `output/quantity 清淤长度 ge 18 19 公里 10`."""
    level1, level2 = level.split("/")
    row = {"level1": level1, "level2": level2, "name": name, "nature": nature, "target": target, "actual": actual, "unit": unit}
    return {key: value for key, value in {**row, "weight": weight, **more}.items() if value not in {None, ""}}


INDICATORS = [
    {"level1": "goal", "target": "完成年度水利建设和防汛任务，保障农村供水安全。", "actual": "各项任务基本完成。"},
    indicator("output/quantity", "除险加固小型水库", "ge", 6, 6, "座", 10, stated_score=10),
    indicator("output/quantity", "改造供水管网", "ge", 20, 31, "公里", 10, stated_score=10),
    indicator("output/quality", "工程验收合格率", "eq", 100, 100, "%", 10, stated_score=10),
    indicator("output/timeliness", "汛前完工率", "ge", 95, "83.3", "%", 10, stated_score=9, reason="一座水库汛期停工，已安排冬修"),
    indicator("output/cost", "单位管网成本", "le", 5, "5.5", "万元/公里", 10, stated_score=10),
    indicator("benefit/social", "受益人口", "ge", "3.2", "3.4", "万人", 15, stated_score=15),
    indicator("benefit/ecological", "河道水质改善", "qualitative", "明显改善", "有所改善", "", 15, band="partly", stated_score=10),
    indicator("satisfaction/satisfaction", "群众满意度", "ge", 90, "92.6", "%", 10, stated_score=10),
    indicator("output/quantity", "完成加固", "ge", 6, 6, "座", 50, scope=_WATER),
    indicator("benefit/social", "下游安全保障人口", "ge", "1.1", "1.1", "万人", 30, scope=_WATER),
    indicator("satisfaction/satisfaction", "群众满意度", "ge", 90, "88", "%", 10, scope=_WATER),
    indicator("output/quantity", "管护河道长度", "ge", 86, "", "公里", 50, scope=_RIVER),
    indicator("benefit/ecological", "河面保洁", "qualitative", "整洁", "较整洁", "", 30, scope=_RIVER),
    indicator("satisfaction/satisfaction", "沿河群众满意度", "ge", 90, "", "%", 10, scope=_RIVER, applicable="no"),
]
WORK = [
    {"area": "hazards", "sector": "water", "indicator": "排查发现隐患", "value": 172, "unit": "处"},
    {"area": "hazards", "sector": "water", "indicator": "已整改隐患", "value": 168, "unit": "处"},
]
LEDGER = [
    {"sector": "water", "site": f"虚构的{name}", "date": f"2031-0{month}-12", "orders": orders, "fine": fine}
    for name, month, orders, fine in (("采砂场", 3, 1, "2.5"), ("电站", 5, 2, "0.8"), ("砂石厂", 8, 1, "1.2"))
]
FULL = {"budget": BUDGET, "base": BASE, "indicators": INDICATORS, "work": WORK, "enforcement": LEDGER}


def typed(sheets: Mapping[str, Rows]) -> Entries:
    """What the reader makes of sheets: by key of sheets.toml, a dict a row; the first row of a sheet is its fourth."""
    return Entries(tuple(_entry(sheet, number, row) for sheet, rows in sheets.items() for number, row in enumerate(rows, start=4)))


def _entry(sheet: str, number: int, row: Mapping[str, object]) -> Entry:
    columns = {column["key"]: column for column in load("sheets")["sheet"][sheet]["column"]}
    quantities = {"money", "number", "percent", "number_or_text"}
    values = {key: _value(value, quantity=columns[key]["kind"] in quantities) for key, value in row.items()}
    shown = {key: columns[key].get("choices", {}).get(value, str(value)) for key, value in row.items()}
    return Entry(sheet, f"{sheet}.xlsx", number, values, shown, {key: f"{chr(65 + [*columns].index(key))}{number}" for key in row})


def _value(given: object, *, quantity: bool) -> Decimal | str:
    text = str(given)
    return Decimal(text) if quantity and text.replace(".", "").isdigit() else text


def sheet_tables(entries: Entries, lines: Rows = (), facts: Rows = (), ruleset: str = "national") -> dict[str, pd.DataFrame]:
    """The tables of a body that fills in sheets, and of the lines and facts of a report where it writes one as well."""
    lines, facts = list(lines), list(facts)
    printed, written = in_a_text(make_table("figures", figures_of(lines, facts)))
    # Far behind the figures of lines and facts, whose ids pages.py gives out.
    cells = read_cells(entries, first=20_000)
    made = {name: make_table(name, []) for name in SCHEMAS}
    sheets = {
        "figures": cells.table(),
        "budget_lines": budget_lines_of(entries, cells),
        "work_facts": work_facts_of(entries, cells),
        "indicators": indicators_of(entries, cells),
        "base_data": base_data_of(entries, cells),
    }
    text = {"figures": printed, "budget_lines": make_table("budget_lines", lines), "work_facts": make_table("work_facts", facts)}
    text["indicators"] = made["indicators"]
    merged = reconcile(text, sheets)
    made["budget_lines"], made["work_facts"], made["base_data"] = merged.lines, merged.facts, sheets["base_data"]
    made["indicators"] = merged.indicators
    made["findings"] = make_table("findings", [{"finding_id": f"c{n:03d}", **row} for n, row in enumerate(merged.findings, start=1)])
    users = (merged.lines, merged.facts, made["findings"], made["indicators"], made["base_data"])
    made["passages"] = stack_tables("passages", written, passages_of(Document.absent(), entries))
    made["figures"] = mark_used(pd.concat([printed, sheets["figures"]]), *users)
    metrics = budget_metrics(merged.lines, merged.facts, made["base_data"])
    made["scores"] = score(made["indicators"], merged.lines, made["base_data"], metrics, ruleset)
    made["budget_metrics"] = with_points(metrics, made["scores"])
    made["safety_metrics"] = safety_metrics(merged.facts)
    made["sources"] = _files(entries, with_report=bool(lines or facts), ruleset=ruleset)
    return made


def _files(entries: Entries, *, with_report: bool, ruleset: str) -> pd.DataFrame:
    names = [("report.docx", "report", "docx")] if with_report else []
    names += [(name, "table", "xlsx") for name in dict.fromkeys(row.file for row in entries.rows)]
    card = {"sha256": "ab" * 32, "bytes": 7, "issuer": BODY, "body": BODY, "note": "虚构的单位和数字，仅供测试", "scoring": ruleset}
    return make_table("sources", [{"name": name, "role": role, "kind": kind, **card} for name, role, kind in names])


def from_sheets(lines: Rows = (), facts: Rows = (), ruleset: str = "national", **sheets: Rows) -> Report:
    """The report of an invented body from its sheets (all of FULL unless some are given)."""
    return Report.of("jia-water", 2031, sheet_tables(typed(sheets or FULL), lines, facts, ruleset))
