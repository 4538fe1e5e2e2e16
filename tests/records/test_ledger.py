"""Which figure is used by what."""

from selfeval.records.ledger import mark_used
from selfeval.tables import make_table


def ledger(*, lines=(), facts=(), findings=()) -> list[str]:
    figures = make_table("figures", [{"figure_id": "f0001"}, {"figure_id": "f0002"}, {"figure_id": "f00010"}])
    tables = (make_table("budget_lines", lines), make_table("work_facts", facts), make_table("findings", findings))
    return list(mark_used(figures, *tables)["used_by"])


def test_a_figure_names_everything_that_rests_on_it():
    used = ledger(
        lines=[{"line_id": "b01", "target_figure": "f0001", "actual_figure": "f0002"}],
        facts=[{"fact_id": "w001", "figure_id": "f0002"}],
        findings=[{"finding_id": "c001", "figures": "f0001 f0002"}],
    )
    assert used == ["b01 c001", "b01 w001 c001", ""]


def test_indicators_and_base_data_use_figures_as_well():
    figures = make_table("figures", [{"figure_id": "f0001"}, {"figure_id": "f0002"}])
    tables = [make_table(name, []) for name in ("budget_lines", "work_facts", "findings")]
    indicators = make_table("indicators", [{"indicator_id": "i001", "weight_figure": "f0001"}])
    base = make_table("base_data", [{"item_id": "staff", "last_figure": "f0001", "actual_figure": "f0002"}])
    assert list(mark_used(figures, *tables, indicators, base)["used_by"]) == ["i001 staff", "staff"]


def test_a_row_that_uses_a_figure_twice_is_named_once():
    assert ledger(lines=[{"line_id": "b01", "target_figure": "f0001", "actual_figure": "f0001"}]) == ["b01", "", ""]


def test_a_figure_nobody_uses_stays_in_the_table_with_an_empty_cell():
    assert ledger() == ["", "", ""]


def test_an_id_is_never_taken_for_the_beginning_of_a_longer_one():
    assert ledger(findings=[{"finding_id": "c001", "figures": "f00010"}]) == ["", "", "c001"]
