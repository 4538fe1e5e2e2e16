"""A new year's folder: workbooks an office can fill in, with checks that speak, and last year's items where they are asked for."""

import datetime
import errno
import io
import re
import shlex
import shutil
import tomllib
from decimal import Decimal
from functools import cache
from pathlib import Path

import openpyxl
import pytest

from selfeval.__main__ import main
from selfeval.exceptions import InputRefused, RunStopped, WrongUsage
from selfeval.knowledge import load
from selfeval.paths import place_of
from selfeval.records.entries import layouts, read_entries
from selfeval.records.entry_tables import tables_of
from selfeval.records.sources import read_source
from selfeval.tables import make_table, write_table
from selfeval.telling.new_year import make_new_year, making
from spreadsheet import needs_spreadsheet, reckoned_anew

UNIT, YEAR = "jia-water", 2031
BODY = "甲县水务局（虚构）"
BOOKS = [book["file"] for book in load("sheets")["workbook"]]
FIRST = 4


@pytest.fixture
def data(tmp_path):
    """A data folder that is not there yet."""
    return tmp_path / "data"


@pytest.fixture(scope="module")
def made_once(tmp_path_factory):
    data = tmp_path_factory.mktemp("fresh") / "data"
    make_new_year(UNIT, YEAR, data)
    return data


@pytest.fixture
def fresh(made_once, data):
    """A data folder with a new year in it, nothing filled in."""
    shutil.copytree(made_once, data)
    return data


@pytest.fixture
def empty_books(monkeypatch):
    """Workbooks that take no time to write, where it is the folder that matters."""
    monkeypatch.setattr(making, "workbook_bytes", lambda _sheets, title: title.encode())


def folder(data, year=YEAR):
    return data / "raw" / UNIT / str(year)


def path_of(data, key, year=YEAR):
    """The workbook that holds the sheet `key`."""
    return folder(data, year) / next(book["file"] for book in load("sheets")["workbook"] if key in book["sheets"])


def opened(path):
    """A workbook to look into, never to type into: whoever opens the same bytes again gets the same."""
    return _opened(path.read_bytes())


@cache
def _opened(content):
    return openpyxl.load_workbook(io.BytesIO(content))


def sheet_of(data, key, year=YEAR):
    return opened(path_of(data, key, year))[layouts()[key].title]


def column_of(key, column):
    return [c.key for c in layouts()[key].columns].index(column) + 1


def fill(data, key, rows, year=YEAR, first=FIRST):
    """Type rows (column key → what is typed) into a sheet, as its office would."""
    book, path = openpyxl.load_workbook(path_of(data, key, year)), path_of(data, key, year)
    sheet = book[layouts()[key].title]
    for number, row in enumerate(rows, start=first):
        for column, value in row.items():
            sheet.cell(number, column_of(key, column)).value = value
    book.save(path)


def fill_base(data, values, year=YEAR):
    """Type values (item → {column: value}) into the printed rows of 基础数据."""
    book, path = openpyxl.load_workbook(path_of(data, "base", year)), path_of(data, "base", year)
    sheet = book[layouts()["base"].title]
    for number in range(FIRST, sheet.max_row + 1):
        for column, value in values.get(sheet.cell(number, 2).value, {}).items():
            sheet.cell(number, column_of("base", column)).value = value
    book.save(path)


def rules_of(sheet, cell):
    return [rule for rule in sheet.data_validations.dataValidation if cell in rule.sqref]


def printed(data, key, year=YEAR):
    """The rows of a sheet as they are printed: column key → what stands there."""
    keys = [column.key for column in layouts()[key].columns]
    rows = sheet_of(data, key, year).iter_rows(min_row=FIRST, max_col=len(keys), values_only=True)
    return [{name: value for name, value in zip(keys, row, strict=True) if value is not None} for row in rows if any(row)]


# ---- the folder -------------------------------------------------------------------------------------------------------------------------


def test_a_new_year_has_a_card_and_the_workbooks_of_the_offices(fresh):
    assert sorted(path.name for path in folder(fresh).iterdir()) == sorted([*BOOKS, "source.toml"])
    assert [path.name for path in folder(fresh).parent.iterdir()] == [str(YEAR)]


def test_the_card_lists_every_workbook_as_a_table(fresh):
    card = tomllib.loads((folder(fresh) / "source.toml").read_text(encoding="utf-8"))
    assert [(entry["name"], entry["role"]) for entry in card["file"]] == [(name, "table") for name in BOOKS]
    assert (card["title"], card["issuer"], card["scoring"]) == ("", "", "national")


def test_the_new_folder_is_material_a_run_accepts(fresh):
    source = read_source(place_of(UNIT, YEAR, fresh))
    assert (source.report, [path.name for path in source.tables]) == (None, BOOKS)


def test_a_workbook_as_it_comes_holds_no_entry(fresh):
    entries = read_entries(folder(fresh).glob("*.xlsx"))
    assert (entries.rows, entries.remarks) == ((), ())


@pytest.mark.slow
def test_the_same_year_is_made_of_the_same_bytes(data, tmp_path):
    make_new_year(UNIT, YEAR, data)
    make_new_year(UNIT, YEAR, tmp_path / "again")
    for path in folder(data).iterdir():
        assert path.read_bytes() == (folder(tmp_path / "again") / path.name).read_bytes()


def test_a_folder_that_holds_files_is_never_touched(data):
    folder(data).mkdir(parents=True)
    (folder(data) / "报告.txt").write_text("原件", encoding="utf-8")
    with pytest.raises(WrongUsage, match=r"已经有文件（报告\.txt），不会覆盖"):
        make_new_year(UNIT, YEAR, data)
    assert [path.read_text(encoding="utf-8") for path in folder(data).iterdir()] == ["原件"]


@pytest.mark.usefixtures("empty_books")
def test_an_empty_folder_is_filled(data):
    folder(data).mkdir(parents=True)
    make_new_year(UNIT, YEAR, data)
    assert (folder(data) / "source.toml").is_file()


@pytest.mark.parametrize(("unit", "year"), [("甲县", YEAR), ("../jia", YEAR), ("", YEAR), (UNIT, 31), (UNIT, 20311)])
def test_a_unit_or_year_that_is_none_is_refused(data, unit, year):
    with pytest.raises(WrongUsage, match="不合规"):
        make_new_year(unit, year, data)
    assert not data.exists()


@pytest.mark.usefixtures("empty_books")
def test_what_cannot_be_written_leaves_nothing_behind(data):
    folder(data).parent.parent.mkdir(parents=True)
    folder(data).parent.write_text("一个文件占了位置", encoding="utf-8")
    with pytest.raises(RunStopped, match="没有留下任何文件"):
        make_new_year(UNIT, YEAR, data)


@pytest.mark.usefixtures("empty_books")
def test_a_disk_that_fills_up_leaves_nothing_behind(data, monkeypatch):
    def full(_path, _data):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(RunStopped):
        make_new_year(UNIT, YEAR, data)
    assert list(folder(data).parent.iterdir()) == []


@pytest.mark.usefixtures("empty_books")
def test_what_comes_next_is_told(data):
    told = "\n".join(make_new_year(UNIT, YEAR, data))
    assert all(f"{book['file']}　由{book['office']}人员填" in told for book in load("sheets")["workbook"])
    assert f"selfeval check --unit {UNIT} --year {YEAR} --data {data}" in told
    assert f"selfeval run --unit {UNIT} --year {YEAR} --data {data}" in told


@pytest.mark.usefixtures("empty_books")
def test_a_folder_with_a_blank_in_its_name_is_told_as_a_command_line_takes_it(tmp_path):
    told = "\n".join(make_new_year(UNIT, YEAR, tmp_path / "数据 一"))
    commands = [shlex.split(line.split("：")[1]) for line in told.splitlines() if "：selfeval " in line]
    assert [command[-1] for command in commands] == [str(tmp_path / "数据 一")] * 2


@pytest.mark.usefixtures("empty_books")
def test_a_folder_that_cannot_be_written_is_told_in_chinese(data, monkeypatch):
    def refuse(*_arguments, **_options):
        raise OSError(errno.EROFS, "Read-only file system", "raw")

    monkeypatch.setattr(Path, "mkdir", refuse)
    with pytest.raises(RunStopped, match="写不进原始材料文件夹：文件夹只能读不能写；请换一个可写的文件夹。没有留下任何文件"):
        make_new_year(UNIT, YEAR, data)


@pytest.mark.usefixtures("empty_books")
def test_the_command_makes_the_folder(data, capsys):
    assert main(["new-year", "--unit", UNIT, "--year", str(YEAR), "--data", str(data)]) == 0
    assert "下一步：" in capsys.readouterr().out
    assert main(["new-year", "--unit", UNIT, "--year", str(YEAR), "--data", str(data)]) == 2
    assert main(["new-year", "--unit", UNIT, "--year", "31", "--data", str(data)]) == 2


# ---- the sheets -------------------------------------------------------------------------------------------------------------------------


def test_every_workbook_begins_with_its_guide_and_hides_its_lists(fresh):
    for book in load("sheets")["workbook"]:
        workbook = opened(folder(fresh) / book["file"])
        assert workbook.sheetnames[0] == "填写说明"
        shown = [sheet.title for sheet in workbook if sheet.sheet_state == "visible"]
        assert [title for title in shown if title not in {"填写说明", "自动汇总"}] == [layouts()[key].title for key in book["sheets"]]


def test_the_guide_has_a_line_on_every_column(fresh):
    for book in load("sheets")["workbook"]:
        guide = opened(folder(fresh) / book["file"])["填写说明"]
        lines = [(row[0], row[1].partition("（")[0]) for row in guide.iter_rows(values_only=True) if row[1]]
        for key in book["sheets"]:
            assert [line for line in lines if line[0] == layouts()[key].title] == [
                (layouts()[key].title, column.head) for column in layouts()[key].columns
            ]


@pytest.mark.parametrize("key", [*load("sheets")["sheet"]])
def test_heads_name_their_units_and_the_last_checks(fresh, key):
    sheet, definition = sheet_of(fresh, key), load("sheets")["sheet"][key]
    heads = [cell.value for cell in sheet[3]]
    assert heads[-1] == "核对"
    for head, column in zip(heads, definition["column"], strict=False):
        assert head.startswith(column["head"])
        assert column.get("unit", "") in head
        assert head.endswith("*") == column.get("required", False)
    assert sheet["A2"].value == definition["what"]
    assert sheet.freeze_panes.endswith("4")
    assert sheet.auto_filter.ref.startswith("A3:")


@pytest.mark.parametrize("key", [*load("sheets")["sheet"]])
def test_every_choice_is_in_a_list(fresh, key):
    book = opened(path_of(fresh, key))
    sheet = book[layouts()[key].title]
    for number, column in enumerate(layouts()[key].columns, start=1):
        words = [*column.choices.values()] or ["是", "否"]
        if column.kind not in {"choice", "yes_no"} or (key, column.key) == ("base", "section"):
            continue
        (rule,) = rules_of(sheet, sheet.cell(FIRST + 50, number).coordinate)
        listed = rule.formula1.strip('"').split(",")
        if rule.formula1.startswith("'选项'!"):
            area = rule.formula1.partition("!")[2].replace("$", "")
            listed = [cell.value for (cell,) in book["选项"][area]]
        assert listed == words
        assert column.is_open or "只能从下拉列表里选" in rule.error
        assert bool(rule.showErrorMessage) is not column.is_open


def test_a_list_too_long_for_the_rule_lies_on_the_hidden_sheet(fresh):
    book = opened(path_of(fresh, "indicators"))
    assert book["选项"].sheet_state == "hidden"
    assert rules_of(book["绩效指标"], "C9")[0].formula1.startswith("'选项'!$")


def test_amounts_take_numbers_and_say_so(fresh):
    (rule,) = rules_of(sheet_of(fresh, "budget"), "G9")
    assert (rule.type, rule.operator, rule.formula1) == ("decimal", "greaterThanOrEqual", "0")
    assert rule.error.startswith("应为不小于 0 的数字，单位万元")


def test_dates_take_dates(fresh):
    (rule,) = rules_of(sheet_of(fresh, "disasters"), "A9")
    assert (rule.type, "应为日期" in rule.error) == ("date", True)


def test_names_and_values_are_kept_as_they_are_typed(fresh):
    assert sheet_of(fresh, "budget").cell(9, column_of("budget", "item")).number_format == "@"
    assert sheet_of(fresh, "indicators").cell(9, column_of("indicators", "target")).number_format == "@"


def test_long_texts_stand_in_plain_cells_that_show_all_of_them(fresh):
    assert sheet_of(fresh, "budget").cell(9, column_of("budget", "reason")).number_format == "General"
    assert sheet_of(fresh, "indicators").cell(FIRST, column_of("indicators", "target")).number_format == "General"


def test_what_is_said_of_a_row_may_run_on_to_the_right(fresh):
    assert not sheet_of(fresh, "budget").cell(9, len(layouts()["budget"].columns) + 1).alignment.wrap_text


def test_base_data_has_its_rows_printed_and_grey_where_nothing_is_asked(fresh):
    rows = {(row.get("section"), row.get("item")): row for row in printed(fresh, "base")}
    section = layouts()["base"].column("section").choices
    for item in load("sheets")["sheet"]["base"]["item"]:
        assert rows[section[item["section"]], item["item"]].get("unit", "") == item.get("unit", "")
    sheet = sheet_of(fresh, "base")
    for number in range(FIRST, sheet.max_row + 1):
        item = next((item for item in load("sheets")["sheet"]["base"]["item"] if item["item"] == sheet.cell(number, 2).value), None)
        for key in ("last_actual", "budget", "actual"):
            grey = sheet.cell(number, column_of("base", key)).fill.fgColor.rgb == "FFD9D9D9"
            assert grey == bool(item and key not in item["columns"]), (item, key)


def test_the_goal_and_the_execution_rate_stand_in_the_indicators(fresh):
    assert printed(fresh, "indicators") == [{"level1": "年度总体目标"}, {"level1": "预算执行率", "name": "预算执行率", "weight": 10}]


def test_no_formula_needs_a_new_program(fresh):
    for name in BOOKS:
        for sheet in opened(folder(fresh) / name):
            formulas = [cell.value for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
            assert all(len(formula) <= 8192 for formula in formulas)
            assert not any(re.search(r"_xl|TEXTJOIN|LET\(|XLOOKUP|FILTER\(|IFS\((?<!SUMIFS\()(?<!COUNTIFS\()", text) for text in formulas)


def test_a_list_proposes_the_projects_that_came_along_and_takes_others_too(carried):
    (rule,) = rules_of(sheet_of(carried, "indicators", YEAR + 1), "A9")
    assert (rule.formula1, bool(rule.showErrorMessage)) == ('"渠道清淤,泵站维修"', False)


def test_a_list_proposes_the_names_numbers_of_work_are_known_by(fresh):
    book = opened(path_of(fresh, "work"))
    (rule,) = rules_of(book["工作数据"], "C9")
    listed = [cell.value for (cell,) in book["选项"][rule.formula1.partition("!")[2].replace("$", "")]]
    assert set(listed) == {indicator["label"] for indicator in load("indicators")["indicator"]}
    assert not rule.showErrorMessage


@pytest.mark.parametrize("label", [field["label"] for field in load("starters")["field"]])
def test_a_field_that_is_asked_for_stands_in_the_work_sheet(data, label):
    make_new_year(UNIT, YEAR, data, field=label)
    rows = next(field["rows"] for field in load("starters")["field"] if field["label"] == label)
    assert [[row["area"], row["indicator"], row["unit"]] for row in printed(data, "work")] == rows
    assert not read_entries(folder(data).glob("*.xlsx")).of("work")


def test_the_name_of_the_body_tells_its_field(data):
    last = folder(data, YEAR - 1)
    last.mkdir(parents=True)
    (last / "source.toml").write_text(
        'title = "t"\nissuer = "乙县教育局（虚构）"\npublished = ""\nobtained = ""\nnote = ""\n', encoding="utf-8"
    )
    told = make_new_year(UNIT, YEAR, data)
    assert printed(data, "work")[1]["indicator"] == "在校学生数"
    assert any("预先列了“教育”常用的 13 项" in line for line in told)


def test_a_field_nobody_knows_is_refused_with_those_there_are(data):
    with pytest.raises(WrongUsage, match=r"--field 应为 应急、教育、.*现为“气象”"):
        make_new_year(UNIT, YEAR, data, field="气象")
    assert not data.exists()


# ---- filled in and read back ------------------------------------------------------------------------------------------------------------


def test_what_is_filled_in_is_read_back(fresh):
    fill(fresh, "budget", [{"initial": 100, "adjusted": 110.5, "actual": 108.25}])
    fill_base(fresh, {"编制数": {"actual": 36}, "主要职能职责": {"note": "管水"}})
    fill(fresh, "indicators", [{"name": "巡查次数", "level1": "产出指标", "level2": "数量指标", "nature": "≥", "target": "12"}], first=6)
    day = datetime.date(YEAR, 3, 9)
    fill(fresh, "hazards", [{"sector": "水利", "grade": "重大隐患", "found": day, "state": "整改中"}])
    entries = read_entries(folder(fresh).glob("*.xlsx"))
    (money,) = entries.of("budget")
    assert (money.values["book"], money.text("item"), money.number("actual")) == ("general_public", "人员经费", Decimal("108.25"))
    assert [(entry.text("item"), entry.number("actual"), entry.text("note")) for entry in entries.of("base")] == [
        ("编制数", 36, ""),
        ("主要职能职责", None, "管水"),
    ]
    (indicator,) = entries.of("indicators")
    assert (indicator.values["nature"], indicator.values["target"]) == ("ge", 12)
    (hazard,) = entries.of("hazards")
    assert (hazard.values["sector"], hazard.values["found"], hazard.values["state"]) == ("water", day.isoformat(), "under_way")


def test_work_of_any_trade_is_a_fact_with_its_name_as_it_is_written(fresh):
    rows = [
        {"area": "城乡供水", "sector": "山区片", "indicator": "农村自来水普及率", "value": 91.6, "unit": "%"},
        {"indicator": "巡河 APP 打卡", "value": 20, "unit": "万人次", "qualifier": "至少"},
        {"area": "灾情", "indicator": "受灾人口", "value": 30, "unit": "人"},
    ]
    fill(fresh, "work", rows)
    facts = tables_of(read_entries(folder(fresh).glob("*.xlsx")))["work_facts"]
    columns = ["area", "sector", "indicator", "label", "value", "unit", "qualifier"]
    assert facts[columns].to_numpy().tolist() == [
        ["城乡供水", "山区片", "", "农村自来水普及率", Decimal("91.6"), "%", "exact"],
        ["other", "city", "", "巡河 APP 打卡", Decimal(20), "万人次", "at_least"],
        ["disasters", "city", "people_affected", "受灾人口", Decimal(30), "人", "exact"],
    ]


def test_what_the_column_of_checks_says_is_not_read(fresh):
    fill(fresh, "budget", [{"actual": 1}])
    (entry,) = read_entries(folder(fresh).glob("1-*.xlsx")).rows
    assert set(entry.values) == {"book", "level", "item", "actual"}


# ---- carried over -----------------------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def filled_once(made_once, tmp_path_factory):
    data = tmp_path_factory.mktemp("filled") / "data"
    shutil.copytree(made_once, data)
    card = folder(data) / "source.toml"
    text = card.read_text(encoding="utf-8").replace('title = ""', f'title = "{YEAR}年度{BODY}自评报告"')
    text = text.replace('issuer = ""', f'issuer = "{BODY}"').replace('"national"', '"hunan"')
    card.write_text(text, encoding="utf-8")
    project = {"book": "一般公共预算", "level": "项目支出"}
    fill(
        data,
        "budget",
        [
            {"initial": 300, "adjusted": 310, "actual": 305.5},
            project | {"item": "渠道清淤", "fund_source": "当年财政拨款", "adjusted": 40, "actual": 38.5, "reason": "雨期"},
            project | {"item": "渠道清淤", "fund_source": "上年结转资金", "adjusted": 10, "actual": 10},
            project | {"item": "泵站维修", "adjusted": 20, "actual": 20},
        ],
    )
    fill_base(
        data,
        {
            "年末实际在职人数": {"actual": 33},
            "公务接待费": {"actual": 1.25},
            "主要职能职责": {"note": "管水"},
            "存在的问题及原因": {"note": "旧"},
        },
    )
    shared = {"level1": "产出指标", "level2": "数量指标", "nature": "≥", "unit": "公里"}
    fill(
        data,
        "indicators",
        [
            {"target": "保供水", "actual": "已保"},
            {},
            shared | {"name": "清淤长度", "target": "12.5", "actual": "13", "weight": 50, "stated_score": 50, "reason": "多做"},
            shared | {"scope": "渠道清淤", "name": "清淤长度", "target": "12.5", "actual": "13", "weight": 90},
            {
                "level1": "效益指标",
                "name": "群众感受",
                "nature": "定性",
                "target": "良好",
                "actual": "良好",
                "weight": 40,
                "band": "达成年度指标",
            },
        ],
    )
    fill(data, "work", [{"area": "宣传教育", "sector": "水利", "indicator": "张贴标语", "value": 40, "unit": "条"}])
    return data


@pytest.fixture
def last_year(filled_once, data):
    """An invented year of an invented body, filled in by script."""
    shutil.copytree(filled_once, data)
    return data


@pytest.fixture(scope="module")
def carried_on(filled_once, tmp_path_factory):
    """The year after it, with its items, to be looked at, and what was told of it."""
    data = tmp_path_factory.mktemp("carried") / "data"
    shutil.copytree(filled_once, data)
    return data, "\n".join(make_new_year(UNIT, YEAR + 1, data, YEAR))


@pytest.fixture(scope="module")
def carried(carried_on):
    return carried_on[0]


def test_last_years_items_come_along_without_their_amounts(carried):
    project = {"book": "一般公共预算", "level": "项目支出"}
    assert printed(carried, "budget", YEAR + 1) == [
        {"book": "一般公共预算", "level": "基本支出", "item": "人员经费"},
        project | {"item": "渠道清淤", "fund_source": "年度资金总额"},
        project | {"item": "渠道清淤", "fund_source": "当年财政拨款"},
        project | {"item": "渠道清淤", "fund_source": "上年结转资金"},
        project | {"item": "泵站维修"},
    ]


def test_last_years_indicators_come_along_with_their_targets_only(carried):
    shared = {"level1": "产出指标", "level2": "数量指标", "name": "清淤长度", "nature": "≥", "unit": "公里", "target": "12.5"}
    assert printed(carried, "indicators", YEAR + 1) == [
        {"level1": "年度总体目标"},
        {"level1": "预算执行率", "name": "预算执行率", "weight": 10},
        shared | {"weight": 50},
        shared | {"scope": "渠道清淤", "weight": 90},
        {"level1": "效益指标", "name": "群众感受", "nature": "定性", "target": "良好", "weight": 40},
    ]


def test_this_years_final_amounts_become_those_of_the_year_before(carried):
    rows = {row["item"]: row for row in printed(carried, "base", YEAR + 1) if "item" in row}
    assert rows["年末实际在职人数"]["last_actual"] == 33
    assert rows["公务接待费"]["last_actual"] == 1.25
    assert rows["渠道清淤"]["last_actual"] == 48.5
    assert rows["主要职能职责"]["note"] == "管水"
    assert "note" not in rows["存在的问题及原因"]
    assert not any("actual" in row or "budget" in row for row in rows.values())


def test_work_data_come_along_as_names(carried):
    assert printed(carried, "work", YEAR + 1) == [{"area": "宣传教育", "sector": "水利", "indicator": "张贴标语", "unit": "条"}]


def test_what_was_carried_over_reads_back_without_a_fault(carried):
    entries = read_entries(folder(carried, YEAR + 1).glob("*.xlsx"))
    assert entries.of("budget") == entries.of("work") == []
    assert {entry.text("item") for entry in entries.of("base") if entry.number("last_actual") is not None} >= {"公务接待费", "渠道清淤"}


@pytest.fixture(scope="module")
def not_carried_on(filled_once, tmp_path_factory):
    """The year after it, for which nothing was taken along, to be looked at, and what was told of it."""
    data = tmp_path_factory.mktemp("blank") / "data"
    shutil.copytree(filled_once, data)
    return data, "\n".join(make_new_year(UNIT, YEAR + 1, data))


def test_the_card_takes_over_who_reports_and_how_it_is_scored(not_carried_on):
    data = not_carried_on[0]
    card = tomllib.loads((folder(data, YEAR + 1) / "source.toml").read_text(encoding="utf-8"))
    assert (card["title"], card["issuer"], card["scoring"]) == (f"{YEAR + 1}年度{BODY}自评报告", BODY, "hunan")
    assert sheet_of(data, "budget", YEAR + 1)["A1"].value == f"{BODY}{YEAR + 1}年度预算执行表"


def test_without_from_nothing_comes_along_and_the_possibility_is_told(not_carried_on):
    data, told = not_carried_on
    assert f"--from {YEAR}" in told
    assert {row["item"] for row in printed(data, "budget", YEAR + 1)} == {"人员经费", "公用经费", "对个人和家庭的补助"}


def test_what_came_along_is_told(carried_on):
    assert f"从 {YEAR} 年度带入：2 个项目（金额空着），1 项基本支出（金额空着），3 个绩效指标" in carried_on[1]


def test_processed_tables_of_last_year_are_enough(data):
    place = place_of(UNIT, YEAR, data)
    lines = [
        {"line_id": "t01", "book": "all", "level": "total", "actual": Decimal(90), "actual_figure": "f0001"},
        {
            "line_id": "t02",
            "book": "general_public",
            "level": "project",
            "item": "=1+1 堤防",
            "actual": Decimal(20),
            "actual_figure": "f0002",
        },
    ]
    figures = [
        {"figure_id": "f0001", "qualifier": "exact", "kind": "money"},
        {"figure_id": "f0002", "qualifier": "over", "kind": "money"},
    ]
    base = [{"item_id": "reception", "section": "three_public", "item": "公务接待费", "actual": Decimal("1.30"), "source": "table"}]
    write_table("figures", make_table("figures", figures), place.processed)
    write_table("budget_lines", make_table("budget_lines", [line | {"source": "table"} for line in lines]), place.processed)
    write_table("base_data", make_table("base_data", base), place.processed)
    for name in ("indicators", "work_facts"):
        write_table(name, make_table(name, ()), place.processed)
    make_new_year(UNIT, YEAR + 1, data, YEAR)
    rows = {row["item"]: row for row in printed(data, "base", YEAR + 1) if "item" in row}
    assert (rows["支出合计"]["last_actual"], rows["公务接待费"]["last_actual"]) == (90, 1.3)
    assert "last_actual" not in rows["=1+1 堤防"], "an amount that is only a bound is no amount"
    assert sheet_of(data, "budget", YEAR + 1)["C4"].data_type == "s"


@pytest.mark.slow
def test_a_year_that_has_only_a_report_gives_its_projects(copy_of_2024):
    make_new_year(copy_of_2024.unit, copy_of_2024.year + 1, copy_of_2024.data, copy_of_2024.year)
    made = copy_of_2024.data / "raw" / copy_of_2024.unit / str(copy_of_2024.year + 1) / BOOKS[0]
    items = [cell.value for cell in openpyxl.load_workbook(made)["预算执行"]["C"]]
    assert "安全生产举报奖" in items


@pytest.mark.parametrize("earlier", [YEAR, YEAR + 1])
def test_from_must_be_an_earlier_year(data, earlier):
    with pytest.raises(WrongUsage, match="--from 应为"):
        make_new_year(UNIT, YEAR, data, earlier)


def test_from_a_year_without_anything_lists_the_years_there_are(last_year):
    with pytest.raises(WrongUsage, match=f"没有单位 {UNIT} {YEAR - 3} 年度的材料，无从带入；现有年度：{YEAR}"):
        make_new_year(UNIT, YEAR + 1, last_year, YEAR - 3)
    assert not folder(last_year, YEAR + 1).exists()


def test_last_years_broken_workbook_is_named(last_year):
    fill(last_year, "budget", [{"actual": "5.6B"}])
    with pytest.raises(InputRefused, match=r"5\.6B") as refused:
        make_new_year(UNIT, YEAR + 1, last_year, YEAR)
    assert "不带 --from" in refused.value.problems[-1]


# ---- the checks, as a spreadsheet program works them out ---------------------------------------------------------------------------------

TYPED = {}


def typed_into(name):
    """Keeps what types something into the workbook `name`, for `reckoned` to do."""

    def keep(how):
        TYPED[how.__name__] = (how, name)
        return how

    return keep


@pytest.fixture(scope="module")
def reckoned(made_once, carried, tmp_path_factory):
    """Every workbook that is looked into below, as LibreOffice reckons it: all in one go, for its start takes longer than its work."""
    books = {("fresh", name): (folder(made_once) / name).read_bytes() for name in BOOKS}
    books |= {("carried", name): (folder(carried, YEAR + 1) / name).read_bytes() for name in BOOKS}
    for key, (how, name) in TYPED.items():
        data = tmp_path_factory.mktemp(key) / "data"
        shutil.copytree(made_once, data)
        how(data)
        books[key] = (folder(data) / name).read_bytes()
    made = reckoned_anew(books.values(), tmp_path_factory.mktemp("reckoned"))
    return dict(zip(books, made, strict=True))


def said(book, key):
    """What the column 核对 says, by row."""
    column = len(layouts()[key].columns) + 1
    sheet = book[layouts()[key].title]
    return {row[column - 1].row: row[column - 1].value for row in sheet.iter_rows(min_row=FIRST) if row[column - 1].value}


@needs_spreadsheet
def test_a_fresh_workbook_says_nothing_when_it_is_recalculated(reckoned):
    for book in load("sheets")["workbook"]:
        assert [said(reckoned["fresh", book["file"]], key) for key in book["sheets"]] == [{}] * len(book["sheets"])


@needs_spreadsheet
def test_what_is_said_of_carried_rows_stands_there_before_anything_is_recalculated(carried, reckoned):
    words = set()
    for book in load("sheets")["workbook"]:
        stored = openpyxl.load_workbook(folder(carried, YEAR + 1) / book["file"], data_only=True)
        now = reckoned["carried", book["file"]]
        assert [said(now, key) for key in book["sheets"]] == [said(stored, key) for key in book["sheets"]]
        words |= {text for key in book["sheets"] for text in said(stored, key).values()}
    assert words == {"缺数值；", "分值合计应为 100，现为 90；"}


@typed_into(BOOKS[0])
def budget(data):
    public, project = {"book": "一般公共预算"}, {"book": "一般公共预算", "level": "项目支出"}
    rows = [
        {"initial": 100, "adjusted": 110, "actual": 112},
        {"initial": 20, "adjusted": 20, "actual": 17},
        {"initial": 0, "adjusted": 5, "actual": 5},
        project | {"item": "甲", "fund_source": "年度资金总额", "adjusted": 50, "actual": 45, "reason": "雨期"},
        project | {"item": "甲", "fund_source": "当年财政拨款", "adjusted": 30, "actual": 30},
        project | {"item": "甲", "fund_source": "上年结转资金", "adjusted": 20, "actual": 14, "reason": "雨期"},
        project | {"item": "乙", "fund_source": "当年财政拨款", "adjusted": 7, "actual": 7},
        project | {"item": "乙", "fund_source": "上年结转资金", "adjusted": 3, "actual": 3},
        public | {"level": "基本支出合计", "adjusted": 135, "actual": 134},
        public | {"level": "项目支出合计", "adjusted": 61, "actual": 55},
        public | {"level": "合计", "adjusted": 195, "actual": 189.02},
        {"book": "政府性基金预算", "level": "项目支出", "actual": 2},
        {"level": "项目支出", "item": "丙", "initial": "5.6B"},
        project | {"item": "丁", "adjusted": 0, "actual": 0},
        project | {"item": "丁", "adjusted": 0, "actual": 0},
    ]
    fill(data, "budget", rows)


@needs_spreadsheet
def test_the_checks_of_the_budget_speak(reckoned):
    book = reckoned["budget"]
    assert said(book, "budget") == {
        4: "执行数大于全年预算数，须写偏差原因；",
        5: "执行数与全年预算数相差超过 10%，须写偏差原因；",
        6: "年初预算数为 0 而全年预算数大于 0：请核对，属实的写明原因；",
        7: "全年执行数与各资金来源之和相差 1.00；",
        13: "全年预算数与各行之和相差 1.00；",
        15: "缺项目名称；缺全年预算数；",
        16: "缺预算类别；年初预算数应为数字；",
        17: "与另一行重复；",
        18: "与另一行重复；",
    }
    sums = [row[:7] for row in book["自动汇总"].iter_rows(min_row=4, max_row=6, values_only=True)]
    assert [(row[1], row[4], row[5]) for row in sums] == [("基本支出合计", 135, 134), ("项目支出合计", 60, 55), ("合计", 195, 189)]
    assert sums[2][6] == pytest.approx(189 / 195)


@typed_into(BOOKS[0])
def base_data(data):
    fill_base(
        data,
        {
            "三公经费合计": {"actual": 10},
            "公务用车购置和维护经费": {"actual": 6},
            "公务接待费": {"actual": 4.5},
            "公用经费合计": {"budget": 5, "actual": 5},
            "其中：办公经费": {"budget": 2, "actual": 5.5},
            "政府采购金额": {"budget": "约 3"},
            "本年追加预算": {"budget": 3},
        },
    )


@needs_spreadsheet
def test_the_checks_of_base_data_speak(reckoned):
    book = reckoned["base_data"]
    items = {row: book["基础数据"].cell(row, 2).value for row in said(book, "base")}
    assert {items[row]: words for row, words in said(book, "base").items()} == {
        "三公经费合计": "本年决算数与各组成部分之和相差 0.50；",
        "公用经费合计": "本年决算数小于其中各项之和，差 0.50；",
        "政府采购金额": "本年预算数应为数字；",
        "本年追加预算": "灰色格不用填；",
    }


@typed_into(BOOKS[1])
def indicators(data):
    output = {"level1": "产出指标", "level2": "数量指标"}
    rows = [
        output | {"name": "甲", "nature": "≥", "target": "10", "actual": "9", "weight": 50},
        output | {"name": "乙", "nature": "≥", "target": "10", "actual": "13", "weight": 20},
        output | {"name": "丙", "nature": "≤", "target": "10", "actual": "11", "weight": 5},
        {"level1": "效益指标", "name": "丁", "nature": "定性", "target": "好", "actual": "好", "weight": 10, "stated_score": 11},
        {"level1": "满意度指标", "name": "戊", "nature": "≥", "target": "95%", "actual": "很好", "weight": 4, "band": "达成年度指标"},
        output | {"scope": "甲项目", "name": "己", "nature": "≥", "target": "1", "actual": "1", "weight": 100},
        output | {"scope": "甲项目", "nature": "≥", "target": "1", "actual": "1"},
    ]
    fill(data, "indicators", rows, first=6)


@needs_spreadsheet
def test_the_checks_of_indicators_speak(reckoned):
    assert said(reckoned["indicators"], "indicators") == {
        4: "分值合计应为 100，现为 99；",
        6: "没有达到指标值，须写偏差原因；",
        7: "超过指标值 30% 以上，须说明原因；",
        8: "没有达到指标值，须写偏差原因；",
        9: "自评得分大于分值；",
        10: "定量指标的实际完成值应为数字；定性档次只有定性指标填；",
        12: "缺三级指标；",
    }


@typed_into(BOOKS[2])
def work_and_ledgers(data):
    mine = {"sector": "矿山", "grade": "一般隐患"}
    day = datetime.date
    fill(data, "work", [{"area": "宣传教育", "indicator": "张贴标语"}])
    fill(
        data,
        "hazards",
        [
            mine | {"found": day(YEAR, 3, 1), "state": "已整改", "done": day(YEAR, 2, 1)},
            mine | {"found": "3月1日", "state": "未整改", "done": day(YEAR, 4, 1)},
            mine | {"found": day(YEAR + 1, 1, 1), "state": "整改中"},
            mine | {"found": day(YEAR, 3, 1), "state": "已整改", "done": day(YEAR, 4, 1)},
        ],
    )
    fill(data, "enforcement", [{"sector": "矿山", "site": "甲矿（虚构）", "date": day(YEAR - 1, 3, 1), "case": "否", "fine": 2}])
    fill(data, "disasters", [{"date": day(YEAR, 3, 1), "type": "暴雨"}, {"date": day(YEAR, 3, 1), "type": "暴雨"}])


@needs_spreadsheet
def test_the_checks_of_work_and_ledgers_speak(reckoned):
    book = reckoned["work_and_ledgers"]
    assert said(book, "work") == {4: "缺数值；缺单位；"}
    assert said(book, "hazards") == {
        4: "整改完成日期早于发现日期；",
        5: "发现日期应为日期，写成 年-月-日；写了整改完成日期，整改状态却不是已整改；",
        6: f"发现日期晚于 {YEAR} 年；",
    }
    assert said(book, "enforcement") == {4: f"检查日期不在 {YEAR} 年；有罚款却没有立案；"}
    assert said(book, "disasters") == {4: "与另一行重复；", 5: "与另一行重复；"}
