"""Lines of the budget against their parts: what another stage of the same lines proves to be all of them is held against their total."""

from tables_at_hand import audited

HEAD = "甲县水务局2031年度部门整体支出绩效自评报告\n\n二、预算执行情况\n\n"
LINES = (
    "年初安排项目支出{initial}万元，调整后{adjusted}万元，决算{actual}万元。具体为：堤防维护年初120.00万元，全年预算150.00万元，决算148.50万元；"
    "泵站运行预算200.00万元，全年未调整，决算198.20万元；河道保洁年初80.00万元，全年预算72.00万元，决算71.30万元；"
    "节水宣传预算60.00万元，全年未调整，决算{last}万元。"
)


def totals_told(**amounts):
    """What is told to differ from the sum of lines: as stated, and what they come to."""
    found = audited(HEAD + LINES.format(**{"initial": "460.00", "adjusted": "482.00", "actual": "476.10", "last": "58.10", **amounts}))
    told = found.query("verdict == 'differs' and family == 'sum'")
    return {(str(each.stated), str(each.recomputed)) for each in told.itertuples()}


def test_a_total_without_one_of_its_lines_is_told():
    assert totals_told(adjusted="410.00") == {("410.00", "482.00")}


def test_a_total_with_a_wrong_digit_is_told():
    assert totals_told(actual="416.10") == {("416.10", "476.10")}


def test_where_all_stages_come_out_nothing_is_told():
    assert totals_told() == set()


def test_what_no_other_stage_proves_is_not_told():
    assert totals_told(initial="510.00", adjusted="560.00", actual="550.00") == set()


def test_a_gap_that_nothing_explains_is_told_only_where_two_stages_come_out():
    assert totals_told(actual="489.25") == {("489.25", "476.10")}
    assert totals_told(adjusted="531.75", actual="489.25") == set()
