"""The package as text, for the rules that hold it together."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from selfeval.paths import project_root

PACKAGE = project_root() / "lib" / "selfeval"


@cache
def modules() -> list[Path]:
    """Every Python file of the package."""
    return sorted(PACKAGE.rglob("*.py"))


def room_of(module: Path) -> str:
    """The room a file belongs to: the first name below the package."""
    first = module.relative_to(PACKAGE).parts[0]
    return first.removesuffix(".py")


@cache
def rooms() -> set[str]:
    """Every room there is; the package's own first page is none."""
    return {room_of(module) for module in modules()} - {"__init__"}


def shown(module: Path, line: int) -> str:
    """Where a line stands, as an editor can open it."""
    return f"{module.relative_to(project_root())}:{line}"


@cache
def tree_of(module: Path) -> ast.Module:
    """A file as a syntax tree."""
    return ast.parse(module.read_text(encoding="utf-8"))


def imports(module: Path) -> Iterator[tuple[int, str]]:
    """Line and absolute dotted name of everything `module` imports, wherever in the file."""
    package = ("selfeval", *module.relative_to(PACKAGE).parent.parts)
    for node in ast.walk(tree_of(module)):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = ".".join(package[: len(package) - node.level + 1]) if node.level else ""
            stem = ".".join(part for part in (base, node.module or "") if part)
            yield from ((node.lineno, f"{stem}.{alias.name}") for alias in node.names)


def imported_rooms(module: Path) -> Iterator[tuple[int, str]]:
    """Line and room of everything `module` imports from the package."""
    for line, name in imports(module):
        parts = name.split(".")
        if parts[0] == "selfeval" and len(parts) > 1 and parts[1] in rooms():
            yield line, parts[1]


def constants(module: Path) -> Iterator[tuple[int, object]]:
    """Line and value of every literal that is no docstring."""
    tree = tree_of(module)
    docstrings = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and id(node) not in docstrings:
            yield node.lineno, node.value
