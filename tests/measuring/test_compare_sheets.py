"""Years kept in sheets side by side, and one kept in sheets beside one told in a report. All bodies and numbers are invented."""

from decimal import Decimal

from bodies import year_of
from selfeval.measuring.budget import budget_metrics
from selfeval.measuring.compare import budget_changes, safety_changes
from selfeval.measuring.safety import safety_metrics
from selfeval.measuring.scoring import score
from selfeval.records.entry_tables import tables_of
from sheets_at_hand import entries_of

BOOK = {"book": "general_public"}


def sheet_year(projects, last, now, inspected, points="100"):
    """One year of a body that keeps nothing but sheets; `projects` are (name, source, 全年预算数, 全年执行数)."""
    budget = [{**BOOK, "level": "basic_part", "item": "人员经费", "adjusted": 100, "actual": 98}]
    budget += [{**BOOK, "level": "project", "item": n, "fund_source": s, "adjusted": p, "actual": a} for n, s, p, a in projects]
    base = [{"section": "three_public", "item": "三公经费合计", "unit": "万元", "last_actual": last, "budget": 12, "actual": now}]
    marks = [
        {
            "level1": "output",
            "level2": "quantity",
            "name": "巡查次数",
            "nature": "ge",
            "target": "12",
            "actual": "12",
            "unit": "次",
            "weight": points,
        }
    ]
    work = [{"area": "training", "sector": "water", "indicator": "参训人数", "value": inspected, "unit": "人"}]
    tables = year_of() | tables_of(entries_of(budget=budget, base=base, indicators=marks, work=work))
    tables["budget_metrics"] = budget_metrics(tables["budget_lines"], tables["work_facts"], tables["base_data"])
    tables["safety_metrics"] = safety_metrics(tables["work_facts"])
    tables["scores"] = score(tables["indicators"], tables["budget_lines"], tables["base_data"], tables["budget_metrics"])
    return tables


EARLIER = sheet_year([("水库加固", None, 20, 18), ("防汛抗旱经费", "current", 30, 29), ("防汛抗旱经费", "carried", 5, 5)], 11, 10, 40)
NOW = sheet_year([("防汛抗旱项目", "current", 33, 31), ("防汛抗旱项目", "carried", 4, 4), ("河道清淤", None, 10, 9)], 10.5, 9, 55)


def row_of(changes, metric, scope):
    chosen = changes[(changes["metric"] == metric) & (changes["scope"] == scope)]
    assert len(chosen) == 1, changes[["metric", "scope", "status", "missing"]].to_string()
    return chosen.iloc[0]


def test_a_project_and_its_fund_sources_are_found_again_under_other_row_numbers():
    changes = budget_changes(NOW, {2030: EARLIER}, 2031)
    assert row_of(changes, "line_actual", "project:防汛抗旱")["change"] == 1
    sources = changes[(changes["metric"] == "line_actual") & changes["scope"].str.startswith("item:防汛抗旱/")]
    assert [(row.label.rpartition("：")[0], row.change) for row in sources.itertuples()] == [
        ("防汛抗旱项目（当年财政拨款）", 2),
        ("防汛抗旱项目（上年结转资金）", -1),
    ]
    assert set(changes[changes["metric"] == "project"]["label"]) == {"河道清淤", "水库加固"}


def test_sums_of_the_sheet_and_official_rates_are_compared():
    changes = budget_changes(NOW, {2030: EARLIER}, 2031)
    assert row_of(changes, "line_actual", "total")["change"] == 142 - 150
    assert row_of(changes, "official_execution_rate", "department")["status"] == "compared"
    public = row_of(changes, "base_actual", "three_public")
    assert public["change"] == -1
    assert public["note"].startswith("本年基础数据表的上年决算数为 10.5 万元，2030 年度的决算数为 10 万元")


def test_scores_by_the_same_rules_are_compared_whatever_numbers_their_formulas_hold():
    changes = budget_changes(NOW, {2030: EARLIER}, 2031)
    scores = changes[changes["metric"].str.startswith("score_") & (changes["status"] == "compared")]
    assert len(scores)
    assert not changes["missing"].str.contains("评分规则").any()


def test_work_of_the_sheets_is_compared_trade_by_trade():
    changes = safety_changes(NOW, {2030: EARLIER})
    row = row_of(changes, "trained_persons", "water")
    assert (row["change"], row["change_rate"], row["label"]) == (15, Decimal("0.375"), "水利：参训人数")


def test_a_year_in_sheets_stands_beside_a_year_told_in_a_report():
    told = year_of(["b01 total all - 支出 adjusted=150 actual=140", "b02 project general_public - 防汛抗旱 adjusted=35 actual=34"])
    changes = budget_changes(NOW, {2030: told}, 2031)
    assert row_of(changes, "line_actual", "total")["change"] == 2
    assert row_of(changes, "line_actual", "project:防汛抗旱")["change"] == 1
