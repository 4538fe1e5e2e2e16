"""Small files that would fill the memory or the day of whoever unpacked them; all are to be refused before that."""

from __future__ import annotations

import gzip
import io
import os
import struct
import zipfile
import zlib

from document_samples import OldWorkbook, PrintedPage, para, pdf_file, sheet_file, stream, word_file, zipped

_LAUGHS = "<!DOCTYPE l [" + "".join(f'<!ENTITY {c} "{f"&{p};" * 10}">' for p, c in zip("abcdefgh", "bcdefghi", strict=True)) + "]>"


def _drawings() -> bytes:
    """Drawings each of which draws the next twenty times over."""
    page = PrintedPage(operations=["/X0 Do"])
    entry = "/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X{0} {1} 0 R>>>>"
    forms = {f"X{n}": stream(f"/X{n + 1} Do ".encode() * 20, entry.format(n + 1, 10 + n)) for n in range(11)}
    return pdf_file([page], forms | {"X11": stream(b"0 0 m", "/Type/XObject/Subtype/Form/BBox[0 0 9 9]")})


BOMBS = {
    "a document part of blanks": ("docx", lambda: word_file(" " * 30_000_000)),
    "a string of one letter": ("xlsx", lambda: sheet_file("", strings=f"<si><t>{'A' * 30_000_000}</t></si>")),
    "a million rows": (
        "xlsx",
        lambda: zipped({"xl/workbook.xml": "<w/>", "xl/sharedStrings.xml": os.urandom(33 * 2**20), **_strings_only()}, method=0),
    ),
    "two million tags in a row": (
        "xlsx",
        lambda: sheet_file("<row>" + "".join(("<c/>", "<c r=''/>", "<d/>")[n * n % 7 % 3] for n in range(2_000_001)) + "</row>"),
    ),
    "a row of twenty thousand cells": (
        "xlsx",
        lambda: sheet_file("<row>" + "".join(f"<c><v>{n % 997}</v></c>" for n in range(20_000)) + "</row>"),
    ),
    "ten thousand parts": ("docx", lambda: zipped({f"word/{n}": b"" for n in range(10_001)}, method=0)),
    "entities that multiply": ("docx", lambda: zipped({"word/document.xml": f"{_LAUGHS}<d>&i;</d>"})),
    "entities in UTF-16": ("docx", lambda: zipped({"word/document.xml": f"{_LAUGHS}<d>&i;</d>".encode("utf-16")})),
    "an entity that names a file": (
        "docx",
        lambda: zipped({"word/document.xml": '<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/hostname">]><d>&x;</d>'}),
    ),
    "a sheet listed a hundred times": ("xlsx", lambda: sheet_file('<row r="1"><c r="A1"><v>1</v></c></row>', sheets=100)),
    "a PDF stream that unpacks to 90 MB": (
        "pdf",
        lambda: pdf_file([PrintedPage()], {"X": stream(b"0 0 m " * 15_000_000, squeeze=True)}),
    ),
    "a PDF stream packed twice": (
        "pdf",
        lambda: pdf_file([PrintedPage()], {"X": stream(zlib.compress(zlib.compress(bytes(10**7))), "/Filter[/FlateDecode /Fl]")}),
    ),
    "drawings that multiply": ("pdf", _drawings),
    "a drawing that draws itself": (
        "pdf",
        lambda: pdf_file(
            [PrintedPage(operations=["/X0 Do"])],
            {"X0": stream(b"/X0 Do /X0 Do", "/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X0 9 0 R>>>>")},
        ),
    ),
    "five thousand pages": ("pdf", lambda: pdf_file([PrintedPage()] * 5000)),
    "a million tags": ("html", lambda: b"<html>" + b"<p>" * 1_000_001),
    "merged cells beyond counting": ("html", lambda: b"<html><table>" + b"<tr><td colspan=1000 rowspan=60000>x" * 5_000),
    "a million lines of two cells": ("csv", lambda: b"a,b\n" * 1_000_000),
    "a chain of sectors that bites its tail": ("xlsx", lambda: _circular(_old())),
    "a million true rows": ("xlsx", lambda: sheet_file("".join(f"<row><c><v>{n * 7919 % 10007}</v></c></row>" for n in range(1_000_000)))),
    "one merged area over the whole sheet": (
        "xlsx",
        lambda: sheet_file(
            '<row r="1"><c r="A1"><v>1</v></c></row><row r="9"><c r="XFD9"><v>2</v></c></row>',
            extra='<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>',
        ),
    ),
    "a cell in the farthest corner": (
        "xlsx",
        lambda: sheet_file(
            '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>2</v></c></row>', dimension="A1:XFD1048576"
        ),
    ),
    "a part that claims to be small": ("docx", lambda: _lying(word_file(para("甲乙丙丁" * 400_000)))),
    "a zip in a zip in a zip": ("docx", lambda: _nested(8)),
    "a hundred parts that are one": ("docx", lambda: _overlapping(zipped({"word/document.xml": bytes(9_000_000)}))),
    "the report packed by gzip": ("txt.gz", lambda: gzip.compress(bytes(50_000_000))),
    "notes that multiply": ("docx", lambda: _notes(20, 20)),
    "a note that calls itself": ("docx", lambda: _notes(1, 1, circular=True)),
    "tables nested a thousand deep": (
        "docx",
        lambda: word_file("<w:tbl><w:tr><w:tc>" * 1000 + para("深") + "</w:tc></w:tr></w:tbl>" * 1000),
    ),
    "cells a thousand columns wide": (
        "docx",
        lambda: word_file(
            "<w:tbl>"
            + ("<w:tr>" + f'<w:tc><w:tcPr><w:gridSpan w:val="1000"/></w:tcPr>{para("1")}</w:tc>' * 60 + "</w:tr>") * 400
            + "</w:tbl>"
        ),
    ),
    "more strings than there are bytes": (
        "xls",
        lambda: _changed(_old(), struct.pack("<II", 1, 1), struct.pack("<II", 2**32 - 1, 2**32 - 1)),
    ),
    "a directory of two thousand million sectors": ("xls", lambda: (data := _old())[:44] + struct.pack("<I", 2**31 - 1) + data[48:]),
    "a stream of a terabyte": ("xls", lambda: _changed(_old(), struct.pack("<IQ", 0, 4096), struct.pack("<IQ", 0, 2**40))),
    "a tree of pages that is its own branch": (
        "pdf",
        lambda: _changed(pdf_file([PrintedPage()]), b"/Kids[8 0 R]", b"/Kids[2 0 R]"),
    ),
    "a table of objects that leads to itself": (
        "pdf",
        lambda: _changed(data := pdf_file([PrintedPage()]), b"/Root 1 0 R", b"/Root 1 0 R/Prev %d" % data.rindex(b"xref\n0")),
    ),
    "a stream of a terabyte in a PDF": (
        "pdf",
        lambda: pdf_file([PrintedPage(operations=["BT ET"])]).replace(b"/Length 5", b"/Length 999999999999"),
    ),
    "a font map of four thousand million characters": ("pdf", lambda: _mapped(b"<00000000> <ffffffff> <0000>")),
    "widths of a thousand million characters": (
        "pdf",
        lambda: _changed(pdf_file([PrintedPage()]), b"/W[1[500] 2 95 500]", b"/W[1[500] 2 999999999 500]"),
    ),
    "tables inside tables": ("html", lambda: b"<html>" + b"<table><tr><td>" * 100_000),
    "one line of fifty megabytes": ("txt", lambda: "支出".encode() * 8_000_000),
    "a cell of five megabytes": ("csv", lambda: '甲,"'.encode() + "乙\n".encode() * 1_200_000),
    "a line of a million separators": ("csv", lambda: b"a" + b"," * 1_000_000),
}


def _strings_only() -> dict[str, str]:
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"
    relation = f'<Relationship Id="r1" Type="{kind}" Target="sharedStrings.xml"/>'
    return {"xl/_rels/workbook.xml.rels": f"<Relationships>{relation}</Relationships>"}


def _circular(data: bytes) -> bytes:
    at = data.rfind(struct.pack("<III", 1, 2, 3))
    assert at > 0
    return data[:at] + struct.pack("<I", 0) + data[at + 4 :]


def _old() -> bytes:
    book = OldWorkbook()
    book.text(0, 0, "河道巡查")
    return book.bytes()


def _changed(data: bytes, old: bytes, new: bytes) -> bytes:
    if old not in data:
        raise ValueError(old)
    return data.replace(old, new)


def _lying(data: bytes) -> bytes:
    """The zip with the size of its longest part given as ten bytes, in its directory and before the part."""
    size = max(info.file_size for info in zipfile.ZipFile(io.BytesIO(data)).infolist())
    return _changed(data, struct.pack("<I", size), struct.pack("<I", 10))


def _nested(depth: int) -> bytes:
    data = zipped({"零.txt": bytes(10_000_000)})
    for level in range(depth):
        data = zipped({f"{level}-{n}.zip": data for n in range(10)})
    return data


def _overlapping(data: bytes) -> bytes:
    """A zip whose directory lists one and the same part a hundred times under as many names."""
    start = data.index(b"PK\x01\x02")
    end = data.index(b"PK\x05\x06")
    entry = data[start:end]
    name = b"word/document.xml"
    listed = b"".join(entry.replace(name, b"word/documen%03d.x" % n) if n else entry for n in range(100))
    return data[:start] + listed + struct.pack("<IHHHHIIH", 0x06054B50, 0, 0, 100, 100, len(listed), start, 0)


def _notes(depth: int, times: int, *, circular: bool = False) -> bytes:
    """Footnotes each of which calls the next `times` over."""

    def call(number: int) -> str:
        return f'<w:p><w:r><w:footnoteReference w:id="{number}"/></w:r></w:p>'

    notes = "".join(
        f'<w:footnote w:id="{n}">{call(n if circular else n + 1) * times}{para("注")}</w:footnote>' for n in range(1, depth + 1)
    )
    return word_file(para("正文") + call(1), footnotes=notes)


def _mapped(span: bytes) -> bytes:
    """A page in a font whose table of characters holds this range."""
    table = b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap 1 beginbfrange " + span + b" endbfrange endcmap end end"
    page = PrintedPage()
    page.text(90, 80, "支出12万元")
    return pdf_file([page], {"T": stream(table)}).replace(b"/Encoding/UniGB-UCS2-H", b"/Encoding/Identity-H/ToUnicode 9 0 R")
