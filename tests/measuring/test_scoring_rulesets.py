"""Rule sets must be sound, and say so in words that name the file; every rule set here that is not shipped is invented."""

from decimal import Decimal

import pytest

from scores_at_hand import indicators_of, one_row, rules_of
from selfeval.exceptions import KnowledgeBroken
from selfeval.knowledge import load, names_in
from selfeval.measuring.scoring import parse_ruleset, read_ruleset, score, validate_ruleset, weight_faults
from tables_at_hand import lines_of

LEVELS = load("scoring/national")["level1"]
# A place that has cost on the first level, and leaves a range to each.
COST_FIRST = [
    {"id": "execution", "weight": "10"},
    {"id": "cost", "least": "0", "most": "20"},
    {"id": "output", "least": "40", "most": "50"},
    {"id": "benefit", "weight": "20"},
    {"id": "satisfaction", "weight": "10"},
]


@pytest.mark.parametrize("name", names_in("scoring"))
def test_every_rule_set_that_is_shipped_is_sound(name):
    rules = read_ruleset(name)
    assert sum(level.weight for level in rules.level1) == 100
    assert rules.total - rules.of("execution").weight == 90


def test_the_national_weights_are_those_of_the_form():
    weights = {level.id: level.weight for level in read_ruleset("national").level1}
    assert weights == {"execution": 10, "output": 50, "benefit": 30, "satisfaction": 10}


def test_a_rule_set_takes_over_what_it_does_not_say_itself():
    hunan, national = read_ruleset("hunan"), read_ruleset("national")
    assert (hunan.level1, hunan.grades, hunan.bands) == (national.level1, national.grades, national.bands)
    assert hunan.markings
    assert not national.markings


def bands(*edges: str) -> list[dict]:
    """Bands from pairs of lower and upper bound: `bands("0.8 1", "0.6 0.8", "0 0.6")`."""
    named = zip(("reached", "partly", "missed"), (edge.split() for edge in edges), strict=False)
    return [{"id": name, "from": low, "to": high} for name, (low, high) in named]


def refused(**changes):
    with pytest.raises(KnowledgeBroken) as refusal:
        validate_ruleset({**load("scoring/national"), **changes}, "invented")
    assert "scoring/invented.toml" in str(refusal.value)
    return str(refusal.value)


def test_weights_that_do_not_add_up_are_refused_with_both_sums():
    text = refused(level1=[*LEVELS[:3], {"id": "satisfaction", "weight": "5"}])
    assert "分值合计 95，应为 100" in text
    assert "除预算执行率外 85，应为 90" in text


def test_a_second_level_that_does_not_add_up_to_its_first_is_refused():
    text = refused(level1=[{"id": "output", "weight": "50", "level2": {"quantity": "20", "quality": "20"}}, *LEVELS[:1], *LEVELS[2:]])
    assert "output 的二级指标分值合计 40，应为 50" in text


def test_a_first_level_that_stands_twice_is_refused():
    levels = [{"id": "output", "weight": "20"}, {"id": "output", "weight": "30"}, LEVELS[0], *LEVELS[2:]]
    assert "output 出现 2 次" in refused(level1=levels)


def test_all_faults_are_told_at_once():
    text = refused(level1=LEVELS[:3], quantitative={"at_most": "square"}, over_fulfilment={"threshold": "0.9", "deduction": "guess"})
    assert len(text.splitlines()) == 4
    for word in ("分值合计 90", "square", "guess", "0.9"):
        assert word in text


@pytest.mark.parametrize("edges", [("0.8 1", "0.5 0.7", "0 0.5"), ("0.8 1", "0.6 0.8"), ("0 0.9",), ("0.8 1", "0.8 0.8", "0 0.8")])
def test_bands_with_gaps_are_refused(edges):
    assert "定性档次" in refused(band=bands(*edges))


@pytest.mark.parametrize("bounds", [("90", "90", "0"), ("80", "90", "0"), ("90", "60", "50"), ("101", "60", "0")])
def test_grades_out_of_order_or_without_a_last_one_are_refused(bounds):
    assert "等级的下限" in refused(grade=[{"name": str(place), "from": bound} for place, bound in enumerate(bounds)])


def test_a_denominator_that_does_not_exist_is_refused():
    assert "target 不是" in refused(execution={"bases": ["target"]})
    assert "没有写执行率的分母" in refused(execution={"bases": []})


def test_a_missing_field_and_a_word_for_a_number_are_refused():
    assert "缺少字段 least" in refused(level1=[{"id": "output"}])
    assert "应为数字" in refused(total="一百")


def test_a_rule_set_that_is_not_there_is_refused():
    with pytest.raises(KnowledgeBroken, match=r"scoring/nowhere\.toml 不存在"):
        read_ruleset("nowhere")


def test_a_marking_that_gives_more_than_its_weight_is_refused():
    marking = {"metric": "x_rate", "weight": "5", "rule": "ladder", "steps": [{"to": "0", "points": "6"}]}
    assert "超过分值" in refused(marking=[marking])


def test_a_place_with_cost_on_the_first_level_can_be_told():
    rules = rules_of(level1=COST_FIRST)
    form = indicators_of(
        "cost/economic_cost 单位成本 nature=le target=10 actual=8 weight=15",
        "output/quantity 巡查 nature=ge target=10 actual=10 weight=45",
        "benefit/social 覆盖率 nature=ge target=10 actual=10 weight=20",
        "satisfaction/satisfaction 满意度 nature=ge target=90 actual=90 weight=10",
    )
    assert weight_faults(form, rules) == []
    scores = score(form, lines_of("t01 total all - 部门整体支出 adjusted=10 actual=10"), ruleset=rules)
    assert list(scores.loc[scores["part"] == "level1", "name"]) == ["成本指标", "产出指标", "效益指标", "满意度指标"]
    assert one_row(scores, "total")["points"] == 100


def test_ranges_that_cannot_reach_the_whole_are_refused():
    assert "分值合计 10 至 30，应为 100" in refused(
        level1=[{"id": "execution", "weight": "10"}, {"id": "cost", "least": "0", "most": "20"}]
    )


def test_older_bands_can_be_told():
    rules = rules_of(band=bands("0.8 1", "0.5 0.8", "0 0.5"))
    form = indicators_of("benefit/social 效果 nature=qualitative band=partly stated_score=5 weight=10")
    lines = lines_of("t01 total all - 部门整体支出")
    assert one_row(score(form, lines, ruleset=rules), "indicator")["points"] == 5
    assert one_row(score(form, lines), "indicator")["points"] is None


def test_a_parsed_rule_set_keeps_exact_numbers():
    assert parse_ruleset(load("scoring/national"), "x").threshold == Decimal("1.30")
