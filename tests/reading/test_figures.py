"""What counts as a figure in official prose and in flattened tables. The examples are invented."""

from decimal import Decimal

import pytest

from selfeval.reading.figures import QUANTITIES, extract_figures


def quantities(text):
    return [(f.text, f.value, f.unit, f.qualifier, f.kind) for f in extract_figures(text) if f.kind in QUANTITIES]


def short(text):
    return [(f.value, f.unit, f.qualifier) for f in extract_figures(text) if f.kind in QUANTITIES]


def kinds(text):
    return [(f.text, f.kind) for f in extract_figures(text)]


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("支出 1，234．56万元", "1234.56", "万元"),
        ("支出共计为1,234.5\n万元", "1234.5", "万元"),
        ("拨款１２３．４万元", "123.4", "万元"),
        ("投入1.2 亿\n元。", "1.2", "亿元"),
        ("财政拨款\n1062.\n85万元", "1062.85", "万元"),
        ("调减-8.30万元", "-8.30", "万元"),
        ("人民币壹佰贰拾万元整", "120", "万元"),
        ("约合三亿元", "3", "亿元"),
        ("收入1410.00万，", "1410.00", "万"),
        ("每人每天补助30元", "30", "元"),
    ],
)
def test_an_amount_of_money_is_read_however_it_is_printed(text, value, unit):
    assert [(v, u, k) for _, v, u, _, k in quantities(text)] == [(Decimal(value), unit, "money")]


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("发放40余万份", "40", "万份"),
        ("连续作业9个多小时", "9", "小时"),
        ("历时两个多月", "2", "个月"),
        ("发放5万余份", "5", "万份"),
        ("共800多万份", "800", "万份"),
        ("培训1 250余人次", "1250", "人次"),
        ("转移三千五百余人", "3500", "人"),
        ("十多人到场", "10", "人"),
    ],
)
def test_yu_and_duo_mean_at_least_and_wan_stays_in_the_unit(text, value, unit):
    assert short(text) == [(Decimal(value), unit, "over")]


@pytest.mark.parametrize(
    ("text", "qualifier"),
    [
        ("死亡3人以上", "at_least"),
        ("不少于760小时", "at_least"),
        ("≥90%", "at_least"),
        ("覆盖率达百分之九十以上", "at_least"),
        ("不超过12家", "at_most"),
        ("用时不到6分钟", "at_most"),
        ("≤30件", "at_most"),
        ("面积约400平方米", "about"),
        ("面积约为\n13459平方米", "about"),
        ("坍方近百米", "about"),
        ("共35人左右", "about"),
        ("已超过1000次", "over"),
        ("占比逾七成，", "over"),
        ("近5年投入30个", "exact"),
        ("面包车上11人", "exact"),
        ("每超过1天扣分", "exact"),
        ("容积率≤1.8，", "at_most"),
    ],
)
def test_words_around_a_number_decide_its_qualifier(text, qualifier):
    assert short(text)[0][2] == qualifier


@pytest.mark.parametrize(
    ("text", "low", "high", "unit"),
    [
        ("配备3-5名专职人员", "3", "5", "名"),
        ("雨量100～150毫米", "100", "150", "毫米"),
        ("日均6至7次", "6", "7", "次"),
        ("约1.2-1.5万元", "1.2", "1.5", "万元"),
        ("半个小时至6个小时", "0.5", "6", "小时"),
        ("10%-20%", "10", "20", "%"),
        ("气温-3℃至5℃", "-3", "5", "℃"),
        ("受旱4万—5万亩", "4", "5", "万亩"),
        ("补助2000万～3000万元", "2000", "3000", "万元"),
    ],
)
def test_a_range_is_two_figures_that_share_a_unit(text, low, high, unit):
    assert short(text) == [(Decimal(low), unit, "range_low"), (Decimal(high), unit, "range_high")]


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("办结三十八起、", "38", "起"),
        ("一百五十四名队员", "154", "名"),
        ("占地两百零二平方米", "202", "平方米"),
        ("二百八十六点三五万人", "286.35", "万人"),
        ("启动响应三次。", "3", "次"),
        ("停业企业两家，", "2", "家"),
        ("其中一名临聘人员", "1", "名"),
        ("每季度上一堂党课", "1", "堂"),
        ("连续三年下降", "3", "年"),
        ("用时三个半小时", "3.5", "小时"),
        ("减产三成，", "3", "成"),
    ],
)
def test_chinese_numerals_with_a_unit_are_counts(text, value, unit):
    assert short(text) == [(Decimal(value), unit, "exact")]


@pytest.mark.parametrize(
    "text",
    [
        "“一企一策”管理",
        "落实三项制度",
        "招录三支一扶人员",
        "推进三年行动",
        "五个必须",
        "二级机构",
        "一是抓落实，二是抓整改",
        "一般隐患",
        "统一部署",
        "进一步提升",
        "一次性告知",
        "一次死亡",
        "零售经营",
        "零容忍",
        "第一时间到场",
        "万里街道",
        "三亚方向",
        "党的二十届三中全会",
        "队伍建设",
        "《十条措施》",
        "百日攻坚",
        "老百姓",
        "数百人",
        "三五个人",
        "十五六个人",
        "二三十万元",
        "百万吨死亡率",
        "亿千瓦时",
        "供水工程（二期）",
        "二期工程",
    ],
)
def test_numerals_in_words_names_and_slogans_are_no_quantities(text):
    assert quantities(text) == []


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("2023年", "year"),
        ("2023年度", "year"),
        ("2023年5月6日8时30分", "date"),
        ("2023.5.6", "date"),
        ("2023-5-6", "date"),
        ("6月18日", "date"),
        ("17时", "date"),
        ("13:08", "date"),
        ("5·12", "date"),
        ("第23个", "ordinal"),
        ("第三季度", "ordinal"),
        ("〔2020〕10号", "doc_number"),
        ("【2017】89号", "doc_number"),
        ("10号令", "doc_number"),
        ("0739-1234567", "phone"),
        ("13800001111", "phone"),
        ("138****0000", "phone"),
        ("W060701", "code"),
        ("湘A12345", "code"),
        ("512003009", "code"),
        ("1+11+15", "other"),
        ("三分之二", "other"),
        ("15.2︰41.3︰43.5", "other"),
        ("3比2", "other"),
        ("国道88公里+200米处", "other"),
        ("（201类）", "code"),
        ("（05款）", "code"),
        ("病例4", "ordinal"),
        ("附件2", "ordinal"),
        ("1/3", "other"),
    ],
)
def test_what_is_no_quantity_keeps_its_own_kind(text, kind):
    assert next(k for _, k in kinds(f"见{text}。")) == kind
    assert quantities(f"见{text}。") == []


def test_a_decimal_in_quotes_that_could_be_a_day_is_a_date():
    assert kinds("“6.13”“2.07”强降雨") == [("6.13", "date"), ("2.07", "date")]


def test_two_units_side_by_side_are_two_figures():
    assert short("倒塌2769户9626间") == [(Decimal(2769), "户", "exact"), (Decimal(9626), "间", "exact")]


def test_a_distributed_list_gives_each_number_its_unit():
    assert [v for v, *_ in short("分别为212人、198人和187人")] == [212, 198, 187]


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("发生率0.052次/10万公顷", "0.052", "次/10万公顷"),
        ("流量850立方米每秒", "850", "立方米每秒"),
        ("最大下泄850m³/s", "850", "m³/s"),
        ("标准50元/人·天", "50", "元/人·天"),
        ("日处理3万吨/日", "3", "万吨/日"),
        ("发病率6.5/10万", "6.5", "/10万"),
        ("货运周转量12亿吨公里", "12", "亿吨公里"),
        ("中心气压960百帕", "960", "百帕"),
        ("用地18 250.6㎡", "18250.6", "㎡"),
        ("检修路灯9,640盏次", "9640", "盏次"),
        ("整治2处次生灾害点", "2", "处"),
    ],
)
def test_a_compound_unit_stays_whole(text, value, unit):
    assert short(text) == [(Decimal(value), unit, "exact")]


def test_a_stroke_between_two_amounts_makes_no_unit_of_the_second():
    assert short("养护50万元/45万元") == [(Decimal(50), "万元", "exact"), (Decimal(45), "万元", "exact")]


def test_a_force_is_measured_and_a_level_of_response_is_not():
    assert short("风力9级，10级风圈扩大，启动3级响应") == [(Decimal(9), "级", "exact"), (Decimal(10), "级", "exact")]


def test_a_ratio_beside_amounts_has_no_unit_to_drop():
    assert [u for _, _, u, _, _ in quantities("城镇人均收入33250.5元，城乡收入倍差1.92，缩小0.04。")] == ["元", "", ""]


def test_ratios_called_rates_are_no_percentages():
    assert [(v, u, k) for _, v, u, _, k in quantities("容积率2.2，合格率96.5。")] == [
        (Decimal("2.2"), "", "count"), (Decimal("96.5"), "%", "percent")
    ]  # fmt: skip


def test_percent_permille_and_points_are_percent():
    assert [(u, k) for _, _, u, _, k in quantities("增长5.2%，受害率0.31‰，提高1.4个百分点，占七成，达百分之三点五")] == [
        ("%", "percent"), ("‰", "percent"), ("个百分点", "percent"), ("成", "percent"), ("%", "percent")
    ]  # fmt: skip


def test_a_percent_sign_left_out_after_a_word_of_growth_is_put_back():
    assert quantities("同比增长13.95。") == [("13.95", Decimal("13.95"), "%", "exact", "percent")]


def test_a_unit_in_the_header_belongs_to_every_cell_below():
    text = "项目\n预算数\n单位：元\n教育支出\n250,000\n科学技术支出\n100,000"
    assert [(v, u) for _, v, u, _, _ in quantities(text)] == [(Decimal(250000), "元"), (Decimal(100000), "元")]


def test_subject_codes_beside_amounts_are_codes():
    text = "单位：万元\n科目编码\n科目名称\n决算数\n301\n02\n津贴补贴\n1,238.58"
    assert kinds(text) == [("301", "code"), ("02", "code"), ("1,238.58", "money")]


def test_row_numbers_under_a_head_of_their_own_are_no_amounts():
    assert kinds("序号\n项目\n单位：元\n1\n办公费\n2100\n2\n印刷费\n3000") == [
        ("1", "ordinal"), ("2100", "money"), ("2", "ordinal"), ("3000", "money")
    ]  # fmt: skip


def test_a_column_head_gives_unit_and_kind_to_the_cells_below_it():
    text = "资金 年初数 调整 实现率(%)\n基本支出 167.46 -8.30 98.5"
    assert [(v, u, k) for _, v, u, _, k in quantities(text)] == [
        (Decimal("167.46"), "", "money"), (Decimal("-8.30"), "", "money"), (Decimal("98.5"), "%", "percent")
    ]  # fmt: skip


def test_numbers_after_target_and_result_of_an_indicator_row_are_scores():
    assert short("宣传信息条数 ≥300条 310 5 4.5") == [
        (Decimal(300), "条", "at_least"), (Decimal(310), "条", "exact"), (Decimal(5), "分", "exact"), (Decimal("4.5"), "分", "exact")
    ]  # fmt: skip


def test_a_stated_zero_is_kept_as_a_figure():
    assert [(f.text, f.value) for f in extract_figures("零投诉，无人员伤亡")] == [("零", 0), ("无人员伤亡", 0)]


def test_what_is_measured_is_told_with_its_owner():
    text = "水毁修复专项绩效目标12万元，实际支出11.5万元。"
    assert [f.measure for f in extract_figures(text)] == ["水毁修复专项绩效目标", "水毁修复专项实际支出"]


def test_a_noun_behind_the_number_tells_what_is_measured_where_nothing_stands_before():
    assert extract_figures("其中一名临聘人员离职")[0].measure == "临聘人员离职"


def test_a_figure_in_a_table_measures_what_its_row_and_column_heads_say():
    text = "项目名称\t年初预算数（万元）\t完成数量\n湿地巡护\t12.5\t36次\n"
    assert [f.measure for f in extract_figures(text)] == ["湿地巡护年初预算数", "湿地巡护完成数量"]


def test_an_empty_cell_printed_as_a_dash_makes_no_range():
    assert [f.qualifier for f in extract_figures("绩效奖\t52.4\t—\t100%")] == ["exact", "exact"]


def test_a_long_whole_amount_under_a_head_of_money_is_an_amount():
    text = "项目\t预算数\n单位：元\n道路养护\t12345\n校舍维修\t123456789\n科目编码\t2080505\n"
    assert [(f.value, f.unit) for f in extract_figures(text) if f.kind == "money"] == [(12345, "元"), (123456789, "元")]


@pytest.mark.parametrize("words", ["单位：万元", "金额单位均为万元", "（单位为万元）", "（万元）"])
def test_a_unit_may_be_stated_in_several_ways(words):
    assert quantities(f"支出表\n{words}\n绿化养护\t35.6")[0][2] == "万元"


def test_what_a_form_counts_is_no_money_though_it_tells_its_money_in_ten_thousands():
    text = "基本信息\n金额单位：万元\n编制人数\t24\t退休人数\t9\n在册对象\t18462\t人员经费\t35\n"
    assert [(str(v), u, k) for _, v, u, _, k in quantities(text)] == [
        ("24", "人", "count"), ("9", "人", "count"), ("18462", "", "count"), ("35", "万元", "money")
    ]  # fmt: skip


@pytest.mark.parametrize(("title", "unit"), [("二、护林员增减（人）", "人"), ("二、护林员增减", "")])
def test_what_there_was_at_both_ends_of_a_year_is_a_stock_and_no_budget(title, unit):
    money = "一、预算\n单位：万元\n项目\t年初预算\t支出数\n防火\t35.60\t30.00\n"
    text = f"{money}\n{title}\n乡镇\t年初数\t新聘\t解聘\t年末数\n东山\t221\t9\t8\t222\n"
    assert {u for _, v, u, _, _ in quantities(text) if v > 200} == {unit}


def test_a_table_with_one_cell_a_line_is_read_by_the_heads_above_it():
    text = "项目资金\n（万元）\n预算数\n执行数\n分值\n执行率\n得分\n资金总额\n75.5\n70\n10\n92.7\n9.3"
    assert [(v, u) for _, v, u, _, _ in quantities(text)] == [
        (Decimal("75.5"), "万元"), (Decimal(70), "万元"), (Decimal(10), "分"), (Decimal("92.7"), "%"), (Decimal("9.3"), "分")
    ]  # fmt: skip


def test_weights_and_scores_end_a_row_whatever_stands_before_them():
    text = "指标 指标值 完成值 分值 得分 偏差原因\n完成时间 2021年6月底前 2021年7月3日 8 6.5 雨天停工\n总分 100 95.5"
    assert [(v, u) for _, v, u, _, _ in quantities(text)] == [
        (Decimal(8), "分"), (Decimal("6.5"), "分"), (Decimal(100), "分"), (Decimal("95.5"), "分")
    ]  # fmt: skip


def test_a_unit_stated_for_amounts_ends_where_targets_and_results_begin():
    text = "单位：万元\n项目 预算数 执行数\n巡护 20 19\n指标 指标值 完成值 分值 得分\n巡护次数 50 52 10 10"
    assert [u for _, _, u, _, _ in quantities(text)] == ["万元", "万元", "", "", "分", "分"]


@pytest.mark.parametrize(
    "text",
    ["产品 计量单位 产量 增长（%）\n水泥 万吨 35.2 -1.4", "产品\n计量单位\n产量\n增长（%）\n水泥\n万吨\n35.2\n-1.4"],
)
def test_a_unit_in_a_cell_of_its_own_belongs_to_its_row(text):
    assert [(v, u) for _, v, u, _, _ in quantities(text)] == [(Decimal("35.2"), "万吨"), (Decimal("-1.4"), "%")]


def test_columns_that_state_their_own_units_share_none():
    text = "序号 乡镇 户数（户） 资金（元） 备注\n1 东乡 35 7,000\n合计 35 7,000"
    assert [(v, u) for _, v, u, _, _ in quantities(text)] == [(Decimal(35), "户"), (Decimal(7000), "元")] * 2


def test_line_numbers_behind_the_names_of_a_form_are_no_amounts():
    text = "单位：元\n项目\n行次\n决算数\n事业收入\n4\n1,200.00\n其他收入\n5\n支出合计\n36\n900.00"
    assert kinds(text) == [("4", "ordinal"), ("1,200.00", "money"), ("5", "ordinal"), ("36", "ordinal"), ("900.00", "money")]


def test_a_row_that_numbers_the_columns_holds_no_amounts():
    assert [v for _, v, *_ in quantities("单位：万元\n合计 出国费 接待费 用车费\n1 2 3 4\n6.5 0 1.5 5")] == [
        Decimal("6.5"),
        0,
        Decimal("1.5"),
        5,
    ]


def test_empty_cells_between_tabs_keep_the_columns_apart():
    text = "单位：万元\n\t科目编码\t科目名称\t基本支出\t项目支出\n\t20508\t培训支出\t\t15\n\t2050803\t其他培训\t\t15"
    assert kinds(text) == [("20508", "code"), ("15", "money"), ("2050803", "code"), ("15", "money")]


def test_codes_in_columns_of_their_own_stand_before_the_name_of_the_row():
    text = "单位：万元\n科目编码 科目名称 合计\n205 08 培训支出 12\n205 教育支出 12"
    assert kinds(text) == [("205", "code"), ("08", "code"), ("12", "money"), ("205", "code"), ("12", "money")]


def test_a_name_that_states_its_unit_gives_it_to_the_number_below():
    assert quantities("粮食产量（万吨）\n33.6")[0][1:3] == (Decimal("33.6"), "万吨")


def test_numbers_in_columns_of_codes_and_of_order_are_no_amounts_whatever_unit_the_table_has():
    text = "单位：万元\n序号\t类\t款\t科目名称\t决算数\n1\t302\t28\t工会经费\t24.45\n2\t302\t29\t福利费\t42.71\n"
    kinds = [(figure.text, figure.kind) for figure in extract_figures(text)]
    assert kinds[:4] == [("1", "ordinal"), ("302", "code"), ("28", "code"), ("24.45", "money")]


# ---- a unit declared once ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("declared", "unit"),
    [
        ("金额除注明外为万元，成交额为亿元。", "万元"),
        ("（金额单位除注明外均为元）", "元"),
        ("文中金额单位均为万元。", "万元"),
        ("本站经费以元为单位。", "元"),
        ("文中数字除另有说明外以万元计。", "万元"),
        ("二、资金使用（单位：万元）", "万元"),
        ("贰、资金使用（单位：万元）", "万元"),
        ("第三章 花费（金额单位：元）", "元"),
        ("（一）支出构成，均以万元计", "万元"),
    ],
)
def test_a_decimal_behind_a_word_for_money_has_the_unit_the_report_declares(declared, unit):
    text = f"{declared}\n基本支出5218.40，其中人员经费4127.36，公用经费871.94。\n"
    assert {(figure.unit, figure.kind) for figure in extract_figures(text) if "." in figure.text} == {(unit, "money")}


def test_a_unit_declared_in_a_heading_ends_with_what_stands_under_it():
    text = "二、资金使用（单位：万元）\n基本支出5218.40。\n三、绩效情况\n项目支出满意系数0.98。\n"
    assert [figure.kind for figure in extract_figures(text) if "." in figure.text] == ["money", "count"]


def test_a_unit_declared_in_a_heading_holds_for_the_headings_below_it():
    text = "二、资金使用（单位：元）\n（一）基本支出\n基本支出5218.40。\n（二）项目支出\n支出1,200,500，惠及1,200,500人次。\n三、绩效\n"
    text += "支出36.20。\n"
    units = [(figure.text, figure.unit) for figure in extract_figures(text) if figure.kind in ("money", "count")]
    assert units == [("5218.40", "元"), ("1,200,500", "元"), ("1,200,500人次", "人次"), ("36.20", "")]


def test_whole_numbers_told_as_budget_and_spending_have_the_unit_declared_for_their_list():
    text = "支出明细（单位：元）：\n苗木补植：预算180,000，支出176,400，补植320。\n护林巡查：预算总额95,000，支出95,000，巡查1260。\n"
    money = [figure.text for figure in extract_figures(text) if figure.kind == "money"]
    assert money == ["180,000", "176,400", "95,000", "95,000"]


def test_budget_and_spending_told_bare_in_one_line_have_the_unit_of_the_money_before():
    text = "项目支出90.00万元。\n（1）苗木补植，预算40.00、执行38.00（95.00%）；\n（2）护林巡查：预算50.00，实际45.00。\n湿度预算0.85。\n"
    money = [figure.text for figure in extract_figures(text) if figure.kind == "money"]
    assert money == ["90.00万元", "40.00", "38.00", "50.00", "45.00"]


def test_stages_told_bare_below_a_line_of_amounts_have_the_unit_of_these():
    lead = "2.3 项目支出，年初394.0万元，调整后451.5万元，支出427.58万元。分项列示：\n"
    items = "湿地巡护：年初128.0，调整后164.8，支出161.97。\n苗木补植：年初96.5，未调整，支出94.02，成活率系数0.98。\n"
    text = f"{lead}{items}2.4 其他。支出3.20。\n"
    money = [figure.text for figure in extract_figures(text) if figure.kind == "money" and not figure.text.endswith("元")]
    assert money == ["128.0", "164.8", "161.97", "96.5", "94.02"]


def test_what_was_aimed_at_is_money_where_the_report_declares_a_unit():
    text = "单位除写明外为万元。\n（1）湿地巡护，目标22.00，实际21.76，完成率98.91%。\n"
    assert [figure.unit for figure in extract_figures(text) if "." in figure.text] == ["万元", "万元", "%"]


def test_two_numbers_beside_a_stroke_are_two_and_one_of_so_many_is_a_rate():
    assert [(figure.text, figure.unit) for figure in extract_figures("编制/实有：58名 / 54人，发病率3.2例/10万人")] == [
        ("58名", "名"), ("54人", "人"), ("3.2例/10万人", "例/10万人")
    ]  # fmt: skip


def test_what_a_sum_lessened_by_is_no_percentage_where_a_unit_of_money_is_declared():
    text = "资金以万元计。\n支出486.30，比上年减少49.27，下降9.20%。\n"
    assert [(figure.text, figure.unit) for figure in extract_figures(text)] == [("486.30", "万元"), ("49.27", "万元"), ("9.20%", "%")]


def test_a_decimal_without_unit_is_money_where_its_sentence_goes_on_with_such_and_the_report_declares_a_unit():
    text = "金额单位除注明外均为万元。\n年初180.00，追加60.00，全年240.00；支出235.20，完成率98.00%。"
    text += "其中灯器128.60、浮标106.60。评分：预算完成9.75、产出47.80。"
    money = [figure.text for figure in extract_figures(text) if figure.kind == "money"]
    assert money == ["180.00", "60.00", "240.00", "235.20", "128.60", "106.60"]


def test_by_how_much_a_budget_was_changed_and_to_what_is_no_range():
    assert [figure.qualifier for figure in extract_figures("调增24.20万元至134.20万元")] == ["exact", "exact"]
    assert [figure.qualifier for figure in extract_figures("补助24万元至134万元")] == ["range_low", "range_high"]
