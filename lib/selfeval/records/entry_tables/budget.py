"""Sheet 预算执行 → budget lines: the whole, basic expenditure with its parts, project expenditure with its projects and their sources."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

import pandas as pd

from selfeval.knowledge import load
from selfeval.records.entries import Entries, Entry, layouts
from selfeval.tables import make_table

from .cells import Cells, sentence_of

_AMOUNTS = ("initial", "adjusted", "actual")
_WHOLES = ("total", "basic", "project_total")
_OWN = ("", "whole")


@dataclass(slots=True, eq=False)
class _Line:
    """One line: the row that states it, if there is one, and the lines it is the sum of."""

    level: str
    book: str
    item: str
    stated: Entry | None = None
    parts: list[_Line] = field(default_factory=list)
    parent: _Line | None = None
    fund_source: str = ""

    def amount(self, column: str) -> Decimal | None:
        """What the row says, else the sum of the parts where all of them are known."""
        stated = self.stated.number(column) if self.stated else None
        if stated is not None or not self.parts:
            return stated
        amounts = [part.amount(column) for part in self.parts]
        return None if any(amount is None for amount in amounts) else sum(amounts, Decimal(0))

    def reason(self) -> str:
        """The reason the row gives, else those of its parts."""
        own = self.stated.text("reason") if self.stated else ""
        return own or ("；".join(dict.fromkeys(filter(None, (part.reason() for part in self.parts)))) if self.level == "project" else "")


def budget_lines_of(entries: Entries, cells: Cells) -> pd.DataFrame:
    """Return the budget lines of sheet 预算执行 (schema budget_lines, source table; ids t01, t02 …), wholes before their parts.

    A whole that no row states is the sum of its parts, as far as every part is known; it has no figure of its own, and its sentence says
    that it is a sum. A project of several fund sources has a line of level item for each. `target` stays empty: the sheet has no such
    column. Totals of one book are lines of level item beside the others.
    """
    rows = entries.of("budget")
    lines = _ordered(rows)
    ids = {id(line): f"t{number:02d}" for number, line in enumerate(lines, start=1)}
    return make_table("budget_lines", (_row(line, ids, cells) for line in lines))


def _ordered(rows: Sequence[Entry]) -> list[_Line]:
    """All lines of the sheet, each under its whole."""
    basics = [
        _Line("basic_part", row.text("book"), row.text("item") or _choices("level")["basic_part"], row)
        for row in rows
        if row.text("level") == "basic_part"
    ]
    projects = _projects([row for row in rows if row.text("level") == "project"])
    basic, project_total = _whole("basic", rows, basics), _whole("project_total", rows, projects)
    halves = [half for half in (basic, project_total) if half]
    total = _whole("total", rows, halves)
    lines = [total] if total else []
    for half in halves:
        half.parent = total
        lines.append(half)
        for part in half.parts:
            part.parent = half
            lines += [part, *part.parts]
    return [*lines, *_totals_of_books(rows)]


def _whole(level: str, rows: Iterable[Entry], parts: list[_Line]) -> _Line | None:
    """The line of a whole: as the row for all books states it, else the only row there is, else the sum of its parts."""
    stated = [row for row in rows if row.text("level") == level]
    books = {part.book for part in parts}
    over_all = next((row for row in stated if row.text("book") == "all"), None)
    own = over_all or (stated[0] if len(stated) == 1 and books <= {stated[0].text("book")} else None)
    if own is None and not parts:
        return None
    book = "all" if level == "total" or len(books) != 1 else books.pop()
    return _Line(level, book, load("budget")["names"][level], own, parts)


def _projects(rows: Iterable[Entry]) -> list[_Line]:
    """One line a project: its own row, or a whole of its sources."""
    grouped: dict[tuple[str, str], list[Entry]] = {}
    for row in rows:
        grouped.setdefault((row.text("book"), row.text("item")), []).append(row)
    return [_project(book, item, group) for (book, item), group in grouped.items()]


def _project(book: str, item: str, rows: list[Entry]) -> _Line:
    own = next((row for row in rows if row.text("fund_source") in _OWN), None)
    sources = [row for row in rows if row.text("fund_source") not in _OWN]
    line = _Line("project", book, item, own)
    if own is None and len(sources) == 1:
        line.stated, line.fund_source = sources[0], sources[0].text("fund_source")
        return line
    names = _choices("fund_source")
    line.parts = [_Line("item", book, names[row.text("fund_source")], row, [], line, row.text("fund_source")) for row in sources]
    return line


def _totals_of_books(rows: Iterable[Entry]) -> list[_Line]:
    """What the sheet states as the whole of one book, beside the lines by nature."""
    names, books = _choices("book"), {row.text("book") for row in rows}
    return [
        _Line("item", row.text("book"), f"{names[row.text('book')]}{_choices('level')[row.text('level')]}", row)
        for row in rows
        if row.text("level") in _WHOLES and row.text("book") != "all" and len(books) > 1
    ]


def _row(line: _Line, ids: dict[int, str], cells: Cells) -> dict[str, object]:
    stated = line.stated
    own = f"工作表“{layouts()['budget'].title}”没有单列这一行，按{'、'.join(part.item for part in line.parts)}相加"
    figures = {f"{column}_figure": cells.figure(stated, column) if stated else "" for column in _AMOUNTS}
    return {
        "line_id": ids[id(line)],
        "book": line.book,
        "level": line.level,
        "parent_id": ids[id(line.parent)] if line.parent else "",
        "item": line.item,
        "reason": line.reason(),
        "source": "table",
        "sentence": sentence_of(stated) if stated else own,
        "fund_source": line.fund_source,
        **{column: line.amount(column) for column in _AMOUNTS},
        **figures,
    }


def _choices(key: str) -> Mapping[str, str]:
    return layouts()["budget"].column(key).choices
