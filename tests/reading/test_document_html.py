"""Saved pages: what a reader sees of the article, whatever the page says about itself."""

import base64
import quopri
from contextlib import suppress
from time import process_time

import pytest

from selfeval.exceptions import InputRefused
from selfeval.reading.document.html import read_html


def read(markup: str, encoding: str = "utf-8"):
    return read_html(markup.encode(encoding), "页.html")


def rows(markup: str) -> list[list[str]]:
    return [[cell.text for cell in row] for row in read(markup).tables[0].rows]


def page_of(text: str, charset: str = "utf-8") -> str:
    return f"<html><head><meta charset={charset}></head><body>{''.join(f'<p>{line}</p>' for line in text.splitlines())}</body></html>"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("declared", ["utf-8", "gb2312", "iso-8859-1", "big5", "nonsense"])
def test_the_2024_report_is_read_whatever_charset_the_page_declares(report_text, encoding, declared):
    content = read(page_of(report_text, declared), encoding)
    assert content.text.splitlines() == [line.strip() for line in report_text.splitlines() if line.strip()]


def test_a_declared_big5_page_is_read_as_such():
    assert read("<meta charset=big5><p>" + "應急管理局支出12萬元，比去年增長。" * 9, "big5").text.startswith("應急管理局支出12萬元")


def test_a_page_damaged_beyond_its_encoding_is_refused():
    with pytest.raises(InputRefused, match=r"^页.html .*编码"):
        read_html(page_of("应急管理局支出12万元" * 9).encode()[:-30].replace("局".encode(), b"\xb5\xff"), "页.html")


def test_blocks_are_lines_and_inline_elements_are_not():
    markup = "<div>支出<b>821</b>.<span>31</span>\n万元<br>第二行</div><h2>标题</h2><ul><li>甲<li>乙</ul>尾"
    assert read(markup).text == "支出821.31万元\n第二行\n标题\n甲\n乙\n尾\n"


def test_line_breaks_in_the_source_part_words_but_not_hanzi_from_figures():
    assert read("<p>全年支\n  出 12\n万元，Word\nfile</p>").text == "全年支出 12万元，Word file\n"


def test_preformatted_text_keeps_its_lines():
    assert read("<pre>第一行\n  第二行</pre>").text == "第一行\n第二行\n"


def test_references_are_resolved_once():
    assert read("<p>&lt;b&gt; &amp;lt; 5&#x4e07;元&nbsp;&nbsp;1 &#60; 2").text == "<b> &lt; 5万元 1 < 2\n"


def test_a_sign_that_opens_no_tag_is_text():
    assert read("<p>死亡人数 < 3，增幅 <5%，a <").text == "死亡人数 < 3，增幅 <5%，a <\n"


def test_attributes_may_hold_signs_of_tags():
    assert read('<div title="a>b" onclick="if(a<b) x()">文字</div>').text == "文字\n"


def test_scripts_styles_comments_menus_and_footers_are_left_out():
    markup = (
        "<title>题</title><script>var a='<p>1万元</p>'</script><style>p{}</style><!-- <p>2万元</p> --><nav>首页 2031</nav>"
        f"<div class='main-content'><p>{'正文支出3万元。' * 9}</p></div><div class='page-footer'>电话 010-12345678</div>"
    )
    assert read(markup).text == "正文支出3万元。" * 9 + "\n"


def test_what_is_called_a_footer_and_holds_the_text_is_read():
    assert "支出3万元" in read("<p>题</p><div class='footer'>" + "支出3万元。" * 20 + "</div>").text


def test_hidden_parts_are_not_read_and_close_what_they_open():
    markup = "<p style='display: none'>1万元</p><table style='display:none'><tr><td>2</table><p hidden>3</p><table><tr><td>甲<td>4</table>"
    assert read(markup).text == "甲\t4\n"


def test_a_body_hidden_until_its_script_ran_is_read():
    assert read("<body style='display:none'><p>支出3万元").text == "支出3万元\n"


def test_of_a_wechat_page_only_title_and_article_are_read():
    markup = (
        "<h1 id='activity-name'> 自评报告 </h1><a>某某发布</a><div id='js_content' style='visibility: hidden'>"
        "<section><span>支出</span><span>3万元</span></section><p>完</p></div><div>阅读 2031</div>"
    )
    assert read(markup).text == "自评报告\n支出3万元\n完\n"


def test_numbered_lists_are_printed_with_their_numbers():
    markup = (
        "<ol start=3><li>甲<li>2024年<ol type=a><li>里</ol></ol><ol style='list-style-type: cjk-ideographic'><li><p>总体</ol>"
        "<ol style='list-style:none'><li>无号</ol>"
    )
    assert read(markup).text == "3. 甲\n4. 2024年\na. 里\n一、总体\n无号\n"


def test_a_raised_note_number_does_not_lengthen_the_figure():
    assert read("<p>支出12.5<sup>1</sup>万元，3km<sup>2</sup>").text == "支出12.5¹万元，3km²\n"


def test_tables_keep_rows_columns_and_merged_heads():
    markup = "<table><tr><th rowspan=2>项目<th colspan=2>金额</tr><tr><td>预算<td>执行</tr><tr><td>巡查<td>10<td>9.5</table>"
    assert rows(markup) == [["项目", "金额", "金额"], ["项目", "预算", "执行"], ["巡查", "10", "9.5"]]
    assert read(markup).text == "项目\t金额\n\t预算\t执行\n巡查\t10\t9.5\n"


def test_stray_end_tags_inside_a_cell_close_nothing_outside():
    assert rows("<div><table><tr><td><div>甲</div></div></p></section><td>1</tr><tr><td>乙<td>2</table></div>") == [
        ["甲", "1"],
        ["乙", "2"],
    ]


def test_a_table_that_only_lays_the_page_out_is_no_table():
    markup = "<table><tr><td>侧栏</td><td><p>第一段</p><table><tr><td>甲<td>1<tr><td>乙<td>2</table><p>第二段</p></td></tr></table>"
    content = read(markup)
    assert content.text == "侧栏\n第一段\n甲\t1\n乙\t2\n第二段\n"
    assert len(content.tables) == 1


def test_a_caption_stands_above_its_table():
    assert read("<table><caption>单位：万元</caption><tr><td>甲<td>1</table>").text == "单位：万元\n甲\t1\n"


@pytest.mark.parametrize(
    ("encoding", "encode"),
    [("quoted-printable", quopri.encodestring), ("base64", base64.encodebytes), ("8bit", bytes)],
)
def test_the_page_in_a_web_archive_is_read(encoding, encode):
    page = page_of("支出3万元，= 是等号").encode()
    kind = 'Content-Type: multipart/related;\r\n\ttype="text/html";\r\n\tboundary="--B--x"\r\n'
    head = f"From: <Saved by Blink>\r\nMIME-Version: 1.0\r\n{kind}"
    part = f"\r\n----B--x\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: {encoding}\r\n\r\n"
    archive = head.encode() + part.encode() + encode(page) + b"\r\n----B--x\r\nContent-Type: image/png\r\n\r\nxx\r\n----B--x--\r\n"
    assert read_html(archive, "页.mht").text == "支出3万元，= 是等号\n"


def test_a_page_without_text_is_refused_with_a_remedy():
    with pytest.raises(InputRefused, match=r"^页.html 里没有文字.*打印成 PDF"):
        read("<html><body><div id=app></div><script>load()</script></body></html>")


BROKEN = ["<a ", '<a "', "<!-- ", "<a b='", "</", "<![CDATA[", "<script>", "<a x x x ", "&#1;&", "<td>", "</div><div>", "<a '\"<"]


@pytest.mark.parametrize("piece", BROKEN)
def test_broken_markup_repeated_at_length_comes_to_an_end(piece):
    begun = process_time()
    with suppress(InputRefused):
        assert len(read(piece * 100_000).text) <= len(piece) * 100_000
    assert process_time() - begun < 10


def test_what_lies_too_deep_to_be_read_whole_is_refused():
    with pytest.raises(InputRefused, match=r"^页.html 的标记套了超过 2000 层"):
        read("<div>" * 3000 + "支出3万元")


def test_an_element_with_attributes_beyond_counting_is_refused():
    with pytest.raises(InputRefused, match=r"^页.html 里有一个标记带着上万个属性"):
        read(f"<p {' '.join(f'a{number}=1' for number in range(100_000))}>支出3万元")
