"""Metrics of safety work, one scenario each; the values of the published report are held by tests/golden."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from selfeval.knowledge import load
from selfeval.measuring.safety import safety_metrics
from selfeval.tables import check_table, make_table
from tables_at_hand import facts_of

counts = st.integers(min_value=0, max_value=10**6)


def row(metrics, metric, scope=None):
    chosen = metrics[metrics["metric"] == metric]
    chosen = chosen if scope is None else chosen[chosen["scope"] == scope]
    assert len(chosen) == 1, chosen.to_string()
    return chosen.iloc[0]


def value(metrics, metric, scope=None):
    found = row(metrics, metric, scope)
    assert found["status"] == "computed", found["missing"]
    return found["value"]


def test_rectification_and_closure_are_told_trade_by_trade():
    metrics = safety_metrics(facts_of("mines hazards_found 80 条", "mines hazards_rectified 60 条", "mines hazards_under_way 12 条"))
    assert value(metrics, "rectification_rate", "mines") == Decimal("0.75")
    assert value(metrics, "hazards_unaccounted", "mines") == 8
    assert value(metrics, "unaccounted_share", "mines") == Decimal("0.1")


def test_hazards_without_a_number_rectified_are_not_computable():
    metrics = safety_metrics(facts_of("forest hazards_general 40 条", "forest hazards_major 2 条"))
    assert row(metrics, "rectification_rate", "forest")["missing"] == "已整改隐患数"
    assert row(metrics, "major_rectification_rate", "forest")["missing"] == "重大隐患中已整改数"


def test_the_stated_number_of_hazards_goes_before_the_sum_of_its_kinds():
    stated = facts_of("gas hazards_found 50 条", "gas hazards_general 30 条", "gas hazards_major 5 条")
    assert value(safety_metrics(stated), "major_share", "gas") == Decimal("0.1")
    summed = safety_metrics(facts_of("gas hazards_general 45 条", "gas hazards_major 5 条"))
    assert value(summed, "major_share", "gas") == Decimal("0.1")
    assert "相加" in row(summed, "major_share", "gas")["note"]


def test_what_is_stated_twice_counts_once():
    metrics = safety_metrics(facts_of("gas hazards_major 5 处", "gas hazards_general 45 处", "gas hazards_major 5 处"))
    assert value(metrics, "major_share", "gas") == Decimal("0.1")


def test_what_is_stated_in_two_ways_is_not_computed():
    metrics = safety_metrics(facts_of("gas hazards_major 5 处", "gas hazards_general 45 处", "gas hazards_major 6 处"))
    assert "不止一个（5处、6处）" in row(metrics, "major_share", "gas")["missing"]


def test_an_exact_number_goes_before_a_bound_that_it_keeps():
    metrics = safety_metrics(facts_of("gas fines 20 万元 over", "gas fines 24 万元", "gas cases_filed 6 起"))
    assert value(metrics, "fine_per_case", "gas") == 4
    assert "至少" not in row(metrics, "fine_per_case", "gas")["note"]


def test_a_lower_bound_in_the_numerator_stays_one():
    metrics = safety_metrics(facts_of("gas fines 30 万元 over", "gas cases_filed 12 起"))
    assert value(metrics, "fine_per_case", "gas") == Decimal("2.5")
    assert row(metrics, "fine_per_case", "gas")["note"].startswith("至少")


def test_a_lower_bound_in_the_denominator_makes_an_upper_bound():
    metrics = safety_metrics(facts_of("gas cases_filed 12 起", "gas units_inspected 300 家 over"))
    assert row(metrics, "case_rate", "gas")["note"].startswith("至多")


def test_bounds_on_both_sides_give_no_value():
    metrics = safety_metrics(facts_of("gas fines 30 万元 over", "gas cases_filed 12 起 over"))
    assert "方向无法确定" in row(metrics, "fine_per_case", "gas")["missing"]


def test_fines_of_the_trades_add_up_and_stay_a_lower_bound():
    metrics = safety_metrics(facts_of("gas fines 30 万元 over", "mines fines 112.8 万元"))
    found = row(metrics, "total_fines")
    assert (found["value"], found["scope"]) == (Decimal("142.8"), "all")
    assert found["note"].startswith("至少")


def test_a_stated_total_goes_before_the_sum_over_trades():
    metrics = safety_metrics(facts_of("city fines 90 万元", "gas fines 30 万元", "mines fines 50 万元"))
    assert value(metrics, "total_fines") == 90


def test_units_dealt_with_stand_in_for_units_checked_and_are_said_to():
    metrics = safety_metrics(facts_of("hazchem units_dealt_with 50 家", "hazchem cases_filed 5 家"))
    assert value(metrics, "case_rate", "hazchem") == Decimal("0.1")
    assert "查处违法违规单位数" in row(metrics, "case_rate", "hazchem")["note"]


def test_every_kind_of_permit_has_its_share():
    metrics = safety_metrics(facts_of("city permits_accepted 40 件", "city permit_type 30 件", "gas permit_type 10 件"))
    assert [value(metrics, "permit_share", scope) for scope in ("w002", "w003")] == [Decimal("0.75"), Decimal("0.25")]


def test_a_share_done_in_time_needs_the_number_done_in_time():
    metrics = safety_metrics(facts_of("city permits_accepted 40 件", "city permits_completed 40 件", "city permits_on_time_rate 100 %"))
    assert value(metrics, "permit_completion_rate") == 1
    assert row(metrics, "permit_on_time_rate")["missing"] == "期限内办结件数"


def test_loss_per_person_is_told_in_yuan_whatever_the_loss_is_printed_in():
    for loss in ("300 万元", "0.03 亿元", "3000000 元"):
        metrics = safety_metrics(facts_of(f"city direct_loss {loss}", "city people_affected 1500 人", "city disaster_events 4 次"))
        assert value(metrics, "loss_per_affected_person") == 2000
        assert value(metrics, "loss_per_event") == 75


def test_nothing_is_divided_by_zero_events():
    metrics = safety_metrics(facts_of("city direct_loss 0 万元", "city disaster_events 0 次"))
    assert row(metrics, "loss_per_event")["missing"] == "自然灾害次数为0，不能作分母"


def test_death_rates_are_always_there_and_say_what_is_missing():
    metrics = safety_metrics(make_table("work_facts", []))
    check_table("safety_metrics", metrics, "test")
    assert row(metrics, "deaths_per_gdp")["missing"] == "生产安全事故死亡人数、地区生产总值"
    assert set(metrics["status"]) == {"not_computable"}


@given(counts.filter(bool), counts, counts, counts)
def test_what_was_found_is_accounted_for_or_not(found, done, under_way, still_open):
    metrics = safety_metrics(
        facts_of(
            f"mines hazards_found {found} 条",
            f"mines hazards_rectified {done} 条",
            f"mines hazards_under_way {under_way} 条",
            f"mines hazards_open {still_open} 条",
        )
    )
    assert value(metrics, "hazards_accounted") + value(metrics, "hazards_unaccounted") == found


def names_used():
    knowledge = load("safety_metrics")
    defined = {entry["id"] for entry in knowledge["quantity"]}
    terms = {term.removeprefix("-") for entry in knowledge["quantity"] for way in entry["any_of"] for term in way["terms"]}
    roles = {entry[role] for entry in knowledge["ratio"] for role in ("numerator", "denominator") if role in entry}
    return sorted((terms | roles) - defined)


@pytest.mark.parametrize("indicator", names_used())
def test_every_operand_has_a_name_for_what_is_missing(indicator):
    assert load("safety_metrics")["names"][indicator]


def test_an_average_for_each_disaster_is_in_the_unit_they_are_counted_in():
    counted = {"fact_id": "w1", "area": "disasters", "sector": "city", "indicator": "disaster_events", "value": Decimal(4), "unit": "场"}
    lost = {"fact_id": "w2", "area": "disasters", "sector": "city", "indicator": "direct_loss", "value": Decimal(200), "unit": "万元"}
    rows = [{"label": "", "qualifier": "exact", "source": "text", "sentence": "", **row} for row in (counted, lost)]
    metric = safety_metrics(make_table("work_facts", rows)).set_index("metric").loc["loss_per_event"]
    assert (metric["label"], metric["value"], metric["unit"]) == ("场均直接经济损失", Decimal(50), "万元/场")
