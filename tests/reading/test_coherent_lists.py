"""Which lists can be meant: those of one time, of one whole, of as many parts as are told."""

import pytest

from selfeval.reading.document import Document
from selfeval.reading.figures import figures_of
from selfeval.reading.statements import read_statements
from selfeval.reading.structure import edges_of
from selfeval.reading.structure.edge import ALL, BOUND, FLOW, SUM

NO_SUMS = {
    "years in a row": "决算支出3210.52万元，其中2021年2986.15万元、2022年3044.70万元、2023年3210.52万元。",
    "this year and the year before": "死亡1人，受伤3人，上年分别为2人和5人。",
    "states at the end of each quarter": "一季度末累计支出268.44万元、二季度末累计612.90万元、三季度末累计833.23万元，合计833.23万元。",
    "the first of a list and the others": "接报火灾384起。按起火原因：电气153起、用火不慎112起、吸烟36起、遗留火种41起、其他42起。",
}


def spoken(text):
    document = Document(text, "", "", "")
    return read_statements(document, figures_of(document))


def sums_of(text):
    said = spoken(text)
    told = [each.figure.text for each in said.statements]
    return {
        (edge.kind, edge.words, told[edge.claim], *(told[place] for place in edge.operands))
        for edge in edges_of(said)
        if edge.kind in (SUM, BOUND)
    }


@pytest.mark.parametrize("text", NO_SUMS.values(), ids=NO_SUMS)
def test_what_does_not_add_up_by_its_nature_is_no_list(text):
    wholes = {(claim, *parts) for kind, _, claim, *parts in sums_of(text) if len(parts) > 1 and claim != "384起"}
    assert not wholes


def test_some_of_a_thing_are_bound_by_all_there_is_of_it():
    assert (BOUND, ALL, "186个", "198个") in sums_of("覆盖行政村198个，全县行政村186个。")


def test_the_total_of_things_counted_in_units_of_their_own_is_their_sum():
    assert (SUM, "total", "141家", "14家", "57所", "70家") in sums_of("摸排宾馆14家、学校57所、养老机构70家，合计141家。")


def test_two_divisions_of_one_whole_are_two_lists():
    text = "全年救助儿童336名，按类别分为听力58名、肢体71名、智力207名，按机构分为县内248名、县外88名。"
    wholes = [sorted(parts) for _, _, claim, *parts in sums_of(text) if claim == "336名"]
    assert ["248名", "88名"] in wholes


def test_a_round_of_a_campaign_is_no_number():
    assert (SUM, "total", "1945家次", "642家", "718家", "585家") in sums_of("检查分三轮：一轮642家、二轮718家、三轮585家，累计1945家次。")


def test_a_budget_and_what_became_of_it_are_no_stock():
    text = "年初批复预算5218.60万元，全年预算5965.45万元，全年支出5860.46万元，年末结转104.99万元。"
    assert not [edge for edge in edges_of(spoken(text)) if edge.kind == FLOW]
