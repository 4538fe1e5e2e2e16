"""Changes, their rates, and what they are between: 比上年增加5件，增长5%."""

from __future__ import annotations

import re
from decimal import Decimal

from selfeval.reading.statements import DERIVED, PLANS, Statement, named_year, says, years_compared

from .edge import CHANGE, CHANGE_RATE, IMPLIED, QUOTIENT, Edge
from .near import Near

_LEAST = Decimal("0.01")
_COMPARED = re.compile("[比较]")
_AGAINST_PLAN = re.compile("超额|目标|计划|预算|任务|年初|控制|限额")


class Changes(Near):
    """Gives of each change, or its rate, the figure it came to and the one it is since."""

    def change(self, place: int, statement: Statement) -> Edge | None:
        """比上年增加5: this value less the earlier one; 年中追加: the adjusted budget less the initial one."""
        pair = self._this_and_last(place, statement) or self._since_beside(place, statement)
        return Edge(CHANGE, place, pair, statement.because.get("aspect", "")) if pair else None

    def change_rate(self, place: int, statement: Statement) -> Edge | None:
        """增长5%: of this value over the earlier one; where that is not stated, of the amount of the change."""
        if self.is_in_turn(place):
            return None
        pair = self._this_and_last(place, statement)
        if pair:
            return Edge(CHANGE_RATE, place, pair, statement.because.get("aspect", ""))
        sentence = self.in_sentence(place)
        changed = next((other for other in range(place - 1, sentence.start - 1, -1) if self.said[other].aspect == "change"), None)
        if changed is None or changed != place - 1:
            return None
        if pair := self._this_and_last(changed, self.said[changed]):
            # 较上年396批减少78批，同比增长19.7%: of what the amount right in front is of.
            return Edge(CHANGE_RATE, place, pair, statement.because.get("aspect", ""))
        last = next((other for other in range(changed - 1, sentence.start - 1, -1) if self.said[other].period == "prior"), None)
        if last is not None and self.said[last].unit == self.said[changed].unit:
            return Edge(QUOTIENT, place, (changed, last), statement.because.get("aspect", ""))
        this = self._this(changed, self.said[changed])
        this = self._spent_before(changed) if this is None else this
        return None if this is None else Edge(IMPLIED, place, (changed, this), statement.because.get("aspect", ""))

    def _since_beside(self, place: int, change: Statement) -> tuple[int, int] | None:
        """承担公开课96节，比计划80节多16节: of a count, what the figure right in front of it is held against, and the one before that."""
        base = self.said[place - 1] if place else None
        if base is None or base.figure.kind != "count" or (base.unit, base.sentence) != (change.unit, change.sentence):
            return None
        held_against = base.aspect in PLANS or (self.is_of_now(place - 1) and bool(_COMPARED.match(base.words)))
        ahead = range(place - 2, self.in_sentence(place).start - 1, -1)
        this = next((other for other in ahead if self.said[other].unit == base.unit and self.is_of_now(other)), None)
        return (this, place - 1) if held_against and this is not None and self.said[this].aspect == "actual" else None

    def _this_and_last(self, place: int, change: Statement) -> tuple[int, int] | None:
        against_plan = bool(_AGAINST_PLAN.search(change.words)) or says("gap", change.because.get("aspect", ""))
        this = self._this(place, change)
        if this is None:
            return None
        one = self.said[this]
        sentence = self.in_sentence(place)

        _, since = years_compared(change)

        def earlier(other: Statement) -> bool:
            like = other.unit == one.unit and other.index != one.index and _is_of_year(other, since)
            if one.aspect == "adjusted" or against_plan:
                return like and other.aspect in PLANS and other.aspect != one.aspect and other.subject == one.subject
            return like and other.period == "prior" and _is_one_measure(other.measure, one.measure)

        # 同比增长9.1%（2023年26035件）: a bracket right behind tells since what.
        noted = [place + 1] if place + 1 in sentence and self.said[place + 1].mark == "（" else []
        found = next((other for other in (*range(place - 1, sentence.start - 1, -1), *noted) if earlier(self.said[other])), None)
        if found is None:
            return None
        return self._level_like(self._whole_like(this, found), found, sentence), found

    def _spent_before(self, change: int) -> int | None:
        """支出1109.75万元，较年初预算数减少4.90万元: what came of the budget of a line tells what that was."""
        own, start = self.said[change], self.in_sentence(change).start
        last = next((other for other in range(change - 1, start - 1, -1) if self.said[other].unit == own.unit), change)
        said, of_line = self.said[last], last == start or self.said[last].subject == own.subject
        return last if own.measure == "预算" and (said.aspect, said.period) == ("actual", "year") and of_line else None

    def _whole_like(self, this: int, last: int) -> int:
        """接待4.79万人次，其中团体3.62万人次、散客1.17万人次，上年4.35万人次: of a part, those beside it and their whole what is of
        the size of the year before, or of its name."""
        one, base = self.said[this], self.said[last]
        whole = self.place.get(one.part_of) if one.part_of is not None else None
        if whole is None:
            return this
        parts = [other for other in range(whole + 1, this + 1) if self.said[other].part_of == one.part_of]
        if base.scope:
            named = (part for part in parts if "".join(self.said[part].scope) in "".join(base.scope))
            return next(named, this)
        # Behind a list what names nothing of its own takes its subject from the last part, and may be of the whole as well.
        nameless = base.subject == one.subject and not any(name in base.words for name in one.subject[-1:])
        like = nameless or base.subject == self.said[whole].subject
        return min((whole, *parts), key=lambda other: _times_apart(self.said[other].amount, base.amount)) if like else this

    def _level_like(self, this: int, last: int, sentence: range) -> int:
        """贷款1386万元，笔均16.5万元，较上年的1120万元增长: of an average and what it is of, the one of the size of the year before."""
        one, base = self.said[this], self.said[last].amount
        levels = (other for other in range(sentence.start, this) if self.said[other].unit == one.unit and self.is_of_now(other))
        of = next((other for other in reversed([*levels]) if self.said[other].aspect == "actual"), None)
        if one.aspect != "average" or of is None:
            return this
        return min((this, of), key=lambda other: _times_apart(self.said[other].amount, base))

    def _this(self, place: int, change: Statement) -> int | None:
        """The value that changed: named, of this year, before the change; the adjusted budget may follow it."""
        sentence = self.in_sentence(place)
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
            after = next((other for other in range(place + 1, sentence.stop) if self.said[other].aspect == "adjusted"), None)
            return after if after is not None and self.said[after].subject == change.subject else None
        found = next((other for other in range(place - 1, sentence.start - 1, -1) if now(self.said[other])), None)
        return self.before(sentence.start, now) if found is None and sentence.start < place else found


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
