"""Text that a spreadsheet would take for a formula: behind an apostrophe where it stands in a file, without it in memory."""

from __future__ import annotations

import re

# A spreadsheet runs what begins so, full-width signs included; a plain signed number is harmless.
_FORMULA = re.compile(r"'*[=+\-@\t\r＝＋－＠]")
_SIGNED_NUMBER = re.compile(r"[+-]\d[\d,]*(?:\.\d+)?%?")
_APOSTROPHES = re.compile(r"'+[=+\-@\t\r＝＋－＠]")


def harmless(text: str) -> str:
    """Return `text` as a cell that no spreadsheet takes for a formula: with an apostrophe before it where that is needed."""
    return f"'{text}" if _FORMULA.match(text) and not _SIGNED_NUMBER.fullmatch(text) else text


def as_it_was(cell: str) -> str:
    """Return the text that `harmless` made `cell` of."""
    return cell[1:] if _APOSTROPHES.match(cell) else cell
