"""Bytes of a text file to text: the encodings Chinese offices use, and nothing guessed silently."""

from __future__ import annotations

import codecs
import re

from selfeval.exceptions import InputRefused

from .characters import ordinary_hanzi, visible
from .content import Content
from .wrapped import unwrapped

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# **一、基本情况**: how a text without fonts prints bold.
_BOLD = re.compile(r"\*\*(?=\S)([^*\n]+)(?<=\S)\*\*")
_HAN = re.compile("[\u3400-\u9fff]+")
_STRETCH = re.compile("[\u3400-\u9fff]{3,}")
_PRIVATE = re.compile("[\ue000-\uf8ff]")
_ACCENTED = re.compile("[\x80-\xff]")
_REMEDY = "请用记事本等软件打开确认文字正常，另存为 UTF-8 编码后再试"
# Of the hanzi in an official text all but rare names belong to GB 2312; bytes of another encoding read as GB18030 give far fewer.
_COMMON_SHARE = 0.97
# What was lost before the file reached us: where in the text, and what it looks like.
_LOST = (
    ("\x00", "空字符（NUL）"),
    ("\ufffd", "替换符“\ufffd”，说明转码时已丢失文字"),
    ("锟斤拷", "乱码“锟斤拷”"),
    ("烫烫烫", "乱码“烫烫烫”"),
    ("屯屯屯", "乱码“屯屯屯”"),
)
_DOUBTS = (
    (re.compile("(?<=[\u4e00-\u9fff，。；：、])\\?{2,}|\\?{2,}(?=[\u4e00-\u9fff])"), "连续的问号，像是转码时丢失的文字"),
    (re.compile("[\ue000-\uf8ff]"), "造字或特殊字体的字符，这里无法显示"),
    (re.compile("[^。！？]{5000,}"), "超过 5000 字没有断句的文字"),
)
_LEAST_HANZI = 5
_MOST_UNCOMMON = 0.3
_MOST_NAMED = 12
# Ten times the longest report, and a list of twenty thousand rows; more is another thing.
_LARGEST_TEXT, LARGEST_LIST = 3 * 2**20, 6 * 2**20


def read_plain(data: bytes, name: str) -> Content:
    """Decode a text file; line ends become `\\n`, lines a margin broke one, characters nobody sees are dropped, radicals
    become the hanzi they stand for, marks of bold print go.

    Raises InputRefused when the file is empty, no usual Chinese encoding fits, or the text is damaged.
    """
    refuse_long(data, name)
    text, encoding = decode(data, name)
    text = _BOLD.sub(r"\1", ordinary_hanzi(visible(text)))
    return Content(unwrapped(text), "txt", encoding, remarks=tuple(_doubts(text)))


def refuse_long(data: bytes, name: str, most: int = _LARGEST_TEXT) -> None:
    """Raise InputRefused for a text too long to be a report, before it is decoded."""
    if len(data) > most:
        limit = f"是 {len(data) / 2**20:.0f} MB 的文本，超过 {most // 2**20} MB 的上限"
        raise InputRefused(f"{name} {limit}：请只留正文再试")


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
    if not visible(text).strip():
        raise InputRefused(f"{name} 里只有空白：请放入报告全文后再试")
    if encoding.startswith("utf-16") and not _is_plausible(text):
        raise InputRefused(f"{name} 的文字编码无法识别：{_REMEDY}")
    for sign, what in _LOST:
        at = text.find(sign)
        if at >= 0:
            line = text.count("\n", 0, at) + 1
            column = at - (text.rfind("\n", 0, at) + 1) + 1
            raise InputRefused(f"{name} 第 {line} 行第 {column} 个字符是{what}：请找回原始文件重新保存为 UTF-8")
    if _looks_like_mojibake(text):
        raise InputRefused(f"{name} 像是用错编码打开后又保存的乱码（如“{visible(text).strip()[:12]}”）：请找回原始文件重新保存为 UTF-8")


def _doubts(text: str) -> list[str]:
    """Lines in which a few characters look lost, too few to refuse the file."""
    lines = text.split("\n")
    doubts = [(what, [number for number, line in enumerate(lines, 1) if pattern.search(line)]) for pattern, what in _DOUBTS]
    doubts.append(("文字像乱码", [number for number, line in enumerate(lines, 1) if _has_mojibake(line)]))
    shown = ((what, "、".join(map(str, found[:_MOST_NAMED])) + "等" * (len(found) > _MOST_NAMED)) for what, found in doubts if found)
    return [f"第 {numbers} 行有{what}，请对照原始文件核对" for what, numbers in shown]


def _has_mojibake(line: str) -> bool:
    """Whether a stretch of the line between two marks is of hanzi nobody uses; rare names are shorter."""
    stretches = (words for words in _STRETCH.findall(line) if len(words) >= _LEAST_HANZI)
    return any(_uncommon(words) > _MOST_UNCOMMON * len(words) for words in stretches)


def _is_plausible(text: str) -> bool:
    han = "".join(_HAN.findall(text))
    private = len(_PRIVATE.findall(text))
    if not han:
        return private == 0 and all(c.isprintable() or c.isspace() for c in text)
    common = len(han) - _uncommon(han)
    return common >= _COMMON_SHARE * len(han) and private * 50 < len(text)


def _uncommon(hanzi: str) -> int:
    """How many of `hanzi` GB 2312 does not have; those it has take two bytes each."""
    return len(hanzi) - len(hanzi.encode("gb2312", errors="ignore")) // 2


def _looks_like_mojibake(text: str) -> bool:
    """Chinese bytes read as Latin-1 leave many accented letters and hardly a hanzi; read as GBK, many hanzi outside GB 2312."""
    accented = len(_ACCENTED.findall(text))
    han = sum(map(len, _HAN.findall(text)))
    # Each hanzi counts once: a text that writes 萬 for 万 throughout is none.
    return accented > max(8, han) or (han > 40 and not _is_plausible("".join(set(text))))
