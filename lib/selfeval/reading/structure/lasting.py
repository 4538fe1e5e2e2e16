"""From one date to another, and how long that is said to be."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from selfeval.reading.figures import Figure
from selfeval.reading.statements import Statement

_DAY = re.compile(r"(?:(?P<year>\d{4})年)?(?P<month>\d{1,2})月(?:(?P<day>\d{1,2})[日号])?")
_BETWEEN = re.compile("(?:起|始|开幕|启动|开始)?[，,、]?(?:至|到|[-—－~～]+)?(?:次年)?")
_BEFORE = re.compile("(?:止|末|底|闭幕|结束|举办|开展|举行)?[，,]?(?:共|历时|为期|共计|持续|前后|合计)?")
_DAYS_OF_MONTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_REACH = 12


def lasting(text: str, figures: Sequence[Figure], statements: Sequence[Statement]) -> Iterator[tuple[int, frozenset[int]]]:
    """The place of every statement of months or days right behind two dates, and what those may come to, both ends counted or one."""
    for place, statement in enumerate(statements):
        if statement.figure.unit not in ("个月", "天", "日"):
            continue
        dates = _before(text, figures, statement) or _behind(text, figures, statement)
        if dates:
            yield place, _months(*dates) if statement.figure.unit == "个月" else _days(*dates)


_Dates = tuple[re.Match[str], re.Match[str]]


def _before(text: str, figures: Sequence[Figure], statement: Statement) -> _Dates | None:
    """自4月1日起至9月30日止，共6个月."""
    if statement.index < 2:
        return None
    one, other = figures[statement.index - 2 : statement.index]
    near = statement.figure.start - other.end <= _REACH and _BEFORE.fullmatch(text, other.end, statement.figure.start)
    return _dates(text, one, other) if near else None


def _behind(text: str, figures: Sequence[Figure], statement: Statement) -> _Dates | None:
    """18个月（2023年1月至2024年6月）."""
    following = figures[statement.index + 1 : statement.index + 3]
    if len(following) < 2 or text[statement.figure.end : following[0].start] not in ("（", "("):
        return None
    return _dates(text, *following)


def _dates(text: str, one: Figure, other: Figure) -> _Dates | None:
    begin, end = _DAY.fullmatch(one.text), _DAY.fullmatch(other.text)
    return (begin, end) if begin and end and _BETWEEN.fullmatch(text, one.end, other.start) else None


def _months(begin: re.Match[str], end: re.Match[str]) -> frozenset[int]:
    months = _month(end) - _month(begin) + 12 * _years(begin, end)
    whole = months + 1
    if begin["day"] is None or end["day"] is None:
        return frozenset({whole}) if begin["day"] == end["day"] else frozenset({months, whole})
    full = int(begin["day"]) == 1 and int(end["day"]) >= 28
    return frozenset({whole}) if full else frozenset({months, whole})


def _days(begin: re.Match[str], end: re.Match[str]) -> frozenset[int]:
    days = _day_of_year(end) - _day_of_year(begin) + 365 * _years(begin, end)
    return frozenset({days, days + 1})


def _years(begin: re.Match[str], end: re.Match[str]) -> int:
    if begin["year"] and end["year"]:
        return int(end["year"]) - int(begin["year"])
    return int(_month(end) < _month(begin))


def _month(day: re.Match[str]) -> int:
    return int(day["month"])


def _day_of_year(day: re.Match[str]) -> int:
    return sum(_DAYS_OF_MONTHS[: _month(day) - 1]) + int(day["day"] or 1)
