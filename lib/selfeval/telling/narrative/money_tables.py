"""The tables of the report that hold money: execution by nature of the expenditure, and project by project."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from selfeval import blocks, words
from selfeval.blocks import Block

from .amounts import percent
from .lines import project_total, sum_of
from .year import COLUMNS, Row, Year, text

_BASES = ("adjusted", "target", "initial")
_OFFICIAL = ("initial", "adjusted", "actual")


def nature_table(year: Year) -> Block | None:
    """Execution by nature: basic expenditure with its parts, projects, funds that stand beside both, the total."""
    lines = [*_natures(year)]
    if not lines:
        return None
    columns = _columns([line for _, line in lines])
    rows = [[name, *_cells(line, columns)] for name, line in lines]
    heads = [text("tables", "nature_head"), *_heads(columns)]
    numeric = range(1, len(heads))
    return blocks.table(text("tables", "nature", year=year.year), [heads, *rows], numeric, (14, *(8 for _ in numeric[1:]), 7))


def project_table(year: Year, projects: Sequence[Row], book: str) -> Block:
    """The projects of one book, one a row, and their sums."""
    columns = _columns(projects)
    rows = [[str(number), line.item, *_cells(line, columns)] for number, line in enumerate(projects, start=1)]
    rows.append(["", text("tables", "total"), *_cells(sum_of(projects[0], projects), columns)])
    heads = [text("tables", "number_head"), text("tables", "project_head"), *_heads(columns)]
    numeric = range(2, len(heads))
    caption = text("tables", "projects", year=year.year, book=words.BOOKS[book])
    return blocks.table(caption, [heads, *rows], numeric, (4, 14, *(8 for _ in numeric[1:]), 7))


def _natures(year: Year) -> Iterator[tuple[str, Row]]:
    basic, total = year.line("basic"), year.line("total")
    if basic:
        yield basic.item, basic
    for number, part in enumerate(year.children(basic, "basic_part")):
        yield part.item if number else text("tables", "within", item=part.item), part
    projects = project_total(year)
    if projects:
        yield projects.item, projects
    for line in year.lines:
        if line.level == "fund" and line.parent_id in {"", total.line_id if total else ""}:
            yield line.item, line
    if total:
        yield text("tables", "total"), total


def _columns(lines: Iterable[Row]) -> list[str]:
    """The columns to print: the official three, or the target where only that is known."""
    lines = list(lines)
    known = [column for column in COLUMNS if any(getattr(line, column) is not None for line in lines)]
    only_target = "target" in known and "initial" not in known and "adjusted" not in known
    return ["target", "actual"] if only_target else [*(["target"] if "target" in known else []), *_OFFICIAL]


def _basis(columns: Sequence[str]) -> str:
    return next((basis for basis in _BASES if basis in columns), "")


def _heads(columns: Sequence[str]) -> list[str]:
    """The heads, marked (A) and (B) as in the official form, the rate (B/A) last."""
    basis = _basis(columns)
    heads = []
    for column in columns:
        name = text("columns", "actual_of_target" if column == "actual" and basis == "target" else column)
        mark = {basis: "basis_mark", "actual": "actual_mark"}.get(column)
        heads.append(text("tables", mark, column=name) if mark else name)
    return [*heads, text("tables", "rate_head")]


def _cells(line: Row, columns: Sequence[str]) -> list[str]:
    """The sums of a line and its rate; an unknown sum stays empty."""
    planned = getattr(line, _basis(columns))
    rate = percent(line.actual, planned) if planned and line.actual is not None else text("tables", "no_rate")
    return [*("" if (value := getattr(line, column)) is None else words.number(value) for column in columns), rate]
