"""What every reader hands over: plain text, and where its tables, pages and sheets lie in it."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Cell:
    """One table cell: its text and the span it takes up in the document's text."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells; every row is one line of the text, its cells joined by tabs, but in tables that are typed.

    `is_ragged`: an empty cell left no trace, so that cells stand further left than their column.
    """

    name: str
    rows: tuple[tuple[Cell, ...], ...]
    is_ragged: bool = False

    @property
    def span(self) -> tuple[int, int]:
        """Where its cells begin and end; a merged cell leads back to where it is printed."""
        spans = [(cell.start, cell.end) for row in self.rows for cell in row]
        return min(spans, default=(0, 0))[0], max((end for _, end in spans), default=0)


@dataclass(frozen=True, slots=True)
class Mark:
    """From `start` on, the text lies on this leaf: the page of a PDF by its number, or a sheet of a workbook by its name."""

    start: int
    leaf: int | str


@dataclass(frozen=True, slots=True)
class Content:
    """A file as plain text with `\\n` line ends; `remarks` say in Chinese what a reader must know about how it was read."""

    text: str
    kind: str
    encoding: str
    tables: tuple[Table, ...] = ()
    marks: tuple[Mark, ...] = ()
    remarks: tuple[str, ...] = ()


@dataclass(slots=True)
class TextBuilder:
    """Collects lines and table rows in reading order and remembers where each cell and page went."""

    parts: list[str] = field(default_factory=list)
    length: int = 0
    tables: list[Table] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)

    def line(self, text: str) -> None:
        """Append one line."""
        self._append(text + "\n")

    def mark(self, leaf: int | str) -> None:
        """Say that what follows lies on `leaf`."""
        self.marks.append(Mark(self.length, leaf))

    def table(self, rows: list[list[str]], name: str = "") -> None:
        """Append a table, one row a line; breaks and tabs inside a cell become one blank."""
        self.tables.append(Table(name, tuple(self.row(row) for row in rows)))

    def row(self, row: list[str]) -> tuple[Cell, ...]:
        """Append one table row as a line and return its cells; whoever gathers them into a table appends that to `tables`."""
        cells = []
        for index, raw in enumerate(row):
            if index:
                self._append("\t")
            text = " ".join(raw.split())
            cells.append(Cell(text, self.length, self.length + len(text)))
            self._append(text)
        self._append("\n")
        return tuple(cells)

    def content(self, kind: str, encoding: str) -> Content:
        """What was collected so far."""
        return Content("".join(self.parts), kind, encoding, tuple(self.tables), tuple(self.marks), tuple(self.remarks))

    def _append(self, text: str) -> None:
        self.parts.append(text)
        self.length += len(text)
