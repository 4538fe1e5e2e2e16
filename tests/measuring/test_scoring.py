"""What an indicator, the execution of a budget and a whole form get, one scenario each; all bodies, projects and numbers are invented."""

from decimal import Decimal

import pytest

from scores_at_hand import indicators_of, one_row, rules_of
from selfeval.measuring.budget import budget_metrics
from selfeval.measuring.scoring import is_met, score, shares_of, with_points
from selfeval.tables import check_table, make_table
from tables_at_hand import lines_of

LINES = lines_of("t01 total all - 部门整体支出 initial=800 adjusted=1000 actual=950")
LINEAR = rules_of(quantitative={"at_most": "linear"})


def mark(row, rules="national"):
    """The score of a single indicator."""
    return one_row(score(indicators_of(f"output/quantity 水库巡查 {row}"), LINES, ruleset=rules), "indicator")


def points(row, rules="national"):
    found = mark(row, rules)
    assert found["status"] == "computed", found["missing"]
    return found["points"]


# ---- positive, negative and equal indicators --------------------------------------------------------------------------------------------


def test_a_reached_target_gives_full_marks():
    assert points("nature=ge target=100 actual=100 weight=10") == 10
    assert points("nature=ge target=100 actual=104 weight=10") == 10


def test_a_missed_target_gives_its_share_rounded_half_up():
    found = mark("nature=ge target=80 actual=62.5 weight=7")
    assert found["points"] == Decimal("5.47")
    assert found["formula"] == "62.5 ÷ 80 × 7 = 5.47"
    assert found["rate"] == Decimal("0.78125")
    assert points("nature=ge target=8 actual=1 weight=1") == Decimal("0.13")


def test_both_formulas_for_an_exceeded_limit_are_there():
    row = "nature=le target=10 actual=15 weight=10"
    by_ratio, by_line = mark(row), mark(row, LINEAR)
    assert (by_ratio["points"], by_ratio["basis"], by_ratio["formula"]) == (Decimal("6.67"), "ratio", "10 ÷ 15 × 10 = 6.67")
    assert (by_line["points"], by_line["basis"]) == (Decimal(5), "linear")
    assert by_line["formula"] == "（1 −（15 − 10）÷ 10）× 10 = 5.00"


@pytest.mark.parametrize(("actual", "wanted"), [("10", "10"), ("10.01", "9.99"), ("19.99", "0.01"), ("20", "0"), ("35", "0")])
def test_the_linear_formula_ends_at_twice_the_limit(actual, wanted):
    assert points(f"nature=le target=10 actual={actual} weight=10", LINEAR) == Decimal(wanted)


@pytest.mark.parametrize("rules", ["national", LINEAR], ids=["ratio", "linear"])
def test_a_kept_limit_gives_full_marks_by_either_formula(rules):
    assert points("nature=le target=10 actual=10 weight=8", rules) == 8
    assert points("nature=le target=10 actual=0 weight=8", rules) == 8


@pytest.mark.parametrize(
    ("nature", "actual", "wanted"),
    [("le", "0", 10), ("le", "1", 0), ("lt", "0", 10), ("eq", "0", 10), ("eq", "2", 0), ("ge", "0", 10), ("gt", "0", 0), ("gt", "1", 10)],
)
def test_a_target_of_nothing_is_met_or_it_is_not(nature, actual, wanted):
    found = mark(f"nature={nature} target=0 actual={actual} weight=10")
    assert (found["points"], found["basis"]) == (wanted, "zero_target")
    assert "指标值为 0" in found["formula"]


def test_strict_natures_score_as_the_wide_ones():
    assert points("nature=gt target=10 actual=9 weight=10") == points("nature=ge target=10 actual=9 weight=10") == 9
    assert points("nature=lt target=10 actual=16 weight=10") == points("nature=le target=10 actual=16 weight=10") == Decimal("6.25")


def test_more_than_an_equal_target_is_capped_and_said_to_be():
    found = mark("nature=eq target=12 actual=13 weight=10")
    assert found["points"] == 10
    assert "按满分计" in found["note"]
    assert points("nature=eq target=12 actual=9 weight=10") == Decimal("7.5")


def test_a_negative_result_counts_as_nothing():
    found = mark("nature=ge target=5 actual=-3 weight=10")
    assert found["points"] == 0
    assert "按 0 计" in found["note"]
    assert points("nature=le target=0 actual=-3 weight=10") == 10


def test_a_negative_target_fits_no_formula():
    assert "公式不适用" in mark("nature=ge target=-5 actual=3 weight=10")["missing"]


# ---- over-fulfilment --------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("actual", "asked"), [("129.99", False), ("130", True), ("180", True)])
def test_from_a_hundred_and_thirty_per_cent_on_an_explanation_is_asked_for(actual, asked):
    found = mark(f"nature=ge target=100 actual={actual} weight=10")
    assert found["points"] == 10
    assert ("须说明原因，尚未填写" in found["note"]) == asked


def test_an_explanation_that_is_there_is_not_asked_for_again():
    note = mark("nature=ge target=100 actual=150 weight=10 reason=上级临时增加任务")["note"]
    assert "须说明原因" in note
    assert "尚未填写" not in note


def test_a_low_target_costs_nothing_without_a_formula_in_the_rule_set():
    found = mark("nature=ge target=100 actual=150 weight=10 low_target=yes")
    assert found["points"] == 10
    assert "没有规定扣减公式" in found["note"]


def test_a_low_target_costs_by_the_formula_of_the_rule_set_only_once_a_person_called_it_low():
    rules = rules_of(over_fulfilment={"threshold": "1.30", "deduction": "threshold_target_over_actual"})
    row = "nature=ge target=100 actual=200 weight=10"
    assert points(f"{row} low_target=yes", rules) == Decimal("6.5")
    assert points(f"{row} low_target=no", rules) == points(row, rules) == 10
    assert points("nature=ge target=100 actual=130 weight=10 low_target=yes", rules) == 10


def test_the_share_that_needs_an_explanation_is_a_matter_of_the_rule_set():
    rules = rules_of(over_fulfilment={"threshold": "1.2", "deduction": ""})
    assert "须说明原因" in mark("nature=ge target=100 actual=120 weight=10", rules)["note"]


# ---- qualitative indicators -------------------------------------------------------------------------------------------------------------


def test_without_band_and_score_a_person_is_asked_for_both():
    found = mark("nature=qualitative weight=10")
    assert (found["status"], found["points"], found["missing"]) == ("not_computable", None, "由人选定档次并打分")


def test_a_band_alone_gives_no_points():
    found = mark("nature=qualitative band=partly weight=10")
    assert found["points"] is None
    assert "不低于 6 分、低于 8 分" in found["missing"]


def test_a_score_alone_gives_no_points():
    found = mark("nature=qualitative stated_score=9 weight=10")
    assert (found["points"], found["stated_points"]) == (None, 9)
    assert "由人选定的档次" in found["missing"]


@pytest.mark.parametrize(
    ("band", "stated"),
    [("reached", "10"), ("reached", "8"), ("partly", "7.99"), ("partly", "6"), ("missed", "5.99"), ("missed", "0")],
)
def test_a_score_inside_the_chosen_band_is_taken(band, stated):
    found = mark(f"nature=qualitative band={band} stated_score={stated} weight=10")
    assert (found["points"], found["basis"]) == (Decimal(stated), "person")


@pytest.mark.parametrize(
    ("band", "stated"),
    [("reached", "10.01"), ("reached", "7.99"), ("partly", "8"), ("partly", "5.99"), ("missed", "6"), ("missed", "-1")],
)
def test_a_score_outside_the_chosen_band_is_not_used_and_said_to_be_outside(band, stated):
    found = mark(f"nature=qualitative band={band} stated_score={stated} weight=10")
    assert (found["points"], found["stated_points"]) == (None, Decimal(stated))
    assert "与档次相符的自评得分" in found["missing"]


# ---- what is missing --------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("row", "missing"),
    [
        ("nature=ge target=5 weight=10", "完成值"),
        ("nature=ge actual=5 weight=10", "指标值"),
        ("nature=ge weight=10", "指标值、完成值"),
        ("target=5 actual=5 weight=10", "指标性质（≥、≤、=、>、< 或定性）"),
        ("nature=ge target=5 actual=5", "分值"),
        ("nature=ge target=5 actual=5 weight=-1", "分值（现为负数 −1）"),
        ("nature=ge target=5 actual_text=已完成 weight=10", "数字形式的完成值（现为“已完成”）"),
    ],
)
def test_what_an_indicator_lacks_is_named(row, missing):
    found = mark(row)
    assert (found["status"], found["points"], found["missing"]) == ("not_computable", None, missing)


def test_a_target_written_with_its_sign_and_unit_is_read():
    found = mark("target_text=≥95% actual_text=90.25％ unit=% weight=10")
    assert found["points"] == Decimal("9.5")
    assert "指标性质按指标值的符号“≥”" in found["note"]
    assert points("nature=ge target_text=不低于1,200人次 actual=600 weight=10") == 5


def test_a_sign_against_the_nature_is_not_guessed_away():
    assert "与指标值一致的指标性质" in mark("nature=ge target_text=≤5天 actual=4 weight=10")["missing"]


@pytest.mark.parametrize(("actual", "asked"), [("0.98", True), ("98", False), ("0", False), ("1.5", False)])
def test_a_share_where_a_number_of_per_cent_belongs_is_asked_about(actual, asked):
    assert ("请核对" in mark(f"nature=ge target=95 actual={actual} unit=% weight=10")["note"]) == asked


def test_target_and_result_in_different_units_are_not_compared():
    assert "同一个单位" in mark("nature=ge target_text=95% actual_text=120次 weight=10")["missing"]


# ---- execution --------------------------------------------------------------------------------------------------------------------------


def execution(line, rules="national"):
    return one_row(score(make_table("indicators", []), lines_of(f"t01 total all - 部门整体支出 {line}"), ruleset=rules), "execution")


def test_execution_is_held_against_the_budget_of_the_whole_year():
    found = execution("initial=800 adjusted=1000 actual=950")
    assert (found["points"], found["rate"], found["basis"]) == (Decimal("9.5"), Decimal("0.95"), "adjusted")
    assert found["formula"] == "950 ÷ 1000 × 10 = 9.50"
    assert found["inputs"] == "t01.actual t01.adjusted"


def test_execution_over_a_hundred_per_cent_is_capped_and_said_to_be_odd():
    found = execution("adjusted=1000 actual=1300")
    assert (found["points"], found["rate"]) == (10, Decimal("1.3"))
    assert "须说明原因" in found["note"]


def test_a_budget_of_nothing_is_no_zero_score():
    found = execution("adjusted=0 actual=12")
    assert (found["points"], found["status"]) == (None, "not_computable")
    assert "全年预算数" in found["missing"]


def test_the_initial_budget_stands_in_only_where_the_rule_set_allows_it_and_that_is_said():
    assert execution("initial=800 actual=600")["missing"] == "全年预算数"
    found = execution("initial=800 actual=600", rules_of(execution={"bases": ["adjusted", "initial"]}))
    assert (found["points"], found["basis"]) == (Decimal("7.5"), "initial")
    assert "以年初预算数为分母" in found["note"]


def test_a_negative_expenditure_counts_as_nothing():
    assert execution("adjusted=10 actual=-2")["points"] == 0


def test_every_project_has_its_own_execution_score():
    lines = lines_of(
        "t01 total all - 部门整体支出 adjusted=1000 actual=950",
        "t02 project_total all t01 项目支出",
        "t03 project general_public t02 灌区(一期)维修 adjusted=50 actual=30",
        "t04 project general_public t03 器材 adjusted=20 actual=10",
    )
    scores = score(indicators_of("output/quantity 渠道长度 scope=灌区（一期）维修 nature=ge target=5 actual=5 weight=90"), lines)
    assert list(scores.loc[scores["part"] == "execution", "scope"]) == ["department", "灌区(一期)维修"]
    assert one_row(scores, "execution", "灌区(一期)维修")["points"] == 6
    assert one_row(scores, "total", "灌区(一期)维修")["points"] == 96


def test_a_project_paid_from_two_books_is_scored_as_one():
    lines = lines_of(
        "t01 project general_public - 堤防加固 adjusted=60 actual=45",
        "t02 project government_fund - 堤防加固 adjusted=40 actual=40",
    )
    found = one_row(score(make_table("indicators", []), lines), "execution", "堤防加固")
    assert (found["points"], found["inputs"]) == (Decimal("8.5"), "t01.actual t01.adjusted t02.actual t02.adjusted")


def test_a_project_without_a_budget_line_says_so():
    scores = score(indicators_of("output/quantity 井 scope=打井 nature=ge target=5 actual=5 weight=90"), LINES)
    assert one_row(scores, "execution", "打井")["missing"] == "项目“打井”的预算行"


# ---- sums, totals and grades ------------------------------------------------------------------------------------------------------------

FORM = (
    "goal -",
    "output/quantity 巡查 nature=ge target=100 actual=90 weight=30",
    "output/cost 单价 nature=le target=10 actual=8 weight=20",
    "benefit/social 效果 nature=qualitative band=reached stated_score=27 weight=30",
    "satisfaction/satisfaction 满意度 nature=ge target=90 actual=81 weight=10",
    "total - stated_score=91",
)


def test_level_one_is_the_sum_of_its_indicators_and_the_total_the_sum_of_all():
    scores = score(indicators_of(*FORM), LINES)
    check_table("scores", scores, "test")
    sums = scores[scores["part"] == "level1"]
    assert dict(zip(sums["name"], sums["points"], strict=True)) == {"产出指标": 47, "效益指标": 27, "满意度指标": 9}
    total = one_row(scores, "total")
    assert (total["points"], total["weight"], total["grade"], total["stated_points"]) == (Decimal("92.5"), 100, "优", 91)
    assert total["formula"] == "9.50 + 27.00 + 20.00 + 27.00 + 9.00 = 92.50"
    assert total["inputs"] == "s001 s002 s003 s004 s005"


def test_every_score_that_has_points_is_called_simulated():
    scores = score(indicators_of(*FORM), LINES)
    computed = scores[scores["status"] == "computed"]
    assert len(computed) == len(scores) == 9
    assert all("模拟测算" in note for note in computed["note"])
    assert all(computed["formula"])
    assert all(computed["basis"])
    assert set(scores["ruleset"]) == {"national"}


def test_one_missing_point_leaves_the_total_open_and_names_it():
    form = indicators_of(*FORM[:3], "benefit/social 生态改善 nature=qualitative weight=30", FORM[4])
    scores = score(form, LINES)
    total, benefit = one_row(scores, "total"), one_row(scores, "level1", name="效益指标")
    assert (total["points"], total["grade"], total["missing"]) == (None, "", "生态改善的得分")
    assert (benefit["points"], benefit["missing"]) == (None, "生态改善的得分")
    assert "已得 65.50 分（其中 70 分的指标能算）" in total["note"]
    assert one_row(scores, "level1", name="产出指标")["points"] == 47


def test_weights_that_do_not_add_up_leave_the_total_open():
    scores = score(indicators_of(*FORM[:3], FORM[4]), LINES)
    assert one_row(scores, "total")["missing"] == "合计为 100 分的分值（现为 70）"


def test_without_indicators_there_is_no_total():
    total = one_row(score(make_table("indicators", []), LINES), "total")
    assert total["missing"].startswith("绩效指标")
    assert total["points"] is None


def test_what_is_not_assessed_is_carried_up_to_the_whole_and_said_to_be():
    form = indicators_of(*FORM[:3], "benefit/economic 增收 weight=30 applicable=no", FORM[4])
    scores = score(form, LINES)
    total, left_out = one_row(scores, "total"), one_row(scores, "indicator", name="增收")
    assert (left_out["points"], left_out["missing"]) == (None, "")
    assert "不考核" in left_out["note"]
    assert (total["points"], total["basis"], total["grade"]) == (Decimal("93.57"), "rescaled", "优")
    assert total["formula"] == "（9.50 + 27.00 + 20.00 + 9.00）× 100 ÷ 70 = 93.57"
    assert "按百分制折算" in total["note"]


def test_weights_handed_on_by_hand_are_not_scaled_again():
    form = indicators_of(*FORM[:5], "benefit/economic 增收 weight=10 applicable=no")
    total = one_row(score(form, LINES), "total")
    assert (total["points"], total["basis"]) == (Decimal("92.5"), "sum")


def test_execution_that_is_not_assessed_is_left_out_as_well():
    form = indicators_of("execution - weight=10 applicable=no", "output/quantity 巡查 nature=ge target=100 actual=50 weight=90")
    assert one_row(score(form, lines_of("t01 total all - 部门整体支出")), "total")["points"] == 50


def test_a_form_of_which_nothing_is_assessed_has_no_total():
    form = indicators_of("execution - weight=10 applicable=no", "output/quantity 巡查 weight=90 applicable=no")
    assert one_row(score(form, LINES), "total")["missing"] == "要考核的指标"


def test_a_weight_of_execution_in_the_form_is_used():
    form = indicators_of("execution - weight=20 stated_score=18", "output/quantity 巡查 nature=ge target=1 actual=1 weight=80")
    scores = score(form, LINES)
    assert (one_row(scores, "execution")["points"], one_row(scores, "execution")["stated_points"]) == (19, 18)
    assert one_row(scores, "total")["points"] == 99


def test_a_row_that_states_the_weight_of_a_level_is_no_indicator():
    scores = score(indicators_of("output - weight=50", *FORM[1:5]), LINES)
    assert one_row(scores, "total")["points"] == Decimal("92.5")


@pytest.mark.parametrize(
    ("wanted", "grade"),
    [("59.99", "差"), ("60", "中"), ("79.99", "中"), ("80", "良"), ("89.99", "良"), ("90", "优"), ("100", "优"), ("0", "差")],
)
def test_a_grade_begins_at_its_bound(wanted, grade):
    form = indicators_of("execution - weight=0 applicable=no", f"output/quantity 巡查 nature=ge target=100 actual={wanted} weight=100")
    total = one_row(score(form, LINES), "total")
    assert (total["points"], total["grade"]) == (Decimal(wanted), grade)


def test_other_places_grade_otherwise():
    rules = rules_of(grade=[{"name": "优", "from": "80"}, {"name": "良", "from": "70"}, {"name": "差", "from": "0"}])
    form = indicators_of(*FORM[:5])
    low = lines_of("t01 total all - 部门整体支出 adjusted=1000 actual=0")
    assert one_row(score(form, low, ruleset=rules), "total")["grade"] == "优"
    assert one_row(score(form, low), "total")["grade"] == "良"


def test_empty_tables_give_scores_that_say_what_is_missing():
    scores = score(make_table("indicators", []), make_table("budget_lines", []))
    check_table("scores", scores, "test")
    assert list(scores["part"]) == ["execution", "total"]
    assert all(scores["missing"])


# ---- the metrics that only scores can fill ----------------------------------------------------------------------------------------------


def test_the_metrics_take_points_and_grade_from_the_scores():
    metrics = with_points(budget_metrics(LINES), score(indicators_of(*FORM), LINES)).set_index("metric")
    assert (metrics.loc["indicator_points", "value"], metrics.loc["indicator_points", "unit"]) == (83, "分")
    assert (metrics.loc["total_points", "value"], metrics.loc["total_points", "missing"]) == (Decimal("92.5"), "")
    assert metrics.loc["total_points", "note"] == "模拟测算，不是单位自评得分；等级：优"
    assert metrics.loc["total_points", "inputs"] == "s009.points"


def test_the_metrics_say_whose_points_are_missing():
    scores = score(indicators_of("benefit/social 生态改善 nature=qualitative weight=90"), LINES)
    metrics = with_points(budget_metrics(LINES), scores).set_index("metric")
    assert metrics.loc["total_points", "missing"] == "生态改善的得分"
    assert metrics.loc["indicator_points", "value"] is None


def test_without_indicators_the_metrics_stay_as_they_are():
    metrics = budget_metrics(LINES)
    assert with_points(metrics, score(make_table("indicators", []), LINES)).equals(metrics)


@pytest.mark.parametrize(
    ("nature", "target", "actual", "met"),
    [
        *(("ge", 5, 5, True), ("ge", 5, 4, False), ("gt", 5, 5, True), ("gt", 0, 0, False)),
        *(("eq", 5, 6, True), ("eq", 0, 0, True), ("eq", 0, 1, False)),
        *(("le", 5, 5, True), ("lt", 5, 6, False), ("qualitative", 5, 5, None), ("", 5, 5, None)),
    ],
)
def test_whether_a_target_is_met_is_told_by_its_sign_as_it_is_scored(nature, target, actual, met):
    assert is_met(nature, Decimal(target), Decimal(actual)) is met


@pytest.mark.parametrize(
    ("nature", "target", "actual", "shares"),
    [
        ("ge", 40, 30, {"reach": "3/4"}),
        ("le", 10, 9, {"full": "1"}),
        ("le", 10, 16, {"ratio": "5/8", "linear": "2/5"}),
        ("le", 10, 25, {"ratio": "2/5", "linear": "0"}),
        ("le", 0, 2, {"ratio": "0", "linear": "0"}),
        ("gt", 0, 0, {"reach": "0"}),
    ],
)
def test_what_is_scored_of_a_weight_follows_from_target_and_result_by_the_formulas_in_use(nature, target, actual, shares):
    found = shares_of(nature, Decimal(target), Decimal(actual))
    assert {name: str(share) for name, share in found.items()} == shares
