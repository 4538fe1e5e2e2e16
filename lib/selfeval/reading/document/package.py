"""The zip behind a .docx or .xlsx: judged by its directory before a byte is unpacked, its XML read without entities."""

from __future__ import annotations

import io
import posixpath
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from xml.etree import ElementTree

from selfeval.exceptions import InputRefused

# Office text shrinks to a tenth, repetitive sheets to a fiftieth; what shrinks more is made to burst.
_HIGHEST_RATIO = 200
_RATIO_MATTERS_FROM = 2**20
_LARGEST_TOTAL = 500 * 2**20
_LARGEST_PART = 32 * 2**20
_LARGEST_READ = 64 * 2**20
_MOST_PARTS = 10_000
_LARGEST_DIRECTORY = 2 * 2**20
# A tag costs up to 250 bytes of memory; one row or paragraph may have to be held whole.
_MOST_TAGS = 2_000_000
_MEGABYTE = 2**20
_REPACK = "请用 Office 或 WPS 打开，确认内容正常后另存一份再试"

_ENCODING = re.compile(rb"(?:\xef\xbb\xbf)?\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.-]+)[\"']")
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")


class Package:
    """An opened zip: `parts` are its names; every part is read once through `xml` or `events`, within limits on size and number."""

    def __init__(self, archive: zipfile.ZipFile, name: str) -> None:
        self._archive = archive
        self._name = name
        self._read = 0
        self.parts = frozenset(info.filename for info in archive.infolist())

    def xml(self, part: str) -> ElementTree.Element:
        """The root element of an XML part."""
        try:
            # No DOCTYPE gets this far, so there is no entity to expand.
            return ElementTree.fromstring(self._markup(part))  # noqa: S314
        except ElementTree.ParseError as fault:
            raise self._damaged(part) from fault

    def elements(self, part: str, tags: frozenset[str], called: str = "") -> Iterator[ElementTree.Element]:
        """Every element whose local name is one of `tags`, complete, emptied once the next is asked for: for parts too long to hold.

        `called` is what a reader calls the part: 工作表“预算”.
        """
        source = io.BytesIO(self._markup(part, called))
        try:
            for _, element in ElementTree.iterparse(source):  # noqa: S314 - as in xml()
                if local_name(element) in tags:
                    yield element
                    element.clear()
        except ElementTree.ParseError as fault:
            raise self._damaged(part) from fault

    def relations(self, part: str) -> dict[str, str]:
        """Relation id → name of the part it leads to, for the relations inside the package; '' is the package itself."""
        folder, file = posixpath.split(part)
        path = posixpath.join(folder, "_rels", f"{file}.rels")
        if path not in self.parts:
            return {}
        return {
            relation.get("Id", ""): posixpath.normpath(posixpath.join("/", folder, relation.get("Target", ""))).lstrip("/")
            for relation in self.xml(path)
            if relation.get("TargetMode") != "External"
        }

    def related(self, part: str, kind: str) -> str:
        """The part of the given kind (last word of the relation's type) that `part` leads to, '' if there is none."""
        folder, file = posixpath.split(part)
        path = posixpath.join(folder, "_rels", f"{file}.rels")
        if path not in self.parts:
            return ""
        ids = [relation.get("Id", "") for relation in self.xml(path) if relation.get("Type", "").endswith(f"/{kind}")]
        target = self.relations(part).get(ids[0], "") if ids else ""
        return target if target in self.parts else ""

    def _markup(self, part: str, called: str = "") -> bytes:
        if part not in self.parts:
            raise InputRefused(f"{self._name} 已损坏，里面缺少 {part}：{_REPACK}")
        size = self._archive.getinfo(part).file_size
        self._read += size
        if size > _LARGEST_PART or self._read > _LARGEST_READ:
            limit = f"展开后有 {size // _MEGABYTE} MB（单个上限 {_LARGEST_PART // _MEGABYTE} MB，合计 {_LARGEST_READ // _MEGABYTE} MB）"
            raise InputRefused(f"{self._name} 里的{called or f' {part} '}{limit}：请删去无关内容，或拆成几个文件再试")
        try:
            data = self._archive.read(part)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError, struct.error) as fault:
            raise self._damaged(part) from fault
        return self._checked(data, part, called)

    def _checked(self, data: bytes, part: str, called: str) -> bytes:
        """`data` as UTF-8 without DOCTYPE, so that no parser meets an entity."""
        if b"\0" in data[:4] or data[:2] in {b"\xff\xfe", b"\xfe\xff"}:
            try:
                data = _DECLARATION.sub("", data.decode("utf-16")).encode()
            except UnicodeError as fault:
                raise self._damaged(part) from fault
        declared = _ENCODING.match(data)
        if declared and declared[1].lower() not in {b"utf-8", b"utf8", b"us-ascii", b"ascii"}:
            raise self._damaged(part)
        if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
            raise InputRefused(f"{self._name} 的 {part} 里有 DOCTYPE 或实体声明，正常的 Office 文件没有：请向提供者要原始文件")
        tags = data.count(b"<")
        if tags > _MOST_TAGS:
            many = f"里的{called or f' {part} '}行列太多（{tags} 个标记，上限 {_MOST_TAGS}）"
            raise InputRefused(f"{self._name} {many}：请删去多余的行列再试")
        return data

    def _damaged(self, part: str) -> InputRefused:
        return InputRefused(f"{self._name} 已损坏，里面的 {part} 不完整：请重新下载，或打开后另存一份再试")


def open_package(data: bytes, name: str) -> Package:
    """Open the zip in `data` after checking its directory.

    Raises InputRefused when it is damaged, protected by a password, or would unpack to more than a report can be.
    """
    if _directory_size(data, name) > _LARGEST_DIRECTORY:
        raise InputRefused(f"{name} 里的文件太多（超过 {_MOST_PARTS} 个）：{_REPACK}")
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, NotImplementedError, EOFError, OSError, struct.error) as fault:
        raise InputRefused(f"{name} 已损坏，打不开：请重新下载，或打开后另存一份再试") from fault
    entries = archive.infolist()
    if len(entries) > _MOST_PARTS:
        raise InputRefused(f"{name} 里有 {len(entries)} 个文件，超过 {_MOST_PARTS} 个的上限：{_REPACK}")
    if any(entry.flag_bits & 1 for entry in entries):
        raise InputRefused(f"{name} 是加了密码的压缩文件：请去掉密码后再试")
    _refuse_bursting(entries, name)
    return Package(archive, name)


def _directory_size(data: bytes, name: str) -> int:
    """The size of the zip's directory in bytes, as its end record says."""
    end = data.rfind(b"PK\x05\x06", max(0, len(data) - 65_557))
    if end < 0 or end + 22 > len(data):
        raise InputRefused(f"{name} 不完整（可能没有下载完）：请重新下载或复制后再试")
    size = struct.unpack_from("<I", data, end + 12)[0]
    if end >= 20 and data[end - 20 : end - 16] == b"PK\x06\x07":
        wide = struct.unpack_from("<Q", data, end - 12)[0]
        if data[wide : wide + 4] == b"PK\x06\x06" and wide + 48 <= len(data):
            return struct.unpack_from("<Q", data, wide + 40)[0]
    return size


def _refuse_bursting(entries: list[zipfile.ZipInfo], name: str) -> None:
    total = sum(entry.file_size for entry in entries)
    if total > _LARGEST_TOTAL:
        limit = f"展开后有 {total // _MEGABYTE} MB，超过 {_LARGEST_TOTAL // _MEGABYTE} MB 的上限"
        raise InputRefused(f"{name} {limit}，像是压缩炸弹：{_REPACK}")
    for entry in entries:
        ratio = entry.file_size // max(entry.compress_size, 1)
        if entry.file_size > _RATIO_MATTERS_FROM and ratio > _HIGHEST_RATIO:
            limit = f"压缩了 {ratio} 倍（正常不超过 {_HIGHEST_RATIO} 倍）"
            raise InputRefused(f"{name} 里的 {entry.filename} {limit}，像是压缩炸弹：{_REPACK}")


def local_name(element: ElementTree.Element) -> str:
    """The tag without its namespace: transitional and strict OOXML differ in nothing else that matters here."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def attribute(element: ElementTree.Element, name: str) -> str | None:
    """The attribute with the local name `name`, whatever its namespace."""
    for key, value in element.items():
        if key == name or key.endswith(f"}}{name}"):
            return value
    return None
