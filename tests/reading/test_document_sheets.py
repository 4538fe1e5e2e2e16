"""Workbooks and delimited text: cells as the sheet shows them, heads reachable, what is hidden or broken said."""

import datetime
import io
import struct
from decimal import Decimal

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from document_samples import OldWorkbook, sheet_file
from selfeval.exceptions import InputRefused
from selfeval.reading.document.number_format import shown
from selfeval.reading.document.sheets import read_csv, read_workbook


def saved(book: openpyxl.Workbook) -> bytes:
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def sheet_of(*rows: tuple) -> openpyxl.Workbook:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    return book


def texts(content) -> list[list[str]]:
    return [[cell.text for cell in row] for row in content.tables[0].rows]


def test_a_report_pasted_into_a_sheet_gives_the_lines_of_the_report(report_text):
    book = openpyxl.Workbook()
    for number, line in enumerate(report_text.splitlines(), 1):
        book.active.cell(number, 1, line or None)
    content = read_workbook(saved(book), "报告.xlsx")
    assert content.text.rstrip() == report_text.rstrip()
    assert content.tables == ()


def test_a_report_pasted_into_one_cell_keeps_its_paragraphs():
    book = sheet_of(("自评结论：良好。\n一是加强管理。\n二是压实责任。",))
    assert read_workbook(saved(book), "报告.xlsx").text == "自评结论：良好。\n一是加强管理。\n二是压实责任。\n"


def test_every_sheet_is_read_and_marked_with_its_name():
    book = sheet_of(("项目", "金额"), ("巡查", 10))
    book.active.title = "预算"
    book.create_sheet("人员").append(["在编", 9])
    content = read_workbook(saved(book), "表.xlsx")
    assert [(content.text[mark.start :].split("\n")[0], mark.leaf) for mark in content.marks] == [
        ("项目\t金额", "工作表“预算”"),
        ("在编\t9", "工作表“人员”"),
    ]
    assert [table.name for table in content.tables] == ["预算", "人员"]


def test_a_merged_head_is_printed_once_and_reached_from_every_column():
    book = sheet_of(("项目", "金额", None), (None, "预算", "执行"), ("巡查", 10, 9.5))
    book.active.merge_cells("B1:C1")
    book.active.merge_cells("A1:A2")
    content = read_workbook(saved(book), "表.xlsx")
    assert content.text == "项目\t金额\n\t预算\t执行\n巡查\t10\t9.5\n"
    assert texts(content) == [["项目", "金额", "金额"], ["项目", "预算", "执行"], ["巡查", "10", "9.5"]]
    assert content.tables[0].rows[0][2] == content.tables[0].rows[0][1]


def test_empty_columns_are_closed_up_and_long_gaps_shortened():
    book = openpyxl.Workbook()
    book.active["C3"], book.active["F3"], book.active["C90"], book.active["F90"] = "甲", 1, "乙", 2
    assert read_workbook(saved(book), "表.xlsx").text == "甲\t1\n\n\n乙\t2\n"


def test_numbers_are_printed_as_the_sheet_shows_them():
    book = openpyxl.Workbook()
    row = [(0.1 + 0.2, "General"), (14, "General"), (0.419, "0.0%"), (2381.365, "#,##0.00"), (-12.5, "#,##0.00_);(#,##0.00)")]
    row += [(datetime.date(2031, 12, 31), 'yyyy"年"m"月"d"日"'), (821.31, '0.00"万元"'), ("00123", "General"), (7, "000")]
    for column, (value, code) in enumerate(row, 1):
        book.active.cell(1, column, value).number_format = code
    assert read_workbook(saved(book), "表.xlsx").text == "0.3\t14\t41.9%\t2,381.37\t-12.50\t2031年12月31日\t821.31万元\t00123\t007\n"


def test_codes_kept_as_text_stay_as_they_are():
    assert (
        read_workbook(saved(sheet_of(("430502199001011234", "1-2", "NA", "1E5"))), "表.xlsx").text == "430502199001011234\t1-2\tNA\t1E5\n"
    )


def test_formulas_give_the_value_they_were_saved_with():
    number, text = '<c r="A1"><f>1+1</f><v>2</v></c>', '<c r="B1" t="str"><f>A1&amp;"年"</f><v>2年</v></c>'
    rows = f'<row r="1">{number}{text}<c r="C1" t="str"><f>""</f><v></v></c></row>'
    assert read_workbook(sheet_file(rows), "表.xlsx").text == "2\t2年\n"


def test_formulas_that_were_never_calculated_are_refused_by_name():
    with pytest.raises(InputRefused, match=r"^表.xlsx 里有 2 个公式没有算出结果（“Sheet”C1、“Sheet”C2）：请用 Excel"):
        read_workbook(saved(sheet_of((1, 2, "=A1+B1"), (3, 4, "=A2+B2"))), "表.xlsx")


def test_error_cells_are_named_and_stay_visible():
    content = read_workbook(sheet_file('<row r="2"><c r="B2" t="e"><f>1/0</f><v>#DIV/0!</v></c></row>'), "表.xlsx")
    assert content.text == "#DIV/0!\n"
    assert "B2" in content.remarks[0]


def test_hidden_rows_columns_and_sheets_are_read_and_said():
    book = sheet_of(("项目", "金额"), ("巡查", 10), ("清淤", 999), ("合计", 10))
    book.active.row_dimensions[3].hidden = True
    book.active.column_dimensions["B"].hidden = True
    book.create_sheet("底稿").append(["旧数", 5])
    book["底稿"].sheet_state = "hidden"
    content = read_workbook(saved(book), "表.xlsx")
    assert [(content.text[mark.start :].split("\t")[0], mark.leaf) for mark in content.marks] == [
        ("项目", "工作表“Sheet”"),
        ("清淤", "工作表“Sheet”隐藏的行"),
        ("合计", "工作表“Sheet”"),
        ("旧数", "工作表“底稿”（隐藏）"),
    ]
    assert [sum(word in remark for remark in content.remarks) for word in ("第 3 行", "第 B 列", "“底稿”是隐藏的")] == [1, 1, 1]


def test_rich_text_is_joined_and_its_phonetic_guide_left_out():
    strings = '<si><r><t>应急</t></r><r><t xml:space="preserve">管理_x000D_</t></r><rPh sb="0" eb="2"><t>yingji</t></rPh></si>'
    assert read_workbook(sheet_file('<row><c t="s"><v>0</v></c></row>', strings=strings), "表.xlsx").text == "应急管理\n"


def old_workbook() -> OldWorkbook:
    book = OldWorkbook()
    percent, date, money = book.style("0.0%"), book.style("yyyy/m/d"), book.style('0.00"万元"')
    book.text(0, 0, "项目")
    book.text(0, 1, "执行情况")
    book.merge(0, 0, 1, 3)
    book.text(1, 0, "河道巡查")
    book.number(1, 1, 0.419, percent)
    book.number(1, 2, 45657, date)
    book.packed(1, 3, 82131, hundredth=True, style=money)
    book.formula(2, 0, b"\0\0\0\0\0\0\xff\xff", "合计")
    book.formula(2, 1, struct.pack("<d", 263.2))
    book.error(2, 2, 0x07)
    book.packed(2, 3, -7)
    book.hide_row(2)
    return book


def test_an_old_workbook_reads_like_a_new_one():
    content = read_workbook(old_workbook().bytes(), "表.xls")
    assert texts(content) == [
        ["项目", "执行情况", "执行情况", "执行情况"],
        ["河道巡查", "41.9%", "2024/12/31", "821.31万元"],
        ["合计", "263.2", "#DIV/0!", "-7"],
    ]
    assert [mark.leaf for mark in content.marks] == ["工作表“预算”", "工作表“预算”隐藏的行"]
    assert [word in remark for word, remark in zip(("第 3 行", "C3"), content.remarks, strict=True)] == [True, True]


def test_an_independent_reader_finds_the_same_values_in_the_old_workbook():
    rows = CalamineWorkbook.from_filelike(io.BytesIO(old_workbook().bytes())).get_sheet_by_index(0).to_python()
    assert rows[1] == ["河道巡查", 0.419, datetime.date(2024, 12, 31), 821.31]


@pytest.mark.parametrize("cut", [11, 13, 15, 17])
def test_shared_strings_of_an_old_workbook_may_be_cut_between_any_two_characters(cut):
    book = OldWorkbook(cut_strings_at=cut)
    book.text(0, 0, "应急管理")
    assert read_workbook(book.bytes(), "表.xls").text == "应急管理\n"


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (OldWorkbook(password=True).bytes(), "密码"),
        (OldWorkbook(version=0x0500).bytes(), "Excel 95"),
        (saved(openpyxl.Workbook()), "空的"),
        (sheet_file('<row><c r="A1"><v>1</v>'), "不完整"),
    ],
)
def test_a_workbook_that_cannot_be_read_is_refused_with_a_remedy(data, words):
    with pytest.raises(InputRefused, match=f"^表.bin .*{words}.*：请"):
        read_workbook(data, "表.bin")


@pytest.mark.parametrize(
    ("number", "code", "text"),
    [
        ("0.30000000000000004", "General", "0.3"),
        ("14", "General", "14"),
        ("1E-7", "General", "0.0000001"),
        ("821.3", "0.00", "821.30"),
        ("0.005", "0.00", "0.01"),
        ("-0.001", "0.00", "0.00"),
        ("1234567.891", '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ', "1,234,567.89"),
        ("0", '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ', "0"),
        ("0", '#,##0.00;-#,##0.00;"—"', "0"),
        ("0", "0;-0;", "0"),
        ("-12.5", "0.00;[Red]0.00", "-12.50"),
        ("-12.5", "#,##0.00_);(#,##0.00)", "-12.50"),
        ("12345", '0!.0,"万元"', "1.2万元"),
        ("12345", '0\\.0,"万元"', "1.2万元"),
        ("1234567", "#,##0,", "1,235"),
        ("0.1234", "0.##%", "12.34%"),
        ("0.5", "#.##", "0.5"),
        ("12", "00000", "00012"),
        ("821.31", "[$¥-804]#,##0.00", "¥821.31"),
        ("2024", 'General"年"', "2024年"),
        ("75", '[>=90]"优";[>=60]"良";"差"', "75"),
        ("45.5", "# ?/?", "45.5"),
        ("4.30502199001011E17", "0.00E+00", "430502199001011000"),
        ("45657", "yyyy/m/d", "2024/12/31"),
        ("45657.75", "yyyy-mm-dd hh:mm", "2024-12-31 18:00"),
        ("45657", 'yyyy"年"m"月"', "2024年12月"),
        ("0.75", 'h"时"mm"分"', "18时00分"),
        ("1.5", "[h]:mm", "1.5"),
        ("1", "yyyy-mm-dd", "1900-01-01"),
        ("-1", "yyyy-mm-dd", "-1"),
        ("3", "@", "3"),
    ],
)
def test_a_number_is_shown_by_its_format(number, code, text):
    assert shown(Decimal(number), code) == text


def test_days_may_be_counted_from_1904():
    assert shown(Decimal(0), "yyyy-mm-dd", from_1904=True) == "1904-01-01"


@given(st.decimals(min_value=-(10**12), max_value=10**12, places=2))
def test_two_decimals_with_separators_lose_nothing(number):
    assert Decimal(shown(number, "#,##0.00").replace(",", "")) == number


@given(st.decimals(allow_nan=False, allow_infinity=False), st.text(alphabet='0#?.,%;_*"\\[]ymdhs@E+/年万 Generalx<>=9$-', max_size=30))
def test_no_format_code_however_odd_raises(number, code):
    assert isinstance(shown(number, code), str)


@pytest.mark.parametrize("separator", [",", "\t", ";", "，", "|"])
def test_the_separator_is_found(separator):
    data = "\n".join(separator.join(row) for row in (("项目", "金额", "原因"), ("巡查", "10", "无"), ("清淤", "3.5", "未批")))
    content = read_csv(data.encode("gb18030"), "表.csv")
    assert texts(content) == [["项目", "金额", "原因"], ["巡查", "10", "无"], ["清淤", "3.5", "未批"]]


def test_quoted_cells_may_hold_separators_and_breaks():
    content = read_csv('项目,金额\n"巡查,清淤","3,400"\n"两\n行",5\n'.encode("utf-8-sig"), "表.csv")
    assert texts(content) == [["项目", "金额"], ["巡查,清淤", "3,400"], ["两 行", "5"]]
    assert content.encoding == "utf-8-sig"


def test_prose_in_a_csv_file_stays_lines(report_text):
    content = read_csv(report_text.encode("gb18030"), "报告.csv")
    assert content.text.rstrip() == report_text.rstrip()


def test_a_quotation_mark_that_is_never_closed_swallows_nothing():
    data = '项目,金额\n"巡查,10\n' + "清淤,5\n" * 100
    assert read_csv(data.encode(), "表.csv").text.count("清淤\t5\n") == 100


def test_a_code_protected_for_excel_is_freed():
    assert texts(read_csv('科目,编码\n巡查,"=""00123"""\n清淤,"=""0456"""\n'.encode(), "表.csv"))[1] == ["巡查", "00123"]


def test_rows_longer_than_the_head_are_named():
    content = read_csv("项目,金额\n巡查,2,400\n清淤,5\n".encode(), "表.csv")
    assert content.remarks == ("第 2 行的格数多于其他行（应为 2 格），列可能错位",)
