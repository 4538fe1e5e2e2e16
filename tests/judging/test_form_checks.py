"""Forms against themselves and one another. Every body, project and number here is invented."""

from __future__ import annotations

from decimal import Decimal

import pytest

from selfeval.judging.form_checks import check_forms
from selfeval.records.entry_tables import tables_of
from selfeval.tables import make_table
from sheets_in_csv import entries_from
from tables_at_hand import lines_of

BUDGET = "预算类别,支出性质,项目名称,资金来源,年初预算数,全年预算数,全年执行数,偏差原因"
BASE = "类别,项目,单位,上年决算数,本年预算数,本年决算数"
MARKS = "项目,一级指标,二级指标,三级指标,指标性质,年度指标值,实际完成值,度量单位,分值,自评得分,是否考核,偏差原因分析及改进措施"


def checked(budget: str = "", base: str = "", marks: str = "", scores=None) -> list[dict]:
    texts = {"预算执行": f"{BUDGET}\n{budget}", "基础数据": f"{BASE}\n{base}", "绩效指标": f"{MARKS}\n{marks}"}
    tables = tables_of(entries_from({title: text for title, text in texts.items() if "\n" in text.strip()}))
    return check_forms(tables["budget_lines"], tables["indicators"], tables["base_data"], scores, tables["work_facts"])


def of(found: list[dict], words: str, verdict: str = "") -> dict:
    chosen = [row for row in found if words in row["title"] and verdict in {"", row["verdict"]}]
    assert len(chosen) == 1, [(row["title"], row["verdict"]) for row in found]
    return chosen[0]


def none_of(found: list[dict], words: str) -> bool:
    return not [row for row in found if words in row["title"]]


# ---- sums -------------------------------------------------------------------------------------------------------------------------------

TWO_PROJECTS = "一般公共预算,项目支出,甲项目,,10,10,9.5,\n一般公共预算,项目支出,乙项目,,20,20,20,\n"


def test_a_stated_project_total_off_by_more_than_rounding_differs():
    row = of(checked(TWO_PROJECTS + "一般公共预算,项目支出合计,,,30,30,29.6,"), "项目支出全年执行数与各行之和不符")
    assert (row["stated"], row["recomputed"], row["difference"]) == (Decimal("29.6"), Decimal("29.5"), Decimal("0.1"))


def test_a_stated_project_total_within_the_rounding_of_its_rows_is_rounding():
    row = of(checked(TWO_PROJECTS + "一般公共预算,项目支出合计,,,30,30,29.51,"), "项目支出全年执行数与各行有尾差")
    assert row["tolerance"] == Decimal("0.015")


def test_the_figures_of_a_sum_are_those_of_its_cells_the_total_first():
    row = of(checked(TWO_PROJECTS + "一般公共预算,项目支出合计,,,30,30,29.6,"), "项目支出全年执行数")
    assert len(row["figures"].split()) == 3
    assert "D4" not in row["quote"]
    assert "第 4 行" in row["quote"]


def test_a_total_nobody_states_is_no_finding():
    assert none_of(checked(TWO_PROJECTS), "与各行")


def test_a_total_above_its_rows_cannot_be_told_while_a_row_is_blank():
    row = of(
        checked("一般公共预算,项目支出,甲项目,,10,,,\n" + "一般公共预算,项目支出,乙项目,,,20,,\n" + "一般公共预算,项目支出合计,,,30,30,,"),
        "年初预算数",
    )
    assert row["verdict"] == "not_checkable"
    assert "乙项目没有填数" in row["message"]


def test_a_total_below_its_rows_is_wrong_even_while_a_row_is_blank():
    row = of(
        checked("一般公共预算,项目支出,甲项目,,40,,,\n一般公共预算,项目支出,乙项目,,,20,,\n一般公共预算,项目支出合计,,,30,30,,"),
        "年初预算数",
    )
    assert row["verdict"] == "differs"


def test_the_sources_of_a_project_add_up_to_its_total():
    project = "一般公共预算,项目支出,甲项目"
    rows = f"{project},年度资金总额,10,10,9,\n{project},当年财政拨款,8,8,7.5,\n{project},上年结转资金,2,2,1,"
    found = checked(rows)
    assert of(found, "“甲项目”年度资金总额全年预算数")["verdict"] == "agrees"
    assert of(found, "“甲项目”年度资金总额全年执行数")["difference"] == Decimal("0.5")


def test_the_split_by_book_and_that_by_nature_both_make_the_stated_total():
    rows = (
        "全部预算,合计,,,30,30,30,\n一般公共预算,合计,,,20,20,20,\n政府性基金预算,合计,,,10,10,9,\n"
        "一般公共预算,基本支出,人员经费,,20,20,20,\n政府性基金预算,项目支出,甲项目,,10,10,10,"
    )
    found = checked(rows)
    assert of(found, "按收入性质分）全年预算数")["verdict"] == of(found, "按支出性质分）全年执行数")["verdict"] == "agrees"
    assert of(found, "按收入性质分）全年执行数")["difference"] == Decimal(1)
    assert of(found, "政府性基金预算合计全年执行数")["difference"] == Decimal(-1)


def test_without_a_stated_total_the_two_splits_are_held_against_each_other():
    rows = (
        "一般公共预算,合计,,,20,20,20,\n政府性基金预算,合计,,,10,10,10,\n"
        "一般公共预算,基本支出,人员经费,,20,20,20,\n政府性基金预算,项目支出,甲项目,,10,11,10,"
    )
    found = checked(rows)
    assert of(found, "年初预算数按收入性质分")["verdict"] == "agrees"
    assert of(found, "全年预算数按收入性质分与按支出性质分不符")["difference"] == Decimal(-1)


def test_the_three_public_expenses_add_up_in_each_column():
    rows = (
        "三公经费,三公经费合计,万元,9,8,7\n三公经费,公务用车购置和维护经费,万元,6,6,5\n"
        "三公经费,因公出国（境）费,万元,0,0,0\n三公经费,公务接待费,万元,3,2,1\n"
        "三公经费,其中：公务用车购置费,万元,0,0,0\n三公经费,其中：公务用车运行维护费,万元,6,5,5\n"
    )
    found = checked(base=rows)
    assert of(found, "三公经费合计本年决算数")["difference"] == Decimal(1)
    assert of(found, "公务用车购置和维护经费本年预算数")["difference"] == Decimal(1)
    assert of(found, "三公经费合计上年决算数")["verdict"] == "agrees"


def test_a_part_larger_than_its_whole_differs():
    found = checked(base="固定资产,固定资产总额,万元,,,100\n固定资产,其中：在用固定资产,万元,,,120\n")
    assert of(found, "固定资产总额")["difference"] == Decimal(20)


def test_more_done_than_planned_is_a_remark_on_the_way_of_counting():
    row = of(checked(base="履职完成,计划工作数,项,,,40\n履职完成,实际完成工作数,项,,,44\n"), "完成数大于")
    assert (row["verdict"], "110.00%" in row["message"]) == ("flag", True)


def test_a_project_with_two_amounts_in_two_sheets_differs():
    found = checked(TWO_PROJECTS, "项目支出,甲项目,万元,8,10,9.9\n")
    row = of(found, "“甲项目”在基础数据表")
    assert (row["stated"], row["recomputed"]) == (Decimal("9.9"), Decimal("9.5"))


def test_rows_read_from_a_text_are_left_to_the_audit_of_the_text():
    lines = lines_of(
        "b01 project_total general_public - 项目支出 adjusted=30 actual=99",
        "b02 project general_public b01 甲 adjusted=10 actual=10",
        "b03 project general_public b01 乙 adjusted=20 actual=40",
    )
    lines["actual_figure"] = ["f1", "f2", "f3"]
    assert check_forms(lines) == []


# ---- rates and scores -------------------------------------------------------------------------------------------------------------------


def rated(rate: str, score: str, actual: str = "9.985", weight: str = "10") -> list[dict]:
    marks = f"甲项目,预算执行率,,,,,{rate},%,{weight},{score},,"
    return checked(f"一般公共预算,项目支出,甲项目,,12,10,{actual},有说明", marks=marks)


@pytest.mark.parametrize(
    ("rate", "verdict", "title"),
    [
        ("99.85", "agrees", "复算相符"),
        ("99.9", "rounding", "取整"),
        ("100", "rounding", "取整"),
        ("99.8", "differs", "截尾"),
        ("99", "differs", "截尾"),
        ("83.21", "differs", "分母用了年初预算数"),
        ("98.5", "differs", "与复算结果不符"),
    ],
)
def test_a_rate_is_right_coarse_cut_off_of_another_basis_or_wrong(rate, verdict, title):
    row = of([row for row in rated(rate, "") if "截尾" in row["title"] or "执行率" in row["title"]], "甲项目执行率")
    assert (row["verdict"], title in row["title"]) == (verdict, True)
    assert row["recomputed"] == Decimal("99.85")


@pytest.mark.parametrize(
    ("score", "verdict", "title"),
    [
        ("9.99", "agrees", "相符"),
        ("10", "rounding", "写成满分"),
        ("9.9", "rounding", "有出入"),
        ("9.8", "differs", "不符"),
        ("12", "differs", "不符"),
    ],
)
def test_a_score_is_right_within_a_tenth_or_wrong(score, verdict, title):
    row = of(rated("99.85", score), "得分")
    assert (row["verdict"], title in row["title"], row["recomputed"]) == (verdict, True, Decimal("9.99"))


def test_spending_beyond_the_budget_scores_full_marks_and_is_remarked():
    found = rated("101", "10", actual="10.1")
    assert of(found, "得分")["verdict"] == "agrees"
    assert of(found, "执行数大于全年预算数")["verdict"] == "flag"


def test_the_weight_stated_for_execution_is_the_one_that_counts():
    assert of(rated("99.85", "19.97", weight="20"), "得分")["verdict"] == "agrees"


def test_the_body_as_a_whole_is_rated_by_basic_and_project_expenditure_where_no_total_is_stated():
    rows = "一般公共预算,基本支出,人员经费,,50,50,50,\n一般公共预算,项目支出,甲项目,,50,50,40,有说明\n"
    found = checked(rows, marks=",预算执行率,,,,,90,%,10,9,,")
    assert of(found, "部门整体支出执行率")["verdict"] == of(found, "部门整体支出预算执行率得分")["verdict"] == "agrees"


def test_nothing_is_said_of_a_rate_without_a_budget():
    assert none_of(checked("一般公共预算,项目支出,甲项目,,,,5,", marks="甲项目,预算执行率,,,,,90,%,10,9,,"), "执行率")


# ---- marks ------------------------------------------------------------------------------------------------------------------------------

FULL = (
    ",产出指标,数量指标,检查家次,≥,100,120,家次,50,50,,\n,效益指标,社会效益指标,事故起数,≤,5,4,起,30,30,,\n"
    ",满意度指标,服务对象满意度指标,群众满意度,≥,90,95,%,10,10,,\n"
)


def test_weights_that_make_ninety_without_execution_and_a_hundred_with_it_agree():
    assert of(checked(marks=FULL), "分值合计90分")["verdict"] == "agrees"
    assert of(checked(marks=FULL + ",预算执行率,,,,,,,10,9.5,,"), "分值合计100分")["verdict"] == "agrees"


def test_indicators_of_a_hundred_points_without_a_row_for_execution_leave_no_room_for_it():
    row = of(checked(marks=FULL.replace(",50,50,", ",60,50,")), "分值合计不是90分")
    assert "共 110 分" in row["message"]


def test_weights_that_fall_short_cannot_be_told_while_one_is_blank():
    assert of(checked(marks=FULL.replace("%,10,10", "%,,10")), "没有分值")["verdict"] == "not_checkable"


def test_weights_of_a_level_that_are_not_the_uniform_ones_are_remarked():
    row = of(checked(marks=FULL.replace("家次,50,50", "家次,40,40").replace("%,10,10", "%,20,20")), "“产出指标”分值与统一设置不同")
    assert (row["verdict"], row["stated"], row["recomputed"]) == ("flag", Decimal(40), Decimal(50))


def test_a_score_above_its_weight_differs():
    assert of(checked(marks=FULL.replace("%,10,10", "%,10,11")), "“群众满意度”得分超过分值")["difference"] == Decimal(1)


def test_a_total_is_the_sum_of_all_scores_and_execution():
    right = FULL + ",预算执行率,,,,,,,10,9,,\n,总分,,,,,,,100,99,,"
    assert of(checked(marks=right), "总分")["verdict"] == "agrees"
    assert of(checked(marks=right.replace("100,99", "100,95")), "总分")["difference"] == Decimal(-4)


def test_a_total_of_fewer_scores_than_indicators_cannot_be_told():
    marks = FULL.replace("%,10,10", "%,10,") + ",预算执行率,,,,,,,10,9,,\n,总分,,,,,,,100,99,,"
    row = of(checked(marks=marks), "总分无法核对")
    assert "群众满意度没有填得分" in row["message"]


def test_where_an_indicator_is_left_out_the_others_are_carried_up_to_a_hundred():
    marks = FULL.replace("%,10,10,,", "%,10,,否,") + ",预算执行率,,,,,,,10,9,,\n,总分,,,,,,,100,98.89,,"
    assert of(checked(marks=marks), "总分")["recomputed"] == Decimal("98.89")


def test_a_score_is_held_against_the_one_the_rule_set_gives():
    scores = make_table(
        "scores",
        [
            {
                "score_id": "s1",
                "scope": "",
                "part": "indicator",
                "level1": "output",
                "level2": "quantity",
                "name": "检查家次",
                "points": Decimal("41.67"),
                "formula": "实际完成值 ÷ 年度指标值 × 分值",
                "status": "computed",
            }
        ],
    )
    row = of(checked(marks=",产出指标,数量指标,检查家次,≥,120,100,家次,50,45,,有说明", scores=scores), "“检查家次”得分与完成情况不符")
    assert (row["stated"], row["recomputed"], row["difference"]) == (Decimal(45), Decimal("41.67"), Decimal("3.33"))


def test_indicators_of_a_project_the_budget_does_not_know_are_remarked():
    assert of(checked(TWO_PROJECTS, marks="丙项目,产出指标,数量指标,检查,≥,1,1,次,90,90,,"), "“丙项目”不在预算执行表")["verdict"] == "flag"


def test_blanks_and_kinds_of_brackets_do_not_part_one_project_into_two():
    found = checked("一般公共预算,项目支出,甲项目（一期）,,12,10,9.985,有说明", marks="甲项目 (一期),预算执行率,,,,,99.85,%,10,9.99,,")
    assert of(found, "甲项目（一期）执行率复算相符")
    assert none_of(found, "不在预算执行表")


# ---- reasons ----------------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("actual", "flagged"), [("9", False), ("8.99", True), ("11", False), ("11.01", True)])
def test_spending_off_its_budget_by_more_than_a_tenth_wants_a_reason(actual, flagged):
    assert none_of(checked(f"一般公共预算,项目支出,甲项目,,10,10,{actual},"), "没有填偏差原因") is not flagged


def test_spending_with_a_reason_is_not_asked_for_one():
    assert none_of(checked("一般公共预算,项目支出,甲项目,,10,10,5,招标推迟"), "没有填偏差原因")


@pytest.mark.parametrize(("actual", "missed"), [("0", False), ("3", True)])
def test_where_there_is_to_be_none_of_it_any_wants_a_reason(actual, missed):
    found = checked(marks=f",产出指标,质量指标,责任事故,=,0,{actual},起,10,,,\n")
    assert none_of(found, "责任事故") is not missed


@pytest.mark.parametrize(("actual", "title"), [("99", "没有达到指标值"), ("100", ""), ("129.99", ""), ("130", "完成指标值的130.00%")])
def test_a_result_short_of_its_target_or_far_beyond_it_wants_a_reason(actual, title):
    found = [row for row in checked(marks=f",产出指标,数量指标,检查家次,≥,100,{actual},家次,90,,,") if "“检查家次”" in row["title"]]
    assert [title in row["title"] for row in found] == ([True] if title else [])


def test_fewer_than_allowed_is_no_over_fulfilment():
    assert none_of(checked(marks=",效益指标,社会效益指标,事故起数,≤,5,0,起,90,,,"), "事故起数")


def test_a_rate_of_coverage_above_a_hundred_is_a_question_of_counting():
    assert of(checked(marks=",产出指标,质量指标,检查覆盖率,≥,95,103,%,90,,,"), "“检查覆盖率”超过100%")["verdict"] == "flag"


def test_a_finding_keeps_its_fingerprint_when_numbers_change():
    first = of(checked(TWO_PROJECTS + "一般公共预算,项目支出合计,,,30,30,29.6,"), "项目支出全年执行数")
    second = of(checked(TWO_PROJECTS + "一般公共预算,项目支出合计,,,30,30,28.1,"), "项目支出全年执行数")
    assert first["fingerprint"] == second["fingerprint"]
    assert (
        first["fingerprint"] != of(checked(TWO_PROJECTS + "一般公共预算,项目支出合计,,,30,30,28.1,"), "项目支出年初预算数")["fingerprint"]
    )


# ---- warning lights ---------------------------------------------------------------------------------------------------------------------

PROJECT = "一般公共预算,项目支出,甲项目,,100,100,{spent},招标推迟"
PROJECT_MARKS = (
    "甲项目,产出指标,数量指标,完成处数,≥,5,5,处,50,,,\n甲项目,效益指标,社会效益指标,受益户数,≥,5,5,户,30,,,\n"
    "甲项目,满意度指标,服务对象满意度指标,满意度,≥,90,95,%,10,,,\n"
)


@pytest.mark.parametrize(("spent", "lit"), [("94.9", True), ("95", False)])
def test_indicators_far_better_than_the_money_light_a_red_light(spent, lit):
    found = [row for row in checked(PROJECT.format(spent=spent), marks=PROJECT_MARKS) if row["family"] == "LIGHT"]
    assert [("甲项目" in row["title"], row["verdict"], row["severity"]) for row in found] == ([(True, "flag", "medium")] if lit else [])


def test_much_of_a_budget_left_unspent_lights_a_yellow_light_on_the_body_and_the_project():
    found = [row for row in checked(PROJECT.format(spent="79"), marks=PROJECT_MARKS) if "没有执行" in row["title"]]
    assert [(row["title"][:4], row["severity"]) for row in found] == [("部门整体", "low"), ("甲项目全", "low")]
    assert all(row["figures"] for row in found)


def test_the_rule_set_decides_what_a_score_should_have_been():
    marks = ",效益指标,社会效益指标,事故起数,≤,10,15,起,90,60,,有说明"
    assert of(checked(marks=marks), "“事故起数”得分相符")["recomputed"] == Decimal(60)
