"""Whatever goes wrong in a run: one clear message, the right exit code, and what was published stays."""

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from selfeval.__main__ import main
from selfeval.exceptions import InputRefused, NotebookFailed, RunStopped, TableBroken
from selfeval.paths import Place
from selfeval.running import runner
from selfeval.running.publishing import read_status
from selfeval.running.runner import stage_run
from standins import notebook, owed, write_notebooks

TEXT = "某县水利局2031年度整体支出绩效自评报告\n全年支出10万元。\n"


@pytest.fixture
def published(raw_folder) -> Place:
    """A place with sound raw material and something published earlier."""
    place = raw_folder({"report.txt": TEXT})
    for folder, name in ((place.outputs, "report.html"), (place.processed, "figures.csv")):
        folder.mkdir(parents=True)
        (folder / name).write_text("old", encoding="utf-8")
    return place


def everything_under(folder: Path) -> dict[str, bytes]:
    """Every file under `folder`, but for status and log, which tell of every run."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file() and not path.name.endswith(("-状态.txt", "-运行.log")))
    return {str(path.relative_to(folder)): path.read_bytes() for path in files}


def run_expecting(error: type[Exception], place: Place, tmp_path: Path, **options) -> str:
    """Run with stand-in notebooks, see the refusal, and see that nothing that lay there before has changed; its message."""
    seconds = {"cell_seconds": 60} | {name: options.pop(name) for name in ("cell_seconds", "run_seconds") if name in options}
    notebooks = write_notebooks(tmp_path / "notebooks", **options)
    before = everything_under(tmp_path)
    with pytest.raises(error) as caught:
        runner.run(place, notebooks, say=lambda _: None, **seconds)
    assert everything_under(tmp_path) == before
    status = read_status(place)
    assert status.outcome == "失败"
    assert status.cause == "；".join(caught.value.problems).replace("\n", " ")
    return str(caught.value)


def test_an_exception_names_notebook_cell_cause_and_line(published, tmp_path):
    message = run_expecting(NotebookFailed, published, tmp_path, n02=notebook("# 花了多少？", "budget = {}\nbudget['total']"))
    assert [part in message for part in ("02_budget_execution", "花了多少？", "KeyError: 'total'", "budget['total']")] == [True] * 4


@pytest.mark.slow
def test_an_early_exit_is_a_failure(published, tmp_path):
    leaves = notebook("# 提前走？", owed("01_clean") + "\nimport sys\nsys.exit(0)", "# 后面", "1")
    assert "提前退出" in run_expecting(NotebookFailed, published, tmp_path, n01=leaves)


@pytest.mark.slow
def test_a_cell_allowed_to_fail_is_a_failure_all_the_same(published, tmp_path):
    allowed = notebook("# 可以错？", owed("01_clean") + "\n1 / 0")
    allowed.cells[-1].metadata["tags"] = ["raises-exception"]
    assert "01_clean" in run_expecting(NotebookFailed, published, tmp_path, n01=allowed)


def test_a_dead_kernel_is_a_failure(published, tmp_path):
    dies = notebook("# 还在吗？", "import os, signal\nos.kill(os.getpid(), signal.SIGKILL)")
    assert "内核意外终止" in run_expecting(NotebookFailed, published, tmp_path, n01=dies)


@pytest.mark.slow
def test_a_cell_that_hangs_is_stopped(published, tmp_path):
    hangs = notebook("# 多久？", "while True:\n    pass")
    assert "超过 2 秒" in run_expecting(NotebookFailed, published, tmp_path, n01=hangs, cell_seconds=2)


@pytest.mark.slow
def test_the_whole_run_has_a_limit_too(published, tmp_path):
    slow = notebook("# 多久？", *["import time\ntime.sleep(2)"] * 9)
    message = run_expecting(NotebookFailed, published, tmp_path, n01=slow, run_seconds=5)
    assert "整个运行超过 5 秒" in message


@pytest.mark.slow
def test_exit_which_ipython_answers_with_ok_is_a_failure(published, tmp_path):
    leaves = notebook("# 提前走？", owed("01_clean"), "exit()", "1")
    assert "提前退出" in run_expecting(NotebookFailed, published, tmp_path, n01=leaves)


@pytest.mark.slow
def test_an_exception_in_a_thread_is_a_failure(published, tmp_path):
    work = "import threading\nthread = threading.Thread(target=lambda: 1 / 0)\nthread.start()\nthread.join()"
    message = run_expecting(NotebookFailed, published, tmp_path, n01=notebook("# 分头做？", owed("01_clean"), work))
    assert "后台线程出错：ZeroDivisionError" in message


@pytest.mark.slow
def test_a_glyph_no_font_has_is_a_failure(published, tmp_path):
    warns = notebook("# 看得见吗？", owed("01_clean"), "import warnings\nwarnings.warn('Glyph 24212 missing from font(s) X.')")
    assert "Glyph 24212 missing" in run_expecting(NotebookFailed, published, tmp_path, n01=warns)


def test_a_table_that_cannot_be_read_back_is_a_failure(published, tmp_path):
    cut = notebook("# 写全了吗？", owed("01_clean"), "path = place.processed / 'figures.csv'\npath.write_text('figure_id\\n')")
    assert "figures.csv 缺少列" in run_expecting(TableBroken, published, tmp_path, n01=cut)


@pytest.mark.slow
def test_a_table_that_is_owed_and_missing_is_a_failure(published, tmp_path):
    assert "budget_metrics" in run_expecting(NotebookFailed, published, tmp_path, n02=notebook("# 写了吗？", "1"))


@pytest.mark.slow
def test_a_table_of_another_writer_is_not_touched(published, tmp_path):
    meddles = notebook(
        "# 写谁的？", owed("02_budget_execution"), "path = place.processed / 'figures.csv'\npath.write_text(path.read_text() + '\\n')"
    )
    message = run_expecting(NotebookFailed, published, tmp_path, n02=meddles)
    assert "figures" in message
    assert "02_budget_execution" in message


def test_a_refusal_raised_in_a_notebook_arrives_as_it_was_raised(published, tmp_path):
    refuses = notebook("# 收吗？", "from selfeval.exceptions import TableBroken\nraise TableBroken(['甲缺列', '乙缺列'])")
    assert run_expecting(TableBroken, published, tmp_path, n01=refuses) == "甲缺列\n乙缺列"


def test_a_notebook_that_is_missing_or_broken_is_named(published, tmp_path):
    notebooks = write_notebooks(tmp_path / "notebooks")
    for damage in ("{", None):
        path = notebooks / "01_clean.ipynb"
        path.unlink() if damage is None else path.write_text(damage, encoding="utf-8")
        with pytest.raises(NotebookFailed, match=r"01_clean\.ipynb"):
            runner.run(published, notebooks, say=lambda _: None)


def test_raw_material_is_refused_before_any_kernel_starts(raw_folder, tmp_path, monkeypatch):
    place = raw_folder({"report.txt": ""})
    monkeypatch.setattr(stage_run, "execute", pytest.fail)
    with pytest.raises(InputRefused, match=r"report\.txt 是空文件"):
        runner.run(place, tmp_path / "no notebooks at all")


def test_outputs_that_cannot_be_written_stop_the_run(published, tmp_path):
    blocked = Place(published.unit, published.year, published.data, tmp_path / "a file")
    (tmp_path / "a file").write_text("", encoding="utf-8")
    with pytest.raises(RunStopped, match="已发布的内容（如有）没有改动"):
        runner.run(blocked, write_notebooks(tmp_path / "notebooks"), say=lambda _: None)


BUSY = {"python": "import time\ntime.sleep(600)", "c code that holds the interpreter": "sum(range(10**13))"}


@pytest.mark.parametrize(
    "work", [BUSY["python"], pytest.param(BUSY["c code that holds the interpreter"], marks=pytest.mark.slow)], ids=BUSY
)
@pytest.mark.parametrize("number", [signal.SIGINT, pytest.param(signal.SIGTERM, marks=pytest.mark.slow)], ids=["ctrl-c", "terminate"])
def test_a_signal_ends_the_run_and_its_kernel(published, tmp_path, work, number):
    mark = tmp_path / "kernel.pid"
    busy = notebook("# 忙什么？", f"import os, pathlib\npathlib.Path({str(mark)!r}).write_text(str(os.getpid()))\n{work}")
    notebooks = write_notebooks(tmp_path / "notebooks", n01=busy)
    script = (
        "import sys, pathlib\nfrom selfeval import __main__\nfrom selfeval.running import runner\n"
        "notebooks, run = pathlib.Path(sys.argv.pop()), runner.run\n"
        "runner.run = lambda place, **options: run(place, notebooks, **options)\n"
        "sys.exit(__main__.main(sys.argv[1:]))"
    )
    arguments = ["run", "--force", "--unit", published.unit, "--year", str(published.year)]
    arguments += ["--data", str(published.data), "--outputs", str(published.outputs_root), str(notebooks)]
    process = subprocess.Popen([sys.executable, "-c", script, *arguments], stderr=subprocess.PIPE, text=True, encoding="utf-8")
    before = everything_under(published.outputs)
    while not (mark.is_file() and mark.read_text(encoding="utf-8")):
        assert process.poll() is None
        time.sleep(0.05)
    process.send_signal(number)
    _, errors = process.communicate(timeout=30)
    assert process.returncode == RunStopped.exit_code
    assert "运行已被中断" in errors
    assert "Traceback" not in errors
    with pytest.raises(ProcessLookupError):
        os.kill(int(mark.read_text(encoding="utf-8")), 0)
    assert everything_under(published.outputs) == before
    assert [path.name for path in published.outputs_root.iterdir()] == [published.unit]


def test_a_run_outside_the_main_thread_sets_no_signal_handlers(raw_folder, tmp_path):
    place = raw_folder({"report.txt": ""})
    outcome = []

    def attempt() -> None:
        try:
            runner.run(place, tmp_path)
        except InputRefused as refusal:
            outcome.append(refusal)

    thread = threading.Thread(target=attempt)
    thread.start()
    thread.join()
    assert outcome


def command(place: Place) -> int:
    return main(["run", "--unit", place.unit, "--year", str(place.year), "--data", str(place.data), "--outputs", str(place.outputs_root)])


BAD = {
    "missing": ({}, "没有找到自评报告"),
    "empty": ({"report.txt": ""}, "是空文件"),
    "blank": ({"report.txt": " \n\n"}, "report.txt"),
    "unknown encoding": ({"report.txt": bytes(range(128, 256)) * 9}, "编码"),
    "broken card": ({"report.txt": TEXT, "source.toml": "title = "}, "source.toml"),
}


@pytest.mark.parametrize(("files", "words"), BAD.values(), ids=BAD)
def test_bad_material_gives_one_chinese_message_and_exit_code_1(raw_folder, capsys, files, words):
    place = raw_folder(files)
    assert command(place) == 1
    printed = capsys.readouterr()
    assert words in printed.err
    assert "Traceback" not in printed.err
    assert not place.outputs.exists()
