"""Do the figures of a report agree with one another? Every relation that can be recomputed is, and the outcome is a finding.

A rule is a function from Material to findings. To add one: write it in the module of its kind and list it in RULES, word it under its name
in knowledge/checks.toml, and prove it by one test. What is editorial is no rule but a remark (judging/remarks).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence

import pandas as pd

from selfeval.judging.remarks import remarked
from selfeval.judging.report import Finding, Material, fingerprint, read_facts
from selfeval.quantity import in_base_unit
from selfeval.reading.document import Document
from selfeval.reading.figures import Figure
from selfeval.reading.identity import identify
from selfeval.reading.statements import Spoken
from selfeval.records.line_tree import LineTree
from selfeval.tables import make_table

from .execution import deviations
from .rates import all_done, bare_hundreds, out_of_range
from .scores import execution_score, grades, indicator_scores, missed_targets, rates_told_again, score_sums
from .statement_checks import comparisons, durations, items_twice, statements_hold
from .sums import total_of_blocks, totals_unstated
from .table_checks import empty_tables, notes_on_empty_tables, rows_twice, tables_hold

__all__ = ["RULES", "audit"]

# What tells a score to be wrong, and a total that may be of it.
_SCORES, _TOTALS = frozenset({"score", "score_cap", "score_sum", "execution_score"}), frozenset({"table", "score_sum", "statement_list"})
# The total of the body against its blocks, of which any other rule may tell one to be wrong.
_BLOCKS = "total"

Rule = Callable[[Material], Iterable[Finding]]

# In any order: what is told of one passage is decided by Finding.sureness alone.
RULES: tuple[Rule, ...] = (
    *(tables_hold, rows_twice, notes_on_empty_tables, empty_tables),
    *(statements_hold, durations, comparisons, items_twice),
    *(total_of_blocks, totals_unstated, deviations, out_of_range, bare_hundreds, all_done),
    *(indicator_scores, execution_score, score_sums, grades, missed_targets, rates_told_again),
    remarked,
)


def audit(
    document: Document,
    figures: Sequence[Figure],
    spoken: Spoken,
    lines: pd.DataFrame,
    facts: pd.DataFrame,
    remarks: Iterable[str] = (),
    *,
    year: int | None = None,
    body: str = "",
) -> pd.DataFrame:
    """Return the table findings for one report: everything that was checked, weightiest first.

    `figures` and `spoken` are what `document` holds and says, `lines` and `facts` its tables. `year` and `body` are those the report
    is for; without them its own words are taken.
    One row is one relation. `verdict`: agrees, rounding (the printed decimals explain the gap), differs, not_checkable (the message says
    what is missing), flag (no arithmetic, but a reader will ask). `severity` (high, medium, low, info) is how much it matters for
    understanding the report; neither says who is wrong. `difference` is stated less recomputed, both in `unit`. `quote` is text of the
    document, word for word; `figures`: the ids of those it rests on, the one judged first. `fingerprint` names a finding for good. Of a
    year without a report only the remarks are told, of an empty template nothing.
    """
    named = identify(document)
    known = (tuple(remarks), year or named.year, body or named.body, named.kind)
    material = Material(document, figures, spoken, LineTree.of(lines), read_facts(facts), *known)
    rules = () if material.kind == "template" else RULES if document.text.strip() or len(lines) else (remarked,)
    told = _one_a_passage(finding for rule in rules for finding in rule(material))
    found = sorted(_without_what_follows([*told]), key=Finding.weight)
    marks = _told_apart(fingerprint(material, finding) for finding in found)
    rows = zip(found, marks, strict=True)
    return make_table(
        "findings",
        ({"finding_id": f"c{index:03d}", **finding.row(), "fingerprint": mark} for index, (finding, mark) in enumerate(rows, start=1)),
    )


def _without_what_follows(findings: Sequence[Finding]) -> Iterator[Finding]:
    """Findings without totals that come out once a part that is told to be wrong is put right: of marks, and of the body."""
    gaps = {
        id(each): in_base_unit(each.numbers.difference, each.numbers.unit)
        for each in findings
        if each.verdict == "differs" and each.numbers.difference
    }
    put_right = {(each.figures[0], -gaps[id(each)], each.rule) for each in findings if id(each) in gaps and each.figures}

    def follows(total: Finding) -> bool:
        if total.rule not in _TOTALS | {_BLOCKS}:
            return False
        parts, gap = {*total.figures[1:]}, gaps.get(id(total))
        told = {rule for figure, mending, rule in put_right if figure in parts and mending == gap}
        return bool(told & _SCORES if total.rule in _TOTALS else told - {_BLOCKS})

    yield from (each for each in findings if not follows(each))


def _told_apart(marks: Iterable[str]) -> Iterator[str]:
    """Findings of one family on the same words and figures are numbered, the weightier first."""
    seen: Counter[str] = Counter()
    for mark in marks:
        seen[mark] += 1
        yield mark if seen[mark] == 1 else f"{mark}-{seen[mark]}"


def _one_a_passage(findings: Iterable[Finding]) -> Iterable[Finding]:
    """Of findings that come to the same verdict on the same figures, the one to begin with among them, the surest."""
    surest: dict[object, Finding] = {}
    for finding in sorted(findings, key=Finding.sureness):
        several = len(finding.figures) > 1
        surest.setdefault((finding.figures[0], frozenset(finding.figures), finding.verdict) if several else id(finding), finding)
    return surest.values()
