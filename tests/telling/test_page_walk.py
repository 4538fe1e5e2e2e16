"""From a figure of the page to its sentence and back, without a script: every step is a link that leads somewhere."""

import re
from decimal import Decimal

import pytest
from bs4 import BeautifulSoup

from bodies import county_water
from pages import body_of, html_of, invented, line, published, without_cards
from selfeval import words
from selfeval.judging.assessment import assess
from selfeval.measuring import compare
from selfeval.reading.document import Document
from selfeval.records.decisions import Correction, Decisions
from selfeval.tables import make_table
from selfeval.telling import web_font
from selfeval.telling.page import Report, annex, appendix, years_chapter
from selfeval.telling.page.origin import origin
from selfeval.telling.web_font import subset_woff2
from sheet_pages import FULL, from_sheets
from walks import marks_reached, places_of, starts, uses_of

pytestmark = pytest.mark.usefixtures("without_font")

TEXT = """例县水务局（虚构）自评报告

一、支出情况
全年部门整体支出绩效目标 400 万元，实际支出 512.5 万元。其中基本支出 310 万元，项目支出 190 万元。
"""


@pytest.fixture(scope="module")
def reports(place_2024) -> dict[str, Report]:
    return {"2024": published(place_2024), "sheets": from_sheets(ruleset="hunan")}


@pytest.fixture(scope="module")
def shown(reports) -> dict[str, BeautifulSoup]:
    return {name: BeautifulSoup(body_of(report), "html.parser") for name, report in reports.items()}


def soup(block) -> BeautifulSoup:
    return BeautifulSoup(block.html, "html.parser")


def assessed(text: str = TEXT, **more: object) -> Report:
    return Report.of("li-water", 2031, assess(Document(text, "report.txt", "txt", "utf-8"), **more))


# ---- there and back ---------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["2024", pytest.param("sheets", marks=pytest.mark.slow)])
def test_twenty_figures_lead_to_their_place_in_the_annex_and_back(shown, name):
    links, places = starts(shown[name]), places_of(shown[name])
    assert len(links) == 20
    for link in links:
        anchor = link["href"][1:]
        reached = marks_reached(places, anchor)
        assert reached, f"{link.get_text()} ({anchor}) leads to no figure"
        mark = min(reached)
        assert places[mark].find_parent(class_="annex")
        back = uses_of(places, mark)
        assert back
        # What rests on the figure leads to it again: the way is open in both directions.
        assert any(mark in marks_reached(places, use) for use in back)


@pytest.mark.parametrize("name", ["2024", "sheets"])
def test_every_link_of_the_page_has_its_target_and_every_anchor_is_its_own(shown, name):
    anchors = [tag["id"] for tag in shown[name].find_all(id=True)]
    assert len(anchors) == len(set(anchors))
    assert {link["href"][1:] for link in shown[name].select("a:not(.save)")} <= set(anchors)


def test_a_metric_leads_to_its_operands_and_they_lead_back(reports, shown):
    places, followed = places_of(shown["2024"]), 0
    for row in reports["2024"].budget:
        if row.status == "computed" and row.scope.startswith("b"):
            for operand in {each.partition(".")[0] for each in row.inputs.split()} & {row.scope}:
                back = [link["href"][1:] for link in places[operand].find_all("a")]
                assert any(anchor.startswith(f"m-{row.metric}-{row.scope}") for anchor in back)
                followed += 1
    assert followed > 30


# ---- findings where the figure stands ---------------------------------------------------------------------------------------------------


def test_figures_of_a_finding_bear_its_mark_and_the_finding_leads_to_its_line(reports, shown):
    places, figures = places_of(shown["2024"]), {figure.figure_id for figure in reports["2024"].figures}
    doubtful = [row for row in reports["2024"].findings if row.verdict in {"differs", "flag"}]
    assert any(row.figures for row in doubtful)
    for row in doubtful:
        for figure in figures & set(row.figures.split()):
            mark = places[figure]
            assert re.match("不符|提示", mark.find_next_sibling("sup").get_text())
            assert row.finding_id in uses_of(places, figure)
        if row.line:
            assert places[row.finding_id].find("a", href=f"#L{row.line}") or row.figures
    lines = {row.line for row in doubtful if row.line and not row.figures}
    for row in doubtful:
        if row.line in lines and not row.figures:
            assert places[f"L{row.line}"].find("a", class_="mark", href=f"#{row.finding_id}")


def test_a_figure_a_finding_only_reckons_with_is_marked_softly():
    findings = [
        {
            "finding_id": "c001", "family": "sum", "severity": "high", "verdict": "differs", "title": "合计不符",
            "message": "…", "figures": "f0103 f0203", "line": 1,
        }
    ]  # fmt: skip
    lines = [line(1, "甲", actual=Decimal(5)), line(2, "乙", actual=Decimal(4))]
    page = soup(annex(invented(lines, findings=findings)))
    assert [tag["class"] for tag in page.select("ol.lines a.mark")] == [["mark"], ["mark", "soft"]]


# ---- corrections, what is not used, what is too long ------------------------------------------------------------------------------------


def test_a_corrected_figure_stands_as_printed_with_the_corrected_value_behind_it():
    entry = Correction("实际支出 512.5 万元", Decimal("512.5"), Decimal(500), "多记一笔", "例某", "2031-03-01")
    page = soup(annex(assessed(decisions=Decisions(corrections=(entry,)))))
    changed = page.find("ins")
    mark = changed.find_previous("mark", id=True)
    assert mark.get_text().replace(" ", "") == "512.5万元"
    assert changed.get_text() == "更正为 500 万元"
    assert "多记一笔（例某，2031-03-01）" in mark.find_next_sibling(class_="uses").get_text()


def test_without_corrections_the_annex_speaks_of_none():
    assert "更正" not in soup(annex(assessed())).get_text()


def test_a_quantity_nobody_uses_says_so_where_it_stands():
    idle = {"line": 1, "text": "17箱", "qualifier": "exact", "kind": "count", "sentence": "收到图书17箱。", "figure_id": "f0001"}
    page = soup(annex(invented(figures=[idle])))
    idle = next(mark for mark in page.select("mark.idle[id]") if mark.get_text().startswith("17"))
    assert idle.find_next_sibling(class_="uses").get_text() == "〔没有用到〕"
    assert "没有任何预算行" in page.p.get_text()


def test_a_very_long_text_is_cut_to_what_something_leads_to_and_says_so():
    report = assessed(TEXT + "这一行没有任何数量，只是说明情况。\n" * 6_000)
    page = soup(annex(report))
    assert re.search(r"共 6003 行，这里只列有数字、有核对结果的行和各级标题，略去 \d+ 行", page.get_text())
    assert len(page.select("ol.lines li")) < 100
    whole = BeautifulSoup(body_of(report), "html.parser")
    assert {link["href"][1:] for link in whole.select("a:not(.save)")} <= {tag["id"] for tag in whole.find_all(id=True)}


def test_many_operands_that_two_metrics_share_are_listed_once():
    lines = [line(n, f"项目{n}", target=Decimal(n), actual=Decimal(n)) for n in range(1, 21)]
    page = soup(appendix(invented(lines)))
    net, capped = (page.find("tr", id=f"m-projects_{name}-projects-target") for name in ("net_rate", "capped_rate"))
    listed = page.find(id=capped.find("a", string=re.compile("项目"))["href"][1:])
    assert "40 个数，与" in capped.get_text()
    assert {f"#b{n:02d}" for n in range(1, 21)} <= {link["href"] for link in listed.find_all("a")}
    assert net is not None


@pytest.mark.slow
def test_a_body_with_forty_projects_still_fits_a_chat_window(monkeypatch):
    monkeypatch.setattr(web_font, "subset_woff2", subset_woff2)
    budget = [
        {"book": "general_public", "level": "project", "item": f"应急能力建设专项经费第{n}期", "adjusted": str(n + 1), "actual": str(n)}
        for n in range(1, 41)
    ]
    assert len(html_of(from_sheets(ruleset="hunan", **{**FULL, "budget": budget})).encode()) < 1_500_000


def test_the_pages_of_a_file_are_named():
    passages = [{"passage_id": f"L{n}", "kind": "line", "line": n, "text": "正文", "page": (n + 1) // 2} for n in range(1, 5)]
    report = invented()
    report.passages.extend(make_table("passages", passages).itertuples(index=False))
    assert [label.get_text() for label in soup(annex(report)).select(".page-label")] == ["第 1 页", "第 2 页"]


def test_the_sheets_of_a_workbook_are_named():
    passages = [{"passage_id": f"L{n}", "kind": "line", "line": n, "text": "正文", "sheet": f"工作表“{n}”"} for n in range(1, 3)]
    report = invented()
    report.passages.extend(make_table("passages", passages).itertuples(index=False))
    assert [label.get_text() for label in soup(annex(report)).select(".page-label")] == ["工作表“1”", "工作表“2”"]


def test_a_source_line_names_each_page_once_before_its_lines():
    rows = [{"figure_id": f"f{n}", "line": n, "page": page} for n, page in ((40, 3), (14, 2), (15, 2))]
    report = Report.of("yunling-emergency", 2031, {"figures": make_table("figures", rows)})
    assert origin(report, ["f40 f14 f15"]).striptags() == "来源：原文第 2 页第 14、15 行、第 3 页第 40 行。"


# ---- every number equals its table value ------------------------------------------------------------------------------------------------


def ways_of_sheets(report: Report) -> dict[str, set[str]]:
    """Every way a typed figure or a score may be written, by the anchor that leads to it."""
    ways: dict[str, set[str]] = {}
    for figure in report.figures:
        ways[figure.figure_id] = {figure.text, *(words.with_unit(words.number(figure.value), unit) for unit in ("", figure.unit, "分"))}
        ways[figure.figure_id] |= {words.money(figure.amount)} if figure.kind == "money" else set()
        ways[figure.figure_id] |= {write(figure.value, figure.unit, figure.qualifier) for write in (words.quantity, words.short_quantity)}
    for row in report.scores:
        numbers = [words.number(value) for value in (row.points, row.weight, row.stated_points) if value is not None]
        ways[row.score_id] = {*numbers, *(words.with_unit(number, "分") for number in numbers)}
        ways[row.score_id] |= {words.percent(row.rate)} if row.rate is not None else set()
    return ways


def test_every_number_of_the_indicators_and_the_base_data_is_that_of_its_table(reports, shown):
    ways = ways_of_sheets(reports["sheets"])
    links = [link for link in shown["sheets"].select("section.chapter:not(.annex) a.n") if link["href"][1:] in ways]
    assert len(links) > 200
    assert [(link["href"], link.get_text()) for link in links if link.get_text() not in ways[link["href"][1:]]] == []


def test_no_number_of_the_prose_on_indicators_and_base_data_leads_nowhere(shown):
    for chapter in shown["sheets"].select("section.chapter[aria-labelledby=indicators], section.chapter[aria-labelledby=money]"):
        loose = [tag.get_text() for tag in chapter.select("p span.n") if not re.fullmatch(r"\d+ 项", tag.get_text())]
        assert loose == []


def test_this_years_number_of_a_comparison_leads_to_the_row_that_holds_it():
    years = county_water()
    now = years.pop(2031)
    changes = {"budget_changes": compare.budget_changes(now, years, 2031), "safety_changes": compare.safety_changes(now, years)}
    report = Report.of("jia-water", 2031, {**now, **changes})
    rows = [row for row in (*report.budget_changes, *report.safety_changes) if row.value is not None]
    written = {words.measured(row.value, row.unit, short=True) for row in rows}
    links = without_cards(years_chapter(report)).select("a.n")
    assert len(links) > 20
    held = {report.anchor(identifier): row for identifier, (_, row) in report.row_by_id.items()}
    for link in links:
        assert link.get_text() in written
        row = held.get(link["href"][1:])
        numbers = {getattr(row, name, None) for name in ("actual", "value", "points")} if row is not None else set()
        shown = {
            words.measured(value, unit, short=True) for value in numbers - {None} for unit in ("", "万元", "分", getattr(row, "unit", ""))
        }
        assert row is None or link.get_text() in shown
