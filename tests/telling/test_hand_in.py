"""The workbook of all tables: what is in it is explained, numbers are numbers, and no text can run."""

import io
import re
import zipfile
from decimal import Decimal

import openpyxl
import pypdfium2
import pytest

from bodies import county_water
from selfeval import words
from selfeval.knowledge import load
from selfeval.tables import SCHEMAS, make_table
from selfeval.telling.charts.one_page import lines_of as one_page_lines
from selfeval.telling.hand_in import sheets_of, write_hand_in, write_one_page
from selfeval.telling.office import workbook_bytes

# What a spreadsheet may take for a formula, a link or a number.
DANGEROUS = ["=1+1", "+1+1", "-2+3", "@SUM(A1)", "\t=1", "＝1+1", "=cmd|' /C calc'!A0", "http://example.invalid", "0012", "<r>x</r>"]
each_table = pytest.mark.parametrize("table", SCHEMAS)


def workbook_of(tables):
    return openpyxl.load_workbook(io.BytesIO(workbook_bytes(sheets_of(tables, "甲县水务局（虚构）", 2031))))


def facts(*labels):
    rows = [{"fact_id": f"w{number:03d}", "label": label, "qualifier": "exact", "source": "text"} for number, label in enumerate(labels)]
    return {"work_facts": make_table("work_facts", rows)}


@pytest.fixture(scope="module")
def book():
    return workbook_of(county_water()[2031])


# ---- the catalogue ----------------------------------------------------------------------------------------------------------------------


def is_chinese(text):
    return any("\u4e00" <= character <= "\u9fff" for character in text)


@each_table
def test_every_column_has_a_name_and_a_meaning_in_chinese(table):
    told = {column: (words.column(column), words.column_meaning(table, column)) for column in SCHEMAS[table].columns}
    assert {column: texts for column, texts in told.items() if not all(map(is_chinese, texts))} == {}


@each_table
def test_every_word_of_a_column_that_takes_a_few_is_explained(table):
    told = {word: words.table_choice(column, word) for column, allowed in SCHEMAS[table].choices.items() for word in allowed if word}
    assert {word: text for word, text in told.items() if not text} == {}


def test_the_catalogue_speaks_of_no_table_and_no_column_that_does_not_exist():
    known = load("tables")
    assert known["table"].keys() == SCHEMAS.keys()
    everywhere = {column for schema in SCHEMAS.values() for column in schema.columns}
    assert known["column"].keys() - everywhere == set()
    assert [
        (name, column)
        for name, entry in known["table"].items()
        for column in entry.get("column", {})
        if column not in SCHEMAS[name].columns
    ] == []


@each_table
def test_no_two_columns_of_a_table_are_called_alike(table):
    heads = [words.column(column) for column in SCHEMAS[table].columns]
    assert sorted(heads) == sorted(set(heads))


def test_no_two_tables_are_called_alike():
    titles = [words.table(name) for name in SCHEMAS]
    assert sorted(titles) == sorted(set(titles))


# ---- the workbook -----------------------------------------------------------------------------------------------------------------------


def test_the_first_sheet_says_what_the_others_hold(book):
    assert book.sheetnames == ["说明", *(words.table(name) for name in county_water()[2031])]
    lines = [[cell for cell in row if cell not in (None, "")] for row in book["说明"].iter_rows(values_only=True)]
    assert ["预算和支出", "tables/budget_lines.csv", words.table_row("budget_lines"), 5] in lines
    assert ["预算和支出", "全年预算", "adjusted", "数", "全年预算数（调整后预算），万元"] in lines
    stated = next(line for line in lines if line[:3] == ["核对结论", "结论", "verdict"])
    assert "differs 不符" in stated[-1]


def test_every_column_of_every_table_is_explained(book):
    told = {(row[0], row[2]) for row in book["说明"].iter_rows(values_only=True)}
    assert {(words.table(name), column) for name, schema in SCHEMAS.items() for column in schema.columns} - told == set()


def test_numbers_are_numbers_and_the_unknown_is_empty(book):
    sheet = book["预算和支出"]
    heads = [cell.value for cell in sheet[1]]
    total = {head: cell.value for head, cell in zip(heads, sheet[2], strict=True)}
    assert (total["全年预算"], total["实际"]) == (640, 629.4)
    assert total["目标"] is None
    assert sheet.cell(2, heads.index("实际") + 1).data_type == "n"


def test_what_was_computed_has_as_many_decimals_as_are_printed():
    rate = {"metric": "rate", "label": "率", "value": Decimal("0.123456789012345678"), "status": "computed"}
    each = {"metric": "each", "label": "户均", "value": Decimal("1338.0299"), "unit": "元", "status": "computed"}
    sheet = workbook_of({"budget_metrics": make_table("budget_metrics", [rate, each])})[words.table("budget_metrics")]
    column = SCHEMAS["budget_metrics"].columns.index("value") + 1
    assert [sheet.cell(row, column).value for row in (2, 3)] == [0.1235, 1338.03]


def test_an_amount_that_was_read_keeps_every_digit():
    rows = [{"book": "all", "level": "total", "source": "text", "item": "总额", "actual": Decimal("1560.421536")}]
    sheet = workbook_of({"budget_lines": make_table("budget_lines", rows)})["预算和支出"]
    assert sheet.cell(2, SCHEMAS["budget_lines"].columns.index("actual") + 1).value == 1560.421536


def test_the_workbook_speaks_chinese_where_the_tables_have_codes():
    finding = {"finding_id": "c1", "family": "sum", "severity": "high", "verdict": "differs", "title": "不符"}
    fact = {"fact_id": "v1", "area": "hazards", "sector": "city", "label": "隐患", "qualifier": "over", "source": "text"}
    book = workbook_of({"findings": make_table("findings", [finding]), "work_facts": make_table("work_facts", [fact])})
    assert [cell.value for cell in book["核对结论"][2]][1:4] == ["分项与合计", "重要", "不符"]
    assert {"隐患排查治理", "未分领域", "超过", "报告正文"} <= {cell.value for cell in book["工作事实"][2]}


def test_every_word_the_tables_use_among_themselves_is_spoken():
    for schema in SCHEMAS.values():
        for column, choices in schema.choices.items():
            assert [word for word in choices if word and words.spoken(column, word) == word] == []


def test_heads_stay_in_sight_and_every_table_can_be_filtered(book):
    tables = [sheet for sheet in book if sheet.title != "说明"]
    assert {sheet.freeze_panes for sheet in tables} == {"B2"}
    assert [sheet.title for sheet in tables if not sheet.auto_filter.ref.startswith("A1:")] == []
    assert [sheet.title for sheet in tables if not sheet.print_title_rows] == []


def test_a_table_without_rows_has_its_heads():
    sheet = workbook_of({"scores": make_table("scores", [])})["得分测算"]
    assert [cell.value for cell in sheet[1]] == [words.column(column) for column in SCHEMAS["scores"].columns]
    assert sheet.max_row == 1


@pytest.mark.parametrize("text", DANGEROUS)
def test_text_stays_text_whatever_it_looks_like(text):
    cell = workbook_of(facts(text))["工作事实"].cell(2, SCHEMAS["work_facts"].columns.index("label") + 1)
    assert (cell.value.strip(), cell.data_type, cell.hyperlink) == (text.strip(), "s", None)


@pytest.mark.parametrize("body", DANGEROUS)
def test_the_name_of_a_body_stays_text(body):
    book = openpyxl.load_workbook(io.BytesIO(workbook_bytes(sheets_of(facts("甲"), body, 2031))))
    assert book["说明"]["A1"].data_type == "s"


def test_there_is_no_formula_and_no_link_in_the_workbook(tmp_path):
    write_hand_in(county_water()[2031] | facts(*DANGEROUS), "jia-water", 2031, tmp_path)
    with zipfile.ZipFile(tmp_path / "tables.xlsx") as package:
        sheets = [package.read(name).decode() for name in package.namelist() if name.startswith("xl/worksheets/")]
    assert len(sheets) == len(SCHEMAS) + 1
    assert [sheet for sheet in sheets if "<f>" in sheet or "<f " in sheet or "hyperlink" in sheet] == []


def test_the_same_tables_give_the_same_bytes(tmp_path):
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        write_hand_in(county_water()[2031], "jia-water", 2031, tmp_path / name)
    assert {path.name: path.read_bytes() for path in (tmp_path / "one").iterdir()} == {
        path.name: path.read_bytes() for path in (tmp_path / "two").iterdir()
    }


# ---- the year on one sheet --------------------------------------------------------------------------------------------------------------


def sheet_of(tables, folder):
    document = pypdfium2.PdfDocument(write_one_page(tables, "jia-water", 2031, folder).read_bytes())
    return document, document[0].get_textpage().get_text_range()


def test_the_year_is_one_a4_page_whose_text_can_be_searched(tmp_path):
    document, text = sheet_of(county_water()[2031], tmp_path)
    assert (len(document), [round(side) for side in document[0].get_size()]) == (1, [595, 842])
    assert "甲县水务局（虚构） 2031 年度" in text
    assert "629.40" in text


def test_a_line_of_the_sheet_full_of_quotation_marks_keeps_the_margin():
    plain, quoted = one_page_lines("低温冰冻风雹洪涝" * 12, 10), one_page_lines("“冰冻”“风雹”" * 16, 10)
    assert max(map(len, quoted)) <= max(map(len, plain))


def test_a_year_with_more_than_fits_stays_one_page(tmp_path):
    doubts = [{"finding_id": f"c{number}", "severity": "high", "verdict": "differs", "title": "很长的一句话" * 40} for number in range(9)]
    document, text = sheet_of(county_water()[2031] | {"findings": make_table("findings", doubts)}, tmp_path)
    assert len(document) == 1
    assert "全部疑点见 report.html" in text


def test_no_number_is_parted_by_the_end_of_a_line():
    lines = one_page_lines("实际支出 2381.37 万元，" * 12, 13)
    assert len(lines) > 1
    assert sum(line.count("2381.37") for line in lines) == 12
    assert [line for line in lines if re.match("[，。]", line)] == []


def test_the_same_year_makes_the_same_sheet(tmp_path):
    first = write_one_page(county_water()[2031], "jia-water", 2031, tmp_path).read_bytes()
    assert write_one_page(county_water()[2031], "jia-water", 2031, tmp_path).read_bytes() == first
