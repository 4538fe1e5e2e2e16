"""Cards (source.toml) that are broken, or say what is not so."""

from __future__ import annotations

import os

from bad_inputs.case import Build, Case, Same, beside, file, good, refused, said
from bad_inputs.good import CARD, REPORT, card

_DEEP = "x = " + "[" * 20_000
_DIGITS = "title = " + "9" * 5_000


def _card(text: str | bytes) -> Build:
    return beside(good(), file(CARD, text))


def _changed(old: str, new: str) -> Build:
    whole = card()
    if old not in whole:
        raise ValueError(old)
    return _card(whole.replace(old, new))


BROKEN = [
    Case(
        "a quotation mark that is not closed",
        _changed('"甲县水务局（虚构）"', '"甲县水务局（虚构）'),
        refused("source.toml", "第 2 行", "请对照其他年度的来源卡改正"),
    ),
    Case(
        "full-width quotation marks",
        _changed('issuer = "甲县水务局（虚构）"', "issuer = “甲县水务局（虚构）”"),
        refused("source.toml", "第 2 行", "请"),
    ),
    Case("a card that breaks off", _card(card()[:60]), refused("source.toml", "请")),
    Case("a key that stands there twice", _card('title = "甲"\n' + card()), refused("source.toml", "第 2 行", "请")),
    Case("a card in GBK", _card(card().encode("gbk")), refused("source.toml", "不是 UTF-8", "请另存为 UTF-8")),
    Case("a card in UTF-16", _card(card().encode("utf-16")), refused("source.toml", "不是 UTF-8", "请另存为 UTF-8")),
    Case("a card with a byte-order mark", _card("\ufeff" + card()), Same()),
    Case("a card with line ends of Windows", _card(card().replace("\n", "\r\n")), Same()),
    Case("a card of zero bytes", _card(bytes(500)), refused("source.toml", "请")),
    Case("brackets nested beyond reason", _card(_DEEP), refused("source.toml", "请对照其他年度的来源卡改正")),
    Case("a number of five thousand digits", _card(_DIGITS), refused("source.toml", "请对照其他年度的来源卡改正")),
    Case("a day there is not", _changed('"2032-03-20"', "2032-02-30"), refused("source.toml", "第 3 行", "请")),
    Case("a card of ten megabytes", _card("# " + "甲" * 3_500_000), refused("source.toml", "MB", "请")),
    Case("a card in JSON", _card('{"title": "甲"}'), refused("source.toml", "第 1 行", "请")),
    Case("a card that is a workbook", _card(b"PK\x03\x04" + bytes(range(256))), refused("source.toml", "不是 UTF-8", "请")),
    Case(
        "a folder called like the card",
        beside(good(), lambda folder: (folder / CARD).mkdir()),
        refused("source.toml", "不是普通文件", "请"),
    ),
    Case(
        "a pipe called like the card", beside(good(), lambda folder: os.mkfifo(folder / CARD)), refused("source.toml", "不是普通文件", "请")
    ),
    Case(
        "a link called like the card",
        beside(good(), lambda folder: (folder / CARD).symlink_to("/etc/passwd")),
        refused("source.toml", "不是普通文件", "请"),
    ),
]

WRONG = [
    Case("no card", lambda folder: (folder / "报告.txt").write_text(REPORT, encoding="utf-8"), said("没有来源卡 source.toml", "请补写")),
    Case("an empty card", _card(" \n"), said("来源卡 source.toml 里没有内容", "请补写")),
    Case(
        "a card that Windows calls .toml.txt",
        beside(file("报告.txt", REPORT), file("source.toml.txt", card())),
        refused("source.toml.txt", "请"),
    ),
    Case("a card in capitals", beside(file("报告.txt", REPORT), file("Source.toml", card())), refused("Source.toml", "请")),
    Case("a field nobody knows", _changed("issuer", "isuer"), refused("source.toml", "不认识的字段 isuer", "可用字段")),
    Case("a field of a file nobody knows", _changed("role", "rolle"), refused("source.toml 第 1 个 [[file]]", "rolle", "可用字段")),
    Case(
        "a number for a title",
        _changed('"甲县水务局（虚构）2031年度部门整体支出绩效自评报告"', "12"),
        refused("source.toml", "title", "应为文字"),
    ),
    Case(
        "a list for an issuer",
        _changed('issuer = "甲县水务局（虚构）"', 'issuer = ["甲", "乙"]'),
        refused("source.toml", "issuer", "应为文字"),
    ),
    Case("files as a plain list", _card('title = "甲"\nfile = ["report.txt"]\n'), refused("source.toml", "[[file]]", "应写成")),
    Case("one file as a plain table", _card('title = "甲"\n[file]\nname = "report.txt"\n'), refused("source.toml", "[[file]]", "应写成")),
    Case(
        "a role there is not",
        _changed('role = "report"', 'role = "报告"'),
        refused("source.toml 第 1 个 [[file]]", "role", "report、table、other 之一"),
    ),
    Case("a role that is a number", _changed('role = "report"', "role = 1"), refused("source.toml 第 1 个 [[file]]", "role", "应为")),
    Case(
        "a role that is a list", _changed('role = "report"', 'role = ["report"]'), refused("source.toml 第 1 个 [[file]]", "role", "应为")
    ),
    Case(
        "two reports by role",
        beside(_card(card() + '[[file]]\nname = "乙.txt"\nrole = "report"\n'), file("乙.txt", REPORT)),
        refused("report.txt", "乙.txt", "分不清", "请在 source.toml"),
    ),
    Case(
        "a file that is not there",
        _card(card() + '[[file]]\nname = "乙.txt"\nrole = "other"\n'),
        refused("source.toml", "乙.txt", "没有这个文件", "请补回"),
    ),
    Case(
        "a file listed twice",
        _card(card() + '[[file]]\nname = "report.txt"\n'),
        refused("source.toml 第 2 个 [[file]]", "重复登记了 report.txt", "请"),
    ),
    Case(
        "a path out of the folder",
        _changed('name = "report.txt"', 'name = "../2030/report.txt"'),
        refused("source.toml 第 1 个 [[file]]", "../2030/report.txt", "应为本文件夹内的文件名"),
    ),
    Case(
        "a path from the root",
        _changed('name = "report.txt"', 'name = "/etc/passwd"'),
        refused("source.toml 第 1 个 [[file]]", "/etc/passwd", "应为本文件夹内的文件名"),
    ),
    Case("two points for a name", _changed('name = "report.txt"', 'name = ".."'), refused("source.toml 第 1 个 [[file]]", "..", "应为")),
    Case(
        "a name with a NUL",
        _changed('name = "report.txt"', 'name = "re\\u0000port.txt"'),
        refused("source.toml", "re?port.txt", "控制字符", "请删去"),
    ),
    Case(
        "an issuer that clears the screen", _card(card(issuer="甲县\\u001b[2J")), refused("source.toml", "甲县?[2J", "控制字符", "请删去")
    ),
    Case("an issuer with a blank of no width", _card(card(issuer="甲县\u200b水务局（虚构）")), Same()),
    Case(
        "a name that is no text",
        _changed('name = "report.txt"', "name = 5"),
        refused("source.toml 第 1 个 [[file]]", "5", "应为本文件夹内的文件名"),
    ),
    Case("the card as its own report", _changed('name = "report.txt"', 'name = "source.toml"'), refused("source.toml", "请")),
    Case("a hash of another file", _card(card(b"x")), said("report.txt 与登记时不同", "请查明")),
    Case(
        "a hash that is none",
        _card(card().replace('sha256 = "', 'sha256 = "x')),
        refused("source.toml 第 1 个 [[file]]", "sha256", "应为 64 位"),
    ),
    Case(
        "a hash in capitals",
        _card("\n".join(line.upper().replace("SHA256", "sha256") if "sha256" in line else line for line in card().split("\n"))),
        refused("source.toml 第 1 个 [[file]]", "sha256", "应为 64 位小写"),
    ),
    Case(
        "a hash that is a number",
        _card("\n".join("sha256 = 12" if "sha256" in line else line for line in card().split("\n"))),
        refused("source.toml 第 1 个 [[file]]", "sha256", "应为 64 位"),
    ),
    Case("no hash", _card("\n".join(line for line in card().split("\n") if "sha256" not in line)), said("没有登记 report.txt 的 sha256")),
    Case("no title and no issuer", _card(card(title="", issuer="")), said("来源卡没有写标题", "来源卡没有写发布单位")),
    Case("another issuer than the text names", _card(card(issuer="乙县林业局（虚构）")), said("乙县林业局（虚构）", "没有出现", "请核对")),
    Case("a rule set there is not", _card('scoring = "hubei"\n' + card()), refused("source.toml", "scoring", "hubei", "应为")),
    Case("a rule set that leads out of its folder", _card('scoring = "../sheets"\n' + card()), refused("source.toml", "scoring", "应为")),
    Case("a rule set that is a list", _card('scoring = ["national"]\n' + card()), refused("source.toml", "scoring", "应为")),
]

CASES = [*BROKEN, *WRONG]
