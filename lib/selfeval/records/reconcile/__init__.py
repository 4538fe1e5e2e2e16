"""A report's text beside the filled-in sheets: the sheets win, the text fills what they leave open, every disagreement is a finding."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import pandas as pd

from selfeval.tables import make_table, rows_in, stack_tables

from .base import compare_base
from .facts import merge_facts
from .indicators import merge_indicators
from .lines import merge_lines
from .remark import Remarks

__all__ = ["Reconciled", "append_findings", "reconcile"]


@dataclass(frozen=True)
class Reconciled:
    """The tables both sources make together, and what was found where they speak of the same (rows of findings without an id)."""

    lines: pd.DataFrame
    facts: pd.DataFrame
    indicators: pd.DataFrame
    findings: list[dict[str, object]]


def reconcile(text: Mapping[str, pd.DataFrame], sheets: Mapping[str, pd.DataFrame]) -> Reconciled:
    """Bring together what a report says and what the sheets say.

    `text` holds figures, budget_lines, work_facts and indicators of the report, `sheets` figures, budget_lines, work_facts, indicators and
    base_data of the sheets; ids of figures must not meet. Columns are taken from the sheet where it has a value, else from the text. The
    result holds `lines` (budget_lines), `facts` (work_facts) and `indicators` of both, money in 万元, and `findings`: what was found where
    the two speak of the same, `stated` being what the report says. `append_findings` puts them behind those of the audit.
    """
    remarks = Remarks([*rows_in(text["figures"]), *rows_in(sheets["figures"])])
    lines = merge_lines(text["budget_lines"], sheets["budget_lines"], remarks)
    facts = merge_facts(text["work_facts"], sheets["work_facts"], remarks)
    compare_base(text["budget_lines"], text["work_facts"], sheets["base_data"], remarks)
    indicators = merge_indicators(text["indicators"], sheets["indicators"], remarks)
    return Reconciled(lines, facts, indicators, remarks.rows())


def append_findings(findings: pd.DataFrame, more: Iterable[Mapping[str, object]]) -> pd.DataFrame:
    """Return `findings` with the rows `more` behind them, their ids counted on."""
    first = len(findings) + 1
    rows = make_table("findings", ({"finding_id": f"c{number:03d}", **row} for number, row in enumerate(more, start=first)))
    return stack_tables("findings", findings, rows)
