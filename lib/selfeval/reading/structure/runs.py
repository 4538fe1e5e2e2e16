"""The witness that ranks lists: for every figure that may begin one, how far it may go and which figure may be its whole.

It knows no grammar of lists. It weighs where figures stand, how alike they are called, which marks part them and what words of extent are
among them, and that a figure may begin no list at all. The weights are data (knowledge/ranking.toml), learned by bench/ranking.py from
lists that come out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import accumulate, pairwise
from math import exp, log1p
from statistics import pstdev
from typing import NamedTuple

from selfeval.knowledge import load
from selfeval.reading.statements import Statement, extents_of, kind_of_things

from .edge import RANKED, SUM, Edge

# Which of its numbers a figure must be to be added up.
_ADDED = frozenset({"planned", "initial", "adjusted", "actual", "arrived", "carried_over", "score", "weight", "change"})
# How many like figures before a list and behind it may be its whole, and how long a list may be.
_BACK, _BEHIND, _LONGEST = 7, 2, 16
# A sum this far from a figure is not of it; nor is a part that is so much larger.
_LEAST_SUM, _MOST_SUM, _LARGEST_PART = 0.55, 1.8, 1.3
# What is less likely was not meant.
_LEAST = 0.01
_LONG_NAME, _MANY, _STEEPEST = 20, 8, 30
_GENERIC = frozenset("的率为达到占共计年度全本当实际总数量个第及和与其中比例平均每一是万元人次")


class Run(NamedTuple):
    """A list and what may be its whole, by their places; `skipped` like figures lie between the two, `before` and `behind` are the like
    figures next to the list in its sentence, -1 for none."""

    whole: int
    parts: tuple[int, ...]
    skipped: int
    before: int
    behind: int


def summed(statements: Sequence[Statement]) -> Iterator[list[Edge]]:
    """For each figure that may begin a list the sums it may be of, the likeliest first."""
    for runs in runs_of(statements):
        odds = [exp(min(_STEEPEST, sum(_weights()[name] * value for name, value in features(statements, run).items()))) for run in runs]
        edges = [Edge(SUM, run.whole, run.parts, RANKED, each / (1 + sum(odds))) for each, run in zip(odds, runs, strict=True)]
        likely = sorted((edge for edge in edges if edge.likely >= _LEAST), key=lambda edge: -edge.likely)
        if likely:
            yield likely


@cache
def _weights() -> dict[str, float]:
    return defaultdict(float, load("ranking")["sum"])


def runs_of(statements: Sequence[Statement]) -> Iterator[list[Run]]:
    """For each figure of prose the lists that may begin with it: like figures of its sentence, with each whole near them that is about
    their sum."""
    kinds: dict[str, list[int]] = defaultdict(list)
    for place, each in enumerate(statements):
        if each.sentence >= 0 and each.aspect in _ADDED and each.figure.kind != "percent" and each.amount > 0:
            kinds[kind_of_things(each)].append(place)
    for like in kinds.values():
        sentences = [statements[place].sentence for place in like]
        amounts = [float(statements[place].amount) for place in like]
        for start in range(len(like) - 1):
            runs = [*_runs(statements, like, start, sentences, amounts)]
            if runs:
                yield runs


def _runs(
    statements: Sequence[Statement], like: Sequence[int], start: int, sentences: Sequence[int], amounts: Sequence[float]
) -> Iterator[Run]:
    """The lists that begin with the figure `like[start]`."""
    own = sentences[start]
    ends = [end for end in range(start + 1, min(len(like), start + _LONGEST)) if sentences[end] == own]
    sums = [*accumulate(amounts[start : start + 1 + len(ends)])][1:]
    for end, total in zip(ends, sums, strict=True):
        largest = max(amounts[start : end + 1])
        behind = [place for place in range(end + 1, min(len(like), end + 1 + _BEHIND)) if sentences[place] == own]
        for place in (*range(max(0, start - _BACK), start), *behind):
            whole = amounts[place]
            near = _LEAST_SUM <= total / whole <= _MOST_SUM and largest < _LARGEST_PART * whole
            if near and _may_add_up(statements[like[place]], [statements[part] for part in like[start : end + 1]]):
                yield Run(
                    like[place],
                    tuple(like[start : end + 1]),
                    start - place - 1 if place < start else place - end - 1,
                    like[start - 1] if start and sentences[start - 1] == own else -1,
                    like[end + 1] if end + 1 < len(like) and sentences[end + 1] == own else -1,
                )


def _may_add_up(whole: Statement, parts: Sequence[Statement]) -> bool:
    """Whether neither years nor levels and changes are mixed: a level is that of a year before with its change, but no list of them."""
    changes = {each.aspect == "change" for each in (whole, *parts)}
    return len(changes) == 1 and not whole.period == "prior" != parts[0].period


def features(statements: Sequence[Statement], run: Run) -> dict[str, float]:
    """What speaks for and against a list and its whole: by name a value between 0 and about 1."""
    whole, parts = statements[run.whole], [statements[place] for place in run.parts]
    first, last, number = parts[0], parts[-1], len(parts)
    found: dict[str, float] = {
        "bias": 1,
        "two": number == 2,
        "three": number == 3,
        "many": min(number, _MANY) / _MANY,
        **_of_place(statements, run),
        **_of_marks(statements, run),
        **_of_words(run, whole, parts),
        "measure": len({part.measure for part in parts}) == 1,
        "measure_whole": whole.measure == first.measure,
        "aspect": len({part.aspect for part in parts}) == 1,
        "aspect_whole": whole.aspect == first.aspect,
        "period_whole": whole.period == first.period,
        "prior": last.period == "prior" != whole.period,
        "state_whole": whole.state == first.state,
        "subject_whole": whole.subject == first.subject,
        "scope": len({part.scope for part in parts}) == 1,
        "money": first.figure.kind == "money",
        "unit": len({each.figure.unit for each in (whole, *parts)}) == 1,
        "finer": _decimals(whole) < max(map(_decimals, parts)),
        "even_printed": len(set(map(_decimals, parts))) == 1,
        "change": whole.aspect == "change",
        "larger": max(part.amount for part in parts) > whole.amount,
        "single": whole.extent == "single",
        "part": whole.part_of is not None,
    }
    return {name: float(value) for name, value in found.items()}


def _of_place(statements: Sequence[Statement], run: Run) -> dict[str, float]:
    whole, first, last = statements[run.whole], statements[run.parts[0]], run.parts[-1]
    behind = run.whole > last
    between = run.whole - last - 1 if behind else run.parts[0] - run.whole - 1
    inner = last - run.parts[0] + 1 - len(run.parts)
    stretch = statements[min(run.whole, run.parts[0]) : max(run.whole, last) + 1]
    kind = kind_of_things(whole)
    return {
        "total_behind": behind,
        "beside": run.skipped == 0 and not behind,
        "skipped": log1p(run.skipped),
        "between": log1p(between),
        "sentence": whole.sentence == first.sentence,
        "sentence_before": first.sentence - whole.sentence == 1,
        "inner": inner / len(run.parts),
        "inner_even": inner > 0 and inner % len(run.parts) == 0,
        "largest": whole.amount == max(each.amount for each in stretch if kind_of_things(each) == kind),
    }


def _of_marks(statements: Sequence[Statement], run: Run) -> dict[str, float]:
    parts = [statements[place] for place in run.parts]
    marks, opened = [part.mark for part in parts[1:]], parts[0].mark
    usual = max(dict.fromkeys(marks), key=marks.count)
    following = statements[run.behind].mark if run.behind >= 0 else None
    last = run.parts[-1] + 1
    return {
        "colon": opened == "：",
        "bracket": opened == "（",
        "comma": opened == "，",
        "listed": opened == "、",
        "all_listed": set(marks) == {"、"},
        "all_commas": set(marks) == {"，"},
        "all_semicolons": set(marks) == {"；"},
        "mixed": len(set(marks)) > 1,
        "semicolon_in": "；" in marks and len(set(marks)) > 1,
        "ends": following is None,
        "ends_sentence": last >= len(statements) or statements[last].sentence != parts[0].sentence,
        "goes_on": following == usual,
        "goes_on_listed": following == "、",
        "from_middle": run.before not in (-1, run.whole) and opened == usual,
    }


def _of_words(run: Run, whole: Statement, parts: Sequence[Statement]) -> dict[str, float]:
    first, behind = parts[0], run.whole > run.parts[-1]
    extents = [*map(extents_of, parts)]
    lengths = [len(part.words.strip()) for part in parts]
    names, of_whole = [*map(_name, parts)], _name(whole)
    return {
        "opens": "opens" in extents[0],
        "divides": "divides" in extents[0],
        "opens_in": any("opens" in each for each in extents[1:]),
        "divides_in": any("divides" in each for each in extents[1:]),
        "totals": "total" in extents_of(whole) and behind,
        "total_in": any("total" in each for each in extents[1:]),
        "total_first": "total" in extents[0],
        "left_last": "left" in extents[-1],
        "left_in": any("left" in each for each in extents[:-1]),
        "even": 1 / (1 + pstdev(lengths)),
        "even_rest": 1 / (1 + pstdev(lengths[1:])),
        "long": min(max(lengths[1:]), _LONG_NAME) / _LONG_NAME,
        "acts": sum(bool(part.act) for part in parts[1:]) / len(parts),
        "act_first": bool(first.act),
        "alike": sum(len(one & other) / max(1, min(len(one), len(other))) for one, other in pairwise(names)) / len(names),
        "named": len(of_whole & set(first.words + first.ahead)) / max(1, len(of_whole)),
        "named_in_all": sum(len(of_whole & name) for name in names) / max(1, len(of_whole)) / len(names),
        "twice": len({(part.words, part.subject[-1:]) for part in parts}) < len(parts),
    }


def _name(statement: Statement) -> set[str]:
    return set(f"{statement.words}{statement.measure}{''.join(statement.subject[-1:])}") - _GENERIC


def _decimals(statement: Statement) -> int:
    exponent = statement.figure.value.as_tuple().exponent
    return -exponent if isinstance(exponent, int) else 0
