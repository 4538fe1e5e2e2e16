"""Lines of what was taken in: the income of the year as a whole, and where it came from."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import accumulate

from selfeval.reading.statements import BY_NAME, PartList, Statement

from .mention import Line, Mention, Money
from .naming import Nature, clean_name, is_generic
from .wording import ROLES, Role, flatten, pattern, role_tail
from .words import read_words

INCOME = "income"
_OUTLAY = "支出"
# Aspects of what was or is to be taken in, and the role each gives.
_ROLE_OF = {"planned": "initial", "arrived": "actual"} | {role: role for role in ROLES}
_LONGEST_LIST = 12
_BRACKET = re.compile("（[^（）]*）")


def income_lines(statements: Sequence[Statement], lists: Sequence[PartList], moneys: Mapping[int, Money]) -> list[Line]:
    """The lines of income among `statements`: the income of the year and its parts, those of a list or such as make it up right behind it.

    `moneys` are the sums of the document by the index of their figure.
    """
    own = [each for each in statements if each.index in moneys and moneys[each.index].usable and each.period == "year"]
    listed = {each.whole: each.parts for each in lists if each.bound != BY_NAME}
    by_index, lines = {each.index: each for each in own}, {}
    over, before = None, None
    for place, whole in enumerate(own):
        if called := _called(whole):
            over = _enter(lines, called, whole, moneys[whole.index])
        elif over is None or not _goes_on(before, whole):
            over = None
            continue
        else:
            _add(over, whole, moneys[whole.index])
        before = whole
        parts = [by_index[part] for part in listed.get(whole.index, ()) if part in by_index]
        parts = [part for part in parts if part.sentence <= whole.sentence + 1]
        for part in _making_up(whole, own[place + 1 : place + 1 + _LONGEST_LIST]) or parts:
            if part.aspect != "carried_over" and _OUTLAY not in part.words and (name := _name_of(part)):
                _enter(lines, name, part, moneys[part.index], over, _ROLE_OF[whole.aspect])
    return [*lines.values()]


def _called(statement: Statement) -> str:
    """What its own words call the income of the body; '' where they name one source or fund alone, or what was spent."""
    words = flatten(statement.words)
    found = pattern("income", "words").search(words)
    of_another = pattern("income", "source").search(words) or _OUTLAY in words or statement.aspect not in _ROLE_OF
    if not found or of_another or not _is_of_body(statement):
        return ""
    which = _BRACKET.sub("", words[found.end() :])
    tail = role_tail(which)
    only_told = is_generic(which) or (tail is not None and tail.start == 0)
    return found[0] if only_told and is_generic(clean_name(words[: found.start()])) else ""


def _is_of_body(statement: Statement) -> bool:
    """Whether its subject names no other owner: 职工医保基金。全年收入90万元."""
    owner = flatten(statement.subject[-1]) if statement.subject else ""
    return "收" in owner or is_generic(clean_name(owner))


def _goes_on(before: Statement, statement: Statement) -> bool:
    """Whether a sum only tells another number of what stands right before it: 收入年初预算90万元，决算95万元."""
    tail = role_tail(flatten(statement.words))
    same = before.sentence == statement.sentence >= 0 and before.subject == statement.subject
    return same and tail is not None and tail.start == 0 and _OUTLAY not in statement.words and statement.aspect in _ROLE_OF


def _name_of(statement: Statement) -> str:
    printed = (statement.words.removeprefix(statement.opens), *statement.subject[-1:])
    own, subject, *_ = (*(pattern("income", "leading", before="^").sub("", flatten(each).strip("：，、")) for each in printed), "")
    # 财政拨款 names nothing elsewhere, and is a source here.
    return _called(statement) or read_words(own).name or clean_name(subject) or own or subject


def _making_up(whole: Statement, behind: Sequence[Statement]) -> list[Statement]:
    """The sums right behind that come to the whole: 收入90万元，来自拨款80万元、其他10万元."""
    for number, together in enumerate(accumulate(each.amount for each in behind), start=1):
        if together >= whole.amount:
            return [*behind[:number]] if together == whole.amount and number > 1 else []
    return []


def _enter(lines: dict[str, Line], name: str, statement: Statement, money: Money, over: Line | None = None, role: str = "") -> Line:
    """The line of `name` under `over`, with what a statement says of it, as `role` where its whole gives it."""
    if name not in lines:
        mention = Mention(Nature("item", INCOME, name, generic=False), "budget", statement.figure.start, statement.figure.end)
        lines[name] = Line([mention], INCOME, over)
    _add(lines[name], statement, money, role)
    return lines[name]


def _add(line: Line, statement: Statement, money: Money, role: str = "") -> None:
    told = Role(role or _ROLE_OF[statement.aspect], strong=False)
    if line.base.takes(told, money):
        line.base.add(told, money)
