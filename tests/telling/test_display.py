"""Tables in a notebook: understandable heads, numbers in line, sentences in full."""

import re
from decimal import Decimal

import pandas as pd

from selfeval import words
from selfeval.tables import SCHEMAS, make_table
from selfeval.telling.display import in_line, shown

LONG = "因乙项目的设备年底才到货，验收和付款都顺延到下一年度，本年只支付了三成预付款（虚构）。"


def lines(*rows: dict) -> pd.DataFrame:
    usual = {"book": "all", "level": "project", "source": "text"}
    return make_table("budget_lines", [{**usual, **row} for row in rows])


def test_every_column_of_every_table_has_a_chinese_name():
    names = {column for schema in SCHEMAS.values() for column in schema.columns}
    assert sorted(name for name in names if words.column(name) == name) == [], "name it in knowledge/tables.toml"


def test_a_head_says_both_names_of_a_column():
    html = shown(lines({"item": "甲项目（虚构）"}), ["item"])._repr_html_()
    assert "<th>项目<small>item</small></th>" in html


def test_decimal_points_stand_in_one_line():
    written = in_line(["263.2", "14", "", "5.68"])
    assert [len(text) for text in written] == [6, 5, 0, 4]
    assert {text[-3] for text in written if text} == {".", "\u2008"}


def test_a_long_sentence_is_shown_in_full():
    html = shown(lines({"item": "乙项目", "reason": LONG}), ["item", "reason"])._repr_html_()
    assert f'<td class="long">{LONG}</td>' in html


def test_unknown_is_blank_and_never_zero():
    html = shown(lines({"item": "甲", "target": Decimal("1.5")}, {"item": "乙"}), ["target"])._repr_html_()
    assert re.findall(r'<td class="num">(.*?)</td>', html) == ["1.5", ""]


def test_text_of_the_data_never_becomes_markup():
    html = shown(lines({"item": "<img src=x onerror=alert(1)>"}), ["item"])._repr_html_()
    assert "<img" not in html
    assert "&lt;img" in html


def test_what_is_left_out_of_a_very_long_table_is_said():
    html = shown(lines(*({"item": f"第{number}项"} for number in range(501))), ["item"])._repr_html_()
    assert html.count("<tr>") == 501  # head and 500 rows
    assert "共 501 行，这里列出前 500 行" in html


def test_the_look_comes_with_the_table_and_is_no_text():
    html = shown(lines({"item": "甲"}))._repr_html_()
    assert html.startswith("<style>")
    assert "&lt;style" not in html


def test_an_empty_table_says_so():
    assert "没有一行" in shown(lines(), ["item"])._repr_html_()


def test_codes_are_shown_in_chinese_and_the_table_keeps_them():
    table = lines({"item": "甲项目", "book": "general_public"})
    html = shown(table, ["item", "book", "level"])._repr_html_()
    assert "一般公共预算" in html
    assert "general_public" not in html
    assert table["book"][0] == "general_public"


def test_what_was_divided_is_shown_to_the_hundredth_of_a_percent():
    assert ">0.4057<" in shown(lines({"item": "甲", "target": Decimal("0.4057142857")}), ["target"])._repr_html_()
