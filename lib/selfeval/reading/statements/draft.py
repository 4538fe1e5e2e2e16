"""What the own words of a figure say of it, before anything is taken over from its neighbours."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from selfeval.knowledge import load
from selfeval.quantity import conversion
from selfeval.reading.clauses import mark_before, words_before
from selfeval.reading.enumeration import number_of, without_number

from .lexicon import Cue, is_aspect, place_of, says, units_of, without
from .noun import EDGES, YEAR, counted, last_clause, name_of, plain
from .phrase import Phrase, bare

_CAUSE = re.compile("(?:主要)?(?:是)?(?:因为?|由于|受).*$")
# 事故中道路运输: the noun before 中 names the whole.
_AMONG = re.compile(
    "([一-龥]{2,8}?)(?<![集其之高初])(?:之中|当中|中)(?![型心小央医标学等国级专旬介毒药餐考职青层控共期途式队秋转铁])(?=[一-龥])"
)
_SOME_OF = re.compile(
    "[一-龥]{0,8}?(?:之中|当中|中|里头?)(?:[，,]|(?=[有已尚其使没只约仅]))|[一-龥]{0,6}(?:之中|当中|中)(?![型心小央医标学等国级专])(?=[一-龥]{0,12}[0-9])"
)
_ONLY = re.compile("[仅只就约已各均]+$")
# 未超预算，其中接待 …: what was held against a budget is none.
_SPOKEN = re.compile("(?<![超出过于])(支出|预算|决算|收入)(?:里头?|中|当中|[按从][一-龥]{2,8})?[，：:]$")
_TOGETHER = re.compile("一?共计?|[合总]计")
_PAYING = re.compile("支付|兑付|拨付|使用|报销|收到|拨入|到位")
_ADJUSTED = re.compile("调[整增减][为至到]")
_REACH_BEHIND = 6
_OPENING, _PAIR = ("opens", "divides"), 2
# A name, 里 and the mark.
_SHORTEST_CLAUSE = 4
# 至少320人 is a number not quite known; 不少于 and ≥ set a threshold.
_INEXACT = re.compile("(?:至少|至多)$")
# Units of the gap between two rates.
POINTS = frozenset({"个百分点", "百分点", "个千分点", "千分点", "个基点", "基点"})
_RATIO_UNITS = frozenset({"%", "‰", "‱", "倍"})
# 产出（40分）得38.6分, 投入20分得18.8分: a score behind it makes a mark the weight of what it is given for.
_BEFORE_SCORE = re.compile(
    r"\s*(?:[）)]\s*(?:[，,]?\s*(?:自评得?分?|(?:实际)?得分?)[为：:]?\s*)?|[，,]?\s*(?:自评|实际)?得分?[为：:]?\s*)[0-9]"
)
LINE_ASPECTS = frozenset({"target", "budget", "initial", "adjusted", "arrived", "actual", "carried_over"})
_OF_LINES = LINE_ASPECTS | {"book_of_budget"}
_PLANS = frozenset({"budget", "initial", "adjusted"})
_ALLOWED_FOR_MONEY = frozenset({"arrived", "carried_over", "initial", "adjusted"})
_ALLOWED_FOR_MARKS = frozenset({"weight", "score", "target", "change"})
_BOUNDS = frozenset({"at_least", "at_most", "range_low", "range_high"})
_SAID = {"target": "planned", "budget": "planned", "level": "actual", "": "actual"}


@dataclass(slots=True, eq=False)
class Draft:
    """A phrase with what its own words say; `kind` is that of its figure: money, count or percent.

    `words` are the words before the figure, `noun` what of them no list knows (`noun_ahead`: of those ahead), `owner` who did it where a
    verb stands within it, `act` the verb or state right before it, `counted` the noun behind it.
    `line` is the word that makes it an amount of a budget (支出, 预算 …), `spoken_line` such a word that leads up to a list (支出里，).
    `level`: a change leads up to it (增加到); `begins`: one begins at it (由), `before_adjusted` what adjusts it (调整为).
    `numerator` and `base` are the words before and behind 占, `base_of_share`: it stands in such a base itself, `over`: the index of the
    figure that stands in the base of this share. `in_turn`: its name is one of several listed first, `listed` that name where the clause
    ahead lists them. `lead` are the words before 包括, 按……分 and the like; `among`: 中 or 里 right behind it
    says that what follows is some of it. `because`: for each field that words decided, those words.
    """

    phrase: Phrase
    kind: str
    aspect: str
    period: str
    state: str
    scope: tuple[str, ...]
    words: str
    noun: str
    noun_ahead: bool
    owner: str
    act: str
    counted: str
    line: str
    level: bool
    begins: bool
    before_adjusted: str
    numerator: str
    base: str
    lead: str
    spoken_line: str
    base_of_share: bool
    among: bool
    because: dict[str, str]
    over: int = -1
    in_turn: bool = False
    listed: str = ""


def said_of(value: str) -> str:
    """The aspect that a word of the lexicon with such a value tells."""
    return _SAID.get(value, value)


def draft_of(text: str, phrase: Phrase, year: int | None, earlier: Sequence[Draft]) -> Draft:
    """Read the own words of one figure; `year` is that of the document, `earlier` are the figures before it in its sentence."""
    before = earlier[-1] if earlier else None
    because: dict[str, str] = {}
    _take_label(text, phrase)
    words = phrase.own
    cue = _aspect_cue(phrase)
    aspect = _aspect(text, phrase, cue.value if cue else "")
    if cue:
        because["aspect"] = text[cue.start : cue.end]
    kind, end = phrase.figure.kind, phrase.figure.end
    behind, of_money = "", kind == "money"
    told_behind = _behind().match(text, end, end + _REACH_BEHIND)
    held_within = bool(words) and (of_money or told_behind is not None) and says("held_within", words)
    if told_behind and (told_behind.lastgroup != "budget" or held_within):
        aspect, because["aspect"] = said_of(told_behind.lastgroup), told_behind[0]
        behind = told_behind[0] if told_behind.lastgroup == "budget" else ""
    granted = place_of("granted", words, 0, len(words))[0] if of_money and held_within else -1
    if granted >= 0:
        aspect, because["aspect"], behind = "planned", words[granted:], words[granted:]
    aspect = _beside_aspect(text, phrase, words, earlier, aspect) if earlier else aspect
    if of_money and before is not None and _is_adjusted(words, phrase.amount, earlier):
        aspect, because["aspect"] = "adjusted", words
    of_list = _before_book(phrase, earlier)
    aspect = of_list.aspect if of_list is not None else aspect
    staged = of_money and cue is not None and cue.value in LINE_ASPECTS
    noun, owner, act, noun_ahead = name_of(text, phrase, _start_of_name(text, phrase, before), aspect, staged=staged)
    noun = "" if noun and says("that_is", noun) else noun
    alone = noun if noun and says("alone", noun) else ""
    lead = _lead(text, phrase)
    among = _AMONG.match(noun) if noun and not lead else None
    if among:
        lead, noun = among[1], noun[among.end() :]
    caused = _CAUSE.search(noun) if aspect in ("change", "change_rate") else None
    noun = noun[: caused.start()] if caused else noun
    state = ""
    if kind == "count" and aspect in ("actual", "planned"):
        state_cue = _state_cue(phrase, f"{noun}{act}")
        if state_cue:
            state, because["state"] = state_cue.value, text[state_cue.start : state_cue.end]
    share = phrase.cue("aspect", ("share",))
    period = _period(text, phrase, aspect, share, year, because)
    narrowing = [cue for cue in phrase.cues if (cue.field == "scope" or cue.value == "event") and (not share or cue.start < share.start)]
    scope = [bare(text[cue.start : cue.end]) for cue in narrowing]
    scope += [without("alone", alone)] if alone else []
    noun, act = ("", "") if alone else (noun, act)
    spoken = _spoken_line(text, phrase) if of_money else ""
    if spoken and not cue:
        because["aspect"], aspect = spoken, "planned" if spoken == "预算" else aspect
    begins = bool(words) and says("from_level", words)
    adjusts = _ADJUSTED.match(text, end) if begins and of_money else None
    return Draft(
        *(phrase, kind, aspect, period, state, tuple(dict.fromkeys(scope)) if scope else (), without_number(words) if words else ""),
        *(noun, noun_ahead, owner, act, counted(text, phrase)),
        (_line(text, phrase, behind, of_list) if of_money and not caused else ""),
        *(phrase.has("aspect", "level"), begins, adjusts[0] if adjusts else ""),
        *((_numerator(text, phrase, share), plain(text[share.end : phrase.words[1]])) if share else ("", "")),
        *(lead, spoken, share is not None and kind != "percent", bool(_SOME_OF.match(text, end, end + 16)), because),
    )


def _line(text: str, phrase: Phrase, behind: str, of_list: Draft | None) -> str:
    """The word that makes a sum one of a budget: the last of its own, or what stands right `behind` it."""
    cue = next((cue for cue in reversed(phrase.cues) if cue.value in _OF_LINES), None)
    if cue is None:
        return (of_list.line if of_list is not None else behind) if behind else ""
    if _moved(phrase, cue) is not None or _pays_for(text, phrase, cue):
        return ""
    return of_list.line if of_list is not None else text[cue.start : cue.end]


def _is_adjusted(words: str, amount: Decimal, earlier: Sequence[Draft]) -> bool:
    """年初1362万元，追加36万元，全年1398万元, 年初110万元，调增24万元至134万元: what an initial budget became.

    年初110万元，调整134万元 tells that too, where the number is as large as budgets are.
    """
    stage = next((draft for draft in reversed(earlier) if draft.aspect != "change"), None)
    if stage is None or stage.aspect not in ("initial", "planned"):
        return False
    behind = stage is earlier[-1]
    if behind and says("changed", words):
        return amount * 2 > stage.phrase.amount
    return stage.aspect == "initial" and (says("whole_year", words) or (not behind and says("became", words)))


def _is_base(amount: Decimal, earlier: Sequence[Draft]) -> bool:
    """Whether what was spent is below so much, and not by so much: 支出1.27万元，低于预算2万元."""
    stated = [draft.phrase.amount for draft in earlier if draft.kind == "money"]
    spent = next((draft.phrase.amount for draft in reversed(earlier) if draft.kind == "money" and draft.aspect == "actual"), None)
    return spent is not None and amount > spent and not any(spent + amount == other for other in stated)


def _start_of_name(text: str, phrase: Phrase, before: Draft | None) -> int:
    """Where the name begins in the own words: behind what the figure before counted, and behind 中 that says it is some of that."""
    start, end = phrase.words
    if before is None or phrase.mark:
        return start
    if before.among and not before.counted and text[start] in "中里":
        return start + 1  # 640套中使用超过八年的
    behind = before.phrase.figure.end + len(before.counted)
    follows = before.counted and start < behind < end and text[start:behind] == before.counted
    return behind if follows else start


def _beside_aspect(text: str, phrase: Phrase, words: str, earlier: Sequence[Draft], aspect: str) -> str:
    """The aspect of a figure, which those before it may settle."""
    before = earlier[-1]
    if _is_conversion(text, phrase, words, before) or _is_converted(phrase, before):
        return "converted"
    if aspect == "change" and phrase.figure.kind == "money" and says("below_budget", words) and _is_base(phrase.amount, earlier):
        return "planned"
    if aspect == "change" and phrase.mark == "、" and _is_beside(phrase, before):
        return before.aspect  # 其中修复20万元、陈列提升30万元: the name of an item
    if phrase.figure.kind == "money" and not phrase.mark and before.counted and _TOGETHER.fullmatch(words.removeprefix(before.counted)):
        counted_with = _aspect_cue(before.phrase)  # 年初安排七个项目共846万元
        return counted_with.value if counted_with and counted_with.value in _ALLOWED_FOR_MONEY else aspect
    alone = phrase.mark == "（" and text.startswith(("）", ")"), phrase.figure.end)
    if aspect == "score" and alone and before.phrase.unit == "分":
        return "weight"  # 得18.5分（满分20分）
    return aspect


def _take_label(text: str, phrase: Phrase) -> None:
    """年初预算数：8000万元: a label that only says which number it is belongs to the number's own words."""
    if not phrase.first or phrase.own:
        return
    begin, end = last_clause(text, phrase.ahead)
    number = number_of(text, begin)
    begin = number.end if number else begin  # (5)年末结转：2万元
    if is_aspect(text[begin:end]):
        phrase.words, phrase.own = (begin, phrase.words[1]), bare(text[begin : phrase.words[1]])
        phrase.say([cue for cue in phrase.cues_ahead if cue.start >= begin])


# What a word leaves open, and the one before it may tell: 年初预算, 全年预算达到, 结余支出, 生均公用经费支出.
_STAGED = {"budget": ("initial", "adjusted"), "actual": ("carried_over", "average"), "level": ("initial", "adjusted", "budget")}


@cache
def _behind() -> re.Pattern[str]:
    return re.compile("|".join(f"(?P<{value}>{words})" for value, words in load("statements")["behind"].items()))


def _aspect_cue(phrase: Phrase) -> Cue | None:
    """The word that tells which number it is: the nearest, and where it is open as to stage the one before it that tells the stage."""
    nearest = phrase.cue("aspect")
    if nearest is None:
        return phrase.cues[-1]._replace(value="budget") if _names_book(phrase) else None
    staged = phrase.cue("aspect", _STAGED[nearest.value]) if nearest.value in _STAGED else None
    return _moved(phrase, nearest) or staged or nearest


def _moved(phrase: Phrase, nearest: Cue) -> Cue | None:
    """The verb that tells by how much a line was changed, whose name ends as its spending is told: 压减一般性支出38万元."""
    if nearest.value != "actual" or nearest.end != phrase.words[1] or len(phrase.cues) < _PAIR:
        return None
    verb = next((cue for cue in reversed(phrase.cues) if cue.field == "aspect" and cue.end < nearest.start), None)
    text = phrase.figure.surroundings.text
    is_object = verb is not None and verb.value == "change"
    return verb if is_object and says("moved", text[verb.start : verb.end]) and says("of_name", text[verb.end : nearest.end]) else None


def _names_book(phrase: Phrase) -> bool:
    """Whether the only word that tells which number it is is a part of the name of a book."""
    return bool(phrase.cues) and phrase.cues[-1].value == "book_of_budget" and phrase.cue("aspect") is None


def _before_book(phrase: Phrase, earlier: Sequence[Draft]) -> Draft | None:
    """The sum before, where a list goes on with a book, whose name tells no stage: 支出100万元，其中一般公共预算80万元."""
    before = next((draft for draft in reversed(earlier) if draft.kind == "money"), None) if _names_book(phrase) else None
    listed = before is not None and before.line and (phrase.has("extent", "opens", "divides") or _names_book(before.phrase))
    return before if listed else None


def _aspect(text: str, phrase: Phrase, value: str) -> str:
    kind = phrase.figure.kind
    if kind == "percent" or phrase.unit in _RATIO_UNITS:
        return _ratio_aspect(phrase, value)
    if phrase.unit == "分" and phrase.figure.qualifier in _BOUNDS:
        return "limit"
    if phrase.unit == "分" and _BEFORE_SCORE.match(text, phrase.figure.end):
        return "weight"
    if phrase.unit == "分":
        return "score" if value not in _ALLOWED_FOR_MARKS else said_of(value)
    if value in ("score", "weight") or (value == "converted" and not phrase.depth):
        value = ""
    if value == "share":
        value = ""
    if value in _ALLOWED_FOR_MONEY and kind != "money" and not phrase.has("aspect", "budget"):
        value = ""
    words = text[phrase.words[0] : phrase.words[1]]
    bound = phrase.figure.qualifier in ("at_least", "at_most") and not _INEXACT.search(words)
    bound = bound and not (value in _PLANS and says("held_within", words))
    # 稳定在286万亩以上 tells what is to be reached.
    if bound and value != "target" and not phrase.has("aspect", "level"):
        return "limit"
    return said_of(value)


def _ratio_aspect(phrase: Phrase, value: str) -> str:
    if phrase.figure.unit in POINTS:
        return "change"
    if phrase.has("aspect", "share"):
        return "share"
    if value == "change" and phrase.figure.unit_from == "context":
        return "change"  # 系数提高0.007: the gap between two ratios
    if value in ("change", "target", "weight"):
        return {"change": "change_rate", "target": "planned", "weight": "weight"}[value]
    bound = phrase.figure.qualifier in ("at_least", "at_most") and not phrase.has("aspect", "level")
    return "limit" if bound or value == "limit" else "rate"


def _state_cue(phrase: Phrase, words: str) -> Cue | None:
    """The state said before the figure, or right behind it where nothing stands before it that could have one."""
    if phrase.unit in units_of("times"):
        return None  # 排查2轮 is no state of anything
    before = phrase.cue("state")
    if before or not phrase.cues_after:
        return before
    first = phrase.cues_after[0]
    behind = first.start == phrase.figure.end or not words
    return first if behind and first.field == "state" else None


def _period(text: str, phrase: Phrase, aspect: str, share: Cue | None, year: int | None, because: dict[str, str]) -> str:
    """The period the own words give, '' for none: what a change is measured against is no period of the change."""
    if aspect in ("change", "change_rate"):
        return ""
    words = text[phrase.words[0] : phrase.words[1]]
    if words.endswith("等"):
        return ""  # 遭受“6.24”暴雨、“8.26”洪涝等五次灾害: of the last of them as little as of the others
    if share:
        words = text[phrase.words[0] : share.start]
    cue = phrase.cue("period")
    if share and cue and cue.start >= share.start:
        cue = next((cue for cue in reversed(phrase.cues) if cue.field == "period" and cue.start < share.start), None)
    named = [*YEAR.finditer(words)] if words else []
    if named and year and int(named[-1][1]) > year:
        because["period"] = named[-1][0]
        return "next"
    # 2025年当年 is that year, whichever the report is of.
    if named and year and (cue is None or phrase.words[0] + (named[-1].end() if cue.value == "year" else named[-1].start()) >= cue.start):
        because["period"] = named[-1][0]
        return "prior" if int(named[-1][1]) < year else "year"
    if cue is None and phrase.cues_after:
        cue = next((other for other in phrase.cues_after if other.field == "period" and other.value == "part"), None)
    if cue:
        because["period"] = text[cue.start : cue.end]
    return ("part" if cue.value == "event" else cue.value) if cue else ""


def _is_beside(phrase: Phrase, before: Draft) -> bool:
    """Whether a figure goes on with the list of the one before, which is no change."""
    listed = before.phrase.sentence == phrase.sentence and before.phrase.unit == phrase.unit
    return listed and before.phrase.figure.kind == "money" and before.aspect in LINE_ASPECTS


def _is_conversion(text: str, phrase: Phrase, words: str, before: Draft) -> bool:
    """2.35亿元（23500万元）, 523.39万元，即5233900元: another amount of the same kind right behind the first, with nothing of its own."""
    if phrase.figure.unit == before.phrase.figure.unit:
        return False
    if phrase.unit != before.phrase.unit and conversion(phrase.unit, before.phrase.unit) is None:
        return False
    if says("that_is", words) and before.phrase.index == phrase.index - 1:
        return True
    opened = text[before.phrase.figure.end : phrase.figure.start]
    closed = text[phrase.figure.end : phrase.figure.end + 1]
    return phrase.depth > before.phrase.depth and opened in ("（", "(") and closed in ("）", ")")


def _is_converted(phrase: Phrase, before: Draft) -> bool:
    """Whether its own words say that a figure is the one before in another unit of the same."""
    nearest = phrase.cue("aspect")
    told = nearest is not None and nearest.value == "converted" and phrase.unit != before.phrase.unit
    return told and conversion(phrase.unit, before.phrase.unit) is not None


def _numerator(text: str, phrase: Phrase, share: Cue) -> str:
    """What a share is of: 支出 of 上半年支出仅占, the words before 占 but for those that tell the period."""
    kept, place = [], phrase.words[0]
    for cue in phrase.cues:
        if cue.field == "period" and place <= cue.start and cue.end <= share.start:
            kept.append(text[place : cue.start])
            place = cue.end
    return plain(without("some", _ONLY.sub("", "".join([*kept, text[place : share.start]]))))


def _spoken_line(text: str, phrase: Phrase) -> str:
    """支出里，工资福利 …: what a clause without a figure says the amounts behind it are."""
    begin, end = phrase.ahead
    found = _SPOKEN.search(text, begin, end) if begin < end and text[end - 1] in "，：:\n" else None
    return found[1] if found else ""


def _pays_for(text: str, phrase: Phrase, line: Cue) -> bool:
    """兑付补贴, 支付工程款: what is paid stands behind the word, and is what is measured."""
    return bool(_PAYING.match(text, line.start, line.end)) and bool(text[line.end : phrase.words[1]].strip(EDGES))


def _lead(text: str, phrase: Phrase) -> str:
    """The words that name the whole of a list: before 包括 or 按……分 in the clause of the figure or in the one ahead."""
    opening = phrase.cue("extent", _OPENING)
    if opening:
        return plain(words_before(text, opening.start, "，；：", start=phrase.words[0]))
    begin, end = phrase.ahead
    for cue in reversed(phrase.cues_ahead):
        if cue.field == "extent" and cue.value in _OPENING:
            return plain(words_before(text, cue.start, "，；：", start=begin))
    if phrase.first and phrase.cues_ahead and phrase.cues_ahead[0].value == "half" and mark_before(text, end) == "：":
        return plain(text[phrase.cues_ahead[0].start : phrase.cues_ahead[0].end])  # 项目支出主要投向三个方面：
    if end - begin < _SHORTEST_CLAUSE or text[end - 1] not in "，,":
        return ""
    # 基本支出里面，人员经费 …: the clause ahead names the whole.
    clause = bare(text[slice(*last_clause(text, phrase.ahead))])
    whole = without("within", clause) if says("within", clause) else ""
    return plain(whole) if len(whole) > 1 and not is_aspect(whole) else ""
