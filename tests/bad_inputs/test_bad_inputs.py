"""Every bad input gets its verdict from the command a user types: refused, or read with a finding, or read like a sound one."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from bad_inputs import cards, decided, files, sheets, texts, typing, usage, web_and_pdf, words_and_workbooks
from bad_inputs.case import Build, Case, Refused, Said, Same, named, report
from bad_inputs.good import REPORT
from bad_inputs.outcome import Outcome, outcome_of

CASES = named((texts, typing, files, words_and_workbooks, web_and_pdf, sheets, cards, decided, usage))
# What a message says that tells somebody what to do now.
_REMEDIES = ("请", "应为", "应写成", "应由", "应照抄", "可用", "用法", "只能", "现有", "是不是")

_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\ud800-\udfff]")

Put = Callable[[Case, str], Outcome]
_GOOD: dict[str | Build, Outcome] = {}


@pytest.fixture
def put(tmp_path, capsys, monkeypatch) -> Put:
    """Puts a case before the command line, in a folder of this name."""
    return lambda case, name: outcome_of(case, tmp_path / name, capsys, monkeypatch)


def _good(like: str | Build, put: Put) -> Outcome:
    """What comes of material without fault, found out once."""
    if like not in _GOOD:
        _GOOD[like] = put(Case("", report(like) if isinstance(like, str) else like, Same()), "好")
    return _GOOD[like]


def _wanted(case: Case) -> list[pytest.MarkDecorator]:
    return [pytest.mark.xfail(reason=case.not_yet)] if case.not_yet else []


@pytest.mark.parametrize("name", [pytest.param(name, marks=_wanted(case)) for name, case in CASES.items()])
def test_a_bad_input_gets_its_verdict(name, put):
    case = CASES[name]
    outcome = put(case, "它")
    assert outcome.changed == [], "something was written"
    assert _UNSEEN.findall(outcome.out + outcome.err) == [], "whatever is in a file, no terminal obeys it"
    if isinstance(case.verdict, Refused):
        _is_refused(outcome, case.verdict)
    elif isinstance(case.verdict, Said):
        _is_said(outcome, case.verdict, _good(REPORT, put))
    else:
        _is_read_the_same(outcome, case.verdict, _good(case.verdict.like, put))


def _is_refused(outcome: Outcome, verdict: Refused) -> None:
    assert (outcome.code, outcome.out) == (verdict.code, ""), outcome.err
    assert [word for word in verdict.words if word not in outcome.err] == [], outcome.err
    for line in outcome.err.splitlines():
        assert line.startswith("错误："), "no traceback, and each fault on a line of its own"
        assert any(word in line for word in _REMEDIES), f"no remedy: {line}"


def _is_said(outcome: Outcome, verdict: Said, good: Outcome) -> None:
    """Its words stand in findings that the command does not print for a sound report."""
    assert outcome.code == 0, outcome.err
    usual = good.out.splitlines()
    said = "\n".join(line for line in outcome.out.splitlines() if line.startswith("  【") and line not in usual)
    assert [word for word in verdict.words if word not in said] == [], said


def _is_read_the_same(outcome: Outcome, verdict: Same, good: Outcome) -> None:
    assert outcome.code == 0, outcome.err
    assert outcome.values(verdict.besides) == good.values(verdict.besides)
    assert good.tables["budget_lines"]["actual"].notna().any()


def test_there_are_at_least_two_hundred_bad_inputs():
    assert len(CASES) >= 200
