"""Days on which one thing came after another in a sentence, and what came about on each."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from selfeval.knowledge import load
from selfeval.reading.clauses import STOPS, words_behind
from selfeval.reading.figures import Figure

from .lasting import DAY

_FARTHEST = 24
# So many months back a day without a year is of the year after: 2030年11月开工，3月完工.
_MOST_MONTHS = 3


@dataclass(frozen=True, slots=True)
class Event:
    """What came about on a day: the `figure` that is the day, its words up to `end`, and the `step` of the work they name, from 0."""

    figure: Figure
    end: int
    words: str
    step: int
    day: tuple[int, ...]


def out_of_order(text: str, figures: Sequence[Figure]) -> Iterator[tuple[Event, Event]]:
    """Two steps of one piece of work, told one right after the other, of which the later one is said to have come first.

    2024年5月动工，2024年3月投入使用. Only what a clause says of the day alone counts: 启动二期 is of something else.
    """
    for one, other in pairwise(_events(text, figures)):
        turned = one.day[1] - other.day[1] > _MOST_MONTHS and "年" not in other.figure.text
        known = one.step >= 0 and other.step >= 0 and not turned
        beside = known and text[one.end : other.figure.start] in ("", "，", "、")
        length = min(len(one.day), len(other.day))
        first, second = one.day[:length], other.day[:length]
        if beside and first != second and one.step != other.step and (first < second) != (one.step < other.step):
            yield one, other


def _events(text: str, figures: Sequence[Figure]) -> Iterator[Event]:
    year = 0
    for figure in figures:
        found = DAY.match(text, figure.start) if figure.kind == "date" else None
        if not found:
            continue
        year = int(found["year"] or year)
        words = words_behind(text, figure.end, f"{STOPS}，、")
        end = figure.end + len(words)
        step = _step(words) if len(words) <= _FARTHEST else None
        day = (year, int(found["month"]), *([int(found["day"])] if found["day"] else []))
        yield Event(figure, end, words, -1 if step is None else step, day)


def _step(words: str) -> int | None:
    """The step of a piece of work a clause ends with; None where it names none, or goes on to what the step was of."""
    return next((number for number, pattern in enumerate(_steps()) if pattern.search(words)), None)


@cache
def _steps() -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(f"(?:{words})(?:了|完毕)?$") for words in load("relations")["steps"]["order"])
