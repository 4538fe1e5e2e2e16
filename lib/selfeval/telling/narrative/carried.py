"""What the received report says itself: its own sentences, each under the place of this outline where it belongs.

Nothing is worded anew. A number that somebody corrected, or that a filled-in sheet replaces, is printed as it stands now.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class Said:
    """One sentence or heading of the received report: where it belongs, its words as they stand now, its line, its figures.

    `depth` is 0 for running text, else how deep the heading stands among those of its place, from 1. `answers` are all places it says
    something for.
    """

    place: str
    text: str
    line: int
    figures: tuple[str, ...] = ()
    depth: int = 0
    answers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Material:
    """The lines of the received report with their figures, and what is known of those figures by now."""

    lines: tuple[Row, ...]
    figures: Mapping[int, tuple[Row, ...]]
    now: Mapping[str, Decimal]
    told: frozenset[str]


def carried(material: Material) -> tuple[Said, ...]:
    """Every sentence of the report that goes into the narrative, in reading order."""
    return tuple(said for line in material.lines for said in _of_line(line, material))


def material(tables: Mapping[str, Sequence[Row]]) -> Material:
    """What `tables` (rows by name) have of the received report: its text without tables, annexes and title."""
    figures: dict[int, list[Row]] = {}
    in_tables = set()
    for figure in tables.get("figures", ()):
        if figure.start is None or figure.line is None:
            continue
        figures.setdefault(figure.line, []).append(figure)
        if figure.cell:
            in_tables.add(figure.line)
    lines = [row for row in tables.get("passages", ()) if row.kind == "line" and not row.sheet and row.line not in in_tables]
    return Material(
        tuple(row for row in lines if _is_text(row)),
        {line: tuple(found) for line, found in figures.items()},
        _current(tables),
        frozenset(figures_of(_printed(tables.get("budget_lines", ())))),
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
    if not text or "\t" in text or _words("not_text").search(text):
        return False
    if not row.section:
        return len(text) >= load("narrative")["carried"]["shortest_prose"] and text.endswith("。")
    return chapter_of(row.section.split(" › ")[0]) != "annex"


def _of_line(row: Row, material: Material) -> Iterator[Said]:
    path = tuple(row.section.split(" › ")) if row.section else ()
    place, held = _place(path)
    lead = row.text.find(row.heading) if row.heading else -1
    start = len(row.text) - len(row.text.lstrip())
    if lead >= 0:
        end = lead + len(row.heading)
        label = row.text[end:].strip().endswith(("：", ":"))
        whole = not label and not row.text[end:].strip(_BEHIND)
        depth = _depth(path) if _is_headed(place) else 0
        if whole or (depth and _NUMBER.match(row.heading)):
            yield from _heading(row, place, depth, held=held)
            start = len(row.text) - len(row.text[end:].lstrip(_BEHIND))
        elif held or _is_number_of_old(place, row.heading):
            start = len(row.text) - len(row.text[end:].lstrip(_BEHIND))
    yield from _sentences(row, start, place, material)


def _is_headed(place: str) -> bool:
    """Whether the headings of the report are kept in a place."""
    return place in load("narrative")["carried"]["headed"]


def _is_number_of_old(place: str, heading: str) -> bool:
    """Whether a numbered lead says nothing where the text stands now: its number belongs to the received report."""
    return not _is_headed(place) and place not in load("narrative")["carried"]["keeps_numbers"] and bool(_NUMBER.match(heading))


def _heading(row: Row, place: str, depth: int, *, held: bool) -> Iterator[Said]:
    """A line that is a heading: one of the work keeps its rank, elsewhere it is text unless our own heading says the same."""
    if _is_headed(place):
        if depth:
            yield Said(place, _NUMBER.sub("", row.heading), row.line, depth=depth, answers=(place,))
    elif row.level > 1 and not held:
        yield Said(place, row.heading, row.line, answers=(place,))


def _sentences(row: Row, start: int, place: str, material: Material) -> Iterator[Said]:
    figures = material.figures.get(row.line, ())
    pattern = _CLAUSES if place in load("narrative")["carried"]["money"] else _SENTENCES
    for found in _joined(row.text, [*pattern.finditer(row.text, start)]):
        inside = [figure for figure in figures if row.start + found[0] <= figure.start and figure.end <= row.start + found[1]]
        printed = _printed_now(row, found, inside, material.now)
        if not printed or _words("own_order").search(printed):
            continue
        answers = _answers(place, printed)
        if _is_told(answers[0], inside, material.told):
            continue
        yield Said(answers[0], printed, row.line, tuple(figure.figure_id for figure in inside), answers=answers)


def _joined(text: str, found: Sequence[re.Match[str]]) -> list[tuple[int, int]]:
    """The stretches of a line; what leans on the one before (其中…) stays with it."""
    stretches: list[tuple[int, int]] = []
    for match in found:
        if stretches and _words("leans").match(text[match.start() : match.end()]):
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


def _is_told(place: str, figures: Sequence[Row], told: frozenset[str]) -> bool:
    """Whether all money of a sentence stands in the budget lines already, which are told in words of ours."""
    money = [figure.figure_id for figure in figures if figure.kind == "money"]
    return place in load("narrative")["carried"]["money"] and bool(money) and told.issuperset(money)


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
