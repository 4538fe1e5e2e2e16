"""Numbers of things against the things listed, states that must close, and what is said twice."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from selfeval.judging.report.finding import wording
from selfeval.knowledge import load
from selfeval.tables import check_table
from tables_at_hand import audited, only

ROOMS = ("办公室", "法规科", "防汛科（加挂值班室和调度室牌子）", "财务科", "人事和教育科", "水政科")


@pytest.mark.parametrize("lead", ["个科室：", "个科室，分别为", "个科室，分别是", "个科室，即"])
def test_a_number_of_offices_is_held_against_their_names(lead):
    found = only(audited(f"局机关内设6{lead}{'、'.join(ROOMS)}。"), "count")
    assert (found["verdict"], found["recomputed"]) == ("agrees", 6)


def test_a_missing_name_is_noticed():
    found = only(
        audited(f"局机关内设6个科室：{'、'.join(ROOMS[:5])}；下设3个二级机构：甲水库管理所、乙灌区管理所、丙水文站。"), "count", "differs"
    )
    assert (found["stated"], found["recomputed"], found["difference"]) == (6, 5, 1)


def test_the_last_two_names_may_be_joined_by_and():
    assert only(audited("所属单位3家，分别是河道管理站、灌溉试验站和机电排灌站。"), "count")["verdict"] == "agrees"


def test_a_colon_before_sentences_lists_no_names():
    assert audited("存在2个问题：一是投入不足，欠账较多；二是人手紧张。").empty


def test_a_number_of_times_is_held_against_the_dates_in_brackets():
    found = only(audited("全年启动应急响应4次（4月2日、5月19日、6月30日），均妥善处置。"), "count")
    assert (found["verdict"], found["difference"]) == ("differs", 1)


@pytest.mark.parametrize(
    ("dates", "verdicts"),
    [
        ("分别在2月3日、5月9日、8月1日", ["agrees"]),
        ("分别为2月3日、5月9日、8月1日和11月6日", ["differs"]),
        ("召开日期为2月3日、5月9日", ["differs"]),
        ("分别于2月3日、5月9日等", []),
        ("分别在2月3日至5日、5月9日至10日", []),
    ],
)
def test_a_number_of_times_is_held_against_the_dates_told_behind_it(dates, verdicts):
    found = audited(f"全年召开调度会3次，{dates}，形成纪要。\n").query("family == 'count'")
    assert list(found["verdict"]) == verdicts


def test_disasters_are_held_against_the_events_named():
    text = "全年共发生“3.11”风雹灾害、“5.06”、“6.20”、“7.14”洪涝灾害等{}自然灾害，受灾人口3100人。"
    assert only(audited(text.format("四次")), "count")["verdict"] == "agrees"
    assert only(audited(text.format("五次")), "count")["difference"] == 1


HEAD = "二、一般公共预算支出情况\n\n（二）项目支出情况\n\n"
TWO = "堤防维修绩效目标20.00万元，实际支出20.00万元。水文监测绩效目标8.00万元，实际支出8.00万元。\n"


@pytest.mark.parametrize(("number", "verdict"), [("2个", "agrees"), ("两个", "agrees"), ("3个", "differs")])
def test_a_number_of_projects_is_held_against_those_listed(number, verdict):
    assert only(audited(f"{HEAD}本单位共有{number}项目支出，绩效目标合计28.00万元，其中{TWO}"), "count")["verdict"] == verdict


@pytest.mark.parametrize("words", ["审计抽查了3个项目", "3个项目列入市级台账"])
def test_a_number_of_projects_that_no_word_says_is_of_all_is_left_alone(words):
    text = f"{HEAD}{words}。项目支出绩效目标28.00万元，实际支出28.00万元，其中{TWO}"
    assert audited(text).query("family == 'count'").empty


@pytest.mark.parametrize(
    "text", ["制定《甲办法》《乙办法》《丙办法》5项制度。", "开展“春雷”（3月5日）、“夏安”（6月1日）、“秋防”（9月10日）5次专项行动。"]
)
def test_names_in_quotation_marks_are_counted_before_their_number(text):
    found = only(audited(text), "count")
    assert (found["verdict"], found["stated"], found["recomputed"]) == ("differs", 5, 3)


def test_names_in_quotation_marks_that_are_some_of_them_are_left_alone():
    assert audited("制定《甲办法》《乙办法》等5项制度。").query("family == 'count'").empty


@pytest.mark.parametrize("some", ["其中1个项目超支。", "年中对进度落后的3个项目发函催办。"])
def test_some_of_the_projects_are_not_all(some):
    assert "count" not in set(audited(f"{HEAD}{some}{TWO}")["family"])


# ---- states -----------------------------------------------------------------------------------------------------------------------------


def test_hazards_nobody_accounts_for_are_a_difference():
    found = only(audited("矿山方面，共发现隐患80条，已整改60条，正在整改12条。"), "closure")
    assert (found["verdict"], found["severity"], found["difference"]) == ("differs", "high", 8)
    assert found["title"] == "“矿山隐患”与处理情况不闭合"


def test_hazards_that_close_agree():
    findings = audited("矿山方面，共发现隐患80条，已整改60条，正在整改12条，未整改8条。")
    assert only(findings, "closure")["verdict"] == "agrees"


def test_hazards_of_which_only_those_done_are_told_may_be_more():
    findings = audited("矿山方面，共发现隐患80条，已整改60条。")
    assert only(findings, "part_whole")["verdict"] == "agrees"
    assert findings.query("verdict == 'differs'").empty


def test_more_done_than_found_is_a_difference():
    assert not audited("矿山方面，共发现隐患80条，已整改90条，正在整改4条。").query("verdict == 'differs'").empty


def test_found_over_a_number_is_no_number_to_close():
    assert audited("矿山方面，共发现隐患80余条，已整改75条，正在整改12条。").query("verdict == 'differs'").empty


@pytest.mark.xfail(reason="a relation with 余 is left out whole: at least 80 found, and 72 accounted for")
def test_found_over_a_number_closes_only_from_above():
    found = audited("矿山方面，共发现隐患80余条，已整改60条，正在整改12条。").query("verdict == 'differs'").iloc[0]
    assert found["difference"] == 8


@given(st.integers(min_value=1, max_value=9999), st.integers(min_value=1, max_value=9999), st.integers(min_value=1, max_value=9999))
def test_the_gap_in_the_states_is_told_exactly(done, under_way, gap):
    text = f"矿山方面，共发现隐患{done + under_way + gap}条，已整改{done}条，正在整改{under_way}条。"
    for found in audited(text).query("verdict == 'differs'").itertuples():
        assert found.difference == gap


# ---- twice ------------------------------------------------------------------------------------------------------------------------------


def test_a_yearly_total_said_twice_must_be_the_same():
    text = "矿山方面，检查{}家次，立案5起。\n\n矿山方面，全年检查{}家次，全部录入系统。\n"
    assert only(audited(text.format(143, 143)), "repeat")["verdict"] == "agrees"
    found = only(audited(text.format(143, 134)), "repeat")
    assert (found["verdict"], found["stated"], found["difference"]) == ("differs", 134, -9)


TARGETS = "二、绩效目标\n\n本单位共有2个项目支出，总计绩效目标28.00万元，其中堤防维修绩效目标{}万元，水文监测绩效目标8.00万元。\n\n"


def test_a_target_that_changed_between_two_places_is_one_difference():
    found = audited(TARGETS.format("26.00") + HEAD + TWO).query("verdict == 'differs'").iloc[0]
    assert abs(found["difference"]) == Decimal("6.00")
    assert "26.00万元→20.00万元" in found["message"]


NOT_TOLD_TO_BE_ONE = pytest.mark.xfail(reason="the project of the first list and that of the second are not told to be the same")


@pytest.mark.parametrize("printed", [pytest.param("20.0053", marks=NOT_TOLD_TO_BE_ONE), "20.02", "20.1"])
def test_an_amount_said_twice_is_judged_by_the_steps_both_are_printed_in(printed):
    assert not audited(TARGETS.format(printed) + HEAD + TWO).query("verdict == 'differs'").empty


@pytest.mark.parametrize("printed", ["20.00", "20", "20.0013"])
def test_an_amount_said_twice_within_rounding_is_no_difference(printed):
    assert audited(TARGETS.format(printed) + HEAD + TWO).query("verdict == 'differs'").empty


@pytest.mark.parametrize(("again", "verdict"), [("9628.22", "agrees"), ("9628.23", "differs")])
def test_a_measure_said_twice_is_judged_by_the_steps_both_are_printed_in(again, verdict):
    text = f"全年收缴水资源费9628.221344万元，入库及时。\n\n全年收缴水资源费{again}万元。\n"
    assert only(audited(text), "repeat")["verdict"] == verdict


# ---- the table --------------------------------------------------------------------------------------------------------------------------


def test_remarks_of_the_source_card_are_flagged():
    found = only(audited("全年平安。", remarks=("没有来源卡片",)), "source")
    assert (found["verdict"], found["message"]) == ("flag", "没有来源卡片")


def test_findings_stand_in_order_of_weight_and_are_numbered():
    findings = audited("矿山方面，共发现隐患80条，已整改60条，正在整改12条。\n\n设3个站：甲站、乙站。\n\n发放棉被9床，其中甲4床、乙5床。\n")
    order = ["high", "medium", "low", "info"]
    ranks = [order.index(severity) for severity in findings["severity"]]
    assert ranks == sorted(ranks)
    assert list(findings["finding_id"]) == [f"c{number:03d}" for number in range(1, len(findings) + 1)]


def test_every_quote_stands_in_the_text_on_its_line(report_text):
    findings = audited(report_text)
    check_table("findings", findings, "test")
    lines = report_text.split("\n")
    for finding in findings.itertuples():
        assert finding.quote in report_text
        assert finding.quote.split("\n")[0] in lines[finding.line - 1]


@given(st.text(alphabet="一二三万元条起%其中共、，。（）：0123456789.余率整改隐患决算预算年初执行\n", max_size=120))
def test_no_text_stops_the_audit(text):
    check_table("findings", audited(text), "test")


def test_every_finding_has_a_family_with_a_name():
    families = load("checks")["families"]
    assert {entry["family"] for entry in wording().values()} == set(families)


@pytest.mark.parametrize(
    ("text", "verdicts"),
    [
        ("本年度共安排项目4个：桥梁检测120万元、河堤加固80万元、渠道清淤30万元、泵站维修12万元。", ["agrees"]),
        ("本年度共安排项目5个：桥梁检测120万元、河堤加固80万元、渠道清淤30万元、泵站维修12万元。", ["differs"]),
        ("本年度共安排项目5个：桥梁检测120万元、河堤加固80万元、渠道清淤30万元、泵站维修12万元等。", []),
        ("本年度共安排项目19个：桥梁检测120万元、河堤加固80万元、渠道清淤30万元、泵站维修12万元。", []),
        ("本年度共安排项目3个：桥梁检测预算120万元、支出110万元，河堤加固预算80万元、支出79万元。", []),
    ],
)
def test_a_number_of_projects_in_front_of_a_colon_is_held_against_the_amounts_behind_it(text, verdicts):
    assert list(audited(text).query("family == 'count'")["verdict"]) == verdicts


@pytest.mark.parametrize(
    ("words", "verdicts"),
    [
        ("直属单位3家，分别为甲闸站、乙闸站、丙闸站各1家。", set()),
        ("下设甲闸站、乙闸站、丙闸站、丁闸站各1家。", set()),
        ("内设综合部、招商一部、招商二部、服务部四个部。", {"agrees"}),
        ("汇总单位4家，其中行政单位1家，事业单位3家：水利局本级、甲闸站、乙闸站、丙闸站。", {"agrees"}),
        ("汇总单位5家，其中行政单位1家，事业单位4家：甲闸站、乙闸站、丙闸站。", {"differs"}),
        ("内设办公室、工程股2个股室，下属甲闸站、乙闸站、丙闸站共4个单位。", {"differs"}),
        ("内设办公室、教务部、艺术部、活动部，共5个部室。", {"differs"}),
        ("设4个巡查队，分别驻城东、城西、城北，负责巡河。", {"differs"}),
        ("设4个巡查队，分别设在城东、城西、城北三个片区。", set()),
        ("修订《甲办法》《乙细则》，落实上述三项制度。", {"differs"}),
        ("修订《甲办法》《乙细则》等三项制度。", set()),
        ("开展四项行动，分别是清淤、护岸、除草。", {"differs"}),
        ("抓好三件事：清淤、护岸，再查再改、再验收。", set()),
        ("未得满分的三项分别是清淤进度、护岸质量和资料归档。", set()),
    ],
    ids=[
        "each of those listed",
        "each of those before",
        "names with a number of their own",
        "a list of the whole behind its parts",
        "a list that is neither",
        "a list behind another",
        "departments in front of their number",
        "a place for each",
        "fewer places than things",
        "a number in words behind names",
        "names that go on",
        "a number in words in front of names",
        "a list that runs on",
        "two names or three",
    ],
)
def test_names_are_held_against_the_number_that_counts_them(words, verdicts):
    assert set(audited(f"一、单位概况\n\n{words}\n").query("family == 'count'")["verdict"]) == verdicts


@pytest.mark.parametrize(
    ("words", "verdict", "named"),
    [
        ("下辖甲水文站、乙水文站、丙水文站4个事业单位。", "differs", 3),
        ("局机关及所属甲水文站、乙水文站、丙水文站4家预算单位纳入自评。", "agrees", 4),
    ],
)
def test_units_in_front_of_their_number_are_counted_with_the_body_they_belong_to(words, verdict, named):
    found = only(audited(f"一、单位概况\n\n{words}\n"), "count")
    assert (found["verdict"], found["recomputed"]) == (verdict, named)


@pytest.mark.parametrize(("number", "verdict"), [("3", "agrees"), ("4", "differs")])
def test_dates_that_are_one_time_each_are_held_against_the_number_behind_them(number, verdict):
    text = f"二、工作完成情况\n\n2月6日、5月20日、8月3日各开展一次应急演练，全年共{number}次。\n"
    assert only(audited(text), "count")["verdict"] == verdict
