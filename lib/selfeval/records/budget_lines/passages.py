"""Cuts a text into passages: what may be read together, and the labels that give a passage its subject."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator

from .naming import clean_name
from .wording import flatten, pattern

_LONG_LINE = 30
_LONGEST_LABEL = 60
_NEW_ITEM = re.compile(r"\s*(?:[（(]?[一二三四五六七八九十\d]{1,3}[）)、．.](?!\d)|[①-⑳]|[-—·•●◆■])")
_ENDS = "。！？：:"
# A line that ends so is never finished, however short.
_UNFINISHED = "，、为是达共和与及"


def passages(text: str, rows: Container[int]) -> Iterator[tuple[int, int]]:
    """Spans of paragraphs: lines, of which a long one that breaks off in mid-sentence goes on with the next.

    `rows` are the starts of the lines that are rows of tables: each is a passage of its own.
    """
    start = offset = 0
    lines = text.split("\n")
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        end = offset + len(line)
        if offset in rows or end + 1 in rows or not _goes_on(line, following):
            yield start, end
            start = end + 1
        offset = end + 1


def label_in(words: str) -> str:
    """The subject a line like “项目名称：农村道路养护” sets for what follows, '' for any other line."""
    if len(words) > _LONGEST_LABEL:
        return ""
    found = pattern("naming", "title_label", before="^", after="[：\t]+(.+)$").match(flatten(words.strip()).replace("\t", "："))
    return clean_name(found[1]) if found else ""


def _goes_on(line: str, following: str) -> bool:
    printed = line.rstrip()
    if not printed or not following.strip() or (len(printed) < _LONG_LINE and printed[-1] not in _UNFINISHED) or printed[-1] in _ENDS:
        return False
    return not _NEW_ITEM.match(following)
