"""Makes the files the reader tests read: Word, OLE/BIFF, PDF and zip bytes written by hand, so that each oddity is there on purpose."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from dataclasses import dataclass, field

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def zipped(parts: dict[str, str | bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip with these parts."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", method) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return target.getvalue()


def _relations(entries: dict[str, str]) -> str:
    body = "".join(
        f'<Relationship Id="r{n}" Type="{_OFFICE}/{kind}" Target="{target}"/>' for n, (kind, target) in enumerate(entries.items(), 1)
    )
    return f'<Relationships xmlns="{_RELATIONS}">{body}</Relationships>'


def word_file(body: str, **parts: str) -> bytes:
    """A .docx with this body; `numbering`, `styles`, `footnotes` give the inside of those parts."""
    namespaces = f'xmlns:w="{W}" xmlns:mc="urn:mc" xmlns:wps="urn:wps" xmlns:v="urn:v" xmlns:m="urn:m"'
    files = {
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": _relations({"officeDocument": "word/document.xml"}),
        "word/document.xml": f"<w:document {namespaces}><w:body>{body}</w:body></w:document>",
        "word/_rels/document.xml.rels": _relations({kind: f"{kind}.xml" for kind in parts}),
    }
    files |= {f"word/{kind}.xml": f"<w:{kind} {namespaces}>{content}</w:{kind}>" for kind, content in parts.items()}
    return zipped(files)


def para(text: str, properties: str = "") -> str:
    """A Word paragraph of one run."""
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def sheet_file(rows: str, *, dimension: str = "A1", extra: str = "", sheets: int = 1, strings: str = "") -> bytes:
    """A .xlsx whose first sheet holds `rows` as written."""
    main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    listed = "".join(f'<sheet name="表{n}" sheetId="{n}" r:id="r1"/>' for n in range(1, sheets + 1))
    files = {
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": _relations({"officeDocument": "xl/workbook.xml"}),
        "xl/workbook.xml": f'<workbook {main} xmlns:r="{_OFFICE}"><sheets>{listed}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": _relations({"worksheet": "worksheets/sheet1.xml", "sharedStrings": "sharedStrings.xml"}),
        "xl/sharedStrings.xml": f"<sst {main}>{strings}</sst>",
        "xl/worksheets/sheet1.xml": f'<worksheet {main}><dimension ref="{dimension}"/><sheetData>{rows}</sheetData>{extra}</worksheet>',
    }
    return zipped(files)


def _record(kind: int, content: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(content)) + content


def _wide(text: str, length: str = "<HB") -> bytes:
    return struct.pack(length, len(text), 1) + text.encode("utf-16-le")


@dataclass
class OldWorkbook:
    """Writes a BIFF8 workbook (.xls) of one sheet, record by record."""

    formats: list[str] = field(default_factory=list)
    strings: list[str] = field(default_factory=list)
    cells: list[bytes] = field(default_factory=list)
    cut_strings_at: int = 0
    version: int = 0x0600
    password: bool = False
    hidden: bool = False

    def style(self, code: str) -> int:
        """The cell style that shows numbers by this format code."""
        self.formats.append(code)
        return len(self.formats)

    def text(self, row: int, column: int, text: str) -> None:
        """A shared string."""
        self.strings.append(text)
        self.cells.append(_record(0x00FD, struct.pack("<HHHI", row, column, 0, len(self.strings) - 1)))

    def number(self, row: int, column: int, number: float, style: int = 0) -> None:
        """A double."""
        self.cells.append(_record(0x0203, struct.pack("<HHHd", row, column, style, number)))

    def packed(self, row: int, column: int, integer: int, *, hundredth: bool = False, style: int = 0) -> None:
        """An integer in 30 bits, perhaps a hundredth of it."""
        self.cells.append(_record(0x027E, struct.pack("<HHHi", row, column, style, integer << 2 | 2 | hundredth)))

    def formula(self, row: int, column: int, result: bytes, text: str = "") -> None:
        """A formula with its stored result."""
        self.cells.append(_record(0x0006, struct.pack("<HHH", row, column, 0) + result + bytes(8)))
        if text:
            self.cells.append(_record(0x0207, _wide(text)))

    def error(self, row: int, column: int, code: int) -> None:
        """An error value."""
        self.cells.append(_record(0x0205, struct.pack("<HHHBB", row, column, 0, code, 1)))

    def hide_row(self, row: int) -> None:
        """A hidden row."""
        self.cells.append(_record(0x0208, struct.pack("<HHHHHHHH", row, 0, 9, 255, 0, 0, 0x20, 0)))

    def merge(self, top: int, bottom: int, left: int, right: int) -> None:
        """A merged area."""
        self.cells.append(_record(0x00E5, struct.pack("<HHHHH", 1, top, bottom, left, right)))

    def bytes(self, sheet: str = "预算") -> bytes:
        """The whole file."""
        start = _record(0x0809, struct.pack("<HHHHII", self.version, 5, 0, 0, 0, 0))
        settings = _record(0x002F, bytes(54)) if self.password else b""
        settings += _record(0x0042, struct.pack("<H", 1200))
        settings += b"".join(_record(0x041E, struct.pack("<H", 164 + n) + _wide(code)) for n, code in enumerate(self.formats))
        settings += b"".join(_record(0x00E0, struct.pack("<HHH14x", 0, number, 0)) for number in [0, *range(164, 164 + len(self.formats))])
        tail = self._string_table() + _record(0x000A)
        entry_size = 4 + 8 + 2 * len(sheet)
        offset = len(start) + len(settings) + entry_size + len(tail)
        entry = _record(0x0085, struct.pack("<IBB", offset, int(self.hidden), 0) + _wide(sheet, "<BB"))
        body = _record(0x0809, struct.pack("<HHHHII", self.version, 0x10, 0, 0, 0, 0)) + b"".join(self.cells) + _record(0x000A)
        return compound_file({"Workbook": start + settings + entry + tail + body})

    def _string_table(self) -> bytes:
        head = struct.pack("<II", len(self.strings), len(self.strings))
        content = head + b"".join(_wide(text) for text in self.strings)
        if not self.cut_strings_at:
            return _record(0x00FC, content)
        cut = self.cut_strings_at
        # A continuation begins with a byte that says how wide its characters are.
        return _record(0x00FC, content[:cut]) + _record(0x003C, b"\1" + content[cut:])


def compound_file(streams: dict[str, bytes]) -> bytes:
    """An OLE compound file with these streams in its root storage, all in full sectors."""
    sectors: list[bytes] = []
    table: list[int] = []

    def place(data: bytes) -> int:
        first = len(sectors)
        pieces = [data[at : at + 512].ljust(512, b"\0") for at in range(0, max(len(data), 1), 512)]
        sectors.extend(pieces)
        table.extend([*range(first + 1, first + len(pieces)), 0xFFFFFFFE])
        return first

    entries = [_directory_entry("Root Entry", 5, 0xFFFFFFFE, 0, child=1)]
    for number, (name, data) in enumerate(streams.items(), 1):
        padded = data.ljust(4096, b"\0")
        right = number + 1 if number < len(streams) else 0xFFFFFFFF
        entries.append(_directory_entry(name, 2, place(padded), len(padded), right=right))
    directory = place(b"".join(entries))
    count = (len(table) + 1 + 127) // 128
    first_table = len(sectors)
    table.extend([0xFFFFFFFD] * count)
    packed = struct.pack(f"<{len(table)}I", *table).ljust(512 * count, b"\xff")
    sectors.extend(packed[at : at + 512] for at in range(0, len(packed), 512))
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    head += struct.pack("<IIIIIIIII", 0, count, directory, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    head += struct.pack("<109I", *[*range(first_table, first_table + count), *[0xFFFFFFFF] * (109 - count)])
    return head + b"".join(sectors)


def _directory_entry(name: str, kind: int, start: int, size: int, *, child: int = 0xFFFFFFFF, right: int = 0xFFFFFFFF) -> bytes:
    raw = name.encode("utf-16-le")
    entry = raw.ljust(64, b"\0") + struct.pack("<HBB", len(raw) + 2, kind, 1) + struct.pack("<III", 0xFFFFFFFF, right, child)
    return entry + bytes(36) + struct.pack("<IQ", start, size)


@dataclass
class PrintedPage:
    """A page under the pen: text by place (points from the top left), ruling lines, perhaps a picture."""

    width: float = 595
    height: float = 842
    operations: list[str] = field(default_factory=list)
    picture: bool = False

    def text(self, x: float, y: float, text: str, size: float = 12) -> None:
        """Print `text` with its upper left corner at (x, y)."""
        self.operations.append(f"BT /F1 {size} Tf {x} {self.height - y - size} Td <{text.encode('utf-16-be').hex()}> Tj ET")

    def slanted(self, x: float, y: float, text: str, along: tuple[float, float]) -> None:
        """Print `text` from (x, y) in the direction `along` (right, up)."""
        a, b = along
        self.operations.append(f"BT /F1 12 Tf {a} {b} {-b} {a} {x} {self.height - y} Tm <{text.encode('utf-16-be').hex()}> Tj ET")

    def rule(self, x0: float, y0: float, x1: float, y1: float) -> None:
        """Draw a ruling line."""
        self.operations.append(f"{x0} {self.height - y0} m {x1} {self.height - y1} l S")

    def grid(self, columns: list[float], rows: list[float]) -> None:
        """Draw all rules of a table."""
        for x in columns:
            self.rule(x, rows[0], x, rows[-1])
        for y in rows:
            self.rule(columns[0], y, columns[-1], y)


def pdf_file(pages: list[PrintedPage], extra: dict[str, bytes] | None = None) -> bytes:
    """A PDF with these pages in a Chinese font that is not embedded, as office programs write them."""
    objects: list[bytes] = [b"<</Type/Catalog/Pages 2 0 R>>", b""]
    objects.append(
        b"<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H/DescendantFonts[4 0 R]>>",
    )
    objects.append(
        b"<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 2>>"
        b"/DW 1000/W[1[500] 2 95 500]/FontDescriptor 5 0 R>>"
    )
    objects.append(
        b"<</Type/FontDescriptor/FontName/STSong-Light/Flags 4/FontBBox[0 -200 1000 900]/Ascent 800/Descent -200/ItalicAngle 0/StemV 80>>"
    )
    objects.append(stream(b"\0", "/Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8"))
    kids = []
    for page in pages:
        picture = [f"q {page.width} 0 0 {page.height} 0 0 cm /Im1 Do Q"] if page.picture else []
        objects.append(stream("\n".join([*picture, *page.operations]).encode()))
        resources = "<</Font<</F1 3 0 R>>/XObject<</Im1 6 0 R" + "".join(f"/{name} {n} 0 R" for name, n in _numbers(extra, pages)) + ">>>>"
        box = f"/MediaBox[0 0 {page.width} {page.height}]"
        objects.append(f"<</Type/Page/Parent 2 0 R{box}/Resources{resources}/Contents {len(objects)} 0 R>>".encode())
        kids.append(f"{len(objects)} 0 R")
    objects += list((extra or {}).values())
    objects[1] = f"<</Type/Pages/Kids[{' '.join(kids)}]/Count {len(kids)}>>".encode()
    return _pdf_of(objects)


def _numbers(extra: dict[str, bytes] | None, pages: list[PrintedPage]) -> list[tuple[str, int]]:
    return [(name, 7 + 2 * len(pages) + n) for n, name in enumerate(extra or {})]


def stream(data: bytes, entries: str = "", *, squeeze: bool = False) -> bytes:
    """A PDF stream object."""
    if squeeze:
        data, entries = zlib.compress(data, 9), entries + "/Filter/FlateDecode"
    return f"<<{entries}/Length {len(data)}>>stream\n".encode() + data + b"\nendstream"


def _pdf_of(objects: list[bytes], trailer: str = "") -> bytes:
    data, places = b"%PDF-1.7\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(data))
        data += f"{number} 0 obj".encode() + content + b"\nendobj\n"
    start = len(data)
    data += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode() + b"".join(
        f"{place:010d} 00000 n \n".encode() for place in places
    )
    return data + f"trailer<</Size {len(objects) + 1}/Root 1 0 R{trailer}>>\nstartxref\n{start}\n%%EOF".encode()
