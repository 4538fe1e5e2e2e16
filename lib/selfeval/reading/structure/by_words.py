"""The witness that binds by words: which figures a claim names, whatever comes out of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import chain

from selfeval.quantity import conversion
from selfeval.reading.statements import DERIVED, Statement

from .averages import Averages
from .changes import Changes
from .edge import EQUAL, LEFT_OVER, Edge
from .near import Near
from .rates import Rates
from .shares import Shares

_IN_OTHER_UNIT = re.compile("约?合?|约?折|相当于")


def by_words(statements: Sequence[Statement]) -> Iterator[Edge]:
    """Every edge of a claim that words bind, in reading order."""
    rest, changes = _Rest(statements), Changes(statements)
    binders: dict[str, Callable[[int, Statement], Edge | None]] = {
        "rate": Rates(statements).rate,
        "share": Shares(statements).share,
        "change": changes.change,
        "change_rate": changes.change_rate,
        "average": Averages(statements).average,
        "converted": rest.converted,
        "carried_over": rest.left,
    }
    for place, statement in enumerate(statements):
        # What cells owe one another their table tells.
        bind = binders.get(statement.aspect) if statement.sentence >= 0 else None
        if bind is None and rest.is_in_other_unit(place):
            bind = rest.converted
        edge = bind(place, statement) if bind else None
        if edge:
            yield edge


class _Rest(Near):
    """Gives of what is converted, or left over, what it was."""

    def converted(self, place: int, _: Statement) -> Edge | None:
        """1,145,000元（折合114.5万元）, 2.17万亩，折合1446.67公顷: the same as the figure right before."""
        if not place or self.said[place].mark == "；":
            return None
        before = self.said[place - 1]
        # Behind a list its whole is converted, in a bracket the part it stands behind.
        of_one = place > 1 and before.part_of is not None and self.said[place - 2].part_of == before.part_of
        listed = of_one and self.said[place].mark != "（"
        of = self.place.get(before.part_of, place - 1) if listed else place - 1
        like = before.aspect not in DERIVED - {"change"} and conversion(self.said[of].unit, self.said[place].unit)
        return Edge(EQUAL, place, (of,), "折合") if like else None

    def is_in_other_unit(self, place: int) -> bool:
        """Whether a figure with no name of its own says the one right before it in another unit: 占地18.6公顷，合279亩."""
        statement, before = self.said[place], self.said[place - 1] if place else None
        beside = before is not None and before.sentence == statement.sentence and before.unit != statement.unit
        return beside and statement.sentence >= 0 and bool(_IN_OTHER_UNIT.fullmatch(statement.words)) and not statement.behind

    def left(self, place: int, statement: Statement) -> Edge | None:
        """年末结转: the adjusted budget, or what came in, less what was spent, of the same owner in the same sentence."""
        ahead = range(place - 1, self.in_sentence(place).start - 1, -1)
        near = [other for other in ahead if self.said[other].subject == statement.subject]
        spent = next((other for other in near if self.said[other].aspect == "actual" and self.said[other].measure == "支出"), None)
        taken_in = (other for other in ahead if "收入" in self.said[other].words and self.said[other].unit == statement.unit)
        budget = next(chain((other for other in near if self.said[other].aspect == "adjusted"), taken_in), None)
        return None if spent is None or budget is None else Edge(LEFT_OVER, place, (budget, spent), statement.because.get("aspect", ""))
