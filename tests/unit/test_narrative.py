"""The narrative report: what the tables say in official Chinese, and open places for the rest."""

import narrated
from selfeval.narrative import narrate


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
