"""What stands beside the text: contents pages and glossaries. Their lines are no headings, and their numbers say nothing of the body."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache

from selfeval.knowledge import load
from selfeval.reading.enumeration import number_of

_BLANKS = re.compile("[\\s\u3000]+")
Ranks = Sequence[int | None]
_LONGEST_ENTRY = 60
_LONGEST_TITLE = 40
# So many entries are a contents page though nothing calls them so.
_FEWEST_ENTRIES = 3
_SENTENCE = re.compile("[。；！？]")
_PAUSE = re.compile("[。；：:，、！？”）)]$")
# What a line with dots or the number of a page ends with, but for digits.
_ENDS = frozenset("）)-—.．·・…")
# The rank of a glossary under a heading without a number is that of a chapter.
_CHAPTER = 10


def asides_in(lines: Sequence[str], rank_of: Callable[[str], int | None]) -> frozenset[int]:
    """The indexes of the lines of contents pages and glossaries; `rank_of` tells how deep the number in front of a line stands."""
    bare, ranks = [_BLANKS.sub("", line) for line in lines], [rank_of(line.strip()) for line in lines]
    contents = _contents(bare, ranks)
    return contents | _glossaries(bare, contents, ranks)


def _contents(lines: Sequence[str], ranks: Ranks) -> frozenset[int]:
    """Lines with dots that lead to a page, what follows 目录 as long as it is numbered, has a page or comes again as a heading, and without
    目录 what has both."""
    found = {index for index, line in enumerate(lines) if _ends_entry(line) and _rule("leaders").search(line)}
    keys = [*map(_key, lines)]
    last = {key: index for index, key in enumerate(keys) if lines[index]}
    again = [last.get(key, index) > index for index, key in enumerate(keys)]
    for index, line in enumerate(lines):
        if _rule("contents").fullmatch(line):
            found |= _entries(lines, index, keys, again, ranks)
    return frozenset(found | _untitled(lines, again))


def _untitled(lines: Sequence[str], again: Sequence[bool]) -> set[int]:
    """Lines that follow one another, each a heading that comes again with a page number glued to it, no page before the one above."""
    found: set[int] = set()
    run: list[int] = []
    reached = 0
    for index in range(len(lines) + 1):
        page = _page_of(lines[index]) if index < len(lines) and again[index] else None
        if page is None or page < reached:
            found |= set(run) if len(run) >= _FEWEST_ENTRIES else set()
            run, reached = [], 0
        if page is not None:
            run, reached = [*run, index], page
    return found


def _page_of(line: str) -> int | None:
    """The number of a page a line ends in, None where it ends in none."""
    page = _rule("page").search(line)
    return int(page[0].strip("（()）")) if page else None


def _entries(lines: Sequence[str], begin: int, keys: Sequence[str], comes_again: Sequence[bool], ranks: Ranks) -> set[int]:
    """The lines of the contents page that begins at `begin`; `keys` are the lines as headings are printed, `comes_again` those that do."""
    found, seen = {begin}, set[str]()
    for index in range(begin + 1, len(lines)):
        line, key = lines[index], keys[index]
        led = bool(_rule("leaders").search(line))
        # The first entry that comes again, or its number, is the first heading of the text.
        again = not led and (key in seen or (bool(line) and _number(line) in seen))
        torn = _is_torn(lines, index, ranks)
        is_entry = not again and (led or torn or ranks[index] is not None or comes_again[index] or bool(_rule("page").search(line)))
        if line and (not is_entry or len(line) > _LONGEST_ENTRY or _SENTENCE.search(line)):
            break
        found.add(index)
        seen |= ({key} if seen else {key, _number(line)}) if line else set()
    return found


def _number(line: str) -> str:
    """The number in front of an entry; the line where it has none."""
    number = number_of(line)
    return line[: number.end] if number and number.style in ("part", "han") else line


def _is_torn(lines: Sequence[str], index: int, ranks: Ranks) -> bool:
    """Is the line the rest of an entry: dots follow on the next line, or it parts two entries of one list?"""
    following = next((place for place in range(index + 1, min(index + 3, len(lines))) if lines[place]), None)
    if following is None:
        return False
    before = next((ranks[place] for place in range(index - 1, max(index - 3, -1), -1) if lines[place]), None)
    return bool(_rule("leaders").search(lines[following])) or (before is not None and before == ranks[following])


def _key(line: str) -> str:
    """An entry as its heading is printed: without dots and page number."""
    printed = _rule("page").sub("", _rule("leaders").sub("", line)) if _ends_entry(line) else line
    return printed.strip("-—.．·…")


def _ends_entry(line: str) -> bool:
    """Whether a line ends as one with dots or the number of a page does: asked first, as no line of prose does."""
    return line[-1:].isdigit() or line[-1:] in _ENDS


def _glossaries(lines: Sequence[str], contents: frozenset[int], ranks: Ranks) -> set[int]:
    found: set[int] = set()
    rank = None
    settled = True
    for index, line in enumerate(lines):
        if not line or index in contents:
            continue
        if _is_glossary(line):
            rank, settled = ranks[index] or _CHAPTER, True
        elif rank is not None and _goes_on(line, rank, ranks[index], settled=settled):
            found.add(index)
            settled = bool(_SENTENCE.search(line[-1:])) or line.isdigit()
        else:
            rank = None
    return found


def _is_glossary(line: str) -> bool:
    return len(line) <= _LONGEST_TITLE and bool(re.search(f"(?:^|[、．.）)]|部分|章){_rule('glossary').pattern}$", line))


def _goes_on(line: str, rank: int, own: int | None, *, settled: bool) -> bool:
    """Is `line` still of the glossary whose heading has `rank`: a definition, the rest of one, a group of them, or a page number?"""
    if _rule("ends_glossary").search(line):
        return False
    if _rule("definition").search(line) or line.isdigit():
        return True
    if own is not None:
        return own > rank
    return not settled or len(line) > _LONGEST_TITLE or bool(_PAUSE.search(line))


@cache
def _rule(name: str) -> re.Pattern[str]:
    return re.compile(load("outline")["asides"][name])
