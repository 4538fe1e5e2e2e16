"""Text that a spreadsheet would take for a formula: behind an apostrophe where it stands in a file, without it in memory."""

from __future__ import annotations

import re

# A spreadsheet runs what begins so, full-width signs included; a plain signed number is harmless.
_SIGNS = "=+@\t\r＝＋－＠-"
_FORMULA = re.compile(f"'*[{_SIGNS}]")
_SIGNED_NUMBER = re.compile(r"[+-]\d[\d,]*(?:\.\d+)?%?")
_APOSTROPHES = re.compile(f"'+[{_SIGNS}]")
_BEGINNINGS = frozenset(f"'{_SIGNS}")  # one look at the first character settles nearly every cell


def harmless(text: str) -> str:
    """Return `text` as a cell that no spreadsheet takes for a formula: with an apostrophe before it where that is needed."""
    if text[:1] not in _BEGINNINGS:
        return text
    return f"'{text}" if _FORMULA.match(text) and not _SIGNED_NUMBER.fullmatch(text) else text


def as_it_was(cell: str) -> str:
    """Return the text that `harmless` made `cell` of."""
    return cell[1:] if _APOSTROPHES.match(cell) else cell
