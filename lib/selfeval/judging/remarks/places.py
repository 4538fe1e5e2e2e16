"""The places that remarks are looked for in: the text, sentences of a chapter, headings, dates, reasons …."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import partial

from selfeval.blocks import TO_FILL
from selfeval.judging.report import Material
from selfeval.knowledge import load
from selfeval.reading.clauses import parts_of
from selfeval.reading.document import is_about
from selfeval.records.findings import NO_NUMBERS, Numbers
from selfeval.words import quantity

from .money import explained
from .outline import chapters, numbered_and_bare
from .years import ends_of_counts

_BOOKS = frozenset({"general_public", "government_fund", "state_capital", "social_insurance"})
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)年")
# A sentence that begins with the name of a budget book tells of it.
_LEADS, _LONGEST_LEAD = ("预算", "支出", "收支", "部分", "方面", "情况"), 30
_LED = re.compile(f"(?:{'|'.join(_LEADS)})[：:，,]")
# The rank of a chapter in the outline.
_CHAPTER = 10
# A paragraph of so many characters is not written twice by chance.
_SHORTEST = 30


@dataclass(frozen=True, slots=True)
class Spot:
    """A place that may be remarked on: where it begins, its words, what it rests on, what it says of itself.

    Of one `chapter`, where it has any, only the first place is told.
    """

    start: int | None
    words: str
    figures: tuple[str, ...] = ()
    numbers: Numbers = NO_NUMBERS
    quote: str = ""
    chapter: int | None = None
    said: Mapping[str, object] = field(default_factory=dict)

    def at(self, match: re.Match[str]) -> int | None:
        """Where in the text some of its words stand; None for what stands where its figures do, or nowhere."""
        return None if self.start is None else self.start + match.start()


def _text(material: Material, _: str) -> Iterator[Spot]:
    yield Spot(0, material.document.text)


def _places_to_fill(material: Material, _: str) -> Iterator[Spot]:
    """Places that the report itself marks as still to be filled in."""
    yield from (Spot(place.start(), place[0]) for place in TO_FILL.finditer(material.document.text))


def _chapters(material: Material, section: str) -> Iterator[Spot]:
    for heading, body in chapters(material, section):
        yield Spot(heading.start, body, said={"heading": heading.text})


def _sentences(material: Material, section: str, *, of_several_books: bool = False) -> Iterator[Spot]:
    """Sentences with a number under the heading of one budget book and of no other, or of one book and others."""
    for heading, body in chapters(material, section):
        start = heading.start + len(heading.text)
        several = any(is_about(heading.text, book) for book in _BOOKS - {section})
        for part in parts_of(body, "。\n") if several is of_several_books else ():
            if re.search(r"\d", part.words):
                yield Spot(start + part.start, part.words, chapter=heading.start, said={"heading": heading.text})


def _below_names_of_books(material: Material, section: str) -> Iterator[Spot]:
    """All that stands under the heading of one budget book, or behind its name at the beginning of a sentence: 政府性基金预算支出：…."""
    for heading, body in chapters(material, section):
        if not any(is_about(heading.text, book) for book in _BOOKS - {section}):
            yield Spot(heading.start + len(heading.text), body, chapter=heading.start, said={"heading": heading.text})
    for part in parts_of(material.document.text, "。\n"):
        name, *behind = parts_of(part.words[:_LONGEST_LEAD], "：，") if _LED.search(part.words, 0, _LONGEST_LEAD) else (part,)
        if behind and name.words.endswith(_LEADS) and [book for book in _BOOKS if is_about(name.words, book)] == [section]:
            yield Spot(
                part.start + behind[0].start, part.words[behind[0].start :], chapter=part.start, said={"heading": name.words.strip()}
            )


def _headings_of_other_years(material: Material, _: str) -> Iterator[Spot]:
    for heading in material.document.outline.headings() if material.year else ():
        found = _YEAR.search(heading.text)
        if found and heading.rank <= _CHAPTER and int(found[1]) != material.year:
            yield _of_year(material, int(found[1]), heading.start, heading.text, "heading")


def _tables_of_earlier_years(material: Material, _: str) -> Iterator[Spot]:
    """Titles with an earlier year alone, of tables no head of which tells of the year of the document."""
    for grid in material.grids if material.year else ():
        years = {int(year) for year in _YEAR.findall(grid.title)}
        if len(years) == 1 and max(years) < material.year and str(material.year) not in "".join(cell.text for cell in grid.heads):
            at = material.document.text.rfind(grid.title, 0, grid.start)
            yield _of_year(material, max(years), max(at, 0), grid.title, "table")


def _of_year(material: Material, year: int, start: int, title: str, what: str) -> Spot:
    numbers = Numbers.of(year, material.year, "年")
    return Spot(start, title, numbers=numbers, quote=title, said={"year": year, "document_year": material.year, what: title})


def _unnumbered_headings(material: Material, _: str) -> Iterator[Spot]:
    """Headings of chapters and sections that carry no number, where others do."""
    numbered, bare = numbered_and_bare(material)
    for heading in bare if len(numbered) > 2 else ():
        yield Spot(heading.start, heading.text, said={"heading": heading.text})


def _paragraphs_again(material: Material, _: str) -> Iterator[Spot]:
    """Paragraphs with quantities that stand in the report once more, word for word: whoever adds up counts them twice."""
    seen: set[str] = set()
    for paragraph in material.paragraphs:
        start, end = material.document.line_span(paragraph[0].line)
        line = material.document.text[start:end]
        words = "".join(line.split())
        if len(words) >= _SHORTEST and "\t" not in line:
            if words in seen:
                yield Spot(start, line)
            seen.add(words)


def _dates(material: Material, _: str) -> Iterator[Spot]:
    for identity, figure in material.numbered_figures():
        if figure.kind == "date":
            yield Spot(None, figure.text, (identity,))


def _reasons(material: Material, _: str, *, least: Decimal | None = None) -> Iterator[Spot]:
    """Reasons given for what was spent beside a budget, or further beside it than the share that has to be explained."""
    for line in explained(material):
        gap, budget = abs(line.deviation()), line.amount(line.basis())
        if least is None or gap > least * budget > 0:
            said = {"item": line.item, "reason": line.reason, "gap": quantity(gap, "万元")}
            yield Spot(None, line.reason, tuple(line.figures["actual"][:1]), said=said)


def _counts_until(material: Material, _: str) -> Iterator[Spot]:
    for start, words, weeks in ends_of_counts(material):
        yield Spot(start, words, said={"weeks": weeks})


def _remarks_on_the_source(material: Material, _: str) -> Iterator[Spot]:
    """What the source card and the folder say: a reader has to know it, and it stops nothing."""
    for remark in material.remarks:
        yield Spot(None, remark, said={"remark": remark})


PLACES: dict[str, Callable[[Material, str], Iterator[Spot]]] = {
    read.__name__.removeprefix("_"): read
    for read in (
        *(_text, _places_to_fill, _chapters, _sentences, _below_names_of_books, _unnumbered_headings, _paragraphs_again),
        *(_headings_of_other_years, _tables_of_earlier_years, _dates, _counts_until, _reasons, _remarks_on_the_source),
    )
} | {
    "sentences_of_several_books": partial(_sentences, of_several_books=True),
    "reasons_of_deviations": partial(_reasons, least=Decimal(load("checks")["thresholds"]["margin"])),
}
