"""What a PDF unpacks to, worked out before it is unpacked: a few kilobytes can hold gigabytes of zeros or drawings that draw each other."""

from __future__ import annotations

import base64
import re
import zlib
from collections import Counter
from collections.abc import Iterator

from pdfminer.pdfpage import PDFPage
from pdfminer.pdftypes import PDFStream, resolve1
from pdfminer.psparser import PSLiteral

from selfeval.exceptions import InputRefused

_MEGABYTE = 2**20
# Fonts embedded whole take up to 20 MB each; what draws a page takes some hundred kilobytes.
_LARGEST_STREAM = 40 * _MEGABYTE
_LARGEST_TOTAL = 150 * _MEGABYTE
_LARGEST_DRAWING = 40 * _MEGABYTE
_MOST_STREAMS = 100_000
# A damaged stream is mended byte by byte, each time copying what came out so far.
_COSTLIEST_MENDING = 2 * 10**9
_LONGEST_ASCII = 4 * _MEGABYTE
_REPRINT = "请用 WPS 或浏览器重新打印成 PDF，或找原始电子文档"

_START = re.compile(rb"(?<!end)stream\r?\n")
_FILTER = re.compile(rb"/Filter\s*(\[[^\]]*\]|/[^\s/<>\[\]]+|\d+\s+\d+\s+R)")
_NAME = re.compile(rb"/([^\s/<>\[\]]+)")
_NAME_ESCAPE = re.compile(rb"#([0-9A-Fa-f]{2})")
_DRAWN = re.compile(rb"/([^\s/<>\[\](){}%]+)\s+Do\b")
# No font has more characters than Unicode's basic plane; several tables may repeat them.
_MOST_MAPPED = 500_000
_MAPS = re.compile(rb"begin(?:bf|cid)range\b(.*?)end(?:bf|cid)range", re.DOTALL)
_SPAN = re.compile(rb"<([0-9a-fA-F]{1,16})>\s*<([0-9a-fA-F]{1,16})>\s*(?=[<\[0-9])")
_WIDTHS = re.compile(rb"/W2?\s*\[[^>]{0,200000}?\b[0-9]{1,10}\s+[0-9]{6,}\s")
_FLATE, _ASCII, _SLOW = {b"FlateDecode", b"Fl"}, {b"ASCII85Decode", b"A85"}, {b"LZWDecode", b"LZW", b"RunLengthDecode", b"RL"}


def refuse_bursting(data: bytes, name: str) -> None:
    """Raise InputRefused when the streams of a PDF unpack to more than a report can hold."""
    _refuse_endless_spans(data, name)
    total = 0
    for head, body in _streams(data, name):
        if b"/Image" in head:
            continue
        total += _unpacked_size(head, body, name)
        if total > _LARGEST_TOTAL:
            raise _bursting(name, f"展开后超过 {_LARGEST_TOTAL // _MEGABYTE} MB 的上限")


def _bursting(name: str, what: str) -> InputRefused:
    return InputRefused(f"{name} {what}，像是压缩炸弹：{_REPRINT}")


def _streams(data: bytes, name: str) -> Iterator[tuple[bytes, memoryview]]:
    """The dictionary and the raw bytes of every stream, wherever it stands."""
    view = memoryview(data)
    end = 0
    for count, match in enumerate(_START.finditer(data)):
        if count > _MOST_STREAMS:
            raise InputRefused(f"{name} 里的对象太多（超过 {_MOST_STREAMS} 个）：{_REPRINT}")
        if end < match.end():
            end = data.find(b"endstream", match.end())
            end = end if end >= 0 else len(data)
        begin = data.rfind(b"obj", max(0, match.start() - 4096), match.start())
        head = _NAME_ESCAPE.sub(lambda code: bytes([int(code[1], 16)]), data[max(begin, 0) : match.start()])
        yield head, view[match.end() : end]


def _unpacked_size(head: bytes, body: memoryview, name: str) -> int:
    found = _FILTER.search(head)
    filters = _NAME.findall(found[1]) if found else []
    if found and not filters:
        # Named elsewhere in the file: the only filter that bursts and is in use is taken for it.
        filters = [b"FlateDecode"]
    if filters[:1] and filters[0] in _ASCII:
        return _unpacked_size_of(_from_ascii(body, name), filters[1:], name)
    return _unpacked_size_of(body, filters, name)


def _unpacked_size_of(body: bytes | memoryview, filters: list[bytes], name: str) -> int:
    if sum(entry in _FLATE | _SLOW for entry in filters) > 1:
        raise _bursting(name, "里有压缩了两遍的内容")
    if any(entry in _SLOW for entry in filters) and len(body) > _MEGABYTE:
        raise InputRefused(f"{name} 用了旧式压缩，太大：{_REPRINT}")
    if not filters or filters[0] not in _FLATE:
        _refuse_endless_spans(bytes(body), name)
        return len(body)
    unpacker = zlib.decompressobj()
    try:
        unpacked = unpacker.decompress(body, _LARGEST_STREAM + 1)
    except zlib.error:
        if len(body) * min(len(body) * 1032, _LARGEST_STREAM) > _COSTLIEST_MENDING:
            raise InputRefused(f"{name} 已损坏，里面有一段内容展不开：请重新下载，或用 WPS、浏览器重新打印成 PDF") from None
        return len(body)
    if len(unpacked) > _LARGEST_STREAM:
        raise _bursting(name, f"里有一段内容展开后超过 {_LARGEST_STREAM // _MEGABYTE} MB")
    _refuse_endless_spans(unpacked, name)
    return len(unpacked)


def _refuse_endless_spans(content: bytes, name: str) -> None:
    """Refuse tables of a font that give characters by first and last: whoever reads them writes down each one between."""
    mapped = sum(int(last, 16) - int(first, 16) for block in _MAPS.findall(content) for first, last in _SPAN.findall(block))
    if mapped > _MOST_MAPPED or _WIDTHS.search(content):
        raise _bursting(name, f"的字体列了超过 {_MOST_MAPPED} 个字符")


def _from_ascii(body: memoryview, name: str) -> bytes:
    if len(body) > _LONGEST_ASCII:
        raise InputRefused(f"{name} 用了旧式编码，太大：{_REPRINT}")
    text = bytes(body).strip().removeprefix(b"<~").removesuffix(b"~>")
    try:
        return base64.a85decode(text)
    except ValueError:
        return b""


class DrawingLimit:
    """Adds up what has to be drawn for page after page, drawings inside drawings included."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._sizes: dict[int, int] = {}
        self._total = 0

    def add(self, page: PDFPage) -> None:
        """Count a page in. Raises InputRefused beyond the limit, or when a drawing contains itself."""
        contents = [resolve1(entry) for entry in page.contents]
        if any(_kind(stream) == "Image" for stream in contents if isinstance(stream, PDFStream)):
            raise _bursting(self._name, "把页面内容伪装成了图片")
        self._total += self._size(contents, resolve1(page.resources), ())
        if self._total > _LARGEST_DRAWING:
            raise _bursting(self._name, f"的页面内容超过 {_LARGEST_DRAWING // _MEGABYTE} MB 的上限")

    def _size(self, contents: list, resources: object, above: tuple[int, ...]) -> int:
        drawing = b"\n".join(stream.get_data() for stream in contents if isinstance(stream, PDFStream))
        size = len(drawing)
        drawings = resolve1(resources.get("XObject")) if isinstance(resources, dict) else None
        if not isinstance(drawings, dict):
            return size
        for drawn, times in Counter(_DRAWN.findall(drawing)).items():
            inner = resolve1(drawings.get(drawn.decode("latin-1")))
            if isinstance(inner, PDFStream) and _kind(inner) == "Form":
                size += times * self._size_of_form(inner, resources, above)
        return size

    def _size_of_form(self, form: PDFStream, resources: object, above: tuple[int, ...]) -> int:
        if id(form) in above or len(above) > 50:
            raise _bursting(self._name, "里有套着自己的图形")
        if id(form) not in self._sizes:
            own = resolve1(form.get("Resources")) or resources
            self._sizes[id(form)] = self._size([form], own, (*above, id(form)))
        return self._sizes[id(form)]


def _kind(stream: PDFStream) -> str:
    kind = resolve1(stream.get("Subtype"))
    return str(kind.name) if isinstance(kind, PSLiteral) else ""
