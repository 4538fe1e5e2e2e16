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
