"""Text as an office file may hold it: nothing that breaks the file, nothing that runs, nothing lost without a word."""

from __future__ import annotations

import re
from collections.abc import Iterable

# What XML 1.0 cannot hold: control characters but tab and line break, halves of surrogate pairs, the two that are no characters.
_ILLEGAL = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_LINE_ENDS = re.compile("\r\n?|[\u2028\u2029\x85]")
# The most a cell holds, counted in UTF-16 units as Excel counts.
CELL_LIMIT = 32767
# What makes a text of ordinary length need a second look.
_ODD = re.compile("[\x00-\x08\x0b-\x1f\x7f\x85\u2028\u2029\ud800-\udfff\ufffe\uffff]|^<r>")
_TITLE_LIMIT = 31
_NOT_IN_TITLES = re.compile(r"[\[\]:*?/\\]")
_NAMELESS = "表"


def clean(text: str) -> str:
    """`text` without characters that XML cannot hold; line ends become line breaks."""
    return _ILLEGAL.sub("", _LINE_ENDS.sub("\n", text))


def cell_text(text: str) -> str:
    """`text` as one cell takes it: clean, and cut with a loud mark where it is longer than a cell can hold."""
    if len(text) <= CELL_LIMIT // 2 and not _ODD.search(text):
        return text
    cleaned = clean(text)
    if cleaned.startswith("<r>") and cleaned.endswith("</r>"):
        # The library would take it for its own mark-up and write it as it stands.
        cleaned += " "
    if _units(cleaned) <= CELL_LIMIT:
        return cleaned
    mark = f"……〔原文共 {len(cleaned)} 字，超过一格能容纳的字数，以下未能写入〕"
    return _first_units(cleaned, CELL_LIMIT - _units(mark)) + mark


def quoted(text: str) -> str:
    """`text` as a literal inside a formula; quotation marks in it are doubled, so that it cannot end the literal."""
    return '"' + clean(text).replace('"', '""') + '"'


def sheet_titles(wanted: Iterable[str]) -> list[str]:
    """`wanted` as legal sheet titles: no []:*?/\\, no apostrophe at an end, at most 31 characters, none twice (case does not count)."""
    taken: set[str] = set()
    titles = []
    for text in wanted:
        title = _free_title(_legal_title(text), taken)
        taken.add(title.casefold())
        titles.append(title)
    return titles


def _legal_title(text: str) -> str:
    in_one_line = re.sub(r"\s", " ", _NOT_IN_TITLES.sub(" ", clean(text)))
    title = _first_units(in_one_line.strip(" '"), _TITLE_LIMIT).strip(" '")
    # Excel keeps the English word for its own sheet of changes.
    return title if title and title.casefold() != "history" else f"{_NAMELESS}{title}"


def _free_title(title: str, taken: set[str]) -> str:
    number, free = 1, title
    while free.casefold() in taken:
        number += 1
        mark = f"（{number}）"
        free = _first_units(title, _TITLE_LIMIT - len(mark)) + mark
    return free


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def _first_units(text: str, limit: int) -> str:
    """As much of `text` as `limit` UTF-16 units hold; a character of two units is not halved."""
    return text.encode("utf-16-le")[: max(limit, 0) * 2].decode("utf-16-le", errors="ignore")
