"""The command line: what it understands, what it answers."""

import pytest

from selfeval import runner
from selfeval.__main__ import main
from selfeval.exceptions import NotebookFailed


@pytest.fixture
def command(raw_folder):
    """Arguments of a run that has raw material."""
    place = raw_folder({"report.txt": "某县水利局"})
    return ["run", "--unit", place.unit, "--year", str(place.year), "--data", str(place.data), "--outputs", str(place.outputs_root)]


def test_a_run_ends_with_the_path_of_the_report(command, monkeypatch, capsys, tmp_path):
    monkeypatch.setattr(runner, "run", lambda place: place.outputs / "report.html")
    assert main(command) == 0
    assert capsys.readouterr().out.splitlines()[-1] == f"报告：{tmp_path / 'outputs' / 'test-body' / '2031' / 'report.html'}"


def test_a_refusal_prints_each_fault_on_its_line_and_returns_its_code(command, monkeypatch, capsys):
    def refuse(_place):
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
    "arguments",
    [["run"], ["run", "--unit", "test-body"], ["run", "--yaer", "2031"], ["walk"], ["run", "--uni", "a", "--year", "2031"], ["--unit"]],
    ids=" ".join,
)
def test_a_command_line_it_does_not_understand_is_answered_with_the_usage_in_chinese(arguments, capsys):
    assert main(arguments) == 2
    message = capsys.readouterr().err
    assert "用法：selfeval run --unit" in message
    assert not {"usage:", "error:", "required"} & set(message.split())


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
