"""Where the figures lie that a claim may name: before it, in its sentence, anywhere near."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from selfeval.quantity import conversion
from selfeval.reading.clauses import only_joins
from selfeval.reading.statements import Statement, says, units_of

REACH, FARTHEST = 16, 500
AVERAGED = frozenset({"actual", "planned", "adjusted", "average"})


class Near:
    """Statements in reading order, asked for what stands near one of them; all by their places."""

    def __init__(self, statements: Sequence[Statement]) -> None:
        self.said = statements
        self.place = {statement.index: place for place, statement in enumerate(statements)}

    def before(self, place: int, fits: Callable[[Statement], bool], *, reach: int = REACH) -> int | None:
        """The nearest figure before that fits, in the same sentence first."""
        for other in range(place - 1, max(-1, place - 1 - reach), -1):
            if fits(self.said[other]):
                return other
        return None

    def anywhere(self, place: int, fits: Callable[[Statement], bool]) -> int | None:
        """The nearest figure before that fits, or, where there is none, the nearest behind; none that lies so far off that in a text
        without end all would be looked through for each."""
        before = self.before(place, fits, reach=FARTHEST)
        behind = (other for other in range(place + 1, min(len(self.said), place + 1 + FARTHEST)) if fits(self.said[other]))
        return next(behind, None) if before is None else before

    def in_sentence(self, place: int) -> range:
        """The places of all figures of its sentence."""
        sentence = self.said[place].sentence
        first, last = place, place
        while first and self.said[first - 1].sentence == sentence:
            first -= 1
        while last + 1 < len(self.said) and self.said[last + 1].sentence == sentence:
            last += 1
        return range(first, last + 1)

    def listed_whole(self, place: int) -> int:
        """新建216条，城区88条、乡镇128条: what a list is of, for the last of its parts; anything else as it is."""
        last, before = self.said[place], self.said[place - 1] if place else None
        listed = before is not None and last.part_of is not None and before.part_of == last.part_of and last.mark in ("", "、")
        return self.place.get(last.part_of, place) if listed and before.sentence == last.sentence else place

    def is_in_turn(self, place: int) -> bool:
        """Whether a rate is one of several told in turn that no names are listed for: 事故4起、死亡5人，…分别下降20.0%和37.5%."""
        back = (self.said[other] for other in range(place, max(-1, place - REACH), -1))
        first = next((each for each in back if each.words and not only_joins(each.words)), self.said[place])
        in_row = first.figure.kind == "percent" and first.sentence == self.said[place].sentence
        return in_row and says("in_turn", first.words) and not first.listed

    def is_of_now(self, other: int) -> bool:
        """Whether a figure is of this year or some of it, and comes out of no others but as an average."""
        return self.said[other].aspect in AVERAGED and self.said[other].period in ("year", "part")


def is_like(one: str, other: str) -> bool:
    """Whether two units measure the same (吨, 公斤), people also each time they come: 1628人次，场均17人."""
    return conversion(one, other) is not None or {one.removesuffix("次"), other.removesuffix("次")} <= units_of("people")
