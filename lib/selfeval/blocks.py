"""What a document that somebody signs consists of, in reading order: title, headings, paragraphs, tables, annexes, signature.

Whoever composes such a document makes blocks; whoever writes it as a file reads them. Neither needs to know the other.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

TITLE, HEADING, PARAGRAPH, TABLE, ANNEX, SIGNATURE = "title", "heading", "paragraph", "table", "annex", "signature"
# A place that only a person can fill in, as it stands in the text.
TO_FILL = re.compile("〔待填写(?:：[^〔〕]*)?〕")


@dataclass(frozen=True, slots=True)
class Remark:
    """What is still doubtful about a block: words for whoever checks it, beside `at` in its text, or beside all of it where `at` is ''."""

    text: str
    at: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """One piece of a document.

    `kind` is one of the names above. `text` is what is printed, of a table its caption ('' for none), and holds no line feed but in a
    title, where it parts the lines. `level` is that of a heading, 1 to 4. A table has `rows` of cells, all of one length, the first being
    its head; `numeric` are the columns that hold quantities, `widths` how many characters each column should hold.
    `figures` are the ids of the figures it rests on, `lines` those lines of a received report that it repeats; `remarks` stand beside it.
    """

    kind: str
    text: str = ""
    level: int = 0
    rows: tuple[tuple[str, ...], ...] = ()
    numeric: frozenset[int] = frozenset()
    widths: tuple[int, ...] = ()
    figures: frozenset[str] = frozenset()
    lines: frozenset[int] = frozenset()
    remarks: tuple[Remark, ...] = ()

    @property
    def open_places(self) -> tuple[str, ...]:
        """The places left open for a person, as they stand in the text and the cells."""
        texts = (self.text, *(cell for row in self.rows for cell in row))
        return tuple(found for text in texts for found in TO_FILL.findall(text))

    @property
    def is_open(self) -> bool:
        """Whether it is a place left open and nothing else."""
        return self.kind == PARAGRAPH and TO_FILL.fullmatch(self.text.rstrip("。")) is not None


def title(*lines: str) -> Block:
    """The title of the document, on one line or several."""
    return Block(TITLE, "\n".join(lines))


def heading(level: int, text: str) -> Block:
    """A heading with its number typed in front: 一、 of level 1, （一） of level 2, 1. of level 3, （1） of level 4."""
    return Block(HEADING, text, level)


def paragraph(text: str, figures: Iterable[str] = ()) -> Block:
    """A paragraph of running text, resting on `figures`."""
    return Block(PARAGRAPH, text, figures=frozenset(figures))


def table(caption: str, rows: Iterable[Iterable[str]], numeric: Iterable[int] = (), widths: Iterable[int] = ()) -> Block:
    """A table whose first row is its head; raises ValueError when the rows are not all of one length."""
    cells = tuple(tuple(row) for row in rows)
    if len({len(row) for row in cells}) > 1:
        raise ValueError(f"rows of different length under {caption!r}")
    return Block(TABLE, caption, rows=cells, numeric=frozenset(numeric), widths=tuple(widths))


def annex(text: str) -> Block:
    """A line of the list of annexes."""
    return Block(ANNEX, text)


def signature(text: str) -> Block:
    """A line of the signature: the body, the date."""
    return Block(SIGNATURE, text)


def to_fill(what: str) -> str:
    """The mark of a place that only a person can fill in: 〔待填写：…〕."""
    return f"〔待填写：{what}〕"


def without_open_places(text: str) -> str:
    """`text` with blanks where places are left open, character for character: what stands there is a request, not a statement."""
    return TO_FILL.sub(lambda place: "\u3000" * len(place[0]), text)
