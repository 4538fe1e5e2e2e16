"""What the first few of a list come to: 前两项合计950万元, behind a sentence or a line that lists them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from selfeval.knowledge import load, pattern
from selfeval.reading.enumeration import value_of
from selfeval.reading.statements import DERIVED, PLANS, Statement, kind_of_things

from .edge import FIRST_OF, SUM, Edge

# So many figures before a total its list may begin.
_REACH = 24
# Of two or three things their own sentence tells; and nobody counts so many.
_FEWEST_COUNTED, _MOST_COUNTED = 4, 40
# A chapter that tells of more is no list of lines.
_LONGEST_CHAPTER = 80


def over_first_of(statements: Sequence[Statement]) -> Iterator[Edge]:
    """The sum of the first figures of the list in front of a total that says how many of them it is of, or of how many years."""
    for place, total in enumerate(statements):
        if total.sentence < 0 or total.aspect in DERIVED:
            continue
        said = f"{total.ahead}{total.words}"
        named, years = pattern("relations", "first_of", "words").search(said), pattern("relations", "first_of", "years").search(said)
        if not (named or years):
            continue
        listed, number = _list_before(statements, place), value_of((named or years)["number"].replace("两", "二"))
        if number > 1 and (len(listed) > number if named else len(listed) == number):
            yield Edge(SUM, place, tuple(listed[:number]), FIRST_OF)


def over_all_counted(statements: Sequence[Statement]) -> Iterator[Edge]:
    """The sum of what its chapter has told of each of so many things: 以上七项预算合计5061.90万元."""
    chapters: dict[tuple[object, ...], dict[tuple[str, ...], int]] = defaultdict(dict)
    counted, of_sentence = 0, -1
    for place, total in enumerate(statements):
        if total.sentence < 0:
            continue
        plain = total.figure.kind == "money" and total.aspect not in DERIVED
        number = _number_of(total, statements[place - 1] if place else None) if plain else 0
        if not number and plain and total.sentence == of_sentence and pattern("relations", "counted", "on").match(total.words):
            number = counted  # 以上七项预算合计506万元，支出合计489万元
        counted, of_sentence = (number, total.sentence) if number else (counted, of_sentence)
        if _FEWEST_COUNTED <= number <= _MOST_COUNTED:
            told = ("actual",) if re.search(load("relations")["counted"]["spent"], total.words) else (total.aspect,)
            stages = PLANS if total.aspect in PLANS and told == (total.aspect,) else told
            lists = (_lines(chapters[key]) for own in _chapters(total) for key in (_as_told(total, own, stage) for stage in stages))
            if lines := next((lines for lines in lists if len(lines) == number), None):
                yield Edge(SUM, place, tuple(lines), FIRST_OF)
        if total.subject:
            for own in _chapters(total):
                told_of = chapters[_as_told(total, own, total.aspect)]
                if len(told_of) <= _LONGEST_CHAPTER:
                    told_of.setdefault(total.subject, place)


def _chapters(statement: Statement) -> list[tuple[str, ...]]:
    """The section of a statement, and what that is a part of with all beside it."""
    return [statement.section, *([("", *statement.section[:-1])] if len(statement.section) > 1 else [])]


def _as_told(statement: Statement, chapter: tuple[str, ...], stage: str) -> tuple[object, ...]:
    # 安全生产月宣传一项 is a line of the year as well.
    return chapter, stage, statement.unit, "year" if statement.period == "part" else statement.period


def _lines(told_of: Mapping[tuple[str, ...], int]) -> list[int]:
    """The first amount of each line told so far, lines that are over others aside."""
    wholes = {subject[:-1] for subject in told_of}
    return [place for subject, place in told_of.items() if subject not in wholes]


def _number_of(total: Statement, before: Statement | None) -> int:
    """How many things a total says that it is of, itself or by the number right in front of it; 0 where it does not say so."""
    named = pattern("relations", "first_of", "of_all").search(f"{total.ahead}{total.words}")
    if named:
        return value_of(named["number"].replace("两", "二"))
    return _number_in_front(total, before) if pattern("relations", "counted", "total").search(total.words) else 0


def _number_in_front(total: Statement, before: Statement | None) -> int:
    """The number of things that stands right in front of what they come to: 7个项目共1100万元; 0 where none does."""
    counted = before is not None and before.sentence == total.sentence and before.figure.kind == "count" and not total.mark
    return int(before.amount) if counted else 0


def counts_its_parts(total: Statement, number: int, before: Statement | None = None) -> bool:
    """Whether a total says of how many it is, and these are so many: 三项合计1829场; or the figure `before` it does: 7个项目共1100万元."""
    in_front = _number_in_front(total, before) if total.figure.kind == "money" else 0
    return number in (_number_of(total, before), in_front)


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
