"""Spending against the budget, and whether the report says why."""

from decimal import Decimal

import pytest

from tables_at_hand import audited, only

HEAD = "二、一般公共预算支出情况\n\n（二）项目支出情况\n\n"


def project(words, *, planned="20.00", spent="15.00"):
    return audited(
        f"{HEAD}本单位有2个项目支出，其中堤防维修绩效目标{planned}万元，实际支出{spent}万元{words}。水文监测绩效目标8.00万元，实际支出8.00万元。\n"
    )


def deviation(findings, item="堤防维修"):
    chosen = findings[(findings["family"] == "execution") & findings["title"].str.contains(item)]
    assert len(chosen) == 1, findings["title"].to_list()
    return chosen.iloc[0]


def test_a_deviation_without_a_reason_is_flagged():
    found = deviation(project(""))
    assert (found["verdict"], found["severity"]) == ("flag", "medium")
    assert (found["stated"], found["recomputed"], found["difference"]) == (15, 20, -5)


def test_a_deviation_with_a_reason_is_in_order():
    found = deviation(project("，因为汛期提前，工程停工"))
    assert found["verdict"] == "agrees"
    assert "汛期提前" in found["message"]


def test_a_reason_for_less_is_none_for_more():
    assert deviation(project("，因来水偏少，部分工程暂缓", spent="26.00"))["verdict"] == "flag"


def test_a_rate_within_the_margin_needs_no_reason():
    assert deviation(project("", spent="18.00"))["verdict"] == "agrees"


@pytest.mark.parametrize(("spent", "severity"), [("20.10", "low"), ("22.01", "medium")])
def test_any_rate_over_one_hundred_needs_a_reason_and_weighs_by_its_size(spent, severity):
    found = deviation(project("", spent=spent))
    assert (found["verdict"], found["severity"]) == ("flag", severity)


@pytest.mark.parametrize(("words", "verdict"), [("", "flag"), ("，因为抢修水毁堤段", "agrees")])
def test_more_spent_than_the_whole_years_budget_is_told_as_a_rate_that_cannot_be(words, verdict):
    found = deviation(audited(f"{HEAD}堤防维修全年预算数20.00万元，实际支出20.40万元{words}。\n"))
    assert found["verdict"] == verdict
    assert verdict == "agrees" or (found["stated"], found["difference"], found["unit"]) == (102, 2, "%")


def test_the_whole_weighs_more_than_a_project():
    findings = audited("一、收支总体情况\n\n部门整体支出绩效目标300.00万元，实际支出420.00万元。\n")
    found = deviation(findings, "整体支出")
    assert (found["severity"], found["difference"]) == ("high", Decimal("120.00"))
    assert "官方执行率的分母是全年预算数" in found["message"]


def test_lines_that_lack_the_same_thing_are_one_finding():
    findings = audited(f"{HEAD}项目支出决算60.00万元，其中：堤防维修35.00万元，水文监测25.00万元。\n")
    found = findings[(findings["verdict"] == "not_checkable") & findings["title"].str.contains("等3项")]
    assert len(found) == 1
    assert "水文监测 25.00 万元" in found.iloc[0]["message"]


def test_a_fund_without_a_budget_cannot_be_checked():
    findings = audited("三、政府性基金预算支出情况\n\n政府性基金预算财政拨款支出为57.28万元。\n")
    assert only(findings, "execution")["verdict"] == "not_checkable"
