"""The lines that tell on a terminal what was read and what does not agree."""

import pytest

from selfeval.judging.assessment import assess
from selfeval.reading.document import Document
from selfeval.telling.summary import summary_of


@pytest.mark.parametrize(
    ("text", "warned"),
    [("全年巡查水库36座次，排查隐患57处。\n", True), ("一、基本支出情况\n基本支出绩效目标120万元，实际支出100万元。\n", False)],
)
def test_where_no_budget_was_read_that_is_said(text, warned):
    told = summary_of(assess(Document(text, "报告.txt", "txt", "utf-8")))
    assert any(line.startswith("注意：没有读到任何预算收支") for line in told) is warned
