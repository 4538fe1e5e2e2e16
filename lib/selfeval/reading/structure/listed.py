"""Which lists that words tell add up to their wholes, all of them or no more, and figures in a row that divide one."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache, cached_property
from itertools import accumulate, chain, islice, pairwise, takewhile

from selfeval.knowledge import load
from selfeval.reading.enumeration import without_number
from selfeval.reading.statements import DERIVED, PartList, Statement, says, units_of

from .edge import BOUND, OTHERS, SUM, Edge
from .rates import denied

_REACH, _LONGEST, _BESIDE_WHOLE, _MOST = 16, 40, 3, 3
_MARK, _FEWEST_COUNTED = "分", 3
_HEAD_TAIL = re.compile("情况$")
# What a total begins with.
COMES_TO = re.compile("(?:共|合|总|累)?计|共")
_BY_DEGREES = "满意"
_AND_SO_ON = re.compile("等(?![级次])")
_OPENED = frozenset({"opened", "within"})
_LEAVING = frozenset({"outcome", "among"})
_CLOSED_BOUNDS = frozenset({"divided", "total"})
_OUTCOMES = frozenset({"rectified", "closed", "under_way", "open"})


class Lists:
    """Goes through the lists of a text and gives what each makes of its whole."""

    def __init__(self, statements: Sequence[Statement], lists: Sequence[PartList]) -> None:
        self._said = statements
        self._place = {statement.index: place for place, statement in enumerate(statements)}
        self._lists = lists

    def edges(self) -> Iterator[Edge]:
        """Every edge between a list and its whole that words bind."""
        told = {(edge.claim, edge.operands): edge for edge in self._pairs_that_divide()}
        # What nothing but names in a row binds is bound better by what the names are.
        bare = (edge for edge in self._of_lists() if edge.words != "bare" or (edge.claim, edge.operands) not in told)
        yield from {**told, **{(edge.claim, edge.operands): edge for edge in bare}}.values()

    def _of_lists(self) -> Iterator[Edge]:
        left = {each.whole: each.parts for each in self._lists if each.bound == "left"}
        for each in self._lists:
            # What is left of the whole belongs to its outcomes, and to what was picked from it: 27处中自动的19处，其余8处靠人工.
            of_each = [*each.parts, *(left.get(each.whole, ()) if each.bound in _LEAVING else ())]
            whole, parts = self._place.get(each.whole), tuple(self._place[part] for part in of_each if part in self._place)
            if whole is None or not parts or self._said[whole].unit == _MARK or says("in_turn", self._said[whole].words):
                continue  # 分别为640人、285人: the first is no whole of the others
            parts = self._with_coinciding(each, whole, parts)
            whole = self._whole_that_comes_out(each, whole, parts)
            if self._is_misread(each, whole, parts):
                continue
            if len(parts) > 1 and self._is_class(whole, parts):
                yield Edge(SUM, whole, parts, "class")
                continue
            if each.bound == "outcome" and not self._is_closed(each, parts):
                # Outcomes overlap, but none is more than there was.
                yield from (Edge(BOUND, whole, (part,), "outcome") for part in parts)
                continue
            larger = self._larger_than(each, whole, parts)
            if larger is not None:
                yield Edge(BOUND, whole, (larger,), "some")
                continue
            if _AND_SO_ON.match(self._said[parts[-1]].behind):
                yield Edge(BOUND, whole, parts, each.bound)
                continue
            opened = each.bound in _OPENED or (each.bound == "among" and len(parts) >= _FEWEST_COUNTED)
            if opened and len(parts) > 1 and self._lists_all(whole) and not self._is_closed(each, parts):
                # 其中 of money, and 支出20万元中，…, mostly list all of it; what does not come out is told only where a slip explains it.
                yield Edge(SUM, whole, parts, "listed" if each.bound != "within" else each.bound)
                continue
            if each.bound in (*_OPENED, "bare") and self._goes_on_in_other_units(parts):
                # 其中新建9所提供260个、改建15所提供495个: however many others there are, these are no more than all.
                yield Edge(BOUND, whole, parts, each.bound)
                continue
            if each.bound in (*_OPENED, "bare") and len(parts) > 1 and not self._is_closed(each, parts):
                # An open list may leave some out; one wrong digit that explains the gap speaks for a list of all.
                total = sum(self._said[part].amount for part in parts)
                if each.bound == "bare" or total <= self._said[whole].amount:
                    yield Edge(SUM, whole, parts, each.bound)
                    continue
            closed = len(parts) > 1 and self._is_closed(each, parts)
            words = OTHERS if closed and len(parts) >= _FEWEST_COUNTED and self._ends_with_others(parts) else each.bound
            yield Edge(SUM if closed else BOUND, whole, parts, words)

    def _with_coinciding(self, each: PartList, whole: int, parts: tuple[int, ...]) -> tuple[int, ...]:
        """The parts of a total, with those of one of them that only come out, where all together make the total: 3项、2项、1项，共6项."""
        if each.bound not in _CLOSED_BOUNDS:
            return parts
        said = {self._said[part].index for part in parts}
        inner = (part for other in self._lists if other.bound == "sum" and other.whole in said for part in other.parts)
        flat = tuple(sorted({*parts, *(self._place[part] for part in inner if part in self._place)}))
        return flat if sum(self._said[part].amount for part in flat) == self._said[whole].amount else parts

    def _whole_that_comes_out(self, each: PartList, whole: int, parts: tuple[int, ...]) -> int:
        """Of what 其中 may open, the figure it makes up: 调处189起，成功184起，成功率97.4%。其中土地73起、邻里58起、其他58起."""
        total = sum(self._said[part].amount for part in parts)
        if each.bound not in _OPENED or len(parts) < _FEWEST_COUNTED or total == self._said[whole].amount:
            return whole
        near = (other for other in range(whole - 1, max(-1, whole - 1 - _BESIDE_WHOLE), -1) if self._said[other].amount == total)
        alike = (other for other in near if self._said[other].unit == self._said[whole].unit and self._said[other].sentence >= 0)
        return next(alike, whole)

    def _is_misread(self, each: PartList, whole: int, parts: Sequence[int]) -> bool:
        """Whether some items of a list were read as something else or stand for several (在8个县各设1个), it goes on behind its outcomes
        (不予受理120件), or its one item stands in a bracket and is more than what it would be some of (优良天数342天（有效监测366天）)."""
        if (each.bound in _CLOSED_BOUNDS | {"sum"} or self._ends_with_others(parts)) and self._skips_some(parts):
            return True
        if any(says("in_each", self._said[part].words) for part in parts) or (each.bound == "divided" and self._is_of_others(each, parts)):
            return True
        if each.bound in _OPENED and not self._is_closed(each, parts) and self._tells_a_half(parts):
            return True  # 其中女性41人，大专以上88人: beside one half of all there are stands no other part of them
        amounts = [self._said[part].amount for part in parts]
        if each.bound == "divided" and len(parts) == 1:
            return self._said[parts[0]].mark == "（" and amounts[0] > self._said[whole].amount
        total, last = self._said[whole].amount, self._said[max(parts)]
        behind = [*takewhile(lambda other: self._goes_on(other, last), islice(self._said, max(parts) + 1, max(parts) + _REACH))]
        goes_on = each.bound == "outcome" and bool(behind) and behind[0].part_of is None and behind[0].aspect == "actual"
        # 未结155件，民事1145件、刑事342件: what goes on lists all there is once more.
        return goes_on and total not in (sum(amounts), *accumulate(other.amount for other in behind))

    def _is_of_others(self, each: PartList, parts: Sequence[int]) -> bool:
        """Whether what seems to divide a whole is told of each of its parts in turn (500份、400份，共900份；满意的分别为471份和383份),
        or names divide it (内设机构9个，即办公室、人事科……，下辖分局6个)."""
        first = self._said[parts[0]]
        others = (other for other in self._of_whole[each.whole] if other is not each)
        in_turn = says("in_turn", first.words) and any(len(other.parts) == len(each.parts) for other in others)
        return in_turn or "、" in first.ahead

    @cached_property
    def _of_whole(self) -> dict[int, list[PartList]]:
        """The lists of each whole."""
        found: dict[int, list[PartList]] = defaultdict(list)
        for each in self._lists:
            found[each.whole].append(each)
        return found

    def _skips_some(self, parts: Sequence[int]) -> bool:
        """Whether a figure like the parts, of their sentence and no part of one of them, stands among them and is none."""
        inside = {self._said[part].index for part in parts}
        first = self._said[min(parts)]
        # 配员不足52件 may be a name.
        aspects = (first.aspect, "limit")
        between = (self._said[place] for place in range(min(parts), max(parts)) if place not in parts)
        return any(
            (each.unit, each.sentence) == (first.unit, first.sentence) and each.aspect in aspects and each.part_of not in inside
            for each in between
        )

    def _tells_a_half(self, parts: Sequence[int]) -> bool:
        """Whether one of two names that divide people in the one way there is stands among parts, and the other does not."""
        names = [_named(self._said[part]) for part in parts] if self._said[parts[0]].unit in units_of("people") else []
        return any(any(map(one.search, names)) != any(map(other.search, names)) for one, other in _pairs())

    def _is_class(self, whole: int, parts: Sequence[int]) -> bool:
        """Whether a line of the budget, or that its section is about, is divided into the parts there are (基本支出: 人员 and 公用), or
        people are (编制: 行政 and 事业)."""
        said = self._said[whole]
        counted = said.figure.kind == "count"
        names = [said.measure] if counted else [*said.subject, *(_HEAD_TAIL.sub("", without_number(head)) for head in said.section[-1:])]
        owners = [self._said[part].words if counted else "".join(self._said[part].subject[-1:]) for part in parts]
        return any(any(map(of.search, names)) and all(map(into.search, owners)) for of, into in _classes())

    def _larger_than(self, each: PartList, whole: int, parts: Sequence[int]) -> int | None:
        """A part that is more than its whole: one of those that 其中 opens right behind it, or told within it (规上企业86家，规上企业中高新
        技术企业91家), whatever the others are."""
        beside = all(between.aspect in DERIVED for between in self._said[whole + 1 : parts[0]])
        beside = beside and (parts[0] == whole + 1 or self._said[whole].sentence == self._said[parts[0]].sentence)
        within = each.bound == "within"
        of_all = within or (self._said[whole].part_of is None and self._said[whole].mark != "、")
        opened = (within or says("some", self._said[parts[0]].words)) and whole < parts[0] and beside and of_all
        return next((part for part in parts if self._said[part].amount > self._said[whole].amount), None) if opened else None

    def _pairs_that_divide(self) -> Iterator[Edge]:
        """Two figures in a row that divide what they are of in the one way there is (男, 女): the nearest larger figure of their unit."""
        plain = [place for place, each in enumerate(self._said) if each.aspect not in DERIVED]
        for place, following in pairwise(plain):
            first, second = self._said[place], self._said[following]
            if not first.unit or first.unit != second.unit or first.sentence != second.sentence or first.figure.kind != "count":
                continue
            both = _named(first), _named(second)
            named = any(one.search(name) and other.search(beside) for one, other in _pairs() for name, beside in (both, both[::-1]))
            named = (named and following == place + 1) or _is_denied(first.words, second.words)
            # 行政24名、事业68名、工勤2名: they do not divide it alone.
            goes_on = following + 1 < len(self._said) and self._goes_on(self._said[following + 1], second)
            if not named or first.mark == "、" or goes_on:
                continue
            larger = max(first.amount, second.amount)
            near = [other for other in range(place - 1, max(-1, place - 7), -1) if self._said[other].unit == first.unit]
            near = [other for other in near if self._said[other].aspect == "actual"]
            # Right in front of them stands what they divide, even where a digit of it is wrong.
            beside = near[:1] if near[:1] == [place - 1] and self._said[place - 1].sentence == first.sentence else ()
            bound = [self._place[first.part_of]] if first.part_of in self._place and first.part_of == second.part_of else ()
            whole = next(chain(bound, (other for other in near if self._said[other].amount > larger), beside), None)
            # 公园3座，城区绿地620处、农村绿地240处: they are of something else.
            both_together = first.amount + second.amount
            if whole is not None and both_together < _MOST * self._said[whole].amount < _MOST**2 * both_together:
                yield Edge(SUM, whole, (place, following), "class")

    def _goes_on(self, following: Statement, last: Statement) -> bool:
        """Whether a list goes on behind what might be its last part."""
        return following.unit == last.unit and following.sentence == last.sentence and following.mark in ("、", "，", "")

    def _goes_on_in_other_units(self, parts: Sequence[int]) -> bool:
        """Whether a list has items that are counted otherwise (水泵60台、冲锋舟20艘)."""
        unit = self._said[parts[0]].unit
        near = (self._said[other] for other in range(parts[0] + 1, min(parts[-1] + 2, len(self._said))))
        return any(other.mark == "、" and other.unit != unit and other.figure.kind != "percent" for other in near)

    def _lists_all(self, whole: int) -> bool:
        """Whether 其中 behind a figure mostly lists all of it: of money, of points."""
        return self._said[whole].figure.kind == "money" or self._said[whole].aspect == "score"

    def _is_closed(self, each: PartList, parts: Sequence[int]) -> bool:
        """Whether a list is all of its whole: its words or number say so, it ends with 其他, or its parts are all outcomes there are."""
        if self._ends_with_others(parts):
            return True
        if each.bound in _CLOSED_BOUNDS or each.bound in ("sum", "line"):
            return True
        states = {self._said[part].state for part in parts}
        return bool(states & {"open", "under_way"}) and bool(states & {"rectified", "closed"}) and states <= _OUTCOMES | {""}

    def _ends_with_others(self, parts: Sequence[int]) -> bool:
        """Whether the last item of a list is all that is left: 其他, 其余; 另有 goes on with what may be among the others as well."""
        last = self._said[parts[-1]]
        left = last.extent == "rest" and not says("another", last.words)
        return last.words.endswith(("其他", "其它", "其他行业")) or left


def _named(statement: Statement) -> str:
    return f"{statement.words.removeprefix('其中')}{''.join(statement.scope)}"


def _is_denied(name: str, other: str) -> bool:
    """Whether one of two names says of the rest that it is not what the other says, as 调解成功, 未成功的; not all others are 不满意."""
    deed = denied(other.removesuffix("的"))
    # 年末未结 is what is left of all there was, not of what came in.
    return len(deed) > 1 and deed != _BY_DEGREES and name.removesuffix("的").endswith(deed)


@cache
def _pairs() -> list[tuple[re.Pattern[str], re.Pattern[str]]]:
    return [(re.compile(first), re.compile(second)) for first, second in load("relations")["pairs"]["names"]]


@cache
def _classes() -> list[tuple[re.Pattern[str], re.Pattern[str]]]:
    return [(re.compile(entry["whole"]), re.compile(entry["parts"])) for entry in load("relations")["closed"]]
