"""Averages and what they are over: 户均900元, 平均每天23份."""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from itertools import chain

from selfeval.quantity import dimension
from selfeval.reading.statements import Statement, counted_as, is_called, is_monthly, units_of

from .edge import AVERAGE, DAILY, MONTHLY, Edge
from .listed import COMES_TO
from .near import AVERAGED, Near, is_like

_TWO = 2
_OF_COUNT = re.compile("(?<=.)(?:资金|经费|案件|人数|人员|户数|数量?)$")
_EACH = re.compile("(?<!平)(人次|[一-龥])均|每(?:个|一)([一-龥]{2,6})|每[十百千万]?([一-龥])|(亩)产(?!业)")
_SHORTEST_NOUN = 2
_DAYS, _OF_YEAR = frozenset({"天", "日"}), {"日": DAILY, "月": MONTHLY}
# What is counted of a year where an average is over its days or months.
_TIMES_OF_YEAR = _DAYS | {"月", "个月"}
_NO_PERSON = "(?![员工师长])"
_OVER = re.compile("每|[人户亩日月年]均")


class Averages(Near):
    """Gives of each average what is divided and by what."""

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
        before = range(place - 1, self.in_sentence(place).start - 1, -1)
        found = [other for other in before if self.said[other].aspect in AVERAGED or _is_changed(self.said[other], statement)]
        one, over = self._averaged(statement, found, units, each)
        if one is None and place + 1 < len(self.said) and COMES_TO.match(self.said[place + 1].words):
            following = self.said[place + 1]
            one = place + 1 if following.unit == statement.unit and following.sentence == statement.sentence else None
        if over is not None and self.said[over].mark == "、" and self.said[over - 1].unit == self.said[over].unit:
            return None  # 5座矿山、3座尾矿库检查64次，平均每座8次: over both
        return None if over is None or one is None else Edge(AVERAGE, place, (one, over), statement.because.get("aspect", ""))

    def _reckoned(self, place: int, average: Statement, units: Set[str]) -> Edge | None:
        """训练经费按运动员平均，每人3983元; 以项目支出计算，件均成本1408元: of and over what it names, wherever they stand."""
        by = average.because.get("reckoned", "")
        if not by:
            return None

        def is_told(other: Statement, name: str) -> bool:
            # 秋季学期在校学生3872人: how many there are is told of some day of the year.
            stock = other.figure.kind == "count" and other.period == "part" and other.part_of is None
            now = other.aspect == "actual" and (other.period == average.period or stock)
            return now and (is_called(other, _OF_COUNT.sub("", name)) if name else other.part_of is None)

        one = self.anywhere(place, lambda other: is_like(other.unit, average.unit) and is_told(other, average.measure))
        if by == average.measure:
            over = self.before(place, lambda other: other.figure.unit.lstrip("万亿") in units and is_told(other, ""))
        else:
            # 按列养里程平均，每公里: a length is not over what is counted.
            measured = dimension(each := each_of(average)) != each
            over = self.anywhere(
                place, lambda other: other.figure.kind == "count" and is_told(other, by) and (not measured or other.figure.unit in units)
            )
        return None if one is None or over is None else Edge(AVERAGE, place, (one, over), f"按{by}")

    def _of_year(self, place: int, average: Statement, kind: str) -> Edge | None:
        """全年清运14.86万吨，日均407吨: of the year, where no days or months are counted in the sentence; of no parts of that, nor of the
        year before."""
        near = [self.said[other] for other in range(self.in_sentence(place).start, place)]
        like = (each for each in reversed(near) if each.unit == average.unit and each.aspect == "actual" and each.period != "prior")
        one = next((each for each in like if each.period != "year" or each.part_of is None), None)
        if one is None or one.period != "year" or any(each.figure.unit in _TIMES_OF_YEAR for each in near):
            return None
        # 支出17.28万元，月均180元 is for each of those who got it.
        if one.figure.kind == "money" and one.figure.unit != average.figure.unit:
            return None
        return Edge(kind, place, (self.place[one.index],), average.because.get("aspect", ""))

    def _averaged(self, average: Statement, found: Sequence[int], units: Set[str], each: str) -> tuple[int | None, int | None]:
        """Of figures, the nearest first, what is divided and by what: in the unit of the average, and in the unit it is over."""
        found = [other for other in found if self.is_of_now(other) or _is_changed(self.said[other], average) or average.period == "prior"]
        plain = [other for other in found if self.said[other].aspect != "average"]
        counted = [other for other in plain if self.said[other].figure.unit.lstrip("万亿") in units]
        # 每个普查区2.1个, 人均消费97元 of 28.4万人次: as much of what it says as a noun or a unit has.
        lengths = range(len(each), min(len(each), _SHORTEST_NOUN) - 1, -1)
        counts = (other for other in plain if self.said[other].figure.kind == "count")
        names = {other: f"{self.said[other].measure}|{self.said[other].figure.unit}" for other in counts}
        # 每个网格 is over the 142 of them, not over 专职网格员158人.
        named = ([other for other, name in names.items() if _is_told(each[:length], name)] for length in lengths)
        counted = counted or next(filter(None, named), [])
        # 人工造林补助318万元，亩均171元: of the part that what is divided names, else of no part.
        told = f"{average.measure}{''.join(average.subject[-1:])}"
        of_part = (other for other in counted if self.said[other].scope and "".join(self.said[other].scope) in told)
        over = next(chain(of_part, (other for other in counted if self.said[other].part_of is None)), None)
        divided = [other for other in plain if is_like(self.said[other].unit, average.unit) and other != over]
        if over is not None and over + 1 in divided and COMES_TO.match(self.said[over + 1].words):
            return over + 1, over  # 购车7台计986.40万元
        # What is divided by a whole is a whole as well, where one stands in front.
        return next((other for other in divided if self.said[other].part_of is None), next(iter(divided), None)), over


def _is_changed(change: Statement, average: Statement) -> bool:
    """Whether an average is of what was changed: 核减金额6395万元，平均每个项目核减336万元."""
    word = change.because.get("aspect", "")[:_TWO] if change.aspect == "change" else ""
    return bool(word) and word in average.words


def _is_told(noun: str, name: str) -> bool:
    """Whether a name has a noun, and not only as that of who works there: 网格 of 划分网格, not of 专职网格员."""
    return bool(noun) and re.search(f"{re.escape(noun)}{_NO_PERSON}", name) is not None


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
    return not each or is_monthly(average) or any(_is_told(name, said) for name in (each, each[-1:], *counted_as(each), *same))
