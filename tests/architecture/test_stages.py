"""Data flow one way, and every table has one writer."""

from collections import Counter

from selfeval.running.stages import EARLIER, RAW, REPORT, STAGES, TABLES
from selfeval.tables import SCHEMAS


def test_every_table_has_one_writer():
    assert [name for name, writers in Counter(name for stage in STAGES for name in stage.writes).items() if writers > 1] == []


def test_every_table_is_written_by_some_stage():
    assert set(TABLES) == set(SCHEMAS)


def test_a_stage_reads_only_what_an_earlier_one_wrote():
    written = {RAW, EARLIER}
    for stage in STAGES:
        assert set(stage.reads) <= written, f"{stage.name} reads {set(stage.reads) - written} before it is written"
        written |= set(stage.writes)


def test_raw_material_is_read_by_the_first_stage_alone():
    assert [stage.name for stage in STAGES if RAW in stage.reads] == [STAGES[0].name]


def test_budget_and_safety_do_not_wait_for_each_other():
    _, budget, safety, _ = STAGES
    assert not set(budget.writes) & set(safety.reads)
    assert not set(safety.writes) & set(budget.reads)


def test_the_report_comes_last_and_is_all_the_last_stage_makes():
    assert [stage.name for stage in STAGES if REPORT in stage.writes] == [STAGES[-1].name]
    assert STAGES[-1].tables == ()
