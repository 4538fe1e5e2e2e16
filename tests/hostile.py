"""An invented body, every text of which is an attack: names of files, fields of its card, cells, sentences, heads, decisions."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Sequence
from itertools import cycle
from pathlib import Path

from payloads import PAYLOADS, UNTIDY, as_file_names

UNIT, YEAR = "ji-hostile", 2031
# All of them in one, for the fields of a card, of which there is one a body.
ALL = " ".join(PAYLOADS)
_ROWS_SHOWN = 60
CARD = ("title", "issuer", "published", "obtained", "note")
# Where a payload stands; each must be found again on the page, as text.
SINKS = ("项目", "原因", "说明", "指标", "改进", "目标", "完成", "工作", "企业", "隐患", "检查", "正文原因", "标题", "句子", "理由", "姓名")


def write_raw(data: Path, payloads: Sequence[str] = PAYLOADS, untidy: Sequence[str] = UNTIDY) -> Path:
    """Lay out the raw folder under `data`, these payloads in every place of it, and return it."""
    folder = data / "raw" / UNIT / str(YEAR)
    folder.mkdir(parents=True)
    for title, rows in _sheets(payloads, untidy).items():
        text = io.StringIO()
        csv.writer(text, lineterminator="\n", quoting=csv.QUOTE_ALL).writerows(rows)
        (folder / f"{title}.csv").write_text(text.getvalue(), encoding="utf-8")
    report, *others = as_file_names(".txt")
    (folder / report).write_text("\n".join(_report_lines(payloads, untidy)), encoding="utf-8")
    for name in others:
        (folder / name).write_text("附件", encoding="utf-8")
    fields = [f"{name} = {_toml(at(name, ' '.join(payloads)))}" for name in CARD]
    roles = {report: "report", **dict.fromkeys(others, "other")}
    listed = [f"[[file]]\nname = {_toml(name)}\nrole = {_toml(role)}" for name, role in roles.items()]
    (folder / "source.toml").write_text("\n".join([*fields, *listed]), encoding="utf-8")
    return folder


def acknowledge(raw: Path, fingerprints: Iterable[str]) -> None:
    """Accept findings, with payloads for reason and name."""
    entries = [
        f"[[finding]]\nfingerprint = {_toml(mark)}\ndate = 2032-01-02\n"
        f"reason = {_toml(at('理由', payload))}\nby = {_toml(at('姓名', payload))}\n"
        for mark, payload in zip(fingerprints, cycle(PAYLOADS), strict=False)
    ]
    (raw / "acknowledged.toml").write_text("\n".join(entries), encoding="utf-8")


def at(sink: str, text: str) -> str:
    """The payload as it is put into a sink: the mark at its end tells on the page where it came from."""
    return f"{text}·{sink}"


def put_into(sink: str, payloads: Sequence[str] = PAYLOADS, untidy: Sequence[str] = UNTIDY) -> list[str]:
    """What a reader is to find again of a sink: of a ledger the page shows the first rows only, of decisions there are those it took."""
    if sink in {"企业", "隐患", "检查"}:
        return [at(sink, text) for text in (*untidy, *payloads)[:_ROWS_SHOWN]]
    return [at(sink, text) for text in (payloads if sink in {"理由", "姓名", "正文原因"} else (*untidy, *payloads))]


def _sheets(payloads: Sequence[str], untidy: Sequence[str]) -> dict[str, list[list[object]]]:
    budget, base, marks, work, hazards, visits = [], [], [], [], [], []
    for number, text in enumerate((*untidy, *payloads)):
        item, money = at("项目", text), 100 + number
        spent = money * 2 if number % 2 else money
        budget.append(["一般公共预算", "项目支出", item, "", money, money, spent, at("原因", text)])
        base.append(["项目支出", item, "万元", money, "", "", at("说明", text)])
        marks.append([item, "产出指标", "数量指标", at("指标", text), "≥", 10, 8, text[:20], 50, "", "", at("改进", text)])
        marks.append([item, "效益指标", "社会效益指标", text, "定性", at("目标", text), at("完成", text), "", 30, "", "", text])
        work.append(["教育培训", "水利", at("工作", text), number + 1, text[:20], "准确"])
        hazards.append(["水利", at("企业", text), at("隐患", text), "一般隐患", "2031-03-01", "整改中", ""])
        visits.append(["水利", at("检查", text), "2031-03-01", 1, "0.5"])
    whole = " ".join(payloads)
    marks.append(["", "年度总体目标", "", "", "", whole, whole, "", "", "", "", ""])
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


def _report_lines(payloads: Sequence[str], untidy: Sequence[str]) -> Iterable[str]:
    total = sum(100 + number for number in range(len(payloads)))
    yield f"{YEAR}年度部门整体支出绩效自评报告"
    yield "一、基本支出情况"
    yield f"基本支出绩效目标120万元，实际支出100万元，其中人员经费支出70万元，公用经费支出20万元，因为{payloads[0]}。"
    yield "二、项目支出情况"
    yield f"项目支出绩效目标{total}万元，实际支出{total}万元。"
    for number, text in enumerate(payloads):
        yield f"{number + 1}、{text}项目，绩效目标{100 + number}万元，实际支出{90 + number}万元，原因是{at('正文原因', text)}。"
    yield "三、工作完成情况"
    for number, text in enumerate((*untidy, *payloads)):
        yield f"（{number + 1}）{at('标题', text)}"
        yield f"今年{text}，排查发现隐患{number + 3}处，已整改{number + 1}处，检查{text}企业{number + 2}家，{at('句子', text)}。"


def _toml(text: str) -> str:
    """`text` as a basic string of TOML, which JSON's strings are."""
    return json.dumps(text)
