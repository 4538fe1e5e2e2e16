"""What is done to every job of a batch: a function called by its name, so that only the processes that work import what it needs."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module

from .job import Job, Outcome


@dataclass(frozen=True)
class Task:
    """A function of a module that takes a job and returns its outcome.

    `jobs_each`: after so many jobs a worker makes room for a fresh one, so that memory stays flat. `seconds`: far above what a job needs;
    one that takes longer hangs.
    """

    module: str
    function: str
    jobs_each: int
    seconds: float

    def __call__(self, job: Job) -> Outcome:
        """Do it to `job`; whatever the function raises is raised."""
        return getattr(import_module(self.module), self.function)(job)
