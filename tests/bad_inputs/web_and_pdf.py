"""Reports as saved web pages and as PDF."""

from __future__ import annotations

import base64
import quopri

from bad_inputs.case import Case, Same, refused, report, said
from bad_inputs.good import REPORT
from bad_inputs.words_and_workbooks import TABLED
from document_samples import PrintedPage, pdf_file, stream
from printed_report import printed

_LINES = [line for line in REPORT.split("\n") if line]
_BODY = "".join(f"<p>{line}</p>\n" for line in _LINES)
_PRINTED = pdf_file(printed(_LINES, header="甲县水务局（虚构）绩效自评", number="— {} —"))
_LOCK = f"/ID[<00><00>]/Encrypt<</Filter/Standard/V 1/R 2/P -4/O<{'11' * 32}>/U<{'22' * 32}>>>"


def _page(body: str = _BODY, charset: str = "utf-8", head: str = "") -> str:
    return f'<!DOCTYPE html><html><head><meta charset="{charset}"><title>自评报告</title>{head}</head><body>{body}</body></html>'


def _in_amount(markup: str) -> str:
    return _page(_BODY.replace("29.60万元", markup))


def _tabled() -> str:
    rows = [line.split("\t") for line in TABLED.split("\n")]
    table = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows if len(row) > 1)
    first = next(number for number, row in enumerate(rows) if len(row) > 1)
    before = "".join(f"<p>{row[0]}</p>" for row in rows[:first] if row[0])
    after = "".join(f"<p>{row[0]}</p>" for row in rows[first:] if len(row) == 1 and row[0])
    return _page(f"{before}<table>{table}</table>{after}")


def _archive(encoding: str, body: bytes) -> bytes:
    head = (
        b'From: <Saved by Blink>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\ttype="text/html";\r\n\tboundary="--B--x"\r\n'
    )
    part = f"\r\n----B--x\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: {encoding}\r\n\r\n".encode()
    return head + part + body + b"\r\n----B--x--\r\n"


def _web(name: str, page: str | bytes, verdict: object = Same(), ending: str = "html") -> Case:
    return Case(name, report(page, f"report.{ending}"), verdict)


WEB = [
    _web("a saved page", _page()),
    _web("a page in GBK", _page(charset="gbk").encode("gbk")),
    _web("a page in GBK that claims to be UTF-8", _page(charset="utf-8").encode("gbk")),
    _web("a page in UTF-8 that claims to be GBK", _page(charset="gb2312")),
    _web("a page in UTF-16", _page(charset="utf-16").encode("utf-16")),
    _web("a page called doc", _page(), ending="doc"),
    _web("digits written as references", _in_amount("&#50;&#x39;.&#54;0&#19975;元")),
    _web("digits in many elements", _in_amount("<b>29</b><span>.60</span>万<i>元</i>")),
    _web("digits a style hides", _in_amount('29.60<span style="display:none">77</span>万元')),
    _web("a raised note number behind an amount", _in_amount("29.60万元<sup>1</sup>")),
    _web(
        "lines broken in the source",
        _page("".join(f"<p>{line}</p>" for line in _LINES).replace("，", "，\n    ").replace("绩效", "绩\n效")),
    ),
    _web("line breaks for paragraphs", _page("<br>".join(_LINES))),
    _web("elements nobody closed", _page("".join(f"<p>{line}" for line in _LINES))),
    _web(
        "scripts, styles and comments with numbers",
        _page("<script>var a = '支出99万元'</script><style>p{width:77}</style><!-- 支出88万元 -->" + _BODY),
    ),
    _web(
        "a menu and a footer with numbers",
        _page('<div class="nav">收入12万元</div>' + _BODY + '<div id="footer">电话 0739-1234567，访问 99 次</div>'),
    ),
    _web("a table of projects", _tabled(), Same(TABLED)),
    _web("an archive in base64", _archive("base64", base64.encodebytes(_page().encode())), ending="mht"),
    _web("an archive in quoted-printable", _archive("quoted-printable", quopri.encodestring(_page().encode())), ending="mht"),
    _web("a page that a script would fill", _page('<div id="app"></div><script>load()</script>'), refused("report.html", "没有文字", "请")),
    _web("a page of frames", '<html><frameset><frame src="a.html"></frameset></html>', refused("report.html", "没有文字", "请")),
    _web(
        "a page that asks for a password",
        _page("<form>用户名<input>密码<input type=password></form>"),
        refused("report.html", "没有找到预算收支内容", "请确认"),
    ),
    _web(
        "a page that could not be found", _page("<h1>404</h1><p>页面不存在</p>"), refused("report.html", "没有找到预算收支内容", "请确认")
    ),
    _web("a page of pictures", _page('<img src="1.png"><img src="2.png">'), refused("report.html", "没有文字", "请")),
    _web("a page that breaks off", _page()[: _page().index("水质监测")], said("不符", "项目")),
    _web(
        "a page of damaged bytes",
        _page().encode()[:400] + b"\xff\xfe\x81\xff" * 40 + _page().encode()[400:],
        refused("report.html", "编码", "请"),
    ),
    _web(
        "a page whose hanzi became replacement signs",
        _page(_BODY.replace("水库巡查绩效", "水库巡\ufffd绩效")),
        refused("report.html", "替换符", "请找回原始文件"),
    ),
    _web(
        "a hundred thousand elements inside one another",
        "<html><body>" + "<div>" * 100_000 + "支出",
        refused("report.html", "套了超过 2000 层", "请只保存报告正文"),
    ),
    _web(
        "a sheet of which only the head was saved",
        _page("<table><tr><td>项目名称<td>绩效目标（万元）<td>实际支出（万元）</table>"),
        refused("report.html", "没有找到预算收支内容", "请确认"),
    ),
]


def _pdf(name: str, data: bytes, verdict: object) -> Case:
    return Case(name, report(data, "report.pdf"), verdict)


def _page_saying(text: str) -> PrintedPage:
    page = PrintedPage()
    page.text(90, 80, text)
    return page


def _scan() -> PrintedPage:
    return PrintedPage(picture=True)


_DUMB = pdf_file([_page_saying("支出12万元，全年巡查河道三十次。")])

PDF = [
    _pdf("a printed report", _PRINTED, Same()),
    Case("a printed report called docx", report(_PRINTED, "report.docx"), Same()),
    _pdf("a scan", pdf_file([_scan(), _scan()]), refused("report.pdf", "扫描件", "OCR", "请")),
    _pdf("a scanned page among others", pdf_file([*printed(_LINES), _scan()]), said("第", "页是图片", "没有读到")),
    _pdf(
        "a PDF with a password",
        _PRINTED.replace(b"/Root 1 0 R", b"/Root 1 0 R" + _LOCK.encode()),
        refused("report.pdf", "加了密码", "请用密码打开后另存"),
    ),
    _pdf(
        "a font that does not tell its characters",
        _DUMB.replace(b"UniGB-UCS2-H", b"Identity-H  ").replace(b"Ordering(GB1)", b"Ordering(Eh!)"),
        refused("report.pdf", "字体没有文字编码", "请"),
    ),
    _pdf("a PDF without pages", pdf_file([]), refused("report.pdf", "请")),
    _pdf("a PDF of empty pages", pdf_file([PrintedPage(), PrintedPage()]), refused("report.pdf", "请")),
    _pdf("half a PDF", _PRINTED[: len(_PRINTED) // 3], refused("report.pdf", "请")),
    _pdf("a PDF that is only its first line", b"%PDF-1.7\n", refused("report.pdf", "请")),
    _pdf("a PDF without its last lines", _PRINTED[:-300], refused("report.pdf", "已损坏", "请重新下载")),
    _pdf(
        "a PDF whose text stream is damaged",
        pdf_file([PrintedPage()], {"X": stream(b"\x00\x01\x02", "/Filter/FlateDecode")}),
        refused("report.pdf", "请"),
    ),
    _pdf(
        "a printed letter",
        pdf_file([_page_saying("请于三月二十日前报送自评报告。此致敬礼，甲县财政局（虚构）。")]),
        refused("report.pdf", "没有找到预算收支内容", "请确认"),
    ),
]

CASES = [*WEB, *PDF]
