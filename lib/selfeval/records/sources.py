"""The card of one year's raw material (source.toml): what was received, from whom, and whether it is still the same bytes."""

from __future__ import annotations

import datetime
import hashlib
import re
import unicodedata
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd

from selfeval.exceptions import InputRefused
from selfeval.knowledge import load, names_in
from selfeval.paths import Place, units_and_years, unseen_in
from selfeval.reading.document import Document
from selfeval.reading.identity import NOBODY, Identity, identify
from selfeval.records.entries import layout_of
from selfeval.records.hand_written import read_hand_written
from selfeval.tables import make_table

CARD = "source.toml"

_TEXT_FIELDS = ("title", "issuer", "published", "obtained", "note")
_CARD_FIELDS = (*_TEXT_FIELDS, "scoring")
_USUAL_RULES = "national"
_FILE_FIELDS = ("name", "role", "sha256")
_ROLES = ("report", "table", "other")
_SHA256 = re.compile(r"[0-9a-f]{64}")
# Besides the card, what a person decides about the material lies here too; none of these is material.
_DECISIONS = (CARD, "corrections.toml", "acknowledged.toml")
_LITTER = re.compile(r"\.|~\$|Thumbs\.db$|desktop\.ini$", re.IGNORECASE)


@dataclass(frozen=True)
class SourceFile:
    """One received file: its name, what it is (report, table, other), and its bytes as counted and hashed now."""

    name: str
    role: str
    sha256: str
    bytes: int


@dataclass(frozen=True)
class Source:
    """One year's raw material: its card, its files, which of them is the report and which are filled-in sheets, and what is odd about it.

    Card fields are "" where unknown. `scoring` names the rule set the year is scored by (knowledge/scoring). `report` is None where there
    are only sheets. `remarks` are Chinese sentences for the findings; none of them stops a run.
    """

    title: str
    issuer: str
    published: str
    obtained: str
    note: str
    scoring: str
    report: Path | None
    tables: tuple[Path, ...]
    files: tuple[SourceFile, ...]
    remarks: list[str] = field(default_factory=list)


def read_source(place: Place) -> Source:
    """Read the raw folder of `place` and its card, and find the report and the filled-in sheets in it; either may be missing.

    Files are listed and hashed, not yet read: `report` (a path, or None) goes to read_document, `tables` (paths) to read_entries.
    A missing card, or a file that no longer has the hash on its card, is a remark.
    Raises InputRefused, naming every fault at once, when the card is broken, a listed file is missing or empty, it is not clear which
    file is the report, or there is neither report nor sheet.
    """
    folder = place.raw
    faults: list[str] = []
    card, remarks = _read_card(folder, place)
    entries = _entries(card, faults)
    found = _received_files(folder, faults)
    tables = [name for name in found if _is_table(name, entries)]
    report = _find_report(folder, entries, found, tables, faults)
    faults += [f"{name} 是空文件：请放入完整的文件后再试" for name, path in found.items() if path.stat().st_size == 0]
    fields = {name: _card_text(card, name, faults) for name in _TEXT_FIELDS}
    scoring = _rules_named(card, faults)
    if faults:
        raise InputRefused([f"{_shown(place)}：{fault}" for fault in faults])
    files = tuple(_describe(path, entries, report, tables) for path in found.values())
    return Source(
        **fields,
        scoring=scoring,
        report=folder / report if report else None,
        tables=tuple(folder / name for name in tables),
        files=files,
        remarks=[*remarks, *_remarks(card, entries, files), *_copies(files, place)],
    )


def remarks_on_text(source: Source, year: int, document: Document) -> list[str]:
    """What the card and the folder say and the report does not: another issuer, another year than it or its title names."""
    remarks: list[str] = []
    if source.report is None:
        return remarks
    declared = identify(document).declared
    if source.issuer and source.issuer not in document.text:
        remarks.append(f"来源卡写的发布单位“{source.issuer}”在报告正文中没有出现，请核对来源卡或报告是否放错文件夹")
    if str(year) not in unicodedata.normalize("NFKC", document.text):
        remarks.append(f"报告放在 {year} 年度文件夹里，正文中却没有出现“{year}”，请核对年度")
    elif declared not in {None, year}:
        remarks.append(f"报告标题写的是 {declared} 年度，却放在 {year} 年度文件夹里，请核对年度")
    return remarks


def source_table(source: Source, kind: str, encoding: str, said: Identity = NOBODY) -> pd.DataFrame:
    """One row a file, the card's fields beside it; `kind` and `encoding` are those the report was read with.

    `said` is what the report says of itself; where it does not name its body, the issuer on the card stands in.
    """
    card = {name: getattr(source, name) for name in _CARD_FIELDS} | {"body": said.body or source.issuer}
    rows = []
    for entry in source.files:
        reading = {"kind": Path(entry.name).suffix.lower().lstrip(".")}
        if entry.role == "report":
            reading = {"kind": kind, "encoding": encoding, "document_kind": said.kind}
        rows.append({"name": entry.name, "role": entry.role, "sha256": entry.sha256, "bytes": entry.bytes, **reading, **card})
    return make_table("sources", rows)


def file_table(path: Path, kind: str, encoding: str, said: Mapping[str, str]) -> pd.DataFrame:
    """The one row of a report that came without a folder or card: what its own text says of it (`said`) stands in for the card."""
    data = path.read_bytes()
    digest = hashlib.sha256(data).hexdigest()
    read = {"kind": kind, "encoding": encoding, "scoring": _USUAL_RULES, **said}
    return make_table("sources", [{"name": path.name, "role": "report", "sha256": digest, "bytes": len(data), **read}])


def _read_card(folder: Path, place: Place) -> tuple[dict[str, Any], list[str]]:
    """The card as written, and a remark where there is none or nothing in it."""
    try:
        card = read_hand_written(folder / CARD, "其他年度的来源卡")
    except InputRefused as refusal:
        raise InputRefused([f"{_shown(place)}：{problem}" for problem in refusal.problems]) from None
    if card:
        return card, []
    lack = f"原始材料没有来源卡 {CARD}" if card is None else f"来源卡 {CARD} 里没有内容"
    return {}, [f"{lack}，来历和校验值无从核对；请补写标题、发布单位、日期和各文件的 sha256"]


def _entries(card: Mapping[str, Any], faults: list[str]) -> dict[str, dict[str, str]]:
    """The [[file]] entries of the card by file name."""
    _name_strange_fields(card, (*_CARD_FIELDS, "file"), CARD, faults)
    listed = card.get("file", [])
    if not isinstance(listed, list) or not all(isinstance(entry, dict) for entry in listed):
        faults.append(f"{CARD} 的 file 应写成 [[file]] 表，每个文件一段")
        return {}
    entries: dict[str, dict[str, str]] = {}
    for number, entry in enumerate(listed, start=1):
        where = f"{CARD} 第 {number} 个 [[file]]"
        _name_strange_fields(entry, _FILE_FIELDS, where, faults)
        name = entry.get("name")
        if not isinstance(name, str) or Path(name).name != name or name in {"", ".."} or unseen_in(name):
            faults.append(f"{where} 的 name 为“{_seen(str(name))}”，应为本文件夹内的文件名")
        elif name in entries:
            faults.append(f"{where} 重复登记了 {name}；请只留一段")
        else:
            entries[name] = entry
            _check_entry(entry, where, faults)
    return entries


def _check_entry(entry: Mapping[str, Any], where: str, faults: list[str]) -> None:
    role, digest = entry.get("role", ""), entry.get("sha256", "")
    if role not in ("", *_ROLES):
        faults.append(f"{where} 的 role 为“{role}”，应为 {'、'.join(_ROLES)} 之一")
    if digest != "" and not (isinstance(digest, str) and _SHA256.fullmatch(digest)):
        faults.append(f"{where} 的 sha256 为“{digest}”，应为 64 位小写十六进制数")


def _name_strange_fields(given: Mapping[str, Any], known: tuple[str, ...], where: str, faults: list[str]) -> None:
    strange = [name for name in given if name not in known]
    if strange:
        faults.append(f"{where} 有不认识的字段 {'、'.join(strange)}；可用字段：{'、'.join(known)}")


def _card_text(card: Mapping[str, Any], name: str, faults: list[str]) -> str:
    value = card.get(name, "")
    if isinstance(value, datetime.date):
        return value.isoformat()
    if not isinstance(value, str):
        faults.append(f"{CARD} 的 {name} 为“{value}”，应为文字；不详时写空字符串")
        return ""
    return value.strip()


def _rules_named(card: Mapping[str, Any], faults: list[str]) -> str:
    """The rule set the card asks for, the national one where it asks for none."""
    asked, known = card.get("scoring", ""), names_in("scoring")
    if asked not in ("", *known):
        faults.append(f"{CARD} 的 scoring 为“{asked}”，应为 {'、'.join(known)} 之一；不写时按 {_USUAL_RULES}")
    return asked or _USUAL_RULES


def _is_table(name: str, entries: Mapping[str, Mapping[str, str]]) -> bool:
    """Is the file a filled-in sheet: by its role on the card, else because it is called like a workbook or sheet of ours?"""
    role = entries.get(name, {}).get("role", "")
    stem = Path(name).stem
    ours = {Path(workbook["file"]).stem for workbook in load("sheets")["workbook"]}
    return role == "table" if role else stem in ours or layout_of(stem) is not None


def _received_files(folder: Path, faults: list[str]) -> dict[str, Path]:
    """Every regular file received, by name, in order; links and devices are refused, for they lead out of the folder."""
    found = {}
    for path in sorted(folder.iterdir()):
        if path.name in _DECISIONS or _LITTER.match(path.name):
            continue
        if unseen_in(path.name):
            faults.append(f"文件名“{_seen(path.name)}”里有换行等看不见的字符或乱码；请改名后再试")
        elif path.is_symlink() or not (path.is_file() or path.is_dir()):
            faults.append(f"{path.name} 不是普通文件；请把文件本身复制进来")
        elif path.is_file():
            found[path.name] = path
    return found


def _seen(name: str) -> str:
    return "".join("?" if unseen_in(character) else character for character in name)


def _find_report(
    folder: Path, entries: Mapping[str, Mapping[str, str]], found: Mapping[str, Path], tables: list[str], faults: list[str]
) -> str:
    """The name of the file that is the report: by its role on the card, else because there is no other; '' where there are only sheets."""
    missing = [name for name in entries if name not in found and not (folder / name).is_symlink()]
    faults += [f"{CARD} 登记了 {name}，文件夹里却没有这个文件；请补回文件或改正来源卡" for name in missing]
    reports = [name for name, entry in entries.items() if entry.get("role") == "report"]
    if not reports:
        taken = {name for name, entry in entries.items() if entry.get("role")} | {*tables}
        reports = [name for name in found if name not in taken]
    if not reports and not tables:
        inner = "、".join(f"“{path.name}”" for path in sorted(folder.iterdir()) if path.is_dir() and not _LITTER.match(path.name))
        but = f"，只有文件夹{inner}（里面的文件不会读）" if inner else ""
        faults.append(f"没有找到自评报告文件，也没有填报表{but}；请把报告放进这个文件夹，或用 selfeval new-year 建立填报表")
    elif len(reports) > 1:
        faults.append(f'分不清哪个文件是自评报告：{"、".join(reports)}；请在 {CARD} 中只给一个文件写 role = "report"')
    return reports[0] if reports else ""


def _describe(path: Path, entries: Mapping[str, Mapping[str, str]], report: str, tables: list[str]) -> SourceFile:
    data = path.read_bytes()
    role = "report" if path.name == report else "table" if path.name in tables else entries.get(path.name, {}).get("role", "")
    return SourceFile(path.name, role, hashlib.sha256(data).hexdigest(), len(data))


def _remarks(card: Mapping[str, Any], entries: Mapping[str, Mapping[str, str]], files: tuple[SourceFile, ...]) -> list[str]:
    """What is odd about the files: changed, without a hash, not on the card."""
    if not card:
        return []
    remarks = [f"来源卡没有写{word}" for name, word in (("title", "标题"), ("issuer", "发布单位")) if not card.get(name)]
    for file in files:
        entry = entries.get(file.name)
        if entry is None:
            remarks.append(f"{file.name} 没有登记在来源卡上")
        elif not entry.get("sha256"):
            # Sheets are filled in over weeks; their hash stands in the manifest of every run.
            if file.role == "table":
                continue
            remarks.append(f"来源卡没有登记 {file.name} 的 sha256，文件是否被改动无从核对")
        elif entry["sha256"] != file.sha256:
            remarks.append(
                f"{file.name} 与登记时不同：来源卡 sha256 为 {entry['sha256'][:12]}…，现在为 {file.sha256[:12]}…；请查明是谁改动了原始材料"
            )
    return remarks


def _copies(files: tuple[SourceFile, ...], place: Place) -> list[str]:
    """Files that are another one byte for byte: in this folder, or in that of another year of the body."""
    remarks, seen = [], {}
    for file in files:
        first = seen.setdefault(file.sha256, file.name)
        if first != file.name:
            remarks.append(f"{file.name} 与 {first} 内容完全相同；请只留一个")
    for path in sorted(_of_other_years(place, {file.bytes for file in files})):
        name = seen.get(hashlib.sha256(path.read_bytes()).hexdigest())
        if name:
            remarks.append(f"{name} 与 {path.parent.name} 年度的 {path.name} 内容完全相同；请核对是不是放错了年度")
    return remarks


def _of_other_years(place: Place, sizes: set[int]) -> Iterator[Path]:
    """Material of other years of these sizes; whatever cannot be looked into is passed over."""
    for unit, year in units_and_years(place.data):
        folder = place.raw.parent / str(year)
        if unit == place.unit and year != place.year:
            with suppress(OSError):
                found = [path for path in folder.iterdir() if path.name not in _DECISIONS and path.is_file() and not path.is_symlink()]
                yield from (path for path in found if path.stat().st_size in sizes)


def _shown(place: Place) -> str:
    """The raw folder as a person knows it, without the path of this machine."""
    return f"data/raw/{place.unit}/{place.year}"
