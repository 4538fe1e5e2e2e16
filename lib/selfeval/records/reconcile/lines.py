"""Budget lines of text and sheet: which speak of the same, what each adds, where they disagree."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

import pandas as pd

from selfeval import words
from selfeval.knowledge import load
from selfeval.records.budget_lines import plain_name
from selfeval.records.entries import layouts
from selfeval.records.findings import Numbers
from selfeval.records.line_tree import COLUMNS
from selfeval.tables import make_table, records_in

from .remark import Remarks

_WHOLES = frozenset({"total", "basic", "project_total"})
_NAMED = frozenset({"project", "basic_part"})
_UNIT = "万元"

Row = dict[str, Any]


def merge_lines(text: pd.DataFrame, sheet: pd.DataFrame, remarks: Remarks) -> pd.DataFrame:
    """Return the lines of both: those of the sheet first, filled up from the text; then what only the text knows.

    A project or part of basic expenditure that the sheet does not have stays as a mere item, outside every sum, and is remarked. The
    outermost line of another book in the text is held against what the sheet lists in that book.
    """
    if not len(sheet):
        return text
    rows, printed = records_in(sheet), records_in(text)
    homes = _homes(rows)
    replaced: dict[str, str] = {}
    left: list[Row] = []
    for line in printed:
        home = homes.get(_key(line))
        if home is not None:
            _fill(home, line, remarks)
            replaced[line["line_id"]] = home["line_id"]
        elif not _is_book_of_sheet(line, rows, remarks):
            left.append(line)
    rows += [_beside(line, replaced, remarks) for line in left]
    return make_table("budget_lines", rows)


def _homes(rows: Iterable[Row]) -> dict[tuple[str, str], Row]:
    """The sheet's lines by what makes two lines one; the first of a name."""
    homes: dict[tuple[str, str], Row] = {}
    for row in rows:
        if row["level"] in _WHOLES | _NAMED:
            homes.setdefault(_key(row), row)
    return homes


def _key(row: Row) -> tuple[str, str]:
    return ("whole", row["level"]) if row["level"] in _WHOLES else ("named", plain_name(row["item"]))


def _fill(home: Row, line: Row, remarks: Remarks) -> None:
    """Take from the text what the sheet leaves open, and hold the rest against it."""
    for column in COLUMNS:
        figure = f"{column}_figure"
        if line[column] is None:
            continue
        if home[column] is None:
            home[column], home[figure] = line[column], line[figure]
            continue
        _compare(home, line, column, remarks)
        if home[column] == line[column]:
            home[figure] = f"{home[figure]} {line[figure]}".strip()
    home["reason"] = home["reason"] or line["reason"]


def _compare(home: Row, line: Row, column: str, remarks: Remarks) -> None:
    knowledge = load("reconcile")
    remarks.compare(
        f"{home['item']}{knowledge['columns'][column]}",
        "line",
        line[column],
        home[column],
        unit=_UNIT,
        figures=[*line[f"{column}_figure"].split()[:1], *home[f"{column}_figure"].split()[:1]],
        severity=knowledge["severity"].get(home["level"], ""),
        item=home["item"],
        column=knowledge["columns"][column],
        place=_sheet(),
    )


def _is_book_of_sheet(line: Row, rows: Iterable[Row], remarks: Remarks) -> bool:
    """Whether the line is the whole of a book whose projects the sheet lists; it is then compared with their sum and goes no further."""
    if line["level"] != "fund":
        return False
    inside = [row for row in rows if row["book"] == line["book"] and row["level"] in _NAMED]
    name = words.BOOKS[line["book"]]
    if not inside:
        stated = next((line[column] for column in ("actual", "adjusted", "initial", "target") if line[column] is not None), None)
        if stated:
            figures = [figure for column in COLUMNS for figure in line[f"{column}_figure"].split()]
            remarks.add("book_only_in_text", "differs", Numbers(stated, unit=_UNIT), figures, book=name, sheet=_sheet())
        return False
    for column in ("initial", "adjusted", "actual"):
        amounts = [row[column] for row in inside]
        if line[column] is not None and None not in amounts:
            whole = {**line, column: sum(amounts, Decimal(0)), "item": name, f"{column}_figure": ""}
            _compare(whole, line, column, remarks)
    return True


def _beside(line: Row, replaced: dict[str, str], remarks: Remarks) -> Row:
    """A line the sheet does not have, under the sheet's line where its whole was replaced."""
    kept = {**line, "parent_id": replaced.get(line["parent_id"], line["parent_id"])}
    if line["level"] not in _NAMED:
        return kept
    amounts = "，".join(
        f"{load('reconcile')['columns'][column]} {words.money(line[column])}" for column in COLUMNS if line[column] is not None
    )
    figures = [figure for column in COLUMNS for figure in line[f"{column}_figure"].split()]
    level = words.LEVELS[line["level"]]
    remarks.add("only_in_text", "flag", figures=figures, item=line["item"], level=level, amounts=amounts, sheet=_sheet())
    return kept | {"level": "item", "parent_id": ""}


def _sheet() -> str:
    return f"工作表“{layouts()['budget'].title}”"
