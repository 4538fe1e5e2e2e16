"""Which figures are the parts of which: lists that come out, lists that words open or close, outcomes of what was found before."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import accumulate, chain, dropwhile, islice, pairwise, takewhile

from selfeval.reading.enumeration import value_of

from .draft import Draft
from .lexicon import says
from .statement import PLANS

_ADDS = frozenset({"actual", "planned", "initial", "adjusted", "arrived", "carried_over", "score", "weight", "change"})
_OUTCOMES = frozenset({"rectified", "under_way", "open", "passed", "failed", "closed"})
_FOUND, _PASSED = "found", "passed"
_LIST_MARKS = frozenset({"、", "，", ""})
# 村（社区）服务站316个: in front of a total the end of a bracket may be that of one in a name.
_TOTALLED_MARKS = _LIST_MARKS | {"）"}
_MARKS = frozenset({"score", "weight"})
_FEWEST_MARKS, _PAIR = 3, 2
_LONGEST_LIST = 40
_LONGEST_NAME = 8
_SHORTEST_NAME = 2
# What something is held against is no whole.
_COMPARED = re.compile("比|较(?!大|满意)")
# A whole is looked for among so many figures before.
_REACH, _NAMED_REACH, _MOST_BESIDE = 30, 300, 6
_MOST_SHARED = 0.7
_HUNDRED = Decimal(100)
# 两项14.88万元, 两类函件59份: what says how many were told comes to them.
_OF_SO_MANY = re.compile("(?:以上|上述|这)?(?P<number>[两二三四五六七八九])[项种类者块段级](?!次)[一-龥]{0,6}$")
_BARE_TOTAL = re.compile("(?:共|合|总)计|共")
# 使用超过八年的205套: a clause in front of the number picks some of what was counted before.
_PICKED = re.compile("的(?:[只仅就]?有|共)?$")

SUM, OPENED, WITHIN, DIVIDED, TOTAL, AMONG, OUTCOME = "sum", "opened", "within", "divided", "total", "among", "outcome"
LEFT, LINE, BARE = "left", "line", "bare"


# A whole, and what binds the parts that are listed to it.
_Opened = tuple[Draft, str]


@dataclass(slots=True)
class PartList:
    """A whole and a list of its parts, by the places of their figures.

    `bound` is what binds them: they come out (SUM), words open the list (其中: OPENED; 行政案件中, of which nothing was said: WITHIN),
    divide the whole (分别, 按……分: DIVIDED), total it up (合计: TOTAL) or take some of it (中: AMONG); the parts are what became of it
    (OUTCOME), what is left of it (LEFT), lines under a line of the budget (LINE), or bare names in a row behind it (行政31名，事业146名:
    BARE).
    """

    whole: int
    parts: list[int]
    bound: str


class Lists:
    """The lists found so far; a figure is a part of one whole only, of the first that takes it."""

    def __init__(self) -> None:
        self.lists: list[PartList] = []
        self.of: dict[int, PartList] = {}

    def add(self, whole: Draft, parts: Sequence[Draft], bound: str, *, anew: bool = False) -> None:
        """Take in those of `parts` that are parts of nothing yet; `anew` where they begin another division of a whole."""
        free = [part.phrase.index for part in parts if part.phrase.index not in self.of]
        if not free:
            return
        near = reversed(self.lists[-_REACH:])
        known = next((each for each in near if each.whole == whole.phrase.index and each.bound == bound), None)
        if known is None or bound == SUM or anew:
            known = PartList(whole.phrase.index, [], bound)
            self.lists.append(known)
        known.parts += free
        self.of.update(dict.fromkeys(free, known))

    def holds(self, draft: Draft) -> bool:
        """Whether a figure is a part already."""
        return draft.phrase.index in self.of

    def add_item(self, item: Draft, before: Sequence[Draft]) -> None:
        """Make the first figure of a numbered line a part of what the line before the numbered ones said last, where it can be."""
        whole = _holder(item, before, self)
        if whole:
            self.add(whole, [item], OPENED)

    def add_sentence(self, drafts: Sequence[Draft], earlier: Sequence[Draft], beside: int) -> None:
        """Find the lists of one sentence; `earlier` are the figures before it, the last `beside` of them in its section."""
        if len(drafts) == 1:
            self._add_outcomes(drafts, earlier)
            _opened(drafts, earlier, min(beside, _REACH), self)
            return
        _hand_on_prior(drafts)
        # From the last: what stands nearest to its parts binds them.
        for place, draft in reversed([*enumerate(drafts)]):
            if _adds(draft):
                for parts in _coming_out(draft, drafts[place + 1 : place + 1 + _LONGEST_LIST], self):
                    self.add(draft, parts, SUM)
        for place, draft in enumerate(drafts):
            if place > 1 and _adds(draft):
                before = drafts[max(0, place - _LONGEST_LIST) : place]
                listed = _before_total(draft, before, self) if is_total(draft) else _so_many(draft, before, self)
                self.add(draft, listed or _in_own_units(draft, before), TOTAL)
        self._add_shares(drafts)
        self._add_outcomes(drafts, earlier)
        _opened(drafts, earlier, min(beside, _REACH), self)
        self._add_picked(drafts)
        for place, draft in enumerate(drafts):
            following = drafts[place + 1 : place + 1 + _LONGEST_LIST]
            after_colon = _after_colon(following)
            self.add(draft, _bare(draft, following, self), DIVIDED if after_colon else BARE)
            if place and draft.kind == "count" and after_colon:
                self.add(drafts[place - 1], _counted(drafts[place - 1], draft, following, self), DIVIDED)

    def _add_shares(self, drafts: Sequence[Draft]) -> None:
        for place, share in enumerate(drafts[1:], 1):
            whole = _whole_of_share(share, drafts[place - 1], drafts[max(0, place - _REACH) : place - 1], self)
            if whole:
                self.add(whole, [drafts[place - 1]], AMONG)

    def _add_outcomes(self, drafts: Sequence[Draft], earlier: Sequence[Draft]) -> None:
        for place, draft in enumerate(drafts):
            if _is_outcome(draft) and not self.holds(draft) and not opens(draft) and not _goes_on_with(drafts, place):
                before = [*earlier[-_REACH:], *drafts[max(0, place - _REACH) : place]]
                whole = self._whole_of_row(draft, before) or _whole_of_outcome(draft, before, self)
                if whole:
                    self.add(whole, [draft], OUTCOME)

    def _whole_of_row(self, draft: Draft, earlier: Sequence[Draft]) -> Draft | None:
        """发现172条，其中重大6条，整改165条，正在整改7条: an outcome with no noun of its own goes on with the one right in front of it."""
        beside = earlier[-1] if earlier else None
        if draft.noun or beside is None or beside.phrase.sentence != draft.phrase.sentence or draft.phrase.mark not in _LIST_MARKS:
            return None
        own = self.of.get(beside.phrase.index)
        whole = own.whole if own and own.bound == OUTCOME and _is_outcome(beside) and beside.state != draft.state else None
        return next((each for each in reversed(earlier) if each.phrase.index == whole and may_hold(each, draft)), None)

    def _add_picked(self, drafts: Sequence[Draft]) -> None:
        for place, draft in enumerate(drafts):
            if _is_picked(draft) and not self.holds(draft):
                before = reversed(drafts[max(0, place - _REACH) : place])
                whole = next((other for other in before if _may_be_picked_from(other, draft, self)), None)
                if whole:
                    self.add(whole, [draft], AMONG)


def _hand_on_prior(drafts: Sequence[Draft]) -> None:
    """上年决算64.7万元，其中车辆52.2万元、接待12.5万元: what comes to a number of the year before is of that year as well."""
    for place, (before, draft) in enumerate(pairwise(drafts), 1):
        if before.period == "prior" and opens(draft) and _adds(before):
            rest = before.phrase.amount
            for number, each in enumerate(drafts[place:], 1):
                if each.period or not _adds(each) or each.phrase.unit != before.phrase.unit or rest <= 0:
                    break
                rest -= each.phrase.amount
                if rest == 0:
                    for part in drafts[place : place + number]:
                        part.period = "prior"


def _whole_of_share(share: Draft, one: Draft, before: Sequence[Draft], found: Lists) -> Draft | None:
    """公交车110辆，新能源车88辆，占80%: what the figure before a share has that share in, by the nearest it comes out with."""
    if share.aspect != "share" or share.numerator or found.holds(one) or one.kind != "count" or not _adds(one):
        return None
    step = Decimal(1).scaleb(share.phrase.figure.exponent)
    for other in reversed(before):
        larger = may_hold(other, one) and other.phrase.amount > one.phrase.amount
        if larger and abs(one.phrase.amount / other.phrase.amount * _HUNDRED - share.phrase.figure.value) <= step:
            return other
    return None


def _adds(draft: Draft) -> bool:
    return draft.kind != "percent" and draft.aspect in _ADDS


def is_total(draft: Draft) -> bool:
    """Whether its words say that a figure is the total of others."""
    # 春季96人、秋季108人，全年204人.
    if draft.phrase.has("extent", "total") or draft.words in ("全年", "全年共"):
        return True
    named = draft.because.get("aspect", "") if draft.aspect in _MARKS else ""
    return bool(named) and (says("total_score", named) or says("full_marks", named))


def may_hold(whole: Draft, part: Draft) -> bool:
    """Whether two figures can be a whole and its part by unit, aspect and period; a part may leave both to its whole."""
    # What nearly all pairs fall short of is asked first.
    if whole.phrase.unit != part.phrase.unit or not (_adds(whole) and _adds(part)):
        return False
    # A bare 预算 under a budget of a stage is of that stage.
    staged = part.aspect == "planned" and whole.aspect in ("initial", "adjusted") and part.kind == "money"
    aspects = whole.aspect == part.aspect or staged or (part.aspect == "actual" and not part.line)
    aspects = aspects or {whole.aspect, part.aspect} <= _MARKS
    periods = (
        whole.period == part.period
        or (whole.period == "year" and part.period == "part")
        or not whole.period
        or (not part.period and whole.period != "prior")
    )
    return aspects and periods and not _COMPARED.match(part.words)


def _coming_out(whole: Draft, following: Sequence[Draft], found: Lists) -> Iterator[list[Draft]]:
    """The figures behind one that add up to it, one partition behind the other; parts of its parts lie in between."""
    run: list[Draft] = []
    rest, unit = whole.phrase.amount, whole.phrase.unit
    for draft in following:
        if draft.phrase.unit != unit or not may_hold(whole, draft) or found.holds(draft):
            continue
        if not run and draft.phrase.mark == "、" and draft is following[0]:
            return  # 8期、5期、3期: items of one list, of which the first only happens to be the sum of the others
        rest -= draft.phrase.amount
        run.append(draft)
        if rest == 0:
            if len(run) > 1:
                yield run
            run, rest = [], whole.phrase.amount
        elif rest < 0:
            break


def _before_total(total: Draft, before: Sequence[Draft], found: Lists) -> list[Draft]:
    """The figures before a total: those that add up to it, else those that stand with it in one list and are of one make."""
    if total.aspect == "score":
        # 决策14分（权重15分），…，总得分93.5分
        scores = [draft for draft in before if draft.aspect == "score"]
        before = [draft for draft in scores if "得" in draft.because.get("aspect", "")] or scores or before
    # 9户23间，…，共154户: nor is what another unit says once more, a conversion, or what a bracket tells of a part.
    before = [each for each in before if each.aspect != "converted" and (each.words or each.phrase.unit == total.phrase.unit)]
    before = [each for each in before if each.phrase.depth <= total.phrase.depth]
    free = [draft for draft in before if may_hold(total, draft) and not found.holds(draft)]
    if any((draft.phrase.amount, draft.phrase.unit) == (total.phrase.amount, total.phrase.unit) for draft in before):
        return []  # stated before already, with its parts behind it
    name = total.noun or total.act
    namesakes = [draft for draft in free if name and name in draft.words]
    for likely in (namesakes, free):
        run, rest = [], total.phrase.amount
        for draft in reversed(likely):
            rest -= draft.phrase.amount
            run.append(draft)
            # 食品86家、餐饮320家、药品74家，食品和餐饮合计406家: some of the last of them are left out.
            while rest < 0 and len(run) > 1 and total.phrase.amount >= _HUNDRED:
                rest += run.pop(0).phrase.amount
            if rest == 0 and len(run) > 1:
                return run
    if says("full_marks", total.because.get("aspect", "")) and (
        len(free) < _FEWEST_MARKS or max(each.phrase.amount for each in free) > total.phrase.amount
    ):
        return []  # the full marks of one part only
    return _listed_before(total, before, found, len(namesakes))


def _listed_before(total: Draft, before: Sequence[Draft], found: Lists, namesakes: int) -> list[Draft]:
    """The figures that stand with a total in one list and are of one make, so many `namesakes` of it among them."""
    listed: list[Draft] = []
    # 事业编制13名（公证处6名、…），编制总数87名: parts of a part are none of the total.
    wholes = {draft.phrase.index for draft in before}
    for draft in reversed([draft for draft in before if not (found.holds(draft) and found.of[draft.phrase.index].whole in wholes)]):
        if not may_hold(total, draft) and draft.phrase.unit == total.phrase.unit:
            return []  # something among the parts is not understood
        if not may_hold(total, draft) or found.holds(draft):
            if listed and listed[-1].phrase.mark in ("、", "）"):
                return []  # 矿山9座、商店51家，共60家: it begins with things of another unit
            break
        listed.append(draft)
        if draft.phrase.mark not in _TOTALLED_MARKS or draft.phrase.first:
            break
    # What the first of them says is said of all: 参训186人、172人和158人.
    of_the_year = total.words.startswith("全年")
    acts = {draft.act for draft in (listed[:-1] if len(listed) > _PAIR or of_the_year else listed)}
    of_one_make = len(acts) == 1 and namesakes in (0, len(listed))
    # 机构托养46人、日间照料73人、居家服务167人，合计286人: a bare total is of all like it in front.
    of_one_make = of_one_make or bool(_BARE_TOTAL.fullmatch(total.words))
    if not of_one_make and listed and listed[0].phrase.has("extent", "beside"):
        listed, of_one_make = listed[:_PAIR], True  # 编制82名，在编77人，另有派遣35人，合计112人
    return listed if len(listed) > 1 and of_one_make else []


def _in_own_units(total: Draft, before: Sequence[Draft]) -> list[Draft]:
    """商超14家、学校57所、养老机构16家，合计87家: the list in front of a total whose items are counted each in units of their own."""
    if total.kind != "count" or not is_total(total):
        return []
    beside = (draft for draft in reversed(before) if draft.phrase.depth <= total.phrase.depth)
    row = [*takewhile(lambda draft: draft.kind == "count", beside)]
    ends = next((place for place, draft in enumerate(row, 1) if draft.phrase.mark != "、"), len(row))
    units = {draft.phrase.unit for draft in row[:ends]}
    # 一轮642家、…，累计1954家次: times are counted where one may come again.
    unlike = len(units) > 1 or (total.phrase.unit not in units and total.phrase.unit.startswith(tuple(units)))
    # 46人、52人、38人，共136人次 are told in turn; 9户、23间 may be one thing told twice.
    named = len(units) == 1 or all(draft.words for draft in row[:ends])
    return row[:ends] if ends >= _FEWEST_MARKS and unlike and named else []


def _so_many(total: Draft, before: Sequence[Draft], found: Lists) -> list[Draft]:
    """The figures right before one that says of how many it is, where just so many are listed."""
    number = _OF_SO_MANY.match(total.words)
    if not number or total.phrase.mark != "，":
        return []
    plain = [each for each in before if each.aspect != "converted"]
    listed = [*takewhile(lambda draft: may_hold(total, draft) and not found.holds(draft), reversed(plain))]
    ends = next((place for place, draft in enumerate(listed, 1) if draft.phrase.mark not in _TOTALLED_MARKS or draft.phrase.first), 0)
    return listed[:ends] if ends == value_of(number["number"].replace("两", "二")) else []


def _opened(drafts: Sequence[Draft], said: Sequence[Draft], beside: int, found: Lists) -> None:
    """Lists that 其中, 包括, 分别 or 按……分 open, and what 其余 leaves of the last whole."""
    open_lists: dict[int, _Opened] = {}
    seeking, beyond, since = False, False, 0
    rows: _Opened | None = None
    for place, draft in enumerate(drafts):
        phrase = draft.phrase
        if not _adds(draft):
            continue
        # A list in brackets ends with them; what was open before goes on.
        open_lists = {depth: opened for depth, opened in open_lists.items() if depth <= phrase.depth} if open_lists else {}
        whole, bound = open_lists.get(phrase.depth, (None, OPENED))
        before = drafts[place - 1] if place else said[-1] if beside else None
        if phrase.has("extent", "left", "undone"):
            ahead = drafts[max(0, place - _REACH) : place]
            left_of = whole or _last_whole(draft, [*said[len(said) - beside :], *ahead], found)
            if left_of:
                found.add(left_of, [draft], LEFT)
            continue
        if before is not None and _among(before, draft):
            whole, bound = before, AMONG
        elif place and _in_bracket(drafts[place - 1], draft):
            whole, bound = drafts[place - 1], DIVIDED
        elif opens(draft) or (seeking and phrase.mark != "；" and not is_total(draft)):
            # Of a list that goes on the whole stands before its first item.
            since = place if opens(draft) else since
            earlier = [*said[len(said) - beside :], *drafts[max(0, place - _REACH) : since]]
            ahead = chain(reversed(drafts[max(0, place - _REACH) : since]), islice(reversed(said), _NAMED_REACH))
            named = _named_whole(drafts[place : place + _LONGEST_LIST], ahead)
            whole = _of_last_stage(named or _holder(draft, earlier, found), draft, earlier)
            # 行政案件中…: what it opens need not be all of the cases named before.
            unnamed = named is None and len(draft.lead) >= _SHORTEST_NAME
            bound = DIVIDED if _divides(draft) else WITHIN if unnamed else OPENED
            # 其中车辆3台、原值38万元: the first of the list may be of another unit than its whole.
            # 甲到位20万元，使用19万元: what begins with another number of the first part is no list of one.
            seeking = whole is None and phrase.mark != "；" and not draft.in_turn and (before is None or phrase.unit != before.phrase.unit)
            rows, beyond = _rows_led(drafts, place, (whole, bound), rows), False
        elif phrase.mark == "；" and rows and _is_row(_row(drafts, place), rows[0], found):
            (whole, bound), beyond = rows, True
        elif phrase.mark == "；" or is_total(draft) or _is_parted_otherwise(drafts, place):
            whole = None
        open_lists.pop(phrase.depth, None)
        if whole is not None:
            open_lists[phrase.depth] = (whole, bound)
        fits = whole is not None and whole.phrase.index != phrase.index and may_hold(whole, draft)
        fits = fits and (not beyond or phrase.mark == "；")
        if whole is not None and fits and _takes(whole, draft, drafts[max(0, place - _REACH) : place], found):
            found.add(whole, [draft], bound, anew=opens(draft) and _divides(draft))


def _is_parted_otherwise(drafts: Sequence[Draft], place: int) -> bool:
    """其中一般2起、较大1起，伤3人，查明2起; 婚姻58件、土地47件、邻里63件，成功180件: a comma behind another unit, or behind a row of
    items, ends what other marks part."""
    last, before = drafts[place], drafts[max(0, place - _MOST_BESIDE) : place]
    apart = last.phrase.mark == "，" and bool(before) and (before[-1].phrase.unit != last.phrase.unit or _are_in_row(before[-_PAIR:]))
    listed = takewhile(lambda each: not opens(each), reversed(before)) if apart else ()
    return any(each.phrase.mark == "、" and each.phrase.unit == last.phrase.unit for each in listed)


def _are_in_row(items: Sequence[Draft]) -> bool:
    return len(items) == _PAIR and all(each.phrase.mark == "、" for each in items)


def _rows_led(drafts: Sequence[Draft], place: int, opened: tuple[Draft | None, str], rows: _Opened | None) -> _Opened | None:
    """The whole whose list has rows that end with semicolons, once the list `opened` begins at `place`: 其中：甲20万元，…；乙10万元，…
    goes on with the first sum of each row, whatever the sums of a row are divided into.
    """
    (whole, bound), phrase = opened, drafts[place].phrase
    if whole is not None and (phrase.mark == "：" or phrase.first) and phrase.figure.kind == "money":
        return whole, bound
    return rows if any(other is whole for other in _row(drafts, place)) else None


def _row(drafts: Sequence[Draft], place: int) -> list[Draft]:
    """The figures before the one at `place` since the last semicolon outside of brackets, brackets aside."""
    depth = drafts[place].phrase.depth
    level = [draft for draft in drafts[max(0, place - _REACH) : place] if draft.phrase.depth <= depth]
    begins = next((number for number, draft in reversed([*enumerate(level)]) if draft.phrase.mark == "；"), 0)
    return level[begins:]


def _is_row(row: Sequence[Draft], whole: Draft, found: Lists) -> bool:
    """Whether no two figures of a row of the list of `whole` are parts of one whole, but of one another."""
    own = {draft.phrase.index for draft in row if draft is not whole}
    wholes = [found.of[draft.phrase.index].whole for draft in row if found.holds(draft)]
    outer = [whole for whole in wholes if whole not in own]
    return len(set(outer)) == len(outer)


def _is_picked(draft: Draft) -> bool:
    return draft.kind == "count" and draft.aspect == "actual" and bool(draft.noun) and bool(_PICKED.search(draft.words))


def _may_be_picked_from(whole: Draft, part: Draft, found: Lists) -> bool:
    return may_hold(whole, part) and whole.phrase.amount >= part.phrase.amount and not found.holds(whole)


def _takes(whole: Draft, draft: Draft, before: Sequence[Draft], found: Lists) -> bool:
    """Whether an open list goes on with a figure, behind those `before` in its sentence; 另有 that tells of more than the whole ends it."""
    beside = [other for other in before if other.phrase.has("extent", "beside") and not found.holds(other)]
    if beside or (draft.phrase.has("extent", "beside") and _exceeds(whole, draft, before, found)):
        return False
    # What goes on with a list is a part as sure as the first of it, though its whole stands a sentence before.
    sure = whole.phrase.sentence == draft.phrase.sentence or any(_is_part(other, whole, found) for other in before)
    return sure or draft.phrase.amount <= whole.phrase.amount


def _is_part(draft: Draft, whole: Draft, found: Lists) -> bool:
    return found.holds(draft) and found.of[draft.phrase.index].whole == whole.phrase.index


def _exceeds(whole: Draft, last: Draft, before: Sequence[Draft], found: Lists) -> bool:
    """Whether 另有 tells of what lies beside a whole: with it the parts listed so far are more than there are."""
    parts = (other for other in before if _is_part(other, whole, found))
    return sum((part.phrase.amount for part in parts), last.phrase.amount) > whole.phrase.amount


def _divides(draft: Draft) -> bool:
    """Whether the words that open a list say that it is the whole of it."""
    cues = [cue for cue in (*draft.phrase.cues_ahead, *draft.phrase.cues) if cue.field == "extent"]
    return bool(cues) and cues[-1].value == "divides"


def opens(draft: Draft) -> bool:
    """Whether a figure is the first of a list of parts by its words, or those that lead up to it."""
    if draft.lead or draft.spoken_line or draft.phrase.has("extent", "opens", "divides"):
        return True
    ahead = next((cue for cue in reversed(draft.phrase.cues_ahead) if cue.field == "extent"), None)
    return ahead is not None and ahead.value in ("opens", "divides")


def _in_bracket(before: Draft, draft: Draft) -> bool:
    """编制92名（行政19名、事业73名）: a bracket right behind a figure lists all it is of."""
    opened = draft.phrase.depth > before.phrase.depth and draft.phrase.mark == "（"
    opened = opened and draft.phrase.words[0] <= before.phrase.figure.end + len(before.counted) + 2
    return opened and bool(draft.noun or draft.scope) and not draft.act and draft.aspect != "converted"


def _among(before: Draft, draft: Draft) -> bool:
    """Whether 中 or 里 right behind the figure before says that this one is some of it: 卫生院13家中，3家."""
    return before.among and before.phrase.sentence == draft.phrase.sentence and may_hold(before, draft)


def _holder(part: Draft, earlier: Sequence[Draft], found: Lists) -> Draft | None:
    """The nearest figure before that can be the whole; a second division, behind a semicolon, is of the whole of the first."""
    again = part.phrase.mark == "；" or _divides(part)
    for other in reversed(earlier):
        if not may_hold(other, part) or (other.aspect == "change" != part.aspect) or _COMPARED.match(other.words):
            continue
        beside = other.phrase.sentence == part.phrase.sentence and not other.phrase.depth > part.phrase.depth
        # 按场所分，…。按起火原因分，…: the next sentence divides no part of what the one before it divides.
        if again and found.holds(other) and (beside or (_divides(part) and found.of[other.phrase.index].bound == DIVIDED)):
            continue
        # 田径128人、游泳76人，其中一级以上212人: what is more than an item of a list that comes out is of the whole of it.
        listed = found.holds(other) and found.of[other.phrase.index].bound == SUM
        if other.phrase.amount >= part.phrase.amount or (beside and not again and not listed):
            return other
    return None


def _of_last_stage(whole: Draft | None, part: Draft, earlier: Sequence[Draft]) -> Draft | None:
    """For a bare 预算 under 年初预算 the adjusted budget its sentence goes on to, for 支出中 under a budget what was spent of it."""
    if whole is not None and _is_held_against(whole) and part.aspect == "actual" and part.kind == "count":
        # 完成8.64万亩，占计划8.50万亩的101.6%；其中…: parts of what was done are not of what was planned.
        done = (other for other in reversed(earlier) if not _is_held_against(other) and may_hold(other, part))
        return next((other for other in done if other.phrase.sentence == whole.phrase.sentence), whole)
    of_budget = whole is not None and whole.aspect == "initial" and part.aspect == "planned"
    of_spent = whole is not None and whole.aspect in PLANS and part.aspect == "actual" and bool(part.spoken_line)
    if not of_budget and not of_spent:
        return whole
    later = (other for other in earlier if other.phrase.index > whole.phrase.index and other.phrase.sentence == whole.phrase.sentence)
    own = takewhile(lambda other: not other.noun, later) if of_spent else later
    stage = "actual" if of_spent else "adjusted"
    return next((other for other in own if other.aspect == stage and other.phrase.amount >= part.phrase.amount), whole)


def _named_whole(parts: Sequence[Draft], ahead: Iterable[Draft]) -> Draft | None:
    """The whole that “本年立案案件按类型分” and “支流治理包括” name: of those `ahead` whose words share most of it the one which the
    first of `parts` make up, else the nearest, which comes first.
    """
    part, nearest = parts[0], None
    if len(part.lead) < _SHORTEST_NAME:
        return None
    listed = takewhile(lambda draft: draft is part or draft.phrase.mark in _LIST_MARKS, parts)
    sums = {*[*accumulate(draft.phrase.amount for draft in listed if draft.phrase.unit == part.phrase.unit)][1:]}
    for other in ahead:
        made_up = other.phrase.amount in sums
        if (made_up or nearest is None) and _is_named(other, part):
            if made_up:
                return other
            nearest = other
    return nearest


def _is_named(whole: Draft, part: Draft) -> bool:
    """Whether the words that open a list name a figure that can be its whole."""
    if not may_hold(whole, part) or whole.phrase.amount < part.phrase.amount:
        return False
    words = f"{whole.words}{whole.counted}"
    # 农产品类销售中 of 农产品27.95亿元
    named = len(whole.noun) > _SHORTEST_NAME and whole.noun in part.lead
    return named or sum(character in words for character in part.lead) >= _MOST_SHARED * len(part.lead)


def _last_whole(part: Draft, earlier: Sequence[Draft], found: Lists) -> Draft | None:
    """The whole of the last part of a like unit, or the last figure of it that is no part."""
    wholes = {each.whole for each in found.lists[-_REACH:]}
    for other in reversed(earlier):
        if may_hold(other, part) and (other.phrase.index in wholes or not found.holds(other)):
            return other
    return None


def _goes_on_with(drafts: Sequence[Draft], place: int) -> bool:
    """其中人工造林3亩、封山育林4亩、退化林修复2亩: an item of an opened list with a noun of its own is the outcome of none before."""
    item = drafts[place]
    row = takewhile(lambda each: each.phrase.unit == item.phrase.unit and not each.state, reversed(drafts[max(0, place - _REACH) : place]))
    for each, after in pairwise([item, *row]):
        if each.phrase.mark != "、" or not (item.noun and after.noun):
            return False
        if opens(after):
            return True
    return False


def _is_outcome(draft: Draft) -> bool:
    if draft.kind != "count":
        return False
    cue = draft.phrase.cue("verb")
    return (draft.state in _OUTCOMES or (cue is not None and cue.value == "outcome")) and _adds(draft)


def _bare(whole: Draft, following: Sequence[Draft], found: Lists) -> list[Draft]:
    """The figures right behind one that have nothing but short names and its unit, as the parts of a list have."""
    run: list[Draft] = []
    named = whole.noun or whole.act or whole.counted
    if len(following) < _PAIR or not _adds(whole) or not named or found.holds(whole):
        return run
    if whole.phrase.mark == "：" or (whole.kind == "money" and not whole.line) or whole.phrase.mark == following[0].phrase.mark == "、":
        return run
    after_colon = _after_colon(following)
    # 务工21374人，为目标21000人的101.8%；省外…人、省内…人: what it is held against stands in between.
    behind = [*dropwhile(lambda draft: whole.aspect == "actual" and _is_held_against(draft), following)]
    may_begin = {*_LIST_MARKS, *("：" if after_colon else ()), *("；" if len(behind) < len(following) else ())}
    for draft in behind:
        marked = draft.phrase.mark in (_LIST_MARKS if run else may_begin)
        # 大桥9座、中桥37座、小桥92座，隧道3座: a comma ends what other marks part.
        ends = len(run) > 1 and run[1].phrase.mark == "、" and draft.phrase.mark == "，"
        fits = may_hold(whole, draft) and not found.holds(draft) and marked and not ends
        if not (fits and _is_named_item(draft)) or is_total(draft):
            if draft.state and draft.phrase.mark == "、" and draft.phrase.unit == whole.phrase.unit:
                return []  # 调解11起、未结6起: what is none of the others is of the list as well
            break
        run.append(draft)
    larger = [draft for draft in run if draft.phrase.amount >= whole.phrase.amount]
    # Of a list one digit may be wrong, and make a part more than its whole.
    of_whole = after_colon or not larger or (len(larger) == 1 and all(draft.phrase.mark == "、" for draft in run[1:]))
    return run if len(run) > 1 and of_whole else []


def _is_named_item(draft: Draft) -> bool:
    """Whether a figure has a short name and nothing else, though a verb may end it: 非承诺检查71件."""
    acts = draft.act and not (draft.noun and draft.words.endswith(draft.act))
    named = 0 < len(draft.noun or "".join(draft.scope)) <= _LONGEST_NAME
    return named and not (acts or draft.line or draft.state or draft.counted or draft.because)


def _is_held_against(draft: Draft) -> bool:
    """Whether a figure is a plan, what a share is of, or such a rate."""
    return draft.aspect in PLANS or draft.base_of_share or draft.kind == "percent"


def _counted(whole: Draft, number: Draft, following: Sequence[Draft], found: Lists) -> list[Draft]:
    """项目支出…万元，涉及6个项目：甲…万元、…: the parts behind a colon, where the number in front says how many there are."""
    run = list(takewhile(lambda draft: may_hold(whole, draft) and not found.holds(draft) and not is_total(draft), following))
    return run if len(run) == number.phrase.amount and len(run) > 1 else []


def _after_colon(following: Sequence[Draft]) -> bool:
    """Whether a colon opens what follows: a list of all there is."""
    return bool(following) and following[0].phrase.mark == "："


def _whole_of_outcome(draft: Draft, earlier: Sequence[Draft], found: Lists) -> Draft | None:
    """What an outcome is the outcome of: the nearest like figure that is none itself, by the noun where it has one."""
    behind_like, unnamed = False, len(draft.noun) < _SHORTEST_NAME
    for other in reversed(earlier):
        if behind_like and other.phrase.sentence != draft.phrase.sentence:
            return None  # 建成586个，达标618个: of nothing that an earlier sentence counts
        if other.phrase.unit != draft.phrase.unit or not may_hold(other, draft):
            continue
        if _is_outcome(other) and other.state in _OUTCOMES:
            continue
        words = f"{other.noun}{other.act}{other.counted}"
        beside = other.phrase.sentence == draft.phrase.sentence and not (draft.noun and draft.phrase.mark == "；")
        named = bool(draft.noun) and draft.noun in words
        # One that is a part itself is the whole of no outcomes where its own whole stands near.
        if found.holds(other) and not named and found.of[other.phrase.index].bound != OUTCOME:
            continue
        # Right behind what was found stands what became of it, however many it says there were (57处，已整改90处).
        next_to_it = other.phrase.index == draft.phrase.index - 1
        right_behind = next_to_it and (not draft.state or (unnamed and (other.state == _FOUND or draft.state == _PASSED)))
        sure = beside and (named or right_behind)
        # 办理案件52件，涉农药14件、…，已结案57件: of a whole that is listed in the same sentence an outcome may be more than there is.
        sure = sure or (
            beside and not draft.noun and any(each.whole == other.phrase.index and each.bound == SUM for each in found.lists[-_REACH:])
        )
        akin = not draft.noun or beside or named or other.noun in draft.noun
        if akin and (sure or other.phrase.amount >= draft.phrase.amount):
            return other
        if named:
            return None
        behind_like = behind_like or (beside and next_to_it and unnamed)
    return None
