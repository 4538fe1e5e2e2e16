"""Lists whose items are told in sentences of one make, read as the tables they might have been: an item is a row, and what stands before
its numbers heads the columns."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, takewhile

from selfeval.reading.clauses import words_before, words_behind
from selfeval.reading.document import Cell, Document
from selfeval.reading.enumeration import Number

from .columns import bare, columns_of, pattern
from .model import ITEM, Grid, Row
from .rows import numbering_of

# The head of the column of what stands right behind the name of an item.
OPENING = "金额"
_NUMBER = re.compile(r"(?P<sign>-?)(?P<number>\d[\d,]*(?:\.\d+)?)\s*(?P<unit>[万亿]?元|[%％])")
_STOPS = "。，；：、"
_OPEN = re.compile("其中|包括")
_SUBJECT = re.compile(r"(?P<name>[^（()）]+)[（(](?P<code>\d{2,3})?(?P<level>类|款|项)[）)]")
_QUOTES = str.maketrans("", "", "“”‘’\"'")
_TRAILING = re.compile("(?:总额|金额)?(?:分别)?(?:为|是|达到?|共计?|约|的)*$")
_LONGEST_LABEL, _LONGEST_NAME = 60, 80
# A line without so many amounts lists nothing.
_FEWEST_AMOUNTS = 2

_Labelled = tuple[str, Cell]


@dataclass(frozen=True, slots=True)
class _Item:
    """An item of a list: the style of its number, its name with what it stands under, its code, its amounts with what labels them."""

    style: str
    line: int
    name: Cell
    path: tuple[str, ...]
    code: str
    amounts: tuple[_Labelled, ...]

    def under(self, labels: Collection[str]) -> dict[str, Cell]:
        """The amounts under `labels`, up to the first under another: where an item says more than others do, the rest may rest on it."""
        return dict(takewhile(lambda labelled: labelled[0] in labels, self.amounts))


def read_told(document: Document) -> list[Grid]:
    """Return the lists of `document` whose items state amounts under labels most of them share, each a grid."""
    grids = []
    for number, items in enumerate(_lists(document), 1):
        shared = Counter(label for item in items for label, _ in item.amounts)
        labels = [label for label, count in shared.items() if label and 2 * count > len(items)]
        if len(labels) >= _FEWEST_AMOUNTS:
            grids.append(_grid(document, -number, items, labels))
    return grids


def _lists(document: Document) -> Iterator[list[_Item]]:
    """Items that follow one another under the same headings, numbered in one style."""
    items = [item for item in _items(document) if len(item.amounts) >= _FEWEST_AMOUNTS]
    for _, found in groupby(items, key=lambda item: (document.section_at(item.name.start)[:-1], item.style)):
        yield [*found]


def _items(document: Document) -> Iterator[_Item]:
    start = 0
    for number, line in enumerate(document.text.split("\n"), 1):
        numbering = numbering_of(line.strip())
        if numbering is not None and "\t" not in line and not document.is_aside(start):
            item = _item(line, start, number, numbering)
            if item:
                yield item
        start += len(line) + 1


def _item(line: str, start: int, number: int, numbering: Number) -> _Item | None:
    begin = len(line) - len(line.lstrip()) + numbering.end
    first = _NUMBER.search(line, begin)
    end = begin + len(words_behind(line, begin, _STOPS, end=first.start())) if first else begin
    if not begin < end <= begin + _LONGEST_NAME:
        return None
    path, code = _subject(line[begin:end])
    name, amounts = Cell(line[begin:end].strip(), start + begin, start + end), tuple(amounts_of(line, start, end, parts=False))
    return _Item(numbering.style, number, name, path, code, amounts)


def _subject(words: str) -> tuple[tuple[str, ...], str]:
    """What an item is about, outermost first, and its code: 住房保障支出（221类）住房改革支出（02款）住房公积金（01项）."""
    words = bare(words).translate(_QUOTES)
    levels = [*_SUBJECT.finditer(words)]
    if not levels:
        return (words,), ""
    codes = [level["code"] or "" for level in levels]
    return tuple(level["name"] for level in levels), "".join(codes) if all(codes) else ""


def amounts_of(line: str, start: int, begin: int, *, parts: bool) -> Iterator[_Labelled]:
    """The amounts and percentages of a line, which begins at `start`, each with what labels it; '' labels one whose label stood before.

    What 其中 lists in a sentence is left out unless `parts` are asked for.
    """
    seen = set()
    opened = not parts and _OPEN.search(line, begin) is not None
    for match in _NUMBER.finditer(line, begin):
        if opened and match.start() > begin and _OPEN.search(words_before(line, match.start(), "。", start=begin)):
            continue
        label, sign = _label(words_before(line, match.start(), _STOPS, start=begin), match["unit"])
        label = _opening(line, match.end()) if match.start() == begin else label[:_LONGEST_LABEL]
        yield "" if label in seen else label, Cell(sign + match[0], start + match.start(), start + match.end())
        seen.add(label)


def _opening(line: str, end: int) -> str:
    """The label of the amount that opens an item, '' where its sentence goes on to say what else it takes in."""
    return "" if pattern("told", "takes_in").search(words_behind(line, end, "。")) else OPENING


def _label(words: str, unit: str) -> tuple[str, str]:
    """The label of a number, and its sign: 减少 and 下降 make one negative of a column that tells of changes."""
    label = _TRAILING.sub("", bare(words).translate(_QUOTES))
    rate = unit in "%％"
    changed = pattern("told", "changed").search(label)
    if changed:
        return label[: changed.start()] + ("增减率" if rate else "增减额"), "-" if pattern("told", "less").search(changed[0]) else ""
    return label + ("率" if rate and not label.endswith("率") else ""), ""


def _grid(document: Document, number: int, items: Sequence[_Item], labels: Sequence[str]) -> Grid:
    heads = [Cell("项目", 0, 0), *(Cell(label, place, place) for place, label in enumerate(labels, 1))]
    cells = [(item.name, *_cells(item, labels)) for item in items]
    rows = [Row(item.line, own, item.path, item.code, 0, ITEM) for item, own in zip(items, cells, strict=True)]
    start = items[0].name.start
    columns = columns_of([heads], cells)
    return Grid(number, 0, "", document.section_at(start), "", start, tuple(columns), tuple(rows), told=True)


def _cells(item: _Item, labels: Sequence[str]) -> Iterator[Cell]:
    amounts = item.under(labels)
    return (amounts.get(label) or Cell("", item.name.end, item.name.end) for label in labels)
