"""Waivers (acknowledged.toml) and corrections (corrections.toml) that are broken, or fit nothing any more."""

from __future__ import annotations

import os

from bad_inputs.case import Build, Case, Same, beside, file, good, refused, said
from bad_inputs.good import ACKNOWLEDGED, CORRECTIONS

_SIGNED = 'reason = "抄错"\nby = "某人"\ndate = 2032-03-01\n'


def _waiver(text: str | bytes) -> Build:
    return beside(good(), file(ACKNOWLEDGED, text))


def _corrected(text: str | bytes) -> Build:
    return beside(good(), file(CORRECTIONS, text))


def _waived(mark: str, signed: str = _SIGNED) -> str:
    return f'[[finding]]\nfingerprint = "{mark}"\n{signed}'


def _correction(quote: str = "水库巡查绩效目标30.00万元", expected: str = "30", new: str = "31", signed: str = _SIGNED) -> str:
    return f'[[correction]]\nquote = "{quote}"\nexpected = {expected}\ncorrected = {new}\n{signed}'


_FILES = [
    case
    for name in (ACKNOWLEDGED, CORRECTIONS)
    for case in (
        Case(f"{name} in GBK", beside(good(), file(name, "# 认可的结论\n".encode("gbk"))), refused(name, "不是 UTF-8", "请另存为 UTF-8")),
        Case(f"{name} that is no TOML", beside(good(), file(name, "这里没有\n")), refused(name, "第 1 行", "请")),
        Case(f"{name} that breaks off", beside(good(), file(name, '[[finding]]\nreason = "')), refused(name, "请")),
        Case(f"{name} as a folder", beside(good(), lambda folder, name=name: (folder / name).mkdir()), refused(name, "不是普通文件", "请")),
        Case(f"{name} as a pipe", beside(good(), lambda folder, name=name: os.mkfifo(folder / name)), refused(name, "不是普通文件", "请")),
        Case(
            f"{name} as a link",
            beside(good(), lambda folder, name=name: (folder / name).symlink_to("/etc/passwd")),
            refused(name, "不是普通文件", "请"),
        ),
        Case(f"{name} with brackets nested beyond reason", beside(good(), file(name, "x = " + "[" * 20_000)), refused(name, "请")),
        Case(f"{name} with a number of five thousand digits", beside(good(), file(name, "x = " + "9" * 5_000)), refused(name, "请")),
        Case(f"{name} with a table nobody knows", beside(good(), file(name, '[[findings]]\nreason = "甲"\n')), refused(name, "应由")),
        Case(
            f"{name} with its table written once",
            beside(good(), file(name, '[finding]\nreason = "甲"\n[correction]\nreason = "甲"\n')),
            refused(name, "应由"),
        ),
        Case(f"{name} with nothing in it", beside(good(), file(name, "")), Same()),
        Case(f"{name} with a note and nothing else", beside(good(), file(name, "\ufeff# 无\r\n")), Same()),
        Case(
            f"{name} that Windows calls .txt",
            beside(good(), file(f"{name}.txt", _waived("000000000000"))),
            said(f"{name}.txt 没有登记在来源卡上"),
        ),
    )
]

_WAIVERS = [
    Case(
        "a waiver of a finding there is not",
        _waiver(_waived("000000000000")),
        refused(ACKNOWLEDGED, "000000000000", "已经没有了", "请重新核对"),
    ),
    Case(
        "a waiver without a reason",
        _waiver(_waived("000000000000", 'by = "某人"\ndate = 2032-03-01\n')),
        refused(f"{ACKNOWLEDGED} 第 1 个", "缺少 reason", "请"),
    ),
    Case(
        "a waiver nobody signed",
        _waiver(_waived("000000000000", 'reason = "甲"\nby = ""\ndate = 2032-03-01\n')),
        refused(f"{ACKNOWLEDGED} 第 1 个", "缺少 by", "请"),
    ),
    Case(
        "a waiver without a day",
        _waiver(_waived("000000000000", 'reason = "甲"\nby = "某人"\n')),
        refused(f"{ACKNOWLEDGED} 第 1 个", "缺少 date", "请"),
    ),
    Case(
        "a waiver of the thirty-second of March",
        _waiver(_waived("000000000000", _SIGNED.replace("2032-03-01", '"2032-03-32"'))),
        refused(f"{ACKNOWLEDGED} 第 1 个", "2032-03-32", "应为年-月-日"),
    ),
    Case("a waiver by a mark that is none", _waiver(_waived("项目支出")), refused(f"{ACKNOWLEDGED} 第 1 个", "项目支出", "应照抄")),
    Case(
        "a waiver by a mark that is a number",
        _waiver("[[finding]]\nfingerprint = 123456789012\n" + _SIGNED),
        refused(f"{ACKNOWLEDGED} 第 1 个", "fingerprint", "应为文字"),
    ),
    Case(
        "a waiver with a field nobody knows",
        _waiver(_waived("000000000000") + 'resaon = "甲"\n'),
        refused(f"{ACKNOWLEDGED} 第 1 个", "resaon", "可用字段"),
    ),
    Case(
        "a waiver that is there twice", _waiver(_waived("000000000000") * 2), refused(ACKNOWLEDGED, "重复登记了 000000000000", "请只留一条")
    ),
    Case(
        "a reason that is a list",
        _waiver(_waived("000000000000", _SIGNED.replace('"抄错"', '["抄错"]'))),
        refused(f"{ACKNOWLEDGED} 第 1 个", "reason", "应为文字"),
    ),
]

_CORRECTIONS = [
    Case(
        "a correction of words that are not there",
        _corrected(_correction("渠道巡查绩效目标30.00万元")),
        refused(f"{CORRECTIONS} 第 1 条", "找不到原句", "请"),
    ),
    Case(
        "a correction of another value than is printed",
        _corrected(_correction(expected="29")),
        refused(f"{CORRECTIONS} 第 1 条", "没有数值为 29", "请核对 expected"),
    ),
    Case(
        "a correction that fits two figures",
        _corrected(_correction("渠道清淤绩效目标24.50万元，实际支出24.50万元", "24.50")),
        refused(f"{CORRECTIONS} 第 1 条", "有 2 个", "请把引文写长一些"),
    ),
    Case(
        "two corrections of one figure",
        _corrected(_correction() + _correction(new="32")),
        refused(f"{CORRECTIONS} 第 2 条", "已被另一条更正", "请"),
    ),
    Case(
        "a correction to words", _corrected(_correction(new='"三十"')), refused(f"{CORRECTIONS} 第 1 个", "corrected", "三十", "应为数字")
    ),
    Case("a correction to no number", _corrected(_correction(new="nan")), refused(f"{CORRECTIONS} 第 1 个", "corrected", "应为数字")),
    Case("a correction to infinity", _corrected(_correction(new="inf")), refused(f"{CORRECTIONS} 第 1 个", "corrected", "应为数字")),
    Case(
        "a correction to a power beyond reason",
        _corrected(_correction(new="1e999999")),
        refused(f"{CORRECTIONS} 第 1 个", "corrected", "应为数字", "不超过 15 位"),
    ),
    Case("a correction to yes", _corrected(_correction(new="true")), refused(f"{CORRECTIONS} 第 1 个", "corrected", "应为数字")),
    Case("a correction with a unit", _corrected(_correction(new='"31万元"')), refused(f"{CORRECTIONS} 第 1 个", "corrected", "应为数字")),
    Case("a correction without words", _corrected(_correction("")), refused(f"{CORRECTIONS} 第 1 个", "缺少 quote", "请")),
    Case(
        "a correction without a value",
        _corrected('[[correction]]\nquote = "水库"\n' + _SIGNED),
        refused(f"{CORRECTIONS} 第 1 个", "缺少 expected", "缺少 corrected", "请"),
    ),
    Case(
        "a correction with a comma for the point",
        _corrected(_correction(new='"31,5"')),
        refused(f"{CORRECTIONS} 第 1 个", "corrected", "应为数字"),
    ),
]

CASES = [*_FILES, *_WAIVERS, *_CORRECTIONS]
