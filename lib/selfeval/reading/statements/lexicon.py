"""The words of knowledge/statements.toml, found in a text in one pass."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from selfeval.exceptions import KnowledgeBroken
from selfeval.knowledge import load

FIELDS = ("aspect", "period", "state", "extent", "joint", "verb", "scope", "name")
_SAYING_WHICH = frozenset({"aspect", "period", "joint"})
_NUMBER = "[约近达为有是逾超]{0,2}[ ]?[0-9０-９一二三四五六七八九十百千万两零〇]"
# What a word begins with, and what may come second; what may be left out tells neither.
_ONE = r"\[[^\]^][^\]]*\]|[^\\^$.|?*+(){}\[\]#]"
_BEGIN = re.compile(rf"(?P<lead>{_ONE})(?P<again>{{1,\d}})?(?![?*{{])")
_NEXT = re.compile(rf"(?P<next>{_ONE})(?P<optional>\?)?(?![*{{])")
_RANGE = re.compile(r"(.)-(.)")
# Words that may begin with more characters than these are looked for as a whole.
_MOST_LEADS = 1000


class Cue(NamedTuple):
    """A word of the lexicon where it stands: `field` is the table of statements.toml it is of, `value` the key in it."""

    start: int
    end: int
    field: str
    value: str


def cues_in(text: str, start: int, end: int) -> list[Cue]:
    """The words of the lexicon in `text[start:end]`, from the left, at each place the longest; linear in the length."""
    found: list[Cue] = []
    lead, by_two, by_lead, wide = _compiled()
    longest = start
    # What words must be followed by may stand beyond the end.
    for match in lead.finditer(text, start):
        at = match.start()
        if at < longest:
            continue
        if at >= end:
            break
        place, meaning = at, None
        if match.lastindex and match.end(match.lastindex) <= end:
            place, meaning = match.end(match.lastindex), wide[match.lastindex - 1]
        for pattern, own in by_two.get(text[at : at + 2]) or by_lead.get(text[at], ()):
            word = pattern.match(text, at)
            if word and place < word.end() <= end:
                place, meaning = word.end(), own
        if meaning:
            found.append(Cue(at, place, *meaning))
        longest = place
    return found


def says(name: str, words: str) -> bool:
    """Whether words hold one of [words] of statements.toml."""
    return bool(_word(name).search(words))


def parts_told(name: str, words: str) -> dict[str, str]:
    """What such a one at the beginning of words tells apart, by name; nothing where they begin with none."""
    found = _word(name).match(words)
    return found.groupdict() if found else {}


def place_of(name: str, text: str, begin: int, end: int) -> tuple[int, int]:
    """Where between two places of a text the first of such a one begins and ends, -1 where none does."""
    found = _word(name).search(text, begin, end)
    return found.span() if found else (-1, -1)


def without(name: str, words: str) -> str:
    """Words without such a one."""
    return _word(name).sub("", words)


@cache
def units_of(kind: str) -> frozenset[str]:
    """The units of a kind of things, of [units] of statements.toml."""
    return frozenset(load("statements")["units"][kind])


@cache
def counted_as(each: str) -> frozenset[str]:
    """In what else than itself that is counted what an average is over: 家 for 户均."""
    return frozenset(load("statements")["counted_as"].get(each, ()))


def measured_in(unit: str, measure: str) -> str:
    """A measure with the word for what its unit measures, unless it ends so.

    >>> measured_in("亩", "受淹"), measured_in("户", "低保户")
    ('受淹面积', '低保户')
    """
    word, ends = _dimensions().get(unit, ("", None))
    return f"{measure}{word}" if measure and ends and not ends.search(measure) else measure


def is_aspect(words: str) -> bool:
    """Whether words say which number a figure is and nothing else: 年初预算数, 全年执行数."""
    cues = cues_in(words, 0, len(words))
    rest = "".join(words[before : cue.start] for before, cue in zip([0, *(cue.end for cue in cues)], cues, strict=False))
    rest += words[cues[-1].end :] if cues else words
    return any(cue.field == "aspect" for cue in cues) and not rest.strip(" 数额") and all(cue.field in _SAYING_WHICH for cue in cues)


_Meaning = tuple[str, str]
_Words = list[tuple[re.Pattern[str], _Meaning]]


@cache
def _dimensions() -> dict[str, tuple[str, re.Pattern[str]]]:
    """By unit the word for what it measures, and what may stand for that at the end of a measure."""
    entries = load("statements")["dimension"]
    return {unit: (entry["word"], re.compile(f"(?:{entry['ends']})$")) for entry in entries for unit in entry["units"]}


@cache
def _word(name: str) -> re.Pattern[str]:
    return re.compile(load("statements")["words"][name])


@cache
def _compiled() -> tuple[re.Pattern[str], dict[str, _Words], dict[str, _Words], list[_Meaning]]:
    """Where words may begin; by the first two characters the words that may stand there, with what each means; by the first those of them
    that may stand there whatever comes second; and what those mean that may begin with nearly anything, which are groups of the first.

    Raises KnowledgeBroken where an entry does not begin with a plain character or a set of them.
    """
    by_lead: dict[str, list[tuple[frozenset[str], tuple[re.Pattern[str], _Meaning]]]] = {}
    wide: dict[str, _Meaning] = {}
    for field in FIELDS:
        for value, words in load("statements")[field].items():
            for word in words:
                leads, seconds = _begins(word)
                printed = word.replace("#", _NUMBER)
                if len(leads) > _MOST_LEADS:
                    wide[printed] = field, value
                    continue
                for character in leads:
                    by_lead.setdefault(character, []).append((seconds, (re.compile(printed), (field, value))))
    every_second = frozenset[str]().union(*(seconds for entries in by_lead.values() for seconds, _ in entries))
    by_two = {
        f"{character}{second}": [own for seconds, own in entries if not seconds or second in seconds]
        for character, entries in by_lead.items()
        for second in frozenset[str]().union(*(seconds for seconds, _ in entries))
    }
    whatever = {character: [own for seconds, own in entries if not seconds] for character, entries in by_lead.items()}
    alone, in_twos = (_set_of(lead for lead, own in whatever.items() if bool(own) == open_ended) for open_ended in (True, False))
    begins = "".join(f"(?=({printed}))|" for printed in wide)
    return re.compile(f"{begins}{alone}|{in_twos}(?={_set_of(every_second)})"), by_two, whatever, [*wide.values()]


def _set_of(characters: Iterable[str]) -> str:
    return "[" + "".join(map(re.escape, sorted(characters))) + "]"


def _begins(word: str) -> tuple[frozenset[str], frozenset[str]]:
    """The characters a word may begin with, and those that may come second, none where any may."""
    begin = _BEGIN.match(word)
    if begin is None:
        raise KnowledgeBroken(f"知识文件 statements.toml 的词条“{word}”须以确定的字开头")
    leads, place = _characters(begin["lead"]), begin.end()
    seconds = leads if begin["again"] else frozenset[str]()
    while following := _NEXT.match(word, place):
        seconds, place = seconds | _characters(following["next"]), following.end()
        if not following["optional"]:
            return leads, seconds
    return leads, frozenset()


def _characters(printed: str) -> frozenset[str]:
    """The members of a set in square brackets, or the one character."""
    return frozenset(_RANGE.sub(lambda ends: "".join(map(chr, range(ord(ends[1]), ord(ends[2]) + 1))), printed.strip("[]")))
