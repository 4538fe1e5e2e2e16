"""The kernel itself: that of ipykernel, but whatever a cell shows is kept until it is fetched."""

from __future__ import annotations

from ipykernel.kernelapp import IPKernelApp


class KernelApp(IPKernelApp):
    """Loses no output: without a limit of its own the channel drops what is shown faster than it is read, and nobody is told."""

    def init_iopub(self, context: object) -> None:
        """Open the channel for what cells show; `context` is that of ZeroMQ."""
        context.sndhwm = 0
        super().init_iopub(context)
