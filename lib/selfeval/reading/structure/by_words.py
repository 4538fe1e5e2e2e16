"""The witness that binds by words: which figures a claim names, whatever comes out of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence, Set
from decimal import Decimal
from functools import cache, cached_property
from itertools import chain

from selfeval.knowledge import load, pattern
from selfeval.quantity import conversion, dimension
from selfeval.reading.clauses import only_joins
from selfeval.reading.enumeration import without_number
from selfeval.reading.statements import (
    DERIVED,
    PLANS,
    Statement,
    base_of,
    counted_as,
    is_called,
    is_monthly,
    is_of_outcome,
    kind_of_things,
    named_year,
    names_as_base,
    says,
    stem_of,
    units_of,
    years_compared,
)

from .edge import AVERAGE, CHANGE, CHANGE_RATE, DAILY, EQUAL, IMPLIED, LEFT_OVER, MONTHLY, OF, QUOTIENT, REST, STEM, TIMES, Edge
from .listed import COMES_TO

_REACH, _FARTHEST, _LEAST = 16, 500, Decimal("0.01")
_TWO = 2
_MOST_SHARED = 0.7
_AGAINST_PLAN = re.compile("超额|目标|计划|预算|任务|年初|控制|限额")
_OF_LINE = re.compile("(?:项目)?(?:支出|经费|资金|预算)$")
_OF_COUNT = re.compile("(?<=.)(?:资金|经费|案件|人数|人员|户数|数量?)$")
_NEARLY_ALL, _ALIKE, _LONG_NAME = 0.8, 0.6, 4
_HEAD_TAIL = re.compile("情况$")
_IN_OTHER_UNIT = re.compile("约?合?|约?折|相当于")
_EACH = re.compile("(?<!平)(人次|[一-龥])均|每(?:个|一)([一-龥]{2,6})|每[十百千万]?([一-龥])|(亩)产(?!业)")
_SHORTEST_NOUN = 2
_DAYS, _OF_YEAR = frozenset({"天", "日"}), {"日": DAILY, "月": MONTHLY}
# What is counted of a year where an average is over its days or months.
_TIMES_OF_YEAR = _DAYS | {"月", "个月"}
_AVERAGED = frozenset({"actual", "planned", "adjusted", "average"})
# What was saved, or is left over what was planned for it.
_SAVED = frozenset({"change", "actual"})
_OVER = re.compile("每|[人户亩日月年]均")
_SETTLED = frozenset({"rectified", "under_way", "open", "passed", "failed", "closed"})


class ByWords:
    """Goes through statements in reading order and gives what each claim names."""

    def __init__(self, statements: Sequence[Statement]) -> None:
        self._said = statements
        self._place = {statement.index: place for place, statement in enumerate(statements)}

    def edges(self) -> Iterator[Edge]:
        """Every edge that words bind."""
        for place, statement in enumerate(self._said):
            # What cells owe one another their table tells.
            binder = _BINDERS.get(statement.aspect) if statement.sentence >= 0 else None
            if binder is None and self._is_in_other_unit(place):
                binder = ByWords.converted
            edge = binder(self, place, statement) if binder else None
            if edge:
                yield edge

    # --- looking for operands -----------------------------------------------------------------------------------------------------

    def _before(self, place: int, fits: Callable[[Statement], bool], *, reach: int = _REACH) -> int | None:
        """The nearest figure before that fits, in the same sentence first."""
        for other in range(place - 1, max(-1, place - 1 - reach), -1):
            if fits(self._said[other]):
                return other
        return None

    def _anywhere(self, place: int, fits: Callable[[Statement], bool]) -> int | None:
        """The nearest figure before that fits, or, where there is none, the nearest behind; none that lies so far off that in a text
        without end all would be looked through for each."""
        before = self._before(place, fits, reach=_FARTHEST)
        behind = (other for other in range(place + 1, min(len(self._said), place + 1 + _FARTHEST)) if fits(self._said[other]))
        return next(behind, None) if before is None else before

    def _in_sentence(self, place: int) -> range:
        sentence = self._said[place].sentence
        first, last = place, place
        while first and self._said[first - 1].sentence == sentence:
            first -= 1
        while last + 1 < len(self._said) and self._said[last + 1].sentence == sentence:
            last += 1
        return range(first, last + 1)

    # --- rates and shares -----------------------------------------------------------------------------------------------------------

    def rate(self, place: int, statement: Statement) -> Edge | None:
        """执行率, 完成率, 整改率: the numerator by the name of the rate, its base by what the numerator is a part of or is planned as."""
        family = next((each for each in _families() if each.name.search(statement.words) or each.name.search(statement.measure)), None)
        if statement.unit == "倍":
            return self._times(place, statement)
        if statement.period not in ("year", "part") or self._is_in_turn(place):
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
        rest = self._said[place - 1] if place else None
        if rest is None or rest.sentence != rate.sentence or not _denies(rest, rate.measure):
            return None
        near = (self._said[other] for other in range(place - 2, self._in_sentence(place).start - 1, -1))
        like = (other for other in near if kind_of_things(other) == kind_of_things(rest) and other.aspect not in DERIVED)
        whole = next((other for other in like if other.part_of is None and other.period == rest.period), None)
        return None if whole is None else Edge(REST, place, (place - 1, self._place[whole.index]), rate.measure)

    def _of_some_beside(self, place: int, rate: Statement) -> Edge | None:
        """密集架3860米，已用3281米，使用率85.0%: of what stands right in front of some of it that a rate names."""
        stem, some = stem_of(rate.measure), self._said[place - 1] if place else None
        if some is None or some.aspect in DERIVED or not any(character in some.words for character in stem):
            return None
        base = self._right_before(place, place - 1, stem)
        return None if base is None else Edge(QUOTIENT, place, (place - 1, base), STEM)

    def _saved(self, place: int, rate: Statement) -> Edge | None:
        """采购预算468万元，节约15.6万元，节约率3.33%: what was saved, or what the amount right in front leaves, of what was planned."""
        start = self._in_sentence(place).start
        near = [other for other in range(place - 1, start - 1, -1) if self._said[other].figure.kind == "money"]
        planned = next((other for other in near if self._said[other].aspect in PLANS), None)
        if planned is None or near[0] == planned or near[0] != place - 1 or self._said[planned].subject != rate.subject:
            return None
        aspect = self._said[near[0]].aspect
        return Edge(QUOTIENT if aspect == "change" else REST, place, (near[0], planned), rate.measure) if aspect in _SAVED else None

    def _is_in_turn(self, place: int) -> bool:
        """Whether a rate is one of several told in turn that no names are listed for: 事故4起、死亡5人，…分别下降20.0%和37.5%."""
        back = (self._said[other] for other in range(place, max(-1, place - _REACH), -1))
        first = next((each for each in back if each.words and not only_joins(each.words)), self._said[place])
        in_row = first.figure.kind == "percent" and first.sentence == self._said[place].sentence
        return in_row and says("in_turn", first.words) and not first.listed

    def _of_base_in_front(self, place: int, rate: Statement) -> Edge | None:
        """改造危桥14座，为年度计划16座的87.5%: the number right in front of 的 is the base, what its clause speaks of the numerator."""
        base = self._said[place - 1] if place else None
        if (
            base is None
            or base.sentence != rate.sentence
            or rate.mark not in ("", "）")
            or not rate.words.startswith("的")
            or base.aspect in DERIVED - {"limit"}
        ):
            return None
        near = [self._said[other] for other in range(place - 2, self._in_sentence(place).start - 1, -1)]
        # 净增324家，完成目标320家的101.3%
        own = near[:1] if base.aspect in PLANS and near and near[0].aspect == "change" and near[0].unit == base.unit else ()
        plain = (
            other
            for other in near
            if _is_like(other.unit, base.unit) and other.aspect not in DERIVED and (other.part_of is None or other.extent == "whole")
        )
        whole = next(chain(own, plain), None)
        return None if whole is None else Edge(QUOTIENT, place, (self._place[whole.index], place - 1), OF)

    def _times(self, place: int, statement: Statement) -> Edge | None:
        """是上年的3倍: this value over the earlier one."""
        if "上年" not in statement.words and "同期" not in statement.words:
            return None
        near = [other for other in range(place - 1, self._in_sentence(place).start - 1, -1) if self._said[other].aspect not in DERIVED]
        if len(near) < 2 or self._said[near[0]].unit != self._said[near[1]].unit or self._said[near[1]].period != "prior":
            return None
        return Edge(TIMES, place, (near[0], near[1]), statement.words)

    def _adjustment(self, place: int, statement: Statement) -> Edge | None:
        """预算调整率: of the adjusted budget over the initial one of the same owner."""
        near = range(place - 1, self._in_sentence(place).start - 1, -1)
        adjusted = next((other for other in near if self._said[other].aspect == "adjusted"), None)
        first = next((other for other in near if self._said[other].aspect == "initial"), None)
        if adjusted is None or first is None or self._said[adjusted].subject != self._said[first].subject:
            return None
        return Edge(CHANGE_RATE, place, (adjusted, first), statement.measure)

    def _numerators(self, place: int, rate: Statement, family: _Family) -> Iterator[int]:
        """What of the sentence a rate can be of, the nearest first."""
        stem = family.stem(rate.measure)
        found = [
            other
            for other in range(place - 1, self._in_sentence(place).start - 1, -1)
            if family.is_numerator(self._said[other], stem)
            and self._said[other].aspect not in DERIVED
            and not _denies(self._said[other], rate.measure)
            # 一季度回复290件，全年回复率97.2%
            and not (self._said[other].period == "part" and says("whole_time", rate.because.get("period", "")))
        ]
        # What says itself what was done comes before what only goes on from it.
        found.sort(key=lambda other: not stem or stem not in self._said[other].words)
        # Of people the whole is meant, not the last part of a list.
        wholes = [self._place.get(self._said[other].part_of, other) if family.base else self._listed_whole(other) for other in found]
        yield from dict.fromkeys(whole for whole in wholes if whole < place) if family.base or family.planned else found

    def _listed_whole(self, place: int) -> int:
        """新建216条，城区88条、乡镇128条: what a list is of, for the last of its parts; anything else as it is."""
        last, before = self._said[place], self._said[place - 1] if place else None
        listed = before is not None and last.part_of is not None and before.part_of == last.part_of and last.mark in ("", "、")
        return self._place.get(last.part_of, place) if listed and before.sentence == last.sentence else place

    def _base_of_rate(self, place: int, numerator: int, family: _Family) -> int | None:
        one = self._said[numerator]
        whole = self._place.get(one.part_of) if one.part_of is not None else None
        if family.by_stem:
            stem = family.stem(self._said[place].measure)
            other = self._only_other(place, numerator, stem) if whole is None else whole
            return self._right_before(place, numerator, stem) if other is None else other
        if not family.planned and not family.base and whole is not None:
            return whole
        sentence = self._in_sentence(place)

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

        near = [other for other in range(place, sentence.start - 1, -1) if fits(self._said[other])]
        if family.base:
            near.sort(key=lambda other: self._said[other].part_of is not None)
        if family.planned:
            near.sort(key=lambda other: PLANS.index(aspect) if (aspect := self._said[other].aspect) in PLANS else len(PLANS))
        return near[0] if near else None

    def _only_other(self, rate: int, one: int, stem: str) -> int | None:
        """入户安检6.48万户，应检6.75万户，入户率96%: the one figure of its kind that stands beside another where a rate is told."""
        begin = next(place for place in range(rate, -1, -1) if self._said[place].mark == "；" or place == self._in_sentence(rate).start)
        like = [
            place
            for place in range(begin, rate)
            if kind_of_things(self._said[place]) == kind_of_things(self._said[one])
            and self._said[place].aspect not in DERIVED
            and self._said[place].period == self._said[one].period
        ]
        others = [place for place in like if place != one]
        if one not in like or len(like) != _TWO or len(others) != 1:
            return None
        # 高血压规范管理…人，糖尿病规范管理…人: done both, and neither of the other.
        said = self._said[others[0]].words
        return others[0] if says("due", said) or stem not in said else None

    def _right_before(self, rate: int, one: int, stem: str) -> int | None:
        """发放问卷1500份，收回1452份，收回率96.8%: what stands in front of what the rate right behind is called as, and is none of it."""
        base, done, own = self._said[one - 1] if one else None, self._said[one], self._said[rate]
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
            f"{self._said[other].words}{self._said[other].measure}{''.join(self._said[other].subject)}" for other in (numerator, base)
        )
        return sum(character in known for character in own) >= _MOST_SHARED * len(own)

    def share(self, place: int, statement: Statement) -> Edge | None:
        """占项目支出的24%: the numerator is what stands before, the base what is named; without a name what the numerator is a part of."""
        if statement.period not in ("year", "part"):
            return None
        one = next(
            # 占年度计划8.50万亩的101.6%: what stands right in front of 的 is its base.
            (
                other
                for other in range(place - 1 - statement.words.startswith("的"), self._in_sentence(place).start - 1, -1)
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
        one = whole if base is not None and base != (whole := self._listed_whole(one)) < place else one
        return None if base is None or base == one else Edge(QUOTIENT, place, (one, base), f"占{statement.because.get('base', '')}")

    def _is_numerator_of_share(self, share: Statement, other: int) -> bool:
        said = self._said[other]
        like = said.subject == share.subject and said.measure == share.measure and said.scope == share.scope
        return like and said.aspect not in DERIVED and not (said.subject and base_of(share) == said.subject[-1])

    def _line_named(self, place: int, share: Statement) -> int | None:
        """The amount spent of the line a share names (装备购置 of 消防装备购置), by its name: the nearest before, else behind."""
        name = _OF_LINE.sub("", "".join(share.subject[-1:]))
        near = range(max(0, place - _FARTHEST), min(len(self._said), place + 1 + _FARTHEST))
        told = (other for other in near if self._said[other].aspect == "actual" and self._said[other].subject)
        own = (other for other in told if (self._said[other].measure, self._said[other].period) == (share.measure, share.period))
        alike = {other: _likeness(name, _OF_LINE.sub("", _line_of(self._said[other]))) for other in own}
        return max(
            (other for other, likeness in alike.items() if likeness >= _ALIKE),
            key=lambda other: (alike[other], other < place, -abs(other - place)),
            default=None,
        )

    def _part_named(self, place: int, share: Statement) -> int | None:
        """The part a share names, where it stands in front (少儿馆外借量占…, behind 外借…册次，其中少儿馆…册次)."""
        named = (
            other
            for other in range(place - 1, max(-1, place - 1 - _REACH), -1)
            if self._said[other].part_of is not None and self._said[other].scope and "".join(self._said[other].scope) in share.measure
        )
        return next(named, None)

    def _base_of_share(self, place: int, share: Statement, one: int) -> int | None:
        named = base_of(share)
        numerator = self._said[one]
        whole = self._place.get(numerator.part_of) if numerator.part_of is not None else None
        if not named:
            return whole
        before = self._said[place - 1]
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

        if whole is not None and fits(self._said[whole]):
            return whole
        if named == numerator.measure == "支出" and self._most_spent is not None:
            return self._most_spent  # 占全部支出
        exact = self._anywhere(place, lambda other: fits(other) and named == (_line_of(other) or other.measure))
        return self._anywhere(place, fits) if exact is None else exact

    @cached_property
    def _most_spent(self) -> int | None:
        """The place of what a body spent in all: the largest of its amounts spent this year that no adjusted budget falls short of."""
        own = [(each.amount, place) for place, each in enumerate(self._said) if each.figure.kind == "money" and each.period == "year"]
        most = max((amount for amount, place in own if self._said[place].aspect == "adjusted"), default=0)
        spent = (one for one in own if (self._said[one[1]].aspect, self._said[one[1]].measure) == ("actual", "支出") and one[0] <= most)
        return max(spent, default=(0, None))[1]

    # --- changes ----------------------------------------------------------------------------------------------------------------------

    def change(self, place: int, statement: Statement) -> Edge | None:
        """比上年增加5: this value less the earlier one; 年中追加: the adjusted budget less the initial one."""
        pair = self._this_and_last(place, statement)
        return Edge(CHANGE, place, pair, statement.because.get("aspect", "")) if pair else None

    def change_rate(self, place: int, statement: Statement) -> Edge | None:
        """增长5%: of this value over the earlier one; where that is not stated, of the amount of the change."""
        if self._is_in_turn(place):
            return None
        pair = self._this_and_last(place, statement)
        if pair:
            return Edge(CHANGE_RATE, place, pair, statement.because.get("aspect", ""))
        sentence = self._in_sentence(place)
        changed = next((other for other in range(place - 1, sentence.start - 1, -1) if self._said[other].aspect == "change"), None)
        if changed is None or changed != place - 1:
            return None
        if pair := self._this_and_last(changed, self._said[changed]):
            # 较上年396批减少78批，同比增长19.7%: of what the amount right in front is of.
            return Edge(CHANGE_RATE, place, pair, statement.because.get("aspect", ""))
        last = next((other for other in range(changed - 1, sentence.start - 1, -1) if self._said[other].period == "prior"), None)
        if last is not None and self._said[last].unit == self._said[changed].unit:
            return Edge(QUOTIENT, place, (changed, last), statement.because.get("aspect", ""))
        this = self._this(changed, self._said[changed])
        this = self._spent_before(changed) if this is None else this
        return None if this is None else Edge(IMPLIED, place, (changed, this), statement.because.get("aspect", ""))

    def _this_and_last(self, place: int, change: Statement) -> tuple[int, int] | None:
        against_plan = bool(_AGAINST_PLAN.search(change.words)) or says("gap", change.because.get("aspect", ""))
        this = self._this(place, change)
        if this is None:
            return None
        one = self._said[this]
        sentence = self._in_sentence(place)

        _, since = years_compared(change)

        def earlier(other: Statement) -> bool:
            like = other.unit == one.unit and other.index != one.index and _is_of_year(other, since)
            if one.aspect == "adjusted" or against_plan:
                return like and other.aspect in PLANS and other.aspect != one.aspect and other.subject == one.subject
            return like and other.period == "prior" and _is_one_measure(other.measure, one.measure)

        found = next((other for other in range(place - 1, sentence.start - 1, -1) if earlier(self._said[other])), None)
        if found is None:
            return None
        return self._level_like(self._whole_like(this, found), found, sentence), found

    def _spent_before(self, change: int) -> int | None:
        """支出1109.75万元，较年初预算数减少4.90万元: what came of the budget of a line tells what that was."""
        own, start = self._said[change], self._in_sentence(change).start
        last = next((other for other in range(change - 1, start - 1, -1) if self._said[other].unit == own.unit), change)
        said, of_line = self._said[last], last == start or self._said[last].subject == own.subject
        return last if own.measure == "预算" and (said.aspect, said.period) == ("actual", "year") and of_line else None

    def _whole_like(self, this: int, last: int) -> int:
        """接待4.79万人次，其中团体3.62万人次、散客1.17万人次，上年4.35万人次: of a part, those beside it and their whole what is of
        the size of the year before, or of its name."""
        one, base = self._said[this], self._said[last]
        whole = self._place.get(one.part_of) if one.part_of is not None else None
        if whole is None:
            return this
        parts = [other for other in range(whole + 1, this + 1) if self._said[other].part_of == one.part_of]
        if base.scope:
            named = (part for part in parts if "".join(self._said[part].scope) in "".join(base.scope))
            return next(named, this)
        # Behind a list what names nothing of its own takes its subject from the last part, and may be of the whole as well.
        nameless = base.subject == one.subject and not any(name in base.words for name in one.subject[-1:])
        like = nameless or base.subject == self._said[whole].subject
        return min((whole, *parts), key=lambda other: _times_apart(self._said[other].amount, base.amount)) if like else this

    def _level_like(self, this: int, last: int, sentence: range) -> int:
        """贷款1386万元，笔均16.5万元，较上年的1120万元增长: of an average and what it is of, the one of the size of the year before."""
        one, base = self._said[this], self._said[last].amount
        levels = (other for other in range(sentence.start, this) if self._said[other].unit == one.unit and self._is_of_now(other))
        of = next((other for other in reversed([*levels]) if self._said[other].aspect == "actual"), None)
        if one.aspect != "average" or of is None:
            return this
        return min((this, of), key=lambda other: _times_apart(self._said[other].amount, base))

    def _this(self, place: int, change: Statement) -> int | None:
        """The value that changed: named, of this year, before the change; the adjusted budget may follow it."""
        sentence = self._in_sentence(place)
        like_unit = change.unit if change.aspect == "change" and change.figure.kind != "percent" else None

        gap = says("gap", change.because.get("aspect", ""))
        year, since = years_compared(change)

        def now(other: Statement) -> bool:
            if not _is_of_year(other, year) or (since and named_year(other) == since):
                return False
            told_of = other.period in ("year", "part") or (year and named_year(other) == year)
            if gap:
                return other.aspect == "actual" and other.subject == change.subject and other.unit == change.unit
            fits = _is_one_measure(other.measure, change.measure) and other.subject == change.subject and told_of
            kinds = other.aspect not in DERIVED or other.aspect == "average" or (other.aspect == "rate" and change.figure.kind == "percent")
            if change.figure.kind == "percent" and change.aspect == "change":
                kinds = other.figure.kind == "percent" and other.aspect in ("rate", "share")
            return fits and kinds and (like_unit is None or other.unit == like_unit)

        if change.measure == "预算" and change.aspect == "change" and not gap:
            after = next((other for other in range(place + 1, sentence.stop) if self._said[other].aspect == "adjusted"), None)
            return after if after is not None and self._said[after].subject == change.subject else None
        found = next((other for other in range(place - 1, sentence.start - 1, -1) if now(self._said[other])), None)
        return self._before(sentence.start, now) if found is None and sentence.start < place else found

    # --- averages, conversions, what is left ---------------------------------------------------------------------------------------------

    def average(self, place: int, statement: Statement) -> Edge | None:
        """户均900元: what was stated before in its unit, over what is counted in the unit it names."""
        each = each_of(statement)
        # 每户每平方米: a second 每 leaves a factor out; 人均每月 is known to be of twelve.
        over = len(_OVER.findall(f"{statement.words}{statement.measure}"))
        if each in _OF_YEAR and over <= 1 and (of_year := self._of_year(place, statement, _OF_YEAR[each])):
            return of_year
        if not each or over > 1 + is_monthly(statement):
            return None
        units = {each, each[-1:], *counted_as(each)}
        if (reckoned := self._reckoned(place, statement, units)) is not None:
            return reckoned
        before = range(place - 1, self._in_sentence(place).start - 1, -1)
        found = [other for other in before if self._said[other].aspect in _AVERAGED or _is_changed(self._said[other], statement)]
        one, over = self._averaged(statement, found, units, each)
        if one is None and place + 1 < len(self._said) and COMES_TO.match(self._said[place + 1].words):
            following = self._said[place + 1]
            one = place + 1 if following.unit == statement.unit and following.sentence == statement.sentence else None
        if over is not None and self._said[over].mark == "、" and self._said[over - 1].unit == self._said[over].unit:
            return None  # 5座矿山、3座尾矿库检查64次，平均每座8次: over both
        return None if over is None or one is None else Edge(AVERAGE, place, (one, over), statement.because.get("aspect", ""))

    def _reckoned(self, place: int, average: Statement, units: Set[str]) -> Edge | None:
        """训练经费按运动员平均，每人3983元; 以项目支出计算，件均成本1408元: of and over what it names, wherever they stand."""
        by = average.because.get("reckoned", "")
        if not by:
            return None

        def is_told(other: Statement, name: str) -> bool:
            now = other.aspect == "actual" and other.period == average.period
            return now and (is_called(other, _OF_COUNT.sub("", name)) if name else other.part_of is None)

        one = self._anywhere(place, lambda other: _is_like(other.unit, average.unit) and is_told(other, average.measure))
        if by == average.measure:
            over = self._before(place, lambda other: other.figure.unit.lstrip("万亿") in units and is_told(other, ""))
        else:
            # 按列养里程平均，每公里: a length is not over what is counted.
            measured = dimension(each := each_of(average)) != each
            over = self._anywhere(
                place, lambda other: other.figure.kind == "count" and is_told(other, by) and (not measured or other.figure.unit in units)
            )
        return None if one is None or over is None else Edge(AVERAGE, place, (one, over), f"按{by}")

    def _of_year(self, place: int, average: Statement, kind: str) -> Edge | None:
        """全年清运14.86万吨，日均407吨: of the year, where no days or months are counted in the sentence; of no parts of that, nor of the
        year before."""
        near = [self._said[other] for other in range(self._in_sentence(place).start, place)]
        like = (each for each in reversed(near) if each.unit == average.unit and each.aspect == "actual" and each.period != "prior")
        one = next((each for each in like if each.period != "year" or each.part_of is None), None)
        if one is None or one.period != "year" or any(each.figure.unit in _TIMES_OF_YEAR for each in near):
            return None
        # 支出17.28万元，月均180元 is for each of those who got it.
        if one.figure.kind == "money" and one.figure.unit != average.figure.unit:
            return None
        return Edge(kind, place, (self._place[one.index],), average.because.get("aspect", ""))

    def _averaged(self, average: Statement, found: Sequence[int], units: Set[str], each: str) -> tuple[int | None, int | None]:
        """Of figures, the nearest first, what is divided and by what: in the unit of the average, and in the unit it is over."""
        found = [other for other in found if self._is_of_now(other) or _is_changed(self._said[other], average) or average.period == "prior"]
        plain = [other for other in found if self._said[other].aspect != "average"]
        counted = [other for other in plain if self._said[other].figure.unit.lstrip("万亿") in units]
        # 每个普查区2.1个, 人均消费97元 of 28.4万人次: as much of what it says as a noun or a unit has.
        lengths = range(len(each), min(len(each), _SHORTEST_NOUN) - 1, -1)
        counts = (other for other in plain if self._said[other].figure.kind == "count")
        names = {other: f"{self._said[other].measure}|{self._said[other].figure.unit}" for other in counts}
        named = ([other for other, name in names.items() if each[:length] in name] for length in lengths)
        counted = counted or next(filter(None, named), [])
        # 人工造林补助318万元，亩均171元: of the part that what is divided names, else of no part.
        told = f"{average.measure}{''.join(average.subject[-1:])}"
        of_part = (other for other in counted if self._said[other].scope and "".join(self._said[other].scope) in told)
        over = next(chain(of_part, (other for other in counted if self._said[other].part_of is None)), None)
        divided = [other for other in plain if _is_like(self._said[other].unit, average.unit) and other != over]
        if over is not None and over + 1 in divided and COMES_TO.match(self._said[over + 1].words):
            return over + 1, over  # 购车7台计986.40万元
        # What is divided by a whole is a whole as well, where one stands in front.
        return next((other for other in divided if self._said[other].part_of is None), next(iter(divided), None)), over

    def _is_of_now(self, other: int) -> bool:
        return self._said[other].aspect in _AVERAGED and self._said[other].period in ("year", "part")

    def converted(self, place: int, _: Statement) -> Edge | None:
        """1,145,000元（折合114.5万元）, 2.17万亩，折合1446.67公顷: the same as the figure right before."""
        if not place or self._said[place].mark == "；":
            return None
        before = self._said[place - 1]
        # Behind a list its whole is converted, in a bracket the part it stands behind.
        of_one = place > 1 and before.part_of is not None and self._said[place - 2].part_of == before.part_of
        listed = of_one and self._said[place].mark != "（"
        of = self._place.get(before.part_of, place - 1) if listed else place - 1
        like = before.aspect not in DERIVED - {"change"} and conversion(self._said[of].unit, self._said[place].unit)
        return Edge(EQUAL, place, (of,), "折合") if like else None

    def _is_in_other_unit(self, place: int) -> bool:
        """Whether a figure with no name of its own says the one right before it in another unit: 占地18.6公顷，合279亩."""
        statement, before = self._said[place], self._said[place - 1] if place else None
        beside = before is not None and before.sentence == statement.sentence and before.unit != statement.unit
        return beside and statement.sentence >= 0 and bool(_IN_OTHER_UNIT.fullmatch(statement.words)) and not statement.behind

    def left(self, place: int, statement: Statement) -> Edge | None:
        """年末结转: the adjusted budget, or what came in, less what was spent, of the same owner in the same sentence."""
        ahead = range(place - 1, self._in_sentence(place).start - 1, -1)
        near = [other for other in ahead if self._said[other].subject == statement.subject]
        spent = next((other for other in near if self._said[other].aspect == "actual" and self._said[other].measure == "支出"), None)
        taken_in = (other for other in ahead if "收入" in self._said[other].words and self._said[other].unit == statement.unit)
        budget = next(chain((other for other in near if self._said[other].aspect == "adjusted"), taken_in), None)
        return None if spent is None or budget is None else Edge(LEFT_OVER, place, (budget, spent), statement.because.get("aspect", ""))


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


def _is_changed(change: Statement, average: Statement) -> bool:
    """Whether an average is of what was changed: 核减金额6395万元，平均每个项目核减336万元."""
    word = change.because.get("aspect", "")[:_TWO] if change.aspect == "change" else ""
    return bool(word) and word in average.words


def _times_apart(one: Decimal, other: Decimal) -> Decimal:
    """How many times the smaller of two numbers the larger is."""
    return max(one, other) / max(min(one, other), _LEAST)


def _is_of_year(statement: Statement, year: int) -> bool:
    """Whether a figure can be of a year."""
    return not year or named_year(statement) in (0, year)


def _is_one_measure(one: str, other: str) -> bool:
    """Whether two nouns name one thing, of which a later mention may leave words out: 行政处罚, 处罚; 新登记经营主体户数, 新登记户数."""
    short, long = sorted((one, other), key=len)
    return one == other or (len(short) > 1 and long.endswith(short[-2:]) and all(character in long for character in short))


def _is_like(one: str, other: str) -> bool:
    """Whether two units measure the same (吨, 公斤), people also each time they come: 1628人次，场均17人."""
    return conversion(one, other) is not None or {one.removesuffix("次"), other.removesuffix("次")} <= units_of("people")


def each_of(statement: Statement) -> str:
    """The unit an average is over: 户 of 户均, 起 of 平均每起, 项目 of 每个项目."""
    words = statement.because.get("aspect", "").replace("平均", "")
    noun, *_ = words.removeprefix("单").rpartition("均")
    if len(noun) > 1 and "每" not in words:
        return noun  # 社区均, 台套均价
    told = words if "每" in words or "均" in words[1:] else f"{words}{statement.words}"
    found = None if "每" in words else _EACH.search(statement.words.replace("平均", ""))
    found = found or _EACH.search(told)
    return next((each for each in found.groups() if each), "") if found else ""


def is_over(average: Statement, base: Statement) -> bool:
    """Whether a figure may be what an average is over, where 每 says over what: 平均每站 is over no 703人."""
    each = each_of(average) if "每" in f"{average.because.get('aspect', '')}{average.words}" else ""
    said = f"{base.figure.unit.lstrip('万亿')}|{base.measure}|{base.words}"
    same = (units_of("people") if each[:1] in units_of("people") else frozenset()) | (_DAYS if each.endswith("日") else frozenset())
    return not each or is_monthly(average) or any(name in said for name in (each, each[-1:], *counted_as(each), *same))


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


def _denied(words: str) -> str:
    """What words say, at their end, was not done or is not so: 成功 of 尚未成功; '' where they deny nothing."""
    found = pattern("relations", "denied", "words").search(words)
    return found["deed"] if found else ""


def _denies(statement: Statement, measure: str) -> bool:
    """Whether a figure is of those of whom what a rate is called is denied: 不满意30份 for 满意率, not for 不满意率."""
    deed, stem = _denied(statement.words), stem_of(measure)
    return bool(stem) and stem in deed and not _denied(measure.removesuffix("率"))


@cache
def _families() -> tuple[_Family, ...]:
    return tuple(map(_Family, load("relations")["rate"]))


def is_plain_rate(measure: str) -> bool:
    """Whether a rate is called nothing but what rates of its make are: 控制率, not 餐饮食品合格率."""
    return any(family.name.fullmatch(measure) for family in _families())


_BINDERS = {
    "rate": ByWords.rate,
    "share": ByWords.share,
    "change": ByWords.change,
    "change_rate": ByWords.change_rate,
    "average": ByWords.average,
    "converted": ByWords.converted,
    "carried_over": ByWords.left,
}
