"""Workbooks as they are written: every text stays text, every number keeps its digits, the same sheets are the same bytes."""

import io
import re
import zipfile
from dataclasses import replace
from decimal import Decimal

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from selfeval.telling.office import (
    HEAD,
    MONEY,
    TEXT,
    TITLE,
    WARNING,
    Cell,
    Highlight,
    Sheet,
    Validation,
    area,
    at,
    clean,
    place,
    quoted,
    row_of,
    sheet_titles,
    workbook_bytes,
)


def opened(*sheets, values=False):
    return openpyxl.load_workbook(io.BytesIO(workbook_bytes(sheets)), data_only=values)


def parts_of(*sheets):
    with zipfile.ZipFile(io.BytesIO(workbook_bytes(sheets))) as package:
        return {name: package.read(name).decode() for name in package.namelist()}


def one(value, **more):
    return Sheet("表一", (Cell(1, 1, value, **more),))


@pytest.mark.parametrize("text", ["=1+1", "=cmd|' /C calc'!A0", "+1", "-1", "@SUM(A1)", "http://a.example/", "001", "<r>粗</r>", "_x0041_"])
def test_text_stays_text_whatever_it_looks_like(text):
    cell = opened(one(text)).active["A1"]
    assert cell.data_type == "s"
    assert cell.value.rstrip(" ") == text
    assert cell.hyperlink is None


def test_a_text_in_the_librarys_own_markup_does_not_break_the_file():
    assert "&lt;r&gt;" in parts_of(one("<r><t>x</t></r>"))["xl/sharedStrings.xml"]


@given(st.text(max_size=60))
def test_any_text_comes_back_but_for_what_xml_cannot_hold(text):
    back = opened(one(text + "。")).active["A1"].value
    assert back == clean(text + "。")


def test_control_characters_go_and_line_ends_become_line_breaks():
    assert clean("甲\x00\x0b乙\r\n丙\r丁\ufffe\ud800") == "甲乙\n丙\n丁"


def test_a_text_longer_than_a_cell_is_cut_and_says_so():
    back = opened(one("长" * 40000)).active["A1"].value
    assert len(back) <= 32767
    assert back.endswith("〔原文共 40000 字，超过一格能容纳的字数，以下未能写入〕")


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=6))
def test_a_number_is_written_digit_by_digit(value):
    sheet = parts_of(one(value, style=MONEY))["xl/worksheets/sheet1.xml"]
    assert re.search(r"<v>(.*?)</v>", sheet)[1] == format(value, "f")


def test_a_number_has_no_binary_noise():
    assert "<v>9.95</v>" in parts_of(one(Decimal("9.95")))["xl/worksheets/sheet1.xml"]


def test_a_formula_carries_its_value():
    sheet = Sheet("表一", (Cell(1, 1, Decimal("8.05")), Cell(2, 1, Decimal("9.95")), Cell(3, 1, Decimal("18.00"), formula="SUM(A1:A2)")))
    assert opened(sheet).active["A3"].value == "=SUM(A1:A2)"
    assert opened(sheet, values=True).active["A3"].value == 18
    assert "<f>SUM(A1:A2)</f><v>18.00</v>" in parts_of(sheet)["xl/worksheets/sheet1.xml"]


def test_a_formula_that_says_nothing_has_an_empty_value():
    assert opened(one("", formula='IF(B1>0,"多","")'), values=True).active["A1"].value is None


def test_a_formula_that_says_a_word_carries_the_word():
    assert opened(one("缺原因", formula='"缺"&"原因"'), values=True).active["A1"].value == "缺原因"


def test_text_in_a_formula_cannot_end_its_literal():
    assert quoted('甲"&HYPERLINK("x")&"') == '"甲""&HYPERLINK(""x"")&"""'


def test_a_merged_block_has_its_look_in_every_cell():
    sheet = opened(Sheet("表一", (Cell(1, 1, "标题", HEAD, across=3, down=2),))).active
    assert [str(block) for block in sheet.merged_cells.ranges] == ["A1:C2"]
    assert sheet["A1"].value == "标题"
    assert sheet["C2"].border.bottom.style == "thin"


def test_blocks_over_each_other_are_refused():
    with pytest.raises(ValueError, match=r"(?i)overlap"):
        workbook_bytes([Sheet("表一", (Cell(1, 1, "甲", across=2), Cell(1, 2, "乙", across=2)))])


def test_sheet_titles_are_made_legal_and_different():
    titles = sheet_titles(["甲/乙[1]", "甲 乙 1", "", "History", "长" * 40, "长" * 40, "'引'"])
    assert titles == ["甲 乙 1", "甲 乙 1（2）", "表", "表History", "长" * 31, "长" * 28 + "（2）", "引"]


@given(st.lists(st.text(max_size=40), max_size=8))
def test_any_texts_make_legal_sheet_titles(texts):
    titles = sheet_titles(texts)
    assert len({title.casefold() for title in titles}) == len(texts)
    if titles:
        assert opened(*[Sheet(text, ()) for text in texts]).sheetnames == titles


def test_the_same_sheets_are_the_same_bytes():
    sheets = [Sheet("表一", (Cell(1, 1, "甲", TITLE), Cell(2, 1, Decimal("1.5"), MONEY)), validations=(Validation("A2", "number"),))]
    assert workbook_bytes(sheets) == workbook_bytes(sheets)


def test_the_file_does_not_tell_when_it_was_made():
    core = parts_of(one("甲"))["docProps/core.xml"]
    assert set(re.findall(r"\d{4}-\d\d-\d\dT[\d:]+", core)) == {"2000-01-01T00:00:00"}


def test_lists_prompts_and_errors_reach_the_cell():
    rule = Validation("B2:B9", "list", choices=("是", "否"), prompt_title="是否立案", prompt="填“是”或“否”", error="应为“是”或“否”")
    found = opened(replace(one("甲"), validations=(rule,))).active.data_validations.dataValidation[0]
    assert (str(found.sqref), found.type, found.formula1) == ("B2:B9", "list", '"是,否"')
    assert (found.prompt, found.error, found.errorStyle) == ("填“是”或“否”", "应为“是”或“否”", None)


def test_a_long_list_lies_in_an_area_of_a_sheet():
    rule = Validation("B2", "list", source=place("选项", "$A$1:$A$99"))
    found = opened(replace(one("甲"), validations=(rule,)), Sheet("选项", (), hidden=True))
    assert found["表一"].data_validations.dataValidation[0].formula1 == "'选项'!$A$1:$A$99"
    assert found["选项"].sheet_state == "hidden"


def test_a_prompt_that_is_too_long_is_refused_not_dropped():
    with pytest.raises(ValueError, match="255"):
        workbook_bytes([replace(one("甲"), validations=(Validation("A1", prompt="长" * 256),))])


def test_a_highlight_changes_the_look_where_its_formula_holds():
    sheet = opened(replace(one("甲"), highlights=(Highlight("A1:A9", 'A1<>""', WARNING),))).active
    (rules,) = sheet.conditional_formatting
    assert [rule.formula for rule in rules.rules] == [['A1<>""']]


def test_every_sheet_prints_on_a4_as_wide_as_the_page():
    sheet = opened(replace(one("甲"), landscape=True, repeat=(1, 3), printed="A1:C9", frozen="B4")).active
    assert (int(sheet.page_setup.paperSize), sheet.page_setup.orientation) == (9, "landscape")
    assert (sheet.page_setup.fitToHeight, sheet.sheet_properties.pageSetUpPr.fitToPage) == (0, True)
    assert (sheet.print_title_rows, sheet.freeze_panes) == ("$1:$3", "B4")


def test_places_are_named_as_formulas_name_them():
    assert (at(7, 4), at(1, 27), at(2, 703)) == ("D7", "AA1", "AAA2")
    assert area(4, 1, 9, 2) == "A4:B9"
    assert [cell.name for cell in row_of(3, ["甲", None, 1], TEXT, column=2)] == ["B3", "C3", "D3"]
