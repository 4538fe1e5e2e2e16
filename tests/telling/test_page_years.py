"""The chapter that sets the year beside earlier ones."""

import re
from decimal import Decimal

import pytest

from bodies import base_of, county_water, year_of
from pages import html_of, invented
from selfeval.exceptions import TableBroken
from selfeval.measuring import compare
from selfeval.telling.charts import series
from selfeval.telling.page import Report, years_chapter

pytestmark = pytest.mark.usefixtures("without_font")

TOTAL = "b01 total all - 支出"


def chapter(now, earlier, year=2031, left_out=None):
    changes = {
        "budget_changes": compare.budget_changes(now, earlier, year, left_out),
        "safety_changes": compare.safety_changes(now, earlier, left_out),
    }
    return years_chapter(Report.of("jia-water", year, {**now, **changes})).html


def text_of(html):
    return re.sub(r"\s+", " ", re.sub(r"<svg.*?</svg>|<[^>]*>", "", html, flags=re.DOTALL))


@pytest.fixture(scope="module")
def water():
    years = county_water()
    return chapter(years.pop(2031), years)


def test_without_an_earlier_year_there_is_no_chapter():
    assert years_chapter(invented()).html == ""
    assert 'id="years"' not in html_of(invented())


def test_the_year_before_is_called_by_the_word_for_it_and_another_year_by_its_number(water):
    assert "支出同比：总计实际支出为 629.4 万元，增加 40.5 万元（+6.88%）" in text_of(water)
    years = county_water()
    assert "支出与 2028 年度比：总计实际支出为 588.9 万元，增加 57.7 万元" in text_of(chapter(years[2030], {2028: years[2028]}, 2030))


def test_rates_change_by_percentage_points(water):
    assert "预算执行率（官方口径）为 98.34%，增加 2.04 个百分点" in text_of(water)


def test_years_stand_in_order_and_missing_ones_are_named(water):
    assert "可以对照的有 2027 年度、2028 年度、2030 年度。缺 2029 年度。" in text_of(water)
    assert re.findall(r'<th scope="col"[^>]*>(\d{4}) 年度</th>', water)[:4] == ["2027", "2028", "2030", "2031"]


def test_a_year_of_another_basis_stands_in_brackets_and_the_reason_is_told(water):
    assert '<span class="absent">（96.27%）</span>' in water
    assert "口径变化：分母由“年初预算数”变为“全年预算数”：项目净执行率（对全年预算数）（与 2028 年度）" in text_of(water)


def test_what_came_and_went_is_told_with_its_amount():
    years = county_water()
    told = text_of(chapter(years[2030], {2028: years[2028]}, 2030))
    assert "新列出的项目 1 个：河道清淤（93.48 万元）。" in told
    assert "不再列出的项目 1 个：水库除险加固（83.41 万元）。" in told


def test_a_bound_stays_one_in_sentence_and_table():
    told = text_of(chapter(year_of(facts=["city hazards_found 250 处"]), {2030: year_of(facts=["city hazards_found 200 处 over"])}))
    assert "排查发现隐患为 250 处，最多增加 50 处" in told
    assert "≥200 处" in told
    assert "≤ +50 处" in told


def test_a_fall_that_is_open_to_one_side_is_said_from_that_side():
    told = text_of(chapter(year_of(facts=["city hazards_found 150 处 over"]), {2030: year_of(facts=["city hazards_found 200 处"])}))
    assert "排查发现隐患为 ≥150 处，最多减少 50 处" in told


def test_three_public_told_in_the_text_alone_is_told_as_well():
    lines = ["b01 item general_public - “三公”经费 adjusted=12 actual={}"]
    told = text_of(chapter(year_of([lines[0].format(9)]), {2030: year_of([lines[0].format(10)])}))
    assert "“三公”经费实际支出为 9 万元，减少 1 万元（−10.00%）" in told


def test_what_does_not_change_is_said_not_to():
    told = text_of(chapter(year_of([f"{TOTAL} actual=9"]), {2030: year_of([f"{TOTAL} actual=9"])}))
    assert "总计实际支出为 9 万元，持平" in told


def test_two_years_that_disagree_about_the_last_are_shown_to():
    now = year_of(base_data=base_of("three_public three_public 三公经费合计 万元 last=11 actual=9"))
    earlier = year_of(base_data=base_of("three_public three_public 三公经费合计 万元 actual=10"))
    assert "本年基础数据表的上年决算数为 11 万元，2030 年度的决算数为 10 万元，两者不一致" in text_of(chapter(now, {2030: earlier}))


def test_a_year_that_could_not_be_read_is_said_even_when_it_is_the_only_one():
    told = text_of(chapter(year_of([f"{TOTAL} actual=9"]), {}, left_out={2030: "找不到表 scores.csv"}))
    assert "2030 年度的表不能读：找不到表 scores.csv" in told
    assert "以前年度的表都不能读" in told


def test_names_of_the_data_cannot_become_markup():
    now = year_of(["b01 project general_public - <b>清淤</b> actual=9", "b02 project general_public - 甲<i> actual=1"])
    html = chapter(now, {2030: year_of(["b01 project general_public - <b>清淤</b> actual=8"])})
    assert "<b>清" not in html
    assert "<i>" not in html


def test_the_report_of_an_invented_body_says_that_it_is():
    now = year_of([f"{TOTAL} actual=9"], body="甲县水务局（虚构）")
    assert Report.of("jia-water", 2031, now).title == "甲县水务局（虚构，测试用） 2031 年度整体支出绩效自评核读"


# ---- the chart --------------------------------------------------------------------------------------------------------------------------


def points(*rows):
    import pandas as pd

    columns = ("measure", "year", "value", "words", "comparable")
    return pd.DataFrame([dict(zip(columns, row, strict=True)) for row in rows], columns=list(columns))


def drawn(figure, panel=0):
    """Lines of at least two points, and single points, of a panel by year."""
    lines = [line for line in figure.axes[panel].lines if line.get_marker() == "None" and len(set(line.get_xdata())) > 1]
    joined = sorted(tuple(line.get_xdata()) for line in lines if max(line.get_xdata()) > 1)
    return joined, sorted(line.get_xdata()[0] for line in figure.axes[panel].lines if line.get_marker() == "o")


def test_a_missing_year_is_a_gap_and_another_measure_is_not_joined():
    figure = series(
        points(
            ("支出", 2026, Decimal(5), "5", True), ("支出", 2027, Decimal(6), "6", True), ("支出", 2029, Decimal(7), "7", True),
            ("支出", 2030, Decimal(8), "8", False), ("支出", 2031, Decimal(9), "9", True),
        )
    )  # fmt: skip
    joined, dots = drawn(figure)
    assert joined == [(2026, 2027)]
    assert dots == [2026, 2027, 2029, 2030, 2031]
    assert [text.get_text() for text in figure.axes[0].get_xticklabels()] == ["2026", "2027", "2028", "2029", "2030", "2031"]


def test_every_point_carries_its_number_and_the_greater_stands_higher():
    axes = series(points(("支出", 2030, Decimal(5), "5", True), ("支出", 2031, Decimal(9), "≥9", True))).axes[0]
    assert [text.get_text() for text in axes.texts] == ["5", "≥9"]
    assert axes.texts[1].get_position()[1] < axes.texts[0].get_position()[1]


def test_a_chart_of_nothing_is_refused():
    with pytest.raises(ValueError, match="没有数据"):
        series(points())
    with pytest.raises(TableBroken, match="comparable"):
        series(points(("支出", 2030, Decimal(5), "5", True)).drop(columns="comparable"))
