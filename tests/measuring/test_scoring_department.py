"""The province's marks of the department rates; bodies and amounts are invented but for the published example that is named."""

from decimal import Decimal

import pytest

from scores_at_hand import base_of, one_row
from selfeval.measuring.budget import budget_metrics
from selfeval.measuring.scoring import score
from selfeval.tables import make_table
from tables_at_hand import lines_of

NOTHING = make_table("indicators", [])
LABELS = {
    "staff": "在职人员控制率",
    "three_public_change": "“三公经费”变动率",
    "completion": "预算完成率",
    "control": "预算控制率",
    "area": "新建楼堂馆所面积控制率",
    "investment": "新建楼堂馆所投资概算控制率",
    "public": "公用经费控制率",
    "three_public": "“三公经费”控制率",
    "procurement": "政府采购执行率",
}


def marks(*base, lines=("t01 total all - 部门整体支出 initial=1000",)):
    table, data = lines_of(*lines), base_of(*base)
    return score(NOTHING, table, data, budget_metrics(table, None, data), "hunan")


def points(rate, *base, **more):
    return one_row(marks(*base, **more), "band", name=LABELS[rate])["points"]


@pytest.mark.parametrize(
    ("staff", "wanted"), [("90", "5"), ("100", "5"), ("100.9", "5"), ("101", "4.5"), ("104.9", "3"), ("110", "0"), ("150", "0")]
)
def test_staff_over_the_posts_costs_half_a_point_for_every_whole_per_cent(staff, wanted):
    assert points("staff", "posts actual=100", f"staff actual={staff}") == Decimal(wanted)


@pytest.mark.parametrize(("now", "wanted"), [("90", "5"), ("100", "5"), ("101", "4.5"), ("109.99", "0.5"), ("110", "0"), ("400", "0")])
def test_three_public_funds_that_grow_cost_a_tenth_of_the_weight_for_every_whole_per_cent(now, wanted):
    assert points("three_public_change", f"three_public last_actual=100 actual={now}") == Decimal(wanted)


@pytest.mark.parametrize(("left", "wanted"), [("0", "5"), ("49", "5"), ("50", "3"), ("99", "3"), ("100", "1"), ("150", "0"), ("900", "0")])
def test_a_budget_not_completed_costs_two_points_for_every_whole_five_per_cent(left, wanted):
    base = ("added_budget actual=0", f"carry_over last_actual=0 actual={left}")
    assert points("completion", *base) == Decimal(wanted)


@pytest.mark.parametrize(
    ("added", "wanted"),
    [("-10", 5), ("0", 5), ("0.1", 4), ("100", 4), ("100.1", 3), ("200", 3), ("200.1", 2), ("300", 2), ("300.1", 0), ("900", 0)],
)
def test_added_budgets_are_marked_by_bands_that_hold_their_upper_edge(added, wanted):
    assert points("control", f"added_budget actual={added}") == wanted


@pytest.mark.parametrize(("item", "rate"), [("floor_area", "area"), ("floor_investment", "investment")])
@pytest.mark.parametrize(("built", "wanted"), [("100", 5), ("104.9", 5), ("105", 3), ("110", 1), ("115", 0)])
def test_building_more_than_allowed_costs_two_points_for_every_whole_five_per_cent(item, rate, built, wanted):
    assert points(rate, f"{item} budget=100 actual={built}") == wanted


def test_a_year_without_new_buildings_keeps_full_marks_and_says_why():
    found = one_row(marks("floor_area note=无"), "band", name=LABELS["area"])
    assert (found["points"], found["status"]) == (5, "computed")
    assert "无新建项目" in found["note"]


def test_no_building_is_no_investment_either():
    assert points("investment", "floor_area note=无") == 5
    assert points("investment", "floor_area note=无", "floor_investment budget=100 actual=105") == 3


def test_full_marks_say_whether_the_bound_was_passed():
    shown = {staff: one_row(marks("posts actual=1000", f"staff actual={staff}"), "band", name=LABELS["staff"]) for staff in (960, 1005)}
    assert [row["formula"] for row in shown.values()] == ["96.00% 未超过 100%，计满分 5.00", "100.50% 超过 100% 不满 1%，计满分 5.00"]


def test_silence_about_buildings_is_no_absence_of_them():
    found = one_row(marks(), "band", name=LABELS["area"])
    assert (found["points"], found["status"]) == (None, "not_computable")
    assert "批准建设面积（或无新建项目的说明）" in found["missing"]


def test_funds_over_their_budget_cost_a_point_for_every_whole_per_cent():
    assert points("public", "public_funds budget=100 actual=103") == 5
    assert points("three_public", "three_public budget=100 actual=102") == 5


@pytest.mark.parametrize(("bought", "wanted"), [("100", 6), ("96", 6), ("95", 4), ("105", 4), ("90", 2)])
def test_procurement_is_marked_down_either_way(bought, wanted):
    assert points("procurement", f"procurement budget=100 actual={bought}") == wanted


def test_a_marking_nobody_could_read_in_an_original_says_so():
    table = marks("public_funds budget=100 actual=100", "posts actual=5", "staff actual=5")
    assert "未见原文" in one_row(table, "band", name=LABELS["public"])["note"]
    assert "未见原文" not in one_row(table, "band", name=LABELS["staff"])["note"]


def test_a_mark_shows_its_steps_and_that_it_is_no_part_of_the_total():
    found = one_row(marks("posts actual=100", "staff actual=103"), "band", name=LABELS["staff"])
    assert found["formula"] == "5 − 0.5 × 3 = 3.50（每满 1% 扣 0.5 分，扣完为止）"
    assert found["inputs"] == "staff_control_rate.value"
    assert "不计入自评总分" in found["note"]
    assert "模拟测算" in found["note"]


def test_the_published_example_of_the_province_comes_out():
    base = (
        *("posts actual=143", "staff actual=136", "three_public budget=63.46", "three_public_last_budget budget=32"),
        *("added_budget actual=767.86", "carry_over last_actual=19.8 actual=19.8"),
    )
    table = marks(*base, lines=("t01 total all - 部门整体支出 initial=1922.76",))
    wanted = {"staff": ("95.10", 5), "three_public_change": ("98.31", 0), "completion": ("99.27", 5), "control": ("39.94", 0)}
    for rate, (percent, mark) in wanted.items():
        row = one_row(table, "band", name=LABELS[rate])
        assert (round(row["rate"] * 100, 2), row["points"]) == (Decimal(percent), mark)


def test_the_national_rule_set_marks_no_rates():
    table = lines_of("t01 total all - 部门整体支出 initial=1000")
    assert "band" not in set(score(NOTHING, table, None, budget_metrics(table))["part"])
