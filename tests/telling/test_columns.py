"""Text on a terminal."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from selfeval.__main__ import main
from selfeval.telling.columns import broken, fitted

TEXT = st.text(st.characters(codec="gb18030", exclude_categories=["C", "M", "Z"]))


def places(line: str) -> int:
    return sum(2 if unicodedata.east_asian_width(c) in "WFA" else 1 for c in line)


@given(st.text(st.characters(codec="gb18030", exclude_categories=["C", "M"])), st.integers(1, 40))
def test_a_line_that_changes_always_fills_the_same_places(line, columns):
    assert places(fitted(line, columns)) == columns


@given(TEXT, st.integers(4, 40))
def test_breaking_a_text_loses_nothing(text, columns):
    assert "".join(broken(text, columns)) == text


def test_lines_break_by_places_and_neither_in_a_word_nor_before_what_closes_a_clause():
    assert broken("甲乙丙丁，戊己", 8) == ["甲乙丙", "丁，戊己"]
    assert broken("环境变量 SELFEVAL_STATUS 说明", 12) == ["环境变量 ", "SELFEVAL_STATUS", "说明"]


def test_help_stays_within_the_terminal(monkeypatch, capsys):
    monkeypatch.setenv("COLUMNS", "80")
    try:
        main(["batch", "--help"])
    except SystemExit:
        told = capsys.readouterr().out
    body = told.partition("选项")[0].splitlines()[1:]
    assert len(body) > 2
    assert max(map(places, body)) <= 80
