"""Says of every bomb how long `selfeval check` takes to refuse it, and how much memory: python tests/bad_inputs/weigh_bombs.py."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

# What the command imports is there before the clock starts: that is the price of every command, not of a bomb.
_CHECK = """
import contextlib, io, json, os, re, sys, time
import psutil
from selfeval.judging import assessment
from selfeval.records import completeness, decisions, entries, sources
from selfeval.telling import summary
from selfeval.__main__ import main
from selfeval.reading.document import docx, html, pdf, plain, sheets

for data in sys.argv[1:]:
    said = io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
    begun = time.perf_counter()
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
        try:
            code = main(["check", "--unit", "jia-water", "--year", "2031", "--data", data])
        except BaseException as fault:
            code, _ = -1, said.write(repr(fault))
    seconds = time.perf_counter() - begun
    said.seek(0)
    # The most this process and the one that reads for it ever held; ru_maxrss would count their parents too.
    numbers = [os.getpid(), *(child.pid for child in psutil.Process().children())]
    most = sum(int(re.search(r"VmHWM:\\s+(\\d+)", open(f"/proc/{number}/status").read())[1]) for number in numbers)
    print(json.dumps([code, said.read(), seconds, most // 1024]), flush=True)
"""


@dataclass(frozen=True)
class Weight:
    """What came of a bomb: exit code, what was said, seconds without imports, megabytes at most with everything."""

    code: int
    said: str
    seconds: float
    megabytes: int


def lay_out(root: Path, kind: str, data: bytes) -> Path:
    """A data folder under `root` in which `data` is the only report; returned is what --data takes."""
    folder = root / "data" / "raw" / "jia-water" / "2031"
    folder.mkdir(parents=True)
    (folder / f"report.{kind}").write_bytes(data)
    return root / "data"


def weigh(folders: Iterable[Path], seconds: float) -> Iterator[Weight]:
    """Put every folder before the command, all in one process that may take so many seconds for all."""
    command = [sys.executable, "-c", _CHECK, *map(str, folders)]
    done = subprocess.run(command, capture_output=True, timeout=seconds, check=True, text=True, encoding="utf-8")
    yield from (Weight(*json.loads(line)) for line in done.stdout.splitlines())


def _table() -> None:
    from bad_inputs.bombs import BOMBS

    for name, (kind, make) in BOMBS.items():
        with tempfile.TemporaryDirectory() as root:
            data = make()
            try:
                (weight,) = weigh([lay_out(Path(root), kind, data)], 60)
            except subprocess.TimeoutExpired:
                weight = Weight(-1, "still at work after 60 s", 60, 0)
        said = weight.said.splitlines()[0] if weight.said else ""
        figures = f"{len(data) / 1000:8.0f} kB  {weight.code:2d} {weight.seconds:6.2f} s {weight.megabytes:5d} MB"
        sys.stdout.write(f"{name:48} {figures}  {said[:110]}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[1]))
    _table()
