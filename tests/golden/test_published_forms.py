"""Published self-evaluation forms, typed in as sheets: every known defect is found with its numbers, and sound forms pass.

Only the figures named in the remarks of the CSV files were published; fillers a form needs are marked 虚构 there.
"""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path

import pandas as pd
import pytest

from selfeval.judging.form_checks import check_forms
from selfeval.records.entry_tables import tables_of
from sheets_in_csv import entries_in
from tables_at_hand import audited

FORMS = Path(__file__).parent / "published_forms"


def findings(form: str) -> list[dict]:
    tables = tables_of(entries_in(FORMS / form))
    return check_forms(tables["budget_lines"], tables["indicators"], tables["base_data"], facts=tables["work_facts"])


def titled(found: list[dict], words: str) -> dict:
    chosen = [row for row in found if re.search(words, row["title"])]
    assert len(chosen) == 1, [row["title"] for row in found]
    return chosen[0]


def numbers(row: dict) -> tuple:
    return row["verdict"], row["stated"], row["recomputed"], row["difference"]


def test_a_rate_printed_without_decimals_is_told_with_the_exact_one():
    row = titled(findings("ezhou-2019"), "执行率取整")
    assert numbers(row) == ("rounding", Decimal(60), Decimal("59.58"), Decimal("0.42"))


def test_a_score_taken_from_the_rounded_rate_is_told_with_the_exact_one():
    row = titled(findings("ezhou-2019"), "执行率得分有出入")
    assert numbers(row) == ("rounding", Decimal(6), Decimal("5.96"), Decimal("0.04"))


def test_indicators_of_a_hundred_points_and_execution_on_top_make_a_hundred_and_ten():
    row = titled(findings("ezhou-2019"), "分值合计不是100分")
    assert numbers(row) == ("differs", Decimal(110), Decimal(100), Decimal(10))


def test_a_total_that_leaves_out_the_execution_score_is_named():
    row = titled(findings("ezhou-2019"), "总分与各项得分之和不符")
    assert numbers(row) == ("differs", Decimal(90), Decimal(96), Decimal(-6))
    assert "漏加了预算执行率得分 6 分" in row["message"]


def test_a_rate_cut_off_instead_of_rounded_differs_but_weighs_little():
    row = titled(findings("yueyang-2024"), "执行率截尾")
    assert numbers(row) == ("differs", Decimal("99.3"), Decimal("99.38"), Decimal("-0.08"))
    assert row["severity"] == "low"


def test_full_marks_for_less_than_full_execution_are_named():
    row = titled(findings("yueyang-2024"), "执行率得分写成满分")
    assert numbers(row) == ("rounding", Decimal(10), Decimal("9.94"), Decimal("0.06"))


def test_the_column_of_last_year_does_not_add_up_and_those_of_this_year_do():
    found = findings("yueyang-2024")
    assert numbers(titled(found, "项目支出合计上年决算数")) == ("differs", Decimal("1505.3"), Decimal("1509.3"), Decimal("-4.0"))
    assert titled(found, "项目支出合计本年预算数")["verdict"] == titled(found, "项目支出合计本年决算数")["verdict"] == "agrees"


def test_a_form_of_the_older_kind_is_held_against_the_initial_budget():
    found = findings("haidian-2016")
    assert numbers(titled(found, "执行率取整")) == ("rounding", Decimal(50), Decimal("49.88"), Decimal("0.12"))
    assert numbers(titled(found, "执行率得分有出入")) == ("rounding", Decimal(5), Decimal("4.99"), Decimal("0.01"))


def test_a_total_row_of_zeros_above_filled_rows_is_why_the_score_is_zero():
    row = titled(findings("guichi-2022"), "年度资金总额行为零")
    assert numbers(row) == ("differs", Decimal(0), Decimal("10.00"), Decimal("-10.00"))
    assert "89.974 万元" in row["message"]


def test_a_rate_over_the_initial_budget_is_told_apart_from_the_official_one():
    row = titled(findings("honghe-2024"), "分母用了年初预算数")
    assert numbers(row) == ("differs", Decimal("33.98"), Decimal("38.85"), Decimal("-4.87"))


def test_a_difference_in_money_printed_as_a_rate_is_found_in_the_text():
    """金华2021：公开决算中的句式，年初预算和决算两数、所印比率为公开的数。"""
    found = audited("一般公共预算财政拨款支出年初预算为472.90万元，支出决算为500.12万元，完成年初预算的27.22%。\n")
    row = found[found["verdict"] == "differs"].iloc[0]
    assert (row["stated"], row["recomputed"]) == (Decimal("27.22"), Decimal("105.76"))


@pytest.mark.parametrize("form", ["jinzhai-2023", "guangxi-2020"])
def test_a_sound_form_passes(form):
    found = findings(form)
    assert [row["title"] for row in found if row["verdict"] in {"differs", "rounding"}] == []
    assert [row for row in found if row["verdict"] == "agrees"]


def test_the_sums_and_the_rate_of_a_sound_form_are_confirmed():
    found = findings("jinzhai-2023")
    assert numbers(titled(found, "年度资金总额（按支出性质分）全年执行数"))[:3] == ("agrees", Decimal("1688.46"), Decimal("1688.46"))
    assert numbers(titled(found, "执行率复算相符"))[:3] == ("agrees", Decimal("95.85"), Decimal("95.85"))


def test_every_trade_adds_up_and_covering_more_units_than_there_are_is_only_remarked():
    found = findings("guangxi-2020")
    assert [titled(found, f"“{name}”与各行业")["stated"] for name in ("行政处罚", "责令停产停业", "检查单位")] == [
        Decimal(3400),
        Decimal(124),
        Decimal(10573),
    ]
    row = titled(found, "多于“监管单位”")
    assert numbers(row) == ("flag", Decimal(10573), Decimal(10561), Decimal(12))
    assert "100.11%" in row["message"]


def test_two_kinds_of_fines_add_up_in_the_text():
    found = audited("全年罚款13099.92万元，其中监督监察罚款4226.97万元，事故罚款8872.95万元。\n")
    assert list(found[found["family"] == "sum"]["verdict"]) == ["agrees"]


def test_every_published_form_is_looked_at():
    looked_at = set(re.findall(r'"([a-z]+-\d{4})"', Path(__file__).read_text(encoding="utf-8")))
    assert {path.name for path in FORMS.iterdir()} == looked_at


def test_findings_fit_the_schema_of_the_table():
    from selfeval.tables import check_table, make_table

    rows = [row for form in sorted(FORMS.iterdir()) for row in findings(form.name)]
    table = make_table("findings", rows)
    assert isinstance(table, pd.DataFrame)
    check_table("findings", table, "findings.csv")
    assert table["fingerprint"].str.fullmatch("[0-9a-f]{12}").all()
