"""The narrative report as a Word file, read back and audited: it says what the tables say and contradicts itself nowhere."""

import pytest

import narrated
from selfeval.assessment import assess
from selfeval.document import read_document
from selfeval.narrative import narrate, title_of
from selfeval.office.letter import letter_bytes

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
    return sorted((line["level"], line["item"], *(str(line[column]) for column in AMOUNTS)) for line in rows)


@pytest.mark.parametrize("name", sorted(narrated.BODIES))
def test_the_audit_finds_no_difference_in_what_was_written_from_the_tables(read_back, name):
    findings = read_back(narrated.BODIES[name])["findings"]
    differing = findings[findings["verdict"] == "differs"]
    assert differing.empty, differing[["title", "message", "quote"]].to_string()


@pytest.mark.parametrize("name", sorted(narrated.BODIES))
def test_the_budget_reads_back_as_the_tables_have_it(read_back, name):
    tables = narrated.BODIES[name]
    if "budget_lines" not in tables:
        pytest.skip("no budget to read back")
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
