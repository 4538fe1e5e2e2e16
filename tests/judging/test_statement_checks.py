"""How a difference of prose is told: what is judged by what name, both numbers, the figures it rests on, and the slip."""

from decimal import Decimal

import pytest

from tables_at_hand import audited


def told(text, verdict="differs"):
    (found,) = audited(text).query(f"verdict == '{verdict}'").itertuples()
    return found


def test_a_rate_is_called_by_its_own_name_and_told_with_both_numbers_and_the_slip():
    found = told("矿山方面，发现隐患320条，已整改304条，整改率59%。")
    assert (found.family, found.severity, found.title) == ("rate", "medium", "“矿山整改率”与复算结果不符")
    assert (found.stated, found.recomputed, found.difference, found.unit) == (59, 95, -36, "%")
    assert found.message == (
        "矿山整改率列为 59%，按 304条 ÷ 320条 复算为 95%，所列少 36 个百分点。疑为59%→95%：两位数字颠倒。请核对这个数或所依据的数字。"
    )
    assert found.figures == "f0003 f0002 f0001"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("项目支出400万元，占部门支出1000万元的42%。", "项目支出占部门支出"),
        ("发放棉被900床，比上年800床增加90床。", "棉被增加"),
        ("收回有效问卷300份，表示满意的279份，满意度为95%。", "满意度"),
        ("基本支出年初预算120.00万元，决算108.00万元，执行率80%。", "基本支出执行率"),
    ],
)
def test_a_claim_is_called_by_what_it_is_of(text, name):
    assert told(text).title == f"“{name}”与复算结果不符"


def test_an_average_is_told_in_the_unit_it_is_printed_in():
    found = told("发放救助资金45.6万元，救助152户，户均3200元。")
    assert (found.title, found.stated, found.recomputed, found.unit) == ("“救助资金户均”与复算结果不符", 3200, 3000, "元")
    assert "3200元→3000元" in found.message


def test_a_list_of_the_budget_is_called_by_its_line_and_weighs_more():
    text = "二、基本支出情况\n\n基本支出年初预算120.00万元，决算120.00万元，其中人员经费90.50万元，公用经费24.10万元。\n"
    found = told(text)
    assert (found.family, found.severity, found.title) == ("sum", "high", "“基本支出”与所列分项之和不符")
    assert (found.stated, found.recomputed, found.difference, found.unit) == (Decimal(120), Decimal("114.60"), Decimal("5.40"), "万元")
    assert "所列2项（人员经费 90.50万元、公用经费 24.10万元）相加为 114.60 万元，总数比分项之和多 5.40 万元" in found.message


def test_a_list_of_other_things_is_a_difference_of_medium_weight():
    found = told("开展桌面推演6场、实战演练9场，合计16场。")
    assert (found.family, found.severity, found.difference) == ("sum", "medium", 1)


def test_what_became_of_things_is_told_as_such_with_the_trade():
    found = told("矿山方面，共发现隐患80条，已整改60条，正在整改12条。")
    assert (found.family, found.severity, found.title) == ("closure", "high", "“矿山隐患”与处理情况不闭合")
    assert "所列2项（已整改 60条、正在整改 12条）合计 72 条，总数多 8 条（占10.00%）" in found.message


def test_a_part_larger_than_its_whole_is_told_by_how_much():
    found = told("全年发放棉被900床，其中东片350床、西片400床、南片160床。")
    assert (found.family, found.severity, found.title) == ("part_whole", "high", "“棉被”小于所列部分")
    assert "合计已达 910 床，超出 10 床" in found.message


def test_a_change_the_wrong_way_round_is_told_by_its_direction():
    found = told("接报警情260起，上年250起，同比下降4%。")
    assert (found.family, found.title) == ("rate", "“接报警情”的增减方向写反了")
    assert "260 起，比较的数是 250 起，多 10 起，报告写的却是“下降4%”" in found.message


def test_what_is_said_twice_is_told_with_both():
    found = told("全年检查矿山143家次。\n\n全年检查矿山134家次。\n")
    assert (found.family, found.title) == ("repeat", "“检查矿山”前后不一致")
    assert "一处写 134 家次，另一处写 143 家次，相差 9 家次" in found.message


def test_what_is_said_twice_in_two_units_is_told_as_it_is_printed():
    found = told("支出合计19,264,090.70元。\n\n支出合计为1962.41万元。\n")
    assert "一处写 1962.41万元，另一处写 19,264,090.70元，相差 36.000930 万元" in found.message


def test_what_agrees_names_its_formula():
    found = told("项目支出400万元，占部门支出1000万元的40%。", "agrees")
    assert (found.severity, found.title) == ("info", "“项目支出占部门支出”复算相符")
    assert found.message == "项目支出占部门支出 40%，按 400万元 ÷ 1000万元 复算相符。"


def test_a_rate_of_what_was_done_in_time_lacks_its_number():
    (found,) = audited("窗口共受理办件90件，办结90件，按时办结率100%。").query("family == 'rate'").itertuples()
    assert (found.verdict, found.title) == ("not_checkable", "“按时办结率”没有及时办理的件数支持")


@pytest.mark.parametrize(("months", "verdict"), [("6个月", "agrees"), ("5个月", "differs")])
def test_a_time_between_two_dates_is_told(months, verdict):
    (found,) = audited(f"工程自4月1日起至9月30日止，共{months}。").query("family == 'count'").itertuples()
    assert found.verdict == verdict
    assert "4月1日 至 9月30日" in found.message


def test_a_long_list_names_its_first_parts_only():
    names = ("甲乙丙丁戊己庚辛壬癸"[number // 4] + "东西南北"[number % 4] for number in range(20))
    (found,) = audited("共清理河道20条，分别为" + "、".join(f"{name}村1条" for name in names) + "。").query("family == 'sum'").itertuples()
    assert "所列20项" in found.message
    assert found.message.count("1条") == 12


def test_of_two_ways_to_count_days_between_two_events_the_one_a_slip_explains_is_told():
    (found,) = audited("改造工程2031年3月16日开工，2031年11月30日完成验收，历时239天。").query("family == 'count'").itertuples()
    assert (found.stated, found.recomputed) == (239, 259)


def verdicts(text):
    return {(row.verdict, row.stated, row.recomputed) for row in audited(text).itertuples()}


SPENT = "行政运行（项）。年初预算为430.00万元，支出决算为{}万元。决算数{}预算数的主要原因：年中有所调整。"


@pytest.mark.parametrize(
    ("spent", "word", "verdict"), [("420.00", "大于", "differs"), ("420.00", "小于", "agrees"), ("420.00", "等于", "differs")]
)
def test_words_that_compare_two_figures_are_held_to_them(spent, word, verdict):
    assert (verdict, float(spent), 430) in verdicts(SPENT.format(spent, word))


@pytest.mark.parametrize(("now", "verdict"), [(204, "differs"), (186, "agrees")])
def test_what_is_called_unchanged_must_be_what_it_was(now, verdict):
    assert (verdict, now, 186) in verdicts(f"全年培训{now}人次，上年186人次，与上年持平。")


@pytest.mark.parametrize(
    ("reason", "flagged"), [("宣传事务经费增加", True), ("压减宣传经费", False), ("上年一次性支出减少，人员经费增加", False)]
)
def test_a_reason_that_points_the_other_way_is_remarked(reason, flagged):
    found = audited(f"宣传事务支出97.00万元，比上年减少3.00%，主要原因是{reason}。")
    assert ("reason" in set(found.query("verdict == 'flag'")["family"])) == flagged


MARKS = "经自评，预算执行（20分）得18.6分，产出（40分）得38.6分，效益（30分）得28.5分，满意度（10分）得9.4分，总得分{}分。"


@pytest.mark.parametrize(("total", "verdict"), [("95.1", "agrees"), ("97.3", "differs")])
def test_marks_whose_weights_make_one_hundred_make_up_the_total(total, verdict):
    assert (verdict, float(total), 95.1) in {(v, float(s or 0), float(r or 0)) for v, s, r in verdicts(MARKS.format(total))}


def test_a_rate_beside_its_operands_is_told_where_a_slip_explains_it():
    assert ("differs", Decimal("92.51"), Decimal("95.21")) in verdicts("应参加年检146家，实际参检139家，年检率92.51%。")


def test_a_rate_beside_other_figures_is_left_alone_without_a_slip():
    assert audited("登记企业146家，走访企业139家，年检率81.30%。").query("verdict == 'differs'").empty


def test_a_number_that_mends_several_claims_is_told_at_its_own_place():
    found = told("项目支出调整后884.00万元，支出823.56万元，执行率92.12%。其中清淤调整后594.00万元，护坡调整后300.00万元。")
    assert (found.stated, found.recomputed) == (884, 894)


def test_a_sentence_is_held_against_the_cell_that_has_its_line():
    table = "项目名称\t全年预算数\t全年执行数\n临时救助\t430.00万元\t428.15万元\n道路养护\t960.00万元\t951.36万元\n\n"
    found = audited(f"{table}临时救助全年执行428.51万元。").query("verdict == 'differs'")
    assert list(zip(found["stated"], found["recomputed"], strict=True)) == [(Decimal("428.51"), Decimal("428.15"))]


@pytest.mark.parametrize(("again", "told"), [("绿化养护", 0), ("路灯维护", 1)])
def test_a_list_that_names_one_item_twice_with_two_amounts_is_remarked(again, told):
    text = f"项目支出70.00万元，其中：桥梁检测支出20.00万元，路灯维护支出30.00万元，{again}支出20.00万元。"
    found = audited(text).query("verdict == 'flag'")
    assert [title for title in found["title"] if "列了两次" in title] == ["“路灯维护支出”在同一处列了两次，金额不同"] * told


def test_what_was_added_to_a_stock_is_told_with_a_plus():
    found = audited("图书馆年初藏书17.68万册，当年新增1.26万册，年末藏书18.94万册。").query("verdict == 'agrees'")
    assert "17.68万册 ＋ 1.26万册" in "".join(found["message"])


@pytest.mark.parametrize(
    ("text", "contrary"),
    [
        ("鱼道维护预算40.00万元，支出30.00万元，执行率75.00%，主要原因是柴油涨价。", True),
        ("注：鱼道维护执行率75.00%，系巡护场次超出计划、补偿标准提高所致。", True),
        ("鱼道维护预算40.00万元，支出44.00万元，完成预算的110.00%（因压减费用）。", True),
        ("巡护船油料费比上年减少3.20万元，主要原因是巡护任务增加。", True),
        ("鱼道维护预算40.00万元，支出30.00万元，执行率75.00%，主要原因是钢材涨价后重新招标，开工推迟。", False),
        ("鱼道维护预算40.00万元，支出30.00万元，执行率75.00%，主要原因是图纸审查未通过。", False),
        ("鱼道维护预算40.00万元，支出39.60万元，执行率99.00%，主要原因是柴油涨价。", False),
        ("鱼道维护预算40.00万元，支出44.00万元，执行率110.00%，主要原因是前年的尾款未付，延后至今年支付。", False),
        ("鱼苗成活率75.00%，主要原因是投放数量增加。", False),
    ],
)
def test_a_reason_that_tells_only_of_the_contrary_is_asked_about(text, contrary):
    assert audited(text)["title"].str.contains("原因与数字的方向相反").any() == contrary
