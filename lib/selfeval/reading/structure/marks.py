"""Marks told in a sentence: what each part of the evaluation was given of its weight, and the total they make up."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby, pairwise

from selfeval.reading.statements import Statement, is_total_mark, says

from .edge import AGAIN, BOUND, MARKS, MARKS_OF_ALL, SUM, Edge

_GOT = re.compile("[里中]?得(?!分)")
_FEWEST = 3
_FULL = 100
# So many sentences from its marks a total may stand, and so many figures.
_NEAR, _REACH = 3, 24


def over_marks(statements: Sequence[Statement]) -> Iterator[Edge]:
    """The edges between the marks of each sentence: 产出（40分）得38.6分，效益（30分）得28.5分，…，总得分95.61分.

    A list in which every score has its weight and the weights make one hundred is one of all marks.
    """
    yield from _totals(statements)
    of_sentences = groupby(enumerate(statements), key=lambda numbered: numbered[1].sentence)
    for sentence, numbered in of_sentences:
        marks = _told_apart([(place, each) for place, each in numbered if each.aspect in ("score", "weight") and each.period == "year"])
        if sentence >= 0 and marks:
            yield from _within(marks)
            yield from _total_apart(statements, marks)


def _total_apart(statements: Sequence[Statement], marks: Sequence[tuple[int, Statement]]) -> Iterator[Edge]:
    """The total a sentence near states of the marks of one that has all of them, each behind its weight, and no total."""
    weights, scores = ([place for place, each in marks if each.aspect == aspect] for aspect in ("weight", "score"))
    paired = [*_pairs(marks)] == [*zip(weights, scores, strict=False)] and len(weights) == len(scores) >= _FEWEST
    if not paired or sum(each.amount for _, each in marks if each.aspect == "weight") != _FULL:
        return
    own = marks[0][1].sentence
    near = range(max(0, weights[0] - _REACH), min(len(statements), scores[-1] + _REACH))
    totals = [
        place
        for place in near
        if 0 < abs(statements[place].sentence - own) <= _NEAR
        and statements[place].sentence >= 0
        and statements[place].aspect == "score"
        and is_total_mark(statements[place])
    ]
    if len(totals) == 1:
        yield Edge(SUM, totals[0], tuple(scores), MARKS_OF_ALL)


def _totals(statements: Sequence[Statement]) -> Iterator[Edge]:
    """The total of all marks as a sentence states it, against the row of a table that adds them up."""
    totals = [(place, each) for place, each in enumerate(statements) if each.aspect == "score" and each.period == "year"]
    told = [place for place, each in totals if each.sentence >= 0 and is_total_mark(each)]
    summed = [place for place, each in totals if each.sentence < 0 and is_total_mark(each)]
    if len(summed) == 1:
        yield from (Edge(AGAIN, place, (summed[0],), MARKS) for place in told)


def _told_apart(marks: list[tuple[int, Statement]]) -> list[tuple[int, Statement]]:
    """The marks, a whole number that stands as it is before what was got of it (预算执行10分，执行率97.9%，得9.79分) being a weight."""
    plain = ((place, one, other) for (place, one), (_, other) in pairwise(marks) if one.amount % 1 == 0)
    scored = [place for place, one, other in plain if _GOT.match(other.words) and not _GOT.search(one.words)]
    return [(place, replace(each, aspect="weight") if place in scored and each.aspect == "score" else each) for place, each in marks]


def _pairs(marks: Sequence[tuple[int, Statement]]) -> Iterator[tuple[int, int]]:
    """The places of weights with their scores: a weight stands in front of its score, or in brackets behind it: 决策18.50分（满分20分）."""
    behind = [
        (second, first)
        for (first, score), (second, weight) in pairwise(marks)
        if (score.aspect, weight.aspect) == ("score", "weight")
        and score.subject
        and (score.subject == weight.subject or weight.mark == "（")
    ]
    ahead = (
        (first, second)
        for (first, one), (second, two) in pairwise(marks)
        # 分值由5分提高到10分: what it weighed before. 分值按执行10分、产出50分: a list of weights.
        if (one.aspect, two.aspect) == ("weight", "score") and not says("from_level", one.words) and not _goes_on(one, two)
    )
    return iter(behind) if behind and marks[0][1].aspect == "score" else ahead


def _goes_on(one: Statement, two: Statement) -> bool:
    """Whether a second mark is of another part than the first, and no word says that it was got."""
    return two.mark in ("、", "，") and two.subject != one.subject and not _GOT.search(two.words)


def _within(marks: Sequence[tuple[int, Statement]]) -> Iterator[Edge]:
    weights = [(place, each) for place, each in marks if each.aspect == "weight"]
    pairs = [*_pairs(marks)]
    # 履职效能（50分）自评48.60分: behind its weight a score is that of one part, whatever it is called.
    of_parts = {score for _, score in pairs}
    scored = {place for place, each in marks if each.aspect == "score"}
    totals = [place for place, each in marks if each.aspect == "score" and is_total_mark(each) and place not in of_parts]
    last, end = marks[-1]
    complete = len(pairs) >= _FEWEST and sum(each.amount for _, each in weights) == _FULL
    if complete and "得" in end.words and scored - of_parts == {last}:
        totals = [last]  # 投入19.20分（满分20分）、…，得分96.50分: behind the marks of all parts
    # 产出48.20分（数量19.50分、…）: the marks of a part are no parts of the total.
    # Behind its own weight a score is none of a part of that: 打分：预算执行10分得9.83分，产出50分得48.60分.
    weighed = {weight for weight, _ in pairs}
    own = {each.index for place, each in marks if place not in totals and place not in weighed}
    scores = [(place, each) for place, each in marks if each.aspect == "score" and place not in totals and each.part_of not in own]
    listed = [(place, each) for place, each in scores if len(totals) == 1 and each.part_of == dict(marks)[totals[0]].index]
    if len(listed) >= _FEWEST:
        # 按照…10分、50分、30分、10分的权重，…得9.92分，…，总分95.52分: what the total lists are the scores, the others their weights.
        weights = weights or [(place, each) for place, each in marks if place not in totals and (place, each) not in listed]
        scores = listed
    rest = [(place, each) for place, each in marks if place not in totals]
    half = len(rest) // 2
    if not weights and half >= _FEWEST and len(rest) == 2 * half and sum(each.amount for _, each in rest[:half]) == _FULL:
        # 按…10分、50分、30分、10分评分，分别得9.64分、…: first all weights, then all scores.
        weights, scores = rest[:half], rest[half:]
    for place, full in weights:
        # 预算执行10分、产出50分、效益30分、满意度10分，满分100分: the full marks are those of all parts.
        parts = tuple(other for other, each in marks if each.part_of == full.index)
        if full.amount == _FULL and len(parts) >= _FEWEST and len(parts) == len(marks) - 1:
            yield Edge(SUM, place, parts, MARKS_OF_ALL)
    for weight, score in pairs:
        yield Edge(BOUND, weight, (score,), MARKS)
    if len(totals) == 1 and scores:
        of_all = len(weights) == len(scores) and sum(each.amount for _, each in weights) == _FULL
        if of_all or len(scores) >= _FEWEST:
            yield Edge(SUM, totals[0], tuple(place for place, _ in scores), MARKS_OF_ALL if of_all else MARKS)
