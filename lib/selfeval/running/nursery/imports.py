"""Which rooms of this package a notebook imports."""

from __future__ import annotations

import ast
import json
from pathlib import Path

_PACKAGE = __package__.partition(".")[0]


def modules_of(notebook: Path) -> list[str]:
    """Return the modules of this package that the cells of `notebook` import, each once, in their order.

    A name imported from a module counts as a module too, for it may be one. Cells that are no Python are passed over, and so is a file
    that is no notebook: whoever runs it will say so.
    """
    try:
        cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
        sources = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
    except (OSError, ValueError, KeyError, TypeError):
        return []
    return list(dict.fromkeys(name for source in sources for name in _imported(source) if name.partition(".")[0] == _PACKAGE))


def _imported(source: str) -> list[str]:
    try:
        statements = ast.parse(source).body
    except SyntaxError:
        return []
    found: list[str] = []
    for statement in statements:
        if isinstance(statement, ast.Import):
            found += [alias.name for alias in statement.names]
        elif isinstance(statement, ast.ImportFrom) and statement.module:
            found += [statement.module, *(f"{statement.module}.{alias.name}" for alias in statement.names)]
    return found
