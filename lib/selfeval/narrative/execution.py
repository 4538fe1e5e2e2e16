"""Chapters 一（…） to 五 as far as money goes: the whole, basic expenditure, projects, and the other budget books."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from .. import blocks, words
from ..blocks import Block, to_fill
from .amounts import amounts, because, compared, deviates, difference, money, percent, rate, rate_of_project, sentence, spent
from .year import COLUMNS, Row, Year, text

GENERAL = ("general_public", "all")
_HAN = "一二三四五六七八九十"
_NO_AMOUNTS = dict.fromkeys(COLUMNS)


# ---- the whole --------------------------------------------------------------------------------------------------------------------------


def whole(year: Year) -> Iterator[Block]:
    """All expenditure of the body, against last year's, and by nature in a table."""
    total = year.line("total")
    if total is None:
        yield blocks.paragraph(to_fill(text("open", "no_budget")))
    else:
        yield blocks.paragraph(_in_all(year, total) + _growth(year, total))
    table = _nature_table(year)
    if table:
        yield table


def _in_all(year: Year, line: Row, parts: Iterable[Row] = ()) -> str:
    """A whole: its sums, what of them went to its parts, its rate and why it came out so."""
    listed = spent(parts)
    told = text("amounts", "in_all", year=year.year, name=line.item, amounts=amounts(line, parts=listed))
    # What follows a list of parts would be taken for words about the last of them.
    return (
        told + "。" + sentence(rate(line), difference(line), because(line))
        if listed
        else sentence(told, rate(line), difference(line), because(line))
    )


def _growth(year: Year, total: Row) -> str:
    """The whole, and project expenditure, against last year's final accounts in the base data; '' where those are not known."""
    pairs = [(total, year.base("spent")), (year.line("project_total"), year.base("projects"))]
    told = [
        line.item + compared(line.actual, row.last_actual)
        for line, row in pairs
        if line is not None and line.actual is not None and row is not None and row.last_actual is not None
    ]
    return "；".join(told) + "。" if told else ""


def _nature_table(year: Year) -> Block | None:
    lines = [*_natures(year)]
    if not lines:
        return None
    columns = _columns([line for _, line in lines])
    rows = [[name, *(_cell(line, column) for column in columns), _rate_cell(line, columns)] for name, line in lines]
    heads = [text("tables", "nature_head"), *_heads(columns), text("tables", "rate_head")]
    numeric = range(1, len(heads))
    return blocks.table(text("tables", "nature", year=year.year), [heads, *rows], numeric, (10, *(7 for _ in numeric)))


def _natures(year: Year) -> Iterator[tuple[str, Row]]:
    """Basic expenditure with its parts, project expenditure, funds that stand beside both, the total."""
    basic = year.line("basic")
    if basic:
        yield basic.item, basic
    for number, part in enumerate(year.children(basic, "basic_part")):
        yield part.item if number else text("tables", "within", item=part.item), part
    projects = year.line("project_total")
    if projects:
        yield projects.item, projects
    for line in year.lines:
        if line.level == "fund" and line.parent_id in {"", *(total.line_id for total in year.lines if total.level == "total")}:
            yield line.item, line
    total = year.line("total")
    if total:
        yield text("tables", "total"), total


def _columns(lines: Iterable[Row]) -> list[str]:
    """The columns to print: the official three, or the target where only that is known."""
    lines = list(lines)
    known = [column for column in COLUMNS if any(getattr(line, column) is not None for line in lines)]
    official = ["initial", "adjusted", "actual"]
    return [*(["target"] if "target" in known else []), *(official if known != ["target", "actual"] else ["actual"])]


def _heads(columns: Sequence[str]) -> list[str]:
    """The heads, marked (A) and (B) as in the official form."""
    basis = _basis(columns)
    heads = []
    for column in columns:
        name = text("columns", "actual_of_target" if column == "actual" and basis == "target" else column)
        mark = {basis: "basis_mark", "actual": "actual_mark"}.get(column)
        heads.append(text("tables", mark, column=name) if mark else name)
    return heads


def _basis(columns: Sequence[str]) -> str:
    return next((basis for basis in ("adjusted", "target", "initial") if basis in columns), "")


def _cell(line: Row, column: str) -> str:
    value = getattr(line, column)
    return "" if value is None else words.number(value)


def _rate_cell(line: Row, columns: Sequence[str]) -> str:
    basis = _basis(columns)
    planned = getattr(line, basis) if basis else None
    return percent(line.actual, planned) if planned and line.actual is not None else text("tables", "no_rate")


# ---- 二 general public budget -----------------------------------------------------------------------------------------------------------


def basic(year: Year) -> Iterator[Block]:
    """（一）基本支出: sums, parts, reason."""
    line = _basic_of(year)
    if line is None:
        yield blocks.paragraph(to_fill(text("open", "basic")))
        return
    parts = [part for part in year.children(year.line("basic"), "basic_part") if part.book in {*GENERAL, line.book}]
    yield blocks.paragraph(_in_all(year, line, parts))
    for part in parts:
        if because(part):
            yield blocks.paragraph(part.item + sentence(rate_of_project(part), difference(part), because(part)))


def _basic_of(year: Year) -> Row | None:
    """The line of basic expenditure; where its parts lie in several books, only what the general public budget gave."""
    line = year.line("basic")
    parts = year.children(line, "basic_part")
    if line is None or line.book == "general_public" or {part.book for part in parts} <= set(GENERAL):
        return line
    return _sum(_of_book(line, "general_public"), [part for part in parts if part.book in GENERAL])


def _sum(like: Row, lines: Sequence[Row]) -> Row | None:
    """A line such as `like` whose amounts are the sums of `lines`; None when there are none."""
    if not lines:
        return None
    sums = {column: [getattr(line, column) for line in lines] for column in COLUMNS}
    known = {column: sum(values, Decimal(0)) for column, values in sums.items() if None not in values}
    return like._replace(**{**_NO_AMOUNTS, **known}, reason="", book=lines[0].book)


def general_projects(year: Year) -> Iterator[Block]:
    """（二）项目支出 of the general public budget."""
    projects = year.projects(*GENERAL)
    line = year.line("project_total")
    if not projects and line is None:
        empty = bool(year.line("basic")) and year.has_books()
        book = words.BOOKS["general_public"]
        yield blocks.paragraph(text("books", "no_projects", book=book) if empty else to_fill(text("open", "project")))
        return
    if line is not None and any(project.book not in GENERAL for project in year.projects()):
        line = _sum(_of_book(line, "general_public"), projects)
    if line is not None:
        yield blocks.paragraph(_in_all(year, line))
    yield from _projects(year, projects, "general_public")


def _projects(year: Year, projects: Sequence[Row], book: str) -> Iterator[Block]:
    """The projects of one book in a table, and one by one those that came out otherwise than planned."""
    if not projects:
        return
    told = [project for project in projects if difference(project) or project.reason.strip()]
    unknown = [text("columns", column) for column in ("initial", "adjusted") if all(getattr(line, column) is None for line in projects)]
    if unknown:
        columns = "、".join(unknown)
        yield blocks.paragraph(
            text("books", "columns_unknown", columns=columns, open=to_fill(text("open", "projects_columns", columns=columns)))
        )
    yield blocks.paragraph(text("books", "listed"))
    yield _project_table(year, projects, book)
    if told:
        yield blocks.paragraph(text("books", "deviating"))
    for number, project in enumerate(told, start=1):
        parts = sentence(amounts(project, whole=False), rate_of_project(project), difference(project), because(project))
        yield blocks.paragraph(f"{number}.{project.item}：{parts}")


def _project_table(year: Year, projects: Sequence[Row], book: str) -> Block:
    columns = _columns(projects)
    total = _sum(projects[0], projects)
    rows = [
        [str(number), line.item, *(_cell(line, column) for column in columns), _rate_cell(line, columns)]
        for number, line in enumerate(projects, start=1)
    ]
    rows.append(["", text("tables", "total"), *(_cell(total, column) for column in columns), _rate_cell(total, columns)])
    heads = [text("tables", "number_head"), text("tables", "project_head"), *_heads(columns), text("tables", "rate_head")]
    numeric = range(2, len(heads))
    caption = text("tables", "projects", year=year.year, book=words.BOOKS[book])
    return blocks.table(caption, [heads, *rows], numeric, (3, 12, *(6 for _ in numeric)))


# ---- 三 to 五 the other books --------------------------------------------------------------------------------------------------------


def other_book(year: Year, book: str) -> Iterator[Block]:
    """A budget book beside the general public one: what it gave and what for, or that there was none of it."""
    lines = [line for line in year.lines if line.book == book]
    if not lines:
        name = words.BOOKS[book]
        yield blocks.paragraph(text("books", "none", book=name) if year.has_books() else to_fill(text("open", "book", book=name)))
        return
    line, projects = year.whole_of(book), year.projects(book)
    parts = [part for part in lines if part.level == "basic_part"]
    line = line or _sum(lines[0]._replace(item=text("books", "whole", book=words.BOOKS[book])), [*parts, *projects])
    if line is not None:
        yield blocks.paragraph(_in_all(year, line, [*parts, *_items(year, line)]))
    yield from _projects(year, projects, book)


def _of_book(line: Row, book: str) -> Row:
    """The line named for one book, since it is no longer that of all."""
    return line._replace(item=words.BOOKS[book] + line.item)


def _items(year: Year, line: Row) -> list[Row]:
    return [part for part in year.children(line) if part.level == "item"]


def far_off(year: Year) -> list[Row]:
    """The projects whose spending is further from their budget than has to be explained."""
    return [project for project in year.projects() if deviates(project)]


def money_of(value: Decimal | None, what: str) -> str:
    """A sum, or a place to fill it in."""
    return money(value) if value is not None else to_fill(what)
