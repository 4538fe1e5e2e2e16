"""The words each figure has for itself: those before it, those behind it, and what its sentence said ahead of them."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Container, Iterator, Sequence, Set
from dataclasses import dataclass, field
from decimal import Decimal

from selfeval.reading.clauses import Piece, Sentence, sentences_of
from selfeval.reading.figures import QUANTITIES, Figure, amount_of

from .lexicon import Cue, cues_in

_STRENGTH = {mark: strength for strength, mark in enumerate(("", "、", "（", "）", "，", "：", "；"))}
# 80至89周岁6218人, 使用超过八年的205台: an age in front of a number names a group.
_AGES = re.compile(
    r"(?<!\d)\d{1,3}(?:\s*[至到~～—-]\s*\d{1,3})?\s*周?岁(?:及?以[上下])?(?=[一-龥]{0,6}\s*\d)"
    r"|(?<![\d一二三四五六七八九十])[\d一二两三四五六七八九十]{1,3}[余多]?(?:年|个月|天|小时)(?:及?以[上下])?的(?=\s*\d)"
)
# 全年预算（含追加）20万元: what a bracket says of the words before it that it takes in.
_NOTE = re.compile(r"[（(]不?含[^（）()]*[）)]\Z")
_JOINTS = "和与及"
_BOUND = re.compile("[（(]?含?[）)]?(?:及?以[上下内]|之内)(?=的?[一-龥])")


@dataclass(slots=True, eq=False)
class Phrase:
    """A figure with its words. `words`, `after` and `ahead` are spans of the text: what stands before the figure and is its own, what
    follows up to the next mark or figure, and what the sentence says between the figure before and the own words.

    `mark` is the strongest mark between the figure before and this one; `depth` counts the brackets it stands in, `opens` is true where
    its bracket opened behind the figure before. `first`: it is the first of its sentence. `own` are its words without blanks.
    """

    index: int
    figure: Figure
    amount: Decimal
    unit: str
    sentence: int
    words: tuple[int, int]
    after: tuple[int, int]
    ahead: tuple[int, int]
    mark: str
    depth: int
    first: bool
    cues_after: list[Cue]
    cues_ahead: list[Cue]
    own: str
    cues: list[Cue] = field(init=False)
    _by_field: dict[str, list[Cue]] = field(init=False)

    def cue(self, name: str, values: Container[str] = ()) -> Cue | None:
        """The word of a field that stands nearest before the figure."""
        for cue in reversed(self._by_field.get(name, ())):
            if not values or cue.value in values:
                return cue
        return None

    def has(self, name: str, *values: str) -> bool:
        """Whether such a word stands among the figure's own."""
        for cue in self._by_field.get(name, ()):  # noqa: SIM110
            if cue.value in values:
                return True
        return False

    def say(self, cues: list[Cue]) -> None:
        """Take in the words of the lexicon among the figure's own."""
        self.cues, self._by_field = cues, {}
        for cue in cues:
            self._by_field.setdefault(cue.field, []).append(cue)


def phrases_of(text: str, figures: Sequence[Figure], celled: Set[int] = frozenset()) -> Iterator[list[Phrase]]:
    """The phrases of each sentence that holds a quantity, in reading order; `celled` are the figures that are cells of tables."""
    quantities = [
        (index, figure)
        for index, figure in enumerate(figures)
        if figure.kind in QUANTITIES and figure.value is not None and index not in celled and not _AGES.match(text, figure.start)
    ]
    place = 0
    for number, sentence in enumerate(sentences_of(text)):
        own = []
        while place < len(quantities) and quantities[place][1].start < sentence.end:
            if quantities[place][1].start >= sentence.start:
                own.append(quantities[place])
            place += 1
        if own:
            yield _phrases(text, number, sentence, own)


def _phrases(text: str, number: int, sentence: Sentence, own: list[tuple[int, Figure]]) -> list[Phrase]:
    pieces = sentence.pieces
    places = _places(pieces, own)
    # What follows the last figure belongs to none.
    cues = cues_in(text, sentence.start, pieces[places[-1]].end)
    starts = [cue.start for cue in cues]
    phrases: list[Phrase] = []
    for order, (index, figure) in enumerate(own):
        at = places[order]
        before = own[order - 1][1].end if order else sentence.start
        before_at = _past_aside(text, pieces, places[order - 1], at) if order else -1
        start = _start(pieces, at, before, before_at)
        if start == before and phrases and _BOUND.match(text, start):
            start = phrases[-1].words[0]
        following = own[order + 1][1].start if order + 1 < len(own) and places[order + 1] == at else pieces[at].end
        amount, unit = amount_of(figure)
        note = _NOTE.search(text, start + 1, figure.start) if text[figure.start - 1] in "）)" else None
        end = note.start() if note else figure.start
        phrase = Phrase(
            *(index, figure, amount if amount is not None else figure.value, unit, number),
            *((start, end), (figure.end, max(figure.end, following)), (before, start)),
            *(_mark(pieces, before_at, at), pieces[at].depth, not order),
            *(_inside(cues, starts, figure.end, following), _inside(cues, starts, before, start), bare(text[start:end])),
        )
        phrase.say(_inside(cues, starts, start, end))
        phrases.append(phrase)
    return phrases


def _places(pieces: Sequence[Piece], own: list[tuple[int, Figure]]) -> list[int]:
    """The piece each figure begins in."""
    places, at = [], 0
    for _, figure in own:
        while at + 1 < len(pieces) and pieces[at + 1].start <= figure.start:
            at += 1
        places.append(at)
    return places


def _past_aside(text: str, pieces: Sequence[Piece], before_at: int, at: int) -> int:
    """The last piece that is of the figure in `before_at`: its own, or what a bracket adds to it, 购车18万元（新购1辆）和接待费2万元."""
    end = before_at + 1
    while end < at and pieces[end].depth > pieces[before_at].depth:
        end += 1
    goes_on = end <= at and (pieces[end].before == "、" or text[pieces[end].start] in _JOINTS)
    return end - 1 if goes_on and end > before_at + 1 else before_at


def _start(pieces: Sequence[Piece], at: int, before: int, before_at: int) -> int:
    """Where the own words of a figure in piece `at` begin: no farther than the figure before; 打井、送水资金 and 小（1）型 are in one."""
    if before_at == at:
        return before
    start = at
    while start - 1 > before_at:
        previous, current = pieces[start - 1], pieces[start]
        joined = current.before == "、" or (current.before == "）" and previous.depth > pieces[at].depth)
        opened = current.before == "（" and current.depth > pieces[at].depth
        if not (joined or opened):
            break
        start -= 1
    return pieces[start].start


def _mark(pieces: Sequence[Piece], before_at: int, at: int) -> str:
    if before_at < 0 or before_at == at:
        return ""
    # ；（2）: of two marks in a row the one before ends, the other begins.
    strongest = pieces[before_at + 1].before
    for place in range(before_at, at):
        for mark in (pieces[place + 1].before, pieces[place].after):
            if _STRENGTH.get(mark, 0) > _STRENGTH.get(strongest, 0):
                strongest = mark
    return strongest


def _inside(cues: list[Cue], starts: list[int], begin: int, end: int) -> list[Cue]:
    if begin >= end:
        return []
    inside = cues[bisect_left(starts, begin) : bisect_left(starts, end)]
    # They follow one another: none but the last can go on beyond the end.
    return inside[:-1] if inside and inside[-1].end > end else inside


def bare(words: str) -> str:
    """Words without blanks."""
    return "".join(words.split())
