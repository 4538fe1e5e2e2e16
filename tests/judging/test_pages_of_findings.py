"""Where a report has pages, every finding says on which of them it stands. All bodies and numbers are invented."""

import docx
import openpyxl
import pytest

from document_samples import PrintedPage, pdf_file
from printed_report import LEFT, PITCH, TOP, ruled
from selfeval.judging.assessment import assess
from selfeval.reading.document import Document, read_document
from selfeval.reading.document.pdf import read_pdf
from sheets_at_hand import entries_of
from tables_at_hand import only

HEAD = ["项目", "预算", "执行"]


def document_of(*pages: PrintedPage) -> Document:
    content = read_pdf(pdf_file([*pages]), "报告.pdf")
    return Document(content.text, "报告.pdf", content.kind, content.encoding, content.tables, content.marks, content.remarks)


def page_of(*lines: str) -> PrintedPage:
    page = PrintedPage()
    for number, line in enumerate(lines):
        page.text(LEFT, TOP + PITCH * number, line)
    return page


FIRST = page_of("云岭市水利局2021年度部门整体支出绩效自评报告", "一、单位概况", "本单位负责水库巡查。")
SECOND = page_of("二、基本支出情况", "基本支出用于日常运转。")
SUM = "基本支出绩效目标120万元，实际支出100万元，其中："
PARTS = "人员经费支出70万元，公用经费支出25万元。"


def test_a_wrong_sum_on_the_third_page_is_a_finding_on_page_three():
    document = document_of(FIRST, SECOND, page_of(SUM, PARTS))
    found = only(assess(document)["findings"], "sum", "differs")
    assert (found.page, found.line) == (3, document.line_at(document.text.index("实际支出100万元")))


def test_a_paragraph_over_two_pages_has_its_figure_on_the_page_it_is_printed_on():
    whole = page_of("基本支出绩效目标120万元，因为全年各项日常工作都按照计划完成，")
    rest = page_of("实际支出100万元，其中人员经费支出70万元，公用经费支出20万元。")
    figures = assess(document_of(FIRST, SECOND, whole, rest))["figures"].set_index("text")
    assert (figures["page"]["120万元"], figures["page"]["100万元"]) == (3, 4)
    assert figures["line"]["120万元"] == figures["line"]["100万元"]


def test_in_a_table_over_two_pages_a_wrong_row_is_found_on_its_own_page():
    first, second = PrintedPage(), PrintedPage()
    first.text(LEFT, 620, "项目支出表（单位：万元）")
    ruled(first, 650, [["项目", "合计", "本年", "上年"], ["巡查", "10", "4", "6"], ["清淤", "20", "15", "5"]], (90, 210, 300, 390, 480))
    ruled(second, 80, [["项目", "合计", "本年", "上年"], ["加固", "30", "18", "12"], ["绿化", "41", "22", "18"]], (90, 210, 300, 390, 480))
    document = document_of(FIRST, first, second)
    found = only(assess(document)["findings"], "table", "differs")
    assert (found.quote.split("\t")[0], found.page) == ("绿化", 3)


def test_a_message_that_names_lines_names_their_pages():
    document = document_of(FIRST, page_of("二、项目情况", "全年完成完成水库巡查。"))
    found = only(assess(document)["findings"], "typo", "flag")
    assert (found.page, f"第2页第{found.line}行" in found.message) == (2, True)


def test_pages_never_go_back_from_line_to_line():
    pages = [*assess(document_of(FIRST, SECOND, page_of(SUM, PARTS)))["passages"]["page"]]
    assert pages[:-1] == sorted(pages[:-1])
    assert {*pages} == {1, 2, 3}


def test_what_report_and_workbook_tell_differently_is_on_the_page_of_the_report():
    money = page_of("二、项目支出情况", "项目支出绩效目标10万元，其中：防汛演练经费绩效目标10万元，实际支出9.5万元。")
    sheet = {"book": "general_public", "level": "project", "item": "防汛演练经费", "initial": 10, "adjusted": 10, "actual": 8}
    findings = assess(document_of(FIRST, money), entries=entries_of(budget=[sheet]))["findings"]
    told = only(findings[findings["title"].str.contains("防汛演练经费")], "TABLE", "differs")
    assert (told.page, told.quote.endswith("实际支出9.5万元。")) == (2, True)


def test_findings_on_workbooks_have_no_page():
    sheet = {"book": "general_public", "level": "project", "item": "防汛演练经费", "initial": 10, "adjusted": 10, "actual": 8}
    findings = assess(Document.absent(), entries=entries_of(budget=[sheet]))["findings"]
    assert len(findings)
    assert set(findings["page"]) == {None}


def as_word(path):
    document = docx.Document()
    document.add_paragraph(SUM)
    document.add_page_break()
    document.add_paragraph(PARTS)
    document.save(path)


def as_workbook(path):
    book = openpyxl.Workbook()
    book.active.title = "自评"
    book.active["A1"] = SUM + PARTS
    book.save(path)


@pytest.mark.parametrize(("name", "write", "sheet"), [("报告.docx", as_word, ""), ("报告.xlsx", as_workbook, "工作表“自评”")])
def test_other_formats_have_no_pages_whatever_breaks_they_hold(tmp_path, name, write, sheet):
    write(tmp_path / name)
    tables = assess(read_document(tmp_path / name))
    assert {*tables["findings"]["page"], *tables["passages"]["page"], *tables["figures"]["page"]} == {None}
    assert {*tables["passages"]["sheet"]} <= {sheet, ""}
    assert tables["passages"]["sheet"][0] == sheet
