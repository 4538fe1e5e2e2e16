"""Runs the stages of one body and year in a staging folder, proves that they ended, renders the report and publishes it whole.

This package alone knows papermill and nbconvert.
"""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Mapping
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from ..decisions import read_decisions
from ..document import read_document
from ..entries import read_entries
from ..exceptions import NotebookFailed, RunStopped
from ..hand_in import write_hand_in
from ..interruption import interruptible, uninterrupted
from ..paths import Place, processed_years
from ..printing import print_pdf
from ..provenance import files_under, manifest, sha256_of, write_manifest
from ..publishing import RunLog, journal_of, locked, note_success, publish, recorded, recover
from ..sources import Source, read_source
from ..stages import STAGES, TABLES, Stage, notebook_folder
from ..tables import read_table
from .execution import execute, read_notebook
from .limit import CELL_SECONDS, RUN_SECONDS, Limit
from .rendering import render
from .shelf import write_start_page
from .side_by_side import can_compare, write_comparison
from .staging import Staging, staged
from .traces import warnings_of, without_traces

__all__ = ["can_compare", "run", "write_comparison", "write_start_page"]


def run(
    place: Place,
    notebooks: Path | None = None,
    say: Callable[[str], object] = print,
    cell_seconds: int = CELL_SECONDS,
    run_seconds: int = RUN_SECONDS,
    *,
    alone: bool = True,
    browser: Path | None = None,
) -> Path:
    """Run every stage for `place` and return the path of the published report.

    `say` gets one Chinese line a notebook. With other bodies of the same year at hand, the page that sets them side by side is written
    anew, and so is the start page, unless this run is not `alone`: a batch writes those pages once, at its end. What was published before
    stays untouched until the new whole is proved; status and log beside it tell what became of the run. With a
    `browser` the page is printed as report.pdf too.
    Raises InputRefused or another refusal of the rooms when the data are refused, NotebookFailed when a notebook does not run to its
    end, RunStopped when something outside stops the run, or another run of the same place is at work.
    """
    with interruptible(), locked([place.processed, place.outputs], f"{place.unit} {place.year}"):
        recover(place)
        with recorded(place) as log, interruptible():
            _run_stages(place, notebooks or notebook_folder(), say, Limit(cell_seconds, run_seconds), log, browser)
        if alone:
            with interruptible("新的报告已经发布，只是汇总各单位的网页没有写成"):
                _write_pages_over_all(place, say)
    return place.outputs / "report.html"


def _write_pages_over_all(place: Place, say: Callable[[str], object]) -> None:
    """Write anew what shows this body among the others."""
    if can_compare(place.data, place.year):
        say(f"各单位并列：{write_comparison(place.data, place.outputs_root, place.year)}")
    say(f"一览：{write_start_page(place.data, place.outputs_root)}")


def _run_stages(place: Place, notebooks: Path, say: Callable[[str], object], limit: Limit, log: RunLog, browser: Path | None) -> None:
    """Read the material, run every notebook in a staging folder, and publish what came of it."""
    source = _check_material(place)
    sources = [read_notebook(stage.notebook(notebooks)) for stage in STAGES]
    with staged(place) as staging:
        made: dict[str, str] = {}
        for number, (stage, notebook) in enumerate(zip(STAGES, sources, strict=True), start=1):
            begun = time.monotonic()
            made |= _run_stage(stage, notebook, place, staging, limit, log)
            told = f"[{number}/{len(STAGES)}] {stage.name} {stage.title}：完成，用时 {time.monotonic() - begun:.1f} 秒"
            log.note(told)
            say(told)
        _assemble(place, staging, notebooks, source.title, browser)
        _require_unchanged(made, staging)
        limit.require_left()
        with uninterrupted():  # whoever stops a run from here on finds it done
            pairs = [(staging.processed, place.processed), (staging.outputs, place.outputs)]
            publish(pairs, journal_of(place), lambda: note_success(place))


def _check_material(place: Place) -> Source:
    """Read card, report and sheets once before any kernel starts, so that a refusal comes at once."""
    source = read_source(place)
    if source.report:
        read_document(source.report)
    read_entries(source.tables)
    return source


def _run_stage(stage: Stage, notebook: NotebookNode, place: Place, staging: Staging, limit: Limit, log: RunLog) -> dict[str, str]:
    """Run one notebook in the staging folder and return the hashes of its tables; see to it that it wrote all of them and no others."""
    before = _table_hashes(staging.processed)
    parameters = {"unit": place.unit, "year": place.year, "data_dir": str(staging.data), "outputs_dir": str(staging.outputs_root)}
    executed = execute(stage.name, notebook, parameters, staging.scratch, limit)
    for warning in warnings_of(executed, staging.root):
        log.note(f"{stage.name} 的提示：{warning}")
    after = _table_hashes(staging.processed)
    missing = [name for name in stage.tables if name not in after]
    if missing:
        raise NotebookFailed(f"{stage.name} 运行完了，却没有写出表 {'、'.join(missing)}；请检查笔记本里的 write_table", stage.name)
    foreign = sorted(name for name in after if after[name] != before.get(name) and name not in stage.tables)
    if foreign:
        raise NotebookFailed(f"{stage.name} 写了不归它写的表 {'、'.join(foreign)}；每张表只能由一个笔记本写，见 stages.py", stage.name)
    for name in stage.tables:
        read_table(name, staging.processed)  # refused here rather than by whoever reads it next
    folder = staging.outputs / "executed"
    folder.mkdir(parents=True, exist_ok=True)
    text = nbformat.writes(without_traces(executed, {**parameters, "data_dir": "", "outputs_dir": ""}, staging.root))
    (folder / f"{stage.name}.ipynb").write_text(text + "\n", encoding="utf-8", newline="\n")
    return {name: after[name] for name in stage.tables}


def _require_unchanged(made: Mapping[str, str], staging: Staging) -> None:
    """See to it that the tables about to be published are those the notebooks handed over, byte for byte."""
    for folder in (staging.processed, staging.outputs / "tables"):
        found = _table_hashes(folder)
        changed = sorted(name for name in made.keys() | found.keys() if made.get(name) != found.get(name))
        if changed:
            raise RunStopped(f"表 {'、'.join(changed)} 在发布前与笔记本写出的不一样；请检查磁盘，再重新运行")


def _table_hashes(folder: Path) -> dict[str, str]:
    return {path.stem: sha256_of(path) for path in files_under(folder) if path.suffix == ".csv"}


def _assemble(place: Place, staging: Staging, notebooks: Path, title: str, browser: Path | None) -> None:
    """Lay what is published beside the executed notebooks: tables, the page, what is handed in, last the manifest that proves them."""
    shutil.copytree(staging.processed, staging.outputs / "tables")
    executed = nbformat.read(STAGES[-1].notebook(staging.outputs / "executed"), as_version=4)
    page = render(executed, title or f"{place.unit} {place.year}")
    (staging.outputs / "report.html").write_text(page, encoding="utf-8", newline="\n")
    if browser:
        print_pdf(staging.outputs / "report.html", browser, staging.scratch)
    write_hand_in({name: read_table(name, staging.processed) for name in TABLES}, place.unit, place.year, staging.outputs)
    parameters = {"unit": place.unit, "year": place.year}
    used = [stage.notebook(notebooks) for stage in STAGES]
    decided = read_decisions(staging).written()
    earlier = [staging.processed.with_name(str(year)) for year in processed_years(staging) if year < staging.year]
    write_manifest(manifest(parameters, staging.raw, staging.outputs, used, decided, earlier), staging.outputs)
