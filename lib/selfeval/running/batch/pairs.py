"""The table of (unit, year) that a batch is to run."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from selfeval.exceptions import InputRefused
from selfeval.reading.document.sheets import read_sheets

_HEADS = {"unit": "unit", "单位": "unit", "单位代号": "unit", "year": "year", "年度": "year"}


def read_pairs(path: Path) -> list[tuple[str, int]]:
    """Return the pairs of a CSV or workbook whose first line has the heads unit and year (or 单位, 年度), in order, each once.

    Raises InputRefused, with every fault at once, when it cannot be read, lacks a column, or a row has no unit or no year.
    """
    lines = sorted(read_sheets(path)[0].cells.items())
    if not lines:
        raise InputRefused(f"{path.name} 是空表；请在第一行写列名 unit 和 year，其下每行写一个单位和年度")
    (first, heads), rows = lines[0], lines[1:]
    columns = [(_HEADS[text.lower()], column) for column, text in heads.items() if text.lower() in _HEADS]
    places = dict(columns)
    if len(places) < len(columns):
        raise InputRefused(f"{path.name} 第 {first + 1} 行的列名 unit 或 year（单位、年度）写了不止一次，分不清该用哪一列；请只留一列")
    missing = [name for name in ("unit", "year") if name not in places]
    if missing:
        raise InputRefused(f"{path.name} 第 {first + 1} 行应有列名 unit 和 year（或 单位、年度），缺 {'、'.join(missing)}；请补上")
    told = [(number + 1, {name: cells.get(column, "") for name, column in places.items()}) for number, cells in rows]
    faults = [fault for number, row in told for fault in _faults(row, f"{path.name} 第 {number} 行")]
    if faults or not told:
        raise InputRefused(faults or [f"{path.name} 除列名外没有任何行；请每行写一个单位和年度"])
    return list(dict.fromkeys((row["unit"], int(row["year"])) for _, row in told))


def of_years(pairs: Iterable[tuple[str, int]], years: Iterable[int]) -> list[tuple[str, int]]:
    """Return those of the years asked for, all where none is; by unit and year, as a comparison with earlier years needs it."""
    wanted = set(years)
    return sorted((unit, year) for unit, year in pairs if not wanted or year in wanted)


def _faults(row: Mapping[str, str], where: str) -> list[str]:
    found = [] if row["unit"] else [f"{where}没有单位；请补上"]
    return found if re.fullmatch(r"[0-9]{4}", row["year"]) else [*found, f"{where}的年度应为四位数字，现为“{row['year']}”；请改正"]
