"""Warning lights and weights that do not add up, one scenario each; projects and numbers are invented."""

from decimal import Decimal

import pytest

from scores_at_hand import indicators_of, rules_of
from selfeval.measuring.scoring import lights, score, weight_faults
from selfeval.tables import make_table
from tables_at_hand import lines_of

NOTHING = make_table("indicators", [])


def lit(line, *rows, month=None, **more):
    lines = lines_of(f"t01 total all - 部门整体支出 {line}")
    return lights(score(indicators_of(*rows), lines), lines, month, **more)


def rules_lit(*arguments, **more):
    return [(light.rule, light.colour) for light in lit(*arguments, **more)]


# ---- lights ----


@pytest.mark.parametrize(("spent", "red"), [("100", False), ("95", False), ("94.9", True), ("50", True)])
def test_indicators_that_score_far_better_than_the_money_was_spent_are_red(spent, red):
    form = "output/quantity 巡查 nature=ge target=10 actual=10 weight=90"
    found = [light for light in lit(f"adjusted=100 actual={spent}", form) if light.rule == "share"]
    assert bool(found) == red
    if spent == "50":
        (light,) = found
        assert (light.colour, light.scope, light.value) == ("red", "department", Decimal("0.5"))
        assert light.sentence == "部门整体：指标得分率 100.00%，预算执行得分率 50.00%，前者高出 50.00%（以指标得分率为准），超过 5%"
        assert light.inputs == "s001.points s002.points"


def test_a_missing_point_lights_no_red():
    form = ("output/quantity 巡查 nature=ge target=10 actual=10 weight=50", "benefit/social 效果 nature=qualitative weight=40")
    assert "share" not in dict(rules_lit("adjusted=100 actual=10", *form))


def test_the_scores_a_body_gave_itself_can_be_asked_about():
    form = ("execution - weight=10 stated_score=10", "output/quantity 巡查 nature=ge target=10 actual=5 weight=90 stated_score=90")
    assert "share" not in dict(rules_lit("adjusted=100 actual=90", *form, column="stated_points"))
    form = ("execution - weight=10 stated_score=9", form[1])
    (light, *_) = lit("adjusted=100 actual=90", *form, column="stated_points")
    assert (light.rule, light.value) == ("share", Decimal("0.1"))


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("adjusted=100 actual=80", []),
        ("adjusted=100 actual=79.99", [("unspent", "yellow")]),
        ("adjusted=0 actual=3", [("no_budget", "yellow")]),
        ("actual=3", []),
        ("adjusted=100", []),
        ("adjusted=100 actual=120", []),
    ],
)
def test_money_that_was_not_there_or_not_spent_is_yellow(line, wanted):
    assert rules_lit(line) == wanted


@pytest.mark.parametrize(("spent", "colour"), [("29.99", "red"), ("30", "yellow"), ("39.99", "yellow"), ("40", "green"), ("60", "green")])
def test_in_the_middle_of_the_year_spending_is_held_against_the_months_gone(spent, colour):
    found = {light.rule: light.colour for light in lit(f"adjusted=100 actual={spent}", month=6)}
    assert found["pace"] == colour


def test_every_project_has_its_own_lights():
    lines = lines_of("t01 project general_public - 清淤 adjusted=10 actual=2", "t02 project general_public - 绿化 adjusted=10 actual=10")
    (light,) = lights(score(NOTHING, lines), lines)
    assert (light.scope, light.rule, light.inputs) == ("清淤", "unspent", "t01.adjusted t01.actual")
    assert light.sentence == "项目“清淤”：全年预算数 10 万元，未执行 8 万元，占 80.00%，超过 20%"


def test_the_thresholds_are_those_of_the_rule_set():
    rules = rules_of(lights={"share": "0.05", "unspent": "0.5", "pace_red": "0.6", "pace_yellow": "0.8"})
    assert rules_lit("adjusted=100 actual=60", ruleset=rules) == []


# ---- weights ----

SOUND = (
    "output/quantity 巡查 nature=ge target=1 weight=30",
    "output/quality 合格率 nature=ge target=1 weight=20",
    "benefit/social 效果 nature=qualitative weight=30",
    "satisfaction/satisfaction 满意度 nature=ge target=1 weight=10",
)


def faults(*rows, ruleset="national"):
    return weight_faults(indicators_of(*rows), ruleset)


def test_weights_that_add_up_have_no_fault():
    assert faults(*SOUND) == []
    assert faults("execution - weight=10", *SOUND, "goal -", "total - weight=100") == []
    assert faults() == []


def test_weights_of_indicators_alone_that_make_the_whole_are_found():
    # As in a published form whose indicators add up to 100 and stand beside 10 points of execution.
    found = faults("execution - weight=10", *SOUND[:2], "benefit/social 效果 nature=qualitative weight=40", SOUND[3])
    assert [(fault.kind, fault.found) for fault in found] == [("level1", 40), ("without_execution", 100), ("total", 110)]
    assert found[2].sentence == "部门整体：各项分值合计 110，应为 100"
    assert found[0].indicators == ("i04",)


def test_a_level_without_any_indicator_is_found():
    assert [fault.sentence for fault in faults(*SOUND[:3])] == [
        "部门整体：“满意度指标”各指标分值合计 0，应为 10",
        "部门整体：除预算执行率外各指标分值合计 80，应为 90",
    ]


def test_a_stated_weight_of_a_level_is_what_its_indicators_must_add_up_to():
    (fault,) = faults("output/quantity - weight=25", *SOUND)
    assert (fault.kind, fault.found, fault.least, fault.most) == ("level2", 30, 25, 25)
    assert "数量指标" in fault.sentence
    found = faults("output - weight=60", *SOUND)
    assert [(fault.kind, fault.least) for fault in found] == [("level1", 60)]


def test_weights_of_the_second_level_can_come_from_the_rule_set():
    levels = [
        {"id": "execution", "weight": "10"},
        {"id": "output", "weight": "50", "level2": {"quantity": "25", "quality": "25"}},
        {"id": "benefit", "weight": "30"},
        {"id": "satisfaction", "weight": "10"},
    ]
    assert [(fault.kind, fault.name) for fault in faults(*SOUND, ruleset=rules_of(level1=levels))] == [
        ("level2", "数量指标"),
        ("level2", "质量指标"),
    ]


def test_a_level_the_rule_set_does_not_know_is_found():
    found = faults(*SOUND[:3], "satisfaction/satisfaction 满意度 weight=5", "cost/economic_cost 单价 nature=le target=1 weight=5")
    assert ("unknown_level1", Decimal(5)) in [(fault.kind, fault.found) for fault in found]


def test_missing_and_negative_weights_are_found_by_name():
    found = faults(*SOUND, "output/quantity 演练 nature=ge target=1", "output/quantity 培训 nature=ge target=1 weight=-1")
    assert [fault.sentence for fault in found[:2]] == ["部门整体：指标“演练”没有分值", "部门整体：指标“培训”的分值为 −1，应不小于 0"]


def test_what_is_not_assessed_needs_no_weight_but_its_weight_counts():
    assert faults(*SOUND, "output/quantity 演练 applicable=no") == []
    assert faults(*SOUND[:3], "satisfaction/satisfaction 满意度 weight=10 applicable=no") == []


def test_every_project_is_judged_by_itself():
    project = [f"{row} scope=清淤" for row in SOUND[:3]]
    assert {fault.scope for fault in faults(*SOUND, *project)} == {"清淤"}
