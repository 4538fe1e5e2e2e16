"""What a list says of every item in several columns (甲绩效目标30万元，实际支出29万元；乙…): where one column comes out, it lists all there
is, and the others must come out as well."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from selfeval.reading.statements import PartList, Statement

from .edge import COLUMN, SUM, Edge

_FEWEST_ITEMS = 3
_STAGES = ("planned", "initial", "adjusted", "arrived", "actual")


def over_columns(statements: Sequence[Statement], lists: Sequence[PartList]) -> Iterator[Edge]:
    """The sum over every further column of the lists of money that come out in one."""
    places = {statement.index: place for place, statement in enumerate(statements)}
    for each in lists:
        whole, parts = places.get(each.whole), [places[part] for part in each.parts if part in places]
        if whole is None or len(parts) < _FEWEST_ITEMS or not _comes_out(statements, whole, parts):
            continue
        for stage in _STAGES:
            if stage != statements[whole].aspect:
                further = [_beside(statements, place, stage) for place in (whole, *parts)]
                if None not in further and len(set(further)) == len(further):
                    yield Edge(SUM, further[0], tuple(further[1:]), COLUMN)


def _comes_out(statements: Sequence[Statement], whole: int, parts: Sequence[int]) -> bool:
    said = statements[whole]
    return said.figure.kind == "money" and sum(statements[part].amount for part in parts) == said.amount


def _beside(statements: Sequence[Statement], place: int, stage: str) -> int | None:
    """What is said of the same owner at another stage right before or behind."""
    said = statements[place]

    def fits(other: int) -> bool:
        if not 0 <= other < len(statements):
            return False
        beside = statements[other]
        like = beside.figure.kind == "money" and beside.aspect == stage and beside.period == said.period
        return like and beside.subject == said.subject and beside.sentence == said.sentence

    return next((other for other in (place + 1, place - 1) if fits(other)), None)
