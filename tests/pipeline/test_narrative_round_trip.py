"""The narrative report as a Word file, read back and audited: it says what the tables say and contradicts itself nowhere."""

from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import narrated
from selfeval.judging.assessment import assess
from selfeval.reading.document import read_document
from selfeval.tables import make_table
from selfeval.telling.narrative import narrate, title_of
from selfeval.telling.office.letter import letter_bytes

AMOUNTS = ("target", "initial", "adjusted", "actual")
LEVELS = ("total", "basic", "basic_part", "project_total", "project")


@pytest.fixture
def read_back(tmp_path):
    def made_and_read(tables):
        path = tmp_path / "narrative.docx"
        path.write_bytes(letter_bytes(narrate(tables, narrated.BODY, narrated.YEAR), title_of(narrated.BODY, narrated.YEAR)))
        return assess(read_document(path))

    return made_and_read


def told(lines):
    """Level, name and sums of the lines that a report has to carry, in any order."""
    rows = (line for line in lines.to_dict("records") if line["level"] in LEVELS)
    return sorted((line["level"], line["item"], *(amount(line[column]) for column in AMOUNTS)) for line in rows)


def amount(value):
    """A sum however many decimals it is printed with."""
    return "" if value is None else f"{value:.2f}"


@pytest.mark.parametrize("name", sorted(narrated.BODIES))
def test_the_audit_finds_no_difference_in_what_was_written_from_the_tables(read_back, name):
    findings = read_back(narrated.BODIES[name])["findings"]
    differing = findings[findings["verdict"] == "differs"]
    assert differing.empty, differing[["title", "message", "quote"]].to_string()


@pytest.mark.parametrize("name", sorted(name for name, tables in narrated.BODIES.items() if "budget_lines" in tables))
def test_the_budget_reads_back_as_the_tables_have_it(read_back, name):
    tables = narrated.BODIES[name]
    found = told(read_back(tables)["budget_lines"])
    assert [line for line in told(tables["budget_lines"]) if line not in found] == []


@pytest.mark.parametrize("name", ["full tables", "no base data"])
def test_every_work_fact_reads_back_as_itself(read_back, name):
    tables = narrated.BODIES[name]
    found = {(row.indicator, row.sector, row.value, row.qualifier) for row in read_back(tables)["work_facts"].itertuples()}
    wanted = {(row.indicator, row.sector, row.value, row.qualifier) for row in tables["work_facts"].itertuples() if row.value is not None}
    assert wanted - found == set()


REPORT = """2031年度乙县档案馆（虚构）部门整体支出绩效自评报告
一、一般公共预算支出情况
（一）基本支出情况
2031年基本支出绩效目标300万元，实际支出320万元，其中人员经费250万元，公用经费60万元。
（二）项目支出情况
档案数字化绩效目标40万元，实际支出30万元，因招标推迟。库房改造绩效目标60万元，实际支出66万元。
"""


def test_a_report_written_from_a_report_differs_where_that_did_and_nowhere_else(tmp_path, read_back):
    path = tmp_path / "report.txt"
    path.write_text(REPORT, encoding="utf-8")
    before = assess(read_document(path))
    after = read_back({name: before[name] for name in ("budget_lines", "work_facts", "budget_metrics")})

    def differing(tables):
        chosen = tables["findings"].query("verdict == 'differs'")
        return set(zip(chosen["stated"], chosen["recomputed"], strict=True))

    assert differing(before) == differing(after) != set()


NAMES = [
    "渠道清淤",
    "泵站检修费",
    "水质化验",
    "防汛物资储备",
    "节水宣传经费",
    "信息系统运维",
    "公务用车更新",
    "困难群众救助补助",
    "桥梁检测",
    "非税收入征收成本",
]
REASONS = ("", "施工图设计审查滞后", "受雨季影响，工程进度推迟", "合同未到付款期，质保金未支付", "因机构改革人员划转，支出减少")
BOOKS = ("general_public", "government_fund", "state_capital", "special_account", "other_funds")
money = st.decimals(min_value=0, max_value=900, places=2)


@st.composite
def budgets(draw):
    """A sheet of parts and projects in any books, whose wholes are their sums."""
    parts = [(item, draw(money), draw(money), draw(money)) for item in draw(st.sets(st.sampled_from(["人员经费", "公用经费"])))]
    books = {name: draw(st.sampled_from(BOOKS)) for name in draw(st.sets(st.sampled_from(NAMES), max_size=5))}
    projects = [(name, draw(money), draw(money), draw(money), draw(st.sampled_from(REASONS))) for name in sorted(books)]
    sums = [[sum((row[column] for row in rows), start=Decimal(0)) for column in (1, 2, 3)] for rows in (parts, projects)]
    over = books[projects[0][0]] if len(set(books.values())) == 1 else "all"
    rows = [("t1", "total", "all", "", "部门整体支出", *(map(sum, zip(*sums, strict=True))), "")]
    if parts:
        rows.append(("t2", "basic", "general_public", "t1", "基本支出", *sums[0], ""))
        rows += [(f"t2{number}", "basic_part", "general_public", "t2", *part, "") for number, part in enumerate(parts)]
    if projects:
        rows.append(("t3", "project_total", over, "t1", "项目支出", *sums[1], ""))
        rows += [(f"t3{number}", "project", books[row[0]], "t3", *row) for number, row in enumerate(projects)]
    return sheet(rows)


def sheet(rows):
    columns = ("line_id", "level", "book", "parent_id", "item", "initial", "adjusted", "actual", "reason")
    return make_table("budget_lines", [dict(zip(columns, row, strict=True)) | {"source": "table"} for row in rows])


def test_what_fell_short_and_what_went_over_do_not_add_up(read_back):
    """总的比预算少，三个项目里两个少、一个多：差额有正有负，不是一个总数的分项。"""
    short, over = (*map(Decimal, ("0", "3", "0")),), (*map(Decimal, ("0", "0", "2")),)
    whole = [*map(Decimal, ("0", "6", "2"))]
    projects = [("t30", "水质化验", short), ("t31", "泵站检修费", over), ("t32", "渠道清淤", short)]
    rows = [("t1", "total", "all", "", "部门整体支出", *whole, ""), ("t3", "project_total", "general_public", "t1", "项目支出", *whole, "")]
    rows += [(number, "project", "general_public", "t3", item, *amounts, "") for number, item, amounts in projects]
    assert read_back({"budget_lines": sheet(rows)})["findings"].query("verdict == 'differs'").empty


@settings(max_examples=settings().max_examples // 5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(lines=budgets())
def test_whatever_the_budget_it_reads_back_and_contradicts_itself_nowhere(read_back, lines):
    tables = read_back({"budget_lines": lines})
    found = told(tables["budget_lines"])
    assert [line for line in told(lines) if line not in found] == []
    differing = tables["findings"].query("verdict == 'differs'")
    assert differing.empty, differing[["title", "message", "quote"]].to_string()
