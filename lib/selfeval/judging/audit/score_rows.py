"""Where a report prints marks: indicators with target, actual, weight and score, and the headings and statements that sum them up."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from itertools import groupby, pairwise
from typing import NamedTuple

from selfeval.judging.report import Material, Mention, once
from selfeval.knowledge import load
from selfeval.reading.clauses import STOPS, words_before
from selfeval.reading.document import Cell, Heading
from selfeval.reading.enumeration import number_of, without_number
from selfeval.reading.figures import Figure, figure_id
from selfeval.reading.grid import ITEM, TOTAL, Row, is_blank
from selfeval.reading.statements import Statement
from selfeval.records.printed_forms import MarkTable, Printed, mark_tables, part_named

_ROLES = ("target", "rate", "actual", "weight", "score")
_BRACKET = re.compile(r"[（(][^（）()]*\d[^（）()]*[）)]")
_BARE_MARK = re.compile(r"[（(](\d{1,3})[）)]$")
_LEAD = 14
_ROW_RANK = _ALL_MARKS = 100
_FEWEST_PARTS = 3
_POINT = "分"


@dataclass
class Marked:
    """What carries marks: an indicator, or a group of them. `rank` as of headings, that of an indicator below all.

    `reason` is what the table gives for a missed target, None where it has no column for that; `path` is what its row stands under, `aim`
    its target in words, `takes_in` are marks its name says it counts in.
    """

    name: str
    start: int
    rank: int = _ROW_RANK
    roles: dict[str, Mention] = field(default_factory=dict)
    children: list[Marked] = field(default_factory=list)
    reason: str | None = None
    path: tuple[str, ...] = ()
    aim: str = ""
    takes_in: list[Mention] = field(default_factory=list)

    @property
    def counts_all(self) -> bool:
        """Whether its weight is all marks there are."""
        return "weight" in self.roles and self.roles["weight"].amount == _ALL_MARKS

    def get(self, role: str) -> Mention | None:
        """The figure in this part: target, actual, rate (of what was done), weight or score."""
        return self.roles.get(role)


@once
def indicators(material: Material) -> list[Marked]:
    """Every indicator that prints both a weight and a score, of prose and tables, in reading order."""
    rows = (*_of_prose(material), *(row for sheet in sheets(material) for row in sheet.rows))
    return sorted((row for row in rows if {"weight", "score"} <= row.roles.keys()), key=lambda row: row.start)


@once
def groups(material: Material) -> list[Marked]:
    """Headings that print marks of their own, each with the groups or indicators that stand directly under it; then totals of tables."""
    rows = indicators(material)
    starts = {material.document.line_at(row.start) for row in rows}
    headings = [_heading(material, heading) for heading in material.document.outline.headings()]
    marked = [heading for heading in headings if material.document.line_at(heading.start) not in starts]
    stack: list[Marked] = []
    for entry in sorted([*marked, *rows], key=lambda entry: entry.start):
        while stack and stack[-1].rank >= entry.rank:
            stack.pop()
        owner = next((above for above in reversed(stack) if above.roles), None)
        if owner and entry.roles:
            owner.children.append(entry)
        stack.append(entry)
    return [*(entry for entry in marked if entry.roles), *_totals(material)]


@once
def statements(material: Material, role: str) -> dict[str, list[Mention]]:
    """Marks stated for a part of the evaluation in running text: its key (knowledge/checks.toml) → figures, in reading order.

    `role`: weight (产出指标50分) or score (产出指标得48.97分).
    """
    found: dict[str, list[Mention]] = {}
    headed = {mention.id for heading in material.document.outline.headings() for mention in _in_heading(material, heading)}
    said = material.spoken.statements
    others = {each.index for each in said if each.period == "prior" or (role == "score" and each.aspect == "weight")}
    others |= {*_full_marks(said)} if role == "score" else set()
    for before, mention in pairwise([None, *material.mentions]):
        own = mention.figure.unit == _POINT and mention.id not in headed and mention.index not in others
        # 执行率10分: what stands behind the name of a rate is no rate, but points.
        if own and role_of(mention) in ({"score"} if role == "score" else {"weight", "rate", ""}):
            # Marks right behind the one hundred there are of: 满分100分，实得93.5分.
            behind = before and (before.sentence, before.figure.unit, before.amount) == (mention.sentence, _POINT, _ALL_MARKS)
            key = part_named(_clause(mention)) or ("total" if behind and role == "score" else "")
            if key and (role == "score" or _pattern("bare_weight").search(mention.lead)):
                found.setdefault(key, []).append(mention)
    return found


def _full_marks(said: Sequence[Statement]) -> Iterator[int]:
    """The one hundred marks there are: 投入类10分、过程类25分、产出类35分、效果类30分，总分100分."""
    for _, of_sentence in groupby(said, key=lambda each: each.sentence):
        marks = [each for each in of_sentence if each.figure.unit == _POINT and each.figure.exponent >= 0]
        for number, full in enumerate(marks):
            if number >= _FEWEST_PARTS and full.amount == _ALL_MARKS == sum(each.amount for each in marks[:number]):
                yield full.index


def role_of(mention: Mention) -> str:
    """Which part a figure plays by the words right in front of it: target, actual, weight, score or ''."""
    lead = mention.lead[-_LEAD:]
    return next((role for role in _ROLES if _pattern(role, "$").search(lead)), "")


def _clause(mention: Mention) -> str:
    return words_before(mention.lead, len(mention.lead), STOPS)


def _of_prose(material: Material) -> Iterator[Marked]:
    for paragraph in material.paragraphs:
        row: Marked | None = None
        for mention in paragraph:
            role = role_of(mention)
            if role in {"weight", "score"} and mention.figure.unit != _POINT:
                continue
            if role == "target" or (row and role in row.roles):
                yield from _finished(row)
                row = None
            if role == "target" or (role == "weight" and row is None):
                row = Marked(_name(mention), mention.figure.start)
            if row and role:
                row.roles[role] = mention
        yield from _finished(row)


def _finished(row: Marked | None) -> Iterator[Marked]:
    if row and row.roles.keys() & {"target", "rate"}:
        yield row


def _name(mention: Mention) -> str:
    """What stands in front of the figure a row begins with, without its number and the word for its role."""
    words = _pattern(role_of(mention), "$").sub("", _clause(mention))
    return without_number(words).strip(" ：:，,、") or mention.figure.measure


class Sheet(NamedTuple):
    """A table of marks: its indicators, what sums them up, and the groups its first column tells, with their marks: 产出（50分）."""

    rows: list[Marked]
    totals: list[Marked]
    groups: list[Marked]


@once
def sheets(material: Material) -> list[Sheet]:
    """The tables that say two things of their rows among target, actual, weight and score."""
    return [_sheet(material, table) for table in mark_tables(material.document, material.figures)]


def _sheet(material: Material, table: MarkTable) -> Sheet:
    found: dict[str, list[Marked]] = {ITEM: [], TOTAL: []}
    groups, label = [Marked("", -1)], ""
    for row in table.rows:
        first, roles = row.row.cells[0], {part: mention for part, each in row.figures.items() if (mention := _printed(material, each))}
        if row.sign:
            roles.pop("target", None)  # ≤ | 720: a bound, whose sign has a column of its own
        texts = {"reason": None, "target": ""} | row.texts
        marked = Marked(row.row.name, first.start, roles=roles, path=row.groups, aim=texts["target"], reason=texts["reason"])
        marked.takes_in = _taken_in(material, row.row)
        found.get(row.role, []).extend([marked] if roles else [])
        if not is_blank(first.text) and first.text != label:
            marks, label = _marks_between(material, first.start, first.end) or _bare_mark(material, first), first.text
            groups.append(Marked(label, first.start, roles={"weight": marks[0]} if len(marks) == 1 else {}))
        groups[-1].children.extend([marked] if roles and row.row.role == ITEM else [])
    return Sheet(found[ITEM], found[TOTAL], [group for group in groups if group.children])


def _printed(material: Material, printed: Printed) -> Mention | None:
    """What a row prints; a number of no known kind is one too."""
    figure, identity = printed.figure, figure_id(printed.index)
    unknown = figure.kind == "other"
    return material.mention(identity) or (_mention(material, Cell("", figure.start, figure.end), identity, figure) if unknown else None)


def _bare_mark(material: Material, label: Cell) -> list[Mention]:
    """The marks of a part of the evaluation, printed bare behind its name: 产出（50）."""
    bare = _BARE_MARK.search(label.text) if part_named(_BRACKET.sub("", label.text)) else None
    found = material.figures_between(label.start, label.end) if bare else []
    marks = [(each, figure._replace(text=bare[1], value=Decimal(bare[1]), unit=_POINT)) for each, figure in found if bare[1] in figure.text]
    return [_mention(material, label, *mark) for mark in marks]


def _mention(material: Material, cell: Cell, identity: str, figure: Figure) -> Mention:
    """A figure of a cell that has no statement of its own."""
    return Mention(identity, -1, figure, figure.value, figure.unit, "", "", (cell.start, cell.end), material.document.line_at(cell.start))


def _taken_in(material: Material, row: Row) -> list[Mention]:
    """The marks that the name of a total says it takes in: 合计（含预算执行10分）."""
    marks = [mark for cell in row.cells for mark in _marks_between(material, cell.start, cell.end)]
    return [mark for mark in marks if row.role == TOTAL and re.search(load("checks")["scores"]["takes_in"], mark.lead)]


def _totals(material: Material) -> Iterator[Marked]:
    """The totals of tables that say they take in other marks than those of the rows, with all of them.

    A group of indicators has no target: its marks are those of the rows under it. Of groups that print marks of their own one at least
    has to come out, of those that a sentence tells the score of (产出指标得48.20分) most.
    """
    for rows, totals, grouped in sheets(material):
        marked = [group for group in grouped if group.roles]
        yield from marked if any(_comes_out(group) for group in marked) else ()
        told = [(group, stated) for group in grouped if not group.roles and (stated := stated_of(group, statements(material, "score")))]
        out = sum(_comes_to(group, "score", stated) for group, stated in told)
        yield from (group for group, _ in told) if 2 * out > len(told) else ()
        whole = all(row.get("weight") and not is_blank(row.aim) for row in rows)
        weighed = (total for total in totals if whole and total.counts_all and total.takes_in)
        for total in (total for total in weighed if all(role_of(mark) != "score" for mark in total.takes_in)):
            inside = [Marked("", mark.figure.start, roles={"weight": mark}) for mark in total.takes_in]
            yield Marked(total.name, total.start, roles={"weight": total.roles["weight"]}, children=[*rows, *inside])


def _comes_out(group: Marked) -> bool:
    return _comes_to(group, "weight", group.roles["weight"])


def _comes_to(group: Marked, role: str, whole: Mention) -> bool:
    marks = [child.get(role) for child in group.children]
    return all(marks) and sum(mark.amount for mark in marks) == whole.amount


def stated_of(group: Marked, stated: dict[str, list[Mention]]) -> Mention | None:
    """The marks stated elsewhere for the part of the evaluation that a group is named after."""
    key = part_named(group.name)
    found = stated.get(key, []) if key in load("checks")["scores"]["first_level"] else []
    return found[0] if found else None


def _in_heading(material: Material, heading: Heading) -> list[Mention]:
    return _marks_between(material, heading.start, heading.start + len(heading.text))


def _heading(material: Material, heading: Heading) -> Marked:
    """A heading with the marks inside it, or, where it names a part of the evaluation, in the sentence behind it."""
    marked = Marked(_BRACKET.sub("", without_number(heading.text)), heading.start, heading.rank)
    end = heading.start + len(heading.text)
    marks = _in_heading(material, heading)
    # A numbered line behind a heading is the first of its parts: 1.决策18.00分.
    behind = material.document.text[end : end + _LEAD].lstrip()
    if not marks and part_named(heading.text) and number_of(behind) is None:
        stop = material.document.sentence_at(end + 1)[1] if end + 1 < len(material.document.text) else end
        marks = [mention for mention in _marks_between(material, end, stop) if material.document.line_at(stop - 1) == mention.line]
        marks = marks if len(marks) <= 2 and len({role_of(mention) for mention in marks}) == len(marks) else []
    for mention in marks:
        marked.roles.setdefault(role_of(mention) or "weight", mention)
    marked.roles = {role: mention for role, mention in marked.roles.items() if role in {"weight", "score"}}
    return marked


def _marks_between(material: Material, start: int, end: int) -> list[Mention]:
    """The marks printed in a part of the text."""
    found = (material.mention(identity) for identity, _ in material.figures_between(start, end))
    return [mention for mention in found if mention and mention.figure.unit == _POINT]


@cache
def _pattern(words: str, end: str = "") -> re.Pattern[str]:
    return re.compile(f"(?:{load('checks')['scores'][words]}){end}")
