"""One body's material made into all its tables in one go, without notebooks: what `selfeval audit` and `selfeval check` do.

The notebooks 01 to 03 take the same steps one by one, for an analyst to look at between them.
"""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from .audit import audit
from .budget import budget_metrics
from .budget_lines import budget_lines
from .decisions import Decisions, acknowledge, correct, explain_corrected, mark_corrected
from .document import Document
from .entries import Entries
from .entry_tables import tables_of
from .figures import extract_figures, figures_table
from .form_checks import check_forms
from .ledger import mark_used
from .passages import passages_of
from .reconcile import append_findings, reconcile
from .safety import safety_metrics
from .scoring import score, with_points
from .tables import make_table, stack_tables
from .work_facts import work_facts


def assess(
    document: Document,
    remarks: Iterable[str] = (),
    decisions: Decisions | None = None,
    year: int | None = None,
    entries: Entries | None = None,
    ruleset: str = "national",
) -> dict[str, pd.DataFrame]:
    """Return every table of `document` and `entries` by name, but for `sources`.

    `remarks` are what is odd about the material besides what its readers noticed; all become findings. `decisions` are corrections and
    acknowledgements to apply; `year` is the year the report is for, its own words tell where it is left out. Scores are marked by
    `ruleset` (knowledge/scoring). A text without any budget still yields its facts. Without earlier years nothing is compared: the tables
    of changes are empty.
    Raises InputRefused when a decision matches nothing any more.
    """
    decisions, entries = decisions or Decisions(), entries or Entries()
    figures, corrected = correct(document.text, extract_figures(document.text), decisions.corrections)
    said = {"figures": explain_corrected(figures_table(document, figures), corrected)}
    said["budget_lines"] = mark_corrected(budget_lines(document, figures), corrected)
    said["work_facts"] = mark_corrected(work_facts(document, figures, said["budget_lines"]), corrected)
    typed = tables_of(entries, first=len(figures))
    merged = reconcile(said, typed)
    forms = check_forms(merged.lines, typed["indicators"], typed["base_data"], facts=merged.facts, ruleset=ruleset)
    noted = [*document.remarks, *entries.remarks, *remarks, *(correction.sentence() for correction in decisions.corrections)]
    findings = audit(document, figures, said["budget_lines"], said["work_facts"], noted, year=year)
    findings = acknowledge(append_findings(findings, [*merged.findings, *forms]), decisions.acknowledged)
    metrics = budget_metrics(merged.lines, merged.facts, typed["base_data"])
    scores = score(typed["indicators"], merged.lines, typed["base_data"], metrics, ruleset)
    both = stack_tables("figures", said["figures"], typed["figures"])
    return {
        "passages": passages_of(document, entries),
        "figures": mark_used(both, merged.lines, merged.facts, findings, typed["indicators"], typed["base_data"]),
        "budget_lines": merged.lines,
        "work_facts": merged.facts,
        "indicators": typed["indicators"],
        "base_data": typed["base_data"],
        "findings": findings,
        "budget_metrics": with_points(metrics, scores),
        "scores": scores,
        "budget_changes": make_table("budget_changes", []),
        "safety_metrics": safety_metrics(merged.facts),
        "safety_changes": make_table("safety_changes", []),
    }
