"""The witness that ranks lists: for every figure that may begin one, how far it may go and which figure may be its whole.

It knows no grammar of lists. It weighs where figures stand, how alike they are called, which marks part them and what words of extent are
among them, and that a figure may begin no list at all. The weights are data (knowledge/ranking.toml), learned by bench/ranking.py from
lists that come out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from functools import cache
from itertools import accumulate, pairwise
from math import exp, log1p, sqrt
from typing import NamedTuple

from selfeval.knowledge import load

from .pairs import GENERIC
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
# Units tell nothing of what the parts of one list have in common.
_TELL_NOTHING = frozenset(GENERIC) | frozenset("万元人次")


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
    for runs in runs_of(statements):
        odds = [exp(min(_STEEPEST, sum(_weights()[name] * value for name, value in features(statements, run).items()))) for run in runs]
        likely = [Likely(run.whole, run.parts, each / (1 + sum(odds))) for each, run in zip(odds, runs, strict=True)]
        likely = sorted((each for each in likely if each.likely >= _LEAST), key=lambda each: -each.likely)
        if likely:
            yield likely


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
    amount = whole.amount / whole.figure.value
    coarse = Decimal(1).scaleb(-_decimals(whole)) * amount / 2 if _decimals(whole) < max(map(_decimals, parts)) else 0
    return abs(sum(part.amount for part in parts) - whole.amount) <= coarse


@cache
def _weights() -> dict[str, float]:
    return defaultdict(float, load("ranking")["sum"])


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
        sentences = [statements[place].sentence for place in like]
        amounts = [float(statements[place].amount) for place in like]
        for start in range(len(like) - 1):
            lead = f"{statements[like[start]].ahead}{statements[like[start]].words}" if named else ""
            cells = [place for name, places in named if name in lead for place in places]
            runs = [*_runs(statements, like, start, sentences, amounts, cells)]
            if runs:
                yield runs


def _runs(
    statements: Sequence[Statement],
    like: Sequence[int],
    start: int,
    sentences: Sequence[int],
    amounts: Sequence[float],
    cells: Sequence[int],
) -> Iterator[Run]:
    """The lists that begin with the figure `like[start]`, of which `cells` may be wholes as well."""
    own = sentences[start]
    ends = [end for end in range(start + 1, min(len(like), start + _LONGEST)) if sentences[end] == own]
    sums = [*accumulate(amounts[start : start + 1 + len(ends)])][1:]
    for end, total in zip(ends, sums, strict=True):
        largest = max(amounts[start : end + 1])
        behind = [place for place in range(end + 1, min(len(like), end + 1 + _BEHIND)) if sentences[place] <= own + 1]
        parts = tuple(like[start : end + 1])
        if _is_cut(statements, parts):
            continue
        before = like[start - 1] if start and sentences[start - 1] == own else -1
        following = like[end + 1] if end + 1 < len(like) and sentences[end + 1] == own else -1
        near = [*range(max(0, start - _BACK), start), *behind]
        skipped = [start - place - 1 if place < start else place - end - 1 for place in near]
        for place, between in (*zip([like[place] for place in near], skipped, strict=True), *((cell, 0) for cell in cells)):
            whole = float(statements[place].amount)
            fits = _LEAST_SUM <= total / whole <= _MOST_SUM and largest < _LARGEST_PART * whole
            if fits and _may_add_up(statements[place], [statements[part] for part in parts]):
                yield Run(place, parts, between, before, following)


def _is_cut(statements: Sequence[Statement], parts: Sequence[int]) -> bool:
    """Whether a list goes on in another unit (水泵60台、冲锋舟20艘), or begins in a bracket and goes on behind it."""
    first, marks = statements[parts[0]], [statements[place].mark for place in parts[1:]]
    after = statements[parts[-1] + 1] if parts[-1] + 1 < len(statements) else None
    in_bracket = first.ahead.rfind("（") > first.ahead.rfind("）") or first.mark == "（"
    if in_bracket and "）" in marks:
        return True
    goes_on = after is not None and after.sentence == first.sentence and after.mark == "、" and after.aspect in _ADDED
    return goes_on and "、" in marks and kind_of_things(after) != kind_of_things(first)


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
    }
    return {name: float(value) for name, value in found.items()}


def _of_place(statements: Sequence[Statement], run: Run) -> dict[str, float]:
    whole, first, last = statements[run.whole], statements[run.parts[0]], run.parts[-1]
    behind = run.whole > last and whole.sentence >= 0
    between = 0 if whole.sentence < 0 else run.whole - last - 1 if behind else run.parts[0] - run.whole - 1
    inner = last - run.parts[0] + 1 - len(run.parts)
    ends = (run.parts[0], last) if whole.sentence < 0 else (min(run.whole, run.parts[0]), max(run.whole, last))
    stretch = [whole, *statements[ends[0] : ends[1] + 1]]
    kind = kind_of_things(whole)
    return {
        "cell": whole.sentence < 0,
        "total_behind": behind,
        "beside": run.skipped == 0 and not behind,
        "skipped": log1p(run.skipped),
        "between": log1p(between),
        "sentence": whole.sentence == first.sentence,
        "sentence_before": first.sentence - whole.sentence == 1 and whole.sentence >= 0,
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
        "bracket_in": not {"（", "）"}.isdisjoint(marks),
        "goes_on": following == usual,
        "goes_on_listed": following == "、",
        "from_middle": run.before not in (-1, run.whole) and opened == usual,
    }


def _of_words(run: Run, whole: Statement, parts: Sequence[Statement]) -> dict[str, float]:
    first, behind = parts[0], run.whole > run.parts[-1] and whole.sentence >= 0
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
        "even": 1 / (1 + _spread(lengths)),
        "even_rest": 1 / (1 + _spread(lengths[1:])),
        "long": min(max(lengths[1:]), _LONG_NAME) / _LONG_NAME,
        "acts": sum(bool(part.act) for part in parts[1:]) / len(parts),
        "act_first": bool(first.act),
        "alike": sum(len(one & other) / max(1, min(len(one), len(other))) for one, other in pairwise(names)) / len(names),
        "named": len(of_whole & set(first.words + first.ahead)) / max(1, len(of_whole)),
        "named_in_all": sum(len(of_whole & name) for name in names) / max(1, len(of_whole)) / len(names),
        "twice": len({(part.words, part.subject[-1:]) for part in parts}) < len(parts),
    }


def _spread(lengths: Sequence[int]) -> float:
    """The standard deviation of some lengths."""
    mean = sum(lengths) / len(lengths)
    return sqrt(sum((length - mean) ** 2 for length in lengths) / len(lengths))


def _name(statement: Statement) -> set[str]:
    return set(f"{statement.words}{statement.measure}{''.join(statement.subject[-1:])}") - _TELL_NOTHING


def _decimals(statement: Statement) -> int:
    exponent = statement.figure.value.as_tuple().exponent
    return -exponent if isinstance(exponent, int) else 0
