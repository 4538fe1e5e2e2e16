"""Small notebooks in place of the real four: each writes the tables it owes, empty, so that a run can be tested on its own."""

from __future__ import annotations

from pathlib import Path

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from selfeval.running.stages import STAGES

PARAMETERS = 'unit: str = "none"\nyear: int = 1\ndata_dir: str = ""\noutputs_dir: str = ""'


def notebook(*cells: str) -> nbformat.NotebookNode:
    """A notebook with the parameters cell and the given ones; text that begins with # and a blank is a heading."""
    made = [new_code_cell(PARAMETERS, metadata={"tags": ["parameters"]}, id="parameters")]
    for number, text in enumerate(cells):
        new_cell = new_markdown_cell if text.startswith("# ") else new_code_cell
        made.append(new_cell(text, id=f"cell-{number}"))
    return new_notebook(cells=made, metadata={"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}})


def owed(name: str) -> str:
    """A cell that writes every table stage `name` owes."""
    tables = next(stage.tables for stage in STAGES if stage.name == name)
    lines = ["from selfeval.paths import locate", "from selfeval.tables import make_table, write_table", ""]
    lines += ["place = locate(unit, year, data_dir, outputs_dir)"]
    return "\n".join([*lines, *(f'write_table("{table}", make_table("{table}", []), place.processed)' for table in tables)])


def write_notebooks(folder: Path, **changed: nbformat.NotebookNode) -> Path:
    """The four notebooks in `folder`; a keyword such as `n02` puts another in the place of the one that begins so."""
    folder.mkdir(parents=True, exist_ok=True)
    for stage in STAGES:
        standin = changed.get(f"n{stage.name[:2]}") or notebook("# 写表", owed(stage.name), "# 看看", "place.year")
        nbformat.write(standin, stage.notebook(folder))
    return folder
