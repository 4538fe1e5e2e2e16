"""What the contents page and the headings announce, against what follows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from selfeval.judging.report import Finding, Material, Numbers, finding, listed
from selfeval.knowledge import load
from selfeval.reading.document import rank_of
from selfeval.reading.enumeration import without_number

_BLANKS = re.compile(r"[\s\u3000]+")
_PAGE = re.compile(r"[.．·・…\-—]*\d*$")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)年")
# Fewer tables are no list of them; where more than one in so many is missing, the text calls them something else.
_FEWEST, _MOST_MISSING = 3, 3
# The rank of a chapter in the outline.
_CHAPTER = 10


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
        numbers = Numbers(Decimal(len(entries)), Decimal(len(entries) - len(missing)), Decimal(len(missing)), Decimal(0), "张")
        missing.sort(key=entries.__getitem__)
        first = entries[missing[0]]
        yield finding(material, "announced_table", "flag", (), numbers, at=first, quote=_line(text, first), tables=listed(missing))


def _entries(material: Material) -> dict[str, int]:
    """The tables on the contents page by name, and where each is listed; a chapter that other entries stand under is none."""
    text, asides = material.document.text, sorted(material.document.outline.asides)
    lines = [_line(text, start) for start in asides]
    deeper = [(rank_of(line) or 0) < (rank_of(below) or 0) for line, below in pairwise([*lines, ""])]
    named = [(_name(line), start) for line, start, is_chapter in zip(lines, asides, deeper, strict=True) if not is_chapter]
    return {name: start for name, start in named if name.endswith("表")}


def _line(text: str, start: int) -> str:
    return text[start:].split("\n", 1)[0].strip()


def _name(line: str) -> str:
    return without_number(_PAGE.sub("", _BLANKS.sub("", line)))


def heading_years(material: Material) -> Iterator[Finding]:
    """The heading of a chapter that names the document itself, with the year of another."""
    own = re.compile(load("checks")["contents"]["own"])
    for heading in material.document.outline.headings() if material.year else ():
        found = _YEAR.search(heading.text)
        if found and heading.rank <= _CHAPTER and own.search(heading.text) and int(found[1]) != material.year:
            shown = {"year": found[1], "document_year": material.year, "heading": heading.text}
            numbers = _years_apart(material, int(found[1]))
            yield finding(material, "heading_year", "flag", (), numbers, at=heading.start, quote=heading.text, **shown)


def table_years(material: Material) -> Iterator[Finding]:
    """The title of a table with an earlier year alone, where no head of it tells of that year on purpose."""
    on_purpose = re.compile(load("checks")["years"]["of_tables"])
    for grid in material.grids if material.year else ():
        years = {int(year) for year in _YEAR.findall(grid.title)}
        heads = "".join(cell.text for cell in grid.heads)
        if len(years) == 1 and max(years) < material.year and not on_purpose.search(grid.title) and str(material.year) not in heads:
            at = material.document.text.rfind(grid.title, 0, grid.start)
            shown = {"year": max(years), "document_year": material.year, "table": grid.title}
            yield finding(material, "table_year", "flag", (), _years_apart(material, max(years)), at=max(at, 0), quote=grid.title, **shown)


def _years_apart(material: Material, year: int) -> Numbers:
    return Numbers(Decimal(year), Decimal(material.year), Decimal(year - material.year), Decimal(0), "年")
