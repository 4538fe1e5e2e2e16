"""What the worker processes of the batch tests do instead of real work; a module of its own, so that they can import it."""

from __future__ import annotations

import gc
import os
import signal
import time
from pathlib import Path

from selfeval.exceptions import InputRefused, NotebookFailed
from selfeval.running.batch.job import DONE, Job, Outcome
from selfeval.running.batch.task import Task

ACT = Task("batch_tasks", "act", jobs_each=50, seconds=60.0)
TRACE = Task("batch_tasks", "trace", jobs_each=50, seconds=60.0)


def act(job: Job) -> Outcome:
    """Do what the job says: end well, refuse, fail, break, die, or hang.

    What ends well tells by whom it was done, and how many objects of that process the collector leaves alone.
    """
    how = job.arguments.get("how", "well")
    if how == "refuse":
        raise InputRefused(["甲表空", "乙表空"])
    if how == "fail":
        raise NotebookFailed("02 没有运行完")
    if how == "break":
        return {}["不在"]
    if how == "die":
        os.kill(os.getpid(), signal.SIGKILL)
    if how == "hang":
        Path(job.arguments["folder"], f"{os.getpid()}.pid").write_text("", encoding="utf-8")
        time.sleep(600)
    return Outcome(DONE, facts={"body": str(os.getpid()), "figures": str(gc.get_freeze_count())})


def trace(job: Job) -> Outcome:
    """Leave word of beginning and end in one file."""
    log = Path(job.arguments["log"])
    for word in ("begins", "ends"):
        with log.open("a", encoding="utf-8") as file:
            file.write(f"{job.name} {word}\n")
        time.sleep(0.02)
    return Outcome(DONE)
