"""Bytes of a text file to text: the encodings Chinese offices use, and nothing guessed silently."""

from __future__ import annotations

import codecs
import re

from ..exceptions import InputRefused
from .content import Content

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_HAN = re.compile("[\u3400-\u9fff]")
_REMEDY = "请用记事本等软件打开确认文字正常，另存为 UTF-8 编码后再试"
# Of the hanzi in an official text all but rare names belong to GB 2312; bytes of another encoding read as GB18030 give far fewer.
_COMMON_SHARE = 0.97


def read_plain(data: bytes, name: str) -> Content:
    """Decode a text file and normalise its line ends.

    Raises InputRefused when the file is empty, no usual Chinese encoding fits, or the text is damaged.
    """
    text, encoding = decode(data, name)
    return Content(_LINE_ENDS.sub("\n", text), "txt", encoding)


def decode(data: bytes, name: str) -> tuple[str, str]:
    """Return the text of `data` and the encoding it was in: by byte-order mark, else strict UTF-8, UTF-16 or GB18030.

    Raises InputRefused when none fits or the outcome is no plausible Chinese text.
    """
    if not data.strip():
        raise InputRefused(f"{name} 是空文件：请放入报告全文后再试")
    for encoding in _candidates(data):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        _refuse_damage(text, name, encoding)
        if encoding == "gb18030" and not _is_plausible(text):
            continue
        return text, encoding
    raise InputRefused(f"{name} 的文字编码无法识别（试过 UTF-8、UTF-16、GB18030）：{_REMEDY}")


def _candidates(data: bytes) -> list[str]:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return [encoding]
    head = data[:4096]
    if head.count(0) > len(head) // 20:
        # Every ASCII character of unmarked UTF-16 has a zero byte: before it in big-endian order, after it in little-endian.
        return ["utf-16-be" if head[0::2].count(0) > head[1::2].count(0) else "utf-16-le"]
    return ["utf-8", "gb18030", *(["utf-16-le", "utf-16-be"] if len(data) % 2 == 0 else [])]


def _refuse_damage(text: str, name: str, encoding: str) -> None:
    """Refuse text in which characters were already lost before it reached us."""
    if not text.strip("\ufeff \t\r\n"):
        raise InputRefused(f"{name} 里只有空白：请放入报告全文后再试")
    if encoding.startswith("utf-16") and not _is_plausible(text):
        raise InputRefused(f"{name} 的文字编码无法识别：{_REMEDY}")
    for sign, what in (("\x00", "空字符（NUL）"), ("\ufffd", "替换符“\ufffd”，说明转码时已丢失文字"), ("锟斤拷", "乱码“锟斤拷”")):
        at = text.find(sign)
        if at >= 0:
            line = text.count("\n", 0, at) + 1
            column = at - (text.rfind("\n", 0, at) + 1) + 1
            raise InputRefused(f"{name} 第 {line} 行第 {column} 个字符是{what}：请找回原始文件重新保存为 UTF-8")
    if _looks_like_mojibake(text):
        raise InputRefused(f"{name} 像是用错编码打开后又保存的乱码（如“{text.strip()[:12]}”）：请找回原始文件重新保存为 UTF-8")


def _is_plausible(text: str) -> bool:
    han = _HAN.findall(text)
    private = sum("\ue000" <= c <= "\uf8ff" for c in text)
    if not han:
        return private == 0 and all(c.isprintable() or c.isspace() for c in text)
    common = sum(_in_gb2312(c) for c in han)
    return common >= _COMMON_SHARE * len(han) and private * 50 < len(text)


def _in_gb2312(character: str) -> bool:
    try:
        character.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


def _looks_like_mojibake(text: str) -> bool:
    """Chinese bytes read as Latin-1 leave many accented letters and hardly a hanzi; read as GBK, many hanzi outside GB 2312."""
    accented = sum("\x80" <= c <= "\xff" for c in text)
    han = len(_HAN.findall(text))
    return accented > max(8, han) or (han > 40 and not _is_plausible(text))
