"""Makes the folder of a new year and says what to do next."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from selfeval.exceptions import WrongUsage
from selfeval.knowledge import load
from selfeval.paths import Place, place_of
from selfeval.records.sources import CARD
from selfeval.telling.office import Sheet, workbook_bytes

from .base import base_sheet
from .blank import blank_sheet
from .card import Card, card_for, card_text
from .carried import Carried, carried_from
from .choices import Lists
from .folder import make_folder
from .guide import guide_sheet
from .last_year import tables_of_year
from .plan import plan_of
from .starters import Field, field_of, labels, starter_rows
from .totals import summary_sheet


def make_new_year(unit: str, year: int, data_dir: str | Path = "", earlier: int | None = None, field: str = "") -> list[str]:
    """Make data/raw/<unit>/<year>/ with its card and workbooks, and return what was done and what comes next, in sentences.

    With `earlier`, last year's items come along (`carried`). Where no names of work numbers do, those of the `field` (starters.toml) stand
    in the sheet: the field that is asked for, else the one the body's name tells. Raises WrongUsage when unit, year or field are not
    allowed, the folder holds files already or there is nothing of the earlier year, InputRefused when its material cannot be read,
    RunStopped when nothing can be written.
    """
    place = place_of(unit, year, data_dir)
    _refuse_overwriting(place)
    if earlier is not None and not place_of(unit, earlier, data_dir).year < year:
        raise WrongUsage(f"--from 应为 {year} 以前的年度，现为 {earlier}")
    last = replace(place, year=year - 1 if earlier is None else earlier)
    carried = carried_from(tables_of_year(last)) if earlier is not None else Carried()
    card = card_for(year, last)
    begun = field_of(card.issuer, field)
    if rows := starter_rows(begun if "work" not in carried.rows else None):
        carried.rows["work"] = rows
    workbooks = {book["file"]: _workbook(book, place, card, carried, begun) for book in load("sheets")["workbook"]}
    files = {CARD: card_text(card, [*workbooks]).encode(), **workbooks}
    make_folder(place.raw, files)
    about_field = _told_of_field(begun, listed=bool(rows))
    return _told(
        place, data_dir, last if earlier is not None or last.raw.is_dir() else None, carried, about_field, taken=earlier is not None
    )


def _refuse_overwriting(place: Place) -> None:
    if place.raw.is_dir() and (held := sorted(path.name for path in place.raw.iterdir())):
        shown = "、".join(held[:5]) + (f" 等 {len(held)} 个" if len(held) > 5 else "")
        raise WrongUsage(f"data/raw/{place.unit}/{place.year} 里已经有文件（{shown}），不会覆盖；要重新建立，请先把这个文件夹移走")
    if place.raw.exists() and not place.raw.is_dir():
        raise WrongUsage(f"data/raw/{place.unit}/{place.year} 不是文件夹；请先移走")


def _workbook(book: Mapping[str, Any], place: Place, card: Card, carried: Carried, field: Field | None) -> bytes:
    lists = Lists()
    sheets = [guide_sheet(book, place.year, place.unit, card.issuer)]
    for key in book["sheets"]:
        sheets += _sheets(key, place.year, card.issuer, carried, lists, field)
    return workbook_bytes([*sheets, *lists.sheet()], title=f"{place.year} 年度{Path(book['file']).stem}")


def _sheets(key: str, year: int, body: str, carried: Carried, lists: Lists, field: Field | None) -> list[Sheet]:
    """The sheet `key`, and behind 预算执行 its sums."""
    definition = load("sheets")["sheet"][key]
    heading = f"{body}{year}年度{definition['title']}表".replace("表表", "表")
    if key == "base":
        return [base_sheet(heading, carried.known, lists)]
    rows = carried.rows.get(key, definition.get("rows", []))
    plan = plan_of(key, len(rows))
    sheet = blank_sheet(plan, rows, heading, year, lists, _suggestions(key, carried, field))
    return [sheet, summary_sheet(plan, f"{body}{year}年度预算执行汇总")] if key == "budget" else [sheet]


def _suggestions(key: str, carried: Carried, field: Field | None) -> dict[str, tuple[str, ...]]:
    """What a list offers in columns that take any text: projects that came along; areas and names of the field, then of the catalogue."""
    projects = [str(row["item"]) for row in carried.rows.get("budget", []) if row["level"] == "project"]
    begun = field["rows"] if field else []
    names = [name for _, name, _ in begun] + [indicator["label"] for indicator in load("indicators")["indicator"]]
    areas = [area for area, _, _ in begun] + [area["label"] for area in load("indicators")["area"]]
    offered = {("indicators", "scope"): projects, ("work", "indicator"): names, ("work", "area"): areas}
    return {column: tuple(dict.fromkeys(words)) for (sheet, column), words in offered.items() if sheet == key and words}


def _told_of_field(field: Field | None, *, listed: bool) -> str:
    """Which names of work numbers stand in the sheet already, or how they come there."""
    if listed and field:
        return f"工作数据表里预先列了“{field['label']}”常用的 {len(field['rows'])} 项，可删可改可加"
    if field:
        return ""
    return f"工作数据表是空的，指标可自己写；加 --field 重建可预先列出一个领域常用的项：{'、'.join(labels())}"


def _as_typed(folder: str) -> str:
    """A folder as a command line takes it: in quotation marks, which Windows knows too, where it holds more than plain characters."""
    return folder if re.fullmatch(r"[\w./:\\~+-]+", folder) else f'"{folder}"'


def _told(place: Place, data_dir: str | Path, last: Place | None, carried: Carried, about_field: str, *, taken: bool) -> list[str]:
    """What was made and what comes next."""
    folder = Path(data_dir or "data") / "raw" / place.unit / str(place.year)
    books = load("sheets")["workbook"]
    lines = [f"已建立 {folder}：", f"  {CARD}　来源卡：写上标题、填报单位和评分办法"]
    for book in books:
        titles = "、".join(load("sheets")["sheet"][key]["title"] for key in book["sheets"])
        lines.append(f"  {book['file']}　由{book['office']}人员填：{titles}")
    if taken and last:
        lines.append(f"从 {last.year} 年度带入：{'，'.join(carried.summary()) or '没有可带入的内容'}")
    elif last:
        lines.append(
            f"没有带入上年内容。{last.year} 年度已有材料：移走这个文件夹，加 --from {last.year} 重建，可带入项目、指标和上年决算数"
        )
    options = f"--unit {place.unit} --year {place.year}" + (f" --data {_as_typed(str(data_dir))}" if str(data_dir) else "")
    return [
        *lines,
        *filter(None, [about_field]),
        "下一步：",
        f"  1. 填写 {CARD}，把 {len(books)} 个工作簿分发给填写的人；怎么填，见各工作簿的第一张表“填写说明”",
        "  2. 收回后按原文件名放回这个文件夹；已有自评报告正文的，也放进来",
        f"  3. 检查：selfeval check {options}",
        f"  4. 生成报告和上报表：selfeval run {options}",
    ]
