"""Reads what earlier runs left of other years and bodies; a folder that does not fit is named, never an error and never passed over."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import pandas as pd

from selfeval.paths import Place, processed_bodies, processed_years
from selfeval.tables import read_tables

from .measure import word

Tables = Mapping[str, pd.DataFrame]

BUDGET_TABLES = ("budget_lines", "base_data", "indicators", "budget_metrics", "scores")
SAFETY_TABLES = ("work_facts", "safety_metrics")
BODY_TABLES = ("sources", "budget_lines", "budget_metrics", "safety_metrics", "work_facts", "findings")


@dataclass(frozen=True)
class Earlier:
    """The tables of earlier years by year, and why those of other earlier years are left out."""

    years: dict[int, Tables] = field(default_factory=dict)
    left_out: dict[int, str] = field(default_factory=dict)

    @property
    def remarks(self) -> list[str]:
        """A sentence for every year that is left out."""
        return [word("left_out", year=year, why=why) for year, why in self.left_out.items()]


def earlier_tables(place: Place, names: Iterable[str] = (*BUDGET_TABLES, *SAFETY_TABLES)) -> Earlier:
    """The tables `names` of every earlier year of the body that lies in data/processed, the latest first; later years are not looked at.

    A year whose tables are missing or do not fit their schemas is left out and named. Of the result, `years[year]["budget_lines"]` is a
    table and `left_out[year]` the reason why there is none; both are empty where the body was never run for an earlier year.
    """
    earlier, names = Earlier(), tuple(names)
    for year in sorted((year for year in processed_years(place) if year < place.year), reverse=True):
        tables, why = read_tables(names, place.processed.with_name(str(year)))
        if why:
            earlier.left_out[year] = why
        else:
            earlier.years[year] = tables
    return earlier


@dataclass(frozen=True)
class Others:
    """The tables of bodies of one year by slug, and why those of other bodies are left out."""

    bodies: dict[str, Tables] = field(default_factory=dict)
    left_out: dict[str, str] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.bodies) + len(self.left_out)


def tables_of_bodies(place: Place) -> Others:
    """The tables of every body that lies in the data folder of `place` for its year; a body that cannot be read is named."""
    others = Others()
    for unit in processed_bodies(place.data, place.year):
        tables, why = read_tables(BODY_TABLES, Place(unit, place.year, place.data, place.outputs_root).processed)
        if why:
            others.left_out[unit] = why
        else:
            others.bodies[unit] = tables
    return others
