"""Tables of a report, from whatever format: every row is a line of the text, its cells parted by tabs or bars."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from selfeval.reading.document import Cell
from selfeval.records.budget_lines.rows import Row, line_row

from .material import Material, once
from .mention import Mention

_RULER = re.compile(r"[-:|｜\s—]*")


@dataclass(frozen=True)
class Grid:
    """A table: its heads, blanks taken out, and the rows under them, each as long as the heads."""

    heads: tuple[str, ...]
    rows: tuple[Row, ...]

    def column(self, words: re.Pattern[str]) -> int | None:
        """The first column whose head fits."""
        return next((index for index, head in enumerate(self.heads) if words.search(head)), None)


@once
def grids(material: Material) -> list[Grid]:
    """Every run of table lines, cut where the number of cells changes; the first line of a run is taken for its heads."""
    return list(_grids(material))


def _grids(material: Material) -> Iterator[Grid]:
    run: list[Row] = []
    offset = 0
    for line in [*material.document.text.split("\n"), ""]:
        row = line_row(line, offset) if "\t" in line or "|" in line or "｜" in line else []
        offset += len(line) + 1
        if row and _RULER.fullmatch(line):
            continue
        if run and len(row) != len(run[0]):
            yield from _grid(run)
            run = []
        if row:
            run.append(row)
    yield from _grid(run)


def _grid(run: Sequence[Row]) -> Iterator[Grid]:
    if len(run) > 1:
        yield Grid(tuple(re.sub(r"\s", "", cell.text) for cell in run[0]), tuple(run[1:]))


def quantity_in(material: Material, cell: Cell) -> Mention | None:
    """The one quantity of a cell; None where it holds none, or several."""
    found = [mention for identity, _ in material.figures_between(cell.start, cell.end) if (mention := material.mention(identity))]
    return found[0] if len(found) == 1 else None
