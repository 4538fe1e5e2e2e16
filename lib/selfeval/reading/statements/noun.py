"""What a figure is called: what is left of its words without those that tell which number it is; who did it, and what was done."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from selfeval.reading.clauses import mark_before, words_before
from selfeval.reading.enumeration import number_of, without_number

from .lexicon import Cue, cues_in, says, units_of
from .phrase import Phrase, bare

EDGES = "，、；：。 \t\u3000（）()的/／→"
_LEADING = re.compile(
    "^(?:中(?=[，、已尚正]|$)|里头?，?|的|(?:以及|并且|并|且|也|还|又|再(?![生造就])|则|而|及(?![时早格])|和|与|同(?![比期步类行]))(?=[一-龥]{2}|$))"
)
# What a torn number leaves in front of a figure: 4 of 4 1.20万元.
_TORN_OFF = re.compile("[0-9.,]+")
# 参训人数: a word that only says how many there are leaves open of what.
_HOW_MANY = re.compile("[人户件次]数|人次|数量|面积|里程")
# 总库容由上年的20万立方米扩大到…, 收支总体情况为：年初…
_TRAILING = re.compile("(?:(?<![理自事缘])[由从]|情况(?:为|如下))$")
_NOTHING = ("数", "额", "金额")
YEAR = re.compile(r"(?<!\d)((?:19|20|１９|２０)\d{2})年?度?")
# Behind a number these begin something else than the noun that is counted.
_NO_NOUN = re.compile(
    "中(?![型心小学专国队药])|[内均已的在被获于较比占为是，、；。：（）“《]|用于|以上|以下|以内|左右|全部|同比|其中|分别|正在|仍|未|不|按|因|至|到|共|并"
)
# 管着医疗机构, 只住了: what 着 and 了 end is a verb.
_DONE = re.compile("[只仅才也还就]?(?![为除沿随])([一-龥]{1,2})[着了]")
_IS = ("为", "是")
# “三公”经费只发生: what says that it was done, and nothing else.
_ONLY = re.compile("[仅只就已均]+$")
# 进校园156场: where something was done is not what it is.
_WHERE = re.compile("(?:走?进|深入)[一-龥]{2,}$")
_TO_BE_REACHED = ("planned", "limit")
_LONGEST = 16
# Names of one report come up again and again.
_REMEMBERED = 4096


class Name(NamedTuple):
    """What words call a figure: `noun`, who did it (`owner`) and what was done (`act`); `ahead`: the clause ahead of its own says so."""

    noun: str
    owner: str
    act: str
    ahead: bool = False


def name_of(text: str, phrase: Phrase, start: int, aspect: str, *, staged: bool) -> Name:
    """What a figure is called by its own words from `start` on, else by those ahead of them.

    `staged`: it is money, and its words tell of which stage of a budget.
    """
    own = _own_name(text, phrase, start, aspect, staged=staged)
    # 水泵老化，在用64台: what is only said to be in use is named ahead.
    leaves_open = not own.act or staged or (phrase.first and phrase.has("verb", "having"))
    of_part = staged and phrase.has("period", "part")  # 按季编制进度表，一季度末累计支出20万元
    if not own.noun and leaves_open and not of_part and phrase.ahead[0] < phrase.ahead[1] and _begins(text, phrase):
        own = _name_ahead(text, phrase)
    if not own.noun and phrase.unit == "分" and phrase.depth:
        own = _named(text, last_clause(text, phrase.ahead), phrase.cues_ahead)
    return own


def _begins(text: str, phrase: Phrase) -> bool:
    """Whether a figure is the first of its sentence, of what a semicolon parts, or of an item with a number: ，②渔政巡护，年初40万元."""
    return phrase.first or phrase.mark == "；" or number_of(text, last_clause(text, phrase.ahead)[0]) is not None


def name_in(text: str, span: tuple[int, int], kind: str) -> Name:
    """What some words of a text call a figure of such a kind; what was done ends the name of what is paid for."""
    name = _named(text, span, cues_in(text, *span))
    return name._replace(noun=f"{name.noun}{name.act}", act="") if kind == "money" and name.noun else name


def counted(text: str, phrase: Phrase) -> str:
    """The noun right behind the number: 股室 of 9个股室, '' where something else begins there."""
    if phrase.figure.kind != "count":
        return ""
    start, end = phrase.after
    end = next((cue.start for cue in phrase.cues_after if cue.field != "name" and (cue.field != "scope" or cue.start > start)), end)
    stop = _NO_NOUN.search(text, start, end)
    return bare(text[start : stop.start() if stop else end]).strip(EDGES)[:_LONGEST]


def is_where(phrase: Phrase, noun: str) -> bool:
    """Whether a noun only says where something was done so often."""
    return phrase.unit in units_of("times") and bool(_WHERE.match(noun))


@lru_cache(_REMEMBERED)
def plain(words: str) -> str:
    """Words without the number, year and joints they begin with, what leads on from their end, and the marks at their edges."""
    name = _TRAILING.sub("", _LEADING.sub("", YEAR.sub("", without_number(bare(words))).strip(EDGES)).strip(EDGES))
    # 因公出国（境）: only a mark at the edge of a name that it does not close is none of it.
    return f"{name}）" if name.count("（") > name.count("）") and f"{name}）" in words else name


def last_clause(text: str, span: tuple[int, int]) -> tuple[int, int]:
    """The last clause of a span, but for the mark it ends with."""
    end = span[1]
    while end > span[0] and text[end - 1] in "，：、 （(":
        end -= 1
    return end - len(words_before(text, end, "，；：、", start=span[0])), end


def _own_name(text: str, phrase: Phrase, start: int, aspect: str, *, staged: bool) -> Name:
    name = _named(text, (start, phrase.words[1]), phrase.cues)
    if aspect in _TO_BE_REACHED and says("setter", name.noun):
        return name._replace(noun="")  # 省里的评估标准是不少于2册: who set it, not what it is of
    if phrase.figure.kind == "money":
        name = name._replace(noun=f"{name.noun}{name.act}", act="") if name.noun and name.act and _ends_name(phrase) else name
        return name._replace(noun="") if staged and (name.noun in _NOTHING or _TORN_OFF.fullmatch(name.noun)) else name
    if phrase.figure.kind == "count" and aspect == "average" and not name.owner:
        return _of_each(text, phrase, start) or name
    if phrase.has("verb", "causing") and not name.noun and (brought := _right_behind(phrase)):
        return name._replace(act=text[brought.start : brought.end])  # 吸引3万人次参加
    picked = phrase.own.endswith("的")
    return name if phrase.figure.kind != "count" or picked else _without_verb(name)


def _of_each(text: str, phrase: Phrase, start: int) -> Name | None:
    """养路员人均管护13.5公里: whose average it is, before the word for it, and what comes to each, behind it; None where one is missing."""
    cue = phrase.cue("aspect", ("average",))
    if cue is None:
        return None
    owner = _named(text, (start, cue.start), [other for other in phrase.cues if other.end <= cue.start])
    own = _named(text, (cue.end, phrase.words[1]), [other for other in phrase.cues if other.start >= cue.end])
    return own._replace(owner=owner.noun) if owner.noun and own.noun else None


def _right_behind(phrase: Phrase) -> Cue | None:
    """The verb that stands right behind a figure."""
    return next((cue for cue in phrase.cues_after[:1] if cue.field == "verb" and cue.start == phrase.figure.end), None)


def _name_ahead(text: str, phrase: Phrase) -> Name:
    """The name in the clause ahead, unless it speaks of the whole body; of what it says was done with money, who has the money."""
    clause = last_clause(text, phrase.ahead)
    if any(cue.value == "of_body" and clause[0] <= cue.start for cue in phrase.cues_ahead):
        return Name("", "", "")
    name = _named(text, clause, phrase.cues_ahead)
    if phrase.figure.kind == "money" and _is_name(text, clause, phrase):
        return Name(plain(text[slice(*clause)]), "", "", ahead=True)
    if name.owner and phrase.figure.kind == "money":
        return Name(name.owner, "", "", ahead=True)
    return name._replace(ahead=bool(name.noun))


def _is_name(text: str, clause: tuple[int, int], phrase: Phrase) -> bool:
    """Whether a clause ahead of a sum is a name and nothing else, whatever was done ends it: 3.基层社改造提升，预算20万元."""
    number = number_of(text, clause[0])
    begins = number.end if number else clause[0]
    own = [cue for cue in phrase.cues_ahead if begins <= cue.start and cue.end <= clause[1]]
    told = (
        number is not None or mark_before(text, phrase.ahead[1]) == "：" or phrase.has("aspect", "budget", "initial", "adjusted", "target")
    )
    return told and bool(own) and own[0].start > begins and all(cue.field in ("verb", "name", "scope") for cue in own)


def _named(text: str, words: tuple[int, int], cues: list[Cue]) -> Name:
    """What is left of words without the lexicon's, who did it, and what was done.

    Verbs go where words begin with them; one within parts who did it from what it was done to; the last, with nothing behind it, is what
    was done with what is counted.
    """
    place, end = words
    kept: list[str] = []
    act, owner, begins = "", "", ""
    for cue in [*cues, None]:
        if cue and cue.start < place:
            continue
        between = text[place : cue.start if cue else end]
        if between.strip(EDGES):
            if act and plain("".join(kept)):
                owner, kept = _ONLY.sub("", plain("".join(kept))), [act]
            begins = begins or (act if not kept else "")
            kept, act = [*kept, between], ""
        if cue is None:
            break
        place = cue.end
        word = text[cue.start : cue.end]
        if cue.value == "half" and kept and kept[-1].endswith(_IS):
            kept = []  # 人员经费与公用经费之和为基本支出
        if cue.field == "name" or (cue.field == "verb" and says("fee", text[cue.end : end])):
            kept, act = [*kept, word], ""
        elif cue.field in ("verb", "state"):
            act = act + word if act and kept else word
    noun = plain("".join(kept))
    return Name(f"{begins}{noun}" if _HOW_MANY.fullmatch(noun) else noun, owner, act)


def _without_verb(name: Name) -> Name:
    """A name without the verb that its noun begins with; where that is all there is, the verb is what was done."""
    done = _DONE.match(name.noun)
    if not done:
        return name
    rest = name.noun[done.end() :]
    return name._replace(noun=rest, act=name.act if rest else done[1])


def _ends_name(phrase: Phrase) -> bool:
    """Whether what was done is the end of the name of what is paid for: 公务接待, 文物保护修复."""
    last = next((cue for cue in reversed(phrase.cues) if cue.field in ("verb", "state")), None)
    return last is not None and (last.field == "state" or last.value in ("naming", "outcome"))
