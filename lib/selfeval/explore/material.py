"""Which bodies and years there are, and all tables of one of them: as a run left them, else made here and now in memory."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from selfeval import words
from selfeval.exceptions import SelfevalError
from selfeval.judging.assessment import assess
from selfeval.paths import Place, locate, place_of, processed_bodies, processed_years, units_and_years
from selfeval.reading.document import Document, read_document
from selfeval.reading.identity import identify
from selfeval.records.decisions import read_decisions
from selfeval.records.entries import read_entries
from selfeval.records.sources import read_source, remarks_on_text, source_table
from selfeval.tables import SCHEMAS, make_table, read_tables, rows_in


@dataclass(frozen=True, repr=False)
class Material(Mapping[str, pd.DataFrame]):
    """The tables of one body and year by name, every table of the package among them; `note` says in Chinese where they come from.

    `is_there` is False where nothing could be read or made: then all tables are empty, and the note says what to do.
    """

    place: Place
    tables: Mapping[str, pd.DataFrame]
    note: str
    is_there: bool = True

    @property
    def body(self) -> str:
        """The name of the body as its material has it, else its slug; one that is invented says so."""
        return _named(self.place.unit, self.tables["sources"])

    def __repr__(self) -> str:
        counts = "，".join(f"{name} {len(table)} 行" for name, table in self.tables.items() if len(table))
        return "\n".join(filter(None, (f"{self.body} {self.place.year} 年度。{self.note}", counts)))

    def __getitem__(self, name: str) -> pd.DataFrame:
        return self.tables[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self.tables)

    def __len__(self) -> int:
        return len(self.tables)


def bodies(data: Path) -> dict[str, str]:
    """Every body that has raw material or tables, in order: its slug, and what it is called."""
    processed = {body for year in _processed_years(data) for body in processed_bodies(data, year)}
    return {slug: _name(data, slug) for slug in sorted({unit for unit, _ in units_and_years(data)} | processed)}


def _name(data: Path, slug: str) -> str:
    """The body's name as its latest tables have it, else its slug."""
    for year in reversed(processed_years(Place(slug, 0, data, data))):
        tables, why = read_tables(("sources",), Place(slug, year, data, data).processed)
        if not why:
            return _named(slug, tables["sources"])
    return slug


def _named(slug: str, sources: pd.DataFrame) -> str:
    row = next(iter(rows_in(sources)), None)
    return words.body(row.body or row.issuer or slug, row.note) if row is not None else slug


def years(data: Path, unit: str) -> list[int]:
    """The years of a body that have raw material or tables, the latest first."""
    raw = {year for body, year in units_and_years(data) if body == unit}
    return sorted(raw | set(processed_years(Place(unit, 0, data, data))), reverse=True)


def material(unit: str, year: int, data_dir: str | Path = "", outputs_dir: str | Path = "") -> Material:
    """All tables of `unit` and `year`.

    Tables a run left are read; where there are none, or they do not fit this version, the raw material is assessed in memory and nothing
    is stored. What stands in the way is the note of an empty Material, no error: the next choice may fare better.
    """
    place = place_of(unit, year, data_dir, outputs_dir)
    tables, why = read_tables(SCHEMAS, place.processed)
    if not why:
        return Material(place, tables, "取自上次运行写出的表。")
    try:
        return Material(place, _assessed(locate(unit, year, data_dir, outputs_dir)), _in_memory(place))
    except SelfevalError as refusal:
        return Material(
            place, _filled({}), f"这个单位这个年度还没有可用的表：{'；'.join(refusal.problems)}。{_to_run(place)}", is_there=False
        )


def _assessed(place: Place) -> dict[str, pd.DataFrame]:
    source = read_source(place)
    document = read_document(source.report) if source.report else Document.absent()
    remarks = [*source.remarks, *remarks_on_text(source, place.year, document)]
    tables = assess(document, remarks, read_decisions(place), place.year, read_entries(source.tables), source.scoring)
    return _filled({**tables, "sources": source_table(source, document.kind, document.encoding, identify(document))})


def _filled(tables: Mapping[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    return {name: tables[name] if name in tables else make_table(name, []) for name in SCHEMAS}


def _in_memory(place: Place) -> str:
    return f"还没有整理好的表，刚才直接从原始材料算出，没有存盘，也没有与往年比。{_to_run(place)}"


def _to_run(place: Place) -> str:
    return f"要存下来请先运行：selfeval run --unit {place.unit} --year {place.year}"


def _processed_years(data: Path) -> set[int]:
    processed = data / "processed"
    folders = processed.iterdir() if processed.is_dir() else ()
    return {year for folder in folders if folder.is_dir() for year in processed_years(Place(folder.name, 0, data, data))}
