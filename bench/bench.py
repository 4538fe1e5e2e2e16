"""Measures a run against other ways of doing the same work, all in one go, and prints medians and ratios.

Every round does each way once, so that whatever else the machine does meanwhile strikes all of them; only the ratios mean anything.
usage: python bench.py [--rounds 5] [--batch 12] [--audits 40] [--only WORD]
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

from selfeval.batch.processes import cores
from selfeval.paths import project_root, units_and_years
from selfeval.stages import STAGES, notebook_folder

HERE = Path(__file__).parent
PYTHON = sys.executable
FLOOR = "plain script"


def main() -> None:
    """Measure what was asked for, tell it as a table."""
    asked = _arguments()
    with tempfile.TemporaryDirectory(prefix="selfeval-bench-") as name:
        folder = Path(name)
        unit, year = units_and_years(project_root() / "data")[0]
        raw = project_root() / "data" / "raw" / unit / str(year)
        shutil.copytree(raw, folder / "data" / "raw" / unit / str(year))
        ways = _ways(unit, str(year), folder)
        chosen = {way: command for way, command in ways.items() if asked.only in way}
        taken: dict[str, list[float]] = {way: [] for way in chosen}
        for number in range(asked.rounds):
            for way, command in chosen.items():
                taken[way].append(_seconds(command))
            print(f"round {number + 1} of {asked.rounds} done, load {os.getloadavg()[0]:.1f}", file=sys.stderr)
        _tell({way: median(seconds) for way, seconds in taken.items()})
        if asked.batch:
            _tell_batch(raw, folder, asked.batch)
        if asked.audits:
            _tell_audits(raw, folder, asked.audits)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--batch", type=int, default=12, help="runs in the batch; 0 leaves it out")
    parser.add_argument("--audits", type=int, default=40, help="reports in the batch of audits; 0 leaves it out")
    parser.add_argument("--only", default="", help="only ways whose name holds this word")
    return parser.parse_args()


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
        "selfeval run --force": selfeval("--force"),
        "selfeval run, nothing changed": selfeval(),
        "papermill API, one process": script("papermill_api.py"),
        "papermill CLI x4, nbconvert CLI": lambda: _command_lines(unit, year, data, folder / "cli"),
    }


def _command_lines(unit: str, year: str, data: str, out: Path) -> None:
    out.mkdir(exist_ok=True)
    given = {"unit": unit, "year": year, "data_dir": data, "outputs_dir": str(out)}
    parameters = [word for name, value in given.items() for word in ("-p", name, value)]
    for stage in STAGES:
        executed = str(out / f"{stage.name}.ipynb")
        _call([PYTHON, "-m", "papermill", str(stage.notebook(notebook_folder())), executed, *parameters])
    _call([PYTHON, "-m", "nbconvert", "--to", "html", "--no-input", executed])


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


def _tell_batch(raw: Path, folder: Path, count: int) -> None:
    """A batch of runs against one run: the difference of a long and a short batch leaves its beginning out."""
    one = _seconds(lambda: _runs(raw, folder / "one", 1, alone=True))
    short, long = (_seconds(lambda n=n: _runs(raw, folder / f"runs-{n}", n)) for n in (cores(), count + cores()))
    each = (long - short) / count
    print(f"batch of {count} runs on {cores()} cores: {each:.2f} s a run, {each / one:.2f} x a single run ({one:.2f} s)")


def _runs(raw: Path, folder: Path, count: int, *, alone: bool = False) -> None:
    year = raw.name
    for number in range(count):
        shutil.copytree(raw, folder / "data" / "raw" / f"body-{number}" / year)
    where = ["--data", str(folder / "data"), "--outputs", str(folder / "outputs")]
    what = ["run", "--unit", "body-0", "--year", year] if alone else ["batch", "--all"]
    _call([PYTHON, "-m", "selfeval", *what, *where])


def _tell_audits(raw: Path, folder: Path, count: int) -> None:
    sizes = (cores(), count + cores())
    short, long = (min(_seconds(lambda n=n, t=t: _audits(raw, folder / f"audits-{n}-{t}", n)) for t in range(3)) for n in sizes)
    rate = f"{count / (long - short):.1f} reports a second" if long > short else "the machine is too busy to tell"
    print(f"audits only, {count} on {cores()} cores: {rate}; {long:.1f} s with all imports")


def _audits(raw: Path, folder: Path, count: int) -> None:
    report = next(path for path in sorted(raw.iterdir()) if path.suffix != ".toml")
    (folder / "reports").mkdir(parents=True)
    for number in range(count):
        shutil.copyfile(report, folder / "reports" / f"{number:04}{report.suffix}")
    _call([PYTHON, "-m", "selfeval", "batch", "--audit", str(folder / "reports"), "--out", str(folder / "out")])


if __name__ == "__main__":
    main()
