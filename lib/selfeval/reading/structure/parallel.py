"""Rates told one for each of the figures before them: 甲640万元、乙320万元，占比依次为66.7%、33.3%; 起数和人数分别下降10%和20%."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from selfeval.reading.statements import DERIVED, Statement, kind_of_things

from .edge import CHANGE_RATE, PARALLEL, QUOTIENT, Edge

_RESPECTIVELY = re.compile("分别|依次|各")
_JOINED = frozenset({"、", ""})
_FEWEST, _REACH = 2, 16


def in_parallel(statements: Sequence[Statement]) -> Iterator[Edge]:
    """The edges of rates in a row that a word gives, each in its turn, to as many figures before them."""
    for start, first in enumerate(statements):
        if first.sentence >= 0 and first.aspect in ("share", "change_rate") and _RESPECTIVELY.search(f"{first.ahead}{first.words}"):
            claims = _row(statements, start)
            if len(claims) >= _FEWEST:
                yield from (_shares if first.aspect == "share" else _changes)(statements, claims)


def _row(statements: Sequence[Statement], start: int) -> list[int]:
    """The places of the rates that go on from the first, joined by 、 or 和."""
    first, row = statements[start], [start]
    for place in range(start + 1, min(start + _REACH, len(statements))):
        other = statements[place]
        if other.sentence != first.sentence or other.figure.kind != first.figure.kind or other.mark not in _JOINED:
            break
        row.append(place)
    return row


def _shares(statements: Sequence[Statement], claims: Sequence[int]) -> Iterator[Edge]:
    """Shares of what as many figures in a row make up: of the whole they are parts of, or that stands in front of them."""
    ahead = _plain(statements, claims[0])[-len(claims) - 1 :]
    if len(ahead) <= len(claims):
        return
    whole, *parts = ahead
    of_one_kind = len({kind_of_things(statements[place]) for place in ahead}) == 1
    larger = all(statements[whole].amount > statements[part].amount for part in parts)
    if of_one_kind and larger and parts[-1] == claims[0] - 1:
        yield from (Edge(QUOTIENT, claim, (part, whole), PARALLEL) for claim, part in zip(claims, parts, strict=True))


def _changes(statements: Sequence[Statement], claims: Sequence[int]) -> Iterator[Edge]:
    """Changes since the year before of things counted in different units, whose earlier figures stand right in front."""
    ahead = _plain(statements, claims[0])
    earlier = ahead[-len(claims) :]
    if len(earlier) < len(claims) or any(statements[place].period != "prior" for place in earlier):
        return
    for claim, before in zip(claims, earlier, strict=True):
        alike = [place for place in ahead if place < earlier[0] and statements[place].unit == statements[before].unit]
        now = next((place for place in alike if statements[place].period != "prior" and statements[place].part_of is None), None)
        if now is not None:
            yield Edge(CHANGE_RATE, claim, (now, before), PARALLEL)


def _plain(statements: Sequence[Statement], place: int) -> list[int]:
    """The places of the figures of its sentence in front of one that come out of no others."""
    near = range(max(0, place - _REACH), place)
    sentence = statements[place].sentence
    return [other for other in near if statements[other].sentence == sentence and statements[other].aspect not in DERIVED]
