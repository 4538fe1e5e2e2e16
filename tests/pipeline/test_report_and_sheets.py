"""A year that has a report and sheets: the sheets win, and every disagreement is told. The body is invented."""

import pytest

from selfeval.__main__ import main

CARD = 'title = "乙县水利局（虚构）2031年度部门整体支出绩效自评报告"\nissuer = "乙县水利局（虚构）"\n'
REPORT = """乙县水利局（虚构）2031年度部门整体支出绩效自评报告
一、一般公共预算支出情况
（一）基本支出情况
基本支出年初预算数100万元，实际支出98.5万元。
（二）项目支出情况
共有2个项目，年初预算30万元，其中：水库巡查年初预算10万元，实际支出9.5万元；渠道清淤年初预算20万元，实际支出18万元，因雨季推迟。
"""
SHEET = """预算类别,支出性质,项目名称,年初预算数,全年预算数,全年执行数,偏差原因
一般公共预算,基本支出,人员经费,100,100,98.5,
一般公共预算,项目支出,水库巡查,10,10,{spent},
一般公共预算,项目支出,渠道清淤,20,20,18,
"""


def check(raw_folder, capsys, spent: str, *options: str) -> tuple[int, str]:
    place = raw_folder({"report.txt": REPORT, "预算执行.csv": SHEET.format(spent=spent), "source.toml": CARD})
    code = main(["check", "--unit", place.unit, "--year", str(place.year), "--data", str(place.data), *options])
    return code, capsys.readouterr().out


def test_a_number_that_differs_between_report_and_sheet_is_named(raw_folder, capsys):
    code, said = check(raw_folder, capsys, "9.75", "--strict")
    assert "“水库巡查”全年执行数：报告与填报表不一致" in said
    assert code == 1


@pytest.mark.parametrize("spent", ["9.5", "9.50"])
def test_where_both_say_the_same_nothing_is_open(raw_folder, capsys, spent):
    code, said = check(raw_folder, capsys, spent, "--strict")
    assert "不一致" not in said
    assert code == 0
