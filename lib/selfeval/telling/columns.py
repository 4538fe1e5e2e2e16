"""Text on a terminal, on which a hanzi takes two places."""

from __future__ import annotations

import re
import unicodedata

# A word of a command stays whole, and what closes a clause stays with what it closes.
_PIECE = re.compile(r"(?:[!-~]+|.)[，。；：、）”]*")


def width_of(text: str) -> int:
    """How many places `text` takes."""
    return sum(2 if unicodedata.east_asian_width(character) in "WFA" else 1 for character in text)


def fitted(line: str, columns: int) -> str:
    """`line` cut or filled up with blanks to `columns` places."""
    kept = ""
    for character in line:
        if width_of(kept + character) > columns:
            break
        kept += character
    return kept + " " * (columns - width_of(kept))


def broken(text: str, columns: int) -> list[str]:
    """`text` in lines of at most `columns` places; only a word that is longer by itself takes more."""
    lines = [""]
    for piece in _PIECE.findall(text):
        if lines[-1] and width_of(lines[-1] + piece) > columns:
            lines.append("")
        lines[-1] += piece if lines[-1] else piece.lstrip()
    return lines
