"""The title of a document: the lines at its head that say what it is, put back into one where they were torn."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from selfeval.knowledge import load
from selfeval.reading.document import Document
from selfeval.reading.enumeration import number_of

_HEAD, _LINES = 6000, 40
_LONGEST_PIECE, _LONGEST_TITLE, _MOST_PIECES = 60, 100, 6
# Full-width digits, and the Chinese ones of a written-out year.
_DIGITS = str.maketrans("０１２３４５６７８９", "0123456789")
_WRITTEN = str.maketrans("〇○零一二三四五六七八九", "000123456789")
_WRITTEN_YEAR = re.compile("二[〇○零][〇○零一二三四五六七八九]{2}(?=年)")
YEAR = re.compile("(?<![0-9])((?:19|20)[0-9]{2})\\s*(?:年|(?=部门|单位))")
_APART = re.compile("(?<=[\\u3007\\u4e00-\\u9fff0-9×X（）()])[ \\u3000]+(?=[\\u3007\\u4e00-\\u9fff0-9×X（）()])")
_NO_PIECE = re.compile(
    "[\\t|｜。；：:，？！]|^附(?:件|表)?\\s*[0-9一二三四五六七八九十]*$|^目录$|^[-—\\s0-9]+$|^(?:19|20)[0-9]{2}年[0-9]{1,2}月(?:[0-9]{1,2}日)?$|[.．…·]{3,}"
)
# What closing up a line changes; most lines have none of it.
_SPACED = re.compile("[ \\u3000０-９]|二[〇○零]")
# Behind a title in brackets or alone on a line: its year.
_OWN_YEAR = re.compile("[（(]?\\s*(?:19|20)[0-9]{2}\\s*年度?\\s*[）)]?")


@dataclass(frozen=True)
class Title:
    """A title as one string, "" where there is none, and the kind its last word names (knowledge/kind.toml)."""

    text: str = ""
    kind: str = ""

    @property
    def year(self) -> int | None:
        """The year it names."""
        found = YEAR.search(self.text)
        return int(found[1]) if found else None


def head_of(document: Document) -> list[str]:
    """The first lines of `document` that are not blank, digits and blanks made usual ones."""
    return document.once(_first_lines)


def _first_lines(document: Document) -> list[str]:
    return [line for line in map(closed_up, document.text[:_HEAD].split("\n")) if line][:_LINES]


def closed_up(line: str) -> str:
    """`line` without the blanks that only space its characters out, years in usual digits; tabs stay."""
    plain = line.strip(" \u3000\r")
    if not _SPACED.search(plain):
        return plain
    plain = _APART.sub("", plain.translate(_DIGITS))
    return _WRITTEN_YEAR.sub(lambda year: year[0].replace("二", "2", 1).translate(_WRITTEN), plain)


def title_of(document: Document) -> Title:
    """The first title in the head of `document`; of one without a year the next of its kind that has one."""
    return document.once(_first_title)


def _first_title(document: Document) -> Title:
    found = _titles(head_of(document))
    if not found:
        return Title()
    dated = (title for title in found if title.kind == found[0].kind and title.year)
    return next(dated, found[0]) if not found[0].year else found[0]


def _titles(lines: list[str]) -> list[Title]:
    found, index = [], 0
    while index < len(lines):
        pieces = _pieces(lines, index)
        title, used = _title_in(pieces)
        if title:
            found.append(title)
        index += max(used, 1)
    return found


def _pieces(lines: list[str], index: int) -> list[str]:
    """The lines from `index` on that may belong to one title."""
    pieces: list[str] = []
    for line in lines[index : index + _MOST_PIECES]:
        if len(line) > _LONGEST_PIECE or number_of(line) or _NO_PIECE.search(line):
            break
        pieces.append(line)
    return pieces


def _title_in(pieces: list[str]) -> tuple[Title | None, int]:
    """The title that begins with the first of `pieces`, and how many of them it takes."""
    for number in range(1, len(pieces) + 1):
        words = "".join(pieces[:number])
        if len(words) > _LONGEST_TITLE:
            break
        kind, _, _ = named_by(words)
        if kind:
            return _drawn_out(pieces, number, Title(words, kind))
    return None, 0


def _drawn_out(pieces: list[str], number: int, title: Title) -> tuple[Title, int]:
    """`title` with the lines after it that go on with it: the rest of its last word or of what it is about, or its year."""
    while number < len(pieces):
        piece = pieces[number]
        kind, start, end = named_by(title.text + piece)
        goes_on = end > len(title.text) and (start < len(title.text) or "关于" in title.text)
        if not goes_on and (title.year or not _OWN_YEAR.fullmatch(piece)):
            break
        title, number = Title(title.text + piece, kind), number + 1
    return title, number


def named_by(words: str) -> tuple[str, int, int]:
    """The kind that the last of the words of kind in `words` names, with where these begin and end; "", 0, 0 where there are none."""
    found = [(match.end(), -match.start(), kind) for kind, pattern in _patterns() for match in pattern.finditer(words)]
    end, start, kind = max(found, default=(0, 0, ""))
    return kind, -start, end


@cache
def _patterns() -> list[tuple[str, re.Pattern[str]]]:
    return [(entry["kind"], re.compile(entry["words"])) for entry in load("kind")["title"]]
