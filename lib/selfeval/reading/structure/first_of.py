"""What the first few of a list come to: 前两项合计950万元, behind a sentence or a line that lists them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from selfeval.knowledge import load
from selfeval.reading.enumeration import value_of
from selfeval.reading.statements import DERIVED, PLANS, Statement, kind_of_things

from .edge import FIRST_OF, SUM, Edge

# So many figures before a total its list may begin.
_REACH = 24
# Of two or three things their own sentence tells.
_FEWEST_COUNTED = 4
_SPENT = re.compile("^(?!.*预算).*(?:支出|执行|决算)")


def over_first_of(statements: Sequence[Statement]) -> Iterator[Edge]:
    """The sum of the first figures of the list in front of a total that says how many of them it is of."""
    for place, total in enumerate(statements):
        named = _first_of().search(f"{total.ahead}{total.words}") if total.sentence >= 0 and total.aspect not in DERIVED else None
        listed = _list_before(statements, place) if named else []
        if named and len(listed) > (number := value_of(named["number"].replace("两", "二"))) > 1:
            yield Edge(SUM, place, tuple(listed[:number]), FIRST_OF)


def over_all_counted(statements: Sequence[Statement]) -> Iterator[Edge]:
    """The sum of what its chapter has told of each of so many things: 以上七项预算合计5061.90万元."""
    for place, total in enumerate(statements):
        plain = total.sentence >= 0 and total.figure.kind == "money" and total.aspect not in DERIVED
        if not plain or (number := _number_of(total, statements[place - 1] if place else None)) < _FEWEST_COUNTED:
            continue
        told = ("actual",) if _SPENT.search(total.words) else (total.aspect,)
        stages = PLANS if total.aspect in PLANS and told == (total.aspect,) else told
        lists = (_lines_before(statements, place, stage, beside=beside) for beside in (False, True) for stage in stages)
        lines = next((lines for lines in lists if len(lines) == number), None)
        if lines:
            yield Edge(SUM, place, tuple(lines), FIRST_OF)


def _number_of(total: Statement, before: Statement | None) -> int:
    """How many things a total says that it is of, itself or by the number right in front of it; 0 where it does not say so."""
    named = _of_all().search(f"{total.ahead}{total.words}")
    if named:
        return value_of(named["number"].replace("两", "二"))
    counted = before is not None and before.sentence == total.sentence and before.figure.kind == "count" and not total.mark
    return int(before.amount) if counted and _total_of_counted().search(total.words) else 0


def _lines_before(statements: Sequence[Statement], place: int, stage: str, *, beside: bool) -> list[int]:
    """The first amount at a stage of the budget of each line told before a total in its section, or in those `beside` it as well; lines
    that are over others aside."""
    total, found = statements[place], {}
    for other, said in enumerate(statements[:place]):
        own = said.section == total.section or (beside and said.section[:-1] == total.section[:-1] != ())
        like = said.aspect == stage and said.unit == total.unit and said.period == total.period and said.sentence >= 0
        if own and like and said.subject:
            found.setdefault(said.subject, other)
    wholes = {subject[:-1] for subject in found}
    return [other for subject, other in found.items() if subject not in wholes]


def counts_its_parts(total: Statement, number: int, before: Statement | None = None) -> bool:
    """Whether a total says of how many it is, and these are so many: 三项合计1829场; or the figure `before` it does: 7个项目共1100万元."""
    counted = before is not None and before.sentence == total.sentence and before.figure.kind == "count" and not total.mark
    return _number_of(total, before) == number or (counted and before.amount == number and total.figure.kind == "money")


def _list_before(statements: Sequence[Statement], place: int) -> list[int]:
    """The last figures like the total that stand in a row in one sentence before it, without the one that is the sum of the others."""
    total = statements[place]
    like = [
        other
        for other in range(max(0, place - _REACH), place)
        if statements[other].aspect not in DERIVED and kind_of_things(statements[other]) == kind_of_things(total)
    ]
    if not like:
        return []
    first, *others = [other for other in like if statements[other].sentence == statements[like[-1]].sentence]
    summed = statements[first].amount == sum(statements[other].amount for other in others)
    return others if summed else [first, *others]


@cache
def _total_of_counted() -> re.Pattern[str]:
    return re.compile(load("relations")["counted"]["total"])


@cache
def _of_all() -> re.Pattern[str]:
    return re.compile(load("relations")["first_of"]["of_all"])


@cache
def _first_of() -> re.Pattern[str]:
    return re.compile(load("relations")["first_of"]["words"])
