"""What the received report says itself: its own sentences, each under the place of this outline where it belongs.

Nothing is worded anew. A number that somebody corrected, or that a filled-in sheet replaces, is printed as it stands now.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from typing import Any

from selfeval import words
from selfeval.knowledge import load

Row = Any

# Where the text of a report is parted: behind a full stop, in chapters of money behind a semicolon as well.
_SENTENCES = re.compile(r"[^。！？]+(?:[。！？]+[”’）]?|$)")
_CLAUSES = re.compile(r"[^。！？；]+(?:[。！？；]+[”’）]?|$)")
_NUMERAL = re.compile(r"\d[\d,，]*(?:\.\d+)?")
_WORK = "work"
# What may stand between a heading and the text on its line.
_BEHIND = "。：:．. \u3000"
# A longer heading is a sentence.
_LONGEST_LEAD = 12
_LABEL = re.compile("[\u4e00-\u9fff“”]{1,12}[：:]")


@dataclass(frozen=True, slots=True)
class Said:
    """One sentence or heading of the received report: where it belongs, its words as they stand now, its line, its figures.

    `depth` is 0 for running text, else how deep the heading stands among those of its place, from 1. `answers` are all places it says
    something for. `leads` is a heading that opens the text under it, which stands in this `section` of the report too. `money` are those of
    its figures that are amounts.
    """

    place: str
    text: str
    line: int
    figures: tuple[str, ...] = ()
    depth: int = 0
    answers: tuple[str, ...] = ()
    section: str = ""
    leads: bool = False
    money: tuple[str, ...] = ()

    def is_led_by(self, lead: Said) -> bool:
        """Whether a text stands under a heading, and does not begin with a label of its own."""
        return f"{self.section} › ".startswith(f"{lead.section} › ") and not _LABEL.match(self.text)


@dataclass(frozen=True, slots=True)
class Material:
    """The lines of the received report with their figures, and what is known of those figures by now."""

    lines: tuple[Row, ...]
    figures: Mapping[int, tuple[Row, ...]]
    now: Mapping[str, Decimal]
    told: frozenset[str]
    in_tables: frozenset[str]


def carried(material: Material) -> tuple[Said, ...]:
    """Every sentence of the report that goes into the narrative, in reading order."""
    return tuple(said for line in material.lines for said in _of_line(line, material))


def material(tables: Mapping[str, Sequence[Row]]) -> Material:
    """What `tables` (rows by name) have of the received report: its text without tables, annexes and title."""
    figures: dict[int, list[Row]] = {}
    cells = set()
    for figure in tables.get("figures", ()):
        if figure.start is None or figure.line is None:
            continue
        figures.setdefault(figure.line, []).append(figure)
        if figure.cell:
            cells.add(figure.line)
    lines = [row for row in tables.get("passages", ()) if row.kind == "line" and not row.sheet and row.line not in cells]
    return Material(
        tuple(row for row in lines if _is_text(row)),
        {line: tuple(found) for line, found in figures.items()},
        _current(tables),
        frozenset(figures_of(_printed(tables.get("budget_lines", ())))),
        frozenset(figures_of(line for line in _printed(tables.get("budget_lines", ())) if line.level == "project")),
    )


def _printed(lines: Sequence[Row]) -> Iterator[Row]:
    """The budget lines that the narrative tells in words or tables of its own: no parts of a project, no lines that hang nowhere."""
    levels = {line.line_id: line.level for line in lines}
    for line in lines:
        above = levels.get(line.parent_id, "")
        if above in {"fund", "total"} if line.level == "item" else (line.level, above) != ("project", "project"):
            yield line


def _current(tables: Mapping[str, Sequence[Row]]) -> dict[str, Decimal]:
    """Figures of the text whose value is no longer the printed one, with the value that counts: corrected, or given by a sheet."""
    by_id = {figure.figure_id: figure for figure in tables.get("figures", ())}
    now = {figure.figure_id: figure.value for figure in by_id.values() if figure.correction and figure.value is not None}
    for finding in tables.get("findings", ()):
        printed, typed = (*(by_id.get(name) for name in finding.figures.split()[:2]), None, None)[:2]
        if finding.verdict != "differs" or printed is None or typed is None or printed.start is None or typed.start is not None:
            continue
        if printed.unit == typed.unit and typed.value is not None:
            now[printed.figure_id] = typed.value
    return now


def figures_of(rows: Iterable[Row]) -> Iterator[str]:
    """The ids of all figures that rows of a table rest on."""
    for row in rows:
        for column, value in row._asdict().items():
            if column.endswith("_figure") or column == "figure_id":
                yield from value.split()


# ---- lines ------------------------------------------------------------------------------------------------------------------------------


def _is_text(row: Row) -> bool:
    """Whether a line is running text or a heading of a chapter that is carried over, not a title, a row of a table or an annex."""
    text = row.text.strip()
    if not text or words.is_row(text) or _words("not_text").search(text):
        return False
    if not row.section:
        return len(text) >= load("narrative")["carried"]["shortest_prose"] and text.endswith("。")
    return chapter_of(row.section.split(" › ")[0]) != "annex"


def _of_line(row: Row, material: Material) -> Iterator[Said]:
    path = tuple(row.section.split(" › ")) if row.section else ()
    place, held = _place(path)
    start = len(row.text) - len(row.text.lstrip())
    end = row.text.find(row.heading) + len(row.heading) if row.heading and row.heading in row.text else start
    behind = len(row.text) - len(row.text[end:].lstrip(_BEHIND))
    if end > start and _is_heading(row, end, place, path):
        yield from _heading(row, place, _depth(path), held=held)
        yield from _sentences(row, behind, place, material, _NUMBER.sub("", row.heading))
    else:
        needless = held or _words("empty_headings").search(_NUMBER.sub("", row.heading))
        alone = row.text[behind : behind + 1].isdigit()
        yield from _sentences(row, behind if needless and not alone else start, place, material)


def _is_headed(place: str) -> bool:
    """Whether the headings of the report are kept in a place."""
    return place in load("narrative")["carried"]["headed"]


def _is_heading(row: Row, end: int, place: str, path: Sequence[str]) -> bool:
    """Whether a line is a heading, or begins with one that is kept as such where its text stands now."""
    headed = _is_headed(place)
    if headed and _depth(path) and _NUMBER.match(row.heading):
        return True
    return not row.text[end:].strip(_BEHIND) and not (headed and row.text[end:].strip().endswith(("：", ":")))


def _heading(row: Row, place: str, depth: int, *, held: bool) -> Iterator[Said]:
    """A line that is a heading: one of the work keeps its rank, elsewhere it leads what follows unless our own heading says the same."""
    words = _NUMBER.sub("", row.heading)
    if _is_headed(place):
        if depth:
            yield Said(place, words, row.line, depth=depth, answers=(place,))
    elif row.level > 1 and not held and len(words) <= _LONGEST_LEAD and place not in load("narrative")["carried"]["keeps_numbers"]:
        yield Said(place, f"{words}：", row.line, section=row.section, leads=True)
    elif row.level > 1 and not held:
        yield Said(place, row.heading, row.line, answers=(place,), section=row.section)


def _sentences(row: Row, start: int, place: str, material: Material, heading: str = "") -> Iterator[Said]:
    """What a line says from `start` on. Where something of it is untold, all but its list of projects stands, so that it can be read.

    A sentence that goes elsewhere than the text under its `heading` takes those words along.
    """
    found = [*_stretches(row, start, place, material)]
    untold = any(said.place == place and not _is_told(said, material.told) for said in found)
    for number, said in enumerate(found):
        if _is_told(said, material.in_tables if untold else material.told):
            continue
        lead = f"{heading}：" if heading and not number and said.place != place else ""
        yield replace(said, text=_without_old_number(lead + said.text, said.place, moved=said.place != place))


def _stretches(row: Row, start: int, place: str, material: Material) -> Iterator[Said]:
    """The sentences of a line as they stand now, each with the places it belongs to."""
    figures, before = material.figures.get(row.line, ()), ()
    pattern = _CLAUSES if place in load("narrative")["carried"]["money"] else _SENTENCES
    for found in _joined(row, [*pattern.finditer(row.text, start)]):
        inside = [figure for figure in figures if row.start + found[0] <= figure.start and figure.end <= row.start + found[1]]
        printed = _printed_now(row, found, inside, material.now)
        if not printed or _words("own_order").search(printed):
            continue
        answers = _answers(place, printed)
        # “三公”经费15万元。上年16万元，少了1万元: what names no place of its own follows the one it stands behind.
        answers = before if answers == (place,) and before and _words("goes_on").match(printed) else answers
        before = answers if answers != (place,) else ()
        names = tuple(figure.figure_id for figure in inside)
        money = tuple(figure.figure_id for figure in inside if figure.kind == "money")
        yield Said(answers[0], printed, row.line, names, answers=answers, section=row.section, money=money)


def _without_old_number(text: str, place: str, *, moved: bool) -> str:
    """A text without the number of the received report, unless numbers are part of what is said here or the text counts on."""
    number = _NUMBER.match(text)
    keeps = place in load("narrative")["carried"]["keeps_numbers"] and not moved
    if number is None or _is_headed(place) or keeps:
        return text
    return text if _COUNTS_ON.search(text, number.end()) else text[number.end() :]


def _joined(row: Row, found: Sequence[re.Match[str]]) -> list[tuple[int, int]]:
    """The stretches of a line; what leans on the one before (其中…) stays with it, and so does what stands behind a mere heading."""
    stretches: list[tuple[int, int]] = []
    for match in found:
        before = row.text[slice(*stretches[-1])] if stretches else ""
        alone = stretches and ((row.heading and before.strip(_BEHIND) == row.heading) or _words("mere_title").match(before))
        if alone or (stretches and _words("leans").match(row.text[match.start() : match.end()])):
            stretches[-1] = (stretches[-1][0], match.end())
        else:
            stretches.append((match.start(), match.end()))
    return stretches


def _printed_now(row: Row, stretch: tuple[int, int], figures: Sequence[Row], now: Mapping[str, Decimal]) -> str:
    """The words of a stretch, with the numbers in them as they stand now."""
    text, end = "", stretch[1]
    for figure in reversed([figure for figure in figures if figure.figure_id in now]):
        start, stop = figure.start - row.start, figure.end - row.start
        current = _NUMERAL.sub(words.number(now[figure.figure_id]), row.text[start:stop], count=1)
        text, end = current + row.text[stop:end] + text, start
    return (row.text[stretch[0] : end] + text).strip()


def _is_told(said: Said, told: frozenset[str]) -> bool:
    """Whether all money of a sentence stands in budget lines that are told in words or tables of ours, or it states their rate."""
    if said.place not in load("narrative")["carried"]["money"]:
        return False
    if said.money:
        return told.issuperset(said.money)
    return bool(told) and _words("mere_rate").match(said.text) is not None


# ---- places -----------------------------------------------------------------------------------------------------------------------------


@cache
def _words(name: str) -> re.Pattern[str]:
    return re.compile(load("narrative")["carried"][name])


@cache
def chapter_of(heading: str) -> str:
    """The place of a chapter by the words of its heading; what no entry knows is work done."""
    entries = load("narrative")["carried"]["chapter"]
    return next((entry["place"] for entry in entries if re.search(entry["words"], heading)), _WORK)


@cache
def _place(path: tuple[str, ...]) -> tuple[str, bool]:
    """The place of what stands under a path of headings, and whether the innermost heading says no more than that place does.

    Of work the outer headings alone tell: an indicator may be called after anything.
    """
    if not path:
        return _WORK, False
    chapter = chapter_of(path[0])
    headings = path[1:2] if chapter == _WORK else path[1:][::-1]
    for heading in headings:
        for entry in load("narrative")["carried"]["section"]:
            if chapter in entry["in"] and re.search(entry["words"], heading):
                return entry["place"], heading == path[-1]
    return chapter, len(path) == 1


def _answers(place: str, sentence: str) -> tuple[str, ...]:
    """The places a sentence says something for, the one where it is printed first."""
    entries = (entry for entry in load("narrative")["carried"]["sentence"] if place in entry["in"])
    rules = [entry["place"] for entry in entries if re.search(entry["words"], sentence)]
    return tuple(dict.fromkeys(rules)) or (place,)


def _depth(path: Sequence[str]) -> int:
    """How deep the last heading of a path stands among those that say something; 0 for one that says nothing."""
    empty = _words("empty_headings")
    telling = [heading for heading in path[1:] if not empty.search(_NUMBER.sub("", heading))]
    return min(len(telling), 2) if len(path) > 1 and telling and telling[-1] == path[-1] else 0


_HAN = "[一二三四五六七八九十]+"
_NUMBER = re.compile(rf"^(?:第{_HAN}(?:部分|章)|{_HAN}[、．.]|[（(](?:{_HAN}|\d+)[）)]、?|\d+[、．.](?!\d))\s*")
# A further number of a list told on one line.
_COUNTS_ON = re.compile(rf"[。；;，,]\s*[（(](?:{_HAN}|\d+)[）)]")
