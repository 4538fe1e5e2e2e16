"""Chapters 一（…） to 五 as far as money goes: the whole, basic expenditure, projects, and the other budget books."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from selfeval import blocks, words
from selfeval.blocks import Block, to_fill

from .amounts import (
    amounts,
    because,
    compared,
    deviates,
    difference,
    rate,
    rate_of_project,
    sentence,
    spent,
    unexplained,
    unknown,
    unlisted,
)
from .lines import GENERAL, general_basic, project_total, whole_of_book
from .lines import general_projects as general_project_total
from .money_tables import gaps_of_natures, gaps_of_projects, nature_table, project_table
from .year import Row, Year, resting_on, text

# The lines held against last year's, and the item of the base data that gives last year's final account of each.
_COMPARED = {"total": "spent", "basic": "", "project_total": "projects"}


# ---- the whole --------------------------------------------------------------------------------------------------------------------------


def whole(year: Year) -> Iterator[Block]:
    """All expenditure of the body, against last year's, and by nature in a table."""
    total = year.line("total")
    if total is None:
        yield blocks.paragraph(to_fill(text("open", "no_budget")))
    else:
        yield from _whole(year, total, (), "budget", beside=_growth(year))
    table = nature_table(year)
    if table:
        yield table
        yield from gaps_of_natures(year)


def _whole(year: Year, line: Row, parts: Sequence[Row], *places: str, beside: str = "") -> Iterator[Block]:
    """A whole in our words, unless those of the report in these places hold all its amounts; then only what is not known of it."""
    if not year.tells(line, *places):
        said = _in_all(year, line, parts) + sentence(unexplained(line)) + unknown(line, line.item)
        yield blocks.paragraph(said + beside, resting_on(line, *parts))
        return
    asked = [sentence(unexplained(line)), unlisted(line, line.item), beside]
    yield from (blocks.paragraph(said) for said in asked if said)


def _in_all(year: Year, line: Row, parts: Iterable[Row] = ()) -> str:
    """A whole: its sums, what of them went to its parts, its rate and why it came out so."""
    told, listed = amounts(line), spent(parts)
    if told:
        told = text("amounts", "in_all", year=year.year, name=line.item, amounts=told)
    judged = [rate(line), difference(line), because(line)]
    # What follows a list of parts would be taken for words about the last of them.
    return sentence(told, listed) + sentence(*judged) if listed else sentence(told, *judged)


def _growth(year: Year) -> str:
    """The whole, basic and project expenditure against last year's final accounts; '' where those are not known."""
    lines = {level: project_total(year) if level == "project_total" else year.line(level) for level in _COMPARED}
    told = [
        line.item + compared(line.actual, earlier)
        for level, line in lines.items()
        if line is not None and line.actual is not None and (earlier := year.last_year(level, _COMPARED[level])) is not None
    ]
    return "；".join(told) + "。" if told else ""


# ---- 二 general public budget -----------------------------------------------------------------------------------------------------------


def basic(year: Year) -> Iterator[Block]:
    """（一）基本支出: sums, parts, reason."""
    line = general_basic(year)
    if line is None:
        yield blocks.paragraph(to_fill(text("open", "basic")))
        return
    parts = [part for part in year.children(year.line("basic"), "basic_part") if part.book in {*GENERAL, line.book}]
    yield from _whole(year, line, parts, "basic")
    for part in parts:
        if part.reason.strip() or deviates(part):
            told = sentence(rate_of_project(part), difference(part), because(part))
            yield blocks.paragraph(part.item + told + sentence(unexplained(part)), resting_on(part))


def general_projects(year: Year) -> Iterator[Block]:
    """（二）项目支出 of the general public budget."""
    projects, line = year.projects(*GENERAL), general_project_total(year)
    if line is None:
        empty = bool(year.line("basic")) and year.has_books()
        book = words.BOOKS["general_public"]
        yield blocks.paragraph(text("books", "no_projects", book=book) if empty else to_fill(text("open", "project")))
        return
    yield from _whole(year, line, (), "project")
    yield from _projects(year, projects, "general_public")


def _projects(year: Year, projects: Sequence[Row], book: str) -> Iterator[Block]:
    """The projects of one book in a table, and one by one those that have to be explained or are."""
    if not projects:
        return
    missing = [text("columns", column) for column in ("initial", "adjusted") if all(getattr(line, column) is None for line in projects)]
    if missing:
        columns = "、".join(missing)
        yield blocks.paragraph(text("books", "unlisted", columns=columns, open=to_fill(text("open", "projects_columns", columns=columns))))
    yield blocks.paragraph(text("books", "listed"))
    yield project_table(year, projects, book)
    yield from gaps_of_projects(year, projects, book)
    told = [project for project in projects if deviates(project) or project.reason.strip()]
    if told:
        yield blocks.paragraph(text("books", "deviating"))
    for number, project in enumerate(told, start=1):
        said = sentence(amounts(project), rate_of_project(project), difference(project), because(project))
        yield blocks.paragraph(f"{number}.{project.item}：{said}{sentence(unexplained(project))}", resting_on(project))


# ---- 三 to 五 the other books ----------------------------------------------------------------------------------------------------------


def other_book(year: Year, book: str) -> Iterator[Block]:
    """A budget book beside the general public one: what it gave and what for, or that there was none of it."""
    name, line, projects = words.BOOKS[book], whole_of_book(year, book), year.projects(book)
    if line is None and not projects:
        none = year.has_books() and not any(line.book == book for line in year.lines) and not year.answers(book)
        yield blocks.paragraph(text("books", "none", book=name) if none else to_fill(text("open", "book", book=name)))
    if line is not None:
        parts = [part for part in year.lines if part.book == book and part.level == "basic_part"]
        parts += year.children(line, "item")
        yield from _whole(year, line, parts, book)
    yield from _projects(year, projects, book)
