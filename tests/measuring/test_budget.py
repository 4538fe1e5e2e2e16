"""Budget metrics, one scenario each; the values of the published report are held by tests/golden."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from selfeval.measuring.budget import budget_metrics
from selfeval.tables import check_table, make_table
from tables_at_hand import facts_of, lines_of, projects_of

money = st.decimals(min_value=0, max_value=10**6, places=2)
planned = st.decimals(min_value="0.01", max_value=10**6, places=2)


def row(metrics, metric, scope=None, basis=None):
    chosen = metrics[metrics["metric"] == metric]
    for column, wanted in (("scope", scope), ("basis", basis)):
        if wanted is not None:
            chosen = chosen[chosen[column] == wanted]
    assert len(chosen) == 1, chosen.to_string()
    return chosen.iloc[0]


def value(metrics, metric, scope=None, basis=None):
    found = row(metrics, metric, scope, basis)
    assert found["status"] == "computed", found["missing"]
    return found["value"]


def test_a_rate_is_a_ratio_and_names_what_it_is_held_against():
    metrics = budget_metrics(projects_of(("12.5", "10")))
    found = row(metrics, "execution_rate", "b01")
    assert (found["value"], found["basis"], found["unit"]) == (Decimal("0.8"), "target", "")
    assert found["inputs"] == "b01.actual b01.target"


def test_every_basis_the_report_gives_has_its_own_rate():
    metrics = budget_metrics(lines_of("b01 project general_public - 堤防维修 initial=40 adjusted=50 actual=45"))
    assert value(metrics, "execution_rate", "b01", "initial") == Decimal("1.125")
    assert value(metrics, "execution_rate", "b01", "adjusted") == Decimal("0.9")


def test_points_are_capped_and_called_simulated():
    metrics = budget_metrics(projects_of(("20", "25"), ("20", "5")))
    over, under = (row(metrics, "execution_points", scope) for scope in ("b01", "b02"))
    assert (over["value"], under["value"]) == (Decimal(10), Decimal("2.5"))
    assert "模拟测算" in under["note"]
    assert "按满分计" in over["note"]


def test_spending_over_the_budget_is_said_beside_the_rate():
    assert "超过100%" in row(budget_metrics(projects_of(("20", "20.01"))), "execution_rate", "b01")["note"]
    assert not row(budget_metrics(projects_of(("20", "20"))), "execution_rate", "b01")["note"]


def test_a_zero_budget_gives_no_rate_but_still_a_deviation():
    metrics = budget_metrics(projects_of(("0", "3.2")))
    assert row(metrics, "execution_rate", "b01")["missing"] == "绩效目标为0，不能作分母"
    assert value(metrics, "deviation", "b01") == Decimal("3.2")


def test_a_line_without_budget_says_so():
    assert "预算数" in row(budget_metrics(projects_of((None, "3.2"))), "execution_rate", "b01")["missing"]


def test_a_line_without_spending_says_so():
    assert row(budget_metrics(projects_of(("3.2", None))), "execution_rate", "b01")["missing"] == "实际支出"


def test_overrun_and_shortfall_stand_beside_the_net_rate():
    metrics = budget_metrics(projects_of(("10", "14"), ("10", "6")))
    assert value(metrics, "projects_net_rate") == 1
    assert value(metrics, "projects_capped_rate") == Decimal("0.8")
    assert value(metrics, "projects_gross_deviation_rate") == Decimal("0.4")
    assert value(metrics, "projects_overrun") == value(metrics, "projects_shortfall") == 4


def test_the_mean_rate_gives_every_project_the_same_weight():
    metrics = budget_metrics(projects_of(("1", "0.5"), ("99", "148.5")))
    assert value(metrics, "projects_mean_rate") == 1
    assert value(metrics, "projects_mean_capped_rate") == Decimal("0.75")


def test_bands_hold_their_lower_edge():
    metrics = budget_metrics(projects_of(("100", "100"), ("100", "80"), ("100", "79.99"), ("100", "60"), ("100", "59.99")))
    bands = ("projects_at_or_over_100", "projects_80_to_100", "projects_60_to_80", "projects_under_60")
    assert [value(metrics, band) for band in bands] == [1, 1, 2, 1]


def test_one_silent_project_makes_the_aggregates_not_computable_and_is_named():
    metrics = budget_metrics(projects_of(("10", "9"), ("5", None)))
    assert row(metrics, "projects_net_rate")["missing"] == "以下项目的实际支出：项目2"
    assert value(metrics, "projects_budget_sum") == 15


def test_one_zero_budget_spoils_the_mean_but_not_the_weighted_rate():
    metrics = budget_metrics(projects_of(("10", "9"), ("0", "1")))
    assert value(metrics, "projects_net_rate") == 1
    assert "项目2" in row(metrics, "projects_mean_rate")["missing"]


def test_a_report_without_projects_says_so():
    assert row(budget_metrics(lines_of("b01 total all - 整体支出 target=5 actual=5")), "projects_count")["missing"]


def test_forty_projects_are_added_up_exactly():
    metrics = budget_metrics(projects_of(*[("0.1", "0.1")] * 40))
    assert value(metrics, "projects_actual_sum") == Decimal("4.0")
    assert value(metrics, "projects_at_or_over_100") == 40


def test_parts_of_a_project_are_not_counted_twice():
    lines = lines_of(
        "b01 project general_public - 应急演练 target=10 actual=10",
        "b02 project general_public b01 器材 target=4 actual=4",
    )
    assert value(budget_metrics(lines), "projects_actual_sum") == 10


BOOKS = (
    "b01 total all - 整体支出 target=100 actual=200",
    "b02 basic general_public b01 基本支出 target=60 actual=80",
    "b03 basic_part general_public b02 人员经费 actual=60",
    "b04 basic_part general_public b02 公用经费 actual=15",
    "b05 project_total general_public b01 项目支出 target=40",
    "b06 project general_public b05 培训 target=40 actual=30",
    "b07 fund government_fund - 政府性基金 actual=25",
    "b08 fund social_insurance - 社会保险基金 actual=15",
)


def test_shares_are_taken_of_the_stated_whole_and_of_the_parts():
    metrics = budget_metrics(lines_of(*BOOKS))
    assert value(metrics, "share_of_basic", "b03") == Decimal("0.75")
    assert value(metrics, "share_of_basic_parts", "b03") == Decimal("0.8")


def test_a_project_total_left_unstated_is_added_up_and_said_to_be():
    found = row(budget_metrics(lines_of(*BOOKS)), "share_of_total", "b05")
    assert found["value"] == Decimal("0.15")
    assert found["inputs"] == "b06.actual b01.actual"
    assert "按逐项相加" in found["note"]


def test_the_remainder_shrinks_book_by_book():
    metrics = budget_metrics(lines_of(*BOOKS))
    assert value(metrics, "remainder_after_general_public") == 90
    assert value(metrics, "remainder_after_government_fund") == 65
    assert value(metrics, "remainder_after_social_insurance") == 50
    assert value(metrics, "remainder_after_social_insurance_share") == Decimal("0.25")
    assert value(metrics, "basic_and_projects_rate") == Decimal("1.1")


def test_no_book_is_taken_off_a_total_that_is_used_up():
    lines = lines_of(
        "b01 total all - 整体支出 actual=110",
        "b02 basic general_public b01 基本支出 actual=80",
        "b03 project_total general_public b01 项目支出 actual=30",
        "b04 fund government_fund - 政府性基金 actual=25",
    )
    metrics = budget_metrics(lines)
    assert value(metrics, "remainder_after_general_public") == 0
    assert "remainder_after_government_fund" not in set(metrics["metric"])


def test_official_rates_that_need_an_adjusted_budget_name_what_is_missing():
    metrics = budget_metrics(lines_of(*BOOKS))
    assert row(metrics, "official_execution_rate")["missing"] == "全年预算数（调整后预算）"
    assert row(metrics, "public_funds_control_rate")["missing"] == "预算安排的公用经费总额"


def test_official_rates_are_computed_where_the_report_gives_their_operands():
    lines = lines_of(
        "b01 total all - 整体支出 initial=800 adjusted=1000 actual=950",
        "b02 item general_public - “三公”经费 initial=20 actual=18",
        "b03 item general_public b02 公务接待费 actual=3",
        "b04 item general_public - 政府采购 initial=50 actual=40",
    )
    facts = facts_of("city posts 50 名", "city staff 48 人")
    metrics = budget_metrics(lines, facts)
    assert value(metrics, "official_execution_rate") == Decimal("0.95")
    assert value(metrics, "budget_adjustment_rate") == Decimal("0.25")
    assert value(metrics, "three_public_control_rate") == Decimal("0.9")
    assert value(metrics, "procurement_rate") == Decimal("0.8")
    assert value(metrics, "staff_control_rate") == Decimal("0.96")


def test_head_counts_stated_as_whole_and_parts_are_the_whole():
    facts = facts_of("city posts 50 名", "city posts 30 名", "city posts 20 名", "city staff 48 人")
    assert value(budget_metrics(lines_of("b01 total all - 整体支出 actual=1"), facts), "staff_control_rate") == Decimal("0.96")


def test_head_counts_that_contradict_each_other_are_not_used():
    facts = facts_of("city posts 50 名", "city posts 52 名", "city staff 48 人")
    assert row(budget_metrics(lines_of("b01 total all - 整体支出 actual=1"), facts), "staff_control_rate")["missing"] == "编制数"


def test_no_lines_at_all_still_say_what_is_missing():
    metrics = budget_metrics(make_table("budget_lines", []))
    check_table("budget_metrics", metrics, "test")
    assert set(metrics["status"]) == {"not_computable"}
    assert all(metrics["missing"])


@given(st.lists(st.tuples(planned, money), min_size=1, max_size=12))
def test_net_deviation_is_overrun_less_shortfall_and_gross_their_sum(pairs):
    metrics = budget_metrics(projects_of(*((str(budget), str(spent)) for budget, spent in pairs)))
    over, short = value(metrics, "projects_overrun"), value(metrics, "projects_shortfall")
    assert value(metrics, "projects_net_deviation") == over - short
    assert value(metrics, "projects_gross_deviation") == over + short
    assert value(metrics, "projects_capped_rate") <= min(Decimal(1), value(metrics, "projects_net_rate"))


@given(st.lists(st.tuples(planned, money), min_size=1, max_size=6), st.integers(min_value=2, max_value=1000))
def test_scaling_all_amounts_leaves_rates_alone_and_scales_deviations(pairs, factor):
    once = budget_metrics(projects_of(*((str(budget), str(spent)) for budget, spent in pairs)))
    scaled = budget_metrics(projects_of(*((str(budget * factor), str(spent * factor)) for budget, spent in pairs)))
    assert value(scaled, "projects_net_rate") == value(once, "projects_net_rate")
    assert value(scaled, "projects_gross_deviation") == value(once, "projects_gross_deviation") * factor


@pytest.mark.parametrize("basis", ["target", "initial", "adjusted"])
def test_aggregates_work_on_whatever_budget_the_report_uses(basis):
    metrics = budget_metrics(projects_of(("8", "6"), ("2", "1"), basis=basis))
    assert row(metrics, "projects_net_rate")["basis"] == basis
    assert value(metrics, "projects_net_rate") == Decimal("0.7")
