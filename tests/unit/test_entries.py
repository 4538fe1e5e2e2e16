"""The sheets an office fills in: what is typed comes back exactly, each value knowing its cell."""

from decimal import Decimal

import openpyxl
import pytest

from selfeval.entries import read_entries
from selfeval.exceptions import InputRefused

BUDGET = ("预算类别", "支出性质", "项目名称", "资金来源", "年初预算数（万元）", "全年预算数（万元）", "全年执行数（万元）", "偏差原因")


def workbook(path, **sheets):
    """A workbook with these sheets, each a list of rows."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    book.save(path)
    return path


@pytest.fixture
def budget(tmp_path):
    """Reads a sheet 预算执行 with the given rows below its head."""
    return lambda *rows: read_entries([workbook(tmp_path / "甲县水务局（虚构）.xlsx", 预算执行=[BUDGET, *rows])])


def test_a_row_comes_back_with_its_choices_as_ids_and_its_amounts_exact(budget):
    (entry,) = budget(("一般公共预算", "项目支出", "水库巡查", None, 14, 14.5, 5.68, "年中调整")).of("budget")
    assert entry.values == {
        "book": "general_public",
        "level": "project",
        "item": "水库巡查",
        "initial": Decimal(14),
        "adjusted": Decimal("14.5"),
        "actual": Decimal("5.68"),
        "reason": "年中调整",
    }
    assert (entry.file, entry.row, entry.cells["actual"], entry.place("actual")) == (
        "甲县水务局（虚构）.xlsx",
        2,
        "G2",
        "工作表“预算执行”G2",
    )


def test_text_in_a_number_cell_is_refused_by_the_name_of_the_cell(budget):
    with pytest.raises(InputRefused, match=r"^甲县水务局（虚构）.xlsx 工作表“预算执行” G2：应为数字，现为“5.6B”"):
        budget(("一般公共预算", "项目支出", "水库巡查", None, 14, 14.5, "5.6B"))
