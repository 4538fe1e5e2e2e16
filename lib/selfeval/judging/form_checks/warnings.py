"""Warning lights of a budget system as findings: hints, never errors."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from selfeval.knowledge import load
from selfeval.measuring.scoring import lights
from selfeval.records.stated import Stated, scope_of

from .finding import finding
from .material import Material
from .rates import execution_of


def warnings(forms: Material) -> Iterator[dict[str, Any]]:
    """The lights of the body and of every project: indicators far better than the money, no budget, much of it unspent."""
    scores = forms.tables["scores"]
    if scores is None or not forms.tabled:
        return
    for light in lights(scores, forms.tables["budget_lines"], ruleset=forms.ruleset):
        scope = scope_of(light.scope)
        execution = execution_of(forms, scope)
        cells: list[Stated] = execution.cells("adjusted") if execution else []
        yield finding(
            light.rule,
            "flag",
            (scope,),
            cells,
            scope=scope or load("form_checks")["words"]["body"],
            sentence=light.sentence,
        )
