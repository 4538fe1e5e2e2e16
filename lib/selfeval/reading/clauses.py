"""Where a text pauses: its sentences, and the pieces that marks and brackets part them into. Nobody else splits text by punctuation."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

_SIGNS = "，,；;：:、。！？!?\n\t（）()〔〕[]【】"
_USUAL = dict(zip(",;:!?()[]〔〕【】", "，；：！？（）（）（）（）", strict=True))
_ENDS = "。！？\n\t"
# What a sentence may begin with and say nothing.
_MARKS = re.compile(rf"(?:\s*[{re.escape(_SIGNS)}])*")
_QUOTES = ("“”", "‘’", "《》", "「」")
_SIGNS_AND_QUOTES = frozenset(_SIGNS + "".join(_QUOTES))
# A quotation or bracket that is never closed ends with its line, and no later than this.
_LONGEST_QUOTATION = 58
# A comma typed for the point (41,20万元) parts no more than that of thousands does.
_IN_NUMBER = "(?<![0-9０-９][,，](?=[0-9０-９]{3}(?![0-9０-９])))(?<![0-9],(?=[0-9]{2}[万亿]?元))(?<![0-9０-９][:：](?=[0-9０-９]))"
# What ends a sentence, with what a semicolon parts.
STOPS = "。；！？\n\t"
# What joins the names of a list beside 、.
_JOINT = re.compile("、|以及|[和与及]")
_JOINTS = re.compile("(?:[、，和与及]|以及)+")
# Words farther off than any sentence is long are looked at no more.
_LONGEST = 600
# So many blanks may stand between two lines.
_NEAR = 12


class Piece(NamedTuple):
    """What stands between two marks: `before` is the mark in front of it, `after` the one that ends it ('' at the ends of the text).

    Marks are full-width, brackets of every make are （ and ）. `depth` counts the brackets it stands in.
    """

    start: int
    end: int
    before: str
    after: str
    depth: int


class Sentence(NamedTuple):
    """A sentence; `start` and `end` are offsets without the mark that ends it. It is looked for in `text` from `begin` to `stop`."""

    start: int
    end: int
    text: str
    begin: int
    stop: int

    @property
    def pieces(self) -> list[Piece]:
        """Its pieces in reading order; parted when asked for, as most sentences tell of no figure."""
        text, start, depth, before = self.text, self.begin, 0, ""
        pieces: list[Piece] = []
        for match in _finder(_SIGNS).finditer(text, start, self.stop):
            if not match.lastindex:
                continue
            place = match.start()
            sign = _USUAL.get(text[place], text[place])
            if text[start:place].strip():
                pieces.append(Piece(start, place, before, sign, depth))
            elif pieces and sign not in "（）":
                # A piece whose bracket closed right behind it ends with the mark that follows the bracket.
                pieces[-1] = pieces[-1]._replace(after=sign)
            start, before = place + 1, sign
            if sign in "（）":
                depth = depth + 1 if sign == "（" else max(0, depth - 1)
        if text[start : self.stop].strip():
            pieces.append(Piece(start, self.stop, before, "", depth))
        return pieces


def sentences_of(text: str) -> Iterator[Sentence]:
    """Every sentence that is not blank, in reading order; its pieces never overlap, and every offset is into `text`.

    Marks inside quotations, in numbers (1,145,000) and clocks (9:30) part nothing. A line end ends a sentence: `document` has joined
    what only a margin broke. Linear in the text.

    >>> [sentence.text[piece.start : piece.end] for sentence in sentences_of("检查83家，停业1家、关闭2家。") for piece in sentence.pieces]
    ['检查83家', '停业1家', '关闭2家']
    """
    begin = 0
    for match in _finder(_ENDS).finditer(text):
        if match.lastindex:
            place = match.start()
            start = _MARKS.match(text, begin, place).end()
            if text[start:place].strip():
                yield Sentence(start, place, text, begin, place + 1)
            begin = place + 1
    start = _MARKS.match(text, begin).end()
    if text[start:].strip():
        last = Sentence(start, len(text), text, begin, len(text))
        yield last._replace(end=last.pieces[-1].end)


class Part(NamedTuple):
    """Some words of a text, from `start` on, and the mark that ends them ('' at the end of the text)."""

    start: int
    words: str
    mark: str


def parts_of(text: str, marks: str, *, in_brackets: bool = True) -> list[Part]:
    """`text` parted at each of `marks`, which are full-width; at those within brackets only where they are asked for.

    >>> [part.words for part in parts_of("人事科、党办（纪检、监察）、财务科", "、", in_brackets=False)]
    ['人事科', '党办（纪检、监察）', '财务科']
    """
    found, start, depth = [], 0, 0
    for match in _finder(marks if in_brackets else f"{marks}（）").finditer(text):
        if match.lastindex:
            place = match.start()
            sign = _USUAL.get(text[place], text[place])
            depth = depth + 1 if sign == "（" else max(0, depth - 1) if sign == "）" else depth
            if sign in marks and (in_brackets or not depth):
                found.append(Part(start, text[start:place], sign))
                start = place + 1
    return [*found, Part(start, text[start:], "")]


def names_of(listed: str) -> list[str]:
    """The names of a list, parted by 、 and by the words that join the last of them.

    >>> names_of("桥梁检测、渠道清淤以及泵站检修")
    ['桥梁检测', '渠道清淤', '泵站检修']
    """
    return _JOINT.split(listed)


def only_joins(words: str) -> bool:
    """Whether `words` do nothing but join what stands before and behind them: 、, 和, ，以及."""
    return _JOINTS.fullmatch(words) is not None


def words_before(text: str, place: int, marks: str, *, start: int = 0) -> str:
    """The words that lead up to `place` from the last of `marks` before it, or from `start`."""
    begin = max(0, start, place - _LONGEST)
    # No quotation goes on over the end of a line.
    begin = max(begin, text.rfind("\n", begin, place) + 1) if "\n" in marks else begin
    words = text[begin:place]
    begin = 0
    for match in _finder(marks).finditer(words):
        begin = match.end() if match.lastindex else begin
    return words[begin:]


def words_behind(text: str, place: int, marks: str, *, end: int | None = None) -> str:
    """The words from `place` on up to the next of `marks`, or to `end`."""
    words = text[place : min(place + _LONGEST, len(text) if end is None else end)]
    return words[: next((match.start() for match in _finder(marks).finditer(words) if match.lastindex), None)]


def mark_before(text: str, place: int) -> str:
    """The mark that stands right before `place`, blanks aside; '' where none does."""
    last = text[max(0, place - _NEAR) : place].rstrip()[-1:]
    return _USUAL.get(last, last) if last in _SIGNS_AND_QUOTES else ""


@cache
def _finder(marks: str) -> re.Pattern[str]:
    """What finds those of some marks, in full width, that part, and in between whole quotations; a group tells the marks."""
    signs = re.escape("".join(sign for sign in _SIGNS if _USUAL.get(sign, sign) in marks))
    quoted = (f"(?<={begin})[^{end}\\n]{{0,{_LONGEST_QUOTATION}}}{end}" for begin, end in _QUOTES)
    openers = "".join(begin for begin, _ in _QUOTES)
    return re.compile(f"[{openers}{signs}](?:{'|'.join(quoted)}|(?<=[{signs}])(){_IN_NUMBER})")
