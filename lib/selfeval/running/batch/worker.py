"""What a worker process does: one job after another as its parent sends them, and never outlive the parent."""

from __future__ import annotations

import gc
import os
import signal
import sys
import threading
import time
from contextlib import suppress
from multiprocessing import connection, parent_process
from pathlib import PurePath

from selfeval.exceptions import SelfevalError

from .job import FAILED, Job, Outcome, job_from, outcome_of, packed
from .task import Task

# How long a job may take to tidy up after its parent is gone.
_GRACE_SECONDS = 3


def serve(channel: connection.Connection, task: Task) -> None:
    """Do jobs until the parent closes the channel."""
    # Ctrl-C reaches every process of the terminal; what becomes of the jobs is for the parent to say.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # What was imported stays for good: else the collector looks through all of it every few jobs, for longer than some of them take.
    gc.freeze()
    threading.Thread(target=_leave_with_parent, daemon=True).start()
    while True:
        try:
            job = job_from(channel.recv_bytes())
        except (EOFError, OSError):
            return
        with suppress(OSError):  # the parent may have stopped listening
            channel.send_bytes(packed(attempt(job, task)))


def attempt(job: Job, task: Task) -> Outcome:
    """One job with everything that may become of it, errors that are no refusal of ours included."""
    try:
        return task(job)
    except SelfevalError as refusal:
        return outcome_of(refusal)
    except Exception as error:  # noqa: BLE001  told as what became of the job
        return Outcome(FAILED, _fault(error))


def _fault(error: Exception) -> str:
    """An error of the program itself, with the line that raised it."""
    frame = error.__traceback__
    while frame is not None and frame.tb_next is not None:
        frame = frame.tb_next
    where = f"（{PurePath(frame.tb_frame.f_code.co_filename).name} 第 {frame.tb_lineno} 行）" if frame else ""
    return f"程序出错 {type(error).__name__}：{error}{where}；请把这句话告诉维护人"


def _leave_with_parent() -> None:
    """End this process when the parent is gone, however it went; a job at work gets a moment to tidy up."""
    parent = parent_process()
    if parent is None:
        return
    connection.wait([parent.sentinel])
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(_GRACE_SECONDS)
    sys.stderr.flush()
    os._exit(4)
