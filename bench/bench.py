"""Measures a run against other ways of doing the same work, all in one go, and prints medians and ratios.

Every round does each way once, so that whatever else the machine does meanwhile strikes all of them; only the ratios mean anything.
usage: python bench.py [--rounds 5] [--runs 6] [--audits 50] [--only WORD]
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

from many import tell_audits, tell_cluster, tell_runs

from selfeval.paths import project_root, units_and_years
from selfeval.running.stages import STAGES, notebook_folder

HERE = Path(__file__).parent
PYTHON = sys.executable
# The environment people have who do such work by hand; it is measured where it was built.
LAB = project_root() / ".venv-lab" / "bin" / "python"
FLOOR, OURS = "plain script", "selfeval run --force"


def main() -> None:
    """Measure what was asked for, tell it as a table."""
    asked = _arguments()
    with tempfile.TemporaryDirectory(prefix="selfeval-bench-") as name:
        folder = Path(name)
        unit, year = units_and_years(project_root() / "data")[0]
        raw = project_root() / "data" / "raw" / unit / str(year)
        shutil.copytree(raw, folder / "data" / "raw" / unit / str(year))
        ways = _ways(unit, str(year), folder)
        chosen = {way: command for way, command in ways.items() if _asked_for(way, asked)}
        taken: dict[str, list[float]] = {way: [] for way in chosen}
        for number in range(asked.rounds if chosen else 0):
            for way, command in chosen.items():
                taken[way].append(_seconds(command))
            print(f"round {number + 1} of {asked.rounds} done, load {os.getloadavg()[0]:.1f}", file=sys.stderr)
        if chosen:
            _tell({way: median(seconds) for way, seconds in taken.items()})
        if asked.audits and _asked_for("audits", asked):
            tell_audits(raw, folder, asked.audits)
        if asked.runs and _asked_for("runs", asked):
            tell_runs(raw, folder, asked.runs, median(_seconds(ways[OURS]) for _ in range(3)))
        if _asked_for("cluster", asked):
            tell_cluster(raw, folder, asked.audits, asked.runs)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--runs", type=int, default=6, help="runs in the smallest batch; 0 leaves them out")
    parser.add_argument("--audits", type=int, default=50, help="reports in the smallest batch of audits; 0 leaves them out")
    parser.add_argument("--only", default="", help="only what holds this word: ways of one run by name, audits, runs, cluster")
    return parser.parse_args()


def _asked_for(name: str, asked: argparse.Namespace) -> bool:
    return asked.only in name


def _ways(unit: str, year: str, folder: Path) -> dict[str, Callable[[], None]]:
    """Every way of making the report, each into a folder of its own."""
    data = str(folder / "data")

    def selfeval(*more: str) -> Callable[[], None]:
        where = ["--unit", unit, "--year", year, "--data", data, "--outputs", str(folder / "ours")]
        return lambda: _call([PYTHON, "-m", "selfeval", "run", *where, *more])

    def script(name: str) -> Callable[[], None]:
        return lambda: _call([PYTHON, str(HERE / name), unit, year, data, str(folder / name)])

    return {
        FLOOR: script("plain_script.py"),
        OURS: selfeval("--force"),
        "selfeval run, nothing changed": selfeval(),
        "selfeval run without fork": script("without_fork.py"),
        "papermill API, one process": script("papermill_api.py"),
        "papermill CLI x4, nbconvert CLI": lambda: _command_lines(PYTHON, unit, year, data, folder / "cli"),
        **({"the same beside JupyterLab": lambda: _command_lines(str(LAB), unit, year, data, folder / "lab")} if LAB.is_file() else {}),
    }


def _command_lines(python: str, unit: str, year: str, data: str, out: Path) -> None:
    out.mkdir(exist_ok=True)
    given = {"unit": unit, "year": year, "data_dir": data, "outputs_dir": str(out)}
    parameters = [word for name, value in given.items() for word in ("-p", name, value)]
    for stage in STAGES:
        executed = str(out / f"{stage.name}.ipynb")
        _call([python, "-m", "papermill", str(stage.notebook(notebook_folder())), executed, *parameters])
    _call([python, "-m", "nbconvert", "--to", "html", "--no-input", executed])


def _call(command: list[str]) -> None:
    done = subprocess.run(command, capture_output=True, check=False, env={**os.environ, "PYTHONUTF8": "1"})
    if done.returncode:
        sys.exit(f"{' '.join(command)}\n{done.stderr.decode(errors='replace')}")


def _seconds(work: Callable[[], None]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def _tell(medians: dict[str, float]) -> None:
    floor = medians.get(FLOOR)
    print(f"{'way':34} {'median s':>9} {'x script':>9}")
    for way, seconds in medians.items():
        print(f"{way:34} {seconds:9.2f} {seconds / floor if floor else float('nan'):9.2f}")


if __name__ == "__main__":
    main()
