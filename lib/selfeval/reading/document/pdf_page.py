"""One page of a PDF as pdfium hands it over: the characters somebody sees, the edges ruled on it, how much of it is pictures."""

from __future__ import annotations

import ctypes
import math
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache, partial

import pypdfium2 as pdfium
import pypdfium2.raw as native

from .characters import ordinary_hanzi, visible
from .pdf_cells import MOST_EDGES, Edge
from .pdf_lines import Glyph

# How far the ink of a character reaches above and below its base line, in ems: the same for every font, so that a line of several is one.
_ABOVE, _BELOW = 0.88, 0.12
_SMALLEST = 1.0  # points; what is smaller nobody reads
_LEVEL = 0.1  # how far a line may rise, as a share of its length
_STRAIGHT = 0.05  # points by which a ruled line may be off
_OVERHANG = 1.0  # points by which the middle of a character may lie outside the paper
_END_HYPHEN = 2
_DEEPEST = 40  # drawings inside drawings
# What stands for a character that the font does not tell.
LOST = "〓"
_PRIVATE = re.compile("[\ue000-\uf8ff]")
_INVISIBLE = frozenset({native.FPDF_TEXTRENDERMODE_INVISIBLE, native.FPDF_TEXTRENDERMODE_CLIP})

Matrix = tuple[float, float, float, float, float, float]
Box = tuple[float, float, float, float]
Point = tuple[float, float]
_AS_IT_IS: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


@dataclass(slots=True)
class Page:
    """A page in points from its top left: its characters, its edges, `pictured` square points under pictures.

    `recognised`: its characters are the invisible ones by which a machine told what it read in a scan. `unseen`: so many characters were
    left out because nobody sees them: they are drawn invisibly or beyond the paper. What is cut off at the edge of a cell is read.
    """

    width: float
    height: float
    glyphs: list[Glyph]
    edges: list[Edge]
    pictured: float
    recognised: bool
    unseen: int


@dataclass(slots=True)
class _Style:
    """What holds of all characters of one piece of text: which way it runs, its size, where its base line begins and how much it rises, and
    whether it is drawn invisibly.
    """

    run: str
    size: float
    start: tuple[float, float]
    rise: float
    invisible: bool


@dataclass(slots=True)
class _Sign:
    """A character in the page's own measure: its text, where it begins and ends, the heights it stands between, its style."""

    text: str
    x0: float
    x1: float
    low: float
    high: float
    style: _Style

    def is_in(self, box: Box) -> bool:
        """Whether it stands in `box`, by its middle."""
        left, bottom, right, top = box
        across, up = (self.x0 + self.x1) / 2, (self.low + self.high) / 2
        return left - _OVERHANG <= across <= right + _OVERHANG and bottom - _OVERHANG <= up <= top + _OVERHANG


def read_page(document: pdfium.PdfDocument, index: int, picture_share: float) -> Page:
    """The page of this index, turned so that most of its lines run level.

    Invisible characters count where pictures cover more than `picture_share` of the page. Raises PdfiumError when it cannot be read.
    """
    page = document[index]
    drawing, signs = _drawn_on(page)
    usual = Counter(sign.style.run for sign in signs if sign.style.run != "askew").most_common(1)
    if usual and usual[0][0] != "level":
        _turn(page, usual[0][0])
        page.close()
        page = document[index]
        drawing, signs = _drawn_on(page)
    found = _page_of(page.get_bbox(), drawing, [sign for sign in signs if sign.style.run == "level"], picture_share)
    page.close()
    return found


def _drawn_on(page: pdfium.PdfPage) -> tuple[_Drawing, list[_Sign]]:
    drawing = _Drawing(page)
    return drawing, _signs(page, drawing)


def _page_of(box: Box, drawing: _Drawing, signs: list[_Sign], picture_share: float) -> Page:
    left, bottom, right, top = box
    width, height = right - left, top - bottom
    invisible = sum(sign.style.invisible for sign in signs)
    recognised = drawing.pictured > picture_share * width * height and 2 * invisible > len(signs)
    seen = [sign for sign in signs if sign.style.invisible <= recognised and sign.is_in(box)]
    glyphs = [Glyph(sign.text, sign.x0 - left, sign.x1 - left, top - sign.high, top - sign.low, sign.style.size) for sign in seen]
    unseen = sum(not sign.text.isspace() for sign in signs) - sum(not sign.text.isspace() for sign in seen)
    return Page(width, height, glyphs, drawing.edges, drawing.pictured, recognised, unseen)


def _turn(page: pdfium.PdfPage, run: str) -> None:
    """Turn a page and what is drawn on it so that lines running `run` run level; that shows once the page is loaded anew."""
    left, bottom, right, top = page.get_bbox()
    turned = {"up": (0, -1, 1, 0, -bottom, right), "down": (0, 1, -1, 0, top, -left), "over": (-1, 0, 0, -1, right, top)}[run]
    width, height = (right - left, top - bottom) if run == "over" else (top - bottom, right - left)
    native.FPDFPage_TransFormWithClip(page.raw, native.FS_MATRIX(*turned), None)
    page.set_mediabox(0, 0, width, height)
    page.set_cropbox(0, 0, width, height)


def _signs(page: pdfium.PdfPage, drawing: _Drawing) -> list[_Sign]:
    """The characters of a page, without the blanks and line ends that pdfium adds of itself."""
    text = page.get_textpage()
    styles: dict[int, _Style] = {}
    box, found = native.FS_RECTF(), []
    for index in range(native.FPDFText_CountChars(text.raw)):
        piece = native.FPDFText_GetTextObject(text.raw, index)
        if not piece:
            continue
        place = ctypes.addressof(piece.contents)
        style = styles.get(place)
        if style is None:
            style = styles[place] = _style_of(text.raw, index, piece, drawing)
        words = LOST if native.FPDFText_HasUnicodeMapError(text.raw, index) == 1 else _printed(native.FPDFText_GetUnicode(text.raw, index))
        if not words or style.size < _SMALLEST or (words == " " and native.FPDFText_IsGenerated(text.raw, index)):
            continue
        native.FPDFText_GetLooseCharBox(text.raw, index, box)
        base = style.start[1] + style.rise * (box.left - style.start[0])
        low, high = base - _BELOW * style.size, base + _ABOVE * style.size
        if not box.bottom - style.size < base < box.top + style.size:  # set downwards: where its first character stands tells nothing
            low, high = box.bottom, box.top
        found.append(_Sign(words, box.left, box.right, low, high, style))
    text.close()
    return found


@lru_cache(maxsize=4096)
def _printed(code: int) -> str:
    # What pdfium takes for the hyphen of a word that goes on below may be a minus sign, or a bar for nothing.
    return "-" if code == _END_HYPHEN else _PRIVATE.sub("", ordinary_hanzi(visible(chr(code))))


def _style_of(text: object, index: int, piece: object, drawing: _Drawing) -> _Style:
    """The style of a piece of text, whose character `index` is on the page."""
    matrix = native.FS_MATRIX()
    native.FPDFText_GetMatrix(text, index, matrix)
    size = native.FPDFText_GetFontSize(text, index) * math.hypot(matrix.c, matrix.d)
    mode = drawing.modes.get(ctypes.addressof(piece.contents), native.FPDFTextObj_GetTextRenderMode(piece))
    rise = matrix.b / matrix.a if matrix.a else 0.0
    return _Style(_run_of(matrix.a, matrix.b), size, (matrix.e, matrix.f), rise, mode in _INVISIBLE)


def _run_of(along: float, up: float) -> str:
    """Which way a line runs: level, up, down, over (upside down) or askew."""
    if abs(up) < _LEVEL * abs(along):
        return "level" if along > 0 else "over"
    if abs(along) < _LEVEL * abs(up):
        return "up" if up > 0 else "down"
    return "askew"


def _moved(point: Point, matrix: Matrix) -> Point:
    a, b, c, d, e, f = matrix
    return a * point[0] + c * point[1] + e, b * point[0] + d * point[1] + f


def _combined(first: Matrix, second: Matrix) -> Matrix:
    """What `first` and then `second` do together."""
    a, b, c, d, e, f = first
    origin = _moved((e, f), second)
    along, up = _moved((a, b), second), _moved((c, d), second)
    return along[0] - second[4], along[1] - second[5], up[0] - second[4], up[1] - second[5], *origin


class _Drawing:
    """What is drawn on a page beside text, in points from its top left: ruled edges, and the area of pictures in square points.

    pdfium passes over pieces of text without ink. Blanks are such, and so is a digit whose font is neither in the file nor on this machine.
    They are inked; `modes` keeps how they were drawn before, by where a piece lies in memory.
    """

    def __init__(self, page: pdfium.PdfPage) -> None:
        left, _, _, top = page.get_bbox()
        self._page = (1.0, 0.0, 0.0, -1.0, -left, top)
        self.edges: list[Edge] = []
        self.modes: dict[int, int] = {}
        self.pictured = 0.0
        self._add(native.FPDFPage_CountObjects(page.raw), partial(native.FPDFPage_GetObject, page.raw), _AS_IT_IS, 0)

    def _add(self, count: int, part: Callable[[int], object], way: Matrix, depth: int) -> None:
        for index in range(count):
            drawn = part(index)
            kind = native.FPDFPageObj_GetType(drawn)
            if kind == native.FPDF_PAGEOBJ_TEXT:
                self._ink(drawn)
            elif kind == native.FPDF_PAGEOBJ_PATH:
                self._add_path(drawn, _combined(_matrix_of(drawn), way))
            elif kind == native.FPDF_PAGEOBJ_IMAGE:
                a, b, c, d, _, _ = _combined(_matrix_of(drawn), way)
                self.pictured += (abs(a) + abs(c)) * (abs(b) + abs(d))
            elif kind == native.FPDF_PAGEOBJ_FORM and depth < _DEEPEST:
                inside = partial(native.FPDFFormObj_GetObject, drawn)
                self._add(native.FPDFFormObj_CountObjects(drawn), inside, _combined(_matrix_of(drawn), way), depth + 1)

    def _ink(self, piece: object) -> None:
        left, bottom, right, top = (ctypes.c_float() for _ in range(4))
        native.FPDFPageObj_GetBounds(piece, left, bottom, right, top)
        if right.value - left.value < _STRAIGHT:
            self.modes[ctypes.addressof(piece.contents)] = native.FPDFTextObj_GetTextRenderMode(piece)
            native.FPDFTextObj_SetTextRenderMode(piece, native.FPDF_TEXTRENDERMODE_STROKE)
            native.FPDFPageObj_SetStrokeWidth(piece, 1.0)
            native.FPDFPageObj_Transform(piece, *_AS_IT_IS)  # only now are its bounds worked out anew

    def _add_path(self, path: object, way: Matrix) -> None:
        if len(self.edges) > MOST_EDGES:
            return
        to_paper = _combined(way, self._page)
        for (x0, y0), (x1, y1) in _strokes(path, to_paper):
            if abs(y1 - y0) < _STRAIGHT:
                self.edges.append(Edge(level=True, at=(y0 + y1) / 2, start=min(x0, x1), end=max(x0, x1)))
            elif abs(x1 - x0) < _STRAIGHT:
                self.edges.append(Edge(level=False, at=(x0 + x1) / 2, start=min(y0, y1), end=max(y0, y1)))


def _matrix_of(drawn: object) -> Matrix:
    told = native.FS_MATRIX()
    return (told.a, told.b, told.c, told.d, told.e, told.f) if native.FPDFPageObj_GetMatrix(drawn, told) else _AS_IT_IS


def _strokes(path: object, way: Matrix) -> Iterator[tuple[Point, Point]]:
    """The straight strokes of a path, the one that closes it included."""
    x, y = ctypes.c_float(), ctypes.c_float()
    start = last = (0.0, 0.0)
    for index in range(native.FPDFPath_CountSegments(path)):
        segment = native.FPDFPath_GetPathSegment(path, index)
        native.FPDFPathSegment_GetPoint(segment, x, y)
        point = _moved((x.value, y.value), way)
        kind = native.FPDFPathSegment_GetType(segment)
        if kind == native.FPDF_SEGMENT_MOVETO:
            start = point
        elif kind == native.FPDF_SEGMENT_LINETO:
            yield last, point
        last = point
        if native.FPDFPathSegment_GetClose(segment) and kind != native.FPDF_SEGMENT_MOVETO:
            yield last, start
