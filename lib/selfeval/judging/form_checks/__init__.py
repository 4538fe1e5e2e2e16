"""Do the official forms agree with themselves and with one another? Every sum, rate and score in them is recomputed.

A rule is a function from Material to rows of the table findings. To add one: write it in the module of its kind, list it in RULES, word it
under its name in knowledge/form_checks.toml, and prove it by one test.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import pandas as pd

from selfeval.measuring.scoring import score
from selfeval.records.stated import Forms

from .coverage import covered, rates_covered, trades
from .marks import indicator_scores, level_weights, totals, unknown_projects, weights
from .rates import execution_rates, execution_scores, rates_over_hundred
from .reasons import deviations, results, warnings
from .sums import across_forms, base_parts, base_sums, budget_sums, splits

__all__ = ["RULES", "check_forms"]

Rule = Callable[[Forms], Iterable[dict[str, Any]]]

RULES: tuple[Rule, ...] = (
    *(budget_sums, splits, base_sums, base_parts, across_forms),
    *(execution_rates, execution_scores, rates_over_hundred),
    *(indicator_scores, weights, level_weights, totals, unknown_projects),
    *(deviations, results, covered, rates_covered, trades, warnings),
)


def check_forms(
    lines: pd.DataFrame,
    indicators: pd.DataFrame | None = None,
    base_data: pd.DataFrame | None = None,
    scores: pd.DataFrame | None = None,
    facts: pd.DataFrame | None = None,
    *,
    ruleset: str = "national",
) -> list[dict[str, Any]]:
    """Return what the forms say of themselves as rows of the table findings, without ids, in the order of the rules.

    `lines`, `indicators`, `base_data`, `scores` and `facts` are the tables of those names (lines: budget_lines, facts: work_facts); what
    was read from a text is left to the audit of the text. Without `scores` they are computed by `ruleset` (knowledge/scoring/). Money is
    in 万元, rates in per cent, scores in points; `difference` is stated less recomputed.
    Families: FORM (sums and rates of the forms), SCORE (marks), LIGHT (warning lights).
    """
    if scores is None and indicators is not None:
        scores = score(indicators, lines, base_data, None, ruleset)
    tables = {"budget_lines": lines, "indicators": indicators, "base_data": base_data, "scores": scores, "work_facts": facts}
    forms = Forms.of(tables, ruleset)
    return [found for rule in RULES for found in rule(forms)]
