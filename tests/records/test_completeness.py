"""What is no self-evaluation report is refused."""

from decimal import Decimal

import pytest

from selfeval.exceptions import ReportIncomplete
from selfeval.reading.document import Document
from selfeval.reading.figures import extract_figures
from selfeval.records.completeness import require_budget
from selfeval.tables import make_table


def require(text: str, *lines: dict[str, object]) -> None:
    require_budget(Document(text, "summary.txt", "txt", "utf-8"), extract_figures(text), make_table("budget_lines", lines))


def test_a_text_without_any_amount_is_refused_with_what_was_read_instead():
    with pytest.raises(ReportIncomplete, match=r"summary\.txt .*2 个数字，其中金额 1 个"):
        require("全年检查企业12家，罚款3万元。")


def test_an_empty_template_is_told_to_be_one():
    with pytest.raises(ReportIncomplete, match=r"summary\.txt 是空白模板.*请换成填好的文件"):
        require("20××年度XX局部门决算\n支出合计XX万元，基本支出XX万元，占XX%。")


def test_a_line_without_an_amount_is_no_budget():
    with pytest.raises(ReportIncomplete):
        require("项目支出情况", {"line_id": "b01", "item": "项目支出"})


@pytest.mark.parametrize("role", ["target", "initial", "adjusted", "actual"])
def test_one_amount_in_any_role_is_enough(role):
    require("", {"line_id": "b01", role: Decimal(0)})
