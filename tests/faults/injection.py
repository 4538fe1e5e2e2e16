"""A failing disk below Python: the Nth call that touches a folder raises, or the process is gone at that very call."""

from __future__ import annotations

import builtins
import errno
import fcntl
import io
import os
import shutil
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from selfeval.running.publishing import swap

KILLED, FAILED = 137, 1
KINDS = {"full": errno.ENOSPC, "broken": errno.EIO, "forbidden": errno.EACCES, "killed": 0}
# What Python announces before it asks the system; the path stands first.
_EVENTS = {"open", "os.rename", "os.mkdir", "os.remove", "os.rmdir", "os.scandir", "os.listdir"}


@dataclass
class Disk:
    """Counts the calls that touch `root` and fails at call number `nth`; 0 is a disk that never fails."""

    root: Path
    nth: int
    kind: str
    calls: int = 0
    _counting: threading.Lock = field(default_factory=threading.Lock)

    def call(self) -> None:
        """One call; raises, or ends the process, when it is its turn."""
        if self.turn():
            self.fail()

    def turn(self) -> bool:
        """Count a call, whichever thread makes it, and tell whether it is the one that fails."""
        with self._counting:
            self.calls += 1
            return self.calls == self.nth

    def fail(self) -> None:
        """Raise, or end the process."""
        if self.kind == "killed":
            os._exit(KILLED)
        raise OSError(KINDS[self.kind], os.strerror(KINDS[self.kind]))


class _Torn:
    """A file whose write, when it is its turn, gets half of its bytes onto the disk."""

    def __init__(self, file: io.IOBase, disk: Disk) -> None:
        self._file, self._disk = file, disk

    def write(self, data: str | bytes) -> int:
        if self._disk.turn():
            self._file.write(data[: len(data) // 2])
            self._file.flush()
            self._disk.fail()
        return self._file.write(data)

    def __enter__(self) -> _Torn:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def __getattr__(self, name: str) -> object:
        return getattr(self._file, name)


def install(disk: Disk) -> None:
    """Put `disk` below this process, for good: for a child that ends soon."""

    def under(path: object) -> bool:
        return isinstance(path, str | bytes | os.PathLike) and os.fsdecode(path).startswith(str(disk.root))

    def announced(event: str, arguments: tuple) -> None:
        if event in _EVENTS and arguments and under(arguments[0]):
            disk.call()

    plain_open = io.open

    def open_torn(file: object, mode: str = "r", *rest: object, **options: object) -> object:
        opened = plain_open(file, mode, *rest, **options)
        return _Torn(opened, disk) if under(file) and set(mode) & set("wax+") else opened

    def counted(function: Callable) -> Callable:
        def call(*arguments: object, **options: object) -> object:
            disk.call()
            return function(*arguments, **options)

        return call

    shutil._USE_CP_SENDFILE = False  # so that copies are written, and can be torn
    builtins.open = io.open = open_torn
    os.fsync, fcntl.flock, swap._exchange = counted(os.fsync), counted(fcntl.flock), counted(swap._exchange)
    sys.addaudithook(announced)


def in_child(work: Callable[[], object], disk: Disk) -> tuple[int, int, str]:
    """Do `work` in a process of its own upon `disk`: the exit code, FAILED for any exception, how many calls there were, and its words."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        code, told = FAILED, ""
        try:
            silence = os.open(os.devnull, os.O_WRONLY)
            os.dup2(silence, 1)
            os.dup2(silence, 2)
            install(disk)
            work()
            code = 0
        except BaseException as error:  # noqa: BLE001  whatever it is, the exit code tells of it
            told = f"{type(error).__name__}: {error}"
        finally:
            os.write(writer, f"{disk.calls}\n{told[:2000]}".encode())
            os._exit(code)
    os.close(writer)
    with os.fdopen(reader, "rb") as pipe:
        calls, _, told = pipe.read().decode().partition("\n")
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), int(calls or 0), told
