"""The command line: what it understands, what it answers."""

import io
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from selfeval.__main__ import main
from selfeval.exceptions import NotebookFailed
from selfeval.running import freshness, runner


@pytest.fixture
def command(raw_folder):
    """Arguments of a run that has raw material."""
    place = raw_folder({"report.txt": "某县水利局"})
    return ["run", "--unit", place.unit, "--year", str(place.year), "--data", str(place.data), "--outputs", str(place.outputs_root)]


def test_a_run_ends_with_the_path_of_the_report(command, monkeypatch, capsys, tmp_path):
    monkeypatch.setattr(runner, "run", lambda place, **_: place.outputs / "report.html")
    assert main(command) == 0
    assert capsys.readouterr().out.splitlines()[-1] == f"报告：{tmp_path / 'outputs' / 'test-body' / '2031' / 'report.html'}"


def test_where_nothing_changed_nothing_runs_and_that_is_said(command, monkeypatch, capsys, tmp_path):
    monkeypatch.setattr(freshness, "changes_since", lambda _, **__: [])
    monkeypatch.setattr(runner, "run", lambda _, **__: pytest.fail("there was nothing to run"))
    assert main(command) == 0
    said = capsys.readouterr().out.splitlines()
    assert said[0].startswith("没有变化")
    assert said[1] == f"报告：{tmp_path / 'outputs' / 'test-body' / '2031' / 'report.html'}"


def test_what_changed_is_told_before_the_run(command, monkeypatch, capsys):
    monkeypatch.setattr(freshness, "changes_since", lambda _, **__: ["甲变了", "乙变了"])
    monkeypatch.setattr(runner, "run", lambda place, **_: place.outputs / "report.html")
    assert main(command) == 0
    assert capsys.readouterr().out.splitlines()[0] == "需要运行：甲变了；乙变了"


def test_force_runs_without_asking(command, monkeypatch, capsys):
    monkeypatch.setattr(freshness, "changes_since", lambda _, **__: pytest.fail("nobody asked"))
    monkeypatch.setattr(runner, "run", lambda place, **_: place.outputs / "report.html")
    assert main([*command, "--force"]) == 0
    assert capsys.readouterr().out.startswith("报告：")


def test_a_refusal_prints_each_fault_on_its_line_and_returns_its_code(command, monkeypatch, capsys):
    def refuse(_place, **_):
        raise NotebookFailed(["甲", "乙"])

    monkeypatch.setattr(runner, "run", refuse)
    assert main(command) == NotebookFailed.exit_code == 3
    assert capsys.readouterr().err == "错误：甲\n错误：乙\n"


def test_an_unknown_unit_is_wrong_usage_and_those_that_exist_are_listed(command, capsys):
    command[command.index("test-body")] = "other-body"
    assert main(command) == 2
    assert "现有：test-body 2031" in capsys.readouterr().err


@pytest.mark.parametrize("year", ["31", "２０３１", "2031.0", "../2031", "2 031", "", "twenty"])
def test_a_year_that_is_not_four_plain_digits_is_wrong_usage(command, capsys, year):
    command[command.index("2031")] = year
    assert main(command) == 2
    assert "年度" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("typed", "told", "usage"),
    [
        ("run", "缺 --unit、--year", "selfeval run --unit"),
        ("run --unit test-body", "缺 --year", "selfeval run --unit"),
        ("run --unit a --year 2031 --yaer 2031", "不认识“--yaer 2031”", "selfeval run --unit"),
        ("run --uni a --unit a --year 2031", "不认识“--uni a”", "selfeval run --unit"),
        ("run --year 2031 --unit", "--unit 后面没有写内容", "selfeval run --unit"),
        ("run --unit a --year 2031 --force=1", "--force 后面不能写内容", "selfeval run --unit"),
        ("audit", "缺 文件", "selfeval audit 文件"),
        ("audit 甲.txt 乙.txt", "不认识“乙.txt”", "selfeval audit 文件"),
        ("chekc", "没有“chekc”这个命令，是不是“check”？", "selfeval 命令"),
        ("walk", "没有“walk”这个命令，有的是 run、audit、batch、", "selfeval 命令"),
        ("--unit", "不认识“--unit”", "selfeval 命令"),
    ],
)
def test_a_command_line_it_does_not_understand_is_answered_with_what_it_does_not_and_the_usage_in_chinese(typed, told, usage, capsys):
    assert main(typed.split()) == 2
    message = capsys.readouterr().err
    assert message.startswith(f"错误：看不懂这条命令：{told}")
    assert "？。" not in message
    assert f"用法：{usage}" in message
    assert not {"usage:", "error:", "required"} & set(message.split())


def test_what_was_typed_comes_back_on_one_line_and_not_endless(capsys):
    assert main(["run", "--unit", "a", "--year", "2031", "x\ny" * 100]) == 2
    message = capsys.readouterr().err
    assert message.count("\n") == 1
    assert len(message) < 300


@pytest.mark.parametrize("arguments", [["--help"], ["run", "-h"]], ids=" ".join)
def test_help_is_in_chinese(arguments, capsys):
    with pytest.raises(SystemExit) as left:
        main(arguments)
    text = capsys.readouterr().out
    assert left.value.code == 0
    assert "用法：" in text
    assert not {"usage:", "options:", "arguments:", "show"} & set(text.split())


def test_without_a_command_the_help_is_shown_and_nothing_is_done(capsys):
    assert main([]) == 2
    assert "用法：" in capsys.readouterr().out


def test_names_of_files_are_utf8_also_where_the_system_has_another_habit(raw_folder, tmp_path):
    place = raw_folder({"report.txt": ""})
    habit = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "PATH": os.environ["PATH"]}
    command = [Path(sys.executable).with_name("selfeval"), "run", "--unit", place.unit, "--year", str(place.year)]
    where = ["--data", place.data, "--outputs", tmp_path / "输出"]
    ended = subprocess.run([*command, *where], env=habit, capture_output=True, check=False)
    assert (ended.returncode, ended.stderr.count(b"report.txt")) == (1, 1)
    assert (tmp_path / "输出" / place.unit / f"{place.year}-状态.txt").is_file()


CLOSED = """import os, sys
os.closerange(0, 3)
sys.stdin = sys.stdout = sys.stderr = None
from selfeval.__main__ import main
code = main(["check", "--unit", "none", "--year", "2031"])
whole = all(os.path.samestat(os.fstat(number), os.stat(os.devnull)) and os.get_inheritable(number) for number in range(3))
os._exit(code if whole else 99)"""


def test_streams_that_are_closed_end_nothing_and_no_file_takes_their_place():
    assert subprocess.run([sys.executable, "-c", CLOSED], check=False).returncode == 2


def test_a_stream_that_cannot_be_reconfigured_will_do(monkeypatch):
    monkeypatch.setattr(sys, "stderr", io.StringIO())
    assert main(["walk"]) == 2
    assert "看不懂" in sys.stderr.getvalue()


REPORT = """云岭市水利局2021年度部门整体支出绩效自评报告
一、基本支出情况
基本支出绩效目标120万元，实际支出100万元，其中人员经费支出70万元，公用经费支出25万元，因为人员减少。
"""


@pytest.fixture
def year_with_a_difference(tmp_path):
    folder = tmp_path / "data" / "raw" / "water" / "2021"
    folder.mkdir(parents=True)
    (folder / "报告.txt").write_text(REPORT, encoding="utf-8")
    return folder


def checked(folder, *more):
    return main(["check", "--unit", "water", "--year", "2021", "--data", str(folder.parents[2]), *more])


def test_check_lists_open_differences_with_their_fingerprints_and_ends_well(year_with_a_difference, capsys):
    assert checked(year_with_a_difference) == 0
    said = capsys.readouterr().out
    assert re.search(r"未了结的重要或一般不符 1 项.*\n  [0-9a-f]{12}  “基本支出”与所列分项之和不符", said)


def test_a_strict_check_fails_until_the_difference_is_acknowledged(year_with_a_difference, capsys):
    assert checked(year_with_a_difference, "--strict") == 1
    mark = re.search(r"[0-9a-f]{12}", capsys.readouterr().out)[0]
    decided = f'[[finding]]\nfingerprint = "{mark}"\nreason = "差额为抚恤金"\nby = "某人"\ndate = 2022-03-01\n'
    (year_with_a_difference / "acknowledged.toml").write_text(decided, encoding="utf-8")
    assert checked(year_with_a_difference, "--strict") == 0
    assert "没有未了结" in capsys.readouterr().out


def test_an_acknowledgement_of_nothing_is_refused(year_with_a_difference, capsys):
    decided = '[[finding]]\nfingerprint = "000000000000"\nreason = "旧"\nby = "某人"\ndate = 2022-03-01\n'
    (year_with_a_difference / "acknowledged.toml").write_text(decided, encoding="utf-8")
    assert checked(year_with_a_difference) == 1
    assert "已经没有了" in capsys.readouterr().err


def test_a_correction_closes_the_difference_it_was_made_for(year_with_a_difference):
    decided = (
        '[[correction]]\nquote = "公用经费支出25万元"\nexpected = 25\ncorrected = 30\nreason = "抄错"\nby = "某人"\ndate = 2022-03-01\n'
    )
    (year_with_a_difference / "corrections.toml").write_text(decided, encoding="utf-8")
    assert checked(year_with_a_difference, "--strict") == 0
