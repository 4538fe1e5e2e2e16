"""What holds of scores whatever the numbers: within the weight, monotone, totals from 0 to 100."""

from decimal import Decimal

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from scores_at_hand import one_row, rules_of
from selfeval.measuring.scoring import score
from selfeval.tables import make_table

numbers = st.decimals(min_value=-(10**4), max_value=10**6, places=3)
targets = st.decimals(min_value=0, max_value=10**6, places=3)
weights = st.decimals(min_value=0, max_value=100, places=3)
rising, falling = st.sampled_from(["ge", "gt"]), st.sampled_from(["le", "lt"])
rulesets = st.sampled_from(["national", rules_of(quantitative={"at_most": "linear"})])
NO_LINES = make_table("budget_lines", [])


def form(*rows: dict) -> pd.DataFrame:
    common = {"level1": "output", "name": "巡查", "applicable": "yes", "source": "table", "weight": Decimal(10)}
    return make_table("indicators", [{"indicator_id": f"i{n:02d}"} | common | row for n, row in enumerate(rows, start=1)])


def whole(budget: Decimal, spent: Decimal) -> pd.DataFrame:
    line = {"line_id": "t01", "level": "total", "book": "all", "item": "部门整体支出", "source": "table"}
    return make_table("budget_lines", [line | {"adjusted": budget, "actual": spent}])


def points(ruleset="national", **row) -> Decimal:
    found = one_row(score(form(row), NO_LINES, ruleset=ruleset), "indicator")
    assert found["status"] == "computed", found["missing"]
    return found["points"]


@given(st.sampled_from(["ge", "gt", "le", "lt", "eq"]), targets, numbers, weights, rulesets)
@settings(deadline=None, max_examples=50)
def test_points_stay_between_nothing_and_the_weight(nature, target, actual, weight, ruleset):
    assert 0 <= points(ruleset, nature=nature, target=target, actual=actual, weight=weight) <= weight


@given(rising, targets, numbers, numbers, weights)
@settings(deadline=None, max_examples=50)
def test_more_of_a_good_thing_never_costs_points(nature, target, one, other, weight):
    less, more = (points(nature=nature, target=target, actual=actual, weight=weight) for actual in sorted((one, other)))
    assert less <= more


@given(falling, targets, numbers, numbers, weights, rulesets)
@settings(deadline=None, max_examples=50)
def test_more_of_a_bad_thing_never_brings_points(nature, target, one, other, weight, ruleset):
    less, more = (points(ruleset, nature=nature, target=target, actual=actual, weight=weight) for actual in sorted((one, other)))
    assert less >= more


@given(rising, targets, numbers, weights)
@settings(deadline=None, max_examples=50)
def test_full_marks_are_given_just_where_the_target_is_reached(nature, target, actual, weight):
    reached = max(actual, Decimal(0)) >= target and not (nature == "gt" and target == 0 and actual <= 0)
    if reached:
        assert points(nature=nature, target=target, actual=actual, weight=weight) == weight


@given(st.decimals(min_value="0.001", max_value=10**6, places=3), st.decimals(min_value=1, max_value=10**6, places=3), weights)
@settings(deadline=None, max_examples=50)
def test_the_linear_formula_is_never_kinder_than_the_ratio(target, over, weight):
    # 1 − (B − A) ÷ A ≤ A ÷ B for every B over A.
    row = {"nature": "le", "target": target, "actual": target + over, "weight": weight}
    assert points(rules_of(quantitative={"at_most": "linear"}), **row) <= points("national", **row)


@given(
    st.lists(st.tuples(st.sampled_from(["ge", "le", "eq"]), targets, numbers, st.booleans()), min_size=1, max_size=6),
    st.decimals(min_value="0.01", max_value=10**4, places=2),
    numbers,
    st.data(),
)
@settings(deadline=None, max_examples=50)
def test_a_total_lies_between_nothing_and_a_hundred_however_much_is_left_out(rows, budget, spent, data):
    cuts = sorted(data.draw(st.lists(st.integers(0, 90), min_size=len(rows) - 1, max_size=len(rows) - 1)))
    shares = [Decimal(high - low) for low, high in zip([0, *cuts], [*cuts, 90], strict=True)]
    indicators = form(
        *(
            {"nature": nature, "target": target, "actual": actual, "weight": weight, "applicable": "yes" if applies else "no"}
            for (nature, target, actual, applies), weight in zip(rows, shares, strict=True)
        )
    )
    total = one_row(score(indicators, whole(budget, spent)), "total")
    assert total["status"] == "computed", total["missing"]
    assert 0 <= total["points"] <= 100
    assert total["grade"] in {"优", "良", "中", "差"}


@given(st.decimals(min_value="0.01", max_value=10**6, places=2), numbers, numbers)
@settings(deadline=None, max_examples=50)
def test_spending_more_never_costs_execution_points(budget, one, other):
    less, more = (one_row(score(form(), whole(budget, spent)), "execution")["points"] for spent in sorted((one, other)))
    assert 0 <= less <= more <= 10
