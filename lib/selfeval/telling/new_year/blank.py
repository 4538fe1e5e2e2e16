"""A sheet to be filled in: title, instruction, heads, rows printed beforehand, spare rows, and the column that checks them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from selfeval.knowledge import load
from selfeval.telling.office import HEAD, MESSAGE_LIMIT, NOTE, TEXT, TITLE, WARNING, Cell, Highlight, Sheet, Style, Validation, area, at

from .checks import check_formula, said_of
from .choices import Lists, words_of
from .plan import FIRST_ROW, HEAD_ROW, TITLE_ROW, WHAT_ROW, Column, Plan, width_of

# One row as it is printed beforehand: column key → a choice's id, text or a number.
Row = Mapping[str, str | Decimal]

REQUIRED_FILL, OPTIONAL_FILL, MISSING_FILL = "#F8CBAD", "#DDEBF7", "#FFF2CC"
REQUIRED_HEAD = replace(HEAD, fill=REQUIRED_FILL)
CHECK_HEAD = replace(HEAD, fill="#E2EFDA")
# What is said runs on to the right, where nothing stands: rows do not grow when a formula comes to say more.
CHECK = Style(size=9, color="#9C0006", wrap=False)
_CHECK_WIDTH = 40
_EARLIEST = "DATE({first},1,1)"


def blank_sheet(
    plan: Plan, rows: Sequence[Row], heading: str, year: int, lists: Lists, offered: Mapping[str, tuple[str, ...]] | None = None
) -> Sheet:
    """The sheet of `plan` for `year`, with `rows` printed and spare rows below them; `offered` are words by column that a list proposes."""
    cells = [*head_cells(plan, heading), *_printed(plan, rows), *_spare(plan, len(rows))]
    said = dict(enumerate(said_of(plan, rows), start=FIRST_ROW))
    cells += [check_cell(plan, row, check_formula(plan, row, year), said.get(row, "")) for row in range(FIRST_ROW, plan.last_row + 1)]
    return framed(plan, cells, _rules(plan, lists, offered or {}))


def head_cells(plan: Plan, heading: str) -> list[Cell]:
    """Title, instruction and heads; the heads of columns that must be filled have a star and a colour of their own."""
    heads = [Cell(HEAD_ROW, c.number, c.printed_head, REQUIRED_HEAD if c.required else HEAD) for c in plan.columns]
    return [
        Cell(TITLE_ROW, 1, heading, TITLE, across=len(plan.columns)),
        Cell(WHAT_ROW, 1, plan.what, replace(NOTE, size=10), across=len(plan.columns)),
        *heads,
        Cell(HEAD_ROW, plan.check_column, load("sheets")["reading"]["check_head"], CHECK_HEAD),
    ]


def check_cell(plan: Plan, row: int, formula: str, said: str = "") -> Cell:
    """The cell of the column 核对 in one row, and what its formula says of the row as it is printed."""
    return Cell(row, plan.check_column, said, CHECK, formula=formula)


def framed(plan: Plan, cells: list[Cell], rules: list[Validation], begun: str = "") -> Sheet:
    """The sheet around its cells: widths, panes, filter, highlights, what is printed on every page.

    `begun` are the cells of the first row that tell whether a row has been begun; "" all of them.
    """
    widths = {column.number: column.width for column in plan.columns} | {plan.check_column: _CHECK_WIDTH}
    wide = sum(column.width for column in plan.columns)
    return Sheet(
        plan.title,
        tuple(cells),
        widths,
        {TITLE_ROW: 30, WHAT_ROW: 16 * (1 + int(width_of(plan.what) // (wide - 4))), HEAD_ROW: 32},
        tuple(rules),
        _highlights(plan, begun or plan.span(FIRST_ROW)),
        frozen=at(FIRST_ROW, _first_scrolling(plan)),
        filtered=area(HEAD_ROW, 1, plan.last_row, plan.check_column),
        repeat=(TITLE_ROW, HEAD_ROW),
        # The column of checks is for the screen.
        printed=area(TITLE_ROW, 1, plan.last_row, len(plan.columns)),
        as_typed=area(FIRST_ROW, 1, plan.last_row, len(plan.columns)),
        landscape=True,
        color="#4472C4",
    )


def rule_of(column: Column, cells: str, lists: Lists, *, hint: str = "", negative: bool = False) -> Validation:
    """What may be typed into `cells` of `column`, and what is said when they are chosen or filled wrongly."""
    hint = hint or column.hint
    told = {"prompt_title": column.head, "prompt": _prompt(column, hint)[:MESSAGE_LIMIT], "error_title": column.head}
    if column.choices:
        words = words_of(column)
        source = lists.source_of(words, column.head)
        if column.is_open:
            return Validation(cells, "list", () if source else words, source, firm=False, **told | {"error_title": ""})
        error = f"只能从下拉列表里选：{'、'.join(words)}"
        error = error if len(error) <= MESSAGE_LIMIT else "只能从下拉列表里选"
        return Validation(cells, "list", () if source else words, source, error=error, **told)
    if column.is_quantity:
        low = "" if negative or column.signed else "0"
        return Validation(cells, "number", low=low, error=_number_wanted(column, low), **told)
    if column.kind == "date":
        first = _EARLIEST.format(first=load("sheets")["reading"]["first_year"])
        return Validation(cells, "date", low=f"={first}", error="应为日期，写成 年-月-日，例如 3 月 9 日写成 年份-3-9", **told)
    return Validation(cells, **told)


def shown(column: Column, value: str | Decimal) -> str | Decimal:
    """A value as the cell shows it: a choice in words, a number as it is, or as text where the column keeps text."""
    if isinstance(value, Decimal):
        return value if column.is_quantity else format(value, "f")
    if column.is_quantity:
        return Decimal(value)
    return column.choices.get(value, value)


def _printed(plan: Plan, rows: Sequence[Row]) -> list[Cell]:
    return [
        Cell(number, column.number, shown(column, row[column.key]) if column.key in row else None, _look(column, row))
        for number, row in enumerate(rows, start=FIRST_ROW)
        for column in plan.columns
    ]


def _look(column: Column, row: Row) -> Style:
    """As the column looks; the overall goal is a long text, which cells that keep text as typed do not show in every program."""
    return TEXT if column.kind == "number_or_text" and row.get("level1") == "goal" else column.style


def _spare(plan: Plan, printed: int) -> list[Cell]:
    rows = range(FIRST_ROW + printed, plan.last_row + 1)
    return [Cell(row, column.number, None, column.style) for row in rows for column in plan.columns]


def _rules(plan: Plan, lists: Lists, offered: Mapping[str, tuple[str, ...]]) -> list[Validation]:
    rules = []
    for column in plan.columns:
        rule = rule_of(column, plan.below(column), lists)
        if words := offered.get(column.key):
            source = lists.source_of(words, column.head)
            rule = replace(rule, kind="list", choices=() if source else words, source=source, error="", firm=False)
        rules.append(rule)
    return rules


def _prompt(column: Column, hint: str) -> str:
    """What is said when a cell is chosen; a cell of which nothing needs to be said has no prompt."""
    parts = [hint] if hint else []
    if column.is_quantity and column.unit:
        parts.append(f"填数字，单位：{column.unit}")
    if column.kind == "date":
        parts.append("填日期：年-月-日")
    if parts and column.required:
        parts.append("必填")
    return "。".join(parts)


def _number_wanted(column: Column, low: str) -> str:
    unit = f"，单位{column.unit}" if column.unit else ""
    return f"应为{'不小于 0 的' if low else ''}数字{unit}；不要写单位、逗号和说明文字，不清楚的空着"


def _highlights(plan: Plan, begun: str) -> tuple[Highlight, ...]:
    """What the checks say is red; what must be filled and is not is yellow once the row has been begun."""
    check = at(FIRST_ROW, plan.check_column)
    said = Highlight(area(FIRST_ROW, plan.check_column, plan.last_row, plan.check_column), f'${check}<>""', WARNING)
    missing = replace(TEXT, fill=MISSING_FILL)
    required = [
        Highlight(plan.below(column), f'AND({at(FIRST_ROW, column.number)}="",COUNTA({begun})>0)', missing)
        for column in plan.columns
        if column.required
    ]
    return (said, *required)


def _first_scrolling(plan: Plan) -> int:
    """The columns that tell rows apart stay in sight, as far as they leave room for the others."""
    stay, wide = 0, 0.0
    for column in plan.columns:
        wide += column.width
        if wide > 75 or column.is_quantity:
            break
        stay = column.number
    return stay + 1
