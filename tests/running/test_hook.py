"""The command called when a run fails: what it is told, and that neither its failing nor its hanging changes how the run ended."""

import json
import sys
import time
from pathlib import Path

import pytest

from selfeval.__main__ import main
from selfeval.exceptions import NotebookFailed, WrongUsage
from selfeval.running import hook, runner
from selfeval.running.hook import Failure, call, words_of
from selfeval.running.publishing import locked
from selfeval.running.publishing.processes import birth_of
from selfeval.running.runner import stage_run

FAILURE = Failure("jia-water", "2031", 3, "", "没有运行完")
REPORT = "某县水利局2031年度整体支出绩效自评报告\n全年支出10万元。\n"
NOTE = """import json, os, pathlib, sys
told = {name: text for name, text in os.environ.items() if name.startswith("SELFEVAL_")}
told["arguments"] = sys.argv[2:]
status = pathlib.Path(told["SELFEVAL_STATUS"] or os.devnull)
told["read"] = status.read_text(encoding="utf-8-sig")
pathlib.Path(sys.argv[1]).write_text(json.dumps(told), encoding="utf-8")
"""


@pytest.fixture
def noting(tmp_path):
    """A hook, as an argument of the command line, that writes down what it is told; and where."""
    script, notes = tmp_path / "hook 钩子.py", tmp_path / "told.json"
    script.write_text(NOTE, encoding="utf-8")
    return f"'{sys.executable}' '{script}' '{notes}'", notes


def told(notes: Path) -> dict:
    return json.loads(notes.read_text(encoding="utf-8"))


@pytest.fixture
def place(raw_folder):
    return raw_folder({"report.txt": REPORT})


def command(place, *more: str) -> list[str]:
    return ["run", "--unit", place.unit, "--year", str(place.year), "--data", str(place.data), "--outputs", str(place.outputs_root), *more]


def test_a_run_that_fails_calls_the_hook_after_its_status_is_written(place, noting, monkeypatch, capsys):
    def fail(name, *_, **__):
        raise NotebookFailed(f"{name} 没有运行完", name, "清理")

    monkeypatch.setattr(stage_run, "execute", fail)
    assert main(command(place, "--on-failure", noting[0])) == 3
    found = told(noting[1])
    assert (found["SELFEVAL_UNIT"], found["SELFEVAL_YEAR"]) == (place.unit, str(place.year))
    assert found["SELFEVAL_EXIT_CODE"] == "3"
    assert found["SELFEVAL_STATUS"].endswith("2031-状态.txt")
    assert "本次运行：失败" in found["read"]
    assert found["SELFEVAL_MESSAGE"] == "01_clean 没有运行完"
    assert capsys.readouterr().err == "错误：01_clean 没有运行完\n"


def test_material_that_is_refused_calls_the_hook(place, noting):
    (place.raw / "report.txt").write_text("", encoding="utf-8")
    assert main(command(place, "--on-failure", noting[0])) == 1
    assert told(noting[1])["SELFEVAL_EXIT_CODE"] == "1"
    assert "report.txt" in told(noting[1])["read"]


def test_a_run_that_has_to_wait_calls_the_hook(place, noting):
    with locked([place.outputs], "test-body 2031"):
        assert main(command(place, "--on-failure", noting[0])) == 4
    assert told(noting[1])["SELFEVAL_EXIT_CODE"] == "4"
    assert "另一个运行" in told(noting[1])["SELFEVAL_MESSAGE"]


def test_an_unknown_body_calls_the_hook_and_has_no_status(place, noting):
    arguments = command(place, "--on-failure", noting[0])
    arguments[arguments.index(place.unit)] = "other-body"
    assert main(arguments) == 2
    assert told(noting[1])["SELFEVAL_UNIT"] == "other-body"
    assert told(noting[1])["SELFEVAL_STATUS"] == ""


def test_a_run_that_ends_well_calls_no_hook(place, noting, monkeypatch):
    monkeypatch.setattr(runner, "run", lambda place, **_: place.outputs / "report.html")
    assert main(command(place, "--on-failure", noting[0])) == 0
    assert not noting[1].exists()


def test_an_error_of_the_program_itself_calls_the_hook_too(place, noting, monkeypatch):
    def break_down(*_, **__):
        raise ZeroDivisionError("by nought")

    monkeypatch.setattr(runner, "run", break_down)
    with pytest.raises(ZeroDivisionError):
        main(command(place, "--on-failure", noting[0]))
    assert "ZeroDivisionError" in told(noting[1])["SELFEVAL_MESSAGE"]
    assert told(noting[1])["SELFEVAL_EXIT_CODE"] == "1"


def test_a_batch_calls_the_hook_once_with_its_summary(place, noting):
    (place.raw / "report.txt").write_text("", encoding="utf-8")
    other = place.raw.with_name("2032")
    other.mkdir()
    (other / "report.txt").write_text("", encoding="utf-8")
    where = ["--data", str(place.data), "--outputs", str(place.outputs_root)]
    assert main(["batch", "--all", "--workers", "1", *where, "--on-failure", noting[0]]) == 1
    found = told(noting[1])
    assert (found["SELFEVAL_UNIT"], found["SELFEVAL_YEAR"], found["SELFEVAL_EXIT_CODE"]) == ("", "", "1")
    assert found["SELFEVAL_STATUS"] == str(place.outputs_root / "batch.csv")
    assert found["read"].count("材料有问题") == 2


def test_a_batch_of_audits_names_its_summary_too(tmp_path, noting):
    (tmp_path / "reports").mkdir()
    (tmp_path / "reports" / "空.txt").write_text("", encoding="utf-8")
    arguments = ["batch", "--audit", str(tmp_path / "reports"), "--out", str(tmp_path / "out"), "--workers", "1", "--year", "2031"]
    assert main([*arguments, "--on-failure", noting[0]]) == 1
    assert told(noting[1])["SELFEVAL_STATUS"] == str(tmp_path / "out" / "summary.csv")


@pytest.mark.parametrize("given", ["", "  ", "no-such-program-of-ours --x", "'half", "/"])
def test_a_hook_that_could_never_run_is_refused_before_anything_runs(place, monkeypatch, capsys, given):
    monkeypatch.setattr(runner, "run", lambda *_, **__: pytest.fail("it ran"))
    assert main(command(place, "--on-failure", given)) == 2
    assert "--on-failure 的命令" in capsys.readouterr().err


def test_words_are_kept_together_by_quotes_and_nothing_is_left_to_a_shell():
    program = Path(sys.executable).as_posix()
    assert words_of(f"'{program}' 'a b' ;rm $HOME `x` > y | z") == [program, "a b", ";rm", "$HOME", "`x`", ">", "y", "|", "z"]


def test_on_windows_backslashes_belong_to_the_path(monkeypatch):
    monkeypatch.setattr(hook, "_ON_WINDOWS", True)
    monkeypatch.setattr(hook.shutil, "which", lambda word: word)
    assert words_of(r'"C:\Program Files\tell me.bat" /q') == [r"C:\Program Files\tell me.bat", "/q"]


def python(text: str) -> list[str]:
    return [sys.executable, "-c", text]


def test_a_hook_that_fails_is_told_of_and_changes_no_exit_code(place, capsys):
    (place.raw / "report.txt").write_text("", encoding="utf-8")
    assert main(command(place, "--on-failure", f"'{sys.executable}' -c 'raise SystemExit(9)'")) == 1
    assert capsys.readouterr().err.splitlines()[-1] == "提示：--on-failure 的命令失败，退出码 9"


def test_a_hook_that_hangs_is_ended_with_what_it_started(tmp_path):
    mark = tmp_path / "child"
    hanging = "import pathlib, subprocess, sys, time\nchild = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)'])\n"
    hanging += f"pathlib.Path({str(mark)!r}).write_text(str(child.pid), encoding='utf-8')\ntime.sleep(60)"
    assert "超过 2 秒没有结束，已停止" in call(python(hanging), FAILURE, 2)
    child = int(mark.read_text(encoding="utf-8"))
    end = time.monotonic() + 5
    while birth_of(child) and time.monotonic() < end:
        time.sleep(0.02)
    assert birth_of(child) == ""


def test_a_hook_that_cannot_be_started_is_told_of(tmp_path):
    broken = tmp_path / "broken"
    broken.write_bytes(b"\x00\x01")
    broken.chmod(0o755)
    assert "没有运行起来" in call([str(broken)], FAILURE)


@pytest.mark.parametrize("text", ["\0", "\ud800", "长" * 200_000, "$(touch x)\n`y`\r\n&&", "𠮷"])
def test_every_message_reaches_the_hook_as_far_as_an_environment_holds_it(text, tmp_path):
    notes = tmp_path / "notes"
    script = f"import os, pathlib\npathlib.Path({str(notes)!r}).write_text(os.environ['SELFEVAL_MESSAGE'], encoding='utf-8')"
    assert call(python(script), Failure("", "", 1, "", f"原因{text}")) == ""
    assert notes.read_text(encoding="utf-8").startswith("原因")


def test_a_hook_has_no_standard_input_to_wait_for():
    assert call(python("import sys\nassert sys.stdin.read() == ''"), FAILURE) == ""


def test_no_command_but_run_and_batch_takes_a_hook(place, capsys):
    where = ["--unit", place.unit, "--year", str(place.year), "--data", str(place.data)]
    assert main(["check", *where, "--on-failure", sys.executable]) == 2
    assert "看不懂" in capsys.readouterr().err


def test_the_words_of_a_refused_hook_are_a_refusal():
    with pytest.raises(WrongUsage, match="引号没有配对"):
        words_of('"')
