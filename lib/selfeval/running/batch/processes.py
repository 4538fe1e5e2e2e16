"""Jobs shared out among worker processes of this machine, each replaced after a while so that memory stays flat.

A pool of our own, because that of the standard library gives up altogether when one worker dies.
"""

from __future__ import annotations

import multiprocessing
import os
import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from multiprocessing import connection, forkserver
from multiprocessing.context import BaseContext

from .job import FAILED, Job, Outcome, outcome_from, packed
from .queue import Queue
from .task import Task
from .worker import serve

# How long workers may tidy up when the batch is stopped, before they are killed.
GRACE_SECONDS = 3


def cores() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def in_processes(jobs: Iterable[Job], task: Task, workers: int) -> Iterator[tuple[Job, Outcome]]:
    """Yield every job with its outcome as it ends; `task` is called in `workers` processes, which are made ready at once.

    After `task.jobs_each` jobs a worker makes room for a fresh one. One that dies, or needs longer than `task.seconds` for a job, costs
    that job only. When the caller closes the generator, or something is raised while it waits, every worker is ended: politely first, then
    for good. Nothing of them is left.
    """
    return _worked(_Pool(task, workers), Queue(jobs))


def _worked(pool: _Pool, queue: Queue) -> Iterator[tuple[Job, Outcome]]:
    try:
        yield from pool.work(queue)
    finally:
        pool.end()


class _Worker:
    """One process, the channel to it, and the job it is at."""

    def __init__(self, context: BaseContext, task: Task) -> None:
        self.channel, far = context.Pipe()
        self.process = context.Process(target=serve, args=(far, task))
        self.process.start()
        far.close()
        self.job: Job | None = None
        self.begun = 0.0
        self.done = 0

    def give(self, job: Job) -> None:
        """Set the worker to a job; that it is dead shows when its answer is read."""
        self.job, self.begun = job, time.monotonic()
        with suppress(OSError):
            self.channel.send_bytes(packed(job))

    def answer(self) -> Outcome | None:
        """Its answer; None when it died before it gave one."""
        try:
            return outcome_from(self.channel.recv_bytes())
        except (EOFError, OSError):
            return None


class _Pool:
    """The workers there are, busy and idle."""

    def __init__(self, task: Task, workers: int) -> None:
        self._context = _context(task)
        self._task, self._limit = task, max(workers, 1)
        self._idle: list[_Worker] = []
        self._busy: list[_Worker] = []
        self._leaving: list[_Worker] = []

    def work(self, queue: Queue) -> Iterator[tuple[Job, Outcome]]:
        """Hand out the jobs of `queue` until none is left."""
        while self._fill(queue):
            heard = connection.wait([worker.channel for worker in self._busy], timeout=self._patience())
            for worker in [*self._busy]:
                if worker.channel in heard:
                    yield self._take_back(worker, queue, worker.answer())
                elif time.monotonic() - worker.begun > self._task.seconds:
                    worker.process.kill()
                    yield self._take_back(worker, queue, None, f"超过 {self._task.seconds:.0f} 秒没有做完，已停止")

    def end(self) -> None:
        """End every worker within GRACE_SECONDS and a moment."""
        workers = [*self._busy, *self._idle, *self._leaving]
        for worker in workers:
            worker.channel.close()  # an idle worker leaves of itself
        for worker in self._busy:
            worker.process.terminate()
        deadline = time.monotonic() + GRACE_SECONDS
        for worker in workers:
            worker.process.join(max(deadline - time.monotonic(), 0))
            if worker.process.is_alive():
                worker.process.kill()
            worker.process.join()
        self._busy, self._idle, self._leaving = [], [], []

    def _fill(self, queue: Queue) -> bool:
        """Give jobs to as many workers as may work at once; whether any is at work."""
        while len(self._busy) < self._limit and (job := queue.take()):
            worker = self._idle.pop() if self._idle else _Worker(self._context, self._task)
            self._busy.append(worker)  # before anything can go wrong: a worker that nobody knows of would never end
            worker.give(job)
        return bool(self._busy)

    def _patience(self) -> float:
        """How long to wait until the first job at work would have taken too long."""
        return max(min(worker.begun for worker in self._busy) + self._task.seconds - time.monotonic(), 0) + 0.01

    def _take_back(self, worker: _Worker, queue: Queue, outcome: Outcome | None, cause: str = "") -> tuple[Job, Outcome]:
        """Note the end of a job; the worker gets another, leaves because it did its share, or is mourned."""
        job = worker.job
        self._busy.remove(worker)
        queue.ended(job)
        worker.done += 1
        if outcome is None:
            worker.process.join()
            return job, Outcome(FAILED, cause or _end_of(worker.process.exitcode))
        if worker.done < self._task.jobs_each and outcome.state != FAILED:
            self._idle.append(worker)
        else:
            worker.channel.close()
            self._leaving = [other for other in self._leaving if other.process.is_alive()] + [worker]
        return job, outcome


def _end_of(exitcode: int | None) -> str:
    how = f"信号 {-exitcode}" if exitcode and exitcode < 0 else f"退出码 {exitcode}"
    return f"工作进程意外终止（{how}），可能是内存不足或被系统结束；可减少 --workers 后重新运行"


def _context(task: Task) -> BaseContext:
    """Workers are forked from a process that has imported what the task needs; where fork does not exist each imports it anew."""
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([task.module])
    forkserver.ensure_running()  # it imports while the caller goes on
    return context
