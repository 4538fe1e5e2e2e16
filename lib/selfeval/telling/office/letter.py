"""Blocks as a Word file in the look of an official letter (GB/T 9704): the same blocks make the same bytes on every machine."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import accumulate, pairwise

import docx
from docx.document import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK, WD_COLOR_INDEX
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.table import Table, _Cell, _Row
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from selfeval.blocks import ANNEX, HEADING, SIGNATURE, TABLE, TITLE, TO_FILL, Block, Remark
from selfeval.knowledge import load

from .letter_look import dress, style_of

# A file's own dates say nothing and would differ from run to run: the first a zip archive can hold.
# The library refuses more; whoever needs the whole title reads it in the text.
_LONGEST_PROPERTY = 255
_DATE = datetime(1980, 1, 1)  # noqa: DTZ001 - a zip archive knows no time zones
_CONTENT_TYPES = "[Content_Types].xml"
# What XML cannot hold, and line separators that would part a paragraph unseen; a tab would part cells.
_UNPRINTABLE = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff]|[\ud800-\udfff]")
_PAGE_MARK = "—"
# Parted by an empty line from what stands before.
_APART = frozenset({ANNEX, SIGNATURE})


def letter_bytes(blocks: Iterable[Block], title: str) -> bytes:
    """Return the Word file that shows `blocks` in order; `title` is what the file calls itself.

    Headings carry Word's own heading styles and their numbers as text; places left open (blocks.TO_FILL) are marked yellow.
    """
    document = docx.Document()
    dress(document)
    before = ""
    for block in blocks:
        if block.kind in _APART and before != block.kind:
            _line(document, "paragraph")
        _write(document, block)
        before = block.kind
    _number_pages(document)
    _describe(document, _clean(title))
    return _packed(document)


def _write(document: Document, block: Block) -> None:
    if block.kind == TABLE:
        _write_table(document, block)
        return
    key = f"heading{block.level}" if block.kind == HEADING else "Title" if block.kind == TITLE else block.kind
    paragraph = _line(document, key)
    _fill(paragraph, block.text, [remark.at for remark in block.remarks])
    _comment(document, paragraph, block.remarks)


def _line(document: Document, key: str) -> Paragraph:
    paragraph = document.add_paragraph()
    _set_style(document, paragraph, key)
    return paragraph


def _set_style(document: Document, paragraph: Paragraph, key: str) -> None:
    """As the library does, but without asking for the style of every paragraph what the default is: a third of the time of a letter."""
    paragraph.paragraph_format.element.style = style_of(document, key).style_id


def _fill(paragraph: Paragraph, text: str, apart: Sequence[str] = ()) -> None:
    """Write `text` into a paragraph, line by line, with the open places marked and each of `apart` in runs of its own."""
    for number, line in enumerate(_clean(text).split("\n")):
        if number:
            paragraph.add_run().add_break(WD_BREAK.LINE)
        for piece, is_open in _pieces(line, apart):
            run = paragraph.add_run(piece)
            if is_open:
                run.font.highlight_color = WD_COLOR_INDEX.YELLOW


def _pieces(line: str, apart: Sequence[str]) -> Iterator[tuple[str, bool]]:
    """The stretches of a line, parted at open places and around the words in `apart`, each with whether it is an open place."""
    places = [found.span() for found in TO_FILL.finditer(line)]
    marked = [(at, at + len(words)) for words in map(_clean, apart) if words and (at := line.find(words)) >= 0]
    cuts = sorted({0, len(line), *(edge for span in (*places, *marked) for edge in span)})
    for start, end in pairwise(cuts):
        yield line[start:end], any(first <= start and end <= last for first, last in places)


def _comment(document: Document, paragraph: Paragraph, remarks: Iterable[Remark]) -> None:
    """Set every remark beside its words as a comment of Word, without a time, so that the same remarks make the same bytes."""
    written = [run for run in paragraph.runs if run.text]
    for remark in remarks:
        runs = _runs_of(written, _clean(remark.at)) or written
        made = document.add_comment(runs, _clean(remark.text), author=load("letter")["comment"]["author"], initials="")
        made._comment_elm.attrib.pop(qn("w:date"), None)  # noqa: SLF001 - the library offers no way to leave the time out


def _runs_of(runs: Sequence[Run], words: str) -> list[Run]:
    """The runs that hold `words` together, [] where those do not stand there."""
    text = "".join(run.text for run in runs)
    start = text.find(words) if words else -1
    if start < 0:
        return []
    ends = [*accumulate(len(run.text) for run in runs)]
    return [run for run, end in zip(runs, ends, strict=True) if end > start and end - len(run.text) < start + len(words)]


def _clean(text: str) -> str:
    return _UNPRINTABLE.sub(lambda found: " " if found[0].isspace() else "", text)


# ---- tables -----------------------------------------------------------------------------------------------------------------------------


def _write_table(document: Document, block: Block) -> None:
    if block.text:
        caption = _line(document, "caption")
        _fill(caption, block.text)
        _comment(document, caption, [replace(remark, at="") for remark in block.remarks])
    rows, columns = len(block.rows), len(block.rows[0])
    table = document.add_table(rows, columns, style="Table Grid")
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    _set_widths(table, block)
    # Asked once for all rows: python-docx looks a cell up anew each time.
    for number, (row, texts) in enumerate(zip(table.rows, block.rows, strict=True)):
        _keep_whole(row, head=number == 0)
        for column, (cell, text) in enumerate(zip(row.cells, texts, strict=True)):
            _write_cell(document, cell, text, block, head=number == 0, numeric=column in block.numeric)
    _line(document, "paragraph").paragraph_format.line_spacing = Pt(load("letter")["style"]["cell"]["line"] / 2)


def _write_cell(document: Document, cell: _Cell, text: str, block: Block, *, head: bool, numeric: bool) -> None:
    paragraph = cell.paragraphs[0]
    _set_style(document, paragraph, "head_cell" if head else "cell")
    _fill(paragraph, text)
    if numeric and not head:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    small = load("letter")["table"]
    if len(block.rows[0]) > small["columns"]:
        paragraph.paragraph_format.line_spacing = Pt(small["small_line"])
        for run in paragraph.runs:
            run.font.size = Pt(small["small"])
    cell.vertical_alignment = 1


def _set_widths(table: Table, block: Block) -> None:
    """Share the width of the page out by how much each column holds."""
    page = load("letter")["page"]
    room = page["width"] - page["left"] - page["right"]
    shares = block.widths or (1,) * len(block.rows[0])
    for column, share in zip(table.columns, shares, strict=True):
        column.width = Mm(room * share / sum(shares))
        for cell in column.cells:
            cell.width = column.width


def _keep_whole(row: _Row, *, head: bool) -> None:
    """A row is not parted by the end of a page, and the head stands again on the next."""
    properties = row.cells[0].paragraphs[0].paragraph_format.element.getparent().getparent().get_or_add_trPr()
    properties.append(OxmlElement("w:cantSplit"))
    if head:
        properties.append(OxmlElement("w:tblHeader"))


# ---- the file ---------------------------------------------------------------------------------------------------------------------------


def _number_pages(document: Document) -> None:
    """— 1 — at the lower edge, outwards: on the right of odd pages, on the left of even ones."""
    section = document.sections[0]
    for footer, alignment in ((section.footer, WD_ALIGN_PARAGRAPH.RIGHT), (section.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT)):
        footer.is_linked_to_previous = False
        paragraph = footer.paragraphs[0]
        paragraph.style = style_of(document, "number")
        paragraph.alignment = alignment
        size = load("letter")["style"]["number"]["size"]
        paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = Pt(size)
        paragraph.add_run(f"{_PAGE_MARK} ")
        _add_field(paragraph.add_run(), "PAGE")
        paragraph.add_run(f" {_PAGE_MARK}")


def _add_field(run: Run, code: str) -> None:
    """A field that Word works out, such as the number of the page."""
    for kind in ("begin", "", "end"):
        if kind:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
        else:
            mark = OxmlElement("w:instrText")
            mark.text = code
        run.font.element.append(mark)


def _describe(document: Document, title: str) -> None:
    """What the file says of itself: its title and language, no author, no time."""
    properties = document.core_properties
    properties.title, properties.language = title[:_LONGEST_PROPERTY], load("letter")["page"]["language"]
    properties.author = properties.last_modified_by = properties.comments = properties.keywords = properties.subject = ""
    properties.category = properties.content_status = properties.identifier = properties.version = ""
    properties.created = properties.modified = _DATE
    properties.revision = 1


def _packed(document: Document) -> bytes:
    """The file with its parts in a fixed order and without the time of day."""
    saved, packed = io.BytesIO(), io.BytesIO()
    document.save(saved)
    with zipfile.ZipFile(saved) as parts, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(parts.namelist(), key=lambda name: (name != _CONTENT_TYPES, name)):
            entry = zipfile.ZipInfo(name, _DATE.timetuple()[:6])
            entry.compress_type, entry.create_system, entry.external_attr = zipfile.ZIP_DEFLATED, 0, 0
            archive.writestr(entry, parts.read(name))
    return packed.getvalue()
