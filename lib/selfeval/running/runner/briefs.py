"""A report in brief: made from its tables by the run that publishes it, read from its manifest by whoever lists many."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

import pandas as pd

from selfeval.records.decisions import open_findings
from selfeval.telling.narrative import narrate
from selfeval.telling.page import Brief, Report, brief, kept_brief

# Where it stands in the manifest.
_BRIEF = "brief"


def brief_of(tables: Mapping[str, pd.DataFrame], unit: str, year: int) -> Brief:
    """The brief of `unit` and `year` from all of its tables, by name."""
    to_fill = sum(len(block.open_places) for block in narrate(tables, unit, year))
    return brief(Report.of(unit, year, tables), len(open_findings(tables["findings"])), to_fill)


def with_brief(manifest: Mapping[str, Any], kept: Brief) -> dict[str, Any]:
    """`manifest` with the brief of its report in it."""
    return {**manifest, _BRIEF: asdict(kept)}


def brief_in(manifest: Mapping[str, Any]) -> Brief | None:
    """The brief that `manifest` holds; None where it holds none, or none that could be printed."""
    return kept_brief(manifest.get(_BRIEF))
