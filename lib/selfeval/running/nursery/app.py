"""The kernel itself: that of ipykernel, but whatever a cell shows is kept until it is fetched."""

from __future__ import annotations

from pathlib import Path

from ipykernel.kernelapp import IPKernelApp


class KernelApp(IPKernelApp):
    """Loses no output: without a limit of its own the channel drops what is shown faster than it is read, and nobody is told."""

    def init_iopub(self, context: object) -> None:
        """Open the channel for what cells show; `context` is that of ZeroMQ."""
        context.sndhwm = 0
        super().init_iopub(context)

    def write_connection_file(self, **options: object) -> None:
        """Remove it instead: both ends know by now what stands in it, and who kills them both leaves no key behind."""
        super().write_connection_file(**options)
        Path(self.abs_connection_file).unlink()
