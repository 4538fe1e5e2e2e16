"""The budget lines of the published report and of five invented ones, cell by cell.

The invented reports (budget_lines/*.txt) are of bodies that do not exist. Each words its budget in another way: water as a numbered
list, education as prose with lists in turn, forestry as a table, housing in 元 and 亿元 with headings for names, health with brackets
and changes.
"""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from pathlib import Path

import pandas as pd
import pytest

from conftest import UNIT, YEAR
from selfeval.paths import locate, project_root
from selfeval.reading.document import Document, read_document
from selfeval.reading.figures import Figure, amount_of, extract_figures, figures_of
from selfeval.reading.statements import read_statements
from selfeval.records.budget_lines import budget_lines

GOLDEN = Path(__file__).parent / "budget_lines"
PUBLISHED = f"{UNIT}-{YEAR}"
INVENTED = sorted(path.stem for path in GOLDEN.glob("*.txt"))
REPORTS = [PUBLISHED, *INVENTED]
ROLES = ("target", "initial", "adjusted", "actual")
COLUMNS = ["line_id", "book", "level", "parent_id", "item", *ROLES, "reason", "source"]


@cache
def read(name: str) -> tuple[Document, list[Figure], pd.DataFrame]:
    path = next(locate(UNIT, YEAR).raw.glob("*.txt")) if name == PUBLISHED else GOLDEN / f"{name}.txt"
    document = read_document(path)
    figures = figures_of(document)
    return document, figures, budget_lines(document, figures, read_statements(document, figures))


def as_text(frame: pd.DataFrame) -> str:
    return frame[COLUMNS].map(lambda cell: "" if cell is None else str(cell)).to_csv(index=False, lineterminator="\n")


@pytest.mark.parametrize("name", REPORTS)
def test_the_kept_lines_stand(name, tmp_path):
    kept, new = GOLDEN / f"{name}.csv", tmp_path / f"{name}.csv"
    new.write_text(as_text(read(name)[2]), encoding="utf-8", newline="\n")
    wanted = kept.read_text(encoding="utf-8") if kept.exists() else ""
    if new.read_text(encoding="utf-8") != wanted:
        lines, before = new.read_text(encoding="utf-8").splitlines(), wanted.splitlines()
        gone = [line for line in before if line not in lines]
        came = [line for line in lines if line not in before]
        pytest.fail(
            f"The budget lines of {name} changed.\n- " + "\n- ".join(gone[:8]) + "\n+ " + "\n+ ".join(came[:8]) + "\n"
            f"If every change is meant, copy the new lines over the kept ones:\n    cp {new} {kept.relative_to(project_root())}"
        )


@pytest.mark.parametrize(("role", "total"), [("target", "263.2"), ("actual", "262.43")])
def test_the_nine_projects_of_the_published_report_add_up_to_the_cent(role, total):
    lines = read(PUBLISHED)[2]
    projects = lines[lines["level"] == "project"]
    assert len(projects) == 9
    assert sum(projects[role]) == Decimal(total)


@pytest.mark.parametrize("name", REPORTS)
def test_every_amount_is_that_of_its_first_figure_in_its_sentence(name):
    document, figures, lines = read(name)
    by_id = {f"f{index + 1:04d}": figure for index, figure in enumerate(figures)}
    for line in lines.to_dict("records"):
        stated = [role for role in ROLES if line[role] is not None]
        assert stated, line["item"]
        for role in stated:
            first = by_id[line[f"{role}_figure"].split()[0]]
            assert amount_of(first) == (line[role], "万元")
        assert any(by_id[line[f"{role}_figure"].split()[0]].text in line["sentence"] for role in stated)
        assert line["sentence"] in document.text
        assert line["reason"] in document.text


@pytest.mark.parametrize("name", REPORTS)
def test_every_part_leads_up_to_a_line_that_is_no_part(name):
    parents = dict(zip(read(name)[2]["line_id"], read(name)[2]["parent_id"], strict=True))
    for line, parent in parents.items():
        above, seen = parent, [line]
        while above:
            assert above not in seen
            seen.append(above)
            above = parents[above]


@pytest.mark.parametrize("name", REPORTS)
def test_a_changed_number_changes_its_own_row_and_no_other(name):
    document, figures, lines = read(name)
    by_id = {f"f{index + 1:04d}": figure for index, figure in enumerate(figures)}
    for position, line in enumerate(lines.to_dict("records")):
        for role in ROLES:
            ids = line[f"{role}_figure"].split()
            sharing = [other for other in ROLES if other != role and set(ids) & set(line[f"{other}_figure"].split())]
            if len(ids) != 1 or sharing or (lines[f"{role}_figure"] == ids[0]).sum() > 1:
                continue
            changed = read_changed(document, by_id[ids[0]])
            assert changed.at[position, role] == line[role] + 1 * factor(by_id[ids[0]])
            rest = changed.drop(columns=[role, "sentence", *(f"{other}_figure" for other in ROLES)])
            before = lines.drop(columns=[role, "sentence", *(f"{other}_figure" for other in ROLES)])
            assert rest.drop(index=position).equals(before.drop(index=position))


def read_changed(document: Document, figure: Figure) -> pd.DataFrame:
    """The lines of the document after the figure has gone up by one of its unit."""
    digits = figure.text.rstrip("万亿元")
    raised = str(Decimal(digits.replace(",", "")) + 1)
    text = document.text[: figure.start] + raised + figure.text[len(digits) :] + document.text[figure.end :]
    changed, figures = Document(text, document.name, document.kind, document.encoding), extract_figures(text)
    return budget_lines(changed, figures, read_statements(changed, figures))


def factor(figure: Figure) -> Decimal:
    return {"元": Decimal("0.0001"), "亿元": Decimal(10000)}.get(figure.unit, Decimal(1))
