"""What of all relations of tables that do not hold is called a difference, which number is to blame, and the slip that explains it."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from selfeval.judging.guard import differences
from selfeval.judging.relations import relations_of_tables
from selfeval.judging.slip import slip_between
from selfeval.reading.document import Document
from selfeval.reading.grid import read_grids


def blamed(*tables):
    """Row, number as printed and number wanted of everything that is called different in `tables`, each a text of rows and blanks."""
    text = "\n\n以下另表列示。\n\n".join("\n".join("\t".join(row.split()) for row in table.strip().split("\n")) for table in tables)
    found = differences(relations_of_tables(read_grids(Document(text, "tables.txt", "txt", "utf-8"))))
    return [(each.place.row.name, str(each.place.number), str(each.wanted)) for each in found]


def test_nothing_is_said_where_everything_holds():
    assert blamed("项目 预算数 决算数\n绿化 3.00 2.50\n管护 4.00 4.20\n合计 7.00 6.70") == []


def test_a_structure_that_mostly_does_not_hold_was_misread_and_nothing_is_said_of_it():
    assert blamed("项目 预算数 决算数\n绿化 3.00 2.50\n管护 4.00 4.20\n合计 9.15 8.44") == []


def test_where_a_structure_holds_its_exception_is_told():
    assert blamed("项目 预算数 决算数\n绿化 3.00 2.50\n管护 4.00 4.20\n合计 7.00 6.90") == [("合计", "6.90", "6.70")]


@pytest.mark.parametrize(("total", "told"), [("6.71", []), ("6.72", [("合计", "6.72", "6.70")])])
def test_what_rounding_may_do_is_no_difference(total, told):
    assert blamed(f"项目 预算数 决算数\n绿化 3.00 2.50\n管护 4.00 4.20\n合计 7.00 {total}") == told


def test_the_number_two_relations_speak_against_is_named_with_what_both_want():
    table = "项目 合计 基本支出 项目支出\n绿化 8.00 3.00 5.00\n管护 9.50 4.00 5.05\n巡查 7.00 6.00 1.00\n合计 24.50 13.00 11.50"
    assert blamed(table) == [("管护", "5.05", "5.50")]


def test_a_total_that_a_relation_of_another_make_confirms_is_not_blamed():
    table = "项目 合计 基本支出 项目支出\n绿化 8.00 3.00 5.00\n管护 9.50 4.00 5.50\n巡查 7.60 6.00 1.00\n合计 24.50 13.00 11.50"
    assert blamed(table) == [("巡查", "7.60", "7.00")]


def test_one_slip_that_spoils_several_relations_is_one_difference():
    table = "月份 当月 本年累计\n1月 8.40 8.40\n2月 5.15 13.55\n3月 1.73 15.82\n4月 9.06 24.34\n5月 1.28 25.62\n6月 3.50 29.12"
    assert blamed(table) == [("3月", "15.82", "15.28")]


def test_two_slips_are_two_differences():
    rows = "绿化 8.10 3.00 5.00\n管护 9.50 4.00 5.50\n巡查 7.60 6.00 1.00\n养护 5.00 2.00 3.00"
    table = f"项目 合计 基本支出 项目支出\n{rows}\n合计 29.50 15.00 14.50"
    assert blamed(table) == [("绿化", "8.10", "8.00"), ("巡查", "7.60", "7.00")]


@pytest.mark.parametrize(("total", "why"), [("33.00", "an average"), ("45.00", "the last of stocks"), ("3.00", "a rank")])
def test_a_total_less_than_the_largest_of_its_parts_is_no_sum(total, why):
    assert blamed(f"品名 数量 期末\n砂 60 20.00\n石 40 34.00\n灰 50 45.50\n合计 150 {total}") == [], why


def test_a_total_less_than_its_parts_is_wrong_where_a_slip_explains_it():
    assert blamed("品名 数量 期末\n砂 60 210.00\n石 40 334.00\n灰 50 455.50\n合计 150 99.50") == [("合计", "99.50", "999.50")]


def test_a_part_may_be_less_than_its_whole_and_not_more():
    rows = "项目 人数 金额\n一、补贴 812 243.60\n其中：灵活 530 159.00\n二、岗位 146 175.20\n其中：乡村 {} 49.20\n三、培训 260 80.00"
    assert blamed(rows.format(46)) == []
    assert blamed(rows.format(416)) == [("乡村", "416", "146")]


def test_opening_and_added_less_taken_is_closing():
    rows = "种类 期初 购入 领用 期末\n帐篷 86.00 43.00 57.00 72.00\n棉被 31.20 18.70 22.50 {}\n"
    rows += "折叠床 24.60 6.00 9.80 20.80\n马灯 12.80 6.40 7.10 12.10"
    assert blamed(rows.format("27.40")) == []
    assert blamed(rows.format("24.70")) == [("棉被", "24.70", "27.40")]


def test_a_row_that_differs_from_itself_in_another_table_is_named_where_its_own_table_speaks_against_it_too():
    whole = "科目 预算数\n教育支出 443.45\n住房保障支出 31.84\n卫生健康支出 20.15\n合计 495.44"
    copy = "科目 基本支出 项目支出 预算数\n教育支出 287.45 156.00 443.45\n住房保障支出 31.84 0.00 31.84\n"
    copy += "卫生健康支出 20.15 0.00 20.15\n合计 339.44 156.00 495.44"
    assert blamed(whole, copy) == []
    assert blamed(whole.replace("31.84", "38.14"), copy) == [("住房保障支出", "38.14", "31.84")]


@given(st.lists(st.tuples(*[st.integers(1, 10**6)] * 3), min_size=3, max_size=8), st.data())
def test_any_one_cell_of_a_table_summed_both_ways_that_is_changed_is_named(cells, data):
    cells = [[sum(row), *row] for row in cells]
    cells.append([sum(column) for column in zip(*cells, strict=True)])
    at, place = data.draw(st.integers(0, len(cells) - 1)), data.draw(st.integers(0, 3))
    right = cells[at][place]
    cells[at][place] = right + data.draw(st.integers(1, 10**4))
    lines = [
        f"{'合计' if row is cells[-1] else f'科目{chr(0x7532 + number)}'} {' '.join(map(str, row))}" for number, row in enumerate(cells)
    ]
    told = blamed("\n".join(["项目 合计 人员经费 公用经费 项目支出", *lines]))
    assert [(number, wanted) for _, number, wanted in told] == [(str(cells[at][place]), str(right))]


def test_a_rate_that_agrees_with_the_right_number_speaks_for_it_and_is_no_second_difference():
    rows = "绿化 160.00 151.36 94.60%\n管护 75.00 58.62 91.36%\n巡查 48.00 45.60 95.00%\n养护 220.00 204.71 93.05%"
    assert blamed(f"项目 预算数 支出数 执行率\n{rows}\n合计 503.00 470.19 93.48%") == [("管护", "58.62", "68.52")]


def test_more_than_a_target_counts_as_all_of_it():
    rows = "巡查 240 251 100%\n维修 600 570 95%\n换灯 80 72 90%"
    assert blamed(f"指标 目标值 完成值 完成率\n{rows}") == []


@pytest.mark.parametrize(
    ("total", "told"),
    [
        ("42055.50", [("合计", "42055.50", "40255.50")]),  # two digits changed about
        ("4025.55", [("合计", "4025.55", "40255.50")]),  # a point moved
        ("43255.50", []),  # one digit: a row that is not listed may be worth as much
        ("44105.20", []),
    ],
)
def test_a_total_of_one_column_is_called_wrong_only_where_the_slip_is_its_own_witness(total, told):
    assert blamed(f"会议 金额\n工作会 12860.00\n培训会 8475.50\n联席会 3690.00\n总结会 15230.00\n合计 {total}") == told


def test_where_amounts_are_printed_to_the_last_digit_one_digit_is_its_own_witness_too():
    rows = "办公费 412.37\n水电费 88.46\n差旅费 135.92\n合计 {}"
    assert blamed("科目 金额\n" + rows.format("636.75")) == []
    assert blamed("科目 金额\n" + rows.format("936.75")) == [("合计", "936.75", "636.75")]
    assert blamed("科目 金额\n" + rows.format("651.20")) == []


def test_shares_are_of_the_row_that_is_all_of_it_or_of_all_rows():
    rows = "造林 312.00 31.20%\n防虫 187.50 {}%\n防火 260.30 26.03%\n监测 240.20 24.02%"
    assert blamed("用途 执行数 占比\n" + rows.format("18.75")) == []
    assert blamed("用途 执行数 占比\n" + rows.format("13.75")) == [("防虫", "13.75", "18.75")]
    rows = "全局 845.60 100%\n人员 502.30 59.40%\n公用 105.36 {}%\n项目 237.94 28.14%"
    assert blamed("科目 执行数 占比\n" + rows.format("17.46")) == [("公用", "17.46", "12.4597918638")]
    assert blamed("乡镇 造林数 占比\n东川 1320 4.21%\n西岭 860 2.74%\n南河 1105 3.52%\n北山 640 2.04%") == []


@pytest.mark.parametrize(
    ("table", "right", "wrong", "told"),
    [
        (
            "县区 支出 建设 运营 改造\n东区 482.30 210.00 {} 103.90\n西区 405.75 180.00 140.25 85.50\n南县 521.48 240.00 161.48 120.00",
            *("168.40", "368.40", ("东区", "482.30", "682.30")),
        ),
        (
            "种类 年初 繁育 引进 死亡 调出 年末\n牛 486 58 12 31 19 506\n羊 238 20 6 15 3 {}\n马 91 14 2 8 4 95",
            *("246", "846", ("羊", "846", "246")),
        ),
        (
            "类别 年初数 增加 减少 年末数\n泵站 18 1 0 19\n水闸 34 4 2 36\n堤段 25 3 1 {}\n涵洞 12 2 1 13",
            *("27", "72", ("堤段", "72", "27")),
        ),
        (
            "品名 数量 单价 金额\n砂 60 1450.00 87000.00\n石 180 85.00 15300.00\n灰 40 620.00 {}\n砖 25 312.00 7800.00",
            *("24800.00", "28400.00", ("灰", "28400.00", "24800.00")),
        ),
    ],
    ids=["columns that come to another", "several added and several taken", "the end of a small stock", "number by price"],
)
def test_what_columns_come_to_is_proved_by_the_other_rows(table, right, wrong, told):
    assert blamed(table.format(right)) == []
    assert blamed(table.format(wrong)) == [told]


def test_small_counts_come_to_one_another_by_chance():
    rows = "东镇 9 4 3 2 7\n西镇 8 5 2 1 6\n南镇 7 2 2 5 4"
    assert blamed("乡镇 申请 刑事 民事 行政 结案\n" + rows) == []


# ---- slips ------------------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("stated", "wanted", "slip"),
    [
        ("87.53", "78.53", "两位数字颠倒"),
        ("85.27", "82.57", "两位数字颠倒"),
        ("3.80", "3.08", "两位数字颠倒"),
        ("862.35", "836.25", "数字次序颠倒"),
        ("134.15", "139.15", "错一位数字"),
        ("1234.5", "123.45", "小数点错位"),
        ("26000", "2.6", "元与万元混淆"),
        ("-3.20", "3.20", "正负号颠倒"),
        ("62718.56", "627718.56", "漏打一位数字"),
        ("4208.10", "208.10", "多打一位数字"),
        ("12.25", "12.25", ""),
        ("12.25", "0", ""),
        ("345.67", "712.09", ""),
        ("128650", "12.86504321098765432109876543", ""),
    ],
)
def test_a_slip_is_told_by_what_a_hand_does(stated, wanted, slip):
    assert slip_between(Decimal(stated), Decimal(wanted)) == slip


@given(st.decimals(1, 9999, places=2), st.integers(1, 99_999).filter(lambda number: number % 7))
def test_what_is_computed_to_many_places_is_no_slip_of_digits(stated, number):
    assert slip_between(stated, Decimal(number) / 7) == ""


def test_a_number_that_stands_next_to_it_was_copied():
    assert slip_between(Decimal("345.67"), Decimal("712.09"), [Decimal("345.67")]) == "误抄相邻的数"


def test_a_number_of_two_digits_may_stand_beside_its_like_by_chance():
    assert slip_between(Decimal(10), Decimal(47), [Decimal(10)]) == ""


@pytest.mark.parametrize("rows", ["合计\t{0}.00\t{0}.50\n" * 300, "甲{0}\t{0}.00\t{0}.50\n" * 2500], ids=["totals", "records"])
def test_a_list_of_records_is_no_table_of_sums(rows):
    text = "单位：万元\n项目\t年初预算数\t全年执行数\n" + "".join(line.format(n) for n, line in enumerate(rows.splitlines(keepends=True)))
    (grid,) = read_grids(Document(text, "a.txt", "txt", "utf-8"))
    assert list(relations_of_tables([grid])) == []


PROJECTS = """
项目 年初预算数 全年预算数 全年执行数
年度资金总额 320.00 335.00 331.40
基本支出 180.00 182.00 181.10
其中：人员经费 150.00 151.50 151.00
公用经费 30.00 30.50 30.10
项目支出 140.00 153.00 150.30
桥梁检测 {} 61.00 60.20
路灯维护 42.00 45.50 44.90
绿化养护 39.70 46.50 45.20
"""


@pytest.mark.parametrize(("first", "told"), [("58.30", []), ("53.80", [("桥梁检测", "53.80", "58.30")])])
def test_projects_right_below_their_total_are_its_sum_though_an_open_list_stands_further_up(first, told):
    assert blamed(PROJECTS.format(first)) == told


def test_of_several_parts_that_would_mend_a_sum_the_one_a_slip_explains_is_to_blame():
    assert blamed(PROJECTS.format("58.30").replace("42.00", "24.00")) == [("路灯维护", "24.00", "42.00")]
