"""Whether the parameters that papermill injects into a notebook are those it has: papermill itself runs on with the defaults."""

from __future__ import annotations

import ast
from collections.abc import Sequence

from selfeval.exceptions import WrongUsage

# What papermill writes above the cell that it injects.
_INJECTED = "# Parameters\n"


def require_known_parameters(cells: Sequence[str]) -> None:
    """Look through the sources of the cells run so far, in their order (in a notebook: In), for parameters that no cell above declares.

    Raises WrongUsage, naming them, where there are any.
    """
    declared: dict[str, None] = {}
    for cell in cells:
        names = _assigned(cell)
        unknown = [name for name in names if name not in declared]
        if cell.startswith(_INJECTED) and unknown:
            raise WrongUsage(f"没有参数 {'、'.join(unknown)}；这份笔记本的参数是 {'、'.join(declared)}，请改正名字后重新运行")
        declared |= dict.fromkeys(names)


def _assigned(cell: str) -> list[str]:
    """The names that a cell assigns to, with any other statement as it is written; nothing of a cell that is no Python."""
    try:
        statements = ast.parse(cell).body
    except SyntaxError:
        return []
    return [ast.unparse(target) for statement in statements for target in _targets(statement)]


def _targets(statement: ast.stmt) -> list[ast.AST]:
    if isinstance(statement, ast.Assign):
        return statement.targets
    return [statement.target] if isinstance(statement, ast.AnnAssign) else [statement]
