"""Runs that are killed, meet each other or are started from a shell: no half state, no process left, exactly one at a time."""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from faults.injection import FAILED, Disk, in_child
from faults.quick_run import NEW, QuickRun
from selfeval.__main__ import main
from selfeval.exceptions import RunStopped
from selfeval.running.publishing import locked, recover_all
from selfeval.running.publishing.processes import birth_of
from standins import notebook, owed, write_notebooks

RUN = (
    "import sys, pathlib\nfrom selfeval.running import runner\nfrom selfeval.paths import locate\n"
    "folder, notebooks = map(pathlib.Path, sys.argv[1:])\n"
    "runner.run(locate('test-body', 2031, folder / 'data', folder / 'outputs'), notebooks)"
)
BUSY = "sum(range(10**13))"  # holds the interpreter inside C code


def started(run: QuickRun, notebooks: Path) -> subprocess.Popen:
    """A run in a process of its own, with real kernels."""
    return subprocess.Popen(
        [sys.executable, "-c", RUN, str(run.place.data.parent), str(notebooks)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )


def marked(folder: Path, *work: str) -> Path:
    """Notebooks whose kernels write their numbers into folder/kernels; `work` comes last in the first of them."""
    mark = f"import os, pathlib\nwith pathlib.Path({str(folder / 'kernels')!r}).open('a') as file:\n    file.write(f'{{os.getpid()}}\\n')"
    stages = {"n01": "01_clean", "n02": "02_budget_execution", "n03": "03_safety_work", "n04": "04_report"}
    made = {short: notebook("# 写表？", mark, owed(name), *(work if short == "n01" else ())) for short, name in stages.items()}
    return write_notebooks(folder / "marked", **made)


def kernels(folder: Path) -> list[int]:
    path = folder / "kernels"
    return [int(line) for line in path.read_text(encoding="utf-8").split()] if path.is_file() else []


def left_after(seconds: float, numbers: list[int]) -> list[int]:
    """Which of some processes are still there when they should be gone."""
    end = time.monotonic() + seconds
    while (left := [number for number in numbers if birth_of(number)]) and time.monotonic() < end:
        time.sleep(0.05)
    return left


def test_a_kernel_busy_in_c_code_dies_with_its_run_and_the_next_start_tidies_up(tmp_path, figures):
    run = QuickRun(tmp_path)
    notebooks = marked(tmp_path, BUSY)
    process = started(run, notebooks)
    while not kernels(tmp_path):
        assert process.poll() is None
        time.sleep(0.05)
    process.kill()
    process.wait()
    assert left_after(5, kernels(tmp_path)) == []
    recover_all(run.place.data, run.place.outputs_root)
    assert run.leftovers() == []
    assert run.outcome() == "失败"
    figures["processes: kernels busy in C code gone within 5 s of a kill of their run"] += 1


REPORT = "云岭市水利局（虚构）2031年度部门整体支出绩效自评报告\n一、基本支出情况\n基本支出绩效目标120万元，实际支出100万元。\n"


@pytest.mark.slow
def test_a_killed_audit_leaves_no_process_and_no_key_and_its_folder_goes_with_the_next(tmp_path, figures):
    temporary = tmp_path / "tmp"
    temporary.mkdir()
    (tmp_path / "report.txt").write_text(REPORT, encoding="utf-8")
    command = [sys.executable, "-m", "selfeval", "audit", str(tmp_path / "report.txt"), "--out", str(tmp_path / "out")]
    environment = {**os.environ, "TMPDIR": str(temporary)}
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)
    while not (notes := [path for path in temporary.rglob("processes") if path.stat().st_size]):
        assert process.poll() is None
        time.sleep(0.02)
    kernel = int(notes[0].read_text(encoding="utf-8").split()[0])
    while list(temporary.rglob("kernel-*.json")):
        time.sleep(0.02)
    assert birth_of(kernel)  # it works on, and its key is gone
    process.kill()
    process.wait()
    assert left_after(5, [kernel]) == []
    assert list(temporary.rglob("kernel-*.json")) == []
    assert subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, check=False).returncode == 0
    assert list(temporary.iterdir()) == []
    figures["processes: audits killed, no process and no key left, folder gone with the next"] += 1


@pytest.mark.heavy
def test_a_run_killed_at_any_moment_leaves_old_or_new_and_no_process(tmp_path, figures):
    run, luck = QuickRun(tmp_path), random.Random(7)
    notebooks = marked(tmp_path)
    begun = time.monotonic()
    assert started(run, notebooks).wait() == 0
    takes = time.monotonic() - begun
    whole = run.digests()
    for _ in range(int(os.environ.get("FAULT_KILLS", "200"))):
        (tmp_path / "data" / "raw" / "test-body" / "2031" / "report.txt").touch()
        process = started(run, notebooks)
        time.sleep(luck.uniform(0, takes * 1.1))
        process.kill()
        process.wait()
        assert run.digests() == whole
        assert left_after(5, kernels(tmp_path)) == []
        recover_all(run.place.data, run.place.outputs_root)
        assert run.digests() == whole
        assert run.leftovers() == []
        figures["processes: whole runs killed at random, no half state, no process left"] += 1


def test_a_stopped_run_keeps_its_lock_and_the_second_names_it(tmp_path, capsys):
    run = QuickRun(tmp_path)
    process = started(run, marked(tmp_path, BUSY))
    while not kernels(tmp_path):
        assert process.poll() is None
        time.sleep(0.05)
    process.send_signal(signal.SIGSTOP)
    folders = ["--data", str(run.place.data), "--outputs", str(run.place.outputs_root)]
    assert main(["run", "--unit", "test-body", "--year", "2031", *folders]) == RunStopped.exit_code
    assert f"进程 {process.pid}，始于" in capsys.readouterr().err
    process.kill()
    process.wait()
    assert left_after(5, kernels(tmp_path)) == []


def pair(folder: Path) -> list[str]:
    """Two runs of one place at the same moment: how they ended, in order."""
    run = QuickRun(folder, while_at_work=lambda: time.sleep(0.1))
    children = {}
    for _ in range(2):
        reader, writer = os.pipe()
        child = os.fork()
        if child == 0:
            told = "ran"
            try:
                run()
            except BaseException as error:  # noqa: BLE001  whatever it is, the parent is to see it
                told = "another was named" if "另一个运行" in str(error) else f"{type(error).__name__}: {error}"
            finally:
                os.write(writer, told.encode())
                os._exit(0)
        os.close(writer)
        children[child] = reader
    for child in children:
        os.waitpid(child, 0)
    return sorted(os.read(reader, 4000).decode() for reader in children.values())


@pytest.mark.parametrize("pairs", [1, pytest.param(3, marks=pytest.mark.slow), pytest.param(100, marks=pytest.mark.heavy)])
def test_of_two_runs_at_once_exactly_one_runs(tmp_path, figures, pairs):
    for number in range(pairs):
        assert pair(tmp_path / str(number)) == ["another was named", "ran"]
        figures["processes: pairs at once of which exactly one ran"] += 1


@pytest.mark.slow
def test_what_is_half_published_is_put_right_by_the_next_run_itself(tmp_path):
    run = QuickRun(tmp_path)
    assert in_child(run, Disk(tmp_path, 0, "full"))[0] == 0
    run.words = NEW
    calls = in_child(run, Disk(tmp_path, 0, "full"))[1]
    expected = run.digests()
    for nth in range(calls - 30, calls, 7):
        in_child(run, Disk(tmp_path, nth, "killed"))
        assert in_child(run, Disk(tmp_path, 0, "full"))[0] == 0
        assert run.digests() == expected
        assert run.leftovers() == []


def test_a_full_disk_is_told_as_such(tmp_path):
    run = QuickRun(tmp_path)
    code, _, told = in_child(run, Disk(tmp_path, 60, "full"))
    assert code == FAILED
    assert "磁盘空间不足；请清出空间后重新运行" in told


def test_a_run_of_another_year_is_not_in_the_way(tmp_path):
    run = QuickRun(tmp_path)
    with locked([run.place.outputs.with_name("2030")], ""):
        assert in_child(run, Disk(tmp_path, 0, "full"))[0] == 0
