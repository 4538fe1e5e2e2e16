"""Runs a batch as people do and watches all its processes: when each item ended, how much processor time it took, the largest process."""

from __future__ import annotations

import os
import re
import secrets
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

PROC = Path("/proc")
_MARK = "SELFEVAL_BENCH"
_ITEM = re.compile(r"\[\d+/\d+\] ")
_SECONDS = 0.2


@dataclass
class Course:
    """`ends`: seconds after its start at which each item ended. `cpu`: seconds; `largest`: MB at its peak; nan where there is no /proc."""

    ends: list[float] = field(default_factory=list)
    cpu: float = float("nan")
    largest: float = float("nan")

    def pace(self, workers: int) -> float:
        """Seconds an item once all workers are at work: imports and the first item of each are left out."""
        return (self.ends[-1] - self.ends[workers - 1]) / (len(self.ends) - workers)


def watched(command: list[str]) -> Course:
    """The course of `command`, which must say a line an item as selfeval batch does; whatever it starts bears its mark."""
    mark, course, begun = secrets.token_hex(8), Course(), time.perf_counter()
    environment = {**os.environ, "PYTHONUTF8": "1", _MARK: mark}
    batch = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env=environment, text=True, encoding="utf-8")
    watcher = threading.Thread(target=_watch, args=(batch, f"{_MARK}={mark}".encode(), course))
    watcher.start()
    said = []
    for line in batch.stdout:
        said.append(line)
        if _ITEM.match(line):
            course.ends.append(time.perf_counter() - begun)
    watcher.join()
    if batch.wait():
        sys.exit(f"{' '.join(command)}\n{''.join(said[-20:])}")
    return course


def _watch(batch: subprocess.Popen, mark: bytes, course: Course) -> None:
    """Look again and again until the batch has ended; of a process that ends in between the last moment is missed."""
    seconds: dict[str, float] = {}
    largest: dict[str, float] = {}
    while batch.poll() is None and PROC.is_dir():
        for process in PROC.glob("[0-9]*"):
            try:
                if mark in (process / "environ").read_bytes():
                    seconds[process.name], largest[process.name] = _processor_seconds(process), _megabytes(process)
            except (OSError, ValueError, IndexError):
                continue  # it has just ended
        time.sleep(_SECONDS)
    if seconds:
        course.cpu, course.largest = sum(seconds.values()), max(largest.values())


def _processor_seconds(process: Path) -> float:
    fields = (process / "stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _megabytes(process: Path) -> float:
    """The most it ever held. Raises ValueError when it has ended: the system tells nothing more of it then."""
    peak = re.search(r"VmHWM:\s*(\d+)", (process / "status").read_text())
    if not peak:
        raise ValueError("it has ended")
    return int(peak[1]) / 1024
