"""A year on one sheet of paper: the verdict, the gravest doubts, where the money went, what the work came to, what is left to do."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

import pandas as pd

from selfeval import words
from selfeval.blocks import HEADING, PARAGRAPH, TABLE, Block
from selfeval.knowledge import load
from selfeval.tables import rows_in
from selfeval.telling import charts
from selfeval.telling.narrative import narrate, work_of

_MOST_DOUBTS, _MOST_OUTCOMES, _MOST_ROWS = 3, 6, 8
# A longer sentence is read on the page.
_LONGEST = 170
_MONEY = "万元"
Row = Any


def one_page(tables: Mapping[str, pd.DataFrame], body: str, year: int, *, draft: bool) -> bytes:
    """The sheet of `body` for `year` as a PDF file, from all its tables by name; `draft`: whether a narrative report lies beside it."""
    blocks = narrate(tables, body, year)
    findings = [row for row in rows_in(tables["findings"]) if not row.acknowledged]
    sections = [
        (_said("doubts"), [*_doubts(findings)]),
        (_said("outcomes"), [*_outcomes(work_of(blocks))][:_MOST_OUTCOMES]),
        (_said("open"), [*_open(findings, blocks if draft else [])]),
    ]
    filled = [(head, lines) for head, lines in sections if lines]
    table = next((_narrow(block) for block in blocks if block.kind == TABLE), [])
    sheet = charts.Sheet(_said("eyebrow"), _said("title", body=body, year=year), _verdict(findings), filled, table, _said("more"))
    return charts.one_page(sheet)


def _said(name: str, /, **values: object) -> str:
    return load("one_page")[name].format(**values)


def _verdict(findings: Sequence[Row]) -> str:
    """Whether the numbers agree, and how many grave remarks there are."""
    differing = [row for row in findings if row.verdict == "differs"]
    remarks = [row for row in findings if row.verdict == "flag" and row.severity == "high"]
    grave = sum(row.severity == "high" for row in differing)
    parts = [_said("differing", count=len(differing), grave=grave) if differing else _said("agreeing")]
    parts += [_said("silent", count=len(remarks))] if remarks else []
    return "；".join(parts) + "。"


def _doubts(findings: Sequence[Row]) -> Iterator[str]:
    """The gravest: by severity, differences before remarks, money before anything else, the larger amount first."""
    open_rows = [row for row in findings if row.verdict in {"differs", "flag"} and row.severity in {"high", "medium"}]
    for number, row in enumerate(sorted(open_rows, key=_weight)[:_MOST_DOUBTS], start=1):
        size = words.distance(row.difference, row.unit) if row.difference is not None else ""
        yield _said("doubt", number=number, title=row.title, size=_said("size", size=size) if size else "")


def _weight(row: Row) -> tuple[bool, bool, bool, Decimal]:
    amount = abs(row.difference) if row.difference is not None and row.unit == _MONEY else Decimal(0)
    return row.severity != "high", row.verdict != "differs", not amount, -amount


def _open(findings: Sequence[Row], blocks: Sequence[Block]) -> Iterator[str]:
    """What nobody has settled, by weight, and what is left to write."""
    for verdict in ("differs", "flag"):
        found = [row.severity for row in findings if row.verdict == verdict]
        if found:
            parts = "、".join(f"{name} {found.count(severity)} 项" for severity, name in words.SEVERITIES.items() if severity in found)
            yield _said("settle", kind=words.VERDICTS[verdict], count=len(found), parts=parts)
    places = sum(len(block.open_places) for block in blocks)
    if places:
        yield _said("fill", count=places)


def _narrow(block: Block) -> list[list[str]]:
    """The table of the budget with its basis, what was spent and the rate."""
    (name, *heads), *rows = ([row[0], *row[-3:]] for row in block.rows[: _MOST_ROWS + 1])
    return [[f"{name}（{_MONEY}）", *heads], *rows]


# ---- what the work came to --------------------------------------------------------------------------------------------------------------


def _outcomes(work: Sequence[Block]) -> Iterator[str]:
    """That nothing happened, where it is said; then of every heading the sentence that holds most numbers."""
    pattern = re.compile(_said("nothing_happened"))
    texts = [block.text for block in work if block.kind == PARAGRAPH and not block.is_open]
    first = next((sentence for text in texts for sentence in _sentences(text) if pattern.search(sentence)), "")
    if first:
        yield _said("outcome", name=_said("whole"), words=_short(first))
    for name, found in _by_heading(work):
        told = max(found, key=lambda sentence: len(re.findall(r"\d+(?:\.\d+)?", sentence)), default="")
        if re.search(r"\d", told) and told != first:
            yield _said("outcome", name=name, words=_short(told))


def _by_heading(work: Sequence[Block]) -> Iterator[tuple[str, list[str]]]:
    """The sentences under each heading of the work, without its number."""
    name, found = "", []
    for block in work:
        if block.kind == HEADING and block.level == 3:
            yield name, found
            name, found = block.text.partition(".")[2], []
        elif block.kind == PARAGRAPH and name:
            found += _sentences(block.text)
    yield name, found


def _sentences(text: str) -> list[str]:
    return re.findall(r"[^。！？]+[。！？]", text)


def _short(sentence: str) -> str:
    return sentence if len(sentence) <= _LONGEST else sentence[: _LONGEST - 1] + "…"
