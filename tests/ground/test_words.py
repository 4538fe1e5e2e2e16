"""How values are written for a reader."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from selfeval import words
from selfeval.tables import SCHEMAS

amounts = st.decimals(min_value=-(10**12), max_value=10**12, allow_nan=False, allow_infinity=False, places=4)


def d(text: str) -> Decimal:
    return Decimal(text)


@pytest.mark.parametrize(
    ("value", "places", "shown"),
    [
        ("0.125", 2, "0.13"), ("-0.125", 2, "-0.13"), ("2.5", 0, "3"), ("1.0049999", 2, "1.00"),
        ("99999999999999999999.995", 2, "100000000000000000000.00"),
    ],
)  # fmt: skip
def test_halves_are_rounded_away_from_zero(value, places, shown):
    assert str(words.rounded(d(value), places)) == shown


@pytest.mark.parametrize(("value", "shown"), [("12.50", "12.50"), ("7", "7"), ("-3.4", "−3.4"), ("1E+3", "1000"), ("-0.0", "0.0")])
def test_a_number_keeps_the_decimals_it_was_printed_with(value, shown):
    assert words.number(d(value)) == shown


def test_a_rounded_nothing_has_no_minus():
    assert words.number(d("-0.0001"), 2) == words.number(d("-0"), 2) == "0.00"


@pytest.mark.parametrize(
    ("ratio", "shown"),
    [("0.45678", "45.68%"), ("1", "100.00%"), ("2.345", "234.50%"), ("-0.2", "−20.00%"), ("0", "0.00%"), ("0.000049", "0.00%")],
)  # fmt: skip
def test_a_ratio_becomes_a_percent_with_two_decimals(ratio, shown):
    assert words.percent(d(ratio)) == shown


@given(amounts)
def test_a_percent_is_the_ratio_times_a_hundred(ratio):
    shown = words.percent(ratio).removesuffix("%").replace("−", "-")
    assert abs(Decimal(shown) - ratio * 100) <= d("0.005")


@pytest.mark.parametrize(
    ("value", "unit", "qualifier", "sentence", "short"),
    [
        ("48", "家", "exact", "48 家", "48 家"),
        ("30", "万元", "over", "至少 30 万元", "≥30 万元"),
        ("30", "万元", "at_least", "至少 30 万元", "≥30 万元"),
        ("3", "名", "range_low", "至少 3 名", "≥3 名"),
        ("5", "名", "range_high", "至多 5 名", "≤5 名"),
        ("5", "天", "at_most", "至多 5 天", "≤5 天"),
        ("900", "人", "about", "约 900 人", "≈900 人"),
        ("98.5", "%", "exact", "98.5%", "98.5%"),
        ("12", "", "exact", "12", "12"),
    ],
)
def test_a_quantity_says_its_unit_and_its_bound(value, unit, qualifier, sentence, short):
    assert words.quantity(d(value), unit, qualifier) == sentence
    assert words.short_quantity(d(value), unit, qualifier) == short


def test_every_qualifier_of_the_tables_has_its_words():
    for qualifier in SCHEMAS["figures"].choices["qualifier"] - {"exact"}:
        assert words.quantity(d("2"), "个", qualifier) != words.quantity(d("2"), "个")


@pytest.mark.parametrize(
    ("value", "unit", "shown"),
    [
        ("300000", "份", "30 万份"), ("123456", "份", "123456 份"), ("30000", "份", "30000 份"), ("30", "万份", "30 万份"),
        ("500000", "万元", "500000 万元"),
    ],
)  # fmt: skip
def test_large_round_counts_are_said_in_wan(value, unit, shown):
    assert words.quantity(d(value), unit) == shown


def test_what_is_not_known_is_not_zero():
    assert words.quantity(None, "家") == words.short_quantity(None, "家") == words.money(None) == "不详"


@pytest.mark.parametrize(
    ("value", "qualifier", "shown"), [("88.40", "exact", "88.40 万元"), ("65", "exact", "65 万元"), ("30", "over", "至少 30 万元")]
)
def test_money_is_in_wan_yuan_as_printed(value, qualifier, shown):
    assert words.money(d(value), qualifier) == shown


@pytest.mark.parametrize(("value", "shown"), [("4.2", "+4.2 万元"), ("-4.20", "−4.20 万元"), ("0", "0 万元"), ("0.00", "0.00 万元")])
def test_a_deviation_has_its_sign(value, shown):
    assert words.signed(d(value), "万元") == shown


@pytest.mark.parametrize(
    ("value", "unit", "note", "shown", "short"),
    [
        ("0.3333333333", "", "", "33.33%", "33.33%"),
        ("0.3333333333", "", "至少", "至少 33.33%", "≥33.33%"),
        ("12.3456789", "万元/起", "至少；按各行业相加", "至少 12.35 万元/起", "≥12.35 万元/起"),
        ("7", "个", "", "7 个", "7 个"),
        ("7.5", "分", "模拟测算", "7.5 分", "7.5 分"),
        ("0.00012345", "人/亿元", "", "0.00012 人/亿元", "0.00012 人/亿元"),
        ("0", "项", "至多", "至多 0 项", "≤0 项"),
    ],
)
def test_a_metric_is_written_with_its_unit_and_the_bound_of_its_note(value, unit, note, shown, short):
    assert words.measured(d(value), unit, note) == shown
    assert words.measured(d(value), unit, note, short=True) == short


@given(amounts)
def test_a_computed_value_is_never_off_by_more_than_half_a_cent(value):
    shown = words.measured(value, "万元").removesuffix(" 万元").replace("−", "-")
    assert abs(Decimal(shown) - value) <= d("0.005")
    assert bool(Decimal(shown)) == bool(value)


@pytest.mark.parametrize(
    ("missing", "shown"),
    [
        ("全年预算数", "不可计算（缺全年预算数）"),
        ("全年预算数（调整后预算）", "不可计算：缺全年预算数（调整后预算）"),
        ("全年预算数为0，不能作分母", "不可计算（全年预算数为 0，不能作分母）"),
        ("", "不可计算"),
    ],
)
def test_what_cannot_be_computed_says_what_is_missing(missing, shown):
    assert words.not_computable(missing) == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("执行率289.95%，第61行有3项", "执行率 289.95%，第 61 行有 3 项"),
        ("项目（9项相加） 262.43 万元", "项目（9 项相加）262.43 万元"),
        ("转移群众 至少 600 人", "转移群众至少 600 人"),
        ("“截止44期”写在第80行", "“截止44期”写在第 80 行"),
        ("2031年12月31日，2031年度，3月9日", "2031年12月31日，2031 年度，3月9日"),
    ],
)
def test_chinese_and_digits_are_set_with_a_blank_between_them_and_quotations_as_they_are(text, shown):
    assert words.spaced(text) == shown


@given(st.text(alphabet="总9.%年月日（）“” 至少，"))
def test_setting_a_text_changes_only_its_blanks_and_is_done_once(text):
    assert words.spaced(text).replace(" ", "") == text.replace(" ", "")
    assert words.spaced(words.spaced(text)) == words.spaced(text)


def test_the_tail_of_a_division_is_cut_where_money_ends():
    assert words.money(d("1") / 7) == "0.142857 万元"
    assert words.money(d("12.345678")) == "12.345678 万元"


@pytest.mark.parametrize(("parts", "shown"), [([], ""), (["甲"], "甲"), (["甲", "乙"], "甲和乙"), (["甲", "乙", "丙"], "甲、乙和丙")])
def test_a_list_ends_with_and(parts, shown):
    assert words.joined(parts) == shown


@pytest.mark.parametrize(
    ("printed", "day", "shown"),
    [
        ("3.09", (3, 9), "3月9日"), ("“11.2”", (11, 2), "11月2日"), ("8月15日", (8, 15), "8月15日"), ("2031-08-05", (8, 5), "8月5日"),
        ("2031年8月5日", (8, 5), "8月5日"), ("13.1", None, "13.1"), ("4.32", None, "4.32"), ("", None, ""), ("汛期", None, "汛期"),
    ],
)  # fmt: skip
def test_a_printed_date_becomes_a_day_or_stays_as_it_is(printed, day, shown):
    assert words.month_day(printed) == day
    assert words.date(printed) == shown


@pytest.mark.parametrize(
    ("names", "table", "column"),
    [
        (words.BOOKS, "budget_lines", "book"), (words.LEVELS, "budget_lines", "level"), (words.ORIGINS, "budget_lines", "source"),
        (words.VERDICTS, "findings", "verdict"), (words.SEVERITIES, "findings", "severity"),
    ],
)  # fmt: skip
def test_every_choice_of_a_column_has_a_chinese_name(names, table, column):
    allowed = SCHEMAS[table].choices.get(column)
    assert allowed is None or allowed == set(names)
    assert all(not name.isascii() for name in names.values())


@pytest.mark.parametrize(
    ("line", "page", "shown"), [(142, 7, "第 7 页第 142 行"), (142, None, "第 142 行"), (None, 7, "第 7 页"), (None, None, "")]
)
def test_a_place_is_its_page_and_its_line_as_far_as_they_are_known(line, page, shown):
    assert words.place(line, page) == shown


def test_trades_and_fields_are_called_as_knowledge_calls_them():
    assert words.sector("mines") == "矿山"
    assert words.sector("all") == "全部领域"
    assert words.sector("unheard-of") == "unheard-of"
    assert words.area("hazards") == "隐患排查治理"
    assert words.basis("adjusted") == "全年预算数"
    assert len(words.areas()) == len(set(words.areas())) > 10


@pytest.mark.parametrize(
    ("line", "is_one"),
    [
        ("| 渔港 | 3 | 5 |", True),
        ("渔港疏浚    60.00    58.00", True),
        ("合计 1,200.00 1,180.00", True),
        ("甲\t乙", True),
        ("二、渔港  管理", False),
        ("全年疏浚渔港3座、 航道5公里。", False),
    ],
)
def test_a_row_of_a_table_is_told_from_prose(line, is_one):
    assert words.is_row(line) == is_one
