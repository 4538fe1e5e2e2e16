"""The official rates of a department, one scenario each; all bodies and amounts are invented."""

from decimal import Decimal

import pytest

from scores_at_hand import base_of
from selfeval.knowledge import load
from selfeval.measuring.budget import budget_metrics
from selfeval.tables import make_table
from tables_at_hand import facts_of, lines_of

LINES = (
    "t01 total all - 部门整体支出 initial=800 adjusted=1000 actual=950",
    "t02 basic general_public t01 基本支出 initial=500 adjusted=600 actual=590",
    "t03 basic_part general_public t02 人员经费 adjusted=500 actual=495",
    "t04 basic_part general_public t02 公用经费 adjusted=100 actual=95",
    "t05 project_total general_public t01 项目支出 initial=300 adjusted=400 actual=360",
)
BASE = (
    "posts actual=50",
    "staff last_actual=46 actual=48",
    "three_public last_actual=20 budget=18 actual=15",
    "public_funds budget=100 actual=95",
    "procurement budget=50 actual=40",
    "spent last_actual=760",
    "added_budget actual=120",
    "key_projects actual=270",
    "planned_progress unit=% actual=100",
    "actual_progress unit=% actual=95",
    "carry_over last_actual=40 actual=50",
    "fixed_assets actual=200",
    "fixed_assets_used actual=190",
    "floor_area budget=1000 actual=1100",
    "floor_investment budget=300 actual=270",
    "work_planned actual=20",
    "work_completed actual=19",
    "work_timely actual=18",
    "work_good actual=16",
    "key_assigned actual=8",
    "key_completed actual=6",
    "answers_valid actual=200",
    "answers_satisfied actual=186",
)
EXPECTED = {
    "official_execution_rate": "0.95",
    "budget_adjustment_rate": "0.25",
    "budget_control_rate": "0.15",
    "budget_completion_rate": "0.9479166667",
    "carry_over_rate": "0.05",
    "carry_over_change_rate": "0.25",
    "payment_progress_rate": "0.95",
    "public_funds_control_rate": "0.95",
    "three_public_control_rate": "0.8333333333",
    "three_public_change_rate": "-0.25",
    "staff_control_rate": "0.96",
    "key_expenditure_rate": "0.75",
    "procurement_rate": "0.8",
    "fixed_assets_use_rate": "0.95",
    "floor_area_control_rate": "1.1",
    "investment_control_rate": "0.9",
    "expenditure_growth_rate": "0.25",
    "expenditure_per_head": "20.2127659574",
    "project_expenditure_ratio": "0.3789473684",
    "personnel_expenditure_ratio": "0.5210526316",
    "public_expenditure_ratio": "0.1",
    "work_completion_rate": "0.95",
    "work_timeliness_rate": "0.9",
    "work_quality_rate": "0.8",
    "key_work_rate": "0.75",
    "satisfaction_rate": "0.93",
}
# What each rate lacks once the named row of BASE or LINES is taken away.
LACKING = {
    "official_execution_rate": ("t01", "全年执行数、全年预算数（调整后预算）"),
    "budget_adjustment_rate": ("t01", "全年预算数（调整后预算）、年初预算数"),
    "budget_completion_rate": ("carry_over", "上年结转、年末结余"),
    "carry_over_rate": ("carry_over", "结转结余总额"),
    "carry_over_change_rate": ("carry_over", "本年累计结转结余、上年累计结转结余"),
    "payment_progress_rate": ("planned_progress", "既定支付进度"),
    "three_public_control_rate": ("three_public", "“三公经费”实际支出数、“三公经费”预算安排数"),
    "three_public_change_rate": ("three_public", "本年度“三公经费”预算数、上年度“三公经费”预算数"),
    "staff_control_rate": ("posts", "编制数"),
    "key_expenditure_rate": ("key_projects", "标明为重点的项目支出"),
    "procurement_rate": ("procurement", "实际政府采购金额、政府采购预算数"),
    "fixed_assets_use_rate": ("fixed_assets_used", "实际在用固定资产总额"),
    "floor_area_control_rate": ("floor_area", "楼堂馆所实际建设面积、批准建设面积（或无新建项目的说明）"),
    "investment_control_rate": ("floor_investment", "楼堂馆所实际投资、批准投资概算（或无新建项目的说明）"),
    "expenditure_growth_rate": ("spent", "上年支出总额"),
    "expenditure_per_head": ("staff", "平均在职人员数"),
    "work_completion_rate": ("work_completed", "实际完成的工作数"),
    "work_timeliness_rate": ("work_timely", "及时完成的工作数"),
    "work_quality_rate": ("work_planned", "计划工作数"),
    "key_work_rate": ("key_assigned", "交办或下达的重点工作数"),
    "satisfaction_rate": ("answers_valid", "有效调查人数"),
}


def official(lines=LINES, base=BASE, facts=None):
    metrics = budget_metrics(lines_of(*lines), facts, base_of(*base))
    return metrics[metrics["scope"] == "department"].set_index("metric")


def only(base, *keep):
    return official(base=[row for row in base if row.split()[0] in keep])


@pytest.mark.parametrize("metric", EXPECTED)
def test_a_rate_is_computed_when_its_inputs_are_there(metric):
    row = official().loc[metric]
    assert (row["status"], row["value"]) == ("computed", Decimal(EXPECTED[metric]))
    assert row["inputs"]


@pytest.mark.parametrize("metric", LACKING)
def test_a_rate_that_lacks_an_input_names_exactly_that_input(metric):
    without, missing = LACKING[metric]
    rest = [tuple(row for row in rows if row.split()[0] != without) for rows in (LINES, BASE)]
    row = official(*rest).loc[metric]
    assert (row["status"], row["value"], row["missing"]) == ("not_computable", None, missing)


def test_every_official_rate_but_the_scores_is_held_by_these_tests():
    scores = {"indicator_points", "total_points"}
    assert {entry["id"] for entry in load("budget_metrics")["official"]} - scores == set(EXPECTED)


def test_a_rate_names_the_rows_of_the_sheet_it_stands_on():
    assert official().loc["staff_control_rate", "inputs"] == "staff.actual posts.actual"
    assert official().loc["budget_control_rate", "inputs"] == "added_budget.actual t01.initial"


def test_the_sheet_wins_over_the_text():
    facts = facts_of("city posts 40 名", "city staff 48 人")
    assert official(facts=facts).loc["staff_control_rate", "value"] == Decimal("0.96")
    assert official(base=["staff actual=30"], facts=facts).loc["staff_control_rate", "value"] == Decimal("0.75")


def test_the_change_of_the_three_public_funds_is_taken_of_budgets_where_last_years_is_given():
    row = official(base=[*BASE, "three_public_last_budget budget=24"]).loc["three_public_change_rate"]
    assert row["value"] == Decimal("-0.25")
    assert row["inputs"] == "three_public.budget three_public_last_budget.budget"
    assert "按预算数口径" in row["note"]
    assert "决算数口径" in official().loc["three_public_change_rate", "note"]


def test_a_total_left_empty_is_the_sum_of_its_parts_only_when_all_are_known():
    parts = ("vehicles budget=12 actual=9", "abroad budget=0 actual=0", "reception budget=8 actual=6")
    row = official(base=parts).loc["three_public_control_rate"]
    assert row["value"] == Decimal("0.75")
    assert row["inputs"].startswith("vehicles.actual abroad.actual reception.actual")
    assert official(base=parts[::2]).loc["three_public_control_rate", "status"] == "not_computable"


def test_a_stated_added_budget_is_taken_before_the_net_change():
    assert official().loc["budget_control_rate", "value"] == Decimal("0.15")
    row = official(base=()).loc["budget_control_rate"]
    assert row["value"] == Decimal("0.25")
    assert "净追加" in row["note"]


def test_completion_takes_the_adjusted_budget_where_no_addition_is_stated():
    row = only(BASE, "carry_over").loc["budget_completion_rate"]
    assert row["value"] == Decimal("0.9519230769")
    assert "全年预算数" in row["note"]


def test_funds_carried_over_are_not_counted_twice():
    lines = lines_of(
        *LINES, "t06 project general_public t05 河道清淤 adjusted=400 actual=360", "t07 item general_public t06 上年 adjusted=40"
    )
    lines.loc[lines["line_id"] == "t07", "fund_source"] = "carried"
    metrics = budget_metrics(lines, None, base_of("carry_over last_actual=40 actual=50")).set_index("metric")
    assert metrics.loc["budget_completion_rate", "value"] == Decimal("0.95")
    assert "t07.adjusted" in metrics.loc["budget_completion_rate", "inputs"]


@pytest.mark.parametrize(("metric", "item"), [("floor_area_control_rate", "floor_area"), ("investment_control_rate", "floor_investment")])
def test_a_year_without_new_buildings_has_no_rate_and_lacks_nothing(metric, item):
    row = official(base=[f"{item} note=无"]).loc[metric]
    assert (row["status"], row["missing"]) == ("not_computable", "")
    assert "无新建项目" in row["note"]


def test_a_remark_that_begins_with_none_does_not_hide_figures():
    row = official(base=["floor_area budget=1000 actual=900 note=无变更"]).loc["floor_area_control_rate"]
    assert (row["status"], row["value"]) == ("computed", Decimal("0.9"))


@pytest.mark.parametrize(("given", "missing"), [("0", "编制数为0，不能作分母"), ("-5", "编制数为负数，不能作分母")])
def test_nothing_is_divided_by_what_is_not_positive(given, missing):
    assert official(base=[f"posts actual={given}", "staff actual=9"]).loc["staff_control_rate", "missing"] == missing


def test_a_mean_of_nobody_is_said_to_be_one():
    row = official(base=["staff last_actual=0 actual=0"]).loc["expenditure_per_head"]
    assert row["missing"] == "平均在职人员数为0，不能作分母"


def test_year_end_staff_stands_in_for_the_mean_and_is_said_to():
    row = official(base=["staff actual=50"]).loc["expenditure_per_head"]
    assert row["value"] == 19
    assert "代替全年平均数" in row["note"]


def test_a_part_larger_than_its_whole_is_said_beside_the_rate():
    row = official(base=["answers_valid actual=100", "answers_satisfied actual=104"]).loc["satisfaction_rate"]
    assert row["value"] == Decimal("1.04")
    assert "超过100%" in row["note"]


def test_amounts_in_another_unit_of_money_are_taken_in_ten_thousand():
    row = official(base=["key_projects unit=元 actual=2700000"]).loc["key_expenditure_rate"]
    assert row["value"] == Decimal("0.75")


def test_the_worked_table_of_a_province_comes_out():
    # The amounts of a published provincial table; what is asked is only that the formulas give its printed rates.
    lines = ("t01 total all - 部门整体支出 initial=1922.76",)
    base = ("posts actual=143", "staff actual=136", "three_public budget=63.46", "three_public_last_budget budget=32")
    rows = official(lines, (*base, "added_budget actual=767.86", "carry_over last_actual=19.8 actual=19.8"))
    rates = ("staff_control_rate", "three_public_change_rate", "budget_completion_rate", "budget_control_rate")
    assert [round(rows.loc[rate, "value"] * 100, 2) for rate in rates] == [Decimal(n) for n in ("95.10", "98.31", "99.27", "39.94")]


def test_without_any_sheet_the_rates_of_the_text_stay():
    metrics = budget_metrics(lines_of(*LINES), None, make_table("base_data", [])).set_index("metric")
    assert metrics.loc["public_funds_control_rate", "value"] == Decimal("0.95")
    assert metrics.loc["staff_control_rate", "missing"] == "在职人员数、编制数"


def test_what_one_project_carried_over_is_not_what_the_body_carried_over():
    lines = lines_of("t01 total all - 部门整体支出 initial=80 adjusted=100 actual=95", "t02 project general_public t01 甲项目 actual=9",
                     "t03 item general_public t02 上年结转资金 adjusted=4 actual=4")  # fmt: skip
    lines.loc[2, "fund_source"] = "carried"
    rates = budget_metrics(lines, None, base_of("carry_over actual=50")).set_index("metric")
    assert "上年" in rates.loc["carry_over_change_rate", "missing"]
