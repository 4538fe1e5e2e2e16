"""One report made into all its tables in one go, without notebooks: what `selfeval audit` does with a file from anywhere.

The notebooks 01 to 03 take the same steps one by one, for an analyst to look at between them.
"""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from .audit import audit
from .budget import budget_metrics
from .budget_lines import budget_lines
from .decisions import Decisions, acknowledge, correct, mark_corrected
from .document import Document
from .figures import extract_figures, figures_table
from .identity import identify
from .ledger import mark_used
from .safety import safety_metrics
from .work_facts import work_facts


def assess(
    document: Document, remarks: Iterable[str] = (), decisions: Decisions | None = None, year: int | None = None
) -> dict[str, pd.DataFrame]:
    """Return the tables of `document` by name: figures, budget_lines, work_facts, findings, budget_metrics, safety_metrics.

    `remarks` are what is odd about the material besides what its reader noticed; both become findings. `decisions` are corrections and
    acknowledgements to apply; `year` is the year the report is for, its own words tell where it is left out. A text without any budget
    still yields its facts.
    Raises InputRefused when a decision matches nothing any more.
    """
    decisions = decisions or Decisions()
    figures, corrected = correct(document.text, extract_figures(document.text), decisions.corrections)
    lines = mark_corrected(budget_lines(document, figures), corrected)
    facts = mark_corrected(work_facts(document, figures, lines), corrected)
    noted = [*document.remarks, *remarks, *(correction.sentence() for correction in decisions.corrections)]
    findings = audit(document, figures, lines, facts, noted, year=year, body=identify(document).body)
    findings = acknowledge(findings, decisions.acknowledged)
    return {
        "figures": mark_used(figures_table(document, figures), lines, facts, findings),
        "budget_lines": lines,
        "work_facts": facts,
        "findings": findings,
        "budget_metrics": budget_metrics(lines, facts),
        "safety_metrics": safety_metrics(facts),
    }
