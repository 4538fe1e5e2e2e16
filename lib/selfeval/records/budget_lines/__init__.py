"""Finds the budget lines of a report: what each was given and spent, why it came out so, and whose part it is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from dataclasses import replace
from decimal import Decimal

import pandas as pd

from selfeval.blocks import without_open_places
from selfeval.knowledge import load
from selfeval.quantity import plain
from selfeval.reading.document import Document
from selfeval.reading.figures import Figure, amount_of, figure_id
from selfeval.reading.grid import read_grids
from selfeval.reading.identity import year_of
from selfeval.reading.kind import kind_of
from selfeval.reading.statements import Spoken
from selfeval.reading.title import title_of
from selfeval.tables import make_table

from .elsewhere import tell_from_elsewhere
from .grids import GridReader, subject_of
from .income import income_lines
from .mention import Line, Mention, Money
from .merge import figure_columns, first_money, merge
from .naming import clean_name, is_whole, plain_name
from .prose import ProseReader
from .reasons import attach_reasons
from .wording import flatten, pattern

__all__ = ["budget_lines", "plain_name", "project_of", "subject_of"]

_WAN = "万元"
# Kinds of documents that speak of the budget wherever they name the whole of it or a half.
_PUBLISHED = frozenset({"budget", "account"})
_RANGES = frozenset({"range_low", "range_high"})


def budget_lines(document: Document, figures: Sequence[Figure], spoken: Spoken) -> pd.DataFrame:
    """Return the budget lines of `document`, one row a line, in reading order (schema budget_lines; money exactly in 万元).

    `figures` are those of `document.text`, `spoken` is what they say. A line stated in several places is one row: the fullest
    statement gives `sentence`, the others fill what it leaves out; each `*_figure` column lists the ids of all figures that state the
    role, first the one the value is taken from, so that statements that disagree stay comparable. Where the text says that a budget was
    not adjusted (未作调整), `adjusted` is the initial sum and its figure. A sum without any role word is `actual` in a section about
    expenditure; in a budget all expenditure is `initial`. What was taken in is a book of its own. Nothing is
    computed: what is not stated is unknown. An empty template states nothing, nor do contents pages and glossaries.
    """
    kind = kind_of(document)
    if kind == "template":
        return make_table("budget_lines", [])
    moneys = {index: money for index, money in _moneys(document.text, figures) if not document.is_aside(money.start)}
    filled_in = without_open_places(document.without_asides)
    shown = document if filled_in == document.text else replace(document, text=filled_in)
    mentions = _mentions(shown, spoken, moneys, kind)
    project = project_of(document) if kind == "project_evaluation" else ""
    lines = merge([_of_project(mention, project) for mention in mentions] if kind == "project_evaluation" else mentions)
    tell_from_elsewhere(shown, lines, moneys.values())
    lines = sorted([*lines, *income_lines(spoken.statements, spoken.lists, moneys)], key=lambda line: line.base.start)
    ids = {id(line): f"b{number:02d}" for number, line in enumerate(lines, start=1)}
    return make_table("budget_lines", (_row(document, line, ids) for line in lines))


def _mentions(document: Document, spoken: Spoken, moneys: dict[int, Money], kind: str) -> list[Mention]:
    """Return what `document` says of budget lines, in reading order, from tables and prose alike.

    `spoken` is all it says, `moneys` are its sums by the index of their figure; `kind` is that of the document: in a budget
    expenditure is what is to be spent, in a final account what was.
    """
    grids = GridReader(document, [*moneys.values()], str(year_of(document) or ""), kind)
    tabled = [mention for grid in read_grids(document) for mention in grids.read(grid)]
    rows = set(_lines_of_rows(document, {mention.start for mention in tabled}))
    prose = ProseReader(document, moneys, kind, tabled)
    prose.read([each for each in spoken.statements if each.sentence >= 0 and document.line_at(each.figure.start) not in rows], spoken.lists)
    attach_reasons(document, prose.zones, tabled)
    for mention in prose.mentions if kind in _PUBLISHED else ():
        mention.strong += is_whole(mention.nature) and not mention.kind
    return sorted([*tabled, *prose.mentions], key=lambda mention: mention.start)


def _lines_of_rows(document: Document, taken: Set[int]) -> Iterator[int]:
    """The lines of the rows of tables in which a cell starts that was `taken`."""
    for table in document.every_table:
        for row in table.rows:
            if any(cell.start in taken for cell in row):
                yield document.line_at(min(cell.start for cell in row))


def project_of(document: Document) -> str:
    """The project an evaluation is of, by its title, '' where that names none."""
    found = pattern("naming", "project_title").search(flatten(title_of(document).text))
    return clean_name(next(filter(None, found.groups()))) if found else ""


def _of_project(mention: Mention, project: str) -> Mention:
    """In the evaluation of a project the whole is that of the project, never the body's, and so is what leaves its name to a heading."""
    nature = mention.nature
    unnamed = not (mention.named or nature.generic) and mention.source == "text"
    if nature.level in ("total", "project_total") or unnamed or (project and plain_name(nature.item) == plain_name(project)):
        item = project or load("budget")["names"]["project_total"]
        mention.nature = nature._replace(level="project_total", book="", item=item, generic=True)
    return mention


def _moneys(text: str, figures: Sequence[Figure]) -> Iterator[tuple[int, Money]]:
    """The sums among `figures` with their places; ranges and thresholds (5万元以上) are kept as unusable: they end what stood before."""
    for index, figure in enumerate(figures):
        amount, base = amount_of(figure) if figure.kind == "money" else (None, "")
        if amount is not None and base == _WAN:
            threshold = pattern("outside", "tails").match(flatten(text[figure.end : figure.end + 4]))
            usable = figure.qualifier not in _RANGES and not threshold
            shown = amount if figure.unit == _WAN else plain(amount)
            step = Decimal(1).scaleb(figure.exponent) * (amount / figure.value if amount else 1)
            yield index, Money(figure.start, figure.end, shown, step, figure_id(index), usable)


def _row(document: Document, line: Line, ids: dict[int, str]) -> dict[str, object]:
    base = line.base
    return {
        "line_id": ids[id(line)],
        "book": line.book,
        "level": line.nature.level,
        "parent_id": ids[id(line.parent)] if line.parent else "",
        "item": line.nature.item,
        "reason": line.reason,
        "source": base.source,
        "sentence": document.sentence(first_money(base).start),
        **figure_columns(line),
    }
