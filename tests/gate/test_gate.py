"""The gate: invented reports of many hands. Without an error nothing is called a difference; with one, only it is."""

from __future__ import annotations

import json
import re
from decimal import Decimal
from itertools import chain
from pathlib import Path

import pytest
from pandas.testing import assert_frame_equal

from selfeval.judging.audit import RULES
from tables_at_hand import audited

HERE = Path(__file__).parent
CLEAN, WRONG = (sorted((HERE / name).glob("*.txt")) for name in ("clean", "wrong"))
# What is noticed of the planted errors today; it must not fall, and rises with what the audit learns.
LEAST_FOUND = 47
_SHORTEST_QUOTE = 10


def differences(path: Path) -> list:
    return list(audited(path.read_text(encoding="utf-8")).query("verdict == 'differs'").itertuples())


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


def points_at(found, error: dict) -> bool:
    """Whether a finding speaks of the place of a planted error."""
    place, quote = squeezed(f"{found.quote}{found.message}"), squeezed(error["quote"])
    pieces = (quote[start : start + _SHORTEST_QUOTE] for start in range(max(1, len(quote) - _SHORTEST_QUOTE + 1)))
    return any(piece in place for piece in pieces)


def names(found, error: dict) -> bool:
    """Whether it also gives the difference that was planted, in whatever unit."""
    if error["right"] is None or error["stated"] is None:
        return True
    planted = abs(Decimal(str(error["stated"])) - Decimal(str(error["right"])))
    told = abs(Decimal(str(found.difference)))
    return any(abs(told * scale - planted) <= max(Decimal("0.011"), planted / 100) for scale in (1, 10_000, Decimal("0.0001")))


@pytest.fixture(scope="module")
def told() -> dict[str, list]:
    return {path.stem: differences(path) for path in WRONG}


@pytest.fixture(scope="module")
def planted() -> dict[str, list[dict]]:
    return {path.stem: json.loads(path.with_suffix(".json").read_text(encoding="utf-8")) for path in WRONG}


def test_there_are_forty_reports_without_an_error_and_twenty_with():
    assert len(CLEAN) >= 40
    assert len(WRONG) >= 20


@pytest.mark.parametrize("path", [*CLEAN[::4], *WRONG[::2]], ids=lambda path: path.stem)
def test_the_order_of_the_rules_decides_nothing(path, monkeypatch):
    text = path.read_text(encoding="utf-8")
    in_order = audited(text)
    monkeypatch.setattr("selfeval.judging.audit.RULES", RULES[::-1])
    assert_frame_equal(audited(text), in_order)


@pytest.mark.parametrize("path", CLEAN, ids=lambda path: path.stem)
def test_a_report_without_an_error_has_no_difference(path):
    assert [found.message for found in differences(path)] == []


def test_every_difference_told_is_at_a_planted_error(told, planted):
    strays = {
        name: [each.message for each in found if not any(points_at(each, error) for error in planted[name])] for name, found in told.items()
    }
    assert {name: messages for name, messages in strays.items() if messages} == {}


def test_no_fewer_of_the_planted_errors_are_noticed_than_before(told, planted):
    noticed = [
        error
        for error, name in chain.from_iterable(((error, name) for error in errors) for name, errors in planted.items())
        if any(points_at(found, error) and names(found, error) for found in told[name])
    ]
    assert len(noticed) >= LEAST_FOUND
