"""The chapter on indicators: how far each was reached, what it scores and why, and what a person has to say."""

import re
from decimal import Decimal
from itertools import product

import pytest
from bs4 import BeautifulSoup

from pages import body_of, html_of, invented, line, without_cards
from selfeval import words
from selfeval.judging.assessment import assess
from selfeval.reading.document import Document
from selfeval.tables import make_table
from selfeval.telling import page
from selfeval.telling.page import Report
from selfeval.telling.page.indicators import scores_of, total
from selfeval.telling.page.standing import MET, in_words, indicators_of, score_of, standing
from sheet_pages import INDICATORS, from_sheets, indicator

pytestmark = pytest.mark.usefixtures("without_font")

D = Decimal
DEPARTMENT = "department"


@pytest.fixture(scope="module")
def full() -> Report:
    return from_sheets()


def soup(block) -> BeautifulSoup:
    return BeautifulSoup(block.html, "html.parser")


def prose(block) -> str:
    """The sentences of a block, blanks left out."""
    found = soup(block)
    for other in found(["table", "svg", "figcaption"]):
        other.decompose()
    return re.sub(r"\s+", "", found.get_text())


def rows_of(block, caption: str = "部门整体的绩效指标") -> dict[str, dict[str, str]]:
    """The rows of the first table whose caption begins so: cells by head, rows by their name."""
    found = next(each for each in soup(block).find_all("table") if each.caption.get_text().startswith(caption))
    heads = [head.get_text() for head in found.thead.find_all("th")]
    rows = [[cell.get_text("|", strip=True) for cell in row.find_all(["th", "td"])] for row in found.tbody("tr")]
    shown = [[cell.replace("|", " ").replace("\u00a0", "") for cell in row] for row in rows]
    return {row[0].split("|")[0]: dict(zip(heads, cells, strict=True)) for row, cells in zip(rows, shown, strict=True)}


# ---- a form that the report prints ------------------------------------------------------------------------------------------------------

PRINTED = """岚川县图书馆2031年度部门整体支出绩效自评报告

全年预算400.00万元，全年支出380.00万元，预算执行率95%。
附表1 部门整体支出绩效自评表
一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\t偏差原因
预算执行\t预算执行率\t资金执行\t=100%\t95%\t10\t9.5\t
产出指标\t数量指标\t新增藏书\t≥1200册\t1260册\t40\t40\t
\t\t流动服务点\t≥8个\t6个\t40\t30\t
满意度指标\t服务对象满意度\t读者满意度\t≥90%\t93.5%\t10\t10\t
总分\t\t\t\t\t100\t89.5\t
"""


@pytest.fixture(scope="module")
def printed() -> Report:
    tables = assess(Document(PRINTED, "report.txt", "txt", "utf-8"))
    return Report.of("lanchuan-library", 2031, {"sources": make_table("sources", []), **tables})


def test_a_printed_form_is_shown_with_the_scores_of_the_body_and_none_of_ours(printed):
    chapter = page.indicators_chapter(printed)
    assert rows_of(chapter)["流动服务点"]["自评得分"] == "30"
    assert "单位自评总分89.5分" in prose(chapter)
    assert "模拟测算" not in prose(chapter)
    assert "测算得分" not in rows_of(chapter)["新增藏书"]


def test_of_a_printed_form_what_missed_its_target_without_a_reason_is_named_and_execution_is_not(printed):
    rows = rows_of(page.indicators_chapter(printed))
    assert rows["流动服务点"]["偏差原因"] == "没有说明"
    assert (rows["资金执行"]["偏差原因"], rows["资金执行"]["完成情况"]) == ("—", "—")


def test_every_row_of_a_printed_form_is_shown_so_that_its_figures_lead_there(printed):
    shown = page.indicators_chapter(printed).html
    assert all(f'id="{row.indicator_id}"' in shown for row in printed.indicators)
    assert rows_of(page.indicators_chapter(printed))["总分"]["自评得分"] == "89.5"


# ---- whether there is such a chapter ----------------------------------------------------------------------------------------------------


def test_without_indicators_there_is_no_chapter_and_nothing_leads_to_one():
    report = invented([line(1, "部门整体支出", "total", adjusted=D("10"), actual=D("9"))])
    assert page.indicators_chapter(report).html == ""
    assert "indicators" not in body_of(report)
    assert "绩效指标完成得怎样" not in html_of(report)


def test_with_indicators_the_first_screen_and_the_contents_lead_to_the_chapter(full):
    whole = BeautifulSoup(html_of(full), "html.parser")
    assert whole.select_one(".outcomes a[href='#indicators']")
    assert whole.select_one("nav.toc a[href='#indicators']")
    assert "没有收到填报表" not in whole.select_one("section[aria-labelledby=gaps]").get_text()


# ---- how far they were reached ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("nature", "target", "actual", "told"),
    [
        ("ge", "6", "6", "达到"),
        ("ge", "6", "5.99", "未达到"),
        ("ge", "10", "12.99", "达到"),
        ("ge", "10", "13", "超过 30%"),
        ("gt", "6", "6", "等于指标值"),
        ("gt", "6", "5", "未达到"),
        ("gt", "0", "0", "未达到"),
        ("lt", "6", "6", "等于指标值"),
        ("lt", "6", "7", "未达到"),
        ("eq", "100", "100", "达到"),
        ("le", "5", "5", "达到"),
        ("le", "5", "5.01", "未达到"),
        ("le", "5", "1", "达到"),
        ("eq", "0", "0", "达到"),
        ("eq", "0", "2", "未达到"),
        ("le", "0", "1", "未达到"),
        ("ge", "≥95%", "96%", "达到"),
        ("ge", "6", "", "无法判断"),
        ("", "6", "6", "无法判断"),
        ("qualitative", "明显改善", "改善", "待人判断"),
    ],
)
def test_how_far_an_indicator_was_reached_follows_its_nature(nature, target, actual, told):
    report = from_sheets(indicators=[indicator("output/quantity", "某项", nature, target, actual, "", 10)])
    assert in_words(report, standing(report, report.indicators[0])) == told


@pytest.mark.parametrize(("nature", "target", "actual"), [*product(("ge", "gt", "eq", "le", "lt"), ("0", "6"), ("0", "5", "6", "7"))])
def test_the_page_calls_reached_what_the_score_gives_full_marks_and_nothing_else(nature, target, actual):
    report = from_sheets(indicators=[indicator("output/quantity", "某项", nature, target, actual, "", 10)])
    row = report.indicators[0]
    score = score_of(report, row)
    assert score.weight == 10
    assert (standing(report, row) in MET) == (score.points == score.weight)


@pytest.mark.parametrize(("band", "told"), [("reached", "达到"), ("partly", "部分达到"), ("missed", "未达到")])
def test_a_qualitative_indicator_is_judged_by_the_band_a_person_chose(band, told):
    report = from_sheets(indicators=[indicator("benefit/social", "某项", "qualitative", "好", "好", "", 10, band=band)])
    assert in_words(report, standing(report, report.indicators[0])) == told


def test_what_is_not_assessed_is_neither_reached_nor_missed():
    report = from_sheets(indicators=[indicator("output/quantity", "某项", "ge", 6, 1, "座", 10, applicable="no")])
    assert in_words(report, standing(report, report.indicators[0])) == "不考核"


def test_an_indicator_without_a_weight_is_still_held_against_its_target():
    report = from_sheets(indicators=[indicator("output/quantity", "某项", "ge", 6, 1, "座", None)])
    assert in_words(report, standing(report, report.indicators[0])) == "未达到"


def test_the_row_that_states_the_weight_of_a_level_is_no_indicator():
    report = from_sheets(indicators=[{"level1": "output", "weight": 50}, *INDICATORS[1:3]])
    assert [row.name for row in indicators_of(report, DEPARTMENT)] == ["除险加固小型水库", "改造供水管网"]


def test_the_counts_of_a_sentence_are_those_of_the_table(full):
    chapter = page.indicators_chapter(full)
    assert "8项指标中，4项达到年度指标值，1项超过指标值30%以上，1项部分达到，2项没有达到。" in prose(chapter)
    told = [row["完成情况"] for name, row in rows_of(chapter).items() if name != "预算执行率"]
    assert (len(told), told.count("达到"), told.count("未达到")) == (8, 4, 2)


def test_an_indicator_is_shown_with_sign_value_and_unit_and_leads_to_its_cells(full):
    row = rows_of(page.indicators_chapter(full))["单位管网成本"]
    assert (row["年度指标值"], row["实际完成值"]) == ("≤ 5 万元/公里", "5.5 万元/公里")
    assert row["三级指标"] == "单位管网成本 产出 · 成本"
    shown = without_cards(page.indicators_chapter(full)).find(
        "tr", id=next(r.indicator_id for r in full.indicators if r.name == "单位管网成本")
    )
    led = [full.figure_by_id[link["href"][1:]].text for link in shown.find_all("a") if link["href"][1:] in full.figure_by_id]
    assert led == ["5", "5.5", "10", "10"]


def test_a_missing_reason_is_said_wherever_one_is_asked_for(full):
    rows = rows_of(page.indicators_chapter(full))
    silent = {name for name, row in rows.items() if row["偏差原因"] == "没有说明"}
    assert silent == {"改造供水管网", "单位管网成本", "河道水质改善"}
    assert rows["汛前完工率"]["偏差原因"] == "一座水库汛期停工，已安排冬修"
    assert "“改造供水管网”、“单位管网成本”和“河道水质改善”没有说明偏差原因" in prose(page.indicators_chapter(full))


def test_what_was_aimed_at_in_words_is_quoted(full):
    goal = soup(page.indicators_chapter(full)).select_one("dl.goal").get_text()
    assert "完成年度水利建设和防汛任务" in goal
    assert "各项任务基本完成" in goal


# ---- what they score --------------------------------------------------------------------------------------------------------------------


def test_the_total_is_called_simulated_and_bears_rule_set_and_grade(full):
    told = prose(page.indicators_chapter(full))
    own = total(full)
    assert own.status == "computed"
    assert f"模拟测算总分{own.points}分，等级为{own.grade}" in told
    assert "得分按“全国通用自评规则”模拟测算，不是单位自评得分" in told
    assert f"{own.points} 分" in soup(page.opening(full)).get_text()


def test_a_total_that_cannot_be_had_says_what_is_missing():
    rows = [row for row in INDICATORS if row.get("scope") is None]
    gone = [{key: value for key, value in row.items() if key != "actual"} if row.get("name") == "受益人口" else row for row in rows]
    report = from_sheets(indicators=gone)
    assert "模拟测算总分不可计算（缺" in prose(page.indicators_chapter(report))
    assert "受益人口" in total(report).missing
    assert "模拟测算" not in without_cards(page.opening(report)).get_text()
    assert rows_of(page.indicators_chapter(report))["受益人口"]["测算得分"] == "不可计算"


def test_what_the_body_scored_itself_stands_beside_the_simulation(full):
    row = rows_of(page.indicators_chapter(full))["汛前完工率"]
    assert (row["分值"], row["测算得分"], row["自评得分"]) == ("10", "8.77", "9")
    stated = from_sheets(indicators=[*INDICATORS, {"level1": "total", "stated_score": 95}])
    assert "单位自评总分95分" in prose(page.indicators_chapter(stated))


def test_every_score_leads_to_its_formula_and_its_operands(full):
    chapter = without_cards(page.indicators_chapter(full))
    scored = [row for row in full.scores if row.scope in {DEPARTMENT, "小型水库除险加固", "河道管护"} and row.part != "band"]
    assert len(scored) > 20
    for row in scored:
        shown = chapter.find("tr", id=row.score_id)
        assert row.formula in shown.get_text()
        linked = {link["href"][1:] for link in shown.find_all("a")}
        assert {operand.partition(".")[0] for operand in row.inputs.split()} <= linked
    points = [link for link in chapter.select("td a.n") if link["href"][1:] in {row.score_id for row in scored}]
    ways = {row.score_id: written(row) for row in scored}
    assert [link for link in points if link.get_text().removesuffix(" 分") not in ways[link["href"][1:]]] == []


def written(row) -> set[str]:
    """How the numbers of a score may be written."""
    numbers = {words.number(value) for value in (row.points, row.weight, row.stated_points) if value is not None}
    return numbers | ({words.percent(row.rate)} if row.rate is not None else set())


def test_no_number_of_the_prose_comes_from_nowhere(full):
    chapter = without_cards(page.indicators_chapter(full))
    for known in chapter.select(".n, .gap, svg, table, figcaption, summary, .goal, h2, h3, h4"):
        known.decompose()
    assert re.findall(r"\S*\d+\S*", chapter.get_text().replace("30% 以上", "")) == []


def test_the_chart_of_points_shows_every_part_with_its_weight(full):
    label = soup(page.indicators_chapter(full)).find("svg")["aria-label"]
    parts = [row for row in scores_of(full, DEPARTMENT) if row.part in {"execution", "level1", "total"}]
    assert len(parts) == 5
    for row in parts:
        assert f"{row.points} / {row.weight}" in label


def test_the_sums_do_not_repeat_what_their_caption_says(full):
    sums = next(table for table in soup(page.indicators_chapter(full))("table") if "得分的算法" in table.caption.get_text())
    assert "模拟测算" in sums.caption.get_text()
    assert "模拟测算" not in sums.tbody.get_text()


# ---- projects ---------------------------------------------------------------------------------------------------------------------------


def test_projects_stand_side_by_side_before_they_are_told_one_by_one(full):
    chapter = page.indicators_chapter(full)
    overview = rows_of(chapter, "各项目的指标完成情况")
    assert [*overview][:2] == ["小型水库除险加固", "河道管护"]
    assert overview["小型水库除险加固"]["达到"] == "2"
    assert overview["河道管护"]["测算总分"] == "不可计算"
    assert [heading.get_text() for heading in soup(chapter).select("h4.scope")] == ["小型水库除险加固", "河道管护"]


def test_projects_scored_for_their_budget_alone_stand_beside_the_others(full):
    chapter = page.indicators_chapter(full)
    overview = rows_of(chapter, "各项目的指标完成情况")
    assert [*overview][2:] == ["农村供水管网改造", "山洪灾害监测站点运行维护和预警信息发布", "库区移民后期扶持"]
    assert overview["农村供水管网改造"]["预算执行率得分"] == "10"
    known = {element["id"] for element in soup(chapter).find_all(id=True)}
    assert {row.score_id for row in full.scores if row.part != "band"} <= known


def test_the_tables_of_projects_lead_to_what_is_told_of_each(full):
    whole = BeautifulSoup(html_of(full), "html.parser")
    captions = ("各项目的预算", "各项目的指标完成情况")
    tables = [table for table in whole.find_all("table") if table.caption.get_text().startswith(captions)]
    assert len(tables) == 2
    for table in tables:
        led = {link.get_text(): link["href"][1:] for link in table.select("tbody th a")}
        assert set(led) == {"小型水库除险加固", "河道管护"}
        assert {name: whole.find(id=anchor).get_text() for name, anchor in led.items()} == {name: name for name in led}


def test_many_projects_are_folded():
    rows = [indicator("output/quantity", "数量", "ge", n, n, "项", 90, scope=f"项目{n}") for n in range(1, 41)]
    chapter = soup(page.indicators_chapter(from_sheets(indicators=rows)))
    assert len(chapter.select("section > details.one > summary")) == 40
    assert [each.find_parent("details").summary.get_text() for each in chapter.select(".project")] == [f"项目{n}" for n in range(1, 41)]
    assert [link["href"] for link in chapter.select("th a")][:40] == [f"#project-{n}" for n in range(1, 41)]
    assert len(chapter.find("table").tbody("tr")) == 40


def test_a_project_spelled_otherwise_in_the_budget_has_its_scores():
    budget = [{"book": "general_public", "level": "project", "item": "河道管护（二期）", "adjusted": "10", "actual": "9"}]
    rows = [indicator("output/quantity", "数量", "ge", 2, 2, "项", 90, scope="河道管护 (二期)")]
    report = from_sheets(budget=budget, indicators=rows)
    assert {row.part for row in scores_of(report, "河道管护 (二期)")} == {"execution", "indicator", "level1", "total"}
