"""Reading in a process apart, for formats that only a library in C takes apart in bearable time.

A file on which such a library crashes or hangs is refused, and the run goes on. The process is started when the first file needs it and
kept for the next: that costs a sixth of a second once, and a millisecond a file.
"""

from __future__ import annotations

import atexit
import json
import os
import sys
import threading
import time
from contextlib import suppress
from subprocess import DEVNULL, PIPE, Popen

from selfeval.exceptions import InputRefused, RunStopped

from .content import Cell, Content, Mark, Table
from .reader import READY

# Twenty times what the longest report takes, on a machine with other things to do.
_SECONDS = 120.0
_SAVE_ANEW = "文件可能已损坏，请用 WPS、Office 或浏览器打开，另存（或重新打印成 PDF）后再试"


class _Stopped(Exception):
    """Raised when the process ended before it answered."""


class _Reader:
    """The process, and how many files it has read."""

    def __init__(self, seconds: float) -> None:
        self.seconds, self.done = seconds, 0
        command = [sys.executable, "-P", "-X", "utf8", "-m", f"{__package__}.reader", str(seconds)]
        self._process = Popen(command, stdin=PIPE, stdout=PIPE, stderr=DEVNULL)  # noqa: S603  the command is our own
        if self._process.stdout.readline() != READY:
            self.end()
            raise RunStopped("读取文件的进程启动不了，可能是内存不足或安装不完整；请检查后重新运行")

    def read(self, module: str, function: str, data: bytes, name: str) -> dict:
        """What it answers. Raises _Stopped when it ends instead."""
        order = {"module": module, "function": function, "name": name, "size": len(data)}
        try:
            with suppress(BrokenPipeError):
                self._process.stdin.write(json.dumps(order).encode("ascii") + b"\n")
                self._process.stdin.write(data)
                self._process.stdin.flush()
            answer = self._process.stdout.readline()
            self.done += 1
            if not answer.endswith(b"\n"):
                raise _Stopped
            return json.loads(answer)
        except BaseException:
            self.end()  # whatever it may still say would be taken for the answer to the next question
            raise

    def end(self) -> None:
        """End it."""
        self._process.kill()
        for pipe in (self._process.stdin, self._process.stdout):
            with suppress(OSError):
                pipe.close()
        self._process.wait()


class _Desk:
    """The reader of this process, if there is one; threads take turns."""

    def __init__(self) -> None:
        self.forget()
        atexit.register(self.close)
        if hasattr(os, "register_at_fork"):
            os.register_at_fork(after_in_child=self.forget)

    def forget(self) -> None:
        """Have no reader: that of the process this one was forked from answers to that one."""
        self._turn = threading.Lock()
        self._reader: _Reader | None = None

    def close(self) -> None:
        """End the reader."""
        if self._reader:
            self._reader.end()
            self._reader = None

    def ask(self, module: str, function: str, data: bytes, name: str, seconds: float) -> dict:
        """What the reader answers. One that had read other files and stops is replaced and asked again: it may have died of those."""
        with self._turn:
            fresh = self._reader is None or self._reader.seconds != seconds
            if fresh:
                self.close()
                self._reader = _Reader(seconds)
            begun = time.monotonic()
            try:
                return self._reader.read(module, function, data, name)
            except _Stopped:
                self._reader = None
                if time.monotonic() - begun >= seconds:
                    raise InputRefused(f"{name} 读了 {seconds:.0f} 秒还没有读完，已停止：{_SAVE_ANEW}") from None
            except BaseException:
                self._reader = None
                raise
        if fresh:
            raise InputRefused(f"{name} 使读取程序意外终止：{_SAVE_ANEW}")
        return self.ask(module, function, data, name, seconds)


_DESK = _Desk()


def read_apart(module: str, function: str, data: bytes, name: str, seconds: float = _SECONDS) -> Content:
    """What `function` of `module` reads from the `data` of the file `name`, read in a process apart.

    Raises InputRefused when that function does, and when the process crashes on the file or takes longer than `seconds`.
    """
    answer = _DESK.ask(module, function, data, name, seconds)
    if "refused" in answer:
        raise InputRefused(answer["refused"])
    found = answer["content"]
    text = found["text"]
    tables = (
        Table(title, tuple(tuple(Cell(text[start:end], start, end) for start, end in row) for row in rows))
        for title, rows in found["tables"]
    )
    marks = tuple(Mark(start, leaf) for start, leaf in found["marks"])
    return Content(text, found["kind"], found["encoding"], tuple(tables), marks, tuple(found["remarks"]))
