"""Finds, in the words after a line's figures, why it came out so, and attaches them verbatim."""

from __future__ import annotations

import re
from functools import cache

from ..document import Document
from ..knowledge import load
from .lead import OUTSIDE
from .statement import Mention, Statement
from .wording import any_of, flatten, pattern

_CLAUSE = re.compile("[^，,；;。！？\n]+[，,；;。！？\n]?")
_SENTENCE_END = "。！？\n"
_BLANK = " \t\n\u3000，,；;。：:）)"


def attach_reasons(document: Document, mentions: list[Mention]) -> None:
    """Give each statement the reason that follows its figures, if it has none yet.

    A reason is what a cue word opens (因, 原因是, 主要是), up to the end of its sentence or the next line; without a cue word, a clause of the same
    sentence that tells of an event, where the line spent other than planned. After a list of parts that states only what was spent, it
    belongs to the whole.
    """
    for index, mention in enumerate(mentions):
        if not mention.statements or mention.statements[-1].outside:
            continue
        owner = _owner(mention.statements[-1])
        if owner.reason:
            continue
        pieces = _pieces(mentions, index)
        found = next(filter(None, (_reason(document.text[start:end], owner) for start, end in pieces)), "")
        owner.reason = found


def _pieces(mentions: list[Mention], index: int) -> list[tuple[int, int]]:
    """The stretches of text after a figure that no other line claims; a sum set aside (a carry-over) only interrupts them."""
    start, pieces = mentions[index].end, []
    for later in mentions[index + 1 :]:
        if later.start >= mentions[index].passage_end:
            break
        pieces.append((start, max(start, later.start)))
        if later.statements or later.verdict == OUTSIDE:
            return pieces
        start = later.end
    return [*pieces, (start, mentions[index].passage_end)]


def _owner(statement: Statement) -> Statement:
    whole = statement.parent
    if whole and whole.roles and len(statement.roles) < len(whole.roles):
        return whole
    return statement


def _reason(words: str, statement: Statement) -> str:
    clauses = [match[0] for match in _CLAUSE.finditer(words)]
    telling = [position for position, clause in enumerate(clauses) if not _is_other(clause)]
    first_stop = next((position for position, clause in enumerate(clauses) if clause[-1] in _SENTENCE_END), len(clauses))
    for position in telling:
        if _cue().search(flatten(clauses[position])) and (position <= first_stop or _about_money(clauses, position)):
            return _until_stop(clauses, position)
    for position in telling:
        if position <= first_stop and _deviates(statement) and pattern("reasons", "events").search(flatten(clauses[position])):
            return _until_stop(clauses, position)
    return ""


def _until_stop(clauses: list[str], position: int) -> str:
    """The clauses from `position` to the end of the sentence, verbatim."""
    words = ""
    for clause in clauses[position:]:
        words += clause
        if clause[-1] in _SENTENCE_END:
            break
    return words.strip(_BLANK)


def _is_other(clause: str) -> bool:
    """A rate, a score, a use or a comparison."""
    return bool(pattern("reasons", "no_reason").search(flatten(clause).strip(_BLANK)))


def _about_money(clauses: list[str], position: int) -> bool:
    """Does a later sentence still speak of the money?"""
    return bool(pattern("reasons", "money").search(flatten("".join(clauses[max(0, position - 1) : position + 1]))))


def _deviates(statement: Statement) -> bool:
    planned = next((amount for role in ("adjusted", "target", "initial") if (amount := statement.amount(role)) is not None), None)
    actual = statement.amount("actual")
    return planned is not None and actual is not None and planned != actual


@cache
def _cue() -> re.Pattern[str]:
    return re.compile(any_of(load("budget")["reasons"]["cues"]))
