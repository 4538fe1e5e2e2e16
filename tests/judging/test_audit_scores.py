"""Marks: weight times fulfilment, caps, sums over groups, the execution score and the grade at its boundaries."""

from decimal import Decimal

import pytest

from tables_at_hand import audited, only


def row(sign, target, actual, score, weight="6", unit="次"):
    return audited(f"四、产出指标\n\n1．水质抽检次数：目标{sign}{target}{unit}，实际{actual}{unit}，分值{weight}分，得{score}分。\n")


@pytest.mark.parametrize(
    ("sign", "target", "actual", "score"),
    [
        *(("≥", "40", "40", "6"), ("≥", "40", "55", "6"), ("≥", "40", "30", "4.50"), ("=", "40", "30", "4.50"), ("≥", "90", "70", "4.67")),
        *(("≤", "10", "8", "6"), ("≤", "10", "15", "4.00"), ("≤", "10", "15", "3.00"), ("≤", "10", "25", "0")),
    ],
)
def test_a_score_that_follows_from_weight_and_fulfilment_agrees(sign, target, actual, score):
    assert only(row(sign, target, actual, score), "score")["verdict"] == "agrees"


@pytest.mark.parametrize(
    ("sign", "target", "actual", "score", "wanted"),
    [("≥", "40", "30", "5.50", "4.50"), ("≤", "10", "8", "5", "6"), ("≥", "40", "39", "6", "5.85")],
)
def test_a_score_that_does_not_follow_differs(sign, target, actual, score, wanted):
    found = only(row(sign, target, actual, score), "score")
    assert (found["verdict"], found["recomputed"]) == ("differs", Decimal(wanted))
    assert found["difference"] == Decimal(score) - Decimal(wanted)


def test_a_score_above_its_weight_differs():
    found = only(row("≥", "40", "50", "7"), "score")
    assert (found["verdict"], found["difference"]) == ("differs", 1)


def test_a_total_that_comes_out_once_a_score_is_put_right_is_not_told_as_well():
    found = audited(
        "四、绩效指标\n\n三级指标\t指标值\t完成值\t分值\t得分\n堤防加固长度\t≥6公里\t6.2公里\t30\t30.00\n"
        "受益村占比\t≥70%\t73.4%\t30\t30.20\n群众满意度\t≥90%\t91.2%\t40\t40.00\n合计\t\t\t100\t100.00\n"
    ).query("verdict == 'differs'")
    assert [(each.stated, each.recomputed) for each in found.itertuples()] == [(Decimal("30.20"), Decimal(30))]


def test_a_score_cut_by_a_rule_of_its_own_cannot_be_reckoned():
    text = "1．水质抽检次数：目标≥40次，实际30次，分值6分，每少1次扣0.5分，得1分。\n"
    assert only(audited(text), "score")["verdict"] == "not_checkable"


def test_what_a_rule_takes_off_each_time_was_not_taken_off():
    text = "1．水质抽检次数：目标≥40次，实际30次，分值6分，每少5批次扣0.5分，得1分。\n"
    assert only(audited(text), "score")["verdict"] == "not_checkable"


def test_a_score_below_its_share_differs_where_all_others_that_missed_their_target_come_out():
    rows = ("三级指标\t年度指标值\t实际完成值\t分值\t得分", "抽检次数\t≥40次\t30次\t6\t4.50", "巡河里程\t≥60公里\t45公里\t4\t3.00")
    rows = "\n".join((*rows, "培训场次\t≥120场\t114场\t6\t5.40", ""))
    assert only(audited(rows), "score", "differs")["difference"] == Decimal("-0.30")


RECKONED = (
    "指标\t年度目标\t实际完成\t分值\t得分\n预算执行率\t100%\t96.37%\t10\t{}\n造林面积\t≥5000亩\t4720亩\t40\t{}\n"
    "管护人数\t≥60人\t62人\t30\t30\n村民满意度\t≥95%\t90.4%\t20\t{}\n"
)


@pytest.mark.parametrize(
    ("scores", "told"),
    [
        (("9.64", "37.76", "19.03"), []),
        (("9.14", "37.76", "19.03"), [Decimal("9.64")]),
        (("9.64", "37.76", "13.03"), [Decimal("19.03")]),
        (("9", "36", "18.5"), []),  # taken off by steps
    ],
)
def test_a_score_that_was_reckoned_differs_where_others_were_reckoned_or_it_is_that_of_execution(scores, told):
    found = audited(RECKONED.format(*scores)).query("family == 'score' and verdict == 'differs'")
    assert found["recomputed"].tolist() == told


def test_a_rule_of_its_own_may_mark_one_indicator():
    assert "differs" not in set(audited(RECKONED.format("9.64", "40", "16.71").replace("4720亩", "5040亩"))["verdict"])


def test_the_row_of_the_budget_is_marked_by_its_rate():
    heads = "资金\t全年预算数\t全年执行数\t执行率\t分值\t得分"
    text = heads + "\n年度资金总额\t820.00\t787.20\t96.00%\t10\t{}\n其中：拨款\t700.00\t672.00\t96.00%\n"
    assert not len(audited(text.format("9.60")).query("verdict == 'differs'"))
    assert only(audited(text.format("5.60")), "score", "differs")["recomputed"] == Decimal("9.60")


OF_PARTS = (
    "经评价，产出指标得{}分，效益指标得28.40分，满意度指标得9.60分。\n\n一级指标\t指标\t指标值\t完成值\t分值\t得分\n"
    "产出指标\t清淤长度\t≥30公里\t28.8公里\t30\t28.80\n\t除险座数\t≥6座\t6座\t20\t20.00\n"
    "效益指标\t灌溉面积\t≥5000亩\t4600亩\t20\t18.40\n\t保护人口\t≥3万人\t3.4万人\t10\t10.00\n满意度指标\t群众满意度\t≥95%\t91.2%\t10\t9.60\n"
)


@pytest.mark.parametrize(("score", "wanted"), [("48.80", []), ("43.80", [Decimal("48.80")])])
def test_the_score_a_sentence_tells_of_a_part_is_that_of_the_rows_under_its_name(score, wanted):
    found = audited(OF_PARTS.format(score)).query("verdict == 'differs'")
    assert found["recomputed"].tolist() == wanted


def test_scores_of_another_table_are_not_those_a_sentence_tells():
    text = OF_PARTS.format("47.10").replace("28.40", "27.90")
    assert not len(audited(text).query("verdict == 'differs'"))


def test_marks_may_be_printed_bare_behind_the_name_of_a_part():
    text = OF_PARTS.format("48.80").replace("产出指标\t清", "产出（50）\t清").replace("效益指标\t灌", "效益（{}）\t灌")
    assert not len(audited(text.format("30")).query("verdict == 'differs'"))
    assert only(audited(text.format("40")), "score_sum", "differs")["recomputed"] == 30


@pytest.mark.parametrize(("score", "wanted"), [("28.60", []), ("23.60", [Decimal("91.20")])])
def test_scores_told_a_sentence_each_make_the_total(score, wanted):
    text = f"执行率得9.80分。产出指标48.20分，扣1.80分。效益指标{score}分。满意度9.60分。总分96.20分，等次为优。\n"
    assert audited(text).query("verdict == 'differs'")["recomputed"].tolist() == wanted


TABLE = "三级指标\t年度指标值\t实际完成值\t分值\t得分\n水质抽检次数\t≥40次\t30次\t6\t{}\n样品合格率\t≥95%\t96%\t4\t4\n"


def test_indicators_of_a_table_are_reckoned_too():
    assert list(audited(TABLE.format("4.5"))["verdict"]) == ["agrees", "agrees"]
    assert only(audited(TABLE.format("5.4")), "score", "differs")["difference"] == Decimal("0.90")


GROUPS = """四、产出指标完成情况（10分）

（一）数量指标（6分，得{first}分）

1．水质抽检次数：目标≥40次，实际40次，分值4分，得4分。
2．巡河里程：目标≥60公里，实际45公里，分值2分，得1.50分。

（二）质量指标（4分，得3分）

3．断面达标率：目标≥80%，实际60%，分值4分，得3分。

五、自评结论

产出指标得{output}分。
"""


def sums(**scores):
    findings = audited(GROUPS.format(**scores))
    return findings[(findings["family"] == "score_sum") & (findings["verdict"] == "differs")]


def test_groups_that_add_up_are_in_order():
    assert sums(first="5.50", output="8.50").empty


def test_a_subtotal_is_held_against_its_indicators():
    found = sums(first="5.80", output="8.80").iloc[0]
    assert (found["stated"], found["difference"]) == (Decimal("5.80"), Decimal("0.30"))


def test_a_part_stated_elsewhere_is_held_against_its_groups():
    (found,) = sums(first="5.50", output="9.50").itertuples()
    assert found.difference == Decimal("1.00")
    assert found.quote == "产出指标得9.50分。"


PARTS = "预算执行率得9.50分，产出指标得47.00分，效益指标得28.00分，满意度指标得9.00分，总分{}分，自评等级为“{}”。\n"


def test_the_total_is_held_against_its_parts():
    assert only(audited(PARTS.format("93.50", "优")), "sum")["verdict"] == "agrees"
    assert only(audited(PARTS.format("95.30", "优")), "sum")["difference"] == Decimal("1.80")


WEIGHTS = "预算执行率{}分、产出指标{}分、效益指标{}分、满意度指标{}分。\n"


def test_weights_add_up_to_one_hundred():
    assert only(audited(WEIGHTS.format(10, 50, 30, 10)), "score_sum")["verdict"] == "agrees"


def test_weights_that_do_not_make_one_hundred_differ():
    assert only(audited(WEIGHTS.format(10, 50, 25, 10)), "score_sum")["verdict"] == "differs"


@pytest.mark.parametrize("total", ["，共计95分", "。自评总分95分"])
def test_what_makes_up_a_total_are_no_weights(total):
    assert "differs" not in set(audited(f"预算执行10分、产出45分、效益30分、满意度10分{total}。\n")["verdict"])


@pytest.mark.parametrize(
    ("total", "grade", "verdict"),
    [
        *(
            ("90.00", "优", "agrees"),
            ("89.99", "优", "differs"),
            ("89.99", "良", "agrees"),
            ("80", "良", "agrees"),
            ("79.99", "中", "agrees"),
        ),
        *(("60", "中", "agrees"), ("59.99", "差", "agrees"), ("60", "差", "differs")),
    ],
)
def test_the_grade_keeps_its_boundaries(total, grade, verdict):
    assert only(audited(f"本次自评总分{total}分，自评等级为“{grade}”。"), "grade")["verdict"] == verdict


@pytest.mark.parametrize(
    ("words", "verdicts"),
    [
        ("自评总分{}分，评为良。", ["differs"]),
        ("自评总分{}分，评为“优”。", ["agrees"]),
        ("自评总分{}分，等次良。", ["differs"]),
        ("自评总分{}分，等级优。", ["agrees"]),
        ("自评总分{}分。自评等次：良（90分及以上为优，80分至90分为良）。", ["differs"]),
        ("自评总分{}分，等级优良率提高。", []),
        ("自评总分{}分。\n档案室被省档案局评为优。", []),
        ("90分及以上优、80分至不满90分良、60分至不满80分中。自评总分{}分，评为良。", ["differs"]),
        ("95分及以上优、85分至不满95分良、60分至不满85分中。自评总分{}分，评为良。", ["agrees"]),
    ],
)
def test_what_the_total_is_rated_is_its_grade(words, verdicts):
    assert list(audited(words.format("93.20")).query("family == 'grade'")["verdict"]) == verdicts


@pytest.mark.parametrize(
    "scale",
    ["85分及以上为优，75分至85分为良，60分至75分为中，60分以下为差", "优（85分及以上）、良（75-85分）、中（60-75分）、差（60分以下）"],
)
def test_the_reports_own_scale_comes_first(scale):
    text = f"自评总分86分，等级为“{{}}”。等级划分：{scale}。"
    assert only(audited(text.format("优")), "grade")["verdict"] == "agrees"
    assert only(audited(text.format("良")), "grade")["verdict"] == "differs"


@pytest.mark.parametrize(
    "total",
    [
        "本次自评满分100分，实得86.30分。评定等次为“{}”。",
        "三级指标\t指标值\t完成值\t分值\t得分\n巡查次数\t≥40次\t44次\t100\t86.30\n合计\t\t\t100\t86.30\n自评等次：{}。",
    ],
    ids=["out of one hundred", "in a table"],
)
@pytest.mark.parametrize(("grade", "verdict"), [("良", "agrees"), ("优", "differs")])
def test_what_was_reached_of_all_marks_is_the_total_that_is_graded(total, grade, verdict):
    assert only(audited(total.format(grade)), "grade")["verdict"] == verdict


BUDGET = "一、收支总体情况\n\n部门整体支出全年预算数400.00万元，实际支出{}万元。\n\n二、自评结果\n\n预算执行率得{}分。\n"


@pytest.mark.parametrize(
    ("spent", "score", "verdict"), [("380.00", "9.50", "agrees"), ("380.00", "9.90", "differs"), ("420.00", "10", "agrees")]
)
def test_the_execution_score_is_rate_times_weight_and_never_more(spent, score, verdict):
    assert only(audited(BUDGET.format(spent, score)), "score")["verdict"] == verdict


def test_no_score_follows_from_more_spent_than_the_adjusted_budget():
    assert audited(BUDGET.format("420.00", "9.50")).query("family == 'score'").empty


def test_no_score_follows_from_an_amount_that_its_table_proves_wrong():
    rows = ("支出类别\t全年预算数\t全年执行数\t执行率", "基本支出\t300.00\t294.00\t98.00%", "项目支出\t202.00\t193.20\t95.64%")
    table = "\n".join((*rows, "合计\t512.00\t487.20\t97.05%\n"))
    found = audited(f"一、收支总体情况\n\n单位：万元\n{table}\n二、自评结果\n\n预算执行率得9.71分。\n")
    assert set(found.query("verdict == 'differs'")["family"]) == {"table"}


def test_the_execution_score_of_projects_alone_is_not_held_against_the_rate_of_the_whole():
    text = "一、收支总体情况\n\n部门整体支出全年预算数400.00万元，实际支出380.00万元。\n\n二、自评结果\n\n项目预算执行得9.74分。\n"
    assert "differs" not in set(audited(text)["verdict"])


def test_of_what_is_not_to_exceed_its_target_less_is_full_marks():
    text = "四、产出指标\n\n1．户均改造成本不超过：目标2.20万元，实际2.15万元，分值8分，得8分。\n"
    assert only(audited(text), "score")["verdict"] == "agrees"


@pytest.mark.parametrize(("score", "verdict"), [("5.58", "agrees"), ("5.85", "differs"), ("4.00", "not_checkable"), ("6", "not_checkable")])
def test_a_score_beside_its_rate_of_completion_is_reckoned_of_that(score, verdict):
    text = f"四、产出指标\n\n渠道清淤分值6分，完成率93%，得{score}分；堤防巡查分值8分，得8分。\n"
    assert only(audited(text), "score")["verdict"] == verdict


def test_a_score_beside_a_target_and_a_rate_of_completion_is_reckoned_of_the_rate():
    text = "四、产出指标\n\n渠道清淤目标40公里，完成率93%，分值6分，得5.58分；堤防巡查目标8次，分值8分，得8分。\n"
    assert only(audited(text), "score")["verdict"] == "agrees"


UNSIGNED = "二级指标\t三级指标\t指标值\t完成值\t分值\t得分\n{}\n质量指标\t完好率\t95%\t96%\t4\t4.00\n"


@pytest.mark.parametrize(
    ("row", "verdicts"),
    [
        ("成本指标\t单次巡查费用\t0.60万元\t0.54万元\t6\t6.00", {"agrees"}),
        ("社会效益\t夜间投诉\t60件\t54件\t6\t6.00", {"agrees", "not_checkable"}),
        ("社会效益\t夜间投诉\t≥60件\t54件\t6\t6.00", {"agrees", "differs"}),
    ],
    ids=["of costs less is better", "without a sign less may be", "a least is a least"],
)
def test_full_marks_below_a_target_are_wrong_where_less_is_not_better(row, verdicts):
    assert set(audited(UNSIGNED.format(row)).query("family == 'score'")["verdict"]) == verdicts


INDICATORS = "三级指标\t指标值\t完成值\t分值\t得分\t{}\n水质抽检次数\t≥40次\t{}次\t6\t{}\t{}\n样品合格率\t≥95%\t96%\t4\t4\t\n{}\n"


@pytest.mark.parametrize(
    ("actual", "score", "reason", "severity"),
    [
        *(("28", "4.20", "", "medium"), ("28", "4.20", "-", "medium"), ("34", "5.10", "无", "low")),
        *(("38", "5.70", "", None), ("28", "4.20", "汛期停检", None), ("44", "6", "", None)),
    ],
    ids=["empty", "dash", "none", "nearly reached", "reason given", "reached"],
)
def test_a_target_clearly_missed_needs_a_reason_in_its_column(actual, score, reason, severity):
    found = audited(INDICATORS.format("偏差原因", actual, score, reason, "")).query("family == 'execution'")
    assert list(found["severity"]) == ([severity] if severity else [])


@pytest.mark.parametrize(("reason", "told"), [("", {"闸门完好率"}), ("两孔待换", set())])
def test_a_target_barely_missed_needs_a_reason_where_all_others_give_one(reason, told):
    rows = [
        ("预算执行率", "100%", "97%", "5.82", ""),
        ("闸门完好率", "≥96%", "93%", "5.81", reason),
        ("渠道清淤", "≥40处", "39处", "5.85", "冰冻停工"),
    ]
    rows += [("水质抽检", "≥50次", "48次", "5.76", "汛期停检"), ("巡河", "≥60次", "66次", "6", "")]
    lines = "\n".join(f"{name}\t{target}\t{actual}\t6\t{score}\t{why}" for name, target, actual, score, why in rows)
    found = audited(f"三、绩效指标完成情况\n\n三级指标\t指标值\t完成值\t分值\t得分\t偏差原因\n{lines}\n").query("verdict == 'flag'")
    assert {name for name in ("预算执行率", "闸门完好率", "巡河") if found["title"].str.contains(name).any()} == told


def test_a_reason_told_in_a_sentence_is_one():
    text = INDICATORS.format("偏差说明", "28", "4.20", "-", "水质抽检次数未达到目标，因汛期断面被淹，停检两个月。")
    assert audited(text).query("family == 'execution'").empty


def test_a_table_without_a_column_of_reasons_owes_none():
    assert audited(INDICATORS.format("备注", "28", "4.20", "", "")).query("family == 'execution'").empty


@pytest.mark.parametrize("total", ["合计（含执行率10分）\t\t\t{}\t90", "合计\t（含预算执行10分）\t\t{}\t90"])
@pytest.mark.parametrize(("weight", "verdict"), [("46", "agrees"), ("48", "differs")])
def test_a_total_that_takes_in_the_marks_for_execution_is_reckoned_with_them(total, weight, verdict):
    rows = f"三级指标\t指标值\t完成值\t分值\t得分\n抽检次数\t≥40次\t44次\t{weight}\t40\n合格率\t≥95%\t96%\t44\t40\n{total.format(100)}\n"
    found = audited(rows).query("family == 'score_sum'")
    assert list(found["verdict"]) == [verdict]


@pytest.mark.parametrize(("score", "verdict"), [("4.50", "agrees"), ("5.40", "differs")])
def test_a_table_of_marks_may_call_its_targets_and_results_what_money_is_called(score, verdict):
    rows = f"指标 | 目标 | 实际 | 分值 | 得分\n水质抽检 | 40次 | 30次 | 6 | {score}\n巡河 | 9次 | 9次 | 4 | 4.00"
    found = audited(f"三、绩效指标完成情况\n\n{rows}").query("family == 'score'")
    assert verdict in set(found[found["title"].str.contains("水质抽检")]["verdict"])


@pytest.mark.parametrize(
    ("head", "score", "verdicts"),
    [("全年办理", "4.50", {"agrees"}), ("全年办理", "5.40", {"differs"}), ("上年办理", "5.40", set())],
    ids=["its share", "more than its share", "of the year before"],
)
def test_what_stands_behind_the_targets_of_a_table_of_marks_is_what_was_reached(head, score, verdicts):
    rows = f"指标名称\t年度目标\t{head}\t分值\t得分\n水质抽检\t≥40次\t30次\t6\t{score}\n巡河\t≥9次\t9次\t4\t4"
    found = audited(f"三、绩效指标完成情况\n\n{rows}\n").query("family == 'score'")
    assert set(found[found["title"].str.contains("水质抽检")]["verdict"]) == verdicts


@pytest.mark.parametrize(
    ("target", "score", "verdict"), [("≥210樘", "5.43", "agrees"), ("≥210樘", "5.34", "differs"), ("≤180樘", "5.67", "agrees")]
)
def test_targets_in_a_unit_nobody_knows_are_reckoned_where_both_are_told_in_it(target, score, verdict):
    rows = f"指标名称\t年度目标值\t全年完成值\t分值\t得分\n声屏建设\t{target}\t190樘\t6\t{score}\n巡河\t≥9次\t9次\t4\t4"
    found = audited(f"三、绩效指标完成情况\n\n{rows}\n").query("family == 'score'")
    assert verdict in set(found[found["title"].str.contains("声屏建设")]["verdict"])


@pytest.mark.parametrize(
    ("told", "reached", "verdicts"),
    [
        ("走访用水户250户，满意215户，用水户满意度86.0%", "86%", {"agrees"}),
        ("走访用水户250户，满意215户，用水户满意度86.0%", "88%", {"differs"}),
        ("用水户满意度86.0%", "88%", set()),
        ("走访用水户250户，满意215户，用水户满意度86.0%", "91.3%", set()),
        ("上年用水户满意度88.6%", "86.8%", set()),
        ("今年用水户满意度88.6%", "86.8%", {"differs"}),
        ("走访用水户250户，满意217户，用水户满意度88.6%", "86.8%", set()),
        ("灌区用水户满意度88.5%，城区用水户满意度86.0%", "88%", set()),
    ],
    ids=[
        "the same",
        "a slip",
        "not proved",
        "of something else",
        "of the year before",
        "two digits changed about",
        "itself wrong",
        "of two",
    ],
)
def test_the_rate_of_an_indicator_is_held_against_the_one_its_name_has_in_a_sentence(told, reached, verdicts):
    rows = f"三级指标\t指标值\t完成值\t分值\t得分\n渠系完好率\t≥80%\t88%\t6\t6\n用水户满意度\t≥85%\t{reached}\t4\t4"
    found = audited(f"二、工作完成情况\n\n入户调查显示，{told}。\n\n三、绩效指标完成情况\n\n{rows}\n").query("family == 'repeat'")
    assert set(found["verdict"]) == verdicts


@pytest.mark.parametrize(("what", "verdicts"), [("办公用房", set()), ("在册泵站", {"differs"})])
def test_a_rate_of_anything_is_that_of_an_indicator_only_where_its_sentence_tells_of_it(what, verdicts):
    rows = "三级指标\t指标值\t完成值\t分值\t得分\n泵站利用率\t≥60%\t57.0%\t10\t9.50\n用水户满意度\t≥85%\t88%\t4\t4"
    text = f"二、资产情况\n\n{what}400处，在用388处，利用率97.0%。\n\n三、绩效指标完成情况\n\n{rows}\n"
    assert set(audited(text).query("family == 'repeat'")["verdict"]) == verdicts


@pytest.mark.parametrize(("weight", "told"), [("24", []), ("25", [("60", "61")])])
def test_marks_of_a_group_in_the_first_cell_of_its_rows_are_those_of_the_rows(weight, told):
    table = (
        "甲县水务局2031年度部门整体支出绩效自评表\n一级指标\t二级指标\t三级指标\t目标值\t完成值\t分值\t得分\n"
        f"产出（60分）\t数量\t清淤渠道\t≥80公里\t82公里\t20\t20\n\t\t检测水样\t≥400份\t412份\t{weight}\t{weight}\n"
        "\t时效\t按期完工率\t100%\t100%\t16\t16\n"
        "效益（40分）\t社会\t供水保证率\t≥95%\t96%\t22\t22\n\t对象\t用水户满意度\t≥90%\t93%\t18\t18\n"
    )
    found = audited(table).query("verdict == 'differs' and family == 'score_sum'").itertuples()
    assert [(str(each.stated), str(each.recomputed)) for each in found] == told


def test_a_score_that_a_total_takes_in_is_no_weight():
    table = (
        "甲县水务局2031年度部门整体支出绩效自评表\n指标\t目标值\t完成值\t分值\t得分\n清淤渠道\t≥80公里\t82公里\t50\t50\n"
        "检测水样\t≥400份\t412份\t40\t40\n合计（含预算执行得分9.70）\t\t\t100\t99.70\n"
    )
    assert audited(table).query("verdict == 'differs' and family == 'score_sum'").empty
