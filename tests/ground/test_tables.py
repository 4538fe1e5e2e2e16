"""Tables: checked on write and on read, exact in between."""

import csv
import io
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from selfeval.exceptions import TableBroken
from selfeval.tables import SCHEMAS, check_table, make_table, read_table, records_in, rows_in, stack_tables, write_table

METRIC = {"metric": "execution_rate", "label": "执行率", "value": Decimal("0.9971"), "status": "computed"}
decimals = st.decimals(allow_nan=False, allow_infinity=False, places=4)
cells = st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\r\x00"))


def test_a_table_has_all_columns_in_order_and_unknown_cells_where_nothing_was_said():
    table = make_table("budget_metrics", [METRIC])
    assert tuple(table.columns) == SCHEMAS["budget_metrics"].columns
    assert table.loc[0, "missing"] == ""
    assert make_table("figures", [{"figure_id": "f0001"}]).loc[0, "value"] is None


def test_a_key_that_is_no_column_is_refused():
    with pytest.raises(TableBroken, match="vaule"):
        make_table("budget_metrics", [{**METRIC, "vaule": Decimal(1)}])


@given(decimals, cells)
def test_what_was_written_is_read_back_exactly(tmp_path_factory, value, text):
    folder = tmp_path_factory.mktemp("tables")
    table = make_table("budget_metrics", [{**METRIC, "value": value, "note": text}])
    write_table("budget_metrics", table, folder)
    again = read_table("budget_metrics", folder)
    assert again.loc[0, "note"] == text
    assert (again.loc[0, "value"], str(again.loc[0, "value"])) == (value, format(value, "f"))


def test_an_unknown_number_stays_unknown_and_is_not_zero(tmp_path):
    write_table("budget_metrics", make_table("budget_metrics", [{**METRIC, "value": None}]), tmp_path)
    assert read_table("budget_metrics", tmp_path).loc[0, "value"] is None


def test_words_that_pandas_takes_for_missing_stay_words(tmp_path):
    write_table("budget_metrics", make_table("budget_metrics", [{**METRIC, "label": "NA", "note": "null"}]), tmp_path)
    assert list(read_table("budget_metrics", tmp_path).loc[0, ["label", "note"]]) == ["NA", "null"]


def test_a_table_without_rows_keeps_its_columns(tmp_path):
    write_table("work_facts", make_table("work_facts", []), tmp_path)
    assert tuple(read_table("work_facts", tmp_path).columns) == SCHEMAS["work_facts"].columns


def test_rows_are_read_by_the_names_of_their_columns_with_cells_as_they_are():
    known, unknown = rows_in(make_table("budget_metrics", [METRIC, {"metric": "deviation"}]))
    assert (known.metric, known.value, known.note) == ("execution_rate", Decimal("0.9971"), "")
    assert (unknown.metric, unknown.value) == ("deviation", None)


def test_records_make_the_same_table_again():
    table = make_table("budget_metrics", [METRIC, {**METRIC, "value": None}])
    assert make_table("budget_metrics", records_in(table)).equals(table)


def test_rows_of_one_table_do_not_take_the_columns_of_another():
    table = make_table("budget_metrics", [METRIC])
    assert rows_in(table[["label", "metric"]])[0] == ("执行率", "execution_rate")
    assert rows_in(table)[0].metric == "execution_rate"


def test_a_table_without_rows_has_none_and_adds_none_to_a_stack():
    empty, table = make_table("budget_metrics", []), make_table("budget_metrics", [METRIC])
    assert rows_in(empty) == records_in(empty) == []
    assert stack_tables("budget_metrics", empty, table, empty).equals(table)


def test_a_binary_float_is_refused_as_money():
    table = make_table("budget_metrics", [{**METRIC, "value": 0.1}])
    with pytest.raises(TableBroken, match=r"第 2 行 value 为“0.1”"):
        check_table("budget_metrics", table, "budget_metrics.csv")


def test_every_wrong_cell_is_named_at_once():
    table = make_table("budget_metrics", [{**METRIC, "status": "done"}, {**METRIC, "value": 1}])
    with pytest.raises(TableBroken) as caught:
        check_table("budget_metrics", table, "budget_metrics.csv")
    assert ["第 2 行 status" in caught.value.problems[0], "第 3 行 value" in caught.value.problems[1]] == [True, True]


def test_a_refused_table_leaves_the_one_on_disk_as_it_was(tmp_path):
    path = write_table("budget_metrics", make_table("budget_metrics", [METRIC]), tmp_path)
    before = path.read_bytes()
    with pytest.raises(TableBroken):
        write_table("budget_metrics", make_table("budget_metrics", [{**METRIC, "status": "done"}]), tmp_path)
    assert path.read_bytes() == before
    assert [entry.name for entry in tmp_path.iterdir()] == [path.name]


def test_a_missing_table_says_which_notebooks_make_it(tmp_path):
    with pytest.raises(TableBroken, match="01_clean"):
        read_table("figures", tmp_path)


def test_a_table_without_a_column_is_refused_by_the_name_of_the_column(tmp_path):
    (tmp_path / "budget_metrics.csv").write_text("metric,label\nx,y\n", encoding="utf-8")
    with pytest.raises(TableBroken, match=r"缺少列：.*value"):
        read_table("budget_metrics", tmp_path)


def test_a_cell_that_is_no_number_is_refused_with_its_row(tmp_path):
    path = write_table("budget_metrics", make_table("budget_metrics", [METRIC]), tmp_path)
    path.write_text(path.read_text(encoding="utf-8").replace("0.9971", "九成"), encoding="utf-8")
    with pytest.raises(TableBroken, match=r"第 2 行 value 为“九成”"):
        read_table("budget_metrics", tmp_path)


def test_lines_end_alike_on_every_system(tmp_path):
    assert b"\r" not in write_table("budget_metrics", make_table("budget_metrics", [METRIC, METRIC]), tmp_path).read_bytes()


DANGEROUS = ["=cmd|' /C calc'!A0", "+1+1", "-2+3", "@SUM(1)", "\t=1", "＝HYPERLINK(1)", "'=x", "''@y", "－1"]


@pytest.mark.parametrize("text", [*DANGEROUS, "'plain", "-5.20", "+3%", "1=1", ""])
def test_text_that_looks_like_a_formula_comes_back_as_it_was(text, tmp_path):
    frame = make_table("work_facts", [{"fact_id": "w001", "label": text, "qualifier": "exact", "source": "text"}])
    write_table("work_facts", frame, tmp_path)
    assert read_table("work_facts", tmp_path)["label"][0] == text


@pytest.mark.parametrize("text", DANGEROUS)
def test_no_text_of_a_table_is_a_formula_to_a_spreadsheet(text, tmp_path):
    frame = make_table("work_facts", [{"fact_id": "w001", "label": text, "qualifier": "exact", "source": "text"}])
    written = write_table("work_facts", frame, tmp_path).read_text(encoding="utf-8")
    assert next(csv.DictReader(io.StringIO(written)))["label"] == f"'{text}"


def test_a_negative_number_stays_a_number(tmp_path):
    frame = make_table("budget_metrics", [{"metric": "deviation", "value": Decimal("-8.32"), "status": "computed"}])
    assert ",-8.32," in write_table("budget_metrics", frame, tmp_path).read_text(encoding="utf-8")
