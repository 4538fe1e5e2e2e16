"""Whose report this is and for which year, as the text itself says."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cache

from selfeval.knowledge import load
from selfeval.reading.document import Document

_LINES = 40
# A year may be typed in full-width digits.
_DIGITS = str.maketrans("０１２３４５６７８９", "0123456789")
_YEAR = re.compile("(?<![0-9])((?:19|20)[0-9]{2})\\s*年")
_HEAD = 4000


@dataclass(frozen=True)
class Identity:
    """The body and year a report names, and its title; "" and None where the text does not say."""

    body: str
    year: int | None
    title: str


def identify(document: Document) -> Identity:
    """Read body, year and title from the beginning of `document`: its title, else a label such as 单位名称.

    Where no title gives the year, the year mentioned most often stands in.
    """
    text = document.text.translate(_DIGITS)
    lines = [line.strip() for line in text[:_HEAD].split("\n") if line.strip()][:_LINES]
    title, year, named = _from_title(lines)
    return Identity(_from_label(lines) or named, year or _most_mentioned(text), title)


def _from_title(lines: list[str]) -> tuple[str, int | None, str]:
    """The first line that reads like a title, with its year and the name in it or on the line above."""
    for index, line in enumerate(lines):
        found = _title().search(line)
        if not found or len(line) > 60:
            continue
        year = _YEAR.search(line)
        before = _YEAR.sub("", line[: found.start()]).removeprefix("度").replace("年度", "").strip("《“ ")
        name = _as_body(before) or (_as_body(lines[index - 1]) if index else "")
        return line, int(year[1]) if year else None, name
    return "", None, ""


def _from_label(lines: list[str]) -> str:
    for line in lines:
        found = _label().match(line)
        name = _as_body(found[1].strip()) if found else ""
        if name:
            return name
    return ""


def _as_body(words: str) -> str:
    """`words` when they can be the name of a body, without a number or blanks in front."""
    name = re.sub("^[0-9年度\\s、.（()）一二三四五六七八九十]*", "", words).strip()
    return name if 3 <= len(name) <= 40 and _body().fullmatch(name) else ""


def _most_mentioned(text: str) -> int | None:
    years = Counter(_YEAR.findall(text))
    return int(max(years, key=lambda year: (years[year], year))) if years else None


@cache
def _title() -> re.Pattern[str]:
    return re.compile("(?:(?:19|20)[0-9]{2}\\s*年度?)?(?:" + "|".join(load("identity")["titles"]) + ")")


@cache
def _label() -> re.Pattern[str]:
    labels = "|".join(sorted(load("identity")["labels"], key=len, reverse=True))
    return re.compile(f"(?:{labels})\\s*(?:[（(][^（）()]*[）)])?\\s*[:：\\t ]\\s*([\\u4e00-\\u9fff（）()·]+)")


@cache
def _body() -> re.Pattern[str]:
    endings = "|".join(sorted(load("identity")["endings"], key=len, reverse=True))
    return re.compile(f"[\\u4e00-\\u9fff·（）()]*(?:{endings})(?:（[^（）]*）)?")
