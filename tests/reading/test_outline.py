"""Sections are found by meaning and style, since numbers cannot be trusted. The reports here are invented."""

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
