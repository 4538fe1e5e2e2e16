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
