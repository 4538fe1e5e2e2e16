"""Files from anywhere: told apart by content, refused with a remedy, never unpacked beyond what a report can hold."""

import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from document_samples import OldWorkbook, PrintedPage, compound_file, para, pdf_file, sheet_file, word_file, zipped
from selfeval.exceptions import InputRefused
from selfeval.reading.document import read_document
from selfeval.reading.document.docx import read_docx
from selfeval.reading.document.guard import LARGEST_FILE, read_bytes, sniff
from selfeval.reading.document.html import read_html
from selfeval.reading.document.pdf import read_pdf
from selfeval.reading.document.sheets import read_csv, read_workbook

TEXT = "示例县水利局自评报告\n全年巡查河道30次，支出12.5万元。\n"


def old_workbook() -> OldWorkbook:
    book = OldWorkbook()
    book.text(0, 0, "河道巡查")
    return book


@pytest.mark.parametrize(
    ("data", "name", "kind"),
    [
        (TEXT.encode(), "报告.txt", "txt"),
        (TEXT.encode("utf-16"), "报告.txt", "txt"),
        (TEXT.encode(), "报告", "txt"),
        (f"PKPM 软件三套。{TEXT}".encode(), "报告.txt", "txt"),
        (b"<html><body>x", "report.xls", "html"),
        ("<!DOCTYPE html><p>文".encode("utf-16"), "report.doc", "html"),
        ("<table><tr><td>项目".encode(), "报告.xlsx", "html"),
        ("河道 < 10 公里，<重点> 2 段".encode(), "报告.txt", "txt"),
        (b"a,b\n1,2\n3,4\n", "报告.xlsx", "csv"),
        ("项目\t金额\n甲\t1\n".encode("gb18030"), "报告.xls", "csv"),
        (TEXT.encode(), "报告.csv", "csv"),
        (word_file(para("文")), "报告.txt", "docx"),
        (sheet_file(""), "报告.docx", "xlsx"),
        (old_workbook().bytes(), "报告.xlsx", "xls"),
        (b"\n\n%PDF-1.4 ...", "报告.doc", "pdf"),
        (b"From: <Saved by Blink>\nMIME-Version: 1.0\nContent-Type: multipart/related;\n\tboundary=x\n\n", "页.mht", "html"),
    ],
)
def test_content_tells_the_format_whatever_the_name_says(data, name, kind):
    assert sniff(data, name) == kind


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (compound_file({"WordDocument": b"x"}), "旧版 Word 文档.*另存为 .docx"),
        (compound_file({"EncryptedPackage": b"x", "EncryptionInfo": b"y"}), "密码"),
        (compound_file({"Book": b"x"}), "Excel 5.0/95.*另存为 .xlsx"),
        (compound_file({"Something": b"x"}), "认不出种类"),
        (zipped({"OFD.xml": "<OFD/>"}), "OFD.*另存为 PDF"),
        (zipped({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<a/>"}), "OpenDocument"),
        (zipped({"xl/workbook.bin": "x"}), "xlsb"),
        (zipped({"ppt/presentation.xml": "x"}), "演示文稿"),
        (zipped({"报告.docx": "x"}), "压缩包.*解压"),
        (word_file(para("文"))[:-40], "不完整"),
        (b"\x89PNG\r\n\x1a\n", "图片.*OCR"),
        (b"\xff\xd8\xff\xe0", "图片"),
        (b"Rar!\x1a\x07", "压缩包"),
        (b"{\\rtf1\\ansi", "RTF"),
        (b"\x7fELF\x02\x01", "程序文件"),
        (b'<?xml version="1.0"?><?mso-application progid="Word.Document"?><w:wordDocument/>', "XML 格式的 Word"),
        (bytes(range(1, 32)) * 20, "不是文本"),
    ],
)
def test_a_format_that_is_not_read_is_named_with_the_way_out(data, words):
    with pytest.raises(InputRefused, match=f"(?s)^甲.bin .*{words}"):
        sniff(data, "甲.bin")


def test_the_lock_file_of_an_open_document_is_named_as_such():
    with pytest.raises(InputRefused, match="临时文件"):
        sniff(b"\x05Wang" + bytes(157), "~$报告.docx")


def test_a_pipe_is_refused_instead_of_waited_for(tmp_path):
    os.mkfifo(tmp_path / "报告.txt")
    with pytest.raises(InputRefused, match="不是普通文件"):
        read_bytes(tmp_path / "报告.txt")


def test_a_folder_is_refused(tmp_path):
    with pytest.raises(InputRefused, match="不是普通文件"):
        read_bytes(tmp_path)


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(InputRefused, match=r"找不到文件 报告\.txt"):
        read_bytes(tmp_path / "报告.txt")


def test_an_empty_file_is_refused(tmp_path):
    (tmp_path / "报告.txt").touch()
    with pytest.raises(InputRefused, match="空文件"):
        read_bytes(tmp_path / "报告.txt")


def test_a_link_out_of_the_folder_is_refused(tmp_path):
    outside, inside = tmp_path / "外", tmp_path / "内"
    outside.mkdir()
    inside.mkdir()
    (outside / "报告.txt").write_text(TEXT, encoding="utf-8")
    (inside / "报告.txt").symlink_to(outside / "报告.txt")
    with pytest.raises(InputRefused, match="指向文件夹之外"):
        read_bytes(inside / "报告.txt")


def test_a_link_within_the_folder_is_followed(tmp_path):
    (tmp_path / "原文.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "报告.txt").symlink_to(tmp_path / "原文.txt")
    assert read_bytes(tmp_path / "报告.txt").decode() == TEXT


@pytest.mark.parametrize(
    "links",
    [{"报告.txt": "报告.txt"}, {"报告.txt": "附件.txt", "附件.txt": "报告.txt"}, {"报告.txt": "夹/报告.txt", "夹": "夹"}],
    ids=["itself", "another that leads back", "a folder that leads to itself"],
)
def test_a_link_that_bites_its_tail_is_refused(links, tmp_path):
    for name, target in links.items():
        (tmp_path / name).symlink_to(target)
    with pytest.raises(InputRefused) as caught:
        read_bytes(tmp_path / "报告.txt")
    assert str(caught.value) == "报告.txt 是循环的链接，或链接套链接层数太多：请换成文件本身"


def test_a_name_that_no_system_could_have_is_refused(tmp_path):
    with pytest.raises(InputRefused, match="文件名不合规：请改名后再试"):
        read_bytes(tmp_path / "报\0告.txt")


def test_an_endless_device_is_refused(tmp_path):
    (tmp_path / "报告.txt").symlink_to("/dev/zero")
    with pytest.raises(InputRefused, match="指向文件夹之外"):
        read_bytes(tmp_path / "报告.txt")


def test_a_file_beyond_the_limit_is_refused_unread_and_the_limit_is_said(tmp_path):
    with (tmp_path / "报告.txt").open("wb") as file:
        file.truncate(LARGEST_FILE + 1)
    with pytest.raises(InputRefused, match="超过 50 MB 的上限"):
        read_bytes(tmp_path / "报告.txt")


def test_a_single_cell_in_the_farthest_corner_is_read_like_any_other():
    rows = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>2</v></c></row>'
    assert read_workbook(sheet_file(rows, dimension="A1:XFD1048576"), "表.xlsx").text.split() == ["1", "2"]


READERS = {
    "docx": (read_docx, word_file(para("支出12.5万元") + "<w:tbl><w:tr><w:tc>" + para("甲") + "</w:tc></w:tr></w:tbl>")),
    "xlsx": (read_workbook, sheet_file('<row r="1"><c r="A1"><v>1</v></c></row>')),
    "xls": (read_workbook, old_workbook().bytes()),
    "pdf": (read_pdf, pdf_file([PrintedPage(operations=["BT /F1 12 Tf 90 700 Td <652f51fa> Tj ET", "9 9 m 99 9 l S"])])),
    "html": (read_html, "<table><tr><td rowspan=2>甲<td>1<tr><td>2</table><ol><li>乙</ol>".encode()),
    "csv": (read_csv, "项目,金额\n甲,12.5\n".encode()),
}


@pytest.mark.parametrize("kind", READERS)
@given(data=st.data())
def test_no_damage_to_a_file_raises_anything_but_a_refusal_that_names_it(kind, data):
    read, sample = READERS[kind]
    damaged = bytearray(sample)
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, len(damaged) - 1))
        damaged[at : at + data.draw(st.integers(0, 8))] = data.draw(st.binary(max_size=8))
    assert _outcome(lambda: read(bytes(damaged), "损.bin"), "损.bin")


def _outcome(read, name) -> bool:
    """Whether reading gives a content with true spans, or a refusal that names the file."""
    try:
        content = read()
    except InputRefused as refusal:
        return name in str(refusal)
    return all(content.text[cell.start : cell.end] == cell.text for table in content.tables for row in table.rows for cell in row)


@given(
    text=st.text(alphabet="万元0123456789.,，（()<>&;\t\n\"'=甲乙<table><td>", max_size=400),
    suffix=st.sampled_from([".html", ".csv", ".xls", ".txt"]),
)
def test_no_text_however_garbled_raises_anything_but_a_refusal(tmp_path_factory, text, suffix):
    path = tmp_path_factory.mktemp("文") / f"乱{suffix}"
    path.write_text(text or "字", encoding="utf-8")
    assert _outcome(lambda: read_document(path), path.name)
