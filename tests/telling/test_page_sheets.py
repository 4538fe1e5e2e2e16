"""The page of a body that fills in sheets: every value leads to its cell, and the page says what it was made from."""

import re
from collections import Counter
from dataclasses import replace
from decimal import Decimal

import pytest
from bs4 import BeautifulSoup

from pages import VERSIONS, blocks, body_of, fact, html_of, invented, line, without_cards
from selfeval import words
from selfeval.paths import LOOSE_FILE
from selfeval.tables import make_table
from selfeval.telling import page
from selfeval.telling.hand_in import FORMS, NARRATIVE, WORKBOOK
from selfeval.telling.page import Report
from sheet_pages import BASE, BUDGET, FULL, INDICATORS, LEDGER, from_sheets, sheet_tables, typed
from walks import places_of

pytestmark = pytest.mark.usefixtures("without_font")

D = Decimal
TEXT_LINES = [
    line(1, "部门整体支出", "total", target=D("900"), actual=D("930.2")),
    line(2, "项目支出", "project_total", parent_id="b01"),
    line(3, "河道管护", parent_id="b02", target=D("40"), actual=D("27.3")),
]


@pytest.fixture(scope="module")
def full() -> Report:
    return from_sheets(ruleset="hunan")


@pytest.fixture(scope="module")
def both() -> Report:
    return from_sheets(TEXT_LINES, [fact(1, "hazards_found", "排查发现隐患", sector="water", value=D(180), unit="处")])


@pytest.fixture(scope="module")
def shown(full) -> BeautifulSoup:
    return without_cards(html_of(full))


def soup(block) -> BeautifulSoup:
    return BeautifulSoup(block.html, "html.parser")


def prose(block) -> str:
    """The sentences of a block, blanks left out."""
    found = soup(block)
    for other in found(["table", "svg", "figcaption"]):
        other.decompose()
    return re.sub(r"\s+", "", found.get_text())


def table(block, caption: str) -> dict[str, list[str]]:
    """The rows of the table whose caption begins so, by their first cell."""
    tables = soup(block).find_all("table")
    found = next(each for each in tables if each.caption.get_text().startswith(caption))
    rows = [[cell.get_text(" ", strip=True) for cell in row.find_all(["th", "td"])] for row in found.tbody.find_all("tr")]
    return {row[0]: row[1:] for row in rows}


# ---- every value can be followed --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["full", "both"])
def test_every_link_has_its_target_and_every_anchor_is_its_own(request, name):
    whole = BeautifulSoup(body_of(request.getfixturevalue(name)), "html.parser")
    anchors = Counter(tag["id"] for tag in whole.find_all(id=True))
    assert [anchor for anchor, times in anchors.items() if times > 1] == []
    assert {link["href"] for link in whole.select("a:not(.save)")} - {f"#{anchor}" for anchor in anchors} == set()


def test_every_typed_figure_stands_marked_behind_the_head_of_its_column(shown, full):
    assert len(full.figures) > 80
    places = places_of(shown)
    for figure in full.figures:
        mark = places[figure.figure_id]
        assert (mark.name, mark.get_text()) == ("mark", figure.text)
        assert figure.measure.endswith(mark.find_parent("td")["data-label"])
        assert mark.find_parent("tr").th.get_text() == f"第 {figure.line} 行"


def test_the_list_of_figures_leads_to_cell_and_row(shown, full):
    figure = full.figures[0]
    listed = next(row for row in shown.select(".figures li") if row.a["href"] == f"#{figure.figure_id}")
    place = listed.find("a", string=figure.cell)
    assert shown.find("mark", id=figure.figure_id).find_parent("tr")["id"] == place["href"][1:]


def test_a_value_that_leads_to_a_cell_is_what_the_cell_holds(shown, full):
    cells = {figure.figure_id: figure for figure in full.figures}
    links = [(cells[link["href"][1:]], link.get_text()) for link in shown.select("a.n") if link["href"][1:] in cells]
    assert len(links) > 150
    wrong = [(figure.cell, told) for figure, told in links if D(re.match(r"[\d.]+", told)[0]) != figure.value]
    assert wrong == []


def test_every_operand_of_a_metric_or_score_is_named_with_a_link(shown, full):
    for row in full.budget:
        if row.status == "computed" and row.inputs:
            linked = {link["href"][1:] for link in shown.find("tr", id=re.compile(f"^m-{row.metric}-{row.scope}")).find_all("a")}
            assert {full.anchor(operand.partition(".")[0]) for operand in row.inputs.split()} <= linked


def test_a_sum_over_a_ledger_leads_to_what_was_counted(full):
    fines = next(row for row in full.facts if row.indicator == "fines")
    assert without_cards(page.safety_chapter(full)).find("a", href=f"#{fines.fact_id}", string="4.5 万元")
    assert fines.sentence in soup(page.appendix(full)).find("tr", id=fines.fact_id).get_text()


def test_a_long_ledger_is_cut_short_and_says_so():
    rows = [{**LEDGER[0], "site": f"虚构的企业{n}"} for n in range(300)]
    report = from_sheets(enforcement=rows)
    annex = soup(page.annex(report))
    left = int(re.search(r"另有 (\d+) 行只计入合计", annex.get_text())[1])
    assert len(annex.select("tbody tr")) + left == 300
    anchors = {tag["id"] for tag in BeautifulSoup(body_of(report), "html.parser").find_all(id=True)}
    assert {link["href"][1:] for link in BeautifulSoup(body_of(report), "html.parser").select("a:not(.save)")} <= anchors


def test_a_row_that_something_leads_to_is_never_cut():
    budget = [
        {"book": "general_public", "level": "project", "item": f"项目{n}", "adjusted": str(n), "actual": str(n)} for n in range(1, 90)
    ]
    annex = soup(page.annex(from_sheets(budget=budget)))
    assert len(annex.select("tbody tr")) == 89
    assert "只计入合计" not in annex.get_text()


def test_a_finding_on_a_row_of_a_sheet_is_quoted_with_its_cell(both):
    ids = [row for row in both.findings if row.verdict == "differs"]
    assert ids
    for row in ids:
        article = soup(page.findings_chapter(both)).find("details", id=row.finding_id)
        cells = [both.figure_by_id[figure].cell for figure in row.figures.split() if both.figure_by_id[figure].cell]
        assert all(cell in article.get_text() for cell in cells[:1])
        assert "None" not in article.get_text()


def test_cells_of_one_sheet_name_the_sheet_once():
    budget = from_sheets(budget=BUDGET)
    rests = [figure.figure_id for figure in budget.figures[:3]]
    row = {"finding_id": "c001", "family": "FORM", "severity": "high", "verdict": "differs", "title": "不符", "figures": " ".join(rests)}
    tables = sheet_tables(typed({"budget": BUDGET})) | {"findings": make_table("findings", [row])}
    trace = soup(page.findings_chapter(Report.of("x", 2031, tables))).select_one(".trace").get_text()
    assert trace.count("工作表“预算执行”") == 1
    assert re.findall(r"[A-Z]\d+", trace) == ["E4", "F4", "G4"]


def test_a_contradiction_between_report_and_sheet_is_marked_at_the_sheet_s_value(both):
    contradicted = next(row for row in both.findings if row.verdict == "differs" and "隐患" in row.title)
    sheet = next(figure for figure in contradicted.figures.split() if both.figure_by_id[figure].cell)
    assert both.doubts(sheet) == [contradicted]


# ---- money ------------------------------------------------------------------------------------------------------------------------------


def test_a_budget_that_was_changed_is_told_with_what_it_was_before(full):
    told = prose(page.budget_chapter(full))
    assert (
        "部门整体支出年初预算数916.2万元，调整后全年预算数971.9万元，实际支出935.66万元，是全年预算数的96.27%（官方口径的预算执行率）"
        in told
    )
    assert "原因见分项" in told


def test_a_project_stands_with_the_sources_of_its_money(full):
    rows = table(page.budget_chapter(full), "各项目的预算")
    assert rows["小型水库除险加固"][:3] == ["150", "165.5", "149.8"]
    assert rows["其中：当年财政拨款"][:3] == ["120", "120", "118.6"]
    assert rows["其中：上年结转资金"][:5] == ["30", "45.5", "31.2", "−14.3", "68.57%"]


def test_a_budget_column_that_says_nothing_new_is_left_out():
    rows = [{**row, "initial": row["adjusted"]} for row in BUDGET]
    heads = [head.get_text() for head in soup(page.budget_chapter(from_sheets(budget=rows))).select("table th[scope=col]")]
    assert "全年预算数（万元）" in heads
    assert "年初预算数（万元）" not in heads


def test_the_target_of_a_report_stands_beside_the_budget_of_the_sheet(both):
    rows = table(page.budget_chapter(both), "各项目的预算")
    assert rows["河道管护"][:4] == ["40", "42", "42", "27.3"]
    assert rows["小型水库除险加固"][0] == "—"


def test_money_of_other_books_is_not_said_to_be_missing(full):
    told = prose(page.budget_chapter(full))
    assert "政府性基金预算的支出已列在上面的项目和基本支出里" in told
    assert "没有列出政府性基金" not in told


def test_totals_of_books_stand_in_a_table_of_their_own():
    totals = [{"book": "general_public", "level": "total", "adjusted": "911.9", "actual": "875.66"}]
    chapter = page.budget_chapter(from_sheets(budget=[*BUDGET, *totals]))
    assert table(chapter, "按预算类别列的合计")["一般公共预算合计"] == ["911.9", "875.66", "96.03%"]


def test_the_three_public_expenses_stand_beside_last_year_and_budget(full):
    chapter = page.budget_chapter(full)
    assert table(chapter, "“三公经费”")["公务接待费"] == ["5.6", "5", "4.56"]
    assert "“三公经费”本年决算13.48万元，本年预算14万元，上年决算15.2万元，控制率96.29%，变动率−11.32%。" in prose(chapter)


def test_common_rates_bear_marks_only_where_the_rule_set_gives_them(full):
    marked = table(page.budget_chapter(full), "部门共性指标")
    plain = table(page.budget_chapter(from_sheets()), "部门共性指标")
    name = next(name for name in marked if name.startswith("在职人员控制率"))
    assert marked[name][:2] == ["95.65%", "5 / 5"]
    assert plain[name][0] == "95.65%"
    assert [cell for cells in plain.values() for cell in cells if re.search(r"\d / \d", cell)] == []


def test_a_rate_that_does_not_apply_says_so_and_is_no_gap(full):
    rates = table(page.budget_chapter(full), "部门共性指标")
    assert "无新建项目" in next(cells[0] for name, cells in rates.items() if name.startswith("新建楼堂馆所面积"))


def test_what_is_reckoned_on_one_basis_is_no_gap_of_another(both):
    assert both.gap("projects_net_rate") is not None
    assert both.metric("projects_net_rate") is not None
    assert "净执行率" not in soup(page.gaps_chapter(both)).get_text()


def test_projects_of_nothing_are_listed_and_not_drawn():
    rows = [
        {"book": "general_public", "level": "project", "item": f"项目{n}", "initial": "0", "adjusted": "0", "actual": "0"} for n in (1, 2)
    ]
    chapter = soup(page.budget_chapter(from_sheets(budget=rows)))
    assert chapter.find_all("svg") == []
    assert [row.th.get_text() for row in chapter.find("table").tbody.find_all("tr")] == ["项目1", "项目2"]


# ---- what the page was made from --------------------------------------------------------------------------------------------------------


def test_the_opening_names_what_the_page_was_made_from(full, both):
    opened = {name: prose(page.opening(report)) for name, report in (("full", full), ("both", both), ("text", invented(TEXT_LINES)))}
    assert "根据该单位填报的5张工作表整理" in opened["full"]
    assert "哪个单元格" in opened["full"]
    assert "根据该单位的自评报告和填报的5张工作表整理" in opened["both"]
    assert "根据该单位的自评报告整理" in opened["text"]
    assert "单元格" not in opened["text"]


def test_a_page_made_of_sheets_alone_speaks_of_no_report(full):
    assert "报告没有" not in body_of(full)
    assert "报告没有" in body_of(invented(TEXT_LINES))


def test_the_body_is_called_after_the_card_where_there_is_no_report(full):
    assert soup(page.opening(full)).h1.get_text().startswith("甲县水务局（虚构")


def test_every_file_is_listed_with_what_it_is(both):
    files = table(page.provenance(both, VERSIONS), "收到的文件")
    assert files["report.docx"][0] == words.ROLES["report"]
    assert files["budget.xlsx"][0] == words.ROLES["table"]


def test_files_made_beside_the_page_are_named_only_where_there_are_some(full):
    filed, loose = (soup(page.provenance(report, VERSIONS)).get_text() for report in (full, replace(full, unit=LOOSE_FILE)))
    assert [name for name in (FORMS, NARRATIVE, WORKBOOK) if name not in filed] == []
    assert [name for name in (FORMS, NARRATIVE, WORKBOOK) if name in loose] == []


@pytest.mark.parametrize("sheet", sorted(FULL))
def test_any_sheet_alone_makes_a_page(sheet):
    whole = BeautifulSoup(body_of(from_sheets(**{sheet: FULL[sheet]})), "html.parser")
    assert whole.h1
    assert "None" not in whole.get_text()


def test_nothing_typed_becomes_markup():
    payload = "\"'><script>alert(1)</script><img src=x onerror=alert(2)>{{ 7*7 }}"
    sheets = {
        "budget": [{**row, "item": payload, "reason": payload} for row in BUDGET[:1]],
        "base": [{**row, "note": payload, "unit": payload} for row in BASE[:3]],
        "indicators": [{**row, "name": payload, "unit": payload, "reason": payload, "scope": payload} for row in INDICATORS[1:4]],
        "enforcement": [{**row, "site": payload} for row in LEDGER],
    }
    whole = BeautifulSoup("".join(block.html for block in blocks(from_sheets(**sheets))), "html.parser")
    assert whole.find_all(["script", "img"]) == []
    assert whole.get_text().count("<script>alert(1)</script>") > 10
