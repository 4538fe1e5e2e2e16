"""The reason of a deviation: one for audit, page and narrative, and only from words that give it for that line and that direction."""

from decimal import Decimal

import pytest

from selfeval.judging.assessment import assess
from selfeval.reading.document import Document
from selfeval.records.deviation import is_called_reason, reason_for
from selfeval.telling import page
from selfeval.telling.narrative import narrate
from selfeval.telling.page import Report

HEAD = "青石县水文中心（虚构）2031年度部门整体支出绩效自评报告\n\n一、预算执行情况\n"
TOTAL = "2031年部门整体支出年初预算500.00万元，全年预算520.00万元，实际支出470.00万元，预算执行率90.38%。\n"
PROJECTS = (
    "项目支出全年预算120.00万元，支出90.00万元，其中：测站改造预算80.00万元、支出60.00万元，{}；巡测船维护预算40.00万元、支出30.00万元。\n"
)


def assessed(body: str) -> dict:
    return assess(Document(HEAD + body, "report.txt", "txt", "utf-8"))


def reasons(body: str) -> dict[str, str]:
    lines = assessed(body)["budget_lines"]
    return {item: reason for item, reason in zip(lines["item"], lines["reason"], strict=True) if reason}


@pytest.mark.parametrize(
    ("told", "deviation", "counts"),
    [
        ("因上级追加水毁修复资金", -20, False),
        ("因上级追加水毁修复资金", 20, True),
        ("采购流标，尾款未付", -20, True),
        ("采购流标，尾款未付", 20, False),
        ("主要是值班和租船的费用", -20, False),
        ("一名职工年中去世", -20, True),
        ("一名职工年中去世", None, False),
        ("  ", -20, False),
        ("因浮标款已全部提前拨付", -20, False),
        ("因浮标款全部支付后招标节约", -20, True),
    ],
)
def test_words_are_a_reason_only_for_what_lies_the_way_they_point(told, deviation, counts):
    assert bool(reason_for(told, None if deviation is None else Decimal(deviation))) == counts


def test_only_words_that_say_so_are_called_a_reason():
    assert is_called_reason("因招标推迟")
    assert not is_called_reason("其中一处已退租")


def test_the_reason_of_one_project_of_a_list_is_not_given_to_the_whole():
    told = reasons(TOTAL + PROJECTS.format("主要是浮标运输推迟"))
    assert told == {"测站改造": "主要是浮标运输推迟"}


def test_a_reason_in_a_later_sentence_goes_to_the_project_it_names_in_whichever_table_that_stands():
    table = "项目支出情况表（单位：万元）\n项目名称\t全年预算数\t全年执行数\n断面测量监测\t60.00\t42.00\n预警广播维护\t30.00\t30.00\n"
    told = reasons(f"{table}\n二、分析\n{TOTAL.strip()}执行率最低的是断面测量监测，70.00%，因测量船下半年才到位，来不及完成。\n")
    assert told == {"断面测量监测": "因测量船下半年才到位，来不及完成"}


def test_what_becomes_of_the_money_left_over_is_no_reason():
    assert reasons(TOTAL.replace("90.38%。", "90.38%，年末结余50.00万元，该交回的交回，该结转的转到下年接着用。")) == {}


@pytest.mark.parametrize("words", ["余下的是码头租赁费，对方次年才开票", "两张发票来晚了，没赶上年底关账", "差额是验收后才付的设备款"])
def test_what_the_difference_is_and_what_happened_is_the_reason(words):
    assert reasons(TOTAL + PROJECTS.format(words)) == {"测站改造": words}


def test_why_something_grew_since_the_year_before_is_no_reason_for_what_is_left():
    grown = "“三公”经费预算12.00万元，支出10.00万元，较上年增加0.80万元，是因为承办流域会议而使接待任务增加，全年从严控制仍有压减。\n"
    assert reasons(f"{TOTAL}{grown}") == {}


DISAGREEING = {
    "a cue": PROJECTS.format("因浮标运输推迟"),
    "none": PROJECTS.format("执行率75.00%"),
    "the contrary": PROJECTS.format("因上级追加浮标购置资金"),
    "the very amount": PROJECTS.format("结余20.00万元，全部是浮标的质量保证金"),
    "elsewhere": PROJECTS.format("执行率75.00%") + "测站改造没花完，原因是浮标运输延误。\n",
}


@pytest.mark.usefixtures("without_font")
@pytest.mark.parametrize("body", DISAGREEING.values(), ids=DISAGREEING)
def test_audit_page_and_narrative_agree_on_whether_a_reason_is_given(body):
    tables = assessed(TOTAL + body)
    flagged = any("测站改造" in row.title and "没有说明原因" in row.title for row in tables["findings"].itertuples())
    asked = any("待填写：测站改造偏差的原因" in block.text for block in narrate(tables, "青石县水文中心", 2031))
    report = Report.of("qingshi-water", 2031, tables)
    line = next(line for line in report.lines if line.item == "测站改造")
    silent = not page.reasons.reason_of(report, line)
    assert flagged == asked == silent == (body in (DISAGREEING["none"], DISAGREEING["the contrary"]))
