"""Rates told one for each of the figures before them: 甲640万元、乙320万元，占比依次为66.7%、33.3%; 起数和人数分别下降10%和20%."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from selfeval.reading.statements import DERIVED, PLANS, Statement, kind_of_things, names_plan, says

from .edge import CHANGE_RATE, PARALLEL, QUOTIENT, Edge

_JOINED = frozenset({"、", ""})
_FEWEST, _REACH = 2, 16


def in_parallel(statements: Sequence[Statement]) -> Iterator[Edge]:
    """The edges of rates in a row that a word gives, each in its turn, to as many figures before them."""
    for start, first in enumerate(statements):
        if first.sentence >= 0 and first.aspect in _BINDERS and (not start or statements[start - 1].figure.kind != "percent"):
            claims = _row(statements, start)
            if len(claims) >= _FEWEST:
                yield from _BINDERS[first.aspect](statements, claims)


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
    """Shares of a whole in front of as many figures in a row."""
    ahead = _plain(statements, claims[0])[-len(claims) - 1 :]
    if len(ahead) < len(claims) or not _is_in_turn(statements[claims[0]]):
        return
    parts, of = ahead[-len(claims) :], {statements[place].part_of for place in ahead[-len(claims) :]}
    # What they are all a part of may stand in a sentence before.
    known = _place_of(statements, parts[0], *of) if len(of) == 1 and None not in of else None
    if known is None and len(ahead) == len(claims):
        return
    whole = ahead[0] if known is None else known
    ahead = [whole, *parts]
    of_one_kind = len({kind_of_things(statements[place]) for place in ahead}) == 1
    larger = all(statements[whole].amount > statements[part].amount for part in parts)
    if of_one_kind and larger and parts[-1] == claims[0] - 1:
        yield from (Edge(QUOTIENT, claim, (part, whole), PARALLEL) for claim, part in zip(claims, parts, strict=True))


def _changes(statements: Sequence[Statement], claims: Sequence[int]) -> Iterator[Edge]:
    """Changes since the year before of things counted in different units, whose earlier figures stand right in front."""
    ahead = _plain(statements, claims[0])
    earlier = ahead[-len(claims) :]
    if (
        len(earlier) < len(claims)
        or not _is_in_turn(statements[claims[0]])
        or any(statements[place].period != "prior" for place in earlier)
    ):
        return
    for claim, before in zip(claims, earlier, strict=True):
        alike = [place for place in ahead if place < earlier[0] and statements[place].unit == statements[before].unit]
        now = next((place for place in alike if statements[place].period != "prior" and statements[place].part_of is None), None)
        if now is not None:
            yield Edge(CHANGE_RATE, claim, (now, before), PARALLEL)


def _rates(statements: Sequence[Statement], claims: Sequence[int]) -> Iterator[Edge]:
    """甲8400人、乙2600人，分别完成目标8000人、2500人的105%和104%: each of the first over its own of the second."""
    ahead = _plain(statements, claims[0])
    bases, results = ahead[-len(claims) :], ahead[-2 * len(claims) : -len(claims)]
    if len(results) == len(claims) and bases[-1] == claims[0] - 1 and _is_in_turn(statements[bases[0]]):
        # 游客640份、居民560份，满意分别为608份、521份: what came of it stands behind, unless that is what was planned.
        first = statements[bases[0]]
        planned = first.aspect in PLANS or names_plan(first)
        pairs = [*zip(results, bases, strict=True)] if planned else [*zip(bases, results, strict=True)]
        if all(statements[one].unit == statements[base].unit for one, base in pairs):
            yield from (Edge(QUOTIENT, claim, pair, PARALLEL) for claim, pair in zip(claims, pairs, strict=True))


def _place_of(statements: Sequence[Statement], place: int, index: int) -> int | None:
    """Where the statement of an index stands, not far before a place."""
    return next((other for other in range(place - 1, max(-1, place - 1 - _REACH), -1) if statements[other].index == index), None)


def _is_in_turn(statement: Statement) -> bool:
    return says("in_turn", f"{statement.ahead}{statement.words}")


def _plain(statements: Sequence[Statement], place: int) -> list[int]:
    """The places of the figures of its sentence in front of one that come out of no others."""
    near = range(max(0, place - _REACH), place)
    sentence = statements[place].sentence
    return [other for other in near if statements[other].sentence == sentence and statements[other].aspect not in DERIVED]


_BINDERS: dict[str, Callable[[Sequence[Statement], Sequence[int]], Iterator[Edge]]] = {
    "share": _shares,
    "change_rate": _changes,
    "rate": _rates,
}
