"""Where a report prints marks: indicators with target, actual, weight and score, and the headings and statements that sum them up."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise

from selfeval.judging.relations import place
from selfeval.judging.report import Material, Mention, once
from selfeval.knowledge import load
from selfeval.reading.clauses import STOPS, words_before
from selfeval.reading.document import Heading
from selfeval.reading.enumeration import number_of, without_number
from selfeval.reading.grid import ITEM, Grid

_ROLES = ("target", "rate", "actual", "weight", "score")
# … and by the role of a column.
_ROLE_OF = {"target": "target", "reached": "actual", "weight": "weight", "score": "score"}
# … where 目标 and 实际 stand beside marks: an indicator is no money.
_BESIDE_MARKS = {"budget": "target", "actual": "actual"}
_BRACKET = re.compile(r"[（(][^（）()]*\d[^（）()]*[）)]")
_ALONE = re.compile(r"\s*[≤≥<>＜＞]\s*")
_LEAD = 14
_ROW_RANK = _ALL_MARKS = 100
_POINT = "分"


@dataclass
class Marked:
    """What carries marks: an indicator, or a group of them. `rank` as of headings, that of an indicator below all.

    `reason` is what the table gives for a missed target, None where it has no column for that; `path` is what its row stands under.
    """

    name: str
    start: int
    rank: int = _ROW_RANK
    roles: dict[str, Mention] = field(default_factory=dict)
    children: list[Marked] = field(default_factory=list)
    reason: str | None = None
    path: tuple[str, ...] = ()

    def get(self, role: str) -> Mention | None:
        """The figure in this part: target, actual, rate (of what was done), weight or score."""
        return self.roles.get(role)


@once
def indicators(material: Material) -> list[Marked]:
    """Every indicator that prints both a weight and a score, of prose and tables, in reading order."""
    rows = (*_of_prose(material), *(row for grid in material.grids for row in rows_of(material, grid)))
    return sorted((row for row in rows if {"weight", "score"} <= row.roles.keys()), key=lambda row: row.start)


@once
def groups(material: Material) -> list[Marked]:
    """Headings that print marks of their own, each with the groups or indicators that stand directly under it."""
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
    return [entry for entry in marked if entry.roles]


@once
def statements(material: Material, role: str) -> dict[str, list[Mention]]:
    """Marks stated for a part of the evaluation in running text: its key (knowledge/checks.toml) → figures, in reading order.

    `role`: weight (产出指标50分) or score (产出指标得48.97分).
    """
    found: dict[str, list[Mention]] = {}
    headed = {mention.id for heading in material.document.outline.headings() for mention in _in_heading(material, heading)}
    said = material.spoken.statements
    others = {each.index for each in said if each.period == "prior" or (role == "score" and each.aspect == "weight")}
    for before, mention in pairwise([None, *material.mentions]):
        own = mention.figure.unit == _POINT and mention.id not in headed and mention.index not in others
        if own and role_of(mention) in ({"score"} if role == "score" else {"weight", ""}):
            # Marks right behind the one hundred there are of: 满分100分，实得93.5分.
            behind = before and (before.sentence, before.figure.unit, before.amount) == (mention.sentence, _POINT, _ALL_MARKS)
            key = part_named(_clause(mention)) or ("total" if behind and role == "score" else "")
            if key and (role == "score" or _pattern("bare_weight").search(mention.lead)):
                found.setdefault(key, []).append(mention)
    return found


def part_named(words: str) -> str:
    """Which part of the evaluation the words name last: execution, output, benefit, satisfaction, total …; '' for none."""
    found = [(match.end(), key) for key, pattern in _parts().items() for match in pattern.finditer(words)]
    return max(found)[1] if found else ""


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


def rows_of(material: Material, grid: Grid) -> Iterator[Marked]:
    """The indicators of a table, with what each has of target, actual, weight and score."""
    columns = {_ROLE_OF[column.role]: column for column in grid.columns if column.role in _ROLE_OF}
    if columns.keys() == {"weight", "score"}:
        columns |= {_BESIDE_MARKS[column.role]: column for column in grid.columns if column.role in _BESIDE_MARKS}
    reasons = next((column for column in grid.columns if column.role == "reason"), None)
    for row in grid.rows if len(columns) > 1 else ():
        places = {role: spot for role, column in columns.items() if (spot := place(grid, row, column, bounds=True))}
        roles = {role: mention for role, spot in places.items() if (mention := material.mention(material.figure_at(spot)))}
        if any(_ALONE.fullmatch(cell.text) for cell in row.cells):
            roles.pop("target", None)  # ≤ | 720: a bound, whose sign has a column of its own
        if roles and row.role == ITEM:
            cell = row.cell(reasons) if reasons else None
            reason = (cell.text if cell else "") if reasons else None
            yield Marked(row.name, row.cells[0].start, roles=roles, reason=reason, path=(*row.group, *row.path))


def _in_heading(material: Material, heading: Heading) -> list[Mention]:
    return marks_between(material, heading.start, heading.start + len(heading.text))


def _heading(material: Material, heading: Heading) -> Marked:
    """A heading with the marks inside it, or, where it names a part of the evaluation, in the sentence behind it."""
    marked = Marked(_BRACKET.sub("", without_number(heading.text)), heading.start, heading.rank)
    end = heading.start + len(heading.text)
    marks = _in_heading(material, heading)
    # A numbered line behind a heading is the first of its parts: 1.决策18.00分.
    behind = material.document.text[end : end + _LEAD].lstrip()
    if not marks and part_named(heading.text) and number_of(behind) is None:
        stop = material.document.sentence_at(end + 1)[1] if end + 1 < len(material.document.text) else end
        marks = [mention for mention in marks_between(material, end, stop) if material.document.line_at(stop - 1) == mention.line]
        marks = marks if len(marks) <= 2 and len({role_of(mention) for mention in marks}) == len(marks) else []
    for mention in marks:
        marked.roles.setdefault(role_of(mention) or "weight", mention)
    marked.roles = {role: mention for role, mention in marked.roles.items() if role in {"weight", "score"}}
    return marked


def marks_between(material: Material, start: int, end: int) -> list[Mention]:
    """The marks printed in a part of the text."""
    found = (material.mention(identity) for identity, _ in material.figures_between(start, end))
    return [mention for mention in found if mention and mention.figure.unit == _POINT]


@cache
def _pattern(words: str, end: str = "") -> re.Pattern[str]:
    return re.compile(f"(?:{load('checks')['scores'][words]}){end}")


@cache
def _parts() -> dict[str, re.Pattern[str]]:
    return {key: re.compile(words) for key, words in load("checks")["scores"]["parts"].items()}
