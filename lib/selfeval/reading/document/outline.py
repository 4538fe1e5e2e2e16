"""Which section a line stands in: headings recognised by numbering, by meaning and by standing alone.

Numbering cannot be trusted in these reports: headings lose their number, two carry the same one, and lists restart. So a heading's
rank comes from the *style* of its number, and where there is none, from its meaning or its neighbours.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache

from selfeval.knowledge import load
from selfeval.reading.enumeration import number_of

from .asides import asides_in

# Style of number → rank; a smaller rank is the outer heading.
_RANKS = {"part": 5, "section": 7, "han": 10, "framed": 10, "bracketed_han": 20, "digits": 30, "bracketed_digits": 40, "spoken": 50}
# 2.1 and A1 number paragraphs as well as headings, which stand alone on their lines, or lead them with words the outline knows.
_ALONE = {"decimal": 35, "letter": 10, "lettered_digits": 20}
_ANNEXED, _CHAPTER, _DEMOTED, _SECTION, _LEAD = 5, 10, 15, 20, 25
_LEAD_LABEL = re.compile(r"([^，。；：:、\d\t]{2,20})[：:]\s*(?=$|[一1]是)|([^，。；：:、\d\t]{2,14}(?:方面|领域))[，：:]")
_STOPS = re.compile("[。；：:！？]")
_NAME = re.compile(r"[^，。；：:、\d]*")
_ANNEX = re.compile(r"附[件表录]\s*[\d一二三四五六七八九十]{0,2}(?:[\s：:.、—-]|$)(?!.*[，。；])")
_BRACKETED = re.compile("[（(][^（）()]*[）)]")
_LONGEST_LEAD = 24
_LONGEST_HEADING = 40
_LONGEST_BARE_HEADING = 20
_SHORTEST_HEADING = 4
_SHORTEST_PROSE = 30
# The heading of a chapter may begin with its year: 2031年部门预算编制说明.
_YEAR = re.compile(r"^\d{4}年度?")
# An amount behind a blank, or alone on the next line, makes a numbered line the row of a table.
_AMOUNT = re.compile(r"-?\d[\d,]*(?:\.\d+)?[%％]?")
_ENDS_IN_AMOUNT = re.compile(rf"\s{_AMOUNT.pattern}$")


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading as printed, from which offset on it holds, how deep it stands and what it means ('' where the outline knows nothing)."""

    start: int
    text: str
    rank: int
    kind: str


@dataclass(frozen=True, slots=True)
class Outline:
    """The path of headings that holds from each of `starts` on.

    `asides` are the starts of the lines of contents pages and glossaries, `rows` those of numbered rows of tables; neither are headings.
    """

    starts: tuple[int, ...]
    paths: tuple[tuple[Heading, ...], ...]
    asides: frozenset[int] = frozenset()
    rows: frozenset[int] = frozenset()

    def at(self, offset: int) -> tuple[Heading, ...]:
        """The headings above `offset`, outermost first."""
        index = bisect_right(self.starts, offset) - 1
        return self.paths[index] if index >= 0 else ()

    def headings(self) -> list[Heading]:
        """Every heading, in reading order."""
        return [path[-1] for path in self.paths]


def read_outline(text: str, table_rows: Collection[int] = frozenset()) -> Outline:
    """Return the outline of `text`, linear in its length; a line that begins at one of `table_rows` is a row of a table."""
    starts, paths, beside, rows = [], [], set(), set()
    stack: tuple[Heading, ...] = ()
    offset = 0
    lines = text.split("\n")
    asides = asides_in(lines, rank_of)
    for index, (line, following) in enumerate(zip(lines, _following(lines), strict=True)):
        heading = None
        if index in asides:
            beside.add(offset)
        elif offset in table_rows or _is_row(line, following):
            rows.add(offset)
        else:
            heading = _heading(line, offset, stack, following)
        if heading:
            stack = (*(above for above in stack if above.rank < heading.rank), heading)
            starts.append(heading.start)
            paths.append(stack)
        offset += len(line) + 1
    return Outline(tuple(starts), tuple(paths), frozenset(beside), frozenset(rows))


def kind_at(path: tuple[Heading, ...]) -> str:
    """The meaning of the innermost heading that has one."""
    return next((heading.kind for heading in reversed(path) if heading.kind), "")


def rank_of(line: str) -> int | None:
    """How deep the number in front of `line` stands, None without one."""
    number = number_of(line)
    return _RANKS.get(number.style) if number else None


def _is_row(line: str, following: str) -> bool:
    """Is a line one row of a table: parted by tabs, or numbered and with an amount at its end or alone on the next line?"""
    printed = line.strip()
    if "\t" in printed or not printed:
        return bool(printed)
    return rank_of(printed) is not None and bool(_ENDS_IN_AMOUNT.search(printed) or _AMOUNT.fullmatch(following))


def _following(lines: list[str]) -> list[str]:
    """For each line the next line that is not blank."""
    nexts, current = [], ""
    for line in reversed(lines):
        nexts.append(current)
        current = line.strip() or current
    return nexts[::-1]


def _heading(line: str, offset: int, stack: tuple[Heading, ...], following: str) -> Heading | None:
    printed = line.strip()
    if not printed:
        return None
    start = offset + len(line) - len(line.lstrip())
    number = number_of(printed)
    if number and number.style in _ALONE:
        heading = _numbered(printed, number.end, start, _ALONE[number.style])
        return heading if heading and (heading.text == printed or heading.kind) else None
    if number and number.style in _RANKS:
        return _numbered(printed, number.end, start, _RANKS[number.style])
    return _annex(printed, start, stack) or _labelled(printed, start) or _bare(printed, start, stack, following)


def _annex(printed: str, start: int, stack: tuple[Heading, ...]) -> Heading | None:
    """附表4　…: what stands behind the chapters of a report, below none of them."""
    if not stack or len(printed) > _LONGEST_HEADING or not _ANNEX.match(printed):
        return None
    return Heading(start, printed, _ANNEXED, "annex")


def _numbered(printed: str, after_number: int, start: int, rank: int) -> Heading | None:
    """A numbered line is a heading as a whole, or up to its first full stop when that lead is short."""
    body = printed[after_number:]
    stop = _STOPS.search(body)
    lead = body[: stop.start()] if stop else body
    if "，" in lead and printed.endswith(("：", ":")):
        # （三）项目支出3552万元，分别为： leads what is numbered below it.
        lead = _NAME.match(body)[0]
        return Heading(start, printed[: after_number + len(lead)], rank, kind) if (kind := _meaning(lead, top=rank <= _CHAPTER)) else None
    whole = stop is None and len(body) <= _LONGEST_HEADING
    if not lead or "，" in _BRACKETED.sub("", lead) or not (whole or len(lead) <= _LONGEST_LEAD):
        return None
    return Heading(start, printed[: after_number + len(lead)], rank, _meaning(lead, top=rank <= _CHAPTER))


def _labelled(printed: str, start: int) -> Heading | None:
    """“X领域：” alone on a line or before a list opens a passage about X."""
    label = _LEAD_LABEL.match(printed)
    return Heading(start, label[1] or label[2], _LEAD, "") if label else None


def _bare(printed: str, start: int, stack: tuple[Heading, ...], following: str) -> Heading | None:
    """A short line without number or punctuation, above prose or known to the outline."""
    undated = _YEAR.sub("", printed)
    if len(printed) > _LONGEST_BARE_HEADING or len(undated) < _SHORTEST_HEADING or re.search(r"[，。；：:、！？\d]", undated):
        return None
    entry = _entry(printed)
    ends = ("情况", "概况", "问题", "措施", "打算", "目标", "成效", "说明", "分析", "结果")
    if entry and entry["kind"] != "annex" and printed.endswith(ends):
        order = {known["kind"]: known["order"] for _, known in reversed(_sections())}
        current = max((order.get(heading.kind, 0) for heading in stack if heading.rank <= _CHAPTER), default=0)
        if entry["order"] >= current:
            return Heading(start, printed, _CHAPTER, entry["kind"])
        return Heading(start, printed, _DEMOTED, _meaning(printed, top=False))
    above_prose = len(following) >= _SHORTEST_PROSE or following.endswith(("。", "；"))
    if printed.endswith(("报告", "表")) or not above_prose:
        return None
    return Heading(start, printed, _SECTION if stack else _CHAPTER, "")


def _meaning(words: str, *, top: bool) -> str:
    entry = _entry(words)
    return entry["kind"] if entry and (top or not entry.get("top", False)) else ""


def is_about(words: str, kind: str) -> bool:
    """Whether the words of a heading, without its number, may tell a section of this kind, whatever else they tell."""
    return any(pattern.search(words) for pattern, entry in _sections() if entry["kind"] == kind)


def meaning_of(words: str) -> str:
    """The kind of section the words of a heading tell, without its number; '' for none that is known."""
    entry = _entry(words)
    return entry["kind"] if entry else ""


def _entry(words: str) -> dict | None:
    return next((entry for pattern, entry in _sections() if pattern.search(words)), None)


@cache
def _sections() -> list[tuple[re.Pattern[str], dict]]:
    """What tells each section; an earlier one goes first."""
    return [(re.compile("|".join(entry["words"])), entry) for entry in load("outline")["section"]]
