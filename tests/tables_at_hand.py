"""Small tables and small reports for tests: budget lines and work facts written in a line each, and the audit of a few sentences."""

from __future__ import annotations

from decimal import Decimal

import pandas as pd

from selfeval.judging.audit import audit
from selfeval.reading.document import Document
from selfeval.reading.figures import extract_figures
from selfeval.reading.statements import read_statements
from selfeval.records.budget_lines import budget_lines
from selfeval.records.work_facts import work_facts
from selfeval.tables import make_table


def amount(text: str | None) -> Decimal | None:
    """A decimal, or None where the report is silent (- or None)."""
    return None if text in {None, "-"} else Decimal(text)


def lines_of(*rows: str) -> pd.DataFrame:
    """budget_lines from rows such as `b02 basic general_public b01 基本支出 target=80 actual=79.5`."""
    made = []
    for row in rows:
        line_id, level, book, parent, item, *amounts = row.split()
        columns = {name: amount(value) for name, _, value in (part.partition("=") for part in amounts)}
        parent_id = "" if parent == "-" else parent
        made.append({"line_id": line_id, "level": level, "book": book, "parent_id": parent_id, "item": item, "source": "text"} | columns)
    return make_table("budget_lines", made)


def projects_of(*pairs: tuple[str | None, str | None], basis: str = "target") -> pd.DataFrame:
    """A budget of nothing but projects, each with what was planned and spent."""
    rows = [
        {"line_id": f"b{number:02d}", "level": "project", "book": "general_public", "item": f"项目{number}", "source": "text"}
        | {basis: amount(planned), "actual": amount(spent)}
        for number, (planned, spent) in enumerate(pairs, start=1)
    ]
    return make_table("budget_lines", rows)


def facts_of(*rows: str) -> pd.DataFrame:
    """work_facts from rows such as `mines hazards_found 211 条` or `hazchem fines 30 万元 over`."""
    made = []
    for number, row in enumerate(rows, start=1):
        sector, indicator, value, unit, *rest = row.split()
        made.append(
            {
                "fact_id": f"w{number:03d}",
                "sector": sector,
                "indicator": indicator,
                "label": indicator,
                "value": Decimal(value),
                "unit": unit,
            }
            | {"qualifier": rest[0] if rest else "exact", "source": "text"}
        )
    return make_table("work_facts", made)


def audited(text: str, remarks: tuple[str, ...] = ()) -> pd.DataFrame:
    """The findings of a report that consists of `text`."""
    document = Document(text, "report.txt", "txt", "utf-8")
    figures = extract_figures(text)
    spoken = read_statements(document, figures)
    lines = budget_lines(document, figures, spoken)
    facts = work_facts(document, figures, spoken, lines)
    return audit(document, figures, spoken, lines, facts, remarks)


def only(findings: pd.DataFrame, family: str, verdict: str | None = None):
    """The one finding of a family (and verdict)."""
    chosen = findings[findings["family"] == family]
    if verdict:
        chosen = chosen[chosen["verdict"] == verdict]
    assert len(chosen) == 1, findings[["family", "verdict", "title"]].to_string()
    return chosen.iloc[0]
