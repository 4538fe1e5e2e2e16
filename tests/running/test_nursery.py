"""Kernels come out of the nursery: each a process of its own, none of which outlives it or the run."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from selfeval.exceptions import NotebookFailed
from selfeval.running.nursery import Forker, Order, Spares, open_nursery
from selfeval.running.nursery.imports import modules_of
from selfeval.running.nursery.spawning import spawn
from selfeval.running.publishing.processes import birth_of
from selfeval.running.runner.execution import execute
from selfeval.running.runner.kernels import Kernels
from selfeval.running.runner.limit import Limit
from standins import notebook

LINUX = pytest.mark.skipif(sys.platform != "linux", reason="只有 Linux 分叉内核")
KINDS = [pytest.param(Forker, marks=LINUX), Spares]


def notebook_file(folder: Path, *sources: str) -> Path:
    cells = [{"cell_type": "code", "source": source.splitlines(keepends=True)} for source in sources]
    path = folder / f"{len(list(folder.iterdir()))}.ipynb"
    path.write_text(json.dumps({"cells": [*cells, {"cell_type": "markdown", "source": ["import selfeval.no"]}]}), encoding="utf-8")
    return path


def shown(folder: Path, kernels: Kernels, *cells: str) -> list[str]:
    """What the cells of a notebook print."""
    folder.mkdir()
    executed = execute("01_clean", notebook(*cells), {"unit": "x"}, folder, Limit(60, 120), kernels)
    return ["".join(output.get("text", "") for output in cell.outputs) for cell in executed.cells if cell.cell_type == "code"][
        -len(cells) :
    ]


def gone(pid: int) -> bool:
    end = time.monotonic() + 10
    while birth_of(pid) and time.monotonic() < end:
        time.sleep(0.02)
    return not birth_of(pid)


def test_only_modules_of_this_package_are_imported_ahead(tmp_path):
    path = notebook_file(tmp_path, "import os, selfeval.paths\nfrom selfeval.telling import page", "%magic", "from antigravity import fly")
    assert modules_of(path) == ["selfeval.paths", "selfeval.telling", "selfeval.telling.page"]


@pytest.mark.parametrize("text", ["", "[1]", '{"cells": [{}]}', "{"])
def test_what_is_no_notebook_has_no_modules(tmp_path, text):
    (tmp_path / "x.ipynb").write_text(text, encoding="utf-8")
    assert modules_of(tmp_path / "x.ipynb") == []


def test_an_order_travels_as_one_line_of_ascii():
    line = Order(["-f", "甲\n乙"], "文件夹", {"A": "甲"}).line()
    assert line.count(b"\n") == 1
    assert line.isascii()


@pytest.mark.parametrize("kind", KINDS)
def test_every_notebook_has_a_kernel_of_its_own_that_has_imported_already(tmp_path, kind):
    files = [notebook_file(tmp_path, "from selfeval.measuring.safety import safety_metrics") for _ in range(2)]
    leaves = "import selfeval.measuring.safety, os, sys\nselfeval.measuring.safety.left = 1\nprint(os.getpid())"
    looks = "import selfeval.measuring.safety, os\nprint(os.getpid(), hasattr(selfeval.measuring.safety, 'left'))"
    with kind(files) as nursery:
        kernels = Kernels(nursery, tmp_path)
        already, first = shown(tmp_path / "a", kernels, "import sys\nprint('selfeval.measuring.safety' in sys.modules)", leaves)
        (second,) = shown(tmp_path / "b", kernels, looks)
    assert already == "True\n"
    assert second.split()[0] != first.strip()
    assert second.split()[1] == "False"


@pytest.mark.parametrize("kind", KINDS)
def test_a_kernel_that_makes_the_page_has_drawn_before(tmp_path, kind):
    looks = "import sys\nprint('matplotlib.backends.backend_svg' in sys.modules)"
    with kind([notebook_file(tmp_path, "from selfeval.telling import page")]) as nursery:
        (said,) = shown(tmp_path / "a", Kernels(nursery, tmp_path), looks)
    assert said == "True\n"


@pytest.mark.parametrize("kind", KINDS)
def test_a_kernel_collects_its_garbage_whatever_was_imported_ahead(tmp_path, kind):
    with kind([notebook_file(tmp_path)]) as nursery:
        (said,) = shown(tmp_path / "a", Kernels(nursery, tmp_path), "import gc\nprint(gc.isenabled())")
    assert said == "True\n"


@pytest.mark.parametrize("kind", KINDS)
def test_a_kernel_is_gone_when_its_notebook_is_done(tmp_path, kind):
    with kind([notebook_file(tmp_path)]) as nursery:
        (pid,) = shown(tmp_path / "a", Kernels(nursery, tmp_path), "import os\nprint(os.getpid())")
        assert not birth_of(int(pid))


@pytest.mark.parametrize("kind", KINDS)
def test_what_lies_in_the_folder_of_whoever_starts_a_run_is_not_taken_for_a_library(tmp_path, kind, monkeypatch):
    (tmp_path / "cwd").mkdir()
    (tmp_path / "cwd" / "statistics.py").write_text("raise SystemExit", encoding="utf-8")
    monkeypatch.chdir(tmp_path / "cwd")
    with kind([notebook_file(tmp_path)]) as nursery:
        (path,) = shown(tmp_path / "a", Kernels(nursery, tmp_path), "import statistics\nprint(statistics.__file__)")
    assert "cwd" not in path


@LINUX
@pytest.mark.parametrize(
    "work", ["import time\ntime.sleep(600)", pytest.param("sum(range(10**13))", marks=pytest.mark.slow)], ids=["python", "c code"]
)
def test_kernels_end_with_the_process_that_opened_the_nursery(tmp_path, work):
    mark = tmp_path / "pid"
    cell = f"import os, pathlib\npathlib.Path({str(mark)!r}).write_text(str(os.getpid()))\n{work}"
    script = (
        "import sys, pathlib\nsys.path.insert(0, sys.argv[1])\n"
        "from test_nursery import *\nfolder = pathlib.Path(sys.argv[2])\n"
        "with open_nursery([folder / 'none.ipynb']) as nursery:\n"
        "    shown(folder / 'a', Kernels(nursery, folder), sys.argv[3])\n"
    )
    paths = os.pathsep.join([str(Path(__file__).parent), str(Path(__file__).parent.parent)])
    process = subprocess.Popen(
        [sys.executable, "-c", script, str(Path(__file__).parent), str(tmp_path), cell], env={**os.environ, "PYTHONPATH": paths}
    )
    while not (mark.is_file() and mark.read_text(encoding="utf-8")):
        assert process.poll() is None
        time.sleep(0.02)
    process.kill()
    process.wait()
    assert gone(int(mark.read_text(encoding="utf-8")))


@LINUX
@LINUX
def test_what_a_run_ordered_last_before_it_died_is_not_carried_out(tmp_path):
    zygote = spawn("zygote", [notebook_file(tmp_path)], stdout=subprocess.PIPE)
    zygote.stdin.write(Order((), str(tmp_path), {}).line())
    answer, _ = zygote.communicate()  # closes the input long before the first import is done
    assert answer == b""


def test_a_nursery_that_died_is_told_as_a_kernel_that_did_not_start(tmp_path):
    with open_nursery([notebook_file(tmp_path)]) as nursery:
        kernels = Kernels(nursery, tmp_path)
        shown(tmp_path / "a", kernels, "1")
        os.kill(nursery._zygote.pid, signal.SIGKILL)
        with pytest.raises(NotebookFailed, match="内核没有启动（准备内核的进程意外终止"):
            shown(tmp_path / "b", kernels, "1")


def test_after_the_end_no_kernel_is_started(tmp_path):
    with open_nursery([notebook_file(tmp_path)]) as nursery:
        kernels = Kernels(nursery, tmp_path)
        kernels.end()
        with pytest.raises(NotebookFailed, match="运行已停止"):
            shown(tmp_path / "a", kernels, "1")


def test_closing_ends_those_that_still_wait(tmp_path):
    with Spares([notebook_file(tmp_path)] * 3) as nursery:
        waiting = [process.pid for process in nursery._waiting]
    assert len(waiting) == 2
    assert all(gone(pid) for pid in waiting)
