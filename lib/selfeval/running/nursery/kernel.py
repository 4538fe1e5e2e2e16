"""What a process of the nursery becomes in the end: the kernel of one notebook, as the order that reached it says.

A kernel takes a missing glyph for an error and lets no error of a thread go by.
"""

from __future__ import annotations

import json
import os
import sys
import threading
import traceback
import warnings
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from importlib import import_module
from pathlib import Path

from .imports import modules_of

# What every kernel is made of; its import takes longer than anything a notebook does with it.
_APP = f"{__package__}.app"
# A function of a module that does ahead what a first call takes long for.
_GET_READY = "get_ready"
# The file in the folder of a kernel that takes the errors of its threads.
THREAD_ERRORS = "thread-errors"


@dataclass(frozen=True)
class Order:
    """A kernel that is wanted: what ipykernel takes, the folder it is to stand in, its environment."""

    arguments: Sequence[str]
    folder: str
    environment: dict[str, str]

    def line(self) -> bytes:
        """As it travels: one line."""
        return json.dumps(asdict(self)).encode("ascii") + b"\n"


def order_of(line: bytes) -> Order:
    """The order that travelled as `line`."""
    return Order(**json.loads(line))


def warm_up(notebook: str) -> None:
    """Import ahead what a kernel needs that is to run `notebook`, and let it get ready where it knows how to.

    What cannot be imported is left for the notebook to stumble on.
    """
    for module in (_APP, *modules_of(Path(notebook))):
        try:
            get_ready = getattr(import_module(module), _GET_READY, None)
            if get_ready:
                get_ready()
        except Exception:  # noqa: BLE001, S112  the cell that imports it tells of it, with its place
            continue


def become(order: Order) -> None:
    """Make this process the kernel that was ordered, until it ends."""
    os.chdir(order.folder)
    os.environ.clear()
    os.environ.update(order.environment)
    _keep_thread_errors(Path(order.folder) / THREAD_ERRORS)
    # A character without a glyph is an empty box in a chart; nobody would see it before the report is out.
    warnings.filterwarnings("error", message="Glyph", category=UserWarning)
    sys.modules["debugpy"] = None  # nobody debugs what nobody sees, and ipykernel would import it for longer than all the rest takes
    # Told its parent, ipykernel ends when that is another one day, and is quiet; on Windows it would have to be told a handle.
    parent = [f"--IPKernelApp.parent_handle={os.getppid()}"] if os.name == "posix" else []
    sys.argv = [_APP, *order.arguments, *parent]
    import_module(_APP).KernelApp.launch_instance()


def _keep_thread_errors(path: Path) -> None:
    """Write the exceptions that end threads of this process into `path` besides showing them."""
    show = threading.excepthook

    def note(failure: threading.ExceptHookArgs) -> None:
        told = "".join(traceback.format_exception_only(failure.exc_type, failure.exc_value)).strip()
        with path.open("a", encoding="utf-8", errors="replace") as file:
            file.write(f"{told}\n")
        show(failure)

    threading.excepthook = note
