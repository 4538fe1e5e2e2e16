"""Whole runs, notebooks and page, of many bodies and years, and the pages over all of them at the end."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from ..freshness import changes_since, tools_now
from ..paths import locate
from ..printing import PDF, find_browser
from ..publishing import recover_all
from ..runner import can_compare, run, write_comparison, write_start_page
from ..stages import notebook_folder
from .facts import facts_of
from .job import DONE, UNCHANGED, Job, Outcome

# What a worker keeps in memory grows a little with every notebook.
JOBS_EACH = 25
# Far above what a run needs; cells and runs have limits of their own.
RUN_SECONDS = 3600


def runs_of(
    pairs: Iterable[tuple[str, int]],
    data: Path,
    outputs: Path,
    notebooks: Path | None = None,
    *,
    force: bool = False,
    pdf: bool = False,
) -> list[Job]:
    """Return one job a pair. The years of a body form a chain, for each compares itself with those before it.

    With `pdf` every page is printed as PDF too.
    """
    folder = notebooks or notebook_folder()
    shared = {"data": str(data), "outputs": str(outputs), "notebooks": str(folder), "force": force, "tools": tools_now(folder), "pdf": pdf}
    return [Job(f"{unit} {year}", unit, {"unit": unit, "year": year, **shared}) for unit, year in pairs]


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
