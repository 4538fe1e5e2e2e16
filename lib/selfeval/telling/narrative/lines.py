"""Budget lines as the report needs them: wholes completed from their parts, a whole of one book where the tables have only that of all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from selfeval import words
from selfeval.knowledge import load
from selfeval.records.deviation import reason_for

from .amounts import deviation
from .year import COLUMNS, Row, Year, text

GENERAL = ("general_public", "all")


def with_reasons_of_deviations(year: Year) -> Year:
    """The year in which every line has for a reason only what can be why it lies beside its budget."""
    lines = tuple(line._replace(reason=reason_for(line.reason, deviation(line))) for line in year.lines)
    return replace(year, rows={**year.rows, "budget_lines": lines})


def project_total(year: Year) -> Row | None:
    """Project expenditure of all books: as stated, and what is not stated summed up where every project is known."""
    line, projects = year.line("project_total"), year.projects()
    summed = sum_of(projects[0], projects) if projects else None
    if line is None and summed is not None:
        return summed._replace(line_id="", level="project_total", item=load("budget")["names"]["project_total"], book="all")
    if line is None or summed is None:
        return line
    return line._replace(**{column: getattr(summed, column) for column in COLUMNS if getattr(line, column) is None})


def general_projects(year: Year) -> Row | None:
    """Project expenditure of the general public budget alone."""
    line, projects = project_total(year), year.projects(*GENERAL)
    if line is None or len(projects) == len(year.projects()):
        return line
    return sum_of(_of_book(line, "general_public"), projects)


def general_basic(year: Year) -> Row | None:
    """Basic expenditure of the general public budget alone."""
    line = year.line("basic")
    parts = year.children(line, "basic_part")
    if line is None or line.book == "general_public" or all(part.book in GENERAL for part in parts):
        return line
    return sum_of(_of_book(line, "general_public"), [part for part in parts if part.book in GENERAL])


def whole_of_book(year: Year, book: str) -> Row | None:
    """All expenditure of a book beside the general public one: as stated, else the sum of its parts and projects."""
    name = text("books", "whole", book=words.BOOKS[book])
    line = year.whole_of(book)
    if line is not None:
        return line._replace(item=name)
    parts = [line for line in year.lines if line.book == book and line.level == "basic_part"] + year.projects(book)
    return sum_of(parts[0]._replace(item=name), parts) if parts else None


def sum_of(like: Row, lines: Sequence[Row]) -> Row | None:
    """A line such as `like` whose sums are those of `lines`, unknown where one of them is; None when there are no lines."""
    if not lines:
        return None
    columns = {column: [getattr(line, column) for line in lines] for column in COLUMNS}
    sums = {column: None if None in values else sum(values, Decimal(0)) for column, values in columns.items()}
    return like._replace(**sums, reason="", book=lines[0].book)


def _of_book(line: Row, book: str) -> Row:
    """The line named for one book, since it is no longer that of all."""
    return line._replace(item=words.BOOKS[book] + line.item)
