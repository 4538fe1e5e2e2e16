"""Runs the stages of one body and year in a staging folder, proves that they ended, renders the report and publishes it whole.

This package alone knows papermill and nbconvert.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from functools import partial
from pathlib import Path

from selfeval.interruption import interruptible
from selfeval.paths import Place
from selfeval.reading.document import read_document
from selfeval.records.entries import read_entries
from selfeval.records.sources import Source, read_source
from selfeval.running.nursery import Nursery, open_nursery
from selfeval.running.publishing import RunLog, locked, recorded, recover
from selfeval.running.stages import STAGES, Stage, notebook_folder, notebooks

from .limit import CELL_SECONDS, RUN_SECONDS, Limit
from .making import make
from .stage_run import Ended

__all__ = ["run"]


def run(
    place: Place,
    folder: Path | None = None,
    say: Callable[[str], object] = print,
    cell_seconds: int = CELL_SECONDS,
    run_seconds: int = RUN_SECONDS,
    *,
    alone: bool = True,
    browser: Path | None = None,
    nursery: Nursery | None = None,
    brief: bool = False,
) -> Path:
    """Run every stage for `place` and return the path of the published report.

    The notebooks are those of the project, or those in `folder`; kernels come out of `nursery`, or out of one that is opened for this run
    alone. `say` gets one Chinese line a notebook. With other bodies of the same year at hand, the page that sets them side by side is
    written anew, and so is the start page, unless this run is not `alone`: a batch writes those pages once, at its end. What was
    published before stays untouched until the new whole is proved; status and log beside it tell what became of the run. With a `browser`
    the page is printed as report.pdf too; with `brief` there is the year on one sheet as brief.pdf, which needs no browser.
    Raises InputRefused or another refusal of the rooms when the data are refused, NotebookFailed when a notebook does not run to its
    end, RunStopped when something outside stops the run, or another run of the same place is at work.
    """
    folder = folder or notebook_folder()
    with interruptible(), locked([place.processed, place.outputs], f"{place.unit} {place.year}"):
        recover(place)
        with recorded(place) as log, interruptible():
            source = _check_material(place)
            with _opened(nursery, folder) as kernels:
                make(place, source.title, folder, kernels, Limit(cell_seconds, run_seconds), partial(_tell, log, say), browser, brief=brief)
        if alone:
            with interruptible("新的报告已经发布，只是汇总各单位的网页没有写成"):
                _write_pages_over_all(place, say)
    return place.outputs / "report.html"


def _check_material(place: Place) -> Source:
    """Read card, report and sheets once before any kernel starts, so that a refusal comes at once."""
    source = read_source(place)
    if source.report:
        read_document(source.report)
    read_entries(source.tables)
    return source


def _opened(nursery: Nursery | None, folder: Path) -> AbstractContextManager[Nursery]:
    return nullcontext(nursery) if nursery else open_nursery(notebooks(folder))


def _tell(log: RunLog, say: Callable[[str], object], stage: Stage, ended: Ended) -> None:
    for warning in ended.warnings:
        log.note(f"{stage.name} 的提示：{warning}")
    told = f"[{STAGES.index(stage) + 1}/{len(STAGES)}] {stage.name} {stage.title}：完成，用时 {ended.seconds:.1f} 秒"
    log.note(told)
    say(told)


def _write_pages_over_all(place: Place, say: Callable[[str], object]) -> None:
    """Write anew what shows this body among the others."""
    from .shelf import write_start_page  # see making
    from .side_by_side import can_compare, write_comparison

    if can_compare(place.data, place.year):
        say(f"各单位并列：{write_comparison(place.data, place.outputs_root, place.year)}")
    say(f"一览：{write_start_page(place.data, place.outputs_root)}")
