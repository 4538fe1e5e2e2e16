"""A figure in a cell takes kind, unit and measure from its table. The tables are invented."""

from __future__ import annotations

from decimal import Decimal

import pytest

from selfeval.reading.document import read_document
from selfeval.reading.figures import extract_figures, figures_of
from table_documents import of_text


def read(text):
    return [(f.text, f.unit, f.kind) for f in extract_figures(text)]


@pytest.fixture
def of_cells(tmp_path):
    """The figures of a document written in the form of tests/table_documents.py."""

    def figures(text, kind="html"):
        return figures_of(read_document(of_text(text, kind).write(tmp_path)))

    return figures


# ---- kinds ------------------------------------------------------------------------------------------------------------------------------


def test_a_code_is_never_money():
    text = "单位：万元\n科目编码\t科目名称\t决算数\n2130305\t渠系维护\t31.20\n2130306\t泵站运行\t7.45\n"
    assert read(text)[:2] == [("2130305", "", "code"), ("31.20", "万元", "money")]


def test_a_row_number_is_never_an_amount():
    assert read("单位：元\n序号\t事项\t金额\n1\t苗木\t4200\n2\t肥料\t1300\n")[:2] == [("1", "", "ordinal"), ("4200", "元", "money")]


@pytest.mark.parametrize("kind", ["html", "docx"])
def test_codes_of_a_second_panel_are_codes_too(of_cells, kind):
    head = "| 科目编码 | 科目名称 | 决算数 "
    figures = of_cells(f"单位：万元\n{head}{head}|\n| 30107 | 绩效工资 | 8.10 | 30226 | 劳务费 | 2.35 |", kind)
    assert [(f.text, f.kind) for f in figures] == [("30107", "code"), ("8.10", "money"), ("30226", "code"), ("2.35", "money")]


def test_a_count_of_days_under_a_head_of_dates_is_a_date():
    text = "单位：万元\n事项\t完成日期\t投资\n闸门更换\t45356\t12.60\n堤顶硬化\t45412\t30.25\n"
    assert read(text)[:2] == [("45356", "", "date"), ("12.60", "万元", "money")]


def test_a_row_that_numbers_the_columns_holds_ordinals():
    assert [kind for _, _, kind in read("单位：万元\n事项\t预算数\t决算数\n1\t2\t3\n巡河\t5\t4\n")] == ["ordinal"] * 3 + ["money"] * 2


def test_a_year_in_a_head_is_a_year():
    assert read("事项\t2030\t2031\n登记\t608\t640\n")[:2] == [("2030", "年", "year"), ("2031", "年", "year")]


def test_a_year_that_names_a_row_is_a_year():
    assert read("单位：万元\n年度\t投资\n2029\t8.00\n2030\t9.50\n")[0] == ("2029", "年", "year")


def test_a_telephone_in_a_form_is_no_amount():
    assert read("单位：万元\n项目\t金额\n护林\t6.5\n联系电话\t5550123\n")[-1] == ("5550123", "", "phone")


# ---- units ------------------------------------------------------------------------------------------------------------------------------


def test_a_unit_in_the_head_of_the_names_is_meant_for_the_amounts():
    assert read("预算执行情况（万元）\t年初预算数\t全年执行数\n年度资金总额\t64.00\t61.50\n")[0] == ("64.00", "万元", "money")


def test_a_unit_in_the_merged_head_beside_the_amounts_is_meant_for_them(of_cells):
    figures = of_cells("| 预算资金（万元） | 年初预算数 | 全年执行数 |\n| ^ | 64.00 | 61.50 |")
    assert [(f.text, f.unit) for f in figures] == [("64.00", "万元"), ("61.50", "万元")]


def test_a_number_under_a_head_of_rates_is_a_rate():
    assert read("单位：万元\n项目\t决算数\t执行率(%)\n绿化\t9.60\t96\n")[1] == ("96", "%", "percent")


def test_a_number_under_a_head_of_weights_is_a_score():
    assert read("单位：万元\n项目\t决算数\t分值\n绿化\t9.60\t10\n")[1] == ("10", "分", "count")


def test_a_result_printed_bare_has_the_unit_of_its_target():
    assert read("指标\t指标值\t完成值\t得分\n栽植\t≥300株\t312\t10\n巡查\t≥40次\t44次\t9\n")[1] == ("312", "株", "count")


def test_a_unit_stated_above_is_not_that_of_targets():
    assert read("单位：万元\n指标\t指标值\t完成值\n栽植株数\t300\t312\n")[0] == ("300", "", "count")


def test_a_table_without_heads_goes_on_in_the_unit_of_the_one_before():
    text = "单位：万元\n项目\t预算数\t决算数\n绿化\t9.60\t9.10\n\n合计\t9.60\t9.10\n"
    assert [f[1] for f in read(text)] == ["万元"] * 4


def test_a_label_between_head_and_rows_states_their_unit():
    assert [f[1] for f in read("项目\t预算数\n单位：元\n绿化\t9600\n巡河\t7100\n")] == ["元", "元"]


def test_a_number_across_columns_has_the_unit_of_the_table(of_cells):
    figures = of_cells("单位：万元\n| 资金 | 预算数 | 执行数 |\n| 总额 | 9.00 | 8.00 |\n| 基本支出 | 5.40 | < |")
    assert (figures[-1].text, figures[-1].unit) == ("5.40", "万元")


# ---- measures ---------------------------------------------------------------------------------------------------------------------------


def test_a_figure_of_the_right_panel_measures_what_its_own_row_says():
    text = "收入\t\t支出\t\n项目\t决算数\t项目\t决算数\n一、拨款\t9.00\t一、农林水支出\t8.40\n二、结转\t1.00\t二、住房保障\t1.60\n"
    assert [f.measure for f in extract_figures(text) if f.kind == "money"][:2] == ["拨款决算数", "农林水支出决算数"]


def test_a_figure_in_a_remark_measures_what_its_own_words_say():
    text = "项目\t决算数\t备注\n绿化\t9.60\t其中补植苗木320株\n巡河\t7.10\t\n"
    assert extract_figures(text)[1].measure == "补植苗木"


# ---- cells that left no trace -----------------------------------------------------------------------------------------------------------


def test_a_short_row_parted_by_blanks_lies_under_the_heads_it_fits():
    text = "指标 指标值 完成值 分值 得分\n栽植 ≥300株 312株 10 9.5\n总分 100 96\n"
    assert read(text)[-2:] == [("100", "分", "count"), ("96", "分", "count")]


def test_numbers_and_codes_one_a_line_belong_to_the_name_they_stand_beside():
    text = "单位：万元\n科目编码\n科目名称\n决算数\n302\n07\n邮电费\n302\n11\n差旅费\n3.40\n302\n13\n维修费\n0.85\n"
    figures = extract_figures(text)
    assert [f.kind for f in figures] == ["code", "code", "code", "code", "money", "code", "code", "money"]
    assert [(f.value, f.unit) for f in figures if f.kind == "money"] == [(Decimal("3.40"), "万元"), (Decimal("0.85"), "万元")]


def test_an_amount_and_the_next_name_on_one_line_are_two_cells():
    text = "单位：元\n项目\n预算数\n一、拨款\n51,200 一、农林水支出\n48,700\n二、结转\n二、住房保障\n2,500\n"
    assert [f[:2] for f in read(text) if f[2] == "money"] == [("51,200", "元"), ("48,700", "元"), ("2,500", "元")]


def test_a_number_alone_on_a_line_of_prose_has_no_unit_of_a_far_table():
    assert read("单位：万元\n项目\t决算数\n绿化\t9.60\n\n本年共开展巡河若干次，成效明显。\n第三节\n12\n")[-1][1] == ""


def test_a_row_of_calls_counts_them_and_one_of_numbers_to_call_does_not():
    text = "渠道\t上年受理\t本年受理\n网络\t412\t506\n电话\t836\t897\n"
    assert [f[2] for f in read(text)] == ["count"] * 4
    assert [f[2] for f in read("单位\t联系电话\n甲站\t82160437\n乙站\t82160438\n")] == ["phone"] * 2
