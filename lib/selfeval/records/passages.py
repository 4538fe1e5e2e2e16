"""The received material as it reads, for the page to mark figures in: the text line by line, the sheets row by row."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

import pandas as pd

from selfeval.reading.document import Document
from selfeval.records.entries import Entries, Entry, layouts
from selfeval.tables import make_table


def passages_of(document: Document, entries: Entries) -> pd.DataFrame:
    """Return passages.csv: every line of the text, blank ones too, then every filled row of the sheets under the heads of its columns.

    The lines joined by line feeds are the text, byte for byte, which `start` and the offsets of printed figures count in; of a line that
    opens a section `heading` is the part that is its heading and `level` how deep it stands, from 1. Cells of a row are parted by tabs,
    and so are their addresses in `cells`, as they stand in the column cell of typed figures.
    """
    return make_table("passages", [*_lines(document), *_sheets(entries)])


def _lines(document: Document) -> Iterator[dict[str, object]]:
    opened = {document.line_at(path[-1].start): path for path in document.outline.paths}
    start = 0
    for number, text in enumerate(document.text.split("\n") if document.text else (), start=1):
        path = opened.get(number, ())
        yield {
            "passage_id": f"L{number}",
            "kind": "line",
            "line": number,
            "start": start,
            "section": " › ".join(document.section_at(start + len(text) - len(text.lstrip()))),
            "page": document.page_at(start),
            "sheet": document.sheet_at(start),
            "level": len(path) or None,
            "heading": path[-1].text if path else "",
            "text": text,
        }
        start += len(text) + 1


def _sheets(entries: Entries) -> Iterator[dict[str, object]]:
    number = 0
    for (file, sheet), group in groupby(entries.rows, key=lambda entry: (entry.file, entry.sheet)):
        rows = [*group]
        filled = {key for row in rows for key in row.shown}
        columns = [column for column in layouts()[sheet].columns if column.key in filled]
        place = {"section": f"{file} › {layouts()[sheet].title}"}
        yield {"passage_id": f"R{(number := number + 1)}", "kind": "head", **place, "text": _cells(column.head for column in columns)}
        for row in rows:
            yield {"passage_id": f"R{(number := number + 1)}", "kind": "row", **place, **_row(row, [column.key for column in columns])}


def _row(entry: Entry, keys: list[str]) -> dict[str, object]:
    addresses = (entry.place(key) if key in entry.cells else "" for key in keys)
    return {"line": entry.row, "text": _cells(entry.shown.get(key, "") for key in keys), "cells": _cells(addresses)}


def _cells(texts: Iterator[str]) -> str:
    """Cells of a row as one text; a tab or a line break inside a cell becomes a blank."""
    return "\t".join(" ".join(text.split()) for text in texts)
