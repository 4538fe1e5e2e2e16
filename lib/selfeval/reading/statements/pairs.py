"""Pairs of figures that a claim may come out of: which there are near it, and what speaks for and against each of them.

Statements are laid out as columns, so that what is asked of thousands of pairs is asked at once.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from functools import cached_property, reduce
from itertools import pairwise
from operator import attrgetter, or_
from typing import NamedTuple

import numpy as np

from selfeval.quantity import dimension

from .lexicon import counted_as, says, units_of
from .statement import DERIVED, PLANS, SETTLED, Statement, is_of_outcome, kind_of_things, stem_of

CLAIMS = ("rate", "share", "average", "change", "change_rate", "carried_over")
# How many figures before a claim and behind it may be its operands, whatever they are called; how far others may stand that are called
# what it names, how many of them are weighed, and how much of its words they must say.
BACK, FORWARD = 18, 2
REACH, _FARTHEST_NAMED, _NAMED = 400, 10, 0.4
_MOST_SKIPPED = 3
_RATIOS, _THRICE = frozenset({"rate", "share"}), 3
# Numbers no farther apart than this beside their size are compared as they are printed.
_NEARLY = 1e-9
_WORD = 64
# How much a figure counts what an average is over where only its name says so.
_BY_NAME = 0.7
_NOW = frozenset({"year", "part"})
GENERIC = "的率为达到占共计年度全本当实际总数量个第及和与其中比例平均每均一是"
_HELD_AGAINST = (
    ("adjusted", re.compile("[比较](?:全年|调整后?(?:的?全年)?)预算")),
    ("initial", re.compile("[比较]年初预算")),
)
_YEAR = re.compile(r"(?<![比较与])(?<!\d)(20\d{2})年")
_SINCE = re.compile(r"[比较与].{0,2}(?:[上去前]年|\d{4}年)")
_CHANGES = ("change", "change_rate")
# In what two operands may be alike, and the fields that tell it.
_ALIKE = {name: name for name in ("subject", "measure", "scope", "period", "aspect", "state")} | {"whole": "extent"}
_OF_TIME, _UNITS_OF_TIME = frozenset("天日周月季年"), frozenset({"天", "日", "周", "个月", "个季度", "年", "月"})
_OF_ONE = re.compile("最[高低多少大小]")
_EACH = re.compile(r"([一-龥]{0,2})均|每(?:个|一)?([一-龥]{1,4})|([一-龥])(?=均)|(亩)产(?!业)")


def is_claim(statement: Statement) -> bool:
    """Whether a figure of prose comes out of two others."""
    plain = statement.aspect in ("average", "change", "carried_over") or statement.figure.kind == "percent"
    # 执行率最低的为年鉴编印（97.13%）: of one of many.
    plain = plain and not _OF_ONE.search(f"{statement.ahead}{statement.words}") and statement.figure.unit not in units_of("fine_ratio")
    return plain and statement.aspect in CLAIMS and statement.sentence >= 0 and statement.period in _NOW


def is_of_plan(rate: Statement) -> bool:
    """Whether a rate is by its name of what was planned: 执行率, 完成目标的."""
    return says("of_plan", f"{rate.words}{rate.measure}")


class Words(NamedTuple):
    """What each of some statements says: a column of bits for the characters that tell something, and how many of these there are."""

    bits: np.ndarray
    size: np.ndarray

    def shared(self, own: np.ndarray, others: Words, other: np.ndarray) -> np.ndarray:
        """How much of what those at `own` say those at `other` say too, between 0 and 1."""
        return _count(mine[own] & theirs[other] for mine, theirs in zip(self.bits, others.bits, strict=True)) / self.size[own]

    def left(self, own: np.ndarray, others: Words, first: np.ndarray, second: np.ndarray) -> np.ndarray:
        """How much of what those at `own` say neither of two others says, between 0 and 1."""
        bits = zip(self.bits, others.bits, strict=True)
        return _count(mine[own] & ~(theirs[first] | theirs[second]) for mine, theirs in bits) / self.size[own]


class Pairs:
    """Some statements, by whose places pairs of them are asked for and told of."""

    def __init__(self, statements: Sequence[Statement], wholes: Mapping[int, int]) -> None:
        """`wholes` are those of the parts of lists that come out, by the places of both."""
        self.statements = statements
        self._known: dict[Hashable, np.ndarray] = {}
        self._sentence, self._index = self._column("sentence"), self._column("index")
        self._aspect, self._period, self._figure_kind = self._column("aspect"), self._column("period"), self._column("figure.kind")
        self._size = self._column("amount").astype(float)
        self._now, self._percent, self._plain = self._period_is(*_NOW), self._figure_kind == "percent", ~self._is(*DERIVED)
        self._settled = _one_of(self._column("state"), SETTLED)
        # Figures near a claim are counted in prose alone; in a table by what was said before it.
        self._prose = np.flatnonzero(self._sentence >= 0)
        self._rank = np.cumsum(self._sentence >= 0) - 1
        # A cell is next to nothing.
        self._rank_in_prose = np.where(self._sentence >= 0, self._rank, np.inf)
        self._section = numbered([each.section[:1] for each in statements])
        self._part_of = np.array([-1 if each.part_of is None else each.part_of for each in statements])
        self._whole, self._within = self._column("extent") == "whole", np.full(len(statements), -1)
        self._within[[*wholes]] = [*wholes.values()]
        self._divided = np.isin(np.arange(len(statements)), [*wholes.values()])
        self._unit, self._kind = self._numbers("unit"), numbered([*map(kind_of_things, statements)])

    def possible(self, claims: Sequence[int]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """The pairs near some claims that have the units and sizes their operands must have: the places of the claims, of the first
        operands and of the bases, in that order."""
        claim = np.array(claims, dtype=int)[:, None]
        near = self._rank[claim] + np.array([step for step in range(-BACK, FORWARD + 1) if step])
        inside = (near >= 0) & (near < len(self._prose))
        near = self._prose[np.where(inside, near, 0)]
        inside &= self._section[claim] == self._section[near]
        far, named = self._far(claim)
        near, inside = np.hstack([near, far]), np.hstack([inside, named])
        operand = inside & self._may_be_operands(claim, near)
        first = operand & self._may_be_firsts(claim, near) & self._are_of_bracket(claim, near)
        # 持卡率 is of no budget, however like it the name of a line is.
        of_budget = (self._is("rate") & ~self._of_plan)[claim] & ((self._figure_kind == "money") & self._is(*PLANS))[near]
        base = operand & self._may_be_bases(claim, near) & ~of_budget
        (named, unlike), kind = self._are_named_so(claim, near), self._kind[near]
        # An average is of unlike figures, everything else of like ones.
        alike = self._is("average")[claim][:, :, None] | (kind[:, :, None] == kind[:, None, :])
        pairs = first[:, :, None] & base[:, None, :] & alike & (named[:, :, None] | ~unlike[:, None, :])
        number, one, other = np.nonzero(pairs & ~np.eye(near.shape[1], dtype=bool))
        claim, first, base = claim[number, 0], near[number, one], near[number, other]
        for fit in (self._are_of_stage, self._are_in_measure, self._are_of_one_year):
            fits = fit(claim, first, base)
            claim, first, base = claim[fits], first[fits], base[fits]
        return claim, first, base

    def features(self, claim: np.ndarray, first: np.ndarray, base: np.ndarray) -> dict[str, np.ndarray]:
        """What speaks for and against pairs of operands, by name a column with a value between 0 and about 1 for each of them."""
        return self.of_firsts(claim, first) | self.of_bases(claim, base) | self.of_both(claim, first, base)

    def of_firsts(self, claim: np.ndarray, first: np.ndarray) -> dict[str, np.ndarray]:
        """What of it rests on the claim and the first operand alone."""
        subject, measure = self._numbers("subject"), self._numbers("measure")
        return {f"{name}_first": column for name, column in self._of_one(claim, first).items()} | {
            "subject_first": subject[first] == subject[claim],
            "measure_first": measure[first] == measure[claim],
            "prior_first": ~self._now[first],
        }

    def of_bases(self, claim: np.ndarray, base: np.ndarray) -> dict[str, np.ndarray]:
        """What of it rests on the claim and the base alone."""
        named, _, told = self._words
        return {f"{name}_second": column for name, column in self._of_one(claim, base).items()} | {
            "in_run_second": self._within[base] >= 0,
            "prior_second": self._period_is("prior")[base],
            "adjusted_second": self._is("adjusted")[base],
            "part_base": self._part_of[base] >= 0,
            "base_named": told.shared(claim, named, base),
            **self._of_each(claim, base),
        }

    def _of_one(self, claim: np.ndarray, other: np.ndarray) -> dict[str, np.ndarray]:
        """What is asked of both operands alike."""
        sentence, named = self._sentence, self._words[0]
        return {
            "far": np.log1p(abs(self._rank[claim] - self._rank[other])) / 3,
            "beside": self._rank_in_prose[claim] - self._rank_in_prose[other] == 1,
            "sentence": sentence[other] == sentence[claim],
            "behind": other > claim,
            "divided": self._divided[other],
            "whole": self._whole[other],
            "cell": sentence[other] < 0,
            "section": self._section[other] == self._section[claim],
            "named": named.shared(claim, named, other),
            "planned": self._is(*PLANS)[other],
            "settled": self._settled[other],
        }

    def of_both(self, claim: np.ndarray, first: np.ndarray, base: np.ndarray) -> dict[str, np.ndarray]:
        """What of it rests on all three."""
        (named, own, _), rank, within, part_of = self._words, self._rank_in_prose, self._within, self._part_of[first]
        alike = {f"{name}_both": (told := self._numbers(field))[first] == told[base] for name, field in _ALIKE.items()}
        return {
            "bias": np.ones(len(claim)),
            "follows": (rank[claim] - rank[base] == 2) & (rank[claim] - rank[first] == 1),
            "turned": first < base,
            "apart": np.log1p(abs(self._rank[first] - self._rank[base])) / 3,
            "of_run": (within[first] == base) & (base >= 0),
            "in_run_first": (within[first] >= 0) & (within[first] != base),
            "sentence_both": self._sentence[first] == self._sentence[base],
            "skipped": np.minimum(self._skipped(claim, first, base) / 4, _MOST_SKIPPED),
            "named_both": named.shared(first, named, base),
            "unexplained": own.left(claim, named, first, base),
            "part": part_of == self._index[base],
            "part_other": (part_of >= 0) & (part_of != self._index[base]),
            **alike,
            "smaller": ~self._reaches(first, base),
        }

    def _column(self, name: str) -> np.ndarray:
        return np.array([*map(attrgetter(name), self.statements)])

    def _numbers(self, name: str) -> np.ndarray:
        if name not in self._known:
            self._known[name] = numbered([*map(attrgetter(name), self.statements)])
        return self._known[name]

    def _is(self, *aspects: str) -> np.ndarray:
        if aspects not in self._known:
            self._known[aspects] = _one_of(self._aspect, aspects)
        return self._known[aspects]

    def _period_is(self, *periods: str) -> np.ndarray:
        return _one_of(self._period, periods)

    def _may_be_operands(self, claim: np.ndarray, other: np.ndarray) -> np.ndarray:
        changes = self._is("change")
        # 每平方米6.50元，比上年的6.92元降低0.42元: levels change as well.
        plain = self._plain[other] | (changes[claim] & self._is("average")[other])
        return np.where((changes & self._percent)[claim], self._percent[other], plain) & (self._size[other] > 0)

    def _far(self, claim: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """For each claim the places of those figures, however far or in a table, that say most of its words, and which of these places
        hold one."""
        every = np.arange(len(self.statements))[None, :]
        apart = abs(every - claim)
        steps = self._rank[every] - self._rank[claim]
        near = (steps >= -BACK) & (steps <= FORWARD) & (self._sentence >= 0) & (self._section[claim] == self._section[every])
        named, own, _ = self._words
        said = np.where(near | (apart > REACH) | ~self._plain, 0.0, own.shared(claim, named, every))
        subject = self._numbers("subject")
        of_plan = self._of_plan[claim] & self._is(*PLANS)[every] & (subject[claim] == subject[every])
        counted = np.zeros(said.shape)
        for number in np.flatnonzero(self._is("average")[claim[:, 0]]).tolist():
            counted[number] = self._counting(claim[number, 0])
        said = np.maximum(said, np.where(near | (apart > REACH), 0.0, np.maximum(counted, _NAMED * of_plan)))
        order = np.argsort(-said + apart / 1e6, axis=1, kind="stable")[:, :_FARTHEST_NAMED]
        return order, np.take_along_axis(said, order, axis=1) >= _NAMED

    def _may_be_firsts(self, claim: np.ndarray, first: np.ndarray) -> np.ndarray:
        """An average is of what is in its unit, a change of what is told of now; a rate may be of anything."""
        like, kind = self._unit[first] == self._unit[claim], self._kind[claim] == self._kind[first]
        of_average = self._dimension[first] == self._dimension[claim]
        return np.select(
            [self._is("average")[claim], self._is("carried_over")[claim], self._is("change")[claim], self._is(*_RATIOS)[claim]],
            [of_average, like & ~self._is("actual")[first], self._now[first] & kind, True],
            self._now[first],
        )

    def _may_be_bases(self, claim: np.ndarray, base: np.ndarray) -> np.ndarray:
        """An average is over what is counted in another unit or what it names, what is left, over what was spent; no ratio of outcomes it
        does not name."""
        several = (self._figure_kind == "count") & (self._size > 1)
        fits = np.select(
            [self._is("average")[claim], self._is("carried_over")[claim]],
            [several[base] & (self._dimension[base] != self._dimension[claim]), self._is("actual")[base]],
            default=True,
        )
        for number in np.flatnonzero(self._is("average")[claim[:, 0]]).tolist():
            each, unit = claim[number, 0], self._column("unit")[base[number]]
            counted = self._counting(each)[base[number]]
            if _each(self.statements[each]) & _OF_TIME:
                # 平均每天23份: of so many days, and of nothing else.
                fits[number] &= np.isin(unit, [*_UNITS_OF_TIME])
            elif counted.max(initial=0) == 1:
                # 每公里3.20万元: where lengths stand near, of none but these.
                fits[number] &= counted > 0
            # 每名专职工作者服务580人: people for each of other people.
            fits[number] |= several[base[number]] & _one_of(unit, units_of("people")) & (counted > 0)
        # 比2023年增加25万元 is no change since anything of this year.
        since = np.array([each.aspect in _CHANGES and bool(_SINCE.search(each.words)) for each in self.statements])
        fits &= ~since[claim] | ~self._now[base]
        tells = self._is(*_RATIOS) & np.array(["base" in each.because for each in self.statements])
        for number, place in np.argwhere(fits & tells[claim] & self._settled[base]).tolist():
            fits[number, place] = not is_of_outcome(self.statements[claim[number, 0]], self.statements[base[number, place]])
        return fits

    def _are_of_bracket(self, claim: np.ndarray, first: np.ndarray) -> np.ndarray:
        """卫生健康支出78.54万元（1.2%）: in a bracket of its own a rate is of the figure in front of that."""
        return ~self._in_own_bracket[claim] | (self._rank[claim] - self._rank[first] == 1)

    @cached_property
    def _dimension(self) -> np.ndarray:
        return numbered([dimension(each.unit) for each in self.statements])

    @cached_property
    def _in_own_bracket(self) -> np.ndarray:
        return self._percent & np.array([each.mark == "（" and not each.words for each in self.statements])

    def _are_of_stage(self, claim: np.ndarray, first: np.ndarray, base: np.ndarray) -> np.ndarray:
        """比全年预算数少21.6万元: what came of it against this stage of the budget, and against no other."""
        stage, planned = self._held_against, self._is(*PLANS)
        return (stage[claim] == "") | (~planned[first] & (~planned[base] | (self._aspect[base] == stage[claim])))

    @cached_property
    def _of_plan(self) -> np.ndarray:
        """Which of the rates are of what was planned."""
        return np.array([each.aspect == "rate" and is_of_plan(each) for each in self.statements])

    def _are_named_so(self, claim: np.ndarray, other: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """完好率 is of what is called so (完好5444个), and never over it: where only the base has its name, no pair is meant. Which figures
        have the name of a claim, and which of these it is not over."""
        named, due = np.zeros((2, *other.shape), dtype=bool)
        for number, each in enumerate(claim[:, 0].tolist()):
            if stem := stem_of(self.statements[each].measure):
                words = [self.statements[place].words for place in other[number].tolist()]
                named[number] = [stem in said for said in words]
                due[number] = [stem in said and says("due", said) for said in words]
        return named, named & ~due & ~self._is(*PLANS)[other]

    @cached_property
    def _held_against(self) -> np.ndarray:
        """The stage of the budget that each claim is said to be held against, '' for none."""
        told = [each.words if each.aspect in CLAIMS and "预算" in each.words else "" for each in self.statements]
        return np.array([words and next((stage for stage, held in _HELD_AGAINST if held.search(words)), "") for words in told])

    def _are_of_one_year(self, claim: np.ndarray, first: np.ndarray, base: np.ndarray) -> np.ndarray:
        """Whether no two of the three name years that differ, but for changes, which are between years."""
        year = self._year
        differ = [(year[one] != year[other]) & (year[one] > 0) & (year[other] > 0) for one, other in pairwise((claim, first, base, claim))]
        return ~np.logical_or.reduce(differ) | self._is(*_CHANGES)[claim]

    @cached_property
    def _year(self) -> np.ndarray:
        """The year each figure's part of its sentence names last, 0 for none; what it is compared with is none of its own."""
        years, sentence, year = [], -1, 0
        for each in self.statements:
            if each.sentence != sentence or each.mark == "；":
                sentence, year = each.sentence, 0
            words = f"{each.ahead}{each.words}"
            named = _YEAR.findall(each.because.get("period", "")) or ("年" in words and _YEAR.findall(words))
            year = int(named[-1]) if named else year
            years.append(year)
        return np.array(years, dtype=int)

    def _are_in_measure(self, claim: np.ndarray, first: np.ndarray, base: np.ndarray) -> np.ndarray:
        """Whether the first of two figures is as large beside the other as the claim can have it."""
        fits = np.ones(len(claim), dtype=bool)
        for aspect, larger, smaller, times in (
            ("rate", base, first, _THRICE),
            ("share", base, first, 1),
            ("carried_over", first, base, 1),
        ):
            of = np.flatnonzero(self._is(aspect)[claim])
            fits[of] = self._reaches(larger[of], smaller[of], times)
        return fits

    def _reaches(self, one: np.ndarray, other: np.ndarray, times: int = 1) -> np.ndarray:
        """Whether one amount, so many times, is at least another."""
        beyond = times * self._size[one] - self._size[other]
        found = beyond > 0
        for number in np.flatnonzero(abs(beyond) <= _NEARLY * self._size[other]).tolist():
            found[number] = times * self.statements[one[number]].amount >= self.statements[other[number]].amount
        return found

    def _skipped(self, claim: np.ndarray, first: np.ndarray, base: np.ndarray) -> np.ndarray:
        """How many figures like the first lie between the three that are no part of them, nor drawn from others."""
        kind, plain = self._kind, self._plain
        low, high = np.minimum(claim, np.minimum(first, base)), np.maximum(claim, np.maximum(first, base))
        middle = claim + first + base - low - high
        # How many of a kind there are before a place: what stands there is sorted by kind and place.
        keys = np.sort((kind * len(kind) + np.arange(len(kind)))[plain])
        ahead, up_to = (np.searchsorted(keys, kind[first] * len(kind) + place) for place in (low + 1, high))
        return up_to - ahead - (plain[middle] & (kind[middle] == kind[first]))

    @cached_property
    def _words(self) -> tuple[Words, ...]:
        """What statements are called, what claims say of their own, and what shares say they are of."""
        told = [each.because.get("base", "") for each in self.statements]
        own = [_own(each) if each.aspect in CLAIMS else "" for each in self.statements]
        return words_of([*map(_name, self.statements)], own, told)

    def _counting(self, claim: int) -> np.ndarray:
        """How much each figure that counts counts what a claim is an average over: by its unit wholly, by its name less."""
        over = frozenset(_each(self.statements[claim]))
        if over not in self._known:
            places, printed, names = self._counted
            units = {unit for unit in {*printed} - {""} if any(each.startswith(unit) or each.endswith(unit) for each in over)}
            alike = frozenset().union(*map(counted_as, over))
            named = {character for each in over - {"平"} for character in each}
            told = [
                1 if unit in units else 0 if named.isdisjoint(name) and unit not in alike else _BY_NAME
                for unit, name in zip(printed, names, strict=True)
            ]
            self._known[over] = np.zeros(len(self.statements))
            self._known[over][places] = told
        return self._known[over]

    @cached_property
    def _counted(self) -> tuple[list[int], list[str], list[frozenset[str]]]:
        """The places of what is counted, in what, and the characters of what it is called, with that."""
        places = np.flatnonzero(self._figure_kind == "count").tolist()
        units = [self.statements[place].figure.unit.lstrip("万亿") for place in places]
        names = [frozenset(f"{_name(self.statements[place])}{unit}") for place, unit in zip(places, units, strict=True)]
        return places, units, names

    def _of_each(self, claims: np.ndarray, bases: np.ndarray) -> dict[str, np.ndarray]:
        """Whether what an average is over is what the base counts by its unit (`each`), by its name (`each_named`), or only what another
        figure near counts by its unit (`each_other`)."""
        counts, by_unit_near = np.zeros((2, len(claims)))
        for claim in np.unique(claims[self._is("average")[claims]]).tolist():
            own = np.flatnonzero(claims == claim)
            counts[own] = self._counting(claim)[bases[own]]
            by_unit_near[own] = counts[own].max() == 1
        return {"each": counts == 1, "each_named": (counts > 0) & (counts < 1), "each_other": (counts < 1) & (by_unit_near > 0)}


def _one_of(column: np.ndarray, values: Collection[str]) -> np.ndarray:
    return reduce(or_, (column == value for value in values))


def numbered(values: Sequence[Hashable]) -> np.ndarray:
    """A number for each value, the same for equal ones."""
    numbers: defaultdict[Hashable, int] = defaultdict()
    numbers.default_factory = numbers.__len__
    return np.fromiter(map(numbers.__getitem__, values), int, len(values))


def unexplained(claim: Statement, first: Statement, base: Statement) -> float:
    """How much of a claim's own words neither of two figures is called by, between 0 and 1."""
    own = set(_own(claim)).difference(GENERIC)
    return len(own.difference(_name(first), _name(base))) / max(1, len(own))


def words_of(*columns: Sequence[str], telling_nothing: str = GENERIC) -> tuple[Words, ...]:
    """For columns of words the characters of each that tell something, in bits, so that those of many pairs are compared at once."""
    words = [each for column in columns for each in column]
    codes, generic = _codes("".join(words)), _codes(telling_nothing)
    telling = np.zeros(max(codes.max(initial=0), generic.max()) + 1, dtype=bool)
    telling[codes], telling[generic] = True, False
    row, kept = np.repeat(np.arange(len(words)), [*map(len, words)]), telling[codes]
    table = np.zeros((len(words), telling.sum() // _WORD * _WORD + _WORD), dtype=bool)
    table[row[kept], (np.cumsum(telling) - 1)[codes[kept]]] = True
    bits = np.packbits(table, axis=1).view(np.uint64).T.copy()
    return tuple(Words(part, np.maximum(1, _count(part))) for part in np.split(bits, len(columns), axis=1))


def _count(words: Iterable[np.ndarray]) -> np.ndarray:
    """How many bits are set, word by word: all at once would be more than a processor has at hand."""
    return sum(map(np.bitwise_count, words), np.uint32(0))


def _codes(words: str) -> np.ndarray:
    return np.frombuffer(words.encode("utf-32-le", "surrogatepass"), dtype="<u4")


def _own(claim: Statement) -> str:
    return f"{claim.words}{claim.measure}"


def _name(statement: Statement) -> str:
    """All that a figure is called by."""
    return f"{statement.words}{statement.measure}{''.join(statement.subject[-1:])}{''.join(statement.scope)}"


def _each(claim: Statement) -> set[str]:
    """What an average says it is over."""
    words = f"{claim.because.get('aspect', '')}|{claim.words}|{claim.measure}" if claim.aspect == "average" else ""
    return {found for match in _EACH.finditer(words) for found in match.groups() if found}
