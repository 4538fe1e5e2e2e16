"""What stands between a file from anywhere and the readers: only regular files of bearable size, told apart by content, not by name.

Every fault found in a file ends as InputRefused with the file's name, what was found and what to do.
"""

from __future__ import annotations

import codecs
import errno
import os
import re
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path

from selfeval.exceptions import InputRefused
from selfeval.knowledge import load
from selfeval.paths import real_path

from .package import open_package

COMPOUND_SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
LARGEST_FILE = 50 * 2**20
_MEGABYTE = 2**20

_FORMATS = load("formats")
_REMEDIES = _FORMATS["remedies"]


def _listed(how: str) -> list[tuple[str, str, str]]:
    """What tells a format that is not read, what it is called and what to do."""
    return [(sign, what, _REMEDIES.get(remedy, remedy)) for sign, what, remedy in _FORMATS[how]]


_MAGIC = [(sign.encode("latin-1"), what, remedy) for sign, what, remedy in _listed("begins")]
_PATTERNS = [(re.compile(sign.encode("latin-1"), re.DOTALL), what, remedy) for sign, what, remedy in _listed("begins_like")]
_XML_KINDS = [(re.compile(sign.encode("latin-1")), what, remedy) for sign, what, remedy in _listed("xml")]
_WEB_PAGE = re.compile(
    rb"<!doctype\s+html|<html[\s>]|^\s*(?:<!--(?:(?!-->).){0,400}-->\s*){0,9}<(?:head|body|table|div|p|span|meta|h[1-6])[\s>]",
    re.DOTALL,
)
_WEB_ARCHIVE = re.compile(rb"\s*[\w-]+:[^\n]*\n(?:.*\n)?content-type: *multipart/related", re.DOTALL)
# No text has four zero bytes in a row, in whatever encoding but UTF-32.
_ZEROS = bytes(4)
_CONTROLS = bytes(set(range(32)) - set(b"\t\n\r\f\v\x1a"))  # what no text holds
_ANY_TAG = re.compile(rb"<[a-z][a-z0-9]*[\s>/]")


@contextmanager
def faults_refused(name: str, what: str) -> Iterator[None]:
    """Turn whatever a parser raises on a damaged file into InputRefused."""
    try:
        yield
    except InputRefused:
        raise
    except Exception as fault:
        # Third-party parsers raise anything at all on damaged bytes; none of it may reach the reader as a traceback.
        raise InputRefused(f"{name} 已损坏，读不出{what}（{type(fault).__name__}）：请重新下载，或打开后另存一份再试") from fault


def read_bytes(path: Path, folder: Path | None = None) -> bytes:
    """Return the bytes of the regular file `path`, which must lie in `folder` (its own folder unless told) once links are followed.

    Raises InputRefused for anything missing, not a regular file, empty or larger than LARGEST_FILE.
    """
    path = Path(path)
    _refuse_link_out(path, folder or path.parent)
    try:
        # Without O_NONBLOCK opening a named pipe waits for ever for a writer.
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    except FileNotFoundError:
        raise InputRefused(f"找不到文件 {path.name}：请检查文件名和所在文件夹") from None
    except OSError as fault:
        if fault.errno == errno.ELOOP:
            raise InputRefused(f"{path.name} 是循环的链接，或链接套链接层数太多：请换成文件本身") from fault
        raise InputRefused(f"{path.name} 打不开（{fault.strerror}）：请检查它是不是普通文件、有没有读取权限") from fault
    try:
        _refuse_unbearable(os.fstat(handle), path.name)
    except InputRefused:
        os.close(handle)
        raise
    with os.fdopen(handle, "rb") as file:
        data = file.read(LARGEST_FILE + 1)
    if len(data) > LARGEST_FILE:
        raise InputRefused(_too_large(path.name, len(data)))
    return data


def _refuse_link_out(path: Path, folder: Path) -> None:
    try:
        inside = real_path(path).is_relative_to(real_path(folder))
    except (OSError, ValueError) as fault:
        raise InputRefused(f"{path.name} 的文件名不合规：请改名后再试") from fault
    if not inside:
        raise InputRefused(f"{path.name} 是指向文件夹之外的链接：请把文件本身复制到这里")


def _refuse_unbearable(status: os.stat_result, name: str) -> None:
    if not stat.S_ISREG(status.st_mode):
        raise InputRefused(f"{name} 不是普通文件（是文件夹、管道或设备）：请给出报告文件本身")
    if status.st_size > LARGEST_FILE:
        raise InputRefused(_too_large(name, status.st_size))
    if not status.st_size:
        raise InputRefused(f"{name} 是空文件：请放入报告全文后再试")


def _too_large(name: str, size: int) -> str:
    limit = LARGEST_FILE // _MEGABYTE
    return f"{name} 有 {size / _MEGABYTE:.0f} MB，超过 {limit} MB 的上限：请删去图片和附件，或只留报告正文后再试"


def sniff(data: bytes, name: str) -> str:
    """Return the format of a file: txt, docx, xlsx, xls, pdf, html or csv. Content decides; the extension only tells text files apart.

    Raises InputRefused for a format that is known and not read, naming the way out.
    """
    if name.startswith("~$"):
        raise InputRefused(f"{name} 是 Office 打开文件时留下的临时文件：请关闭 Office，用不带“~$”的那个文件")
    _refuse_other_formats(data, name)
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _sniff_package(data, name)
    if data.startswith(COMPOUND_SIGNATURE):
        return _sniff_compound(data, name)
    if b"%PDF-" in data[:1024]:
        return "pdf"
    return _sniff_text(data, name)


def _refuse_other_formats(data: bytes, name: str) -> None:
    for magic, what, remedy in _MAGIC:
        if data.startswith(magic):
            raise InputRefused(f"{name} 是{what}：{remedy}")
    for pattern, what, remedy in _PATTERNS:
        if pattern.match(data):
            raise InputRefused(f"{name} 是{what}：{remedy}")


def _sniff_package(data: bytes, name: str) -> str:
    parts = open_package(data, name).parts
    for part, what, remedy in _listed("package"):
        if part in parts:
            raise InputRefused(f"{name} 是{what}：{remedy}")
    if any(part.lower().startswith("word/document") for part in parts):
        return "docx"
    if "xl/workbook.xml" in parts:
        return "xlsx"
    raise InputRefused(f"{name} 是 ZIP 压缩包，不是 Word 或 Excel 文件：{_REMEDIES['unpack']}")


def _sniff_compound(data: bytes, name: str) -> str:
    with faults_refused(name, "文件目录"):
        streams = import_module(".xls", __package__).stream_names(data)  # what takes old files apart is imported when one comes
    for stream, what, remedy in _listed("compound"):
        if stream in streams and not (stream == "Book" and "Workbook" in streams):
            raise InputRefused(f"{name} 是{what}：{remedy}")
    if "Workbook" in streams:
        return "xls"
    raise InputRefused(f"{name} 是旧版 Office 或 WPS 文件，认不出种类：请打开后另存为 .docx 或 .xlsx 再试")


def _sniff_text(data: bytes, name: str) -> str:
    _refuse_gap(data, name)
    head = _plain_bytes(data[:8192]).lower()
    suffix = Path(name).suffix.lower()
    if _WEB_PAGE.search(head) or _WEB_ARCHIVE.match(head):
        return "html"
    for pattern, what, remedy in _XML_KINDS:
        if head.lstrip().startswith(b"<?xml") and pattern.search(head):
            raise InputRefused(f"{name} 是{what}：{remedy}")
    if _is_binary(head):
        raise InputRefused(f"{name} 不是文本，也不是能识别的文件：{_REMEDIES['report']}")
    if suffix in {".html", ".htm", ".mht", ".mhtml"} and _ANY_TAG.search(head):
        return "html"
    if suffix in {".csv", ".tsv"}:
        return "csv"
    return "csv" if suffix in {".xls", ".xlsx", ".et"} and _has_columns(head) else "txt"


def _refuse_gap(data: bytes, name: str) -> None:
    """Refuse a text of which a stretch was never written, as after a crash or a broken copy."""
    at = data.find(_ZEROS)
    if at >= 0 and _wide_encoding(data[:4]) != "utf-32" and not _is_binary(data[:8192].replace(b"\0", b"")):
        line = data.count(b"\n", 0, at) + 1
        raise InputRefused(f"{name} 第 {line} 行起有一段空字节（NUL），文件没有保存或复制完整：请找回原始文件重新复制")


def _is_binary(head: bytes) -> bool:
    return (len(head) - len(head.translate(None, _CONTROLS))) * 20 > len(head)


def _plain_bytes(head: bytes) -> bytes:
    """`head` with every character beyond ASCII of UTF-16 or UTF-32 as a question mark, so that markup in it can be searched as ASCII."""
    encoding = _wide_encoding(head)
    return head.decode(encoding, "replace").encode("ascii", "replace") if encoding else head


def _wide_encoding(head: bytes) -> str:
    """The encoding of two or four bytes a character that `head` is in, '' where it is in none."""
    if head.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        return "utf-32"
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if max(even, odd) * 10 <= len(head) or len(head) < 2:
        return ""
    return "utf-16-be" if even > odd else "utf-16-le"


def _has_columns(head: bytes) -> bool:
    lines = [line for line in head.splitlines() if line.strip()]
    return any(sum(mark in line for line in lines) * 2 > len(lines) for mark in (b"\t", b",", b";"))
