"""The kernel itself: that of ipykernel, but whatever a cell shows is kept until it is fetched."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ipykernel.kernelapp import IPKernelApp

if TYPE_CHECKING:
    from zmq import Context


class KernelApp(IPKernelApp):
    """Loses no output: without a limit the channel drops what is shown faster than it is read, and nobody is told."""

    def init_iopub(self, context: Context) -> None:
        """Open the channel for what cells show."""
        context.sndhwm = 0
        super().init_iopub(context)
