"""Stocks with what came and went."""

import pytest

from tables_at_hand import audited

FLOWS = {
    "in the order it came about": ("公共自行车年初{}辆，年内新增120辆、报废45辆，年末675辆。", "600", "690"),
    "with the end in front": ("年末有效许可证{}张，当年新发22张、注销9张、年初250张。", "263", "283"),
    "with what there is told first": ("维护航标{}座，年初378座，新设13座，撤除5座。", "386", "396"),
    "a sentence behind one end": ("年末在队{}名，其中专职149名、文员29名；年内招录31名、退出26名，年初在队173名。", "178", "187"),
    "of one flow": ("平台累计接入单位1136家，年内新接入284家，年初{}家。", "852", "825"),
    "beside other things of its unit": ("拖移车辆214辆；租赁自行车年初{}辆，新投放800辆、清退1150辆，年末保有3250辆。", "3600", "3060"),
}


@pytest.mark.parametrize(("text", "right", "wrong"), FLOWS.values(), ids=FLOWS)
def test_a_stock_is_held_against_what_came_and_went(text, right, wrong):
    verdicts = [set(audited("三、履职情况\n\n" + text.format(stock))["verdict"]) for stock in (right, wrong)]
    assert ["differs" in each for each in verdicts] == [False, True]


def test_a_stock_of_which_not_all_flows_are_known_is_left_alone():
    text = "三、履职情况\n\n年初在册企业820家，新登记96家，迁出18家，另有12家名称变更，年末在册企业890家。"
    assert "differs" not in set(audited(text)["verdict"])
