"""The received material line by line and row by row, exactly as it was received."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from selfeval.reading.document import Document
from selfeval.reading.figures import extract_figures, figures_table
from selfeval.records.decisions import Correction, correct, explain_corrected
from selfeval.records.entries import Entries
from selfeval.records.entry_tables import read_cells
from selfeval.records.passages import passages_of
from selfeval.tables import read_table, write_table
from sheet_pages import FULL, typed

TEXT = """甲县水务局（虚构）自评报告

一、支出情况
  全年支出 12.5 万元，其中“人员”8 万元。\t

（一）项目。共 3 个项目，用去4.5万元。
=不是公式
"""


def written(text: str) -> Document:
    return Document(text, "report.txt", "txt", "utf-8")


def rows(text: str = "", entries: Entries | None = None) -> list:
    return [*passages_of(written(text), entries or Entries()).itertuples(index=False)]


def test_the_lines_joined_are_the_text():
    assert "\n".join(row.text for row in rows(TEXT)) == TEXT


@given(st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\r\n\x00"), max_size=30), min_size=1, max_size=8).map("\n".join))
def test_any_text_comes_back_from_the_file_byte_for_byte(tmp_path_factory, text):
    folder = tmp_path_factory.mktemp("tables")
    write_table("passages", passages_of(written(text), Entries()), folder)
    back = read_table("passages", folder)
    assert "\n".join(back["text"]) == text
    assert [text[start:][: len(line)] for start, line in zip(back["start"], back["text"], strict=True)] == [*back["text"]]


def test_a_figure_stands_where_its_offsets_say():
    lines = {row.line: row for row in rows(TEXT)}
    figures = [*figures_table(written(TEXT), extract_figures(TEXT)).itertuples()]
    assert len(figures) >= 4
    for figure in figures:
        line = lines[figure.line]
        assert line.text[figure.start - line.start : figure.end - line.start] == figure.text
        assert line.section == figure.section


def test_headings_are_told_from_prose():
    found = [(row.line, row.level, row.heading) for row in rows(TEXT) if row.level]
    assert (3, 1, "一、支出情况") in found
    assert (6, 2, "（一）项目") in found
    assert all(row.heading in row.text for row in rows(TEXT))


def test_a_report_that_is_not_there_has_no_lines():
    assert [row for row in rows("") if row.kind == "line"] == []


def test_every_typed_figure_stands_in_the_cell_its_address_names():
    entries = typed(FULL)
    found = {}
    for row in rows(entries=entries):
        if row.kind == "row":
            found |= {(row.section, address): cell for address, cell in zip(row.cells.split("\t"), row.text.split("\t"), strict=True)}
    figures = [*read_cells(entries).table().itertuples()]
    assert len(figures) > 80
    assert [figure.text for figure in figures] == [found[figure.section, figure.cell] for figure in figures]


def test_rows_stand_under_the_heads_of_the_columns_that_are_filled_in():
    heads = None
    for row in rows(entries=typed(FULL)):
        heads = row.text.split("\t") if row.kind == "head" else heads
        assert len(row.text.split("\t")) == len(heads)
    assert any(row.kind == "head" and row.text.startswith("预算类别\t") for row in rows(entries=typed(FULL)))


def test_a_corrected_figure_says_who_corrected_it_and_why():
    figures = extract_figures(TEXT)
    at = next(index for index, figure in enumerate(figures) if figure.text.startswith("12.5"))
    entry = Correction("支出 12.5 万元", Decimal("12.5"), Decimal("13.5"), "漏记一笔", "例某", "2031-03-01")
    new, corrected = correct(TEXT, figures, [entry])
    table = explain_corrected(figures_table(written(TEXT), new), corrected)
    assert [reason for reason in table["correction"] if reason] == ["漏记一笔（例某，2031-03-01）"]
    assert (table["text"][at], table["value"][at], bool(table["correction"][at])) == (figures[at].text, Decimal("13.5"), True)
