"""Brings the mentions about one line together, and links parts to wholes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from selfeval.knowledge import load

from .division import settle_projects, settle_wholes
from .mention import LEVELS, Line, Mention, Money
from .naming import is_whole, names_level, plain_name
from .wording import ROLES, pattern

Key = tuple[object, ...]


_HALVES = frozenset({"basic", "project_total"})
_GENERAL = "general_public"
_STAGES = ("initial", "adjusted")
_WHOLE_OF = {"basic_part": "basic", "project": "project_total"}


def merge(mentions: Iterable[Mention]) -> list[Line]:
    """Return the lines the `mentions` speak of, in the reading order of their fullest mentions, linked to their wholes."""
    told = [mention for mention in mentions if mention.roles and not mention.outside]
    for mention in told:
        if mention.unchanged and "initial" in mention.roles:
            mention.roles.setdefault("adjusted", list(mention.roles["initial"]))
    kept = settle_wholes(_of_the_budget(told))
    for mention in kept:
        mention.nature = mention.nature._replace(level=_level(mention))
    groups: dict[Key, list[Mention]] = {}
    for mention in kept:
        groups.setdefault(_key(mention), []).append(mention)
    lines = [line for group in groups.values() for line in _lines_of(group)]
    lines.sort(key=lambda line: line.base.start)
    _link(lines)
    settle_projects(lines)
    _settle_stages(lines)
    _settle_books(lines)
    _settle_total(lines)
    return lines


def _of_the_budget(mentions: list[Mention]) -> list[Mention]:
    """Those that stand in a budget section, name a line known from there, or speak of a budget in so many words; with their parts."""
    sections = load("budget")["sections"]["budget"]
    sure = {id(mention) for mention in mentions if mention.kind in sections or _speaks_of_budget(mention)}
    known = {_key(mention) for mention in mentions if id(mention) in sure and not is_whole(mention.nature)}
    kept, wholes = [], {_key(mention) for mention in mentions if id(mention) in sure}
    for mention in mentions:
        of_kept_whole = mention.parent is not None and _key(mention.parent) in wholes
        if id(mention) in sure or _key(mention) in known or of_kept_whole:
            kept.append(mention)
            wholes.add(_key(mention))
    return kept


def _level(mention: Mention) -> str:
    """A name in a section about work is a project only where its budget is spoken of at least twice."""
    level = mention.nature.level
    doubtful = level == "project" and mention.kind in load("budget")["sections"]["silent"] and mention.strong < 2
    return "item" if doubtful else level


def _speaks_of_budget(mention: Mention) -> bool:
    silent = mention.kind in load("budget")["sections"]["silent"]
    if is_whole(mention.nature):
        called = not silent and mention.named and mention.nature.level != "total"
        return called or mention.strong >= (2 if silent else 1)
    if mention.nature.book == "assets":
        return True
    granted = {"target", "initial", "adjusted"} & mention.roles.keys()
    if not silent and (mention.nature.level == "basic_part" or names_level(mention.nature.item) or (granted and "actual" in mention.roles)):
        return True
    if mention.parent is not None:
        return False
    item = mention.nature.item
    noun = pattern("sections", "nouns").search(item) and not pattern("outside", "unless_role").search(item)
    return mention.strong >= (2 if silent else 1) or bool(noun and (mention.strong or len(mention.roles) >= 2))


def _key(mention: Mention) -> Key:
    """What makes two mentions speak of one line: level and book of a whole, else the name; a part of a project also needs its project."""
    nature = mention.nature
    if is_whole(nature):
        return (nature.level, nature.book if nature.level in {"item", "fund"} else "")
    whole = mention.parent
    inside = plain_name(whole.nature.item) if whole and not is_whole(whole.nature) else ""
    return (plain_name(nature.item), inside)


def _lines_of(group: list[Mention]) -> list[Line]:
    """One line a book; one that does not know its book goes with the first, a whole only where it does not contradict it."""
    homes: dict[str, _Home] = {}
    for mention in group:
        if mention.nature.book:
            homes.setdefault(mention.nature.book, _Home()).take(mention)
    homeless = _Home()
    for mention in group:
        if not mention.nature.book:
            next((home for home in homes.values() if home.suits(mention)), homeless).take(mention)
    if homeless.mentions:
        homes[""] = homeless
    return [Line(_fullest_first(home.mentions), book) for book, home in homes.items()]


@dataclass(slots=True)
class _Home:
    """The mentions of one line in one book, and the amounts they give."""

    mentions: list[Mention] = field(default_factory=list)
    amounts: dict[str, set[Decimal]] = field(default_factory=dict)

    def take(self, mention: Mention) -> None:
        self.mentions.append(mention)
        for role, held in mention.roles.items():
            self.amounts.setdefault(role, set()).add(held[0].amount)

    def suits(self, mention: Mention) -> bool:
        """Is the name the same, or do two wholes share no role or agree in one?"""
        if not is_whole(mention.nature):
            return True
        shared = [mention.amount(role) in self.amounts[role] for role in mention.roles if role in self.amounts]
        return not shared or any(shared)


def _fullest_first(mentions: list[Mention]) -> list[Mention]:
    ordered = sorted(mentions, key=lambda mention: mention.start)
    fullest = max(ordered, key=lambda mention: (len(mention.roles), mention.named or mention.source == "table"))
    return [fullest, *(mention for mention in ordered if mention is not fullest)]


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
            return (self._of_book(line.book, "item", "fund") if level in _HALVES else None) or self._only("total")
        if level in _WHOLE_OF:
            return self._of_book(line.book, _WHOLE_OF[level]) or self._only(_WHOLE_OF[level])
        if pattern("parts", "parts").search(line.nature.item):
            return self._three_public
        return self._of_book(line.book, "fund")

    def _of_book(self, book: str, *levels: str) -> Line | None:
        return next((self._lines[level][book] for level in levels if book in self._lines.get(level, {})), None)

    def _only(self, level: str) -> Line | None:
        found = list(self._lines.get(level, {}).values())
        return found[0] if len(found) == 1 else None


def _link(lines: list[Line]) -> None:
    """Link every part to its whole: as the text lists it, else as levels and books stand to one another."""
    owner = {id(mention): line for line in lines for mention in line.mentions}
    wholes = _Wholes(lines)
    for line in lines:
        listed = (owner.get(id(mention.parent)) for mention in line.mentions if not is_whole(mention.nature))
        # No line is part of itself, by whatever detour.
        over = (whole for whole in (*listed, wholes.above(line)) if whole is not None and not _stands_over(line, whole))
        line.parent = next(over, None)


def _settle_stages(lines: list[Line]) -> None:
    """A budget that is not said to be initial or adjusted is of that of its whole, which is adjusted alone or made up by them; beside
    lines that tell both it is that of both, for it stayed.
    """
    parts: dict[int, list[Line]] = {}
    for line in lines:
        parts.setdefault(id(line.parent), []).append(line)
    for line in lines:
        _settle_repeated(line)
    from_above = sorted(lines, key=lambda line: LEVELS.index(line.nature.level))
    for line in from_above if any(_tells_both(line) and is_whole(line.nature) for line in lines) else ():
        _settle_rated(line, parts.get(id(line), []))
    adjusted = {id(whole) for whole in lines if _comes_out_adjusted(whole, parts.get(id(whole), []))}
    for line in from_above:
        whole = line.parent
        if whole is not None and _stayed(line, whole, parts[id(whole)]):
            for mention in line.mentions:
                held = mention.roles.get("initial") or mention.roles.get("adjusted")
                mention.roles |= {stage: [*held] for stage in _STAGES if held and stage not in mention.roles}
            continue
        while whole is not None and whole.parent is not None and _planned(whole, "initial") is None:
            whole = whole.parent  # one that states no budget leaves that to its own whole
        if whole is None or whole.amount("adjusted") is None or (whole.amount("initial") is not None and id(whole) not in adjusted):
            continue
        for mention in line.mentions if line.amount("adjusted") is None else ():
            if (mention.bare or id(whole) in adjusted) and "initial" in mention.roles:
                mention.roles["adjusted"] = mention.roles.pop("initial")


def _settle_repeated(line: Line) -> None:
    """A budget that is not said to be initial or adjusted is the adjusted one where another place tells just that as such."""
    told = {mention.amount("adjusted") for mention in line.mentions} - {None}
    for mention in line.mentions:
        if mention.bare and "adjusted" not in mention.roles and mention.amount("initial") in told:
            mention.roles["adjusted"] = mention.roles.pop("initial")


def _settle_rated(line: Line, parts: list[Line]) -> None:
    """A budget that is not said to be initial or adjusted is the adjusted one beside the rate of its execution, or of that of all its
    `parts` (财预〔2020〕10号), in a report that knows both, where no whole of it can tell.
    """
    whole, is_fund = line.parent, line.nature.level == "fund"
    tells = whole is not None and not is_fund and _planned(whole, "initial") is not None and not _tells_both(whole)
    known = tells or line.amount("adjusted") is not None
    is_item = line.nature.level == "item" and line.book not in load("budget")["parts"]["apart"]
    rated = bool(parts) and all(mention.rated and mention.bare for part in parts for mention in part.mentions[:1])
    for mention in () if known or is_item else line.mentions:
        if mention.bare and (mention.rated or rated) and "initial" in mention.roles:
            mention.roles["adjusted"] = mention.roles.pop("initial")


def _stayed(line: Line, whole: Line, parts: list[Line]) -> bool:
    """Whether the one budget of a line is its initial and its adjusted one: others beside it tell both, and with it what the whole states
    comes out; of the other stage, where the line says which its own is.
    """
    if _tells_both(line) or not any(map(_tells_both, parts)):
        return False
    amounts = {stage: [_planned(part, stage) for part in parts] for stage in _STAGES}
    proved = [stage for stage in _STAGES if None not in amounts[stage] and sum(amounts[stage]) == whole.amount(stage)]
    is_open = any(mention.bare for mention in line.mentions)
    return bool(proved) if is_open else any(line.amount(stage) is None for stage in proved)


def _tells_both(line: Line) -> bool:
    return line.amount("initial") is not None and line.amount("adjusted") is not None


def _planned(line: Line, stage: str) -> Decimal | None:
    """What a line states as its budget of a `stage`, or the one it states at all."""
    return next((amount for each in (stage, *_STAGES) if (amount := line.amount(each)) is not None), None)


def _comes_out_adjusted(whole: Line, parts: list[Line]) -> bool:
    """Whether the budgets of the parts of a line make up its adjusted budget and not its initial one."""
    granted = [amount for line in parts if (amount := line.amount("adjusted") or line.amount("initial")) is not None]
    comes_out = bool(granted) and sum(granted) == whole.amount("adjusted")
    return comes_out and whole.amount("initial") != whole.amount("adjusted")


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


def _settle_total(lines: list[Line]) -> None:
    """The general budget is the total where none of all books is told."""
    whole = next((line for line in lines if is_whole(line.nature) and line.book == _GENERAL and line.nature.level == "item"), None)
    for mention in whole.mentions if whole is not None and all(line.nature.level != "total" for line in lines) else ():
        mention.nature = mention.nature._replace(level="total")


def _book_above(line: Line) -> str:
    above = line.parent
    while above is not None and not above.book:
        above = above.parent
    return above.book if above is not None and above.nature.level != "total" else ""


def figure_columns(line: Line) -> dict[str, object]:
    """The four amounts and, for each, the ids of the figures that state it."""
    amounts: dict[str, object] = {role: line.amount(role) for role in ROLES}
    return amounts | {f"{role}_figure": " ".join(line.figures(role)) for role in ROLES}


def first_money(mention: Mention) -> Money:
    """The first sum a mention gives."""
    return min((money for held in mention.roles.values() for money in held), key=lambda money: money.start)
