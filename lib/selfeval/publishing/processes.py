"""Processes of this machine, told apart from later ones that were given the same number."""

from __future__ import annotations

import os
import signal
from contextlib import suppress
from pathlib import Path
from typing import Protocol

# The file in a folder that lists processes, a line each: number, a blank, birth.
_NOTES = "processes"
_STAT = Path("/proc")
# Fields of /proc/<pid>/stat that follow the name in brackets: the state is field 3, the start in clock ticks field 22.
_STATE, _START = 0, 19


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
    """When a process started, in ticks since a start of the machine that is named too; "" where the system does not tell, or it is gone."""
    fields = _fields(pid)
    if not fields or fields[_STATE] in {"Z", "X"}:
        return ""
    boot = (_STAT / "sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
    return f"{boot}/{fields[_START]}"


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
    """Kill the process `pid`, and the group it leads, if it is still the one that was born then."""
    if not birth or birth_of(pid) != birth:
        return
    with suppress(OSError):
        if os.getpgid(pid) == pid:
            os.killpg(pid, signal.SIGKILL)
        else:
            os.kill(pid, signal.SIGKILL)


def end_group(process: Process) -> None:
    """Kill a process that leads a group, with whatever it started, and wait until it is gone; nothing happens when it is gone already."""
    if process.poll() is None:
        with suppress(OSError):
            if hasattr(os, "killpg"):
                os.killpg(process.pid, signal.SIGKILL)
            else:
                process.kill()
        process.wait()


def _fields(pid: int) -> list[str]:
    try:
        line = (_STAT / str(pid) / "stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return []
    return line.rpartition(")")[2].split()  # the name may hold blanks and brackets
