"""Tables as they are meant: heads in storeys, panels, codes and levels, roles of rows, blanks, units, tables that go on over the page."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from selfeval.reading.document import Document, read_document
from selfeval.reading.grid import ADDITIVE, ITEM, NOTE, OPEN_PART, SUBTOTAL, TOTAL, is_blank, read_grids, value_of
from table_documents import of_text


@pytest.fixture
def grids(tmp_path):
    """The grids of a document written in the form of tests/table_documents.py."""

    def read(text, kind="html"):
        return read_grids(read_document(of_text(text, kind).write(tmp_path)))

    return read


def heads(grid):
    return [column.head for column in grid.columns]


def rows(grid):
    return [(row.level, row.name) for row in grid.rows]


def numbers(grid, row):
    return [value.number if (value := row.value(column)) else None for column in grid.columns[1:]]


# ---- heads ------------------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["html", "docx", "xlsx"])
def test_heads_in_storeys_are_told_outermost_first(grids, kind):
    [grid] = grids("| 项目 | 决算数 | < |\n| ^ | 小计 | 其中：本级 |\n| 办公费 | 3.50 | 2.10 |\n| 印刷费 | 1.20 | 0.40 |", kind)
    assert heads(grid) == ["项目", "决算数 › 小计", "决算数 › 其中：本级"]


TYPED = (
    "项目                上年        今年\n公车购置及运行      7.42        6.85\n  其中：购置费      2.00        1.50\n"
    "        运行费      5.42        5.35\n{}公务接待费          4.44        3.13\n合计               11.86        9.98\n"
)


@pytest.mark.parametrize(("blanks", "level"), [("", 0), ("        ", 1)], ids=["as far out as the whole", "beside the parts"])
def test_what_other_rows_list_ends_with_a_row_printed_as_far_out_as_their_whole(blanks, level):
    (grid,) = read_grids(Document(TYPED.format(blanks), "r.txt", "txt", "utf-8"))
    assert next(row.level for row in grid.rows if row.name == "公务接待费") == level


def test_a_column_of_what_was_put_right_holds_counts_where_it_holds_numbers(grids):
    text = "| 行业 | 隐患（条） | 已整改（条） | 整改率 |\n| 工贸 | 428 | 424 | 99.07% |\n| 建筑 | 687 | 671 | 97.67% |"
    [grid] = grids(text)
    assert [column.kind for column in grid.columns] == ["name", "amount", "amount", "ratio"]
    [grid] = grids(text.replace("424", "督促整改").replace("671", "限期整改"))
    assert grid.columns[2].kind == "text"


def test_what_stands_farther_in_than_where_among_ends_the_list_by_standing_out_again():
    rows = "| 加工 | 142 | 120 |\n| 其中：家具 | 51 | 40 |\n| 　　　板材 | 38 | 36 |\n| 种苗 | 57 | 59 |\n| 合计 | 199 | 179 |"
    (grid,) = read_grids(Document(f"| 领域 | 本年 | 上年 |\n{rows}", "r.txt", "txt", "utf-8"))
    assert [(row.name, row.level) for row in grid.rows] == [("加工", 0), ("家具", 1), ("板材", 1), ("种苗", 0), ("合计", 0)]


def test_a_column_of_percentages_is_none_of_amounts_whatever_its_head(grids):
    [grid] = grids("| 指标 | 上年 | 今年 | 同比增长 |\n| 读者 | 24.80 | 28.52 | 15.0% |\n| 其中：少儿 | 8.10 | 9.72 | 20.0% |")
    assert grid.columns[3].kind == "ratio"


def test_a_head_of_typed_text_reaches_over_the_blanks_behind_it_where_each_has_a_head_below():
    text = (
        "项目名称\t全年预算数\t\t\t执行数\t\t备注\n\t小计\t上年结转\t当年预算\t小计\t上年结转\t\n"
        "监管执法\t158.60\t18.60\t140.00\t152.83\t18.60\t\n救援\t180.40\t12.40\t168.00\t174.22\t12.40\t\n"
    )
    (grid,) = read_grids(Document(text, "r.txt", "txt", "utf-8"))
    assert [column.path for column in grid.columns][1:6] == [
        ("全年预算数", "小计"),
        ("全年预算数", "上年结转"),
        ("全年预算数", "当年预算"),
        ("执行数", "小计"),
        ("执行数", "上年结转"),
    ]


def test_a_year_with_its_unit_behind_it_is_a_head_and_no_number():
    assert value_of("2022年（条）") is None


def test_a_field_of_a_form_is_no_storey_above_the_heads_below_it(grids):
    [grid] = grids(
        "| 部门名称 | 某局 | < |\n| 资金 | 全年预算数 | 全年执行数 |\n| 年度资金总额 | 80.00 | 76.50 |\n| 其中：拨款 | 70.00 | 66.50 |"
    )
    assert heads(grid) == ["资金", "全年预算数", "全年执行数"]


@pytest.mark.parametrize("numbering", ["| 栏次 | 1 | 2 |", "| 1 | 2 | 3 |", "| 栏次 | A | B |"])
def test_a_row_that_numbers_the_columns_is_neither_head_nor_row(grids, numbering):
    [grid] = grids(f"| 项目 | 预算数 | 决算数 |\n{numbering}\n| 办公费 | 3.50 | 2.10 |")
    assert (heads(grid), rows(grid)) == (["项目", "预算数", "决算数"], [(0, "办公费")])


def test_heads_that_come_anew_in_the_middle_begin_another_part(grids):
    first, second = grids("| 资金 | 预算数 | 决算数 |\n| 拨款 | 9.00 | 8.00 |\n| 指标 | 分值 | 得分 |\n| 里程 | 10 | 9.5 |")
    assert (first.part, second.part, first.table, second.table) == (0, 1, 0, 0)
    assert [column.role for column in second.columns][1:] == ["weight", "score"]


@pytest.mark.parametrize(
    ("head", "role"),
    [
        ("年初预算数", "initial"),
        ("全年预算数", "adjusted"),
        ("决算数", "actual"),
        ("执行率", "rate"),
        ("占比", "share"),
        ("增减额", "change"),
        ("增减率（%）", "change_rate"),
        ("分值", "weight"),
        ("得分", "score"),
        ("年度值", "target"),
        ("本级财力", ""),
    ],
)
def test_the_head_of_a_column_gives_it_its_role(grids, head, role):
    [grid] = grids(f"| 项目 | 数量 | {head} |\n| 绿化 | 3.00 | 2.50 |\n| 管护 | 4.00 | 1.50 |")
    assert grid.columns[2].role == role


def test_a_column_of_money_stays_one_where_names_of_a_second_list_stand_in_it(grids):
    [grid] = grids(
        "| 资金 | 预算数 | 执行数 | 分值 |\n| 总额 | 9.00 | 8.00 | 10 |\n| 按收入性质分： | < | 按支出性质分： | < |\n"
        "| 拨款 | 9.00 | 基本支出 | 5.00 |\n| 其他 | 0.00 | 项目支出 | 3.00 |"
    )
    assert [column.kind for column in grid.columns] == ["name", "amount", "amount", "mark"]


def test_the_year_of_a_column_is_that_of_its_heads(grids):
    [grid] = grids("| 项目 | 2031年预算数 | 2030年决算数 |\n| 办公费 | 3.50 | 2.10 |")
    assert [column.period for column in grid.columns] == ["", "2031", "2030"]


# ---- panels -----------------------------------------------------------------------------------------------------------------------------


def test_income_and_expenditure_side_by_side_are_two_panels(grids):
    left, right = grids(
        "| 收入 | < | 支出 | < |\n| 项目 | 预算数 | 项目 | 预算数 |\n| 拨款 | 9.00 | 教育支出 | 7.00 |\n| 结转 | 1.00 | 其他支出 | 3.00 |"
    )
    assert [row.name for row in left.rows] == ["拨款", "结转"]
    assert [row.name for row in right.rows] == ["教育支出", "其他支出"]


def test_a_remark_behind_the_numbers_is_no_panel(grids):
    [grid] = grids("| 项目 | 预算数 | 备注 |\n| 拨款 | 9.00 | 年初下达 |\n| 结转 | 1.00 | 上年项目 |")
    assert [row.name for row in grid.rows] == ["拨款", "结转"]


# ---- rows -------------------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "lines",
    [
        ("| 205 | 教育支出 | 9.00 |", "| 20508 | 进修及培训 | 9.00 |", "| 2050803 | 培训支出 | 9.00 |"),
        ("| 205教育支出 | - | 9.00 |", "| 20508进修及培训 | - | 9.00 |", "| 2050803培训支出 | - | 9.00 |"),
    ],
)
def test_a_code_says_how_deep_its_row_stands(grids, lines):
    [grid] = grids("\n".join(["| 科目编码 | 科目名称 | 决算数 |", *lines]))
    assert [(row.code, row.level) for row in grid.rows] == [("205", 0), ("20508", 1), ("2050803", 2)]
    assert grid.rows[2].path == ("教育支出", "进修及培训", "培训支出")


def test_codes_in_three_columns_are_one_code(grids):
    [grid] = grids("| 类 | 款 | 项 | 科目名称 | 决算数 |\n| 205 |  |  | 教育支出 | 9.00 |\n| 205 | 08 | 03 | 培训支出 | 9.00 |")
    assert [(row.code, row.level) for row in grid.rows] == [("205", 0), ("2050803", 2)]


def test_numbering_says_how_deep_a_row_stands(grids):
    names = ("三公经费", "1.公务用车", "（1）购置费", "（2）运行费", "2.公务接待费")
    [grid] = grids("\n".join(["| 项目 | 决算数 |", *(f"| {name} | 2.00 |" for name in names)]))
    assert rows(grid) == [(0, "三公经费"), (1, "公务用车"), (2, "购置费"), (2, "运行费"), (1, "公务接待费")]


def test_what_qizhong_begins_goes_on_until_a_number_or_a_total_ends_it(grids):
    names = ("1、公务用车", "其中：购置", "运行维护", "2、公务接待", "合计")
    [grid] = grids("\n".join(["| 项目 | 决算数 |", *(f"| {name} | 2.00 |" for name in names)]))
    assert [row.level for row in grid.rows] == [0, 1, 1, 0, 0]


@pytest.mark.parametrize(
    ("name", "role"),
    [
        ("合计", TOTAL),
        ("本年支出合计", TOTAL),
        ("总 计", TOTAL),
        ("小计", SUBTOTAL),
        ("其中：小微企业", OPEN_PART),
        ("注：本表以收付实现制填列", NOTE),
        ("办公费", ITEM),
        ("合计划拨站", ITEM),
    ],
)
def test_the_name_of_a_row_gives_it_its_role(grids, name, role):
    [grid] = grids(f"| 项目 | 决算数 |\n| 绿化 | 2.00 |\n| {name} | 2.00 |\n| 合计 | 2.00 |")
    assert grid.rows[1].role == role


@pytest.mark.parametrize(("above", "roles"), [("", [ITEM, ITEM, TOTAL]), ("| 小计 | 3.00 |\n", [ITEM, ITEM, SUBTOTAL, SUBTOTAL])])
def test_a_table_that_ends_with_its_only_subtotal_ends_with_its_total(grids, above, roles):
    [grid] = grids(f"| 项目 | 决算数 |\n| 绿化 | 2.00 |\n| 保洁 | 1.00 |\n{above}| 小计 | 3.00 |")
    assert [row.role for row in grid.rows] == roles


def test_a_cell_merged_down_names_the_group_of_its_rows(grids):
    [grid] = grids("| 镇 | 村 | 金额 |\n| 石塘镇 | 前进村 | 3.00 |\n| ^ | 永丰村 | 4.00 |")
    assert [(row.group, row.name) for row in grid.rows] == [(("石塘镇",), "前进村"), (("石塘镇",), "永丰村")]


# ---- cells and units --------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["", "-", "—", "——", "/", "  "])
def test_a_blank_or_a_dash_is_no_number_and_no_zero(text):
    assert is_blank(text)
    assert value_of(text) is None


@pytest.mark.parametrize(
    ("text", "number", "step", "unit"),
    [
        ("3,456.70元", "3456.70", "0.01", "元"),
        ("(12.50)", "-12.50", "0.01", ""),
        ("－7", "-7", "1", ""),
        ("95.31%", "95.31", "0.01", "%"),
        ("１２．５", "12.5", "0.1", ""),
        ("12个", "12", "1", "个"),
    ],
)
def test_a_number_is_read_as_it_is_printed(text, number, step, unit):
    value = value_of(text)
    assert (value.number, value.step, value.unit) == (Decimal(number), Decimal(step), unit)


@pytest.mark.parametrize("text", ["2031年", "2031年度", "11月底前", "12日至15日", "第3期", "3-5个", "A12"])
def test_dates_and_words_with_digits_are_no_numbers(text):
    assert value_of(text) is None


def test_a_count_that_looks_like_a_year_is_counted(grids):
    [grid] = grids("| 事项 | 上半年 | 全年 |\n| 登记 | 608 | 1240 |\n| 备案 | 1975 | 2031 |")
    assert numbers(grid, grid.rows[1]) == [1975, 2031]


def test_years_in_a_row_of_heads_are_heads(grids):
    [grid] = grids("| 项目 | 2030 | 2031 |\n| 登记 | 608 | 1240 |")
    assert heads(grid) == ["项目", "2030", "2031"]


def test_a_column_of_years_is_no_amount(grids):
    [grid] = grids("| 项目 | 开工 | 投资 |\n| 大桥 | 2029 | 608.00 |\n| 水库 | 2030 | 15.00 |")
    assert [column.kind in ADDITIVE for column in grid.columns] == [False, False, True]


def test_a_number_across_columns_of_different_heads_belongs_to_none(grids):
    [grid] = grids("| 资金 | 分值 | 执行率 | 得分 |\n| 总额 | 10 | 98.00% | 9.80 |\n| 基本支出 | 508.40 | < | < |")
    assert numbers(grid, grid.rows[1]) == [None, None, None]


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("收支总表\n单位：万元\n| 项目 | 金额 |\n| 拨款 | 9.00 |", "万元"),
        ("收支总表（单位：元）\n| 项目 | 金额 |\n| 拨款 | 9.00 |", "元"),
        ("收支总表\n| 项目 | 金额（亿元） |\n| 拨款 | 9.00 |", "亿元"),
        ("收支总表\n单位：万元\n| 项目 | 金额 |\n| 拨款 | 9.00元 |", "元"),
        ("收支总表\n单位：万元\n| 项目 | 人数（人） |\n| 拨款 | 9 |", "人"),
        ("收支总表\n| 项目 | 金额 |\n| 拨款 | 9.00 |", ""),
    ],
)
def test_the_unit_nearest_to_a_number_is_its_own(grids, text, unit):
    [grid] = grids(text)
    column = grid.columns[1]
    assert grid.unit_of(column, grid.rows[0].value(column)) == unit


@pytest.mark.parametrize("kind", ["html", "xlsx"])
def test_a_row_that_says_whose_table_it_is_and_in_which_unit_is_no_head(grids, kind):
    [grid] = grids("| 收支总表 | < | < |\n| 单位：某局 | < | 单位：万元 |\n| 项目 | 预算数 | 决算数 |\n| 拨款 | 9.00 | 8.50 |", kind)
    assert (grid.title, grid.unit, heads(grid)) == ("收支总表", "万元", ["项目", "预算数", "决算数"])


def test_a_unit_in_the_head_of_a_column_without_numbers_is_that_of_the_table(grids):
    [grid] = grids("| 项目资金（万元） | 预算数 | 决算数 |\n| 拨款 | 9.00 | 8.50 |")
    assert grid.unit == "万元"


# ---- typed tables -----------------------------------------------------------------------------------------------------------------------


def typed(text):
    return read_grids(Document(text, "typed.txt", "txt", "utf-8"))


def printed(grid):
    return [[cell.text for cell in row.cells] for row in grid.rows]


def test_heads_parted_by_blanks_go_with_the_rows_below_them():
    [grid] = typed("事项 预算数 决算数\n巡河 5.00 4.80\n护林 3.00 2.90\n")
    assert (heads(grid), rows(grid)) == (["事项", "预算数", "决算数"], [(0, "巡河"), (0, "护林")])


def test_a_row_parted_by_blanks_leaves_its_empty_cells_to_the_heads_that_ask_for_something_else():
    [grid] = typed("序号 事项 户数（户） 资金（元） 备注\n1 补植 42 8,400\n合计 42 8,400\n")
    assert printed(grid)[1] == ["", "合计", "42", "8,400", ""]


def test_a_row_parted_by_blanks_leaves_its_empty_cells_where_the_page_does():
    lines = ["项目            年初预算    全年预算    决算数", "苗圃灌溉           30.00       40.00     39.00", f"园路照明{' ' * 33}5.00"]
    [grid] = typed("\n".join(lines))
    assert numbers(grid, grid.rows[1]) == [None, None, Decimal("5.00")]


def test_a_row_wider_than_the_heads_above_it_has_none():
    first, second = typed("资金 预算数 决算数\n巡河 5.00 4.80\n数量指标 巡河次数 40次 44次 10 10\n")
    assert (heads(first), heads(second)) == (["资金", "预算数", "决算数"], [""] * 6)


def test_heads_without_one_over_the_names_stand_over_the_numbers():
    [grid] = typed("            年初预算    全年预算    执行率\n巡河      5.00      4.80      96%\n护林      3.00      2.90      97%\n")
    assert ([column.role for column in grid.columns], rows(grid)) == (["name", "initial", "adjusted", "rate"], [(0, "巡河"), (0, "护林")])


def test_a_column_of_units_that_are_none_names_the_bodies_it_is_about(grids):
    [grid] = grids("| 单位 | 巡查次数 | 所在地 |\n| 东站 | 12 | 河口 |\n| 西站 | 15 | 山下 |\n| 合计 | 27 | |")
    assert [row.name for row in grid.rows] == ["东站", "西站", "合计"]


def test_a_stack_of_cells_keeps_its_columns_where_cells_are_empty():
    [grid] = typed("单位：元\n项目\n行次\n决算数\n规费收入\n6\n810.00\n租金收入\n7\n收入合计\n8\n810.00\n")
    assert (grid.unit, heads(grid)) == ("元", ["项目", "行次", "决算数"])
    assert printed(grid) == [["规费收入", "6", "810.00"], ["租金收入", "7", ""], ["收入合计", "8", "810.00"]]


def test_codes_in_a_stack_of_cells_are_those_of_the_name_behind_them():
    [grid] = typed("单位：万元\n科目编码\n科目名称\n决算数\n302\n07\n邮电费\n302\n11\n差旅费\n3.40\n")
    assert [(row.code, row.name) for row in grid.rows] == [("30207", "邮电费"), ("30211", "差旅费")]


def test_heads_that_repeat_in_a_stack_of_cells_are_left_out_as_nothing_tells_which_is_whose():
    [grid] = typed("单位：万元\n项目\n金额\n项目\n金额\n拨款\n9.00\n巡河\n5.00\n结转\n1.00\n")
    assert [row.name for row in grid.rows] == ["拨款", "巡河", "结转"]


def test_lines_above_the_heads_of_a_stack_of_cells_are_none_of_it():
    [grid] = typed("收支情况\n单位：万元\n项目\n预算数\n决算数\n巡河\n5.00\n4.80\n护林\n3.00\n2.90\n")
    assert (grid.title, grid.unit, heads(grid)) == ("收支情况", "万元", ["项目", "预算数", "决算数"])


def test_the_last_row_of_a_table_keeps_its_cells_where_a_merged_one_ends_it(grids):
    [grid] = grids("| 项目 | 金额 | 备注 |\n| 拨款 | 9.00 | 年初 |\n| 结转 | 1.00 | ^ |\n| 合计 | 10.00 | ^ |")
    assert [row.name for row in grid.rows] == ["拨款", "结转", "合计"]


# ---- pages ------------------------------------------------------------------------------------------------------------------------------


def test_two_tables_with_words_between_them_are_two(grids):
    found = grids("| 项目 | 金额 |\n| 甲 | 9.00 |\n以下为支出。\n| 项目 | 金额 |\n| 乙 | 8.00 |")
    assert [grid.table for grid in found] == [0, 1]


# ---- any text ---------------------------------------------------------------------------------------------------------------------------

CELLS = st.one_of(
    st.sampled_from(
        ["项目", "合计", "其中：甲", "一、乙", "205", "20508教育", "预算数", "执行率", "小计", "-", "", "12.30", "98%", "2031", "注：无"]
    ),
    st.decimals(min_value=-(10**6), max_value=10**6, places=2).map(str),
    st.text(alphabet="年表一1.,，%（）元 ：其中", max_size=6),
)
TABLES = st.sampled_from(["\t", " ", "  ", "|", "\n"]).flatmap(
    lambda gap: st.lists(st.lists(CELLS, min_size=1, max_size=6).map(gap.join), min_size=1, max_size=9).map("\n".join)
)


@given(st.one_of(TABLES, st.text(max_size=200)))
def test_any_text_gives_grids_and_every_value_is_what_is_printed_in_its_cell(text):
    document = Document(text, "any.txt", "txt", "utf-8")
    for grid in read_grids(document):
        for row, column, value in grid.numbers():
            cell = row.cell(column)
            printed = document.text[cell.start : cell.end]
            assert value_of(printed) == value
            assert abs(value.number) == Decimal("".join(sign for sign in printed.translate(FULL) if sign in "0123456789."))


FULL = str.maketrans("０１２３４５６７８９．", "0123456789.")


# ---- what stands where it is not looked for ---------------------------------------------------------------------------------------------


def grid_of(text):
    (grid,) = read_grids(Document(text, "r.txt", "txt", "utf-8"))
    return grid


@pytest.mark.parametrize("head", ["资金来源", "资金构成", "备注项目"])
def test_words_in_front_of_the_numbers_name_the_rows_whatever_their_head(head):
    grid = grid_of(f"{head}\t年初预算数\t全年执行数\n财政拨款\t720.00\t698.10\n其他资金\t80.00\t76.40\n")
    assert [row.name for row in grid.rows] == ["财政拨款", "其他资金"]


def test_a_total_may_stand_where_the_other_rows_have_their_number():
    grid = grid_of("| 序号 | 项目 | 预算 | 决算 |\n| 1 | 学生资助 | 43 | 41 |\n| 2 | 校舍维修 | 57 | 55 |\n| 合计 |  | 100 | 96 |\n")
    assert (grid.rows[-1].role, grid.rows[-1].name) == (TOTAL, "合计")


def test_the_unit_of_a_table_may_stand_below_it():
    assert grid_of("类别\t年初预算\t支出\n基本支出\t720.00\t698.10\n项目支出\t80.00\t76.40\n\n单位：万元。\n").unit == "万元"


def test_a_table_has_the_unit_in_which_sentences_tell_its_amounts():
    text = "年初批复150,099,300.00元，全年支出148,841,082.23元。\n\n项目\t年初预算\t支出\n合计\t150,099,300.00\t148,841,082.23\n"
    assert grid_of(text).unit == "元"


def test_a_table_has_the_unit_in_which_a_sentence_tells_what_it_comes_to():
    text = (
        "项目支出合计750.40万元，明细见下。\n\n项目\t预算\t支出\n渠道清淤\t400.40\t398.10\n闸门检修\t350.00\t345.20\n小计\t750.40\t743.30\n"
    )
    assert grid_of(text).unit == "万元"


def test_a_bracket_that_says_who_is_meant_is_no_unit():
    grid = grid_of("乡镇（单位）\t人工造林\t封山育林\n云麓镇\t120\t340\n国有林场\t80\t260\n")
    assert grid.unit == ""
    assert {column.unit for column in grid.columns} == {""}


def test_a_head_that_ends_in_what_it_counts_gives_the_unit():
    grid = grid_of("场馆\t开放天数\t接待人次\n甲馆\t312\t198750\n乙馆\t330\t84210\n")
    assert [column.unit for column in grid.columns] == ["", "", "人次"]


def test_what_stands_under_a_numbered_half_of_the_budget_without_a_number_is_part_of_it():
    grid = grid_of(
        "项目\t决算\n部门支出合计\t300\n一、基本支出\t200\n人员经费\t150\n公用经费\t50\n二、项目支出\t100\n学生资助\t60\n校舍维修\t40\n"
    )
    assert [(row.level, row.name) for row in grid.rows[1:4]] == [(1, "基本支出"), (2, "人员经费"), (2, "公用经费")]


def test_basic_expenditure_that_a_word_opens_has_its_parts_and_the_projects_beside_it():
    grid = grid_of("项目\t决算\n部门支出\t300\n其中：基本支出\t200\n　　　人员经费\t150\n　　　公用经费\t50\n其中：项目支出\t100\n")
    levels = {row.name: row.level for row in grid.rows}
    assert levels["人员经费"] == levels["公用经费"] == levels["基本支出"] + 1
    assert levels["项目支出"] == levels["基本支出"]


@pytest.mark.parametrize("bar", ["|", "｜", "│", "┃"])
def test_bars_of_every_make_part_cells(bar):
    text = "\n".join(
        bar + bar.join(row) + bar for row in (("项目", "预算", "决算"), ("物业", "586.00", "578.40"), ("维修", "172.00", "156.80"))
    )
    assert [row.name for row in grid_of(text).rows] == ["物业", "维修"]


def test_a_bar_on_one_side_alone_opens_an_empty_cell():
    text = (
        " 序号 | 项目 | 可用资金 | 支出数\n 1 | 装备购置 | 312.00 | 304.82\n 2 | 森林防火 | 186.00 | 171.93\n   | 合计 | 498.00 | 476.75\n"
    )
    assert [(row.role, row.name) for row in grid_of(text).rows] == [(ITEM, "装备购置"), (ITEM, "森林防火"), (TOTAL, "合计")]


def test_a_stack_may_leave_out_the_name_of_the_group_that_the_row_above_has():
    heads = ["一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分"]
    stack = [*heads, "产出指标", "数量指标", "检查家次", "≥1800家次", "1846家次", "8", "8.00"]
    stack += ["数量指标", "演练场次", "≥60场", "57场", "8", "7.60"]
    stack += ["质量指标", "整改率", "≥98%", "99.08%", "8", "8.00", "产出小计", "24", "23.60"]
    grid = grid_of("\n".join(stack))
    assert [row.name for row in grid.rows] == ["检查家次", "演练场次", "整改率", "产出小计"]
    assert [row.value(grid.columns[-1]).number for row in grid.rows] == [
        Decimal("8.00"),
        Decimal("7.60"),
        Decimal("8.00"),
        Decimal("23.60"),
    ]
