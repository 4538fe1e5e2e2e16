"""Pieces of work are done in their order, side by side where they may, and end together when one fails."""

import threading

import pytest

from selfeval.running.runner.sequence import Work, in_sequence
from selfeval.running.stages import STAGES, beside


def test_a_piece_begins_only_when_all_it_reads_is_written():
    done = []
    works = [
        Work(("b", "c"), (), lambda: done.append("last")),
        Work(("a",), ("c",), lambda: done.append("middle")),
        Work(("raw",), ("a", "b"), lambda: done.append("first")),
    ]
    in_sequence(works, lambda: None)
    assert done == ["first", "middle", "last"]


def test_pieces_that_do_not_wait_for_each_other_are_at_work_at_the_same_time():
    both = threading.Barrier(2)
    works = [Work((), (name,), lambda: both.wait(timeout=30)) for name in "ab"]
    in_sequence(works, lambda: None)
    assert not both.broken


def test_results_are_told_in_the_main_thread():
    told = []
    in_sequence([Work((), (), lambda: 7, lambda result: told.append((result, threading.current_thread())))], lambda: None)
    assert told == [(7, threading.main_thread())]


def test_results_are_told_in_the_order_of_the_pieces():
    second = threading.Event()
    told = []
    works = [
        Work((), ("a",), lambda: second.wait(30), lambda _: told.append("first")),
        Work((), ("b",), second.set, lambda _: told.append("second")),
    ]
    in_sequence(works, lambda: None)
    assert told == ["first", "second"]


def test_a_failure_breaks_off_what_is_at_work_and_what_waits_never_begins():
    stopped = threading.Event()

    def fails() -> None:
        raise ValueError("甲")

    began = []
    works = [
        Work((), ("a",), fails),
        Work((), ("b",), lambda: stopped.wait(30)),
        Work(("a",), (), lambda: began.append("after")),
    ]
    with pytest.raises(ValueError, match="甲"):
        in_sequence(works, stopped.set)
    assert stopped.is_set()
    assert began == []


def test_only_budget_and_safety_run_beside_each_other():
    assert {stage.name: [other.name for other in beside(stage)] for stage in STAGES} == {
        "01_clean": [],
        "02_budget_execution": ["03_safety_work"],
        "03_safety_work": ["02_budget_execution"],
        "04_report": [],
    }
