"""A folder of reports from anywhere, each audited without a page: its tables, its summary in words, its manifest."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ..exceptions import WrongUsage
from ..freshness import changes_in
from ..interruption import interruptible
from ..loose_file import read_loose_file
from ..provenance import hashes_under, sha256_of, toolchain, write_manifest
from ..summary import summary_of
from ..tables import write_table
from .facts import facts_of
from .job import DONE, UNCHANGED, Job, Outcome

# What systems and programs leave in folders on their own account.
_NO_REPORTS = {"thumbs.db", "desktop.ini"}
# A report is read in a fraction of a second; the largest PDF that is let in takes some minutes.
AUDIT_SECONDS = 600
JOBS_EACH = 200


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


def audit_one(job: Job) -> Outcome:
    """Audit the file of `job`, unless its result lies there and neither file, code nor year has changed since."""
    path, folder = Path(job.arguments["path"]), result_of(job)
    with interruptible():
        now = {"parameters": {"file": job.name, "year": job.arguments["year"]}, "inputs": {path.name: sha256_of(path)}, "earlier": {}}
        now |= job.arguments["tools"]
        if not job.arguments["force"] and not changes_in(folder, now):
            return Outcome(UNCHANGED, facts=facts_of(folder / "tables"))
        found = read_loose_file(path, job.arguments["year"] or None)
        with _in_place_of(folder) as new:
            for name, table in found.tables.items():
                write_table(name, table, new / "tables")
            year = f"{found.year} 年度" if found.year else "看不出是哪个年度"
            lines = [f"{found.body}，{year}", *summary_of(found.tables)]
            (new / "summary.txt").write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")
            write_manifest(
                {**now, "rows": {name: len(found.tables[name]) for name in sorted(found.tables)}, "outputs": hashes_under(new)}, new
            )
    return Outcome(DONE, facts=facts_of(folder / "tables"))


def result_of(job: Job) -> Path:
    """Where the result of an audit lies: a folder named as the file, so that two files never share one."""
    return Path(job.arguments["out"]) / job.name


def _may_be_a_report(path: Path, folder: Path) -> bool:
    parts = path.relative_to(folder).parts
    return not any(part.startswith((".", "~$")) for part in parts) and path.name.lower() not in _NO_REPORTS


@contextmanager
def _in_place_of(folder: Path) -> Iterator[Path]:
    """A new folder that takes the place of the old one once it is whole."""
    new, old = (folder.with_name(f".{folder.name}.{what}") for what in ("new", "old"))
    shutil.rmtree(new, ignore_errors=True)
    new.mkdir(parents=True)
    yield new
    shutil.rmtree(old, ignore_errors=True)
    if folder.exists():
        folder.rename(old)
    new.rename(folder)
    shutil.rmtree(old, ignore_errors=True)
