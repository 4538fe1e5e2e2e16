"""The witness that ranks lists: for every figure that may begin one, how far it may go and which figure may be its whole.

It knows no grammar of lists. It weighs where figures stand, how alike they are called, which marks part them and what words of extent are
among them, and that a figure may begin no list at all. The weights are data (knowledge/ranking.toml), learned by bench/ranking.py from
lists that come out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from decimal import Decimal
from itertools import chain, islice, pairwise
from operator import attrgetter
from typing import NamedTuple

import numpy as np

from selfeval.knowledge import load

from .pairs import GENERIC, numbered, words_of
from .statement import Statement, extents_of, kind_of_things

# Which of its numbers a figure must be to be added up.
_ADDED = frozenset({"planned", "initial", "adjusted", "actual", "arrived", "carried_over", "score", "weight", "change"})
# How many like figures before a list and behind it may be its whole, and how long a list may be.
_BACK, _BEHIND, _LONGEST = 7, 2, 16
# A sum this far from a figure is not of it; nor is a part that is so much larger.
_LEAST_SUM, _MOST_SUM, _LARGEST_PART = 0.55, 1.8, 1.3
# What is less likely was not meant, what is likelier and comes out is known.
_LEAST, _KNOWN = 0.01, 0.3
_LONG_NAME, _MANY, _STEEPEST = 20, 8, 30
# A name of a line of a table that a sentence may be told of.
_SHORTEST_LINE = 3
_EXTENTS = ("opens", "divides", "total", "left")
_FIELDS = ("measure", "aspect", "period", "state", "subject", "scope")
# Units tell nothing of what the parts of one list have in common.
_TELL_NOTHING = f"{GENERIC}万元人次"
# Lists are weighed so many beginnings at once: what is held meanwhile does not grow with the document.
_STRETCH = 512


class Run(NamedTuple):
    """A list and what may be its whole, by their places; `skipped` like figures lie between the two, `before` and `behind` are the like
    figures next to the list in its sentence, -1 for none."""

    whole: int
    parts: tuple[int, ...]
    skipped: int
    before: int
    behind: int


class Likely(NamedTuple):
    """A list, by the places of its whole and its parts, and how likely it is one."""

    whole: int
    parts: tuple[int, ...]
    likely: float


def ranked_runs(statements: Sequence[Statement]) -> Iterator[list[Likely]]:
    """For each figure that may begin a list the lists it may begin, the likeliest first."""
    columns, of_beginnings = Columns(statements), runs_of(statements)
    while stretch := [*islice(of_beginnings, _STRETCH)]:
        told = columns.features([*chain.from_iterable(stretch)])
        score = sum(weight * told[name] for name, weight in load("ranking")["sum"].items())
        odds = iter(np.exp(np.minimum(_STEEPEST, score)).tolist())
        for runs in stretch:
            own = [*islice(odds, len(runs))]
            beside = 1 + sum(own)
            likely = [Likely(run.whole, run.parts, each / beside) for each, run in zip(own, runs, strict=True) if each >= _LEAST * beside]
            if likely:
                yield sorted(likely, key=lambda each: -each.likely)


def wholes_of_parts(statements: Sequence[Statement], runs: Iterable[Sequence[Likely]]) -> dict[int, int]:
    """The whole of each part of those likely lists that come out, by their places."""
    found: dict[int, int] = {}
    for candidates in runs:
        for whole, parts, likely in candidates:
            if likely >= _KNOWN and comes_out(statements[whole], [statements[part] for part in parts]):
                found |= dict.fromkeys(parts, whole)
                break
    return found


def comes_out(whole: Statement, parts: Sequence[Statement]) -> bool:
    """Whether parts add up to their whole as finely as it is printed."""
    figure = whole.figure
    is_coarse = figure.exponent > min(part.figure.exponent for part in parts)
    coarse = Decimal(1).scaleb(figure.exponent) * (whole.amount / figure.value) / 2 if is_coarse else 0
    return abs(sum(part.amount for part in parts) - whole.amount) <= coarse


def runs_of(statements: Sequence[Statement]) -> Iterator[list[Run]]:
    """For each figure of prose the lists that may begin with it: like figures of its sentence, with each whole that is about their sum:
    near them, or in a table in the line that the list is told of."""
    kinds: dict[str, list[int]] = defaultdict(list)
    lines: dict[tuple[str, str], list[int]] = defaultdict(list)
    for place, each in enumerate(statements):
        if each.aspect in _ADDED and each.figure.kind != "percent" and each.amount > 0:
            if each.sentence >= 0:
                kinds[kind_of_things(each)].append(place)
            elif len(name := "".join(each.subject[-1:])) >= _SHORTEST_LINE:
                lines[kind_of_things(each), name].append(place)
    for kind, like in kinds.items():
        named = [(name, places) for (of, name), places in lines.items() if of == kind]
        amounts = {place: float(statements[place].amount) for place in chain(like, *(places for _, places in named))}
        for start, (place, following) in enumerate(pairwise(like)):
            first = statements[place]
            if statements[following].sentence == first.sentence:
                lead = f"{first.ahead}{first.words}" if named else ""
                cells = [cell for name, places in named if name in lead for cell in places]
                runs = [*_runs(statements, like, start, amounts, cells)]
                if runs:
                    yield runs


def _runs(
    statements: Sequence[Statement], like: Sequence[int], start: int, amounts: Mapping[int, float], cells: Sequence[int]
) -> Iterator[Run]:
    """The lists that begin with the figure `like[start]`, of which `cells` may be wholes as well."""
    first, length = statements[like[start]], len(like)
    wholes = [(like[place], start - place - 1) for place in range(max(0, start - _BACK), start)]
    ahead = [each for each in wholes if _may_add_up(statements[each[0]], first)]
    told_of = [(cell, 0) for cell in cells if _may_add_up(statements[cell], first)]
    # The figures of its sentence, the one before it and one behind the last among them.
    end = next((place for place in range(start + 1, length) if statements[like[place]].sentence != first.sentence), length)
    before = like[start - 1] if start and statements[like[start - 1]].sentence == first.sentence else -1
    total = largest = amounts[like[start]]
    marks: set[str] = set()
    parts, bracket = [like[start]], None
    for last in range(start + 1, min(end, start + _LONGEST)):
        place = like[last]
        each = statements[place]
        if (each.aspect == "change") != (first.aspect == "change"):
            break
        # 医疗收入33万元（门诊25万元，住院8万元），其他收入1万元: what a bracket tells of an item is none of its list.
        opened = each.mark == "（" and each.part_of == statements[parts[-1]].index
        bracket = each.part_of if opened else bracket
        if bracket is not None and each.part_of == bracket:
            continue
        parts.append(place)
        total, largest = total + amounts[place], max(largest, amounts[place])
        marks.add(statements[place].mark)
        if _is_cut(first, marks, statements[place + 1] if place + 1 < len(statements) else None):
            continue
        following = like[last + 1] if last + 1 < end else -1
        # …，工贸26起。全年立案75起: a total may begin the next sentence.
        near = [whole for whole in like[last + 1 : last + 1 + _BEHIND] if statements[whole].sentence <= first.sentence + 1]
        behind = ((whole, skipped) for skipped, whole in enumerate(near) if _may_add_up(statements[whole], first))
        for whole, skipped in (*ahead, *behind, *told_of):
            if _LEAST_SUM <= total / amounts[whole] <= _MOST_SUM and largest < _LARGEST_PART * amounts[whole]:
                yield Run(whole, tuple(parts), skipped, before, following)


def _is_cut(first: Statement, marks: Set[str], after: Statement | None) -> bool:
    """Whether a list with such marks between its parts begins in a bracket and goes on behind it, or with what stands right behind it in
    another unit (水泵60台、冲锋舟20艘)."""
    if "）" in marks and (first.ahead.rfind("（") > first.ahead.rfind("）") or first.mark == "（"):
        return True
    if after is None or after.mark != "、" or "、" not in marks or after.sentence != first.sentence:
        return False
    return after.aspect in _ADDED and kind_of_things(after) != kind_of_things(first)


def _may_add_up(whole: Statement, first: Statement) -> bool:
    """Whether neither years nor levels and changes are mixed: a level is that of a year before with its change, but no list of them."""
    return (whole.aspect == "change") == (first.aspect == "change") and not whole.period == "prior" != first.period


class _Parts:
    """The parts of lists, one list behind the other, by the places of their statements; what is asked of all parts of a list is asked of
    columns of all statements."""

    def __init__(self, runs: Sequence[Run]) -> None:
        self.number = np.array([len(run.parts) for run in runs])
        self.flat = np.fromiter(chain.from_iterable(run.parts for run in runs), dtype=int)
        self._begins = np.cumsum(self.number) - self.number
        self.of = np.repeat(np.arange(len(runs)), self.number)
        self.first, self.last = self.flat[self._begins], self.flat[self._begins + self.number - 1]
        # The parts behind the first, and those before the last.
        self.rest, self.front = np.ones((2, len(self.flat)), dtype=bool)
        self.rest[self._begins], self.front[self._begins + self.number - 1] = False, False

    def any(self, column: np.ndarray, among: np.ndarray) -> np.ndarray:
        return np.logical_or.reduceat(column[self.flat] & among, self._begins)

    def alike(self, column: np.ndarray, among: np.ndarray | bool = True) -> np.ndarray:
        return ~np.logical_or.reduceat((column[self.flat] != column[self.last][self.of]) & among, self._begins)

    def kinds(self, column: np.ndarray) -> np.ndarray:
        """How many different values there are."""
        size = column.max() + 1
        return np.bincount(np.unique(self.of * size + column[self.flat]) // size)

    def most(self, column: np.ndarray, among: np.ndarray | int = 1) -> np.ndarray:
        return np.maximum.reduceat(column[self.flat] * among, self._begins)

    def mean(self, told: np.ndarray, among: np.ndarray | int = 1) -> np.ndarray:
        """The mean of what is told of each part."""
        return np.add.reduceat(told * among, self._begins) / np.add.reduceat(np.ones(len(told)) * among, self._begins)

    def spread(self, column: np.ndarray, among: np.ndarray | int = 1) -> np.ndarray:
        """The standard deviation of a column of numbers."""
        told = column[self.flat]
        return np.sqrt(self.mean((told - self.mean(told, among)[self.of]) ** 2, among))


class Columns:
    """Statements laid out as columns, so that what is asked of hundreds of lists is asked at once."""

    def __init__(self, statements: Sequence[Statement]) -> None:
        self._statements = statements
        self._fields = {name: numbered([*map(attrgetter(name), statements)]) for name in _FIELDS}
        self._fields["unit"] = numbered([each.figure.unit for each in statements])
        self._sentence, self._mark, period, aspect, kind = (
            np.array([*map(attrgetter(name), statements)]) for name in ("sentence", "mark", "period", "aspect", "figure.kind")
        )
        self._prior, self._change, self._money = period == "prior", aspect == "change", kind == "money"
        self._kind = numbered([*map(kind_of_things, statements)])
        self._by_kind = np.argsort(self._kind, kind="stable")
        self._decimals = np.array([-each.figure.exponent for each in statements])
        self._length = np.array([len(each.words.strip()) for each in statements])
        self._acts = np.array([bool(each.act) for each in statements])
        # Amounts are compared as they are printed: by their order among all.
        order = {amount: place for place, amount in enumerate(sorted({each.amount for each in statements}))}
        self._size = np.array([order[each.amount] for each in statements])
        self._title = numbered([(each.words, each.subject[-1:]) for each in statements])

    def features(self, runs: Sequence[Run]) -> dict[str, np.ndarray]:
        """What speaks for and against lists and their wholes: by name a column with a value between 0 and about 1 for each of them."""
        parts, whole = _Parts(runs), np.array([run.whole for run in runs])
        cell = self._sentence[whole] < 0
        behind = (whole > parts.last) & ~cell
        return {
            "bias": np.ones(len(runs)),
            "two": parts.number == 2,
            "three": parts.number == 3,
            "many": np.minimum(parts.number, _MANY) / _MANY,
            "cell": cell,
            "total_behind": behind,
            **self._of_place(parts, whole, np.array([run.skipped for run in runs]), behind),
            **self._of_marks(parts, runs, whole),
            **self._of_words(parts, whole, behind),
            **self._of_fields(parts, whole),
        }

    def _of_place(self, parts: _Parts, whole: np.ndarray, skipped: np.ndarray, behind: np.ndarray) -> dict[str, np.ndarray]:
        first, last, sentence = parts.first, parts.last, self._sentence
        cell = sentence[whole] < 0
        inner = last - first + 1 - parts.number
        begin, end = np.where(cell, first, np.minimum(whole, first)), np.where(cell, last, np.maximum(whole, last))
        return {
            "beside": (skipped == 0) & ~behind,
            "skipped": np.log1p(skipped),
            "between": np.log1p(np.where(cell, 0, np.where(behind, whole - last, first - whole) - 1)),
            "sentence": sentence[whole] == sentence[first],
            "sentence_before": (sentence[first] - sentence[whole] == 1) & ~cell,
            "inner": inner / parts.number,
            "inner_even": (inner > 0) & (inner % parts.number == 0),
            "largest": self._size[whole] >= self._largest(self._kind[whole], begin, end),
        }

    def _largest(self, kind: np.ndarray, begin: np.ndarray, end: np.ndarray) -> np.ndarray:
        """How large the largest figure of a kind from one place to another is; there is one."""
        order, ahead = self._by_kind, kind * len(self._by_kind)
        keys = self._kind[order] * len(order) + order
        ends = np.column_stack([np.searchsorted(keys, ahead + begin), np.searchsorted(keys, ahead + end, side="right")])
        return np.maximum.reduceat(np.append(self._size[order], 0), ends.ravel())[::2]

    def _of_marks(self, parts: _Parts, runs: Sequence[Run], whole: np.ndarray) -> dict[str, np.ndarray]:
        mark, rest, sentence, opened = self._mark, parts.rest, self._sentence, self._mark[parts.first]
        before, behind = np.array([(run.before, run.behind) for run in runs]).T
        usual_of = {places: self._usual_mark(places[1:]) for places in {run.parts for run in runs}}
        following, usual = np.where(behind < 0, "", mark[behind]), np.array([usual_of[run.parts] for run in runs])
        mixed = ~parts.alike(mark, rest)
        after = np.minimum(parts.last + 1, len(mark) - 1)
        return {
            "colon": opened == "：",
            "bracket": opened == "（",
            "comma": opened == "，",
            "listed": opened == "、",
            "all_listed": ~mixed & (usual == "、"),
            "all_commas": ~mixed & (usual == "，"),
            "all_semicolons": ~mixed & (usual == "；"),
            "mixed": mixed,
            "semicolon_in": mixed & parts.any(mark == "；", rest),
            "ends": behind < 0,
            "ends_sentence": (after == parts.last) | (sentence[after] != sentence[parts.first]),
            "bracket_in": parts.any((mark == "（") | (mark == "）"), rest),
            "goes_on": (behind >= 0) & (following == usual),
            "goes_on_listed": following == "、",
            "from_middle": (before >= 0) & (before != whole) & (opened == usual),
        }

    def _usual_mark(self, places: Sequence[int]) -> str:
        marks = [self._statements[place].mark for place in places]
        return max(dict.fromkeys(marks), key=marks.count)

    def _of_words(self, parts: _Parts, whole: np.ndarray, behind: np.ndarray) -> dict[str, np.ndarray]:
        flat, rest, front, first = parts.flat, parts.rest, parts.front, parts.first
        asked = np.zeros(len(self._statements), dtype=bool)
        asked[flat] = asked[whole] = True
        places, order = np.flatnonzero(asked), np.cumsum(asked) - 1
        said = [self._statements[place] for place in places.tolist()]
        extents = [*map(extents_of, said)]
        opens, divides, total, left = found = np.zeros((len(_EXTENTS), len(self._statements)), dtype=bool)
        found[:, places] = [[name in each for each in extents] for name in _EXTENTS]
        names, leads = words_of([*map(_name, said)], [f"{each.words}{each.ahead}" for each in said], telling_nothing=_TELL_NOTHING)
        of_whole, of_part = order[whole], order[flat]
        own, before, alike = of_part[rest], of_part[front], np.zeros(len(flat))
        alike[rest] = np.maximum(names.shared(own, names, before), names.shared(before, names, own))
        return {
            "opens": opens[first],
            "divides": divides[first],
            "opens_in": parts.any(opens, rest),
            "divides_in": parts.any(divides, rest),
            "totals": total[whole] & behind,
            "total_in": parts.any(total, rest),
            "total_first": total[first],
            "left_last": left[parts.last],
            "left_in": parts.any(left, front),
            "even": 1 / (1 + parts.spread(self._length)),
            "even_rest": 1 / (1 + parts.spread(self._length, rest)),
            "long": np.minimum(parts.most(self._length, rest), _LONG_NAME) / _LONG_NAME,
            "acts": parts.mean(self._acts[flat] & rest),
            "act_first": self._acts[first],
            "alike": parts.mean(alike),
            "named": names.shared(of_whole, leads, of_part[~rest]),
            "named_in_all": parts.mean(names.shared(of_whole[parts.of], names, of_part)),
            "twice": parts.kinds(self._title) < parts.number,
        }

    def _of_fields(self, parts: _Parts, whole: np.ndarray) -> dict[str, np.ndarray]:
        field, prior, first = self._fields, self._prior, parts.first
        return {
            "measure": parts.alike(field["measure"]),
            "aspect": parts.alike(field["aspect"]),
            "scope": parts.alike(field["scope"]),
            **{f"{name}_whole": column[whole] == column[first] for name, column in field.items() if name not in ("scope", "unit")},
            "prior": prior[parts.last] & ~prior[whole],
            "money": self._money[first],
            "unit": parts.alike(field["unit"]) & (field["unit"][whole] == field["unit"][first]),
            "finer": self._decimals[whole] < parts.most(self._decimals),
            "even_printed": parts.alike(self._decimals),
            "change": self._change[whole],
            "larger": parts.most(self._size) > self._size[whole],
        }


def _name(statement: Statement) -> str:
    return f"{statement.words}{statement.measure}{''.join(statement.subject[-1:])}"
