"""The page: what it says follows the tables, every value leads to where it comes from, and nothing of the data becomes markup."""

import itertools
import re
from dataclasses import replace
from decimal import Decimal
from urllib.parse import unquote

import pytest
from bs4 import BeautifulSoup
from nbformat.v4 import new_code_cell, new_markdown_cell, new_output

from pages import blocks, body_of, executed, fact, html_of, invented, line, published, tables
from selfeval import words
from selfeval.exceptions import TableBroken
from selfeval.running.runner.rendering import render
from selfeval.running.stages import EARLIER, STAGES
from selfeval.telling import page
from selfeval.telling.page import Report
from selfeval.telling.page.markup import said
from selfeval.telling.page.report import TABLES, metric_anchor
from selfeval.telling.page.uses import QUANTITIES
from walks import places_of, uses_of

pytestmark = pytest.mark.usefixtures("without_font")

D = Decimal
PAYLOAD = "\"'><script>alert(1)</script><img src=x onerror=alert(2)>{{ 7*7 }}{% raw %}"


@pytest.fixture(scope="module")
def report_2024(place_2024) -> Report:
    return published(place_2024)


@pytest.fixture(scope="module")
def html_2024(report_2024) -> str:
    return html_of(report_2024)


@pytest.fixture(scope="module")
def page_2024(html_2024) -> BeautifulSoup:
    return BeautifulSoup(html_2024, "html.parser")


def soup(block) -> BeautifulSoup:
    return BeautifulSoup(block.html, "html.parser")


def text(block) -> str:
    return soup(block).get_text(" ", strip=True)


def sentences(block) -> str:
    """The prose of a block without its tables, charts and quotes, blanks left out."""
    found = soup(block)
    for other in found.select("table, svg, blockquote, figcaption, .sheets"):
        other.decompose()
    return re.sub(r"\s+", "", found.get_text())


def projects(block) -> dict[str, BeautifulSoup]:
    """The rows of the table of projects by their names."""
    table = next(table for table in soup(block).find_all("table") if table.caption.get_text().startswith("各项目"))
    return {row.th.get_text(): row for row in table.tbody.find_all("tr")}


TOTAL = line(1, "部门整体支出", "total", target=D("400"), actual=D("500"))
PROJECTS = [
    TOTAL,
    line(2, "项目支出", "project_total", parent_id="b01"),
    line(3, "基本支出", "basic", parent_id="b01", target=D("300"), actual=D("310.5")),
    line(4, "装备更新", parent_id="b02", target=D("60"), actual=D("66.6"), reason="价格上涨"),
    line(5, "村级培训", parent_id="b02", target=D("40"), actual=D("30")),
]


# ---- a page for readers -----------------------------------------------------------------------------------------------------------------


def test_the_page_is_called_by_body_and_year(page_2024, report_2024):
    assert page_2024.title.string == f"{report_2024.body} {report_2024.year} 年度整体支出绩效自评核读"
    assert page_2024.html["lang"] == "zh-CN"


def test_a_report_without_an_issuer_goes_by_its_slug():
    report = Report.of("yunling-emergency", 2031, tables(issuer=""))
    assert report.body == "yunling-emergency"
    assert "yunling-emergency" in soup(page.opening(report)).h1.get_text()


def test_the_page_asks_for_nothing_and_runs_nothing(html_2024, page_2024):
    first = page_2024.head.find(True)
    assert first["http-equiv"] == "Content-Security-Policy"
    assert first["content"] == (
        "default-src 'none'; img-src data:; style-src 'unsafe-inline'; font-src data:; base-uri 'none'; form-action 'none'"
    )
    assert page_2024.find_all(["script", "link", "iframe", "object", "embed", "form", "img", "base"]) == []
    assert [tag.name for tag in page_2024.find_all(True) for name in tag.attrs if name.startswith("on")] == []
    assert set(re.findall(r"https?://[^\"'\s<]+", unquote(html_2024))) <= {"http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"}


def test_the_page_is_small_enough_for_a_chat_window(html_2024):
    assert len(html_2024.encode()) < 1_500_000


def test_the_page_shows_no_code_no_prompt_and_no_stderr(report_2024):
    notebook = executed([page.opening(report_2024)])
    notebook.cells[0].outputs.append(new_output("stream", name="stderr", text="Traceback"))
    notebook.cells[0].outputs.append(new_output("stream", name="stdout", text="printed"))
    notebook.cells.append(new_code_cell("other_code()", outputs=[new_output("display_data", data={"text/html": "<p>shown</p>"})]))
    notebook.cells.append(new_markdown_cell("# 写给分析员的话"))
    shown = BeautifulSoup(render(notebook, "x"), "html.parser").body.get_text()
    assert "shown" in shown
    assert not [word for word in ("secret_code", "other_code", "Traceback", "printed", "写给分析员的话", "In [", "Out[") if word in shown]


def test_headings_go_down_one_level_at_a_time(page_2024):
    levels = [int(heading.name[1]) for heading in page_2024.find_all(re.compile("^h[1-6]$"))]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert [pair for pair in itertools.pairwise(levels) if pair[1] > pair[0] + 1] == []


def test_the_contents_lead_to_every_chapter_and_section(page_2024):
    listed = [link["href"].removeprefix("#") for link in page_2024.select("nav.toc a")]
    headed = [heading["id"] for heading in page_2024.find_all(["h2", "h3"]) if "card-title" not in heading.get("class", [])]
    assert listed == headed
    assert page_2024.select_one("a.skip")["href"] == "#main"


def test_tables_say_what_their_heads_are_for(page_2024):
    assert page_2024.find_all("table")
    for table in page_2024.find_all("table"):
        assert table.caption.get_text(strip=True)
        assert {head["scope"] for head in table.thead.find_all("th")} == {"col"}
        assert all(row.find(True)["scope"] == "row" for row in table.tbody.find_all("tr"))
        assert {len(row.find_all(["th", "td"])) for row in table.find_all("tr")} == {len(table.thead.find_all("th"))}


def test_every_chart_can_be_saved_as_a_file_called_by_what_it_shows(page_2024):
    charts = page_2024.select("figure.chart")
    links = [chart.select("a.save") for chart in charts]
    assert [len(found) for found in links] == [1] * len(charts)
    assert all(link["href"].startswith("data:image/svg+xml;charset=utf-8,%3Csvg ") for (link,) in links)
    names = [link["download"] for (link,) in links]
    assert "支出构成图.svg" in names
    assert len({*names}) == len(names)


def test_every_chart_says_what_it_shows(page_2024):
    charts = page_2024.find_all("svg")
    assert len(charts) >= 7
    assert all(chart["role"] == "img" and len(chart["aria-label"]) > 10 for chart in charts)


# ---- every number can be followed -------------------------------------------------------------------------------------------------------


def test_every_link_has_its_target_and_every_anchor_is_its_own(page_2024):
    anchors = [tag["id"] for tag in page_2024.find_all(id=True)]
    assert len(anchors) == len(set(anchors))
    assert {link["href"] for link in page_2024.select("a:not(.save)")} <= {f"#{anchor}" for anchor in anchors}


def as_printed(line) -> str:
    """A line of the annex without what the page adds to it."""
    bare = BeautifulSoup(str(line), "html.parser")
    for added in bare.select(".uses, sup, ins"):
        added.decompose()
    return bare.get_text()


def test_every_figure_stands_marked_in_its_sentence(page_2024, report_2024):
    marked = [figure for figure in report_2024.figures if figure.used_by or figure.kind in QUANTITIES]
    assert len(marked) > 130
    places = places_of(page_2024)
    for figure in marked:
        mark = places[figure.figure_id]
        assert (mark.name, mark.get_text()) == ("mark", figure.text)
        line = mark.find_parent("li")
        assert (line["id"], line["value"]) == (f"L{figure.line}", str(figure.line))
        assert figure.sentence in as_printed(line)


def test_the_annex_is_the_text_line_by_line(page_2024, report_text):
    lines = {int(line["value"]): as_printed(line) for line in page_2024.select(".annex ol.lines > li")}
    wanted = {number: line.strip() for number, line in enumerate(report_text.split("\n"), start=1) if line.strip()}
    assert lines == wanted


def test_a_figure_leads_back_to_everything_that_uses_it(page_2024, report_2024):
    places, followed = places_of(page_2024), 0
    for figure in report_2024.figures:
        if figure.used_by:
            assert set(figure.used_by.split()) <= {*uses_of(places, figure.figure_id)}
            followed += len(figure.used_by.split())
    assert followed > 100


def test_what_nobody_uses_is_marked_otherwise(page_2024, report_2024):
    idle = {figure.figure_id for figure in report_2024.figures if not figure.used_by and figure.kind in QUANTITIES}
    assert {mark["id"] for mark in page_2024.select(".annex mark.idle[id]")} == idle
    used = {figure.figure_id for figure in report_2024.figures if figure.used_by}
    assert {mark["id"] for mark in page_2024.select(".annex mark[id]:not(.idle)")} == used


# What counts of rows lead to: the chapter that lists them.
CHAPTERS = {"accounts", "appendix-figures", "appendix-tables", "source", "work-hazards", "indicators", "accounts-wrong"}


def allowed(report: Report) -> dict[str, set[str]]:
    """Every way a table value may be written, by the anchor that leads to it."""
    ways: dict[str, set[str]] = {}
    for row in (*report.budget, *report.safety):
        own = ways.setdefault(metric_anchor(row), set())
        if row.status == "computed":
            own |= {
                words.measured(value, row.unit, row.note, short=short) for value in (row.value, abs(row.value)) for short in (False, True)
            }
            own |= {words.signed(row.value, row.unit), words.signed(row.value)}
            # Hazards that are unaccounted for are counted as those that were found are.
            own |= {words.measured(row.value, unit) for unit in ("条", "处", "个") if row.metric == "hazards_unaccounted"}
    for row in report.lines:
        for column in ("target", "initial", "adjusted", "actual"):
            value = getattr(row, column)
            for figure in getattr(row, f"{column}_figure").split():
                ways.setdefault(figure, set()).update({words.money(value), words.number(value)})
    for row in report.facts:
        own = ways.setdefault(row.figure_id, set())
        own |= {"无", f"无{row.label}"} if row.value == 0 and not row.unit else set()
        own |= {words.date(row.date)} if row.date else set()
        if row.value is not None:
            own |= {write(row.value, row.unit, row.qualifier) for write in (words.quantity, words.short_quantity)}
            own |= {words.number(row.value), words.quantity(row.value, row.unit)} if row.qualifier.startswith("range") else set()
    for row in report.figures:
        ways.setdefault(row.figure_id, set()).add(row.text)
    for row in report.findings:
        if row.difference is not None:
            ways.setdefault(row.finding_id, set()).add(words.measured(abs(row.difference), row.unit))
    return ways


def test_every_value_of_the_page_equals_the_table_value_it_leads_to(page_2024, report_2024):
    ways = allowed(report_2024)
    values = [(link["href"].removeprefix("#").rpartition("--")[2], link.get_text()) for link in page_2024.select("a.n")]
    values = [(anchor, shown) for anchor, shown in values if anchor in ways or anchor not in CHAPTERS]
    assert len(values) > 300
    assert [(anchor, shown) for anchor, shown in values if shown not in ways.get(anchor, set())] == []


def test_no_number_of_the_prose_comes_from_nowhere(page_2024):
    """What is left when values, quotes, tables and captions are taken away holds no digits but those of fixed words."""
    for chapter in BeautifulSoup(str(page_2024), "html.parser").select(
        "section.summary, section.chapter[aria-labelledby=money], section.chapter[aria-labelledby=work]"
    ):
        for known in chapter.select(
            ".n, .gap, blockquote, svg, table, figcaption, .formula, h2, h3, .doubts, small, .said, .lead, .sheets, summary"
        ):
            known.decompose()
        left = re.sub(r"\d+%", "", chapter.get_text())
        fixed = re.sub(r"“[^”]*”\s*第 \d+ 行|\d+ 个领域列出了|其中 \d+ 个单列|另外 \d+ 个领域", "", left)
        assert re.findall(r"\S*\d+\S*", fixed) == []


def test_counts_of_findings_are_counts_of_rows(page_2024, report_2024):
    tally = {item["class"][0]: int(item.find(class_="n").get_text()) for item in page_2024.select(".tally li")}
    assert tally == {verdict: sum(row.verdict == verdict for row in report_2024.findings) for verdict in words.VERDICTS}
    assert {entry["id"] for entry in page_2024.select("details.finding")} == {row.finding_id for row in report_2024.findings}


def _linked(page, row) -> set[str]:
    """Where a metric's row leads: to its operands, or to the row of a metric above that lists the same ones."""
    linked = {link["href"].removeprefix("#") for link in row.find_all("a")}
    above = row.find("a", href=re.compile("^#m-")) if "个数，与" in row.get_text() else None
    return linked | _linked(page, page.find("tr", id=above["href"].removeprefix("#"))) if above else linked


def test_every_metric_stands_in_the_appendix_with_formula_and_operands(page_2024, report_2024):
    for row in (*report_2024.budget, *report_2024.safety):
        shown = page_2024.find("tr", id=metric_anchor(row))
        assert row.formula in shown.get_text()
        assert {operand.split(".")[0] for operand in row.inputs.split()} <= _linked(page_2024, shown)
        if row.status == "not_computable":
            assert words.not_computable(row.missing) in shown.get_text()


def test_figures_nobody_uses_are_counted_and_shown():
    report = invented(
        figures=[
            {
                "figure_id": "f0001",
                "line": 1,
                "section": "",
                "text": "17台",
                "value": D(17),
                "qualifier": "exact",
                "kind": "count",
                "sentence": "设备17台。",
            }
        ]
    )
    assert "没有被任何预算行、工作事实或核对用到的1个数量17台" in sentences(page.appendix(report))


# ---- the page follows the tables --------------------------------------------------------------------------------------------------------


def test_the_three_aggregates_stand_side_by_side_on_2024(report_2024):
    shown = [item.find(class_="figure").get_text() for item in soup(page.budget_chapter(report_2024)).select(".aggregates li")]
    assert shown == ["99.71%", "90.48%", "18.74%"]


def test_what_2024_leaves_open_is_said_on_the_first_screen(report_2024):
    said = sentences(page.opening(report_2024))
    for words_ in (
        "2381.37万元",
        "289.95%",
        "1324.92万元",
        "39.88万元",
        "未发生生产安全事故",
        "42.65%",
        "整改中68条，另有53条没有交代去向",
        "无人员伤亡",
    ):
        assert words_ in said


def test_a_lower_bound_is_never_shown_as_exact(report_2024):
    said = sentences(page.safety_chapter(report_2024))
    assert "罚款至少142.8万元" in said
    assert "罚款142.8万元" not in said


@pytest.mark.parametrize(("actual", "words_"), [("500", "超出100万元"), ("380", "少用20万元"), ("400", "是绩效目标的100.00%。")])
def test_a_deviation_is_said_as_more_or_less(actual, words_):
    changed = {**TOTAL, "actual": D(actual)}
    assert words_ in sentences(page.budget_chapter(invented([changed])))


def test_the_page_reads_metrics_and_does_not_reckon_them():
    made = tables(PROJECTS)
    rate = (made["budget_metrics"]["metric"] == "execution_rate") & (made["budget_metrics"]["scope"] == "b01")
    made["budget_metrics"].loc[rate, "value"] = D("0.777")
    assert "是绩效目标的77.70%" in sentences(page.budget_chapter(Report.of("x", 2031, made)))


def test_a_changed_amount_changes_everything_that_rests_on_it():
    before, after = (body_of(invented([*PROJECTS[:4], {**PROJECTS[4], "actual": D(value)}])) for value in ("30", "31.25"))
    assert "31.25" not in before
    assert after.count("31.25") >= 4  # table, both charts, appendix
    assert "78.13%" in after
    assert "75.00%" not in after


def test_a_reason_is_quoted_and_its_absence_is_said():
    rows = {name: row.get_text(" ") for name, row in projects(page.budget_chapter(invented(PROJECTS))).items()}
    assert "价格上涨" in rows["装备更新"]
    assert "没有说明" in rows["村级培训"]


def test_the_official_budget_column_is_taken_where_it_is_printed():
    lines = [{**row, "adjusted": row["target"] * 2, "adjusted_figure": "f8888"} for row in PROJECTS if "target" in row]
    said = sentences(page.budget_chapter(invented(lines, figures=[])))
    assert "部门整体支出全年预算数800万元" in said
    assert "是全年预算数的62.50%" in said


@pytest.mark.parametrize(
    ("states", "words_"),
    [
        ({}, "矿山：排查发现隐患40条；燃气：排查发现隐患40条；没有单列整改数"),
        ({"mines": "30"}, "2个领域列出了排查出的隐患，其中1个单列了整改数：矿山排查40条，整改30条，整改率75.00%"),
        (
            {"mines": "30", "gas": "40"},
            "2个领域列出了排查出的隐患，都单列了整改数：矿山排查40条，整改30条，整改率75.00%；燃气排查40条，整改40条，整改率100.00%",
        ),
    ],
)
def test_who_reports_what_became_of_hazards_is_said(states, words_):
    facts = [
        fact(n, "hazards_found", "排查发现隐患", sector=trade, value=D(40), unit="条") for n, trade in enumerate(("mines", "gas"), start=1)
    ]
    facts += [
        fact(n, "hazards_rectified", "已整改隐患", sector=trade, value=D(value), unit="条")
        for n, (trade, value) in enumerate(states.items(), 3)
    ]
    assert words_ in sentences(page.safety_chapter(invented(facts=facts)))


def test_the_only_trade_is_told_of_by_its_name_and_rate():
    counted = (("hazards_found", "排查发现隐患", 40), ("hazards_rectified", "已整改隐患", 30))
    report = invented(facts=[fact(n, *named, value=D(value), unit="条") for n, (*named, value) in enumerate(counted, start=1)])
    assert "排查40条，整改30条，整改率75.00%" in sentences(page.safety_chapter(report))
    assert "排查40条，整改30条，整改率75.00%" in sentences(page.opening(report))


def test_the_first_screen_names_the_results_of_three_trades_and_leaves_the_rest_to_the_chapter():
    trades = ("mines", "gas", "fire", "school")
    facts = [fact(n, "hazards_found", "排查发现隐患", sector=trade, value=D(40), unit="条") for n, trade in enumerate(trades, 1)]
    facts += [fact(n, "hazards_rectified", "已整改隐患", sector=trade, value=D(30), unit="条") for n, trade in enumerate(trades, 5)]
    report = invented(facts=facts)
    assert "校园" not in sentences(page.opening(report))
    assert "其余见正文" in sentences(page.opening(report))
    assert "校园排查40条，整改30条，整改率75.00%" in sentences(page.safety_chapter(report))


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("5%", "净执行率 5%"),
        ("不可计算", "净执行率不可计算"),
        (said("<b>{}</b>", "至少 3 人"), "净执行率<b>至少 3 人</b>"),
        ("<", "净执行率 &lt;"),
    ],
)
def test_a_blank_before_a_value_is_for_digits(value, shown):
    assert said("净执行率 {}", value) == shown


@pytest.mark.parametrize(
    ("value", "shown"),
    [("5%", "仍有 5% 没有着落"), (said("<a>{}</a>", "5 万元（占 2%）"), "仍有 <a>5 万元（占 2%）</a>没有着落")],
)
def test_a_blank_behind_a_value_is_for_digits(value, shown):
    assert said("仍有 {} 没有着落", value) == shown


def test_why_three_sums_cannot_be_computed_is_said_once():
    lines = [line(1, "部门整体支出", "total", target=D(9), actual=D(8)), line(2, "甲项目", target=D(4)), line(3, "乙项目", target=D(5))]
    chapter = page.budget_chapter(invented(lines))
    assert "净执行率、封顶加权执行率和总偏差率不可计算" in sentences(chapter)
    assert not soup(chapter).select(".aggregates")


def test_dates_of_disasters_stand_behind_their_kind():
    events = [("洪涝", "6.13"), ("风雹", "4.03"), ("洪涝", "7.02")]
    facts = [fact(n, "disaster_event", kind, "disasters", date=date) for n, (kind, date) in enumerate(events, start=1)]
    captions = " ".join(found.get_text() for found in soup(page.safety_chapter(invented((), facts))).select("figcaption"))
    assert "洪涝6月13日、7月2日；风雹4月3日。" in captions


def has_bars(*values: int) -> bool:
    trades = ("mines", "gas", "fire")
    fines = [fact(n, "fines", "罚款", "enforcement", trades[n], value=D(value), unit="万元") for n, value in enumerate(values)]
    return bool(soup(page.safety_chapter(invented((), fines))).svg)


def test_bars_of_nothing_but_noughts_are_not_drawn():
    assert has_bars(0, 3)
    assert not has_bars(0, 0)


def test_a_single_bar_is_a_sentence():
    assert not has_bars(3)


def test_a_page_without_material_promises_none():
    shown = BeautifulSoup(html_of(invented()), "html.parser")
    assert shown.select_one("#source").get_text() == "收到的材料"
    assert "没有读到数量" in shown.select_one(".lead").get_text()
    assert "不是该单位发布的文件" in shown.select_one(".lead").get_text()
    assert shown.select_one(".verdict").get_text() == "没有可以核对的数字。"


def test_a_chapter_that_is_not_there_is_said_to_be_missing(page_2024):
    told = page_2024.select_one("section[aria-labelledby=gaps]").get_text()
    assert "没有以前年度的表，不能与往年比" in told
    assert "没有收到填报表“绩效指标”" in told
    assert not page_2024.select_one("#years, #indicators")


def test_the_first_screen_says_whose_page_it_is_and_leads_to_more(page_2024):
    link = page_2024.select_one(".lead a[href='#terms']")
    assert "不是该单位发布的文件" in link.get_text()
    assert "不代表任何部门的意见" in page_2024.find(id="terms").parent.get_text()


def test_every_name_to_decide_by_is_explained(page_2024):
    assert "核对编码" in page_2024.select_one("details.finding").get_text()
    assert "核对编码" in [term.get_text() for term in page_2024.select("dl.terms dt")]


def test_a_denominator_of_nought_is_not_called_missing():
    chapter = text(page.gaps_chapter(invented([line(1, "部门整体支出", "total", adjusted=D(0), actual=D(0))])))
    assert "全年预算数（调整后预算）为0，不能作分母" in chapter


def test_a_mark_bears_the_number_of_its_finding(page_2024):
    numbers = {entry["id"]: entry.select_one("[data-number]")["data-number"] for entry in page_2024.select("details.finding")}
    assert [*map(int, numbers.values())] == list(range(1, len(numbers) + 1))
    marks = page_2024.select("a.mark[data-number]")
    assert len(marks) > 20
    assert [mark for mark in marks if numbers[mark["href"].removeprefix("#").rpartition("--")[2]] != mark["data-number"]] == []


def test_words_that_a_reader_may_not_know_are_explained(page_2024):
    explained = page_2024.select_one("section[aria-labelledby=terms]").get_text()
    assert all(term in explained for term in ("全年预算数", "执行率", "整改率", "≥", "未列", "不可计算"))
    assert "模拟测算" not in explained


def test_the_two_ends_of_a_range_stand_together():
    ends = [("range_low", "2"), ("range_high", "4")]
    facts = [
        fact(n, "township_staff", "监管人员", "accountability", value=D(v), unit="名", qualifier=q, source="table")
        for n, (q, v) in enumerate(ends, 1)
    ]
    assert "监管人员 2 至 4 名" in re.sub(r"\s+", " ", text(page.safety_chapter(invented(facts=facts))))


def test_what_stands_twice_is_shown_once():
    facts = [fact(n, "cases_filed", "立案", "enforcement", "industry", value=D(9), unit="起") for n in (1, 2)]
    table = soup(page.safety_chapter(invented(facts=facts))).find("table")
    assert table.tbody.get_text(" ", strip=True) == "工贸 9 起"


def test_a_statement_of_no_accident_is_quoted_and_not_counted():
    stated = fact(1, "accidents_none", "“未发生事故”的陈述", "safety_outcome", value=D(0), unit="", sentence="辖区未发生较大事故。")
    chapter = soup(page.safety_chapter(invented(facts=[stated])))
    assert chapter.select_one(".said").get_text() == "“辖区未发生较大事故。”"
    assert chapter.find(id="work-outcome")


def finding(number: int, severity: str = "high", verdict: str = "differs", **columns: object) -> dict[str, object]:
    texts = {"title": f"第{number}项", "message": f"说明{number}", "quote": f"原话{number}"}
    return {"finding_id": f"c{number:03d}", "family": "sum", "severity": severity, "verdict": verdict, "line": number, **texts, **columns}


def test_findings_stand_weightiest_first():
    given = [finding(1, "low"), finding(2, "high", "flag"), finding(3, "medium"), finding(4, "high")]
    order = [entry["id"] for entry in soup(page.findings_chapter(invented(findings=given))).select("details.finding")]
    assert order == ["c004", "c002", "c003", "c001"]


def test_a_doubtful_figure_is_marked_where_it_stands():
    wrong = finding(1, figures="f0403 f0503")
    rows = projects(page.budget_chapter(invented(PROJECTS, findings=[wrong])))
    marked = [name for name, row in rows.items() if row.find("a", href="#budget--c001")]
    assert marked == ["装备更新"]


def test_what_a_body_has_answered_stands_with_the_finding():
    answered = finding(1, acknowledged="口径不同，已附说明")
    assert "口径不同，已附说明" in text(page.findings_chapter(invented(findings=[answered])))


def test_an_undecided_difference_shows_the_mark_it_can_be_acknowledged_by():
    shown = page.findings_chapter(
        invented(findings=[finding(1, fingerprint="0a1b2c3d4e5f"), finding(2, "low", "flag", fingerprint="ffffffffffff")])
    )
    assert "0a1b2c3d4e5f" in text(shown)
    assert "ffffffffffff" not in text(shown)


# ---- any data ---------------------------------------------------------------------------------------------------------------------------


def test_a_report_with_nothing_in_it_says_so_and_draws_nothing():
    made = tables()
    made["budget_metrics"], made["safety_metrics"] = made["budget_metrics"].iloc[:0], made["safety_metrics"].iloc[:0]
    whole = BeautifulSoup(body_of(Report.of("yunling-emergency", 2031, made)), "html.parser")
    assert whole.find_all("svg") == []
    said = whole.get_text()
    for words_ in (
        "没有读到部门整体",
        "没有列出工作数量",
        "没有可以核对",
    ):
        assert words_ in said


def test_of_many_projects_those_furthest_beside_their_budget_are_drawn():
    lines = [line(n, f"项目{n}", target=D(40), actual=D(n)) for n in range(1, 41)]
    chapter = soup(page.budget_chapter(invented(lines)))
    drawn = {text.get_text() for text in chapter.select("figure .wide svg text")}
    assert {name for name in drawn if name.startswith("项目")} == {f"项目{n}" for n in range(1, 7)}
    assert "只画离绩效目标最远的 6 个项目（共 40 个）" in chapter.figcaption.get_text()
    assert len(chapter.find("table").tbody.find_all("tr")) == 40


def test_missing_and_zero_amounts_are_told_apart():
    lines = [line(1, "甲", target=D(0), actual=D("4")), line(2, "乙", target=D("4")), line(3, "丙", target=D("5"), actual=D(0))]
    rows = {
        row.th.get_text(): row.get_text(" ", strip=True)
        for row in soup(page.budget_chapter(invented(lines))).find("table").tbody.find_all("tr")
    }
    assert "未列" not in rows["甲"]
    assert "未列" in rows["乙"]
    assert "0.00%" in rows["丙"]


def test_composition_counts_no_money_twice():
    """Books and kinds of expenditure divide the same total twice; only one division is drawn."""
    lines = [
        line(1, "部门整体支出", "total", actual=D("100")),
        line(2, "一般公共预算", "fund", parent_id="b01", actual=D("70")),
        {**line(3, "政府性基金", "fund", parent_id="b01", actual=D("30")), "book": "government_fund"},
        line(4, "基本支出", "basic", parent_id="b01", actual=D("40")),
        line(5, "项目支出", "project_total", parent_id="b01", actual=D("60")),
    ]
    label = soup(page.budget_chapter(invented(lines))).find("svg")["aria-label"]
    assert "基本支出 40 万元，项目支出 60 万元" in label
    assert "一般公共预算" not in label


def test_a_long_list_is_cut_and_leads_to_the_whole():
    facts = [fact(n, f"score{n}", f"得分{n}", "scoring", value=D(n), unit="分", source="table") for n in range(1, 31)]
    shown = text(page.safety_chapter(invented(facts=facts)))
    assert "得分12" in shown
    assert "得分13" not in shown
    assert "另有 18 项" in shown


def hostile() -> Report:
    """A report in which every text is an attack."""
    lines = [{**row, "item": PAYLOAD, "reason": PAYLOAD} for row in PROJECTS]
    facts = [fact(1, "hazards_found", PAYLOAD, value=D(3), unit=PAYLOAD, sentence=PAYLOAD, sector=PAYLOAD)]
    facts += [fact(2, "disaster_event", PAYLOAD, "disasters", date="3.05"), fact(3, "x", PAYLOAD, "other", value=D(1), unit="个")]
    facts += [fact(4, "accidents_none", PAYLOAD, "safety_outcome", value=D(0), unit="", sentence=PAYLOAD)]
    findings = [
        finding(1, title=PAYLOAD, message=PAYLOAD, quote=PAYLOAD, acknowledged=PAYLOAD, unit=PAYLOAD, difference=D(1), figures="f0001")
    ]
    figures = [
        {
            "figure_id": "f0001",
            "line": 1,
            "section": f"{PAYLOAD} › {PAYLOAD}",
            "text": PAYLOAD,
            "value": D(1),
            "qualifier": "exact",
            "kind": "money",
        }
    ]
    figures = [{**row, "measure": PAYLOAD, "sentence": f"前{PAYLOAD}后"} for row in figures]
    made = tables(lines, facts, findings, figures, issuer=PAYLOAD)
    for column in ("title", "note", "published", "obtained", "name", "kind", "encoding"):
        made["sources"][column] = PAYLOAD
    return replace(Report.of("yunling-emergency", 2031, made), unit=PAYLOAD)


def test_nothing_of_the_data_becomes_markup():
    whole = BeautifulSoup(body_of(hostile()), "html.parser")
    assert whole.find_all(["script", "img"]) == []
    assert [tag for tag in whole.find_all(True) if any(name.startswith("on") for name in tag.attrs)] == []
    shown = whole.get_text()
    assert shown.count("<script>alert(1)</script>") > 20
    assert "49" not in re.sub(r"\d{3,}", "", shown.replace("7*7", ""))


def test_the_same_report_gives_the_same_bytes():
    assert body_of(invented(PROJECTS)) == body_of(invented(PROJECTS))


def test_what_a_notebook_shows_of_a_block_names_no_place_in_memory(report_2024):
    assert [repr(block) for block in blocks(report_2024) if " at 0x" in repr(block)] == []
    assert "钱怎么花的" in repr(page.budget_chapter(report_2024))


def test_the_page_reads_every_table_of_its_stage():
    assert set(TABLES) == {name for name in STAGES[-1].reads if name != EARLIER}


def test_tables_that_are_not_there_are_named(raw_folder):
    with pytest.raises(TableBroken, match=r"sources\.csv"):
        page.read_report(raw_folder({"report.txt": "x"}))
