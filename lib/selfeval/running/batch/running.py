"""One whole run, notebooks and page, of a body and year; and the pages over all of them at the end."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import Path

from selfeval.paths import locate
from selfeval.running.freshness import changes_since
from selfeval.running.nursery import Nursery, open_nursery
from selfeval.running.publishing import recover_all
from selfeval.running.runner import run
from selfeval.running.runner.shelf import write_start_page
from selfeval.running.runner.side_by_side import can_compare, write_comparison
from selfeval.running.stages import notebooks
from selfeval.telling.printing import PDF, find_browser

from .facts import facts_of
from .job import DONE, UNCHANGED, Job, Outcome


def run_one(job: Job) -> Outcome:
    """Run the body and year of `job`, unless nothing has changed since its report was published."""
    asked = job.arguments
    place = locate(asked["unit"], asked["year"], asked["data"], asked["outputs"])
    if not asked["force"] and not changes_since(place, asked["tools"], [PDF] if asked["pdf"] else []):
        return Outcome(UNCHANGED, facts=facts_of(place.outputs / "tables"))
    browser = find_browser() if asked["pdf"] else None
    folder = Path(asked["notebooks"])
    run(place, folder, say=_silent, alone=False, browser=browser, nursery=_nursery(folder))
    return Outcome(DONE, facts=facts_of(place.outputs / "tables"))


def write_pages_over_all(data: Path, outputs: Path, years: Iterable[int]) -> list[Path]:
    """Write the pages over all bodies and return their paths: side by side, one a year of at least two bodies, last the start page.

    What runs left that were killed in the meantime is put right first.
    """
    recover_all(data, outputs)
    compared = [write_comparison(data, outputs, year) for year in sorted(set(years)) if can_compare(data, year)]
    return [*compared, write_start_page(data, outputs)]


@cache
def _nursery(folder: Path) -> Nursery:
    """The nursery of this worker process, for all its runs: it imports once, and ends with the process."""
    return open_nursery(notebooks(folder))


def _silent(_line: str) -> None:
    """Several runs at once would talk at the same time."""
