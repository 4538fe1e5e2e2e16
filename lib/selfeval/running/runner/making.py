"""From the raw material of a place to what is published: the stages in the staging folder, the page, what is handed in, the proof.

What is needed only after the notebooks is imported while they are at work: they leave a processor idle, and it takes a second.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

import nbformat

from selfeval.exceptions import RunStopped
from selfeval.interruption import uninterrupted
from selfeval.paths import Place, processed_years
from selfeval.running.nursery import Nursery
from selfeval.running.provenance import manifest, write_manifest
from selfeval.running.publishing import journal_of, note_success, publish
from selfeval.running.publishing.processes import note
from selfeval.running.stages import STAGES, TABLES, Stage, notebooks
from selfeval.tables import read_table
from selfeval.telling.printing import print_pdf

from .execution import read_notebook
from .kernels import Kernels
from .limit import Limit
from .sequence import Work, in_sequence
from .stage_run import Ended, run_stage, table_hashes
from .staging import Staging, staged

if TYPE_CHECKING:
    from selfeval.telling.page import Brief

_LATER = (
    "selfeval.records.decisions",
    "selfeval.telling.hand_in",
    f"{__package__}.rendering",
    f"{__package__}.shelf",
    f"{__package__}.side_by_side",
)


def make(
    place: Place,
    title: str,
    folder: Path,
    nursery: Nursery,
    limit: Limit,
    tell: Callable[[Stage, Ended], object],
    browser: Path | None,
    *,
    brief: bool,
) -> None:
    """Run the notebooks of `folder` in a staging folder and publish what came of it; `tell` hears of each stage as it ends."""
    read = {stage: read_notebook(stage.notebook(folder)) for stage in STAGES}
    with staged(place) as staging:
        made, kept = _run_stages(read, staging, Kernels(nursery, staging.scratch), limit, tell, brief=brief)
        _assemble(staging, kept, folder, title or f"{place.unit} {place.year}", browser)
        _require_unchanged(made, staging)
        limit.require_left()
        with uninterrupted():  # whoever stops a run from here on finds it done
            pairs = [(staging.processed, place.processed), (staging.outputs, place.outputs)]
            publish(pairs, journal_of(place), lambda: note_success(place))


def _run_stages(
    read: Mapping[Stage, nbformat.NotebookNode],
    staging: Staging,
    kernels: Kernels,
    limit: Limit,
    tell: Callable[[Stage, Ended], object],
    *,
    brief: bool,
) -> tuple[dict[str, str], Brief]:
    """Run the stages, and the hand-in as soon as there are its tables; the hashes of the tables as written, the report in brief."""
    made: dict[str, str] = {}
    briefs: list[Brief] = []

    def told(stage: Stage, ended: Ended) -> None:
        made.update(ended.tables)
        tell(stage, ended)

    works = [
        Work(stage.reads, stage.writes, partial(run_stage, stage, notebook, staging, limit, kernels), partial(told, stage))
        for stage, notebook in read.items()
    ]
    works += [Work((), (), _import_ahead), Work(TABLES, (), partial(_hand_in, staging, brief=brief), briefs.append)]
    in_sequence(works, kernels.end)
    return made, briefs[0]


def _import_ahead() -> None:
    for name in _LATER:
        import_module(name)


def _hand_in(staging: Staging, *, brief: bool) -> Brief:
    """Write what is handed in, and the year on one sheet where it is asked for; the report in brief, for all its tables are at hand."""
    from selfeval.telling.hand_in import write_hand_in, write_one_page

    from .briefs import brief_of

    tables = {name: read_table(name, staging.processed) for name in TABLES}
    write_hand_in(tables, staging.unit, staging.year, staging.outputs)
    if brief:
        write_one_page(tables, staging.unit, staging.year, staging.outputs)
    return brief_of(tables, staging.unit, staging.year)


def _assemble(staging: Staging, kept: Brief, folder: Path, title: str, browser: Path | None) -> None:
    """Lay the rest of what is published beside executed notebooks and hand-in: tables, the page, last the manifest that proves them."""
    from selfeval.records.decisions import read_decisions

    from .briefs import with_brief
    from .rendering import render

    shutil.copytree(staging.processed, staging.outputs / "tables")
    executed = nbformat.read(STAGES[-1].notebook(staging.executed), as_version=4)
    (staging.outputs / "report.html").write_text(render(executed, title), encoding="utf-8", newline="\n")
    if browser:
        print_pdf(staging.outputs / "report.html", browser, staging.scratch, partial(note, staging.scratch))
    parameters = {"unit": staging.unit, "year": staging.year}
    decided = read_decisions(staging).written()
    earlier = [staging.processed.with_name(str(year)) for year in processed_years(staging) if year < staging.year]
    proof = manifest(parameters, staging.raw, staging.outputs, notebooks(folder), decided, earlier)
    write_manifest(with_brief(proof, kept), staging.outputs)


def _require_unchanged(made: Mapping[str, str], staging: Staging) -> None:
    """See to it that the tables about to be published are those the notebooks handed over, byte for byte."""
    for folder in (staging.processed, staging.outputs / "tables"):
        found = table_hashes(folder)
        changed = sorted(name for name in made.keys() | found.keys() if made.get(name) != found.get(name))
        if changed:
            raise RunStopped(f"表 {'、'.join(changed)} 在发布前与笔记本写出的不一样；请检查磁盘，再重新运行")
