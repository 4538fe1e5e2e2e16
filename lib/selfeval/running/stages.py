"""The stages of a run, declared once: which notebook reads what and writes what."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from selfeval.paths import project_root

RAW = "raw"
REPORT = "report"
EARLIER = "earlier"


@dataclass(frozen=True)
class Stage:
    """One notebook.

    `reads` and `writes` name tables, besides RAW (the raw folder), REPORT (the page) and EARLIER (tables of earlier years).
    """

    name: str
    title: str
    reads: tuple[str, ...]
    writes: tuple[str, ...]

    def notebook(self, folder: Path) -> Path:
        """Where its notebook lies in `folder`."""
        return folder / f"{self.name}.ipynb"

    @property
    def tables(self) -> tuple[str, ...]:
        """What it writes that is a table."""
        return tuple(name for name in self.writes if name != REPORT)


_AS_RECEIVED = ("sources", "passages", "figures")
_RECORDS = ("budget_lines", "work_facts", "indicators", "base_data", "findings")
_FOR_BUDGET = ("sources", "budget_lines", "work_facts", "indicators", "base_data", EARLIER)
_BUDGET = ("budget_metrics", "scores", "budget_changes")
_SAFETY = ("safety_metrics", "safety_changes")

STAGES = (
    Stage("01_clean", "读取原始材料并整理成表", (RAW,), (*_AS_RECEIVED, "statements", *_RECORDS)),
    Stage("02_budget_execution", "计算预算执行指标和得分", _FOR_BUDGET, _BUDGET),
    Stage("03_safety_work", "计算安全生产与应急工作指标", ("work_facts", EARLIER), _SAFETY),
    Stage("04_report", "生成报告", (*_AS_RECEIVED, *_RECORDS, *_BUDGET, *_SAFETY), (REPORT,)),
)

TABLES = tuple(table for stage in STAGES for table in stage.tables)


def beside(stage: Stage) -> list[Stage]:
    """The stages that may be at work at the same time as `stage`: neither reads what the other writes."""
    others = [other for other in STAGES if other is not stage]
    return [other for other in others if not ({*stage.reads} & {*other.writes} or {*other.reads} & {*stage.writes})]


def notebook_folder() -> Path:
    """The folder of the project's notebooks."""
    return project_root() / "notebooks"


def notebooks(folder: Path | None = None) -> list[Path]:
    """The notebooks of all stages, in their order; those of the project, or those in `folder`."""
    return [stage.notebook(folder or notebook_folder()) for stage in STAGES]
