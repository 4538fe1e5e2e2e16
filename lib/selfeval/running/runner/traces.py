"""An executed notebook without what differs from run to run or tells of the machine: times, random ids, paths, warnings."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from pathlib import Path

from nbformat import NotebookNode
from papermill.translators import PythonTranslator

_INJECTED = "injected-parameters"


def without_traces(notebook: NotebookNode, parameters: Mapping[str, object], root: Path) -> NotebookNode:
    """Return `notebook` as it is published: the same input gives the same bytes on any machine.

    The injected cell shows `parameters` instead of the folders of the run; `root`, where it still stands in an output, is left out;
    what went to stderr is dropped, for it names files of the machine.
    """
    clean = copy.deepcopy(notebook)
    clean.metadata = NotebookNode(
        kernelspec={"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
        language_info={"name": "python"},
    )
    for cell in clean.cells:
        tags = cell.metadata.get("tags", [])
        cell.metadata = NotebookNode({"tags": tags} if tags else {})
        if _INJECTED in tags:
            cell.id = _INJECTED
            cell.source = PythonTranslator.codify(dict(parameters), "Parameters").rstrip("\n")
        if cell.cell_type == "code":
            kept = [output for output in cell.outputs if output.get("name") != "stderr"]
            cell.outputs = [_without_root(output, f"{root}/") for output in kept]
    return clean


def warnings_of(notebook: NotebookNode, root: Path) -> list[str]:
    """What the cells of `notebook` said on stderr, for the log of the run: without the folder of the run, and each text once."""
    outputs = [output for cell in notebook.cells if cell.cell_type == "code" for output in cell.outputs]
    texts = [output.text for output in outputs if output.get("name") == "stderr"]
    return list(dict.fromkeys(text.replace(f"{root}/", "").strip() for text in texts if text.strip()))


def _without_root(value: object, root: str) -> object:
    """`value` with `root` cut out of every text in it."""
    if isinstance(value, str):
        return value.replace(root, "")
    if isinstance(value, dict):
        return NotebookNode({key: _without_root(item, root) for key, item in value.items()})
    if isinstance(value, list):
        return [_without_root(item, root) for item in value]
    return value
