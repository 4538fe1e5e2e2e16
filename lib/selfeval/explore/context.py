"""A figure where it was printed: its sentence, the sentences around it, and the figure marked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby

import pandas as pd
from markupsafe import Markup

from selfeval import words
from selfeval.tables import rows_in

from .screen import Row

# How many sentences or lines stand above and below.
_AROUND = 2


@dataclass(frozen=True)
class Passage:
    """A sentence, a line or a row: where it stands, and its text with the figures asked for marked."""

    place: str
    html: Markup
    is_asked: bool


@dataclass(frozen=True)
class Context:
    """What a notebook shows of the figures asked for."""

    passages: tuple[Passage, ...]

    def __repr__(self) -> str:
        return "\n".join(f"{'▶' if it.is_asked else ' '} {it.place}　{it.html.striptags()}" for it in self.passages)

    def _repr_html_(self) -> str:
        return str(as_html(self.passages))


def context(tables: Mapping[str, pd.DataFrame], figure_ids: str | Iterable[str]) -> Context:
    """The sentences of some figures (ids, or ids with blanks between them), each between its neighbours in the text.

    `tables` holds figures and, where there is one, passages: then the neighbours are the lines of the text itself, else the nearest
    sentences with figures in them.
    """
    wanted = set(figure_ids.split() if isinstance(figure_ids, str) else figure_ids)
    figures = rows_in(tables["figures"])
    asked = [figure for figure in figures if figure.figure_id in wanted]
    lines = _lines(tables)
    printed = [figure for figure in asked if figure.line in lines and not figure.cell]
    in_text = _from_lines(lines, printed) if printed else []
    rest = {figure.figure_id for figure in asked if figure not in printed}
    return Context((*in_text, *_from_sentences(figures, rest)))


def as_html(passages: Iterable[Passage]) -> Markup:
    """The passages as a block of HTML, what was asked for set off."""
    rows = [
        Markup('<p class="{}"><small>{}</small> {}</p>').format("asked" if it.is_asked else "near", it.place, it.html) for it in passages
    ]
    return Markup('<div class="selfeval-context">{}</div>').format(Markup("").join(rows))


# ---- from the text itself ---------------------------------------------------------------------------------------------------------------


def _lines(tables: Mapping[str, pd.DataFrame]) -> dict[int, Row]:
    """The lines of the text by number, blank ones left out."""
    table = tables.get("passages")
    rows = () if table is None else rows_in(table)
    return {row.line: row for row in rows if row.kind == "line" and row.text.strip()}


def _from_lines(lines: Mapping[int, Row], figures: list[Row]) -> list[Passage]:
    """The lines of `figures` and those around them, each line once."""
    numbers, order = sorted({figure.line for figure in figures}), [*lines]
    near = {order[at] for number in numbers for at in _around(order.index(number), len(order))}
    passages = []
    for number in sorted(near):
        here = sorted((figure for figure in figures if figure.line == number), key=lambda figure: figure.start)
        spans = [(figure.start - lines[number].start, figure.end - lines[number].start) for figure in here]
        passages.append(Passage(words.place(number, lines[number].page), _marked(lines[number].text, spans), bool(here)))
    return passages


def _around(at: int, of: int) -> range:
    return range(max(at - _AROUND, 0), min(at + _AROUND + 1, of))


# ---- from sentences ---------------------------------------------------------------------------------------------------------------------


def _from_sentences(figures: list[Row], wanted: set[str]) -> list[Passage]:
    groups = [[*group] for _, group in groupby(figures, key=lambda figure: (figure.line, figure.cell.partition("”")[0], figure.sentence))]
    holds = [bool(wanted & {figure.figure_id for figure in group}) for group in groups]
    near = sorted({at for number, held in enumerate(holds) if held for at in _around(number, len(groups))})
    return [Passage(_place(groups[at][0]), _sentence(groups[at], wanted), holds[at]) for at in near]


def _place(figure: Row) -> str:
    return figure.cell or words.place(figure.line, figure.page)


def _sentence(group: list[Row], wanted: set[str]) -> Markup:
    """The sentence with the wanted figures marked; figures stand in the order of the sentence."""
    text, at, spans = group[0].sentence, 0, []
    for figure in group:
        start = text.find(figure.text, at)
        if start >= 0:
            at = start + len(figure.text)
            spans += [(start, at)] if figure.figure_id in wanted else []
    return _marked(text, spans)


def _marked(text: str, spans: Iterable[tuple[int, int]]) -> Markup:
    parts: list[object] = []
    at = 0
    for start, end in spans:
        parts += [text[at:start], Markup("<mark>{}</mark>").format(text[start:end])]
        at = end
    return Markup("").join([*parts, text[at:]])
