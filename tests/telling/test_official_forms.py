"""The three official forms as sheets. Every body, project and number here is invented."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

import pytest

import invented_year
from selfeval.knowledge import load
from selfeval.measuring.scoring import parse_ruleset, score
from selfeval.reading.document import read_document
from selfeval.reading.figures import figures_of
from selfeval.records.entry_tables import tables_of
from selfeval.records.printed_forms import printed_indicators
from selfeval.telling.office import Cell, Sheet, sheet_titles, workbook_bytes
from selfeval.telling.official_forms import forms
from sheets_in_csv import entries_from
from spreadsheet import needs_spreadsheet, recalculated
from tables_at_hand import lines_of

BUDGET = "预算类别,支出性质,项目名称,资金来源,年初预算数,全年预算数,全年执行数,偏差原因"
MARKS = "项目,一级指标,二级指标,三级指标,指标性质,年度指标值,实际完成值,度量单位,分值,定性档次,自评得分,是否考核,偏差原因分析及改进措施"


def filled(sheets: dict[str, str], *, scored: bool = True) -> list[Sheet]:
    tables = tables_of(entries_from(sheets))
    scores = score(tables["indicators"], tables["budget_lines"], tables["base_data"]) if scored else None
    return forms(
        tables["budget_lines"], tables["indicators"], tables["base_data"], scores, body=invented_year.BODY, year=invented_year.YEAR
    )


def of(budget: str, marks: str = "", *, scored: bool = True) -> list[Sheet]:
    return filled({"预算执行": f"{BUDGET}\n{budget}", **({"绩效指标": f"{MARKS}\n{marks}"} if marks else {})}, scored=scored)


def beside(sheet: Sheet, text: str, *, nth: int = 0) -> list[Cell]:
    """The cells right of the one that holds `text`, in its row."""
    label = [cell for cell in sheet.cells if isinstance(cell.value, str) and cell.value.strip() == text][nth]
    return sorted((cell for cell in sheet.cells if cell.row == label.row and cell.column > label.column), key=lambda cell: cell.column)


def values(cells: Iterable[Cell]) -> list[object]:
    return [cell.value for cell in cells]


def texts(sheet: Sheet) -> str:
    return "\n".join(cell.value for cell in sheet.cells if isinstance(cell.value, str))


YEAR = filled(invented_year.sheets())
BASE, BODY, FIRST, *_ = YEAR
D = Decimal


# ---- 附件1 -------------------------------------------------------------------------------------------------------------------------------


def test_three_forms_come_in_order_and_one_a_project():
    assert [sheet.title[:5].strip() for sheet in YEAR] == ["附件1 基", "附件2 部", "附件3-1", "附件3-2", "附件3-3"]


def test_every_sheet_of_forty_projects_has_a_legal_title_of_its_own():
    many = filled(invented_year.sheets(40))
    titles = sheet_titles(sheet.title for sheet in many)
    assert len(many) == 42
    assert len({title.casefold() for title in titles}) == 42
    assert all(len(title) <= 31 and not re.search(r"[\[\]:*?/\\]", title) for title in titles)


def test_staff_is_held_against_posts_by_formula():
    rate = next(cell for cell in BASE.cells if cell.style.form == "0.00%")
    assert (rate.value, rate.formula) == (D("0.9348"), 'IF(OR(D5="",B5=""),"",IF(B5<=0,"",ROUND(D5/B5,4)))')


def test_the_three_public_expenses_are_the_sum_of_their_parts_in_each_column():
    cells = beside(BASE, "三公经费")
    assert values(cells) == [D("12.6"), D("11.9"), D("9.31")]
    assert [cell.formula for cell in cells] == [
        f'IF(COUNT({column}8,{column}11:{column}12)<3,"",ROUND(SUM({column}8,{column}11:{column}12),6))' for column in "BDF"
    ]


def test_projects_stand_one_by_one_under_their_sum():
    assert values(beside(BASE, "项目支出")) == [D(60), D("67.11"), D("63.765")]
    assert values(beside(BASE, "1、项目01：堤防/涵闸维护[1]")) == [D(19), D("21.37"), D("20.255")]


def test_what_nobody_filled_in_is_blank_and_no_zero():
    assert values(beside(BASE, "会议费、培训费")) == [None, None, None]


def test_a_sum_with_an_unknown_part_is_blank_until_the_part_is_filled_in():
    sheet = filled({"基础数据": "类别,项目,单位,上年决算数,本年预算数,本年决算数\n三公经费,公务接待费,万元,,,3\n"})[0]
    cell = beside(sheet, "三公经费")[2]
    assert cell.value is None
    assert "COUNT(" in cell.formula


def test_a_stated_total_that_is_not_the_sum_of_its_parts_stands_as_stated():
    rows = (
        "类别,项目,单位,上年决算数,本年预算数,本年决算数\n项目支出,项目支出合计,万元,30.5,,\n项目支出,甲,万元,10,,\n项目支出,乙,万元,20,,"
    )
    cell = beside(filled({"基础数据": rows})[0], "项目支出")[0]
    assert (cell.value, cell.formula) == (D("30.5"), "")


def test_where_nothing_was_built_the_remark_stands_in_the_first_cell():
    rows = "类别,项目,单位,上年决算数,本年预算数,本年决算数,说明\n楼堂馆所,楼堂馆所规模（预算栏填批复，决算栏填实际）,平方米,,,,无\n"
    assert "无" in texts(filled({"基础数据": rows})[0]).split("\n")


# ---- 附件2 -------------------------------------------------------------------------------------------------------------------------------


def test_the_total_is_the_sum_of_basic_and_project_expenditure_and_is_scored():
    cells = beside(BODY, "年度资金总额")
    assert values(cells)[:6] == [D("416.81"), D("430.49"), D("425.812"), D(10), D("0.9891"), D("9.89")]
    assert cells[1].formula == 'IF(COUNT(H7:H8)<2,"",ROUND(SUM(H7:H8),6))'
    assert cells[5].formula == 'IF(OR(E5="",D5="",F5=""),"",IF(D5<=0,"",ROUND(MAX(0,MIN(1,E5/D5))*F5,2)))'


def test_the_books_of_the_income_side_make_the_total_too():
    rows = "一般公共预算,基本支出,人员经费,,50,50,49,\n政府性基金预算,项目支出,甲项目,,20,30,30,"
    sheet = of(rows)[1]
    assert values(beside(sheet, "其中：一般公共预算"))[:3] == [D(50), D(50), D(49)]
    assert values(beside(sheet, "政府性基金拨款"))[:3] == [D(20), D(30), D(30)]
    assert values(beside(sheet, "其他资金"))[:3] == [None, None, None]


def test_a_book_is_blank_while_a_line_does_not_say_its_book():
    sheet = of("一般公共预算,基本支出,人员经费,,50,50,49,\n全部预算,项目支出,甲项目,,20,30,30,")[1]
    assert values(beside(sheet, "其中：一般公共预算"))[:3] == [None, None, None]


def test_signs_and_units_are_shown_and_the_cells_stay_numbers():
    cells = beside(BODY, "巡河次数")
    assert (cells[0].value, cells[0].style.form) == (D(2400), '"≥"0"次"')
    assert (cells[1].value, cells[1].style.form) == (D(2218), '0"次"')


def test_a_simple_score_is_a_formula_that_gives_the_score_of_the_rule_set():
    more, less = beside(BODY, "巡河次数")[3], beside(BODY, "因供水不足引发的投诉")[3]
    assert (more.value, less.value) == (D("9.24"), D(8))
    assert "MIN(1,MAX(0," in more.formula
    assert "/F" in less.formula


def test_what_only_a_person_can_judge_is_as_the_person_judged_it_or_blank():
    judged, open_ = beside(BODY, "水源地水质")[3], beside(BODY, "长效管护机制")[3]
    assert (judged.value, judged.formula, open_.value, open_.formula) == (D(9), "", None, "")


def test_the_total_is_blank_while_a_score_is_missing_and_shown_when_all_are_there():
    missing, complete = beside(BODY, "总分"), beside(FIRST, "总分")
    assert values(missing)[:2] == [D(100), None]
    assert missing[1].formula
    # Execution 20.255 ÷ 21.37 × 10, output 50, benefit 1.2 ÷ 1.5 × 30, satisfaction 10.
    assert values(complete)[:2] == [D(100), D("93.48")]


def test_a_linear_rule_set_leaves_a_value_without_formula():
    national = load("scoring/national")
    rules = parse_ruleset({**national, "quantitative": {**national["quantitative"], "at_most": "linear"}}, "national")
    tables = tables_of(entries_from(invented_year.sheets()))
    scores = score(tables["indicators"], tables["budget_lines"], tables["base_data"], ruleset=rules)
    sheet = forms(tables["budget_lines"], tables["indicators"], tables["base_data"], scores, body="甲县水务局（虚构）", year=2031)[1]
    cell = beside(sheet, "因供水不足引发的投诉")[3]
    assert (cell.value, cell.formula) == (D("7.5"), "")


def test_an_indicator_that_is_left_out_says_so_and_the_total_is_carried_up():
    marks = (
        ",预算执行率,,,,,,,10,,9,,\n,产出指标,数量指标,检查,≥,10,10,次,50,,,,\n,效益指标,社会效益指标,事故,≤,5,5,起,30,,,,\n"
        ",满意度指标,服务对象满意度指标,满意度,≥,90,,%,10,,,否,"
    )
    sheet = of("一般公共预算,项目支出,甲项目,,100,100,90,有说明", marks)[1]
    assert beside(sheet, "满意度")[3].value == "不考核"
    total = beside(sheet, "总分")[1]
    assert (total.value, total.formula) == (D("98.89"), "")
    assert "折算为百分制" in texts(sheet)


def test_points_are_called_a_simulation_of_the_rule_set():
    assert "得分为按“全国通用自评规则”模拟测算的结果，不是单位自评得分" in texts(BODY)
    assert "模拟测算" not in texts(of("一般公共预算,项目支出,甲项目,,1,1,1,", scored=False)[1])


# ---- 附件3 -------------------------------------------------------------------------------------------------------------------------------


def test_the_sources_of_a_project_make_its_total():
    cells = beside(FIRST, "年度资金总额")
    assert values(cells)[:3] == [D("20.37"), D("21.37"), D("20.255")]
    assert cells[0].formula == 'IF(COUNT(D7:D9)<1,"",ROUND(SUM(D7:D9),6))'
    assert values(beside(FIRST, "上年结转资金"))[:3] == [D(4)] * 3
    assert values(beside(FIRST, "其他资金"))[:3] == [None] * 3


def test_a_project_paid_from_two_books_has_one_form_with_both_added_up():
    rows = "一般公共预算,项目支出,甲项目,当年财政拨款,10,10,8,招标推迟\n政府性基金预算,项目支出,甲项目,当年财政拨款,20,30,30,"
    sheets = of(rows)
    assert [sheet.title for sheet in sheets[2:]] == ["附件3-1 甲项目"]
    assert values(beside(sheets[2], "年度资金总额"))[:3] == [D(30), D(40), D(38)]
    assert values(beside(sheets[2], "其中：当年财政拨款"))[:3] == [D(30), D(40), D(38)]
    assert values(beside(sheets[2], "年度资金总额"))[4:6] == [D("0.95"), D("9.5")]


def test_only_the_total_row_of_a_project_is_scored():
    assert values(beside(FIRST, "上年结转资金"))[3:] == ["—", "—", "—"]
    assert beside(FIRST, "年度资金总额")[3].value == D(10)


def test_spending_beyond_the_budget_scores_no_more_than_full_marks():
    assert values(beside(of("一般公共预算,项目支出,甲项目,,10,10,12,追加未入账")[2], "年度资金总额"))[4:6] == [D("1.2"), D(10)]


def test_without_a_budget_rate_and_score_are_blank():
    assert values(beside(of("一般公共预算,项目支出,甲项目,,,,12,")[2], "年度资金总额"))[:6] == [None, None, D(12), D(10), None, None]


def test_a_budget_of_zero_divides_nothing():
    cells = beside(of("一般公共预算,项目支出,甲项目,,0,0,0,")[2], "年度资金总额")
    assert values(cells)[:6] == [D(0), D(0), D(0), D(10), None, None]


def test_a_form_without_indicators_is_the_printed_frame_with_an_empty_total():
    sheet = of("一般公共预算,项目支出,甲项目,,10,10,10,")[2]
    assert "可持续影响指标" in texts(sheet)
    assert values(beside(sheet, "总分"))[:2] == [None, None]


def test_the_reason_of_a_project_stands_under_its_form():
    assert "执行情况说明：招标节约" in texts(YEAR[3])


# ---- a year with nothing but a text -----------------------------------------------------------------------------------------------------

TEXT_ONLY = lines_of(
    "b01 total all - 部门整体支出 target=90 actual=95",
    "b02 project_total general_public b01 项目支出 target=20 actual=21",
    "b03 project general_public b02 甲项目 target=20 actual=21",
)


def test_a_target_is_no_budget_and_stands_in_no_column():
    sheets = forms(TEXT_ONLY, body="乙县林业局（虚构）", year=2031)
    assert all(cell.value not in {D(90), D(20)} for sheet in sheets for cell in sheet.cells)
    assert values(beside(sheets[1], "年度资金总额"))[:6] == [None, None, D(95), D(10), None, None]


def test_a_target_without_budget_is_told_under_the_form():
    base, body, project = forms(TEXT_ONLY, body="乙县林业局（虚构）", year=2031)
    assert "绩效目标 90 万元" in texts(body)
    assert "绩效目标 20 万元" in texts(project)
    assert "绩效目标不是预算数" in texts(base)


def test_empty_tables_make_empty_forms():
    sheets = forms(lines_of(), body="乙县林业局（虚构）", year=2031)
    assert [sheet.title for sheet in sheets] == ["附件1 基础数据表", "附件2 部门整体支出自评表"]
    assert workbook_bytes(sheets)


# ---- as a file --------------------------------------------------------------------------------------------------------------------------


def test_long_texts_get_rows_high_enough_and_no_row_is_higher_than_a_sheet_allows():
    long = "因汛期连续强降雨导致施工便道中断，" * 120
    sheet = of("一般公共预算,项目支出,甲项目,,10,10,5,有说明", f"甲项目,产出指标,数量指标,处数,≥,10,5,处,90,,,,{long}")[2]
    cell = next(cell for cell in sheet.cells if cell.value == long)
    assert cell.down > 1
    assert sum(sheet.heights[cell.row + step] for step in range(cell.down)) > 1500
    assert max(sheet.heights.values()) <= 409


def test_merged_blocks_never_overlap():
    for sheet in YEAR:
        seen = [
            (row, column)
            for cell in sheet.cells
            for row in range(cell.row, cell.row + cell.down)
            for column in range(cell.column, cell.column + cell.across)
        ]
        assert len(seen) == len(set(seen)), sheet.title


def test_a_name_that_looks_like_a_formula_is_text():
    sheet = of("一般公共预算,项目支出,=1+1,,10,10,10,")[2]
    assert [cell.formula for cell in sheet.cells if cell.value == "=1+1"] == [""]


def stripped(sheets: list[Sheet]) -> list[Sheet]:
    """The same without the results of formulas, so that only a program that reckons can show them."""
    return [replace(sheet, cells=tuple(replace(cell, value=None) if cell.formula else cell for cell in sheet.cells)) for sheet in sheets]


CASES = {
    "an invented year": lambda: YEAR,
    "forty projects": lambda: filled(invented_year.sheets(40)),
    "a text alone": lambda: forms(TEXT_ONLY, body="乙县林业局（虚构）", year=2031),
    "nothing": lambda: forms(lines_of(), body="乙县林业局（虚构）", year=2031),
    "zeros and excess": lambda: of("一般公共预算,项目支出,甲项目,,0,0,0,\n一般公共预算,项目支出,乙项目,,10,10,12,追加未入账"),
    "two books": lambda: of("一般公共预算,项目支出,甲项目,,10,10,8,有\n政府性基金预算,项目支出,甲项目,,20,30,30,"),
    "halves of a hundredth": lambda: of("一般公共预算,项目支出,甲项目,,10,10,9.985,\n一般公共预算,项目支出,乙项目,,7.77,8,1.005,有"),
}


@pytest.mark.slow
@needs_spreadsheet
def test_every_formula_reckoned_anew_gives_the_value_we_wrote(tmp_path):
    """All cases in one workbook, since formulas never leave their sheet."""
    sheets = [sheet for case in CASES.values() for sheet in case()]
    shown = recalculated(workbook_bytes(stripped(sheets)), tmp_path)
    compared = [
        (title, cell.name, cell.formula, cell.value, number_of(shown[title].get(cell.name)))
        for sheet, title in zip(sheets, sheet_titles(sheet.title for sheet in sheets), strict=True)
        for cell in sheet.cells
        if cell.formula
    ]
    assert len(compared) > 500
    assert [row for row in compared if row[3] != row[4]] == []


def number_of(shown: object) -> Decimal | None:
    """What a cell shows as a number; nothing where it shows nothing."""
    return None if shown in {None, ""} else Decimal(repr(shown))


def test_forms_that_come_back_are_read_as_they_were_filled_in(tmp_path):
    path = tmp_path / "自评表.xlsx"
    path.write_bytes(workbook_bytes([replace(sheet, cells=[replace(cell, formula="") for cell in sheet.cells]) for sheet in YEAR]))
    document = read_document(path)
    columns = ["level1", "level2", "name", "nature", "target", "actual", "unit", "weight", "reason"]
    typed, printed = (
        [row for row in frame[columns].to_numpy().tolist() if row[0] in {"output", "benefit", "satisfaction"}]
        for frame in (tables_of(entries_from(invented_year.sheets()))["indicators"], printed_indicators(document, figures_of(document)))
    )
    assert printed == typed
