from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from selfeval.quantity import ABOUT, AT_LEAST, AT_MOST, UNKNOWN, Quantity, in_base_unit, plain, quotient, total, whole_of

amounts = st.decimals(min_value=0, max_value=10**9, places=2)


def test_a_lower_bound_stays_one_through_a_sum():
    assert total([Quantity(Decimal("112.8")), Quantity(Decimal(30), AT_LEAST)]) == Quantity(Decimal("142.8"), AT_LEAST)


def test_a_lower_bound_taken_off_makes_an_upper_bound():
    assert Quantity(Decimal(100)) - Quantity(Decimal(40), AT_LEAST) == Quantity(Decimal(60), AT_MOST)


def test_dividing_by_a_lower_bound_makes_an_upper_bound():
    assert Quantity(Decimal(12)).over(Quantity(Decimal(48), AT_LEAST)) == Quantity(Decimal("0.25"), AT_MOST)


def test_two_lower_bounds_over_one_another_say_nothing():
    assert Quantity(Decimal(30), AT_LEAST).over(Quantity(Decimal(12), AT_LEAST)).bound == UNKNOWN


def test_a_lower_bound_over_an_upper_bound_is_a_lower_bound():
    assert Quantity(Decimal(30), AT_LEAST).over(Quantity(Decimal(12), AT_MOST)).bound == AT_LEAST


def test_about_spreads():
    assert (Quantity(Decimal(1), ABOUT) + Quantity(Decimal(2))).bound == ABOUT


def test_nothing_is_divided_by_zero():
    with pytest.raises(ZeroDivisionError):
        Quantity(Decimal(1)).over(Quantity(Decimal(0)))


@pytest.mark.parametrize(
    ("qualifier", "bound"), [("over", AT_LEAST), ("range_low", AT_LEAST), ("range_high", AT_MOST), ("at_most", AT_MOST)]
)
def test_a_printed_qualifier_becomes_a_bound(qualifier, bound):
    assert Quantity.printed(Decimal(5), qualifier).bound == bound


@pytest.mark.parametrize(
    ("value", "unit", "base"),
    [("40", "万份", "400000"), ("35", "元", "0.0035"), ("2.5", "亿元", "25000"), ("3", "条", "3"), ("1.2", "亿人次", "120000000")],
)
def test_units_are_brought_to_their_base(value, unit, base):
    assert in_base_unit(Decimal(value), unit) == Decimal(base)


def test_the_whole_among_its_parts_is_recognised():
    assert whole_of([Decimal(22), Decimal(68), Decimal(28), Decimal(18)]) == 1
    assert whole_of([Decimal(20), Decimal(20)]) is None


def test_a_plain_number_has_no_exponent():
    assert str(plain(Decimal("1E+2"))) == "100"
    assert str(plain(Decimal("5.6800"))) == "5.68"
    assert str(plain(Decimal("0.00"))) == "0"


@given(amounts, amounts.filter(bool))
def test_a_quotient_times_its_divisor_is_the_dividend(dividend, divisor):
    assert abs(quotient(dividend, divisor) * divisor - dividend) <= divisor * Decimal("1e-10")


@given(st.lists(st.tuples(amounts, st.booleans()), max_size=8))
def test_a_sum_is_exact_only_if_all_its_parts_are(parts):
    summed = total(Quantity(value, AT_LEAST if bounded else "exact") for value, bounded in parts)
    assert (summed.bound == AT_LEAST) == any(bounded for _, bounded in parts)
    assert summed.value == sum(value for value, _ in parts)
