"""What a figure measures, in the text's own words, with its owner."""

from __future__ import annotations

import re
from bisect import bisect_left

from selfeval.reading.clauses import STOPS, words_before, words_behind
from selfeval.reading.enumeration import without_number

from .cells import Cells
from .figure import Figure

_LEADS = re.compile(
    "^(?:其中|分别是|分别为|包括|即|以及|和|及|与|共计|合计|总计|共|并|已(?!经)|已经|再|又|还|另|均|各(?![级类地项种县市区乡镇村部单])|也|则|比|较|是|对)"
    "[:：，、]?"
)
_TAILS = re.compile(
    "(?:[¥￥]|人民币|约为|约|(?<!行)为|有|是|达到|达|合计|共计|总计|一共|共|近|超过|逾|(?<!商)超|至少|不少于|不低于|不超过|了|的|分别|各|(?<![户人次年日月])均|[：:≥≤=＝><“‘（(]|[-－—~～])+$"
)
# These words say that an amount was spent or planned, not on what: the owner stands further up.
_ROLES = re.compile(
    "^(?:年初|年中|年末|调整后|后|实际|全年|本年|当年|总|和)*(?:（调整后）?)?"
    "(?:预算|绩效目标|目标|支出|实际|决算|执行|完成|支付|安排|追加|调整|占|增长|下降|减少|增加|上升|提高|同比|完成率|执行率|整改率)?"
    "(?:（调整后）?)?(?:支出|数|为|率|值|安排)*$"
)
_TRANSITIVE = re.compile("(?:对|将|把|为|给|从|由|与|向|在|明确|组织|聘请|安排|设置|内设|分|任命)$")
_LONGEST = 40
_NOUN = re.compile(r"(?![-－—–~～至])[^，。；！？\s：:、,“”‘’（）()0-9０-９]{1,16}")


class Surroundings:
    """The text a figure stands in, the cells of its tables, and its neighbours; `figures` is filled in once all are found."""

    __slots__ = ("_cells", "_starts", "figures", "text")

    def __init__(self, text: str, cells: Cells) -> None:
        self.text = text
        self.figures: list[Figure] = []
        self._cells = cells
        self._starts: list[int] | None = None

    def measure_of(self, figure: Figure) -> str:
        """The words before the figure in its clause, with the owner they belong to; where there are none, the noun behind the number.

        In a table these are the name of its row and the heads of its column.
        """
        place = self._cells.at(figure)
        if place and place.measure:
            return place.measure
        if self._starts is None:
            self._starts = [other.start for other in self.figures]
        index = bisect_left(self._starts, figure.start)
        if figure.qualifier == "range_high" and index:
            return self.measure_of(self.figures[index - 1])
        own = self._words_before(index, figure.start)
        noun = self._noun_after(figure)
        if own and noun and _TRANSITIVE.search(own):
            return own + noun
        if own and not _ROLES.match(own):
            return own
        owner = self._owner(index)
        return f"{owner}{own}" if own and owner else own or noun or owner

    def _words_before(self, index: int, start: int) -> str:
        begin = max(0, start - _LONGEST, self.figures[index - 1].end if index else 0)
        while start >= begin:
            words = words_before(self.text, start, f"{STOPS}，：、", start=begin)
            if tidy := _tidy(words):
                return tidy
            start -= len(words) + 1
        return ""

    def _owner(self, index: int) -> str:
        """What the nearest earlier figure of the same sentence belongs to, without the word for its role (绩效目标 …)."""
        for earlier in range(index - 1, max(-1, index - 5), -1):
            figure = self.figures[earlier]
            between = self.text[figure.end : self.figures[index].start]
            if words_behind(between, 0, STOPS) != between:
                return ""
            words = self._words_before(earlier, figure.start)
            if words and not _ROLES.match(words):
                return _ROLE_TAIL.sub("", words) or words
        return ""

    def _noun_after(self, figure: Figure) -> str:
        """一名代管人员: the noun behind the number."""
        noun = _NOUN.match(self.text, figure.end)
        return _AFTER_WORDS.sub("", noun[0]) if noun else ""


_ROLE_TAIL = re.compile("(?:年初和调整后|年初安排|年初|调整后|年初预算|全年预算|预算|绩效目标|目标|实际支出|支出决算|决算)(?:数|为)?$")
_AFTER_WORDS = re.compile("^(?:以上|以下|以内|左右|许|的)+|(?:的|进行|等)$")


def _tidy(words: str) -> str:
    words = words.strip(" \u3000“”‘’（）()")
    while words:
        shorter = _TAILS.sub("", _LEADS.sub("", without_number(words))).strip(" \u3000“”‘’（）()")
        if shorter == words:
            break
        words = shorter
    return words
