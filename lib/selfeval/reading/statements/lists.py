"""Which figures are the parts of which: lists that come out, lists that words open or close, outcomes of what was found before."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from .draft import Draft

_ADDS = frozenset({"actual", "planned", "initial", "adjusted", "arrived", "carried_over", "score", "weight", "change"})
_OUTCOMES = frozenset({"rectified", "under_way", "open", "passed", "failed", "closed"})
_LIST_MARKS = frozenset({"、", "，", ""})
_LONGEST_LIST = 40
# What something is held against is no whole.
_COMPARED = re.compile("[比较]")
# A whole is looked for among so many figures before.
_REACH, _NAMED_REACH = 30, 300
_MOST_SHARED = 0.7

SUM, OPENED, DIVIDED, TOTAL, AMONG, OUTCOME, LEFT, LINE = "sum", "opened", "divided", "total", "among", "outcome", "left", "line"


@dataclass(slots=True)
class PartList:
    """A whole and a list of its parts, by the places of their figures.

    `bound` is what binds them: they come out (SUM), words open the list (其中: OPENED), divide the whole (分别, 按……分: DIVIDED), total
    it up (合计: TOTAL) or take some of it (中: AMONG); the parts are what became of it (OUTCOME), what is left of it (LEFT), or lines
    under a line of the budget (LINE).
    """

    whole: int
    parts: list[int]
    bound: str


class Lists:
    """The lists found so far; a figure is a part of one whole only, of the first that takes it."""

    def __init__(self) -> None:
        self.lists: list[PartList] = []
        self.of: dict[int, PartList] = {}

    def add(self, whole: Draft, parts: Sequence[Draft], bound: str) -> None:
        """Take in those of `parts` that are parts of nothing yet."""
        free = [part.phrase.index for part in parts if part.phrase.index not in self.of]
        if not free:
            return
        known = next((each for each in self.lists[-_REACH:] if each.whole == whole.phrase.index and each.bound == bound), None)
        if known is None or bound == SUM:
            known = PartList(whole.phrase.index, [], bound)
            self.lists.append(known)
        known.parts += free
        self.of.update(dict.fromkeys(free, known))

    def holds(self, draft: Draft) -> bool:
        """Whether a figure is a part already."""
        return draft.phrase.index in self.of

    def add_item(self, item: Draft, before: Sequence[Draft]) -> None:
        """Make the first figure of a numbered line a part of what the line before the numbered ones said last, where it can be."""
        whole = _holder(item, before)
        if whole:
            self.add(whole, [item], OPENED)

    def add_sentence(self, drafts: Sequence[Draft], earlier: Sequence[Draft], beside: int) -> None:
        """Find the lists of one sentence; `earlier` are the figures before it, the last `beside` of them in its section."""
        # From the last: what stands nearest to its parts binds them.
        for place, draft in reversed([*enumerate(drafts)]):
            if _adds(draft):
                for parts in _coming_out(draft, drafts[place + 1 : place + 1 + _LONGEST_LIST], self):
                    self.add(draft, parts, SUM)
        for place, draft in enumerate(drafts):
            if _adds(draft) and is_total(draft):
                self.add(draft, _before_total(draft, drafts[max(0, place - _LONGEST_LIST) : place], self), TOTAL)
        _opened(drafts, earlier, min(beside, _REACH), self)
        before = list(earlier[-_REACH:])
        for place, draft in enumerate(drafts):
            if not self.holds(draft) and _is_outcome(draft):
                whole = _whole_of_outcome(draft, [*before, *drafts[max(0, place - _REACH) : place]])
                if whole:
                    self.add(whole, [draft], OUTCOME)


def _adds(draft: Draft) -> bool:
    return draft.aspect in _ADDS and draft.kind != "percent"


def is_total(draft: Draft) -> bool:
    """Whether its words say that a figure is the total of others."""
    cue = draft.phrase.cue("aspect")
    return draft.phrase.has("extent", "total") or bool(cue and cue.value == "score" and draft.because.get("aspect", "").startswith("总"))


def may_hold(whole: Draft, part: Draft) -> bool:
    """Whether two figures can be a whole and its part by unit, aspect and period; a part may leave both to its whole."""
    aspects = whole.aspect == part.aspect or (part.aspect == "actual" and not part.line)
    periods = whole.period == part.period or not whole.period or (not part.period and whole.period != "prior")
    return _adds(whole) and _adds(part) and whole.phrase.unit == part.phrase.unit and aspects and periods


def _coming_out(whole: Draft, following: Sequence[Draft], found: Lists) -> Iterator[list[Draft]]:
    """The figures behind one that add up to it, one partition behind the other; parts of its parts lie in between."""
    run: list[Draft] = []
    rest = whole.phrase.amount
    for draft in following:
        if not may_hold(whole, draft) or found.holds(draft):
            continue
        rest -= draft.phrase.amount
        run.append(draft)
        if rest == 0:
            if len(run) > 1:
                yield run
            run, rest = [], whole.phrase.amount
        elif rest < 0:
            break


def _before_total(total: Draft, before: Sequence[Draft], found: Lists) -> list[Draft]:
    """The figures before a total: those that add up to it, else those that stand with it in one list."""
    run, rest = [], total.phrase.amount
    for draft in reversed(before):
        if may_hold(total, draft) and not found.holds(draft):
            rest -= draft.phrase.amount
            run.append(draft)
            if rest == 0 and len(run) > 1:
                return run
    listed: list[Draft] = []
    for draft in reversed(before):
        if not may_hold(total, draft) or found.holds(draft):
            break
        listed.append(draft)
        if draft.phrase.mark not in _LIST_MARKS or draft.phrase.first:
            break
    return listed if len(listed) > 1 else []


def _opened(drafts: Sequence[Draft], said: Sequence[Draft], beside: int, found: Lists) -> None:
    """Lists that 其中, 包括, 分别 or 按……分 open, and what 其余 leaves of the last whole."""
    whole: Draft | None = None
    bound, seeking, in_rows, beyond = OPENED, False, False, False
    for place, draft in enumerate(drafts):
        phrase = draft.phrase
        if not _adds(draft):
            continue
        earlier = [*said[len(said) - beside :], *drafts[max(0, place - _REACH) : place]]
        if phrase.has("extent", "left"):
            left_of = whole or _last_whole(draft, earlier, found)
            if left_of:
                found.add(left_of, [draft], LEFT)
            continue
        if _among(earlier[-1:], draft):
            whole, bound = earlier[-1], AMONG
        elif _bracketed(drafts[max(0, place - 1) : place + 2], place):
            whole, bound = earlier[-1], OPENED
        elif opens(draft) or seeking:
            named = _named_whole(draft, [*said[-_NAMED_REACH:], *drafts[max(0, place - _REACH) : place]])
            whole, bound = named or _holder(draft, earlier), DIVIDED if _divides(draft) else OPENED
            # 其中车辆3台、原值38万元: the first of the list may be of another unit than its whole.
            seeking = whole is None and phrase.mark != "；"
            # 其中：甲20万元，…；乙10万元，…: a list whose rows end with semicolons goes on with the first sum of each.
            in_rows, beyond = (phrase.mark == "：" or phrase.first) and phrase.figure.kind == "money", False
        elif (
            phrase.mark == "；"
            and in_rows
            and (not place or not found.holds(drafts[place - 1]) or drafts[place - 1].phrase.mark in ("", "：", "；"))
        ):
            beyond = True
        elif phrase.mark == "；" or is_total(draft):
            whole = None
        fits = whole is not None and whole.phrase.index != phrase.index and may_hold(whole, draft)
        fits = fits and (not beyond or phrase.mark == "；")
        if whole is not None and fits and phrase.amount <= whole.phrase.amount:
            found.add(whole, [draft], bound)


def _divides(draft: Draft) -> bool:
    """Whether the words that open a list say that it is the whole of it."""
    cues = [cue for cue in (*draft.phrase.cues_ahead, *draft.phrase.cues) if cue.field == "extent"]
    return bool(cues) and cues[-1].value == "divides"


def opens(draft: Draft) -> bool:
    """Whether a figure is the first of a list of parts by its words, or those that lead up to it."""
    own = draft.phrase.has("extent", "opens") or draft.phrase.has("extent", "divides") or bool(draft.lead)
    ahead = [cue for cue in draft.phrase.cues_ahead if cue.field == "extent"]
    return own or (bool(ahead) and ahead[-1].value in ("opens", "divides"))


def _among(before: Sequence[Draft], draft: Draft) -> bool:
    """Whether 中 or 里 right behind the figure before says that this one is some of it: 卫生院13家中，3家."""
    return bool(before) and before[-1].phrase.sentence == draft.phrase.sentence and before[-1].among and may_hold(before[-1], draft)


def _bracketed(near: Sequence[Draft], place: int) -> bool:
    """Whether a bracket behind a figure lists this one and the next as its parts: 预算30万元（基本支出20万元，项目支出9万元）."""
    if len(near) < 3 or not place:
        return False
    whole, draft, following = near
    beside = draft.phrase.depth > whole.phrase.depth and following.phrase.depth == draft.phrase.depth and following.phrase.mark in "、，；"
    return (
        draft.phrase.mark == "（"
        and beside
        and bool(draft.noun and following.noun)
        and may_hold(whole, draft)
        and may_hold(whole, following)
    )


def _holder(part: Draft, earlier: Sequence[Draft]) -> Draft | None:
    """The nearest figure before that can be the whole."""
    for other in reversed(earlier):
        change = other.aspect == "change" and part.aspect != "change"
        if may_hold(other, part) and other.phrase.amount >= part.phrase.amount and not change and not _COMPARED.match(other.words):
            return other
    return None


def _named_whole(part: Draft, earlier: Sequence[Draft]) -> Draft | None:
    """The whole that “本年立案案件按类型分” and “支流治理包括” name: the nearest whose words share most of it."""
    name = part.lead
    if len(name) < 2:
        return None
    for other in reversed(earlier):
        words = f"{other.words}{other.counted}"
        shared = sum(character in words for character in name)
        if may_hold(other, part) and other.phrase.amount >= part.phrase.amount and shared >= _MOST_SHARED * len(name):
            return other
    return None


def _last_whole(part: Draft, earlier: Sequence[Draft], found: Lists) -> Draft | None:
    """The whole of the last part of a like unit, or the last figure of it that is no part."""
    wholes = {each.whole for each in found.lists[-_REACH:]}
    for other in reversed(earlier):
        if may_hold(other, part) and (other.phrase.index in wholes or not found.holds(other)):
            return other
    return None


def _is_outcome(draft: Draft) -> bool:
    cue = draft.phrase.cue("verb")
    told = draft.state in _OUTCOMES or (cue is not None and cue.value == "outcome")
    return told and _adds(draft) and draft.kind == "count"


def _whole_of_outcome(draft: Draft, earlier: Sequence[Draft]) -> Draft | None:
    """What an outcome is the outcome of: the nearest like figure that is none itself, by the noun where it has one."""
    for other in reversed(earlier):
        if other.phrase.unit != draft.phrase.unit or not may_hold(other, draft):
            continue
        if _is_outcome(other) and other.state in _OUTCOMES:
            continue
        words = f"{other.noun}{other.act}{other.counted}"
        beside = other.phrase.sentence == draft.phrase.sentence
        named = bool(draft.noun) and draft.noun in words
        sure = beside and (named or (other.phrase.index == draft.phrase.index - 1 and not draft.state))
        akin = not draft.noun or beside or named or other.noun in draft.noun
        return other if akin and (sure or other.phrase.amount >= draft.phrase.amount) else None
    return None
