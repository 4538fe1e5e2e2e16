"""From one date to another, and how long that is said to be."""

from __future__ import annotations

import re
from calendar import isleap, monthrange
from collections.abc import Iterator, Sequence

from selfeval.reading.figures import Figure
from selfeval.reading.statements import Statement

_DAY = re.compile(r"(?:(?P<year>[12]\d{3})年)?(?P<month>\d{1,2})月(?:(?P<day>\d{1,2})[日号])?")
_BETWEEN = re.compile("(?:起|始|开幕|启动|开始)?[，,、]?(?:至|到|[-—－~～]+)?(?:次年)?")
_BEFORE = re.compile("(?:止|末|底|闭幕|结束|举办|开展|举行)?[，,]?(?:总?共计?|历时|为期|持续|前后|合计|连续|累计|总计|长达){0,2}")
# Of dates without a year any could be meant: a common one and a leap year, each with the next behind it.
_ANY_YEARS = (2, 3, 4)
_REACH = 12


def lasting(text: str, figures: Sequence[Figure], statements: Sequence[Statement]) -> Iterator[tuple[int, frozenset[int]]]:
    """The place of every statement of months or days right behind two dates, and what those may come to, both ends counted or one."""
    for place, statement in enumerate(statements):
        if statement.figure.unit not in ("个月", "天", "日"):
            continue
        dates = _before(text, figures, statement) or _behind(text, figures, statement)
        possible = (_months if statement.figure.unit == "个月" else _days)(*dates) if dates else None
        if possible:
            yield place, possible


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
    if begin["year"]:
        years: Sequence[int] = [int(begin["year"])]
    else:
        years = [int(end["year"]) - _years(begin, end)] if end["year"] else _ANY_YEARS
    spans = [_span(begin, end, year) for year in years]
    return frozenset(days + extra for days in spans if days is not None for extra in (0, 1))


def _span(begin: re.Match[str], end: re.Match[str], year: int) -> int | None:
    """The days from one date to the other where the first lies in `year`; None for a day its month does not have."""
    last = year + _years(begin, end)
    first, end_day = _day_of_year(begin, year), _day_of_year(end, last)
    if first is None or end_day is None:
        return None
    return end_day - first + sum(365 + isleap(passed) for passed in range(year, last))


def _day_of_year(day: re.Match[str], year: int) -> int | None:
    month, number = _month(day), int(day["day"] or 1)
    if not 1 <= month <= 12 or not 1 <= number <= monthrange(year, month)[1]:
        return None
    return sum(monthrange(year, before)[1] for before in range(1, month)) + number


def _years(begin: re.Match[str], end: re.Match[str]) -> int:
    if begin["year"] and end["year"]:
        return int(end["year"]) - int(begin["year"])
    return int(_month(end) < _month(begin))


def _month(day: re.Match[str]) -> int:
    return int(day["month"])
