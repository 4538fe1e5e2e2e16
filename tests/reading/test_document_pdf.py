"""PDF files: printed lines become the paragraphs and tables that were written, without what the pages added."""

import shutil
import subprocess
from collections import Counter

import pytest

from document_samples import PrintedPage, pdf_file
from printed_report import LEFT, PITCH, TOP, printed, ruled
from selfeval.exceptions import InputRefused
from selfeval.reading.document import read_document
from selfeval.reading.document.characters import ordinary_hanzi
from selfeval.reading.document.pdf import read_pdf
from selfeval.reading.figures import extract_figures


def read(*pages: PrintedPage, extra: dict[str, bytes] | None = None):
    return read_pdf(pdf_file(list(pages), extra), "报告.pdf")


def filled(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


@pytest.mark.parametrize(
    ("indent", "gap", "width"),
    [(24, 0, 420), (24, 6, 300), (0, 10, 420), (0, 10, 204)],
    ids=["indented", "indented with gaps", "gaps", "narrow"],
)
def test_the_2024_report_printed_over_pages_gives_its_paragraphs(report_text, indent, gap, width):
    pages = printed(filled(report_text), indent=indent, gap=gap, width=width, header="某某局整体支出绩效自评报告", number="— {} —")
    content = read(*pages)
    assert filled(content.text.replace(" ", "")) == filled(report_text.replace(" ", ""))
    assert [mark.leaf for mark in content.marks] == [*range(1, len(pages) + 1)]


def test_lines_cut_by_counting_characters_are_joined(report_text):
    wanted = [line.replace(" ", "") for line in filled(report_text)]
    pages = [PrintedPage()]
    y = TOP
    for paragraph in wanted:
        for start in range(0, len(paragraph), 34):
            if y > 740:
                pages.append(PrintedPage())
                y = TOP
            pages[-1].text(LEFT, y, paragraph[start : start + 34])
            y += PITCH
        y += 10
    assert filled(read(*pages).text) == wanted


def test_lines_cut_anywhere_lose_no_figure(report_text):
    pages = [PrintedPage()]
    y = TOP
    for number, paragraph in enumerate(filled(report_text)):
        length = 21 + 5 * number % 12
        for start in range(0, len(paragraph), length):
            if y > 740:
                pages.append(PrintedPage())
                y = TOP
            pages[-1].text(LEFT, y, paragraph[start : start + length])
            y += PITCH
        y += 10
    text = read(*pages).text
    wanted = Counter(figure.text for figure in extract_figures(report_text))
    # A page may end inside a figure where no margin tells that it was cut.
    assert (wanted - Counter(figure.text for figure in extract_figures(text))).total() <= 3


def test_figures_of_the_printed_report_are_those_of_the_text(report_text):
    content = read(*printed(filled(report_text), width=204, indent=0, gap=10, number="{}"))
    figures, wanted = ([(f.text, f.value, f.unit, f.qualifier) for f in extract_figures(text)] for text in (content.text, report_text))
    assert figures == wanted


def test_a_number_cut_by_the_margin_is_joined_and_two_numbers_are_not():
    page = PrintedPage()
    texts = ["一" * 35, "二" * 32 + "2381.", "37万元" + "三" * 31, "四" * 29 + " 90 100", "110200元。"]
    for count, line in enumerate(texts):
        page.text(LEFT, TOP + PITCH * count, line)
    text = read(page).text
    assert "2381.37万元" in text
    assert "90 100 110200元" in text


def test_a_short_line_ends_its_paragraph():
    page = PrintedPage()
    page.text(LEFT, TOP, "二、支出情况")
    page.text(LEFT, TOP + PITCH, "一" * 35)
    page.text(LEFT, TOP + 2 * PITCH, "二二。")
    assert filled(read(page).text) == ["二、支出情况", "一" * 35 + "二二。"]


BROKEN = "三是本年度项目支出执行较好，其中堤防加固项目安排资金"


@pytest.mark.parametrize(
    ("lines", "paragraphs"),
    [
        ([(24, BROKEN), (0, "120万元，支出118万元。"), (24, "下一步继续推进。")], [BROKEN + "120万元，支出118万元。", "下一步继续推进。"]),
        ([(24, BROKEN + "，"), (0, "执行率较高。")], [BROKEN + "，执行率较高。"]),
        ([(24, BROKEN), (24, "二是加强管理。")], [BROKEN, "二是加强管理。"]),
        ([(24, BROKEN), (0, "四、存在问题")], [BROKEN, "四、存在问题"]),
        ([(24, BROKEN), (0, "填报人：张三")], [BROKEN, "填报人：张三"]),
        (
            [(0, "某县水利局办公室，堤防站"), (0, "某县水利局机关支部")],
            ["某县水利局办公室，堤防站", "某县水利局机关支部"],
        ),
    ],
    ids=["in mid-phrase", "at a comma", "a paragraph follows", "a chapter follows", "a label follows", "no paragraph began"],
)
def test_a_line_that_ends_short_in_mid_sentence_goes_on_where_paragraphs_are_indented(lines, paragraphs):
    page = PrintedPage()
    for number in range(6):
        page.text(LEFT + 24, TOP + 2 * PITCH * number, "一" * 33)
        page.text(LEFT, TOP + PITCH * (2 * number + 1), "二" * 20 + "。")
    for number, (indent, line) in enumerate(lines):
        page.text(LEFT + indent, TOP + PITCH * (12 + number), line)
    assert filled(read(page).text)[6:] == paragraphs


@pytest.mark.parametrize("number", ["{}", "— {} —", "第 {} 页", "第{}页 共{}页", "{}/{}", "- {} -"])
def test_page_numbers_are_left_out(number):
    content = read(*printed(["巡查河道三十次。" * 40] * 12, number=number))
    assert filled(content.text) == ["巡查河道三十次。" * 40] * 12


def test_a_line_that_stands_alone_at_the_foot_of_one_page_is_kept():
    pages = printed(["巡查河道三十次。" * 40] * 12)
    pages[1].text(LEFT, 780, "支出12万元")
    assert "支出12万元" in filled(read(*pages).text)


def test_a_title_that_returns_on_every_page_of_a_form_is_kept():
    pages = [PrintedPage() for _ in range(3)]
    for count, page in enumerate(pages, 1):
        page.text(LEFT, 100, "项目支出绩效自评表")
        page.text(LEFT, 140, f"第{count}个项目支出{count}2.5万元，完成全部目标任务。")
    assert read(*pages).text.count("项目支出绩效自评表") == 3


def test_gaps_of_columns_are_tabs_and_small_ones_nothing():
    page = PrintedPage()
    page.text(LEFT, TOP, "单位：水利局")
    page.text(LEFT + 300, TOP, "金额：万元")
    page.text(LEFT, TOP + PITCH, "支出")
    page.text(LEFT + 26, TOP + PITCH, "12")
    assert filled(read(page).text) == ["单位：水利局\t金额：万元", "支出12"]


def test_bold_printed_twice_is_read_once():
    page = PrintedPage()
    page.text(LEFT, TOP, "支出112万元")
    page.text(LEFT + 0.4, TOP, "支出112万元")
    assert read(page).text == "支出112万元\n"


def test_radicals_are_read_as_the_hanzi_they_are_printed_for():
    page = PrintedPage()
    page.text(LEFT, TOP, "⼯作⼈员3名，⻓期")
    assert read(page).text == "工作人员3名，长期\n"
    assert ordinary_hanzi("3⼾⺠⾭ﬁ") == "3户民青fi"


def test_a_watermark_across_the_page_is_left_out():
    page = PrintedPage()
    page.text(LEFT, TOP, "支出12万元")
    page.slanted(150, 400, "内部2031", (0.7, 0.7))
    assert read(page).text == "支出12万元\n"


@pytest.mark.parametrize("along", [(0, 1), (0, -1), (-1, 0)], ids=["up", "down", "upside down"])
def test_a_page_drawn_sideways_is_turned(along):
    page = PrintedPage()
    for count, line in enumerate(["甲支出12万元", "乙清淤3次，其中两次较大"]):
        page.slanted(200 + 20 * count * along[1], 300 + 20 * count * along[0], line, along)
    assert read(page).text == "甲支出12万元\n乙清淤3次，其中两次较大\n"


def test_short_lines_far_from_the_margin_are_not_joined():
    page = PrintedPage()
    page.text(LEFT, TOP, "某某水利局")
    page.text(LEFT, TOP + PITCH, "自评报告书")
    assert read(page).text == "某某水利局\n自评报告书\n"


def test_a_ruled_table_keeps_its_rows_and_columns_between_the_paragraphs():
    page = PrintedPage()
    page.text(LEFT, TOP, "前文。")
    ruled(page, 120, [["项目", "预算", "执行"], ["巡查", "10", "9.5"], ["清淤", "", "3,400.25"]])
    page.text(LEFT, 240, "后文。")
    content = read(page)
    assert content.text == "前文。\n项目\t预算\t执行\n巡查\t10\t9.5\n清淤\t\t3,400.25\n后文。\n"
    assert all(content.text[cell.start : cell.end] == cell.text for row in content.tables[0].rows for cell in row)


def test_a_missing_rule_merges_cells():
    page = PrintedPage()
    page.grid([90, 210, 390], [100, 124])
    page.grid([90, 210, 300, 390], [124, 148, 172])
    page.text(94, 106, "项目")
    page.text(214, 106, "金额")
    for x, y, text in [(214, 130, "预算"), (304, 130, "执行"), (94, 154, "巡查"), (214, 154, "10"), (304, 154, "9.5")]:
        page.text(x, y, text)
    rows = [[cell.text for cell in row] for row in read(page).tables[0].rows]
    assert rows == [["项目", "金额", "金额"], ["", "预算", "执行"], ["巡查", "10", "9.5"]]


def test_a_cell_of_several_lines_is_one_line():
    page = PrintedPage()
    page.grid([90, 180, 300], [100, 160, 190])
    for y, text in [(104, "因财政资金"), (120, "紧张未支付"), (136, "2.5万元")]:
        page.text(100, y, text)
    page.text(184, 104, "第一")
    page.text(184, 120, "第二")
    page.text(94, 166, "甲")
    page.text(184, 166, "1")
    assert read(page).text == "因财政资金紧张未支付2.5万元\t第一 第二\n甲\t1\n"


def test_a_table_goes_on_over_the_page_and_its_repeated_head_is_dropped():
    first, second = PrintedPage(), PrintedPage()
    ruled(first, 700, [["项目", "预算", "执行"], ["巡查", "10", "9.5"]])
    ruled(second, 80, [["项目", "预算", "执行"], ["清淤", "20", "18"]])
    content = read(first, second)
    assert content.text == "项目\t预算\t执行\n巡查\t10\t9.5\n清淤\t20\t18\n"
    assert [(mark.leaf, content.text[mark.start :].split("\t")[0]) for mark in content.marks] == [(1, "项目"), (2, "清淤")]


def test_a_frame_around_text_is_no_table():
    page = PrintedPage()
    page.grid([80, 500], [70, 200])
    page.text(LEFT, TOP, "支出12万元。")
    content = read(page)
    assert (content.text, content.tables) == ("支出12万元。\n", ())


def test_a_scanned_page_among_others_is_said():
    page = PrintedPage()
    page.text(LEFT, TOP, "支出12万元。全年巡查河道三十次，清淤两次。")
    assert read(page, PrintedPage(picture=True)).remarks == ("第 2 页是图片，其中的文字没有读到",)


def test_a_scanned_document_is_refused_with_a_remedy():
    with pytest.raises(InputRefused, match=r"^报告.pdf 是扫描件.*OCR"):
        read(PrintedPage(picture=True), PrintedPage(picture=True))


def said(page: PrintedPage, operations: str) -> PrintedPage:
    """The page with these operations around what was printed last."""
    page.operations[-1] = operations.format(page.operations[-1])
    return page


def test_a_single_digit_without_ink_is_read():
    # The font is not in the file, and what stands in for it on this machine may have hanzi alone.
    page = PrintedPage()
    for count, sign in enumerate("7-"):
        page.text(LEFT, TOP + PITCH * count, sign)
    assert filled(read(page).text) == ["7", "-"]


@pytest.mark.parametrize("around", ["3 Tr {} 0 Tr", "q 1 0 0 1 0 900 cm {} Q"], ids=["drawn invisibly", "off the paper"])
def test_what_nobody_sees_is_not_read_and_said(around):
    page = PrintedPage()
    page.text(LEFT, TOP, "支出12万元。")
    page.text(LEFT, TOP + PITCH, "支出99万元。")
    content = read(said(page, around))
    assert filled(content.text) == ["支出12万元。"]
    assert content.remarks == ("第 1 页有 7 个看不见的字（在纸面以外或隐形），没有读入",)


def test_what_a_machine_recognised_in_a_scan_is_read_and_said():
    page = PrintedPage(picture=True)
    page.text(LEFT, TOP, "支出12万元。全年巡查河道三十次，清淤两次。")
    content = read(said(page, "3 Tr {} 0 Tr"))
    assert content.text == "支出12万元。全年巡查河道三十次，清淤两次。\n"
    assert content.remarks == ("第 1 页是扫描的图片，文字取自其中的识别（OCR）层，可能有错字，请对照原页核对",)


def test_a_password_is_refused_with_a_remedy():
    page = PrintedPage()
    page.text(LEFT, TOP, "支出12万元。")
    lock = f"/ID[<00><00>]/Encrypt<</Filter/Standard/V 1/R 2/P -4/O<{'11' * 32}>/U<{'22' * 32}>>>"
    locked = pdf_file([page]).replace(b"/Root 1 0 R", b"/Root 1 0 R" + lock.encode())
    with pytest.raises(InputRefused, match=r"^报告.pdf 加了密码.*不加密"):
        read_pdf(locked, "报告.pdf")


def test_a_font_that_does_not_tell_its_characters_is_refused():
    page = PrintedPage()
    page.text(LEFT, TOP, "支出12万元，全年巡查河道三十次。")
    dumb = pdf_file([page]).replace(b"UniGB-UCS2-H", b"Identity-H  ").replace(b"Ordering(GB1)", b"Ordering(Eh!)")
    with pytest.raises(InputRefused, match=r"^报告.pdf 的字体没有文字编码"):
        read_pdf(dumb, "报告.pdf")


CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
QUIET = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
)


@pytest.mark.skipif(not CHROMIUM, reason="no browser to print with")
@pytest.mark.parametrize(
    "style",
    [
        "p{text-indent:2em;margin:0;text-align:justify} @page{size:A4;margin:25mm}",
        pytest.param("p{word-break:break-all;margin:4px 0} body{width:90mm}", marks=pytest.mark.slow),
    ],
    ids=["justified", "broken anywhere"],
)
def test_the_2024_report_printed_by_a_browser_gives_the_same_figures_and_lines(report_text, tmp_path, style):
    from selfeval.telling.fonts import font_path

    face = f"@font-face{{font-family:F;src:url('{font_path().as_uri()}')}} body{{font:12pt F}}"
    body = "".join(f"<p>{line}</p>" for line in filled(report_text))
    (tmp_path / "r.html").write_text(f"<meta charset=utf-8><style>{face}{style}</style>{body}", encoding="utf-8")
    target = tmp_path / "报告.pdf"
    command = [CHROMIUM, *QUIET, "--no-pdf-header-footer", f"--print-to-pdf={target}", (tmp_path / "r.html").as_uri()]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    document = read_document(target)
    assert filled(document.text) == filled(report_text)
    assert [figure.text for figure in extract_figures(document.text)] == [figure.text for figure in extract_figures(report_text)]
