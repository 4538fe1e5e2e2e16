"""Invented bodies over invented years, as the tables a run leaves: what comparisons are tried on. Every name says that it is invented."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from pathlib import Path

import pandas as pd

from selfeval.knowledge import load
from selfeval.measuring.budget import budget_metrics
from selfeval.measuring.safety import safety_metrics
from selfeval.paths import Place
from selfeval.running.provenance import manifest, write_manifest
from selfeval.tables import SCHEMAS, make_table, write_table
from tables_at_hand import facts_of, lines_of

Tables = dict[str, pd.DataFrame]
NOTE = "虚构的单位和数字，仅供测试"


def base_of(*rows: str) -> pd.DataFrame:
    """base_data from rows such as `three_public three_public 三公经费合计 万元 last=20 budget=18 actual=17.5`."""
    made = []
    for row in rows:
        item_id, section, item, unit, *amounts = row.split()
        named = {name: Decimal(value) for name, _, value in (part.partition("=") for part in amounts)}
        columns = {"last_actual": named.get("last"), "budget": named.get("budget"), "actual": named.get("actual")}
        made.append({"item_id": item_id, "section": section, "item": item, "unit": unit, "source": "table", **columns})
    return make_table("base_data", made)


def scores_of(points: str, grade: str = "良", *, ruleset: str = "national", weight: str = "100") -> pd.DataFrame:
    """A table of scores that consists of the total."""
    row = {"score_id": "s01", "ruleset": ruleset, "scope": "department", "part": "total", "weight": Decimal(weight), "grade": grade}
    return make_table("scores", [{**row, "points": Decimal(points), "formula": "各部分得分之和", "status": "computed"}])


def indicators_of(*rows: str) -> pd.DataFrame:
    """Indicators from rows such as `quantity 培训人次 ge 800 820 人次` (level, name, nature, target, actual, unit)."""
    made = []
    for number, row in enumerate(rows, start=1):
        level2, name, nature, target, actual, unit = row.split()
        made.append(
            {"indicator_id": f"i{number:02d}", "scope": "department", "level1": "output", "level2": level2, "name": name, "nature": nature}
            | {"target": Decimal(target), "actual": Decimal(actual), "unit": unit, "applicable": "yes", "source": "table"}
        )
    return make_table("indicators", made)


def named(facts: pd.DataFrame) -> pd.DataFrame:
    """Facts that are called what the catalogue calls their indicator."""
    names = {entry["id"]: entry for entry in load("indicators")["indicator"]}
    known = [names.get(indicator, {}) for indicator in facts["indicator"]]
    return facts.assign(
        label=[k.get("label", i) for k, i in zip(known, facts["indicator"], strict=True)], area=[k.get("area", "other") for k in known]
    )


def year_of(lines: Iterable[str] = (), facts: Iterable[str] = (), body: str = "", **tables: pd.DataFrame) -> Tables:
    """Every table of one year, the metrics computed from its lines and facts."""
    made = {name: make_table(name, []) for name in SCHEMAS} | tables
    made["budget_lines"], made["work_facts"] = lines_of(*lines), named(facts_of(*facts))
    made["budget_metrics"] = budget_metrics(made["budget_lines"], made["work_facts"])
    made["safety_metrics"] = safety_metrics(made["work_facts"])
    card = {"name": "report.txt", "role": "report", "sha256": "ab" * 32, "bytes": 7, "note": NOTE, "body": body}
    made["sources"] = make_table("sources", [card])
    return made


def finding(severity: str = "high", verdict: str = "differs", acknowledged: str = "", **columns: object) -> dict[str, object]:
    """A finding of an invented report."""
    return {"family": "sum", "severity": severity, "verdict": verdict, "title": "合计与分项不符", "acknowledged": acknowledged, **columns}


def judged(explained: int, unexplained: int) -> list[dict[str, object]]:
    """What the audit says of expenditure: as planned or with a reason, and beyond the margin without one."""
    rows = [finding("info", "agrees"), finding("medium", "flag")]
    return [{**rows[0], "family": "execution"}] * explained + [{**rows[1], "family": "execution"}] * unexplained


def county_water() -> dict[int, Tables]:
    """甲县水务局（虚构） over five years, one of which is not there: growth, projects that come and go, a change of basis, bounds."""
    plans = {
        2027: ("initial", "520", "498.6", "210", "205", "12.4", "26", "86", "良", "120", "96"),
        2028: ("initial", "548", "531.2", "228", "219.5", "11.8", "31.5", "84.5", "良", "143", "118"),
        2030: ("adjusted", "611.5", "588.9", "251", "246", "10.2", "22.6", "88", "良", "160", "149"),
        2031: ("adjusted", "640", "629.4", "262.5", "259.1", "9.6", "10.6", "91.5", "优", "172", "168"),
    }
    return {year: _water_year(year, *plan) for year, plan in plans.items()}


def _water_year(
    year: int, basis: str, budget: str, actual: str, planned: str, spent: str, public: str, carried: str, points: str, grade: str,
    found: str, rectified: str,
) -> Tables:  # fmt: skip
    basic, basic_spent = Decimal(budget) - Decimal(planned), Decimal(actual) - Decimal(spent)
    first, second = Decimal(planned) * Decimal("0.6"), Decimal(planned) * Decimal("0.4")
    name, ending = "水库除险加固" if year < 2030 else "河道清淤", "经费" if year % 2 else "项目"
    lines = [
        f"b01 total all - 部门整体支出 {basis}={budget} actual={actual}",
        f"b02 basic general_public b01 基本支出 {basis}={basic} actual={basic_spent}",
        f"b03 project_total general_public b01 项目支出 {basis}={planned} actual={spent}",
        f"b04 project general_public b03 防汛抗旱{ending} {basis}={first} actual={Decimal(spent) * Decimal('0.62')}",
        f"b05 project general_public b03 {name} {basis}={second} actual={Decimal(spent) * Decimal('0.38')}",
    ]
    over = " over" if year == 2028 else ""
    facts = [
        f"water hazards_found {found} 处",
        f"water hazards_rectified {rectified} 处{over}",
        f"city hazards_major {year - 2024} 处",
        f"city trained_persons {400 + (year - 2027) * 35} 人",
    ]
    base = base_of(
        f"three_public three_public 三公经费合计 万元 budget=14 actual={public}",
        f"carry_over carry_over 年末结转结余 万元 actual={carried}",
        f"staff staff 年末实际在职人数 人 actual={58 + year % 3}",
    )
    findings = make_table("findings", [finding("medium")] * (year % 3) + [finding("info", "agrees")] * 40 + judged(4, 1))
    indicators = indicators_of(f"quantity 清淤河道长度 ge {18 + year % 4} {19 + year % 5} 公里")
    return year_of(
        lines, facts, "甲县水务局（虚构）", base_data=base, findings=findings, indicators=indicators, scores=scores_of(points, grade)
    )


def others() -> dict[str, Tables]:
    """Bodies to stand beside it in any year: one in every respect comparable, one on another basis, one with bounds, one with little."""
    return {"yi-forestry": _forestry(), "bing-fire": _fire(), "ding-culture": _culture()}


def _forestry() -> Tables:
    lines = [
        "b01 total all - 部门整体支出 adjusted=880 actual=801.5",
        "b02 project general_public - 森林防火 adjusted=120 actual=88",
        "b03 project general_public - 苗木培育 adjusted=75 actual=75",
    ]
    facts = ["forest hazards_found 340 处", "forest hazards_rectified 289 处", "water hazards_found 20 处", "water hazards_rectified 19 处"]
    open_rows = [finding()] * 3 + [finding("low")] * 2 + [finding(acknowledged="已更正")]
    findings = make_table("findings", open_rows + [finding("info", "agrees")] * 60 + judged(2, 1))
    return year_of(lines, facts, "乙市林业局（虚构）", findings=findings)


def _fire() -> Tables:
    lines = [
        "b01 total all - 部门整体支出 initial=430 actual=455",
        "b02 project general_public - 消防车辆 initial=60 actual=81",
    ]
    facts = [
        "fire hazards_found 500 处",
        "fire hazards_rectified 450 处 over",
        "forest hazards_found 50 处",
        "forest hazards_rectified 40 处 over",
    ]
    findings = make_table("findings", [finding("info", "agrees")] * 25 + judged(0, 2))
    return year_of(lines, facts, "丙市消防救援大队（虚构）", findings=findings)


def _culture() -> Tables:
    lines = ["b01 total all - 部门整体支出 adjusted=300 actual=300"]
    return year_of(lines, body="丁县文化馆（虚构）", findings=make_table("findings", [finding("info", "agrees")] * 12 + judged(1, 0)))


def lay_out(data: Path, unit: str, years: Mapping[int, Tables], outputs: Path | None = None) -> list[Place]:
    """Write the tables of a body as runs would have left them, and return the places."""
    places = [Place(unit, year, data, outputs or data.parent / "outputs") for year in years]
    for place in places:
        for name, table in years[place.year].items():
            write_table(name, table, place.processed)
    return places


def put_out(outputs: Path, unit: str, year: int, tables: Tables) -> Path:
    """Lay out what a run publishes, with empty stand-ins for the page and the office files, and return its folder."""
    folder = outputs / unit / str(year)
    for name, table in tables.items():
        write_table(name, table, folder / "tables")
    for name in ("report.html", "forms.xlsx", "narrative.docx", "tables.xlsx"):
        (folder / name).write_text(f"{name} of {unit}", encoding="utf-8")
    write_manifest(manifest({"unit": unit, "year": year}, folder / "nothing-raw", folder, []), folder)
    return folder
