"""The same notebooks as people usually run them from one script: papermill's API four times, nbconvert's once.

usage: python papermill_api.py UNIT YEAR DATA OUTPUTS
"""

from __future__ import annotations

import sys
from pathlib import Path

import papermill
from nbconvert import HTMLExporter

from selfeval.running.stages import STAGES, notebook_folder


def main(unit: str, year: int, data: str, outputs: str) -> None:
    """Run and convert."""
    folder = Path(outputs)
    folder.mkdir(parents=True, exist_ok=True)
    for stage in STAGES:
        parameters = {"unit": unit, "year": year, "data_dir": data, "outputs_dir": outputs}
        executed = folder / f"{stage.name}.ipynb"
        papermill.execute_notebook(stage.notebook(notebook_folder()), executed, parameters, progress_bar=False)
    page, _ = HTMLExporter(exclude_input=True).from_filename(executed)
    (folder / "report.html").write_text(page, encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), sys.argv[3], sys.argv[4])
