"""The same material gives the same bytes whatever surrounds the run: folder, clock, language, settings of the user, neighbours."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from conftest import UNIT, YEAR
from selfeval.paths import project_root

pytestmark = pytest.mark.slow

COMMAND = Path(sys.executable).with_name("selfeval")
# What a run of ours needs of its surroundings.
PLAIN = {"PATH": os.environ["PATH"], "LANG": "C.UTF-8", "HOME": os.environ.get("HOME", "/"), "PYTHONHASHSEED": "0", "TZ": "UTC"}
# Begins a command without standard streams.
CLOSED = ("sh", "-c", 'exec "$@" <&- >&- 2>&-', "sh")
ODD_FOLDER = "单位 材料 (终稿) {a}%#&'é"


@dataclass(frozen=True)
class Surroundings:
    """How a run is started: variables set and taken away, the folder, and what is laid out before."""

    variables: dict[str, str] = field(default_factory=dict)
    without: tuple[str, ...] = ()
    folder: str = "plain"
    prepare: Callable[[Path], dict[str, str]] = lambda _: {}
    umask: int = -1
    before: tuple[str, ...] = ()


def settings_of_matplotlib(folder: Path) -> dict[str, str]:
    file = folder / "matplotlibrc"
    file.write_text("axes.grid: True\nfont.size: 30\nsvg.fonttype: path\nlines.linewidth: 9\ntext.usetex: True\n", encoding="utf-8")
    return {"MATPLOTLIBRC": str(file), "MPLBACKEND": "TkAgg"}


def settings_of_ipython(folder: Path) -> dict[str, str]:
    startup = folder / "ipython" / "profile_default" / "startup"
    startup.mkdir(parents=True)
    text = "import pandas as pd, builtins\npd.set_option('display.max_rows', 1)\nbuiltins.round = lambda *_: 7\nprint('good morning')\n"
    for path in (startup / "00.py", folder / "start.py"):
        path.write_text(text, encoding="utf-8")
    (startup.parent / "ipython_kernel_config.py").write_text("c.InteractiveShell.ast_node_interactivity = 'all'\n", encoding="utf-8")
    return {"IPYTHONDIR": str(folder / "ipython"), "PYTHONSTARTUP": str(folder / "start.py")}


def settings_of_jupyter(folder: Path) -> dict[str, str]:
    kernel = folder / "jupyter" / "kernels" / "python3"
    kernel.mkdir(parents=True)
    (kernel / "kernel.json").write_text('{"argv": ["false"], "display_name": "Other", "language": "python"}', encoding="utf-8")
    config = "c.HTMLExporter.template_name = 'classic'\nc.TemplateExporter.exclude_output = True\nc.ExecutePreprocessor.timeout = 1\n"
    for name in ("jupyter_config.py", "jupyter_nbconvert_config.py"):
        (folder / "jupyter" / name).write_text(config, encoding="utf-8")
    return {"JUPYTER_PATH": str(folder / "jupyter"), "JUPYTER_CONFIG_DIR": str(folder / "jupyter")}


def names_of_modules(folder: Path) -> dict[str, str]:
    """A working folder full of files that are called like libraries, and pickled traps."""
    for name in ("pandas", "numpy", "random", "json", "selfeval", "matplotlib"):
        (folder / f"{name}.py").write_text("raise SystemExit('not me')\n", encoding="utf-8")
    return {}


def odd_temporary_folder(folder: Path) -> dict[str, str]:
    (folder / "临时 {x}").mkdir()
    return {"TMPDIR": str(folder / "临时 {x}")}


def locale_of_old(folder: Path) -> dict[str, str]:
    """The locale zh_CN.GBK, made on the spot where that can be done; else it is asked for and missing, which happens too."""
    if shutil.which("localedef"):
        subprocess.run(["localedef", "-i", "zh_CN", "-f", "GBK", folder / "zh_CN.GBK"], capture_output=True, check=False)
    return {"LOCPATH": str(folder)}


def all_settings(folder: Path) -> dict[str, str]:
    kinds = (settings_of_matplotlib, settings_of_ipython, settings_of_jupyter, names_of_modules, odd_temporary_folder)
    return {name: value for kind in kinds for name, value in kind(folder).items()}


SURROUNDINGS = {
    "everything odd at once": Surroundings(
        {"TZ": "America/St_Johns", "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "PYTHONHASHSEED": "1", "COLUMNS": "20"},
        ("HOME", "LANG"), ODD_FOLDER, all_settings, 0o077, CLOSED,
    ),
    "a chinese habit of old": Surroundings(
        {"LC_ALL": "zh_CN.GBK", "LANG": "zh_CN.GBK", "PYTHONHASHSEED": "random", "PYTHONUTF8": "0"}, folder="材料", prepare=locale_of_old
    ),
    "a locale that is not there": Surroundings({"LC_ALL": "zh_CN.GBK", "LANG": "zh_CN.GBK"}),
    "a folder with blanks, hanzi and braces": Surroundings(folder=ODD_FOLDER),
    "the clock of Shanghai": Surroundings({"TZ": "Asia/Shanghai"}),
    "the clock of St John's": Surroundings({"TZ": "America/St_Johns"}),
    "the language C without UTF-8": Surroundings({"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}),
    "the language POSIX": Surroundings({"LC_ALL": "POSIX"}, ("LANG",)),
    "hash seed 1": Surroundings({"PYTHONHASHSEED": "1"}),
    "hash seed 2": Surroundings({"PYTHONHASHSEED": "2"}),
    "a random hash seed": Surroundings(without=("PYTHONHASHSEED",)),
    "no home": Surroundings(without=("HOME", "LANG", "TZ")),
    "a home that is not there": Surroundings({"HOME": "/nonexistent", "XDG_CONFIG_HOME": "/nonexistent", "XDG_CACHE_HOME": "/nonexistent"}),
    "umask 077": Surroundings(umask=0o077),
    "standard streams closed": Surroundings(before=CLOSED),
    "a working folder of traps": Surroundings(prepare=names_of_modules),
    "a narrow terminal": Surroundings({"COLUMNS": "20", "LINES": "5", "TERM": "dumb", "NO_COLOR": "1"}),
    "settings of matplotlib": Surroundings(prepare=settings_of_matplotlib),
    "settings of IPython": Surroundings(prepare=settings_of_ipython),
    "settings of Jupyter": Surroundings(prepare=settings_of_jupyter),
    "an odd temporary folder": Surroundings(prepare=odd_temporary_folder),
    "a display and proxies": Surroundings({"DISPLAY": ":99", "http_proxy": "http://127.0.0.1:9", "HTTPS_PROXY": "http://127.0.0.1:9"}),
    "warnings as errors": Surroundings({"PYTHONWARNINGS": "error"}),
    "python optimised and without bytecode": Surroundings({"PYTHONOPTIMIZE": "2", "PYTHONDONTWRITEBYTECODE": "1"}),
    "a date for builds": Surroundings({"SOURCE_DATE_EPOCH": "86400"}),
    "one processor": Surroundings(before=("taskset", "-c", "0")),
    "nobody": Surroundings(before=("runuser", "-u", "nobody", "--"), umask=0),
}  # fmt: skip
QUICK = {"everything odd at once", "a chinese habit of old"}


def start(folder: Path, surroundings: Surroundings) -> subprocess.Popen:
    """Begin a run of the published year in a folder of its own."""
    at = folder / surroundings.folder
    shutil.copytree(project_root() / "data" / "raw" / UNIT / str(YEAR), at / "data" / "raw" / UNIT / str(YEAR))
    (at / "elsewhere").mkdir()
    environment = {**PLAIN, **surroundings.variables, **surroundings.prepare(at / "elsewhere")}
    environment = {name: value for name, value in environment.items() if name not in surroundings.without}
    if "nobody" in surroundings.before:
        for path in (folder, *folder.rglob("*")):
            path.chmod(0o777)
    return subprocess.Popen(
        [*surroundings.before, COMMAND, "run", "--unit", UNIT, "--year", str(YEAR), "--data", at / "data", "--outputs", at / "outputs"],
        env=environment,
        cwd=at / "elsewhere",
        umask=surroundings.umask,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        stdin=subprocess.DEVNULL,
    )


def made(folder: Path, surroundings: Surroundings, process: subprocess.Popen) -> dict[str, bytes]:
    """What a run has published, and its tables, once it is done."""
    said = process.communicate()[0].decode(errors="replace")
    at = folder / surroundings.folder
    told = next((path.read_text(encoding="utf-8") for path in at.rglob("*-状态.txt")), "")
    assert process.returncode == 0, said + told
    found = [path for part in ("outputs", "data/processed") for path in (at / part).rglob("*") if path.is_file()]
    return {path.relative_to(at).as_posix(): path.read_bytes() for path in found if not path.name.endswith(("-状态.txt", "-运行.log"))}


@pytest.fixture(scope="module")
def reference(tmp_path_factory) -> dict[str, bytes]:
    """What comes out in ordinary surroundings."""
    folder = tmp_path_factory.mktemp("reference")
    return made(folder, Surroundings(), start(folder, Surroundings()))


def require(surroundings: Surroundings) -> None:
    """Skip what this machine cannot do."""
    if surroundings.before and not shutil.which(surroundings.before[0]):
        pytest.skip(f"这台机器上没有 {surroundings.before[0]}")
    if (
        "nobody" in surroundings.before
        and subprocess.run([*surroundings.before, COMMAND, "--help"], capture_output=True, check=False).returncode
    ):
        pytest.skip("别的用户用不了这个 Python")


@pytest.mark.parametrize("name", [pytest.param(name, marks=() if name in QUICK else pytest.mark.heavy, id=name) for name in SURROUNDINGS])
def test_the_bytes_are_the_same_in_other_surroundings(tmp_path, reference, figures, name):
    surroundings = SURROUNDINGS[name]
    require(surroundings)
    found = made(tmp_path, surroundings, start(tmp_path, surroundings))
    assert found.keys() == reference.keys()
    assert [path for path in found if found[path] != reference[path]] == []
    figures["bytes: surroundings of a run in which every file was the same"] += 1
    figures["bytes: files compared"] += len(found)


@pytest.mark.heavy
def test_the_bytes_are_the_same_when_three_run_at_once(tmp_path, reference, figures):
    folders = [tmp_path / str(number) for number in range(3)]
    running = [start(folder, Surroundings()) for folder in folders]
    for folder, process in zip(folders, running, strict=True):
        found = made(folder, Surroundings(), process)
        assert found.keys() == reference.keys()
        assert [path for path in found if found[path] != reference[path]] == []
        figures["bytes: files compared"] += len(found)
    figures["bytes: surroundings of a run in which every file was the same"] += 1


def test_what_is_compared_is_everything_there_is(reference):
    kinds = {Path(path).suffix for path in reference}
    assert kinds == {".html", ".json", ".xlsx", ".docx", ".csv", ".ipynb"}
    assert len(reference) > 35
