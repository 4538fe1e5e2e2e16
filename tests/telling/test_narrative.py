"""The narrative report: what the tables say in official Chinese, and open places for the rest."""

import pytest

import narrated
from narrated import number
from selfeval.judging.assessment import assess
from selfeval.reading.document import read_document
from selfeval.records.decisions import Correction, Decisions
from selfeval.tables import make_table, stack_tables
from selfeval.telling.narrative import narrate


def told(tables):
    return narrate(tables, narrated.BODY, narrated.YEAR)


def prose(tables):
    return "\n".join(block.text for block in told(tables))


def test_the_chapters_are_those_of_the_province_in_their_order():
    heads = [block.text for block in told({}) if block.kind == "heading" and block.level == 1]
    assert heads == [
        "一、部门（单位）基本情况",
        "二、一般公共预算支出情况",
        "三、政府性基金预算支出情况",
        "四、国有资本经营预算支出情况",
        "五、社会保险基金预算支出情况",
        "六、部门整体支出绩效情况",
        "七、存在的问题及原因分析",
        "八、下一步改进措施",
        "九、部门整体支出绩效自评结果拟应用和公开情况",
        "十、其他需要说明的情况",
    ]


def test_a_rate_names_its_denominator():
    assert "全年执行数1262.32万元，预算执行率98.12%（全年执行数÷全年预算数）" in prose(narrated.FULL)


def test_a_project_that_came_out_otherwise_is_told_with_its_reason():
    assert "完成全年预算数的85.60%，比全年预算数少21.6万元，主要原因是：施工图设计审查滞后" in prose(narrated.FULL)


def test_without_tables_there_is_no_figure_but_the_year():
    text = prose({}).replace("2031年", "").replace("1.", "").replace("2.", "").replace("3.", "").replace("4.", "")
    assert not any(character.isdigit() for character in text), text


def test_a_book_without_a_row_has_no_expenditure_only_where_the_sheet_tells_books_apart():
    assert "本年度无国有资本经营预算支出。" in prose(narrated.FULL)
    assert "本年度无国有资本经营预算支出。" not in prose({})
    assert "〔待填写：国有资本经营预算支出情况，没有的写“无”〕" in prose({})


def test_a_reason_is_asked_for_where_one_is_due_and_none_is_given():
    lines = narrated.budget("t01 project general_public - 渠道清淤 80 80 50", "t02 project general_public - 管护 10 10 11")
    text = prose({"budget_lines": lines})
    assert "〔待填写：渠道清淤偏差的原因〕" in text
    assert "〔待填写：管护执行数超过全年预算数的原因〕" in text


def test_a_reason_is_not_opened_twice():
    lines = narrated.budget("t01 project general_public - 渠道清淤 80 80 50 因为汛期推迟开工。")
    assert "主要原因是：汛期推迟开工。" in prose({"budget_lines": lines})


def test_a_rate_against_a_mere_target_is_not_called_the_official_one():
    lines = narrated.budget("t01 total all - 部门整体支出 - - 90")
    lines["target"] = [narrated.number("80")]
    assert "执行率112.50%（实际支出÷绩效目标）" in prose({"budget_lines": lines})
    assert "预算执行率112.50%" not in prose({"budget_lines": lines})


def test_a_lower_bound_stays_one():
    assert "罚款至少30万元" in prose(narrated.FULL)


def test_last_year_comes_from_the_base_data():
    assert "“三公”经费减少2.7万元，下降20.45%" in prose(narrated.FULL)
    assert "部门整体支出比上年决算数1190万元增加72.32万元，增长6.08%" in prose(narrated.FULL)


def test_an_indicator_that_was_missed_is_told_with_its_reason():
    text = prose(narrated.FULL)
    assert "其中达到年度指标值的6个，未达到年度指标值的1个" in text
    assert "1.完成水库除险加固：年度指标值为≥6座，实际完成值为5座。偏差原因和改进措施：一座水库因施工图审查滞后" in text


def test_a_simulated_score_is_called_one_and_stands_only_where_it_was_computed():
    scored = narrated.FULL | {"scores": narrated.scores("output|产出指标|48.5", "total|总分|98.5")}
    text = prose(scored)
    assert "按全国通用自评规则模拟测算，总分98.5分" in text
    assert "不代替单位自评" in text
    assert "测算，总分" not in prose(narrated.FULL)


def test_words_of_the_office_are_printed_as_they_are_and_asked_for_where_they_lack():
    assert "提前开展项目前期工作，细化预算编制，按月调度资金支付。" in prose(narrated.FULL)
    assert "〔待填写：下一步改进措施〕" in prose({})


# ---- what is carried over from a report -------------------------------------------------------------------------------------------------

REPORT = """2031年度乙县档案馆（虚构）部门整体支出绩效自评报告
一、单位基本概况
（一）职能职责
负责全县档案的接收、保管和利用。
（二）机构设置
内设办公室、保管股2个股室。
二、一般公共预算支出情况
（一）基本支出情况
2031年基本支出绩效目标300万元，实际支出320万元，其中人员经费250万元，公用经费60万元。“三公”经费支出3.2万元，比上年少0.4万元。
（二）项目支出情况
档案数字化绩效目标40万元，实际支出30万元，因招标推迟。库房改造绩效目标60万元，实际支出66万元。
六、部门整体支出绩效情况
（一）档案服务
一是接待查档。接待查档群众40余万人次，开展主题党日1次，每季度上1堂党课。
（四）档案安全
库房温湿度每日记录，没有发生档案损毁。
三、存在的主要问题
库房面积不足，数字化进度偏慢。
四、下步工作打算
一是扩建库房。争取资金支持。
"""


@pytest.fixture(scope="module")
def from_a_report(tmp_path_factory):
    path = tmp_path_factory.mktemp("report") / "report.txt"
    path.write_text(REPORT, encoding="utf-8")
    return assess(read_document(path))


def test_words_of_a_report_stand_where_they_belong_and_are_not_asked_for(from_a_report):
    text = prose(from_a_report)
    assert "（一）主要职能职责\n负责全县档案的接收、保管和利用。\n（二）机构设置情况\n内设办公室、保管股2个股室。" in text
    assert "库房面积不足，数字化进度偏慢。\n八、下一步改进措施\n一是扩建库房。争取资金支持。" in text
    for asked in ("主要职能职责", "存在的问题及原因", "下一步改进措施", "本年度主要工作完成情况"):
        assert f"〔待填写：{asked}〕" not in text


def test_what_a_report_does_not_say_is_still_asked_for(from_a_report):
    assert "〔待填写：自评结果拟应用和公开的范围、方式和时间〕" in prose(from_a_report)


def test_work_is_told_in_the_words_of_the_report_under_its_headings_numbered_anew(from_a_report):
    text = prose(from_a_report)
    assert "1.档案服务\n一是接待查档。接待查档群众40余万人次，开展主题党日1次，每季度上1堂党课。\n2.档案安全\n库房温湿度" in text
    assert text.count("主题党日") == 1


def test_a_sentence_about_the_three_public_expenses_moves_to_their_place(from_a_report):
    assert "1.“三公”经费和厉行节约情况\n“三公”经费支出3.2万元，比上年少0.4万元。\n〔待填写：厉行节约保障措施〕" in prose(from_a_report)


def test_a_sentence_whose_money_our_own_words_tell_is_not_repeated(from_a_report):
    assert prose(from_a_report).count("人员经费250万元") == 1


OF_LISTS = """丙市图书馆（虚构）
2031年度部门整体支出绩效自评报告

一、基本概况

1.馆舍情况
(1)馆舍：3处；(2)面积：1.2万平方米。
2.人员情况
(1)编制：核定编制40名。
(2)其他：志愿者60人，物业人员12人。

二、资金情况

1.总体收支
(1)年初预算：900.00万元。
(2)年中调整：增加100.00万元，调整后1000.00万元。
(3)全年支出：950.00万元。
(4)预算执行率：96.00%。
(5)年末结转：50.00万元，主要是书架尾款。
2.按资金分
(1)一般公共预算：调整后800.00万元，支出760.00万元。
(2)政府性基金：调整后200.00万元，支出190.00万元。
3.按用途分
(1)基本支出：400.00万元。
(2)项目支出：550.00万元。

三、绩效完成情况

1.借阅
(1)外借：全年外借42万余册次。
(2)热线：受理300件，满意294件，满意率98.0%。

四、评分

1.得分：投入19.00分，产出48.00分，总分96.00分。

五、问题

1.预算：年初考虑不周。

六、整改

1.早谋划。2032年项目9月底前入库。
2.重公开。自评结果在馆内公示栏公开。
"""


@pytest.fixture(scope="module")
def from_lists(tmp_path_factory):
    path = tmp_path_factory.mktemp("lists") / "report.txt"
    path.write_text(OF_LISTS, encoding="utf-8")
    return prose(assess(read_document(path)))


def test_a_label_in_front_of_a_number_stays_without_its_old_number(from_lists):
    assert "\n年中调整：增加100.00万元，调整后1000.00万元。" in from_lists
    assert "\n年末结转：50.00万元，主要是书架尾款。" in from_lists
    assert "\n其他：志愿者60人，物业人员12人。" in from_lists


def test_a_list_that_counts_on_keeps_its_first_number_and_the_heading_above_leads_it(from_lists):
    assert "馆舍情况：(1)馆舍：3处；(2)面积：1.2万平方米。" in from_lists


def test_a_heading_whose_text_is_told_elsewhere_is_not_left_alone(from_lists):
    assert "按用途分" not in from_lists
    assert "按资金分" not in from_lists


def test_a_sentence_that_moves_takes_its_heading_along(from_lists):
    assert "热线：受理300件，满意294件，满意率98.0%。" in from_lists


def test_chapters_called_by_one_word_are_known(from_lists):
    assert "自评得分和等级\n得分：投入19.00分，产出48.00分，总分96.00分。" in from_lists
    assert "七、存在的问题及原因分析\n1.预算：年初考虑不周。" in from_lists
    assert "八、下一步改进措施\n1.早谋划。2032年项目9月底前入库。\n九、" in from_lists


def test_a_measure_about_publication_is_told_under_publication(from_lists):
    assert "自评结果拟应用和公开情况\n重公开。自评结果在馆内公示栏公开。" in from_lists


def test_a_stated_rate_that_is_computed_is_not_printed_beside_the_computed_one(from_lists):
    assert "预算执行率95.00%（全年执行数÷全年预算数）" in from_lists
    assert "96.00%" not in from_lists


def test_two_cuts_of_one_whole_stand_in_the_table_and_are_called_so(from_lists):
    expected = "注：部门整体支出按支出性质为基本支出、项目支出之和，按资金来源为一般公共预算、政府性基金预算之和。"
    assert expected in from_lists


QUOTED = """丁县博物馆（虚构）2031年度部门整体支出绩效自评报告
一、单位基本概况
负责全县文物的征集和陈列。
二、一般公共预算支出情况
（一）基本支出情况
年初预算200.00万元，因工资调整增加20.00万元，调整为220.00万元，决算支出215.00万元。其中人员经费180.00万元、公用经费35.00万元。
（二）项目支出情况
2031年项目支出年初预算100.00万元，全年预算100.00万元，决算支出98.00万元。
"""


def test_where_the_report_says_a_whole_with_more_than_its_sums_ours_is_not_said_beside_it(tmp_path):
    path = tmp_path / "report.txt"
    path.write_text(QUOTED, encoding="utf-8")
    text = prose(assess(read_document(path)))
    assert "因工资调整增加20.00万元，调整为220.00万元，决算支出215.00万元。其中人员经费180.00万元、公用经费35.00万元。" in text
    assert "基本支出年初预算数200.00万元" not in text
    assert "2031年，项目支出年初预算数100.00万元" in text


def test_a_gap_that_other_funds_make_smaller_is_told_before_and_after_them():
    lines = narrated.budget(
        "t1 total all - 部门整体支出 90 100 95",
        "t2 basic general_public t1 基本支出 50 60 50",
        "t3 project_total general_public t1 项目支出 40 40 30",
        "t4 fund government_fund t1 政府性基金预算 - - 10",
    )
    text = prose({"budget_lines": lines})
    assert "与基本支出、项目支出之和80万元相差15万元；计入政府性基金预算后各项之和为90万元，〔待填写：相差5万元的原因或构成〕" in text


def test_money_of_another_book_stands_in_the_table_beside_the_general_public_budget():
    lines = narrated.budget(
        "t1 item general_public - 一般公共预算 90 100 95",
        "t2 basic general_public t1 基本支出 50 60 58",
        "t3 project_total general_public t1 项目支出 40 40 37",
        "t4 item government_fund - 库区道路 20 20 20",
    )
    table = next(block for block in told({"budget_lines": lines}) if block.kind == "table")
    assert [row[0] for row in table.rows] == ["支出性质", "基本支出", "项目支出", "一般公共预算", "库区道路"]


def test_what_a_report_says_beside_an_amount_is_called_its_reason_only_where_it_gives_one():
    rows = ("t1 project general_public - 扫描 40 40 30 因招标推迟", "t2 project general_public - 租金 9 9 7 其中一处已退租")
    text = prose({"budget_lines": narrated.budget(*rows, source="text")})
    assert "主要原因是：招标推迟" in text
    assert "情况说明：其中一处已退租" in text


def test_words_about_more_money_are_no_reason_for_less():
    lines = narrated.budget("t1 project general_public - 扫描 40 60 30 因上级追加20万元", source="text")
    text = prose({"budget_lines": lines})
    assert "上级追加20万元" not in text
    assert "〔待填写：扫描偏差的原因〕" in text


def test_a_gap_between_a_sum_and_its_parts_is_marked_under_the_table(from_a_report):
    assert "注：表中基本支出的实际支出为320万元，所列各项之和为310万元，〔待填写：相差10万元的原因或构成〕。" in prose(from_a_report)


def test_a_table_that_adds_up_has_no_note():
    assert "注：" not in prose(narrated.FULL)


def test_funds_that_are_another_cut_of_the_whole_are_said_not_to_be_added():
    lines = narrated.budget(
        "t1 total all - 部门整体支出 90 100 95",
        "t2 basic general_public t1 基本支出 50 60 58",
        "t3 project_total all t1 项目支出 40 40 37",
        "t4 fund government_fund t1 政府性基金预算 20 20 20",
    )
    assert "注：部门整体支出为基本支出、项目支出之和，不另计政府性基金预算。" in prose({"budget_lines": lines})


def test_a_corrected_number_is_printed_as_it_counts_in_the_words_of_the_report(tmp_path):
    path = tmp_path / "report.txt"
    path.write_text(REPORT, encoding="utf-8")
    decided = Correction("接待查档群众40余万人次", number("40"), number("48"), "底稿为48", "审核人", "2032-03-01")
    assert "接待查档群众48余万人次" in prose(assess(read_document(path), decisions=Decisions(corrections=(decided,))))


def test_a_number_that_a_sheet_replaces_is_printed_as_the_sheet_has_it():
    text = make_table(
        "figures", [{"figure_id": "f1", "start": 6, "end": 8, "line": 1, "text": "20条", "value": number("20"), "unit": "条"}]
    )
    typed = make_table("figures", [{"figure_id": "t1", "text": "23", "value": number("23"), "unit": "条"}])
    passages = make_table(
        "passages", [{"passage_id": "L1", "kind": "line", "line": 1, "start": 0, "section": "六、工作成效", "text": "共排查隐患：20条。"}]
    )
    findings = make_table("findings", [{"finding_id": "c1", "verdict": "differs", "severity": "medium", "figures": "f1 t1", "line": 1}])
    tables = {"figures": stack_tables("figures", text, typed), "passages": passages, "findings": findings}
    assert "共排查隐患：23条。" in prose(tables)


def test_every_open_finding_is_a_remark_beside_its_figure(from_a_report):
    findings = from_a_report["findings"]
    still_open = findings[findings["verdict"].isin(["differs", "flag"]) & (findings["acknowledged"] == "")]
    remarks = [remark for block in told(from_a_report) for remark in block.remarks]
    assert len(remarks) == len(still_open) > 0
    beside = next(remark for remark in remarks if "与所列分项之和不符" in remark.text)
    assert beside.at == "320万元"


def test_an_acknowledged_finding_is_no_remark(from_a_report):
    tables = from_a_report | {"findings": from_a_report["findings"].assign(acknowledged="已核实（审核人，2032-03-01）")}
    assert not any(block.remarks for block in told(tables))


INFORMAL = """丙镇人民政府（虚构）2031年部门整体支出绩效自评
一、镇情和家底
丙镇在县境东边，面积90平方公里。
二、一年的收支账
先说总数。年初批的一般公共预算是800.00万元，全年盘子900.00万元；到12月31日实际支出880.00万元，花掉97.78%。
政府性基金预算：沟渠延伸40.00万元，支出38.00万元，执行率95.00%。没有国有资本经营预算收支。
“三公”经费预算9.00万元，实际8.00万元。上年8.60万元，少了0.60万元，下降6.98%。
三、事办得怎样
（一）修路。
（一）绩效管理开展情况。组织对3个项目开展自评，各村情况见表2。
修路12公里。
低保对象的构成如下：
四、打分情况
预算执行10分，得9.78分；产出50分，得48.5分；满意度10分，得9.5分；加起来95.70分，算优。
五、问题与打算
钱到得晚，验收紧张。
今后要早谋划，自评结果随决算一同公开。
"""


@pytest.fixture(scope="module")
def from_an_informal_report(tmp_path_factory):
    path = tmp_path_factory.mktemp("informal") / "report.txt"
    path.write_text(INFORMAL, encoding="utf-8")
    return prose(assess(read_document(path)))


@pytest.mark.parametrize(
    "stands",
    [
        "三、政府性基金预算支出情况\n政府性基金预算：沟渠延伸40.00万元",
        "四、国有资本经营预算支出情况\n没有国有资本经营预算收支。",
        "实际8.00万元。上年8.60万元，少了0.60万元，下降6.98%。",
        "自评得分和等级\n预算执行10分，得9.78分",
        "七、存在的问题及原因分析\n钱到得晚，验收紧张。",
        "八、下一步改进措施\n今后要早谋划，自评结果随决算一同公开。\n九、部门整体支出绩效自评结果拟应用和公开情况\n见上文有关内容。",
    ],
)
def test_what_is_said_under_informal_headings_is_not_asked_for(from_an_informal_report, stands):
    assert stands in from_an_informal_report


def test_what_only_names_a_heading_or_leads_to_a_table_that_is_not_here_is_left_out(from_an_informal_report):
    assert "见表2" not in from_an_informal_report
    assert "构成如下" not in from_an_informal_report


def test_a_part_whose_spending_nobody_states_leaves_the_whole_as_it_is():
    lines = narrated.budget(
        "b01 total all - 部门整体支出 900 900 880",
        "b02 basic general_public b01 基本支出 500 500 490",
        "b03 project_total general_public b01 项目支出 300 300 -",
        "b04 fund government_fund b01 政府性基金 100 100 95",
    )
    assert "部门整体支出" in prose({"budget_lines": lines})
