"""The quick half of the tests, which is `make test`, leaves no room of the package out."""

import ast
from functools import cache
from pathlib import Path

import pytest

from architecture.code import PACKAGE, imported_rooms, modules, room_in, room_of, rooms
from selfeval.paths import project_root

TESTS = project_root() / "tests"
# Files that cost too much to have any test of theirs in the quick half, each with what stands there for it.
WHOLLY_SLOW = {
    "browser/test_explore_in_jupyterlab.py": "faces/test_explore.py, notebooks/test_exploring_notebooks.py",
    "browser/test_nothing_gets_in.py": "browser/test_first_payloads_stay_text.py",
    "browser/test_side_by_side_in_browser.py": "browser/test_page_in_browser.py",
    "faults/test_same_bytes.py": "golden/test_published_tables.py",
    "pipeline/test_earlier_years.py": "measuring/test_compare.py, telling/test_page_years.py",
    "pipeline/test_yearly_cycle.py": "pipeline/test_run.py, telling/test_new_year.py",
    "running/test_batch_cluster.py": "running/test_batch.py",
}
# Rooms that no test asks by themselves, each with the room whose tests try it.
TRIED_THROUGH = {
    "budget_sums": "audit",
    "formulas": "tables",
    "hand_written": "decisions",
    "loose_file": "batch",
    "misreading": "__main__",
    "one_page": "hand_in",
    "stated": "form_checks",
    "title": "identity",
}


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def is_left_out(mark: ast.AST) -> bool:
    return ast.unparse(mark) in {"pytest.mark.slow", "pytest.mark.heavy", "slow"}


def has_quick_tests(path: Path) -> bool:
    """Whether any test of a file has no mark that takes it out of the quick half; marks of single cases do not count."""
    body = tree_of(path).body
    if any(isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "pytestmark" and is_left_out(node.value) for node in body):
        return False
    tests = [node for node in body if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")]
    return any(not any(map(is_left_out, test.decorator_list)) for test in tests)


@cache
def quick_files() -> list[Path]:
    return [path for path in sorted(TESTS.rglob("test_*.py")) if has_quick_tests(path)]


def imported(path: Path) -> set[str]:
    """Dotted names of everything a file imports, wherever in it."""
    found = set()
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


@cache
def touched() -> set[str]:
    """The rooms that quick tests import, by themselves or by way of what they share."""
    names, ahead = set(), [*quick_files()]
    seen = {*ahead}
    for path in ahead:
        found = imported(path)
        names |= found
        helpers = {TESTS.joinpath(*name.split(".")[:length]).with_suffix(".py") for name in found for length in (1, 2)}
        ahead += [helper for helper in sorted(helpers - seen) if helper.is_file()]
        seen |= helpers
    return {room_in(tuple(name.split(".")[1:])) for name in names if name.split(".")[0] == PACKAGE.name}


@pytest.mark.parametrize("room", sorted(rooms()))
def test_the_quick_half_touches_every_room(room):
    assert TRIED_THROUGH.get(room, room) in touched(), f"no quick test imports {room}: leave one test of it without pytest.mark.slow"


@pytest.mark.parametrize("room", TRIED_THROUGH)
def test_a_room_is_tried_through_one_that_imports_it(room):
    assert room not in touched(), "tests ask it by itself by now: take it off the list"
    assert room in {target for module in modules() if room_of(module) == TRIED_THROUGH[room] for _, target in imported_rooms(module)}


def test_a_file_without_any_quick_test_is_listed_with_what_stands_for_it():
    slow = {path.relative_to(TESTS).as_posix() for path in TESTS.rglob("test_*.py") if path not in quick_files()}
    assert slow == {*WHOLLY_SLOW}


@pytest.mark.parametrize("slow", WHOLLY_SLOW)
def test_what_stands_for_a_slow_file_has_quick_tests(slow):
    assert [name for name in WHOLLY_SLOW[slow].split(", ") if TESTS / name not in quick_files()] == []
