"""`selfeval audit` on a file from anywhere, without any set-up. The report is invented."""

import pytest

from selfeval.__main__ import main
from selfeval.running.stages import TABLES

REPORT = """云岭市水利局2021年度部门整体支出绩效自评报告
一、基本支出情况
基本支出绩效目标120万元，实际支出100万元，其中人员经费支出70万元，公用经费支出20万元，因为人员减少。
二、项目支出情况
共有2个项目，总计绩效目标30万元，其中水库巡查绩效目标10万元，实际支出10万元；渠道清淤绩效目标20万元，实际支出19万元。
三、部门整体支出绩效情况
全年巡查水库36座，排查隐患12处，已整改12处。
"""


@pytest.fixture
def report(tmp_path):
    path = tmp_path / "水利局.txt"
    path.write_text(REPORT, encoding="gb18030")
    return path


def test_a_file_from_anywhere_gives_summary_tables_and_page(report, tmp_path, capsys):
    assert main(["audit", str(report), "--out", str(tmp_path / "out")]) == 0
    said = capsys.readouterr().out
    assert "云岭市水利局，2021 年度（单位按报告正文推断，年度按报告正文推断" in said
    assert "基本支出实际支出与所列分项之和不符" in said
    page = (tmp_path / "out" / "report.html").read_text(encoding="utf-8")
    assert "云岭市水利局" in page
    assert "audited-file" not in page
    assert {path.stem for path in (tmp_path / "out" / "tables").glob("*.csv")} == set(TABLES)


def test_strict_ends_with_one_where_something_differs(report, tmp_path):
    assert main(["audit", str(report), "--out", str(tmp_path / "out"), "--strict"]) == 1


def test_a_text_without_a_year_asks_for_one(tmp_path, capsys):
    path = tmp_path / "无年份.txt"
    path.write_text("某局支出3万元。", encoding="utf-8")
    assert main(["audit", str(path), "--out", str(tmp_path / "out")]) == 2
    assert "--year" in capsys.readouterr().err


def test_a_file_that_cannot_be_read_is_refused_in_words(tmp_path, capsys):
    path = tmp_path / "扫描.txt"
    path.write_bytes(b"")
    assert main(["audit", str(path)]) == 1
    assert "扫描.txt 是空文件" in capsys.readouterr().err


def test_a_year_that_is_none_is_wrong_usage(report, capsys):
    assert main(["audit", str(report), "--year", "21"]) == 2
    assert "四位年份" in capsys.readouterr().err
