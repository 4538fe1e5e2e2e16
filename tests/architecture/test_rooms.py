"""The rooms of the package keep to their one job."""

import ast
import re
import tomllib
from functools import cache

import pytest

from architecture.code import constants, imported_rooms, imports, modules, room_of, rooms, shown, tree_of
from selfeval.paths import project_root, units_and_years
from selfeval.sources import CARD

# A room imports only from rooms that stand before it.
ORDER = [
    *("exceptions", "formulas", "interruption", "tables", "parameters", "paths", "knowledge", "quantity", "words", "display", "blocks"),
    *("fonts", "office", "document", "hand_written", "identity", "figures", "entries", "passages", "sources", "decisions", "line_tree"),
    *("budget_lines", "completeness", "work_facts", "entry_tables", "reconcile", "audit", "ledger"),
    *("budget", "safety", "scoring", "form_checks", "assessment", "loose_file", "compare", "summary", "charts", "provenance"),
    *("publishing", "hook", "printing", "page", "official_forms", "narrative", "hand_in", "new_year", "explore", "stages", "freshness"),
    *("nursery", "runner", "batch", "columns", "misreading", "__main__"),
]
NEVER_TOGETHER = {frozenset({"budget", "safety"}), frozenset({"budget_lines", "work_facts"})}
PURE = {
    *("formulas", "parameters", "quantity", "words", "display", "blocks", "figures", "passages", "line_tree", "budget_lines", "work_facts"),
    *("identity", "completeness", "entry_tables", "reconcile", "audit", "ledger", "budget", "safety", "scoring", "form_checks"),
    *("assessment", "compare", "summary", "charts", "page", "official_forms", "narrative", "columns", "misreading"),
}
OUTSIDE = {
    "os",
    "sys",
    "pathlib",
    "shutil",
    "subprocess",
    "tempfile",
    "socket",
    "urllib",
    "http",
    "logging",
    "random",
    "time",
    "datetime",
}
OUTSIDE_CALLS = {"open", "print", "input", "read_text", "read_bytes", "write_text", "write_bytes", "read_csv", "to_csv"}
ONLY_IN = {
    "papermill": "runner",
    "nbconvert": "runner",
    "nbclient": "runner",
    "nbformat": "runner",
    "jupyter_client": "runner",
    "zmq": "runner",
    "matplotlib": "charts",
    "fontTools": "fonts",
    "xlsxwriter": "office",
    "docx": "office",
    "argparse": "__main__",
    "ipywidgets": "explore",
    "itables": "explore",
}


def test_every_room_has_its_place_in_the_order():
    assert rooms() - set(ORDER) == set(), "new rooms: put them into ORDER, below everything they import"


def test_imports_point_one_way():
    against = [
        f"{shown(module, line)} imports {target}: {room_of(module)} stands before it; move what is shared into a room above both"
        for module in modules()
        for line, target in imported_rooms(module)
        if room_of(module) in ORDER and ORDER.index(target) > ORDER.index(room_of(module))
    ]
    assert not against, "\n".join(against)


def test_budget_and_safety_never_meet():
    met = [
        f"{shown(module, line)}: {room_of(module)} imports {target}; put what both need into a room above, or hand it over in a table"
        for module in modules()
        for line, target in imported_rooms(module)
        if frozenset({room_of(module), target}) in NEVER_TOGETHER
    ]
    assert not met, "\n".join(met)


def test_a_library_of_one_room_is_imported_nowhere_else():
    strays = [
        f"{shown(module, line)} imports {name}: only {ONLY_IN[name.split('.')[0]]} may; call that room instead"
        for module in modules()
        for line, name in imports(module)
        if ONLY_IN.get(name.split(".")[0], room_of(module)) != room_of(module)
    ]
    assert not strays, "\n".join(strays)


def test_the_carrier_of_the_font_is_never_imported():
    assert [shown(m, line) for m in modules() for line, name in imports(m) if name.split(".")[0] == "zhplot"] == []


def test_pure_rooms_touch_nothing_outside():
    touched = [
        f"{shown(module, line)} imports {name}: {room_of(module)} is pure; read or write in sources, tables, provenance or runner"
        for module in modules()
        if room_of(module) in PURE
        for line, name in imports(module)
        if name.split(".")[0] in OUTSIDE
    ]
    touched += [
        f"{shown(module, node.lineno)} calls {name}: {room_of(module)} is pure; hand the result back and let tables or runner write it"
        for module in modules()
        if room_of(module) in PURE
        for node in ast.walk(tree_of(module))
        if isinstance(node, ast.Call) and (name := getattr(node.func, "id", getattr(node.func, "attr", ""))) in OUTSIDE_CALLS
    ]
    assert not touched, "\n".join(touched)


def test_no_text_of_the_data_can_become_code():
    risky = {"query", "eval", "exec", "read_pickle", "to_pickle"}
    found = [
        f"{shown(module, node.lineno)} calls {name}: select rows with masks, store tables as CSV"
        for module in modules()
        for node in ast.walk(tree_of(module))
        if isinstance(node, ast.Call) and (name := getattr(node.func, "id", getattr(node.func, "attr", ""))) in risky
    ]
    assert not found, "\n".join(found)


def holds_a_year(value: object) -> bool:
    text = str(value) if isinstance(value, str | int) else ""
    without_namespaces = re.sub(r"http://www\.w3\.org/\S+", "", text)
    return bool(re.search(r"(?<!\d)20[0-4]\d(?!\d)", without_namespaces)) and value not in (2000, 2048)


def test_no_year_stands_in_code():
    found = [
        f"{shown(module, line)} holds {value!r}: a year is data; take it from the parameters, or put it into knowledge/*.toml"
        for module in modules()
        for line, value in constants(module)
        if holds_a_year(value)
    ]
    assert not found, "\n".join(found)


@cache
def names_of_units() -> set[str]:
    names = set()
    for unit, year in units_and_years(project_root() / "data"):
        card = project_root() / "data" / "raw" / unit / str(year) / CARD
        issuer = tomllib.loads(card.read_text(encoding="utf-8"))["issuer"]
        names |= {unit, *unit.split("-")[:1], issuer, issuer[:2]}
    return names


def test_no_unit_stands_in_code():
    found = [
        f"{shown(module, line)} holds {value!r}: a unit is data; take it from the parameters or the source card"
        for module in modules()
        for line, value in constants(module)
        if isinstance(value, str) and any(name in value for name in names_of_units())
    ]
    assert not found, "\n".join(found)


@pytest.mark.parametrize("module", modules(), ids=lambda module: str(module.relative_to(project_root() / "lib")))
def test_every_file_says_what_it_is_for(module):
    docstring = ast.get_docstring(tree_of(module)) or ""
    assert docstring.split("\n")[0], f"{shown(module, 1)}: say its one job in the first line"
