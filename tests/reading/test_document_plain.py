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
