"""What of the relations of prose may be called a difference: two witnesses, the slip that explains it, one finding a root cause."""

import pytest

from selfeval.judging.relations.edges import Steps, relations_of_edges, relations_of_ranking
from selfeval.judging.verdicts import AGREES, DIFFERS, ROUNDING, UNBOUND, judge
from selfeval.reading.document import Document
from selfeval.reading.figures import extract_figures
from selfeval.reading.statements import read_statements
from selfeval.reading.structure import edges_of, likely_edges
from tables_at_hand import audited


def judged(text):
    spoken = read_statements(Document(text, "r.txt", "txt", "utf-8"), extract_figures(text))
    statements, steps = spoken.statements, Steps(spoken.statements)
    ranking = relations_of_ranking(likely_edges(spoken), statements, steps)
    return judge(relations_of_edges(edges_of(spoken), statements), statements, ranking)


def verdict_of(text, claim):
    """The one verdict on a claim, as printed."""
    (found,) = [each.verdict for each in judged(text) if each.relation.claim.figure.text == claim]
    return found


SHARE = "项目支出400万元，占部门支出1000万元的{}。"


@pytest.mark.parametrize(("rate", "verdict"), [("40%", AGREES), ("42%", DIFFERS)])
def test_a_claim_that_words_bind_is_judged_by_what_comes_out(rate, verdict):
    assert verdict_of(SHARE.format(rate), rate) == verdict


def test_a_slip_of_the_hand_is_a_second_witness():
    (found,) = [each for each in judged("发现隐患320条，已整改304条，整改率59%。") if each.verdict == DIFFERS]
    assert (found.blamed.figure.text, found.wanted, found.slip) == ("59%", 95, "两位数字颠倒")


def test_the_one_order_claims_are_made_in_is_a_second_witness_without_a_slip():
    (found,) = [each for each in judged("发放棉被900床，比上年800床增加86床。") if each.verdict == DIFFERS]
    assert (found.relation.expected, found.slip) == (100, "")


@pytest.mark.parametrize(
    "text",
    [
        "现有队员50人，其中党员30人、本科以上学历35人。",
        "全年发放棉被900床，其中东片120床、西片100床。",
    ],
)
def test_what_words_alone_bind_is_not_told(text):
    assert UNBOUND in {each.verdict for each in judged(text)}
    assert audited(text).query("verdict in ('differs', 'suspect')").empty


@pytest.mark.parametrize(
    "text",
    [
        "全县有烟花爆竹零售店107家，全部持证。\n\n对全县117家烟花爆竹零售店负责人进行了轮训。",
        "现有农村公益性岗位385个，全部上岗到位。\n\n农村公益性岗位387个，补贴按月发放。",
    ],
)
def test_what_looks_wrong_and_is_bound_by_likelihood_alone_is_worth_a_look(text):
    found = audited("甲县水务局2031年度部门整体支出绩效自评报告\n\n二、预算执行情况\n\n" + text)
    assert set(found["verdict"]) & {"suspect", "differs"}


def test_where_other_figures_beside_it_make_a_claim_come_out_nothing_is_said():
    text = "发现隐患320条，已整改304条，其中当年整改240条，整改率75%。"
    assert {each.verdict for each in judged(text)} == {AGREES}


def test_what_another_relation_proves_is_not_to_blame():
    text = "发现隐患480条，已整改470条，正在整改10条，整改率79.9%。"
    (found,) = [each for each in judged(text) if each.verdict == DIFFERS]
    assert found.blamed.figure.text == "79.9%"


def test_one_number_that_mends_several_relations_is_one_finding():
    (found,) = [each for each in judged("发放棉被986床，比上年800床增加86床，增长10.75%。") if each.verdict == DIFFERS]
    assert (found.blamed.figure.text, found.wanted) == ("986床", 886)
    assert [other.claim.figure.text for other in found.others] == ["10.75%"]


def test_one_number_without_a_slip_that_mends_several_relations_is_one_finding():
    (_,) = [each for each in judged("发放棉被1000床，比上年800床增加100床，增长12.5%。") if each.verdict == DIFFERS]


@pytest.mark.parametrize(
    ("text", "claim", "verdict"),
    [
        ("基本支出决算120.00万元，其中人员经费95.90万元、公用经费24.11万元。", "120.00万元", ROUNDING),
        ("基本支出决算120.00万元，其中人员经费95.90万元、公用经费24.12万元。", "120.00万元", DIFFERS),
        ("拨付工程款1234567.00元（折合123.46万元）。", "123.46万元", AGREES),
        ("发现隐患311条，已整改308条，整改率99.0%。", "99.0%", AGREES),
    ],
)
def test_the_printed_steps_say_how_far_figures_may_lie_apart(text, claim, verdict):
    assert verdict_of(text, claim) == verdict


def test_things_that_are_counted_are_exact():
    assert verdict_of("开展桌面推演6场、实战演练9场，合计16场。", "16场") == DIFFERS


@pytest.mark.parametrize("text", ["发放棉被900余床，分别为东片350床、西片400床。", "发放棉被约900床，按片区分，东片350床、西片400床。"])
def test_numbers_that_are_but_bounds_are_not_held_to_a_sum(text):
    assert judged(text) == []


def test_labels_that_make_up_one_total_prove_the_others():
    trades = ("燃气：检查企业10家次，立案1起。", "矿山：检查企业20家次，立案2起。", "工贸：检查企业{}家次，立案5起。")
    text = "\n\n".join(("全年检查企业60家次，立案{}起。", *trades)) + "\n"
    assert [each.relation.claim.figure.text for each in judged(text.format(9, 30)) if each.verdict == DIFFERS] == ["9起"]
    assert DIFFERS not in {each.verdict for each in judged(text.format(47, 17))}


COLUMNS = "四个项目总计年初预算{}万元，实际支出{}万元，具体如下：{}。"
ROWS = "；".join(
    f"{name}年初预算{{}}，实际支出{spent}万元"
    for name, spent in (("桥梁检测", 9.1), ("路灯改造", 12.3), ("绿化养护", 7.6), ("管网清淤", 5.5))
)


@pytest.mark.parametrize(("first", "told"), [("9.50万元", []), ("9.50亿元", ["39.40万元"]), ("95.00万元", ["95.00万元"])])
def test_a_column_of_a_list_that_comes_out_proves_the_others(first, told):
    text = COLUMNS.format("39.40", "34.50", ROWS.format(first, "14.20万元", "9.00万元", "6.70万元"))
    assert [each.blamed.figure.text for each in judged(text) if each.verdict == DIFFERS] == told


def test_a_list_of_which_no_column_comes_out_is_left_alone():
    text = COLUMNS.format("41.30", "37.90", ROWS.format("9.50万元", "14.20万元", "9.00万元", "6.70万元"))
    assert DIFFERS not in {each.verdict for each in judged(text)}


def test_a_rate_that_lost_its_point_is_told_with_the_point():
    (found,) = [each for each in judged("项目支出预算362.36万元，实际支出362.05万元，执行率9991%。") if each.verdict == DIFFERS]
    assert (str(found.wanted), found.slip) == ("99.91", "小数点错位")


def test_no_more_is_rectified_than_was_found_right_before():
    (found,) = [each for each in judged("排查燃气隐患64处，已整改95处，正在整改9处。") if each.verdict == DIFFERS]
    assert (found.relation.claim.figure.text, found.relation.expected) == ("64处", 104)


TABLE = """2031年收支预算总表
单位：元
项目\t预算数
一般公共预算\t2,745,318.00
政府性基金预算\t120,000.00
合计\t2,865,318.00
"""


@pytest.mark.parametrize(("said", "told"), [("274.53", []), ("275.43", ["275.43万元"]), ("291.43", [])])
def test_a_sentence_whose_digits_changed_places_is_held_against_the_cell_of_its_line(said, told):
    text = f"2031年一般公共预算拨款支出预算{said}万元。\n{TABLE}"
    assert [each.blamed.figure.text for each in judged(text) if each.verdict == DIFFERS] == told
