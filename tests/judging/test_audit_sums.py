"""Totals and parts: along the budget tree, in running text, over trades."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from selfeval.judging.audit import audit
from selfeval.reading.document import Document
from selfeval.reading.statements import Spoken
from selfeval.tables import make_table
from tables_at_hand import audited, lines_of, only

NOTHING = make_table("work_facts", [])
EMPTY = Document("", "report.txt", "txt", "utf-8")
cents = st.integers(min_value=1, max_value=10**8)


def judged(*rows, facts=NOTHING):
    return audit(EMPTY, [], Spoken((), ()), lines_of(*rows), facts)


BASIC = (
    "二、一般公共预算支出情况\n\n（一）基本支出情况\n\n年初预算120.00万元，基本支出决算120.00万元，其中人员经费{}万元，公用经费{}万元。\n"
)


def test_parts_that_fall_short_of_basic_expenditure_differ():
    found = only(audited(BASIC.format("90.50", "24.10")), "sum", "differs")
    assert (found["stated"], found["recomputed"], found["difference"]) == (Decimal("120.00"), Decimal("114.60"), Decimal("5.40"))
    assert (found["severity"], found["title"]) == ("high", "“基本支出”与所列分项之和不符")
    assert "90.50万元" in found["quote"]


@pytest.mark.parametrize(("project", "verdict"), [("216.5", "rounding"), ("216.50", "differs"), ("216.7", "differs")])
def test_amounts_that_are_all_printed_with_one_decimal_were_rounded_to_it(project, verdict):
    text = (
        "一、收支总体情况\n\n部门整体支出全年预算数828.9万元，实际支出801.25万元。\n\n二、基本支出\n\n基本支出全年预算数612.5万元，实际支出"
        f"600.12万元。\n\n三、项目支出\n\n项目支出全年预算数{project}万元，实际支出201.13万元。\n"
    )
    assert only(audited(text), "sum", verdict)["stated"] == Decimal("828.9")


@pytest.mark.xfail(reason="“决算数中，” does not open a list yet: a list it opens is only taken where it comes out")
def test_parts_behind_the_words_of_the_total_fall_short_as_well():
    text = BASIC.replace("基本支出决算120.00万元，其中", "决算120.00万元，决算数中，")
    assert only(audited(text.format("90.50", "24.10")), "sum", "differs")["difference"] == Decimal("5.40")


def test_parts_that_fall_far_short_of_basic_expenditure_are_worth_a_look():
    found = audited(BASIC.format("80.50", "24.10")).query("family == 'sum' and verdict in ('differs', 'suspect')")
    assert [*found["difference"]] == [Decimal("15.40")]


def test_a_total_that_comes_out_once_its_block_is_put_right_is_not_told_as_well():
    found = audited(
        "一、预算执行情况\n\n2031年全年预算885.80万元，全年支出873.12万元，预算执行率98.57%。其中基本支出554.62万元，占支出的68.10%；"
        "项目支出278.50万元，占31.90%。\n"
    ).query("verdict == 'differs'")
    assert [(each.stated, each.recomputed) for each in found.itertuples()] == [(Decimal("554.62"), Decimal("594.62"))]


def test_parts_that_make_up_basic_expenditure_agree():
    assert only(audited(BASIC.format("95.90", "24.10")), "sum")["verdict"] == "agrees"


@pytest.mark.parametrize(("public", "verdict"), [("24.11", "rounding"), ("24.12", "differs"), ("24.09", "rounding"), ("24.08", "differs")])
def test_a_cent_and_a_half_may_be_lost_in_rounding_two_parts(public, verdict):
    found = only(audited(BASIC.format("95.90", public)), "sum")
    assert (found["verdict"], found["tolerance"]) == (verdict, Decimal("0.015"))


def test_dropped_zeros_do_not_widen_the_tolerance():
    found = only(audited(BASIC.format("95.9", "24")), "sum")
    assert (found["verdict"], found["tolerance"]) == ("differs", Decimal("0.015"))


def test_a_total_is_held_to_the_composition_that_closes_in_another_column():
    findings = judged(
        "b01 total all - 整体支出 target=100 actual=190",
        "b02 basic general_public b01 基本支出 target=60 actual=80",
        "b03 project_total general_public b01 项目支出 target=40 actual=50",
        "b04 fund government_fund b01 政府性基金 actual=25",
    )
    found = only(findings, "sum", "differs")
    assert (found["recomputed"], found["difference"]) == (130, 60)
    assert "仍有 35 万元（18.42%）没有着落" in found["message"]
    assert only(findings, "sum", "agrees")["stated"] == 100


def test_a_total_that_counts_the_fund_in_agrees():
    findings = judged(
        "b01 total all - 整体支出 actual=155",
        "b02 basic general_public b01 基本支出 actual=80",
        "b03 project_total general_public b01 项目支出 actual=50",
        "b04 fund government_fund b01 政府性基金 actual=25",
    )
    assert only(findings, "sum")["verdict"] == "agrees"


def test_a_total_is_split_by_source_and_by_nature_separately():
    findings = judged(
        "b01 total all - 整体支出 adjusted=100",
        "b02 item general_public b01 一般公共预算 adjusted=70",
        "b03 fund government_fund b01 政府性基金 adjusted=31",
        "b04 basic all b01 基本支出 adjusted=60",
        "b05 project_total all b01 项目支出 adjusted=40",
    )
    assert only(findings, "sum", "agrees")["recomputed"] == 100
    assert only(findings, "sum", "differs")["recomputed"] == 101


def test_a_wrong_project_total_does_not_break_the_whole():
    findings = judged(
        "b01 total all - 整体支出 initial=100",
        "b02 basic general_public b01 基本支出 initial=60",
        "b03 project_total general_public b01 项目支出 initial=45",
        "b04 project general_public b03 甲 initial=15",
        "b05 project general_public b03 乙 initial=25",
    )
    assert "逐项相加" in only(findings, "sum", "agrees")["title"]


def test_blocks_that_a_slip_keeps_from_the_total_are_those_it_is_held_against():
    findings = judged(
        "b01 total all - 部门整体支出 initial=105 actual=125.02",
        "b02 basic general_public b01 基本支出 initial=60 actual=60",
        "b03 project_total general_public b01 项目支出 initial=45 actual=45.2",
        "b04 fund government_fund - 政府性基金预算 actual=20",
    )
    assert only(findings, "sum", "differs")["difference"] == Decimal("-0.18")


def test_a_total_nobody_wrote_is_added_up_and_what_it_hides_is_said():
    findings = judged(
        "b01 project_total general_public - 项目支出 target=30",
        "b02 project general_public b01 甲 target=10 actual=14",
        "b03 project general_public b01 乙 target=20 actual=15",
    )
    found = only(findings, "sum", "flag")
    assert found["recomputed"] == 29
    assert "超支 4 万元与短支 5 万元相互抵消" in found["message"]


def test_a_total_nobody_wrote_hides_nothing_where_nothing_is_overspent():
    findings = judged(
        "b01 project_total general_public - 项目支出 target=30",
        "b02 project general_public b01 甲 target=10 actual=10",
        "b03 project general_public b01 乙 target=20 actual=15",
    )
    assert "抵消" not in only(findings, "sum", "flag")["message"]


PROJECTS = "三、预算执行情况\n\n（二）项目支出情况\n\n项目支出决算{}万元，其中{}。\n"
NAMES = (
    "堤防维修",
    "水文监测",
    "水库清淤",
    "灌区改造",
    "河道巡查",
    "山洪预警",
    "水质监测",
    "闸门更新",
    "泵站运行",
    "渠道衬砌",
    "节水宣传",
    "水土保持",
)


def test_a_wrong_project_total_is_one_finding():
    found = only(audited(PROJECTS.format("45.00", "堤防维修15.00万元、水文监测25.00万元")), "sum", "differs")
    assert (found["stated"], found["recomputed"], found["severity"]) == (45, 40, "high")


def test_assets_named_as_examples_are_no_full_list():
    text = "四、资产情况\n\n年末固定资产400.00万元，其中车辆130.00万元、设备90.00万元。\n"
    assert audited(text).query("verdict == 'differs'").empty


def test_parts_larger_than_their_whole_differ():
    text = "四、资产情况\n\n年末固定资产400.00万元，其中车辆330.00万元、设备90.00万元。\n"
    assert audited(text).query("verdict == 'differs'").iloc[0]["difference"] == -20


@pytest.mark.parametrize("rest", ["，水库清淤尚未支付", "等"])
def test_parts_of_which_some_are_left_out_may_fall_short(rest):
    assert audited(PROJECTS.format("30.00", f"堤防维修10.40万元、水文监测14.30万元{rest}")).query("verdict == 'differs'").empty


def test_parts_of_which_some_are_left_out_may_fall_short_by_one_digit():
    assert audited(PROJECTS.format("30.00", "堤防维修10.00万元、水文监测15.00万元等")).query("verdict == 'differs'").empty


@given(st.lists(cents, min_size=2, max_size=12))
def test_a_relation_that_holds_never_becomes_a_difference(parts):
    amounts = [Decimal(part).scaleb(-2) for part in parts]
    listed = "、".join(f"{name}{amount}万元" for name, amount in zip(NAMES, amounts, strict=False))
    assert audited(PROJECTS.format(sum(amounts), listed)).query("verdict == 'differs'").empty


# ---- lists in running text ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "sentence",
    [
        "全年发放棉被900床，其中东片350床、西片400床、南片150床。",
        "开展桌面推演6场、实战演练9场，合计15场。",
        "核定编制40名，其中行政编制18名、事业编制22名；年末在职38人。",
        "设卡检查点12处，其中固定8处、流动4处，全年劝返车辆260辆。",
        "三期参训人数分别为120人、95人、88人，共303人。",
        "新修渠道8.4公里，其中混凝土渠5.1公里、土渠3.3公里。",
    ],
)
def test_a_list_that_adds_up_agrees(sentence):
    assert only(audited(sentence), "sum")["verdict"] == "agrees"


@pytest.mark.parametrize(
    ("sentence", "difference"),
    [
        ("全年发放棉被900床，分别为东片350床、西片400床、南片140床。", 10),
        ("全年发放棉被900床，按片区分，东片350床、西片400床、南片160床。", -10),
        ("开展桌面推演6场、实战演练9场，合计16场。", 1),
        ("受理申请230件，其中新办140件、变更60件、其他50件。", -20),
    ],
)
def test_a_list_that_does_not_add_up_differs(sentence, difference):
    found = only(audited(sentence), "sum")
    assert (found["verdict"], found["difference"]) == ("differs", difference)


def test_a_list_that_may_leave_things_out_can_only_be_too_large():
    short, long = (audited(f"全年发放棉被900床，其中东片350床、西片400床、南片{number}床。") for number in (140, 160))
    assert short.query("verdict == 'differs'").empty
    assert (only(long, "part_whole")["verdict"], only(long, "part_whole")["difference"]) == ("differs", -10)


def test_a_list_that_others_close_must_add_up():
    assert only(audited("受理申请230件，其中新办140件、变更60件、其他5件。"), "sum", "differs")["difference"] == 25


def test_kinds_of_people_may_overlap():
    assert audited("现有队员50人，其中党员30人、本科以上学历35人。").query("verdict == 'differs'").empty


def test_a_list_ends_where_the_mark_between_its_items_changes():
    found = only(audited("排查隐患64处，其中甲片40处、乙片24处，另整改上年遗留隐患11处。"), "sum")
    assert (found["verdict"], found["recomputed"]) == ("agrees", 64)


def test_a_lower_bound_among_the_parts_leaves_the_sum_open():
    assert audited("发放棉被900床，分别为东片350床、西片400余床。").query("verdict == 'differs'").empty


@pytest.mark.xfail(reason="a relation with 余 is left out whole, though it can only be exceeded")
def test_a_lower_bound_among_the_parts_makes_an_inequality():
    found = audited("发放棉被900床，分别为东片550床、西片400余床。").query("verdict == 'differs'").iloc[0]
    assert found["difference"] == -50


def test_one_named_part_is_held_to_be_no_larger_than_the_whole():
    assert only(audited("查处问题36个，其中突出问题4个。"), "part_whole")["verdict"] == "agrees"


# ---- the adjusted budget ----------------------------------------------------------------------------------------------------------------


def test_initial_budget_and_addition_make_the_adjusted_budget():
    found = only(audited("三、预算执行情况\n\n年初预算500.00万元，年中追加80.00万元，全年预算580.00万元。\n"), "rate")
    assert found["verdict"] == "agrees"


def test_a_cut_is_taken_off_the_initial_budget():
    found = only(audited("三、预算执行情况\n\n年初预算500.00万元，年中调减80.00万元，全年预算430.00万元。\n"), "rate")
    assert (found["verdict"], found["stated"], found["difference"]) == ("differs", 80, 10)


# ---- trades -----------------------------------------------------------------------------------------------------------------------------

TRADES = (
    "全年检查企业{}家次，立案{}起，罚款30万元。\n\n燃气：检查企业10家次，立案1起，罚款9万元。\n\n"
    "矿山：检查企业20家次，立案2起，罚款10万元。\n\n工贸：检查企业30家次，立案5起，罚款11万元。\n"
)


def test_trades_that_make_up_one_total_must_make_up_the_others():
    findings = audited(TRADES.format(60, 9))
    assert {60, 30} <= set(findings.query("family == 'sum' and verdict == 'agrees'")["stated"])
    found = findings.query("verdict == 'differs'").iloc[0]
    assert (found["stated"], found["recomputed"]) == (9, 8)


def test_trades_that_never_make_up_the_total_are_not_all_trades():
    text = TRADES.replace("罚款30万元", "罚款84万元").format(97, 41)
    assert audited(text).query("verdict == 'differs'").empty


@pytest.mark.xfail(reason="今年以来 is read as another period than the year, and 燃气方面： as a heading instead of a label")
def test_trades_told_since_the_beginning_of_the_year_are_added_up_too():
    text = TRADES.replace("全年", "今年以来，共").replace("：", "方面：").replace("\n\n", "\n")
    assert (audited(text.format(60, 9)).query("verdict == 'differs'")["stated"] == 9).any()


def test_one_name_in_two_budget_books_is_two_lines():
    findings = judged(
        "t01 project_total all - 项目支出 adjusted=70",
        "t02 project general_public t01 河道清淤 adjusted=40 actual=39",
        "t03 project government_fund t01 河道清淤 adjusted=30 actual=29",
    )
    assert only(findings, "sum", "flag")["recomputed"] == 68
