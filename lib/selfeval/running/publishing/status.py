"""What became of the last run of a body and year, where a person finds it; times stand here and in the run log, nowhere else.

Both lie beside the folder that is published, never in it: that one holds what the last run that succeeded made, byte for byte.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, fields, replace
from datetime import datetime
from pathlib import Path

from selfeval.exceptions import SelfevalError
from selfeval.paths import Place

from . import durable
from .run_log import RunLog
from .traces import without_traces

RUNNING, SUCCEEDED, FAILED = "正在运行", "成功", "失败"

_BROKEN_OFF = "运行没有到头：程序被强行结束，或者机器断电、重启"
_REMEDIES = {
    1: "按上面的原因改好材料，再重新运行",
    2: "按上面的原因改好命令，再重新运行",
    3: "在 JupyterLab 中打开这份笔记本逐格运行，查明后重新运行",
    4: "排除上面的原因后重新运行",
}
_LABELS = {
    "unit": "单位",
    "year": "年度",
    "last_success": "上次成功",
    "outcome": "本次运行",
    "since": "本次开始",
    "cause": "原因",
    "notebook": "笔记本",
    "cell": "单元",
    "remedy": "怎么办",
}


@dataclass(frozen=True)
class Status:
    """The last run: `outcome` is RUNNING, SUCCEEDED or FAILED; what is not known or does not apply is ""."""

    unit: str
    year: str
    last_success: str = ""
    outcome: str = ""
    since: str = ""
    cause: str = ""
    notebook: str = ""
    cell: str = ""
    remedy: str = ""

    def sentence(self) -> str:
        """The one line a page shows."""
        before = f"上次成功 {self.last_success}" if self.last_success else "还没有成功过"
        if self.outcome == SUCCEEDED:
            return before
        if self.outcome == FAILED:
            return f"{before}，本次失败 {self.since}：{self.cause}"
        return f"{before}，{self.outcome}，始于 {self.since}"


def status_file(place: Place) -> Path:
    """Where the status of `place` lies."""
    return place.outputs.with_name(f"{place.year}-状态.txt")


def read_status(place: Place) -> Status | None:
    """The status of `place`; None when it was never run."""
    try:
        lines = status_file(place).read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return None
    said = dict(line.partition("：")[::2] for line in lines)
    known = {name: said.get(label, "") for name, label in _LABELS.items()}
    return Status(**{**known, "unit": place.unit, "year": str(place.year)})


@contextmanager
def recorded(place: Place) -> Iterator[RunLog]:
    """Keep status and log of one run of `place`; gives the log. For whoever holds its locks."""
    log = RunLog(place)
    before = read_status(place) or Status(place.unit, str(place.year))
    now = Status(place.unit, str(place.year), before.last_success, RUNNING, _now())
    try:
        _write(place, now)
        log.note("开始")
        yield log
        log.note("成功，已发布")
    except BaseException as error:
        failed = _failed(now, error, place)
        log.note(f"失败：{failed.cause}")
        with suppress(OSError):  # the error that ended the run is what is to be told
            _write(place, failed)
        raise


def note_success(place: Place) -> None:
    """What was made has been published."""
    now = read_status(place) or Status(place.unit, str(place.year))
    _write(place, replace(now, outcome=SUCCEEDED, last_success=_now(), cause="", notebook="", cell="", remedy=""))


def note_broken_off(place: Place, *, published: bool) -> None:
    """The run that the status calls running is dead; `published` when what it had made was published all the same."""
    status = read_status(place)
    if status is None or status.outcome != RUNNING:
        return
    if published:
        note_success(place)
        return
    RunLog(place).note(f"失败：{_BROKEN_OFF}")
    _write(place, replace(status, outcome=FAILED, cause=_BROKEN_OFF, remedy=_REMEDIES[4]))


def _failed(status: Status, error: BaseException, place: Place) -> Status:
    known = isinstance(error, SelfevalError)
    cause = "；".join(error.problems) if known else f"程序出错 {type(error).__name__}: {error}"
    return replace(
        status,
        outcome=FAILED,
        cause=without_traces(cause, (place.outputs_root.parent, place.data.parent)),
        notebook=getattr(error, "notebook", ""),
        cell=getattr(error, "cell", ""),
        remedy=_REMEDIES.get(getattr(error, "exit_code", 4), _REMEDIES[4]),
    )


def _write(place: Place, status: Status) -> None:
    told = {field.name: getattr(status, field.name) for field in fields(Status)}
    place.outputs.parent.mkdir(parents=True, exist_ok=True)
    durable.write_text(status_file(place), "".join(_lines(told)))


def _lines(told: Mapping[str, str]) -> Iterator[str]:
    for name, label in _LABELS.items():
        if told[name]:
            yield f"{label}：{' '.join(told[name].split())}\n"


def _now() -> str:
    return datetime.now().astimezone().isoformat(" ", "seconds")
