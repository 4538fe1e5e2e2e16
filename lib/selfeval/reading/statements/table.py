"""Statements as rows of statements.csv."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from selfeval import words
from selfeval.reading.document import Document
from selfeval.reading.figures import Figure, figure_id
from selfeval.tables import make_table

from .reading import Spoken
from .statement import Statement

# The columns that are fields of a statement, or of its figure.
_OWN, _PRINTED = ("measure", "aspect", "period", "state", "amount", "extent"), ("start", "end", "text", "qualifier")


def statements_table(document: Document, figures: Sequence[Figure], spoken: Spoken) -> pd.DataFrame:
    """Return statements.csv: one row a statement, in reading order. `figures` are those of the document, which what is `spoken` points to.

    `part_of` and `of` name the whole and the operands by where their figures start in the text. `cell` is kept for the
    address of a cell and left empty.
    """
    return make_table("statements", (_row(document, figures, statement) for statement in spoken.statements))


def _row(document: Document, figures: Sequence[Figure], statement: Statement) -> dict[str, object]:
    figure = statement.figure
    own = {name: getattr(statement, name) for name in _OWN} | {name: getattr(figure, name) for name in _PRINTED}
    return own | {
        "figure_id": figure_id(statement.index),
        "subject": " › ".join(statement.subject),
        "scope": "，".join(statement.scope),
        "base_unit": statement.unit,
        "part_of": None if statement.part_of is None else figures[statement.part_of].start,
        "of": " ".join(str(figures[operand].start) for operand in statement.of),
        "because": _reasons(statement),
        "sentence": document.sentence(figure.start),
        "section": " › ".join(statement.section),
        "line": document.line_at(figure.start),
        "page": document.page_at(figure.start),
    }


def _reasons(statement: Statement) -> str:
    """The words that decided a field, field by field, each called as the head of its column is."""
    return "；".join(f"{words.column(field)}：{decided_by}" for field, decided_by in statement.because.items())
