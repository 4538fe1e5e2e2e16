"""The skeleton of the report: are its headings numbered in order, and does each stand for what is under it?"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from selfeval.blocks import TO_FILL
from selfeval.judging.report import Finding, Material, finding, listed, once
from selfeval.knowledge import load
from selfeval.reading.clauses import STOPS, Clauses, parts_of
from selfeval.reading.document import Heading, is_about, rank_of
from selfeval.reading.enumeration import number_of, ordinal_of, value_of, without_number
from selfeval.reading.kind import EVALUATIONS
from selfeval.words import DOCUMENT_KINDS

# Below this items stand, which are numbered in running text.
_DEEPEST = 40
_LONGEST_SHOWN = 24
_BEFORE_POINTS = frozenset({"", *STOPS, "，", "："})
_BARE_RANKS = {10, 15, 20}
_BOOKS = frozenset({"general_public", "government_fund", "state_capital", "social_insurance"})


@dataclass(frozen=True)
class Numbered:
    """A line that begins with a number: where, how deep, the number as printed and as a number."""

    start: int
    rank: int
    printed: str
    number: int


def numbering(material: Material) -> Iterator[Finding]:
    """Numbers of one row that are given twice, leave one out, or begin anew."""
    last: dict[int, Numbered] = {}
    for entry in _rows(material):
        for deeper in [rank for rank in last if rank > entry.rank]:
            # Indicators may be numbered on through all groups: a deeper row may go on where it was, or begin at one.
            last[-deeper] = last.pop(deeper)
        before = last.get(entry.rank)
        if entry.number:
            anew = entry.number == 1
            if before and not _follows(material, before, entry) and not _explained(material, before, entry):
                yield _out_of_order(material, before, entry)
            elif not before and not anew and entry.number != _number(last.get(-entry.rank)) + 1 and -entry.rank in last:
                yield finding(material, "numbering_begin", "flag", at=entry.start, printed=entry.printed, heading=_shown(material, entry))
            last[entry.rank] = entry


def _follows(material: Material, before: Numbered, entry: Numbered) -> bool:
    """The next number; or a new row, as lists begin one after the other, but chapters never and sections not right after their first."""
    if entry.number != 1:
        return entry.number == before.number + 1
    return not _is_outermost(material, entry) and not (before.number == 1 and entry.rank in _BARE_RANKS)


def _number(entry: Numbered | None) -> int:
    return entry.number if entry else 0


def _explained(material: Material, before: Numbered, entry: Numbered) -> bool:
    """Do as many headings without a number stand between as numbers are left out? Those are a finding of their own."""
    between = [heading for heading in _bare_between(material, before, entry) if heading.rank <= entry.rank + 5]
    return 0 < entry.number - before.number - 1 <= len(between)


def _out_of_order(material: Material, before: Numbered, entry: Numbered) -> Finding:
    case = "again" if entry.number == before.number else "back" if entry.number < before.number else "gap"
    between = _bare_between(material, before, entry)
    words = load("checks")["headings"]
    left_out = listed(heading.text for heading in between)
    return finding(
        material,
        f"numbering_{case}",
        "flag",
        at=entry.start,
        printed=entry.printed,
        heading=_shown(material, entry),
        before=_shown(material, before),
        place=material.place(before.start),
        between=words["between"].format(headings=left_out) if left_out and case == "gap" else "",
    )


@once
def _rows(material: Material) -> list[Numbered]:
    """Every numbered line; an unnumbered chapter or section ends the rows under it (number 0)."""
    text = material.document.text
    found = []
    bare = {heading.start: heading for heading in _bare(material)}
    outline = material.document.outline
    offset = 0
    for line in text.split("\n"):
        start = offset + len(line) - len(line.lstrip())
        if start in bare:
            found.append(Numbered(start, bare[start].rank, "", 0))
        elif offset not in outline.asides and offset not in outline.rows:
            found += _numbered(line.strip(), start)
        offset += len(line) + 1
    return found


def _numbered(line: str, start: int) -> list[Numbered]:
    number, rank = number_of(line), _rank_of(line)
    if number is None or rank is None or number.end >= len(line):
        return []
    ordinal = ordinal_of(line, number)
    return [Numbered(start, rank, line[: number.end].rstrip("：: \u3000"), ordinal)] if ordinal else []


def _rank_of(line: str) -> int | None:
    """How deep a numbered line stands; None for one without a number, or with one that only points in running text have."""
    rank = rank_of(line)
    return rank if rank is not None and rank <= _DEEPEST else None


def _is_outermost(material: Material, entry: Numbered) -> bool:
    return entry.rank == _outermost(material)


@once
def _outermost(material: Material) -> int:
    return min(entry.rank for entry in _rows(material) if entry.number)


def _shown(material: Material, entry: Numbered) -> str:
    """The heading as printed, with the first words of what it runs on into, or the beginning of a long item."""
    _, end = material.document.line_span(material.document.line_at(entry.start))
    line = material.document.text[entry.start : end].rstrip("。；：")
    return line if len(line) <= _LONGEST_SHOWN else line[: _LONGEST_SHOWN - 4] + "……"


@once
def _bare(material: Material) -> list[Heading]:
    """Headings of chapters and sections that carry no number."""
    headings = [heading for heading in material.document.outline.headings() if heading.rank in _BARE_RANKS]
    return [heading for heading in headings if _rank_of(heading.text) is None]


def _bare_between(material: Material, before: Numbered, entry: Numbered) -> list[Heading]:
    bare = _bare(material)
    return bare[bisect_right(bare, before.start, key=_start) : bisect_left(bare, entry.start, key=_start)]


def _start(heading: Heading) -> int:
    return heading.start


def unnumbered(material: Material) -> Iterator[Finding]:
    """Headings without a number among numbered ones, in one finding."""
    bare = _bare(material)
    without = frozenset(bare)
    numbered = [heading for heading in material.document.outline.headings() if heading.rank in _BARE_RANKS and heading not in without]
    title = re.compile(load("checks")["headings"]["title"])
    bare = [heading for heading in bare if not title.search(heading.text)]
    if bare and len(numbered) > 2:
        names = listed(f"“{heading.text}”（{material.place(heading.start)}）" for heading in bare)
        yield finding(material, "unnumbered", "flag", at=bare[0].start, number=len(bare), names=names)


def spoken_numbers(material: Material) -> Iterator[Finding]:
    """一是、二是、四是: a row of points in running text that leaves one out or has one twice."""
    before, line, text = 0, 0, material.document.text
    for start, end in _spoken(text):
        number, here = value_of(text[start : end - 1]), material.document.line_at(start)
        if before and number not in {before + 1, 1} and here == line:
            yield finding(material, "spoken_numbers", "flag", at=start, printed=text[start:end], before=before)
        before, line = number, here


def _spoken(text: str) -> Iterator[tuple[int, int]]:
    """Where points in running text begin, and where their numbers end: 一是."""
    for piece in (piece for sentence in Clauses(text).sentences for piece in sentence.pieces):
        number = number_of(text, piece.start)
        if number and number.style == "spoken" and piece.before in _BEFORE_POINTS and "一" <= text[number.end : number.end + 1] <= "鿿":
            yield number.end - len(text[piece.start : number.end].strip()), number.end


def titles(material: Material) -> Iterator[Finding]:
    """Titles at the head of the report that call it by different names."""
    head = [line.strip() for line in material.document.text[:3000].split("\n")[:20]]
    rules = load("checks")["headings"]
    found = [line for line in head if re.search(rules["title"], line) and len(line) <= 60]
    kinds = {}
    for line in found:
        words = [word for word in rules["kinds"] if word in line]
        if len(words) == 1:
            kinds.setdefault(words[0], line)
    if len(kinds) > 1:
        first, second = list(kinds.values())[:2]
        yield finding(material, "titles", "flag", at=material.document.text.find(found[0]), quote=found[0], first=second, second=first)


def missing_contents(material: Material) -> Iterator[Finding]:
    """What a document of this kind must contain and this one never mentions, in one finding."""
    text = material.document.text
    absent = [
        entry
        for entry in load("checks")["required"]
        if material.kind in entry["kinds"] and not _has_section(material, entry.get("section", "")) and not re.search(entry["words"], text)
    ]
    if absent and _is_report(material):
        first = next(line.strip() for line in text.split("\n") if line.strip())
        # What a report is handed in with weighs less than what it tells.
        few = sum(not entry.get("formal") for entry in absent) <= load("checks")["headings"]["few"]
        yield finding(
            material,
            "missing",
            "flag",
            severity="low" if few else "",
            quote=first,
            at=text.find(first),
            number=len(absent),
            document=DOCUMENT_KINDS[material.kind],
            here="本报告" if material.kind in EVALUATIONS else "本文",
            names=listed(entry["name"] for entry in absent),
        )


def _has_section(material: Material, kind: str) -> bool:
    """Whether a heading of any depth opens a section of this kind."""
    headings = material.document.outline.headings()
    return any(heading.kind == kind or is_about(without_number(heading.text), kind) for heading in headings) if kind else False


def open_places(material: Material) -> Iterator[Finding]:
    """Places that the report itself marks as still to be filled in, in one finding."""
    found = list(TO_FILL.finditer(material.document.text))
    if found:
        shown = listed(dict.fromkeys(material.place(place.start()) for place in found))
        first = material.document.sentence(found[0].start())
        yield finding(material, "open_places", "flag", at=found[0].start(), quote=first, number=len(found), places=shown)


def _is_report(material: Material) -> bool:
    """A few sentences are no report that could lack anything: it takes chapters, and budget in them."""
    return len({heading.kind for heading in material.document.outline.headings()} - {""}) >= load("checks")["headings"]["least_chapters"]


def problems_without_budget(material: Material) -> Iterator[Finding]:
    """A chapter on problems that never speaks of budget, money or performance."""
    rules = load("checks")["headings"]
    words = re.compile(rules["about_budget"])
    for heading, body in chapters(material, "problems"):
        if len(body) > rules["least_problems"] and not words.search(body):
            yield finding(material, "problems", "flag", at=heading.start, heading=heading.text)


def chapters(material: Material, kind: str) -> Sequence[tuple[Heading, str]]:
    """The chapters of one meaning with the text under each, to the next heading at least as high."""
    headings = material.document.outline.headings()
    found = []
    for index, heading in enumerate(headings):
        if heading.kind == kind:
            behind = (headings[place] for place in range(index + 1, len(headings)))
            end = next((later.start for later in behind if later.rank <= heading.rank), len(material.document.text))
            found.append((heading, material.document.text[heading.start + len(heading.text) : end]))
    return found


def wrong_section(material: Material) -> Iterator[Finding]:
    """Sentences under the heading of one budget book that speak of something that does not belong there."""
    for entry in load("checks")["misplaced"]:
        for heading, body in chapters(material, entry["section"]):
            if any(is_about(heading.text, book) for book in _BOOKS - {entry["section"]}):
                continue
            start = heading.start + len(heading.text)
            for part in parts_of(body, "。\n"):
                found = re.search(entry["words"], part.words)
                if found and not re.search(entry.get("unless", "$^"), part.words) and re.search(r"\d", part.words):
                    names = listed(dict.fromkeys(word[0] for word in re.finditer(entry["words"], part.words)))
                    at = start + part.start + len(part.words) - len(part.words.lstrip())
                    yield finding(material, entry["rule"], "flag", at=at, heading=heading.text, names=names)
                    break
