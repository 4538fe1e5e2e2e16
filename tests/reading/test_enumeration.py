"""The numbers that lines begin with."""

import pytest

from selfeval.reading.enumeration import number_of, ordinal_of, value_of, without_number


@pytest.mark.parametrize(
    ("line", "style"),
    [
        ("第二部分 部门概况", "part"),
        ("第三节：资产", "section"),
        ("第十二条 本办法", "article"),
        ("十一、主要成效", "han"),
        ("【三】工作情况", "framed"),
        ("（ 二 ）项目支出", "bracketed_han"),
        ("（乙）项目支出", "bracketed_han"),
        ("2.1水源保护", "decimal"),
        ("3.泵站检修", "digits"),
        ("3.2031年检修计划", "digits"),
        ("(4)渠道清淤", "bracketed_digits"),
        ("㈢基本支出", "bracketed_han"),
        ("⒊泵站检修", "digits"),
        ("⑷渠道清淤", "bracketed_digits"),
        ("B 渠道清淤", "letter"),
        ("B2 水质监测", "lettered_digits"),
        ("一是加强巡查", "spoken"),
        ("③水质监测", "circled"),
        ("项目三：水质监测", "named"),
        ("二）基本支出", "half"),
        ("■ 堤防", "bullet"),
    ],
)
def test_every_style_of_number_is_known(line, style):
    assert number_of(line).style == style


@pytest.mark.parametrize("line", ["3.5万元用于清淤", "2031年部门预算", "12.6%的村", "一般公共预算", "十个乡镇", "B超检查", "A级景区", ""])
def test_amounts_years_and_words_are_no_numbers_of_lines(line):
    assert number_of(line) is None


def test_a_line_loses_the_number_it_begins_with_and_nothing_else():
    assert [without_number(line) for line in ("  （一） 清淤（二期）", "清淤（二）")] == ["清淤（二期）", "清淤（二）"]


@pytest.mark.parametrize(
    ("line", "place"),
    [("（十二）项目支出", 12), ("（丙）项目支出", 3), ("二十、附件", 20), ("7.泵站检修", 7), ("③水质监测", 3), ("■ 堤防", 0)],
)
def test_a_number_tells_which_of_its_row_a_line_is(line, place):
    assert ordinal_of(line, number_of(line)) == place


def test_what_is_no_number_counts_nothing():
    assert [value_of(digits) for digits in ("十", "四十六", "㈢", "⑷", "⒌", "⑥", "二三", "十十")] == [10, 46, 3, 4, 5, 6, 0, 0]
