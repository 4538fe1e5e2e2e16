"""Which amounts of a budget are parts of which: by the names of the lines, wherever in the text they stand."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from functools import cache

from selfeval.knowledge import load

from .lists import LINE, PartList
from .statement import PLANS, Statement

_SUMS = frozenset({"planned", "initial", "adjusted", "actual", "arrived", "change"})
# A budget of a part that does not say of which stage it is, is of the stage its whole tells.
_MEASURES = frozenset({"支出", "预算", "绩效目标"})
_REACH = 20


def add_line_parts(statements: Sequence[Statement]) -> list[PartList]:
    """Make every amount of a budget a part of that of the line above it, where the text states one of the same stage; return the lists."""
    lists: dict[int, PartList] = {}
    amounts = [statement for statement in statements if statement.figure.kind == "money" and statement.measure in _MEASURES]
    lines = _Lines(amounts)
    stated: set[tuple[str, str, str, str]] = set()
    for statement in amounts:
        key = (_last(statement), statement.measure, statement.aspect, statement.period)
        # A line stated again is not counted again.
        if statement.part_of is not None or statement.aspect not in _SUMS or key in stated:
            continue
        stated.add(key)
        whole = lines.above(statement)
        if whole is not None:
            statement.part_of, whole.extent = whole.index, "whole"
            statement.extent = "part" if statement.extent == "single" else statement.extent
            lists.setdefault(whole.index, PartList(whole.index, [], LINE)).parts.append(statement.index)
    by_index = {amount.index: amount for amount in amounts}
    for each in lists.values():
        _keep_halves(each, by_index)
    _hand_down_stages(by_index, lists)
    return [*lists.values()]


def _keep_halves(each: PartList, by_index: Mapping[int, Statement]) -> None:
    """Where the halves of the budget make up its whole, what else stands under it (收不抵支700万元) is no further part."""
    halves = [part for part in each.parts if _named("half").search(_last(by_index[part]))]
    if len(halves) > 1 and sum(by_index[part].amount for part in halves) == by_index[each.whole].amount:
        for part in set(each.parts) - set(halves):
            by_index[part].part_of, by_index[part].extent = None, "single"
        each.parts = halves


def _hand_down_stages(by_index: Mapping[int, Statement], by_name: Mapping[int, PartList]) -> None:
    """A bare 预算 in a list whose whole is of a stage is of that stage; where only the names make it one, if it adds up."""
    open_lists = {whole for whole, each in by_name.items() if sum(by_index[part].amount for part in each.parts) != by_index[whole].amount}
    for amount in by_index.values():
        whole = by_index.get(amount.part_of) if amount.part_of is not None else None
        led = whole is not None and (whole.index not in open_lists or amount.index not in by_name[whole.index].parts)
        if led and amount.aspect == "planned" and whole.aspect in ("initial", "adjusted"):
            amount.aspect = whole.aspect


class _Lines:
    """The amounts of a budget by whose they are and what they are: an owner's name, "" for the whole body."""

    def __init__(self, amounts: Sequence[Statement]) -> None:
        self._by_key: dict[tuple[str, str, str, str], list[Statement]] = {}
        for amount in amounts:
            for owner in {_last(amount), "" if _is_whole(amount) else _last(amount)}:
                self._by_key.setdefault((owner, amount.measure, amount.period, amount.aspect), []).append(amount)

    def above(self, statement: Statement) -> Statement | None:
        """The nearest amount of the line above: of the owner it stands under; of a half of the budget that of the whole body."""
        if cuts_across(_last(statement)):
            return None
        if _named("half").search(_last(statement)):
            owner = ""
        elif len(statement.subject) > 1:
            owner = statement.subject[-2]
        else:
            return None
        for stage in PLANS if statement.aspect == "planned" else (statement.aspect,):
            like = self._by_key.get((owner, statement.measure, statement.period, stage), [])
            place = bisect_left(like, statement.index, key=lambda other: other.index)
            near = [*reversed(like[max(0, place - _REACH) : place]), *like[place : place + _REACH]]
            found = next((other for other in near if other.amount > statement.amount and other.subject != statement.subject), None)
            if found:
                return found
        return None


def _last(statement: Statement) -> str:
    return statement.subject[-1] if statement.subject else ""


def names_line(words: str) -> bool:
    """Whether words name a half of the budget or a line that cuts across it: 基本支出, “三公”经费."""
    return bool(_named("half").search(words)) or cuts_across(words)


def cuts_across(words: str) -> bool:
    """Whether words name a line that cuts across the halves: 政府采购."""
    return bool(_named("across").search(words))


def _is_whole(statement: Statement) -> bool:
    """Whether an amount is that of the whole body: of nobody, of a section that names no part, or of a book of the budget."""
    last = _last(statement)
    if names_line(last):
        return False
    return bool(_named("book").search(last) or _named("book_of_budget").search(last)) or (
        len(statement.subject) <= 1 and not _PART.search(last)
    )


_PART = re.compile("经费|补助|工资|费$|项目|基金|公用|人员|采购")


@cache
def _named(name: str) -> re.Pattern[str]:
    return re.compile("^(?:" + "|".join(load("statements")["name"][name]) + ")(?:支出|情况)?$")
