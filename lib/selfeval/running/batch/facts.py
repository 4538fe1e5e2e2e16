"""What the summary says of one result, read from its tables as they lie there."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from selfeval import words

FACTS = {
    "body": "单位名称",
    "kind": "文件类型",
    "figures": "读到数量",
    "budget_lines": "预算与支出行",
    "work_facts": "工作事实",
    "indicators": "绩效指标",
    "checks": "核对项",
    "differs": "不符",
    "flags": "提示",
    "high": "未了结的重要问题",
    "medium": "未了结的一般问题",
}
_DOUBTS = ("differs", "flag")


def facts_of(tables: Path) -> dict[str, str]:
    """Return every one of FACTS as text for the tables in a folder; what is missing there counts as nothing."""
    verdicts, weights = Counter(), Counter()
    for row in rows_of(tables / "findings.csv"):
        verdicts[row["verdict"]] += 1
        weights[row["severity"]] += is_open(row)
    counts = {
        "figures": sum(row["amount"] != "" for row in rows_of(tables / "figures.csv")),
        "budget_lines": sum(1 for _ in rows_of(tables / "budget_lines.csv")),
        "work_facts": sum(1 for _ in rows_of(tables / "work_facts.csv")),
        "indicators": sum(1 for _ in rows_of(tables / "indicators.csv")),
        "checks": sum(verdicts.values()),
        "differs": verdicts["differs"],
        "flags": verdicts["flag"],
        "high": weights["high"],
        "medium": weights["medium"],
    }
    report = next((row for row in rows_of(tables / "sources.csv") if row["body"]), {})
    kind = words.DOCUMENT_KINDS.get(report.get("document_kind", ""), "")
    return {"body": report.get("body", ""), "kind": kind, **{name: str(count) for name, count in counts.items()}}


def is_open(finding: dict[str, str]) -> bool:
    """Whether a finding says that something is wrong and nobody has acknowledged it."""
    return finding["verdict"] in _DOUBTS and not finding["acknowledged"]


def rows_of(table: Path) -> Iterator[dict[str, str]]:
    """The rows of a table one after another, cells as they are written; none where there is no table."""
    if table.is_file():
        with table.open(encoding="utf-8", newline="") as file:
            lines = csv.reader(file)
            heads = next(lines, [])
            yield from (dict(zip(heads, line, strict=True)) for line in lines)
