"""The work by the report's own sections, in the report's own words: whatever a body does, its chapters follow what it wrote."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from functools import cache

from markupsafe import Markup

from selfeval import words
from selfeval.knowledge import load
from selfeval.quantity import base_unit
from selfeval.reading.document import meaning_of

from .markup import said
from .origin import line_anchor
from .report import Report, Row
from .values import leading, link

_SEP = " › "
_MONEY = "万元"
_LONGEST_QUOTE = 90
_STOPS = re.compile("(?<=[。；！？])")
_COMMA = re.compile("(?<=，)")
_LIST_NUMBER = re.compile("^[（(][一二三四五六七八九十\\d]{1,3}[）)]|^[①-⑳]|^\\d{1,2}[．.、](?!\\d)")


@dataclass
class Section:
    """One section of a report in which work is told: its heading, and the facts that stand in it, in reading order."""

    path: str
    number: int
    facts: list[Row] = field(default_factory=list)

    @property
    def name(self) -> str:
        """The heading without its number."""
        return plain_heading(self.path.rpartition(_SEP)[2])

    @property
    def anchor(self) -> str:
        """What it is called on the page."""
        return f"section-{self.number}"

    @property
    def is_later(self) -> bool:
        """Whether it judges work rather than tells it."""
        return bool(re.search(load("page")["sections"]["later"], self.path))


def plain_heading(heading: str) -> str:
    """A heading without the number in front of it and the marks behind it."""
    pattern, before = _numbering(), ""
    while heading != before:
        before, heading = heading, pattern.sub("", heading).strip("。：: ")
    return heading


def work_sections(report: Report) -> list[Section]:
    """The sections in which facts of the year's work stand, those that tell it before those that judge it."""
    found: dict[str, Section] = {}
    for fact in report.facts:
        figure = report.figure_by_id.get(fact.figure_id.split()[0] if fact.figure_id else "")
        if figure is not None and not figure.cell and _is_told_work(fact, figure):
            path = _without_spoken(figure)
            found.setdefault(path, Section(path, len(found) + 1)).facts.append(fact)
    return sorted(found.values(), key=lambda section: section.is_later)


def _without_spoken(figure: Row) -> str:
    """The headings above a figure without those that are the beginning of prose: 一是…… and the lead of the sentence itself."""
    path = figure.section.split(_SEP)
    while len(path) > 1 and (_spoken().match(path[-1]) or _opens_sentence(path[-1], figure)):
        path.pop()
    return _SEP.join(path)


def _opens_sentence(heading: str, figure: Row) -> bool:
    return plain_heading(heading) == heading and figure.sentence.startswith(heading)


def _is_told_work(fact: Row, figure: Row) -> bool:
    known = load("page")["sections"]
    return fact.area not in known["not_fields"] and is_prose(figure.sentence) and bool(figure.section) and not _is_other(figure.section)


@cache
def _is_other(path: str) -> bool:
    """Whether a path of headings leads to what is no work: money, the body itself, problems, plans."""
    known = load("page")["sections"]
    chapter, *rest = path.split(_SEP)
    kinds = {meaning_of(plain_heading(chapter))} | {
        kind for kind in map(meaning_of, map(plain_heading, rest)) if kind not in known["chapters_only"]
    }
    return bool(kinds & {*known["not_work"]}) or bool(re.search(known["of_money"], plain_heading(path.rpartition(_SEP)[2])))


def is_prose(sentence: str) -> bool:
    """Whether it is a sentence, and no row of a table."""
    return "|" not in sentence and not words.is_row(sentence)


def is_told(fact: Row, told: Collection[str]) -> bool:
    """Whether a fact belongs to one of the fields `told` elsewhere; how content people are is no matter of permits."""
    return fact.area in told and not fact.indicator.startswith("satisf")


def quotes(report: Report, section: Section, most: int = 1, told: Collection[str] = ()) -> list[Markup]:
    """The section's sentences that tell most of its work, quoted with their figures; none that is `told` elsewhere, none of money alone."""
    sentences: dict[str, list[Row]] = {}
    for fact in section.facts:
        if plain_heading(fact.sentence) != section.name:
            sentences.setdefault(fact.sentence, []).append(fact)
    own = {sentence: facts for sentence, facts in sentences.items() if not any(is_told(fact, told) for fact in facts)}
    chosen = sorted(filter(lambda sentence: _told_work(own[sentence]), own), key=lambda sentence: -_told_work(own[sentence]))[:most]
    return [quote(report, own[sentence][0]) for sentence in own if sentence in chosen]


def _told_work(facts: Iterable[Row]) -> int:
    """How many facts count or measure work; sums of money and rates alone tell none."""
    return sum(base_unit(fact.unit) not in {_MONEY, "%"} for fact in facts)


def quote(report: Report, fact: Row) -> Markup:
    """The sentence of a fact from the clause it stands in on, as far as there is room, with its place; its figures lead to their cards."""
    figure = report.figure_by_id[fact.figure_id.split()[0]]
    if figure.sentence != fact.sentence:
        return said("“{}”", leading(figure.figure_id, fact.sentence))
    start, text = _room(figure)
    start, text = start + (led := _label(figure, text)), text[led:]
    return said("“{}”{}", _linked(report, figure, start, text), place(report, figure))


def _label(figure: Row, text: str) -> int:
    """How much of a quote says again what heads its section: “(1)网格：划分178个” under 网格."""
    heading = figure.section.rpartition(_SEP)[2]
    label = f"{heading}：" if heading and text.startswith(f"{heading}：") else ""
    return len(label) or len(text) - len(plain_number(text))


def plain_number(words: str) -> str:
    """Words without the number of a list in front of them."""
    return _LIST_NUMBER.sub("", words)


def place(report: Report, figure: Row) -> Markup:
    """（原文第 53 行）, leading there."""
    where = words.place(figure.line, figure.page)
    return said('<span class="place">{}</span>', leading(line_anchor(report, figure.line), where)) if where else Markup("")


def _room(figure: Row) -> tuple[int, str]:
    """Where in the sentence to begin, and what of it there is room for: whole clauses, dots where something is left out."""
    sentence, at = figure.sentence, max(figure.sentence.find(figure.text), 0)
    if len(sentence) <= _LONGEST_QUOTE:
        return 0, sentence.strip().rstrip("。")
    parts, start = _STOPS.split(sentence), 0
    for part in parts:
        if start + len(part) > at:
            break
        start += len(part)
    clauses = _COMMA.split(sentence[start:])
    while len(clauses) > 1 and start + len(clauses[0]) <= at and len(sentence) - start > _LONGEST_QUOTE:
        start += len(clauses.pop(0))
    kept = ""
    for clause in clauses:
        if kept and len(kept + clause) > _LONGEST_QUOTE:
            return start, kept.rstrip("，；") + "……"
        kept += clause
    return start, kept.strip().rstrip("。，；")


def _linked(report: Report, figure: Row, start: int, text: str) -> Markup:
    """The text of a quote with each figure of its sentence as a link."""
    own = sorted((other for other in _on_line(report, figure.line) if other.sentence == figure.sentence), key=lambda other: other.start)
    parts: list[object] = []
    at = 0
    sentence = figure.sentence[start:]
    for other in own:
        found = sentence.find(other.text, at)
        if found >= 0 and found + len(other.text) <= len(text) and other.used_by:
            parts += [text[at:found], link(other.text, other.figure_id)]
            at = found + len(other.text)
    return Markup("").join([*parts, text[at:]])


def _on_line(report: Report, line: int) -> Iterable[Row]:
    return (other for other in report.figures if other.line == line and not other.cell)


@cache
def _spoken() -> re.Pattern[str]:
    return re.compile(load("page")["sections"]["spoken"])


@cache
def _numbering() -> re.Pattern[str]:
    return re.compile(load("page")["sections"]["numbering"])
