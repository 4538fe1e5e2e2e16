"""What a figure measures, in the text's own words, with its owner."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .figure import Figure

_CLAUSE = re.compile("[，。；！？\n\t：:、]")
_STOP = re.compile("[。；！？\n\t]")
_LEADS = re.compile("^(?:其中|分别是|分别为|包括|即|以及|和|及|与|共计|合计|总计|共|并|已|再|又|还|另|均|各|[一二三四五六七八九十]+是|[（(][一二三四五六七八九十0-9]+[）)]|[0-9]+[、.．])[:：，、]?")
_TAILS = re.compile("(?:约为|约|为|有|是|达到|达|共计|共|计|近|超过|逾|超|至少|不少于|不低于|不超过|了|的|：|:|≥|≤|=|＝|>|<|“|‘|（|\\()+$")
_LONGEST = 40


class Surroundings:
    """The text a figure stands in and its neighbours; `figures` is filled in once all are found."""

    __slots__ = ("_starts", "figures", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self.figures: list[Figure] = []
        self._starts: list[int] | None = None

    def measure_of(self, figure: Figure) -> str:
        """The words between the previous figure (or the clause's beginning) and this one; where there are none, those of the list it is in."""
        if self._starts is None:
            self._starts = [other.start for other in self.figures]
        index = bisect_left(self._starts, figure.start)
        own = self._words_before(index, figure.start)
        if own or not index:
            return own
        previous = self.figures[index - 1]
        if _STOP.search(self.text, previous.end, figure.start):
            return self._words_after(figure)
        return self._words_after(figure) or self._words_before(index - 1, previous.start)

    def _words_before(self, index: int, start: int) -> str:
        begin = max(0, start - _LONGEST, self.figures[index - 1].end if index else 0)
        words = _CLAUSE.split(self.text[begin:start])
        return next((tidy for tidy in map(_tidy, reversed(words)) if tidy), "")

    def _words_after(self, figure: Figure) -> str:
        """一名代管人员: the noun behind the number."""
        after = _CLAUSE.split(self.text[figure.end : figure.end + 16])[0]
        return re.split("[0-9０-９]", after)[0].strip(" 的以上以下左右）)”’")


def _tidy(words: str) -> str:
    words = words.strip(" \u3000“”‘’（）()")
    while True:
        shorter = _TAILS.sub("", _LEADS.sub("", words)).strip(" \u3000“”‘’（）()")
        if shorter == words:
            return words
        words = shorter
