"""Budget lines from single sentences and small tables; every sentence here is invented."""

from __future__ import annotations

from decimal import Decimal

import pandas as pd
import pytest

from selfeval.reading.document import Document
from selfeval.reading.figures import extract_figures, figures_of
from selfeval.reading.statements import read_statements
from selfeval.records.budget_lines import budget_lines
from selfeval.records.line_tree import LineTree
from selfeval.tables import check_table

ROLES = ("target", "initial", "adjusted", "actual")
PROJECTS = "二、一般公共预算支出情况\n（二）项目支出情况\n"
BASIC = "二、一般公共预算支出情况\n（一）基本支出情况\n"
WORK = "六、部门整体支出绩效情况\n"


def lines_in(text: str) -> pd.DataFrame:
    document, figures = Document(text, "report.txt", "txt", "utf-8"), extract_figures(text)
    frame = budget_lines(document, figures, read_statements(document, figures))
    check_table("budget_lines", frame, "budget_lines")
    return frame


def amounts(text: str) -> dict[str, str]:
    """Item → its amounts as `target/initial/adjusted/actual`, - for what is not stated."""
    return {
        line["item"]: "/".join("-" if line[role] is None else str(line[role]) for role in ROLES)
        for line in lines_in(text).to_dict("records")
    }


def printed(text: str, ids: str) -> list[str]:
    """The figures behind ids, as printed with the two characters before them."""
    figures = extract_figures(text)
    spans = [(figures[int(name[1:]) - 1].start, figures[int(name[1:]) - 1].end) for name in ids.split()]
    return [text[start - 2 : end] for start, end in spans]


def only(text: str) -> dict:
    (line,) = lines_in(text).to_dict("records")
    return line


# ---- what leads a list, and the unit of a table --------------------------------------------------------------------------------------


def test_what_is_numbered_below_a_line_that_leads_up_to_projects_is_a_project_of_it():
    frame = lines_in(
        "二、一般公共预算支出情况\n（一）基本支出30.00万元，其中：\n1.公用经费5.00万元。\n（二）项目支出18.00万元，分别为：\n"
        "1.堤防加固，预算12.00万元，支出11.50万元，执行率95.83%；\n2.泵站更新，预算7.00万元，支出6.50万元，执行率92.86%。\n"
    ).set_index("item")
    assert set(frame.loc[["堤防加固", "泵站更新"], "parent_id"]) == {frame.loc["项目支出", "line_id"]}
    assert frame.loc["堤防加固", "level"] == "project"
    assert frame.loc["公用经费", "parent_id"] == frame.loc["基本支出", "line_id"]


@pytest.mark.parametrize(
    "told",
    [
        "各项目（前为调整后预算，后为决算）为：堤防加固42.00万元、41.18万元，执行率98.05%；泵站更新56.00万元、49.84万元，执行率89.00%。",
        "两个项目如下（前为调整后预算，后为支出）：\n\n——堤防加固42.00万元、41.18万元，完成98.05%；\n——泵站更新56.00万元、49.84万元，完成89.00%。",
        "两个项目分别是（“/”前为预算、后为支出，单位万元）：堤防加固42.00/41.18，执行率98.05%；泵站更新56.00/49.84，执行率89.00%。",
        "项目明细（单位：万元，前为调整后预算，后为决算）：堤防加固，42.00，41.18；泵站更新，56.00，49.84。",
    ],
    ids=["in one sentence", "in lines below a blank one", "without units", "parted by commas"],
)
def test_the_stages_of_items_are_told_by_place(told):
    said = amounts(f"二、预算执行情况\n（二）项目支出。调整后98.00万元，实际91.02万元，执行率92.88%。{told}\n")
    assert {item: said[item] for item in ("堤防加固", "泵站更新")} == {"堤防加固": "-/-/42.00/41.18", "泵站更新": "-/-/56.00/49.84"}


def test_what_a_budget_came_to_behind_what_was_added_is_the_adjusted_one():
    said = amounts(f"{BASIC}基本支出年初核定471.80万元，年中因晋级追加20.30万元，达到492.10万元。全年列支487.62万元。")
    assert said == {"基本支出": "-/471.80/492.10/487.62"}
    said = amounts(f"{PROJECTS}项目支出年初列1480.00万元，年中增列285.50万元后为1765.50万元，实际支出1692.45万元。")
    assert said == {"项目支出": "-/1480.00/1765.50/1692.45"}


def test_projects_whose_budgets_come_to_the_adjusted_one_of_all_are_adjusted():
    said = amounts(
        f"{PROJECTS}项目支出年初80.00万元，追加20.00万元后合计100.00万元，实际支出97.00万元。各项目“预算—支出—执行率”如下："
        "堤防加固60.00万元—58.20万元—97.00%；泵站更新40.00万元—38.80万元—97.00%。"
    )
    assert said["堤防加固"] == "-/-/60.00/58.20"


def test_what_was_spent_on_several_in_turn_is_that_of_each():
    said = amounts(f"{PROJECTS}堤防加固、泵站更新两个项目分别支出3.26万元和8.47万元。")
    assert said == {"堤防加固": "-/-/-/3.26", "泵站更新": "-/-/-/8.47"}


def test_a_table_without_a_unit_has_the_one_in_which_sentences_tell_its_amounts_and_not_that_of_another_table():
    told = amounts(
        "一、总体情况\n年初预算118.64万元，调整后128.18万元，执行124.70万元。\n表1 预算执行表\n项目\t年初预算\t全年预算\t执行数\n"
        "基本支出\t58.86\t61.23\t60.98\n项目支出\t59.78\t66.95\t63.72\n合计\t118.64\t128.18\t124.70\n\n"
        "表2 成交情况（亿元）\n类别\t成交额\n工程\t71.26\n采购\t21.46\n"
    )
    assert told["基本支出"] == "-/58.86/61.23/60.98"


def test_what_was_to_be_invested_and_what_was_are_budget_and_expenditure():
    told = amounts(
        "一、资金使用情况\n表1 分项投资完成情况（单位：万元）\n建设内容\t计划投资\t完成投资\t完成率\n渠道衬砌\t380.00\t372.40\t98.00%\n"
        "闸门更新\t120.00\t114.00\t95.00%\n合计\t500.00\t486.40\t97.28%\n"
    )
    assert told["渠道衬砌"] == "-/-/380.00/372.40"


# ---- kinds of document ----------------------------------------------------------------------------------------------------------------


def test_expenditure_of_a_budget_is_planned_and_that_of_an_account_was_spent():
    said = "一、支出总体情况\n本年支出合计30.00万元，其中：基本支出20.00万元；项目支出10.00万元。\n"
    assert amounts(f"甲局2031年部门预算\n{said}") == {
        "部门整体支出": "-/30.00/-/-",
        "基本支出": "-/20.00/-/-",
        "项目支出": "-/10.00/-/-",
    }
    assert amounts(f"甲局2031年度部门决算\n{said}")["部门整体支出"] == "-/-/-/30.00"


def test_what_was_spent_before_is_no_line_of_a_budget():
    text = "甲局2031年部门预算\n一、支出预算\n支出预算30.00万元，实际执行28.00万元。\n"
    assert amounts(text) == {"部门整体支出": "-/30.00/-/-"}
    text = "甲局2031年部门预算\n单位：万元\n项目名称\t2031年支出\t执行数\n河道巡查\t30.00\t28.00\n"
    assert amounts(text) == {"河道巡查": "-/30.00/-/-"}


def test_what_the_treasury_granted_is_a_part_of_the_whole_of_an_account():
    text = "甲局2031年度部门决算\n一、支出决算情况说明\n本年支出合计30.00万元。\n二、财政拨款支出决算情况说明\n"
    text += "财政拨款支出年初预算为32.00万元，支出决算为28.00万元。\n"
    assert amounts(text) == {"部门整体支出": "-/-/-/30.00", "财政拨款支出": "-/32.00/-/28.00"}


def test_the_whole_of_a_project_evaluation_is_the_project():
    text = "2031年度道路改造项目支出绩效自评报告\n一、项目资金情况\n全年预算数32.00万元，全年执行数28.00万元。\n"
    assert amounts(text) == {"道路改造": "-/-/32.00/28.00"}
    assert amounts(f"{text}（二）到位与执行\n2031年支出28.00万元。\n") == {"道路改造": "-/-/32.00/28.00"}


def test_functional_subjects_are_never_projects():
    text = "甲局2031年度部门决算\n单位：万元\n科目编码\t科目名称\t支出决算数\n"
    text += "211\t节能环保支出\t30.00\n21103\t污染防治\t30.00\n2110302\t水体\t30.00\n"
    assert set(lines_in(text)["level"]) == {"item"}
    assert list(lines_in(f"{PROJECTS}教育支出30.00万元，决算28.00万元。")["level"]) == ["item"]


def test_contents_glossaries_and_templates_state_nothing():
    text = "甲局2031年部门预算\n一、支出预算\n支出预算30.00万元。\n二、名词解释\n大额支出：指单笔支出50万元以上的支出，预算50万元。\n"
    assert amounts(text) == {"部门整体支出": "-/30.00/-/-"}
    assert amounts("20××年度XX局部门决算\n支出合计XX万元，基本支出XX万元，占XX%。\n单台设备支出100万元的XX台。") == {}


def test_other_money_in_a_row_behind_those_of_the_books_is_one_of_them_and_elsewhere_a_project():
    head = "部门整体支出绩效自评表\n单位：万元\n预算资金\t年初预算数\t全年执行数\n年度资金总额\t90.00\t88.00\n"
    books = "一般公共预算拨款\t60.00\t59.00\n政府性基金拨款\t20.00\t19.50\n其他资金\t10.00\t9.50\n"
    assert list(lines_in(head + books)["book"])[1:] == ["general_public", "government_fund", "other_funds"]
    projects = "项目支出\t90.00\t88.00\n河道巡查\t80.00\t78.50\n其他资金\t10.00\t9.50\n"
    assert list(lines_in(head + projects)["level"])[1:] == ["project_total", "project", "project"]


def test_a_row_without_a_name_has_that_of_the_money_over_it():
    text = "部门整体支出绩效自评表\n单位：万元\n预算资金（万元）\t年初预算数\t全年预算数\t全年执行数\n\t30.00\t32.00\t31.00\n"
    assert amounts(text) == {"部门整体支出": "-/30.00/32.00/31.00"}
    assert amounts("单位：万元\n项目名称\t年初预算数\t全年执行数\n\t30.00\t31.00\n") == {}


# ---- roles ----------------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "stated"),
    [
        ("绩效目标12万元，实际支出9.5万元", "12/-/-/9.5"),
        ("年初预算12万元，支出决算9.5万元", "-/12/-/9.5"),
        ("年初安排12万元，调整后15万元，决算9.5万元", "-/12/15/9.5"),
        ("年初预算数为12万元，全年预算数为15万元，全年执行数为9.5万元", "-/12/15/9.5"),
        ("预算安排12万元，实际支付9.5万元", "-/12/-/9.5"),
        ("年初批复预算12万元，调整预算数15万元，执行9.5万元", "-/12/15/9.5"),
        ("年初和调整后均为12万元，决算9.5万元", "-/12/12/9.5"),
        ("年初预算、全年预算和决算分别为12万元、15万元和9.5万元", "-/12/15/9.5"),
        ("年初12万元，年中增加3万元后为15万元，决算9.5万元", "-/12/15/9.5"),
        ("年初预算12万元，年中追加3万元，全年预算（调整后）15万元，决算9.5万元", "-/12/15/9.5"),
        ("年中由12万元调整为15万元，决算9.5万元", "-/12/15/9.5"),
        ("年初预算12万元，年中调增到15万元，决算9.5万元", "-/12/15/9.5"),
        ("年初12万元，未作调整，决算9.5万元", "-/12/12/9.5"),
        ("年初预算12万元，决算9.5万元，年中预算没有调整", "-/12/12/9.5"),
        ("决算9.5万元，比年初预算12万元减少2.5万元", "-/12/-/9.5"),
        ("预算12万元，支出9.5万元", "-/12/-/9.5"),
        ("预算12万元，调整后预算15万元，完成支出9.5万元", "-/12/15/9.5"),
        ("年初预算12万元，到位资金11万元，实际支出9.5万元，结余1.5万元", "-/12/-/9.5"),
    ],
)
def test_the_words_in_front_of_a_sum_say_what_it_is(words, stated):
    assert amounts(f"{PROJECTS}湿地巡护专项{words}。") == {"湿地巡护专项": stated}


def test_projects_counted_with_a_role_in_front_of_a_colon_have_amounts_of_that_role():
    assert amounts("2031年安排项目2个：桥梁检测100万元，河堤加固50万元。") == {"桥梁检测": "-/100/-/-", "河堤加固": "-/50/-/-"}
    assert amounts("2031年招商项目2个：电子产业园100万元，物流中心50万元。") == {}


def test_a_plain_budget_beside_an_initial_one_is_the_adjusted_one():
    assert amounts(f"{PROJECTS}湿地巡护年初预算12万元，预算数15万元，决算9万元。") == {"湿地巡护": "-/12/15/9"}


def test_role_words_inside_a_name_belong_to_the_name():
    assert amounts(f"{PROJECTS}全面预算绩效管理培训年初预算12万元，决算9万元。") == {"全面预算绩效管理培训": "-/12/-/9"}


def test_a_verb_in_front_gives_the_role_of_what_it_governs():
    assert amounts(f"{BASIC}全年支出人员经费80万元、公用经费12万元。") == {"人员经费": "-/-/-/80", "公用经费": "-/-/-/12"}


def test_what_was_taken_in_is_no_line_and_what_was_spent_after_it_is():
    text = "三、政府性基金预算支出情况\n政府性基金预算财政拨款收入45万元，其中上级补助5万元，支出40万元。"
    assert amounts(text) == {"政府性基金预算": "-/-/-/40"}


# ---- units ----------------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("printed", "amount"),
    [("1,234,567.89元", "123.456789"), ("0.86亿元", "8600"), ("3千元", "0.3"), ("12.50万元", "12.50"), ("0万元", "0")],
)
def test_every_unit_comes_to_ten_thousand_yuan_exactly(printed, amount):
    line = only(f"{PROJECTS}湿地巡护年初预算{printed}。")
    assert (line["initial"], str(line["initial"])) == (Decimal(amount), amount)


# ---- names ----------------------------------------------------------------------------------------------------------------------------


def test_the_name_may_stand_before_a_colon():
    assert amounts(f"{PROJECTS}（1）湿地巡护：年初预算12万元；全年执行9万元。") == {"湿地巡护": "-/12/-/9"}


def test_the_name_may_stand_in_the_heading_above():
    assert amounts(f"{PROJECTS}1．湿地巡护\n年初预算12万元，决算9万元。\n2．苗圃改造\n该项目年初预算20万元，决算18万元。") == {
        "湿地巡护": "-/12/-/9",
        "苗圃改造": "-/20/-/18",
    }


def test_a_name_given_once_holds_for_the_sums_on_the_lines_below():
    assert amounts(f"{PROJECTS}1．湿地巡护\n年初预算数：12万元\n全年预算数：15万元\n全年执行数：9万元") == {"湿地巡护": "-/12/15/9"}


def test_several_names_share_one_sum_where_the_text_says_each():
    assert amounts(f"{PROJECTS}湿地巡护、苗圃改造年初预算均为12万元，决算均为9万元。") == {"湿地巡护": "-/12/-/9", "苗圃改造": "-/12/-/9"}


def test_figures_in_turn_go_to_the_names_in_turn():
    assert amounts(
        f"{PROJECTS}湿地巡护、苗圃改造和护林防火三个项目年初预算分别为12万元、20万元和31万元，决算分别为9万元、18万元、30万元。"
    ) == {
        "湿地巡护": "-/12/-/9",
        "苗圃改造": "-/20/-/18",
        "护林防火": "-/31/-/30",
    }


def test_figures_in_turn_that_do_not_fit_the_names_are_left_out():
    assert amounts(f"{PROJECTS}湿地巡护、苗圃改造、护林防火年初预算分别为12万元、20万元。") == {}


def test_one_line_stated_twice_is_one_row_with_the_fullest_statement_and_all_figures():
    text = f"二、部门年度整体支出绩效目标\n湿地巡护绩效目标12.0万元。\n{PROJECTS}湿地巡护绩效目标12万元，实际支出9万元。"
    line = only(text)
    assert printed(text, line["target_figure"]) == ["目标12万元", "目标12.0万元"]
    assert printed(text, line["actual_figure"]) == ["支出9万元"]
    assert line["sentence"] == "湿地巡护绩效目标12万元，实际支出9万元。"


def test_of_two_statements_that_disagree_the_fullest_holds_and_both_stay_reachable():
    text = f"二、部门年度整体支出绩效目标\n湿地巡护绩效目标13万元。\n{PROJECTS}湿地巡护绩效目标12万元，实际支出9万元。"
    line = only(text)
    assert line["target"] == Decimal(12)
    assert printed(text, line["target_figure"]) == ["目标12万元", "目标13万元"]


def test_a_name_with_and_without_a_word_for_funds_is_one_line():
    assert amounts(f"{PROJECTS}湿地巡护经费年初预算12万元。湿地巡护决算9万元。") == {"湿地巡护经费": "-/12/-/9"}


# ---- wholes, parts and books ----------------------------------------------------------------------------------------------------------


def tree(text: str) -> list[tuple[str, str, str, str]]:
    """(item, level, book, item of the whole), in reading order."""
    lines = lines_in(text)
    names = dict(zip(lines["line_id"], lines["item"], strict=True)) | {"": ""}
    return [(line.item, line.level, line.book, names[line.parent_id]) for line in lines.itertuples()]


def test_listed_parts_hang_on_their_whole_and_take_its_role():
    text = f"{BASIC}基本支出年初预算100万元，决算95万元，其中人员经费80万元、公用经费15万元。"
    assert tree(text) == [
        ("基本支出", "basic", "general_public", ""),
        ("人员经费", "basic_part", "general_public", "基本支出"),
        ("公用经费", "basic_part", "general_public", "基本支出"),
    ]
    assert amounts(text) == {"基本支出": "-/100/-/95", "人员经费": "-/-/-/80", "公用经费": "-/-/-/15"}


def test_parts_of_the_final_accounts_are_actual_although_a_budget_was_named_last():
    text = f"{BASIC}决算95万元，年初预算100万元。决算数中，人员经费80万元，公用经费15万元。"
    assert amounts(text)["人员经费"] == "-/-/-/80"


def test_after_a_list_of_parts_a_sum_without_a_name_is_the_whole_again():
    text = "三、预算安排与执行\n年初预算300万元，其中基本支出100万元、项目支出200万元，全年预算320万元。执行中追加20万元，全年执行310万元。"
    assert amounts(text) == {"部门整体支出": "-/300/320/310", "基本支出": "-/100/-/-", "项目支出": "-/200/-/-"}


def test_parts_in_brackets_end_with_the_bracket():
    text = f"{PROJECTS}湿地巡护年初预算12万元（中央7万元、省级5万元），决算9万元。"
    assert amounts(text) == {"湿地巡护": "-/12/-/9", "中央": "-/7/-/-", "省级": "-/5/-/-"}


def test_parts_of_a_project_are_items_under_it():
    assert tree(f"{PROJECTS}湿地巡护决算9万元，其中：设备购置4万元；劳务5万元。")[1:] == [
        ("设备购置", "item", "general_public", "湿地巡护"),
        ("劳务", "item", "general_public", "湿地巡护"),
    ]


def test_a_number_of_projects_named_without_a_sum_is_their_total_s_place():
    text = f"{PROJECTS}全年共有2个项目，其中湿地巡护绩效目标12万元，实际支出9万元。苗圃改造绩效目标20万元，实际支出18万元。"
    text += "项目支出绩效目标合计32万元。"
    assert [(item, level, whole) for item, level, _, whole in tree(text)] == [
        ("湿地巡护", "project", "项目支出"),
        ("苗圃改造", "project", "项目支出"),
        ("项目支出", "project_total", ""),
    ]


def test_the_section_gives_level_and_book_where_the_words_do_not():
    text = f"{BASIC}年初预算100万元，决算95万元。\n（二）项目支出情况\n2个项目年初预算合计32万元。\n"
    text += "三、政府性基金预算支出情况\n全年支出7万元。"
    assert [line[:3] for line in tree(text)] == [
        ("基本支出", "basic", "general_public"),
        ("项目支出", "project_total", "general_public"),
        ("政府性基金预算", "fund", "government_fund"),
    ]


def test_books_in_the_words_go_before_the_section():
    text = "三、预算安排与执行\n全年预算500万元，执行480万元，其中一般公共预算执行380万元，政府性基金执行100万元。"
    assert [line[:3] for line in tree(text)][1:] == [
        ("一般公共预算", "item", "general_public"),
        ("政府性基金预算", "fund", "government_fund"),
    ]


def test_assets_are_known_by_their_words_in_whatever_section():
    text = "四、国有资本经营预算支出情况\n年末固定资产原值412万元，其中车辆3台、原值38万元，通信设备原值96万元。"
    assert tree(text) == [
        ("固定资产", "item", "assets", ""),
        ("车辆", "item", "assets", "固定资产"),
        ("通信设备", "item", "assets", "固定资产"),
    ]


def test_the_parts_of_social_insurance_hang_on_the_fund():
    text = "五、社会保险基金预算支出情况\n全年社会保险基金30万元，其中养老支出25万元，卫生健康支出5万元。"
    assert tree(text)[1:] == [
        ("养老支出", "item", "social_insurance", "社会保险基金"),
        ("卫生健康支出", "item", "social_insurance", "社会保险基金"),
    ]


def test_basic_and_projects_hang_on_the_total_and_the_total_on_nothing():
    text = f"一、收支总体情况\n全局年初预算132万元，决算113万元。\n{BASIC}决算95万元。\n（二）项目支出\n项目支出决算18万元。"
    assert [(item, whole) for item, _, _, whole in tree(text)] == [
        ("部门整体支出", ""),
        ("基本支出", "部门整体支出"),
        ("项目支出", "部门整体支出"),
    ]


# ---- what is no budget line -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "sentence",
    [
        "全年立案9起，罚款18.6万元。",
        "洪涝造成直接经济损失356.8万元，其中农业损失200万元。",
        "户均改造成本目标1.5万元，实际1.42万元。",
        "发放补贴资金648万元，户均2800元。",
        "全年建筑业总产值18.4亿元，上年为17.9亿元。",
        "为群众追回工资152万元。",
        "完成交通固定资产投资6.8亿元，新开工项目合同金额1.2亿元。",
        "旅游总收入目标48亿元，实际51亿元。",
        "争取上级补助资金200万元。",
        "每亩补助标准500元。",
    ],
)
def test_money_of_the_work_is_no_budget_line(sentence):
    assert amounts(WORK + sentence) == {}


@pytest.mark.parametrize(
    "clause",
    [
        "与上年相比减少63.14万元",
        "比预算节约2.5万元",
        "年末结转1.5万元",
        "上年决算8万元",
        "年中追加3万元",
        "结余资金1.5万元按规定收回",
        "超支0.5万元",
    ],
)
def test_a_change_or_a_rest_is_not_the_line_it_stands_beside(clause):
    assert amounts(f"{PROJECTS}湿地巡护年初预算12万元，决算9.5万元，{clause}。") == {"湿地巡护": "-/12/-/9.5"}


def test_the_budget_of_another_year_is_not_this_year_s():
    text = f"某局2031年度部门整体支出绩效自评报告\n{PROJECTS}2030年项目支出决算500万元，2031年项目支出决算520万元。"
    assert amounts(text) == {"项目支出": "-/-/-/520"}


def test_a_range_or_a_threshold_is_no_sum():
    assert amounts(f"{PROJECTS}湿地巡护年初预算12万元至15万元。单价5万元以上设备支出8万元。") == {}


def test_a_budget_item_among_the_indicators_is_a_line():
    text = f"{WORK}1．“三公”经费：目标≤86万元，实际71.3万元。其中公务用车运行维护费58.6万元、公务接待费12.7万元。"
    assert amounts(text) == {"“三公”经费": "86/-/-/71.3", "公务用车运行维护费": "-/-/-/58.6", "公务接待费": "-/-/-/12.7"}


def test_the_size_of_a_work_is_no_budget_and_its_budget_follows():
    assert amounts(f"{PROJECTS}泵站更新工程总投资1.2亿元，本年度预算安排300万元，实际支出280万元。") == {"泵站更新工程": "-/300/-/280"}


def test_a_change_that_begins_a_sentence_names_the_line_that_is_spoken_of_next():
    assert amounts(f"{PROJECTS}抗旱应急项目年初未安排预算，年中追加120万元，支出118万元。") == {"抗旱应急项目": "-/-/-/118"}


def test_a_numbered_item_may_open_with_its_sum_or_with_its_name_alone():
    text = f"{PROJECTS}1.湿地巡护补贴9万元。年初预算12万元，完成率75.00%。\n②苗圃信息化，年初预算20万元，支出18万元。"
    assert amounts(text) == {"湿地巡护补贴": "-/12/-/9", "苗圃信息化": "-/20/-/18"}


def test_parts_named_with_their_whole_ahead_are_its_parts():
    text = "三、预算安排与执行\n项目支出决算27万元。项目支出中，湿地巡护9万元、苗圃改造18万元。"
    assert [(item, level, whole) for item, level, _, whole in tree(text)][1:] == [
        ("湿地巡护", "project", "项目支出"),
        ("苗圃改造", "project", "项目支出"),
    ]


def test_views_of_one_total_are_its_parts():
    text = "三、预算安排与执行\n全年支出100万元。从经济科目看，人员经费80万元，占80%；公用经费20万元，占20%。"
    assert amounts(text) == {"部门整体支出": "-/-/-/100", "人员经费": "-/-/-/80", "公用经费": "-/-/-/20"}


def test_a_final_payment_left_open_is_no_line():
    text = f"{PROJECTS}湿地巡护年初预算12万元，决算9万元，因验收延期，尾款3万元结转下年。"
    assert amounts(text) == {"湿地巡护": "-/12/-/9"}
    assert only(text)["reason"] == "因验收延期，尾款3万元结转下年"


def test_a_number_that_is_part_of_a_name_stays_in_it():
    assert amounts(f"{PROJECTS}G319线改建年初预算12万元。12345热线运行年初预算5万元。") == {
        "G319线改建": "-/12/-/-",
        "12345热线运行": "-/5/-/-",
    }


def test_income_and_expenditure_of_a_budget_are_both_budgets():
    text = "一、收支总体情况\n部门预算收入900万元，支出900万元；决算收入880万元，支出870万元。"
    assert amounts(text) == {"部门整体支出": "-/900/-/870", "收入": "-/900/-/880"}


# ---- income ---------------------------------------------------------------------------------------------------------------------------


def test_income_and_its_sources_are_lines_of_a_book_of_their_own():
    said = "2024年全院总收入90.00万元，来自财政拨款60.00万元、苗木收入25.00万元、其他收入5.00万元。全年支出88.00万元。"
    frame = lines_in(f"二、收支情况\n{said}\n")
    income = frame[frame["book"] == "income"].set_index("item")
    assert {item: str(amount) for item, amount in income["actual"].items()} == {
        "收入": "90.00",
        "财政拨款": "60.00",
        "苗木收入": "25.00",
        "其他收入": "5.00",
    }
    assert set(income["parent_id"]) == {"", income.loc["收入", "line_id"]}
    assert [*frame.loc[frame["book"] != "income", "item"]] == ["部门整体支出"]


def test_rows_without_heads_that_come_to_the_income_told_above_them_are_its_sources():
    found = amounts("二、收入情况\n决算收入90.00万元，具体包括：\n\n事业收入\t70.00万元\t占77.78%\n其他收入\t20.00万元\t占22.22%\n\n")
    assert found == {"收入": "-/-/-/90.00", "事业收入": "-/-/-/70.00", "其他收入": "-/-/-/20.00"}


def test_income_planned_and_taken_in_is_one_line():
    found = amounts("二、收入情况\n2024年度收入年初预算80.00万元，调整为85.00万元，决算90.00万元。\n")
    assert found["收入"] == "-/80.00/85.00/90.00"


@pytest.mark.parametrize("said", ["全镇旅游收入90.00万元", "林场门票收入90.00万元", "上年收入90.00万元"])
def test_what_others_earn_or_another_year_brought_is_no_income_of_the_body(said: str):
    assert "收入" not in amounts(f"二、收支情况\n{said}。\n")


def test_the_metrics_know_nothing_of_income():
    tree = LineTree.of(lines_in("二、收支情况\n2024年收入90.00万元，其中其他收入5.00万元。全年支出88.00万元。\n"))
    assert [line.item for line in tree] == ["部门整体支出"]


# ---- reasons --------------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("决算9万元，因为承包方推迟进场，尾款未付。", "因为承包方推迟进场，尾款未付"),
        ("决算9万元，完成率75.00%，原因是申报户数少于预计。", "原因是申报户数少于预计"),
        ("决算9万元，完成率75.00%，主要是压减了接待批次。", "主要是压减了接待批次"),
        ("决算9万元，低于预算是由于两名工作人员调离。", "低于预算是由于两名工作人员调离"),
        ("决算9万元，其中一名护林员年中死亡。", "其中一名护林员年中死亡"),
        ("决算9万元，上级重新核定了标准，暂停支付。", "上级重新核定了标准，暂停支付"),
        ("决算9万元。未完成的主要原因：设备流标，合同推迟签订。", "未完成的主要原因：设备流标，合同推迟签订"),
        ("决算9万元，结余3万元，系代理费按实结算。", "系代理费按实结算"),
        ("系上级配套资金，决算9万元。", ""),
        ("决算9万元，完成率75.00%，用于苗木和劳务。", ""),
        ("决算9万元，完成率75.00%。", ""),
        ("决算12万元，新增苗木两千株。", ""),
        ("决算9万元，因公出国（境）费用为零。", ""),
    ],
)
def test_a_reason_is_what_the_words_after_the_sums_give_verbatim(words, reason):
    assert only(f"{PROJECTS}湿地巡护年初预算12万元，{words}")["reason"] == reason


def test_a_reason_ends_where_the_next_line_begins():
    text = f"{PROJECTS}湿地巡护年初预算12万元，决算9万元，因为尾款未付，苗圃改造年初预算20万元，决算20万元。"
    assert list(lines_in(text)["reason"]) == ["因为尾款未付", ""]


def test_a_reason_that_names_a_line_goes_to_that_line():
    text = f"{PROJECTS}湿地巡护、苗圃改造年初预算分别为12万元、20万元，决算分别为9万元、20万元。其中湿地巡护低于预算，是因为尾款未付。"
    assert list(lines_in(text)["reason"]) == ["是因为尾款未付", ""]


def test_a_reason_in_front_of_whose_word_another_line_stands_goes_to_that_line():
    text = f"{PROJECTS}水质监测年初预算9万元，支出7万元；湿地巡护年初预算12万元，支出12万元，水质监测因设备未到货少支出。"
    assert list(lines_in(text)["reason"]) == ["水质监测因设备未到货少支出", ""]


@pytest.mark.parametrize("words", ["支出10万元，主要原因是巡护任务增加。", "支出15万元，主要原因是压减费用。"])
def test_a_reason_that_tells_of_the_contrary_is_none(words):
    assert only(f"{PROJECTS}湿地巡护年初预算12万元，{words}")["reason"] == ""


@pytest.mark.parametrize("parts", ["（东滩5.00万元、西滩7.00万元）", "，按用途分为船艇5.00万元、薪酬7.00万元"], ids=["bracket", "divided"])
def test_a_list_of_projects_goes_on_behind_one_that_has_parts_of_its_own(parts):
    opening = "一、一般公共预算\n\n项目支出全年预算50.00万元，支出47.00万元。其中，"
    lines = lines_in(
        f"{opening}湿地巡护预算14.00万元，支出12.00万元{parts}；苗圃改造预算20.00万元，支出20.00万元；补植预算16.00万元，支出15.00万元。"
    )
    assert list(lines[lines["level"] == "project"]["item"]) == ["湿地巡护", "苗圃改造", "补植"]


def test_a_reason_after_the_parts_of_a_line_belongs_to_the_line():
    text = f"{BASIC}“三公”经费预算32万元，实际开支27万元，其中公务接待费5万元、公务用车运行维护费22万元，低于预算是因为压减接待批次。"
    assert list(lines_in(text)["reason"]) == ["低于预算是因为压减接待批次", "", ""]


# ---- tables ---------------------------------------------------------------------------------------------------------------------------

TABLE = "项目支出情况表（单位：{unit}）\n项目名称\t年初预算数\t全年预算数\t全年执行数\t执行率\t偏差原因\n"


def test_a_table_gives_roles_in_its_heads_and_names_in_its_first_column():
    text = TABLE.format(unit="万元") + "湿地巡护\t12\t15\t9\t60%\t尾款未付\n苗圃改造\t20\t20\t20\t100%\t\n合计\t32\t35\t29\t82.86%\t\n"
    assert amounts(text) == {"湿地巡护": "-/12/15/9", "苗圃改造": "-/20/20/20", "项目支出": "-/32/35/29"}
    assert tree(text)[0] == ("湿地巡护", "project", "all", "项目支出")
    assert list(lines_in(text)["reason"]) == ["尾款未付", "", ""]
    assert set(lines_in(text)["source"]) == {"table"}


def test_a_table_in_yuan_comes_to_ten_thousand_yuan():
    assert amounts(TABLE.format(unit="元") + "湿地巡护\t120,000\t150,000\t90,050.50\t60%\t\n") == {"湿地巡护": "-/12/15/9.00505"}


def test_a_table_without_any_unit_gives_nothing():
    assert amounts("项目名称\t年初预算数\t全年执行数\n湿地巡护\t12\t9\n") == {}


@pytest.mark.parametrize("gap", ["   ", "　", " | "])
def test_cells_may_be_parted_by_blanks_or_bars(gap):
    rows = [["项目名称", "年初预算数", "全年预算数", "全年执行数"], ["湿地巡护", "12", "15", "9"], ["苗圃改造", "20", "20", "20"]]
    text = "单位：万元\n" + "\n".join(gap.join(row) for row in rows) + "\n"
    assert amounts(text) == {"湿地巡护": "-/12/15/9", "苗圃改造": "-/20/20/20"}


def test_a_ruled_table_may_be_drawn_in_characters():
    rows = ["| 项目名称 | 年初预算数 | 全年执行数 |", "|:---|---:|---:|", "| 湿地巡护 | 12.00 | 9.00 |", "| 合计 | 12.00 | 9.00 |"]
    assert amounts("单位：万元\n" + "\n".join(rows) + "\n") == {"湿地巡护": "-/12.00/-/9.00", "项目支出": "-/12.00/-/9.00"}


def test_a_merged_row_inside_a_table_does_not_end_it():
    rows = ["年度资金总额\t412\t430", "按支出性质分：", "其中：基本支出\t152\t156", "项目支出\t260\t274"]
    text = "部门整体支出绩效自评表\n单位：万元\n资金\t年初预算数\t全年执行数\n" + "\n".join(rows) + "\n"
    assert amounts(text) == {"部门整体支出": "-/412/-/430", "基本支出": "-/152/-/156", "项目支出": "-/260/-/274"}


def test_a_row_may_have_lost_its_empty_cells():
    text = TABLE.format(unit="万元") + "湿地巡护\t12\t15\t9\n合计\t12\t15\t9\t60%\n"
    assert amounts(text) == {"湿地巡护": "-/12/15/9", "项目支出": "-/12/15/9"}


def test_heads_of_two_storeys_are_read_together():
    text = "项目支出情况表（单位：万元）\n项目名称\t预算数\t\t执行数\n\t年初\t调整后\t\n湿地巡护\t12\t15\t9\n"
    assert amounts(text) == {"湿地巡护": "-/12/15/9"}


def test_cells_may_stand_one_under_the_other():
    cells = ["项目名称", "年初预算数", "全年执行数", "执行率", "湿地巡护", "12", "9", "75%", "苗圃改造", "20", "20", "100%"]
    assert amounts("单位：万元\n" + "\n".join(cells) + "\n") == {"湿地巡护": "-/12/-/9", "苗圃改造": "-/20/-/20"}


def test_the_official_form_gives_total_books_and_halves():
    text = (
        "部门整体支出绩效自评表\n年度预算申请（万元）\t\t年初预算数\t全年预算数\t全年执行数\t分值\t执行率\t得分\n"
        "\t年度资金总额\t412\t438\t430\t10\t98.17%\t9.82\n\t其中：一般公共预算\t382\t408\t400\t\t\t\n\t政府性基金拨款\t30\t30\t30\t\t\t\n"
        "\t其中：基本支出\t152\t156\t156\t\t\t\n\t项目支出\t260\t282\t274\t\t\t\n"
        "一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\n产出指标\t成本指标\t培训成本\t≤8万元\t7.8万元\t10\t10\n"
    )
    assert amounts(text) == {
        "部门整体支出": "-/412/438/430",
        "一般公共预算": "-/382/408/400",
        "政府性基金预算": "-/30/30/30",
        "基本支出": "-/152/156/156",
        "项目支出": "-/260/282/274",
    }


def test_the_form_of_one_project_is_about_that_project():
    text = (
        "项目支出绩效自评表\n项目名称\t苗圃改造\n项目资金（万元）\t\t年初预算数\t全年预算数（A）\t全年执行数（B）\t分值\t执行率（B/A）\t得分\n"
        "\t年度资金总额\t20\t24\t23\t10\t95.83%\t9.58\n\t其中：当年财政拨款\t20\t20\t19\t\t95%\t\n"
    )
    assert tree(text) == [("苗圃改造", "project", "all", ""), ("当年财政拨款", "item", "all", "苗圃改造")]
    assert amounts(text)["苗圃改造"] == "-/20/24/23"


def test_last_year_s_column_and_changes_are_no_roles():
    text = "项目支出情况表（单位：万元）\n项目名称\t上年决算数\t年初预算数\t预算调整数\t决算数\n湿地巡护\t8\t12\t-3\t9\n"
    assert amounts(text) == {"湿地巡护": "-/12/-/9"}


def test_prose_and_table_about_one_line_are_one_row():
    text = f"{PROJECTS}湿地巡护年初预算12万元，决算9万元，因为尾款未付。\n" + TABLE.format(unit="万元") + "湿地巡护\t12\t15\t9\t60%\t\n"
    line = only(text)
    assert (line["adjusted"], line["source"], line["reason"]) == (Decimal(15), "table", "因为尾款未付")
    assert printed(text, line["actual_figure"]) == ["5\t9", "决算9万元"]


def test_a_sentence_broken_over_lines_is_read_as_one():
    text = f"{PROJECTS}2031年度按照县财政批复的部门预算，湿地巡护专项年初预算为\n12万元，全年预算为15万元，支出决算为\n9万元。"
    assert amounts(text) == {"湿地巡护专项": "-/12/15/9"}


def test_a_text_without_money_has_no_lines():
    assert lines_in("一、基本情况\n本局内设5个科室。").empty


# ---- several budget books -------------------------------------------------------------------------------------------------------------

BOOKS = (
    "一、收支情况\n全年，项目支出年初预算数90万元，全年预算数96万元，全年执行数95万元。\n"
    "二、一般公共预算支出情况\n一般公共预算项目支出年初预算数50万元，全年预算数56万元，全年执行数55.4万元。\n"
    "三、政府性基金预算支出情况\n"
    "项目名称\t年初预算数（万元）\t全年预算数（万元）\t全年执行数（万元）\n"
    "堤岸绿化\t25\t25\t24.6\n灌渠清淤\t15\t15\t15\n合计\t40\t40\t39.6\n"
)


def test_projects_listed_in_a_table_under_a_fund_are_projects():
    levels = {line["item"]: (line["level"], line["book"]) for line in lines_in(BOOKS).to_dict("records")}
    assert levels["堤岸绿化"] == levels["灌渠清淤"] == ("project", "government_fund")


def test_money_of_the_special_account_is_a_book_of_its_own():
    text = "十、其他需要说明的情况\n（一）财政专户管理资金支出情况\n项目名称\t年初预算数（万元）\t全年执行数（万元）\n考务费\t12\t11.5\n"
    assert [(line["level"], line["book"], line["item"]) for line in lines_in(text).to_dict("records")] == [
        ("project", "special_account", "考务费")
    ]


def test_a_place_left_open_neither_names_a_line_nor_explains_one():
    text = BASIC + "基本支出〔待填写：基本支出的年初预算数〕，全年执行数31万元，〔待填写：基本支出偏差的原因〕。"
    line = only(text)
    assert (line["item"], line["actual"], line["initial"], line["reason"]) == ("基本支出", Decimal(31), None, "")


# ---- what statements tell of lines ----------------------------------------------------------------------------------------------------


def test_budgets_listed_under_an_adjusted_total_are_adjusted():
    text = f"{PROJECTS}项目支出年初预算30万元，调整后32万元，决算27万元。"
    text += "具体为：湿地巡护预算12万元、支出9万元；苗圃改造预算20万元、支出18万元。"
    assert amounts(text) == {"项目支出": "-/30/32/27", "湿地巡护": "-/-/12/9", "苗圃改造": "-/-/20/18"}


def test_a_difference_is_no_line_and_rows_of_a_list_keep_their_own_sums():
    text = f"{BASIC}“三公”经费支出3.1万元，年初预算为4万元，差值为0.9万元。"
    text += "其中：公务用车运行维护费支出1.05万元，年初预算为2万元，差值为0.95万元；"
    text += "公务接待费支出2.05万元，年初预算为2万元，差值为0.05万元。"
    assert amounts(text) == {"“三公”经费": "-/4/-/3.1", "公务用车运行维护费": "-/2/-/1.05", "公务接待费": "-/2/-/2.05"}


def test_what_was_spent_of_a_row_belongs_to_the_row():
    text = f"{PROJECTS}项目预算安排150万元：湿地巡护100万元，实际支出90万元；苗圃改造50万元，实际支出45万元。"
    assert amounts(text) == {"项目支出": "-/150/-/-", "湿地巡护": "-/100/-/90", "苗圃改造": "-/50/-/45"}


def test_a_list_may_go_on_in_the_numbered_lines_below():
    text = "甲局2031年部门预算\n“三公”经费预算数为12万元，与2030年预算持平。其中：\n（一）因公出国（境）费0万元，与2030年预算持平。\n"
    text += "（二）公务用车购置及运行费10万元。其中：公务用车购置费0万元；公务用车运行费10万元。\n（三）公务接待费2万元。\n"
    assert [(item, whole) for item, _, _, whole in tree(text)] == [
        ("“三公”经费", ""),
        ("因公出国（境）费", "“三公”经费"),
        ("公务用车购置及运行费", "“三公”经费"),
        ("公务用车购置费", "公务用车购置及运行费"),
        ("公务用车运行费", "公务用车购置及运行费"),
        ("公务接待费", "“三公”经费"),
    ]


def test_a_role_word_inside_a_subject_tells_no_role():
    text = "甲局2031年部门预算\n一、财政拨款支出主要内容\n1.“公共安全支出（类）司法支出（款）普法宣传（项）”12万元，主要用于宣传。\n"
    assert amounts(text) == {}


def test_the_adjusted_column_of_an_account_may_be_told_in_a_sentence():
    assert amounts(f"{PROJECTS}湿地巡护预算数12万元，调整数15万元，决算数9万元。") == {"湿地巡护": "-/12/15/9"}


def test_what_is_paid_next_year_of_one_project_moves_no_other_into_the_next_year():
    text = f"{PROJECTS}湿地巡护年初预算12万元，决算9万元，因推迟开工，部分款项次年支付；苗圃改造年初预算20万元，决算18万元。"
    assert amounts(text) == {"湿地巡护": "-/12/-/9", "苗圃改造": "-/20/-/18"}


TOTAL = "二、部门整体收支情况\n\n"


def test_a_clause_about_the_whole_body_names_no_line():
    assert amounts(f"{TOTAL}我局收支总体平稳，年初预算为90万元，实际支出80万元。") == {"部门整体支出": "-/90/-/80"}


@pytest.mark.parametrize("words", ["三项加起来为", "合起来是", "同样是"])
def test_words_that_add_up_name_no_line(words):
    text = f"{BASIC}基本支出花了95万元，其中人员经费70万元、公用经费15万元、对个人和家庭的补助10万元，{words}95万元。"
    assert set(amounts(text)) == {"基本支出", "人员经费", "公用经费", "对个人和家庭的补助"}


ITEMS = "{}。其中湿地巡护预算12万元，支出9万元；护林防火预算18万元，支出18万元。"


@pytest.mark.parametrize(
    ("whole", "budget"),
    [
        ("项目支出全年预算30万元，支出27万元", "-/-/12/9"),
        ("项目支出年初预算30万元，支出27万元", "-/12/-/9"),
        ("项目支出年初预算25万元，全年预算30万元，支出27万元", "-/-/12/9"),
    ],
)
def test_a_bare_budget_in_a_list_is_of_the_stage_of_its_whole(whole, budget):
    assert amounts(PROJECTS + ITEMS.format(whole))["湿地巡护"] == budget


def test_a_line_that_a_label_leads_has_what_follows_without_a_name():
    text = f"{TOTAL}——基本支出。全年95万元，其中人员经费80万元，公用经费15万元。\n"
    assert amounts(text)["基本支出"] == "-/-/-/95"


def test_a_class_of_expenditure_by_function_is_no_project():
    frame = lines_in(f"{TOTAL}项目支出95万元。按功能科目划分：一般公共服务支出60万元，卫生健康支出35万元。")
    assert set(frame.query("level == 'project'")["item"]) == set()


def test_a_table_without_a_unit_has_the_one_unit_the_others_state():
    first = "单位：万元\n项目\t年初预算数\t全年执行数\n基本支出\t20.00\t19.00\n\n"
    text = f"一、预算执行情况\n\n{first}以下是项目。\n\n项目名称\t全年预算数\t全年执行数\n清淤\t12.00\t9.00\n护坡\t18.00\t18.00\n"
    document = Document(text, "report.txt", "txt", "utf-8")
    figures = figures_of(document)
    frame = budget_lines(document, figures, read_statements(document, figures))
    assert list(frame.query("item == '清淤'")["adjusted"]) == [12]


# ---- lists of other makes ---------------------------------------------------------------------------------------------------------------


def test_each_row_behind_a_semicolon_has_the_name_ahead_of_it():
    text = (
        "项目支出全年预算50万元，支出48万元。逐项列示如下：1.渠道清淤，全年预算30万元，支出29万元；2.泵站检修，全年预算20万元，支出19万元。"
    )
    found = amounts(PROJECTS + text)
    assert (found["渠道清淤"], found["泵站检修"]) == ("-/-/30/29", "-/-/20/19")


def test_a_list_of_projects_behind_a_label_with_a_colon_tells_what_was_spent():
    found = amounts("二、预算收支\n项目支出由两块构成：渠道清淤30万元，泵站检修20万元。\n")
    assert (found["渠道清淤"], found["泵站检修"]) == ("-/-/-/30", "-/-/-/20")


def test_a_label_that_only_says_which_number_it_is_leaves_the_name_to_the_heading():
    text = "二、资金情况\n1.总体收支\n(1)全年支出：98万元。\n4.“三公”经费\n(1)预算：18万元。(2)支出：15万元。\n"
    found = amounts(text)
    assert (found["部门整体支出"], found["“三公”经费"]) == ("-/-/-/98", "-/18/-/15")


def test_what_a_table_gives_as_some_of_a_sum_beside_it_is_no_other_budget():
    text = (
        "二、项目支出\n\n表3 项目预算执行情况（单位：万元）\n"
        "项目名称\t全年预算数\t\t\t全年执行数\t\t\n\t小计\t上年结转\t当年预算\t小计\t上年结转\t当年预算\n"
        "渠道清淤\t30.00\t10.00\t20.00\t29.00\t10.00\t19.00\n泵站检修\t20.00\t5.00\t15.00\t19.00\t5.00\t14.00\n"
    )
    document = Document(text, "report.txt", "txt", "utf-8")
    figures = figures_of(document)
    frame = budget_lines(document, figures, read_statements(document, figures))
    assert [[str(line[role]) for role in ("initial", "adjusted", "actual")] for line in frame.to_dict("records")] == [
        ["None", "30.00", "29.00"],
        ["None", "20.00", "19.00"],
    ]


# ---- wholes and their parts -----------------------------------------------------------------------------------------------------------


def projects(text: str) -> list[str]:
    return [line["item"] for line in lines_in(text).to_dict("records") if line["level"] == "project"]


def test_what_comes_to_basic_and_project_expenditure_is_the_whole_whatever_it_is_called():
    text = "二、预算执行\n2031年市级批复部门预算80.00万元，全年预算90.00万元。全年实际支出88.00万元。\n"
    text += "从结构看，基本支出全年预算60.00万元，支出59.00万元；项目支出全年预算30.00万元，支出29.00万元。\n"
    assert amounts(text)["部门整体支出"] == "-/80.00/90.00/88.00"
    assert projects(text) == []


def test_money_divided_once_more_by_its_sources_is_no_second_set_of_projects():
    text = "二、支出\n项目支出100.00万元。按资金来源划分，中央资金70.00万元、县级资金30.00万元；"
    text += "按用途划分，河道疏浚45.00万元、泵站维修35.00万元、水质监测20.00万元。\n"
    assert projects(text) == ["河道疏浚", "泵站维修", "水质监测"]


def test_a_table_of_quarters_or_of_property_is_no_second_set_of_projects():
    text = "单位：万元\n项目\t年初预算\t全年预算\t支出数\n项目支出\t90.00\t100.00\t95.00\n河道疏浚\t50.00\t60.00\t58.00\n"
    text += "泵站维修\t40.00\t40.00\t37.00\n\n单位：万元\n季度\t本季支出\t累计支出\n一季度\t20.00\t20.00\n二季度\t30.00\t50.00\n"
    assert projects(text) == ["河道疏浚", "泵站维修"]


def test_projects_that_do_not_come_out_all_stay():
    text = PROJECTS + "项目支出100.00万元。河道疏浚经费支出45.00万元，泵站维修经费支出35.00万元。\n"
    assert projects(text) == ["河道疏浚经费", "泵站维修经费"]


def test_labels_below_project_expenditure_name_its_projects():
    text = (
        "二、资金情况\n(1)基本支出：300.00万元。\n(2)项目支出：600.00万元。\n①社区运转：160.00万元，16个社区。\n②网格补贴：440.00万元。\n"
    )
    assert projects(text) == ["社区运转", "网格补贴"]


def test_two_sums_in_turn_go_to_the_two_names_of_the_clause_before():
    found = amounts("三、政府性基金预算支出情况\n政府性基金支出11.00万元，用于甲路改造和乙渠清淤，分别支出5.00万元、6.00万元。\n")
    assert (found["甲路改造"], found["乙渠清淤"]) == ("-/-/-/5.00", "-/-/-/6.00")


def test_the_parts_of_a_new_sentence_divide_what_was_spent_and_not_the_budget_it_is_held_against():
    text = (
        BASIC + "基本支出36.00万元，调整后预算为37.00万元，完成97.3%。其中人员经费30.00万元（工资福利支出30.00万元），公用经费6.00万元。\n"
    )
    found = amounts(text)
    assert (found["人员经费"], found["工资福利支出"], found["公用经费"]) == ("-/-/-/30.00", "-/-/-/30.00", "-/-/-/6.00")


def test_the_first_of_a_list_is_no_whole_of_the_others():
    text = "二、支出\n项目支出30.00万元。按用途分，河道疏浚5.00万元、泵站维修25.00万元。\n"
    assert projects(text) == ["河道疏浚", "泵站维修"]


def test_the_total_of_the_three_public_expenses_is_not_that_of_the_body():
    text = "单位：万元\n项目\t预算数\t决算数\n公务用车运行维护费\t8.00\t7.00\n公务接待费\t4.00\t3.00\n合计\t12.00\t10.00\n\n"
    text += "二、支出情况\n“三公”经费支出10.00万元，完成预算12.00万元的83.3%。\n"
    assert "部门整体支出" not in amounts(text)


def test_behind_the_first_budget_the_whole_year_is_the_budget_it_became():
    text = BASIC + "基本支出年初1362.00万元，全年1398.00万元，支出1392.41万元，执行率99.60%。\n"
    assert amounts(text) == {"基本支出": "-/1362.00/1398.00/1392.41"}


def test_a_bare_amount_in_front_of_what_was_spent_of_it_is_a_budget():
    rows = "食品抽检168.00万元，花了164.22万元，执行率97.75%；\n打假维权88.00万元，花了71.28万元，执行率81.00%。\n"
    text = f"{PROJECTS}项目支出分项如下：\n{rows}"
    assert amounts(text) == {"食品抽检": "-/-/168.00/164.22", "打假维权": "-/-/88.00/71.28"}


def test_one_sum_that_is_budget_and_spending_at_once_belongs_to_the_name_ahead_of_it():
    text = f"{PROJECTS}一是渔港疏浚，预算30.00万元，支出28.00万元。二是渔民转产补助，预算和支出均为12.00万元，补助60名。"
    assert amounts(text)["渔民转产补助"] == "-/12.00/-/12.00"
    head = f"{PROJECTS}项目支出年初42.00万元，全年42.00万元，支出40.00万元，分为两项：\n"
    assert amounts(f"{head}渔港疏浚，年初和全年都是30.00万元，支出28.00万元。\n")["渔港疏浚"] == "-/30.00/30.00/28.00"


@pytest.mark.parametrize("name", ["除险加固", "创业担保贷款贴息"])
def test_what_a_project_is_called_does_not_take_its_money_out_of_the_budget(name):
    text = f"{PROJECTS}{name}年初预算30.00万元，支出28.00万元；渔港疏浚年初预算12.00万元，支出12.00万元。"
    assert amounts(text)[name] == "-/30.00/-/28.00"


def of_projects(rows: str) -> list[str]:
    """The projects of a table of budgets and spending, its `rows` parted by blanks."""
    table = rows.replace(" ", "\n").replace("/", "\t")
    found = lines_in(f"表2 项目支出执行情况（单位：万元）\n项目\t全年预算数\t全年执行数\n{table}\n")
    return [row.item for row in found.itertuples() if row.level == "project"]


def test_projects_of_two_books_with_subtotals_are_all_projects():
    rows = "渔港疏浚/60/58 航标更新/30/29 一般公共预算小计/90/87 渔业码头/200/190 渔船避风/50/48 政府性基金小计/250/238 项目合计/340/325"
    assert of_projects(rows) == ["渔港疏浚", "航标更新", "渔业码头", "渔船避风"]


def test_the_total_of_a_table_of_the_three_public_expenses_is_theirs_whatever_prose_says():
    rows = "项目\t本年预算数\t本年决算数\n公务用车购置及运行费\t8.00\t6.85\n公务接待费\t5.00\t3.13\n合计\t13.00\t9.98\n"
    found = amounts(f"支出决算表\n单位：万元\n{rows}\n二、说明\n“三公”经费支出9.89万元，完成预算13.00万元的76.08%。\n")
    assert "部门整体支出" not in found
    assert found["“三公”经费"].startswith("-/13.00/-/9.")


def test_the_whole_is_told_under_an_informal_heading_behind_a_date():
    text = "一、钱的大账\n加减相抵全年预算238.00万元。到12月31日，实际支出233.00万元，剩下5.00万元。\n"
    assert amounts(text) == {"部门整体支出": "-/-/238.00/233.00"}
    text = "（一）收支总账。年初预算142.00万元，全年可用200.00万元。到12月31日一共支出196.00万元，年末还剩4.00万元。\n"
    assert amounts(text) == {"部门整体支出": "-/142.00/200.00/196.00"}


@pytest.mark.parametrize("spent", ["实际用了8.60万元", "实采8.60万元", "用了8.60万元"])
def test_what_was_used_or_bought_in_fact_was_spent_of_the_line_before(spent):
    assert amounts(f"{PROJECTS}趸船采购预算9.00万元，{spent}，完成95.56%。") == {"趸船采购": "-/9.00/-/8.60"}


def test_what_a_total_is_held_against_is_that_of_the_total_and_of_none_of_its_parts():
    text = f"{BASIC}公务接待费3.00万元、公务用车运行维护费17.00万元，“三公”经费合计20.00万元，低于年初核定的23.00万元。"
    found = amounts(text)
    assert found["“三公”经费"] == "-/23.00/-/20.00"
    assert found["公务接待费"] == "-/-/-/3.00"


@pytest.mark.parametrize("words", ["其中上年结转4.00万元、当年下达26.00万元", "年中收回项目类指标4.00万元"])
def test_where_money_came_from_is_no_project(words):
    found = lines_in(f"{PROJECTS}渔港疏浚全年预算30.00万元，{words}，支出28.00万元。")
    assert [row.item for row in found.itertuples() if row.level == "project"] == ["渔港疏浚"]


def test_what_was_held_against_a_budget_leaves_no_budget_to_the_part_behind_it():
    found = amounts("二、预算执行\n“三公”经费预算12.00万元，支出14.50万元，未超预算，其中接待1.80万元。")
    assert found["接待"] == "-/-/-/1.80"


def test_a_part_named_by_what_was_done_is_itself_and_not_its_heading():
    found = amounts("七、办公与采购\n政府采购支出总额60.00万元，其中货物20.00万元、工程30.00万元、服务10.00万元。")
    assert found["服务"] == "-/-/-/10.00"


def test_what_assets_were_at_the_beginning_and_what_came_and_went_is_neither_budget_nor_stock():
    text = "资产。固定资产年初300.00万元，新增40.00万元，处置10.00万元，年末330.00万元。"
    assert amounts(text) == {"固定资产": "-/-/-/330.00"}
    assert amounts("资产。年末固定资产原值330.00万元，比年初300.00万元增加30.00万元。") == {"固定资产": "-/-/-/330.00"}


def test_an_ordinal_in_front_of_what_is_counted_is_no_number_of_a_list():
    assert list(amounts(f"{PROJECTS}第三次渔业普查经费30.00万元。")) == ["第三次渔业普查经费"]


def test_parts_of_last_years_number_are_of_last_year():
    found = amounts("3.三公。预算9.00万元，决算7.00万元。上年决算8.00万元，其中车辆运行5.00万元，接待3.00万元。")
    assert found == {"三公": "-/9.00/-/7.00"}


def test_why_money_was_carried_over_may_name_a_day():
    text = "三、支出\n全年预算80.00万元，决算支出70.00万元，完成率87.50%。结转10.00万元，主要是补助指标12月25日才到，来不及审核。"
    assert "12月25日才到" in only(text)["reason"]


def test_a_column_of_adjustments_as_large_as_budgets_is_that_of_the_adjusted_budget():
    head = "二、资金\n科目\t年初预算\t调整数\t决算数（万元）\n"
    found = amounts(f"{head}人员经费\t80.00\t84.00\t83.00\n公用经费\t10.00\t10.00\t9.00\n")
    assert found["人员经费"] == "-/80.00/84.00/83.00"
    found = amounts(f"{head}人员经费\t80.00\t4.00\t83.00\n公用经费\t10.00\t1.00\t9.00\n")
    assert found["人员经费"] == "-/80.00/-/83.00"


ROWS = """甲街道办事处2031年部门整体支出自评
二、收支
（二）项目支出。年初数70.00万元，全年数90.00万元，花了80.00万元。分开看：
　　街巷整治　预算40.00　支出38.00　进度95.0%
　　小区改造　预算30.00　支出24.00　进度80.0%（居民意见没统一，钱没拨下去）
　　环卫保洁　预算20.00　支出18.00　进度90.0%
其中第三项节余是换车后油费少了，属于真节约。
"""


def test_rows_that_part_budget_and_spending_by_blanks_are_projects_in_the_unit_of_the_money_before():
    found = amounts(ROWS)
    assert found["街巷整治"] == "-/-/40.00/38.00"
    assert found["小区改造"] == "-/-/30.00/24.00"
    rows = "  1. 河道清淤    预算 20.00   支出 18.00\n  2. 渡口维修    预算  40.00   支出  32.00\n"
    lead = "（二）项目支出50.00万元（全年预算60.00万元），花在下面的事上：\n"
    assert amounts(f"甲镇2031年部门整体支出自评\n二、支出\n{lead}{rows}")["渡口维修"] == "-/-/40.00/32.00"


def test_a_budget_told_once_beside_others_that_changed_is_the_initial_and_the_adjusted_one():
    text = (
        f"{PROJECTS}三个项目年初合计60.00万元，全年预算75.00万元，决算70.00万元。具体为：古树名木巡护档案编制，预算20.00万元，支出19.00万元；"
        "苗圃灌溉，年初25.00万元，全年预算40.00万元，支出36.50万元；园路照明，预算15.00万元，支出14.50万元。"
    )
    found = amounts(text)
    assert found["古树名木巡护档案编制"] == "-/20.00/20.00/19.00"
    assert found["园路照明"] == "-/15.00/15.00/14.50"
    assert found["项目支出"] == "-/60.00/75.00/70.00"


def test_a_budget_told_once_is_of_no_stage_that_does_not_come_out_with_it():
    text = f"{PROJECTS}年初60.00万元，全年预算75.00万元，决算70.00万元。\n"
    text += "1.苗圃灌溉：预算50.00万元，支出46.00万元。\n2.园路照明：预算25.00万元，支出24.00万元。"
    assert amounts(text)["园路照明"] == "-/-/25.00/24.00"


def test_a_project_is_called_by_the_heading_its_line_begins_with_whatever_such_headings_announce_elsewhere():
    text = f"{PROJECTS}预算70.00万元，支出65.00万元。\n"
    text += "（1）渡口维修。预算50.00万元，支出46.00万元。\n（2）航标管理。预算20.00万元，支出19.00万元。"
    assert amounts(text)["航标管理"] == "-/20.00/-/19.00"


def test_what_an_initial_budget_became_stands_behind_what_it_was_changed_by():
    found = amounts(f"{PROJECTS}1.航标更新，年初80.00万元，调增6.00万元至86.00万元，支出85.00万元。")
    assert found["航标更新"] == "-/80.00/86.00/85.00"
    found = amounts("二、收支\n年初批复480.00万元，追加20.00万元，全年500.00万元；支出490.00万元。")
    assert found["部门整体支出"] == "-/480.00/500.00/490.00"


def test_projects_that_are_counted_have_the_budget_their_count_is_told_of():
    found = amounts(f"{PROJECTS}年初安排五个项目共80.00万元，调整后86.00万元，实际支出85.00万元。")
    assert found["项目支出"] == "-/80.00/86.00/85.00"
    found = amounts(f"{PROJECTS}1.航标更新，年初与调整后同为80.00万元，支出79.00万元。")
    assert found["航标更新"] == "-/80.00/80.00/79.00"


def test_what_a_sum_is_held_against_is_no_line_and_what_a_list_of_projects_comes_to_is_all_of_them():
    text = f"{PROJECTS}1.航标更新：预算80.00万元，支出79.00万元。\n2.渡口维修：预算20.00万元，支出19.00万元。\n"
    text += "两项支出合计98.00万元，加总后即为决算数98.00万元，未超过控制数100.00万元。押金余额3.00万元，较年初的2.00万元增加1.00万元。"
    assert set(amounts(text)) == {"航标更新", "渡口维修", "项目支出"}
    assert amounts(text)["项目支出"] == "-/-/-/98.00"


def test_a_half_is_the_same_whatever_a_bracket_says_it_takes_in():
    found = lines_in("二、收支\n基本支出（人员和日常公用）预算80.00万元，支出79.00万元。").to_dict("records")
    assert [(line["level"], line["item"]) for line in found] == [("basic", "基本支出")]


def test_what_is_spent_of_a_book_that_is_named_is_a_line_wherever_it_stands():
    found = amounts("甲局2031年自评报告\n四、其他\n政府性基金预算支出30.00万元，用于渡口6处，每处5.00万元。")
    assert found == {"政府性基金预算": "-/-/-/30.00"}


def test_a_bracket_behind_a_sum_adds_nothing_to_the_name_of_the_next():
    found = amounts(f"{BASIC}“三公”经费支出9.00万元，其中公务用车运行维护费6.00万元（未购车）、公务接待费3.00万元。")
    assert found["公务接待费"] == "-/-/-/3.00"


def test_numbered_names_of_groups_between_rows_are_rows_of_their_table():
    text = (
        "附表1 整体支出情况表（单位：万元）\n科目\t年初预算数\t全年预算数\t执行数\n合计\t90.00\t96.00\t93.00\n一、资金来源\n"
        "一般公共预算\t90.00\t96.00\t93.00\n二、支出性质\n基本支出\t50.00\t52.00\t51.00\n项目支出\t40.00\t44.00\t42.00\n"
    )
    found = amounts(text)
    assert found["一般公共预算"] == "-/90.00/96.00/93.00"
    assert found["基本支出"] == "-/50.00/52.00/51.00"


def test_the_total_of_a_table_is_that_of_what_its_title_names_whatever_unit_stands_behind():
    rows = "| 序号 | 项目 | 年初预算 | 支出 |\n| 1 | 航标更新 | 80.00 | 79.00 |\n| | 合计 | 80.00 | 79.00 |\n"
    text = f"附表2  项目支出执行情况表（万元）\n{rows}"
    assert amounts(text)["项目支出"] == "-/80.00/-/79.00"


def test_a_half_within_what_was_spent_is_that_half():
    found = amounts("二、收支\n全年预算96.00万元，支出93.00万元。支出中基本支出51.00万元、项目支出42.00万元。")
    assert found["基本支出"] == "-/-/-/51.00"


def test_who_grants_money_in_front_of_the_whole_names_no_line():
    found = amounts("二、收支\n地方财政年初安排90.00万元，全年预算96.00万元，实际支出93.00万元。")
    assert found == {"部门整体支出": "-/90.00/96.00/93.00"}


TOLD_ONCE = "项目支出全年预算60.00万元，决算55.00万元。各项目情况"


def test_the_line_that_leads_up_to_a_list_tells_what_the_numbers_of_its_items_are():
    items = "——航标更新：40.00万元/37.00万元/92.50%，年初30.00万元；\n——渡口维修：20.00万元/18.00万元/90.00%。\n"
    found = amounts(f"{PROJECTS}项目支出年初50.00万元，全年预算60.00万元，决算55.00万元。各项目情况（全年预算/执行/执行率）：\n{items}")
    assert found["航标更新"] == "-/30.00/40.00/37.00"
    assert found["渡口维修"] == "-/20.00/20.00/18.00"


def test_a_unit_told_in_the_line_that_leads_up_to_a_list_is_that_of_its_items():
    text = f"{PROJECTS}{TOLD_ONCE}（单位万元，前一数为全年预算，后一数为支出）：\n"
    text += "航标能力提升40.00、37.00，执行率92.50%；\n渡口维修20.00、18.00，执行率90.00%。\n平均得分9.50，系数1.20。\n"
    found = amounts(text)
    assert found["航标能力提升"] == "-/-/40.00/37.00"
    assert found["渡口维修"] == "-/-/20.00/18.00"
    assert set(found) == {"项目支出", "航标能力提升", "渡口维修"}


@pytest.mark.parametrize("told", ["（单位：万元）：", "，单位：万元：", "（以下金额均以万元计）："])
def test_a_list_goes_on_over_blank_lines_and_full_stops_as_long_as_its_lines_are_numbered_alike(told):
    text = f"{PROJECTS}{TOLD_ONCE}{told}\n\n1．航标更新，预算40.00，支出37.00；\n2．渡口维修，预算20.00，支出18.00。\n\n"
    text += "3．航道测量，预算6.00，支出5.00，下降3.10。\n\n二、效益\n航道通过系数0.95，演练预算1.20。\n"
    found = amounts(text)
    assert found["航标更新"] == "-/-/40.00/37.00"
    assert found["航道测量"] == "-/-/6.00/5.00"
    assert set(found) == {"项目支出", "航标更新", "渡口维修", "航道测量"}


@pytest.mark.parametrize("changed", ["压减一般性支出3.00万元，", "增加人员支出2.00万元、核减会议和培训支出5.00万元，"])
def test_a_line_by_which_a_budget_was_changed_has_no_stage_of_its_own(changed):
    text = f"甲局2031年度整体支出绩效自评报告\n一、收支情况\n年初安排90.00万元，{changed}全年预算87.00万元；实际支出80.00万元。\n"
    assert amounts(text) == {"部门整体支出": "-/90.00/87.00/80.00"}


@pytest.mark.parametrize(
    ("whole", "items", "expected"),
    [
        (
            "计划60.00万元，实际55.00万元。分项情况：\n",
            "航标更新40.00万元，实际37.00万元；\n渡口维修20.00万元，实际18.00万元。",
            "40.00/-/-/37.00",
        ),
        (
            "全年预算60.00万元，支出55.00万元。具体是：",
            "航标更新40.00万元，支出37.00万元；渡口维修20.00万元，支出18.00万元。",
            "-/-/40.00/37.00",
        ),
        (
            "全年预算60.00万元，决算55.00万元。如下：\n",
            "1.航标更新40.00万元，用了37.00万元。\n2.渡口维修20.00万元，花了18.00万元。",
            "-/-/40.00/37.00",
        ),
    ],
)
def test_in_a_list_of_a_line_whose_plan_and_spending_are_told_a_bare_sum_with_what_was_spent_of_it_is_planned(whole, items, expected):
    assert amounts(f"{PROJECTS}项目支出{whole}{items}\n")["航标更新"] == expected


@pytest.mark.parametrize(
    "held", ["均未突破预算的8.00万元", "没有超过预算8.00万元", "控制在预算8.00万元之内", "比上年的9.00万元少，控制在8.00万元的预算以内"]
)
def test_what_a_sum_is_held_against_is_the_budget_of_the_line_told_ahead_of_its_parts(held):
    text = "甲局2031年度整体支出绩效自评报告\n一、收支情况\n“三公”经费合计7.00万元，"
    text += f"公务接待费3.00万元，公务用车运行维护费4.00万元，{held}。\n"
    assert amounts(text)["“三公”经费"] == "-/8.00/-/7.00"


def test_what_was_done_of_a_budget_was_spent_wherever_it_is_told():
    text = "甲局2031年度整体支出绩效自评报告\n一、履职情况\n出动48次，救助6人。"
    text += "政府采购预算50.00万元，完成44.00万元，执行率88.00%。完成投资9.00万元。\n"
    assert amounts(text) == {"政府采购": "-/50.00/-/44.00"}


def test_a_row_is_called_what_stands_in_it_whatever_that_begins_with():
    table = "项目\t年初预算\t全年预算\t执行数\n项目支出\t9.00\t9.50\t9.00\n"
    table += "经济普查\t4.00\t4.50\t4.20\n在线监测\t5.00\t5.00\t4.80\n"
    text = f"甲局2031年度整体支出绩效自评报告\n一、收支（万元）\n{table}\n剔除经济普查后本年执行4.80万元。\n"
    assert set(amounts(text)) == {"项目支出", "经济普查", "在线监测"}


def test_targets_and_results_in_units_of_their_own_are_no_budget():
    rows = "产出\t播出时长\t290小时\t296小时\t6\t6\n成本\t每小时成本\t≤210元\t204元\t5\t5\n"
    rows += "效益\t下载量\t32万次\t34万次\t8\t8\n"
    text = f"甲局2031年度整体支出绩效自评报告\n一、收支\n类别\t名称\t目标\t实际\t权重\t得分\n{rows}"
    assert amounts(text) == {}


def test_a_budget_behind_the_parts_of_the_three_public_expenses_is_theirs_wherever_the_total_was_told():
    text = "甲局2031年度整体支出绩效自评报告\n一、收支\n全年预算90.00万元，支出88.00万元；“三公”经费合计7.00万元，"
    text += "公务接待费3.00万元，公务用车运行维护费4.00万元，预算8.00万元。\n"
    found = amounts(text)
    assert found["“三公”经费"] == "-/8.00/-/7.00"
    assert found["部门整体支出"] == "-/-/90.00/88.00"


def test_specials_that_are_counted_are_the_projects():
    text = f"{PROJECTS}三个专项调整后预算60.00万元，支出55.00万元：\n——渡口维修专项，预算60.00万元，支出55.00万元。\n"
    assert amounts(text)["项目支出"] == "-/-/60.00/55.00"


def test_what_a_table_states_of_a_line_is_that_where_prose_states_it_again_and_so_are_its_parts():
    table = "支出项目\t全年预算\t支出数\n航标更新\t20.00\t18.00\n渡口维修\t8.00\t7.00\n支出合计\t28.00\t25.00\n"
    text = f"甲局2031年度整体支出绩效自评报告\n一、收支（万元）\n{table}\n（二）说明\n"
    text += "航标更新18.00万元，用于灯器采购12.00万元、浮标检修4.00万元，其余为油料2.00万元。\n渡口维修6.50万元，用于油漆6.50万元。\n"
    found = amounts(text)
    assert found["灯器采购"] == "-/-/-/12.00"
    assert found["油料"] == "-/-/-/2.00"
    assert "油漆" not in found


def test_what_makes_up_the_spending_told_right_before_is_its_parts_without_a_word_that_says_so():
    text = "甲局2031年度整体支出绩效自评报告\n一、收支\n基本支出全年预算74.00万元，支出73.00万元。{}，公用经费13.00万元。\n"
    assert amounts(text.format("队员工资社保60.00万元"))["队员工资社保"] == "-/-/-/60.00"
    assert "队员工资社保" not in amounts(text.format("队员工资社保61.00万元"))


@pytest.mark.parametrize("held", ["控制在核定的9.00万元以内", "未超过批复的9.00万元"])
def test_what_was_granted_is_the_budget_of_the_line_that_is_held_against_it(held):
    text = "甲局2031年度整体支出绩效自评报告\n一、收支\n支出总额90.00万元。另有“三公”经费支出7.00万元，"
    found = amounts(f"{text}为接待费3.00万元和公务用车运行费4.00万元，{held}。\n")
    assert "9.00" in found["“三公”经费"]
    assert found["接待费"] == "-/-/-/3.00"
    assert set(found) == {"部门整体支出", "“三公”经费", "接待费", "公务用车运行费"}


def test_a_title_with_its_unit_far_to_the_right_is_no_row_of_its_table():
    text = "甲局2031年度部门决算\n一、报表\n表1  支出决算表                单位：元\n"
    text += "科目编码  科目名称                合计       基本支出       项目支出\n"
    text += "          合计             1,900,000.00   1,400,000.00   500,000.00\n"
    text += "214       交通运输支出     1,900,000.00   1,400,000.00   500,000.00\n"
    assert amounts(text)["基本支出"] == "-/-/-/140"


def test_the_unit_a_report_declares_once_is_that_of_its_tables():
    text = "（报告中金额单位除注明外均为万元）\n二、收支\n支出内容\t年初预算\t全年预算\t支出数\n基本支出\t40.00\t42.00\t41.00\n"
    assert amounts(text)["基本支出"] == "-/40.00/42.00/41.00"


def test_heads_typed_with_blanks_may_leave_out_the_one_over_the_names():
    rows = "基本支出          40.00       42.00       41.00\n  人员经费        30.00       31.00       30.50\n"
    text = f"甲局2031年度整体支出绩效自评报告\n二、收支（单位：万元）\n                  年初预算    全年预算    执行数\n{rows}"
    assert amounts(text) == {"基本支出": "-/40.00/42.00/41.00", "人员经费": "-/30.00/31.00/30.50"}


def test_chapters_may_be_lettered():
    text = "A 工作完成情况\nA1 航道\n维护航道30公里。\n\nB 预算资金\nB1 总额\n年初90.00万元，调整后96.00万元，支出93.00万元。\n"
    text += "B2 基本支出\n年初50.00万元，调整后52.00万元，支出51.00万元。\n"
    assert amounts(text) == {"部门整体支出": "-/90.00/96.00/93.00", "基本支出": "-/50.00/52.00/51.00"}


def test_rows_of_a_list_go_on_behind_what_one_of_them_is_divided_into():
    text = f"{PROJECTS}项目支出年初50.00万元，全年预算60.00万元，支出57.00万元。其中，航标更新预算33.00万元，支出31.00万元（灯器20.00万元、"
    text += "浮标11.00万元）；渡口维修预算18.00万元，支出17.00万元，按用途分为码头10.00万元、栈桥7.00万元；"
    text += "航道测量预算9.00万元，支出9.00万元。"
    found = lines_in(text).set_index("item")
    projects = found[found["level"] == "project"]
    assert {item: str(amount) for item, amount in projects["adjusted"].items()} == {
        "航标更新": "33.00",
        "渡口维修": "18.00",
        "航道测量": "9.00",
    }
    assert set(found.index[found["level"] == "item"]) == {"灯器", "浮标", "码头", "栈桥"}


def test_what_several_lines_come_to_together_is_no_line():
    items = "1.航标更新：预算30.00万元，支出28.00万元；\n2.渡口维修：预算20.00万元，支出19.00万元。\n航标和渡口两项支出47.00万元。"
    found = amounts(f"{PROJECTS}项目支出年初40.00万元，全年预算50.00万元，支出47.00万元。\n{items}")
    assert found == {"项目支出": "-/40.00/50.00/47.00", "航标更新": "-/-/30.00/28.00", "渡口维修": "-/-/20.00/19.00"}


THREE_PUBLIC = "合计\t因公出国（境）费\t公务用车购置费\t公务用车运行维护费\t公务接待费\n"


def test_heads_of_columns_may_name_the_lines_and_rows_what_their_amounts_are():
    rows = "2031年预算\t9.00\t0.00\t0.00\t7.00\t2.00\n2030年预算\t8.00\t0.00\t0.00\t6.50\t1.50\n"
    found = amounts(f"甲局2031年部门预算\n“三公”经费预算表（单位：万元）\n年度\t{THREE_PUBLIC}{rows}")
    assert found["“三公”经费"] == "-/9.00/-/-"
    assert found["公务用车运行维护费"] == "-/7.00/-/-"
    assert found["公务接待费"] == "-/2.00/-/-"


def test_a_single_row_under_heads_that_name_lines_is_what_the_document_is_about():
    found = amounts(f"甲局2031年部门预算\n“三公”经费预算表（单位：万元）\n{THREE_PUBLIC}9.00\t0.00\t0.00\t7.00\t2.00\n")
    assert found["公务接待费"] == "-/2.00/-/-"


def test_a_plain_budget_in_a_table_is_the_one_that_is_told_as_adjusted_elsewhere():
    account = "甲局2031年度部门决算\n五、“三公”经费情况\n“三公”经费全年预算9.00万元，支出决算8.30万元。\n"
    account += "“三公”经费支出决算表（单位：万元）\n"
    rows = "预算数\t9.00\t0.00\t0.00\t7.00\t2.00\n决算数\t8.30\t0.00\t0.00\t6.50\t1.80\n上年决算数\t8.10\t0.00\t0.00\t6.40\t1.70\n"
    found = amounts(f"{account}\t{THREE_PUBLIC}{rows}")
    assert found["“三公”经费"] == "-/-/9.00/8.30"
    assert found["公务接待费"] == "-/-/2.00/1.80"


def test_generic_words_in_front_of_the_name_of_a_level_are_none_of_it():
    assert only("五、“三公”经费情况\n财政拨款“三公”经费全年预算9.00万元，支出决算8.30万元。")["item"] == "“三公”经费"


def test_a_budget_no_whole_can_tell_the_stage_of_is_the_adjusted_one_beside_the_rate_of_its_execution():
    fund = "二、政府性基金预算\n福利彩票公益金预算20.00万元，支出19.00万元，执行率95.00%。"
    both = "一、收支总体情况\n部门整体支出年初90.00万元，全年预算96.00万元，支出93.00万元。\n"
    assert amounts(f"{both}{fund}")["福利彩票公益金"] == "-/-/20.00/19.00"
    assert amounts(fund)["福利彩票公益金"] == "-/20.00/-/19.00"


def test_a_total_behind_the_three_public_expenses_alone_is_that_of_them_whatever_it_is_held_against():
    text = "二、收支\n4. 经费控制。公务用车（应急车）运行维护费7.00万元，公务接待费2.00万元，合计9.00万元，未超过10.00万元的预算数。"
    found = amounts(text)
    assert found["“三公”经费"] == "-/10.00/-/9.00"
    assert found["公务用车（应急车）运行维护费"] == "-/-/-/7.00"
    within = text.replace("合计9.00万元，未超过10.00万元的预算数", "共9.00万元，控制在10.00万元预算以内")
    assert amounts(within)["“三公”经费"] == "-/10.00/-/9.00"


def test_what_was_spent_just_as_planned_was_planned():
    found = amounts("甲局2031年度部门决算\n三、政府性基金预算\n彩票公益金支出60.00万元，与年初预算数持平。")
    assert list(found.values()) == ["-/60.00/-/60.00"]


def test_the_three_public_expenses_are_of_no_book_their_heading_goes_on_from():
    text = "三、国有资本经营预算及其他\n国有资本经营预算无收支。“三公”经费年初9.00万元，支出8.00万元。"
    assert only(text)["book"] == "all"


def test_a_short_line_names_the_project_whose_sums_follow():
    text = f"{PROJECTS}年初预算30万元，调整预算36万元，支出33万元。列表说明如下：\n\n苗圃改造。年初10万元，调整14万元，支出13万元。\n"
    text += "湿地巡护。年初20万元，调整22万元，支出20万元。\n"
    assert amounts(text) == {"项目支出": "-/30/36/33", "苗圃改造": "-/10/14/13", "湿地巡护": "-/20/22/20"}


def test_names_of_the_clause_ahead_are_given_their_sums_in_turn():
    text = f"{BASIC}“三公”经费支出3.1万元，全部为公务用车运行维护费和公务接待费，两项分别为2.9万元、0.2万元。"
    assert amounts(text) == {"“三公”经费": "-/-/-/3.1", "公务用车运行维护费": "-/-/-/2.9", "公务接待费": "-/-/-/0.2"}


def test_what_is_only_held_to_be_a_part_by_its_name_is_of_no_stage():
    text = "二、预算资金情况\n（一）收入情况。年初预算60万元，年中追加8万元，全年预算68万元。\n"
    text += "（三）项目支出情况。两个项目预算28万元，支出27万元。\n"
    text += "一是苗圃改造，预算18万元，支出17万元。二是湿地巡护，预算10万元，支出10万元。\n"
    assert amounts(text)["项目支出"] == "-/28/-/27"


def test_the_name_of_a_book_in_a_list_is_of_the_stage_of_its_whole():
    text = "二、预算执行情况\n全年实际支出100万元，其中一般公共预算80万元、政府性基金预算20万元。"
    assert amounts(text) == {"部门整体支出": "-/-/-/100", "一般公共预算": "-/-/-/80", "政府性基金预算": "-/-/-/20"}


def test_a_number_parted_from_its_name_by_a_comma_names_nothing():
    text = f"{PROJECTS}项目支出全年预算30万元，支出28万元。分项如下：\n\n其一，古籍保护与修复，预算20万元，支出19万元；\n\n"
    text += "其二，阅读推广活动，预算10万元，支出9万元。\n"
    assert amounts(text) == {"项目支出": "-/-/30/28", "古籍保护与修复": "-/-/20/19", "阅读推广活动": "-/-/10/9"}


def test_a_table_of_items_of_expenditure_has_the_total_of_all():
    text = "二、预算执行情况\n单位：万元\n支出项目\t年初预算\t决算支出\n支出合计\t30\t28\n基本支出\t20\t19\n项目支出\t10\t9\n"
    assert amounts(text) == {"部门整体支出": "-/30/-/28", "基本支出": "-/20/-/19", "项目支出": "-/10/-/9"}


def test_what_was_contracted_for_is_what_was_bought():
    text = "三、采购情况\n全年政府采购预算30万元，实际签约金额28万元，节约2万元；甲工程合同金额9万元。"
    assert amounts(text) == {"政府采购": "-/30/-/28"}


def test_a_subtotal_that_names_a_half_is_that_half_and_the_rows_above_it_are_its_parts():
    text = "二、预算执行情况\n单位：万元\n项目\t年初预算\t全年预算\t实际支出\n编制人员经费\t20\t21\t20\n"
    text += "公用经费\t4\t4\t3\n基本支出小计\t24\t25\t23\n"
    text += "雷达保障\t10\t12\t11\n站点运维\t6\t6\t5\n项目支出小计\t16\t18\t16\n合计\t40\t43\t39\n"
    assert tree(text) == [
        ("编制人员经费", "basic_part", "all", "基本支出"),
        ("公用经费", "basic_part", "all", "基本支出"),
        ("基本支出", "basic", "all", "部门整体支出"),
        ("雷达保障", "project", "all", "项目支出"),
        ("站点运维", "project", "all", "项目支出"),
        ("项目支出", "project_total", "all", "部门整体支出"),
        ("部门整体支出", "total", "all", ""),
    ]


def test_a_bracket_that_says_what_a_budget_takes_in_changes_no_stage():
    assert amounts("二、预算执行情况\n年初预算30万元，全年预算（含追加）36万元，实际支出35万元。") == {"部门整体支出": "-/30/36/35"}
    assert amounts("二、预算执行情况\n年初预算30万元，当年追加（减）后全年预算36万元。") == {"部门整体支出": "-/30/36/-"}


def test_a_half_is_called_by_its_own_name_whatever_makes_it_up():
    text = "二、支出结构\n人员经费与公用经费之和为基本支出20万元，其余两项为项目支出10万元。"
    assert amounts(text) == {"基本支出": "-/-/-/20", "项目支出": "-/-/-/10"}


def test_a_table_that_states_no_unit_is_of_money_where_its_heads_say_budget():
    text = "甲局2031年度部门整体支出绩效自评报告\n表1 支出（单位：万元）\n项目\t年初预算\t决算\n湿地巡护\t10\t9\n苗圃改造\t20\t18\n\n"
    text += "表2 “三公”经费\n费目\t2030年决算\t2031年预算\t2031年决算\n公务接待费\t3\t4\t2\n合计\t3\t4\t2\n"
    assert amounts(text)["公务接待费"] == "-/4/-/2"


def test_a_sum_arranged_for_a_line_is_its_budget():
    assert amounts(f"{BASIC}“三公”经费全年安排5万元，开支4万元。") == {"“三公”经费": "-/5/-/4"}


def test_the_total_expenditure_is_that_of_all_wherever_it_is_told():
    assert amounts(f"{BASIC}全年总支出30万元，其中基本支出20万元、项目支出10万元。")["部门整体支出"] == "-/-/-/30"


def test_what_the_treasury_granted_is_a_part_where_it_is_listed_as_one():
    text = "二、预算执行情况\n全年支出30万元，其中财政拨款支出28万元、事业收入安排2万元。"
    assert {item: sums for item, sums in amounts(text).items() if "28" in sums} == {"财政拨款支出": "-/-/-/28"}


def test_a_line_that_every_budget_has_is_known_outside_of_its_section():
    text = "一、部门概况\n（一）职责。承担全县水务工作。\n（二）“三公”经费支出3万元；构成为公务用车运行维护2万元、公务接待1万元。"
    assert amounts(text) == {"“三公”经费": "-/-/-/3", "公务用车运行维护": "-/-/-/2", "公务接待": "-/-/-/1"}


def test_what_only_tells_another_amount_anew_is_no_line():
    assert amounts(f"{PROJECTS}苗圃改造预算20万元，支出180,000元。苗圃改造支出折合18万元。") == {"苗圃改造": "-/20/-/18"}


def test_what_counts_or_ranks_others_is_no_name():
    assert amounts(f"{PROJECTS}第1、2项合计年初预算30万元。前两项支出28万元。") == {}


def test_a_cell_of_words_is_no_sum_of_its_column():
    text = "部门整体支出绩效自评表\n单位：万元\n年度资金\t年初预算数\t全年执行数\n年度资金总额\t90.00\t88.00\n"
    text += "年度目标\t成交额5.50亿元；新增平台4个\t成交额5.60亿元\n"
    assert amounts(text) == {"部门整体支出": "-/90.00/-/88.00"}


def test_a_line_that_is_named_as_its_own_whole_is_a_part_of_nothing():
    text = "二、预算执行情况\n\n（一）基本支出\n\n人员经费205.00万元、公用经费38.00万元。“三公”经费只发生公务接待费2.00万元。\n"
    assert {"人员经费", "公用经费"} <= set(lines_in(text)["item"])


def test_rows_below_a_line_that_only_groups_them_have_the_heads_above_it():
    told = "资金收支情况表　　单位：元\n资金项目      全年预算数    全年执行数\n年度资金总额  900000        850000\n按支出分\n"
    said = amounts(f"{told}基本支出      500000        480000\n项目支出      400000        370000\n")
    assert (said["基本支出"], said["项目支出"]) == ("-/-/50/48", "-/-/40/37")


# ---- lists told in a sentence, and what is named ahead -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "told",
    [
        "两个项目的预算、决算及完成率是：古树保护50万元、45万元、90%；渔政巡护40万元、35万元、87.5%。",
        "各项目（预算数、支出数）依次为：古树保护50万元、45万元；渔政巡护40万元、35万元。",
        "各项目预算/支出情况：古树保护50万元/45万元；渔政巡护40万元/35万元。",
        "各项目预算／支出情况：古树保护50万元／45万元；渔政巡护40万元／35万元。",
        "两个项目的支出、预算分别是：古树保护45万元、50万元，渔政巡护35万元、40万元。",
    ],
)
def test_columns_told_ahead_of_a_list_are_those_of_each_of_its_items(told):
    said = amounts(f"{PROJECTS}{told}\n")
    assert [said[item].replace("-/50/-", "-/-/50").replace("-/40/-", "-/-/40") for item in ("古树保护", "渔政巡护")] == [
        "-/-/50/45",
        "-/-/40/35",
    ]


def test_each_stage_of_a_budget_may_be_a_column_told_ahead():
    told = "各项目年初预算、调整后预算和实际支出如下：村道养护30万元、50万元、45万元，桥梁检测40万元、40万元、35万元。"
    assert amounts(f"{PROJECTS}{told}\n") == {"村道养护": "-/30/50/45", "桥梁检测": "-/40/40/35"}


@pytest.mark.parametrize(
    "told",
    [
        "具体是：（1）古树保护，预算500,000元，支出450,000元，进度90%；（2）渔政巡护，预算400,000元，支出350,000元，进度87.5%。",
        "分别是：①古树保护，预算50万元，支出45万元；②渔政巡护，预算40万元，支出35万元。",
        "包括：一是古树保护，预算50万元，支出45万元，执行率90%；二是渔政巡护，预算40万元，支出35万元，执行率87.5%。",
        "具体为：（1）古树保护——预算50万元，支出45万元；（2）渔政巡护——预算40万元，支出35万元。",
    ],
)
def test_an_item_with_a_number_is_named_by_the_clause_ahead_wherever_it_stands_in_its_sentence(told):
    said = amounts(f"{PROJECTS}项目支出预算90万元，支出80万元，{told}\n")
    assert said["古树保护"] == "-/50/-/45"
    assert said["渔政巡护"] == "-/40/-/35"


def test_marked_lines_under_a_numbered_paragraph_about_projects_are_projects():
    head = "二、一般公共预算支出情况\n2.3 项目支出。预算90万元，支出80万元。\n"
    told = amounts(f"{head}——窗口服务外包。预算50万元，支出45万元。\n——自助终端维护。预算40万元，支出35万元。\n")
    assert told == {"项目支出": "-/90/-/80", "窗口服务外包": "-/50/-/45", "自助终端维护": "-/40/-/35"}


def test_of_two_statements_that_agree_the_one_in_more_digits_is_the_amount():
    told = amounts("二、部门整体支出情况\n从去向看，基本支出0.47亿元，项目支出4.16亿元。\n三、基本支出情况\n基本支出4715.60万元。\n")
    assert told == {"基本支出": "-/-/-/4715.60", "项目支出": "-/-/-/41600"}


@pytest.mark.parametrize(
    "told", ["热线运行：全年10万元，支出8万元。", "热线运行全年10万元，花了8万元。", "1.热线运行。全年10万元、支出8万元。"]
)
def test_what_is_given_for_the_whole_year_and_spent_in_part_is_the_budget_of_the_year(told):
    assert amounts(f"{PROJECTS}{told}\n") == {"热线运行": "-/-/10/8"}


def test_behind_the_last_part_of_a_whole_its_sentence_comes_back_to_the_whole():
    told = amounts("二、预算执行情况\n全年预算39万元，由基本支出预算24万元和项目支出预算15万元组成；全年支出38万元，支出进度97.4%。\n")
    assert told == {"部门整体支出": "-/-/39/38", "基本支出": "-/-/24/-", "项目支出": "-/-/15/-"}


@pytest.mark.parametrize("said", ["只有", "仅发生", "全部为", "中只发生"])
def test_all_there_was_of_a_line_is_what_is_spoken_of(said):
    assert amounts(f"{BASIC}“三公”经费{said}公务接待费，预算3万元，支出2.4万元。\n") == {"公务接待费": "-/3/-/2.4"}


def test_a_bracket_parts_no_name_from_what_it_adds_to_the_amount_before():
    told = amounts(f"{BASIC}公务用车运行维护费6.2万元（不含特种车辆）和公务接待费3.1万元，合计9.3万元，较预算12万元少支2.7万元。\n")
    assert told == {"公务用车运行维护费": "-/-/-/6.2", "公务接待费": "-/-/-/3.1", "“三公”经费": "-/12/-/9.3"}


@pytest.mark.parametrize("said", ["全部支出", "已全部拨付", "如数兑付", "已支出完毕"])
def test_where_all_that_was_planned_was_spent_that_is_what_was_spent(said):
    told = amounts(f"{PROJECTS}渔政巡护调整后15万元，支出14万元；科普宣传调整后10万元，{said}。\n")
    assert told == {"渔政巡护": "-/-/15/14", "科普宣传": "-/-/10/10"}


def test_a_source_below_the_total_of_a_table_and_a_grand_total_below_that_of_the_projects_are_read():
    rows = ["项目 | 年初预算 | 全年预算 | 全年支出", "年度资金总额 | 30.00 | 31.00 | 29.00", "财政拨款 | 28.00 | 29.00 | 27.50"]
    assert amounts("资金执行表（单位：万元）\n" + "\n".join(f"| {row} |" for row in rows)) == {
        "部门整体支出": "-/30.00/31.00/29.00",
        "财政拨款": "-/28.00/29.00/27.50",
    }
    rows = [*rows[:1], "健身活动 | 20.00 | 21.00 | 20.50", "项目支出合计 | 20.00 | 21.00 | 20.50", "基本支出 | 9.00 | 9.50 | 9.40"]
    told = amounts("资金执行表（单位：万元）\n" + "\n".join(f"| {row} |" for row in (*rows, "总计 | 29.00 | 30.50 | 29.90")))
    assert told["部门整体支出"] == "-/29.00/30.50/29.90"


@pytest.mark.parametrize(
    "said",
    ["预算80.00万元（年初75.00万元）", "预算80.00万元，其中年初预算75.00万元", "预算80.00万元（年初批复75.00万元、追加5.00万元）"],
)
def test_a_budget_of_no_stage_is_the_adjusted_one_where_the_initial_one_is_told_beside_it(said):
    text = f"{BASIC}基本支出{said}，支出78.20万元。"
    assert amounts(text)["基本支出"] == "-/75.00/80.00/78.20"


@pytest.mark.parametrize(
    "said", ["苗圃灌溉80.00万元，支出76.40万元", "苗圃灌溉80.00万元，执行率95.50%，支出76.40万元", "苗圃灌溉80.00万元（支出76.40万元）"]
)
def test_what_a_line_only_has_was_given_where_less_is_told_to_be_spent_of_it(said):
    assert amounts(f"{PROJECTS}{said}。")["苗圃灌溉"] == "-/80.00/-/76.40"
    assert amounts("九、资产\n固定资产80.00万元，净值76.40万元。")["固定资产"] == "-/-/-/80.00"


@pytest.mark.parametrize("said", ["上述两项预算50.00万元、支出48.00万元", "两处相加预算50.00万元，支出48.00万元"])
def test_what_comes_to_the_projects_told_before_is_all_of_them_whatever_it_is_called(said):
    text = f"{PROJECTS}苗圃灌溉预算30.00万元，支出29.00万元。\n园路照明预算20.00万元，支出19.00万元。\n"
    assert amounts(f"{text}{said}。")["项目支出"] == "-/50.00/-/48.00"


def test_what_points_back_to_some_projects_is_no_line():
    text = f"{PROJECTS}苗圃灌溉支出29.00万元。\n园路照明支出19.00万元。\n古树巡护支出6.00万元。\n"
    text += "上述前两项直接付给农户的资金支出40.00万元。"
    assert [*amounts(text)] == ["苗圃灌溉支出", "园路照明支出", "古树巡护支出"]


def test_a_total_of_projects_is_of_the_stage_of_those_beside_whose_rates_it_stands():
    text = "二、支出\n年初预算90.00万元，全年预算100.00万元，支出95.00万元。\n三、项目\n"
    text += "苗圃灌溉，预算30.00万元，支出29.00万元，执行率96.67%。\n园路照明，预算20.00万元，支出19.00万元，执行率95.00%。\n"
    text += "项目预算共50.00万元。"
    found = amounts(text)
    assert (found["苗圃灌溉"], found["项目支出"]) == ("-/-/30.00/29.00", "-/-/50.00/-")


def test_what_can_be_spent_in_the_year_is_its_adjusted_budget():
    text = "二、支出\n年初部门预算90.00万元，全年可执行预算100.00万元，到12月底支出95.00万元。"
    assert amounts(text)["部门整体支出"] == "-/90.00/100.00/95.00"


def test_the_general_budget_is_the_total_where_none_of_all_books_is_told():
    text = "二、一般公共预算支出情况\n年初预算90.00万元，全年预算100.00万元，支出95.00万元。\n"
    text += "三、政府性基金预算\n政府性基金预算9.00万元，支出8.00万元。\n"
    levels = {row.item: row.level for row in lines_in(text).itertuples()}
    assert levels == {"一般公共预算": "total", "政府性基金预算": "fund"}
    levels = {row.item: row.level for row in lines_in(f"一、总体\n部门整体支出年初预算99.00万元，支出103.00万元。\n{text}").itertuples()}
    assert (levels["部门整体支出"], levels["一般公共预算"]) == ("total", "item")


def test_where_money_came_from_is_a_part_of_a_total_of_what_was_spent_and_of_no_total_of_income():
    rows = "项目 | 年初预算数 | 全年执行数\n{} | 50.00 | 48.00\n财政拨款 | 40.00 | 39.00\n事业收入 | 10.00 | 9.00\n"
    spent = amounts("资金情况（单位：万元）\n" + rows.format("年度资金总额"))
    assert spent == {"部门整体支出": "-/50.00/-/48.00", "财政拨款": "-/40.00/-/39.00", "事业收入": "-/10.00/-/9.00"}
    assert not {"事业收入", "部门整体支出"} & amounts("收入情况（单位：万元）\n" + rows.format("收入合计")).keys()


@pytest.mark.parametrize("name", ["合    计", "总\u3000\u3000计", "合      计"])
def test_a_name_spread_over_its_column_is_one(name):
    rows = "项  目          年初预算    实际支出\n基本支出         30.00       29.00\n项目支出         20.00       19.00\n"
    rows += f"{name}        50.00       48.00\n"
    assert amounts(f"甲局2031年部门整体支出自评\n三、资金收支（单位：万元）\n\n{rows}")["部门整体支出"] == "-/50.00/-/48.00"


def test_what_a_clause_ahead_calls_a_half_is_that_half():
    text = "三、支出\n表内第1、2项为基本支出，合计支出30.00万元；第3至5项为项目支出，合计支出20.00万元。"
    assert amounts(text) == {"基本支出": "-/-/-/30.00", "项目支出": "-/-/-/20.00"}


def test_a_budget_that_stayed_names_no_line():
    text = f"{PROJECTS}苗圃灌溉，年初30.00万元、未调整仍为30.00万元，支出29.00万元。\n园路照明，年初20.00万元，支出19.00万元。"
    assert amounts(text)["苗圃灌溉"] == "-/30.00/30.00/29.00"


def test_what_was_used_of_a_fund_was_given_where_less_was_spent_of_it():
    text = "四、政府性基金\n使用上级水利建设基金66.00万元，支出62.70万元，执行率95.00%。"
    assert amounts(text)["上级水利建设基金"] == "-/66.00/-/62.70"


def test_a_clause_goes_on_with_the_line_right_before_whatever_its_section_is_called():
    text = f"{PROJECTS}1. 苗圃灌溉：年初30.00万元，全年33.00万元，实支29.00万元；\n2. 园路照明：年初20.00万元，未调整，实支19.00万元。\n"
    text = text.replace("全年", "调整后") + "两项合计年初50.00万元，调整后53.00万元，实支48.00万元。"
    assert amounts(text)["项目支出"] == "-/50.00/53.00/48.00"


def test_the_whole_of_what_was_spent_on_parts_named_after_it_is_no_budget_of_theirs():
    text = "二、支出\n基本支出50.00万元（预算52.00万元）。基本支出里，工资福利支出40.00万元、商品和服务支出10.00万元。"
    found = amounts(text)
    assert (found["工资福利支出"], found["商品和服务支出"]) == ("-/-/-/40.00", "-/-/-/10.00")


def test_project_funds_beside_staff_and_running_costs_are_the_half_of_the_whole():
    text = "二、资金\n全年支出60.00万元，其中人员经费30.00万元、公用经费10.00万元、项目经费20.00万元。"
    assert amounts(text)["项目支出"] == "-/-/-/20.00"


def test_all_there_was_of_a_line_is_called_by_its_own_name():
    assert amounts("四、“三公”经费\n全年只发生公务接待费1.20万元，预算2.00万元。")["公务接待费"] == "-/2.00/-/1.20"


def test_projects_are_listed_under_any_heading_that_is_one_of_projects():
    text = "三、项目明细\n——苗圃灌溉。年初预算30.00万元，决算支出29.00万元。\n"
    text += "——园路照明。年初和调整预算均为20.00万元，决算支出19.00万元。\n"
    assert amounts(text) == {"苗圃灌溉": "-/30.00/-/29.00", "园路照明": "-/20.00/20.00/19.00"}


@pytest.mark.parametrize(
    "listed",
    [
        "包括苗圃灌溉（预算30.00万元、支出29.00万元）、园路照明（预算20.00万元、支出19.00万元）两个项目",
        "苗圃灌溉（支出29.00万元，预算30.00万元），园路照明（支出19.00万元，预算20.00万元）",
        "主要项目：苗圃灌溉，安排30.00万元，支付29.00万元；园路照明，安排20.00万元，支付19.00万元",
        "一是苗圃灌溉，投入29.00万元（预算30.00万元），二是园路照明，投入19.00万元（预算20.00万元）",
        "重点保障以下支出：苗圃灌溉30.00万元，已支付29.00万元；园路照明20.00万元，已支付19.00万元",
    ],
)
def test_an_item_of_a_list_is_called_by_the_clause_or_the_words_in_front_of_its_bracket(listed):
    found = amounts(f"二、支出\n全年预算90.00万元，支出85.00万元。\n三、项目支出\n项目支出48.00万元。{listed}。")
    told = {item: tuple(part for part in said.split("/") if part != "-") for item, said in found.items()}
    assert {item: told[item] for item in told if item != "项目支出"} == {
        "部门整体支出": ("90.00", "85.00"),
        "苗圃灌溉": ("30.00", "29.00"),
        "园路照明": ("20.00", "19.00"),
    }


def test_what_was_cut_off_is_told_in_more_digits_elsewhere():
    text = "二、支出\n基本支出365845425元。\n附表 支出（单位：万元）\n项目\t年初预算\t支出\n基本支出\t36000.00\t36584.54\n"
    assert amounts(text.replace("365845425元", "决算365845456元"))["基本支出"] == "-/36000.00/-/36584.5456"


@pytest.mark.parametrize(
    "said",
    [
        "年度预算（调整后）：84.00万元\n年度预算（年初）：79.00万元\n全年支出：82.00万元",
        "部门整体支出（年初预算）：79.00万元\n部门整体支出（调整后预算）：84.00万元\n部门整体支出（决算）：82.00万元",
        "部门整体支出年初预算：79.00万元，调整预算：84.00万元，决算：82.00万元。",
    ],
)
def test_a_label_says_which_number_stands_behind_it(said):
    assert amounts(f"二、资金情况\n{said}")["部门整体支出"] == "-/79.00/84.00/82.00"


def test_parts_behind_labels_of_their_own_are_parts():
    found = amounts("三、“三公”经费\n预算：6.00万元。支出：5.20万元。其中接待费：1.20万元；公务用车：4.00万元。")
    assert found == {"“三公”经费": "-/6.00/-/5.20", "接待费": "-/-/-/1.20", "公务用车": "-/-/-/4.00"}


@pytest.mark.parametrize(
    "listed",
    [
        "三、项目支出（单位：万元）\n项目支出48.00。具体项目（预算/执行）：苗圃灌溉30.00/29.00；园路照明20.00/19.00。",
        "主要项目（调整后预算→支出）\n- 苗圃灌溉：30.00万元→29.00万元\n- 园路照明：20.00万元→19.00万元\n",
    ],
)
def test_a_bracket_tells_the_columns_of_the_list_it_leads_up_to(listed):
    found = amounts(f"甲局2031年部门整体支出自评\n{PROJECTS}{listed}")
    told = {item: [part for part in found[item].split("/") if part != "-"] for item in ("苗圃灌溉", "园路照明")}
    assert told == {"苗圃灌溉": ["30.00", "29.00"], "园路照明": ["20.00", "19.00"]}


def test_the_parts_of_what_a_sentence_is_about_are_parts_of_that_though_two_lines_were_told_in_turn():
    text = "二、支出\n基本支出和项目支出决算分别为30.00万元和48.00万元。\n"
    text += "（三）项目支出中，苗圃灌溉安排30.00万元，支出29.00万元；园路照明支出19.00万元。"
    found = amounts(text)
    assert (found["项目支出"], found["园路照明支出"]) == ("-/-/-/48.00", "-/-/-/19.00")
    assert found["苗圃灌溉"] == "-/30.00/-/29.00"


def test_what_only_another_year_is_the_name_of_is_no_line():
    text = "甲局2031年部门整体支出自评\n二、收支（单位：万元）\n全年预算90.00，支出85.00，与上年决算80.00相比增加5.00。"
    assert amounts(text) == {"部门整体支出": "-/-/90.00/85.00"}


# ---- wholes told behind their parts, and what a sum is held against ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("人员经费20.00万元、公用经费7.00万元，加总为27.00万元，执行率90.00%。", "-/-/-/27.00"),
        ("人员经费20.00万元，公用经费7.00万元，以上共27.00万元，相当于预算30.00万元的90.00%。", "-/30.00/-/27.00"),
        ("预算30.00万元，人员经费20.00万元、公用经费7.00万元，支出27.00万元。", "-/30.00/-/27.00"),
    ],
)
def test_what_comes_to_its_parts_behind_them_is_basic_expenditure(said, told):
    found = amounts(f"{BASIC}{said}")
    assert found == {"基本支出": told, "人员经费": "-/-/-/20.00", "公用经费": "-/-/-/7.00"}


@pytest.mark.parametrize(
    "said",
    [
        "公务用车运行2.50万元、公务接待0.50万元，两项小计3.00万元，低于年初预算4.00万元。",
        "“三公”经费公务用车运行2.50万元、公务接待0.50万元，两项共3.00万元，对照预算4.00万元。",
        "公务接待0.50万元，2辆公务用车运行2.50万元，平均每辆1.25万元，两项合计3.00万元，预算4.00万元。",
    ],
)
def test_what_public_expenses_are_held_against_is_their_budget(said):
    found = amounts(f"二、预算执行情况\n{said}")
    assert found == {"“三公”经费": "-/4.00/-/3.00", "公务用车运行": "-/-/-/2.50", "公务接待": "-/-/-/0.50"}


def test_what_was_spent_may_be_below_its_budget_by_so_much():
    assert amounts("二、预算执行情况\n“三公”经费支出3.00万元，低于预算1.00万元。") == {"“三公”经费": "-/-/-/3.00"}


@pytest.mark.parametrize(
    ("said", "whole", "told"),
    [
        ("公务接待费预算30.00万元，决算29.00万元。公务用车运行费预算20.00万元，决算19.00万元。两项", "“三公”经费", "-/50.00/-/48.00"),
    ],
)
def test_what_points_back_is_of_all_told_before_where_it_comes_to_them(said, whole, told):
    found = amounts(f"{PROJECTS}{said}预算50.00万元，决算48.00万元。")
    assert found.get(whole) == told
    assert not {"50.00", "48.00"} & {part for item, of in found.items() if item != whole for part in of.split("/")}


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("政府采购预算30.00万元，完成采购28.00万元。", {"政府采购": "-/30.00/-/28.00"}),
        ("政府采购年初编报30.00万元，实际签约28.00万元。", {"政府采购": "-/30.00/-/28.00"}),
        ("会议费、培训费依次为2.00万元、3.00万元。", {"会议费": "-/-/-/2.00", "培训费": "-/-/-/3.00"}),
    ],
)
def test_what_is_told_in_other_words_is_told(said, told):
    assert amounts(f"二、预算执行情况\n{said}") == told


def test_a_total_of_changes_is_a_change():
    said = "年初预算80.00万元。年中基本支出增加2.00万元，项目支出增加8.00万元，调整数合计10.00万元，全年预算90.00万元。"
    assert amounts(f"二、预算执行情况\n{said}") == {"部门整体支出": "-/80.00/90.00/-"}


@pytest.mark.parametrize("heading", ["（甲）总体", "单位概况与收支规模", "市级预算构成"])
def test_a_heading_that_only_announces_is_no_project(heading):
    assert amounts(f"二、预算执行情况\n\n（一）{heading}\n年初预算80.00万元，支出75.00万元。") == {"部门整体支出": "-/80.00/-/75.00"}


def test_what_is_paid_to_collect_loans_is_no_loan():
    assert amounts(f"{PROJECTS}贷款催收预算30.00万元，支出29.00万元。")["贷款催收"] == "-/30.00/-/29.00"


def test_the_only_subtotal_at_the_end_of_a_table_is_that_of_its_section():
    found = amounts(f"{PROJECTS}\n项目\t预算\t支出（万元）\n苗圃灌溉\t30.00\t29.00\n园路照明\t20.00\t19.00\n小计\t50.00\t48.00\n")
    assert found["项目支出"] == "-/50.00/-/48.00"


def test_a_source_told_above_the_total_of_a_table_is_a_part_of_it():
    found = amounts("二、预算执行情况\n\n| 项目 | 年初预算 | 执行数（万元） |\n| 财政拨款 | 60.00 | 58.00 |\n| 合计 | 80.00 | 75.00 |\n")
    assert found == {"财政拨款": "-/60.00/-/58.00", "部门整体支出": "-/80.00/-/75.00"}


@pytest.mark.parametrize("led", ["二是", ""])
def test_a_sentence_that_only_names_a_line_leads_the_next(led):
    found = amounts(f"二、预算执行情况\n全年预算90.00万元，支出85.00万元。{led}“三公”经费。预算4.00万元，支出3.00万元。")
    assert found == {"部门整体支出": "-/-/90.00/85.00", "“三公”经费": "-/4.00/-/3.00"}


def test_a_line_named_by_what_it_is_for_is_that_line():
    said = "维持运转的基本支出，全年预算50.00万元，支出48.00万元；用于专项任务的项目支出，全年预算40.00万元，支出37.00万元。"
    assert amounts(f"二、预算执行情况\n{said}") == {"基本支出": "-/-/50.00/48.00", "项目支出": "-/-/40.00/37.00"}


def test_a_stage_told_ahead_of_a_list_is_that_of_its_items():
    said = "全年预算90.00万元，支出85.00万元，其中基本支出48.00万元，项目支出37.00万元。"
    found = amounts(f"二、预算执行情况\n{said}相应的全年预算，基本支出为50.00万元，项目支出为40.00万元。")
    assert found == {"部门整体支出": "-/-/90.00/85.00", "基本支出": "-/-/50.00/48.00", "项目支出": "-/-/40.00/37.00"}


def test_what_income_and_expenditure_are_balanced_in_is_no_expenditure_of_the_year():
    said = "收入支出决算总额均为95.00万元。本年支出决算85.00万元，较全年预算90.00万元少支5.00万元。"
    assert amounts(f"二、预算执行情况\n{said}") == {"部门整体支出": "-/-/90.00/85.00"}


def test_a_project_told_by_its_number_has_its_name():
    found = amounts(f"{PROJECTS}项目一：苗圃灌溉。预算30.00万元，支出29.00万元。\n项目二：园路照明。预算20.00万元，支出19.00万元。\n")
    assert found == {"苗圃灌溉": "-/30.00/-/29.00", "园路照明": "-/20.00/-/19.00"}


def test_what_is_called_a_project_is_one_below_the_general_budget():
    frame = lines_in("二、一般公共预算支出情况\n苗圃灌溉项目，预算30.00万元，支出29.00万元。\n")
    assert [*frame["level"]] == ["project"]


def test_who_granted_the_money_to_whom_is_no_project():
    said = "区财政年初批给我馆80.00万元，全年可用90.00万元；到年底共用去85.00万元。"
    assert amounts(f"二、预算执行情况\n{said}") == {"部门整体支出": "-/80.00/90.00/85.00"}


def test_projects_are_adjusted_as_all_of_them_are_though_that_is_told_below():
    text = "二、一般公共预算支出情况\n（一）总体情况。全年预算90.00万元，支出85.00万元。\n（二）项目支出。预算0.50万元，支出0.48万元。\n"
    text += "苗圃灌溉，预算0.30万元，支出0.29万元，执行率96.67%。\n园路照明，预算0.20万元，支出0.19万元，执行率95.00%。\n"
    found = amounts(f"{text}两个项目预算合计0.50万元，支出0.48万元，执行率96.00%。\n")
    assert (found["苗圃灌溉"], found["项目支出"]) == ("-/-/0.30/0.29", "-/-/0.50/0.48")


@pytest.mark.parametrize(
    "told",
    ["核给30.00万元，用完29.00万元", "批了30.00万元，已支29.00万元", "拨了30.00万元，花出29.00万元", "下拨30.00万元，实际兑现29.00万元"],
)
def test_a_verb_of_giving_or_paying_tells_the_stage_of_an_item_named_ahead_of_it(told):
    found = amounts(
        f"{PROJECTS}项目支出预算80.00万元，用去77.00万元。分别是：\n1.渠道清淤，预算50.00万元，支出48.00万元；\n2.闸门检修，{told}。\n"
    )
    assert found["闸门检修"] == "-/30.00/-/29.00"


def test_a_heading_over_money_of_other_matters_is_no_line():
    assert amounts("五、采购与合同\n全年预算5230.00万元，实际支付4916.20万元。\n") == {}
    said = "五、防洪与供水\n总体情况。全年预算5230.00万元，实际支付4916.20万元。\n"
    assert amounts(said) == {"部门整体支出": "-/-/5230.00/4916.20"}


def test_the_limit_of_what_is_known_by_name_is_its_target_and_any_other_none():
    found = amounts(
        "二、预算执行情况\n公务接待费支出1.20万元，年度限额1.50万元，占限额的80.00%。\n渠道清淤预算30.00万元，单笔限额5.00万元。\n"
    )
    assert found == {"公务接待费": "1.50/-/-/1.20", "渠道清淤": "-/30.00/-/-"}


@pytest.mark.parametrize("told", ["合计95.00万元", "可用95.00万元", "共95.00万元"])
def test_what_a_budget_comes_to_with_its_changes_is_the_adjusted_one(told):
    found = amounts(f"二、预算执行情况\n（一）基本支出。年初90.00万元，年中追加8.00万元，调减3.00万元，{told}；支出94.00万元。\n")
    assert found == {"基本支出": "-/90.00/95.00/94.00"}


def test_what_was_spent_the_year_before_makes_no_budget_of_a_bare_sum():
    found = amounts("二、预算执行情况\n“三公”经费全年10.90万元，较上年11.20万元减少0.30万元；其中公务接待1.50万元。\n")
    assert found == {"“三公”经费": "-/-/-/10.90", "公务接待": "-/-/-/1.50"}


def test_what_was_granted_behind_a_budget_is_a_change_of_it():
    found = amounts("二、预算执行情况\n（一）基本支出。批复68.00万元，增拨2.00万元，计70.00万元，用掉69.00万元。\n")
    assert found == {"基本支出": "-/68.00/70.00/69.00"}


def test_of_the_beginning_and_of_the_whole_year_are_two_stages_and_no_average():
    found = amounts(f"{PROJECTS}渠道清淤，年初和全年均为30.00万元，支出29.00万元。\n")
    assert found == {"渠道清淤": "-/30.00/30.00/29.00"}


def test_what_brought_a_budget_to_what_it_became_is_no_line():
    found = amounts("二、预算执行情况\n（一）基本支出。年初80.00万元，年中增资20.00万元后为100.00万元，支出98.00万元。\n")
    assert found == {"基本支出": "-/80.00/100.00/98.00"}


def test_what_may_be_used_and_what_is_taken_off_name_no_line():
    said = "上年结转2.00万元，本年可用43.00万元，减去支出23.00万元，年末结转20.00万元。"
    assert amounts(f"二、预算执行情况\n{said}\n") == {"部门整体支出": "-/-/-/23.00"}


def test_what_was_spent_by_a_month_before_the_last_is_not_what_the_year_came_to():
    said = "支出情况。全年支出88.00万元。\n执行情况。年初预算80.00万元，全年预算90.00万元。6月底执行40.00万元，9月末执行70.00万元。"
    assert amounts(f"二、收支情况\n{said}\n") == {"部门整体支出": "-/80.00/90.00/88.00"}


def test_what_the_year_spent_is_the_total_beside_what_income_and_expenditure_are_balanced_in():
    said = "2024年度收入总计、支出总计均为95.00万元。\n本年支出85.00万元，其中：基本支出50.00万元，项目支出35.00万元。"
    assert amounts(f"二、预算执行情况\n{said}\n")["部门整体支出"] == "-/-/-/85.00"


def test_the_budget_of_the_project_is_told_under_any_heading_of_its_evaluation():
    title = "甲市交通局2024年度渠道清淤项目支出绩效自评报告\n"
    frame = lines_in(f"{title}一、项目概况\n（二）内容与资金。项目预算90.00万元，由两部分组成：机械费60.00万元，人工费30.00万元。\n")
    assert str(frame.set_index("level").loc["project_total", "initial"]) == "90.00"
