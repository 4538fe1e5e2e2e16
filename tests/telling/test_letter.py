"""Blocks written as a Word file in the look of an official letter."""

import io
import zipfile
from dataclasses import replace

import docx
import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from hypothesis import given
from hypothesis import strategies as st

from selfeval import blocks
from selfeval.telling.office.letter import letter_bytes

SAMPLE = [
    blocks.title("甲县水务局（虚构）", "2031年度部门整体支出绩效自评报告"),
    blocks.heading(1, "一、部门（单位）基本情况"),
    blocks.heading(2, "（一）主要职能职责"),
    blocks.heading(3, "1.水资源"),
    blocks.heading(4, "（1）取水许可"),
    blocks.paragraph(f"本部门在职{blocks.to_fill('年末在职人数')}人。"),
    blocks.table("表1　预算执行情况", [["支出性质", "全年执行数（万元）"], ["基本支出", "12.50"]], numeric=[1], widths=[3, 2]),
    blocks.annex("1.基础数据表"),
    blocks.signature("甲县水务局（虚构）"),
]


def opened(made=SAMPLE):
    return docx.Document(io.BytesIO(letter_bytes(made, "自评报告")))


def test_the_same_blocks_make_the_same_bytes():
    assert letter_bytes(SAMPLE, "自评报告") == letter_bytes(SAMPLE, "自评报告")


def test_no_part_knows_the_time_of_day():
    with zipfile.ZipFile(io.BytesIO(letter_bytes(SAMPLE, "自评报告"))) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_headings_carry_the_styles_that_word_navigates_by():
    found = {paragraph.text: paragraph.style.name for paragraph in opened().paragraphs if paragraph.style.name.startswith("Heading")}
    assert found == {
        "一、部门（单位）基本情况": "Heading 1",
        "（一）主要职能职责": "Heading 2",
        "1.水资源": "Heading 3",
        "（1）取水许可": "Heading 4",
    }


def test_an_open_place_is_marked_and_nothing_beside_it():
    paragraph = next(paragraph for paragraph in opened().paragraphs if "待填写" in paragraph.text)
    assert [(run.text, run.font.highlight_color is not None) for run in paragraph.runs] == [
        ("本部门在职", False),
        ("〔待填写：年末在职人数〕", True),
        ("人。", False),
    ]


def test_no_line_stands_under_the_title():
    assert "w:pBdr" not in opened().styles["Title"].element.xml


def test_the_page_is_that_of_an_official_letter():
    section = opened().sections[0]
    lengths = (
        section.page_width,
        section.page_height,
        section.top_margin,
        section.bottom_margin,
        section.left_margin,
        section.right_margin,
    )
    assert [round(length.mm) for length in lengths] == [210, 297, 37, 35, 28, 26]


def test_every_level_has_its_official_font_and_chinese_is_the_language():
    styles = opened().styles

    def font(name):
        return styles[name].element.rPr.rFonts.get(qn("w:eastAsia"))

    assert [font(name) for name in ("Title", "Heading 1", "Heading 2", "Heading 3", "公文正文")] == [
        "方正小标宋简体", "黑体", "楷体_GB2312", "仿宋_GB2312", "仿宋_GB2312",
    ]  # fmt: skip
    assert {element.get(qn("w:eastAsia")) for element in styles.element.iter(qn("w:lang"))} == {"zh-CN"}


def test_fonts_that_may_be_missing_name_others():
    with zipfile.ZipFile(io.BytesIO(letter_bytes(SAMPLE, "自评报告"))) as archive:
        table = archive.read("word/fontTable.xml").decode()
    assert '<w:font w:name="仿宋_GB2312"><w:altName w:val="仿宋' in table


def test_the_title_stands_on_the_lines_it_was_given():
    assert opened().paragraphs[0].text == "甲县水务局（虚构）\n2031年度部门整体支出绩效自评报告"


def test_pages_are_numbered_outwards_between_strokes():
    section = opened().sections[0]
    for footer, alignment in ((section.footer, WD_ALIGN_PARAGRAPH.RIGHT), (section.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT)):
        paragraph = footer.paragraphs[0]
        assert paragraph.alignment == alignment
        assert paragraph.text == "—  —"
        assert [code.text for code in paragraph.paragraph_format.element.iter(qn("w:instrText"))] == ["PAGE"]


def test_the_head_of_a_table_stands_on_every_page_and_no_row_is_parted():
    rows = [row.cells[0].paragraphs[0].paragraph_format.element.getparent().getparent() for row in opened().tables[0].rows]
    assert [row.find(qn("w:trPr")).find(qn("w:tblHeader")) is not None for row in rows] == [True, False]
    assert all(row.find(qn("w:trPr")).find(qn("w:cantSplit")) is not None for row in rows)


def test_quantities_stand_on_the_right_under_a_head_in_the_middle():
    cell = opened().tables[0].cell(1, 1).paragraphs[0]
    assert (cell.text, cell.alignment) == ("12.50", WD_ALIGN_PARAGRAPH.RIGHT)


def test_a_table_with_many_columns_is_set_smaller():
    wide = blocks.table("", [["列"] * 7, ["甲"] * 7])
    run = opened([wide]).tables[0].cell(1, 0).paragraphs[0].runs[0]
    assert run.font.size.pt == 10.5


def test_nobody_is_named_as_the_author():
    properties = opened().core_properties
    assert (properties.author, properties.last_modified_by, properties.title) == ("", "", "自评报告")
    with zipfile.ZipFile(io.BytesIO(letter_bytes(SAMPLE, "自评报告"))) as archive:
        assert "docProps/app.xml" not in archive.namelist()


@given(st.text())
def test_any_text_makes_a_file_that_word_can_read(text):
    made = [blocks.paragraph(text), blocks.table("", [["列"], [text]])]
    opened(made)


def test_characters_that_no_file_can_hold_are_left_out():
    assert opened([blocks.paragraph("在\x00职\x0b43\ud800人")]).paragraphs[0].text == "在职 43人"


def test_a_title_of_any_length_is_written_and_cut_only_where_the_file_describes_itself():
    long = "甲" * 999
    document = docx.Document(io.BytesIO(letter_bytes([blocks.title(long)], long)))
    assert document.core_properties.title == "甲" * 255
    assert document.paragraphs[0].text == long


def test_rows_of_different_length_are_no_table():
    with pytest.raises(ValueError, match="length"):
        blocks.table("表", [["甲", "乙"], ["丙"]])


def test_a_remark_is_a_comment_of_word_beside_its_words_and_has_no_time():
    block = replace(blocks.paragraph("全年支出12.50万元，超过预算。"), remarks=(blocks.Remark("请核对。", "12.50万元"),))
    document = opened([block])
    comment = next(iter(document.comments))
    assert (comment.text, comment.timestamp) == ("请核对。", None)
    assert [run.text for run in document.paragraphs[0].runs if run.text] == ["全年支出", "12.50万元", "，超过预算。"]
