"""In which order jobs are handed out: as given, but those of one chain one after another, since each may read what the one before made."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable

from .job import Job


class Queue:
    """Jobs still to be handed out."""

    def __init__(self, jobs: Iterable[Job]) -> None:
        self._chains: dict[str, deque[Job]] = {}
        for job in jobs:
            self._chains.setdefault(job.chain, deque()).append(job)
        self._free = deque(self._chains)

    def take(self) -> Job | None:
        """The next job whose chain is free; None while there is none, which may change when a job ends."""
        return self._chains[self._free.popleft()].popleft() if self._free else None

    def ended(self, job: Job) -> None:
        """Free the chain of a job that was taken; the next job of it comes first."""
        if self._chains[job.chain]:
            self._free.appendleft(job.chain)

    def left(self) -> list[Job]:
        """Every job that was not taken."""
        return [job for chain in self._chains.values() for job in chain]
