"""One piece of a batch and how it ended: plain values, so that both can cross to another process or machine as JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field

from selfeval.exceptions import NotebookFailed, RunStopped, SelfevalError

DONE, UNCHANGED, REFUSED, FAILED, STOPPED, LEFT = "done", "unchanged", "refused", "failed", "stopped", "left"
STATES = {DONE: "完成", UNCHANGED: "没有变化", REFUSED: "材料有问题", FAILED: "运行失败", STOPPED: "中断", LEFT: "未做"}

# What a batch with such items in it answers with; the highest counts.
EXIT_CODES = {DONE: 0, UNCHANGED: 0, REFUSED: 1, FAILED: 3, STOPPED: 4, LEFT: 4}


@dataclass(frozen=True)
class Job:
    """One item: what it is called, the chain whose jobs run one after another, and what its task needs to know."""

    name: str
    chain: str
    arguments: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Outcome:
    """How an item ended: one of STATES, the cause in Chinese where it is not well or to be looked at, its part of the summary."""

    state: str
    cause: str = ""
    facts: Mapping[str, str] = field(default_factory=dict)

    @property
    def well(self) -> bool:
        """Whether there is a result that can be relied on."""
        return self.state in (DONE, UNCHANGED)


def outcome_of(refusal: SelfevalError) -> Outcome:
    """A refusal as the outcome of its item: only a failed notebook and a stop from outside are not the fault of the material."""
    codes = {NotebookFailed.exit_code: FAILED, RunStopped.exit_code: STOPPED}
    return Outcome(codes.get(refusal.exit_code, REFUSED), "；".join(refusal.problems))


def packed(value: Job | Outcome) -> bytes:
    """`value` as it travels."""
    return json.dumps(asdict(value)).encode("ascii")  # escaped, so that names of files that are no UTF-8 travel as well


def job_from(data: bytes) -> Job:
    """The job that was packed."""
    return Job(**json.loads(data))


def outcome_from(data: bytes) -> Outcome:
    """The outcome that was packed."""
    return Outcome(**json.loads(data))
