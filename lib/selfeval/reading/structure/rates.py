"""Rates and what they are of: 执行率, 完成率, 入住率, 不合格率."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import chain

from selfeval.knowledge import load, pattern
from selfeval.reading.statements import DERIVED, PLANS, Statement, kind_of_things, says, stem_of, units_of

from .edge import CHANGE_RATE, OF, QUOTIENT, REST, STEM, TIMES, Edge
from .near import REACH, Near, is_like

_TWO = 2
_MOST_SHARED = 0.7
# What was saved, or is left over what was planned for it.
_SAVED = frozenset({"change", "actual"})
_SETTLED = frozenset({"rectified", "under_way", "open", "passed", "failed", "closed"})


class Rates(Near):
    """Gives of each rate what was done or is so, and of how much."""

    def rate(self, place: int, statement: Statement) -> Edge | None:
        """执行率, 完成率, 整改率: the numerator by the name of the rate, its base by what the numerator is a part of or is planned as."""
        family = next((each for each in _families() if each.name.search(statement.words) or each.name.search(statement.measure)), None)
        if statement.unit == "倍":
            return self._times(place, statement)
        if statement.period not in ("year", "part") or self.is_in_turn(place):
            return None
        if (told := self._of_base_in_front(place, statement)) is not None:
            return told
        if family is None:
            return None
        if family.silent:
            return self._of_some_beside(place, statement)
        if family.change:
            return self._adjustment(place, statement)
        if family.saved:
            return self._saved(place, statement)
        for numerator in self._numerators(place, statement, family):
            base = self._base_of_rate(place, numerator, family)
            if base is not None and self._same_population(statement, numerator, base, family.stem(statement.measure)):
                return Edge(QUOTIENT, place, (numerator, base), STEM if family.by_stem else statement.measure)
        return self._not_denied(place, statement)

    def _not_denied(self, place: int, rate: Statement) -> Edge | None:
        """抽检1140批次，不合格16批次，合格率98.6%: what is left of all by those right in front, of whom it is denied."""
        rest = self.said[place - 1] if place else None
        if rest is None or rest.sentence != rate.sentence or not _denies(rest, rate.measure):
            return None
        near = (self.said[other] for other in range(place - 2, self.in_sentence(place).start - 1, -1))
        like = (other for other in near if kind_of_things(other) == kind_of_things(rest) and other.aspect not in DERIVED)
        whole = next((other for other in like if other.part_of is None and other.period == rest.period), None)
        return None if whole is None else Edge(REST, place, (place - 1, self.place[whole.index]), rate.measure)

    def _of_some_beside(self, place: int, rate: Statement) -> Edge | None:
        """密集架3860米，已用3281米，使用率85.0%: of what stands right in front of some of it that a rate names."""
        stem, some = stem_of(rate.measure), self.said[place - 1] if place else None
        if some is None or some.aspect in DERIVED or not any(character in some.words for character in stem):
            return None
        base = self._right_before(place, place - 1, stem)
        return None if base is None else Edge(QUOTIENT, place, (place - 1, base), STEM)

    def _saved(self, place: int, rate: Statement) -> Edge | None:
        """采购预算468万元，节约15.6万元，节约率3.33%: what was saved, or what the amount right in front leaves, of what was planned."""
        start = self.in_sentence(place).start
        near = [other for other in range(place - 1, start - 1, -1) if self.said[other].figure.kind == "money"]
        planned = next((other for other in near if self.said[other].aspect in PLANS), None)
        if planned is None or near[0] == planned or near[0] != place - 1 or self.said[planned].subject != rate.subject:
            return None
        aspect = self.said[near[0]].aspect
        return Edge(QUOTIENT if aspect == "change" else REST, place, (near[0], planned), rate.measure) if aspect in _SAVED else None

    def _of_base_in_front(self, place: int, rate: Statement) -> Edge | None:
        """改造危桥14座，为年度计划16座的87.5%: the number right in front of 的 is the base, what its clause speaks of the numerator."""
        base = self.said[place - 1] if place else None
        if (
            base is None
            or base.sentence != rate.sentence
            or rate.mark not in ("", "）")
            or not rate.words.startswith("的")
            or base.aspect in DERIVED - {"limit"}
        ):
            return None
        near = [self.said[other] for other in range(place - 2, self.in_sentence(place).start - 1, -1)]
        # 净增324家，完成目标320家的101.3%
        own = near[:1] if base.aspect in PLANS and near and near[0].aspect == "change" and near[0].unit == base.unit else ()
        plain = (
            other
            for other in near
            if is_like(other.unit, base.unit) and other.aspect not in DERIVED and (other.part_of is None or other.extent == "whole")
        )
        whole = next(chain(own, plain), None)
        return None if whole is None else Edge(QUOTIENT, place, (self.place[whole.index], place - 1), OF)

    def _times(self, place: int, statement: Statement) -> Edge | None:
        """是上年的3倍: this value over the earlier one."""
        if "上年" not in statement.words and "同期" not in statement.words:
            return None
        near = [other for other in range(place - 1, self.in_sentence(place).start - 1, -1) if self.said[other].aspect not in DERIVED]
        if len(near) < 2 or self.said[near[0]].unit != self.said[near[1]].unit or self.said[near[1]].period != "prior":
            return None
        return Edge(TIMES, place, (near[0], near[1]), statement.words)

    def _adjustment(self, place: int, statement: Statement) -> Edge | None:
        """预算调整率: of the adjusted budget over the initial one of the same owner."""
        near = range(place - 1, self.in_sentence(place).start - 1, -1)
        adjusted = next((other for other in near if self.said[other].aspect == "adjusted"), None)
        first = next((other for other in near if self.said[other].aspect == "initial"), None)
        if adjusted is None or first is None or self.said[adjusted].subject != self.said[first].subject:
            return None
        return Edge(CHANGE_RATE, place, (adjusted, first), statement.measure)

    def _numerators(self, place: int, rate: Statement, family: _Family) -> Iterator[int]:
        """What of the sentence a rate can be of, the nearest first."""
        stem = family.stem(rate.measure)
        found = [
            other
            for other in self._ahead(place, family)
            if family.is_numerator(self.said[other], stem)
            and self.said[other].aspect not in DERIVED
            and not _denies(self.said[other], rate.measure)
            # 一季度回复290件，全年回复率97.2%
            and not (self.said[other].period == "part" and says("whole_time", rate.because.get("period", "")))
        ]
        # What says itself what was done comes before what only goes on from it.
        found.sort(key=lambda other: not stem or stem not in self.said[other].words)
        # Of people the whole is meant, not the last part of a list.
        wholes = [self.place.get(self.said[other].part_of, other) if family.base else self.listed_whole(other) for other in found]
        yield from dict.fromkeys(whole for whole in wholes if whole < place) if family.base or family.planned else found

    def _base_of_rate(self, place: int, numerator: int, family: _Family) -> int | None:
        one = self.said[numerator]
        whole = self.place.get(one.part_of) if one.part_of is not None else None
        if family.by_stem:
            stem = family.stem(self.said[place].measure)
            other = self._only_other(place, numerator, stem) if whole is None else whole
            return self._right_before(place, numerator, stem) if other is None else other
        if not family.planned and not family.base and whole is not None:
            return whole

        def fits(other: Statement) -> bool:
            unit = other.unit == one.unit and other.aspect not in DERIVED and other.index != one.index
            if family.base:
                of_people = {other.unit, one.unit} <= units_of("people")
                return (
                    (unit or of_people)
                    and other.index != one.index
                    and bool(family.base.search(f"{other.words}{other.measure}{other.behind}"))
                )
            if family.planned:
                # 应修订预案26个，已修订24个，修订完成率92.31%
                to_be_done = other.aspect in PLANS or (other.figure.kind == "count" and says("due", other.words))
                return unit and to_be_done and (one.figure.kind != "money" or other.subject == one.subject)
            return unit and other.period == one.period and other.state not in _SETTLED and not family.is_numerator(other, "")

        near = [other for other in self._ahead(place, family) if fits(self.said[other])]
        if family.base:
            near.sort(key=lambda other: self.said[other].part_of is not None)
        if family.planned:
            near.sort(key=lambda other: PLANS.index(aspect) if (aspect := self.said[other].aspect) in PLANS else len(PLANS))
        return near[0] if near else None

    def _ahead(self, place: int, family: _Family) -> range:
        """The places a rate may be of, the nearest first: those before it in its sentence; how many people there are, and may be, is told
        of a body once and may stand a sentence before."""
        begin = max(0, place - REACH) if family.base else self.in_sentence(place).start
        return range(place - 1, begin - 1, -1)

    def _only_other(self, rate: int, one: int, stem: str) -> int | None:
        """入户安检6.48万户，应检6.75万户，入户率96%: the one figure of its kind that stands beside another where a rate is told."""
        begin = next(place for place in range(rate, -1, -1) if self.said[place].mark == "；" or place == self.in_sentence(rate).start)
        like = [
            place
            for place in range(begin, rate)
            if kind_of_things(self.said[place]) == kind_of_things(self.said[one])
            and self.said[place].aspect not in DERIVED
            and self.said[place].period == self.said[one].period
        ]
        others = [place for place in like if place != one]
        if one not in like or len(like) != _TWO or len(others) != 1:
            return None
        # 高血压规范管理…人，糖尿病规范管理…人: done both, and neither of the other.
        said = self.said[others[0]].words
        return others[0] if says("due", said) or stem not in said else None

    def _right_before(self, rate: int, one: int, stem: str) -> int | None:
        """发放问卷1500份，收回1452份，收回率96.8%: what stands in front of what the rate right behind is called as, and is none of it."""
        base, done, own = self.said[one - 1] if one else None, self.said[one], self.said[rate]
        if base is None or rate != one + 1 or base.sentence != done.sentence or "；" in (done.mark, own.mark):
            return None
        of_one_time = base.period == done.period == own.period
        like = kind_of_things(base) == kind_of_things(done) and of_one_time and base.aspect not in DERIVED
        return one - 1 if like and base.part_of is None and stem not in base.words else None

    def _same_population(self, rate: Statement, numerator: int, base: int, stem: str) -> bool:
        """Whether a word in front of the name of a rate, which narrows whose it is, belongs to its operands as well."""
        own = rate.words[: -len(rate.measure)] if rate.words.endswith(rate.measure) else ""
        own = re.sub(r"^(?:其中|全年|全县|全市|全区|当年|本年|预算|项目|\d{4}年度?)+|的$", "", own)
        own += rate.measure.removesuffix("率").removesuffix(stem) if stem else ""
        known = "".join(
            f"{self.said[other].words}{self.said[other].measure}{''.join(self.said[other].subject)}" for other in (numerator, base)
        )
        return sum(character in known for character in own) >= _MOST_SHARED * len(own)


class _Family:
    """Rates of one make (knowledge/relations.toml): by name, and how their numerator is told; `planned`: the base is a plan."""

    def __init__(self, entry: dict) -> None:
        self.name = re.compile(entry["name"])
        self.states = frozenset(entry.get("states", ()))
        self.planned, self.silent, self.change, self.saved = (bool(entry.get(name)) for name in ("planned", "silent", "change", "saved"))
        self._words = re.compile(entry["words"]) if "words" in entry else None
        self.base = re.compile(entry["base"]) if "base" in entry else None
        self.by_stem = bool(entry.get("by_stem"))

    def stem(self, measure: str) -> str:
        """What a rate of this make says was done: 入住 of 入住率."""
        return stem_of(measure) if self.by_stem else ""

    def is_numerator(self, statement: Statement, stem: str) -> bool:
        """Whether a statement can be counted by a rate of this make."""
        if self.planned:
            return statement.aspect == "actual"
        # 年底56人在岗: of people what stands behind them tells as well.
        said = f"{statement.words}{statement.measure}{''.join(statement.scope)}{statement.behind if self.base else ''}"
        # 取得证书842人 for 取证率
        if self.by_stem and says("due", statement.words):
            return False
        # What a part is of it has from its whole.
        own = said if statement.part_of is None else f"{statement.words}{''.join(statement.scope)}"
        # 收回1452份 for 回收率
        named = bool(stem) and (stem in own or stem[::-1] in own or re.search(".*".join(map(re.escape, stem)), statement.words) is not None)
        return statement.state in self.states or bool(self._words and self._words.search(said)) or named


def denied(words: str) -> str:
    """What words say, at their end, was not done or is not so: 成功 of 尚未成功; '' where they deny nothing."""
    found = pattern("relations", "denied", "words").search(words)
    return found["deed"] if found else ""


def _denies(statement: Statement, measure: str) -> bool:
    """Whether a figure is of those of whom what a rate is called is denied: 不满意30份 for 满意率, not for 不满意率."""
    deed, stem = denied(statement.words), stem_of(measure)
    return bool(stem) and stem in deed and not denied(measure.removesuffix("率"))


@cache
def _families() -> tuple[_Family, ...]:
    return tuple(map(_Family, load("relations")["rate"]))


def is_plain_rate(measure: str) -> bool:
    """Whether a rate is called nothing but what rates of its make are: 控制率, not 餐饮食品合格率."""
    return any(family.name.fullmatch(measure) for family in _families())
