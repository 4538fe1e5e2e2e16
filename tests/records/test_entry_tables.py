"""What offices typed into the sheets becomes the same tables a report is read into. All bodies and numbers are invented."""

from decimal import Decimal

from selfeval.records.entry_tables import base_data_of, budget_lines_of, indicators_of, read_cells, work_facts_of
from selfeval.tables import check_table
from sheets_at_hand import entries_of

GENERAL, FUND = "general_public", "government_fund"


def budget(*rows):
    return [dict(zip(("book", "level", "item", "fund_source", "initial", "adjusted", "actual"), row, strict=False)) for row in rows]


def lines_of(*rows):
    entries = entries_of(budget=budget(*rows))
    frame = budget_lines_of(entries, read_cells(entries))
    check_table("budget_lines", frame, "budget_lines")
    return frame


def line(frame, item):
    found = frame[frame["item"] == item]
    assert len(found) == 1, frame[["line_id", "level", "item"]]
    return found.iloc[0]


def facts_of(**sheets):
    entries = entries_of(**sheets)
    frame = work_facts_of(entries, read_cells(entries))
    check_table("work_facts", frame, "work_facts")
    return {(row.sector, row.indicator): row for row in frame.itertuples(index=False)}


def test_every_number_typed_is_a_figure_that_names_its_cell():
    entries = entries_of(budget=budget((GENERAL, "project", "防汛演练经费", None, 12, 13.5, Decimal("0.30"))))
    figures = read_cells(entries, first=7).table()
    check_table("figures", figures, "figures")
    assert list(figures["figure_id"]) == ["f0008", "f0009", "f0010"]
    assert list(figures["value"]) == [Decimal(12), Decimal("13.5"), Decimal("0.30")]
    assert list(figures["cell"]) == ["工作表“预算执行”E4", "工作表“预算执行”F4", "工作表“预算执行”G4"]
    assert figures["sentence"].nunique() == 1
    assert figures["sentence"][0] == (
        "工作表“预算执行”第 4 行：预算类别 一般公共预算；支出性质 项目支出；项目名称 防汛演练经费；"
        "年初预算数 12 万元；全年预算数 13.5 万元；全年执行数 0.30 万元"
    )


def test_wholes_nobody_states_are_the_sums_of_their_parts_and_say_so():
    lines = lines_of(
        (GENERAL, "basic_part", "人员经费", None, 100, 110, 109),
        (GENERAL, "basic_part", "公用经费", None, 20, 20, 19.5),
        (GENERAL, "project", "防汛演练经费", None, 10, 12, 11),
        (FUND, "project", "避难场所建设", None, 0, 30, 30),
    )
    assert list(lines["level"]) == ["total", "basic", "basic_part", "basic_part", "project_total", "project", "project"]
    assert list(line(lines, "部门整体支出")[["initial", "adjusted", "actual"]]) == [130, 172, Decimal("169.5")]
    assert line(lines, "项目支出")["book"] == "all"
    assert line(lines, "基本支出")["book"] == GENERAL
    assert line(lines, "基本支出")["actual_figure"] == ""
    assert "按人员经费、公用经费相加" in line(lines, "基本支出")["sentence"]
    assert line(lines, "避难场所建设")["parent_id"] == line(lines, "项目支出")["line_id"]


def test_a_stated_whole_stands_even_where_its_parts_add_up_to_something_else():
    lines = lines_of((GENERAL, "project", "甲", None, 5, 5, 5), (GENERAL, "project_total", None, None, 6, 6, 6))
    assert line(lines, "项目支出")["actual"] == 6
    assert line(lines, "项目支出")["actual_figure"]


def test_an_empty_cell_leaves_its_whole_unknown_rather_than_too_small():
    lines = lines_of((GENERAL, "project", "甲", None, 5, 5, 5), (GENERAL, "project", "乙", None, None, 3, 3))
    assert line(lines, "项目支出")["initial"] is None
    assert line(lines, "项目支出")["actual"] == 8


def test_a_project_of_several_sources_is_their_sum_with_a_line_for_each():
    lines = lines_of((GENERAL, "project", "应急广播建设", "current", 10, 10, 8), (GENERAL, "project", "应急广播建设", "carried", 2, 2, 2))
    whole = line(lines, "应急广播建设")
    assert (whole["level"], whole["actual"]) == ("project", 10)
    parts = lines[lines["parent_id"] == whole["line_id"]]
    assert list(zip(parts["level"], parts["item"], parts["fund_source"], strict=True)) == [
        ("item", "当年财政拨款", "current"),
        ("item", "上年结转资金", "carried"),
    ]


def test_a_project_of_one_named_source_needs_no_parts():
    lines = lines_of((GENERAL, "project", "应急广播建设", "carried", 10, 10, 8))
    assert list(lines["level"]) == ["total", "project_total", "project"]
    assert line(lines, "应急广播建设")["fund_source"] == "carried"


def test_totals_of_single_books_stand_beside_the_whole():
    lines = lines_of(
        (GENERAL, "project", "甲", None, 5, 5, 5),
        (FUND, "project", "乙", None, 7, 7, 7),
        ("all", "total", None, None, 12, 12, 12),
        (FUND, "total", None, None, 7, 7, 7),
    )
    assert line(lines, "部门整体支出")["actual_figure"]
    assert line(lines, "政府性基金预算合计")[["level", "book", "parent_id"]].tolist() == ["item", FUND, ""]


def test_base_rows_are_known_by_any_of_their_names():
    rows = [
        {"section": "three_public", "item": "公务用车运行维护费", "last_actual": 5, "budget": 4, "actual": 3.8},
        {"section": "projects", "item": "防汛演练经费", "unit": "万元", "last_actual": 9},
        {"section": "words", "item": "厉行节约保障措施", "note": "压减会议"},
    ]
    entries = entries_of(base=rows)
    frame = base_data_of(entries, read_cells(entries))
    check_table("base_data", frame, "base_data")
    assert list(frame["item_id"]) == ["vehicles_running", "project", "frugality"]
    assert list(frame["unit"]) == ["万元", "万元", ""]
    assert frame.iloc[0]["actual"] == Decimal("3.8")
    assert frame.iloc[2]["note"] == "压减会议"


def test_an_indicator_keeps_its_words_and_a_number_where_there_is_one():
    rows = [
        {
            "level1": "output",
            "level2": "quantity",
            "name": "演练场次",
            "nature": "ge",
            "target": 6,
            "actual": 7,
            "unit": "场",
            "weight": 10,
        },
        {"level1": "benefit", "level2": "social", "name": "防灾意识", "nature": "qualitative", "target": "明显提高", "actual": "有提高"},
        {"scope": "防汛演练经费", "level1": "output", "name": "培训人数", "nature": "ge", "target": 50, "applicable": "no"},
    ]
    entries = entries_of(indicators=rows)
    frame = indicators_of(entries, read_cells(entries))
    check_table("indicators", frame, "indicators")
    assert list(frame["scope"]) == ["department", "department", "防汛演练经费"]
    assert list(frame["target"]) == [6, None, 50]
    assert list(frame["target_text"]) == ["6", "明显提高", "50"]
    assert list(frame["applicable"]) == ["yes", "yes", "no"]
    assert frame.iloc[0]["actual_figure"]


def hazard(sector, grade, state):
    return {"sector": sector, "grade": grade, "state": state}


def test_a_hazard_ledger_is_counted_by_trade_and_state():
    facts = facts_of(
        hazards=[
            hazard("mines", "general", "rectified"),
            hazard("mines", "major", "under_way"),
            hazard("mines", "general", "open"),
            hazard("gas", "general", "rectified"),
        ]
    )
    counted = {name: facts["mines", name].value for name in ("hazards_found", "hazards_rectified", "hazards_under_way", "hazards_open")}
    assert counted == {"hazards_found": 3, "hazards_rectified": 1, "hazards_under_way": 1, "hazards_open": 1}
    assert facts["mines", "hazards_major_rectified"].value == 0
    assert ("gas", "hazards_major_rectified") not in facts
    assert facts["mines", "hazards_rectified"].sentence == ("工作表“隐患台账”中行业为“矿山”的，整改状态为“已整改”共 1 项（第 4 至 6 行）")


def test_an_enforcement_ledger_tells_visits_from_units():
    facts = facts_of(
        enforcement=[
            {"sector": "gas", "site": "某燃气站（虚构）", "case": "yes", "fine": 1.5},
            {"sector": "gas", "site": "某燃气站（虚构）", "case": "no"},
            {"sector": "gas", "site": "某充装点（虚构）", "fine": 0.5},
        ]
    )
    wanted = {"visits": 3, "units_inspected": 2, "cases_filed": 1, "fines": Decimal(2)}
    assert {name: facts["gas", name].value for name in wanted} == wanted
    assert facts["gas", "fines"].figure_id.split() == ["f0001", "f0002"]
    assert ("gas", "units_suspended") not in facts


def test_a_disaster_without_a_number_makes_the_sum_a_lower_bound():
    facts = facts_of(
        disasters=[{"date": "2031-06-03", "type": "洪涝", "affected": 500, "loss": 20}, {"date": "2031-07-09", "type": "风雹", "loss": 3}]
    )
    assert (facts["city", "people_affected"].value, facts["city", "people_affected"].qualifier) == (500, "at_least")
    assert (facts["city", "direct_loss"].value, facts["city", "direct_loss"].qualifier) == (23, "exact")
    assert facts["city", "disaster_events"].value == 2
    assert facts["city", "disaster_event"].date == "2031-07-09"


def test_a_typed_number_finds_its_indicator_by_name_and_keeps_its_bound():
    facts = facts_of(
        work=[
            {"area": "training", "sector": "gas", "indicator": "参训人数", "value": 60, "unit": "人", "qualifier": "at_least"},
            {"area": "other", "indicator": "上报信息", "value": 12, "unit": "条"},
        ]
    )
    assert facts["gas", "trained_persons"].qualifier == "at_least"
    assert facts["city", ""].label == "上报信息"
