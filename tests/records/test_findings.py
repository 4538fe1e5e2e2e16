"""What all findings have in common: two numbers and how they agree, and the words of a rule filled with them."""

from decimal import Decimal

import pytest

from selfeval.records.findings import NO_NUMBERS, Numbers, worded

CASE = {"severity": "low", "title": "“{name}”写作 {stated}", "message": "应为 {recomputed}，{direction} {difference}（{share}）。"}


@pytest.mark.parametrize(
    ("stated", "tolerance", "verdict"),
    [("12.50", "0.01", "agrees"), ("12.51", "0.01", "rounding"), ("12.52", "0.01", "differs"), ("12.51", None, "differs")],
)
def test_two_numbers_agree_within_what_rounding_explains(stated, tolerance, verdict):
    numbers = Numbers.of(Decimal(stated), Decimal("12.50"), "万元", None if tolerance is None else Decimal(tolerance))
    assert numbers.verdict == verdict


def test_the_words_of_a_rule_are_filled_with_its_numbers():
    told = worded(CASE, Numbers.of(12, 10, "次"), {"name": "“春雷”行动"})
    assert told == {"severity": "low", "title": "“‘春雷’行动”写作 12 次", "message": "应为 10 次，多 2 次（16.67%）。"}


def test_a_rule_without_numbers_is_told_by_its_words_alone():
    assert worded({"severity": "info", "title": "{name}", "message": "无"}, NO_NUMBERS, {"name": "甲"})["title"] == "甲"
