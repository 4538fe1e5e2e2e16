"""One body's material made into all its tables in one go, without notebooks: what `selfeval audit` and `selfeval check` do.

The notebooks 01 to 03 take the same steps one by one, for an analyst to look at between them.
"""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from selfeval.judging.audit import audit
from selfeval.judging.form_checks import check_forms
from selfeval.measuring.budget import budget_metrics
from selfeval.measuring.safety import safety_metrics
from selfeval.measuring.scoring import score, with_points
from selfeval.reading.document import Document
from selfeval.reading.figures import figures_of, figures_table
from selfeval.reading.statements import read_statements, statements_table
from selfeval.records.budget_lines import budget_lines
from selfeval.records.decisions import Decisions, acknowledge, correct, explain_corrected, mark_corrected
from selfeval.records.entries import Entries
from selfeval.records.entry_tables import tables_of
from selfeval.records.ledger import mark_used
from selfeval.records.passages import passages_of
from selfeval.records.printed_forms import printed_indicators
from selfeval.records.reconcile import append_findings, reconcile
from selfeval.records.work_facts import work_facts
from selfeval.tables import make_table, stack_tables


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
    figures, corrected = correct(document.text, figures_of(document), decisions.corrections)
    said = {"figures": explain_corrected(figures_table(document, figures), corrected)}
    spoken = read_statements(document, figures)
    said["budget_lines"] = mark_corrected(budget_lines(document, figures, spoken), corrected)
    said["work_facts"] = mark_corrected(work_facts(document, figures, spoken, said["budget_lines"]), corrected)
    said["indicators"] = mark_corrected(printed_indicators(document, figures), corrected)
    typed = tables_of(entries, first=len(figures))
    merged = reconcile(said, typed)
    filled = len(typed["figures"])  # what a report prints as a form is a table of its text, which the audit holds to itself
    forms = check_forms(merged.lines, typed["indicators"], typed["base_data"], facts=merged.facts, ruleset=ruleset) if filled else []
    noted = [*document.remarks, *entries.remarks, *remarks, *(correction.sentence() for correction in decisions.corrections)]
    findings = audit(document, figures, spoken, said["budget_lines"], said["work_facts"], noted, year=year)
    findings = acknowledge(append_findings(findings, [*merged.findings, *forms]), decisions.acknowledged)
    metrics = budget_metrics(merged.lines, merged.facts, typed["base_data"])
    scores = score(typed["indicators"], merged.lines, typed["base_data"], metrics, ruleset)
    both = stack_tables("figures", said["figures"], typed["figures"])
    return {
        "passages": passages_of(document, entries),
        "figures": mark_used(both, merged.lines, merged.facts, findings, merged.indicators, typed["base_data"]),
        "statements": statements_table(document, figures, spoken),
        "budget_lines": merged.lines,
        "work_facts": merged.facts,
        "indicators": merged.indicators,
        "base_data": typed["base_data"],
        "findings": findings,
        "budget_metrics": with_points(metrics, scores),
        "scores": scores,
        "budget_changes": make_table("budget_changes", []),
        "safety_metrics": safety_metrics(merged.facts),
        "safety_changes": make_table("safety_changes", []),
    }
