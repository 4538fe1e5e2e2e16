"""Files that are no report at all, and things in a folder that are no files."""

from __future__ import annotations

import gzip
import os
import socket
from pathlib import Path

from bad_inputs.case import Build, Case, Same, beside, edited, file, good, refused, report, said
from bad_inputs.good import REPORT
from document_samples import OldWorkbook, compound_file, para, word_file, zipped

_MAIL = (
    b"From: a@example.invalid\r\nSubject: x\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n"
    b"--b\r\nContent-Type: application/msword\r\n\r\nAAAA\r\n--b--\r\n"
)
_BYTES = bytes(range(256)) * 40


def _link(target: str, name: str = "report.txt") -> Build:
    return lambda folder: (folder / name).symlink_to(target)


def _pipe(name: str) -> Build:
    return lambda folder: os.mkfifo(folder / name)


def _socket(name: str) -> Build:
    def build(folder: Path) -> None:
        here = Path.cwd()
        os.chdir(folder)  # the name of a socket may not be long
        with socket.socket(socket.AF_UNIX) as listening:
            listening.bind(name)
        os.chdir(here)

    return build


def _outside(name: str) -> Build:
    """A link to a file that lies beside the data."""

    def build(folder: Path) -> None:
        (folder.parents[3] / "别处.txt").write_text(REPORT, encoding="utf-8")
        (folder / name).symlink_to(folder.parents[3] / "别处.txt")

    return build


def _kind(what: str, data: bytes, *words: str, name: str = "report.txt") -> Case:
    return Case(what, report(data, name), refused(name, *words, "请"))


KINDS = [
    _kind("an old Word file", compound_file({"WordDocument": b"x"}), "旧版 Word", "另存为 .docx", name="report.doc"),
    _kind("an old Word file called docx", compound_file({"WordDocument": b"x"}), "旧版 Word", "另存为 .docx", name="report.docx"),
    _kind("a WPS file of its own format", compound_file({"WpsCustomData": b"x"}), "认不出种类", "另存为 .docx", name="report.wps"),
    _kind("a Word file with a password", compound_file({"EncryptedPackage": b"x"}), "加了密码", "去掉密码", name="report.docx"),
    _kind("an old presentation", compound_file({"PowerPoint Document": b"x"}), "演示文稿", name="report.ppt"),
    _kind("a workbook of Excel 95", compound_file({"Book": b"x"}), "Excel 5.0/95", "另存为 .xlsx", name="report.xls"),
    _kind("a workbook with a password", OldWorkbook(password=True).bytes(), "加了密码", "去掉密码", name="report.xls"),
    _kind("a picture", b"\x89PNG\r\n\x1a\n" + _BYTES, "图片", "OCR", name="report.png"),
    _kind("a photograph called docx", b"\xff\xd8\xff\xe0" + _BYTES, "图片", "OCR", name="report.docx"),
    _kind("a picture of the iPhone", b"\0\0\0\x18ftypheic" + _BYTES, "图片", "OCR", name="report.heic"),
    _kind("a bitmap", b"BM\x36\x10\0\0\0\0\0\0\x36\0\0\0" + _BYTES, "图片", "OCR", name="report.bmp"),
    _kind("a film", b"\0\0\0\x18ftypmp42" + _BYTES, "音视频", name="report.mp4"),
    _kind("a recording", b"ID3\x04\0\0\0" + _BYTES, "音视频", name="report.mp3"),
    _kind("a RAR archive", b"Rar!\x1a\x07\x01" + _BYTES, "RAR", "解压", name="report.rar"),
    _kind("a 7z archive", b"7z\xbc\xaf\x27\x1c" + _BYTES, "7z", "解压", name="report.7z"),
    _kind("the report packed by gzip", gzip.compress(REPORT.encode()), "gzip", "解压", name="report.txt.gz"),
    _kind(
        "a tar of the report",
        b"report.txt".ljust(257, b"\0") + b"ustar\0" + b"00" + bytes(247) + REPORT.encode(),
        "tar",
        "解压",
        name="report.tar",
    ),
    _kind("a zip of the report", zipped({"报告.docx": word_file(para("文"))}), "ZIP", "解压", name="report.zip"),
    _kind("an RTF file called doc", b"{\\rtf1\\ansi\\deff0 " + REPORT.encode("gbk"), "RTF", "另存为 .docx", name="report.doc"),
    _kind("PostScript", b"%!PS-Adobe-3.0\n", "PostScript", "PDF", name="report.ps"),
    _kind("an OFD file", zipped({"OFD.xml": "<OFD/>"}), "OFD", "另存为 PDF", name="report.ofd"),
    _kind("an OpenDocument text", zipped({"mimetype": "x", "content.xml": "<a/>"}), "OpenDocument", "另存为 .docx", name="report.odt"),
    _kind("a document of Apple Pages", zipped({"Index/Document.iwa": "x"}), "苹果", "导出为 .docx", name="report.pages"),
    _kind("an XPS file", zipped({"FixedDocSeq.fdseq": "x"}), "XPS", "PDF", name="report.xps"),
    _kind("a binary workbook", zipped({"xl/workbook.bin": "x"}), "xlsb", "另存为 .xlsx", name="report.xlsb"),
    _kind("a presentation", zipped({"ppt/presentation.xml": "x"}), "演示文稿", name="report.pptx"),
    _kind(
        "an XML file of Word 2003",
        b'<?xml version="1.0"?><?mso-application progid="Word.Document"?><w:wordDocument/>',
        "XML 格式的 Word",
        "另存为 .docx",
        name="report.xml",
    ),
    _kind(
        "an XML file of Excel 2003",
        b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>',
        "XML 格式的表格",
        "另存为 .xlsx",
        name="report.xls",
    ),
    _kind("a program", b"MZ\x90\0\x03" + _BYTES, "程序", name="report.exe"),
    _kind("a data base", b"SQLite format 3\0" + _BYTES, "数据库", name="report.db"),
    _kind("bytes without sense", _BYTES, "不是文本", name="report.dat"),
    _kind("the lock file of an open document", b"\x05Wang" + bytes(157), "不是文本", name="report.docx"),
    _kind(
        "a download that failed and left a page",
        "<html><title>404</title><body>您访问的页面不存在</body></html>".encode(),
        "没有找到预算收支内容",
        name="report.docx",
    ),
    _kind("a shortcut of Windows", b"L\0\0\0\x01\x14\x02\0" + _BYTES, "快捷方式", name="report.lnk"),
    _kind(
        "a shortcut to a page",
        b"[InternetShortcut]\r\nURL=https://example.invalid/report.docx\r\n",
        "没有找到预算收支内容",
        name="report.url",
    ),
    _kind(
        "a mail with the report attached",
        _MAIL,
        "没有找到预算收支内容",
        name="report.eml",
    ),
]

FOLDERS = [
    Case(
        "only the lock file of an open document",
        file("~$报告.docx", b"\x05Wang" + bytes(157)),
        refused("没有找到自评报告文件", "请把报告放进这个文件夹"),
    ),
    Case(
        "only what systems leave behind",
        beside(*(file(name, b"x") for name in (".DS_Store", "Thumbs.db", "desktop.ini", "._report.txt", ".~lock.报告.docx#"))),
        refused("没有找到自评报告文件", "请把报告放进"),
    ),
    Case(
        "a report and what systems leave behind",
        beside(good(), *(file(name, b"x") for name in (".DS_Store", "Thumbs.db", "desktop.ini", "~$report.docx"))),
        Same(),
    ),
    Case(
        "the report in a folder of its own",
        lambda folder: ((folder / "报告").mkdir(), (folder / "报告" / "report.txt").write_text(REPORT, encoding="utf-8")),
        refused("data/raw/jia-water/2031", "没有找到自评报告文件", "请把报告放进", "“报告”"),
    ),
    Case(
        "a folder called like the report",
        lambda folder: (folder / "report.txt").mkdir(),
        refused("没有找到自评报告文件", "“report.txt”", "请把报告放进"),
    ),
    Case("a named pipe", _pipe("report.txt"), refused("report.txt", "不是普通文件", "请把文件本身复制进来")),
    Case("a socket", _socket("report.txt"), refused("report.txt", "不是普通文件", "请把文件本身复制进来")),
    Case("a link out of the folder", _outside("report.txt"), refused("report.txt", "不是普通文件", "请把文件本身复制进来")),
    Case("a link to a file of the system", _link("/etc/passwd"), refused("report.txt", "不是普通文件", "请把文件本身复制进来")),
    Case("a link to a device without end", _link("/dev/zero"), refused("report.txt", "不是普通文件", "请把文件本身复制进来")),
    Case("a link to the terminal", _link("/dev/tty"), refused("report.txt", "不是普通文件", "请把文件本身复制进来")),
    Case("a link to nothing", _link("没有.txt"), refused("report.txt", "不是普通文件", "请把文件本身复制进来")),
    Case("a link to itself", _link("report.txt"), refused("report.txt", "不是普通文件", "请把文件本身复制进来")),
    Case("a link to the folder above", beside(good(), _link("..", "年度")), refused("年度", "不是普通文件", "请把文件本身复制进来")),
    Case("a file nobody has listed", beside(good(), file("照片.jpg", b"\xff\xd8\xff")), said("照片.jpg 没有登记在来源卡上")),
    Case("an empty file beside the report", beside(good(), file("附件.xlsx", b"")), refused("附件.xlsx", "空文件", "请放入")),
    Case("a file whose name breaks the line", beside(good(), file("附件\n2.xlsx", b"x")), refused("附件?2.xlsx", "看不见的字符", "请改名")),
    Case(
        "a file whose name runs from right to left",
        beside(good(), file("附件\u202excod.exe", b"x")),
        refused("附件?xcod.exe", "看不见的字符", "请改名"),
    ),
    Case(
        "a file whose name is no Unicode",
        beside(good(), lambda folder: (folder / os.fsdecode("附件.xlsx".encode("gbk"))).write_bytes(b"x")),
        refused(".xlsx", "乱码", "请改名"),
    ),
    Case("a file with a name of 80 hanzi", beside(good(), file("长" * 80 + ".x", b"x")), said("没有登记在来源卡上")),
    Case("a report of one byte", report(b"1"), refused("report.txt", "没有找到预算收支内容")),
    Case(
        "a report beyond the limit of all files",
        lambda folder: _huge(folder / "report.txt"),
        refused("report.txt", "超过 50 MB 的上限", "请删去图片和附件"),
    ),
    Case("a text beyond the limit of texts", report("甲乙丙丁，\n" * 300_000), refused("report.txt", "超过 3 MB 的上限", "请只留正文")),
    Case("a text of one endless line", report("1" * 4_000_000), refused("report.txt", "超过 3 MB 的上限", "请只留正文")),
    Case("a number of thirty thousand digits", edited("29.60", "9" * 30_000), said("金额的写法存疑")),
    Case("a sentence of five thousand numbers", report(REPORT + "1 " * 5_000), said("第 28 行", "没有断句", "请对照原始文件核对")),
    Case("a line of a hundred thousand brackets", edited("29.60", "（" * 100_000), said("没有断句")),
]


def _broken_off(folder: Path) -> None:
    """The good report, and what a run leaves that was killed in the middle of publishing."""
    good()(folder)
    processed = folder.parents[2] / "processed" / folder.parent.name
    for leftover in (f".{folder.name}.new-0a", f".{folder.name}.old-0a"):
        (processed / leftover).mkdir(parents=True)
        (processed / leftover / "findings.csv").write_text("半", encoding="utf-8")
    (processed / f".{folder.name}.lock").write_text("{", encoding="utf-8")


def _huge(path: Path) -> None:
    with path.open("wb") as hollow:
        hollow.truncate(51 * 2**20)


AFTER_A_CRASH = [Case("what a killed run left beside the tables", _broken_off, Same())]

CASES = [*KINDS, *FOLDERS, *AFTER_A_CRASH]
