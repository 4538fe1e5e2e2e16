"""Whole runs of many bodies and years: which there are and what each is told."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from selfeval.running.freshness import tools_now
from selfeval.running.stages import notebook_folder

from .job import Job
from .task import Task

# What a worker keeps in memory grows a little with every notebook. Cells and runs have limits of their own, far below the hour.
RUN = Task(f"{__package__}.running", "run_one", jobs_each=25, seconds=3600)


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
