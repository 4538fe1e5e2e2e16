"""Remarks are data: what is looked for where, in which words it is told, and what of the table is refused."""

import pytest

from selfeval.exceptions import KnowledgeBroken
from selfeval.judging.remarks import CHECKS
from selfeval.judging.remarks.patterns import faults_of, table
from selfeval.knowledge import load
from tables_at_hand import audited

REPORT = "某县水务局部门整体支出绩效自评报告\n一、部门概况\n{words}\n"


def messages(words: str) -> list[str]:
    return list(audited(REPORT.format(words=words)).query("verdict == 'flag'")["message"])


def test_every_remark_is_worded_and_every_check_is_there():
    assert {entry["name"] for entry in load("remarks")["check"]} == {*CHECKS}
    assert {*table()} <= {*load("remarks")["rule"]}


@pytest.mark.parametrize(
    ("entry", "fault"),
    [
        ({"rule": "slips", "look_in": "nowhere"}, "look_in"),
        ({"rule": "slips", "look_in": "text", "words": "（未闭合("}, "正则表达式"),
        ({"rule": "unheard_of", "look_in": "text"}, "rule"),
        ({"rule": "slips", "look_in": "text", "silent": ["letter"]}, "letter"),
        ({"rule": "slips", "look_in": "text", "word": "布署"}, "word"),
    ],
)
def test_an_entry_that_names_what_there_is_not_is_refused(entry, fault):
    assert any(fault in said for said in faults_of(entry))


def test_all_faults_of_the_table_are_told_at_once(monkeypatch):
    broken = {"rule": "slips", "look_in": "nowhere", "words": "("}
    monkeypatch.setattr("selfeval.judging.remarks.patterns.load", lambda _: {"rule": {"slips": {"flag": {}}}, "remark": [broken]})
    with pytest.raises(KnowledgeBroken, match="look_in") as refused:
        table.__wrapped__()
    assert "正则表达式" in str(refused.value)


def test_places_of_one_rule_are_told_together_in_the_order_of_the_text():
    found = [said for said in messages("局里布署了汛期值守工作。资金己经拨付到各乡镇水站。") if "布署" in said]
    assert len(found) == 1
    assert found[0].index("布署") < found[0].index("己经")


def test_of_one_chapter_only_the_first_misplaced_sentence_is_told():
    text = "国有资本经营预算支出情况\n年末固定资产原值320.50万元。\n其中公务用车原值41.20万元。\n二、其他"
    found = [said for said in messages(text) if "国有资本经营预算" in said and "资产" in said]
    assert len(found) <= 1


@pytest.mark.parametrize(
    ("words", "asked"),
    [
        ("全年闸房出租收入18.60万元，已上缴国库。", True),
        ("本年度发放库区护林员误工补贴36.00万元。", True),
        ("年初预算1200.00万元，支出1150.00万元，用于渠道改造。", False),
        ("国有土地使用权出让收入安排的渠道改造1150.00万元。", False),
        ("本单位2031年无此项支出，上年为20.00万元。", False),
    ],
)
def test_money_among_government_funds_that_names_no_fund_is_asked_about(words, asked):
    assert (
        any("没有提到这一本预算的收入或支出" in said for said in messages(f"三、政府性基金预算支出情况\n{words}\n四、其他情况\n")) == asked
    )


def test_a_doubled_word_is_a_slip_and_a_name_that_doubles_is_none():
    assert any("“巡查”重复" in said for said in messages("河长定期巡查巡查辖区河道。"))
    assert not any("重复" in said for said in messages("干部学习学习再学习。"))


def test_rows_of_a_table_are_not_remarked_on():
    table = "二、收支情况\n项目\t全年预算\t支出\n汛情布署\t12.00\t11.50\n闸门维修\t8.00\t8.00\n合计\t20.00\t19.50\n三、其他情况\n没有。"
    assert not any("布署" in said for said in messages(table))


def test_a_paragraph_that_stands_there_once_more_is_told_with_its_place():
    line = "全年完成小型水库除险加固14座，清淤渠道36.5公里，受益农田2.8万亩，投入资金418.60万元。"
    assert any("一字不差" in said and "第5行" in said for said in messages(f"{line}\n其他工作照常开展。\n{line}"))


def test_a_row_of_items_that_begins_in_the_middle_is_told_and_one_that_goes_on_is_not():
    begun = "（一）水库\n1.加固大坝。\n2.更换闸门。\n（二）渠道\n{number}.清淤渠道。"
    assert any("前面的编号缺失" in said for said in messages(begun.format(number=5)))
    assert not any("前面的编号缺失" in said for said in messages(begun.format(number=3)))
