"""Workbooks of Excel 97 to 2003 (.xls): cells as shown, from the records of BIFF8 (MS-XLS)."""

from __future__ import annotations

import struct
from collections.abc import Iterator

from selfeval.exceptions import InputRefused

from .compound import CompoundFile
from .number_format import BUILT_IN
from .workbook import LAST_ROW, Allowance, Sheet, cell_name

_BOF, _EOF, _CONTINUE = 0x0809, 0x000A, 0x003C
_ENCRYPTED, _DATE_MODE, _SHEET, _STRINGS, _STYLE, _FORMAT = 0x002F, 0x0022, 0x0085, 0x00FC, 0x00E0, 0x041E
_ROW, _COLUMNS, _MERGED = 0x0208, 0x007D, 0x00E5
_SHARED, _LABEL, _RICH, _NUMBER, _RK, _MANY_RK, _BOOLEAN, _FORMULA, _FORMULA_TEXT = (
    *(0x00FD, 0x0204, 0x00D6, 0x0203, 0x027E, 0x00BD),
    *(0x0205, 0x0006, 0x0207),
)
_BIFF8 = 0x0600
_WORKSHEET = 0
_ERRORS = {0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A"}
_MOST_SHEETS = 256


def read_xls(data: bytes, name: str, rows: int = LAST_ROW) -> list[Sheet]:
    """Every worksheet, in order. Raises InputRefused when the file is protected, too old or a sheet fills more than `rows`."""
    book = _Book(CompoundFile(data).read("Workbook"), Allowance(name, rows=rows))
    return [book.sheet(*entry) for entry in book.entries]


def _records(stream: bytes, start: int) -> Iterator[tuple[int, bytes]]:
    """(kind, content) of the records from `start` to the end of its substream; charts inside a sheet are passed over."""
    at, depth = start, 0
    while at + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, at)
        content = stream[at + 4 : at + 4 + size]
        at += 4 + size
        if kind == _BOF:
            depth += 1
        elif kind == _EOF:
            depth -= 1
            if depth <= 0:
                return
        if depth == 1:
            yield kind, content


class _Book:
    """The globals of a workbook: sheets, strings, formats."""

    def __init__(self, stream: bytes, allowance: Allowance) -> None:
        self._stream = stream
        self._allowance = allowance
        self._from_1904 = False
        self._formats: list[int] = []
        self._codes = dict(BUILT_IN)
        self.entries: list[tuple[int, str, bool]] = []
        version = struct.unpack_from("<HHH", stream, 0)[2]
        if version != _BIFF8:
            raise InputRefused(f"{allowance.name} 是 Excel 95 或更早的工作簿：请用 Excel 或 WPS 打开，另存为 .xlsx 后再试")
        self._read_globals(allowance.name)

    def _read_globals(self, name: str) -> None:
        segments: list[bytes] = []
        previous = 0
        for kind, content in _records(self._stream, 0):
            if kind == _ENCRYPTED:
                raise InputRefused(f"{name} 加了密码：请打开后去掉密码，重新保存再试")
            if kind == _STRINGS or (kind == _CONTINUE and previous in {_STRINGS, _CONTINUE} and segments):
                segments.append(content)
            elif kind == _SHEET and len(content) > 8 and content[5] == _WORKSHEET:
                title = _text(content, 8, content[6], wide=bool(content[7] & 1))
                self.entries.append((struct.unpack_from("<I", content)[0], title, bool(content[4] & 3)))
            else:
                self._read_setting(kind, content)
            previous = kind
        if len(self.entries) > _MOST_SHEETS:
            raise InputRefused(f"{name} 有 {len(self.entries)} 张工作表，超过 {_MOST_SHEETS} 张的上限：请拆成几个文件再试")
        self._strings = _read_strings(segments)

    def _read_setting(self, kind: int, content: bytes) -> None:
        if kind == _DATE_MODE:
            self._from_1904 = content[:1] == b"\1"
        elif kind == _STYLE:
            self._formats.append(struct.unpack_from("<H", content, 2)[0])
        elif kind == _FORMAT:
            number, length, flags = struct.unpack_from("<HHB", content)
            self._codes[number] = _text(content, 5, length, wide=bool(flags & 1))

    def sheet(self, start: int, title: str, hidden: bool) -> Sheet:
        """Read the cells of one sheet."""
        sheet = Sheet(title, self._allowance, hidden, from_1904=self._from_1904)
        waiting: tuple[int, int] | None = None
        for kind, content in _records(self._stream, start):
            if kind == _FORMULA_TEXT and waiting:
                length, flags = struct.unpack_from("<HB", content)
                sheet.put(*waiting, _text(content, 3, length, wide=bool(flags & 1)))
                waiting = None
            elif kind == _FORMULA:
                waiting = self._formula(content, sheet)
            elif kind in {_ROW, _COLUMNS, _MERGED}:
                _note_layout(kind, content, sheet)
            else:
                self._cell(kind, content, sheet)
        return sheet

    def _cell(self, kind: int, content: bytes, sheet: Sheet) -> None:
        if kind == _SHARED:
            row, column, _, index = struct.unpack_from("<HHHI", content)
            sheet.put(row, column, self._strings[index] if index < len(self._strings) else "")
        elif kind == _NUMBER:
            row, column, style, number = struct.unpack_from("<HHHd", content)
            self._put_number(sheet, row, column, number, style)
        elif kind == _RK:
            row, column, style, packed = struct.unpack_from("<HHHI", content)
            self._put_number(sheet, row, column, _unpacked(packed), style)
        elif kind == _MANY_RK:
            row, first = struct.unpack_from("<HH", content)
            for offset in range((len(content) - 6) // 6):
                style, packed = struct.unpack_from("<HI", content, 4 + 6 * offset)
                self._put_number(sheet, row, first + offset, _unpacked(packed), style)
        elif kind == _BOOLEAN:
            row, column, _, value, is_error = struct.unpack_from("<HHHBB", content)
            _put_constant(sheet, row, column, value, is_error=bool(is_error))
        elif kind in {_LABEL, _RICH}:
            row, column, _, length, flags = struct.unpack_from("<HHHHB", content)
            sheet.put(row, column, _text(content, 9, length, wide=bool(flags & 1)))

    def _formula(self, content: bytes, sheet: Sheet) -> tuple[int, int] | None:
        """Place a formula's last result; where that is text it follows in a record of its own, and its place is returned."""
        row, column, style = struct.unpack_from("<HHH", content)
        if content[12:14] != b"\xff\xff":
            self._put_number(sheet, row, column, struct.unpack_from("<d", content, 6)[0], style)
        elif content[6] == 0:
            return row, column
        elif content[6] in {1, 2}:
            _put_constant(sheet, row, column, content[8], is_error=content[6] == 2)
        return None

    def _put_number(self, sheet: Sheet, row: int, column: int, number: float, style: int) -> None:
        code = self._codes.get(self._formats[style], "General") if style < len(self._formats) else "General"
        sheet.put_number(row, column, format(number, ".15g"), code)


def _put_constant(sheet: Sheet, row: int, column: int, value: int, *, is_error: bool) -> None:
    if is_error:
        sheet.errors.append(cell_name(row, column))
        sheet.put(row, column, _ERRORS.get(value, "#ERROR!"))
    else:
        sheet.put(row, column, "TRUE" if value else "FALSE")


def _note_layout(kind: int, content: bytes, sheet: Sheet) -> None:
    """Hidden rows and columns, merged cells."""
    if kind == _ROW:
        row, options = struct.unpack_from("<H10xH", content)
        if options & 0x20:
            sheet.hidden_rows.add(row)
    elif kind == _COLUMNS:
        first, last, _, _, options = struct.unpack_from("<HHHHH", content)
        if options & 1:
            sheet.hidden_columns.update(range(first, min(last, 255) + 1))
    else:
        for index in range(min(struct.unpack_from("<H", content)[0], (len(content) - 2) // 8)):
            top, bottom, left, right = struct.unpack_from("<HHHH", content, 2 + 8 * index)
            if top <= bottom and left <= right:
                sheet.areas.append((top, left, bottom - top + 1, right - left + 1))


def _unpacked(packed: int) -> float:
    """A number squeezed into 30 bits: an integer or the upper half of a double, either perhaps a hundredfold."""
    if packed & 2:
        number = float(struct.unpack("<i", struct.pack("<I", packed))[0] >> 2)
    else:
        number = struct.unpack("<d", struct.pack("<II", 0, packed & 0xFFFFFFFC))[0]
    return number / 100 if packed & 1 else number


def _text(content: bytes, at: int, length: int, *, wide: bool) -> str:
    """Characters of one byte (the lower half of UTF-16) or two."""
    return content[at : at + 2 * length].decode("utf-16-le", "replace") if wide else content[at : at + length].decode("latin-1")


def _read_strings(segments: list[bytes]) -> list[str]:
    """The shared strings, from one record and its continuations; a string may be cut anywhere between two characters."""
    if not segments:
        return []
    count = struct.unpack_from("<I", segments[0], 4)[0]
    reader = _SegmentReader(segments, 8)
    strings = []
    while len(strings) < count and reader.has_more():
        strings.append(reader.string())
    return strings


class _SegmentReader:
    """Reads through the pieces of a record that was continued."""

    def __init__(self, segments: list[bytes], at: int) -> None:
        self._segments = segments
        self._index = 0
        self._at = at

    def has_more(self) -> bool:
        """Whether anything is left; moves on to the next piece at the end of one."""
        while self._index < len(self._segments) and self._at >= len(self._segments[self._index]):
            self._index += 1
            self._at = 0
        return self._index < len(self._segments)

    def string(self) -> str:
        """The next string, without its formatting runs and phonetic guide."""
        length, flags = struct.unpack("<HB", self._take(3))
        runs = struct.unpack("<H", self._take(2))[0] if flags & 8 else 0
        guide = struct.unpack("<I", self._take(4))[0] if flags & 4 else 0
        text = self._characters(length, wide=bool(flags & 1))
        self._take(4 * runs + guide)
        return text

    def _characters(self, length: int, *, wide: bool) -> str:
        pieces = []
        while length > 0:
            if self._at >= len(self._segments[self._index]):
                self.has_more()
                # A piece that continues a string says anew how wide its characters are.
                wide = bool(self._take(1)[0] & 1)
            width = 2 if wide else 1
            count = min(length, (len(self._segments[self._index]) - self._at) // width)
            if count == 0:
                raise ValueError("string cut inside a character")
            pieces.append(_text(self._segments[self._index], self._at, count, wide=wide))
            self._at += count * width
            length -= count
        return "".join(pieces)

    def _take(self, size: int) -> bytes:
        taken = b""
        while len(taken) < size and self.has_more():
            piece = self._segments[self._index][self._at : self._at + size - len(taken)]
            self._at += len(piece)
            taken += piece
        if len(taken) < size:
            raise ValueError("record too short")
        return taken
