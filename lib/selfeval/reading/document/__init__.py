"""Reads a report in any usual file format into one text in which every character knows its line, page and section."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from importlib import import_module
from itertools import pairwise
from pathlib import Path
from typing import TypeVar

from .apart import read_apart
from .content import Cell, Content, Mark, Table
from .guard import read_bytes, sniff
from .outline import Heading, Outline, is_about, kind_at, meaning_of, rank_of, read_outline
from .typed import typed_tables

__all__ = ["Cell", "Content", "Document", "Heading", "Mark", "Outline", "Table", "is_about", "meaning_of", "rank_of", "read_document"]

_Found = TypeVar("_Found")
# Format → module and function that reads it; imported when first needed.
_READERS = {
    "txt": ("plain", "read_plain"),
    "docx": ("docx", "read_docx"),
    "pdf": ("pdf", "read_pdf"),
    "html": ("html", "read_html"),
    "xlsx": ("sheets", "read_workbook"),
    "xls": ("sheets", "read_workbook"),
    "csv": ("sheets", "read_csv"),
}
# What libraries in C take apart: they may crash or hang on a file.
_APART = frozenset({"pdf", "html"})
_NUMBER = re.compile(r"-?\d[\d,]*(?:\.\d+)?[%％]?")
_FEWEST_COUNTED = 3
_SENTENCE_END = re.compile(r"[。！？\n]")
# What is longer has lost its full stops. Of such a sentence a piece is shown, and so much on either side of it: the whole of it beside
# each of its figures would fill the disk.
_LONGEST_SENTENCE = 2000
_PIECE, _BESIDE = 400, 100


@dataclass(frozen=True)
class Document:
    """A report as text. Offsets everywhere are into `text`; line numbers start at 1.

    `remarks` are Chinese sentences on what a reader must know of the file: tracked changes, hidden rows, scanned pages among others.
    """

    text: str
    name: str
    kind: str
    encoding: str
    tables: tuple[Table, ...] = ()
    marks: tuple[Mark, ...] = ()
    remarks: tuple[str, ...] = ()

    @classmethod
    def absent(cls) -> Document:
        """What stands in for the report of a year that has only filled-in sheets: no text at all."""
        return cls("", "", "", "")

    def once(self, find: Callable[[Document], _Found]) -> _Found:
        """What `find` finds out of this document, found out when first asked for."""
        if find not in self._found:
            self._found[find] = find(self)
        return self._found[find]

    @cached_property
    def _found(self) -> dict[Callable, object]:
        """What was found out of it, by what found it out."""
        return {}

    @cached_property
    def every_table(self) -> tuple[Table, ...]:
        """Its tables in reading order: those the format knows as such, and those typed into its text."""
        typed = typed_tables(self.text, sorted(table.span for table in self.tables if any(table.rows)))
        return tuple(sorted((*self.tables, *typed), key=lambda table: table.span[0]))

    @cached_property
    def outline(self) -> Outline:
        """Its headings and what stands under which."""
        cells = (cell for table in self.tables if _counts(table) for row in table.rows for cell in row)
        return read_outline(self.text, {self.line_span(self.line_at(cell.start))[0] for cell in cells})

    @cached_property
    def _line_starts(self) -> list[int]:
        return [0, *(match.end() for match in re.finditer("\n", self.text))]

    @cached_property
    def _sentence_ends(self) -> list[int]:
        return [match.end() for match in _SENTENCE_END.finditer(self.text)]

    @cached_property
    def _sentences(self) -> list[tuple[int, int]]:
        """Start and end of every sentence, without surrounding blanks."""
        pieces = pairwise([0, *self._sentence_ends, len(self.text)])
        return [(end - len(self.text[start:end].lstrip()), start + len(self.text[start:end].rstrip())) for start, end in pieces]

    def line_at(self, offset: int) -> int:
        """The number of the line `offset` lies on."""
        return bisect_right(self._line_starts, offset)

    def line_span(self, number: int) -> tuple[int, int]:
        """Start and end of line `number`, without its line end."""
        start = self._line_starts[number - 1]
        end = self._line_starts[number] - 1 if number < len(self._line_starts) else len(self.text)
        return start, end

    def section_at(self, offset: int) -> tuple[str, ...]:
        """The headings above `offset` as printed, outermost first."""
        return self._sections[bisect_right(self.outline.starts, offset)]

    @cached_property
    def _sections(self) -> list[tuple[str, ...]]:
        """The headings above what stands before the first, and from each of them on."""
        return [(), *(tuple(heading.text for heading in path) for path in self.outline.paths)]

    def section_kind_at(self, offset: int) -> str:
        """What the section means (knowledge/outline.toml), '' where no heading above `offset` tells."""
        return kind_at(self.outline.at(offset))

    def sentence_at(self, offset: int) -> tuple[int, int]:
        """Start and end of the sentence around `offset`, without surrounding blanks."""
        return self._sentences[bisect_right(self._sentence_ends, offset)]

    def sentence(self, offset: int) -> str:
        """The sentence around `offset`, one object for all that ask; of one that never ends the part around `offset`, word for word."""
        start, end = self.sentence_at(offset)
        if end - start > _LONGEST_SENTENCE:
            piece = max(offset - start, 0) // _PIECE * _PIECE + start
            start, end = max(start, piece - _BESIDE), min(end, piece + _PIECE + _BESIDE)
        if (start, end) not in self._words:
            self._words[start, end] = self.text[start:end]
        return self._words[start, end]

    @cached_property
    def _words(self) -> dict[tuple[int, int], str]:
        """The sentences that were asked for, by where they start and end."""
        return {}

    def is_aside(self, offset: int) -> bool:
        """Does `offset` lie on a contents page or in a glossary, where nothing is said of the body?"""
        return bool(self.outline.asides) and self.line_span(self.line_at(offset))[0] in self.outline.asides

    @cached_property
    def without_asides(self) -> str:
        """The text with blanks in place of contents pages and glossaries, character for character."""
        asides, start, lines = self.outline.asides, 0, []
        if not asides:
            return self.text
        for line in self.text.split("\n"):
            lines.append(" " * len(line) if start in asides else line)
            start += len(line) + 1
        return "\n".join(lines)

    def leaf_at(self, offset: int) -> int | str:
        """The page (a number) or the sheet (its name) `offset` lies on, '' where the format has neither."""
        index = bisect_right(self.marks, offset, key=lambda mark: mark.start) - 1 if self.marks else -1
        return self.marks[index].leaf if index >= 0 else ""

    def page_at(self, offset: int) -> int | None:
        """The page `offset` lies on, the first being 1 whatever is printed on it; None where the format has no pages.

        Only a PDF has them: of a Word file every program makes pages of its own, and a hard page break in it tells no number.
        """
        leaf = self.leaf_at(offset)
        return leaf if isinstance(leaf, int) else None

    def sheet_at(self, offset: int) -> str:
        """The sheet of a workbook `offset` lies on, '' where the format has none."""
        leaf = self.leaf_at(offset)
        return leaf if isinstance(leaf, str) else ""


def _counts(table: Table) -> bool:
    """Whether a table counts something: a few of its rows have words and a number. One that mostly lays out paragraphs does not."""
    texts = [[cell.text.strip() for cell in row if cell.text.strip()] for row in table.rows]
    counted = sum(len(row) > 1 and any(_NUMBER.fullmatch(text) for text in row) for row in texts)
    paragraphs = sum(len(row) == 1 and "。" in row[0] for row in texts)
    return counted >= _FEWEST_COUNTED > paragraphs


def read_document(path: str | Path) -> Document:
    """Read the report at `path`: txt, docx, pdf with a text layer, html, xlsx, xls or csv, told apart by content, not by name.

    Raises InputRefused when the file is missing, empty, damaged or of a kind that cannot be read; the message says what to do.
    """
    path = Path(path)
    data = read_bytes(path)
    kind = sniff(data, path.name)
    module, function = _READERS[kind]
    if kind in _APART:
        content = read_apart(f"{__package__}.{module}", function, data, path.name)
    else:
        content = getattr(import_module(f".{module}", __package__), function)(data, path.name)
    return Document(content.text, path.name, content.kind, content.encoding, content.tables, content.marks, content.remarks)
