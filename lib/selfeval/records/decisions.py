"""What people have decided about a year's material: findings they accept (acknowledged.toml) and figures they correct (corrections.toml).

A decision is data: who, when, why. One that matches nothing any more is refused, never dropped in silence.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

import pandas as pd

from selfeval.exceptions import InputRefused
from selfeval.paths import Place
from selfeval.reading.figures import Figure, figure_id
from selfeval.records.hand_written import read_hand_written
from selfeval.tables import rows_in

ACKNOWLEDGED, CORRECTIONS = "acknowledged.toml", "corrections.toml"

_ALWAYS = ("reason", "by", "date")
_FIELDS = {
    ACKNOWLEDGED: ("finding", ("fingerprint", *_ALWAYS), ("title",)),
    CORRECTIONS: ("correction", ("quote", "expected", "corrected", *_ALWAYS), ()),
}
_FINGERPRINT = re.compile(r"[0-9a-f]{12}(?:-\d+)?")
_MOST_DIGITS = 15
_OPEN_VERDICTS, _OPEN_SEVERITIES = ("differs",), ("high", "medium")


@dataclass(frozen=True)
class Acknowledgement:
    """A finding somebody accepts, by its fingerprint; `title` is only there for people to read."""

    fingerprint: str
    reason: str
    by: str
    date: str
    title: str = ""


@dataclass(frozen=True)
class Correction:
    """A figure somebody corrects: the words around it, the value printed there now, and the value it should have."""

    quote: str
    expected: Decimal
    corrected: Decimal
    reason: str
    by: str
    date: str

    def sentence(self) -> str:
        """The correction as the report tells of it."""
        return f"“{self.quote}”中的 {self.expected} 按人工更正取 {self.corrected}：{self.reason}（{self.by}，{self.date}）"


@dataclass(frozen=True)
class Decisions:
    """All decisions about one year's material."""

    acknowledged: tuple[Acknowledgement, ...] = ()
    corrections: tuple[Correction, ...] = ()

    def written(self) -> dict[str, list[dict[str, str]]]:
        """All of them as plain text, for the manifest."""
        both = {"acknowledged": self.acknowledged, "corrections": self.corrections}
        return {name: [{key: str(value) for key, value in asdict(entry).items()} for entry in entries] for name, entries in both.items()}


def read_decisions(place: Place) -> Decisions:
    """Read both files of the raw folder of `place`; a file that is not there holds no decisions.

    Raises InputRefused, naming every fault of both files at once.
    """
    faults: list[str] = []
    shown = f"data/raw/{place.unit}/{place.year}"
    entries = {name: _entries(place.raw / name, faults) for name in _FIELDS}
    acknowledged = [
        Acknowledgement(entry["fingerprint"], entry["reason"], entry["by"], str(entry["date"]), entry.get("title", ""))
        for entry in entries[ACKNOWLEDGED]
        if not _faults_of(ACKNOWLEDGED, entry)
    ]
    corrections = [_correction(entry) for entry in entries[CORRECTIONS] if not _faults_of(CORRECTIONS, entry)]
    marks = [entry.fingerprint for entry in acknowledged]
    faults += [f"{ACKNOWLEDGED} 重复登记了 {mark}；请只留一条" for mark in dict.fromkeys(marks) if marks.count(mark) > 1]
    if faults:
        raise InputRefused([f"{shown}：{fault}" for fault in faults])
    return Decisions(tuple(acknowledged), tuple(corrections))


# ---- applying ---------------------------------------------------------------------------------------------------------------------------


def acknowledge(findings: pd.DataFrame, acknowledged: Sequence[Acknowledgement]) -> pd.DataFrame:
    """Return `findings` with the column acknowledged filled: the reason, who gave it and when.

    Raises InputRefused, naming all of them, for acknowledgements whose finding the report no longer has.
    """
    if not acknowledged:
        return findings
    known = set(findings["fingerprint"])
    stale = [entry for entry in acknowledged if entry.fingerprint not in known]
    if stale:
        raise InputRefused([_stale_finding(entry) for entry in stale])
    said = {entry.fingerprint: f"{entry.reason}（{entry.by}，{entry.date}）" for entry in acknowledged}
    return findings.assign(acknowledged=[said.get(mark, "") for mark in findings["fingerprint"]])


def correct(text: str, figures: Sequence[Figure], corrections: Sequence[Correction]) -> tuple[list[Figure], dict[int, Correction]]:
    """Return `figures` with the corrected values in place, and which correction changed the figure at which index.

    The text stays as received: evidence quotes what was printed, the value is what was decided. Raises InputRefused, naming all of them,
    for corrections whose words are not in the report, or hold no figure or several figures of the expected value.
    """
    changed, faults = {}, []
    for number, entry in enumerate(corrections, start=1):
        found = _figures_at(text, figures, entry)
        if len(found) == 1 and found[0] not in changed:
            changed[found[0]] = entry
        else:
            faults.append(_misplaced(number, entry, text, found))
    if faults:
        raise InputRefused(faults)
    new = [figure._replace(value=changed[index].corrected) if index in changed else figure for index, figure in enumerate(figures)]
    return new, changed


def mark_corrected(table: pd.DataFrame, corrected: Iterable[int]) -> pd.DataFrame:
    """The table (lines, facts, indicators), its `source` correction where a row rests on a figure at one of the indices `corrected`."""
    ids = {figure_id(index) for index in corrected}
    if not ids:
        return table
    columns = [column for column in table if column == "figure_id" or column.endswith("_figure")]
    touched = [bool(ids & set(" ".join(row).split())) for row in rows_in(table[columns])]
    return table.assign(source=["correction" if hit else source for hit, source in zip(touched, table["source"], strict=True)])


def explain_corrected(figures: pd.DataFrame, corrected: Mapping[int, Correction]) -> pd.DataFrame:
    """Return a figures table whose `correction` says why a value is no longer the printed one, who decided so and when."""
    if not corrected:
        return figures
    said = {figure_id(index): f"{entry.reason}（{entry.by}，{entry.date}）" for index, entry in corrected.items()}
    return figures.assign(correction=[said.get(identifier, "") for identifier in figures["figure_id"]])


def open_findings(findings: pd.DataFrame) -> pd.DataFrame:
    """The findings that keep a strict check from passing: differences of high or medium weight nobody has acknowledged."""
    unmet = findings["verdict"].isin(_OPEN_VERDICTS) & findings["severity"].isin(_OPEN_SEVERITIES) & (findings["acknowledged"] == "")
    return findings[unmet]


def _figures_at(text: str, figures: Sequence[Figure], entry: Correction) -> list[int]:
    """The figures of the expected value inside the quote, wherever in the text the quote stands."""
    places = [match.start() for match in re.finditer(re.escape(entry.quote), text)]
    return [
        index
        for index, figure in enumerate(figures)
        if figure.value == entry.expected and any(start <= figure.start and figure.end <= start + len(entry.quote) for start in places)
    ]


def _stale_finding(entry: Acknowledgement) -> str:
    title = f"“{entry.title}”" if entry.title else ""
    return (
        f"{ACKNOWLEDGED} 认可的结论 {entry.fingerprint}{title}在报告中已经没有了（{entry.by}，{entry.date}：{entry.reason}）；"
        "数字或原句已变，请重新核对后更新或删去这一条"
    )


def _misplaced(number: int, entry: Correction, text: str, found: Sequence[int]) -> str:
    where = f"{CORRECTIONS} 第 {number} 条“{entry.quote}”"
    if entry.quote not in text:
        return f"{where}在报告中找不到原句；请对照报告更新引文，或删去这一条"
    if not found:
        return f"{where}里没有数值为 {entry.expected} 的数字；请核对 expected，或删去这一条"
    return f"{where}里数值为 {entry.expected} 的数字有 {len(found)} 个或已被另一条更正；请把引文写长一些，使它只含一个"


# ---- reading ----------------------------------------------------------------------------------------------------------------------------


def _entries(path: Path, faults: list[str]) -> list[dict[str, Any]]:
    """The entries of one file; what is wrong with them goes to `faults`."""
    try:
        content = read_hand_written(path, "说明文档里的例子", Decimal)
    except InputRefused as refusal:
        faults += refusal.problems
        return []
    if content is None:
        return []
    table, _, _ = _FIELDS[path.name]
    listed = content.get(table, [])
    strange = [name for name in content if name != table]
    if strange or not isinstance(listed, list) or not all(isinstance(entry, dict) for entry in listed):
        faults.append(f"{path.name} 应由 [[{table}]] 各段组成，每个决定一段")
        return []
    for number, entry in enumerate(listed, start=1):
        faults += [f"{path.name} 第 {number} 个 [[{table}]] {fault}" for fault in _faults_of(path.name, entry)]
    return listed


def _faults_of(name: str, entry: Mapping[str, Any]) -> list[str]:
    _, required, optional = _FIELDS[name]
    faults = [f"缺少 {field}；请补上" for field in required if entry.get(field) in (None, "")]
    faults += [
        f"有不认识的字段 {field}；可用字段：{'、'.join((*required, *optional))}" for field in entry if field not in (*required, *optional)
    ]
    faults += [
        f"的 {field} 应为文字" for field in ("reason", "by", "quote", "fingerprint", "title") if not isinstance(entry.get(field, ""), str)
    ]
    if entry.get("date") and not _is_date(entry["date"]):
        faults.append(f"的 date 为“{entry['date']}”，应为年-月-日")
    if isinstance(entry.get("fingerprint"), str) and entry["fingerprint"] and not _FINGERPRINT.fullmatch(entry["fingerprint"]):
        faults.append(f"的 fingerprint 为“{entry['fingerprint']}”，应照抄核对结论的 12 位编码")
    for field in ("expected", "corrected"):
        if entry.get(field) not in (None, "") and _number(entry[field]) is None:
            faults.append(f"的 {field} 为“{entry[field]}”，应为数字，整数部分不超过 {_MOST_DIGITS} 位")
    return faults


def _is_date(value: object) -> bool:
    if isinstance(value, datetime.date):
        return True
    try:
        datetime.date.fromisoformat(str(value))
    except ValueError:
        return False
    return True


def _number(value: object) -> Decimal | None:
    """A number, written bare or in quotation marks; true and false are none."""
    if isinstance(value, bool) or not isinstance(value, int | Decimal | str):
        return None
    try:
        number = Decimal(value)
    except InvalidOperation:
        return None
    return number if number.is_finite() and (not number or number.adjusted() < _MOST_DIGITS) else None


def _correction(entry: Mapping[str, Any]) -> Correction:
    expected, corrected = _number(entry["expected"]), _number(entry["corrected"])
    return Correction(entry["quote"], expected, corrected, entry["reason"], entry["by"], str(entry["date"]))
