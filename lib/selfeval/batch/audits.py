"""A folder of reports from anywhere: which files of it are audited, and where each result lies."""

from __future__ import annotations

from pathlib import Path

from ..exceptions import WrongUsage
from ..provenance import toolchain
from .job import Job
from .task import Task

# A report is read in a fraction of a second; the largest PDF that is let in takes some minutes.
AUDIT = Task(f"{__package__}.auditing", "audit_one", jobs_each=200, seconds=600)

# What systems and programs leave in folders on their own account.
_NO_REPORTS = {"thumbs.db", "desktop.ini"}


def audits_of(folder: Path, out: Path, year: int | None = None, *, force: bool = False) -> list[Job]:
    """Return one job for every file under `folder`, in order, but hidden ones, temporary ones and what an earlier batch wrote to `out`.

    Raises WrongUsage when the folder does not exist or holds no file.
    """
    if not folder.is_dir():
        raise WrongUsage(f"没有文件夹 {folder}；请检查 --audit 后面的路径")
    folder, out = folder.resolve(), out.resolve()
    found = sorted(path for path in folder.rglob("*") if path.is_file() and not path.is_relative_to(out) and _may_be_a_report(path, folder))
    if not found:
        raise WrongUsage(f"文件夹 {folder} 里没有文件；请把要核对的报告放进去")
    tools = toolchain([])
    names = [path.relative_to(folder).as_posix() for path in found]
    return [
        Job(name, name, {"path": str(path), "out": str(out), "year": year or 0, "force": force, "tools": tools})
        for name, path in zip(names, found, strict=True)
    ]


def result_of(job: Job) -> Path:
    """Where the result of an audit lies: a folder named as the file, so that two files never share one."""
    return Path(job.arguments["out"]) / job.name


def _may_be_a_report(path: Path, folder: Path) -> bool:
    parts = path.relative_to(folder).parts
    return not any(part.startswith((".", "~$")) for part in parts) and path.name.lower() not in _NO_REPORTS
