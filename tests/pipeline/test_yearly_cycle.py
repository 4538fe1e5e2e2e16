"""A whole yearly cycle of an invented body, from an empty folder to what is handed in, and the year after it."""

import csv
import io
import json
import re
from decimal import Decimal

import openpyxl
import pytest

import invented_year
from machine import traces_in
from selfeval.__main__ import main
from selfeval.judging.assessment import assess
from selfeval.paths import Place, locate
from selfeval.reading.document import read_document
from selfeval.records.entries import layout_of
from selfeval.running.provenance import sha256_of
from selfeval.tables import read_table
from selfeval.telling.hand_in import FORMS, NARRATIVE, WORKBOOK
from selfeval.words import rounded
from spreadsheet import needs_spreadsheet, recalculated

pytestmark = pytest.mark.slow

UNIT, YEAR = "jia-water", invented_year.YEAR


def hazard(number: int) -> str:
    """A row of the ledger: the first of ten is major, the last three are still being rectified."""
    grade, state = "重大隐患" if number == 1 else "一般隐患", "已整改" if number < 8 else "整改中"
    return f"水利,水库{number}（虚构）,渗漏,{grade},2031-03-{number:02d},{state},"


LEDGERS = {
    "工作数据": "工作领域,行业,指标,数值,单位,准确程度\n教育培训,水利,参训人数,126,人,至少\n执法检查,水利,检查企业,40,家,准确",
    "隐患台账": "\n".join(["行业,单位名称,隐患内容,隐患等级,发现日期,整改状态,整改完成日期", *(hazard(n) for n in range(1, 11))]),
    "灾情": "发生日期,灾害种类,受灾人口,直接经济损失\n2031-06-03,洪涝,1200,86.5\n2031-07-19,风雹,300,12.25",
}  # fmt: skip


def fill(place: Place, sheets: dict[str, str]) -> None:
    """Type the rows of CSV sheets into the workbooks as an office does: into the printed row of that name, else into the next free one."""
    for path in sorted(place.raw.glob("*.xlsx")):
        book = openpyxl.load_workbook(path)
        for sheet in book:
            layout = layout_of(sheet.title)
            if layout and layout.title in sheets:
                _fill_sheet(sheet, list(csv.DictReader(io.StringIO(sheets[layout.title]))))
        book.save(path)


def _fill_sheet(sheet, rows: list[dict[str, str]]) -> None:
    first = next(row for row in sheet.iter_rows(max_row=12) if sum(cell.value is not None for cell in row) >= 5)
    columns = {str(cell.value).split("（")[0].strip("* \n"): cell.column for cell in first if cell.value}
    printed = {}
    for number in range(first[0].row + 1, sheet.max_row + 1):
        printed.setdefault(tuple(str(sheet.cell(number, column).value or "") for column in (1, 2, 3)), number)
    free = first[0].row + 1
    for values in rows:
        number = printed.get(tuple(list(values.values())[:3]))
        if number is None:
            while any(sheet.cell(free, column).value is not None for column in range(1, 5)):
                free += 1
            number = free
        for head, value in values.items():
            if value:
                sheet.cell(number, columns[head]).value = _typed(value)


def _typed(value: str) -> object:
    try:
        return float(value) if value.strip("-").replace(".", "", 1).isdigit() and value.count("-") < 2 else value
    except ValueError:
        return value


@pytest.fixture(scope="module")
def cycle(tmp_path_factory) -> Place:
    """The first year: folder made, workbooks filled, everything run through the command line."""
    folder = tmp_path_factory.mktemp("cycle")
    where = ["--unit", UNIT, "--year", str(YEAR), "--data", str(folder / "data")]
    assert main(["new-year", *where]) == 0
    place = locate(UNIT, YEAR, folder / "data", folder / "outputs")
    card = place.raw / "source.toml"
    text = card.read_text(encoding="utf-8")
    text = text.replace('title = ""', f'title = "{YEAR}年度{invented_year.BODY}自评材料"').replace(
        'issuer = ""', f'issuer = "{invented_year.BODY}"'
    )
    card.write_text(text, encoding="utf-8")
    fill(place, invented_year.sheets() | LEDGERS)
    assert main(["check", *where]) == 0
    assert main(["run", *where, "--outputs", str(folder / "outputs")]) == 0
    return place


def test_everything_that_is_handed_in_comes_out_and_is_proved(cycle):
    written = {path.name for path in cycle.outputs.iterdir()}
    assert written >= {"report.html", FORMS, NARRATIVE, WORKBOOK, "manifest.json"}
    manifest = json.loads((cycle.outputs / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["outputs"][FORMS] == sha256_of(cycle.outputs / FORMS)


def test_nothing_that_is_shared_tells_of_the_machine(cycle):
    """Of a body kept in sheets, too: notebooks with all their tables, page, workbooks, letter, and the start page."""
    assert len([*cycle.outputs.glob("executed/*.ipynb")]) == 4
    assert traces_in(cycle.outputs_root, cycle.outputs_root.parent) == []
    start = (cycle.outputs_root / "index.html").read_text(encoding="utf-8")
    assert f'href="{UNIT}/{YEAR}/report.html"' in start


def test_the_tables_hold_what_was_typed(cycle):
    lines = read_table("budget_lines", cycle.processed).set_index("item")
    assert lines.loc["人员经费", "actual"] == Decimal("322.18")
    projects = [invented_year.spent(number) for number in (1, 2, 3)]
    assert lines.loc["项目支出", "actual"] == sum(projects)
    facts = read_table("work_facts", cycle.processed).set_index(["sector", "indicator"])
    assert facts.loc[("water", "hazards_rectified"), "value"] == 7
    assert facts.loc[("city", "direct_loss"), "value"] == Decimal("98.75")
    assert set(read_table("sources", cycle.processed)["role"]) == {"table"}


def test_every_typed_number_is_used_or_shown_as_unused(cycle):
    figures = read_table("figures", cycle.processed)
    assert (figures["cell"] != "").all()
    assert list(figures.loc[figures["used_by"] == "", "measure"]) == []


def test_the_word_file_read_back_says_what_the_tables_say(cycle):
    tables = assess(read_document(cycle.outputs / NARRATIVE), year=YEAR)
    said, typed = tables["budget_lines"], read_table("budget_lines", cycle.processed)
    for level in ("total", "basic", "project_total", "project"):
        assert _printed(typed, level) <= _printed(said, level), level
    assert [row.title for row in tables["findings"].itertuples() if row.verdict == "differs"] == []


def _printed(lines, level):
    """Name and sums of the lines of a level; the letter prints money to two decimals."""
    rows = (row for row in lines.itertuples() if row.level == level)
    sums = ((row, (row.initial, row.adjusted, row.actual)) for row in rows)
    return {(_bare(row.item), *("" if each is None else rounded(each, 2) for each in own)) for row, own in sums}


def _bare(name: str) -> str:
    """A name without the number in front that a reader takes for its place in a list."""
    return re.sub("^项目\\d+：", "", name)


@needs_spreadsheet
def test_a_spreadsheet_program_reckons_the_forms_as_we_do(cycle, tmp_path):
    data = (cycle.outputs / FORMS).read_bytes()
    ours = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
    formulas = openpyxl.load_workbook(io.BytesIO(data))
    again = recalculated(data, tmp_path)
    checked = 0
    for sheet in formulas:
        for row in sheet.iter_rows():
            for cell in (cell for cell in row if cell.data_type == "f"):
                before, after = ours[sheet.title][cell.coordinate].value, again[sheet.title][cell.coordinate]
                assert (before or "") == pytest.approx(after or "") if isinstance(before, float) else (before or "") == (after or "")
                checked += 1
    assert checked > 20


@pytest.fixture(scope="module")
def next_year(cycle) -> Place:
    """The year after: items carried over, every amount a little larger, one project gone."""
    year = YEAR + 1
    where = ["--unit", UNIT, "--year", str(year), "--data", str(cycle.data)]
    assert main(["new-year", *where, "--from", str(YEAR)]) == 0
    place = locate(UNIT, year, cycle.data, cycle.outputs_root)
    for path in place.raw.glob("1-*.xlsx"):
        book = openpyxl.load_workbook(path)
        sheet = book["预算执行"]
        rows = [row for row in sheet.iter_rows(min_row=4) if row[2].value]
        kept = [row for row in rows if row[2].value != invented_year.name_of(3)]
        for number, row in enumerate(kept, start=1):
            row[4].value, row[5].value, row[6].value = 50 + number, 52 + number, 51 + number
        book.save(path)
    assert main(["run", *where, "--outputs", str(cycle.outputs_root)]) == 0
    return place


def test_last_years_items_stand_in_the_new_sheets_without_their_amounts(next_year, cycle):
    lines = read_table("budget_lines", next_year.processed)
    before = read_table("budget_lines", cycle.processed)
    names = set(lines.loc[lines["level"] == "project", "item"])
    assert names < set(before.loc[before["level"] == "project", "item"])
    base = read_table("base_data", next_year.processed).set_index("item_id")
    assert base.loc["staff", "last_actual"] == 43


def test_the_year_before_is_compared_and_what_vanished_is_named(next_year):
    changes = read_table("budget_changes", next_year.processed)
    assert {"compared", "vanished"} <= set(changes["status"])
    page = (next_year.outputs / "report.html").read_text(encoding="utf-8")
    assert "同比" in page
    manifest = json.loads((next_year.outputs / "manifest.json").read_text(encoding="utf-8"))
    assert any(name.startswith(f"{YEAR}/") for name in manifest["earlier"])
