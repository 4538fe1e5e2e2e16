"""The sheets an office fills in: what is typed comes back exactly, each value knowing its cell."""

import datetime
from decimal import Decimal

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from document_samples import OldWorkbook
from filled_sheets import FILE, filled, heads, project, read, row
from selfeval.records.entries import read_entries
from selfeval.records.entries.layout import layouts


def test_a_row_comes_back_with_its_choices_as_ids_and_its_amounts_exact(tmp_path):
    book = filled("budget", [project("水库巡查", initial=14, adjusted=14.5, actual=5.68, reason="年中调整")])
    (entry,) = read(tmp_path, book).of("budget")
    assert entry.values == {
        "book": "general_public",
        "level": "project",
        "item": "水库巡查",
        "initial": Decimal(14),
        "adjusted": Decimal("14.5"),
        "actual": Decimal("5.68"),
        "reason": "年中调整",
    }
    assert (entry.file, entry.row, entry.cells["actual"], entry.place("actual")) == (FILE, 2, "G2", "工作表“预算执行”G2")


def test_a_number_is_what_the_cell_stores_not_what_its_format_shows(tmp_path):
    book = filled("budget", [project(actual=5.68, initial=0.1 + 0.2)])
    book.active["G2"].number_format = "0.0"
    (entry,) = read(tmp_path, book).rows
    assert (entry.values["actual"], entry.shown["actual"], entry.values["initial"]) == (Decimal("5.68"), "5.68", Decimal("0.3"))


def test_a_formula_counts_with_the_value_it_was_saved_with(tmp_path):
    book = OldWorkbook()
    for column, head in enumerate(heads("budget")):
        book.text(0, column, head)
    for column, text in enumerate(("一般公共预算", "项目支出", "水库巡查")):
        book.text(1, column, text)
    book.formula(1, 6, b"\x00\x00\x00\x00\x00\x00\x16\x40")
    path = tmp_path / "旧表.xls"
    path.write_bytes(book.bytes("预算执行"))
    (entry,) = read_entries([path]).rows
    assert (entry.values["actual"], entry.cells["actual"]) == (Decimal("5.5"), "G2")


def test_an_old_workbook_reads_like_a_new_one(tmp_path):
    book = OldWorkbook()
    percent, day = book.style("0.0%"), book.style("yyyy/m/d")
    for column, head in enumerate(heads("hazards")):
        book.text(0, column, head)
    for column, text in ((0, "矿山"), (3, "重大隐患"), (5, "已整改")):
        book.text(1, column, text)
    book.number(1, 4, 48000, day)
    book.number(1, 6, 48001.75, day)
    book.number(1, 9, 0.5, percent)
    path = tmp_path / "旧表.xls"
    path.write_bytes(book.bytes("隐患台账"))
    (entry,) = read_entries([path]).rows
    assert entry.values == {
        "sector": "mines",
        "grade": "major",
        "state": "rectified",
        "found": (datetime.date(1899, 12, 30) + datetime.timedelta(48000)).isoformat(),
        "done": (datetime.date(1899, 12, 30) + datetime.timedelta(48001)).isoformat(),
    }


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("1,234.5", "1234.5"),
        ("１２．３", "12.3"),
        ("12.3万元", "12.3"),
        ("12.3 万元 ", "12.3"),
        ("65.00", "65.00"),
        ("+7", "7"),
        (".5", "0.5"),
        ("12，345，678", "12345678"),
    ],
)
def test_numbers_kept_as_text_are_numbers(tmp_path, typed, value):
    (entry,) = read(tmp_path, filled("budget", [project(actual=typed)])).rows
    assert (entry.values["actual"], entry.shown["actual"]) == (Decimal(value), typed.strip())
    assert str(entry.values["actual"]) == value


@pytest.mark.parametrize(
    ("target", "form", "unit", "value"),
    [
        (0.955, "0.0%", "%", "95.5"),
        (0.955, "0.0%", None, "95.5"),
        ("95.5%", "General", "％", "95.5"),
        ("95.5％", "General", None, "95.5"),
        (95.5, "General", "%", "95.5"),
        ("120人", "General", "人", "120"),
        (-3, "General", "℃", "-3"),
        (100, "@", "处", "100"),
    ],
)
def test_a_target_that_is_a_number_is_read_as_one(tmp_path, target, form, unit, value):
    book = filled("indicators", [row("indicators", level1="产出指标", name="巡查率", target=target, unit=unit)])
    book.active["F2"].number_format = form
    (entry,) = read(tmp_path, book).rows
    assert entry.number("target") == Decimal(value)
    assert entry.text("unit") == (unit.replace("％", "%") if unit else "%")


def test_a_percent_is_shown_as_it_was_typed(tmp_path):
    book = filled("indicators", [row("indicators", level1="产出指标", name="巡查率", target=0.955)])
    book.active["F2"].number_format = "0%"
    (entry,) = read(tmp_path, book).rows
    assert (entry.shown["target"], entry.shown["unit"], entry.cells["unit"]) == ("95.5%", "%", "F2")


@pytest.mark.parametrize("target", ["有所提升", "≥上年", "约120", "120户", "7月底前", "1-2"])
def test_a_target_in_words_stays_text(tmp_path, target):
    (entry,) = read(tmp_path, filled("indicators", [row("indicators", level1="产出指标", name="巡查", target=target, unit="人")])).rows
    assert (entry.values["target"], entry.text("nature")) == (target, "")


def test_a_target_that_is_a_day_is_no_number(tmp_path):
    book = filled("indicators", [row("indicators", level1="产出指标", name="完成时间", target=datetime.date(2031, 12, 31))])
    book.active["F2"].number_format = "yyyymmdd"
    (entry,) = read(tmp_path, book).rows
    assert entry.values["target"] == "20311231"


@pytest.mark.parametrize(("typed", "sign"), [("≥95%", "ge"), (">=95%", "ge"), ("≤ 95%", "le"), ("＜95%", "lt"), ("＝95%", "eq")])
def test_a_sign_before_the_target_goes_into_its_own_column(tmp_path, typed, sign):
    (entry,) = read(tmp_path, filled("indicators", [row("indicators", level1="产出指标", name="巡查率", target=typed)])).rows
    assert (entry.values["nature"], entry.values["target"], entry.shown["target"]) == (sign, Decimal(95), typed)


@pytest.mark.parametrize(
    "typed",
    ["2031-07-05", "2031/7/5", "2031.7.5", "2031年7月5日", "20310705", "2031-07-05 08:30:00", datetime.date(2031, 7, 5), 20310705],
)
def test_dates_become_iso_dates(tmp_path, typed):
    (entry,) = read(tmp_path, filled("disasters", [row("disasters", date=typed, type="暴雨", deaths=0)])).rows
    assert entry.values["date"] == "2031-07-05"


def test_days_counted_from_1904_are_the_same_days(tmp_path):
    book = filled("disasters", [row("disasters", date=datetime.date(2031, 7, 5), type="暴雨", deaths=0)])
    book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    (entry,) = read(tmp_path, book).rows
    assert entry.values["date"] == "2031-07-05"


@pytest.mark.parametrize(
    ("typed", "answer"), [("是", "yes"), ("√", "yes"), (True, "yes"), ("Y", "yes"), ("否", "no"), ("无", "no"), (False, "no")]
)
def test_yes_and_no_have_many_words(tmp_path, typed, answer):
    (entry,) = read(tmp_path, filled("enforcement", [row("enforcement", sector="矿山", site="甲矿（虚构）", case=typed)])).rows
    assert entry.values["case"] == answer


@pytest.mark.parametrize(("typed", "sector"), [("矿山", "mines"), (" 矿 山", "mines"), ("非煤", "mines"), ("全辖区", "city")])
def test_a_choice_may_be_spaced_or_called_otherwise(tmp_path, typed, sector):
    (entry,) = read(tmp_path, filled("hazards", [row("hazards", sector=typed, grade="一般", state="整改中")])).rows
    assert (entry.values["sector"], entry.values["grade"], entry.shown["sector"]) == (sector, "general", typed.strip())


def test_titles_and_notes_may_stand_above_the_head(tmp_path):
    book = openpyxl.Workbook()
    book.active.title = "预算执行"
    for cells in [
        ["甲县水务局（虚构）预算执行表"],
        ["编制单位：甲县水务局（虚构）", None, None, "单位：万元"],
        [],
        heads("budget"),
        project(),
    ]:
        book.active.append(cells)
    book.active.merge_cells("A1:H1")
    (entry,) = read(tmp_path, book).rows
    assert (entry.row, entry.cells["actual"]) == (5, "G5")


@pytest.mark.parametrize(
    "changed",
    [
        {6: "全年\n执行数\n（万元）"},
        {6: "全年执行数(万元)"},
        {6: "全年执行数"},
        {6: "＊全年执行数［万元］"},
        {6: "实际支出（单位：万元）"},
        {6: "决算数/万元", 2: "项目名称（全称）"},
        {0: "收入性质*", 7: "偏差原因分析"},
    ],
)
def test_heads_may_be_spaced_carry_units_or_go_by_another_name(tmp_path, changed):
    book = filled("budget", [project(reason="无")])
    for place, head in changed.items():
        book.active.cell(1, place + 1).value = head
    (entry,) = read(tmp_path, book).rows
    assert (entry.values["actual"], entry.values["item"], entry.values["reason"]) == (Decimal(5), "水库巡查", "无")


def test_columns_may_stand_in_any_order_and_optional_ones_be_missing(tmp_path):
    book = openpyxl.Workbook()
    book.active.title = "预算执行"
    book.active.append(["全年执行数", "项目名称", "支出性质", "预算类别"])
    book.active.append([5, "水库巡查", "项目支出", "一般公共预算"])
    (entry,) = read(tmp_path, book).rows
    assert (entry.cells["actual"], entry.cells["book"]) == ("A2", "D2")


@pytest.mark.parametrize(
    "title", ["预算执行", "预算执行表", " 预算 执行 ", "预算执行2031", "2031年预算执行", "预算执行（2）", "1-预算执行"]
)
def test_a_sheet_is_known_by_its_title_whatever_stands_around_it(tmp_path, title):
    book = filled("budget", [project()])
    book.active.title = title
    assert len(read(tmp_path, book).of("budget")) == 1


def test_rows_printed_beforehand_and_left_empty_are_no_entries(tmp_path):
    book = filled("budget", [row("budget", book="一般公共预算", level="基本支出", item="人员经费"), [], project()])
    assert [entry.row for entry in read(tmp_path, book).rows] == [4]


def test_checks_beside_the_table_are_not_read(tmp_path):
    book = filled("budget", [[*project(), "=G2-F2", "=1/0"]])
    book.active["I1"] = "核对"
    entries = read(tmp_path, book)
    assert (len(entries.rows), entries.remarks) == (1, ())


def test_the_sheet_of_explanations_is_passed_over(tmp_path):
    book = filled("budget", [project()])
    book.create_sheet("填写说明").append(["例：", "=A1", "5.6B"])
    assert read(tmp_path, book).remarks == ()


def test_a_head_printed_again_on_the_next_page_is_no_entry(tmp_path):
    assert len(read(tmp_path, filled("budget", [project(), heads("budget"), project("渠道清淤")])).rows) == 2


def test_sheets_come_in_the_order_in_which_they_are_worked_through(tmp_path):
    first = filled("disasters", [row("disasters", date="2031-07-05", type="暴雨", deaths=0)])
    entries = read(tmp_path, first, filled("budget", [project()]))
    assert [(entry.sheet, entry.file) for entry in entries.rows] == [("budget", "乙表.xlsx"), ("disasters", FILE)]


def test_a_printed_row_is_known_by_its_other_names_and_brings_its_unit(tmp_path):
    rows = [
        row("base", section="三公经费", item="其中:公车购置", actual=12),
        row("base", section="人员", item="在职人数", unit="人", actual=9),
    ]
    vehicles, staff = read(tmp_path, filled("base", rows)).rows
    assert (vehicles.values["item"], vehicles.shown["item"], vehicles.values["unit"]) == ("其中：公务用车购置费", "其中:公车购置", "万元")
    assert (staff.values["item"], staff.number("actual")) == ("年末实际在职人数", Decimal(9))


def test_a_rate_among_the_printed_rows_counts_in_per_cent(tmp_path):
    book = filled("base", [row("base", section="支出与预算调整", item="既定支付进度", unit="％", actual=0.955)])
    book.active["F2"].number_format = "0.0%"
    (entry,) = read(tmp_path, book).rows
    assert (entry.number("actual"), entry.text("unit")) == (Decimal("95.5"), "%")


def test_an_adjustment_of_the_budget_may_be_negative(tmp_path):
    (entry,) = read(tmp_path, filled("base", [row("base", section="支出与预算调整", item="本年追加预算", actual=-3.5)])).rows
    assert entry.number("actual") == Decimal("-3.5")


def test_a_project_is_called_the_same_in_every_sheet(tmp_path):
    book = filled("budget", [project("水库巡查"), project("水库 巡查", fund_source="上年结转资金")])
    book.create_sheet("绩效指标").append(heads("indicators"))
    book["绩效指标"].append(row("indicators", scope=" 水库巡 查", level1="预算执行率", actual=95))
    entries = read(tmp_path, book)
    assert {entry.text("item") or entry.text("scope") for entry in entries.rows} == {"水库巡查"}
    assert [entry.shown.get("item") or entry.shown["scope"] for entry in entries.rows] == ["水库巡查", "水库 巡查", "水库巡 查"]
    assert entries.remarks == ()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("separator", [",", "\t", ";"])
def test_a_text_file_is_known_by_its_name_in_any_usual_encoding(tmp_path, encoding, separator):
    path = tmp_path / "预算执行.csv"
    lines = [separator.join(heads("budget")), separator.join(str(value or "") for value in project(initial=1234.5, reason="水位偏高"))]
    path.write_bytes("\n".join(lines).encode(encoding))
    (entry,) = read_entries([path]).rows
    assert (entry.values["initial"], entry.values["reason"], entry.place("actual")) == (Decimal("1234.5"), "水位偏高", "工作表“预算执行”G2")


amounts = st.decimals(min_value=0, max_value=10**9, places=2) | st.integers(0, 10**14).map(Decimal)
words = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=1, max_size=20)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
@given(st.lists(st.tuples(words, amounts, amounts, words), min_size=1, max_size=8, unique_by=lambda typed: typed[0]))
def test_what_is_typed_comes_back_exactly(tmp_path, typed):
    rows = [project(name, initial=float(initial), actual=float(actual), reason=reason) for name, initial, actual, reason in typed]
    read_rows = read(tmp_path, filled("budget", rows)).rows
    assert [(r.text("item"), r.number("initial"), r.number("actual"), r.text("reason")) for r in read_rows] == typed


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
@given(st.decimals(min_value=0, max_value=10**9, places=4), st.sampled_from(["0", "0.0", "#,##0.00", "@", "General", '0.0"万元"']))
def test_no_format_changes_a_number(tmp_path, amount, form):
    book = filled("budget", [project(actual=float(amount))])
    book.active["G2"].number_format = form
    assert read(tmp_path, book).rows[0].number("actual") == amount


def test_every_sheet_and_column_of_the_knowledge_can_be_read(tmp_path):
    book = openpyxl.Workbook()
    for key, layout in layouts().items():
        book.create_sheet(layout.title).append(heads(key))
    assert read(tmp_path, book).rows == ()
