"""The tables at the end of a batch: a row an item, and every open finding of all of them.

Made for a spreadsheet, UTF-8 with its mark, and to be passed on: nothing of the machine stands in them.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from selfeval.formulas import harmless
from selfeval.running.publishing import durable, without_traces
from selfeval.words import SEVERITIES, VERDICTS

from .facts import FACTS, is_open, rows_of
from .job import STATES, Job, Outcome

_FINDING = {"title": "问题", "message": "说明", "page": "页", "line": "行", "quote": "原文"}


def write_summary(path: Path, items: Iterable[tuple[Job, Outcome]]) -> Path:
    """Write what became of every item, in the order given."""
    with _table(path, ["项目", "状态", "原因", *FACTS.values()]) as rows:
        for job, outcome in items:
            cells = [job.name, STATES[outcome.state], without_traces(outcome.cause), *(outcome.facts.get(fact, "") for fact in FACTS)]
            rows.writerow([harmless(cell) for cell in cells])
    return path


def write_findings(path: Path, results: Iterable[tuple[str, Path]]) -> Path:
    """Write the open findings of all `results` (name of the item, folder of its tables), without holding them all in memory."""
    with _table(path, ["项目", "轻重", "结论", *_FINDING.values()]) as rows:
        for name, tables in results:
            rows.writerows(_open_findings(name, tables))
    return path


def _open_findings(name: str, tables: Path) -> Iterator[list[str]]:
    for finding in rows_of(tables / "findings.csv"):
        if is_open(finding):
            judged = [SEVERITIES[finding["severity"]], VERDICTS[finding["verdict"]]]
            # What stands in a table of ours is harmless already.
            yield [harmless(name), *judged, *(finding[column] for column in _FINDING)]


@contextmanager
def _table(path: Path, heads: Sequence[str]) -> Iterator[csv.writer]:
    """A CSV that appears whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.part")
    try:
        with temporary.open("w", encoding="utf-8-sig", newline="") as file:
            rows = csv.writer(file, lineterminator="\n")
            rows.writerow(heads)
            yield rows
        temporary.replace(path)
    except BaseException:
        durable.remove(temporary)
        raise
