"""Last year's tables: as they were processed, else made from its raw material on the spot."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from selfeval.exceptions import InputRefused, TableBroken, WrongUsage
from selfeval.judging.assessment import assess
from selfeval.paths import Place, units_and_years
from selfeval.reading.document import Document, read_document
from selfeval.records.decisions import read_decisions
from selfeval.records.entries import read_entries
from selfeval.records.sources import read_source
from selfeval.tables import read_table

NEEDED = ("figures", "budget_lines", "indicators", "base_data", "work_facts")


def tables_of_year(place: Place) -> dict[str, pd.DataFrame]:
    """The tables NEEDED of `place`; what its material does not give is empty.

    Raises WrongUsage, naming the years there are, when there is nothing of that year, and InputRefused when its material cannot be read.
    """
    if place.processed.is_dir():
        try:
            return {name: read_table(name, place.processed) for name in NEEDED}
        except TableBroken:
            # Made by an earlier version, or half made: the raw material tells the same.
            pass
    if not place.raw.is_dir() or not any(place.raw.iterdir()):
        raise WrongUsage(f"没有单位 {place.unit} {place.year} 年度的材料，无从带入；{years_of(place.unit, place.data)}")
    try:
        return _from_raw(place)
    except InputRefused as refusal:
        again = f"要带入 {place.year} 年度的内容，请先改好它的材料；或者不带 --from 新建"
        raise InputRefused([*refusal.problems, again]) from None


def years_of(unit: str, data: Path) -> str:
    """Which years of `unit` there are, in words."""
    years = [str(year) for name, year in units_and_years(data) if name == unit]
    return f"现有年度：{'、'.join(years)}" if years else "这个单位还没有任何年度的材料"


def _from_raw(place: Place) -> dict[str, pd.DataFrame]:
    """As `selfeval check` reads it: report and sheets together, sheets winning."""
    source = read_source(place)
    document = read_document(source.report) if source.report else Document.absent()
    made = assess(document, (), read_decisions(place), place.year, read_entries(source.tables))
    return {name: made[name] for name in NEEDED}
