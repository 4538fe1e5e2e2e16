"""The recipes for running at night ask for nothing the command line does not know, and are well formed."""

import configparser
import os
import re
import shlex
import shutil
import subprocess
import tomllib
from xml.etree import ElementTree

import pytest

from selfeval import __main__, exceptions
from selfeval.paths import project_root
from selfeval.running import hook
from selfeval.running.publishing import run_log

ROOT = project_root()
FOLDER = ROOT / "docs" / "schedule"
GUIDE = ROOT / "docs" / "schedule.md"
TASK = "{http://schemas.microsoft.com/windows/2004/02/mit/task}"


def text_of(name: str) -> str:
    return (FOLDER / name).read_text(encoding="utf-8")


def unit_file(name: str) -> configparser.ConfigParser:
    parser = configparser.ConfigParser(interpolation=None)
    parser.optionxform = str
    parser.read_string(text_of(name))
    return parser


def cron_lines() -> list[str]:
    return [line for line in text_of("crontab").splitlines() if line and not re.match(r"#|\w+=", line)]


def windows_task() -> ElementTree.Element:
    return ElementTree.fromstring(text_of("selfeval-task.xml"))


def commands() -> dict[str, list[str]]:
    """Every command of ours that a recipe gives, as words."""
    of_cron = [line.split(maxsplit=5)[5].split(" >>")[0] for line in cron_lines()]
    exe = windows_task().find(f"{TASK}Actions/{TASK}Exec")
    in_guide = re.findall(r"^selfeval .+$", GUIDE.read_text(encoding="utf-8"), re.MULTILINE)
    found = {f"cron {number}": shlex.split(line) for number, line in enumerate(of_cron)}
    found["systemd"] = shlex.split(unit_file("selfeval.service")["Service"]["ExecStart"])
    found["windows"] = [exe.findtext(f"{TASK}Command"), *exe.findtext(f"{TASK}Arguments").split()]
    return found | {f"guide {number}": shlex.split(line) for number, line in enumerate(in_guide)}


@pytest.mark.parametrize("name", commands())
def test_every_command_of_a_recipe_is_one_we_understand(name):
    program, *arguments = commands()[name]
    assert re.split(r"[/\\]", program)[-1] in {"selfeval", "selfeval.exe"}
    chosen = __main__._parser().parse_args(arguments)
    assert chosen.all
    assert chosen.on_failure


@pytest.mark.parametrize("name", commands())
def test_every_hook_of_a_recipe_is_an_example_of_ours(name):
    words = shlex.split(__main__._parser().parse_args(commands()[name][1:]).on_failure.replace("\\", "/"))
    example = FOLDER / words[0].rsplit("/", 1)[-1]
    assert example.is_file()
    assert example.suffix != ".sh" or os.access(example, os.X_OK)


def test_a_line_of_cron_has_five_times_and_no_bare_percent_sign():
    for line in cron_lines():
        assert all(re.fullmatch(r"[\d*/,-]+", field) for field in line.split()[:5])
        assert not re.search(r"(?<!\\)%", line)
    assert cron_lines()
    assert text_of("crontab").endswith("\n")


def test_the_units_of_systemd_belong_together():
    service, timer = unit_file("selfeval.service"), unit_file("selfeval.timer")
    assert service["Service"]["Type"] == "oneshot"
    assert {"data", "outputs"} <= {path.rsplit("/", 1)[-1] for path in service["Service"]["ReadWritePaths"].split()}
    assert timer["Install"]["WantedBy"] == "timers.target"
    if shutil.which("systemd-analyze"):
        assert (
            subprocess.run(["systemd-analyze", "calendar", timer["Timer"]["OnCalendar"]], check=False, capture_output=True).returncode == 0
        )


def test_systemd_has_nothing_to_say_about_the_units(tmp_path):
    if not shutil.which("systemd-analyze"):
        pytest.skip("这台机器上没有 systemd-analyze")
    for name in ("selfeval.service", "selfeval.timer"):
        (tmp_path / name).write_text(text_of(name).replace("/srv/selfeval/.venv/bin/selfeval", shutil.which("true")), encoding="utf-8")
    checked = subprocess.run(
        ["systemd-analyze", "verify", tmp_path / "selfeval.service", tmp_path / "selfeval.timer"],
        check=False,
        capture_output=True,
        text=True,
    )
    ours = [line for line in checked.stderr.splitlines() if "selfeval" in line]
    assert (checked.returncode, ours) == (0, [])


# What the schema of Microsoft's Task Scheduler knows, as far as the recipe uses it.
SCHEMA = {
    "Task": {"RegistrationInfo", "Triggers", "Principals", "Settings", "Actions"},
    "RegistrationInfo": {"Description"},
    "Triggers": {"CalendarTrigger"},
    "CalendarTrigger": {"StartBoundary", "ScheduleByDay"},
    "ScheduleByDay": {"DaysInterval"},
    "Principals": {"Principal"},
    "Principal": {"LogonType", "RunLevel"},
    "Settings": {"MultipleInstancesPolicy", "DisallowStartIfOnBatteries", "StopIfGoingOnBatteries", "StartWhenAvailable"}
    | {"ExecutionTimeLimit", "Priority"},
    "Actions": {"Exec"},
    "Exec": {"Command", "Arguments", "WorkingDirectory"},
}  # fmt: skip


def test_the_task_for_windows_is_well_formed_and_of_the_schema():
    """Plain ASCII without a declared encoding, so that whoever reads it cannot mistake one encoding for another."""
    assert text_of("selfeval-task.xml").isascii()
    task = windows_task()
    found = {element.tag.removeprefix(TASK): {child.tag.removeprefix(TASK) for child in element} for element in task.iter()}
    assert {name: children - SCHEMA.get(name, set()) for name, children in found.items() if children - SCHEMA.get(name, set())} == {}
    assert task.find(f"{TASK}Actions").get("Context") == task.find(f"{TASK}Principals/{TASK}Principal").get("id")


def tell(tmp_path, *programs: str, **told: str) -> subprocess.CompletedProcess:
    """Call the example hook with stand-ins that show what they are given."""
    for name in programs:
        program = tmp_path / name
        program.write_text('#!/bin/sh\nprintf "<%s>" "$@"\ncat\n', encoding="utf-8")
        program.chmod(0o755)
    for name in ("cat", "sh"):
        (tmp_path / name).symlink_to(shutil.which(name))
    failure = hook.Failure(**{"unit": "jia-water", "year": "2031", "exit_code": 3, "status": "", "message": "", **told})
    environment = {"PATH": str(tmp_path), **failure.environment()}
    return subprocess.run([FOLDER / "on-failure.sh", "a@b"], env=environment, capture_output=True, text=True, encoding="utf-8", check=True)


@pytest.mark.parametrize("program", ["mail", "logger"])
def test_the_example_hook_tells_cause_and_status(tmp_path, program):
    status = tmp_path / "状态.txt"
    status.write_text("本次运行：失败\n", encoding="utf-8")
    told = tell(tmp_path, program, status=str(status), message="$(touch x) `y` %s 没有运行完")
    assert "selfeval 没有做好：jia-water 2031（退出码 3）" in told.stdout
    assert "$(touch x) `y` %s 没有运行完" in told.stdout
    assert "本次运行：失败" in told.stdout
    assert told.stderr == ""


def test_the_example_hook_tells_of_a_batch_without_a_status(tmp_path):
    assert "selfeval 没有做好：批处理" in tell(tmp_path, "mail", unit="", year="", message="乙").stdout


def test_the_guide_explains_every_variable_and_exit_code_and_says_what_the_code_does():
    guide = GUIDE.read_text(encoding="utf-8")
    variables = hook.Failure("", "", 0, "", "").environment()
    assert [name for name in variables if f"`{name}`" not in guide] == []
    codes = {kind.exit_code for kind in vars(exceptions).values() if isinstance(kind, type) and hasattr(kind, "exit_code")}
    assert {str(code) for code in codes} | {"0"} == set(re.findall(r"^\| (\d) \|", guide, re.MULTILINE))
    assert f"超过 {hook.SECONDS} 秒" in guide
    assert f"满 {run_log._MOST_BYTES // 1024} KB" in guide
    assert f"`.{run_log._PARTS}`" in guide


def test_every_file_the_guide_links_to_exists_and_every_example_is_linked():
    links = set(re.findall(r"\]\((schedule/[^)]+)\)", GUIDE.read_text(encoding="utf-8")))
    assert links == {path.relative_to(GUIDE.parent).as_posix() for path in FOLDER.iterdir()}


@pytest.mark.parametrize("name", ["README.md", "README.zh-CN.md"])
def test_both_readmes_lead_to_the_guide(name):
    assert "](docs/schedule.md)" in (ROOT / name).read_text(encoding="utf-8")


def test_the_guide_names_the_jupyterlab_we_pin():
    pinned = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["optional-dependencies"]["lab"]
    version = next(pin.partition("==")[2] for pin in pinned if pin.startswith("jupyterlab=="))
    assert f"JupyterLab {version}" in GUIDE.read_text(encoding="utf-8")
