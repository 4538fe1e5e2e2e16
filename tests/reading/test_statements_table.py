"""The table `statements`: its columns take the words of the reader, and its offsets point to figures of the text."""

from decimal import Decimal

import pytest

from selfeval import words
from selfeval.reading.document import Document
from selfeval.reading.document.content import Mark
from selfeval.reading.figures import extract_figures, figures_table
from selfeval.reading.statements import ASPECTS, EXTENTS, PERIODS, STATES, read_statements, statements_table
from selfeval.tables import SCHEMAS, read_table, records_in, write_table

TEXT = """甲县水务局2031年度部门整体支出绩效自评报告

一、项目支出情况

河道清淤年初预算30.00万元，调整后预算36.00万元，决算支出35.10万元，执行率97.50%。

二、工作情况

全年排查隐患50余处，其中水库31处、山塘19处；上年检查水库28座。发放手册3万份。
"""


def table(text=TEXT, marks=()):
    document, figures = Document(text, "r.txt", "txt", "utf-8", marks=marks), extract_figures(text)
    return statements_table(document, figures, read_statements(document, figures))


def row_of(printed, text=TEXT):
    (row,) = [row for row in records_in(table(text)) if row["text"] == printed]
    return row


def numbers_at(starts):
    """The numbers that begin at some places of the text."""
    return [next(row["text"] for row in records_in(table()) if row["start"] == start) for start in starts]


@pytest.mark.parametrize(("column", "closed"), [("aspect", ASPECTS), ("period", PERIODS), ("state", STATES), ("extent", EXTENTS)])
def test_a_column_takes_the_words_of_the_reader_and_no_others(column, closed):
    assert SCHEMAS["statements"].choices[column] == set(closed)


def test_it_is_written_and_read_back_as_it_was(tmp_path):
    write_table("statements", table(), tmp_path)
    assert records_in(read_table("statements", tmp_path)) == records_in(table())


def test_every_row_is_a_figure_of_the_text_and_has_its_amount():
    figures = {row["figure_id"]: row for row in records_in(figures_table(Document(TEXT, "r.txt", "txt", "utf-8"), extract_figures(TEXT)))}
    shared = ("start", "end", "text", "amount", "base_unit", "qualifier", "line", "section", "sentence")
    assert len(table())
    for row in records_in(table()):
        assert TEXT[row["start"] : row["end"]] == row["text"]
        assert {name: row[name] for name in shared} == {name: figures[row["figure_id"]][name] for name in shared}


def test_amounts_are_in_the_base_unit_and_bounds_stay_bounds():
    assert (row_of("3万份")["amount"], row_of("3万份")["base_unit"]) == (Decimal(30000), "份")
    assert row_of("50余处")["qualifier"] == "over"


def test_a_part_points_to_where_its_whole_starts():
    assert numbers_at([row_of("31处")["part_of"], row_of("19处")["part_of"]]) == ["50余处", "50余处"]
    assert row_of("50余处")["part_of"] is None
    assert (row_of("50余处")["extent"], row_of("31处")["extent"]) == ("whole", "part")


def test_a_rate_points_to_where_its_operands_start():
    assert numbers_at(map(int, row_of("97.50%")["of"].split())) == ["35.10万元", "36.00万元"]
    assert row_of("35.10万元")["of"] == ""


def test_the_words_that_decided_stand_under_the_heads_of_their_columns():
    assert row_of("30.00万元")["because"] == f"{words.column('aspect')}：年初"
    assert row_of("28座")["because"] == f"{words.column('period')}：上年"


def test_the_page_is_told_where_the_format_has_pages():
    assert {row["page"] for row in records_in(table())} == {None}
    marks = (Mark(0, 1), Mark(TEXT.index("二、"), 2))
    pages = {row["text"]: row["page"] for row in records_in(table(marks=marks))}
    assert (pages["30.00万元"], pages["31处"]) == (1, 2)


def test_a_text_without_figures_says_nothing():
    assert table("甲县水务局").empty
