"""Totals and parts: along the budget tree, in running text, over trades."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from selfeval.judging.audit import audit
from selfeval.reading.document import Document
from selfeval.tables import make_table
from tables_at_hand import audited, facts_of, lines_of, only

NOTHING = make_table("work_facts", [])
EMPTY = Document("", "report.txt", "txt", "utf-8")
cents = st.integers(min_value=1, max_value=10**8)


def judged(*rows, facts=NOTHING):
    return audit(EMPTY, [], lines_of(*rows), facts)


def basic(*, personnel, public, stated="120.00"):
    return audited(
        "二、一般公共预算支出情况\n\n（一）基本支出情况\n\n"
        f"年初预算{stated}万元，决算{stated}万元，决算数中，人员经费{personnel}万元，公用经费{public}万元。\n"
    )


def test_parts_that_fall_short_of_basic_expenditure_differ():
    found = only(basic(personnel="90.50", public="24.10"), "sum", "differs")
    assert (found["stated"], found["recomputed"], found["difference"]) == (Decimal("120.00"), Decimal("114.60"), Decimal("5.40"))
    assert found["severity"] == "high"
    assert "90.50万元" in found["quote"]


def test_parts_that_make_up_basic_expenditure_agree():
    assert only(basic(personnel="95.90", public="24.10"), "sum")["verdict"] == "agrees"


@pytest.mark.parametrize(("public", "verdict"), [("24.11", "rounding"), ("24.12", "differs"), ("24.09", "rounding"), ("24.08", "differs")])
def test_a_cent_and_a_half_may_be_lost_in_rounding_two_parts(public, verdict):
    found = only(basic(personnel="95.90", public=public), "sum")
    assert (found["verdict"], found["tolerance"]) == (verdict, Decimal("0.015"))


def test_dropped_zeros_do_not_widen_the_tolerance():
    found = only(basic(personnel="95.9", public="24", stated="120.00"), "sum")
    assert found["tolerance"] == Decimal("0.015")


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


def test_a_wrong_project_total_is_one_finding_and_does_not_break_the_whole():
    findings = judged(
        "b01 total all - 整体支出 initial=100",
        "b02 basic general_public b01 基本支出 initial=60",
        "b03 project_total general_public b01 项目支出 initial=45",
        "b04 project general_public b03 甲 initial=15",
        "b05 project general_public b03 乙 initial=25",
    )
    found = only(findings, "sum", "differs")
    assert (found["stated"], found["recomputed"]) == (45, 40)
    assert "逐项相加" in only(findings, "sum", "agrees")["title"]


def test_a_total_nobody_wrote_is_added_up_and_what_it_hides_is_said():
    findings = judged(
        "b01 project_total general_public - 项目支出 target=30",
        "b02 project general_public b01 甲 target=10 actual=14",
        "b03 project general_public b01 乙 target=20 actual=15",
    )
    found = only(findings, "sum", "flag")
    assert found["recomputed"] == 29
    assert "超支 4 万元与短支 5 万元相互抵消" in found["message"]


def test_assets_named_as_examples_are_no_full_list():
    findings = judged(
        "b01 item assets - 固定资产 actual=400",
        "b02 item assets b01 车辆 actual=130",
        "b03 item assets b01 设备 actual=90",
    )
    assert only(findings, "sum")["verdict"] == "not_checkable"


def test_parts_larger_than_their_whole_always_differ():
    findings = judged(
        "b01 item assets - 固定资产 actual=400",
        "b02 item assets b01 车辆 actual=330",
        "b03 item assets b01 设备 actual=90",
    )
    assert only(findings, "sum")["difference"] == -20


def test_a_silent_part_makes_a_shortfall_uncheckable():
    findings = judged(
        "b01 project_total general_public - 项目支出 actual=30",
        "b02 project general_public b01 甲 actual=10",
        "b03 project general_public b01 乙 actual=15",
        "b04 project general_public b01 丙 target=5",
    )
    assert only(findings, "sum")["verdict"] == "not_checkable"


@given(st.lists(cents, min_size=2, max_size=12))
def test_a_relation_that_holds_never_becomes_a_difference(parts):
    rows = [f"b{n:02d} project general_public b01 项目{n} actual={Decimal(part).scaleb(-2)}" for n, part in enumerate(parts, start=2)]
    findings = judged(f"b01 project_total general_public - 项目支出 actual={Decimal(sum(parts)).scaleb(-2)}", *rows)
    assert only(findings, "sum")["verdict"] == "agrees"


@given(st.lists(cents, min_size=2, max_size=12), st.integers(min_value=1, max_value=10**6), st.integers(min_value=2, max_value=100))
def test_scaling_all_amounts_scales_the_gap(parts, gap, factor):
    def difference(times):
        amounts = [Decimal(part * times).scaleb(-2) for part in parts]
        rows = [f"b{n:02d} project general_public b01 项目{n} actual={part}" for n, part in enumerate(amounts, start=2)]
        whole = sum(amounts) + Decimal(gap * times).scaleb(-2)
        return only(judged(f"b01 project_total general_public - 项目支出 actual={whole}", *rows), "sum")["difference"]

    assert difference(factor) == difference(1) * factor


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
        ("全年发放棉被900床，其中东片350床、西片400床、南片140床。", 10),
        ("全年发放棉被900床，其中东片350床、西片400床、南片160床。", -10),
        ("开展桌面推演6场、实战演练9场，合计16场。", 1),
        ("受理申请230件，其中新办140件、变更60件、其他5件。", 25),
    ],
)
def test_a_list_that_does_not_add_up_differs(sentence, difference):
    found = only(audited(sentence), "sum")
    assert (found["verdict"], found["difference"]) == ("differs", difference)


def test_a_list_that_leaves_most_open_names_only_some():
    assert only(audited("全年发放棉被900床，其中东片120床、西片100床。"), "sum")["verdict"] == "not_checkable"


def test_kinds_of_people_may_overlap():
    assert only(audited("现有队员50人，其中党员30人、本科以上学历35人。"), "sum")["verdict"] == "not_checkable"


def test_a_list_ends_where_the_mark_between_its_items_changes():
    found = only(audited("排查隐患64处，其中甲片40处、乙片24处，另整改上年遗留隐患11处。"), "sum")
    assert (found["verdict"], found["recomputed"]) == ("agrees", 64)


def test_a_lower_bound_among_the_parts_makes_an_inequality():
    assert only(audited("发放棉被900床，其中东片350床、西片400余床。"), "sum")["verdict"] == "not_checkable"
    found = only(audited("发放棉被900床，其中东片550床、西片400余床。"), "sum")
    assert (found["verdict"], found["difference"]) == ("differs", -50)


def test_one_named_part_is_held_to_be_no_larger_than_the_whole():
    assert only(audited("查处问题36个，其中突出问题4个。"), "part_whole")["verdict"] == "agrees"


# ---- identities -------------------------------------------------------------------------------------------------------------------------


def test_initial_budget_and_addition_make_the_adjusted_budget():
    found = only(audited("三、预算执行情况\n\n年初预算500.00万元，年中追加80.00万元，全年预算580.00万元。\n"), "sum")
    assert found["verdict"] == "agrees"


def test_a_cut_is_taken_off_the_initial_budget():
    found = only(audited("三、预算执行情况\n\n年初预算500.00万元，年中调减80.00万元，全年预算430.00万元。\n"), "sum")
    assert (found["verdict"], found["recomputed"], found["difference"]) == ("differs", 420, 10)


# ---- trades -----------------------------------------------------------------------------------------------------------------------------


def over_trades(*rows):
    return judged("b01 total all - 整体支出 actual=1", facts=facts_of(*rows))


def test_trades_that_make_up_one_total_must_make_up_the_others():
    findings = over_trades(
        *("city visits 60 家次", "gas visits 10 家次", "mines visits 20 家次", "industry visits 30 家次"),
        *("city cases_filed 9 起", "gas cases_filed 1 起", "mines cases_filed 2 起", "industry cases_filed 5 起"),
    )
    assert only(findings, "trades", "agrees")["stated"] == 60
    assert only(findings, "trades", "differs")["difference"] == 1


def test_trades_that_never_make_up_the_total_are_not_all_trades():
    findings = over_trades("city visits 90 家次", "gas visits 10 家次", "mines visits 20 家次", "industry visits 30 家次")
    found = only(findings, "trades")
    assert (found["verdict"], found["difference"]) == ("not_checkable", 30)


def test_a_lower_bound_among_the_trades_contradicts_only_a_smaller_total():
    rows = ("city visits 60 家次", "gas visits 10 家次", "mines visits 20 家次", "industry visits 30 家次")
    agreeing = over_trades(*rows, "city fines 30 万元", "gas fines 9 万元", "mines fines 10 万元 over", "industry fines 11 万元")
    assert set(agreeing[agreeing["family"] == "trades"]["verdict"]) == {"agrees", "not_checkable"}
    against = over_trades(*rows, "city fines 30 万元", "gas fines 9 万元", "mines fines 15 万元 over", "industry fines 11 万元")
    assert only(against, "trades", "differs")["recomputed"] == 35


def test_one_name_in_two_budget_books_is_two_lines():
    findings = judged(
        "t01 project_total all - 项目支出 adjusted=70 actual=68",
        "t02 project general_public t01 河道清淤 adjusted=40 actual=39",
        "t03 project government_fund t01 河道清淤 adjusted=30 actual=29",
    )
    found = only(findings[findings["family"] == "sum"].query("recomputed == 68"), "sum")
    assert found["verdict"] == "agrees"
