"""What the rules look at: the document, its quantities in reading order with the words around them, the tree of lines, the facts."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property, wraps
from itertools import islice
from typing import Concatenate, ParamSpec, TypeVar

from selfeval import words
from selfeval.judging.relations import Place
from selfeval.reading.clauses import STOPS, words_behind
from selfeval.reading.document import Document
from selfeval.reading.figures import Figure, amount_of, figure_id
from selfeval.reading.grid import Grid, read_grids
from selfeval.reading.statements import Spoken, Statement
from selfeval.records.line_tree import Line, LineTree

from .facts import Fact
from .mention import Mention

_LONGEST_QUOTE = 600
# Kinds of documents that give the same names in many scopes: income and expenditure, by source, by function, by economic class.
_MANY_SCOPES = frozenset({"budget", "account"})
# Words further off than any sentence is long say nothing of a quantity.
_LONGEST_LEAD, _LONGEST_TAIL = 600, 20
# A run of digits this long is damage, no quantity of anything.
_NO_QUANTITY = 10**18


P = ParamSpec("P")
T = TypeVar("T")


def once(read: Callable[Concatenate[Material, P], T]) -> Callable[Concatenate[Material, P], T]:
    """Several rules look at what `read` finds in a report: it is read once and kept with the material."""

    @wraps(read)
    def kept(material: Material, *args: P.args, **kwargs: P.kwargs) -> T:
        key = (read, args, tuple(kwargs.items()))
        if key not in material.kept:
            material.kept[key] = read(material, *args, **kwargs)
        return material.kept[key]

    return kept


@dataclass(frozen=True)
class Material:
    """One report, read; the rules of the audit take nothing else. `kind`: what kind of document it is (reading.kind)."""

    document: Document
    figures: Sequence[Figure]
    spoken: Spoken
    tree: LineTree
    facts: Sequence[Fact]
    remarks: Sequence[str]
    year: int | None
    body: str
    kind: str
    kept: dict[object, object] = field(default_factory=dict, compare=False, repr=False)

    @cached_property
    def mentions(self) -> list[Mention]:
        """Every quantity of the text but those of contents pages and glossaries, in reading order."""
        mentions: list[Mention] = []
        for index, figure in enumerate(self.figures):
            amount, unit = amount_of(figure)
            if amount is not None and abs(amount) < _NO_QUANTITY and not self.document.is_aside(figure.start):
                mentions.append(self._mention(index, figure, amount, unit, mentions[-1] if mentions else None))
        return mentions

    @cached_property
    def grids(self) -> list[Grid]:
        """The tables of the report as they are meant."""
        return read_grids(self.document)

    def figure_at(self, place: Place) -> str:
        """The id of the figure a cell of a table holds, '' where it is none."""
        cell = place.row.cell(place.column)
        return next((identity for identity, _ in self.figures_between(cell.start, cell.end)), "") if cell else ""

    @cached_property
    def paragraphs(self) -> list[list[Mention]]:
        """The quantities line by line, without empty lines."""
        lines: dict[int, list[Mention]] = {}
        for mention in self.mentions:
            lines.setdefault(mention.line, []).append(mention)
        return list(lines.values())

    @cached_property
    def _named(self) -> dict[str, Figure]:
        return {figure_id(index): figure for index, figure in enumerate(self.figures)}

    @cached_property
    def _mentioned(self) -> dict[str, Mention]:
        return {mention.id: mention for mention in self.mentions}

    def mention(self, figure: str) -> Mention | None:
        """The quantity with this figure id; None for '' and for figures that are none."""
        return self._mentioned.get(figure)

    @cached_property
    def stated(self) -> dict[int, Statement]:
        """What every figure states that states anything, by its index."""
        return {statement.index: statement for statement in self.spoken.statements}

    def figure(self, figure: str) -> Figure | None:
        """The figure with this id."""
        return self._named.get(figure)

    def of_line(self, line: Line, column: str, beside: Mention | None = None) -> Mention | None:
        """Where the amount of a line and column is printed; of several places that agree, the one in the paragraph of `beside`."""
        mentions = filter(None, map(self.mention, line.figures[column]))
        first = next(mentions, None)
        if first is None or beside is None:
            return first
        amount = line.amount(column)
        near = (mention for mention in (first, *mentions) if mention.line == beside.line and mention.amount == amount)
        return next(near, first)

    def facts_of(self, *indicators: str, sector: str | None = None) -> list[Fact]:
        """Facts of these indicators that have a value, in reading order."""
        found = [fact for indicator in indicators for fact in self._facts.get(indicator, ()) if sector in {None, fact.sector}]
        return found if len(indicators) == 1 else sorted(found, key=lambda fact: fact.rank)

    @cached_property
    def _facts(self) -> dict[str, list[Fact]]:
        index: dict[str, list[Fact]] = {}
        for fact in self.facts:
            if fact.value is not None:
                index.setdefault(fact.indicator, []).append(fact)
        return index

    @cached_property
    def line_of(self) -> dict[str, Line]:
        """The budget line each figure states an amount of."""
        lines: dict[str, Line] = {}
        for line in self.tree:
            lines |= {figure: line for figures in line.figures.values() for figure in figures}
        return lines

    @cached_property
    def sectors(self) -> list[str]:
        """The sectors facts belong to, in reading order."""
        return list(dict.fromkeys(fact.sector for fact in self.facts))

    @property
    def has_one_scope(self) -> bool:
        """Whether one name stands for one amount of money only."""
        return self.kind not in _MANY_SCOPES

    def binds(self, mentions: Sequence[Mention]) -> bool:
        """Whether words bind these quantities to one another, so that they may be called different.

        Those of one line do. Those of one table are bound by the table, which is judged as such. Of a budget or final account the same
        name stands for the money of many scopes, and only the line tells which.
        """
        if len({mention.line for mention in mentions}) < 2:
            return True
        return not all(self.in_table(mention.figure.start) for mention in mentions) and self.has_one_scope

    def in_table(self, place: int | None) -> bool:
        """Whether a place of the text stands in a table."""
        return place is not None and any(start <= place < end for start, end in self._table_spans)

    @cached_property
    def _table_spans(self) -> list[tuple[int, int]]:
        return [table.span for table in self.document.every_table]

    def figures_between(self, start: int, end: int) -> Iterator[tuple[str, Figure]]:
        """Every figure, quantity or not, that begins in [start, end), one after the other as they are asked for."""
        return islice(self._named.items(), bisect_left(self._starts, start), bisect_left(self._starts, end))

    def numbered_figures(self) -> Iterator[tuple[str, Figure]]:
        """Every figure with its id, quantity or not, in reading order."""
        return iter(self._named.items())

    @cached_property
    def _starts(self) -> list[int]:
        return [figure.start for figure in self.figures]

    def place(self, offset: int) -> str:
        """Where `offset` stands, as a message has it: 第142行, of a file with pages 第7页第142行."""
        return words.place(self.document.line_at(offset), self.document.page_at(offset)).replace(" ", "")

    def offset(self, figures: Iterable[str]) -> int | None:
        """Where the first of these figures (given in order of weight) stands."""
        return next((figure.start for identity in figures if (figure := self.figure(identity))), None)

    def quote(self, figures: Iterable[str]) -> str:
        """The sentences that hold these figures where they are neighbours in one line, else the sentence of the first."""
        spans = [(figure.start, *self.document.sentence_at(figure.start)) for identity in figures if (figure := self.figure(identity))]
        if not spans:
            return ""
        line = self.document.line_at(spans[0][0])
        together = [span for span in spans if self.document.line_at(span[0]) == line]
        start, end = min(span[1] for span in together), max(span[2] for span in together)
        if end - start > _LONGEST_QUOTE:
            return self.document.sentence(spans[0][0])
        return self.document.text[start:end]

    def _mention(self, index: int, figure: Figure, amount: Decimal, unit: str, previous: Mention | None) -> Mention:
        text, sentence = self.document.text, self.document.sentence_at(figure.start)
        begin = max(sentence[0], previous.figure.end if previous else 0, figure.start - _LONGEST_LEAD)
        tail = words_behind(text, figure.end, f"{STOPS}，：", end=figure.end + _LONGEST_TAIL)
        line = self.document.line_at(figure.start)
        return Mention(figure_id(index), index, figure, amount, unit, text[begin : figure.start], tail, sentence, line)
