"""Word files (.docx): paragraphs, automatic numbers, tables, text boxes and footnotes in reading order, as Word shows them.

Insertions under revision are read and deletions left out; comments, hidden text, tables of contents and page headers are not part of the
report's text.
"""

from __future__ import annotations

from xml.etree.ElementTree import Element

from selfeval.exceptions import InputRefused

from .characters import superscript
from .content import Content, TextBuilder
from .formula import formula_text
from .grid import Block, Grid, write_blocks
from .guard import faults_refused
from .numbering import Numbering, read_numbering
from .package import Package, attribute, local_name, open_package

_WRAPPERS = frozenset({"sdtContent", "customXml", "smartTag", "ins", "moveTo", "hyperlink", "fldSimple", "sdt", "dir", "bdo", "oMathPara"})
_REMOVED = frozenset({"del", "moveFrom"})
_PRIVATE_FONT_SIGNS = {"F0FE": "☑", "F052": "☑", "F0A8": "□", "F06F": "□", "F0A3": "□", "F0FC": "√", "F0D8": "➢"}
_CHARACTERS = {"tab": "\t", "ptab": "\t", "cr": "\n", "noBreakHyphen": "-"}


def read_docx(data: bytes, name: str) -> Content:
    """Read a Word file into one text: a paragraph is a line, a table row is a line.

    Raises InputRefused when the file is damaged, protected, too large, or holds no text.
    """
    with faults_refused(name, "正文"):
        package = open_package(data, name)
        main = package.related("", "officeDocument") or "word/document.xml"
        body = next((child for child in package.xml(main) if local_name(child) == "body"), None)
        reader = _Reader(package, main)
        blocks = reader.blocks(body) if body is not None else []
        builder = TextBuilder()
        write_blocks(blocks, builder, name)
    if not "".join(builder.parts).strip():
        raise InputRefused(_nothing_in(name, package))
    builder.remarks += reader.remarks()
    return builder.content("docx", "utf-8")


def _nothing_in(name: str, package: Package) -> str:
    if any("/media/" in part for part in package.parts):
        return f"{name} 里只有图片没有文字（可能是扫描件）：请先用文字识别（OCR）软件转成文字，或找原始电子文档"
    if any("afchunk" in part.lower() for part in package.parts):
        return f"{name} 的正文是嵌在里面的网页：请用 Word 或 WPS 打开，另存为 .docx 后再试"
    return f"{name} 里没有文字：请放入报告全文后再试"


class _Reader:
    """Walks the body once, in order; counts automatic numbers as it goes and keeps footnotes until the paragraph that calls them ends."""

    def __init__(self, package: Package, main: str) -> None:
        self._numbering: Numbering = read_numbering(package, main)
        self._notes = {kind: _read_notes(package, main, kind) for kind in ("footnote", "endnote")}
        self._after: list[Block] = []
        self._revised = False

    def remarks(self) -> list[str]:
        """What a reader of the text must know."""
        return ["文档带有修订痕迹：插入的文字已读入，删除的文字没有读入，请确认修订已定稿"] if self._revised else []

    def blocks(self, parent: Element) -> list[Block]:
        """The paragraphs and tables of a body, a cell or a text box."""
        found: list[Block] = []
        unfinished = ""
        for child in _unwrapped(parent):
            if local_name(child) == "tbl":
                found.append(self._table(child))
                continue
            line, followers, ends = self._paragraph(child)
            unfinished += line
            if ends:
                found += [unfinished, *followers]
                unfinished = ""
        return [*found, unfinished] if unfinished else found

    def _paragraph(self, paragraph: Element) -> tuple[str, list[Block], bool]:
        """Its text, the notes and text boxes that follow it, and whether the line ends with it (its mark is not deleted)."""
        properties = _child(paragraph, "pPr")
        if self._numbering.is_contents_entry(properties):
            return "", [], False
        label = self._numbering.label(properties)
        outer, self._after = self._after, []
        text = _labelled(label, self._inline(paragraph))
        followers, self._after = self._after, outer
        joined = _child(_child(properties, "rPr"), "del") is not None
        self._revised = self._revised or joined
        return text, followers, not joined

    def _inline(self, parent: Element) -> str:
        """The text of runs, in order, without what is deleted or hidden."""
        pieces = []
        for child in parent:
            kind = local_name(child)
            if kind == "r":
                pieces.append(self._run(child))
            elif kind in _REMOVED:
                self._revised = True
            elif kind == "sdt":
                pieces.append(self._inline(_control_content(child)))
            elif kind in _WRAPPERS:
                self._revised = self._revised or kind in {"ins", "moveTo"}
                pieces.append(self._inline(child))
            elif kind == "oMath":
                pieces.append(formula_text(child))
        return "".join(pieces)

    def _run(self, run: Element) -> str:
        properties = _child(run, "rPr")
        if (switch := _child(properties, "vanish")) is not None and attribute(switch, "val") not in {"0", "false", "off"}:
            return ""
        text = "".join(self._piece(piece) for piece in run)
        position = _child(properties, "vertAlign")
        return superscript(text) if position is not None and attribute(position, "val") == "superscript" else text

    def _piece(self, piece: Element) -> str:
        kind = local_name(piece)
        if kind == "t":
            return piece.text or ""
        if kind == "br":
            return "" if attribute(piece, "type") in {"page", "column"} else "\n"
        if kind == "sym":
            return _sign(piece)
        if kind == "ruby":
            return "".join(self._inline(base) for base in piece if local_name(base) == "rubyBase")
        if kind in {"footnoteReference", "endnoteReference"}:
            self._note(kind.removesuffix("Reference"), attribute(piece, "id") or "")
        elif kind in {"drawing", "pict", "object"}:
            self._text_boxes(piece)
        elif kind == "AlternateContent":
            return "".join(self._piece(inner) for inner in _chosen(piece))
        return _CHARACTERS.get(kind, "")

    def _note(self, kind: str, number: str) -> None:
        # Word calls every note once; notes that call one another over and over would never end.
        note = self._notes[kind].pop(number, None)
        if note is not None:
            lines = [line for line in self.blocks(note) if not isinstance(line, str) or line.strip()]
            self._after += [f"注：{line.strip()}" if isinstance(line, str) else line for line in lines]

    def _text_boxes(self, drawing: Element) -> None:
        waiting = [drawing]
        while waiting:
            element = waiting.pop()
            if local_name(element) == "txbxContent":
                self._after += self.blocks(element)
            elif local_name(element) == "AlternateContent":
                waiting.append(_chosen(element))
            else:
                waiting.extend(reversed(list(element)))

    def _table(self, table: Element) -> Grid:
        grid = Grid()
        anchors: dict[int, tuple[int, int]] = {}
        areas: dict[tuple[int, int], list[int]] = {}
        self._revised = self._revised or _has_revised_rows(table)
        for row, element in enumerate(_parts(table, "tr")):
            column = _skipped(element)
            for cell in _parts(element, "tc"):
                span, continues = _spans(cell)
                if continues and column in anchors:
                    areas[anchors[column]][0] = row - anchors[column][0] + 1
                else:
                    anchors[column] = (row, column)
                    areas[row, column] = [1, span]
                    grid.put(row, column, self.blocks(cell))
                column += span
        grid.areas = [(row, column, height, width) for (row, column), (height, width) in areas.items() if height * width > 1]
        return grid


def _unwrapped(parent: Element) -> list[Element]:
    """Paragraphs and tables in order, also those inside content controls and revisions; tables of contents are left out."""
    found: list[Element] = []
    for child in parent:
        kind = local_name(child)
        if kind in {"p", "tbl"}:
            found.append(child)
        elif kind == "sdt":
            found += [] if _is_contents(child) else _unwrapped(_control_content(child))
        elif kind in _WRAPPERS:
            found += _unwrapped(child)
        elif kind == "AlternateContent":
            found += _unwrapped(_chosen(child))
    return found


def _parts(parent: Element, kind: str) -> list[Element]:
    """Rows of a table or cells of a row, also those inside content controls; rows deleted under revision are gone."""
    found: list[Element] = []
    for child in parent:
        if local_name(child) == kind:
            properties = _child(child, "trPr")
            if properties is None or _child(properties, "del") is None:
                found.append(child)
        elif local_name(child) in _WRAPPERS:
            found += _parts(child, kind)
    return found


def _has_revised_rows(table: Element) -> bool:
    properties = (_child(row, "trPr") for row in table if local_name(row) == "tr")
    return any(_child(found, kind) is not None for found in properties for kind in ("del", "ins"))


def _spans(cell: Element) -> tuple[int, bool]:
    """How many columns a cell takes, and whether it only continues the cell above."""
    properties = _child(cell, "tcPr")
    if properties is None:
        return 1, False
    span, merge = _child(properties, "gridSpan"), _child(properties, "vMerge")
    return _count(span, 1), merge is not None and attribute(merge, "val") != "restart"


def _skipped(row: Element) -> int:
    """The number of columns left free before the first cell of a row."""
    properties = _child(row, "trPr")
    return _count(_child(properties, "gridBefore"), 0) if properties is not None else 0


def _count(element: Element | None, default: int) -> int:
    value = attribute(element, "val") if element is not None else None
    return min(int(value), 1000) if value and value.isdecimal() else default


def _read_notes(package: Package, main: str, kind: str) -> dict[str, Element]:
    part = package.related(main, f"{kind}s")
    if not part:
        return {}
    return {attribute(note, "id") or "": note for note in package.xml(part) if attribute(note, "type") is None}


def _labelled(label: str, text: str) -> str:
    if not label or not text.strip():
        return text
    text = text.lstrip()
    return f"{label} {text}" if label[-1].isascii() and label[-1] not in ")]" else label + text


def _child(parent: Element | None, kind: str) -> Element | None:
    if parent is None:
        return None
    return next((child for child in parent if local_name(child) == kind), None)


def _chosen(alternatives: Element) -> Element:
    """The branch Word itself would show; the others repeat it for older programs."""
    return next(iter(alternatives), alternatives)


def _control_content(control: Element) -> Element:
    """What a content control holds; its greyed prompt is no content."""
    properties = _child(control, "sdtPr")
    content = _child(control, "sdtContent")
    return Element("empty") if content is None or _child(properties, "showingPlcHdr") is not None else content


def _is_contents(control: Element) -> bool:
    """Whether a content control is a table of contents: it repeats the headings."""
    gallery = _child(_child(_child(control, "sdtPr"), "docPartObj"), "docPartGallery")
    return gallery is not None and attribute(gallery, "val") == "Table of Contents"


def _sign(piece: Element) -> str:
    code = (attribute(piece, "char") or "").upper()
    return _PRIVATE_FONT_SIGNS.get(code, "")
