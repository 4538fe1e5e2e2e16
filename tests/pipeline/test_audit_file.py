"""`selfeval audit` on a file from anywhere, without any set-up. The report is invented."""

import csv

import pytest

from document_samples import PrintedPage, pdf_file
from selfeval.__main__ import main
from selfeval.running.stages import TABLES
from selfeval.tables import read_table

REPORT = """云岭市水利局2021年度部门整体支出绩效自评报告
一、基本支出情况
基本支出绩效目标120万元，实际支出100万元，其中人员经费支出70万元，公用经费支出25万元，因为人员减少。
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
    assert "云岭市水利局，2021 年度部门整体支出绩效自评报告（单位按报告正文推断，年度按报告正文推断" in said
    assert "“基本支出”与所列分项之和不符" in said
    page = (tmp_path / "out" / "report.html").read_text(encoding="utf-8")
    assert "云岭市水利局" in page
    assert "<title>云岭市水利局 2021 年度整体支出绩效自评核读</title>" in page
    assert "audited-file" not in page
    assert {path.stem for path in (tmp_path / "out" / "tables").glob("*.csv")} == set(TABLES)


def test_the_page_of_a_pdf_is_told_on_terminal_and_page_and_in_the_list_of_a_batch(tmp_path, capsys):
    folder, out = tmp_path / "in", tmp_path / "out"
    folder.mkdir()
    cover, rest = PrintedPage(), PrintedPage()
    for page, lines in ((cover, REPORT.splitlines()[:1]), (rest, REPORT.splitlines()[1:3])):
        for number, line in enumerate(lines):
            page.text(90, 80 + 40 * number, line, 5)
    (folder / "水利局.pdf").write_bytes(pdf_file([cover, rest]))
    assert main(["audit", str(folder / "水利局.pdf"), "--out", str(out)]) == 0
    assert "“基本支出”与所列分项之和不符（第 2 页第 3 行）" in capsys.readouterr().out
    assert "原文第 2 页第 3 行" in (out / "report.html").read_text(encoding="utf-8")
    assert main(["batch", "--audit", str(folder), "--out", str(tmp_path / "all")]) == 0
    with (tmp_path / "all" / "findings.csv").open(encoding="utf-8-sig", newline="") as file:
        assert [row["页"] for row in csv.DictReader(file) if "分项之和不符" in row["问题"]] == ["2"]


def test_a_budget_is_called_one_on_terminal_page_and_in_sources(tmp_path, capsys):
    path = tmp_path / "预算.txt"
    path.write_text("云岭市水利局2026年部门预算\n一、支出预算\n2026年支出预算30万元，比2025年预算增加2万元。", encoding="utf-8")
    assert main(["audit", str(path), "--out", str(tmp_path / "out")]) == 0
    assert capsys.readouterr().out.startswith("云岭市水利局，2026 年度预算（")
    page = (tmp_path / "out" / "report.html").read_text(encoding="utf-8")
    assert '<p class="eyebrow">预算核读</p>' in page
    assert "根据该单位的预算《云岭市水利局2026年部门预算》整理" in page
    assert list(read_table("sources", tmp_path / "out" / "tables")["document_kind"]) == ["budget"]


def test_an_empty_template_ends_in_one_sentence(tmp_path, capsys):
    path = tmp_path / "模板.txt"
    path.write_text("20××年度XX局部门决算\n支出合计XX万元，其中基本支出XX万元，占XX%。\n单价100万元（含）以上设备XX台。", encoding="utf-8")
    assert main(["audit", str(path), "--out", str(tmp_path / "out")]) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.count("\n") == 1
    assert "模板.txt 是空白模板《20××年度XX局部门决算》" in said.err
    assert "请换成填好的文件" in said.err
    tables = {name: read_table(name, tmp_path / "out" / "tables") for name in ("sources", "findings", "budget_lines", "work_facts")}
    assert [len(table) for table in tables.values()] == [1, 0, 0, 0]


def test_another_year_than_the_title_names_is_questioned(report, tmp_path, capsys):
    assert main(["audit", str(report), "--year", "2020", "--out", str(tmp_path / "out")]) == 0
    said = capsys.readouterr().out
    assert "标题写的是 2021 年度，要求按 2020 年度核对" in said


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
