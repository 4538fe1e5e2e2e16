"""One invented error a sentence, of the kinds reports hold: each is told, and what only looks like one is not."""

import tomllib
from decimal import Decimal
from pathlib import Path

import pytest

from tables_at_hand import audited

HEAD = "甲县水务局2031年度部门整体支出绩效自评报告\n\n二、预算执行情况\n\n"
SENTENCES = tomllib.loads(Path(__file__).with_name("sentences.toml").read_text(encoding="utf-8"))
TOLD, QUIET = SENTENCES["told"], SENTENCES["quiet"]


@pytest.mark.parametrize("told", TOLD.values(), ids=TOLD)
def test_an_error_is_told_with_what_would_be_right(told):
    found = audited(HEAD + told["text"]).query("verdict == 'differs'").itertuples()
    right = Decimal(told["right"]) if told["right"] else None
    assert (Decimal(told["stated"]), right) in {(each.stated, each.recomputed) for each in found}


@pytest.mark.parametrize("text", QUIET.values(), ids=QUIET)
def test_what_only_looks_like_an_error_is_not(text):
    assert "differs" not in set(audited(HEAD + text)["verdict"])


def test_a_growth_since_the_beginning_of_the_year_is_of_what_there_was_then():
    text = "在册合作社2486家，年初为2365家，全年净增121家，增长5.21%。"
    (found,) = audited(HEAD + text).query("verdict == 'differs'").itertuples()
    assert str(found.recomputed) == "5.12"


def test_an_average_is_of_the_whole_of_a_list_whose_first_item_is_the_sum_of_the_others():
    text = "组织培训16期：企业人员8期、乡镇人员5期、村级信息员3期，参加人数分别为640人、285人、315人，一共1240人次，平均每期75.7人次。"
    (found,) = audited(HEAD + text).query("verdict == 'differs'").itertuples()
    assert str(found.recomputed) == "77.5"


def test_a_sum_that_is_one_of_its_parts_short_is_said_to_leave_one_out():
    text = "四个项目预算合计112.50万元。其中调查研究42.00万元，志愿服务36.00万元，就业见习34.50万元，希望工程18.00万元。"
    (found,) = audited(HEAD + text).query("verdict == 'differs'").itertuples()
    assert (found.stated, found.recomputed) == (Decimal("112.50"), Decimal("130.50"))
    assert "漏加其中一项" in found.message


@pytest.mark.parametrize(("number", "told"), [("六", True), ("五", False)])
def test_units_whose_names_end_in_many_ways_are_counted(number, told):
    units = "县供水管理中心、县水政监察大队、县水利工程质量监督站、县河道管理所、县水文监测队"
    found = audited(f"{HEAD}下属{units}共计{number}个事业单位。").query("verdict == 'differs'")
    assert found.empty != told


def test_and_joins_the_last_two_of_the_units_that_are_counted():
    assert "differs" not in set(audited(HEAD + "内设办公室、财务审计科、合作指导科、经济发展科和资产管理科五个科室。")["verdict"])
