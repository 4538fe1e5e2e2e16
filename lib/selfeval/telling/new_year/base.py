"""The sheet 基础数据: a printed row an item, grey where nothing is asked, room for the projects below their total."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from selfeval.knowledge import load
from selfeval.telling.office import CENTRED, GREY, SECTION, Cell, Sheet, Style, Validation, area, at

from .blank import check_cell, framed, head_cells, rule_of
from .checks import Remark, base_formula, sum_remark, unwanted_remark
from .choices import Lists
from .plan import FIRST_ROW, Plan, plan_of

_AMOUNTS = ("last_actual", "budget", "actual")
_PROJECTS = "projects"
_WORDS = "words"
_OF_WHICH = "其中："
_SPARE_PROJECTS = 10
_NOTE_WIDTH, _ITEM_WIDTH = 50, 44


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of last year: amounts of 上年决算数 and words by item id, and the projects with theirs."""

    amounts: Mapping[str, Decimal] = field(default_factory=dict)
    words: Mapping[str, str] = field(default_factory=dict)
    projects: Mapping[str, Decimal | None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Line:
    """One row: an item of sheets.toml, or a project (no id) with or without its name."""

    row: int
    id: str
    section: str
    item: str
    unit: str
    columns: tuple[str, ...]
    parts: tuple[str, ...] = ()
    hint: str = ""
    signed: bool = False


def base_sheet(heading: str, known: Known, lists: Lists) -> Sheet:
    """The sheet with all its printed rows, last year's final amounts filled in where they are known."""
    lines = _lines(known)
    plan = plan_of("base", len(lines))
    cells = head_cells(plan, heading)
    rules: list[Validation] = []
    for line in lines:
        cells += _cells(plan, line, known)
        cells.append(check_cell(plan, line.row, base_formula(plan, line.row, _remarks(plan, line, lines))))
        rules += _rules(plan, line, lists)
    # Section, item and unit are printed: only amounts begin a row.
    amounts = f"{plan.cell(_AMOUNTS[0], FIRST_ROW)}:{plan.cell(_AMOUNTS[-1], FIRST_ROW)}"
    sheet = framed(plan, cells, rules, begun=amounts)
    return replace(sheet, widths={**sheet.widths, plan.column("note").number: _NOTE_WIDTH, plan.column("item").number: _ITEM_WIDTH})


def _lines(known: Known) -> list[_Line]:
    """The rows in order; below the total of the projects one for each known project, and some that are free."""
    lines: list[_Line] = []
    for item in load("sheets")["sheet"]["base"]["item"]:
        lines.append(_line(FIRST_ROW + len(lines), item))
        if item["id"] == _PROJECTS:
            for name in (*known.projects, *[""] * _SPARE_PROJECTS):
                lines.append(_Line(FIRST_ROW + len(lines), "", _PROJECTS, name, "万元", _AMOUNTS))
    return lines


def _line(row: int, item: Mapping[str, Any]) -> _Line:
    return _Line(
        row,
        item["id"],
        item["section"],
        item["item"],
        item.get("unit", ""),
        tuple(item["columns"]),
        tuple(item.get("parts", ())),
        item.get("hint", ""),
        item.get("signed", False),
    )


def _cells(plan: Plan, line: _Line, known: Known) -> Iterator[Cell]:
    printed = {"section": plan.label("section", line.section), "item": line.item, "unit": line.unit}
    filled = {"last_actual": _last(line, known), "note": known.words.get(line.id)}
    for column in plan.columns:
        key = column.key
        if key in printed:
            yield Cell(line.row, column.number, printed[key] or None, _look(line, key))
        elif key in _AMOUNTS and key not in line.columns:
            yield Cell(line.row, column.number, None, GREY)
        else:
            yield Cell(line.row, column.number, filled.get(key), column.style)


def _look(line: _Line, key: str) -> Style:
    """Printed rows are shaded, what belongs to the row above is indented; a free row is white, for its name is to be typed."""
    if key != "item":
        return CENTRED
    style = SECTION if line.id else replace(SECTION, fill="", form="@")
    return replace(style, font=CENTRED.font, indent=2 if line.item.startswith(_OF_WHICH) or not line.id else 0)


def _last(line: _Line, known: Known) -> Decimal | None:
    if "last_actual" not in line.columns:
        return None
    return known.amounts.get(line.id) if line.id else known.projects.get(line.item)


def _rules(plan: Plan, line: _Line, lists: Lists) -> Iterator[Validation]:
    for key in _AMOUNTS:
        column = plan.column(key)
        cell = at(line.row, column.number)
        if key in line.columns:
            unit = f"{line.hint}。" if line.hint else ""
            column = replace(column, unit=line.unit)
            yield replace(rule_of(column, cell, lists, hint=unit.rstrip("。"), negative=line.signed), prompt_title=line.item[:15])
        else:
            yield Validation(cell, prompt_title="灰色格", prompt="不用填")
    if line.section == _WORDS:
        yield Validation(at(line.row, plan.column("note").number), prompt_title=line.item, prompt="写在这一格；换行按 Alt+Enter")
    if not line.id:
        hint = "填项目全称，与“预算执行”表相同；没有这么多项目的，空着"
        yield Validation(at(line.row, plan.column("item").number), prompt_title="项目", prompt=hint)


def _remarks(plan: Plan, line: _Line, lines: list[_Line]) -> list[Remark]:
    remarks = []
    grey = [plan.cell(key, line.row) for key in _AMOUNTS if key not in line.columns]
    if grey:
        remarks.append(unwanted_remark(grey))
    if not line.id:
        amounts = ",".join(plan.cell(key, line.row) for key in _AMOUNTS)
        remarks.append(Remark(f'AND(COUNT({amounts})>0,{plan.cell("item", line.row)}="")', "缺项目名称"))
    for key in line.columns:
        remarks += _sums(plan, line, lines, key)
    return remarks


def _sums(plan: Plan, line: _Line, lines: list[_Line], key: str) -> Iterator[Remark]:
    """Parts make up their whole; what is only 其中 makes up no more than the row it stands under."""
    head, whole = plan.column(key).head, plan.cell(key, line.row)
    projects = [other.row for other in lines if not other.id]
    if line.id == _PROJECTS:
        block = area(projects[0], plan.column(key).number, projects[-1], plan.column(key).number)
        yield sum_remark(whole, [block], f"{head}与下面各项目之和相差 ")
        return
    parts = [other for other in lines if other.id in line.parts and key in other.columns]
    if parts:
        yield sum_remark(whole, [plan.cell(key, other.row) for other in parts], f"{head}与各组成部分之和相差 ")
    elif below := [other for other in _of_which(line, lines) if key in other.columns]:
        yield sum_remark(whole, [plan.cell(key, other.row) for other in below], f"{head}小于其中各项之和，差 ", at_most=True)


def _of_which(line: _Line, lines: list[_Line]) -> list[_Line]:
    """The rows 其中：… directly below, in the same section."""
    below: list[_Line] = []
    if line.item.startswith(_OF_WHICH):
        return below
    for other in lines[lines.index(line) + 1 :]:
        if other.section != line.section or not other.item.startswith(_OF_WHICH):
            break
        below.append(other)
    return below
