"""Brings the statements about one line together, and links parts to wholes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from selfeval.knowledge import load

from .naming import Nature, is_whole, plain_name
from .statement import Money, Statement
from .wording import ROLES, pattern

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


_HALVES = frozenset({"basic", "project_total"})
_WHOLE_OF = {"basic_part": "basic", "project": "project_total"}
_RANK = ("total", "basic", "project_total", "fund", "basic_part", "project", "item")


def merge(statements: Iterable[Statement]) -> list[Line]:
    """Return the lines the `statements` speak of, in the reading order of their fullest statements, linked to their wholes."""
    kept = _of_the_budget([statement for statement in statements if statement.roles and not statement.outside])
    for statement in kept:
        if statement.unchanged and "initial" in statement.roles:
            statement.roles.setdefault("adjusted", list(statement.roles["initial"]))
        statement.nature = statement.nature._replace(level=_level(statement))
    groups: dict[Key, list[Statement]] = {}
    for statement in kept:
        groups.setdefault(_key(statement), []).append(statement)
    lines = [line for group in groups.values() for line in _lines_of(group)]
    lines.sort(key=lambda line: line.base.start)
    _link(lines)
    _settle_books(lines)
    return lines


def _of_the_budget(statements: list[Statement]) -> list[Statement]:
    """Those that stand in a budget section, name a line known from there, or speak of a budget in so many words; with their parts."""
    sections = load("budget")["sections"]["budget"]
    sure = {id(statement) for statement in statements if statement.kind in sections or _speaks_of_budget(statement)}
    known = {_key(statement) for statement in statements if id(statement) in sure and not is_whole(statement.nature)}
    kept, wholes = [], {_key(statement) for statement in statements if id(statement) in sure}
    for statement in statements:
        of_kept_whole = statement.parent is not None and _key(statement.parent) in wholes
        if id(statement) in sure or _key(statement) in known or of_kept_whole:
            kept.append(statement)
            wholes.add(_key(statement))
    return kept


def _level(statement: Statement) -> str:
    """A name in a section about work is a project only where its budget is spoken of at least twice."""
    level = statement.nature.level
    doubtful = level == "project" and statement.kind in load("budget")["sections"]["silent"] and statement.strong < 2
    return "item" if doubtful else level


def _speaks_of_budget(statement: Statement) -> bool:
    silent = statement.kind in load("budget")["sections"]["silent"]
    if is_whole(statement.nature):
        return statement.strong >= (2 if silent else 1)
    if statement.nature.book == "assets":
        return True
    if statement.parent is not None:
        return False
    item = statement.nature.item
    noun = pattern("sections", "nouns").search(item) and not pattern("outside", "unless_role").search(item)
    return statement.strong >= (2 if silent else 1) or bool(noun and (statement.strong or len(statement.roles) >= 2))


def _key(statement: Statement) -> Key:
    """What makes two statements speak of one line: level and book of a whole, else the name; a part of a project also needs its project."""
    nature = statement.nature
    if is_whole(nature):
        return (nature.level, nature.book if nature.level in {"item", "fund"} else "")
    whole = statement.parent
    inside = plain_name(whole.nature.item) if whole and not is_whole(whole.nature) else ""
    return (plain_name(nature.item), inside)


def _lines_of(group: list[Statement]) -> list[Line]:
    """One line a book; one that does not know its book goes with the first, a whole only where it does not contradict it."""
    homes: dict[str, _Home] = {}
    for statement in group:
        if statement.nature.book:
            homes.setdefault(statement.nature.book, _Home()).take(statement)
    homeless = _Home()
    for statement in group:
        if not statement.nature.book:
            next((home for home in homes.values() if home.suits(statement, among=len(homes))), homeless).take(statement)
    if homeless.statements:
        homes[""] = homeless
    return [Line(_fullest_first(home.statements), book) for book, home in homes.items()]


@dataclass(slots=True)
class _Home:
    """The statements of one line in one book, and the amounts they give."""

    statements: list[Statement] = field(default_factory=list)
    amounts: dict[str, set[Decimal]] = field(default_factory=dict)

    def take(self, statement: Statement) -> None:
        self.statements.append(statement)
        for role, held in statement.roles.items():
            self.amounts.setdefault(role, set()).add(held[0].amount)

    def suits(self, statement: Statement, *, among: int) -> bool:
        """Is the name the same, or do two wholes share no role or agree in one; `among` several books, in every one?"""
        if not is_whole(statement.nature):
            return True
        shared = [statement.amount(role) in self.amounts[role] for role in statement.roles if role in self.amounts]
        return not shared or (all(shared) if among > 1 else any(shared))


def _fullest_first(statements: list[Statement]) -> list[Statement]:
    ordered = sorted(statements, key=lambda statement: statement.start)
    fullest = max(ordered, key=lambda statement: (len(statement.roles), statement.named))
    return [fullest, *(statement for statement in ordered if statement is not fullest)]


class _Wholes:
    """The lines that are wholes, by level and book."""

    def __init__(self, lines: list[Line]) -> None:
        self._lines: dict[str, dict[str, Line]] = {}
        for line in lines:
            if is_whole(line.nature):
                self._lines.setdefault(line.nature.level, {}).setdefault(line.book, line)
        named = load("budget")["parts"]["whole"]
        self._three_public = next((line for line in lines if named in line.nature.item), None)

    def above(self, line: Line) -> Line | None:
        """The whole of `line` as levels and books stand to one another."""
        level = line.nature.level
        if level == "total" or line.book == "assets":
            return None
        if is_whole(line.nature):
            return (self._over_books(line) or self._of_book(line.book, "item", "fund") if level in _HALVES else None) or self._only("total")
        if level in _WHOLE_OF:
            return self._of_book(line.book, _WHOLE_OF[level]) or self._only(_WHOLE_OF[level])
        if pattern("parts", "parts").search(line.nature.item):
            return self._three_public
        return self._of_book(line.book, "fund")

    def _over_books(self, line: Line) -> Line | None:
        """The same half for all books together, where each of several books has one of its own and this is one of them."""
        halves = self._lines[line.nature.level]
        return halves.get("") if line.book and len(halves.keys() - {""}) > 1 else None

    def _of_book(self, book: str, *levels: str) -> Line | None:
        return next((self._lines[level][book] for level in levels if book in self._lines.get(level, {})), None)

    def _only(self, level: str) -> Line | None:
        found = list(self._lines.get(level, {}).values())
        return found[0] if len(found) == 1 else None


def _link(lines: list[Line]) -> None:
    """Link every part to its whole: as the text lists it, else as levels and books stand to one another."""
    owner = {id(statement): line for line in lines for statement in line.statements}
    wholes = _Wholes(lines)
    for line in lines:
        listed = (owner.get(id(statement.parent)) for statement in line.statements if not is_whole(statement.nature))
        found = next((whole for whole in listed if whole is not None and not _stands_over(line, whole)), None)
        line.parent = found or wholes.above(line)


def _stands_over(line: Line, other: Line) -> bool:
    """Is `line` the `other` itself or one of the wholes it is already a part of?"""
    above: Line | None = other
    while above is not None and above is not line:
        above = above.parent
    return above is line


def _settle_books(lines: list[Line]) -> None:
    """A line that does not know its book stands in that of its whole, the project total in the one its projects share; else in all."""
    for line in lines:
        if line.nature.level == "project_total" and not line.book:
            books = {part.book for part in lines if part.parent is line and part.book}
            line.book = next(iter(books)) if len(books) == 1 else ""
    for line in lines:
        line.book = line.book or _book_above(line) or "all"


def _book_above(line: Line) -> str:
    above = line.parent
    while above is not None and not above.book:
        above = above.parent
    return above.book if above is not None and above.nature.level != "total" else ""


def figure_columns(line: Line) -> dict[str, object]:
    """The four amounts and, for each, the ids of the figures that state it."""
    amounts: dict[str, object] = {role: line.amount(role) for role in ROLES}
    return amounts | {f"{role}_figure": " ".join(line.figures(role)) for role in ROLES}


def first_money(statement: Statement) -> Money:
    """The first sum a statement gives."""
    return min((money for held in statement.roles.values() for money in held), key=lambda money: money.start)
