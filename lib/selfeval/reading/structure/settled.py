"""What came in, and how much of it is said to be dealt with: no more than there was."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise

from selfeval.knowledge import load
from selfeval.reading.statements import DERIVED, SETTLED, Statement

from .edge import BESIDE, BOUND, Edge

# Of few things more may well have been dealt with than came in, of those left from before.
_FEWEST = 10
# Much more than the figure beside it is of something else.
_MOST = 2
# Two neighbouring digits changed about tell something of numbers this long.
_TELLING = 3
_IN_ALL = re.compile("累计|实际")
_NOW = frozenset({"year", "part"})


def more_than_came_in(statements: Sequence[Statement]) -> Iterator[Edge]:
    """受理1284件，化解1302件: the next figure of its sentence tells what became of what came in, and more than that."""
    plain = [(place, each) for place, each in enumerate(statements) if each.sentence >= 0 and each.aspect not in DERIVED]
    for (came, whole), (done, part) in pairwise(plain):
        alike = whole.sentence == part.sentence and whole.unit == part.unit and whole.figure.kind == part.figure.kind == "count"
        own = {whole.aspect, part.aspect} == {"actual"} and {whole.period, part.period} <= _NOW and part.part_of is None
        if alike and own and _MOST * whole.amount >= part.amount > whole.amount >= _FEWEST:
            if _is_of(whole, part):
                yield Edge(BOUND, came, (done,), "outcome")
                continue
            is_outcome = not whole.state and _is_done(part) and not _is_done(whole)
            if whole.part_of is None and part.mark != "；" and (is_outcome or _are_swapped(whole, part)):
                yield Edge(BOUND, came, (done,), BESIDE)


def _are_swapped(whole: Statement, part: Statement) -> bool:
    """Whether two numbers differ by two neighbouring digits: 发放消费券46.80万张，核销48.60万张; others are hardly ever so alike."""
    digits = [str(each.figure.value).replace(".", "") for each in (whole, part)]
    apart = [place for place, (one, other) in enumerate(zip(*digits, strict=False)) if one != other]
    alike = len(digits[0]) == len(digits[1]) and whole.figure.exponent == part.figure.exponent
    return alike and len(digits[0]) >= _TELLING and len(apart) == 2 and sorted(digits[0]) == sorted(digits[1]) and apart[1] - apart[0] == 1


def _is_done(part: Statement) -> bool:
    """Whether a figure tells of what was done, with whatever it may be, and not of what there is or was done over years."""
    return not _IN_ALL.search(part.words) and (part.state in SETTLED or bool(_words()[1].search(part.words)))


def _is_of(whole: Statement, part: Statement) -> bool:
    """Whether one tells of what came in, and the other of what was done with it: with a word of its name, or without any of its own."""
    came, done = _words()
    rest = done.sub("", part.words)
    # 履约 of what was 签约, 出车 of 用车: a word of its name; 已化解 has none of its own.
    named = not rest or bool(set(part.words) & set(whole.words))
    return named and bool(came.search(whole.words) and done.search(part.words))


@cache
def _words() -> tuple[re.Pattern[str], re.Pattern[str]]:
    return tuple(re.compile(load("relations")["settled"][name]) for name in ("came", "done"))
