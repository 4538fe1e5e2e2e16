"""Does pieces of work, each as soon as what it reads has been written, several at once where they do not wait for one another."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass


@dataclass(frozen=True)
class Work:
    """A piece of work: names of what it reads and writes, what does it in a thread, and what is told of its result in the main one."""

    reads: Collection[str]
    writes: Collection[str]
    do: Callable[[], object]
    tell: Callable[[object], None] = lambda _: None


def in_sequence(works: Sequence[Work], break_off: Callable[[], None]) -> None:
    """Do all `works`; what none of them writes is taken to be there.

    The first that fails ends it all, and so does an interrupt: `break_off` is to let those at work fail soon, they are waited for, and the
    failure is raised. Of several at once it is that of the piece that stands first.
    """
    with ThreadPoolExecutor(max_workers=len(works)) as threads:
        try:
            _do_all([*works], threads)
        except BaseException:
            break_off()
            threads.shutdown(cancel_futures=True)
            raise


def _do_all(waiting: list[Work], threads: ThreadPoolExecutor) -> None:
    missing = {name for work in waiting for name in work.writes}
    at_work: dict[Future, Work] = {}
    while waiting or at_work:
        for work in [work for work in waiting if missing.isdisjoint(work.reads)]:
            waiting.remove(work)
            at_work[threads.submit(work.do)] = work
        ended = wait(at_work, return_when=FIRST_COMPLETED).done
        for future in [future for future in at_work if future in ended]:
            work = at_work.pop(future)
            work.tell(future.result())
            missing -= {*work.writes}
