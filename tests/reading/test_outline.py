"""Sections are found by meaning and style, since numbers cannot be trusted. The reports here are invented."""

import pytest

from selfeval.reading.document.outline import kind_at, read_outline

REPORT = """示例县林业局2021年度部门整体支出绩效自评报告
单位基本概况
（一）主要职责
负责全县林业资源保护、造林绿化和林区治安等各项工作，承担上级交办的其他任务。
二、部门绩效目标
全年目标为造林。
二、一般公共预算支出情况
（一）基本支出情况
基本支出300万元。
项目支出情况
本单位共有项目支出两个，合计一百二十万元，均按进度执行完毕。
政府性基金预算支出情况
无。
六、部门整体支出绩效情况
一年来各项任务全面完成，林区秩序平稳，群众满意，未发生有影响的林区案件。
基本情况
（一）护林防火
1、巡护队伍建设。全年组织巡护。
防火宣传工作
向林区群众发放明白卡，张贴标语，组织护林员入户讲解防火知识和有关规定。
林业执法领域：一是查处案件。
（二）造林（10分，得9分）
二、存在的问题
人员不足。
"""


def path_of(words):
    outline = read_outline(REPORT)
    return [heading.text for heading in outline.at(REPORT.index(words))]


def kind_of(words):
    return kind_at(read_outline(REPORT).at(REPORT.index(words)))


def test_a_heading_without_a_number_is_found_by_its_meaning():
    assert path_of("（一）主要职责") == ["单位基本概况", "（一）主要职责"]


def test_two_chapters_with_the_same_number_are_two_chapters():
    assert kind_of("全年目标为造林") == "targets"
    assert kind_of("基本支出300万元") == "basic"


def test_an_unnumbered_section_takes_its_meaning_from_its_words():
    assert kind_of("本单位共有项目") == "project"
    assert kind_of("无。") == "government_fund"


def test_an_outline_word_that_falls_back_in_order_is_a_subheading_of_its_chapter():
    assert kind_of("组织巡护") == "performance"
    assert path_of("组织巡护")[:2] == ["六、部门整体支出绩效情况", "基本情况"]


def test_a_short_line_above_prose_is_a_section_beside_its_numbered_neighbours():
    assert path_of("向林区群众")[-1] == "防火宣传工作"


def test_a_label_before_a_list_opens_its_own_passage():
    assert path_of("查处案件")[-1] == "林业执法领域"


def test_a_score_in_brackets_does_not_hide_a_heading():
    assert path_of("（二）造林")[-1] == "（二）造林（10分，得9分）"


def test_problems_are_a_chapter_whatever_their_number():
    assert kind_of("人员不足") == "problems"


def headings(text):
    return [heading.text for heading in read_outline(text).headings()]


@pytest.mark.parametrize(
    "entries",
    [
        "一、主要职责……………3\n二、决算情况说明……………5\n三、名词解释……………9",
        "一、主要职责 ...... 3\n二、决算情况说明 ...... 5\n三、名词解释 ...... 9",
        "一、主要职责3\n二、决算情况说明5\n三、名词解释9",
        "一、主要职责\n二、决算情况说明\n三、名词解释",
    ],
)
@pytest.mark.parametrize("title", ["目录", "目  录", "目　录"])
def test_a_contents_page_has_no_headings(title, entries):
    text = f"示例县林业局2021年度部门决算\n{title}\n{entries}\n一、主要职责\n保护森林。\n二、决算情况说明\n支出30万元。\n三、名词解释\n略。"
    assert headings(text) == ["一、主要职责", "二、决算情况说明", "三、名词解释"]


def test_entries_need_not_be_worded_as_the_headings_are():
    text = (
        "目录\n一、部门职能\n二、名词解释\n三、预算表\n示例县林业局主要职能\n承担全县的森林防火和造林绿化工作，指导国有林场的建设和管理。\n"
    )
    assert headings(text) == ["示例县林业局主要职能"]


CHAPTERS = "一、部门概况\n承担全县水利工程的建设和管理。\n二、预算执行\n支出30万元。\n三、绩效目标\n均已完成。"


@pytest.mark.parametrize(
    "contents",
    [
        "一、部门概况3\n二、预算执行5\n三、绩效目标12",
        "目录：\n一、部门概况 3\n二、预算执行 5\n三、绩效目标 12",
        "一、……………1\n二、……………12\n三、…………15",
        "目录\n一、……………1\n二、……………12\n三、…………15",
    ],
    ids=["without a title", "with a colon", "of dots alone", "of dots alone, titled"],
)
def test_entries_with_page_numbers_are_no_headings(contents):
    assert headings(f"示例县水利局2031年度报告\n{contents}\n{CHAPTERS}") == ["一、部门概况", "二、预算执行", "三、绩效目标"]


def test_lines_that_end_in_numbers_are_headings_where_none_comes_again():
    numbered = ["一、重点工程3", "二、一般工程5", "三、维修养护12"]
    assert headings("\n".join([*numbered, "四、绩效", CHAPTERS]))[:3] == numbered


def test_an_entry_on_two_lines_stays_in_the_contents():
    text = "目录\n一、部门职能\n二、2031年一般公共预算支出部门预算\n经济分类预算表\n三、预算表\n"
    text += "主要职能\n承担全县的森林防火和造林绿化工作，指导国有林场的建设和管理。\n"
    assert headings(text) == ["主要职能"]


def test_the_text_begins_where_the_numbers_of_the_contents_begin_again():
    text = "目录\n一、部门职能\n二、名词解释\n一、主要职责和机构\n造林。\n"
    assert headings(text) == ["一、主要职责和机构"]


def test_an_entry_torn_by_the_page_does_not_end_the_contents():
    text = "目录\n第一部分 概况……1\n第二部分 关于二〇二一年度财政拨款收支的\n情况说明……5\n第一部分 概况\n一、职责\n造林。"
    assert headings(text)[0] == "第一部分 概况"


def test_definitions_are_no_headings_and_the_text_goes_on_behind_them():
    text = """第三部分 名词解释
一、财政拨款收入：指从同级财政取得的资金。
二、基本支出：指为保障机构正常运转而发生的支出，
包括人员经费。
（一）其他
3.“三公”经费是指因公出国费、公务用车费和公务接待费。
第四部分 附件
一、项目支出情况
支出30万元。
"""
    assert headings(text) == ["第三部分 名词解释", "第四部分 附件", "一、项目支出情况"]


def test_a_glossary_in_front_ends_at_the_next_title():
    text = "名词解释\n（一）项目支出：指完成特定任务的支出。\n2031年部门预算编制说明\n一、基本支出情况\n安排30万元。\n"
    assert headings(text) == ["名词解释", "2031年部门预算编制说明", "一、基本支出情况"]


@pytest.mark.parametrize("rows", ["一、教育支出 1,230.50\n三、农林水支出 80.00", "一、教育支出\n1,230.50\n三、农林水支出\n80.00"])
def test_numbered_rows_of_a_table_are_no_headings(rows):
    assert headings(f"一、支出情况\n说明如下。\n{rows}\n") == ["一、支出情况"]


def test_a_decimal_number_alone_on_its_line_makes_a_heading_and_in_front_of_a_label_none():
    text = "第二部分 预算收支\n2.1 基本支出\n年初80.00万元。\n2.2 项目支出\n年初20.00万元。\n2.3 采购：年初5.00万元。\n"
    assert [heading.text for heading in read_outline(text).headings()] == ["第二部分 预算收支", "2.1 基本支出", "2.2 项目支出"]
