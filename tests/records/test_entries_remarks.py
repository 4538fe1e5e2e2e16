"""What is odd about filled sheets but stops nothing: it is read, and said by its cell."""

from decimal import Decimal

import openpyxl
import pytest

from filled_sheets import FILE, filled, project, read, row

AT = f"{FILE} 工作表“预算执行” "


def remarks(folder, book: openpyxl.Workbook) -> tuple[str, ...]:
    return read(folder, book).remarks


@pytest.mark.parametrize(
    "typed", ["=cmd|' /C calc'!A0", "@SUM(1+1)*cmd|' /C calc'!A0", "+cmd|' /C calc'!A0", "-2+3+cmd|' /C calc'!A0", "=1+1"]
)
def test_text_that_looks_like_a_formula_stays_text_and_is_said(tmp_path, typed):
    book = filled("budget", [project()])
    book.active["H2"].value = typed
    book.active["H2"].data_type = "s"
    entries = read(tmp_path, book)
    assert entries.rows[0].values["reason"] == typed
    assert [remark.startswith(f"{AT}H2：“{typed}”像公式") for remark in entries.remarks] == [True]


@pytest.mark.parametrize("typed", ["-", "+10%", "-3.5", "- 一是加强巡查", "a=b", "——详见说明"])
def test_ordinary_text_with_a_sign_is_no_formula(tmp_path, typed):
    assert remarks(tmp_path, filled("budget", [project(reason=typed)])) == ()


def test_hidden_rows_columns_and_sheets_are_read_and_said(tmp_path):
    book = filled("budget", [project(), project("渠道清淤")])
    book.active.row_dimensions[3].hidden = True
    book.active.column_dimensions["G"].hidden = True
    book.create_sheet("底稿")
    book["预算执行"].sheet_state = "hidden"
    book.active = book["底稿"]
    entries = read(tmp_path, book)
    assert len(entries.rows) == 2
    assert [remark.partition("：")[2] for remark in entries.remarks] == [
        "是隐藏的工作表，其中的内容也已读入",
        "第 3 行是隐藏的，其中的内容也已读入",
        "第 G 列（全年执行数）是隐藏的，其中的内容也已读入",
    ]


def test_a_column_nobody_knows_is_named_with_what_it_holds(tmp_path):
    book = filled("budget", [[*project(), 7], [*project("渠道清淤"), "甲"]])
    book.active["I1"] = "其中：本级"
    assert remarks(tmp_path, book) == (f"{AT}I2：表头“其中：本级”不认识，这一列的 2 格（其中 1 个数字）没有读入",)


def test_numbers_without_a_head_are_named(tmp_path):
    assert remarks(tmp_path, filled("budget", [[*project(), None, 7]])) == (
        f"{AT}J2：上面没有表头，这一列的 1 格（其中 1 个数字）没有读入",
    )


def test_a_head_nobody_knows_over_nothing_is_not_worth_a_word(tmp_path):
    book = filled("budget", [project()])
    book.active["I1"] = "签字"
    assert remarks(tmp_path, book) == ()


def test_other_columns_right_of_our_checks_are_named(tmp_path):
    book = filled("budget", [[*project(), "核对无误", None, 7]])
    book.active["I1"], book.active["K1"] = "核对", "其中：本级"
    assert remarks(tmp_path, book) == (f"{AT}K2：表头“其中：本级”不认识，这一列的 1 格（其中 1 个数字）没有读入",)


def test_a_sheet_that_is_none_of_ours_is_named(tmp_path):
    book = filled("budget", [project()])
    book.create_sheet("底稿").append([1])
    book.create_sheet("Sheet2")
    assert remarks(tmp_path, book) == (f"{FILE} 工作表“底稿”：不是要填报的表，没有读入",)


def test_a_sheet_whose_head_was_deleted_with_all_its_rows_is_said_to_be_empty(tmp_path):
    book = filled("budget", [project()])
    book.create_sheet("灾情")
    assert remarks(tmp_path, book) == (f"{FILE} 工作表“灾情”：是空的",)


@pytest.mark.parametrize("dash", ["-", "—", "——", "/"])
def test_a_dash_is_nothing_and_never_zero(tmp_path, dash):
    entries = read(tmp_path, filled("budget", [project(initial=dash)]))
    assert entries.rows[0].number("initial") is None
    assert entries.remarks == (f"{AT}E2：“{dash}”按没有填处理；是 0 的请填 0",)


def test_a_project_or_indicator_without_any_number_is_named(tmp_path):
    book = filled(
        "budget",
        [row("budget", book="一般公共预算", level="基本支出", item="人员经费"), project("水库巡查", actual=None), project("渠道清淤")],
    )
    assert remarks(tmp_path, book) == (f"{AT.strip()}：第 3 行只有名称，没有填数，没有读入；不再有的请删去",)


def test_an_amount_ten_thousand_times_another_of_its_row_is_asked_about(tmp_path):
    entries = read(tmp_path, filled("budget", [project(initial=8.5, adjusted=8.5, actual=81300)]))
    assert entries.rows[0].number("actual") == Decimal(81300)
    assert entries.remarks == (f"{AT}G2：“81300”是同一行另一个金额的几千到几万倍，疑为按元填的；应为万元，请核对",)


def test_an_amount_far_beyond_the_sheet_is_asked_about(tmp_path):
    rows = [project(f"项目{number}", actual=number + 3) for number in range(6)] + [project("渠道清淤", actual=568000)]
    assert [remark[:30] for remark in remarks(tmp_path, filled("budget", rows))] == [f"{AT}G8：“568000”是本表"[:30]]


def test_more_than_ten_thousand_million_is_asked_about(tmp_path):
    assert "G2：“23813700”超过 1000000 万元" in remarks(tmp_path, filled("budget", [project(actual=23813700)]))[0]


def test_a_sheet_in_yuan_altogether_is_asked_about_once(tmp_path):
    rows = [project(f"项目{number}", initial=50000 + number, actual=56800 + number) for number in range(4)]
    (remark,) = remarks(tmp_path, filled("budget", rows))
    assert "所有金额都不小于 10000 且都是整数" in remark


def test_a_large_body_with_its_totals_is_not_asked_about(tmp_path):
    rows = [project(f"项目{number}", initial=120.5 * number, actual=118.2 * number) for number in range(1, 12)]
    rows += [row("budget", book="全部预算", level="合计", initial=98765.4, actual=99123.45)]
    assert remarks(tmp_path, filled("budget", rows)) == ()


def test_a_percent_that_looks_like_a_ratio_is_asked_about(tmp_path):
    rows = [row("indicators", level1="产出指标", name="巡查率", target=0.955, unit="%")]
    (remark,) = remarks(tmp_path, filled("indicators", rows))
    assert remark.endswith("F2：按 0.955% 读入；如果是 95.5%，请填 95.5")


def test_an_indicator_of_a_project_nobody_budgeted_is_asked_about(tmp_path):
    book = filled("budget", [project("水库巡查")])
    book.create_sheet("绩效指标").append(list(next(filled("indicators", []).active.values)))
    book["绩效指标"].append(row("indicators", scope="水库巡察", level1="预算执行率", actual=95))
    (remark,) = remarks(tmp_path, book)
    assert remark == f"{FILE} 工作表“绩效指标” A2：“预算执行”里没有“水库巡察”；是不是“水库巡查”？"
