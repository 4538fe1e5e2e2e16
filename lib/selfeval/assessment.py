"""One report made into all its tables in one go, without notebooks: what `selfeval audit` does with a file from anywhere.

The notebooks 01 to 03 take the same steps one by one, for an analyst to look at between them.
"""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from .audit import audit
from .budget import budget_metrics
from .budget_lines import budget_lines
from .document import Document
from .figures import extract_figures, figures_table
from .ledger import mark_used
from .safety import safety_metrics
from .work_facts import work_facts


def assess(document: Document, remarks: Iterable[str] = ()) -> dict[str, pd.DataFrame]:
    """Return the tables of `document` by name: figures, budget_lines, work_facts, findings, budget_metrics, safety_metrics.

    `remarks` are what is odd about the material besides what its reader noticed; both become findings. A text without any budget still
    yields its facts.
    """
    figures = extract_figures(document.text)
    lines = budget_lines(document, figures)
    facts = work_facts(document, figures, lines)
    findings = audit(document, figures, lines, facts, [*document.remarks, *remarks])
    return {
        "figures": mark_used(figures_table(document, figures), lines, facts, findings),
        "budget_lines": lines,
        "work_facts": facts,
        "findings": findings,
        "budget_metrics": budget_metrics(lines, facts),
        "safety_metrics": safety_metrics(facts),
    }
