"""Processes of this machine, told apart from later ones that were given the same number."""

from __future__ import annotations

import os
import signal
from contextlib import suppress
from pathlib import Path
from typing import Protocol

import psutil

# The file in a folder that lists processes, a line each: number, a blank, birth.
_NOTES = "processes"
_ENDED = frozenset({psutil.STATUS_ZOMBIE, psutil.STATUS_DEAD})
# The same process may be told to have started so much earlier or later, for the clock of the machine was set meanwhile.
_SAME_SECONDS = 2.0


class Process(Protocol):
    """A process as whoever started it has it in hand: subprocess.Popen, or a kernel of the nursery."""

    pid: int

    def poll(self) -> int | None:
        """None while it is there."""

    def wait(self) -> int:
        """Wait until it is gone."""

    def kill(self) -> None:
        """End it."""


def birth_of(pid: int) -> str:
    """When a process started, in seconds since 1970; "" when it has ended or the system does not tell."""
    try:
        process = psutil.Process(pid)
        return "" if process.status() in _ENDED else str(process.create_time())
    except psutil.Error:
        return ""


def is_there(pid: int, birth: str) -> bool:
    """Whether process `pid` is still the one that was born then."""
    now = birth_of(pid)
    with suppress(ValueError):
        return bool(birth and now) and abs(float(now) - float(birth)) < _SAME_SECONDS
    return False


def note(folder: Path, pid: int) -> None:
    """Write down in `folder` that process `pid` was started, for whoever tidies up after its run died."""
    with (folder / _NOTES).open("a", encoding="utf-8") as file:
        file.write(f"{pid} {birth_of(pid)}\n")


def end_noted(folder: Path) -> None:
    """Kill every process written down in `folder` that is still there."""
    with suppress(OSError, ValueError):
        for line in (folder / _NOTES).read_text(encoding="utf-8").splitlines():
            number, _, birth = line.partition(" ")
            end(int(number), birth)


def end(pid: int, birth: str) -> None:
    """Kill the process `pid` with all it started, if it is still the one that was born then."""
    if is_there(pid, birth):
        _kill_family(pid)


def end_group(process: Process) -> None:
    """Kill a process with whatever it started, and wait until it is gone; nothing happens when it is gone already."""
    if process.poll() is None:
        _kill_family(process.pid)
        process.wait()


def _kill_family(pid: int) -> None:
    """Kill a process and its descendants; where it leads a group, also those of them whose own parent is gone."""
    family: list[psutil.Process] = []
    with suppress(psutil.Error):
        first = psutil.Process(pid)
        family = [first, *first.children(recursive=True)]
    with suppress(OSError):
        if hasattr(os, "killpg") and os.getpgid(pid) == pid:
            os.killpg(pid, signal.SIGKILL)
    for member in family:
        with suppress(psutil.Error):
            member.kill()
