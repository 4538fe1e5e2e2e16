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


# The doorstep: whoever opens the package sees these names and no others. What stands on the ground belongs to no wing.
GROUND = ("exceptions", "formulas", "interruption", "knowledge", "paths", "tables", "quantity", "words", "blocks")
# The wings in the order in which the data flows through them.
WINGS = ("reading", "records", "measuring", "judging", "telling", "running")
FACES = ("explore", "__main__")


def names_of(module: Path) -> tuple[str, ...]:
    """The dotted name of a module below the package, in parts; a package's own first page has the package's."""
    parts = (*module.relative_to(PACKAGE).parts[:-1], module.stem)
    return parts[:-1] if parts[-1] == "__init__" else parts


def wing_of(module: Path) -> str:
    """The wing a file belongs to, or its own name where it stands beside the wings: on the ground, or as a face."""
    return (names_of(module) or ("",))[0]


def room_of(module: Path) -> str:
    """The room a file belongs to: the name below its wing, or its own name where it stands beside the wings."""
    return room_in(names_of(module))


def room_in(names: tuple[str, ...]) -> str:
    """The room that `names`, the parts of a dotted name below the package, lead into; "" for a wing's own first page."""
    below = names[1:] if names[:1] and names[0] in WINGS else names
    return below[0] if below else ""


@cache
def rooms() -> set[str]:
    """Every room there is; the first pages of the package and of the wings are none."""
    return {room_of(module) for module in modules()} - {""}


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


def imported(module: Path) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Line and name, in parts below the package, of everything `module` imports from the package."""
    for line, name in imports(module):
        first, *parts = name.split(".")
        if first == PACKAGE.name and parts:
            yield line, tuple(parts)


def imported_rooms(module: Path) -> Iterator[tuple[int, str]]:
    """Line and room of everything `module` imports from the package."""
    for line, names in imported(module):
        if (room := room_in(names)) in rooms():
            yield line, room


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
