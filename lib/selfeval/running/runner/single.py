"""One report from anywhere, without set-up: its tables at once, then the page made from them by the report notebook alone."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from selfeval.paths import LOOSE_FILE
from selfeval.running.nursery import Nursery
from selfeval.running.publishing import temporary_folder
from selfeval.running.stages import STAGES, notebook_folder
from selfeval.tables import write_tables

from .execution import execute, read_notebook
from .kernels import Kernels
from .limit import Limit
from .rendering import render
from .staging import Staging


def page_of(tables: Mapping[str, pd.DataFrame], year: int, title: str, nursery: Nursery) -> str:
    """Return the HTML page that the report notebook makes of `tables` (all that it reads, by name), in a kernel out of `nursery`.

    Raises NotebookFailed when the notebook does not run to its end.
    """
    stage = STAGES[-1]
    with temporary_folder() as root:
        staging = Staging(LOOSE_FILE, year, root / "data", root / "outputs", root)
        for folder in (staging.raw, staging.processed, staging.scratch):
            folder.mkdir(parents=True)
        write_tables(staging.processed, **tables)
        parameters = {"unit": staging.unit, "year": year, "data_dir": str(staging.data), "outputs_dir": str(staging.outputs_root)}
        path = stage.notebook(notebook_folder())
        kernels = Kernels(nursery, staging.scratch)
        executed = execute(stage.name, read_notebook(path), parameters, staging.scratch, Limit(), kernels)
        return render(executed, title)
