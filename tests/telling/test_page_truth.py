"""Nothing is put into anyone's mouth: reasons, results and sections are what the report says, of what it says them."""

import re
from decimal import Decimal

import pytest

from pages import fact, invented, line, without_cards
from selfeval.judging.assessment import assess
from selfeval.reading.document import Document
from selfeval.telling import page
from selfeval.telling.page import Report
from selfeval.telling.page.outcomes import nothing_happened

pytestmark = pytest.mark.usefixtures("without_font")

D = Decimal
SCHOOL = """例县第三中学（虚构）2031年度部门整体支出绩效自评报告

一、单位基本情况
学校核定编制96名，年末在职教职工92人。

二、预算安排与执行
全年部门整体支出预算数1200.00万元，实际支出1180.00万元。

三、部门整体支出绩效情况
（一）教育教学
全年招收新生412人，毕业学生398人，年末在校学生1236人。开展教研活动46次。
（二）学生资助
发放助学金216人，资助金额32.40万元。

四、存在的问题
生均占地面积18.60平方米，低于标准。
"""


def assessed(text: str) -> Report:
    return Report.of("li-school", 2031, assess(Document(text, "report.txt", "txt", "utf-8")))


def text_of(block) -> str:
    found = without_cards(block)
    for table in found(["table", "svg"]):
        table.decompose()
    return re.sub(r"\s+", "", found.get_text())


# ---- reasons ----------------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("reason", "actual", "is_one"),
    [
        ("年中因上级下达救灾资金追加40万元", "380", False),
        ("年中因上级下达救灾资金追加40万元", "420", True),
        ("部分项目未批复", "380", True),
        ("部分项目未批复", "420", False),
        ("一名人员死亡", "380", True),
    ],
)
def test_why_a_budget_was_raised_is_no_reason_for_money_left_over(reason, actual, is_one):
    whole = line(1, "部门整体支出", "total", adjusted=D("400"), actual=D(actual), reason=reason)
    told = text_of(page.budget_chapter(invented([whole])))
    assert (reason in told) == is_one
    assert ("没有说明原因" in told) != is_one


@pytest.mark.parametrize(("reasons", "is_said"), [(("停工", "停工"), True), (("停工", ""), True), (("", "停工"), False), (("", ""), False)])
def test_the_reason_is_said_to_stand_with_the_parts_only_where_they_give_it(reasons, is_said):
    whole = line(1, "部门整体支出", "total", adjusted=D(100), actual=D(50))
    parts = [
        line(n, name, adjusted=D(50), actual=D(50) - left, parent_id="b01", reason=reason)
        for n, name, left, reason in ((2, "甲项目", D(45), reasons[0]), (3, "乙项目", D(5), reasons[1]))
    ]
    assert ("原因见分项" in text_of(page.budget_chapter(invented([whole, *parts])))) == is_said


# ---- what became of what was found ------------------------------------------------------------------------------------------------------


def found(number: int, sector: str, sentence: str, value: int, indicator: str = "hazards_found") -> dict[str, object]:
    label = {"hazards_found": "排查发现隐患", "hazards_rectified": "已整改隐患"}[indicator]
    return fact(number, indicator, label, sector=sector, value=D(value), unit="处", sentence=sentence)


def test_a_sentence_that_says_all_was_put_right_is_quoted_beside_the_numbers():
    mines, gas = "矿山发现隐患40处，整改30处。", "燃气发现隐患12处，均已整改到位。"
    report = invented(facts=[found(1, "mines", mines, 40), found(2, "mines", mines, 30, "hazards_rectified"), found(3, "gas", gas, 12)])
    told = text_of(page.safety_chapter(report))
    assert "报告还这样说整改情况：“燃气发现隐患12处，均已整改到位。”" in told
    assert "燃气称“均已整改到位”" in text_of(page.opening(report))
    assert "没有单列整改数" not in text_of(page.opening(report))


def test_two_campaigns_of_one_trade_are_not_made_one_rate():
    first, second = "汛前发现隐患214处，处置198处。", "发现问题137处，销号137处。"
    pairs = ((first, 214, 198), (second, 137, 137))
    facts = [
        found(2 * n + k, "water", sentence, value, indicator)
        for n, (sentence, *values) in enumerate(pairs)
        for k, (indicator, value) in enumerate(zip(("hazards_found", "hazards_rectified"), values, strict=True))
    ]
    told = text_of(page.safety_chapter(invented(facts=facts)))
    assert "水利排查214处，整改198处；另一处排查137处，整改137处（几处范围不同，不合并算整改率）" in told


def test_the_loss_of_accidents_is_not_told_as_that_of_disasters():
    accidents, disasters = "事故直接经济损失1268.5万元。", "全年发生自然灾害7次，直接经济损失2764.3万元。"
    facts = [
        fact(1, "direct_loss", "直接经济损失", "disasters", value=D("1268.5"), unit="万元", sentence=accidents),
        fact(2, "disaster_events", "自然灾害次数", "disasters", value=D(7), unit="次", sentence=disasters),
        fact(3, "direct_loss", "直接经济损失", "disasters", value=D("2764.3"), unit="万元", sentence=disasters),
    ]
    told = text_of(page.opening(invented(facts=facts)))
    assert "全年发生自然灾害7次，直接经济损失2764.3万元" in told
    assert "1268.5" not in told


# ---- any body ---------------------------------------------------------------------------------------------------------------------------


def test_a_school_has_its_pupils_and_none_of_the_chapters_of_an_emergency_bureau():
    chapter = without_cards(page.safety_chapter(assessed(SCHOOL)))
    assert [heading["id"] for heading in chapter.find_all("h3")] == ["work-sections"]
    assert [heading.get_text() for heading in chapter.find_all("h4")] == ["教育教学", "学生资助"]
    assert "“全年招收新生412人，毕业学生398人，年末在校学生1236人”" in text_of(page.safety_chapter(assessed(SCHOOL)))


def test_what_stands_under_problems_or_money_is_not_told_as_work():
    told = text_of(page.safety_chapter(assessed(SCHOOL)))
    assert "生均占地" not in told
    assert "1180.00" not in told


def test_the_first_screen_of_a_school_tells_its_own_sections():
    told = text_of(page.opening(assessed(SCHOOL)))
    assert "教育教学“全年招收新生412人" in told
    assert "学生资助“发放助学金216人" in told


# ---- the verdict ------------------------------------------------------------------------------------------------------------------------


def doubt(number: int, severity: str, verdict: str, difference: str, unit: str = "万元", **more: object) -> dict[str, object]:
    own = {"finding_id": f"c{number:03d}", "family": "sum", "title": f"第{number}处", "message": "…", "line": 1}
    return {**own, "severity": severity, "verdict": verdict, "difference": D(difference), "unit": unit, **more}


@pytest.mark.parametrize(
    ("findings", "words_"),
    [
        ([doubt(1, "high", "differs", "12.5")], "账还没有对上：1处数字互相不符，最要紧的一处相差12.5万元"),
        ([doubt(1, "low", "differs", "1")], "没有发现重大的不符，有1处一般或轻微的数字不符"),
        ([doubt(1, "high", "flag", "9")], "没有发现数字互相不符，有1处要紧的事要说明"),
        ([doubt(1, "info", "agrees", "0")], "没有发现数字互相不符"),
        ([doubt(1, "high", "differs", "12.5", acknowledged="已附说明")], "没有发现数字互相不符"),
    ],
)
def test_the_verdict_says_whether_the_accounts_agree(findings, words_):
    whole = line(1, "部门整体支出", "total", adjusted=D("400"), actual=D("390"))
    assert text_of(page.opening(invented([whole], findings=findings))).count(f"{words_}；实际支出390万元，是全年预算数的97.50%。") == 1


def test_the_gravest_doubts_are_differences_in_money_before_all_else():
    given = [
        doubt(1, "medium", "differs", "500"),
        doubt(2, "high", "flag", "90"),
        doubt(3, "high", "differs", "7", "条"),
        doubt(4, "high", "differs", "3"),
        doubt(5, "high", "differs", "30"),
    ]
    shown = without_cards(page.opening(invented(findings=given)))
    assert [row.get_text(strip=True) for row in shown.select(".doubts li")] == ["第 5 处，30 万元", "第 4 处，3 万元", "第 3 处，7 条"]


def test_a_slip_in_the_marks_a_body_gives_itself_weighs_less_than_one_of_its_work():
    given = [doubt(1, "high", "differs", "0.4", "分"), doubt(2, "high", "differs", "7", "条"), doubt(3, "medium", "differs", "5")]
    shown = without_cards(page.opening(invented(findings=given)))
    assert [row.get_text(strip=True) for row in shown.select(".doubts li")] == ["第 3 处，5 万元", "第 2 处，7 条", "第 1 处，0.4 分"]


def test_a_heading_with_marks_in_it_is_no_sentence_about_work():
    text = SCHOOL.replace("（一）教育教学\n", "（一）教育教学（30分，得29分）\n")
    told = text_of(page.safety_chapter(assessed(text)))
    assert "得29分" not in told
    assert "教育教学“全年招收新生412人" in told


def test_a_part_larger_than_its_whole_makes_no_rate():
    facts = [
        fact(1, "hazards_major", "重大隐患", sector="mines", value=D(87), unit="处"),
        fact(2, "hazards_found", "排查发现隐患", sector="mines", value=D(5013), unit="处"),
        fact(3, "hazards_major_rectified", "已整改重大隐患", sector="mines", value=D(4887), unit="处"),
    ]
    report = invented(facts=facts)
    assert any(row.metric == "major_rectification_rate" and row.value > 1 for row in report.safety if row.status == "computed")
    assert "5617" not in text_of(page.safety_chapter(report))


def test_what_is_said_of_the_very_amount_left_over_is_quoted():
    text = SCHOOL.replace("实际支出1180.00万元。", "实际支出1180.00万元；年终结转20.00万元，全部用在次年开学以前。")
    told = text_of(page.budget_chapter(assessed(text)))
    assert "报告说：“年终结转20.00万元，全部用在次年开学以前”" in told
    assert "没有说明原因" not in told


def test_an_amount_left_over_of_which_nothing_more_is_said_is_no_reason():
    text = SCHOOL.replace("实际支出1180.00万元。", "实际支出1180.00万元；年终结转20.00万元。")
    assert "没有说明原因" in text_of(page.budget_chapter(assessed(text)))


def test_what_money_was_spent_on_is_no_reason_for_what_is_left():
    text = SCHOOL.replace("实际支出1180.00万元。", "实际支出1180.00万元，主要是教职工的工资和日常办公费用。")
    told = text_of(page.budget_chapter(assessed(text)))
    assert "说明的原因：" not in told


def test_a_remark_that_tells_what_happened_is_the_reason_of_its_project():
    heads = "项目支出明细表（单位：万元）\n项目名称\t全年预算数\t全年执行数\t备注\n"
    rows = f"{heads}设备更新\t100.00\t60.00\t招标流标，尾款未付\n校舍维修\t50.00\t40.00\t上级专项\n"
    told = page.budget_chapter(assessed(SCHOOL.replace("三、部门", f"{rows}\n三、部门")))
    cells = [[cell.get_text(strip=True) for cell in row.select("th, td")] for row in without_cards(told).select("tr")]
    said = {row[0]: row for row in cells}
    assert "招标流标，尾款未付" in said["设备更新"]
    assert "没有说明" in said["校舍维修"]


def test_a_bare_nothing_happened_says_nothing_of_the_year():
    assert nothing_happened("转移群众4126人，无人员伤亡。") == []
    assert nothing_happened("转移群众3164人，无一人因山洪伤亡。") == ["无一人因山洪伤亡"]


def test_a_point_of_running_prose_is_no_section_of_its_own():
    text = SCHOOL.replace(
        "四、存在的问题", "（三）主要做法\n一是先议后建。召开村民会议76场。二是以图管井。给386眼机井编号上图。\n\n四、存在的问题"
    )
    told = text_of(page.safety_chapter(assessed(text)))
    assert "主要做法“" in told
    assert "先议后建“" not in told


# ---- what became of hazards -------------------------------------------------------------------------------------------------------------


def hazards(sentence: str) -> str:
    return text_of(page.safety_chapter(assessed(SCHOOL.replace("（二）学生资助", f"（二）安全检查\n{sentence}\n（三）学生资助"))))


def test_what_became_of_hazards_adds_up_in_one_unit():
    told = hazards("排查隐患100条，已整改60条，正在整改25条。")
    assert "排查100条，整改60条，整改率60.00%，整改中25条，另有15条没有交代去向" in told
    assert "15项" not in told


def test_what_was_put_right_later_counts_as_put_right():
    told = hazards("排查隐患50处，汛前整改45处，剩余5处采取临时措施后于9月底前整改到位。")
    assert "整改率100.00%，其余5处随后整改" in told
    assert "没有交代去向" not in told


def test_that_all_was_put_right_by_a_month_is_quoted_with_its_date():
    assert "均在5月底前整改" in hazards("排查隐患46处，均在5月底前整改。")


def test_a_bare_nobody_died_is_no_word_on_the_year():
    assert nothing_happened("转移群众384人，无一人伤亡。") == []


def test_what_is_left_may_be_told_in_the_next_lines():
    text = SCHOOL.replace("实际支出1180.00万元。", "实际支出1180.00万元。\n年终结转20.00万元，全部是楼道整治的工程尾款。")
    assert "报告说：“年终结转20.00万元，全部是楼道整治的工程尾款”" in text_of(page.budget_chapter(assessed(text)))


def test_what_leads_up_to_the_very_amount_of_a_deviation_is_quoted():
    text = SCHOOL.replace("实际支出1180.00万元。", "实际支出1220.00万元，汛期提前，值班人员伙食补贴20.00万元。")
    assert "汛期提前，值班人员伙食补贴20.00万元" in text_of(page.budget_chapter(assessed(text)))
    bare = SCHOOL.replace("实际支出1180.00万元。", "实际支出1220.00万元，比全年预算超出20.00万元。")
    assert "没有说明原因" in text_of(page.budget_chapter(assessed(bare)))


def test_households_that_were_helped_are_not_called_in_need():
    told = hazards("开展冬春救助160户，发放资金8.00万元。")
    assert "冬春救助160户" in told
    assert "需要救助" not in told
    assert "冬春需要救助160户" in hazards("冬春救助需救助160户。")


def test_every_disaster_of_a_list_has_its_own_name():
    told = assessed(
        SCHOOL.replace(
            "（二）学生资助", "（二）抗灾\n先后遭受“1.12”低温冰冻、“4.18”风雹、“6.20”、“7.6”洪涝等四次自然灾害。\n（三）学生资助"
        )
    )
    assert [fact.label for fact in told.facts_of("disaster_event")] == ["低温冰冻", "风雹", "洪涝", "洪涝"]


def test_a_quote_does_not_say_again_what_heads_it():
    text = SCHOOL.replace(
        "发放助学金216人，资助金额32.40万元。", "(1)网格：划分网格178个，专属网格18个。\n(2)事件：上报1684件，办结1672件。"
    )
    told = text_of(page.safety_chapter(assessed(text)))
    assert "“划分网格178个，专属网格18个”" in told
    assert "(1)网格" not in told


def test_enforcement_without_a_total_is_told_in_a_sentence():
    assert "检查90家次。" in hazards("检查企业90家次。")


def test_what_became_of_all_hazards_stands_before_those_of_trades():
    told = hazards("全县排查隐患900处，整改完成880处，正在整改的20处。\n矿山：查出隐患138条，已整改131条，正在整改7条。")
    assert told.index("排查900处，整改880处") < told.index("矿山排查138条，整改131条")


def test_what_was_to_be_put_right_by_a_day_is_not_under_way_where_more_was_put_right_by_the_end():
    told = hazards("查出隐患438条，当场改了295条，限期整改143条；到年底改完431条，没改的7条挂牌。")
    assert "排查438条，整改431条，整改率98.40%，未整改7条。" in told
    assert "143" not in told.split("按报告自己的章节看")[0]


def test_nobody_hurt_alone_is_no_disaster_of_the_year():
    assert "无人员伤亡" not in hazards("台风期间转移危房居住人员487人次，未发生人员伤亡。").split("按报告自己的章节看")[0]


# ---- what one witness alone says --------------------------------------------------------------------------------------------------------


def test_what_is_only_suspect_is_folded_and_counted_apart():
    text = SCHOOL + "\n公用经费39.87万元，其中办公费10.40万元、水电费14.87万元。\n"
    report = assessed(text)
    (suspect,) = report.ordered_findings("suspect")
    found = page.findings_chapter(report)
    said = text_of(found)
    assert "1处待核，请对照原文" in said
    assert "0不符" in said
    assert "1待核" in said
    folded = without_cards(found).find(id=suspect.finding_id).find_parent("details", class_="list")
    assert folded is not None
    assert not folded.has_attr("open")


def test_each_number_found_stands_with_what_was_put_right_of_it():
    told = hazards("东片矿山查隐患40条，整改38条；西片矿山查隐患60条，整改51条。")
    assert "排查40条，整改38条；另一处排查60条，整改51条" in told
    assert "整改38条；另一处排查40条，整改51条" not in told


def test_numbers_of_different_extent_are_not_put_as_one_of_a_trade():
    facts = [
        found(1, "mines", "矿山查隐患40条，整改38条。", 40),
        found(2, "mines", "矿山查隐患40条，整改38条。", 38, "hazards_rectified"),
        found(3, "mines", "煤矿查隐患900条。", 900),
    ]
    told = text_of(page.safety_chapter(invented(facts=facts)))
    assert "矿山有几处数，范围不同" in told
    assert "整改率" not in told.split("各领域隐患数")[0]


def test_more_put_right_than_found_is_no_rate():
    facts = [found(1, "gas", "燃气查隐患40条，整改43条。", 40), found(2, "gas", "燃气查隐患40条，整改43条。", 43, "hazards_rectified")]
    assert "107" not in text_of(page.safety_chapter(invented(facts=facts)))


def test_a_row_of_a_table_is_no_sentence_to_quote():
    text = SCHOOL.replace("（二）学生资助", "（二）收支表\n合计 18,176,981.42 9,422,741.29\n（三）学生资助")
    assert "18,176,981.42" not in text_of(page.opening(assessed(text)))


def test_a_difference_within_what_is_printed_is_no_money_without_a_place():
    text = SCHOOL.replace(
        "全年部门整体支出预算数1200.00万元，实际支出1180.00万元。",
        "全年部门整体支出预算数0.80亿元，实际支出0.77亿元。其中：基本支出0.26亿元，项目支出0.50亿元。",
    )
    told = text_of(page.budget_chapter(assessed(text)))
    assert "四舍五入的范围内" in told
    assert "不在这两项之内" not in told


def test_money_is_printed_to_two_decimals_whatever_unit_it_was_printed_in():
    text = SCHOOL.replace("实际支出1180.00万元", "实际支出11,803,456.78元")
    told = text_of(page.budget_chapter(assessed(text)))
    assert "1180.35万元" in told
    assert "1180.345678" not in told


def test_the_first_doubts_stand_in_the_order_of_their_money():
    rows = [
        {
            "finding_id": f"c{n}",
            "family": "sum",
            "severity": "high",
            "verdict": "differs",
            "title": title,
            "difference": D(size),
            "unit": unit,
        }
        for n, (title, size, unit) in enumerate((("甲", "3", "批次"), ("乙", "20", "元"), ("丙", "2", "万元")))
    ]
    told = text_of(page.opening(invented(findings=rows)))
    assert told.index("丙") < told.index("乙") < told.index("甲")


def test_how_the_money_without_a_place_comes_out_of_the_gap_is_said():
    lines = [
        line(1, "部门整体支出", "total", actual=D(100)),
        line(2, "基本支出", "basic", parent_id="b01", actual=D(40)),
        line(3, "项目支出", "project_total", parent_id="b01", actual=D(30)),
        {**line(4, "政府性基金预算", "fund", parent_id="b01", actual=D(10)), "book": "government_fund"},
    ]
    told = text_of(page.budget_chapter(invented(lines)))
    assert "另有30万元" in told
    assert "减去其他各节所列的，仍有20万元没有说明去向" in told
    assert "没有说明去向＝不在这两项之内的30−10（政府性基金预算）" in told


def test_what_all_projects_came_to_is_told_where_none_is_told_by_itself():
    whole = line(1, "部门整体支出", "total", adjusted=D("400"), actual=D("390"))
    together = line(2, "项目支出", "project_total", adjusted=D("150"), actual=D("141"))
    told = text_of(page.budget_chapter(invented([whole, together])))
    assert "项目支出全年预算数150万元，实际支出141万元" in told
