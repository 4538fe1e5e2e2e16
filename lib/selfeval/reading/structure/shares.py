"""Shares and what they are of: 占项目支出的24%."""

from __future__ import annotations

import re
from functools import cached_property

from selfeval.knowledge import pattern
from selfeval.reading.enumeration import without_number
from selfeval.reading.statements import DERIVED, PLANS, Statement, base_of, is_called, is_of_outcome, names_as_base

from .edge import QUOTIENT, Edge
from .near import FARTHEST, REACH, Near

_OF_LINE = re.compile("(?:项目)?(?:支出|经费|资金|预算)$")
_NEARLY_ALL, _ALIKE, _LONG_NAME = 0.8, 0.6, 4
_HEAD_TAIL = re.compile("情况$")


class Shares(Near):
    """Gives of each share its part and its whole."""

    def share(self, place: int, statement: Statement) -> Edge | None:
        """占项目支出的24%: the numerator is what stands before, the base what is named; without a name what the numerator is a part of."""
        if statement.period not in ("year", "part"):
            return None
        one = next(
            # 占年度计划8.50万亩的101.6%: what stands right in front of 的 is its base.
            (
                other
                for other in range(place - 1 - statement.words.startswith("的"), self.in_sentence(place).start - 1, -1)
                if self._is_numerator_of_share(statement, other)
            ),
            None,
        )
        one = one if one is not None else self._line_named(place, statement)
        one = one if one is not None else self._part_named(place, statement)
        if one is None:
            return None
        base = self._base_of_share(place, statement, one)
        # 车辆70辆，其中甲61辆、乙9辆，占全部公车的44.9%: behind a list its whole is some of a larger one.
        one = whole if base is not None and base != (whole := self.listed_whole(one)) < place else one
        return None if base is None or base == one else Edge(QUOTIENT, place, (one, base), f"占{statement.because.get('base', '')}")

    def _is_numerator_of_share(self, share: Statement, other: int) -> bool:
        said = self.said[other]
        like = said.subject == share.subject and said.measure == share.measure and said.scope == share.scope
        return like and said.aspect not in DERIVED and not (said.subject and base_of(share) == said.subject[-1])

    def _line_named(self, place: int, share: Statement) -> int | None:
        """The amount spent of the line a share names (装备购置 of 消防装备购置), by its name: the nearest before, else behind."""
        name = _OF_LINE.sub("", "".join(share.subject[-1:]))
        near = range(max(0, place - FARTHEST), min(len(self.said), place + 1 + FARTHEST))
        told = (other for other in near if self.said[other].aspect == "actual" and self.said[other].subject)
        own = (other for other in told if (self.said[other].measure, self.said[other].period) == (share.measure, share.period))
        alike = {other: _likeness(name, _OF_LINE.sub("", _line_of(self.said[other]))) for other in own}
        return max(
            (other for other, likeness in alike.items() if likeness >= _ALIKE),
            key=lambda other: (alike[other], other < place, -abs(other - place)),
            default=None,
        )

    def _part_named(self, place: int, share: Statement) -> int | None:
        """The part a share names, where it stands in front (少儿馆外借量占…, behind 外借…册次，其中少儿馆…册次)."""
        named = (
            other
            for other in range(place - 1, max(-1, place - 1 - REACH), -1)
            if self.said[other].part_of is not None and self.said[other].scope and "".join(self.said[other].scope) in share.measure
        )
        return next(named, None)

    def _base_of_share(self, place: int, share: Statement, one: int) -> int | None:
        named = base_of(share)
        numerator = self.said[one]
        whole = self.place.get(numerator.part_of) if numerator.part_of is not None else None
        if not named:
            return whole
        before = self.said[place - 1]
        if not share.mark and place - 1 != one and before.unit == numerator.unit and before.sentence == share.sentence:
            return place - 1  # 占全县142个村的47%

        def fits(other: Statement) -> bool:
            # 占追加额的51.7%: a change may be the whole of what made it up.
            change = other.because.get("aspect", "")[:2] if other.aspect == "change" and other.figure.kind == "money" else ""
            plain = other.aspect not in DERIVED or (len(change) > 1 and named.startswith(change))
            like = other.unit == numerator.unit and plain and other.index != numerator.index and other.period == numerator.period
            planned = other.aspect in PLANS and numerator.aspect not in PLANS
            called = names_as_base(share, other) if planned else named == _line_of(other) or is_called(other, named)
            return like and called and not is_of_outcome(share, other)

        if whole is not None and fits(self.said[whole]):
            return whole
        if named == numerator.measure == "支出" and self._most_spent is not None:
            return self._most_spent  # 占全部支出
        exact = self.anywhere(place, lambda other: fits(other) and named == (_line_of(other) or other.measure))
        return self.anywhere(place, fits) if exact is None else exact

    @cached_property
    def _most_spent(self) -> int | None:
        """The place of what a body spent in all: the largest of its amounts spent this year that no adjusted budget falls short of."""
        own = [(each.amount, place) for place, each in enumerate(self.said) if each.figure.kind == "money" and each.period == "year"]
        most = max((amount for amount, place in own if self.said[place].aspect == "adjusted"), default=0)
        spent = (one for one in own if (self.said[one[1]].aspect, self.said[one[1]].measure) == ("actual", "支出") and one[0] <= most)
        return max(spent, default=(0, None))[1]


def _line_of(statement: Statement) -> str:
    """The line of the budget an amount is of; of the total of a table what its heading names: 小计 under 3、项目支出."""
    row = "".join(statement.subject[-1:])
    of_table = statement.sentence < 0 and statement.section and pattern("grids", "head", "sum").search(row)
    return _HEAD_TAIL.sub("", without_number(statement.section[-1])) if of_table else row


def _likeness(one: str, other: str) -> float:
    """How much of the longer of two names is in the shorter, where nearly all of the shorter is in the longer; 0 where it is not. What
    stands in the other as it is, is alike however much is put around it (康复服务, 残疾人康复服务)."""
    short, long = sorted((one, other), key=len)
    if len(short) >= _LONG_NAME and short in long:
        return max(len(short) / len(long), _ALIKE)
    kept = sum(character in long for character in short)
    return kept / len(long) if len(short) > 1 and kept >= _NEARLY_ALL * len(short) else 0
