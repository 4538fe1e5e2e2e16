"""Commands that are mistyped, and folders and files they name that are not what they should be."""

from __future__ import annotations

import os
from pathlib import Path

from bad_inputs.case import Build, Case, Refused, beside, file, good
from bad_inputs.good import REPORT, UNIT, YEAR

_PLACE = ("--data", "{data}")


def _check(unit: str = UNIT, year: str = str(YEAR), *more: str) -> tuple[str, ...]:
    return "check", "--unit", unit, "--year", year, *(more or _PLACE)


def _typed(name: str, command: tuple[str, ...], *words: str, code: int = 2, build: Build | None = None) -> Case:
    return Case(name, build or good(), Refused(words, code), command)


def _file_for_year(folder: Path) -> None:
    (folder.parent / "2032").write_text(REPORT, encoding="utf-8")


def _unit_is_link(folder: Path) -> None:
    (folder / "report.txt").write_text(REPORT, encoding="utf-8")
    (folder.parents[1] / "yi-water").symlink_to("/etc")


def _pipe(folder: Path) -> None:
    os.mkfifo(folder / "pipe.txt")


UNITS = [
    _typed(f"a unit called {unit!r}", _check(unit), "单位代号", "只能用小写字母", "例如")
    for unit in (
        "甲县水务局",
        "Jia-Water",
        "jia water",
        "jia_water",
        "../jia-water",
        "jia-water/",
        "/etc",
        "..",
        "",
        "-",
        "jia--water",
        "jia-water\n",
        "ｊｉａ",
        "a" * 65,
        "$HOME",
        "jia;ls",
        "con.",
    )
]
YEARS = [
    _typed(f"a year written {year!r}", _check(UNIT, year), "年度", "应为四位年份")
    for year in (
        "31",
        "２０３１",
        "2031.0",
        "-2031",
        " 2031",
        "2031\n",
        "2031年",
        "二〇三一",
        "",
        "0",
        "0000",
        "20311",
        "twenty",
        "2031/..",
        "1e3",
        "nan",
    )
]
PLACES = [
    _typed("a unit there is not", _check("yi-water"), "没有单位 yi-water 2031 年度的原始材料", "现有：jia-water 2031"),
    _typed("a year there is not", _check(UNIT, "2030"), "没有单位 jia-water 2030 年度的原始材料", "现有：jia-water 2031"),
    _typed(
        "a file called like the year",
        _check(UNIT, "2032"),
        "没有单位 jia-water 2032 年度的原始材料",
        "现有：jia-water 2031",
        build=beside(good(), _file_for_year),
    ),
    _typed(
        "a data folder there is not",
        _check(UNIT, str(YEAR), "--data", "{data}/没有"),
        "没有单位",
        "“没有”里没有 raw 文件夹",
        "请检查 --data",
    ),
    _typed(
        "a data folder that is a file",
        _check(UNIT, str(YEAR), "--data", "{folder}/report.txt"),
        "没有单位",
        "“report.txt”里没有 raw 文件夹",
        "请检查 --data",
    ),
    _typed(
        "the folder of the unit for that of the data",
        _check(UNIT, str(YEAR), "--data", "{folder}"),
        "没有单位",
        "“2031”里没有 raw 文件夹",
        "请检查 --data",
    ),
    _typed("a unit that is a link to elsewhere", _check("yi-water"), "没有单位 yi-water 2031", "现有", build=_unit_is_link),
]
COMMANDS = [
    _typed(f"the command {' '.join(command)!r}", command, "看不懂这条命令", "用法：")
    for command in (
        ("chekc",),
        ("check",),
        ("check", "--unit", UNIT),
        ("check", "--year", "2031"),
        ("check", "--yaer", "2031", "--unit", UNIT),
        ("check", "--unit", UNIT, "--year", "2031", "--stric"),
        ("check", "--unit", UNIT, "--year", "2031", "2030"),
        ("audit",),
        ("audit", "甲.txt", "乙.txt"),
        ("run", "--unit"),
        ("--year=2031",),
    )
]
AUDITS = [
    _typed("a file there is not", ("audit", "没有.docx"), "找不到文件 没有.docx", "请检查文件名", code=1),
    _typed("a folder for a file", ("audit", "{folder}"), "2031", "不是普通文件", "请给出报告文件", code=1),
    _typed("no name", ("audit", ""), "请给出", code=1),
    _typed("an address on the net", ("audit", "https://example.invalid/report.docx"), "找不到文件", "请", code=1),
    _typed("a pattern that fits nothing", ("audit", "{folder}/*.docx"), "找不到文件 *.docx", "请", code=1),
    _typed("a name that is too long", ("audit", "长" * 300), "长", "请", code=1),
    _typed("a name whose folder is a file", ("audit", "{folder}/report.txt/report.txt"), "report.txt", "请", code=1),
    _typed("a pipe", ("audit", "{folder}/pipe.txt"), "pipe.txt", "不是普通文件", "请", code=1, build=_pipe),
    _typed("a device", ("audit", "/dev/zero"), "zero", "不是普通文件", "请", code=1),
    _typed("the memory of a process", ("audit", "/proc/self/mem"), "mem", "请", code=1),
    _typed(
        "a text without a year",
        ("audit", "{folder}/report.txt"),
        "report.txt",
        "看不出是哪个年度",
        "请用 --year",
        build=file("report.txt", "某局支出3万元。"),
    ),
    _typed("a report and a year that is none", ("audit", "{folder}/report.txt", "--year", "31"), "年度“31”", "应为四位年份"),
    _typed(
        "an empty file to audit", ("audit", "{folder}/report.txt"), "report.txt", "空文件", "请放入", code=1, build=file("report.txt", b"")
    ),
]
_BATCH = ("--data", "{data}", "--outputs", "{outputs}")


def _batched(name: str, table: str | bytes, *words: str) -> Case:
    """A batch over a table with something wrong in it."""
    return _typed(name, ("batch", "{folder}/表.csv", *_BATCH), *words, code=1, build=file("表.csv", table))


BATCHES = [
    _typed("a batch of nothing", ("batch", *_BATCH), "三者选一", "用法"),
    _typed("a batch of a table and of all", ("batch", "表.csv", "--all", *_BATCH), "三者选一", "用法"),
    _typed("a table there is not", ("batch", "没有.csv", *_BATCH), "找不到文件 没有.csv", "请", code=1),
    _batched("a table without the heads", "甲,乙\n1,2\n", "表.csv 第 1 行", "应有列名 unit 和 year"),
    _batched("a table of heads", "unit,year\n", "表.csv", "请每行写一个单位和年度"),
    _batched("a table with a year that is none", "unit,year\njia-water,31\n", "表.csv 第 2 行", "应为四位数字"),
    _batched("a table with a row without a unit", "unit,year\n,2031\njia-water,2031\n", "表.csv 第 2 行", "没有单位", "请"),
    _batched("a table that is empty", b"", "表.csv", "空文件", "请放入"),
    _typed("a number of workers that is none", ("batch", "--all", "--workers", "-1", *_BATCH), "--workers “-1”", "应为 1 到 999"),
    _typed("no workers", ("batch", "--all", "--workers", "0", *_BATCH), "--workers “0”", "应为 1 到 999"),
    _typed("half a worker", ("batch", "--all", "--workers", "1.5", *_BATCH), "--workers “1.5”", "应为 1 到 999"),
    _typed("a batch of a year there is not", ("batch", "--all", "--year", "1999", *_BATCH), "没有要做的单位和年度", "现有"),
    _typed("reports to audit and nowhere to put them", ("batch", "--audit", "{folder}"), "--out", "用法"),
    _typed("reports to audit in no folder", ("batch", "--audit", "{folder}/没有", "--out", "{outputs}"), "没有", "请"),
]
OTHERS = [
    _typed("a comparison of no year", ("compare", "--year", "31", *_BATCH), "年度“31”", "应为四位年份"),
    _typed(
        "a comparison of bodies that were never run", ("compare", "--year", "2031", *_BATCH), "2031", "无从并列", "请先对各单位运行", code=1
    ),
    _typed("a new year of a unit that is none", ("new-year", "--unit", "甲", "--year", "2032", *_PLACE), "单位代号“甲”", "只能用小写字母"),
    _typed("a new year over one that is there", ("new-year", "--unit", UNIT, "--year", "2031", *_PLACE), "2031", "请"),
    _typed(
        "a new year from one that is not there",
        ("new-year", "--unit", UNIT, "--year", "2032", "--from", "1999", *_PLACE),
        "没有单位 jia-water 1999",
        "现有年度：2031",
    ),
    _typed(
        "a new year from the year after",
        ("new-year", "--unit", UNIT, "--year", "2030", "--from", "2031", *_PLACE),
        "--from 应为 2030 以前的年度",
        "现为 2031",
    ),
]

CASES = [*UNITS, *YEARS, *PLACES, *COMMANDS, *AUDITS, *BATCHES, *OTHERS]
