"""What the figures of the published 2024 report say: how many of which kind, and those a reader can check at a glance."""

from collections import Counter
from functools import cache

import pytest

from conftest import UNIT, YEAR
from selfeval.paths import locate
from selfeval.reading.document import read_document
from selfeval.reading.figures import extract_figures
from selfeval.reading.statements import read_statements, statements_table
from selfeval.tables import rows_in


@cache
def statements():
    document = read_document(next(locate(UNIT, YEAR).raw.glob("*.txt")))
    figures = extract_figures(document.text)
    return rows_in(statements_table(document, figures, read_statements(document, figures)))


def test_every_quantity_of_the_report_that_says_something_has_one_statement():
    assert len(statements()) == 123
    assert [start for start, number in Counter(row.start for row in statements()).items() if number > 1] == []


def test_targets_expenditure_and_rates_are_told_apart():
    money = Counter(row.aspect for row in statements() if row.base_unit == "万元")
    assert money == {"planned": 21, "actual": 24}
    assert Counter(row.aspect for row in statements() if row.base_unit == "%") == {"rate": 3}


@pytest.mark.parametrize(
    ("text", "subject", "measure", "aspect"),
    [
        ("2381.37万元", "", "支出", "actual"),
        ("30.74万元", "应急指挥中心值班经费", "支出", "actual"),
        ("671.92万元", "人员经费", "支出", "actual"),
        ("101.57万元", "应急工作专项", "支出", "actual"),
    ],
)
def test_an_amount_says_whose_it_is(text, subject, measure, aspect):
    row = next(row for row in statements() if row.text == text)
    assert subject in row.subject
    assert (row.measure, row.aspect) == (measure, aspect)


def test_the_permits_are_parts_of_what_was_handled():
    wholes = {row.start: row.text for row in statements()}
    parts = [(row.text, wholes.get(row.part_of)) for row in statements() if row.text in {"385件", "7件", "25件"}]
    assert parts == [("385件", "417件"), ("7件", "417件"), ("25件", "417件")]
