"""Invented reports of other bodies: planted errors are found, what holds is left alone, and a changed figure shows."""

from __future__ import annotations

import random
import re
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest

from conftest import UNIT, YEAR
from selfeval.paths import locate
from selfeval.reading.figures import extract_figures
from tables_at_hand import audited

FOLDER = Path(__file__).parent / "findings_of_reports"
WITHOUT_ERROR = ("culture", "traffic")


@cache
def text_of(name):
    if name == "published":
        return next(locate(UNIT, YEAR).raw.glob("*.txt")).read_text(encoding="utf-8")
    return (FOLDER / f"{name}.txt").read_text(encoding="utf-8")


@cache
def findings_of(name):
    return audited(text_of(name))


@pytest.mark.parametrize("name", WITHOUT_ERROR)
def test_a_report_without_error_has_no_difference(name):
    findings = findings_of(name)
    assert list(findings[findings["verdict"] == "differs"]["message"]) == []


PLANTED = [
    ("score", "防火隔离带维护里程", "0.14"),
    ("table", "有害生物防治", "2.00"),
    ("repeat", "1890人次", "30"),
    ("part_whole", "全年完成人工造林12350亩", "-100"),
]


@pytest.mark.parametrize(("family", "quote", "difference"), PLANTED)
def test_planted_errors_are_found_with_their_difference(family, quote, difference):
    findings = findings_of("forest")
    found = findings[(findings["verdict"] == "differs") & (findings["family"] == family)]
    assert [row.difference for row in found.itertuples() if quote in row.quote] == [Decimal(difference)]


def test_nothing_else_in_that_report_differs():
    findings = findings_of("forest")
    assert len(findings[findings["verdict"] == "differs"]) == len(PLANTED)


@pytest.mark.parametrize(
    "words", ["下一步打算里写的是2025年", "编号到“十一、”不连续", "分点“四是”与前文不连续", "“林区道路维修”执行率43.80%，没有说明原因"]
)
def test_what_a_reviewer_would_ask_is_asked(words):
    assert words in set(findings_of("forest")["title"])


# ---- changed figures --------------------------------------------------------------------------------------------------------------------

EQUALITIES = {"sum", "closure", "trades", "rate", "count", "repeat", "score", "score_sum", "contradiction"}
REPORTS = ("published", "forest", *WITHOUT_ERROR)
CASES = 480
# A figure put far out of its place looks like another one, and nothing is said of it.
LEAST_FOUND = Decimal("0.91")


def pinned(row, figures):
    """The figures an agreeing finding leaves no freedom: not those of a target that is met anyway, nor of something wholly done.

    Where a target was missed more may be taken off than the share that is missing, so that nothing is pinned.
    """
    ids = row.figures.split()
    if row.family == "score" and len(ids) == 4:
        in_full = row.recomputed == figures[int(ids[3][1:]) - 1].value or "扣" in row.message
        return [ids[0], ids[3]] if in_full else []
    return ids if len(ids) > 1 else []


@cache
def candidates(name):
    """Offsets and digits of every number that takes part in a relation that holds."""
    text = text_of(name)
    figures = extract_figures(text)
    rows = findings_of(name).itertuples()
    ids = {i for row in rows if row.verdict == "agrees" and row.family in EQUALITIES for i in pinned(row, figures)}
    chosen = [figures[int(identity[1:]) - 1] for identity in sorted(ids)]
    numbers = [(figure, re.search(r"\d+(?:\.\d+)?", figure.text)) for figure in chosen if figure.kind in {"money", "count", "percent"}]
    return [(figure.start + number.start(), number[0]) for figure, number in numbers if number]


def changed(number, chance):
    """`number` with one digit replaced by another."""
    while True:
        place = chance.choice([index for index, character in enumerate(number) if character.isdigit()])
        other = number[:place] + chance.choice("0123456789") + number[place + 1 :]
        if Decimal(other) != Decimal(number) and not re.match(r"0\d", other):
            return other


def differences(findings):
    rows = findings[findings["verdict"].isin(["differs", "rounding"])]
    return set(zip(rows["family"], rows["stated"], rows["recomputed"], strict=True))


@pytest.mark.slow
def test_a_changed_figure_of_a_relation_that_holds_shows():
    chance = random.Random(4)
    pool = [(name, start, number) for name in REPORTS for start, number in candidates(name)]
    missed = []
    for name, start, number in chance.choices(pool, k=CASES):
        text, other = text_of(name), changed(number, chance)
        new = audited(text[:start] + other + text[start + len(number) :])
        if not differences(new) - differences(findings_of(name)):
            missed.append(f"{name}: {number} → {other} in {text[start - 20 : start + 10]!r}")
    assert len(missed) <= CASES * (1 - LEAST_FOUND), missed
