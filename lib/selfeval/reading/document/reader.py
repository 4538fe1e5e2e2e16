"""Reads files for another process, one after the other, so that a library in C that crashes or stalls takes only this process along.

Run as `python -m selfeval.reading.document.reader SECONDS`. It ends with whoever holds the other end of its input, and of itself when a
file takes longer than SECONDS, in whatever code it hangs.
"""

from __future__ import annotations

import faulthandler
import json
import os
import signal
import sys
from importlib import import_module
from typing import BinaryIO

from selfeval.exceptions import InputRefused

from .content import Content

READY = b"ready\n"
_MOST_MEMORY = 2**30


def serve(orders: BinaryIO, answers: BinaryIO, seconds: float) -> None:
    """Answer every order with what was read, or with why it was refused, until no more come."""
    answers.write(READY)
    answers.flush()
    while line := orders.readline():
        order = json.loads(line)
        data = orders.read(order["size"])
        faulthandler.dump_traceback_later(seconds, exit=True)
        try:
            content = getattr(import_module(order["module"]), order["function"])(data, order["name"])
            answer = {"content": packed(content)}
        except InputRefused as refusal:
            answer = {"refused": list(refusal.problems)}
        faulthandler.cancel_dump_traceback_later()
        answers.write(json.dumps(answer).encode("ascii") + b"\n")
        answers.flush()


def packed(content: Content) -> dict:
    """`content` as it travels: a cell by where it lies in the text."""
    return {
        "text": content.text,
        "kind": content.kind,
        "encoding": content.encoding,
        "tables": [[table.name, [[(cell.start, cell.end) for cell in row] for row in table.rows]] for table in content.tables],
        "marks": [(mark.start, mark.leaf) for mark in content.marks],
        "remarks": content.remarks,
    }


def _keep_to_itself() -> BinaryIO:
    """The way of the answers, where nothing else is written; an interrupt is for the process that asks, and memory is bounded."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    try:
        from resource import RLIMIT_DATA, setrlimit  # noqa: PLC0415  not on every system
    except ImportError:
        return answers
    setrlimit(RLIMIT_DATA, (_MOST_MEMORY, _MOST_MEMORY))
    return answers


if __name__ == "__main__":
    serve(sys.stdin.buffer, _keep_to_itself(), float(sys.argv[1]))
