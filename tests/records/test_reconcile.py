"""Text and sheets side by side: the sheets win, the text fills, disagreements are told. All bodies and numbers are invented."""

from decimal import Decimal

import pytest

from selfeval.reading.document import Document
from selfeval.reading.figures import extract_figures, figures_table
from selfeval.reading.statements import read_statements
from selfeval.records.budget_lines import budget_lines
from selfeval.records.entry_tables import base_data_of, budget_lines_of, indicators_of, read_cells, work_facts_of
from selfeval.records.printed_forms import printed_indicators
from selfeval.records.reconcile import append_findings, reconcile
from selfeval.records.work_facts import work_facts
from selfeval.tables import check_table, make_table
from sheets_at_hand import entries_of

TEXT = """三、一般公共预算支出情况
（一）基本支出情况
基本支出年初预算数100万元，实际支出98.5万元。
（二）项目支出情况
项目支出绩效目标30万元，其中：防汛演练经费绩效目标10万元，实际支出9.5万元，因演练推迟；应急广播建设绩效目标20万元，实际支出18.26万元。
"""
BASIC = {"book": "general_public", "level": "basic_part", "item": "人员经费", "initial": 100, "adjusted": 100, "actual": 98.5}
DRILL = {"book": "general_public", "level": "project", "item": "防汛演练经费", "initial": 10, "adjusted": 12, "actual": 9.5}
RADIO = {"book": "general_public", "level": "project", "item": "应急广播建设", "initial": 20, "adjusted": 20, "actual": 18.264}


def both(text: str = TEXT, **sheets):
    document = Document(text, "report.txt", "txt", "utf-8")
    figures = extract_figures(text)
    spoken = read_statements(document, figures)
    lines = budget_lines(document, figures, spoken)
    facts = work_facts(document, figures, spoken, lines)
    printed = {"figures": figures_table(document, figures), "budget_lines": lines, "work_facts": facts}
    printed["indicators"] = printed_indicators(document, figures)
    entries = entries_of(**sheets)
    cells = read_cells(entries, first=len(figures))
    typed = {
        "figures": cells.table(),
        "budget_lines": budget_lines_of(entries, cells),
        "work_facts": work_facts_of(entries, cells),
        "indicators": indicators_of(entries, cells),
        "base_data": base_data_of(entries, cells),
    }
    merged = reconcile(printed, typed)
    for name, frame in (
        ("budget_lines", merged.lines),
        ("work_facts", merged.facts),
        ("indicators", merged.indicators),
        ("findings", table(merged)),
    ):
        check_table(name, frame, name)
    return merged


def table(merged):
    return append_findings(make_table("findings", []), merged.findings)


def found(merged, verdict):
    return [row["title"] for row in merged.findings if row["verdict"] == verdict]


def line(merged, item):
    return next(row for row in merged.lines.itertuples(index=False) if row.item == item)


def test_the_sheet_wins_and_the_text_fills_what_it_leaves_open():
    drill = line(both(budget=[BASIC, DRILL | {"actual": 9.75}, RADIO]), "防汛演练经费")
    assert (drill.actual, drill.adjusted, drill.target) == (Decimal("9.75"), 12, 10)
    assert drill.reason == "因演练推迟"
    assert drill.source == "table"


def test_a_disagreement_is_a_finding_with_both_numbers_and_both_places():
    merged = both(budget=[BASIC, DRILL | {"actual": 9.75}, RADIO])
    finding = next(row for row in merged.findings if row["verdict"] == "differs")
    assert finding["title"] == "“防汛演练经费”全年执行数：报告与填报表不一致"
    assert (finding["stated"], finding["recomputed"], finding["difference"]) == (Decimal("9.5"), Decimal("9.75"), Decimal("-0.25"))
    assert "防汛演练经费绩效目标10万元" in finding["quote"]
    assert len(finding["figures"].split()) == 2


def test_a_text_that_only_prints_fewer_decimals_is_rounding():
    merged = both(budget=[BASIC, DRILL, RADIO])
    assert found(merged, "differs") == []
    assert found(merged, "rounding") == ["“应急广播建设”全年执行数：报告与填报表只差尾数"]


def test_what_agrees_is_told_once_and_its_figures_count_as_used():
    merged = both(budget=[BASIC, DRILL, RADIO])
    agreed = next(row for row in merged.findings if row["verdict"] == "agrees")
    assert agreed["title"] == "报告与填报表有 3 个数一致"
    assert len(line(merged, "防汛演练经费").actual_figure.split()) == 2


def test_a_whole_disagrees_with_high_weight():
    merged = both(budget=[BASIC | {"actual": 97}, DRILL, RADIO])
    assert [row["severity"] for row in merged.findings if "基本支出" in row["title"]] == ["high"]


def test_a_project_the_sheet_does_not_have_stays_outside_every_sum():
    merged = both(budget=[BASIC, DRILL])
    assert line(merged, "应急广播建设").level == "item"
    assert found(merged, "flag") == ["“应急广播建设”在报告中列为项目，填报表里没有"]


def test_a_book_the_sheet_does_not_have_is_remarked():
    text = TEXT + "四、政府性基金预算支出情况\n政府性基金预算支出55万元。\n"
    assert "报告列有政府性基金预算支出，填报表里没有这一类" in found(both(text, budget=[BASIC, DRILL, RADIO]), "differs")


def test_a_book_is_held_against_the_rows_of_the_sheet():
    text = TEXT + "四、政府性基金预算支出情况\n政府性基金预算支出55万元。\n"
    shelter = {"book": "government_fund", "level": "project", "item": "避难场所", "initial": 0, "adjusted": 60, "actual": 54}
    merged = both(text, budget=[BASIC, DRILL, RADIO, shelter])
    assert "“政府性基金预算”全年执行数：报告与填报表不一致" in found(merged, "differs")
    assert [row.level for row in merged.lines.itertuples() if row.book == "government_fund"] == ["project"]


def test_without_a_budget_sheet_the_text_stands_as_it_is():
    merged = both(hazards=[{"sector": "mines", "grade": "general", "state": "open"}])
    assert set(merged.lines["source"]) == {"text"}


def mines(value, qualifier="exact"):
    return {"area": "hazards", "sector": "mines", "indicator": "排查发现隐患", "value": value, "unit": "处", "qualifier": qualifier}


@pytest.mark.parametrize(("value", "verdict"), [(40, "agrees"), (41, "differs")])
def test_a_fact_of_the_text_is_held_against_the_sheet(value, verdict):
    merged = both("矿山企业排查发现隐患40条。\n", work=[mines(value)])
    assert [row["verdict"] for row in merged.findings] == [verdict]
    rows = merged.facts[(merged.facts["indicator"] == "hazards_found") & (merged.facts["sector"] == "mines")]
    assert list(rows["value"]) == [value]


def test_at_least_forty_and_forty_three_are_no_disagreement():
    assert found(both("矿山企业排查发现隐患40余条。\n", work=[mines(43)]), "differs") == []
    assert found(both("矿山企业排查发现隐患40余条。\n", work=[mines(39)]), "differs") == ["矿山排查发现隐患：报告与填报表不一致"]


def test_a_ledger_comes_before_a_number_typed_for_the_same():
    merged = both("", hazards=[{"sector": "mines", "grade": "general", "state": "open"}], work=[mines(2)])
    assert found(merged, "differs") == ["矿山排查发现隐患：填报数与台账不一致"]
    rows = merged.facts[merged.facts["indicator"] == "hazards_found"]
    assert list(rows["value"]) == [1]


def test_households_and_rooms_are_not_the_same_number():
    text = "全年倒塌房屋16户。\n"
    merged = both(text, disasters=[{"date": "2031-06-03", "type": "洪涝", "houses": 42}])
    assert found(merged, "differs") == []
    assert sorted(merged.facts.loc[merged.facts["indicator"] == "houses_collapsed", "unit"]) == ["户", "间"]


def test_a_head_count_is_held_against_the_base_sheet():
    base = [{"section": "staff", "item": "年末实际在职人数", "actual": 31}]
    assert found(both("本单位现有在职人员33人。\n", base=base), "differs") == ["年末实际在职人数：报告与填报表不一致"]


def test_findings_are_counted_on():
    first = append_findings(make_table("findings", []), [{"severity": "info", "verdict": "agrees", "title": "甲"}])
    assert list(append_findings(first, [{"severity": "low", "verdict": "flag", "title": "乙"}])["finding_id"]) == ["c001", "c002"]


def test_a_number_in_front_of_a_project_makes_no_other_project_of_it():
    text = "二、项目支出情况\n项目支出年初预算10万元，其中：项目01：防汛演练经费年初预算10万元，实际支出9.5万元。\n"
    numbered = DRILL | {"item": "项目01：防汛演练经费"}
    assert found(both(text, budget=[BASIC, numbered]), "flag") == []


PRINTED_FORM = """岚川县图书馆2031年度部门整体支出绩效自评报告

一级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分
产出指标\t新增藏书\t≥1200册\t1260册\t40\t40
产出指标\t开馆天数\t≥330天\t336天\t50\t50
"""


def test_a_number_of_an_indicator_that_form_and_sheet_give_differently_is_told_and_the_sheet_holds():
    books = {"level1": "output", "name": "新增藏书", "nature": "ge", "target": 1200, "actual": 1206, "unit": "册", "weight": 40}
    merged = both(PRINTED_FORM, indicators=[books])
    differs = [row for row in merged.findings if row["verdict"] == "differs"]
    assert [(row["title"], row["stated"], row["recomputed"]) for row in differs] == [
        ("“新增藏书”实际完成值：报告与填报表不一致", 1260, 1206)
    ]
    assert merged.indicators[["name", "actual", "source"]].to_numpy().tolist() == [["新增藏书", 1206, "table"], ["开馆天数", 336, "text"]]
    assert any("2 个数一致" in row["title"] for row in merged.findings)
