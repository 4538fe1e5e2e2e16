"""Printed lines to paragraphs: page headers and numbers taken out, lines that only the margin broke joined again."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median, quantiles

from selfeval.reading.enumeration import number_of

from .pdf_lines import Line

_NUMBER = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(r"[-–—―－~·\s]*(?:第\s*)?(?P<number>\d{1,4})\s*(?:页)?\s*(?:[/／,，]?\s*(?:共\s*)?\d{1,4}\s*页?)?[-–—―－~·\s]*")
_CLEARLY_NUMBERED = re.compile(r"[-–—―－~·页第/／]")
_LABEL = re.compile(r"[^，。；：:\d]{2,14}[：:]")
_FULL_STOP = re.compile(r"(?:[。；！？：:;]|(?<!\d)\.)$")
_PAUSE = "，"
_SENTENCE_END = ("。", "；", "！", "？", "：", "”", "）", ";")
# How deep the margins of a page are, as a share of its longer side. Official documents set the page number close below the text
# (GB/T 9704: 7 mm), headers stand further off.
_MARGIN, _NUMBER_MARGIN = 0.09, 0.125
# From here on a header may stand on the odd or the even pages alone.
_MANY_PAGES = 6
_SAME_PLACE = 4.0  # points
_PARAGRAPH_GAP = 1.15
_INDENTED_SHARE = 12  # one line in so many at least opens a paragraph
_FEWEST_FULL = 6  # lines
_COUNTED_SHARE = 0.2
_CUT_SHARE = 0.25
_SHORTEST_CUT = 12  # characters; a shorter line may well be a heading
_ODD_LINES = 30  # one in so many
_BROWSER_FOOTER = re.compile(r"(?:https?|file)://\S+\s+\d+/\d+")


@dataclass(frozen=True, slots=True)
class Frame:
    """What holds of a stretch of text: its margins in points, the usual distance from line to line in ems, whether its paragraphs open
    with an indent or stand apart, how many characters a full line has where lines were cut by counting (0: the margin cut them), and
    whether lines were cut anywhere.
    """

    left: float = 0.0
    right: float = 0.0
    pitch: float = 2.0
    indented: bool = False
    apart: bool = False
    count: int = 0
    cut: bool = False


def without_furniture(pages: list[list[Line]], sizes: list[tuple[float, float]]) -> list[list[Line]]:
    """`pages` without the headers, footers and page numbers that return at the same place of their margins; `sizes`: width, height."""
    margins = [[line for line in lines if _is_in_margin(line, size)] for lines, size in zip(pages, sizes, strict=True)]
    seen = Counter(
        place for lines, size in zip(margins, sizes, strict=True) for place in {p for line in lines for p in _places(line, size)}
    )
    least = max(2, len(pages) * (0.5 if len(pages) < _MANY_PAGES else 0.35))
    repeated = {place for place, count in seen.items() if count >= least}
    kept = []
    for lines, in_margin, size in zip(pages, margins, sizes, strict=True):
        gone = [line for line in in_margin if _is_telling(line) or any(place in repeated for place in _places(line, size))]
        kept.append([line for line in lines if line not in gone])
    return kept


def _is_in_margin(line: Line, size: tuple[float, float]) -> bool:
    """Whether a line stands above or below the text: closer to it for a page number than for anything else."""
    depth = (_NUMBER_MARGIN if _PAGE_NUMBER.fullmatch(line.text) else _MARGIN) * max(size)
    return line.bottom < depth or line.top > size[1] - depth


def _is_telling(line: Line) -> bool:
    """Whether a line in the margin is a page number or a browser's footer by its words alone."""
    number = _PAGE_NUMBER.fullmatch(line.text)
    return bool((number and _CLEARLY_NUMBERED.search(line.text)) or _BROWSER_FOOTER.fullmatch(line.text))


def _places(line: Line, size: tuple[float, float]) -> list[tuple[str, int]]:
    """What a line says, its numbers aside, and where it stands: coarsely and twice, so that a hair's breadth parts no two of one place."""
    height = size[1]
    from_edge = line.top if line.top < height / 2 else line.top - height
    shape = _NUMBER.sub("#", re.sub(r"\s", "", line.text))
    return [(shape, int(from_edge // _SAME_PLACE) + step) for step in (0, 1)]


def frame_of(lines: list[Line], page_width: float) -> Frame:
    """The frame of the lines of one page size: the margin where most long lines end, the pitch of the closer set lines.

    Where a few lines end well inside the page there is no margin to be seen, and none of them was broken by one.
    """
    if not lines:
        return Frame()
    size = median(line.size for line in lines)
    right = _margin([line.ink_end for line in lines], size)
    full = sum(line.ink_end > right - 1.5 * size for line in lines)
    if right < 0.6 * page_width and full < _FEWEST_FULL:
        right = page_width
    left = -_margin([-line.x0 for line in lines], size)
    indents = sum(1.5 * size <= line.x0 - left <= 2.8 * size for line in lines)
    pitches = _pitches(lines)
    pitch = quantiles(pitches, n=4)[0] if len(pitches) > 1 else 2.0
    frame = Frame(
        left,
        right,
        pitch,
        indented=indents * _INDENTED_SHARE >= len(lines),
        apart=sum(distance > _PARAGRAPH_GAP * pitch for distance in pitches) * _INDENTED_SHARE >= len(lines),
        count=_counted(lines),
    )
    cuts = sum(_runs_on(above, line, frame) and not _is_forced(above, line, frame) for above, line in pairwise(lines))
    return replace(frame, cut=cuts >= _CUT_SHARE * len(lines))


def _counted(lines: list[Line]) -> int:
    """The number of characters at which a program without typesetting cut its lines: so many are longest and equally long."""
    lengths = Counter(len(line.text) for line in lines)
    longest = max(lengths)
    return longest if lengths[longest] >= max(_FEWEST_FULL, _COUNTED_SHARE * len(lines)) else 0


def _margin(ends: list[float], size: float) -> float:
    """The outermost end that many lines share: the odd line that juts out does not move the margin."""
    furthest = max(ends)
    bins = Counter(int((furthest - end) // size) for end in ends)
    fullest = max(bins, key=lambda distance: (bins[distance], -distance))
    shared = min(distance for distance in bins if distance <= fullest and bins[distance] >= 0.2 * bins[fullest])
    near = sorted(end for end in ends if int((furthest - end) // size) == shared)
    return near[-1 - len(near) // _ODD_LINES]


def _pitches(lines: list[Line]) -> list[float]:
    """Distances from line to line in ems."""
    return [
        (below.middle - above.middle) / above.size
        for above, below in pairwise(lines)
        if above.page == below.page and abs(above.size - below.size) < 0.1 * above.size
    ]


def paragraphs(lines: list[Line], frame: Frame) -> list[list[Line]]:
    """Lines gathered into paragraphs."""
    gathered: list[list[Line]] = []
    for line in lines:
        if gathered and _continues(gathered[-1], line, frame):
            gathered[-1].append(line)
        else:
            gathered.append([line])
    return gathered


def _continues(paragraph: list[Line], line: Line, frame: Frame) -> bool:
    """Whether `line` goes on with the paragraph: the margin, not the writer, ended the line above it."""
    above = paragraph[-1]
    if not _is_set_alike(above, line, frame):
        return False
    return not _opens(paragraph, line, frame) if _is_forced(above, line, frame) else _is_cut(paragraph, line, frame)


def _is_forced(above: Line, line: Line, frame: Frame) -> bool:
    """Whether what `line` begins with would not have fitted on the line above."""
    return line.head > frame.right - above.x1 - 0.25 * above.size or len(above.text) == frame.count


def _is_cut(paragraph: list[Line], line: Line, frame: Frame) -> bool:
    """Whether a line was ended in mid-sentence though there was room: in a document where that is the rule, or in a paragraph of prose that
    opened with its indent, below which nothing else begins at the margin."""
    unfinished = frame.indented and paragraph[0].x0 > frame.left + 1.2 * line.size and any(_PAUSE in above.text for above in paragraph)
    begins = number_of(line.text) or _LABEL.match(line.text)
    return (frame.cut or unfinished) and not begins and _runs_on(paragraph[-1], line, frame)


def _runs_on(above: Line, line: Line, frame: Frame) -> bool:
    """Whether a line may go on below: it ends no sentence, and indents or gaps would show it if a paragraph began."""
    if above.page != line.page or not (frame.indented or frame.apart) or not _is_set_alike(above, line, frame):
        return False
    at_margin = abs(line.x0 - frame.left) <= 0.5 * line.size and above.x0 < frame.left + 3 * line.size
    return at_margin and len(above.text) >= _SHORTEST_CUT and not _FULL_STOP.search(above.text)


def _is_set_alike(above: Line, line: Line, frame: Frame) -> bool:
    """Whether two lines have the same size and the usual distance, and neither is laid out in columns."""
    if abs(line.size - above.size) > 0.12 * above.size or "\t" in above.text or "\t" in line.text:
        return False
    return above.page != line.page or (line.middle - above.middle) / above.size <= _PARAGRAPH_GAP * frame.pitch


def _opens(paragraph: list[Line], line: Line, frame: Frame) -> bool:
    """Whether `line` opens a paragraph below a full line, as its indent or its number tells."""
    above = paragraph[-1]
    indent = (line.x0 - above.x0) / line.size
    set_in = line.x0 > frame.left + 1.2 * line.size
    if indent > 1.2:
        return True
    if (frame.indented and not set_in) or not above.text.endswith(_SENTENCE_END):
        return False
    # A line that ends a sentence, and below it one set in alike: each is a paragraph of its own.
    return number_of(line.text) is not None or (set_in and len(paragraph) == 1 and abs(indent) <= 0.5)


def joined(lines: list[Line], frame: Frame) -> str:
    """The text of one paragraph."""
    text = lines[0].text
    for above, line in pairwise(lines):
        text += (seam(above, line, frame.right) if _by_margin(above, line, frame) else "") + line.text
    return text


def _by_margin(above: Line, line: Line, frame: Frame) -> bool:
    """Whether the margin ended a line, and not a program that cuts anywhere."""
    return _is_forced(above, line, frame) and len(above.text) != frame.count


def seam(above: Line, line: Line, right: float) -> str:
    """What stands between two lines of a paragraph: a blank where words or two numbers meet, nothing where the margin cut through."""
    last, first = above.text[-1], line.text[0]
    if not (last.isascii() and last.isalnum() and first.isascii() and first.isalnum()):
        return " " if above.open_end and last.isascii() and first.isascii() else ""
    if above.open_end or last.isalpha() or first.isalpha():
        return " "
    # A number is cut only where not even its next digit would have fitted.
    return "" if right - above.x1 < line.sign + 0.15 * above.size else " "
