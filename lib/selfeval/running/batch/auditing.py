"""One report from anywhere, audited without a page: its tables, its summary in words, its manifest."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from selfeval import words
from selfeval.exceptions import InputRefused
from selfeval.interruption import interruptible
from selfeval.running.freshness import changes_in
from selfeval.running.loose_file import LooseFile, read_loose_file
from selfeval.running.provenance import hashes_under, sha256_of, write_manifest
from selfeval.tables import write_tables
from selfeval.telling.summary import summary_of, template_told

from .audits import result_of
from .facts import facts_of
from .job import DONE, UNCHANGED, Job, Outcome


def audit_one(job: Job) -> Outcome:
    """Audit the file of `job`, unless its result lies there and neither file, code nor year has changed since.

    Raises InputRefused when it cannot be audited.
    """
    if job.arguments["fault"]:
        raise InputRefused(f"{job.name} {job.arguments['fault']}")
    path, folder = Path(job.arguments["path"]), result_of(job)
    with interruptible():
        now = {"parameters": {"file": job.name, "year": job.arguments["year"]}, "inputs": {path.name: _digest(path)}, "earlier": {}}
        now |= job.arguments["tools"]
        if not job.arguments["force"] and not changes_in(folder, now):
            return _outcome(UNCHANGED, folder)
        found = read_loose_file(path, job.arguments["year"] or None)
        with _in_place_of(folder) as new:
            _write(found, new)
            rows = {name: len(table) for name, table in sorted(found.tables.items())}
            write_manifest({**now, "rows": rows, "outputs": hashes_under(new)}, new)
    return _outcome(DONE, folder)


def _outcome(state: str, folder: Path) -> Outcome:
    """The result that lies in `folder`; a text without any budget was read, but a person should look whether it is a report at all."""
    facts = facts_of(folder / "tables")
    cause = "" if int(facts["budget_lines"]) else "没有读到预算和支出，请看看是不是自评报告"
    if facts["kind"] == words.DOCUMENT_KINDS["template"]:
        cause = "是空白模板，还没有填写；请换成填好的文件"
    return Outcome(state, cause, facts)


def _digest(path: Path) -> str:
    """The hash of a report; it may have been taken away since the folder was looked through."""
    try:
        return sha256_of(path)
    except FileNotFoundError:
        raise InputRefused(f"{path.name} 已经不在了；请放回后重新运行") from None
    except OSError:
        raise InputRefused(f"{path.name} 读不出来；请检查它的权限，再看能否打开，然后重新运行") from None


def _write(found: LooseFile, folder: Path) -> None:
    write_tables(folder / "tables", **found.tables)
    year = f"{found.year} 年度" if found.year else "看不出是哪个年度"
    told = [template_told(found.tables["sources"])] if found.is_template else summary_of(found.tables)
    lines = [f"{found.body}，{year}{words.DOCUMENT_KINDS[found.kind]}", *told]
    (folder / "summary.txt").write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")


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
