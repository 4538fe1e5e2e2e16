"""The tables of the published 2024 report, cell by cell, and the values a reader can check against the field's own audit of it."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from functools import cache

import pandas as pd
import pytest

from conftest import UNIT, YEAR
from kept_tables import GOLDEN, as_text, comparable
from selfeval.judging.audit import audit
from selfeval.measuring.budget import budget_metrics
from selfeval.measuring.safety import safety_metrics
from selfeval.paths import locate, project_root
from selfeval.reading.document import read_document
from selfeval.reading.figures import figures_of
from selfeval.reading.statements import read_statements
from selfeval.records.budget_lines import budget_lines
from selfeval.records.work_facts import work_facts


@cache
def tables() -> dict[str, pd.DataFrame]:
    document = read_document(next(locate(UNIT, YEAR).raw.glob("*.txt")))
    figures = figures_of(document)
    spoken = read_statements(document, figures)
    lines = budget_lines(document, figures, spoken)
    facts = work_facts(document, figures, spoken, lines)
    found = {
        "budget_metrics": budget_metrics(lines, facts),
        "safety_metrics": safety_metrics(facts),
        "findings": audit(document, figures, spoken, lines, facts),
    }
    return {name: comparable(table, lines, facts) for name, table in found.items()}


@pytest.mark.parametrize("name", ["budget_metrics", "safety_metrics", "findings"])
def test_the_published_table_stands(name, tmp_path):
    kept, new = GOLDEN / f"{name}.csv", tmp_path / f"{name}.csv"
    new.write_text(as_text(tables()[name]), encoding="utf-8", newline="\n")
    wanted = kept.read_text(encoding="utf-8") if kept.exists() else ""
    if new.read_text(encoding="utf-8") != wanted:
        lines, before = new.read_text(encoding="utf-8").splitlines(), wanted.splitlines()
        gone = [line for line in before if line not in lines]
        came = [line for line in lines if line not in before]
        pytest.fail(
            f"{name} of the published report changed.\n- " + "\n- ".join(gone[:8]) + "\n+ " + "\n+ ".join(came[:8]) + "\n"
            f"If every change is meant, copy the new table over the kept one and tell of it in CHANGELOG under Numbers changed:\n"
            f"    cp {new} {kept.relative_to(project_root())}"
        )


def value(table: str, metric: str, scope: str | None = None, basis: str | None = None) -> Decimal:
    rows = tables()[table]
    rows = rows[rows["metric"] == metric]
    for column, wanted in (("scope", scope), ("basis", basis)):
        rows = rows if wanted is None else rows[rows[column] == wanted]
    assert len(rows) == 1, f"{metric} {scope}: {len(rows)} rows"
    return rows.iloc[0]["value"]


def printed(number: Decimal, like: str) -> str:
    """`number` rounded half up to the digits of `like`, a percent where `like` is one."""
    digits = like.rstrip("%")
    shown = number * 100 if like.endswith("%") else number
    return str(shown.quantize(Decimal(digits), rounding=ROUND_HALF_UP)) + ("%" if like.endswith("%") else "")


PROJECTS = {
    "应急事务服务中心": ("-8.32", "40.57%", "4.06"),
    "改制企业预留人员养老保险缴费": ("-3.37", "70.70%", "7.07"),
    "绩效奖": ("0.00", "100.00%", "10.00"),
    "安全生产举报奖": ("-3.14", "34.58%", "3.46"),
    "应急指挥中心值班经费": ("0.74", "102.47%", "10.00"),
    "代管人员退休工资": ("-1.88", "75.26%", "7.53"),
    "安全生产宣教中心经费": ("6.97", "121.78%", "10.00"),
    "安全生产岗位津贴": ("-8.34", "37.29%", "3.73"),
    "应急工作专项及执收成本": ("16.57", "119.49%", "10.00"),
}


@pytest.mark.parametrize("project", PROJECTS)
def test_every_project_comes_out_as_in_the_hand_audit(project):
    for metric, wanted in zip(("deviation", "execution_rate", "execution_points"), PROJECTS[project], strict=True):
        assert printed(value("budget_metrics", metric, project), wanted) == wanted


BUDGET = {
    ("projects_budget_sum", "projects"): "263.20",
    ("projects_actual_sum", "projects"): "262.43",
    ("projects_net_rate", "projects"): "99.71%",
    ("projects_net_deviation", "projects"): "-0.77",
    ("projects_capped_rate", "projects"): "90.48%",
    ("projects_gross_deviation", "projects"): "49.33",
    ("projects_gross_deviation_rate", "projects"): "18.74%",
    ("projects_overrun", "projects"): "24.28",
    ("projects_shortfall", "projects"): "25.05",
    ("projects_mean_rate", "projects"): "78.02%",
    ("projects_mean_capped_rate", "projects"): "73.16%",
    ("projects_execution_points", "projects"): "9.97",
    ("projects_at_or_over_100", "projects"): "4",
    ("projects_80_to_100", "projects"): "0",
    ("projects_60_to_80", "projects"): "2",
    ("projects_under_60", "projects"): "3",
    ("execution_rate", "部门整体支出"): "289.95%",
    ("deviation", "部门整体支出"): "1560.06",
    ("execution_rate", "基本支出"): "142.27%",
    ("deviation", "基本支出"): "235.91",
    ("share_of_basic", "人员经费"): "84.62%",
    ("share_of_basic_parts", "人员经费"): "89.10%",
    ("share_of_basic", "公用支出"): "10.35%",
    ("share_of_basic_parts", "公用支出"): "10.90%",
    ("share_of_total", "基本支出"): "33.34%",
    ("share_of_total", "项目支出"): "11.02%",
    ("share_of_total", "政府性基金预算"): "5.76%",
    ("share_of_total", "社会保险基金"): "4.60%",
    ("basic_and_projects_actual", "部门整体支出"): "1056.45",
    ("basic_and_projects_rate", "部门整体支出"): "128.63%",
    ("remainder_after_general_public", "部门整体支出"): "1324.92",
    ("remainder_after_general_public_share", "部门整体支出"): "55.64%",
    ("remainder_after_government_fund", "部门整体支出"): "1187.64",
    ("remainder_after_government_fund_share", "部门整体支出"): "49.87%",
    ("remainder_after_social_insurance", "部门整体支出"): "1078.09",
    ("remainder_after_social_insurance_share", "部门整体支出"): "45.27%",
}


@pytest.mark.parametrize(("metric", "scope"), BUDGET, ids=lambda part: part)
def test_the_budget_comes_out_as_in_the_hand_audit(metric, scope):
    wanted = BUDGET[metric, scope]
    assert printed(value("budget_metrics", metric, scope), wanted) == wanted


SAFETY = {
    ("rectification_rate", "mines"): "42.65%",
    ("hazards_unaccounted", "mines"): "53",
    ("unaccounted_share", "mines"): "25.12%",
    ("major_share", "hazchem"): "1.12%",
    ("major_share", "industry"): "1.97%",
    ("major_share", "city"): "3.33%",
    ("hazards_per_unit", "hazchem"): "2.14",
    ("hazards_per_unit", "industry"): "3.97",
    ("major_hazards_per_1000_units", "industry"): "78.1",
    ("case_rate", "hazchem"): "9.60%",
    ("case_rate", "industry"): "77.34%",
    ("suspension_rate", "industry"): "1.17%",
    ("fine_per_case", "hazchem"): "2.50",
    ("fine_per_case", "industry"): "0.57",
    ("total_fines", "all"): "142.8",
    ("permit_completion_rate", "city"): "100%",
    ("permit_share", "烟花爆竹经营（零售）许可"): "92.33%",
    ("permit_share", "危险化学品经营许可"): "1.68%",
    ("permit_share", "生产单位应急预案备案"): "6.00%",
    ("trained_persons_per_enterprise", "industry"): "1.57",
    ("persons_per_accountability_case", "city"): "2",
    ("loss_per_event", "city"): "1294.30",
    ("loss_per_affected_person", "city"): "1338.03",
    ("affected_per_event", "city"): "9673",
    ("evacuation_share", "city"): "2.391%",
}


@pytest.mark.parametrize(("metric", "scope"), SAFETY, ids=lambda part: part)
def test_safety_work_comes_out_as_in_the_hand_audit(metric, scope):
    wanted = SAFETY[metric, scope]
    assert printed(value("safety_metrics", metric, scope), wanted) == wanted


def test_fines_stay_a_lower_bound():
    rows = tables()["safety_metrics"].set_index(["metric", "scope"])
    assert rows.loc[("total_fines", "all"), "note"].startswith("至少")
    assert rows.loc[("fine_per_case", "hazchem"), "note"].startswith("至少")
    assert "至少" not in rows.loc[("fine_per_case", "industry"), "note"]


NOT_COMPUTABLE = (
    *("official_execution_rate", "budget_adjustment_rate", "budget_control_rate", "carry_over_rate", "carry_over_change_rate"),
    *("three_public_change_rate", "three_public_control_rate", "public_funds_control_rate", "staff_control_rate", "procurement_rate"),
    *("fixed_assets_use_rate", "work_completion_rate", "work_timeliness_rate", "work_quality_rate", "satisfaction_rate"),
    *("expenditure_growth_rate", "indicator_points", "total_points"),
)


@pytest.mark.parametrize("metric", NOT_COMPUTABLE)
def test_what_the_report_gives_no_input_for_is_not_computed(metric):
    rows = tables()["budget_metrics"]
    (row,) = rows[rows["metric"] == metric].itertuples()
    assert (row.status, row.value) == ("not_computable", None)
    assert row.missing


STATED = {
    "agrees": ["263.2", "821.31", "417", "7"],
    "rounding": ["109.55"],
    "differs": ["794.02", "2381.37", "211"],
}
GAPS = {"794.02": "39.88", "2381.37": "1324.92", "211": "53", "109.55": "0.01"}


@pytest.mark.parametrize(("verdict", "stated"), [(verdict, number) for verdict, numbers in STATED.items() for number in numbers])
def test_the_audit_judges_as_the_hand_audit_does(verdict, stated):
    findings = tables()["findings"]
    families = findings["family"].isin(["sum", "closure", "count", "part_whole"])
    rows = findings[families & (findings["stated"] == Decimal(stated)) & (findings["verdict"] == verdict)]
    assert len(rows) >= 1, findings[["verdict", "stated", "title"]].to_string()
    if stated in GAPS:
        assert set(rows["difference"]) == {Decimal(GAPS[stated])}


def test_nothing_else_in_the_published_report_differs():
    findings = tables()["findings"]
    assert sorted(findings[findings["verdict"] == "differs"]["stated"]) == [Decimal(211), Decimal("794.02"), Decimal("2381.37")]
