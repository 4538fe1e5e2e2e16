"""Lines that break off in mid-sentence, as typed texts have them: read on into the next."""

from __future__ import annotations

import re
from collections.abc import Sequence

from selfeval.reading.document import Document
from selfeval.reading.enumeration import number_of
from selfeval.reading.figures import Figure

_LONG_LINE = 30
# A label begins an item of its own, as a number does.
_LABEL = re.compile("\\s*[^，,。；;：:、\\s]{1,16}[：:]")
_ENDS = "。！？：:；;）)…."
# A line that ends so is never finished, however short.
_UNFINISHED = "，、为是达共和与及"
# A row of a table that holds so many cells is one; a line with one cell is a line.
_ROW = 2


def unbroken(document: Document, figures: Sequence[Figure]) -> str:
    """The text with a blank for every line end that only breaks a sentence or one of its `figures`: offsets stay."""
    rows = {document.line_at(row[0].start) for table in document.every_table for row in table.rows if len(row) >= _ROW}
    broken = {document.line_at(figure.start) for figure in figures if "\n" in document.text[figure.start : figure.end]}
    lines = document.text.split("\n")
    pieces = []
    for number, (line, following) in enumerate(zip(lines, [*lines[1:], ""], strict=True), 1):
        goes_on = number in broken or (number not in rows and number + 1 not in rows and _goes_on(line, following))
        pieces.append(line + (" " if goes_on else "\n"))
    return "".join(pieces)[:-1]


def _goes_on(line: str, following: str) -> bool:
    printed = line.rstrip()
    if not printed or not following.strip() or (len(printed) < _LONG_LINE and printed[-1] not in _UNFINISHED) or printed[-1] in _ENDS:
        return False
    return "\t" not in f"{line}{following}" and number_of(following) is None and not _LABEL.match(following)
