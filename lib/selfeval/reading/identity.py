"""Whose document this is, for which year and of which kind, as it says itself."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from selfeval.knowledge import load
from selfeval.reading.document import Document
from selfeval.reading.enumeration import without_number
from selfeval.reading.kind import kind_of
from selfeval.reading.title import YEAR, Title, closed_up, head_of, title_of

_SEEN, _SEEN_LINES = 200_000, 1500
_HAN = "\\u4e00-\\u9fff"
_IN_PLACE = f"[{_HAN}]{{1,12}}?(?:省|市|县|区|州|旗|镇|乡)"
_PLACE = re.compile(f"(?:^|[，。；：、（“《\\s由对与向经将被])({_IN_PLACE}[{_HAN}]{{1,20}})", re.MULTILINE)
_PARAGRAPH = re.compile(f"^[{_HAN}（）()，]{{6,60}}", re.MULTILINE)
_DATE = re.compile("(?:19|20)[0-9]{2}年[0-9一二三四五六七八九十]{1,2}月(?:[0-9一二三四五六七八九十]{1,3}日)?")
_BRACKETED = re.compile("[（(][^（）()]{0,20}[）)]")
_CODE = re.compile("^[\\d\\-—_.\\[\\]【】（）()\\s]+")
_AS_YEAR = re.compile("[（(]?(?:(?:19|20)[0-9]{2})年度[）)]?")
# Weight of a year as mentioned: of a whole year, plainly, with a month, with a day.
_OF_YEAR, _PLAIN, _OF_MONTH, _OF_DAY = 8, 4, 2, 1


@dataclass(frozen=True)
class Identity:
    """The body and year a document is of, its title and kind; "" and None where the text does not say.

    `declared` is the year its title or a label of its head names, None where `year` is only the one that is spoken of most.
    """

    body: str
    year: int | None
    title: str
    kind: str = ""
    declared: int | None = None


NOBODY = Identity("", None, "")


def identify(document: Document) -> Identity:
    """Weigh what `document` says of itself: title, labels such as 单位名称, signature, what it keeps speaking of.

    An empty template is of nobody. The date of filling in, a comparison with another year and a plan are no evidence for the year.
    """
    return document.once(_weighed)


def year_of(document: Document) -> int | None:
    """The year `document` is of: that which its title or a label of its head names, else the one that is spoken of most."""
    return document.once(_year)


def _weighed(document: Document) -> Identity:
    title, kind = title_of(document), kind_of(document)
    body = "" if kind == "template" else _body(title, head_of(document), document.text[:_SEEN])
    return Identity(body, year_of(document), title.text, kind, _declared(document))


# ---- body -------------------------------------------------------------------------------------------------------------------------------


def _body(title: Title, head: Sequence[str], text: str) -> str:
    """The name with most evidence behind it; of two with as much the one named more often, then the first."""
    weights: Counter[str] = Counter()
    rules = load("identity")["body"]
    lone = ((as_body(line), rules["alone"]) for line in head)
    for name, weight in (*_on_labels(head, text), *lone, (body_in(title), rules["title"]), (_signed(text), rules["signature"])):
        if name:
            weights[name] = weights[name] + weight if weight == rules["title"] else max(weights[name], weight)
    for name in weights:
        # The same body by its full name: both witness for the longer one.
        weights[name] += sum(weight for other, weight in weights.items() if name != other and name.endswith(other))
    if weights:
        return max(weights, key=lambda name: (weights[name], text.count(name)))
    return _introduced(text) or _spoken_of(text)


def body_in(title: Title) -> str:
    """The name of a body in front of what a title calls the document: before its year, behind it, or before 关于."""
    before_about, _, about = title.text.partition("关于")
    words = before_about or about
    year = YEAR.search(words)
    before, after = (words[: year.start()], words[year.end() :]) if year else ("", words)
    return as_body(before.strip("《“ ")) or _leading_body(before) or _leading_body(after)


def _leading_body(words: str) -> str:
    """The body `words` begin with: up to the first ending behind which the words of a title go on."""
    words = re.sub("^[度的\\s《“]+", "", words)
    found = re.match(f"([{_HAN}·（）()]{{2,40}}?(?:{_endings()}))(?={load('identity')['behind']}|[（(]|$|[0-9])", words)
    # A project may follow the name at once: then it takes a place in front and an ending that ends nothing else.
    found = found or re.match(f"({_IN_PLACE}[{_HAN}]{{0,20}}?(?:{load('identity')['sure_endings']}))", words)
    return as_body(found[1]) if found else ""


def as_body(words: str) -> str:
    """`words` when they can be the name of a body, without code, number or seal; else ""."""
    name = re.sub(f"[（(]?{load('identity')['seals']}[）)]?$", "", _CODE.sub("", words.strip())).strip()
    name = without_number(name)
    rightly = 3 <= len(name) <= 40 and re.fullmatch(f"[{_HAN}·（）()]*(?:{_endings()})(?:（[^（）]*）)?", name)
    return name if rightly and not re.search(load("identity")["no_body"], name) else ""


def _on_labels(head: Sequence[str], text: str) -> Iterator[tuple[str, int]]:
    """Names behind a label with the weight of the label: in one cell, in the next cell, or on the next line."""
    lines = [*head, *map(closed_up, text.split("\n")[len(head) : _SEEN_LINES])]
    behind_head = load("identity")["body"]["behind_head"]
    for place, line in enumerate(lines):
        cells = [cell.strip() for cell in re.split("[\\t|｜]", line)]
        if len(cells) == 1 and place + 1 < len(lines):
            cells.append(lines[place + 1] if "\t" not in lines[place + 1] else "")
        for cell, following in zip(cells, _next_filled(cells), strict=True):
            name, weight = _labelled(cell, following)
            if name:
                yield name, weight if place < len(head) else min(weight, behind_head)


def _next_filled(cells: Sequence[str]) -> list[str]:
    """For each cell the next one that is not blank, "" where there is none."""
    following, current = [], ""
    for cell in reversed(cells):
        following.append(current)
        current = cell or current
    return following[::-1]


def _labelled(cell: str, following: str) -> tuple[str, int]:
    """The name that `cell` gives behind its label, or `following` where it is nothing but a label; "" and 0 for other cells."""
    if len(cell) > 80:
        return "", 0
    label, mark, rest = cell.replace(":", "：").partition("：")
    plain = _BRACKETED.sub("", label) + mark + rest
    for pattern, weight in _label_patterns():
        found = pattern.match(plain)
        if found:
            name = as_body(found[1] if found[1].strip() else following)
            if name:
                return name, weight
    return "", 0


def _signed(text: str) -> str:
    """The body on the last line above a date that stands alone."""
    lines = [line for line in map(closed_up, text[-2000:].split("\n")) if line]
    for above, line in zip(lines[-6:], lines[-5:], strict=False):
        if _DATE.fullmatch(line):
            return as_body(above)
    return ""


def _introduced(text: str) -> str:
    """The first body that a paragraph begins with and says something of: “X是……”, “X负责……”."""
    introduces = load("identity")["body"]["introduces"]
    for match in _PARAGRAPH.finditer(text):
        for end in re.finditer(_endings(), match[0]):
            name = as_body(match[0][: end.end()])
            if name and re.match(introduces, match[0][end.end() :]) and _PLACE.match(name):
                return name
    return ""


def _spoken_of(text: str) -> str:
    """The body named most often at the beginning of a clause, the longest of several equal ones; "" where none is named again."""
    named: Counter[str] = Counter()
    for match in _PLACE.finditer(text):
        for end in re.finditer(_endings(), match[1]):
            named[match[1][: end.end()]] += 1
    often = {name: times for name, times in named.items() if times >= load("identity")["body"]["least_named"] and as_body(name)}
    return max(often, key=lambda name: (often[name], len(name)), default="")


@cache
def _label_patterns() -> list[tuple[re.Pattern[str], int]]:
    behind = "(?:及代码|代码|编码)?(?:[（(][^（）()]{0,20}[）)])?(?:[ ]*[:：]|[ ]+|$)(.*)"
    return [(re.compile(f"(?:{entry['words']}){behind}"), entry["weight"]) for entry in load("identity")["label"]]


@cache
def _endings() -> str:
    return "|".join(sorted(load("identity")["endings"], key=len, reverse=True))


# ---- year -------------------------------------------------------------------------------------------------------------------------------


def _year(document: Document) -> int | None:
    return _declared(document) or _most_spoken_of(document.text[:_SEEN])


def _declared(document: Document) -> int | None:
    return title_of(document).year or _year_on_label(head_of(document))


def _year_on_label(head: Sequence[str]) -> int | None:
    """The year in a cell of its own, or behind a label such as 评价年度."""
    label = re.compile(f"{load('identity')['year']['label']}[ ]*[:：\\t][ ]*((?:19|20)[0-9]{{2}})")
    for line in head:
        found = label.search(line)
        if found:
            return int(found[1])
        for cell in line.split("\t"):
            if _AS_YEAR.fullmatch(cell.strip()):
                return int(YEAR.search(cell)[1])
    return None


def _most_spoken_of(text: str) -> int | None:
    """The year with most weight over all places that speak of it, the later of two equal ones."""
    weights: Counter[int] = Counter()
    plain = closed_up(text)
    for match in YEAR.finditer(plain):
        weights[int(match[1])] += _weight(plain, match.start(), match.end())
    year, weight = max(weights.items(), key=lambda one: (one[1], one[0]), default=(None, 0))
    return year if weight else None


def _weight(text: str, start: int, end: int) -> int:
    """How much the year at `start` says of the year of the document."""
    rules = load("identity")["year"]
    before, after = text[max(start - 14, 0) : start], text[end : end + 8]
    if re.search(rules["filled_in"], before) or re.search(rules["compared"], before) or re.match(rules["passed_over"], after):
        return 0
    dated = re.match("[0-9]{1,2}月([0-9]{1,2}日)?", after)
    if dated:
        alone = re.match("[0-9日月]*\\s*(?:\\n|$)", after) and (not before or before.endswith("\n"))
        return 0 if alone else _OF_DAY if dated[1] else _OF_MONTH
    return _OF_YEAR if after.startswith("度") else _PLAIN
