"""The rooms of the package keep to their one job."""

import ast
import re
import tomllib
from functools import cache

import pytest

from architecture.code import (
    FACES,
    GROUND,
    PACKAGE,
    WINGS,
    constants,
    imported,
    imported_rooms,
    imports,
    modules,
    names_of,
    room_of,
    shown,
    tree_of,
    wing_of,
)
from selfeval.paths import project_root, units_and_years
from selfeval.records.sources import CARD

# Within its wing, and on the ground, a room imports only from rooms that stand before it.
ORDER = {
    "": ("exceptions", "formulas", "interruption", "knowledge", "paths", "tables", "quantity", "words", "blocks"),
    "reading": ("clauses", "enumeration", "document", "title", "kind", "identity", "grid", "figures", "statements", "structure"),
    "records": (
        *("hand_written", "entries", "passages", "sources", "decisions", "deviation", "line_tree", "budget_lines", "completeness"),
        *("work_facts", "printed_forms", "entry_tables", "stated", "findings", "reconcile", "ledger"),
    ),
    "measuring": ("budget", "safety", "scoring", "compare"),
    "judging": (
        *("slip", "relations", "guard", "evidence", "otherwise", "sureness", "verdicts", "budget_sums"),
        *("report", "remarks", "audit", "form_checks", "assessment"),
    ),
    "telling": (
        *(
            "columns",
            "display",
            "fonts",
            "web_font",
            "office",
            "charts",
            "page",
            "official_forms",
            "narrative",
            "one_page",
            "hand_in",
            "new_year",
            "printing",
        ),
        "summary",
    ),
    "running": (
        *("parameters", "misreading", "provenance", "publishing", "hook", "stages", "freshness", "loose_file", "nursery", "runner"),
        "batch",
    ),
}
NEVER_TOGETHER = {frozenset({"budget", "safety"}), frozenset({"budget_lines", "work_facts"})}
PURE = {
    *("formulas", "parameters", "quantity", "words", "display", "blocks", "figures", "passages", "line_tree", "budget_lines", "work_facts"),
    *("title", "kind", "identity", "deviation", "clauses", "enumeration", "statements", "structure"),
    *(
        "completeness",
        "entry_tables",
        "printed_forms",
        "reconcile",
        "report",
        "remarks",
        "audit",
        "ledger",
        "budget",
        "safety",
        "scoring",
        "form_checks",
    ),
    *(
        "grid",
        "relations",
        "guard",
        "slip",
        "assessment",
        "compare",
        "summary",
        "charts",
        "page",
        "official_forms",
        "narrative",
        "columns",
        "misreading",
    ),
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
    "pypdfium2": "document",
    "lxml": "document",
    "xlrd": "document",
    "matplotlib": "charts",
    "fontTools": "web_font",
    "uharfbuzz": "web_font",
    "xlsxwriter": "office",
    "docx": "office",
    "argparse": "__main__",
    "ipywidgets": "explore",
    "itables": "explore",
}


def test_the_doorstep_shows_ground_wings_and_faces_and_nothing_else():
    there = {path.stem for path in PACKAGE.iterdir() if path.suffix == ".py" or (path / "__init__.py").is_file()} - {"__init__"}
    stray = there - {*GROUND, *WINGS, *FACES}
    assert not stray, "\n".join(
        f"lib/selfeval/{name}: move it into the wing whose job it shares: {', '.join(WINGS)}" for name in sorted(stray)
    )
    assert {*GROUND, *WINGS, *FACES} == there


def test_a_wing_has_nothing_on_its_first_page():
    full = [wing for wing in WINGS if len(tree_of(PACKAGE / wing / "__init__.py").body) > 1]
    assert not full, f"move it into a room: every import of a room would load it: {full}"


# What a file may import from: the ground, and of the wings those before its own.
FLOW = ("ground", *WINGS, "faces")


def place_in_flow(name: str) -> int:
    return FLOW.index("ground" if name in GROUND or not name else "faces" if name in FACES else name)


def test_a_wing_imports_only_from_those_before_it_and_from_the_ground():
    against = [
        f"{shown(module, line)} imports {'.'.join(names)}: {wing_of(module)} stands before {names[0]}; "
        f"move what is shared into {wing_of(module)} or further up, or let {names[0]} hand it over as an argument"
        for module in modules()
        for line, names in imported(module)
        if place_in_flow(names[0]) > place_in_flow(wing_of(module))
    ]
    assert not against, "\n".join(against)


def test_the_faces_do_not_know_each_other():
    met = [shown(module, line) for module in modules() for line, names in imported(module) if {wing_of(module), names[0]} == set(FACES)]
    assert not met


@pytest.mark.parametrize("wing", ORDER)
def test_every_room_has_its_place_in_its_wing(wing):
    there = {room_of(module) for module in modules() if wing_of(module) == wing or (not wing and wing_of(module) in GROUND)} - {""}
    assert there == set(ORDER[wing]), "put new rooms into ORDER, below everything they import"


def test_within_a_wing_imports_point_one_way():
    place = {room: (wing, index) for wing, order in ORDER.items() for index, room in enumerate(order)}
    against = [
        f"{shown(module, line)} imports {target}: {room_of(module)} stands before it; move what is shared into a room above both"
        for module in modules()
        for line, target in imported_rooms(module)
        if room_of(module) in place and target in place
        if place[target][0] == place[room_of(module)][0] and place[target][1] > place[room_of(module)][1]
    ]
    assert not against, "\n".join(against)


def circle_from(module: str, graph: dict[str, set[str]]) -> list[str]:
    """A way along the imports from a module back to itself, none when there is no such way."""
    ways = [[module]]
    seen = set()
    while ways:
        way = ways.pop()
        for target in sorted(graph.get(way[-1], ())):
            if target == module:
                return [*way, target]
            if target not in seen:
                seen.add(target)
                ways.append([*way, target])
    return []


def test_no_module_imports_itself_by_way_of_others():
    names = {".".join(names_of(module)): module for module in modules()}
    graph = {
        name: {target for _, parts in imported(module) if (target := module_in(parts, names))} - {name} for name, module in names.items()
    }
    circles = {frozenset(circle): circle for name in graph if (circle := circle_from(name, graph))}
    assert not circles, "\n".join(f"{' → '.join(circle)}: move what both need into a module above" for circle in circles.values())


def module_in(parts: tuple[str, ...], names: dict[str, object]) -> str:
    """The module that an imported name is, or lies in."""
    return next((name for length in range(len(parts), 0, -1) if (name := ".".join(parts[:length])) in names), "")


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
