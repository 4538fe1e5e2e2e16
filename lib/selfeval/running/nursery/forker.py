"""Kernels forked from one process that has imported what they need."""

from __future__ import annotations

import os
import signal
import subprocess
import threading
import time
from collections.abc import Sequence
from pathlib import Path

from selfeval.running.publishing.processes import birth_of, is_there

from .kernel import Order
from .spawning import spawn

_LOOK_SECONDS = 0.005


class Forker:
    """Gives any number of kernels to any thread, as long as it is open."""

    def __init__(self, notebooks: Sequence[Path]) -> None:
        self._zygote = spawn("zygote", notebooks, stdout=subprocess.PIPE)
        self._one_at_a_time = threading.Lock()

    def start(self, order: Order) -> Forked:
        """Fork a kernel. Raises RuntimeError when the process that forks is gone."""
        with self._one_at_a_time:
            try:
                self._zygote.stdin.write(order.line())
                self._zygote.stdin.flush()
                return Forked(int(self._zygote.stdout.readline()))
            except (OSError, ValueError):
                raise RuntimeError("准备内核的进程意外终止，可能是内存不足或被系统结束") from None

    def close(self) -> None:
        """End the process that forks, and with it whatever it forked."""
        self._zygote.kill()
        self._zygote.communicate()

    def __enter__(self) -> Forker:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class Forked:
    """A kernel that is the child of another process: whether it ended shows in whether it is there."""

    stdin = stdout = stderr = None

    def __init__(self, pid: int) -> None:
        self.pid = pid
        self._birth = birth_of(pid)

    def poll(self) -> int | None:
        """None while it is there."""
        return None if is_there(self.pid, self._birth) else -signal.SIGKILL

    def wait(self) -> int:
        """Wait until it is gone."""
        while self.poll() is None:
            time.sleep(_LOOK_SECONDS)
        return -signal.SIGKILL

    def send_signal(self, number: int) -> None:
        """Send it a signal, if it is still there."""
        if self.poll() is None:
            os.kill(self.pid, number)

    def terminate(self) -> None:
        """Ask it to end."""
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        """End it."""
        self.send_signal(signal.SIGKILL)
