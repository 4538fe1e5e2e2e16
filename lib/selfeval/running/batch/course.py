"""The course of a batch: jobs shared out, their ends told and kept, the summary written whatever happens."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from datetime import datetime
from pathlib import Path

from .job import EXIT_CODES, LEFT, STATES, Job, Outcome
from .progress import Progress, duration
from .summary import write_summary

Ended = Iterator[tuple[Job, Outcome]]  # a generator: closing it ends what is at work
Say = Callable[[str], object]

_MOST_SHOWN = 50


def carry_out(jobs: Sequence[Job], ended: Ended, summary: Path, say: Say, live: Say | None = None) -> dict[str, Outcome]:
    """Take every job from `ended` as it ends, tell of it, and return the outcomes by name.

    The table `summary` is written at the end, and as well when the batch is stopped before it: what was not done stands in it as such.
    """
    begun = time.monotonic()
    say(f"{_now()}  开始，共 {len(jobs)} 项")
    progress = Progress(len(jobs), say, live)
    outcomes: dict[str, Outcome] = {}
    try:
        with closing(ended):
            for job, outcome in ended:
                outcomes[job.name] = outcome
                progress.note(job, outcome)
    except KeyboardInterrupt:
        say(f"{_now()}  已中断：{len(outcomes)}/{len(jobs)} 项有了结果；再次运行同一条命令即从这里继续")
        raise
    finally:
        write_summary(summary, [(job, outcomes.get(job.name, Outcome(LEFT))) for job in jobs])
    say(f"{_now()}  结束，用时{duration(time.monotonic() - begun)}")
    return outcomes


def _now() -> str:
    """The time as logs of runs give it: several nights stand one below the other in the log of a schedule."""
    return datetime.now().astimezone().isoformat(" ", "seconds")


def told(outcomes: dict[str, Outcome]) -> list[str]:
    """How many ended in which way, and every item that did not end well or is to be looked at, with its cause."""
    counts = Counter(outcome.state for outcome in outcomes.values())
    gravest_first = sorted(outcomes.items(), key=lambda item: item[1].well)
    failures = [f"  {name}：{STATES[one.state]}，{one.cause}" for name, one in gravest_first if one.cause or not one.well]
    left = len(failures) - _MOST_SHOWN
    more = [f"  另有 {left} 项，见汇总表"] if left > 0 else []
    return ["，".join(f"{word} {counts[state]} 项" for state, word in STATES.items() if counts[state]), *failures[:_MOST_SHOWN], *more]


def exit_code(outcomes: dict[str, Outcome]) -> int:
    """0 when every item has a result; else the code of the gravest failure."""
    return max((EXIT_CODES[outcome.state] for outcome in outcomes.values()), default=0)
