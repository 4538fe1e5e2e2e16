"""PDF files with a text layer: paragraphs as they were written, ruled tables, pages marked; headers, footers and page numbers taken out."""

from __future__ import annotations

import re
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass

import pypdfium2 as pdfium
import pypdfium2.raw as native

from selfeval.exceptions import InputRefused

from .content import Content, Mark, TextBuilder
from .grid import write_blocks
from .guard import faults_refused
from .pdf_flow import Frame, frame_of, joined, paragraphs, without_furniture
from .pdf_lines import Line, lines_of
from .pdf_page import LOST, Page, read_page
from .pdf_streams import refuse_bursting
from .pdf_tables import PageTable, tables_of

_MOST_PAGES, _MOST_VERSIONS = 600, 4
_PAGE = re.compile(rb"/Type\s*/Page(?![A-Za-z])")
_MOST_CHARACTERS = 1_000_000
# A page with fewer characters and a picture over half of it is a scan, whatever stamp or page number was added.
_FEWEST_CHARACTERS = 20
_PICTURE_SHARE = 0.5
_WORST_LOST = 0.02
_SCANNED = "请先用文字识别（OCR）软件转成可复制文字的 PDF，或找原始的 Word 文件"
# Where the last lines of a PDF say where its table of objects stands; what was cut off has lost them.
_LAST_LINES = 4096


@dataclass(slots=True)
class _PageContent:
    """One page: as it is printed, its lines outside tables, its tables, and whether it is a picture of a page."""

    printed: Page
    lines: list[Line]
    tables: list[PageTable]
    is_picture: bool

    @property
    def size(self) -> tuple[float, float]:
        """Width and height in points."""
        return self.printed.width, self.printed.height


def read_pdf(data: bytes, name: str) -> Content:
    """Read a PDF into one text: a paragraph is a line, a table row is a line.

    Raises InputRefused when it is scanned, protected by a password, damaged or beyond bearing.
    """
    if b"startxref" not in data[-_LAST_LINES:]:
        raise InputRefused(f"{name} 已损坏，结尾不完整（可能没有下载完）：请重新下载或复制后再试")
    # Thousands of pages take seconds; a file that was saved over and over may list each of its pages several times.
    if sum(1 for _ in _PAGE.finditer(data)) > _MOST_VERSIONS * _MOST_PAGES:
        raise _too_long(name)
    refuse_bursting(data, name)
    with faults_refused(name, "页面"):
        pages = _read_pages(data, name)
        _refuse_unreadable(pages, name)
        kept = without_furniture([page.lines for page in pages], [page.size for page in pages])
        for page, lines in zip(pages, kept, strict=True):
            page.lines = lines
        builder = TextBuilder()
        _Writer(builder, name).write(pages)
    builder.remarks += _remarks(pages)
    return builder.content("pdf", "")


def _too_long(name: str) -> InputRefused:
    return InputRefused(f"{name} 超过 {_MOST_PAGES} 页的上限：请只留报告正文再试")


def _read_pages(data: bytes, name: str) -> list[_PageContent]:
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as fault:
        if fault.err_code in {native.FPDF_ERR_PASSWORD, native.FPDF_ERR_SECURITY}:
            raise InputRefused(f"{name} 加了密码：请用密码打开后另存为不加密的 PDF，再试") from fault
        raise
    with closing(document):
        if len(document) > _MOST_PAGES:
            raise _too_long(name)
        pages, characters = [], 0
        for index in range(len(document)):
            page = read_page(document, index, _PICTURE_SHARE)
            characters += len(page.glyphs)
            if characters > _MOST_CHARACTERS:
                raise InputRefused(f"{name} 超过 {_MOST_CHARACTERS} 字的上限：请只留报告正文再试")
            pages.append(_page_content(page, index + 1))
    return pages


def _page_content(page: Page, number: int) -> _PageContent:
    tables, rest = tables_of(page.edges, number, page.glyphs)
    is_picture = len(page.glyphs) < _FEWEST_CHARACTERS and page.pictured > _PICTURE_SHARE * page.width * page.height
    return _PageContent(page, lines_of(rest, number), tables, is_picture)


def _refuse_unreadable(pages: list[_PageContent], name: str) -> None:
    """Refuse scans and texts whose font does not tell its characters."""
    if not any(page.lines or page.tables for page in pages) or all(page.is_picture for page in pages):
        raise InputRefused(f"{name} 是扫描件或图片，没有可复制的文字（共 {len(pages)} 页）：{_SCANNED}")
    text = "".join(line.text for page in pages for line in page.lines)
    lost = text.count(LOST)
    if lost > _WORST_LOST * len(text) and lost > 5:
        raise InputRefused(f"{name} 的字体没有文字编码，{lost} 个字读不出来（打开后复制出来也是乱码）：{_SCANNED}")


def _remarks(pages: list[_PageContent]) -> list[str]:
    remarks = []
    if pictures := _numbers(page.is_picture for page in pages):
        remarks.append(f"第 {pictures} 页是图片，其中的文字没有读到")
    if recognised := _numbers(page.printed.recognised for page in pages):
        remarks.append(f"第 {recognised} 页是扫描的图片，文字取自其中的识别（OCR）层，可能有错字，请对照原页核对")
    if unseen := _numbers(page.printed.unseen for page in pages):
        count = sum(page.printed.unseen for page in pages)
        remarks.append(f"第 {unseen} 页有 {count} 个看不见的字（在纸面以外或隐形），没有读入")
    lost = sum(line.text.count(LOST) for page in pages for line in page.lines)
    if lost:
        remarks.append(f"有 {lost} 个字的字体没有文字编码，以“{LOST}”代替")
    return remarks


def _numbers(wanted: Iterable[object]) -> str:
    """The numbers of the pages of which it holds, as a reader lists them."""
    return "、".join(str(number) for number, holds in enumerate(wanted, 1) if holds)


class _Writer:
    """Writes pages in order; a paragraph or table that a page break cuts goes on."""

    def __init__(self, builder: TextBuilder, name: str) -> None:
        self._builder = builder
        self._name = name
        self._lines: list[Line] = []
        self._table: PageTable | None = None
        self._frames: dict[tuple[float, float], Frame] = {}
        self._frame = Frame()
        self._marked = 0

    def write(self, pages: list[_PageContent]) -> None:
        """Write every page; margins are those of all pages of the same size."""
        for page in pages:
            frame = self._frame_of(page, pages)
            if frame != self._frame:
                self._flush()
                self._frame = frame
            for part in sorted([*page.lines, *page.tables], key=lambda part: part.top):
                if isinstance(part, Line):
                    self._end_table()
                    self._lines.append(part)
                else:
                    self._add_table(part)
        self._flush()

    def _frame_of(self, page: _PageContent, pages: list[_PageContent]) -> Frame:
        size = _about(page)
        if size not in self._frames:
            self._frames[size] = frame_of([line for other in pages if _about(other) == size for line in other.lines], page.printed.width)
        return self._frames[size]

    def _add_table(self, table: PageTable) -> None:
        if self._table and table.page > self._table.page and table.continues(self._table):
            _append_rows(self._table, table)
            return
        self._flush()
        table.grid.leaves = {0: table.page} if table.page != self._marked else {}
        self._table = table

    def _flush(self) -> None:
        self._end_table()
        self._end_lines()

    def _end_table(self) -> None:
        if self._table:
            self._marked = self._table.last_page
            write_blocks([self._table.grid], self._builder, self._name)
            self._table = None

    def _end_lines(self) -> None:
        for paragraph in paragraphs(self._lines, self._frame):
            self._write_paragraph(paragraph)
        self._lines = []

    def _write_paragraph(self, paragraph: list[Line]) -> None:
        for index, line in enumerate(paragraph):
            if line.page != self._marked:
                before = len(joined(paragraph[: index + 1], self._frame)) - len(line.text)
                self._builder.marks.append(Mark(self._builder.length + before, line.page))
                self._marked = line.page
        self._builder.line(joined(paragraph, self._frame))


def _about(page: _PageContent) -> tuple[int, int]:
    """Its size in whole points: pages of one kind differ by hairs."""
    return round(page.printed.width), round(page.printed.height)


def _append_rows(above: PageTable, below: PageTable) -> None:
    """Add the rows of a table's rest, without the head that is printed again on the new page."""
    head = 0
    while head < below.height and above.row(head) == below.row(head):
        head += 1
    start = above.height - head
    above.grid.leaves[above.height] = below.page
    above.grid.cells |= {(row + start, column): blocks for (row, column), blocks in below.grid.cells.items() if row >= head}
    above.grid.areas += [(row + start, column, height, width) for row, column, height, width in below.grid.areas if row >= head]
    above.last_page = below.page
