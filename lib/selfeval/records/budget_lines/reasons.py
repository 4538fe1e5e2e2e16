"""Finds, in the words after a line's figures, why it came out so, and attaches them verbatim."""

from __future__ import annotations

import re
from functools import cache

from selfeval.knowledge import load
from selfeval.reading.document import Document

from .lead import OUTSIDE
from .statement import Mention, Statement
from .wording import any_of, flatten, pattern

# A comma between digits parts thousands, not clauses.
_CLAUSE = re.compile(r"(?:[^，,]|(?<=\d),(?=\d))+[，,]?")
_STOP = re.compile("[；;。！？]")
_NEAREST = 30
# “未完成的主要原因”: how far into a later sentence its cue may stand for the sentence to be about the line.
_LATEST_CUE = 6
_BLANK = " \t\n\u3000，,；;。：:）)"


def attach_reasons(document: Document, mentions: list[Mention]) -> None:
    """Give each statement the reason that follows its figures, if it has none yet.

    A reason is what a cue word opens (因, 原因是, 主要是), up to the end of its sentence or the next line; without a cue word, a clause
    of the same sentence that tells of an event, where the line spent other than planned. It belongs to the line it names, else to the
    line before it; after a list of parts that gives only what was spent, to the whole.
    """
    near: list[Statement] = []
    passage_end = -1
    for index, mention in enumerate(mentions):
        if mention.passage_end != passage_end:
            near, passage_end = [], mention.passage_end
        for statement in mention.statements:
            if not statement.outside:
                near = [*near[-_NEAREST:], statement]
        if near and mention.statements and not mention.statements[-1].outside:
            words = document.text[mention.end : _end_of_zone(document.text, mentions, index)]
            _attach(words, mention.statements[-1], near, last=mention.end >= mention.statements[-1].end)


def _attach(words: str, before: Statement, near: list[Statement], *, last: bool) -> None:
    """Give the reasons in `words` to the lines they name, one that names none to the line `before` or, once its sentence is over,
    to the whole it is listed under. `last`: no figure of that line comes after them.
    """
    for number, sentence in enumerate(_STOP.split(words)):
        owner = _owner(before, over=number > 0)
        reason = _reason(sentence, owner, first=number == 0, last=last)
        if reason and number:
            named = [statement for statement in near if _names(sentence, statement)]
            owner = max(named, key=lambda statement: len(statement.nature.item)) if named else owner
        if reason:
            owner.reason = owner.reason or reason


def _names(sentence: str, statement: Statement) -> bool:
    return len(statement.nature.item) > 2 and statement.nature.item in flatten(sentence)


def _end_of_zone(text: str, mentions: list[Mention], index: int) -> int:
    """How far the words after a figure may still speak of it: to the next line, over sums that only tell why (因…暂缓兑付86万元)."""
    passage_end = mentions[index].passage_end
    for later in range(index + 1, len(mentions)):
        mention = mentions[later]
        if mention.start >= passage_end:
            break
        if mention.statements or (mention.verdict == OUTSIDE and not _cue().search(flatten(text[mention.start : mention.end]))):
            return max(mentions[index].end, mention.start)
    return passage_end


def _owner(statement: Statement, *, over: bool) -> Statement:
    """The line itself, or the whole it is listed under: when the sentence is `over`, or when the whole gives more than it does."""
    whole = statement.parent
    if whole is None or not whole.roles:
        return statement
    return whole if over or len(statement.roles) < len(whole.roles) else statement


def _reason(sentence: str, statement: Statement, *, first: bool, last: bool) -> str:
    """The reason in `sentence`, verbatim from the clause that opens it; a later sentence must still speak of the money."""
    clauses = [match[0] for match in _CLAUSE.finditer(sentence)]
    telling = [position for position, clause in enumerate(clauses) if not _is_other(clause)]
    of_money = cache(lambda: pattern("reasons", "money").search(flatten(sentence)))
    for position in telling:
        cue = _cue().search(flatten(clauses[position]))
        if cue and (first or (position == 0 and cue.start() <= _LATEST_CUE) or of_money()):
            return "".join(clauses[position:]).strip(_BLANK)
    for position in telling:
        clause = flatten(clauses[position])
        event = pattern("reasons", "events").search(clause) and not pattern("reasons", "no_event").search(clause)
        told = event or pattern("reasons", "late_cues").search(clause)
        if first and last and told and _deviates(statement):
            return "".join(clauses[position:]).strip(_BLANK)
    return ""


def _is_other(clause: str) -> bool:
    """A rate, a score, a use or a comparison."""
    return bool(pattern("reasons", "no_reason").search(flatten(clause).strip(_BLANK)))


def _deviates(statement: Statement) -> bool:
    planned = next((amount for role in ("adjusted", "target", "initial") if (amount := statement.amount(role)) is not None), None)
    actual = statement.amount("actual")
    return planned is not None and actual is not None and planned != actual


@cache
def _cue() -> re.Pattern[str]:
    return re.compile(any_of(load("budget")["reasons"]["cues"]))
