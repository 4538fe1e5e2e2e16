"""Invented bodies every text of which is an attack: one that keeps sheets, one that writes a report, and many of which only the name is."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Iterable
from pathlib import Path

from payloads import PAYLOADS, UNTIDY, as_file_names
from selfeval.decisions import open_findings
from selfeval.tables import read_table

YEAR = 2031
SHEETS, REPORT = "a-sheets", "b-report"
# All of them in one, for the fields of a card, of which there is one a body.
ALL = " ".join(PAYLOADS)


def write_raw(data: Path) -> None:
    """Lay out the raw folders of both bodies."""
    _write_sheets(data / "raw" / SHEETS / str(YEAR))
    _write_report(data / "raw" / REPORT / str(YEAR))


def acknowledge(raw: Path, tables: Path) -> None:
    """Accept every open finding of the tables, with payloads for reason and name."""
    left = open_findings(read_table("findings", tables))["fingerprint"]
    entries = [
        f"[[finding]]\nfingerprint = {_toml(mark)}\nreason = {_toml(payload)}\nby = {_toml(payload)}\ndate = 2032-01-02\n"
        for mark, payload in zip(left, PAYLOADS * 9, strict=False)
    ]
    (raw / "acknowledged.toml").write_text("\n".join(entries), encoding="utf-8")


def _write_sheets(folder: Path) -> None:
    folder.mkdir(parents=True)
    for title, rows in _sheets().items():
        text = io.StringIO()
        csv.writer(text, lineterminator="\n", quoting=csv.QUOTE_ALL).writerows(rows)
        (folder / f"{title}.csv").write_text(text.getvalue(), encoding="utf-8")
    _write_card(folder, ALL, [])


def _sheets() -> dict[str, list[list[object]]]:
    budget, base, marks, work, hazards, visits = [], [], [], [], [], []
    for number, text in enumerate((*PAYLOADS, *UNTIDY)):
        money = 100 + number
        budget.append(["一般公共预算", "项目支出", text, "", money, money, money * 2 if number % 2 else money, text if number % 4 else ""])
        base.append(["项目支出", text, "万元", money, "", "", text])
        marks.append([text, "产出指标", "数量指标", text, "≥", 10, 8, text[:20], 50, "", "", text])
        marks.append([text, "效益指标", "社会效益指标", text, "定性", text, text, "", 30, "", "", text])
        work.append(["教育培训", "水利", text, number + 1, text[:20], "准确"])
        hazards.append(["水利", text, text, "一般隐患", "2031-03-01", "整改中", ""])
        visits.append(["水利", text, "2031-03-01", 1, "0.5"])
    marks.append(["", "年度总体目标", "", "", "", ALL, ALL, "", "", "", "", ""])
    heads = {
        "预算执行": "预算类别,支出性质,项目名称,资金来源,年初预算数,全年预算数,全年执行数,偏差原因",
        "基础数据": "类别,项目,单位,上年决算数,本年预算数,本年决算数,说明",
        "绩效指标": "项目,一级指标,二级指标,三级指标,指标性质,年度指标值,实际完成值,度量单位,分值,定性档次,自评得分,偏差原因分析及改进措施",
        "工作数据": "工作领域,行业,指标,数值,单位,准确程度",
        "隐患台账": "行业,单位名称,隐患内容,隐患等级,发现日期,整改状态,整改完成日期",
        "执法台账": "行业,被检查单位,检查日期,下达执法文书,罚款金额",
    }
    rows = (budget, base, marks, work, hazards, visits)
    return {title: [head.split(","), *found] for (title, head), found in zip(heads.items(), rows, strict=True)}


def _write_report(folder: Path) -> None:
    folder.mkdir(parents=True)
    text = "\n".join(_report_lines())
    name = as_file_names(".txt")[0]
    (folder / name).write_text(text, encoding="utf-8")
    listed = [(name, "report", text.encode())]
    for number, other in enumerate(as_file_names(".pdf")[1:]):
        (folder / other).write_text(f"附件{number}", encoding="utf-8")
        listed.append((other, "other", b""))
    _write_card(folder, ALL, listed)


def _report_lines() -> Iterable[str]:
    total = sum(100 + number for number in range(len(PAYLOADS)))
    yield f"{YEAR}年度丙县水务局（虚构）整体支出绩效自评报告"
    yield "一、基本支出情况"
    yield f"基本支出绩效目标120万元，实际支出100万元，其中人员经费支出70万元，公用经费支出20万元，因为{PAYLOADS[0]}。"
    yield "二、项目支出情况"
    yield f"项目支出绩效目标{total}万元，实际支出{total}万元。"
    for number, text in enumerate(PAYLOADS):
        yield f"{number + 1}、{text}项目，绩效目标{100 + number}万元，实际支出{90 + number}万元，原因是{text}。"
    yield "三、工作完成情况"
    for number, text in enumerate((*PAYLOADS, *UNTIDY)):
        yield f"（{number + 1}）{text}"
        yield f"今年{text}，排查发现隐患{number + 3}处，已整改{number + 1}处，检查{text}企业{number + 2}家，{text}。"


def _write_card(folder: Path, text: str, files: Iterable[tuple[str, str, bytes]]) -> None:
    fields = [f"{name} = {_toml(text)}" for name in ("title", "issuer", "published", "obtained", "note")]
    listed = [
        f"[[file]]\nname = {_toml(name)}\nrole = {_toml(role)}\nsha256 = {_toml(hashlib.sha256(data).hexdigest())}"
        for name, role, data in files
    ]
    (folder / "source.toml").write_text("\n".join([*fields, *listed]), encoding="utf-8")


def _toml(text: str) -> str:
    """`text` as a basic string of TOML, which JSON's strings are."""
    return json.dumps(text)
