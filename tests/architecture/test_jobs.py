"""Runner, batch and publishing each do one job, and so does every module of batch and publishing."""

import subprocess
import sys

import pytest

from architecture.code import PACKAGE, imported, imported_rooms, imports, modules, room_of, shown

# Within these rooms a module imports only from modules that stand before it.
ORDER = {
    "batch": [
        *("job", "task", "queue", "facts", "progress", "summary", "course", "worker", "processes", "cluster"),
        *("pairs", "reports", "audits", "auditing", "runs", "running"),
    ],
    "publishing": ["durable", "processes", "lock", "run_log", "traces", "status", "swap", "recovery", "temporary"],
}
# What shares out jobs knows nothing of what the jobs are.
SHARING = {"job", "task", "queue", "progress", "course", "worker", "processes", "cluster"}
# A room, and the only files outside it that may ask it for something.
ASKED_BY = {
    "batch": {"__main__.py"},
    "runner": {"__main__.py", "running/batch/running.py"},
    "loose_file": {"__main__.py", "running/batch/auditing.py"},
    "hook": {"__main__.py"},
}
ONLY_IN = {
    "dask": {"running/batch/cluster.py"},
    "distributed": {"running/batch/cluster.py"},
    "multiprocessing": {"running/batch/processes.py", "running/batch/worker.py"},
    "fcntl": {"running/publishing/lock.py"},
    "msvcrt": {"running/publishing/lock.py"},
}
# What hands out work or answers at once, and what takes long to import.
LIGHT = [
    *("__main__", "running.publishing", "running.freshness", "running.batch.audits", "running.batch.runs", "running.batch.pairs"),
    *("running.batch.course", "running.batch.processes", "running.batch.summary"),
]
HEAVY = {"pandas", "numpy", "matplotlib", "papermill", "nbconvert", "nbformat", "nbclient", "jupyter_client", "distributed"}


def file_of(module) -> str:
    return module.relative_to(PACKAGE).as_posix()


def inside(room: str):
    """Every module of a room but its first page, with its name in the room."""
    return [(module, module.stem) for module in modules() if room_of(module) == room and module.stem != "__init__"]


@pytest.mark.parametrize("room", ORDER)
def test_every_module_has_its_place_and_imports_point_one_way(room):
    order = ORDER[room]
    assert {name for _, name in inside(room)} == set(order), f"put new modules of {room} into ORDER, below everything they import"
    against = [
        f"{shown(module, line)} imports {target}: {name} stands before it; move what both need into a module above"
        for module, name in inside(room)
        for line, target in siblings(module, room)
        if order.index(target) >= order.index(name)
    ]
    assert not against, "\n".join(against)


def siblings(module, room: str):
    for line, names in imported(module):
        if names[:2] == ("running", room) and len(names) > 2 and names[2] in ORDER[room]:
            yield line, names[2]


def test_what_shares_out_jobs_knows_nothing_of_what_they_are():
    strays = [
        f"{shown(module, line)} imports {target}: it shares out jobs; do it in the task (auditing, running) or where the jobs are listed"
        for module, name in inside("batch")
        if name in SHARING
        for line, target in imported_rooms(module)
        if target not in {"batch", "exceptions"}
    ]
    assert not strays, "\n".join(strays)


def test_publishing_knows_files_and_places_but_nothing_of_reports():
    strays = [
        f"{shown(module, line)} imports {target}: publishing swaps folders, whatever is in them; hand it over as an argument"
        for module, _ in inside("publishing")
        for line, target in imported_rooms(module)
        if target not in {"publishing", "exceptions", "paths", "provenance"}
    ]
    assert not strays, "\n".join(strays)


def test_only_those_whose_business_it_is_ask_a_room():
    strays = [
        f"{shown(module, line)} imports {target}: only {', '.join(sorted(ASKED_BY[target]))} may"
        for module in modules()
        for line, target in imported_rooms(module)
        if room_of(module) != target and file_of(module) not in ASKED_BY.get(target, {file_of(module)})
    ]
    assert not strays, "\n".join(strays)


def test_a_library_of_one_module_is_imported_nowhere_else():
    strays = [
        f"{shown(module, line)} imports {name}: only {', '.join(sorted(ONLY_IN[name.split('.')[0]]))} may; call that instead"
        for module in modules()
        for line, name in imports(module)
        if file_of(module) not in ONLY_IN.get(name.split(".")[0], {file_of(module)})
    ]
    assert not strays, "\n".join(strays)


@pytest.mark.parametrize("name", LIGHT)
def test_what_hands_out_work_imports_nothing_that_takes_long(name):
    ask = f"import sys, selfeval.{name}; print(*sorted(sys.modules))"
    said = subprocess.run([sys.executable, "-c", ask], capture_output=True, text=True, check=True).stdout.split()
    assert HEAVY & set(said) == set(), f"selfeval.{name} imports them by way of some module; import where they are used, or in the task"
