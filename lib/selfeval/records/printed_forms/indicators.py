"""The indicators a report prints in a form → indicators, the same table that the sheet 绩效指标 is read into."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import cache
from itertools import takewhile

import pandas as pd

from selfeval.knowledge import load
from selfeval.reading.document import Cell, Document
from selfeval.reading.figures import Figure, amount_of, figure_id
from selfeval.reading.grid import ITEM, TOTAL, Row, is_blank, value_of
from selfeval.reading.kind import kind_of
from selfeval.records.budget_lines import project_of, subject_of
from selfeval.records.entries import layouts
from selfeval.records.entries.layout import bare
from selfeval.tables import make_table

from .marks import EXECUTION, MarkRow, MarkTable, Printed, mark_tables, part_named

DEPARTMENT = "department"
_QUALITATIVE = "qualitative"
_BRACKETS = re.compile(r"[（(][^（）()]*[）)]")
# What is the same of the rows of a form that is printed again.
_SAME = ("scope", "level1", "name", "target_text", "actual_text", "weight", "stated_score")
_MARKS = {"weight": "weight", "score": "stated_score"}
_FIGURES = {"target": "target", "actual": "actual", "weight": "weight", "score": "stated"}


def printed_indicators(document: Document, figures: Sequence[Figure]) -> pd.DataFrame:
    """Return table indicators of the forms that `document` prints: one row an indicator, an execution rate or a total with its marks, in
    reading order (ids i001, i002 …); `figures` are those of its text.

    Nothing is added to what is printed: a level, a nature or a unit that the form does not tell is empty. A form printed twice is listed
    once. An empty template has none.
    """
    tables = mark_tables(document, figures) if kind_of(document) != "template" else []
    told: dict[tuple[object, ...], list[dict[str, object]]] = {}
    for table in tables:
        rows = [*_told(document, table)]
        told.setdefault(tuple(row.get(column) for row in rows for column in _SAME), rows)
    rows = (row for rows in told.values() for row in rows)
    return make_table("indicators", ({"indicator_id": f"i{number:03d}", **row} for number, row in enumerate(rows, start=1)))


def _told(document: Document, table: MarkTable) -> Iterator[dict[str, object]]:
    if not (table.columns.keys() & {"weight", "score"} or _names_indicators(table)):
        return
    scope = subject_of(document, table.grid) or (project_of(document) if kind_of(document) == "project_evaluation" else "") or DEPARTMENT
    groups: tuple[str, ...] = ()
    for row in table.rows:
        groups = _groups(row.row, groups)
        if _is_told(table, row):
            level1, level2 = _levels(row, groups)
            place = _place(document, _own_start(row.row.cells))
            yield {"scope": scope, "level1": level1, "level2": level2, **_values(row), **place}


def _place(document: Document, start: int) -> dict[str, object]:
    """Page, table and row of what is printed at `start`, and the row in words; a table of the grid may go on in others."""
    starts, places = document.once(_rows_of_tables)
    table, row = places[bisect_right(starts, start) - 1]
    return {"page": document.page_at(start), "table": table, "row": row, "sentence": document.sentence(start)}


def _rows_of_tables(document: Document) -> tuple[list[int], list[tuple[int, int]]]:
    """Where the own words of every row of every table start, and which row of which table it is, both counted from 1."""
    rows = [
        (_own_start(row), (number, place))
        for number, table in enumerate(document.every_table, start=1)
        for place, row in enumerate(table.rows, start=1)
    ]
    starts, places = zip(*sorted(rows), strict=True)
    return [*starts], [*places]


def _own_start(cells: Sequence[Cell]) -> int:
    """Where the last cell of a row starts: those before may begin in rows above."""
    return max((cell.start for cell in cells), default=0)


def _names_indicators(table: MarkTable) -> bool:
    return any(column.kind == "name" and layouts()["indicators"].column("name").head[-2:] in column.head for column in table.grid.columns)


def _is_told(table: MarkTable, row: MarkRow) -> bool:
    """Whether a row is an indicator, or one that carries marks beside them: of a level, of all, of execution."""
    if row.role not in {ITEM, TOTAL} or not row.row.name or value_of(row.row.name):
        return False
    if table.columns.keys() & {"weight", "score"}:
        return bool(row.figures.keys() & {"weight", "score"})
    return all(part in row.figures or _texts(row)[part] for part in ("target", "actual"))


def _texts(row: MarkRow) -> dict[str, str]:
    """Target, result and reason in words, '' where there is none, as where the name of the row reaches over their columns."""
    return {
        part: "" if is_blank(text := row.texts.get(part, "")) or text == row.row.name else text for part in ("target", "actual", "reason")
    }


def _values(row: MarkRow) -> dict[str, object]:
    target, actual, texts = row.figures.get("target"), row.figures.get("actual"), _texts(row)
    if "rate" in row.figures:  # what was planned and spent stands in the lines of the budget
        target, actual = None, row.figures["rate"]
        texts |= {"target": "", "actual": actual.figure.text}
    unit, nature = _unit(target, actual), _nature(texts["target"], row.sign)
    marks = {column: row.figures[part].figure.value for part, column in _MARKS.items() if part in row.figures}
    printed = {**row.figures, "target": target, "actual": actual}
    return {
        "name": row.groups[-1] if "rate" in row.figures else "" if _is_level(row) else row.row.name,
        "nature": nature,
        "unit": unit,
        "target": _number(target, unit),
        "target_text": texts["target"],
        "actual": _number(actual, unit),
        "actual_text": texts["actual"],
        "band": layouts()["indicators"].column("band").words.get(bare(texts["actual"]), "") if nature == _QUALITATIVE else "",
        "applicable": "yes",
        "reason": "" if re.fullmatch(load("checks")["scores"]["no_reason"], texts["reason"]) else texts["reason"],
        "source": "text",
        **marks,
        **{f"{column}_figure": figure_id(printed[part].index) for part, column in _FIGURES.items() if printed.get(part)},
    }


def _unit(target: Printed | None, actual: Printed | None) -> str:
    """What both are counted in: as printed where they are in one unit, else the unit both come to."""
    units = [printed.figure.unit for printed in (target, actual) if printed and printed.figure.unit]
    return units[0] if len({*units}) == 1 else amount_of((target or actual).figure)[1] if units else ""


def _number(printed: Printed | None, unit: str) -> Decimal | None:
    """A figure in `unit`; None where it is in another."""
    if printed is None or printed.figure.unit in {"", unit}:
        return printed.figure.value if printed else None
    amount, base = amount_of(printed.figure)
    return amount if base == unit else None


def _nature(target: str, sign: str) -> str:
    """The sign a target is printed with, in its cell or in one of its own; a target in words alone is qualitative."""
    words, text = layouts()["indicators"].column("nature").words, bare(sign or target)
    signs = [each for each in words if text.startswith(each)]
    numbered = re.search(r"\d", target)
    if signs and numbered:
        return words[max(signs, key=len)]
    return _QUALITATIVE if target and not numbered else ""


# ---- levels -----------------------------------------------------------------------------------------------------------------------------


def _groups(row: Row, above: tuple[str, ...]) -> tuple[str, ...]:
    """The words a row stands under, outermost first: those printed before its name, behind those of the row above that still hold."""
    cells = [cell.text for cell in takewhile(lambda cell: bare(cell.text) != bare(row.name), row.cells)]
    cells = cells if len(cells) < len(row.cells) else []
    first = next((place for place, text in enumerate(cells) if not is_blank(text)), len(cells))
    return (*above[:first], *cells[first:])


def _levels(row: MarkRow, groups: tuple[str, ...]) -> tuple[str, str]:
    """The first and second level of a row, each '' where its form does not tell."""
    if row.role == TOTAL:
        return "total", ""
    names = [_stem(name) for name in (*groups, row.row.name if _is_level(row) else "")]
    if any(part_named(name) == EXECUTION for name in (*row.groups, *groups)):
        return EXECUTION, ""
    first = next((place for place, name in enumerate(names) if _level("level1", name)), -1)
    level1 = _level("level1", names[first]) if first >= 0 else ""
    inner = names[first + 1 :] if first < 0 or names[first] in _labels("level1") else names[first:]
    level2 = next(filter(None, (_level("level2", name) for name in inner)), "")
    return level1 or _above(level2), level2


def _is_level(row: MarkRow) -> bool:
    """Whether a row is named as a level and has neither target nor result: it sums up what stands under it."""
    level = _labels("level1").get(_stem(row.row.name)) or _labels("level2").get(_stem(row.row.name))
    bare_marks = not ({"target", "actual"} & row.figures.keys() or _texts(row)["target"] or _texts(row)["actual"])
    return bool(level) and level != EXECUTION and row.role != TOTAL and bare_marks


def _level(column: str, name: str) -> str:
    """The level that a cell names, whatever is put before or behind it: 产出, 产出指标（50分）, 社会公众满意度."""
    labels = _labels(column)
    found = [name] if name in labels else [label for label in labels if label in name]
    return labels[max(found, key=len)] if found else ""


@cache
def _labels(column: str) -> dict[str, str]:
    return {_stem(label): level for level, label in load("tables")["choice"][column].items()}


def _stem(label: str) -> str:
    return _BRACKETS.sub("", bare(label)).removesuffix("指标")


def _above(level2: str) -> str:
    """The first level that a second one stands under on the official form."""
    return next((block["level1"] for block in load("official_forms")["marks"]["empty"] if level2 in block["level2"]), "")
