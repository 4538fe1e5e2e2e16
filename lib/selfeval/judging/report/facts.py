"""Work facts as the rules speak of them: their quantity, their name, and which of several belongs beside another."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from operator import attrgetter

import pandas as pd

from selfeval.knowledge import load
from selfeval.quantity import Quantity, in_base_unit
from selfeval.tables import rows_in


@dataclass(frozen=True, slots=True)
class Fact:
    """One row of work_facts; `rank` is its place in reading order."""

    rank: int
    sector: str
    indicator: str
    label: str
    value: Decimal | None
    unit: str
    qualifier: str
    date: str
    figure_id: str
    sentence: str

    @property
    def quantity(self) -> Quantity:
        """The value in its base unit, with its bound; only for facts that have one."""
        return Quantity.printed(in_base_unit(self.value, self.unit), self.qualifier)

    @property
    def base_unit(self) -> str:
        """万元 for money, else the printed unit without its 万 and 亿."""
        return "万元" if self.unit in load("units")["money"] else self.unit.lstrip("万亿")

    @property
    def name(self) -> str:
        """The label with its sector: 矿山排查发现隐患."""
        sector = sector_name(self.sector)
        return self.label if sector in self.label else sector + self.label


def read_facts(frame: pd.DataFrame) -> tuple[Fact, ...]:
    """The rows of a work_facts table."""
    cells = attrgetter(*(name for name in Fact.__dataclass_fields__ if name != "rank"))
    return tuple(Fact(rank, *cells(row)) for rank, row in enumerate(rows_in(frame)))


def sector_name(sector: str) -> str:
    """What a sector is called; '' for what belongs to the whole body."""
    if sector in load("safety_metrics")["whole"]:
        return ""
    return next((entry["label"] for entry in load("sectors")["sector"] if entry["id"] == sector), "")
