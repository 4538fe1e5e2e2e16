"""Reasons told away from a line's own figures: in a sentence that names the line, or beside the very amount it lies off."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from selfeval.knowledge import load
from selfeval.reading.clauses import STOPS, parts_of, words_before, words_behind
from selfeval.reading.document import Document
from selfeval.reading.enumeration import without_number
from selfeval.records.deviation import reason_for

from .mention import Line, Money
from .reasons import cue, names
from .wording import flatten, pattern

# A shorter name stands in too many sentences that are not about the line.
_LEAST_NAMED = 4
# So many characters beside an amount say what it is.
_TELLING, _LEAST_TOLD = 6, 2
# So many lines below what was spent a list goes on to what is left.
_LINES_BELOW = 3
_LONGEST = 400
_BLANK = " \t\n\u3000，,；;。：:）)"


def tell_from_elsewhere(document: Document, lines: Sequence[Line], moneys: Iterable[Money]) -> None:
    """Give every line that lies beside its budget without a reason the one that is told elsewhere, first where the line is named."""
    silent = [line for line in lines if line.deviation and not reason_for(line.reason, line.deviation)]
    if not silent:
        return
    sentences = [(part.words, flatten(part.words)) for part in parts_of(document.text, STOPS)]
    every_name = {line.nature.item for line in lines if len(line.nature.item) >= _LEAST_NAMED}
    telling = [*_of_money(sentences)]
    for line in silent:
        named = _named(telling, line, every_name) if line.nature.item in every_name else ""
        line.elsewhere = named or _of_the_amount(document, line, moneys)


def _of_money(sentences: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """The sentences about money that give a reason, each with its words in front of the one that opens the reason."""
    for sentence, words in sentences:
        opens = cue().search(words) if len(sentence) < _LONGEST else None
        if opens and pattern("reasons", "money").search(words) and not pattern("reasons", "of_change").search(words, 0, opens.start()):
            yield sentence, words[: opens.start()]


def _named(telling: Iterable[tuple[str, str]], line: Line, every_name: set[str]) -> str:
    """The reason of a sentence about money that names this line, and no other, in front of the word that opens the reason."""
    item = line.nature.item
    for sentence, ahead in telling:
        if names(ahead, item) and not _another(ahead, item, every_name):
            reason = _from_its_clause(sentence)
            if reason_for(reason, line.deviation):
                return reason
    return ""


def _another(ahead: str, item: str, every_name: set[str]) -> bool:
    """Whether the words name another line as well: what they tell may be of that one."""
    rest = ahead.replace(item, "")
    return any(other in rest for other in every_name if other not in item)


def _from_its_clause(sentence: str) -> str:
    """What a sentence tells from the word that opens the reason on, with the words of its clause in front of it that are no name."""
    clause = next(part for part in parts_of(sentence, "，") if cue().search(flatten(part.words)))
    return re.sub(_word("label"), "", sentence[clause.start :].strip(_BLANK))


# ---- beside the amount ------------------------------------------------------------------------------------------------------------------


def _of_the_amount(document: Document, line: Line, moneys: Iterable[Money]) -> str:
    """What is said of the very amount the line lies beside its budget: 年终结转102.56万元，全部为质量保证金."""
    beside = abs(line.deviation or 0)
    same = [money for money in moneys if money.amount == beside and money.usable]
    near = [money for money in same if _is_near(document, line, money)]
    told = (_said_behind(document, money) for money in near)
    found = next((words for words in told if words), "")
    own = {document.line_at(place) for place in _spent(line)}
    ahead = (_said_ahead(document, money) for money in near if document.line_at(money.start) in own)
    return reason_for(found or next((words for words in ahead if words), ""), line.deviation)


def _spent(line: Line) -> Iterator[int]:
    """Where prose says what was spent on the line."""
    return (held.end for mention in line.mentions if mention.source == "text" for held in mention.roles.get("actual", []))


def _is_near(document: Document, line: Line, money: Money) -> bool:
    """Whether an amount stands behind what was spent, in the lines next to it, or in a sentence that names the line."""
    at = document.line_at(money.start)
    if any(end <= money.start and at - document.line_at(end) <= _LINES_BELOW for end in _spent(line)):
        return True
    item = line.nature.item
    return len(item) >= _LEAST_NAMED and names(_around(document, money)[0], item)


def _said_behind(document: Document, money: Money) -> str:
    """The clause an amount stands in with what follows it, if more than numbers, other money and what becomes of this does."""
    before, behind = _around(document, money)
    told = re.sub(_word("disposal"), "", behind)
    if _characters(told) < _TELLING or re.search(_word("other_money"), behind):
        return ""
    return (without_number(before.rpartition("，")[2].lstrip(_BLANK)) + document.text[money.start : money.end] + behind).strip(_BLANK)


def _said_ahead(document: Document, money: Money) -> str:
    """What leads up to an amount since the one before: first what happened, then what the money is."""
    ahead = re.split(r"\d[^一-鿿]*(?:万|亿)?元?，?", _around(document, money)[0])[-1].lstrip(_BLANK)
    told = [re.sub(_word("compares"), "", part) for part in ahead.rpartition("，")[::2]]
    return ahead + document.text[money.start : money.end] if all(_characters(words) >= _LEAST_TOLD for words in told) else ""


def _around(document: Document, money: Money) -> tuple[str, str]:
    """What its part of the sentence says before and behind an amount."""
    start, end = document.sentence_at(money.start)
    return words_before(document.text, money.start, "；。", start=start), words_behind(document.text, money.end, "；。", end=end)


def _characters(words: str) -> int:
    return len(re.sub(r"[^一-鿿]", "", words))


def _word(kind: str) -> str:
    return load("budget")["deviation"][kind]
