"""One whole run, notebooks and page, of a body and year; and the pages over all of them at the end."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from ..freshness import changes_since
from ..paths import locate
from ..printing import PDF, find_browser
from ..publishing import recover_all
from ..runner import can_compare, run, write_comparison, write_start_page
from .facts import facts_of
from .job import DONE, UNCHANGED, Job, Outcome


def run_one(job: Job) -> Outcome:
    """Run the body and year of `job`, unless nothing has changed since its report was published."""
    asked = job.arguments
    place = locate(asked["unit"], asked["year"], asked["data"], asked["outputs"])
    if not asked["force"] and not changes_since(place, asked["tools"], [PDF] if asked["pdf"] else []):
        return Outcome(UNCHANGED, facts=facts_of(place.outputs / "tables"))
    browser = find_browser() if asked["pdf"] else None
    run(place, Path(asked["notebooks"]), say=_silent, alone=False, browser=browser)
    return Outcome(DONE, facts=facts_of(place.outputs / "tables"))


def write_pages_over_all(data: Path, outputs: Path, years: Iterable[int]) -> list[Path]:
    """Write the pages over all bodies and return their paths: side by side, one a year of at least two bodies, last the start page.

    What runs left that were killed in the meantime is put right first.
    """
    recover_all(data, outputs)
    compared = [write_comparison(data, outputs, year) for year in sorted(set(years)) if can_compare(data, year)]
    return [*compared, write_start_page(data, outputs)]


def _silent(_line: str) -> None:
    """Several runs at once would talk at the same time."""
