"""Word files: what Word shows is what is read, in order."""

import io

import docx
import pytest

from document_samples import para, word_file, zipped
from selfeval.exceptions import InputRefused
from selfeval.reading.document.docx import read_docx
from selfeval.reading.document.numbering import written_number


def read(body: str, **parts: str):
    return read_docx(word_file(body, **parts), "报告.docx")


def lines(body: str, **parts: str) -> list[str]:
    return read(body, **parts).text.splitlines()


def rows(body: str) -> list[list[str]]:
    return [[cell.text for cell in row] for row in read(body).tables[0].rows]


def cell(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{para(text)}</w:tc>"


def table(*rows_of_cells: str) -> str:
    return "<w:tbl>" + "".join(f"<w:tr>{cells}</w:tr>" for cells in rows_of_cells) + "</w:tbl>"


def numbered(text: str, number: int = 1, level: int = 0) -> str:
    return para(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')


def definition(*levels: tuple[str, str], identity: int = 0, extra: str = "") -> str:
    body = "".join(
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for depth, (form, text) in enumerate(levels)
    )
    return f'<w:abstractNum w:abstractNumId="{identity}">{body}{extra}</w:abstractNum>'


def use(number: int, identity: int = 0, extra: str = "") -> str:
    return f'<w:num w:numId="{number}"><w:abstractNumId w:val="{identity}"/>{extra}</w:num>'


def test_the_2024_report_typed_into_word_gives_the_same_text(report_text):
    document, target = docx.Document(), io.BytesIO()
    for line in report_text.splitlines():
        document.add_paragraph(line)
    document.save(target)
    assert read_docx(target.getvalue(), "报告.docx").text.rstrip() == report_text.rstrip()


def test_a_table_made_by_a_library_keeps_rows_columns_and_merged_heads():
    document, target = docx.Document(), io.BytesIO()
    made = document.add_table(3, 3)
    for row, texts in enumerate([("项目", "金额", ""), ("", "预算", "执行"), ("巡查", "10", "9.5")]):
        for column, text in enumerate(texts):
            made.cell(row, column).text = text
    made.cell(0, 1).merge(made.cell(0, 2))
    made.cell(0, 0).merge(made.cell(1, 0))
    document.save(target)
    content = read_docx(target.getvalue(), "报告.docx")
    assert content.text == "项目\t金额\n\t预算\t执行\n巡查\t10\t9.5\n"
    assert [[c.text for c in row] for row in content.tables[0].rows] == [
        ["项目", "金额", "金额"],
        ["项目", "预算", "执行"],
        ["巡查", "10", "9.5"],
    ]


def maths(text: str) -> str:
    return f"<m:r><m:t>{text}</m:t></m:r>"


@pytest.mark.parametrize(
    ("formula", "text"),
    [
        (f"<m:f><m:num>{maths('900')}</m:num><m:den>{maths('1000')}</m:den></m:f>{maths('=90%')}", "900/1000=90%"),
        (f"<m:f><m:num>{maths('12.5+3')}</m:num><m:den>{maths('20')}</m:den></m:f>", "(12.5+3)/20"),
        (f"<m:sSup><m:e>{maths('10')}</m:e><m:sup>{maths('4')}</m:sup></m:sSup>", "10⁴"),
        (f"<m:sSup><m:e>{maths('2')}</m:e><m:sup>{maths('n+1')}</m:sup></m:sSup>", "2^(n+1)"),
        (f"<m:sSub><m:e>{maths('PM')}</m:e><m:sub>{maths('10')}</m:sub></m:sSub>", "PM₁₀"),
        (f"<m:rad><m:deg/><m:e>{maths('16')}</m:e></m:rad>", "√16"),
        (f"<m:d><m:dPr><m:begChr m:val='('/></m:dPr><m:e>{maths('1')}</m:e></m:d>", "(1)"),
    ],
)
def test_a_formula_keeps_its_numbers_apart(formula, text):
    assert lines(f"<w:p><w:r><w:t>支出</w:t></w:r><m:oMath>{formula}</m:oMath></w:p>") == [f"支出{text}"]


def test_paragraphs_and_tables_keep_their_order():
    body = para("前") + table(cell("甲") + cell("1"), cell("乙") + cell("2")) + para("后")
    assert lines(body) == ["前", "甲\t1", "乙\t2", "后"]


def test_a_cell_below_a_vertical_merge_leads_to_the_cell_that_is_printed():
    down, on = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    body = table(cell("项目支出", down) + cell("巡查") + cell("1"), cell("", on) + cell("清淤") + cell("2"))
    assert rows(body) == [["项目支出", "巡查", "1"], ["项目支出", "清淤", "2"]]


def test_a_table_in_a_cell_follows_the_row_it_stands_in():
    inner = "<w:tc>" + para("丙") + table(cell("子") + cell("3"), cell("丑") + cell("4")) + "</w:tc>"
    body = table(cell("甲") + cell("1"), cell("乙") + inner, cell("丁") + cell("5"))
    assert lines(body) == ["甲\t1", "乙\t丙", "子\t3", "丑\t4", "丁\t5"]


def test_a_frame_of_one_cell_is_no_table():
    content = read(table("<w:tc>" + para("第一段") + para("第二段") + "</w:tc>"))
    assert (content.text, content.tables) == ("第一段\n第二段\n", ())


def test_a_row_that_holds_nothing_but_paragraphs_keeps_them_as_lines():
    prose = '<w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr>' + para("自评结论：良好。") + para("一是加强管理。") + "</w:tc>"
    assert lines(table(cell("得分") + cell("95"), prose)) == ["得分\t95", "自评结论：良好。", "一是加强管理。"]


def test_insertions_are_read_and_deletions_are_not_and_both_are_said():
    run = "<w:r><w:t>{}</w:t></w:r>"
    removed = f"<w:del><w:r><w:delText>60</w:delText></w:r></w:del><w:ins>{run.format(65)}</w:ins>"
    content = read(f"<w:p>{run.format('支出')}{removed}{run.format('万元')}</w:p>")
    assert content.text == "支出65万元\n"
    assert "修订" in content.remarks[0]


def test_a_paragraph_whose_mark_was_deleted_runs_on():
    assert lines(para("支出65", "<w:rPr><w:del/></w:rPr>") + para("万元。") + para("下一段")) == ["支出65万元。", "下一段"]


def test_a_row_deleted_under_revision_is_gone():
    gone = "<w:tr><w:trPr><w:del/></w:trPr>" + cell("乙") + cell("2") + "</w:tr>"
    assert rows(table(cell("甲") + cell("1")).replace("</w:tbl>", f"{gone}</w:tbl>")) == [["甲", "1"]]


def test_a_content_control_is_read_and_its_prompt_is_not():
    filled = "<w:sdt><w:sdtContent>" + para("支出12万元") + "</w:sdtContent></w:sdt>"
    prompt = "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent><w:r><w:t>单击此处</w:t></w:r></w:sdtContent></w:sdt>"
    assert lines(filled + f"<w:p><w:r><w:t>单位：</w:t></w:r>{prompt}</w:p>") == ["支出12万元", "单位："]


def test_a_text_box_is_read_once_after_its_paragraph():
    box = f"<w:txbxContent>{para('框内支出3万元')}</w:txbxContent>"
    both = (
        f"<mc:AlternateContent><mc:Choice><w:drawing><wps:txbx>{box}</wps:txbx></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent>"
    )
    assert lines(f"<w:p><w:r><w:t>图前</w:t>{both}</w:r></w:p>" + para("图后")) == ["图前", "框内支出3万元", "图后"]


def test_a_footnote_follows_its_paragraph_and_its_mark_does_not_touch_the_figure():
    body = '<w:p><w:r><w:t>支出12</w:t><w:footnoteReference w:id="2"/><w:t>万元。</w:t></w:r></w:p>' + para("下一段")
    notes = '<w:footnote w:id="0" w:type="separator"><w:p/></w:footnote><w:footnote w:id="2">' + para("含上年结转") + "</w:footnote>"
    assert lines(body, footnotes=notes) == ["支出12万元。", "注：含上年结转", "下一段"]


def test_a_table_of_contents_is_left_out():
    control = (
        '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr>'
        f"<w:sdtContent>{para('一、概况 1')}</w:sdtContent></w:sdt>"
    )
    styles = '<w:style w:type="paragraph" w:styleId="11"><w:name w:val="toc 1"/></w:style>'
    assert lines(control + para("二、支出 3", '<w:pStyle w:val="11"/>') + para("一、概况"), styles=styles) == ["一、概况"]


def test_hidden_text_is_not_read():
    assert lines("<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>9</w:t></w:r><w:r><w:t>8万元</w:t></w:r></w:p>") == ["8万元"]


def test_a_raised_note_number_does_not_lengthen_the_figure():
    raised = '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>1</w:t></w:r>'
    assert lines(f"<w:p><w:r><w:t>支出12.5</w:t></w:r>{raised}<w:r><w:t>万元</w:t></w:r></w:p>") == ["支出12.5¹万元"]


def test_breaks_inside_a_paragraph_part_lines_and_page_breaks_do_not():
    body = '<w:p><w:r><w:t>甲</w:t><w:br/><w:t>乙</w:t><w:br w:type="page"/><w:t>丙</w:t><w:noBreakHyphen/><w:t>丁</w:t></w:r></w:p>'
    assert lines(body) == ["甲", "乙丙-丁"]


def test_fields_show_their_result_and_not_their_code():
    field = "<w:r><w:instrText>=SUM(A1)</w:instrText></w:r><w:r><w:t>263.2</w:t></w:r>"
    assert lines(f"<w:p>{field}</w:p>") == ["263.2"]


def test_automatic_numbers_are_printed_as_word_counts_them():
    levels = definition(("chineseCounting", "%1、"), ("chineseCounting", "（%2）"), ("decimal", "%3."))
    body = (
        numbered("概况")
        + numbered("职能", level=1)
        + numbered("2024年", level=2)
        + numbered("机构", level=1)
        + numbered("支出")
        + numbered("基本", level=1)
    )
    assert lines(body, numbering=levels + use(1)) == ["一、概况", "（一）职能", "1. 2024年", "（二）机构", "二、支出", "（一）基本"]


def test_two_lists_of_one_definition_count_on_unless_told_to_begin_anew():
    anew = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    numbering = definition(("decimal", "%1、")) + use(1) + use(2) + use(3, extra=anew)
    assert lines(numbered("甲") + numbered("乙", 2) + numbered("丙", 3), numbering=numbering) == ["1、甲", "2、乙", "1、丙"]


def test_a_number_may_come_from_the_style_a_style_is_based_on():
    styles = (
        '<w:style w:type="paragraph" w:styleId="H"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="H2"><w:basedOn w:val="H"/></w:style>'
    )
    body = para("概况", '<w:pStyle w:val="H2"/>') + para("目标", '<w:pStyle w:val="H"/>')
    assert lines(body, styles=styles, numbering=definition(("japaneseCounting", "%1、")) + use(1)) == ["一、概况", "二、目标"]


def test_list_number_zero_switches_the_number_of_a_style_off():
    styles = '<w:style w:styleId="H"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    off = para("无号", '<w:pStyle w:val="H"/><w:numPr><w:numId w:val="0"/></w:numPr>')
    assert lines(off, styles=styles, numbering=definition(("decimal", "%1.")) + use(1)) == ["无号"]


def test_a_compound_number_shows_the_levels_above():
    levels = definition(("chineseCounting", "第%1章"), ("decimal", "%1.%2"))
    legal = levels.replace('<w:lvlText w:val="%1.%2"/>', '<w:lvlText w:val="%1.%2"/><w:isLgl/>')
    assert lines(numbered("总则") + numbered("范围", level=1), numbering=legal + use(1)) == ["第一章总则", "1.1 范围"]


def test_bullets_are_not_text():
    assert lines(numbered("甲"), numbering=definition(("bullet", "●")) + use(1)) == ["甲"]


@pytest.mark.parametrize(
    ("number", "form", "written"),
    [
        (10, "chineseCounting", "十"),
        (21, "chineseCountingThousand", "二十一"),
        (30, "chineseCounting", "三十"),
        (105, "chineseCounting", "105"),
        (12, "chineseLegalSimplified", "壹拾贰"),
        (3, "decimalEnclosedCircleChinese", "③"),
        (21, "decimalEnclosedCircle", "21"),
        (20, "decimalEnclosedParen", "⒇"),
        (1, "decimalEnclosedFullstop", "⒈"),
        (12, "decimalFullWidth", "１２"),
        (14, "lowerRoman", "xiv"),
        (49, "upperRoman", "XLIX"),
        (28, "upperLetter", "BB"),
        (7, "decimalZero", "07"),
        (5, "noSuchForm", "5"),
    ],
)
def test_numbers_are_written_in_the_forms_word_knows(number, form, written):
    assert written_number(number, form) == written


def test_a_strict_file_reads_like_a_transitional_one():
    body = para("支出12万元")
    strict = f'<w:document xmlns:w="http://purl.oclc.org/ooxml/wordprocessingml/main"><w:body>{body}</w:body></w:document>'
    assert read_docx(zipped({"word/document.xml": strict}), "报告.docx").text == "支出12万元\n"


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (word_file(""), "没有文字"),
        (zipped({"word/document.xml": "<d><body><p/></body></d>", "word/media/image1.png": "x"}), "只有图片"),
        (zipped({"word/document.xml": "<d><body><p>"}), "不完整"),
        (zipped({"word/other.xml": "<d/>"}), "缺少"),
        (zipped({"word/document.xml": b"<?xml version='1.0' encoding='cp037'?><d/>"}), "不完整"),
        (word_file("<w:sdt><w:sdtContent>" * 3000 + para("深") + "</w:sdtContent></w:sdt>" * 3000), "已损坏"),
    ],
)
def test_a_file_without_readable_text_is_refused_with_a_remedy(data, words):
    with pytest.raises(InputRefused, match=f"^报告.docx .*{words}.*：请"):
        read_docx(data, "报告.docx")
