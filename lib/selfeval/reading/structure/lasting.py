"""From one date to another, and how long that is said to be."""

from __future__ import annotations

import re
from calendar import isleap, monthrange
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from selfeval.reading.clauses import parts_of
from selfeval.reading.figures import Figure
from selfeval.reading.statements import Statement, says

# A day as it is printed, with its hour where that is told.
DAY = re.compile(r"(?:(?P<year>[12]\d{3})年)?(?P<month>\d{1,2})月(?:(?P<day>\d{1,2})[日号](?:(?P<hour>\d{1,2})[时点](?!\d))?)?")
_NUMBER = re.compile(r"\d")
# Of dates without a year any could be meant: a common one and a leap year, each with the next behind it.
_ANY_YEARS = (2, 3, 4)
_REACH = 12
_DAYS = frozenset({"天", "日"})
_MOST_CLAUSES, _LONGEST_CLAUSE = 2, 20
_FARTHEST = 80
# A word and a bracket may stand between a length of time and its dates.
_SHORTEST_WORD = 5

_UP_TO = re.compile("[至到—–－～~-]")
# 历时29天（不含公告当日）: one of the two ends is left out.
_BUT_FOR = re.compile("[（(，]?(?:不[含计包]|扣除|除)")
# 工期110天（首尾均计）, 历时230天（含开工当日）.
_BOTH_ENDS = re.compile("[（(](?:含|首尾)")
# 9月8日至12日: the month of the second day is that of the first.
_SECOND_DAY = re.compile(r"(?<=[至到—–－~～-])(?P<day>\d{1,2})[日号]")

Possible = frozenset[int]


class Day(NamedTuple):
    """A day of a text and where it stands; None for what is not told of it."""

    start: int
    end: int
    year: str | None
    month: str
    day: str | None
    hour: str | None


_Dates = tuple[Day, Day]


def lasting(
    text: str, figures: Sequence[Figure], statements: Sequence[Statement], year: int | None = None
) -> Iterator[tuple[int, tuple[int, int], Possible]]:
    """The place of every statement of a length of time beside two dates, where those begin, and what they may come to.

    Dates that name no year are of `year`, where that is known. Days count both ends, but for those from one hour to another, which may
    be full ones, and those between two events (3月11日开工，6月18日完工), which may count one.
    """
    for place, statement in enumerate(statements):
        if statement.figure.unit not in _MEASURES or statement.sentence < 0:
            continue
        dates = _before(text, statement) or _behind(text, figures, statement)
        dates = _of_year(dates, year) if dates and year else dates
        possible = _MEASURES[statement.figure.unit](*dates) if dates else None
        apart = dates and not _UP_TO.search(text[dates[0].end : dates[1].start]) and not _BOTH_ENDS.match(text, statement.figure.end)
        if possible and (apart or _BUT_FOR.match(text, statement.figure.end)):
            possible |= frozenset(_spans(*dates)) if statement.figure.unit in _DAYS else frozenset()
        if dates is None and (dates := _apart(text, statement)):
            possible = frozenset(_spans(*dates)) or None
        if possible:
            yield place, (dates[0].start, dates[1].start), possible


def _of_year(dates: _Dates, year: int) -> _Dates:
    """The same days, of `year` where neither names another and they do not go on into the next."""
    known = any(day.year for day in dates) or _years(*dates)
    return dates if known else (dates[0]._replace(year=str(year)), dates[1])


def _days_told(text: str, start: int, end: int) -> Iterator[Day]:
    for found in DAY.finditer(text, start, end):
        day = Day(found.start(), found.end(), *found.groups())
        yield day
        if second := _SECOND_DAY.match(text, found.end() + 1, end):
            yield Day(second.start(), second.end(), day.year, day.month, second["day"], None)


def _before(text: str, statement: Statement) -> _Dates | None:
    """自4月1日起至9月30日止，共6个月; 3月11日开工，6月18日完工，历时100天: the last two dates before it, with no other number between."""
    start = statement.figure.start
    found = [*_days_told(text, max(0, start - _FARTHEST), start)][-2:]
    if len(found) < 2 or says("goes_on", text[max(0, found[0].start - _SHORTEST_WORD) : found[0].start]):
        return None  # 2月2日至2月28日、3月1日至3月31日，共58天
    one, other = found
    between, behind = text[one.end : other.start], text[other.end : start]
    plain = len(behind) <= _REACH and says("from_date", between) and says("to_date", behind)
    return (one, other) if plain or (_is_told(between) and says("lasted", behind) and _is_told(behind)) else None


def _apart(text: str, statement: Statement) -> _Dates | None:
    """2025年1月15日完工，比合同工期2024年12月10日晚了36天: a day held against another, the earlier of the two first."""
    start = statement.figure.start
    found = [*_days_told(text, max(0, start - _FARTHEST), start)][-2:]
    if len(found) < 2 or statement.figure.unit not in _DAYS:
        return None
    one, other = found
    told = says("held_against", text[one.end : other.start]) and says("apart", text[other.end : start])
    known = told and all(day.day for day in found) and bool(one.year) == bool(other.year)
    if not known:
        return None
    days = [(int(day.year or 0), int(day.month), int(day.day)) for day in found]
    return (one, other) if days[0] <= days[1] else (other, one)


def _is_told(words: str) -> bool:
    """Whether words between dates and a length of time tell what began or ended, in no more than two short clauses without a number."""
    clauses = parts_of(words, "，、。；：")
    marks = {clause.mark for clause in clauses[:-1]}
    short = all(len(clause.words) <= _LONGEST_CLAUSE for clause in clauses)
    return len(clauses) <= _MOST_CLAUSES and marks <= {"，", "、"} and short and not _NUMBER.search(words)


def _behind(text: str, figures: Sequence[Figure], statement: Statement) -> _Dates | None:
    """18个月（2023年1月至2024年6月）, 停用62天影响（10月1日至11月30日."""
    following = figures[statement.index + 1 : statement.index + 3]
    between = text[statement.figure.end : following[0].start] if len(following) > 1 else ""
    if between[-1:] not in ("（", "(") or len(between) > _SHORTEST_WORD or parts_of(between, "，。；：、")[1:]:
        return None
    begin, end = (next(_days_told(text, figure.start, figure.end), None) for figure in following)
    return (begin, end) if begin and end and says("from_date", text[begin.end : end.start]) else None


def _whole_years(begin: Day, end: Day) -> Possible:
    """The years from one day to another, where these are whole ones and told with their years."""
    if not (begin.year and end.year):
        return frozenset()
    return frozenset(months // 12 for months in _months(begin, end) if months and months % 12 == 0)


def _hours(begin: Day, end: Day) -> Possible:
    """The hours from one hour to another, where both are told."""
    if begin.hour is None or end.hour is None:
        return frozenset()
    rest = int(end.hour) - int(begin.hour)
    return frozenset(days * 24 + rest for days in _spans(begin, end))


def _months(begin: Day, end: Day) -> Possible:
    months = _month(end) - _month(begin) + 12 * _years(begin, end)
    whole = months + 1
    if begin.day is None or end.day is None:
        return frozenset({whole}) if begin.day == end.day else frozenset({months, whole})
    full = int(begin.day) == 1 and int(end.day) >= 28
    return frozenset({whole}) if full else frozenset({months, whole})


def _days(begin: Day, end: Day) -> Possible:
    return frozenset(days + 1 for days in _spans(begin, end)) | frozenset(full for hours in _hours(begin, end) for full in _around(hours))


def _full_days(begin: Day, end: Day) -> Possible:
    """Days and nights from one day to another: full ones where hours are told."""
    return frozenset(full for hours in _hours(begin, end) for full in _around(hours)) or frozenset(
        {*_spans(begin, end), *_days(begin, end)}
    )


def _around(hours: int) -> set[int]:
    """The full days of so many hours, and one more where some are left over."""
    return {hours // 24, -(-hours // 24)}


def _spans(begin: Day, end: Day) -> list[int]:
    """The days from one date to the other, of every year that may be meant."""
    if begin.year:
        years: Sequence[int] = [int(begin.year)]
    else:
        years = [int(end.year) - _years(begin, end)] if end.year else _ANY_YEARS
    return [days for year in years if (days := _span(begin, end, year)) is not None]


def _span(begin: Day, end: Day, year: int) -> int | None:
    """The days from one date to the other where the first lies in `year`; None for a day its month does not have."""
    last = year + _years(begin, end)
    first, end_day = _day_of_year(begin, year), _day_of_year(end, last)
    if first is None or end_day is None:
        return None
    return end_day - first + sum(365 + isleap(passed) for passed in range(year, last))


def _day_of_year(day: Day, year: int) -> int | None:
    month, number = _month(day), int(day.day or 1)
    if not 1 <= month <= 12 or not 1 <= number <= monthrange(year, month)[1]:
        return None
    return sum(monthrange(year, before)[1] for before in range(1, month)) + number


def _years(begin: Day, end: Day) -> int:
    if begin.year and end.year:
        return int(end.year) - int(begin.year)
    return int(_month(end) < _month(begin))


def _month(day: Day) -> int:
    return int(day.month)


_MEASURES = {"个月": _months, "天": _days, "日": _days, "昼夜": _full_days, "年": _whole_years, "小时": _hours}
