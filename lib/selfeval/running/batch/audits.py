"""A folder of reports from anywhere: which files of it are audited, and where each result lies."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from selfeval.exceptions import WrongUsage
from selfeval.paths import real_path, unseen_in
from selfeval.running.provenance import toolchain

from .job import Job
from .reports import reports_in
from .task import Task

# A report is read in a fraction of a second; the largest PDF that is let in takes some minutes.
AUDIT = Task(f"{__package__}.auditing", "audit_one", jobs_each=200, seconds=600)

SUMMARY, FINDINGS = "summary.csv", "findings.csv"


def audits_of(folder: Path, out: Path, year: int | None = None, *, force: bool = False) -> list[Job]:
    """Return one job for every file under `folder`, in order, but hidden ones, temporary ones and what an earlier batch wrote to `out`.

    What cannot be audited, a folder that cannot be looked into among it, is a job too, so that it is listed with its cause.
    Raises WrongUsage when the folder does not exist or holds no file, or when the results would lie among the reports.
    """
    if not folder.is_dir():
        raise WrongUsage(f"没有文件夹 {folder}；请检查 --audit 后面的路径")
    folder, out = real_path(folder), real_path(out)
    if folder.is_relative_to(out):
        raise WrongUsage(f"--out 不能是放报告的文件夹本身，也不能是它的上级文件夹；请换一个，例如 {folder.name}-核读")
    found = sorted(reports_in(folder, out))
    if not found:
        raise WrongUsage(f"文件夹 {folder} 里没有文件；请把要核对的报告放进去")
    shared = {"out": str(out), "year": year or 0, "force": force, "tools": toolchain([])}
    return [_job(path, path.relative_to(folder).as_posix(), fault, shared) for path, fault in found]


def result_of(job: Job) -> Path:
    """Where the result of an audit lies: a folder named as the file, so that two files never share one."""
    return Path(job.arguments["out"]) / job.name


def _job(path: Path, name: str, fault: str, shared: Mapping[str, object]) -> Job:
    if unseen_in(name):
        name, fault = _spelt_out(name), "名字里有换行等看不见的字符或乱码；请改名后再试"
    elif name.lower() in (SUMMARY, FINDINGS):
        fault = "与汇总的表同名；请改名后再试"
    return Job(name, name, {"path": "" if fault else str(path), "fault": fault, **shared})


def _spelt_out(name: str) -> str:
    """A name that can be printed and written, still another for every file."""
    return "".join(ascii(character)[1:-1] if unseen_in(character) else character for character in name)
