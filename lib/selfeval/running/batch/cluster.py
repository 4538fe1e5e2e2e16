"""The same jobs on a Dask cluster, where one machine is not enough. Its workers see data and outputs under the same paths.

A worker that dies costs nothing: its job is done by another. A job during which one worker after another dies is given up by the
scheduler and listed as failed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from distributed import Client, Future, KilledWorker, as_completed

from selfeval.exceptions import RunStopped, WrongUsage

from .job import FAILED, Job, Outcome, job_from, outcome_from, packed
from .queue import Queue
from .task import Task
from .worker import attempt

_ADDRESS = re.compile(r"(?:tcp|tls)://[^\s/]+:\d{1,5}")
_CONNECT_SECONDS = 10


def on_cluster(jobs: Iterable[Job], task: Task, address: str) -> Iterator[tuple[Job, Outcome]]:
    """Yield every job with its outcome as it ends; as many are at work at once as the cluster has threads.

    When the caller closes the generator, what has not begun is taken back; a worker ends the job it is at.
    Raises WrongUsage when `address` is no address of a scheduler, RunStopped when it does not answer or has no workers.
    """
    if not _ADDRESS.fullmatch(address):
        raise WrongUsage(f"集群地址“{address}”不合规：应如 tcp://主机:8786")
    with _connected(address) as client:
        room = sum(client.nthreads().values())
        if not room:
            raise RunStopped(f"集群 {address} 没有工作节点；请先用 dask worker {address} 启动")
        yield from _work(client, Queue(jobs), task, room)


def _connected(address: str) -> Client:
    try:
        return Client(address, timeout=_CONNECT_SECONDS, set_as_default=False)
    except OSError:
        raise RunStopped(f"连不上集群 {address}；请检查地址，或先用 dask scheduler 启动") from None


def _work(client: Client, queue: Queue, task: Task, room: int) -> Iterator[tuple[Job, Outcome]]:
    at_work: dict[Future, Job] = {}
    ended = as_completed(loop=client.loop)

    def hand_out() -> None:
        while len(at_work) < room and (job := queue.take()):
            future = client.submit(_attempt_packed, packed(job), task, pure=False)
            at_work[future] = job
            ended.add(future)

    try:
        hand_out()
        for future in ended:
            job = at_work.pop(future)
            queue.ended(job)
            hand_out()  # before the consumer does anything, so that no worker waits for it
            yield job, _outcome(future)
    finally:
        client.cancel(list(at_work))


def _attempt_packed(data: bytes, task: Task) -> bytes:
    """One job as it is done on a worker."""
    return packed(attempt(job_from(data), task))


def _outcome(future: Future) -> Outcome:
    error = future.exception()
    if error is None:
        return outcome_from(future.result())
    if isinstance(error, KilledWorker):
        return Outcome(FAILED, "做这一项的工作节点一个接一个地终止，可能是内存不足")
    return Outcome(FAILED, f"集群没有做成：{type(error).__name__}: {error}")
