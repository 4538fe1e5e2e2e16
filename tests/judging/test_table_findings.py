"""How what tables owe themselves is told, and what else is asked of them: rows that stand twice, notes that do not fit."""

from decimal import Decimal

import pytest

from tables_at_hand import audited

HEAD = "甲县林业局2031年部门预算\n2031年项目支出预算表\n单位：万元\n项目名称\t年初预算数\t全年执行数\n"


def test_a_difference_names_table_row_column_relation_and_slip():
    text = HEAD + "护林员补助\t24.00\t24.00\n林区道路养护\t53.00\t35.20\n合计\t59.00\t59.20\n"
    (found,) = audited(text).query("verdict == 'differs'").itertuples()
    assert found.message.startswith("《2031年项目支出预算表》“")
    assert "合计 = 护林员补助 + 林区道路养护" in found.message


def test_a_change_told_in_words_that_points_the_other_way_is_told_without_a_number():
    rows = "指标\t2030年\t2031年\t同比\n苗木\t318\t326\t增长2.5%\n巡护\t164\t151\t下降7.9%\n造林\t2310\t2548\t下降10.3%\n"
    (found,) = audited(f"甲县林业局2031年工作总结\n一、主要指标\n{rows}").query("verdict == 'differs'").itertuples()
    assert (found.title, found.recomputed) == ("一张表中“造林”的增减方向写反了", None)


@pytest.mark.parametrize(
    ("again", "told"), [("护林员补助\t24.00\t24.00", 1), ("护林员补助\t24.00\t23.00", 0), ("护林员培训\t24.00\t24.00", 0)]
)
def test_a_row_that_stands_twice_with_all_its_numbers_is_asked_about(again, told):
    text = HEAD + f"护林员补助\t24.00\t24.00\n林区道路养护\t36.00\t35.20\n{again}\n"
    assert list(audited(text)["title"]).count("《2031年项目支出预算表》中“护林员补助”一行重复") == told


def test_a_total_that_takes_in_a_row_twice_is_told_with_what_it_would_be():
    rows = "护林员补助\t24.00\t24.00\n林区道路养护\t36.00\t35.20\n护林员补助\t24.00\t24.00\n合计\t84.00\t83.20\n"
    (found,) = audited(HEAD + rows).query("title.str.contains('一行重复')").itertuples()
    assert (found.stated, found.recomputed, found.unit) == (Decimal(84), Decimal(60), "万元")


@pytest.mark.parametrize(
    ("below", "told"),
    [
        ("注：本部门2031年无项目支出，故本表为空表。\n", 1),
        ("注：本表不含上年结转。\n", 0),
        ("2031年政府性基金预算表\n注：本部门没有政府性基金预算，故本表为空表。\n", 0),
    ],
)
def test_a_note_that_a_table_is_empty_stands_under_an_empty_table(below, told):
    text = HEAD + "护林员补助\t24.00\t24.00\n林区道路养护\t36.00\t35.20\n" + below
    assert list(audited(text)["title"]).count("《2031年项目支出预算表》注明为空表，表中却有数字") == told


def test_one_structure_that_does_not_hold_is_no_difference():
    text = (
        "甲县林业局2031年部门预算\n单位：万元\n项目\t年初预算数\t全年执行数\n造林\t24.00\t21.00\n抚育\t36.00\t33.20\n合计\t95.00\t71.40\n"
    )
    assert audited(text).query("family == 'table' and verdict == 'differs'").empty


DIVIDED = (
    "甲县司法局2032年部门预算\n2032年收支预算总表\n单位：万元\n项目\t人员经费\t公用经费\t项目支出\n公共安全支出\t266.00\t60.00\t120.00\n"
    "住房保障支出\t40.00\t0.00\t0.00\n支出总计\t{}\t{}\t120.00\n本表含财政拨款。\n2032年基本支出经济分类预算表\n单位：万元\n"
    "科目名称\t合计\t人员经费\t公用经费\n工资福利支出\t290.00\t290.00\t\n商品和服务支出\t76.00\t\t76.00\n合计\t366.00\t290.00\t76.00\n"
)


@pytest.mark.parametrize(("costs", "told"), [(("306.00", "60.00"), {"306.00", "60.00"}), (("320.00", "60.00"), set())])
def test_one_whole_is_divided_alike_in_two_tables_and_two_wholes_need_not_be(costs, told):
    found = audited(DIVIDED.format(*costs)).query("verdict == 'differs' and message.str.contains('经济分类')")
    assert {str(stated) for stated in found["stated"]} == told


ACCOUNT = "甲县科技局2031年度部门决算\n财政拨款“三公”经费支出决算表\n单位：万元\n"
ACCOUNT += "合计\t公务接待费\t公务用车购置及运行费\n预算数\t决算数\t预算数\n"


@pytest.mark.parametrize(
    ("below", "told"),
    [
        ("“三公”经费财政拨款支出年初预算为0.95万元。\n", 1),
        ("“三公”经费财政拨款支出年初预算为0万元。\n", 0),
        ("上年“三公”经费财政拨款支出为0.95万元。\n", 0),
        ("政府性基金预算财政拨款支出12.00万元。\n", 0),
        ("注：本部门无“三公”经费，故本表无数据。\n“三公”经费财政拨款支出年初预算为0.95万元。\n", 0),
    ],
)
def test_a_table_without_numbers_is_asked_about_where_the_text_has_an_amount_of_it(below, told):
    assert list(audited(ACCOUNT + below)["title"]).count("《财政拨款“三公”经费支出决算表》没有数字，正文却有金额") == told


CONTENTS = "目录\n一、部门概况\n二、部门预算表\n1. 2031年收入预算表\n2. 2031年支出预算表\n3. 2031年项目预算表\n三、名词解释\n"
TABLES = "甲县司法局2031年部门预算\n{}部门概况\n承担全县的普法工作，指导人民调解。\n2031年收入预算表\n收入12万元。\n{}"


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("2031年支出预算表\n支出12万元。\n", ["目录所列的表正文中没有：2031年项目预算表"]),
        ("2031年支出预算表\n支出12万元。\n2031年项目预算表\n无。\n", []),
        ("支出表\n支出12万元。\n项目表\n无。\n", []),
    ],
    ids=["one is missing", "all are there", "they are called otherwise"],
)
def test_a_table_on_the_contents_page_stands_in_the_text(body, told):
    titles = audited(TABLES.format(CONTENTS, body))["title"]
    assert [title for title in titles if title.startswith("目录所列的表")] == told


@pytest.mark.parametrize(
    ("heading", "told"),
    [
        ("第二部分 甲县司法局2030年度部门决算情况说明", 1),
        ("第二部分 甲县司法局2031年度部门决算情况说明", 0),
        ("二、2030年度结转项目执行情况", 0),
        ("二、2032年度工作打算", 0),
    ],
)
def test_the_heading_of_a_part_has_the_year_of_the_document(heading, told):
    text = f"甲县司法局2031年度部门决算\n第一部分 部门概况\n承担全县普法工作。\n{heading}\n2031年度收入支出总计12.00万元。\n"
    assert list(audited(text)["title"]).count("标题写的是2030年") == told


SAID = "甲县体育局2031年度部门决算\n基本支出决算表\n单位：万元\n科目名称\t决算数\n人员经费合计\t250.00\n公用经费合计\t40.00\n"


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("基本支出300.00万元。其中：人员经费260.00万元，公用经费40.00万元。", 1),
        ("基本支出290.00万元。其中：人员经费250.00万元，公用经费40.00万元。", 0),
        ("场馆维护项目支出26.00万元。其中：人员经费20.00万元，公用经费6.00万元。", 0),
        ("上年基本支出284.00万元。上年人员经费244.00万元，公用经费40.00万元。", 0),
    ],
    ids=["one of two is wrong", "both are right", "another whole", "another year"],
)
def test_an_amount_is_held_against_the_table_its_neighbour_is_of(sentence, told):
    found = audited(SAID + sentence).query("family == 'table' and verdict == 'differs'")
    assert len(found) == told


def test_a_score_is_its_weight_times_what_was_reached_where_the_others_of_its_table_are():
    marks = ("一级指标\t权重\t得分率\t得分", "执行\t10\t97.1%\t9.71", "产出\t50\t96.0%\t48.00", "效益\t30\t96.0%\t28.08")
    rows = "\n".join((*marks, "满意度\t10\t94.0%\t9.40", "合计\t100\t\t95.91", ""))
    (found,) = audited(rows).query("verdict == 'differs'").itertuples()
    assert (found.stated, found.recomputed) == (Decimal("28.08"), Decimal("28.80"))


def test_marks_that_seldom_come_out_of_weight_and_result_are_not_worked_out_so():
    marks = ("指标\t目标\t实际\t分值\t得分", "建档率\t≥90%\t94.5%\t7\t7", "管理率\t≥65%\t72.1%\t7\t7", "接种率\t≥95%\t98.5%\t7\t7")
    rows = "\n".join((*marks, "使用率\t≥60%\t56.0%\t8\t7.5", "及时率\t100%\t100%\t7\t7", "合计\t\t\t36\t35.5", ""))
    assert audited(rows).query("verdict == 'differs'").empty


def test_what_a_column_tells_in_a_larger_unit_is_what_the_one_beside_it_tells():
    rows = ("类别\t户数（户）\t金额（元）\t折合（万元）", "甲类\t412\t374680\t37.47", "乙类\t268\t206400\t20.64")
    rows = (*rows, "丙类\t195\t113880\t19.39", "丁类\t76\t73350\t7.34", "戊类\t31\t26560\t2.66", "")
    (found,) = audited("\n".join(rows)).query("verdict == 'differs'").itertuples()
    assert (found.stated, found.recomputed) == (Decimal("19.39"), Decimal("11.39"))


SHARED_OUT = "科室\t编制（人）\t在岗（人）\t全年经费（万元）\t人均（元）\n"


def test_an_average_of_a_table_is_told_where_those_of_the_other_rows_come_out():
    rows = ("综合科\t18\t17\t71.40\t42000", "发展科\t14\t13\t48.10\t37000", "事务科\t16\t15\t53.25\t35500", "应急科\t9\t8\t33.68\t41200")
    (found,) = audited(SHARED_OUT + "\n".join((*rows, "执法科\t22\t20\t76.80\t38400", ""))).query("verdict == 'differs'").itertuples()
    assert (found.stated, found.recomputed) == (Decimal(41200), Decimal(42100))


def test_a_last_row_that_mostly_adds_up_is_a_total_whatever_it_is_called():
    months = "\n".join(f"{month}月\t{20 + month}\t{4100 + 37 * month}\t{2900 + 11 * month}" for month in range(1, 5))
    text = f"月份\t开馆天数\t到馆人次\t外借册次\n{months}\n全年\t90\t16870\t11710\n"
    (found,) = audited(text).query("verdict == 'differs'").itertuples()
    assert (found.stated, found.recomputed) == (Decimal(16870), Decimal(16770))


def test_a_rate_whose_head_does_not_say_of_what_is_told_where_those_of_other_rows_come_out():
    head = "支出项目\t年初预算数\t调整预算数\t决算数\t完成调整预算\n"
    rows = (
        "人员经费\t514.06\t541.03\t539.20\t99.66%",
        "公用经费\t101.14\t102.85\t100.31\t97.53%",
        "项目甲\t118.65\t130.82\t124.21\t94.49%",
    )
    text = f"单位：万元\n{head}" + "\n".join((*rows, "项目乙\t60.00\t64.00\t57.60\t90.00%", "项目丙\t30.00\t28.00\t26.60\t95.00%", ""))
    (found,) = audited(text).query("verdict == 'differs'").itertuples()
    assert (found.stated, found.recomputed.quantize(Decimal("0.01"))) == (Decimal("94.49"), Decimal("94.95"))


BOOK = (
    "甲县林业局2031年部门预算\n\n一、收支情况\n\n{}其中基本支出60.00万元、项目支出{}万元，林业管理70.00万元、住房改革16.00万元。\n\n"
    "{}\n单位：万元\n科目名称\t合计\t基本支出\t项目支出\n林业管理\t70.00\t48.00\t22.00\n住房改革\t16.00\t12.00\t4.00\n合计\t86.00\t60.00\t26.00\n"
)


@pytest.mark.parametrize(
    ("opening", "title", "told"),
    [
        ("支出预算90.00万元，", "2031年支出预算表", 1),
        ("支出预算90.00万元，", "2031年一般公共预算支出预算表", 0),
        ("一般公共预算支出90.00万元，", "2031年一般公共预算支出预算表", 1),
        ("一般公共预算支出90.00万元，", "2031年支出预算表", 0),
    ],
)
def test_a_sentence_is_held_against_tables_of_its_own_book(opening, title, told):
    assert len(audited(BOOK.format(opening, "30.00", title)).query("verdict == 'differs' and family == 'table'")) == told


BEHIND = (
    "甲县水务局2031年度部门整体支出绩效自评表\n单位：万元\n科目\t年初预算\t全年预算\t全年执行\t执行率\n"
    "水源保护\t82.00\t96.00\t94.20\t98.13%\n管网巡检\t45.00\t45.00\t43.75\t97.22%\n项目支出\t127.00\t141.00\t{spent}\t97.84%\n"
    "人员经费\t210.40\t218.60\t217.90\t99.68%\n公用经费\t36.20\t36.20\t35.40\t97.79%\n基本支出\t246.60\t254.80\t253.30\t99.41%\n"
    "合计\t373.60\t{budget}\t391.25\t98.85%\n"
)


@pytest.mark.parametrize(
    ("spent", "budget", "told"),
    [
        ("137.95", "395.80", None),
        ("137.95", "359.80", ("359.80", "395.80")),
        ("173.95", "395.80", ("173.95", "137.95")),
    ],
    ids=["what comes out", "the total", "a line made up by those in front of it"],
)
def test_lines_made_up_by_those_in_front_of_them_make_up_the_total(spent, budget, told):
    found = audited(BEHIND.format(spent=spent, budget=budget)).query("verdict == 'differs'").itertuples()
    assert [(str(each.stated), str(each.recomputed)) for each in found] == ([told] if told else [])


def test_both_lists_below_a_total_speak_for_what_it_would_have_to_be():
    table = (
        "甲县水务局2031年度部门整体支出绩效自评表\n单位：万元\n资金\t年初预算\t全年预算\t全年执行\n年度资金总额\t473.10\t459.30\t453.35\n"
        "其中：财政拨款\t430.00\t450.00\t444.85\n其他资金\t7.10\t9.30\t8.50\n其中：基本支出\t246.60\t254.80\t253.30\n项目支出\t190.50\t204.50\t200.05\n"
    )
    (found,) = audited(table).query("verdict == 'differs'").itertuples()
    assert (str(found.stated), str(found.recomputed)) == ("473.10", "437.10")


def test_a_part_of_a_list_inside_another_is_to_blame_where_the_total_comes_out():
    table = (
        "甲县水务局2031年度部门整体支出绩效自评表\n单位：万元\n资金\t年初预算\t全年预算\t全年执行\t执行率\n年度资金总额\t373.60\t395.80\t391.25\t98.85%\n"
        "一、按来源：财政拨款\t350.00\t370.00\t366.30\t99.00%\n上级补助\t23.60\t25.80\t24.95\t96.71%\n"
        "二、按性质：基本支出\t246.60\t254.80\t253.30\t99.41%\n其中：人员经费\t210.40\t218.60\t217.90\t99.68%\n公用经费\t36.20\t36.20\t35.40\t97.79%\n"
        "项目支出\t127.00\t141.00\t137.95\t97.84%\n水源保护\t82.00\t69.00\t94.20\t98.13%\n管网巡检\t45.00\t45.00\t43.75\t97.22%\n"
    )
    (found,) = audited(table).query("verdict == 'differs'").itertuples()
    assert (str(found.stated), str(found.recomputed)) == ("69.00", "96.00")


def test_the_title_of_a_table_may_stand_apart_from_its_number():
    money = "附表一\t预算\n项目\t年初\t全年\t执行\n健身\t36.00\t38.00\t37.20\n训练\t12.00\t14.00\t13.10\n合计\t48.00\t52.00\t50.30\n"
    medals = "附表二\t奖牌（枚）\n项目\t金\t银\t合计\n田径\t14\t13\t27\n游泳\t12\t14\t26\n举重\t13\t11\t42\n总计\t39\t38\t77\n"
    (found,) = audited(f"甲县体育局2031年度部门整体支出绩效自评报告\n{money}\n{medals}").query("verdict == 'differs'").itertuples()
    assert (str(found.stated), str(found.recomputed)) == ("42", "24")


def test_all_the_year_is_what_its_quarters_add_up_to():
    rows = "普法\t12\t15\t11\t18\t65\n调解\t84\t92\t77\t86\t339\n法援\t31\t28\t35\t40\t134\n合计\t127\t135\t123\t144\t529\n"
    text = f"甲县司法局2031年度部门整体支出绩效自评报告\n分季度办理情况（件）\n类别\t一季度\t二季度\t三季度\t四季度\t全年\n{rows}"
    (found,) = audited(text).query("verdict == 'differs'").itertuples()
    assert (found.stated, found.recomputed) == (Decimal(65), Decimal(56))
