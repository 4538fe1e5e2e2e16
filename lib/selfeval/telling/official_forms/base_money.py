"""The rows of money of 附件1: which there are, what stands in their three columns, which are the sum of others."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from selfeval.knowledge import load
from selfeval.records.stated import BASE_COLUMNS, Row
from selfeval.telling.office import Cell, Style

from . import looks
from .formulas import added
from .subject import Subject, words

_PROJECTS = "projects"


@dataclass(frozen=True)
class _Line:
    """A printed row: what stands in its three columns as stated, and the lines below it that make it up."""

    key: str
    label: str
    style: Style
    amounts: tuple[Decimal | None, ...]
    parts: tuple[str, ...]


def money_rows(subject: Subject, first: int, columns: Sequence[int]) -> Iterator[tuple[str, Style, list[Cell]]]:
    """Label, its look and cells of every row, the first in row `first` of the sheet, the amounts in `columns`."""
    lines = list(_lines(subject))
    places = {line.key: (number, line) for number, line in enumerate(lines, start=first)}

    def cell(key: str, index: int) -> Cell:
        row, line = places[key]
        if not line.parts:
            return Cell(row, columns[index], line.amounts[index])
        value, formula = added([cell(part, index) for part in line.parts], line.amounts[index])
        return Cell(row, columns[index], value, formula=formula)

    for line in lines:
        yield line.label, line.style, [cell(line.key, index) for index in range(len(columns))]


def only_targets(subject: Subject) -> bool:
    """Does the material give targets for projects, and no budget of either kind?"""
    rows = subject.material.budget.rows
    return any(row.value("target") is not None for row in rows) and not any(
        row.value(column) is not None for row in rows for column in ("initial", "adjusted")
    )


def _lines(subject: Subject) -> Iterator[_Line]:
    projects = list(_projects(subject))
    for entry in words("base")["row"]:
        key = entry["id"]
        parts = tuple(project.key for project in projects) if key == _PROJECTS else _parts(key)
        amounts = tuple(_amount(subject, key, column) for column in BASE_COLUMNS)
        yield _Line(key, entry["label"], _style(entry), amounts, parts if entry.get("sum") else ())
        if key == _PROJECTS:
            yield from projects


def _style(entry: dict[str, Any]) -> Style:
    return looks.STRONG if entry.get("strong") else replace(looks.ITEM, indent=entry.get("indent", 0))


def _parts(key: str) -> tuple[str, ...]:
    return next((tuple(item.get("parts", ())) for item in load("sheets")["sheet"]["base"]["item"] if item["id"] == key), ())


def _amount(subject: Subject, key: str, column: str) -> Decimal | None:
    """What the base data state; of projects and office funds else what the budget does."""
    row = subject.material.base.item(key)
    if row and row.value(column) is not None:
        return row.value(column)
    budget = subject.material.budget
    if key == _PROJECTS:
        return _of_line(subject, budget.project_total(), column)
    public = [part for part in budget.at("basic_part") if load("form_checks")["words"]["public_funds"] in part["item"]]
    return _of_line(subject, public[0], column) if key == "public_funds" and len(public) == 1 else None


def _projects(subject: Subject) -> Iterator[_Line]:
    """One row a project: those of the budget, then those only the base data know (they ended last year)."""
    base, budget = subject.material.base, subject.material.budget
    lines = {row["item"]: row for row in budget.named_projects}
    names = list(dict.fromkeys([*lines, *(row["item"] for row in base.projects())]))
    for number, name in enumerate(names, start=1):
        own = base.project(name)
        stated = tuple(own.value(column) if own else None for column in BASE_COLUMNS)
        others = tuple(_of_line(subject, lines.get(name), column) for column in BASE_COLUMNS)
        amounts = tuple(other if value is None else value for value, other in zip(stated, others, strict=True))
        label = words("words")["project_line"].format(number=number, project=name)
        yield _Line(f"project {number}", label, replace(looks.ITEM, indent=1), amounts, ())


def _of_line(subject: Subject, row: Row | None, column: str) -> Decimal | None:
    """An amount of this year out of the budget; the budget column is the full-year one where any line has it."""
    if row is None or column == "last_actual":
        return None
    if column == "actual":
        return row.value("actual")
    adjusted = any(line.value("adjusted") is not None for line in subject.material.budget.rows)
    return row.value("adjusted" if adjusted else "initial")
