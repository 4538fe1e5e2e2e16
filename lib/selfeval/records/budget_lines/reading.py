"""Goes through a document once, handing tables to one reader and what prose states to the other."""

from __future__ import annotations

from collections.abc import Iterator, Set

from selfeval.reading.document import Document
from selfeval.reading.grid import read_grids
from selfeval.reading.identity import identify
from selfeval.reading.statements import Spoken

from .grids import GridReader
from .mention import Mention, Money
from .naming import is_whole
from .prose import ProseReader
from .reasons import attach_reasons

# Kinds of documents that speak of the budget wherever they name the whole of it or a half.
_PUBLISHED = frozenset({"budget", "account"})


def read_mentions(document: Document, spoken: Spoken, moneys: dict[int, Money], kind: str) -> list[Mention]:
    """Return what `document` says of budget lines, in reading order, from tables and prose alike.

    `spoken` is all it says, `moneys` are its sums by the index of their figure; `kind` is that of the document: in a budget
    expenditure is what is to be spent, in a final account what was.
    """
    grids = GridReader(document, [*moneys.values()], str(identify(document).year or ""), kind)
    tabled = [mention for grid in read_grids(document) for mention in grids.read(grid)]
    rows = set(_rows(document, {mention.start for mention in tabled}))
    prose = ProseReader(document, moneys, kind, tabled)
    prose.read([each for each in spoken.statements if each.sentence >= 0 and document.line_at(each.figure.start) not in rows], spoken.lists)
    attach_reasons(document, prose.zones, tabled)
    for mention in prose.mentions if kind in _PUBLISHED else ():
        mention.strong += is_whole(mention.nature) and not mention.kind
    return sorted([*tabled, *prose.mentions], key=lambda mention: mention.start)


def _rows(document: Document, taken: Set[int]) -> Iterator[int]:
    """The lines of the rows of tables in which a cell starts that was `taken`."""
    for table in document.every_table:
        for row in table.rows:
            if any(cell.start in taken for cell in row):
                yield document.line_at(min(cell.start for cell in row))
