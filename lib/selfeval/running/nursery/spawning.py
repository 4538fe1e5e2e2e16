"""Starts the processes of the nursery."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from subprocess import PIPE, Popen


def spawn(module: str, notebooks: Sequence[Path], stdout: int | None = None) -> Popen:
    """Start `module` of this package with `notebooks` as its arguments and a pipe for its input, in a session of its own."""
    # Without -P, what lies in the working folder would be taken for a library; text is UTF-8 whatever the machine is set to.
    command = [sys.executable, "-P", "-X", "utf8", "-m", f"{__package__}.{module}", *map(str, notebooks)]
    return Popen(command, stdin=PIPE, stdout=stdout, start_new_session=True)  # noqa: S603  the command is our own
