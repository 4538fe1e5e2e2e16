"""Text files in the encodings Chinese offices use."""

import pytest

from selfeval.exceptions import InputRefused
from selfeval.reading.document import read_document
from selfeval.reading.document.plain import read_plain

TEXT = "示例市水利局自评报告\n全年巡查河道三十次，支出12.5万元。\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_every_usual_encoding_gives_the_same_text(encoding):
    assert read_plain(TEXT.encode(encoding), "报告.txt").text == TEXT


@pytest.mark.parametrize("ending", ["\r\n", "\r", "\u2028", "\x0b"])
def test_every_kind_of_line_end_becomes_one_newline(ending):
    assert read_plain(TEXT.replace("\n", ending).encode(), "报告.txt").text == TEXT


def test_a_rare_name_character_survives_gb18030():
    assert "𠮷" in read_plain((TEXT + "联系人：𠮷某").encode("gb18030"), "报告.txt").text


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"", "空文件"),
        (b" \r\n\t ", "空"),
        (TEXT.encode("big5", "ignore") * 3, "编码"),
        (b"\xff\xfe\x00\xd8\x00\xd8" * 40, "编码"),
        ((TEXT + "坏\ufffd字").encode(), "第 3 行第 2 个字符"),
        ((TEXT + "坏\x00字").encode(), "NUL"),
        ((TEXT + "锟斤拷").encode(), "锟斤拷"),
        ((TEXT * 9).encode().decode("latin-1").encode(), "乱码"),
        ((TEXT * 9).encode().decode("gbk", "ignore").encode(), "乱码"),
    ],
)
def test_damaged_or_unknown_text_is_refused_with_a_remedy(data, word):
    with pytest.raises(InputRefused, match=word) as refusal:
        read_plain(data, "报告.txt")
    assert "报告.txt" in str(refusal.value)


def test_a_missing_file_is_refused_by_name(tmp_path):
    with pytest.raises(InputRefused, match=r"没有\.txt"):
        read_document(tmp_path / "没有.txt")


def test_the_line_and_sentence_of_an_offset_are_those_a_person_would_name(tmp_path):
    path = tmp_path / "报告.txt"
    path.write_text(TEXT, encoding="utf-8")
    document = read_document(path)
    offset = document.text.index("12.5")
    assert document.line_at(offset) == 2
    assert document.sentence(offset) == "全年巡查河道三十次，支出12.5万元。"
    assert document.line_span(2) == (TEXT.index("全年"), len(TEXT) - 1)


WRAPPED = """甲县教育局2031年度部门整体支出绩效自评报告

　　一、基本情况
　　1.学校。全县现有学校317所，其中普通高中4所，初中31所，小学
128所，幼儿园152所，在校学生133856人，按学段分，小学58936人，
初中33420人，普通高中15860人，其余为职业教育和学前教育学生，共
计21640人，减少主要在小学。
　　2.教师。年末在编9214人，其中女教师6128人，占66.51%；具有高
级职称的1382人，占15.0%。
　　3.资产。固定资产原值21.46亿元，其中房屋构筑物16.38亿元，占
原值的76.3%。

| 项目 | 预算 |
| 学生资助 | 1843 |
"""


def test_a_line_that_a_margin_broke_is_joined_to_what_it_goes_on_from(tmp_path):
    path = tmp_path / "r.txt"
    path.write_text(WRAPPED, encoding="utf-8")
    lines = read_document(path).text.split("\n")
    assert lines[3].startswith("　　1.学校。全县现有学校317所，其中普通高中4所，初中31所，小学128所，幼儿园152所，")
    assert lines[3].endswith("其余为职业教育和学前教育学生，共计21640人，减少主要在小学。")
    assert lines[7] == "　　2.教师。年末在编9214人，其中女教师6128人，占66.51%；具有高级职称的1382人，占15.0%。"


def test_what_follows_a_joined_paragraph_keeps_its_line(tmp_path):
    path = tmp_path / "r.txt"
    path.write_text(WRAPPED, encoding="utf-8")
    document = read_document(path)
    assert document.line_at(document.text.index("| 学生资助")) == WRAPPED[: WRAPPED.index("| 学生资助")].count("\n") + 1


def test_a_text_whose_prose_runs_on_beyond_its_short_lines_has_no_margin(tmp_path):
    path = tmp_path / "r.txt"
    path.write_text(WRAPPED + "　　" + "全年开展各类检查并督促整改，" * 5 + "成效明显。\n", encoding="utf-8")
    assert "小学\n128所" in read_document(path).text


def test_marks_of_bold_print_are_no_part_of_the_text():
    assert read_plain("**一、支出**\n- **全年支出**：3万元 ** 注\n".encode(), "a.txt").text == "一、支出\n- 全年支出：3万元 ** 注\n"
