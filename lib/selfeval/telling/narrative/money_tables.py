"""The tables of the report that hold money: execution by nature of the expenditure, and project by project."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import accumulate, takewhile

from selfeval import blocks, words
from selfeval.blocks import Block, to_fill

from .amounts import column_name, money, percent
from .lines import project_total, sum_of
from .year import COLUMNS, Row, Year, resting_on, text

_BASES = ("adjusted", "target", "initial")
_OFFICIAL = ("initial", "adjusted", "actual")
# Up to here a sum and its parts differ by rounding alone: two decimals are printed.
_ROUNDING = Decimal("0.01")


def nature_table(year: Year) -> Block | None:
    """Execution by nature: basic expenditure with its parts, projects, funds that stand beside both, the total."""
    lines = [*_natures(year)]
    if not lines:
        return None
    columns = _columns([line for _, line in lines])
    rows = [[name, *_cells(line, columns)] for name, line in lines]
    heads = [text("tables", "nature_head"), *_heads(columns)]
    numeric = range(1, len(heads))
    made = blocks.table(text("tables", "nature", year=year.year), [heads, *rows], numeric, (14, *(8 for _ in numeric[1:]), 7))
    return replace(made, figures=resting_on(*(line for _, line in lines)))


def project_table(year: Year, projects: Sequence[Row], book: str) -> Block:
    """The projects of one book, one a row, and their sums."""
    columns = _columns(projects)
    rows = [[str(number), line.item, *_cells(line, columns)] for number, line in enumerate(projects, start=1)]
    rows.append(["", text("tables", "total"), *_cells(sum_of(projects[0], projects), columns)])
    heads = [text("tables", "number_head"), text("tables", "project_head"), *_heads(columns)]
    numeric = range(2, len(heads))
    caption = text("tables", "projects", year=year.year, book=words.BOOKS[book])
    made = blocks.table(caption, [heads, *rows], numeric, (4, 14, *(8 for _ in numeric[1:]), 7))
    return replace(made, figures=resting_on(*projects))


def gaps_of_natures(year: Year) -> Iterator[Block]:
    """A note under the table by nature for every sum that its parts do not make up."""
    total, basic = year.line("total"), year.line("basic")
    yield from _gaps(basic, year.children(basic, "basic_part"))
    natures = [*filter(None, (basic, project_total(year)))]
    if total is None:
        if all(line.book == "general_public" for line in natures):
            yield from _gaps(_general(year), natures)
        return
    parts = [*natures, *_funds(year)]
    made_up_of = _making_up(total, parts)
    if made_up_of and len(made_up_of) < len(parts):
        left = parts[len(made_up_of) :]
        kind = "made_up_twice" if _making_up(total, left) == left else "made_up_of"
        yield blocks.paragraph(text("amounts", kind, item=total.item, parts=_named(made_up_of), left=_named(left)))
    elif not made_up_of:
        yield from _gaps(total, natures, [line for line in parts[len(natures) :] if line.book != "general_public"])


def _named(lines: Iterable[Row]) -> str:
    return "、".join(line.item for line in lines)


def _making_up(total: Row, parts: Sequence[Row]) -> Sequence[Row]:
    """The first of `parts` that make up all that was spent, none where they never do: funds are often another cut of one whole."""
    if total.actual is None:
        return ()
    # Behind one whose spending is not known no sum is.
    reached = accumulate(part.actual for part in takewhile(lambda part: part.actual is not None, parts))
    count = next((count for count, summed in enumerate(reached, start=1) if abs(total.actual - summed) <= _ROUNDING), 0)
    return parts[:count]


def gaps_of_projects(year: Year, projects: Sequence[Row], book: str) -> Iterator[Block]:
    """The same under a table of projects, where a whole is stated that is theirs alone."""
    stated = year.line("project_total")
    if stated is not None and len(projects) == len(year.projects()) and book == _book_of(stated):
        yield from _gaps(stated, projects)


def _book_of(line: Row) -> str:
    """The book whose table holds a line: what is that of all books is printed with the general public one."""
    return "general_public" if line.book == "all" else line.book


def _gaps(whole: Row | None, parts: Sequence[Row], beside: Sequence[Row] = ()) -> Iterator[Block]:
    """A note for every column in which `parts` do not make up the whole, and what is left where those `beside` them are counted too."""
    if whole is None or not parts:
        return
    near, summed = sum_of(parts[0], parts), sum_of(parts[0], [*parts, *beside])
    for column in COLUMNS:
        stated, first, reached = getattr(whole, column), getattr(near, column), getattr(summed, column)
        if stated is None or first is None or abs(stated - first) <= _ROUNDING:
            continue
        told = {"item": whole.item, "column": column_name(whole, column), "whole": money(stated)}
        if beside and reached is not None:
            told |= {"parts": _named(parts), "near": money(first), "first": money(abs(stated - first)), "left": _named(beside)}
        gap = abs(stated - (first if reached is None else reached))
        asked = to_fill(text("open", "gap", gap=money(gap)))
        kind = "gap_beyond" if "left" in told else "gap"
        yield blocks.paragraph(text("amounts", kind, sum=money(first if reached is None else reached), open=asked, **told))


def _natures(year: Year) -> Iterator[tuple[str, Row]]:
    basic, total = year.line("basic"), year.line("total")
    if basic:
        yield basic.item, basic
    for number, part in enumerate(year.children(basic, "basic_part")):
        yield part.item if number else text("tables", "within", item=part.item), part
    projects = project_total(year)
    if projects:
        yield projects.item, projects
    for line in _funds(year):
        yield line.item, line
    if total:
        yield text("tables", "total"), total


def _funds(year: Year) -> list[Row]:
    """The wholes of single books: that of the general public budget, then what stands beside basic and project expenditure."""
    general = _general(year)
    return [*([general] if general is not None else []), *(line for line in year.lines if _stands_beside(year, line))]


def _stands_beside(year: Year, line: Row) -> bool:
    """Whether a line is money of another book: the whole of it, or where none is stated what hangs under no other line."""
    total = year.line("total")
    if line.book in {"all", "general_public", "assets"} or line.parent_id not in {"", total.line_id if total else ""}:
        return False
    return line.level == "fund" or (line.level == "item" and year.whole_of(line.book) in {None, line})


def _general(year: Year) -> Row | None:
    """What the tables state for all of the general public budget, where it is no other name for the whole."""
    line = year.whole_of("general_public")
    return line if line is not None and line.level != "total" else None


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
    return [*("" if (value := getattr(line, column)) is None else words.number(value, 2) for column in columns), rate]
