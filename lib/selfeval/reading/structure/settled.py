"""What came in, and how much of it is said to be dealt with: no more than there was."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import chain, pairwise, takewhile

from selfeval.knowledge import pattern
from selfeval.reading.statements import DERIVED, SETTLED, Statement, is_of_plan

from .edge import BESIDE, BOUND, SOME, SUM, Edge

# Of few things more may well have been dealt with than came in, of those left from before.
_FEWEST, _LONGEST, _REACH = 10, 5, 12
# Much more than the figure beside it is of something else.
_MOST = 2
# Two neighbouring digits changed about tell something of numbers this long.
_TELLING = 3
_ALL, _FOUND, _CAME, _UNDONE = 100, "found", frozenset({"", "filed", "found"}), frozenset({"under_way", "open"})
_IN_ALL = re.compile("累计|实际")
_NOW = frozenset({"year", "part"})


def more_than_came_in(statements: Sequence[Statement]) -> Iterator[Edge]:
    """受理1284件，化解1302件: the next figure of its sentence tells what became of what came in, and more than that."""
    plain = [(place, each) for place, each in enumerate(statements) if each.sentence >= 0 and each.aspect not in DERIVED]
    for (came, whole), (done, part) in pairwise(plain):
        alike = whole.sentence == part.sentence and whole.unit == part.unit and whole.figure.kind == part.figure.kind == "count"
        own = {whole.aspect, part.aspect} == {"actual"} and {whole.period, part.period} <= _NOW
        if alike and own and _MOST * whole.amount >= part.amount > whole.amount >= _FEWEST:
            words = _bound_by(statements, came, done)
            yield from [Edge(BOUND, came, (done,), words)] if words else ()


def over_outcomes(statements: Sequence[Statement]) -> Iterator[Edge]:
    """受理46件，办结43件，转入下年3件: what was done with what came in, and what goes on, are all that came in."""
    goes_on = pattern("relations", "settled", "goes_on")
    plain = [place for place, each in enumerate(statements) if each.sentence >= 0 and each.aspect not in DERIVED]
    for number, last in enumerate(plain):
        left = statements[last]
        if left.figure.kind != "count" or not goes_on.match(left.words):
            continue
        parts, wholes = [last], {left.part_of}
        for place in reversed(plain[max(0, number - _LONGEST) : number]):
            part = statements[place]
            # 排查186处，需整治97处，已整治52处，还有45处未整治: what some of it became is the whole of these.
            if part.unit != left.unit or part.index in wholes or not _is_outcome(part, goes_on):
                break
            parts.insert(0, place)
            wholes.add(part.part_of)
        if len(parts) > 1 and not _is_followed(statements, plain[number : number + 2]):
            whole = _whole_of(statements, plain[max(0, number - _REACH) : number - len(parts) + 1], parts)
            yield from [Edge(SUM, whole, tuple(parts), "outcome")] if whole is not None else ()


def _is_followed(statements: Sequence[Statement], places: Sequence[int]) -> bool:
    """Whether what goes on may go on with more outcomes: 办结90件，正在办理8件，不予受理2件."""
    last, *behind = (statements[place] for place in places)
    return any((each.sentence, each.unit) == (last.sentence, last.unit) and each.mark != "；" for each in behind)


def _whole_of(statements: Sequence[Statement], ahead: Sequence[int], parts: Sequence[int]) -> int | None:
    """What outcomes are of: what they come to, else the whole of the first, or what came in right in front of it."""
    done, together = statements[parts[0]], sum(statements[place].amount for place in parts)
    like = [place for place in ahead if statements[place].unit == done.unit]
    come_to = (place for place in like if statements[place].amount == together)
    bound = (place for place in like if statements[place].index == done.part_of)
    beside = (place for place in ahead[-1:] if _has_come(statements[place], done))
    return next(chain(come_to, bound, beside), None)


def _is_outcome(part: Statement, goes_on: re.Pattern[str]) -> bool:
    """Whether a figure tells of what was done with some of a thing, or that it goes on."""
    return part.mark != "；" and bool(goes_on.match(part.words) or part.state in SETTLED | _UNDONE)


def _has_come(whole: Statement, done: Statement) -> bool:
    """Whether a figure tells what came in, in the sentence that tells what was done with it."""
    came = pattern("relations", "settled", "came").search(whole.words)
    return whole.sentence == done.sentence and whole.unit == done.unit and whole.state in _CAME and bool(came)


def _bound_by(statements: Sequence[Statement], came: int, done: int) -> str:
    """What binds more than the figure in front of it to that; '' where it may be of others, or of what was left from before as well."""
    whole, part, beside = statements[came], statements[done], statements[max(0, came - 1) : done + 2]
    left = pattern("relations", "settled", "before")
    if any(each.sentence == part.sentence and (each.period == "prior" or left.search(each.words)) for each in beside):
        return ""  # 上年转入18件，受理120件，办结131件
    if part.part_of in (None, whole.index) and (_is_some_of(whole, part) or _has_rate_of_some(statements, came, done)):
        return SOME
    is_outcome = whole.state in _CAME and _is_done(part) and not _is_done(whole)
    free = part.part_of is None and whole.part_of is None and part.mark != "；"
    words = "outcome" if is_outcome and pattern("relations", "settled", "came").search(whole.words) else BESIDE
    return words if free and (is_outcome or _are_swapped(whole, part)) else ""


def _is_some_of(whole: Statement, part: Statement) -> bool:
    """Whether one tells what came in or was found, and the other of how many of these something is true: 受理举报203件，查实236件."""
    came, done, picked = (pattern("relations", "settled", name) for name in ("came", "done", "picked"))
    if whole.state == _FOUND and part.state in SETTLED:
        return whole.mark != "、" and not done.sub("", part.words.replace(part.because.get("state", ""), ""))
    return bool(came.search(whole.words) and picked.match(part.words))


def _has_rate_of_some(statements: Sequence[Statement], came: int, place: int) -> bool:
    """Whether the rate right behind a figure, of its name, says that it is less than all, and comes out of no two figures up to there, or
    is more than all of what came: 接收42.6吨，处置48.2吨，处置率98.5%; 在管386例，规范管理395例，规范管理率102.33%."""
    part, rate = statements[place], statements[place + 1] if place + 1 < len(statements) else None
    of_it = rate is not None and rate.aspect == "rate" and rate.sentence == part.sentence and not is_of_plan(rate)
    if not of_it or rate.measure.removesuffix("率") not in part.words:
        return False
    step = Decimal(1).scaleb(rate.figure.exponent)
    if rate.amount > _ALL:
        return abs(part.amount / statements[came].amount * _ALL - rate.amount) <= step
    before = takewhile(lambda each: each.sentence == part.sentence, reversed(statements[:place]))
    like = [each.amount for each in before if each.unit == part.unit and each.amount]
    pairs = [*((part.amount, amount) for amount in like), *((amount, part.amount) for amount in like)]
    return not any(abs(one / other * _ALL - rate.amount) <= step for one, other in pairs)


def _are_swapped(whole: Statement, part: Statement) -> bool:
    """Whether two numbers differ by two neighbouring digits: 发放消费券46.80万张，核销48.60万张; others are hardly ever so alike."""
    digits = [str(each.figure.value).replace(".", "") for each in (whole, part)]
    apart = [place for place, (one, other) in enumerate(zip(*digits, strict=False)) if one != other]
    alike = len(digits[0]) == len(digits[1]) and whole.figure.exponent == part.figure.exponent
    return alike and len(digits[0]) >= _TELLING and len(apart) == 2 and sorted(digits[0]) == sorted(digits[1]) and apart[1] - apart[0] == 1


def _is_done(part: Statement) -> bool:
    """Whether a figure tells of what was done, with whatever it may be, and not of what there is or was done over years."""
    if part.state in _UNDONE or _IN_ALL.search(part.words):
        return False
    behind = not part.words and pattern("relations", "settled", "picked").match(part.behind)  # 34人，39人取得合格证
    return part.state in SETTLED or bool(behind or pattern("relations", "settled", "done").search(part.words))
