"""Blocks written as a Word file in the look of an official letter."""

import io
import zipfile

import docx

from selfeval import blocks
from selfeval.office.letter import letter_bytes

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
