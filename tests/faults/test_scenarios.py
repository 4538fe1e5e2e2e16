"""Everything a notebook can do wrong, in each of the four: never a success, what was published stays, the message says where and why."""

import pytest

from faults.quick_run import QuickRun
from selfeval.exceptions import SelfevalError
from selfeval.running import runner
from selfeval.running.nursery import open_nursery
from selfeval.running.publishing import read_status
from selfeval.running.runner.execution import execute
from selfeval.running.runner.kernels import Kernels
from selfeval.running.runner.limit import Limit
from selfeval.running.stages import STAGES
from standins import notebook, owed, write_notebooks

# Enough for a busy machine to import pandas.
SECONDS = 20
HUNG = f"超过 {SECONDS} 秒"
# What a cell does, and what the message says of it.
DEEDS = {
    "raises": ("1 / 0", "ZeroDivisionError"),
    "asserts": ("assert False, '不对'", "AssertionError: 不对"),
    "does not parse": ("if True print(1)", "SyntaxError"),
    "leaves with success": ("import sys\nsys.exit(0)", "提前退出"),
    "leaves the way of ipython": ("exit()", "提前退出"),
    "ends its process": ("import os\nos._exit(0)", "内核意外终止"),
    "is killed": ("import os, signal\nos.kill(os.getpid(), signal.SIGKILL)", "内核意外终止"),
    "crashes in c code": ("import ctypes\nctypes.string_at(0)", "内核意外终止"),
    "hangs": ("while True:\n    pass", HUNG),
    "hangs and will not be interrupted": (
        "import time\nwhile True:\n    try:\n        time.sleep(9)\n    except KeyboardInterrupt:\n        pass",
        HUNG,
    ),
    "hangs in c code": ("sum(range(10**13))", HUNG),
    "fails in a thread": ("import threading\nt = threading.Thread(target=lambda: 1 / 0)\nt.start()\nt.join()", "后台线程出错"),
    "takes too much memory": (
        "import resource\nresource.setrlimit(resource.RLIMIT_AS, (3 * 10**9, 3 * 10**9))\nblock = bytearray(10**10)",
        "MemoryError",
    ),
    "waits for somebody to type": ("input()", "StdinNotImplementedError"),
    "warns of a glyph": ("import warnings\nwarnings.warn('Glyph 24212 missing')", "Glyph 24212"),
    "opens too many files": ("files = [open('/dev/null') for _ in range(10**6)]", "Too many open files"),
    "runs a command that fails": ("!false", "命令"),
    "refuses": ("from selfeval.exceptions import InputRefused\nraise InputRefused('甲缺列')", "甲缺列"),
}
QUICK = {"crashes in c code", "runs a command that fails"}


def cases() -> list:
    found = []
    for stage in STAGES:
        for deed in DEEDS:
            quick = deed in QUICK and stage is STAGES[1]
            found.append(pytest.param(stage.name, deed, id=f"{stage.name} {deed}", marks=() if quick else pytest.mark.heavy))
    return found


@pytest.mark.parametrize(("stage", "deed"), cases())
def test_a_notebook_that_does_wrong_is_never_a_success(tmp_path, figures, stage, deed):
    run = QuickRun(tmp_path)
    for folder in (run.place.processed, run.place.outputs):
        folder.mkdir(parents=True)
        (folder / "report.html").write_text("old", encoding="utf-8")
    before = run.digests()
    code, words = DEEDS[deed]
    wrong = notebook("# 做错了吗？", owed(stage), code, "1")
    notebooks = write_notebooks(tmp_path / "notebooks", **{f"n{stage[:2]}": wrong})
    with pytest.raises(SelfevalError) as caught:
        runner.run(run.place, notebooks, say=lambda _: None, cell_seconds=SECONDS if words == HUNG else 300)
    assert words in str(caught.value)
    assert run.digests() == before
    assert run.leftovers() == []
    status = read_status(run.place)
    assert status.outcome == "失败"
    assert words in status.cause
    if deed != "refuses":
        assert (status.notebook, status.cell) == (stage, "做错了吗？")
    figures["scenarios: a notebook did wrong, the old stayed whole, the message told where and why"] += 1


@pytest.mark.heavy
def test_what_a_cell_shows_is_kept_however_fast_it_comes(tmp_path, figures):
    lines = 20_000
    flood = notebook(f"for number in range({lines}):\n    print(number, flush=True)")
    with open_nursery([]) as nursery:
        executed = execute("01_clean", flood, {"unit": "x"}, tmp_path, Limit(300, 600), Kernels(nursery, tmp_path))
    shown = "".join(output.get("text", "") for cell in executed.cells for output in cell.get("outputs", []))
    assert shown == "".join(f"{number}\n" for number in range(lines))
    figures["scenarios: lines shown one by one, all kept"] += lines
