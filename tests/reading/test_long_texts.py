"""Texts no person writes: what is twice as long takes twice the steps, and says what its pieces say. Steps are counted, not seconds."""

from __future__ import annotations

import re
import sys
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest

from selfeval.judging.assessment import assess
from selfeval.judging.form_checks.finding import tolerance_of
from selfeval.quantity import whole_of
from selfeval.reading.document import Document
from selfeval.reading.figures import extract_figures
from selfeval.records.line_tree import LineTree
from tables_at_hand import audited, projects_of

_TWICE = 2.3
# How many patterns are compiled once more depends on what other tests left in the cache of re.
_OF_RE = str(Path(re.__file__).parent)


def document_of(text):
    return Document(text, "report.txt", "txt", "utf-8")


def steps(text):
    """How many lines of code reading and auditing a text goes through, loops inside one line counted round by round."""
    count = 0

    def trace(frame, event, _argument):
        nonlocal count
        if frame.f_code.co_filename.startswith(_OF_RE):
            return None
        count += event == "line"
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        assess(document_of(text), year=2031)
    finally:
        sys.settrace(before)
    return count


HOSTILE = {
    "projects in rows": lambda n: "".join(f"{i}、甲{i}整治项目支出3万元\n" for i in range(n)),
    "parts of parts": lambda n: "检查含矿山3家，" * n,
    "one total with another number each time": lambda n: "".join(f"四项预算合计1{i}.00万元。" for i in range(n)),
    "rates in a row of heads": lambda n: "项目\t预算数\t支出数" + "\t执行率" * n + "\n甲\t3\t2" + "\t67%" * n + "\n",
}


@pytest.mark.parametrize(
    "text", [pytest.param(text, marks=pytest.mark.slow if name == "parts of parts" else ()) for name, text in HOSTILE.items()], ids=HOSTILE
)
def test_a_text_twice_as_long_takes_twice_the_steps(text):
    steps(text(20))  # what is looked up once and kept is looked up here
    assert steps(text(300)) < _TWICE * steps(text(150))


def test_the_tables_of_a_sentence_without_end_grow_with_the_text():
    def written(number):
        return sum(len(table.to_csv()) for table in assess(document_of("3万元" * number), year=2031).values())

    assert written(1600) < _TWICE * written(800)


def test_a_sentence_is_shown_whole_and_of_one_without_end_the_part_around_the_figure():
    long = "甲" * 900 + "3人" + "乙" * 900 + "。"
    assert document_of(long).sentence(900) == long
    text = "前文。" + "支出3万元，" * 1000 + "完。"
    document = document_of(text)
    for figure in extract_figures(text):
        shown = document.sentence(figure.start)
        assert "支出3万元，" in shown
        assert shown in text
        assert len(shown) <= 600
    assert document.sentence(0) == "前文。"


@pytest.mark.parametrize("clause", ["检查矿山企业30家，", "计划修建4处，实际修建3处，完成率75%，", "支出3万元，", "培训26期、3820人，"])
def test_the_figures_of_a_sentence_without_end_are_those_of_its_pieces(clause):
    def said(figures):
        return [(figure.text, figure.value, figure.unit, figure.qualifier, figure.kind, figure.measure) for figure in figures]

    piece, whole = said(extract_figures(clause * 3)), said(extract_figures(clause * 900))
    each = len(piece) // 3
    assert whole[each:-each] == piece[each : 2 * each] * 898


@pytest.mark.parametrize("clause", ["检查矿山企业30家", "计划修建4处，实际修建3处，完成率75%", "抽查矿山9家，其中合格3家、停产6家"])
def test_a_sentence_without_end_says_what_its_pieces_say(clause):
    def said(text):
        tables = assess(document_of(text), year=2031)
        facts = Counter(tables["work_facts"][["sector", "indicator", "label", "value", "unit"]].itertuples(index=False, name=None))
        # What is said again in the next sentence is said again; in one sentence it is a list.
        found = tables["findings"][lambda table: ~table["family"].isin(["repeat", "part_whole"]) & (table["figures"] != "")]
        return facts, Counter(found[["family", "verdict", "title", "stated", "recomputed"]].itertuples(index=False, name=None))

    assert said(f"{clause}，" * 150) == said(f"{clause}。" * 150)


def test_a_list_of_a_hundred_parts_is_added_up():
    names = ("甲乙丙丁戊己庚辛壬癸"[number // 10] + "子丑寅卯辰巳午未申酉"[number % 10] for number in range(100))
    findings = audited("共清理河道100条，其中" + "、".join(f"{name}村1条" for name in names) + "。")
    assert list(findings[findings["family"] == "sum"]["verdict"]) == ["agrees"]


class Watched(list):
    """A list that knows how often it was gone through."""

    rounds = 0

    def __iter__(self):
        self.rounds += 1
        return super().__iter__()


def test_the_whole_among_its_parts_is_looked_for_with_one_sum():
    values = Watched([Decimal(1)] * 50)
    assert whole_of(values) is None
    assert values.rounds <= 2


def test_a_tolerance_looks_at_each_part_once():
    parts = Watched([Decimal("1.5")] * 50)
    assert tolerance_of(Decimal(75), parts) == Decimal("0.255")
    assert parts.rounds <= 1


def test_the_projects_of_a_tree_are_picked_out_once():
    tree = LineTree.of(projects_of(("3", "2"), ("4", "4")))
    assert tree.projects() is tree.projects()
    assert [line.item for line in tree.projects_by(len)[3]] == ["项目1", "项目2"]
