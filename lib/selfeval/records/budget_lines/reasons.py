"""Finds, in the words after a line's figures, why it came out so, and attaches them verbatim."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache

from selfeval.knowledge import load
from selfeval.reading.clauses import parts_of
from selfeval.reading.document import Document
from selfeval.reading.structure import is_contrary

from .mention import Mention, Zone
from .naming import is_whole
from .wording import any_of, flatten, pattern

_NEAREST = 30
# “未完成的主要原因”: how far into a later sentence its cue may stand for the sentence to be about the line.
_LATEST_CUE = 6
# So much of the end of a long name, and two thirds of it, name a line as well.
_LEAST_NAMED = 6
_BLANK = " \t\n\u3000，,；;。：:）)"


def attach_reasons(document: Document, zones: list[Zone], tabled: list[Mention]) -> None:
    """Give each mention the reason that follows its figures, if it has none yet; `tabled` are those of tables.

    A reason is what a cue word opens (因, 原因是, 主要是), up to the end of its sentence or the next line; without a cue word, a clause
    of the same sentence that tells of an event, where the line spent other than planned. It belongs to the line it names, wherever that
    has its figures, else to the line before it; after a list of parts that gives only what was spent, to the whole.
    """
    near: list[Mention] = []
    everywhere = [*tabled, *(mention for zone in zones for mention in zone.mentions)]
    line_end = -1
    for index, zone in enumerate(zones):
        if zone.line_end != line_end:
            near, line_end = [], zone.line_end
        for mention in zone.mentions:
            if not mention.outside:
                near = [*near[-_NEAREST:], mention]
        if near and zone.mentions and not zone.mentions[-1].outside:
            words = document.text[zone.end : _end_of_zone(document.text, zones, index)]
            last = zone.end >= zone.mentions[-1].end
            _attach(words, zone.mentions[-1], near, everywhere, lead=document.text[zone.start : zone.end], last=last)


def _attach(words: str, before: Mention, near: list[Mention], everywhere: list[Mention], *, lead: str, last: bool) -> None:
    """Give the reasons in `words` to the lines they name, one that names none to the line `before` or, once its sentence is over,
    to the whole it is listed under. `lead` stands right in front of them; `last`: no figure of that line comes after them.
    """
    for number, sentence in enumerate(part.words for part in parts_of(words, "；。！？")):
        owner = _owner(before, near, over=number > 0)
        reason = _reason(sentence, owner, first=number == 0, last=last)
        ahead = flatten(sentence).partition(flatten(reason))[0] + _ahead_of_cue(reason) if reason else ""
        if not reason or pattern("reasons", "of_change").search(ahead if number else flatten(lead) + ahead):
            continue
        # 水质监测因招标推迟: who stands in front of the word that opens a reason has it; who stands behind is what it was.
        named = [mention for mention in near if names(sentence if number else _ahead_of_cue(reason), mention.nature.item)]
        if number and not named:
            named = [mention for mention in everywhere if not is_whole(mention.nature) and names(ahead, mention.nature.item)]
        owner = max(named, key=lambda mention: len(mention.nature.item)) if named else owner
        if not _points_the_other_way(reason, owner):
            owner.reason = owner.reason or reason


def _ahead_of_cue(reason: str) -> str:
    opens = cue().search(flatten(reason))
    return flatten(reason)[: opens.start()] if opens else ""


def names(sentence: str, item: str) -> bool:
    """Whether the sentence names a line, if need be by the end of its name: 执法与卫片图斑核查 of 自然资源执法与卫片图斑核查."""
    return len(item) > 2 and item[-max(_LEAST_NAMED, len(item) * 2 // 3) :] in flatten(sentence)


def _end_of_zone(text: str, zones: list[Zone], index: int) -> int:
    """How far the words after a figure may still speak of it: to the next line, over sums that only tell why (因…暂缓兑付86万元)."""
    line_end = zones[index].line_end
    for later in range(index + 1, len(zones)):
        zone = zones[later]
        if zone.start >= line_end:
            break
        if zone.mentions or (zone.outside and not cue().search(flatten(text[zone.start : zone.end]))):
            return max(zones[index].end, zone.start)
    return line_end


def _owner(mention: Mention, near: list[Mention], *, over: bool) -> Mention:
    """The line itself, or the whole it is listed under near by: when the sentence is `over`, or the whole gives more than it does."""
    whole = mention.parent
    if whole is None or whole not in near:
        return mention
    return whole if over or (_planned(whole) and not _planned(mention)) else mention


def _reason(sentence: str, mention: Mention, *, first: bool, last: bool) -> str:
    """The reason in `sentence`, verbatim from the clause that opens it; a later sentence must still speak of the money."""
    clauses = [part for part in parts_of(sentence, "，") if part.words]
    other = pattern("reasons", "no_reason")  # a rate, a score, a use or a comparison
    telling = [position for position, clause in enumerate(clauses) if not other.search(flatten(clause.words).strip(_BLANK))]
    of_money = cache(lambda: pattern("reasons", "money").search(flatten(sentence)))
    for position in telling:
        opens = cue().search(flatten(clauses[position].words))
        if opens and (first or (position == 0 and opens.start() <= _LATEST_CUE) or of_money()):
            reason = sentence[clauses[position].start :].strip(_BLANK)
            return reason if flatten(reason) != opens[0] else ""
    for position in telling:
        if first and last and tells_what_happened(clauses[position].words) and _deviates(mention):
            return sentence[clauses[position].start :].strip(_BLANK)
    return ""


def tells_what_happened(clause: str) -> bool:
    """Whether a clause without a cue word tells an event that may be a reason, and not only a sum."""
    words = flatten(clause)
    event = pattern("reasons", "events").search(words) and not pattern("reasons", "no_event").search(words)
    return bool(event or pattern("reasons", "late_cues").search(words))


def _deviates(mention: Mention) -> bool:
    planned, actual = _planned(mention), mention.amount("actual")
    return bool(planned) and actual is not None and planned[0] != actual


def _points_the_other_way(reason: str, mention: Mention) -> bool:
    """Whether a line spent less than was ever planned and the reason tells only of more, or the other way round."""
    planned, actual = _planned(mention), mention.amount("actual")
    if not planned or actual is None:
        return False
    down, up = all(actual < amount for amount in planned), all(actual > amount for amount in planned)
    return (down or up) and is_contrary(flatten(reason), down=down)


def _planned(mention: Mention) -> list[Decimal]:
    """What was planned to be spent, the last stage first."""
    return [amount for role in ("adjusted", "target", "initial") if (amount := mention.amount(role)) is not None]


@cache
def cue() -> re.Pattern[str]:
    """The words that open a reason."""
    return re.compile(any_of(load("budget")["reasons"]["cues"]))
