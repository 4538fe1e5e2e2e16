"""Numbers of several years side by side: compared where both measure the same thing, and said why where not."""

from decimal import Decimal

import pytest

from bodies import base_of, county_water, indicators_of, lay_out, scores_of, year_of
from selfeval.knowledge import load
from selfeval.measuring.compare import BUDGET_TABLES, bounds_of, budget_changes, earlier_tables, safety_changes
from selfeval.paths import Place
from selfeval.tables import check_table

TOTAL = "b01 total all - 支出"


def row_of(changes, metric, scope=None, basis=None):
    """The one row of a metric."""
    chosen = changes[changes["metric"] == metric]
    chosen = chosen[chosen["scope"] == scope] if scope is not None else chosen
    chosen = chosen[chosen["basis"] == basis] if basis is not None else chosen
    assert len(chosen) == 1, changes[["metric", "scope", "basis", "status"]].to_string()
    return chosen.iloc[0]


def budget(now, earlier, year=2031):
    return budget_changes(now, {2030: earlier}, year)


def safety(now: list[str], earlier: list[str]):
    return safety_changes(year_of(facts=now), {2030: year_of(facts=earlier)})


def test_a_change_is_given_in_the_unit_and_as_a_rate():
    row = row_of(budget(year_of([f"{TOTAL} actual=110"]), year_of([f"{TOTAL} actual=88"])), "line_actual", "total")
    assert (row["value"], row["earlier"], row["change"], row["change_rate"]) == (110, 88, 22, Decimal("0.25"))
    assert (row["status"], row["missing"], row["unit"]) == ("compared", "", "万元")


def test_a_rate_on_another_basis_is_not_compared_and_the_change_of_basis_is_said():
    changes = budget(year_of([f"{TOTAL} adjusted=120 actual=110"]), year_of([f"{TOTAL} initial=100 actual=90"]))
    row = row_of(changes, "execution_rate")
    assert (row["status"], row["missing"]) == ("not_comparable", "口径变化：分母由“年初预算数”变为“全年预算数”")
    assert row["change"] is None
    assert row["earlier"] == Decimal("0.9")


def test_a_basis_both_years_have_is_compared_beside_one_that_only_this_year_has():
    changes = budget(year_of([f"{TOTAL} initial=100 adjusted=120 actual=110"]), year_of([f"{TOTAL} initial=100 actual=90"]))
    assert row_of(changes, "execution_rate", basis="initial")["change"] == Decimal("0.2")
    row = row_of(changes, "execution_rate", basis="adjusted")
    assert (row["status"], row["earlier"], row["missing"]) == ("not_comparable", None, "2030 年度没有按“全年预算数”计算")


def test_another_formula_is_another_measure():
    earlier = year_of([f"{TOTAL} adjusted=100 actual=90"])
    metrics = earlier["budget_metrics"]
    earlier["budget_metrics"] = metrics.assign(
        formula=[
            "旧公式" if name == "official_execution_rate" else text
            for name, text in zip(metrics["metric"], metrics["formula"], strict=True)
        ]
    )
    row = row_of(budget(year_of([f"{TOTAL} adjusted=100 actual=95"]), earlier), "official_execution_rate")
    assert row["missing"] == "口径变化：计算公式由“旧公式”变为“全年执行数 ÷ 全年预算数”"
    assert row["change"] is None


def test_a_project_keeps_its_place_under_another_line_number_and_another_ending():
    now = year_of(["b07 project general_public - 防汛抗旱项目 adjusted=10 actual=9"])
    earlier = year_of(["b02 project general_public - 防汛抗旱经费 adjusted=10 actual=6"])
    changes = budget(now, earlier)
    assert row_of(changes, "line_actual")["change"] == 3
    assert row_of(changes, "execution_rate")["label"] == "防汛抗旱项目：执行率（对全年预算数）"
    assert not set(changes["status"]) & {"appeared", "vanished"}


def test_projects_that_come_and_go_are_named_once_and_compared_with_nothing():
    now = year_of(["b01 project general_public - 河道清淤 adjusted=10 actual=9"])
    earlier = year_of(["b01 project general_public - 水库加固 adjusted=20 actual=18"])
    changes = budget(now, earlier)
    appeared, vanished = (changes[changes["status"] == status].iloc[0] for status in ("appeared", "vanished"))
    assert (appeared["label"], appeared["value"], appeared["earlier"]) == ("河道清淤", 9, None)
    assert (vanished["label"], vanished["value"], vanished["earlier"]) == ("水库加固", None, 18)
    assert not changes["metric"].str.startswith("line_").any()
    assert row_of(changes, "projects_actual_sum")["note"] == "项目构成有变：新列 1 个，不再列出 1 个"


def test_where_a_year_lists_no_projects_none_has_appeared():
    now = year_of([f"{TOTAL} actual=10", "b02 project general_public - 河道清淤 actual=9"])
    changes = budget(now, year_of([f"{TOTAL} actual=10"]))
    row = row_of(changes, "project")
    assert (row["status"], row["missing"]) == ("not_comparable", "2030 年度没有逐项列出项目")
    assert "appeared" not in set(changes["status"])


def test_two_projects_of_one_name_in_two_books_keep_apart():
    lines = ["b01 project general_public - 河道清淤 actual=9", "b02 project government_fund - 河道清淤 actual=5"]
    changes = budget(year_of(lines), year_of([line.replace("=9", "=7") for line in lines]))
    assert list(changes[changes["metric"] == "line_actual"]["change"]) == [2, 0]
    assert not set(changes["status"]) & {"appeared", "vanished"}


@pytest.mark.parametrize(("earlier", "missing"), [("0", "2030 年度为 0，不计算变动率"), ("-4", "2030 年度为负数，不计算变动率")])
def test_nothing_grows_from_zero_or_less(earlier, missing):
    row = row_of(budget(year_of([f"{TOTAL} actual=10"]), year_of([f"{TOTAL} actual={earlier}"])), "line_actual")
    assert (row["status"], row["change"], row["change_rate"], row["missing"]) == ("compared", 10 - int(earlier), None, missing)


def test_what_one_year_cannot_tell_is_said_with_what_it_lacks():
    row = row_of(budget(year_of([f"{TOTAL} adjusted=12 actual=9"]), year_of([f"{TOTAL} actual=9"])), "official_execution_rate")
    assert row["missing"] == "2030 年度不可计算：缺全年预算数（调整后预算）"


def test_units_that_are_multiples_of_one_another_are_brought_to_one():
    now = year_of(base_data=base_of("carry_over carry_over 年末结转结余 万元 actual=12"))
    earlier = year_of(base_data=base_of("carry_over carry_over 年末结转结余 元 actual=100000"))
    row = row_of(budget(now, earlier), "base_actual")
    assert (row["value"], row["earlier"], row["change"], row["unit"]) == (12, 10, 2, "万元")


def test_units_of_different_things_are_not():
    row = row_of(
        budget(year_of(base_data=base_of("x staff 车辆 辆 actual=2")), year_of(base_data=base_of("x staff 车辆 台 actual=2"))),
        "base_actual",
    )
    assert row["missing"] == "口径变化：单位由“台”变为“辆”"


def test_last_year_as_this_year_states_it_is_held_against_last_year():
    now = year_of(base_data=base_of("three_public three_public 三公经费合计 万元 last=11 actual=9"))
    earlier = year_of(base_data=base_of("three_public three_public 三公经费合计 万元 actual=10"))
    row = row_of(budget(now, earlier), "base_actual")
    assert row["change"] == -1
    assert row["note"] == "本年基础数据表的上年决算数为 11 万元，2030 年度的决算数为 10 万元，两者不一致"


def test_last_year_is_held_against_in_one_unit():
    now = year_of(base_data=base_of("three_public three_public 三公经费合计 万元 last=10 actual=9"))
    earlier = year_of(base_data=base_of("three_public three_public 三公经费合计 元 actual=100000"))
    assert row_of(budget(now, earlier), "base_actual")["note"] == ""


def test_without_last_years_tables_this_years_table_tells_of_last_year():
    changes = budget_changes(year_of(base_data=base_of("three_public three_public 三公经费合计 万元 last=12 actual=9")), {}, 2031)
    row = row_of(changes, "base_actual")
    assert (row["earlier_year"], row["earlier"], row["change"]) == (2030, 12, -3)
    assert row["note"] == "上年数取自本年基础数据表的“上年决算数”"


def test_scores_by_other_rules_are_not_compared():
    now, earlier = year_of(scores=scores_of("91.5", "优")), year_of(scores=scores_of("88", ruleset="hunan"))
    assert row_of(budget(now, earlier), "score_total")["missing"] == "口径变化：评分规则由“hunan”变为“national”"
    row = row_of(budget(now, year_of(scores=scores_of("88"))), "score_total")
    assert (row["change"], row["note"]) == (Decimal("3.5"), "等级由“良”变为“优”")


def test_scores_and_indicators_of_a_project_follow_its_name():
    def tables(name, points, grade):
        scores, indicators = scores_of(points, grade).assign(scope=name), indicators_of("quantity 清淤长度 ge 8 9 公里").assign(scope=name)
        return year_of([f"b01 project general_public - {name} actual=9"], scores=scores, indicators=indicators)

    changes = budget(tables("河道清淤项目", "91", "优"), tables("河道清淤", "85", "良"))
    total = row_of(changes, "score_total", "project:河道清淤")
    assert (total["change"], total["note"], total["label"]) == (6, "等级由“良”变为“优”", "河道清淤项目：总分")
    assert row_of(changes, "indicator_actual")["status"] == "compared"
    gone = budget(tables("河道清淤", "91", "优"), tables("水库加固", "85", "良"))
    assert not set(gone["metric"]) & {"score_total", "indicator_actual"}


def test_of_an_indicator_with_another_target_the_change_of_target_is_said():
    now, earlier = (
        year_of(indicators=indicators_of(text)) for text in ("quantity 培训人次 ge 900 910 人", "quantity 培训人次 ge 800 820 人")
    )
    row = row_of(budget(now, earlier), "indicator_actual")
    assert (row["change"], row["note"]) == (90, "目标由 800 人 变为 900 人")


def test_every_earlier_year_has_its_rows_the_latest_first():
    years = county_water()
    changes = budget_changes(years.pop(2031), years, 2031)
    assert list(dict.fromkeys(changes["earlier_year"])) == [2030, 2028, 2027]
    check_table("budget_changes", changes, "budget_changes")


# ---- work -------------------------------------------------------------------------------------------------------------------------------


def test_an_exact_number_beside_a_lower_bound_tells_how_far_it_can_have_changed():
    row = row_of(safety(["mines hazards_found 250 条"], ["mines hazards_found 200 条 over"]), "hazards_found")
    assert (row["change"], row["note"]) == (50, "往年数只是下限；变动至多如此")
    assert (bounds_of(row["note"]).earlier, bounds_of(row["note"]).change, bounds_of(row["note"]).value) == ("at_least", "at_most", "exact")
    row = row_of(safety(["mines hazards_found 250 条 over"], ["mines hazards_found 200 条"]), "hazards_found")
    assert (row["change"], row["note"]) == (50, "本年数只是下限；变动至少如此")


def test_between_two_lower_bounds_no_change_can_be_told():
    row = row_of(safety(["mines hazards_found 250 条 over"], ["mines hazards_found 200 条 over"]), "hazards_found")
    assert (row["status"], row["change"], row["missing"]) == ("not_comparable", None, "两年都只有界限，变动方向无法确定")


def test_the_whole_of_one_year_is_not_held_against_a_trade_of_another():
    row = row_of(
        safety(["mines hazards_found 250 条", "city visits 9 家"], ["city hazards_found 900 条", "mines visits 8 家"]), "hazards_found"
    )
    assert (row["status"], row["missing"]) == ("not_comparable", "口径变化：范围由“全部领域”变为“矿山”")


def test_trades_that_come_and_go_are_named():
    changes = safety(["mines visits 5 家", "gas visits 3 家"], ["mines visits 5 家", "fire visits 4 家"])
    assert [(row.status, row.label) for row in changes[changes["metric"] == "sector"].itertuples()] == [
        ("appeared", "燃气"),
        ("vanished", "消防"),
    ]
    assert not (changes["scope"].isin({"gas", "fire"}) & (changes["metric"] == "visits")).any()


def test_another_denominator_behind_the_same_formula_is_another_measure():
    now, earlier = ["mines hazards_found 90 条", "mines units_inspected 30 家"], ["mines hazards_found 80 条", "mines visits 40 家次"]
    row = row_of(safety(now, earlier), "hazards_per_unit")
    assert row["missing"] == "口径变化：取数办法由“分母为检查家次，同一单位可检查多次”变为“通常口径”"


def test_a_year_without_work_data_is_said_once():
    changes = safety(["mines visits 5 家"], [])
    assert [(row.metric, row.missing) for row in changes.itertuples()] == [("work_facts", "2030 年度没有工作数据")]


def test_a_fact_stated_in_two_ways_is_compared_with_nothing():
    row = row_of(safety(["mines visits 5 家", "mines visits 6 家"], ["mines visits 5 家"]), "visits")
    assert row["missing"] == "本年有几个同名的数，无法对应"


# ---- reading ----------------------------------------------------------------------------------------------------------------------------


def test_earlier_years_are_read_and_later_ones_are_not(tmp_path):
    lay_out(tmp_path / "data", "jia-water", county_water())
    place = Place("jia-water", 2030, tmp_path / "data", tmp_path / "outputs")
    assert list(earlier_tables(place, BUDGET_TABLES).years) == [2028, 2027]
    assert earlier_tables(place).remarks == []


@pytest.mark.parametrize(
    ("content", "why"),
    [(b"metric,label\n", "缺少列"), (b"\xff\xfe\x00broken", "文件损坏"), (b"", "文件损坏"), (None, "找不到表 scores.csv")],
)
def test_a_year_whose_tables_do_not_fit_is_left_out_and_named(tmp_path, content, why):
    places = lay_out(tmp_path / "data", "jia-water", county_water())
    broken = places[1].processed / "scores.csv"
    broken.unlink()
    if content is not None:
        broken.write_bytes(content)
    earlier = earlier_tables(places[-1], BUDGET_TABLES)
    assert list(earlier.years) == [2030, 2027]
    assert why in earlier.left_out[2028]
    changes = budget_changes(county_water()[2031], earlier.years, 2031, earlier.left_out)
    row = row_of(changes, "tables")
    assert (row["status"], row["earlier_year"]) == ("not_comparable", 2028)
    assert row["missing"] == earlier.remarks[0]


def test_a_body_without_earlier_years_has_no_changes(tmp_path):
    place = Place("jia-water", 2031, tmp_path / "data", tmp_path / "outputs")
    assert earlier_tables(place).years == {}
    assert budget_changes(year_of([f"{TOTAL} actual=9"]), {}, 2031).empty


def test_every_headline_names_a_measure_that_exists():
    known = {f"line_{column}" for column in load("compare")["amounts"]["columns"]} | {"base_actual", "score_total"}
    known |= set(load("budget_metrics")["metric"]) | {entry["id"] for entry in load("budget_metrics")["official"]}
    known |= {entry["id"] for entry in load("safety_metrics")["ratio"]} | {entry["id"] for entry in load("indicators")["indicator"]}
    assert [entry["metric"] for entry in load("compare")["headline"] if entry["metric"] not in known] == []
