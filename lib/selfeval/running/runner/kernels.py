"""The kernels of one run, as papermill is to start them: out of the nursery, unreadable for others, none of them left at the end."""

from __future__ import annotations

import os
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from queue import Empty
from typing import Any

import zmq
import zmq.asyncio
from jupyter_client import AsyncKernelClient, AsyncKernelManager
from jupyter_client.channels import AsyncZMQSocketChannel
from jupyter_client.kernelspec import KernelSpecManager
from traitlets import default

from selfeval.running.nursery import Nursery, Order
from selfeval.running.publishing.processes import Process, end_group, note

# How soon a channel is tried again that the kernel has not opened yet, and how long an answer is waited for before it is asked for again:
# what a kernel shows follows its answer at once, or was shown before anybody listened.
_RETRY_MILLISECONDS = 5
_ANSWER_SECONDS, _SHOWN_SECONDS = 1.0, 0.05
# A script that IPython would run before the first cell.
_OF_THE_PERSON = frozenset({"PYTHONSTARTUP"})
# Text is UTF-8 whatever the machine is set to, and a table as text as wide as ever, not as wide as the terminal.
_ALWAYS = {"PYTHONUTF8": "1", "COLUMNS": "80", "LINES": "24"}


class Kernels:
    """Starts kernels, remembers them, ends them."""

    def __init__(self, nursery: Nursery, notes: Path) -> None:
        """`notes` is the folder in which the processes are written down, for whoever tidies up after a run that died."""
        self._nursery, self._notes = nursery, notes
        self._alive: list[Process] = []
        self._over = False

    @contextmanager
    def manager(self, folder: Path) -> Iterator[type[AsyncKernelManager]]:
        """A manager class whose kernels work in `folder` and are gone afterwards."""
        started: list[Process] = []

        def start(order: Order) -> Process:
            kernel = self._start(order)
            started.append(kernel)
            return kernel

        try:
            yield type("RunKernelManager", (_PrivateKernelManager,), {"folder": folder, "start": staticmethod(start)})
        finally:
            for kernel in started:
                end_group(kernel)

    def end(self) -> None:
        """End every kernel there is, and start no other: whoever waits for one sees it die."""
        self._over = True
        for kernel in [*self._alive]:
            end_group(kernel)

    def _start(self, order: Order) -> Process:
        if self._over:
            raise RuntimeError("运行已停止")
        kernel = self._nursery.start(order)
        self._alive.append(kernel)
        note(self._notes, kernel.pid)
        if self._over:  # it was over meanwhile
            end_group(kernel)
        return kernel


class _PromptClient(AsyncKernelClient):
    """Knows a kernel to be ready by what it says on both channels; the library waits for it to be silent for a fifth of a second."""

    async def wait_for_ready(self, timeout: float | None = None) -> None:
        """Return once a question was answered, and what the kernel shows while it answers has arrived too.

        Raises RuntimeError when the kernel dies before, or `timeout` seconds have passed.
        """
        end = time.monotonic() + (timeout or float("inf"))
        while True:
            asked = self.kernel_info()
            with suppress(Empty):
                await self._until(self.shell_channel, _ANSWER_SECONDS, asked, "kernel_info_reply")
                await self._until(self.iopub_channel, _SHOWN_SECONDS, asked, "status", execution_state="idle")
                return
            if not await self.is_alive():
                raise RuntimeError("内核在启动时意外终止")
            if time.monotonic() > end:
                raise RuntimeError(f"{timeout:.0f} 秒内没有应答")

    async def _until(self, channel: AsyncZMQSocketChannel, seconds: float, asked: str, kind: str, **content: str) -> None:
        """Read a channel until the message of `kind` that answers `asked`; raises Empty when it is silent for `seconds` before."""
        while True:
            message = await channel.get_msg(timeout=seconds)
            answers = message["parent_header"].get("msg_id") == asked and message["msg_type"] == kind
            if answers and content.items() <= message["content"].items():
                return


class _PrivateKernelManager(AsyncKernelManager):
    """Has kernels of this very interpreter, whose channels no other user of the machine can read."""

    folder: Path

    @default("kernel_spec_manager")
    def _own_kernel_only(self) -> KernelSpecManager:
        # A kernel spec in the home folder may name another interpreter under the same name.
        return KernelSpecManager(kernel_dirs=[])

    @default("client_factory")
    def _prompt_client(self) -> type[AsyncKernelClient]:
        return _PromptClient

    @default("context")
    def _impatient_context(self) -> zmq.asyncio.Context:
        self._created_context = True
        context = zmq.asyncio.Context()
        context.setsockopt(zmq.RECONNECT_IVL, _RETRY_MILLISECONDS)
        context.setsockopt(zmq.RCVHWM, 0)  # what a cell shows is not dropped because it is shown faster than it is read
        return context

    async def _async_pre_start_kernel(self, **options: object) -> tuple[list[str], dict[str, Any]]:
        self.transport_encryption = "required"
        self.connection_file = str(self.folder / f"kernel-{uuid.uuid4()}.json")
        # Start-up scripts and settings of the person at the machine must not shape a result.
        kept = {name: value for name, value in os.environ.items() if name not in _OF_THE_PERSON}
        options["env"] = {**kept, **_ALWAYS, "IPYTHONDIR": str(self.folder / "ipython")}
        return await super()._async_pre_start_kernel(**options)

    async def _async_launch_kernel(self, kernel_cmd: list[str], *, env: dict[str, str], **_: object) -> None:
        # What the provisioner does, but with a kernel that is there already instead of a new process.
        provisioner = self.provisioner
        # Before there is a kernel, which writes the file anew that this reads.
        self._reconcile_connection_info(provisioner.connection_info)
        arguments = kernel_cmd[kernel_cmd.index("-f") :]
        provisioner.process = self.start(Order(arguments, str(self.folder), env))
        provisioner.pid = provisioner.process.pid
        provisioner.pgid = provisioner.pid if hasattr(os, "killpg") else None

    async def _async_kill_kernel(self, restart: bool = False) -> None:
        del restart
        end_group(self.provisioner.process)
