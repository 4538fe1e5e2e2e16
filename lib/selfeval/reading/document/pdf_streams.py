"""What a PDF unpacks to, worked out before it is unpacked: a few kilobytes can hold gigabytes of zeros or drawings that draw each other.

Everything is found by its looks, wherever it stands in the file. The file's own tables may lie, and no parser is to be led by them first.
"""

from __future__ import annotations

import base64
import re
import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from selfeval.exceptions import InputRefused

_MEGABYTE = 2**20
# Fonts embedded whole take up to 20 MB each; what draws a page takes some hundred kilobytes.
_LARGEST_STREAM = 40 * _MEGABYTE
_LARGEST_TOTAL = 150 * _MEGABYTE
_LARGEST_DRAWING = 40 * _MEGABYTE
_MOST_STREAMS = 100_000
_LONGEST_ASCII = 4 * _MEGABYTE
_LONGEST_HEAD = 4096
_DEEPEST_DRAWING, _DEEPEST_PAGE = 50, 50
_REPRINT = "请用 WPS 或浏览器重新打印成 PDF，或找原始电子文档"

_OBJECT = re.compile(rb"(\d{1,10})\s+\d{1,5}\s+obj\b")
_START = re.compile(rb"(?<!end)stream\r?\n")
_FILTER = re.compile(rb"/Filter\s*(\[[^\]]*\]|/[^\s/<>\[\]]+|\d+\s+\d+\s+R)")
_NAME = re.compile(rb"/([^\s/<>\[\]]+)")
_NAME_ESCAPE = re.compile(rb"#([0-9A-Fa-f]{2})")
_DRAWN = re.compile(rb"/([^\s/<>\[\](){}%]+)\s+Do\b")
_PICTURE, _FORM = (re.compile(rb"/Subtype\s*/%s\b" % kind) for kind in (b"Image", b"Form"))
_IS_PAGE = re.compile(rb"/Type\s*/Page(?![A-Za-z])")
_IS_PACK, _PACKED_AT = re.compile(rb"/Type\s*/ObjStm\b"), re.compile(rb"/First\s+(\d{1,9})")
_NAMED = re.compile(rb"/([^\s/<>\[\](){}%]+)\s+(\d{1,10})\s+\d{1,5}\s+R\b")
_REFERENCE = re.compile(rb"(\d{1,10})\s+\d{1,5}\s+R\b")
_CONTENTS = re.compile(rb"/Contents\s*(\[[^\]]*\]|\d{1,10}\s+\d{1,5}\s+R)")
# No font has more characters than Unicode's basic plane; several tables may repeat them.
_MOST_MAPPED = 500_000
_MAPS = re.compile(rb"begin(?:bf|cid)range\b(.*?)end(?:bf|cid)range", re.DOTALL)
_SPAN = re.compile(rb"<([0-9a-fA-F]{1,16})>\s*<([0-9a-fA-F]{1,16})>\s*(?=[<\[0-9])")
_WIDTHS = re.compile(rb"/W2?\s*\[[^>]{0,200000}?\b[0-9]{1,10}\s+[0-9]{6,}\s")
_FLATE, _ASCII, _SLOW = {b"FlateDecode", b"Fl"}, {b"ASCII85Decode", b"A85"}, {b"LZWDecode", b"LZW", b"RunLengthDecode", b"RL"}


@dataclass(frozen=True, slots=True)
class _Stream:
    """A stream: what it says of itself, how many bytes it unpacks to, and which drawings it draws how often."""

    head: bytes
    size: int
    drawn: Counter[bytes]


def refuse_bursting(data: bytes, name: str) -> None:
    """Raise InputRefused when the streams of a PDF unpack to more than a report can hold, or what its pages draw adds up to more."""
    _refuse_endless_spans(data, name)
    objects, streams, total = _objects(data), {}, 0
    for number, head, body in _streams(data, name):
        content = b"" if _PICTURE.search(head) else _unpacked(head, body, name)
        total += len(content)
        if total > _LARGEST_TOTAL:
            raise _bursting(name, f"展开后超过 {_LARGEST_TOTAL // _MEGABYTE} MB 的上限")
        streams[number] = _Stream(head, len(content), Counter(_DRAWN.findall(content)))
        if _IS_PACK.search(head):
            objects |= _packed_objects(head, content)
    _Drawings(objects, streams, name).refuse_endless()


def _bursting(name: str, what: str) -> InputRefused:
    return InputRefused(f"{name} {what}，像是压缩炸弹：{_REPRINT}")


def _objects(data: bytes) -> dict[int, bytes]:
    """The beginning of every object by its number, of one written several times the last."""
    heads = [(int(match[1]), match.end()) for match in _OBJECT.finditer(data)]
    ends = [*(start for _, start in heads[1:]), len(data)]
    return {number: data[start : min(end, start + _LONGEST_HEAD)] for (number, start), end in zip(heads, ends, strict=True)}


def _packed_objects(head: bytes, content: bytes) -> dict[int, bytes]:
    """The objects inside a stream of objects: first the number and the place of each, then one after the other."""
    begin = _PACKED_AT.search(head)
    at = int(begin[1]) if begin else 0
    figures = [int(figure) for figure in content[:at].split() if figure.isdigit()]
    places = [at + place for place in figures[1::2]]
    return {number: content[place : place + _LONGEST_HEAD] for number, place in zip(figures[::2], places, strict=False)}


def _streams(data: bytes, name: str) -> Iterator[tuple[int, bytes, memoryview]]:
    """The number, the dictionary and the raw bytes of every stream, wherever it stands."""
    view = memoryview(data)
    end = 0
    for count, match in enumerate(_START.finditer(data)):
        if count > _MOST_STREAMS:
            raise InputRefused(f"{name} 里的对象太多（超过 {_MOST_STREAMS} 个）：{_REPRINT}")
        if end < match.end():
            end = data.find(b"endstream", match.end())
            end = end if end >= 0 else len(data)
        begin = max(data.rfind(b"obj", max(0, match.start() - _LONGEST_HEAD), match.start()), 0)
        numbers = _OBJECT.findall(data, max(begin - 20, 0), begin + 3)
        head = _NAME_ESCAPE.sub(lambda code: bytes([int(code[1], 16)]), data[begin : match.start()])
        yield int(numbers[-1]) if numbers else -count - 1, head, view[match.end() : end]


def _unpacked(head: bytes, body: memoryview, name: str) -> bytes:
    found = _FILTER.search(head)
    filters = _NAME.findall(found[1]) if found else []
    if found and not filters:
        # Named elsewhere in the file: the only filter that bursts and is in use is taken for it.
        filters = [b"FlateDecode"]
    if filters[:1] and filters[0] in _ASCII:
        body, filters = memoryview(_from_ascii(body, name)), filters[1:]
    if sum(entry in _FLATE | _SLOW for entry in filters) > 1:
        raise _bursting(name, "里有压缩了两遍的内容")
    if any(entry in _SLOW for entry in filters) and len(body) > _MEGABYTE:
        raise InputRefused(f"{name} 用了旧式压缩，太大：{_REPRINT}")
    content = _inflated(body) if filters[:1] and filters[0] in _FLATE else bytes(body)
    if len(content) > _LARGEST_STREAM and filters:
        raise _bursting(name, f"里有一段内容展开后超过 {_LARGEST_STREAM // _MEGABYTE} MB")
    _refuse_endless_spans(content, name)
    return content


def _inflated(body: memoryview) -> bytes:
    """What the bytes unpack to, up to a byte more than any stream may have; of damaged ones what comes before the damage."""
    unpacker = zlib.decompressobj()
    pieces, left = [], _LARGEST_STREAM + 1
    try:
        for at in range(0, len(body), 2**16):
            pieces.append(unpacker.decompress(body[at : at + 2**16], left))
            left -= len(pieces[-1])
            if left <= 0:
                break
    except zlib.error:
        pass
    return b"".join(pieces)


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


class _Drawings:
    """What has to be drawn for all pages together, drawings inside drawings included."""

    def __init__(self, objects: dict[int, bytes], streams: dict[int, _Stream], name: str) -> None:
        self._objects, self._streams, self._name = objects, streams, name
        self._sizes: dict[int, int] = {}

    def refuse_endless(self) -> None:
        """Raise InputRefused beyond the limit, or when a drawing contains itself."""
        total = 0
        for head in [head for head in self._objects.values() if _IS_PAGE.search(head)]:
            total += self._size_of_page(head)
            if total > _LARGEST_DRAWING:
                raise _bursting(self._name, f"的页面内容超过 {_LARGEST_DRAWING // _MEGABYTE} MB 的上限")

    def _size_of_page(self, head: bytes) -> int:
        contents = _CONTENTS.search(head)
        numbers = [int(number) for number in _REFERENCE.findall(contents[1])] if contents else []
        if len(numbers) == 1 and numbers[0] not in self._streams:
            numbers = [int(number) for number in _REFERENCE.findall(self._objects.get(numbers[0], b""))]
        streams = [self._streams[number] for number in numbers if number in self._streams]
        if any(_PICTURE.search(stream.head) for stream in streams):
            raise _bursting(self._name, "把页面内容伪装成了图片")
        named = self._named(self._with_what_it_inherits(head))
        return sum(self._size(stream, named, ()) for stream in streams)

    def _with_what_it_inherits(self, head: bytes) -> bytes:
        """The dictionary of a page, and those of the branches it hangs on, from the outermost."""
        heads = [head]
        for _ in range(_DEEPEST_PAGE):
            above = next((number for key, number in _NAMED.findall(heads[-1]) if key == b"Parent"), b"-1")
            if int(above) not in self._objects:
                break
            heads.append(self._objects[int(above)])
        return b"\n".join(reversed(heads))

    def _named(self, head: bytes) -> dict[bytes, int]:
        """Name → number of the drawings that what has this dictionary may draw."""
        for key in (b"Resources", b"XObject"):
            held = {int(number) for name, number in _NAMED.findall(head) if name == key}
            head = b"\n".join([head, *(self._objects.get(number, b"") for number in held)])
        found = {key: int(number) for key, number in _NAMED.findall(head)}
        return {key: number for key, number in found.items() if number in self._streams and _FORM.search(self._streams[number].head)}

    def _size(self, stream: _Stream, named: dict[bytes, int], above: tuple[int, ...]) -> int:
        return stream.size + sum(
            times * self._size_of_drawing(named[key], named, above) for key, times in stream.drawn.items() if key in named
        )

    def _size_of_drawing(self, number: int, outer: dict[bytes, int], above: tuple[int, ...]) -> int:
        if number in above or len(above) > _DEEPEST_DRAWING:
            raise _bursting(self._name, "里有套着自己的图形")
        if number not in self._sizes:
            stream = self._streams[number]
            named = self._named(stream.head) if b"/Resources" in stream.head else outer
            self._sizes[number] = self._size(stream, named, (*above, number))
        return self._sizes[number]
