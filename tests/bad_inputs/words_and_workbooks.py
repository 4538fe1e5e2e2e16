"""Reports as Word files and workbooks: what is easily overlooked in them, and what is broken."""

from __future__ import annotations

import io
import re

import openpyxl

from bad_inputs.case import Case, Same, refused, report, said
from bad_inputs.good import BODY, REPORT
from document_samples import OldWorkbook, para, sheet_file, word_file, zipped

_LINES = [line for line in REPORT.split("\n") if line]
_ROWS = [
    ["项目名称", "绩效目标（万元）", "实际支出（万元）"],
    *(["水库巡查", "30.00", "29.60"], ["渠道清淤", "24.50", "24.50"], ["堤防维护", "45.00", "41.20"]),
    *(["水质监测", "18.00", "17.80"], ["饮水安全宣传", "37.00", "34.00"]),
]
_START, _END = REPORT.index("具体如下：") + len("具体如下："), REPORT.index("\n\n三、")
# The same report with its projects in a table.
TABLED = REPORT[:_START] + "\n\n" + "\n".join("\t".join(row) for row in _ROWS) + REPORT[_END:]
_BEFORE, _AFTER = ([line for line in part.split("\n") if line] for part in (REPORT[:_START], REPORT[_END:]))
_PLACEHOLDER = "<w:sdtPr><w:showingPlcHdr/></w:sdtPr>"


def _word(body: str, **parts: str) -> bytes:
    return word_file(body, **parts)


def _typed(lines: list[str] = _LINES) -> str:
    return "".join(map(para, lines))


def _in_place(old: str, new: str) -> bytes:
    """The report in Word with the markup `new` for the words `old`, closed and opened again around it."""
    return _word(_typed().replace(old, f"</w:t></w:r>{new}<w:r><w:t>"))


def _run(text: str, properties: str = "") -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>"


def _field(result: str) -> str:
    begin, separate, end = (f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end"))
    return f"{begin}<w:r><w:instrText>= 77 + 1</w:instrText></w:r>{separate}{_run(result)}{end}"


def _table(rows: list[list[str]], row_properties: str = "") -> str:
    cells = ("".join(f"<w:tc>{para(cell)}</w:tc>" for cell in row) for row in rows)
    return "<w:tbl>" + "".join(f"<w:tr>{row_properties}{row}</w:tr>" for row in cells) + "</w:tbl>"


def _control(content: str, properties: str = "") -> str:
    return f"<w:sdt>{properties}<w:sdtContent>{content}</w:sdtContent></w:sdt>"


def _box(content: str) -> str:
    return f"<w:p><w:r><w:pict><v:textbox><w:txbxContent>{content}</w:txbxContent></v:textbox></w:pict></w:r></w:p>"


def _broken_sum(data: bytes) -> bytes:
    """The package with one byte of its longest part flipped."""
    return data[: len(data) // 2] + bytes([data[len(data) // 2] ^ 0xFF]) + data[len(data) // 2 + 1 :]


WORD = [
    Case("a report typed into Word", report(_word(_typed()), "report.docx"), Same()),
    Case("a Word file called txt", report(_word(_typed())), Same()),
    Case("a Word file called doc", report(_word(_typed()), "report.doc"), Same()),
    Case("projects in a Word table", report(_word(_typed(_BEFORE) + _table(_ROWS) + _typed(_AFTER)), "report.docx"), Same(TABLED)),
    Case(
        "projects in a table inside a table",
        report(
            _word(_typed(_BEFORE) + f"<w:tbl><w:tr><w:tc>{_table(_ROWS)}{para('')}</w:tc></w:tr></w:tbl>" + _typed(_AFTER)), "report.docx"
        ),
        Same(TABLED),
    ),
    Case(
        "a row deleted under revision",
        report(
            _word(
                _typed(_BEFORE)
                + _table(_ROWS).replace(
                    "</w:tbl>",
                    f"<w:tr><w:trPr><w:del/></w:trPr><w:tc>{para('旧项目')}</w:tc><w:tc>{para('9')}</w:tc><w:tc>{para('9')}</w:tc></w:tr></w:tbl>",
                )
                + _typed(_AFTER)
            ),
            "report.docx",
        ),
        said("修订痕迹", "请确认"),
    ),
    Case("the whole report in a content control", report(_word(_control(_typed())), "report.docx"), Same()),
    Case("an amount in a content control", report(_in_place("29.60", _control(_run("29.60"))), "report.docx"), Same()),
    Case(
        "the prompt of a control nobody filled in",
        report(_in_place("29.60", _run("29.60") + _control(_run("单击此处输入99"), _PLACEHOLDER)), "report.docx"),
        Same(),
    ),
    Case(
        "an amount changed under revision",
        report(
            _in_place("29.60", "<w:del><w:r><w:delText>26.90</w:delText></w:r></w:del><w:ins>" + _run("29.60") + "</w:ins>"), "report.docx"
        ),
        said("修订痕迹", "请确认修订已定稿"),
    ),
    Case(
        "an amount that was moved",
        report(_in_place("29.60", "<w:moveFrom>" + _run("99") + "</w:moveFrom><w:moveTo>" + _run("29.60") + "</w:moveTo>"), "report.docx"),
        said("修订痕迹", "请确认"),
    ),
    Case("hidden digits", report(_in_place("29.60", _run("29.60") + _run("77", "<w:vanish/>")), "report.docx"), Same()),
    Case("an amount in three runs", report(_in_place("29.60", _run("2") + _run("9.", "<w:b/>") + _run("60")), "report.docx"), Same()),
    Case("an amount in a hyperlink", report(_in_place("29.60", "<w:hyperlink>" + _run("29.60") + "</w:hyperlink>"), "report.docx"), Same()),
    Case(
        "an amount that is the result of a field",
        report(_in_place("29.60", "<w:fldSimple w:instr='= 20+9.6'>" + _run("29.60") + "</w:fldSimple>"), "report.docx"),
        Same(),
    ),
    Case(
        "an amount that is the result of a long field",
        report(
            _in_place(
                "29.60",
                _field("29.60"),
            ),
            "report.docx",
        ),
        Same(),
    ),
    Case(
        "the number of a note behind an amount",
        report(
            _in_place("29.60万元", _run("29.60万元") + '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>1</w:t></w:r>'),
            "report.docx",
        ),
        Same(),
    ),
    Case("the report in a text box", report(_word(_box(_typed())), "report.docx"), Same()),
    Case(
        "a comment that is not part of the text",
        report(
            _in_place(
                "29.60",
                '<w:commentRangeStart w:id="0"/>'
                + _run("29.60")
                + '<w:commentRangeEnd w:id="0"/><w:r><w:commentReference w:id="0"/></w:r>',
            ),
            "report.docx",
        ),
        Same(),
    ),
    Case(
        "soft line breaks for paragraphs",
        report(_word(f"<w:p><w:r><w:t>{'</w:t><w:br/><w:t>'.join(_LINES)}</w:t></w:r></w:p>"), "report.docx"),
        Same(),
    ),
    Case(
        "a Word file without a body",
        report(zipped({"word/document.xml": "<d/>"}), "report.docx"),
        refused("report.docx", "没有文字", "请放入"),
    ),
    Case("a Word file with an empty body", report(_word(""), "report.docx"), refused("report.docx", "没有文字", "请放入")),
    Case(
        "a Word file of pictures",
        report(zipped({"word/document.xml": "<d><body><p/></body></d>", "word/media/image1.png": "x"}), "report.docx"),
        refused("report.docx", "只有图片", "OCR", "请"),
    ),
    Case(
        "a Word file that embeds a page",
        report(zipped({"word/document.xml": "<d><body><p/></body></d>", "word/afchunk.mht": "x"}), "report.docx"),
        refused("report.docx", "嵌在里面的网页", "另存为 .docx", "请"),
    ),
    Case("half a Word file", report(_word(_typed())[:900], "report.docx"), refused("report.docx", "不完整", "请重新下载")),
    Case(
        "a Word file with a byte flipped",
        report(_broken_sum(_word(_typed())), "report.docx"),
        refused("report.docx", "已损坏", "请重新下载"),
    ),
    Case(
        "a Word file whose text breaks off",
        report(zipped({"word/document.xml": f"<d><body><p><r><t>{BODY}</t></r></p>"}), "report.docx"),
        refused("report.docx", "word/document.xml 不完整", "请重新下载"),
    ),
    Case(
        "a Word file without its text",
        report(zipped({"word/documents.xml": "<d/>"}), "report.docx"),
        refused("report.docx", "缺少 word/document.xml", "请"),
    ),
    Case(
        "a Word file that names a file of the system",
        report(zipped({"word/document.xml": '<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/hostname">]><d>&x;</d>'}), "report.docx"),
        refused("report.docx", "DOCTYPE", "请向提供者要原始文件"),
    ),
    Case(
        "a Word file in an encoding nobody uses",
        report(zipped({"word/document.xml": b"<?xml version='1.0' encoding='cp037'?><d/>"}), "report.docx"),
        refused("report.docx", "不完整", "请"),
    ),
    Case(
        "content controls nested beyond reason",
        report(_word("<w:sdt><w:sdtContent>" * 3000 + para("深") + "</w:sdtContent></w:sdt>" * 3000), "report.docx"),
        refused("report.docx", "已损坏", "请"),
    ),
]


def _saved(book: openpyxl.Workbook) -> bytes:
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def _book(*sheets: list[list[object]]) -> openpyxl.Workbook:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for number, rows in enumerate(sheets, 1):
        sheet = book.create_sheet(f"表{number}")
        for row in rows:
            sheet.append(row)
    return book


def _column() -> list[list[object]]:
    return [[line] for line in _LINES]


def _tabled() -> list[list[object]]:
    return [*([line] for line in _BEFORE), [], *([row[0], *map(_number, row[1:])] for row in _ROWS), [], *([line] for line in _AFTER)]


def _number(text: str) -> object:
    return float(text) if re.fullmatch(r"[\d.]+", text) else text


def _hidden() -> bytes:
    book = _book(_column())
    book["表1"].row_dimensions[9].hidden = True
    return _saved(book)


def _hidden_sheet() -> bytes:
    book = _book(_column(), [["草稿：支出99万元"]])
    book["表2"].sheet_state = "hidden"
    return _saved(book)


def _hidden_column() -> bytes:
    book = _book([[line, "备注99"] for line in _LINES])
    book["表1"].column_dimensions["B"].hidden = True
    return _saved(book)


def _shown_as_two_decimals() -> bytes:
    book = _book(_tabled())
    for row in book["表1"].iter_rows(min_col=2, max_col=3):
        for cell in row:
            cell.number_format = "0.00"
    return _saved(book)


def _old() -> bytes:
    book = OldWorkbook()
    for row, line in enumerate(_LINES):
        book.text(row, 0, line)
    return book.bytes()


WORKBOOKS = [
    Case("a report pasted into a column of a workbook", report(_saved(_book(_column())), "report.xlsx"), Same()),
    Case("a report pasted into one cell", report(_saved(_book([[REPORT]])), "report.xlsx"), Same()),
    Case("a report on the second sheet", report(_saved(_book([], _column())), "report.xlsx"), Same()),
    Case("an old workbook", report(_old(), "report.xls"), Same()),
    Case("an old workbook called xlsx", report(_old(), "report.xlsx"), Same()),
    Case("projects in cells", report(_shown_as_two_decimals(), "report.xlsx"), Same(TABLED)),
    Case("a hidden row", report(_hidden(), "report.xlsx"), said("工作表“表1”第 9 行是隐藏的", "也已读入")),
    Case("a hidden column", report(_hidden_column(), "report.xlsx"), said("工作表“表1”第 B 列是隐藏的", "也已读入")),
    Case("a hidden sheet", report(_hidden_sheet(), "report.xlsx"), said("工作表“表2”是隐藏的", "也已读入")),
    Case(
        "formulas nobody calculated",
        report(_saved(_book([*_column(), ["合计", "=1+1"]])), "report.xlsx"),
        refused("report.xlsx", "公式没有算出结果", "“表1”B", "请用 Excel 或 WPS 打开"),
    ),
    Case(
        "a cell that says #REF!", report(_saved(_book([*_column(), ["合计", "#REF!"]])), "report.xlsx"), said("工作表“表1”", "错误值", "B")
    ),
    Case(
        "a workbook of empty sheets", report(_saved(openpyxl.Workbook()), "report.xlsx"), refused("report.xlsx", "工作表都是空的", "请放入")
    ),
    Case("half a workbook", report(_saved(_book(_column()))[:2000], "report.xlsx"), refused("report.xlsx", "不完整", "请重新下载")),
    Case(
        "a workbook whose sheet breaks off",
        report(sheet_file('<row><c r="A1"><v>1</v>'), "report.xlsx"),
        refused("report.xlsx", "不完整", "请"),
    ),
    Case(
        "a workbook of three hundred sheets",
        report(sheet_file("", sheets=300), "report.xlsx"),
        refused("report.xlsx", "300 张工作表", "请拆成"),
    ),
    Case(
        "a cell in the farthest corner",
        report(
            sheet_file(
                '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>2</v></c></row>', dimension="A1:XFD1048576"
            ),
            "report.xlsx",
        ),
        refused("report.xlsx", "没有找到预算收支内容"),
    ),
    Case("a report saved as csv", report("\r\n".join(f'"{line}"' for line in _LINES).encode("gbk"), "report.csv"), Same()),
    Case("a report of text called xlsx", report(REPORT, "report.xlsx"), Same()),
    Case("a web page called xls", report("<html><body>" + "".join(f"<p>{line}</p>" for line in _LINES), "report.xls"), Same()),
]

CASES = [*WORD, *WORKBOOKS]
