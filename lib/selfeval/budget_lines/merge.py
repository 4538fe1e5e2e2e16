"""Brings the statements about one line together, and links parts to wholes."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from ..knowledge import load
from .naming import Nature, is_whole
from .statement import Money, Statement
from .wording import ROLES, any_of, flatten, pattern

_PUNCTUATION = re.compile(r"[“”‘’\"'（）()《》〈〉、，：:；;\s·\-—]")
Key = tuple[object, ...]


@dataclass(slots=True, eq=False)
class Line:
    """One budget line: its statements, the fullest of them first, the others in reading order."""

    statements: list[Statement]
    book: str
    parent: Line | None = None

    @property
    def base(self) -> Statement:
        """The fullest statement."""
        return self.statements[0]

    @property
    def nature(self) -> Nature:
        """The most telling nature among the statements: a project that another place only calls an item is a project."""
        return min((statement.nature for statement in self.statements), key=lambda nature: _RANK.index(nature.level))

    def amount(self, role: str) -> Decimal | None:
        """What the fullest statement says, or the first of the others that says it."""
        return next((statement.amount(role) for statement in self.statements if role in statement.roles), None)

    def figures(self, role: str) -> list[str]:
        """The ids of all figures that state `role`; the one the amount is taken from comes first.

        A statement that leaves the name to its heading only counts where it agrees.
        """
        amount, ids = self.amount(role), []
        for statement in self.statements:
            held = statement.roles.get(role, [])
            ids += [money.figure for money in held if statement.named or money.amount == amount]
        return list(dict.fromkeys(ids))

    @property
    def reason(self) -> str:
        """The reason of the fullest statement, or the first another gives."""
        return next((statement.reason for statement in self.statements if statement.reason), "")


_RANK = ("total", "basic", "project_total", "fund", "basic_part", "project", "item")


def merge(statements: Iterable[Statement]) -> list[Line]:
    """Return the lines the `statements` speak of, in the reading order of their fullest statements, linked to their wholes."""
    kept = _of_the_budget([statement for statement in statements if statement.roles and not statement.outside])
    for statement in kept:
        if statement.unchanged and "initial" in statement.roles:
            statement.roles.setdefault("adjusted", list(statement.roles["initial"]))
    groups: dict[Key, list[Statement]] = {}
    for statement in kept:
        groups.setdefault(_key(statement), []).append(statement)
    lines = [line for group in groups.values() for line in _lines_of(group)]
    lines.sort(key=lambda line: line.base.start)
    _settle_books(lines)
    _link(lines)
    return lines


def _of_the_budget(statements: list[Statement]) -> list[Statement]:
    """Those that stand in a budget section, name a line known from there, or speak of a budget in so many words; with their parts."""
    sections = load("budget")["sections"]["budget"]
    sure = {id(statement) for statement in statements if statement.kind in sections or _speaks_of_budget(statement)}
    known = {_key(statement) for statement in statements if id(statement) in sure and not is_whole(statement.nature)}
    kept: set[int] = set()
    for statement in statements:
        whole = statement.parent
        if id(statement) in sure or _key(statement) in known or (whole is not None and id(whole) in kept):
            kept.add(id(statement))
    return [statement for statement in statements if id(statement) in kept]


def _speaks_of_budget(statement: Statement) -> bool:
    silent = statement.kind in load("budget")["sections"]["silent"]
    if is_whole(statement.nature):
        return statement.strong >= (2 if silent else 1)
    if statement.nature.book == "assets":
        return True
    if statement.parent is not None:
        return False
    if not silent:
        return statement.strong > 0
    noun = pattern("sections", "nouns").search(statement.nature.item)
    return statement.strong >= 2 or bool(noun and (statement.strong or len(statement.roles) >= 2))


def _key(statement: Statement) -> Key:
    """What makes two statements speak of one line: level and book of a whole, else the name; a part of a project also needs its project."""
    nature = statement.nature
    if is_whole(nature):
        return (nature.level, nature.book if nature.level in {"item", "fund"} else "")
    whole = statement.parent
    inside = _plain_name(whole.nature.item) if whole and not is_whole(whole.nature) else ""
    return (_plain_name(nature.item), inside)


@cache
def _endings() -> re.Pattern[str]:
    return re.compile(any_of(load("budget")["naming"]["endings"]) + "+$")


def _plain_name(item: str) -> str:
    """The name without punctuation and without endings that come and go (经费, 项目, 支出)."""
    name = _PUNCTUATION.sub("", flatten(item))
    plain = _endings().sub("", name)
    return plain if len(plain) > 1 else name


def _lines_of(group: list[Statement]) -> list[Line]:
    """One line a book; statements that do not know their book go with the first line they do not contradict throughout."""
    by_book: dict[str, list[Statement]] = {}
    for statement in group:
        if statement.nature.book:
            by_book.setdefault(statement.nature.book, []).append(statement)
    homeless = []
    for statement in group:
        if not statement.nature.book:
            home = next((book for book in by_book if _may_be_same(statement, by_book[book])), None)
            (by_book[home] if home else homeless).append(statement)
    parts = [*by_book.items(), *([("", homeless)] if homeless else [])]
    return [Line(_fullest_first(statements), book) for book, statements in parts]


def _may_be_same(statement: Statement, others: list[Statement]) -> bool:
    shared = [statement.amount(role) == other.amount(role) for other in others for role in statement.roles if role in other.roles]
    return not shared or any(shared)


def _fullest_first(statements: list[Statement]) -> list[Statement]:
    ordered = sorted(statements, key=lambda statement: statement.start)
    fullest = max(ordered, key=lambda statement: (len(statement.roles), statement.named))
    return [fullest, *(statement for statement in ordered if statement is not fullest)]


def _settle_books(lines: list[Line]) -> None:
    """Projects and their total stand in one book when either knows it; whatever else does not know its book stands in all."""
    for level, other in (("project", "project_total"), ("project_total", "project")):
        books = {line.book for line in lines if line.nature.level == other and line.book}
        for line in lines:
            if line.nature.level == level and not line.book and len(books) == 1:
                line.book = next(iter(books))
    for line in lines:
        line.book = line.book or "all"


def _link(lines: list[Line]) -> None:
    """Link every part to its whole: as the text lists it, else as levels and books stand to one another."""
    owner = {id(statement): line for line in lines for statement in line.statements}
    for line in lines:
        listed = (owner.get(id(statement.parent)) for statement in line.statements if statement.parent is not None)
        whole = next((found for found in listed if found is not None and found is not line), None)
        line.parent = whole or _structural_whole(line, lines)


def _structural_whole(line: Line, lines: list[Line]) -> Line | None:
    level, nature = line.nature.level, line.nature
    if level == "total" or line.book == "assets":
        return None
    if is_whole(nature):
        return (_whole(lines, line.book, "item", "fund") if level in {"basic", "project_total"} else None) or _only(lines, "total")
    if level == "basic_part":
        return _whole(lines, line.book, "basic") or _only(lines, "basic")
    if level == "project":
        return _whole(lines, line.book, "project_total") or _only(lines, "project_total")
    if pattern("parts", "parts").search(nature.item):
        return next((other for other in lines if load("budget")["parts"]["whole"] in other.nature.item), None)
    return _whole(lines, line.book, "fund")


def _whole(lines: list[Line], book: str, *levels: str) -> Line | None:
    return next((line for line in lines if line.book == book and is_whole(line.nature) and line.nature.level in levels), None)


def _only(lines: list[Line], level: str) -> Line | None:
    found = [line for line in lines if is_whole(line.nature) and line.nature.level == level]
    return found[0] if len(found) == 1 else None


def figure_columns(line: Line) -> dict[str, object]:
    """The four amounts and, for each, the ids of the figures that state it."""
    amounts: dict[str, object] = {role: line.amount(role) for role in ROLES}
    return amounts | {f"{role}_figure": " ".join(line.figures(role)) for role in ROLES}


def first_money(statement: Statement) -> Money:
    """The first sum a statement gives."""
    return min((money for held in statement.roles.values() for money in held), key=lambda money: money.start)
