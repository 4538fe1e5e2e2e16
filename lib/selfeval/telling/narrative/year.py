"""The tables of one body and year as the narrative looks things up in them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from typing import Any

import pandas as pd

from selfeval import blocks, words
from selfeval.blocks import Block
from selfeval.knowledge import load
from selfeval.tables import rows_in

from .carried import Said, carried, figures_of, material

# One row of a table: its columns are its attributes.
Row = Any

COLUMNS = ("target", "initial", "adjusted", "actual")
# How budget_changes calls what was spent on a line.
_SPENT = "line_actual"
_WHOLES = ("total", "fund")


@dataclass(frozen=True)
class Year:
    """The rows of the tables by name, and whose year they are."""

    body: str
    year: int
    rows: Mapping[str, tuple[Row, ...]]
    said: tuple[Said, ...] = ()

    @classmethod
    def of(cls, tables: Mapping[str, pd.DataFrame], body: str, year: int) -> Year:
        """The year of `body` from its tables; a table that is not given has no row."""
        rows = {name: tuple(rows_in(frame)) for name, frame in tables.items()}
        return cls(body, year, rows, carried(material(rows)))

    def of_table(self, name: str) -> tuple[Row, ...]:
        """The rows of one table."""
        return self.rows.get(name, ())

    # ---- what the received report says itself ------------------------------------------------------------------------------------------

    def answers(self, *places: str) -> bool:
        """Whether the received report says something for one of these places."""
        return any(place in said.answers for said in self.said for place in places)

    def own_words(self, *places: str) -> Iterator[Block]:
        """The sentences of the received report that belong to these places, a paragraph for each of its lines."""
        lead: Said | None = None
        here = (said for said in self.said if said.place in places and not said.depth)
        for _, group in groupby(here, key=lambda said: (said.line, said.leads)):
            found = [*group]
            if found[0].leads:
                lead = found[0]
                continue
            yield paragraph_of([lead, *found] if lead is not None and found[0].is_led_by(lead) else found)
            lead = None

    def tells(self, line: Row, *places: str) -> bool:
        """Whether the carried words of these places hold every amount of a budget line, and none that is in doubt."""
        said = {figure for said in self.said if said.place in places for figure in said.figures}
        doubted = {figure for row in self.of_table("findings") if row.verdict == "differs" for figure in row.figures.split()[:1]}
        amounts = set(figures_of([line]))
        return bool(amounts) and amounts <= said - doubted

    # ---- budget -----------------------------------------------------------------------------------------------------------------------

    @property
    def lines(self) -> tuple[Row, ...]:
        """The budget lines of what was given and spent."""
        return tuple(line for line in self.of_table("budget_lines") if line.book != "income")

    def line(self, level: str, *books: str) -> Row | None:
        """The first line of a level, in one of `books` where any are named."""
        return next((line for line in self.lines if line.level == level and (not books or line.book in books)), None)

    def children(self, line: Row | None, level: str = "") -> list[Row]:
        """The lines that are parts of `line`, of one level where it is named."""
        if line is None:
            return []
        return [child for child in self.lines if child.parent_id == line.line_id and level in {"", child.level}]

    def projects(self, *books: str) -> list[Row]:
        """The projects of some books (of all where none is named) one by one, without the parts of a project."""
        ids = {line.line_id for line in self.lines if line.level == "project"}
        found = [line for line in self.lines if line.level == "project" and line.parent_id not in ids]
        return [line for line in found if not books or line.book in books]

    def whole_of(self, book: str) -> Row | None:
        """The line that the tables state for all expenditure of a book beside the general public one."""
        found = [line for line in self.lines if line.book == book and (line.level in _WHOLES or self._names_a_book(line))]
        return min(found, key=lambda line: line.level not in _WHOLES, default=None)

    def _names_a_book(self, line: Row) -> bool:
        """Whether an item is called by its book, such as the total of one book that a sheet states."""
        total = self.line("total")
        above = {"", total.line_id if total is not None else ""}
        return line.level == "item" and line.parent_id in above and line.item.startswith(words.BOOKS[line.book])

    def has_books(self) -> bool:
        """Whether the lines tell one book from another, so that a book without a row has no expenditure."""
        return any(line.source == "table" and line.book not in {"all", "assets"} for line in self.lines)

    def last_year(self, level: str, item: str) -> Decimal | None:
        """What a whole came to last year: as the base data say under `item`, else as last year's own tables have it."""
        row = self.base(item)
        if row is not None and row.last_actual is not None:
            return row.last_actual
        changes = (row for row in self.of_table("budget_changes") if row.status == "compared" and row.earlier_year == self.year - 1)
        return next((row.earlier for row in changes if (row.metric, row.scope) == (_SPENT, level)), None)

    # ---- the other tables ---------------------------------------------------------------------------------------------------------------

    def base(self, item: str) -> Row | None:
        """The row of the base data called `item` (ids of sheets.toml)."""
        return next((row for row in self.of_table("base_data") if row.item_id == item), None)

    def words_for(self, item: str) -> list[str]:
        """What the office wrote itself under `item`, one paragraph a line."""
        row = self.base(item)
        return [line.strip() for line in row.note.splitlines() if line.strip()] if row else []

    def metric(self, name: str, scope: str | None = None) -> Row | None:
        """The first computed budget metric of this name."""
        found = (row for row in self.of_table("budget_metrics") if row.metric == name and row.status == "computed")
        return next((row for row in found if scope in {None, row.scope}), None)

    def facts(self, *indicators: str) -> list[Row]:
        """The work facts of some indicators; where none is named, all that have one or were typed as such; what is said twice once."""
        named = [fact for fact in self.of_table("work_facts") if fact.indicator or fact.source == "table"]
        found = [fact for fact in named if not indicators or fact.indicator in indicators]
        once = {(fact.sector, fact.indicator, fact.label, fact.value, fact.unit, fact.date): fact for fact in reversed(found)}
        return [*once.values()][::-1]


def with_own_words(year: Year, part: Callable[[Year], Iterable[Block]], *places: str) -> list[Block]:
    """What the tables say for some places, then what the received report says itself; nothing is asked for that one of them says.

    Where the office typed its own words for a place, those of the report are not repeated.
    """
    found = list(part(year))
    if any(year.words_for(place) for place in places):
        return found
    if year.answers(*places):
        found = [block for block in found if not block.is_open]
    return found + list(year.own_words(*places))


def paragraph_of(said: Sequence[Said]) -> Block:
    """Sentences of the received report as one paragraph."""
    figures = frozenset(figure for sentence in said for figure in sentence.figures)
    lines = frozenset(sentence.line for sentence in said)
    return Block(blocks.PARAGRAPH, _ended("".join(sentence.text for sentence in said)), figures=figures, lines=lines)


def _ended(words_of_others: str) -> str:
    """A paragraph with a full stop where it was parted at a semicolon or never had one."""
    kept = words_of_others.rstrip("；;，, ")
    return kept if kept.rstrip("”’）)").endswith(("。", "！", "？", "：", ":", ".")) else f"{kept}。"


def resting_on(*rows: Row | None) -> frozenset[str]:
    """The figures that the rows of some table rest on."""
    return frozenset(figures_of(row for row in rows if row is not None))


def text(*path: str, **values: object) -> str:
    """A sentence of narrative.toml, its places filled."""
    found: Any = load("narrative")
    for step in path:
        found = found[step]
    return found.format(**values)


def book(identifier: str) -> str:
    """A budget book as the report calls it."""
    return words.BOOKS[identifier]
