"""Starts the kernel of one notebook: it dies with its run, takes a missing glyph for an error and lets no error of a thread go by.

Run as `python -m selfeval.kernel`, with what ipykernel takes; what it has to know comes in the environment.
"""

from __future__ import annotations

import ctypes
import os
import signal
import sys
import threading
import traceback
import warnings
from pathlib import Path

# Names in the environment of a kernel: the process it works for, and the file that takes the errors of its threads.
RUNNER, THREAD_ERRORS = "SELFEVAL_RUNNER", "SELFEVAL_THREAD_ERRORS"
_DIE_WITH_PARENT = 1  # PR_SET_PDEATHSIG


def prepare() -> None:
    """Make of this process what a kernel has to be."""
    if RUNNER in os.environ:
        die_with(int(os.environ[RUNNER]))
    if THREAD_ERRORS in os.environ:
        keep_thread_errors(Path(os.environ[THREAD_ERRORS]))
    # A character without a glyph is an empty box in a chart; nobody would see it before the report is out.
    warnings.filterwarnings("error", message="Glyph", category=UserWarning)


def die_with(runner: int) -> None:
    """See to it that this process ends with `runner`, its parent, even amid C code; Linux can do this, elsewhere ipykernel looks itself."""
    if sys.platform != "linux":
        return
    ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != runner:  # it ended before it could be noticed
        os._exit(1)


def keep_thread_errors(path: Path) -> None:
    """Write the exceptions that end threads of this process into `path` besides showing them."""
    show = threading.excepthook

    def note(failure: threading.ExceptHookArgs) -> None:
        told = "".join(traceback.format_exception_only(failure.exc_type, failure.exc_value)).strip()
        with path.open("a", encoding="utf-8", errors="replace") as file:
            file.write(f"{told}\n")
        show(failure)

    threading.excepthook = note


if __name__ == "__main__":
    prepare()
    if sys.path and sys.path[0] in {"", str(Path.cwd())}:
        del sys.path[0]  # what lies in the working folder is not to be taken for a library
    from ipykernel.kernelapp import launch_new_instance

    launch_new_instance()
