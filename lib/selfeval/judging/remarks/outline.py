"""The skeleton of the report: its headings numbered in order, its titles alike, and all there that it must contain or announces."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import islice, pairwise
from typing import NamedTuple

from selfeval.judging.report import Finding, Material, finding, once
from selfeval.knowledge import load
from selfeval.reading.clauses import STOPS, sentences_of
from selfeval.reading.document import Heading, is_about, rank_of
from selfeval.reading.enumeration import number_of, ordinal_of, value_of, without_number
from selfeval.reading.kind import EVALUATIONS
from selfeval.records.findings import Numbers
from selfeval.words import DOCUMENT_KINDS

# Below this items stand, which are numbered in running text.
_DEEPEST = 40
_LONGEST_SHOWN = 24
# What no row of such points can do without.
_SPOKEN = re.compile("[一二三四五六七八九十]是|其[一二三四五六七八九十]")
_BEFORE_POINTS = frozenset({"", *STOPS, "，", "："})
_BARE_RANKS = {10, 15, 20}
_OUTERMOST = min(_BARE_RANKS)
# 第四 问题和改进: a chapter that is not called one.
_BARE_CHAPTER = re.compile("第([一二三四五六七八九十]{1,3})(?=\\s)")
_BLANKS = re.compile(r"[\s\u3000]+")
_PAGE = re.compile(r"[.．·・…\-—]*\d*$")
_LINE_BROKEN = re.compile(r"[一-鿿][，、](?=\n\s*[一-鿿])")
_HALF_WIDTH = re.compile(r"(?<=[一-鿿”）])[,;:](?=[一-鿿“（]|\s*$)|(?<=[一-鿿])\.(?=\s*$)", re.MULTILINE)
_MOST_SHOWN = 20
# Fewer tables are no list of them; where more than one in so many is missing, the text calls them something else.
_FEWEST, _MOST_MISSING = 3, 3


class Numbered(NamedTuple):
    """A line that begins with a number: where, how deep, the number as printed and as a number (0: a chapter without one).

    `within`: of 1.4 the 1, as 2.1 goes on from nothing.
    """

    start: int
    rank: int
    printed: str
    number: int
    within: str = ""


def numbering(material: Material) -> Iterator[Finding]:
    """Numbers of one row that are given twice, leave one out, or begin anew."""
    rows = _rows(material)
    outermost = min((row.rank for row in rows if row.number), default=0)
    last: dict[int, Numbered] = {}
    for row in rows:
        for deeper in [rank for rank in last if rank > row.rank]:
            # Indicators may be numbered on through all groups: a deeper row may go on where it was, or begin at one.
            last[-deeper] = last.pop(deeper)
        before, ended = last.get(row.rank), last.get(-row.rank)
        if row.number:
            if before and before.within != row.within:
                before = ended = None
            if before and not _follows(before, row, outermost):
                yield from _out_of_order(material, before, row)
            elif not before and ended and not row.within and row.number not in {1, ended.number + 1}:
                yield finding(material, "numbering_begin", "flag", at=row.start, printed=row.printed, heading=_shown(material, row))
            last[row.rank] = row


def _follows(before: Numbered, row: Numbered, outermost: int) -> bool:
    """The next number; or a new row, as lists begin one after the other, but chapters never and sections not right after their first."""
    anew = row.number == 1 and row.rank != outermost and not (before.number == 1 and row.rank in _BARE_RANKS)
    return anew if row.number == 1 else row.number == before.number + 1


def _out_of_order(material: Material, before: Numbered, row: Numbered) -> Iterator[Finding]:
    """As many headings without a number between as numbers are left out are remarked on by themselves."""
    _, bare = numbered_and_bare(material)
    between = bare[bisect_right(bare, before.start, key=_start) : bisect_left(bare, row.start, key=_start)]
    if 0 < row.number - before.number - 1 <= sum(heading.rank <= row.rank + 5 for heading in between):
        return
    case = "again" if row.number == before.number else "back" if row.number < before.number else "gap"
    said = load("remarks")["headings"]["between"].format(headings="、".join(heading.text for heading in between))
    yield finding(
        material,
        f"numbering_{case}",
        "flag",
        at=row.start,
        printed=row.printed,
        heading=_shown(material, row),
        before=_shown(material, before),
        place=material.place(before.start),
        between=said if between and case == "gap" else "",
    )


def _start(heading: Heading) -> int:
    return heading.start


def _shown(material: Material, row: Numbered) -> str:
    """The heading as printed, with the first words of what it runs on into, or the beginning of a long item."""
    line = material.document.text[row.start : material.document.line_span(material.document.line_at(row.start))[1]].rstrip("。；：")
    return line if len(line) <= _LONGEST_SHOWN else line[: _LONGEST_SHOWN - 4] + "……"


def _rows(material: Material) -> list[Numbered]:
    """Every numbered line; an unnumbered chapter or section ends the rows under it."""
    bare = {heading.start: heading.rank for heading in numbered_and_bare(material)[1]}
    headings = {heading.start: heading.rank for heading in material.document.outline.headings()}
    outline, found, offset = material.document.outline, [], 0
    for printed in material.document.text.split("\n"):
        start, line = offset + len(printed) - len(printed.lstrip()), printed.strip()
        number, rank = number_of(line), _rank_of(line)
        if start in bare:
            chapter = _BARE_CHAPTER.match(line)
            found.append(Numbered(start, *((_OUTERMOST, chapter[0], value_of(chapter[1])) if chapter else (bare[start], "", 0))))
        elif start in headings and number and number.style == "decimal":
            within, _, last = line[: number.end].strip().rstrip("、.．").replace("．", ".").rpartition(".")
            found.append(Numbered(start, headings[start], line[: number.end].strip(), int(last), within))
        elif offset in outline.asides or offset in outline.rows or number is None or rank is None or number.end >= len(line):
            pass
        elif ordinal := ordinal_of(line, number):
            found.append(Numbered(start, rank, line[: number.end].rstrip("：: \u3000"), ordinal))
        offset += len(printed) + 1
    return found


def _rank_of(line: str) -> int | None:
    """How deep a numbered line stands; None for one without a number, or with one that only points in running text have."""
    rank = rank_of(line)
    return rank if rank is not None and rank <= _DEEPEST else None


@once
def numbered_and_bare(material: Material) -> tuple[list[Heading], list[Heading]]:
    """Headings of chapters and sections with a number, and without."""
    headings = [heading for heading in material.document.outline.headings() if heading.rank in _BARE_RANKS]
    return [each for each in headings if _rank_of(each.text)], [each for each in headings if not _rank_of(each.text)]


def spoken_numbers(material: Material) -> Iterator[Finding]:
    """一是、二是、四是: a row of points in running text that leaves one out or has one twice."""
    before, line, text = 0, 0, material.document.text
    sentences = (sentence for sentence in sentences_of(text) if _SPOKEN.search(text, sentence.begin, sentence.stop))
    for piece in (piece for sentence in sentences for piece in sentence.pieces):
        number = number_of(text, piece.start)
        if number and number.style == "spoken" and piece.before in _BEFORE_POINTS and "一" <= text[number.end : number.end + 1] <= "鿿":
            start = number.end - len(text[piece.start : number.end].strip())
            value, here = value_of(text[start : number.end - 1]), material.document.line_at(start)
            if before and value not in {before + 1, 1} and here == line:
                yield finding(material, "spoken_numbers", "flag", at=start, printed=text[start : number.end], before=before)
            before, line = value, here


def titles(material: Material) -> Iterator[Finding]:
    """Titles at the head of the report that call it by different names."""
    rules, kinds = load("remarks")["headings"], {}
    head = (line.strip() for line in material.document.text[:3000].split("\n")[:20])
    found = [line for line in head if re.search(rules["title"], line) and len(line) <= 60]
    for line in found:
        words = [word for word in rules["kinds"] if word in line]
        kinds |= {words[0]: line} if len(words) == 1 and words[0] not in kinds else {}
    if len(kinds) > 1:
        first, second = [*kinds.values()][:2]
        yield finding(material, "titles", "flag", at=material.document.text.find(found[0]), quote=found[0], first=second, second=first)


def missing_contents(material: Material) -> Iterator[Finding]:
    """What a document of this kind must contain and this one never mentions, in one finding.

    A few sentences are no report that could lack anything: it takes chapters, and budget in them.
    """
    text, rules = material.document.text, load("remarks")
    asked = [entry for entry in rules["required"] if material.kind in entry["kinds"]]
    absent = [entry for entry in asked if not _has_section(material, entry.get("section", "")) and not re.search(entry["words"], text)]
    chapters = {heading.kind for heading in material.document.outline.headings()} - {""}
    if absent and len(chapters) >= rules["headings"]["least_chapters"]:
        first = next(line.strip() for line in text.split("\n") if line.strip())
        # What a report is handed in with weighs less than what it tells.
        few = sum(not entry.get("formal") for entry in absent) <= rules["headings"]["few"]
        said = {"document": DOCUMENT_KINDS[material.kind], "here": "本报告" if material.kind in EVALUATIONS else "本文"}
        said |= {"number": len(absent), "names": "、".join(entry["name"] for entry in absent)}
        yield finding(material, "missing", "flag", severity="low" if few else "", quote=first, at=text.find(first), **said)


def _has_section(material: Material, kind: str) -> bool:
    """Whether a heading of any depth opens a section of this kind."""
    headings = material.document.outline.headings()
    return any(heading.kind == kind or is_about(without_number(heading.text), kind) for heading in headings) if kind else False


def chapters(material: Material, kind: str) -> Sequence[tuple[Heading, str]]:
    """The chapters of one meaning with the text under each, to the next heading at least as high."""
    headings = material.document.outline.headings()
    found = []
    for index, heading in enumerate(headings):
        if heading.kind == kind:
            end = next(
                (later.start for later in islice(headings, index + 1, None) if later.rank <= heading.rank), len(material.document.text)
            )
            found.append((heading, material.document.text[heading.start + len(heading.text) : end]))
    return found


def announced_tables(material: Material) -> Iterator[Finding]:
    """A table that the contents page lists and the text does not have, where it has the others."""
    text, entries = material.document.text, _entries(material)
    body = _BLANKS.sub("", material.document.without_asides)
    missing = []
    # A short name may be the end of a longer one: that one is looked for first, and taken out.
    for name in sorted(entries, key=len, reverse=True):
        missing += [] if name in body else [name]
        body = body.replace(name, "\n")
    if missing and len(entries) >= _FEWEST and _MOST_MISSING * len(missing) <= len(entries):
        numbers = Numbers.of(len(entries), len(entries) - len(missing), "张")
        missing.sort(key=entries.__getitem__)
        first = entries[missing[0]]
        yield finding(material, "announced_table", "flag", (), numbers, at=first, quote=_line(text, first), tables="、".join(missing))


def _entries(material: Material) -> dict[str, int]:
    """The tables on the contents page by name, and where each is listed; a chapter that other entries stand under is none."""
    asides = sorted(material.document.outline.asides)
    lines = [_line(material.document.text, start) for start in asides]
    leaves = [(rank_of(line) or 0) >= (rank_of(below) or 0) for line, below in pairwise([*lines, ""])]
    names = [without_number(_PAGE.sub("", _BLANKS.sub("", line))) for line in lines]
    return {name: start for name, start, leaf in zip(names, asides, leaves, strict=True) if leaf and name.endswith("表")}


def _line(text: str, start: int) -> str:
    return text[start:].split("\n", 1)[0].strip()


def punctuation(material: Material) -> Iterator[Finding]:
    """Paragraphs that end in a comma, and western punctuation between Chinese words."""
    text, rules = material.document.text, load("remarks")["headings"]
    breaks = [match.start() for match in _LINE_BROKEN.finditer(text)] if material.document.kind != "pdf" else []
    marks = [match.start() for match in _HALF_WIDTH.finditer(text)]
    places = {"broken": "、".join(map(material.place, breaks[:_MOST_SHOWN]))} if breaks else {}
    places |= {"half_width": "、".join([*dict.fromkeys(map(material.place, marks))][:_MOST_SHOWN])} if marks else {}
    if places:
        said = "；".join(rules[case].format(lines=lines, number=len(marks)) for case, lines in places.items())
        yield finding(material, "punctuation", "flag", at=min([*breaks, *marks]), said=said)
