"""Does pieces of work, each as soon as what it reads has been written, several at once where they do not wait for one another."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass


@dataclass(frozen=True, eq=False)
class Work:
    """A piece of work: names of what it reads and writes, what does it in a thread, and what is told of its result in the main one.

    Results are told in the order of the pieces, whichever ended first.
    """

    reads: Collection[str]
    writes: Collection[str]
    do: Callable[[], object]
    tell: Callable[[object], None] = lambda _: None


def in_sequence(works: Sequence[Work], break_off: Callable[[], None]) -> None:
    """Do all `works`; what none of them writes is taken to be there.

    The first that fails ends it all, and so does an interrupt: `break_off` is to let those at work fail soon, they are waited for, and the
    first failure is raised.
    """
    with ThreadPoolExecutor(max_workers=len(works)) as threads:
        try:
            _do_all(works, threads)
        except BaseException:
            break_off()
            threads.shutdown(cancel_futures=True)
            raise


def _do_all(works: Sequence[Work], threads: ThreadPoolExecutor) -> None:
    missing = {name for work in works for name in work.writes}
    waiting, untold = [*works], [*works]
    at_work: dict[Future, Work] = {}
    results: dict[Work, object] = {}
    while untold:
        for work in [work for work in waiting if missing.isdisjoint(work.reads)]:
            waiting.remove(work)
            at_work[threads.submit(work.do)] = work
        for future in wait(at_work, return_when=FIRST_COMPLETED).done:
            work = at_work.pop(future)
            results[work] = future.result()
            missing -= {*work.writes}
        while untold and untold[0] in results:
            work = untold.pop(0)
            work.tell(results[work])
