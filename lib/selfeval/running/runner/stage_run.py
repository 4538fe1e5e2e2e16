"""One stage in the staging folder: its notebook run, its tables proved to be there and to be all it wrote."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from selfeval.exceptions import NotebookFailed
from selfeval.running.provenance import files_under, sha256_of
from selfeval.running.stages import Stage, beside
from selfeval.tables import read_table

from .execution import execute
from .kernels import Kernels
from .limit import Limit
from .staging import Staging
from .traces import warnings_of, without_traces


@dataclass(frozen=True)
class Ended:
    """What became of a stage that ran to its end: the hashes of its tables, what its cells warned of, how long it took."""

    tables: Mapping[str, str]
    warnings: list[str]
    seconds: float


def run_stage(stage: Stage, notebook: NotebookNode, staging: Staging, limit: Limit, kernels: Kernels) -> Ended:
    """Run the notebook of `stage`, keep it beside the others, and see to it that it wrote all of its tables and no others.

    Raises NotebookFailed when it did not, or did not run to its end, and the refusal that a cell raised.
    """
    begun = time.monotonic()
    before = table_hashes(staging.processed)
    parameters = {"unit": staging.unit, "year": staging.year, "data_dir": str(staging.data), "outputs_dir": str(staging.outputs_root)}
    folder = staging.scratch / stage.name
    folder.mkdir()
    executed = execute(stage.name, notebook, parameters, folder, limit, kernels)
    after = table_hashes(staging.processed)
    _require_own_tables(stage, before, after)
    for name in stage.tables:
        read_table(name, staging.processed)  # refused here rather than by whoever reads it next
    _keep(without_traces(executed, {**parameters, "data_dir": "", "outputs_dir": ""}, staging.root), stage, staging)
    return Ended({name: after[name] for name in stage.tables}, warnings_of(executed, staging.root), time.monotonic() - begun)


def table_hashes(folder: Path) -> dict[str, str]:
    """The hash of every table in `folder`, by its name."""
    return {path.stem: sha256_of(path) for path in files_under(folder) if path.suffix == ".csv"}


def _require_own_tables(stage: Stage, before: Mapping[str, str], after: Mapping[str, str]) -> None:
    missing = [name for name in stage.tables if name not in after]
    if missing:
        raise NotebookFailed(f"{stage.name} 运行完了，却没有写出表 {'、'.join(missing)}；请检查笔记本里的 write_table", stage.name)
    # What stages beside it write is looked at when those end, and once more before all is published.
    others = beside(stage)
    known = {*stage.tables, *(name for other in others for name in other.tables)}
    foreign = sorted(name for name in after if after[name] != before.get(name) and name not in known)
    if foreign:
        writer = "，或同时运行的 ".join([stage.name, *(other.name for other in others)])
        raise NotebookFailed(f"{writer} 写了不归它写的表 {'、'.join(foreign)}；每张表只能由一个笔记本写，见 stages.py", stage.name)


def _keep(executed: NotebookNode, stage: Stage, staging: Staging) -> None:
    path = stage.notebook(staging.executed)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(nbformat.writes(executed) + "\n", encoding="utf-8", newline="\n")
