"""Sheet 工作数据 and the ledgers → work facts: what was typed as a number, and what can be counted row by row."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import cache
from typing import Any

import pandas as pd

from selfeval import words
from selfeval.knowledge import load
from selfeval.quantity import plain
from selfeval.records.entries import Entries, Entry, layouts
from selfeval.tables import make_table

from .cells import Cells, sentence_of

_WHOLE = "city"
_NO_AREA = "other"
_EVENT = "disaster_event"
_YES_NO = {"yes": "是", "no": "否"}


def work_facts_of(entries: Entries, cells: Cells) -> pd.DataFrame:
    """Return the work facts of the sheets (schema work_facts, source table; ids v001, v002 …).

    A ledger is counted sector by sector (knowledge/ledgers.toml); a number typed for what a ledger gives stays a fact of its own, so that
    the two can be compared. `figure_id` lists the figures a sum is made of, parted by blanks; what is only counted has none.
    """
    rows = [*_counted(entries, cells), *_events(entries), *_typed(entries, cells)]
    return make_table("work_facts", ({"fact_id": f"v{number:03d}", **row} for number, row in enumerate(rows, start=1)))


# ---- typed numbers ----------------------------------------------------------------------------------------------------------------------


def _typed(entries: Entries, cells: Cells) -> Iterator[dict[str, object]]:
    for entry in entries.of("work"):
        area, label = entry.text("area") or _NO_AREA, entry.text("indicator")
        yield {
            "area": area,
            "sector": entry.text("sector") or _WHOLE,
            "indicator": _indicator_called(area, label),
            "label": label,
            "value": entry.number("value"),
            "unit": entry.text("unit"),
            "qualifier": entry.text("qualifier") or "exact",
            "figure_id": cells.figure(entry, "value"),
            "source": "table",
            "sentence": sentence_of(entry),
        }


def _indicator_called(area: str, label: str) -> str:
    """The indicator of this name in its area, else in any; '' where the catalogue has none."""
    named = [entry for entry in load("indicators")["indicator"] if entry["label"] == label]
    return next((entry["id"] for entry in sorted(named, key=lambda entry: entry["area"] != area)), "")


# ---- ledgers ----------------------------------------------------------------------------------------------------------------------------


def _counted(entries: Entries, cells: Cells) -> Iterator[dict[str, object]]:
    for definition in load("ledgers")["fact"]:
        rows = entries.of(definition["sheet"])
        groups = {_WHOLE: rows} if definition.get("whole") else _by_sector(rows)
        for sector, group in groups.items():
            if group and _is_kept(definition, group):
                yield _fact(definition, sector, group, cells)


def _by_sector(rows: Sequence[Entry]) -> dict[str, list[Entry]]:
    groups: dict[str, list[Entry]] = {}
    for row in rows:
        groups.setdefault(row.text("sector"), []).append(row)
    return groups


def _is_kept(definition: dict[str, Any], group: Sequence[Entry]) -> bool:
    """Did the office keep this column at all; of what there is none of (no major hazard), no share is counted either."""
    filled = "needs" not in definition or any(definition["needs"] in row.values for row in group)
    return filled and any(_matches(row, definition.get("needs_some", {})) for row in group)


def _fact(definition: dict[str, Any], sector: str, group: Sequence[Entry], cells: Cells) -> dict[str, object]:
    chosen = [row for row in group if _matches(row, definition.get("where", {}))]
    value, column = _value(definition, chosen), definition.get("sum", "")
    unknown = definition.get("blank") == "unknown" and any(column not in row.values for row in chosen)
    return {
        **_catalogued(definition["indicator"]),
        "sector": sector,
        "value": value,
        "unit": definition["unit"],
        "qualifier": "at_least" if unknown else "exact",
        "figure_id": " ".join(filter(None, (cells.figure(row, column) for row in chosen))) if column else "",
        "source": "table",
        "sentence": _sentence(definition, sector, group, value),
    }


def _matches(row: Entry, wanted: dict[str, str]) -> bool:
    return all(row.text(column) == value for column, value in wanted.items())


def _value(definition: dict[str, Any], rows: Sequence[Entry]) -> Decimal:
    if "sum" in definition:
        return plain(sum((row.number(definition["sum"]) or Decimal(0) for row in rows), Decimal(0)))
    if definition["count"] == "distinct":
        return Decimal(len({"".join(row.text(definition["of"]).split()) for row in rows}))
    return Decimal(len(rows))


def _events(entries: Entries) -> Iterator[dict[str, object]]:
    """Each disaster as an event with its date, told apart by what it was."""
    for entry in entries.of("disasters"):
        event = {"label": entry.text("type"), "sector": _WHOLE, "date": entry.text("date"), "qualifier": "exact"}
        yield {**_catalogued(_EVENT), **event, "source": "table", "sentence": sentence_of(entry)}


@cache
def _catalogue() -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for entry in load("indicators")["indicator"]:
        found.setdefault(entry["id"], {"indicator": entry["id"], "area": entry["area"], "label": entry["label"]})
    return found


def _catalogued(indicator: str) -> dict[str, str]:
    return dict(_catalogue()[indicator])


# ---- the sentence -----------------------------------------------------------------------------------------------------------------------


def _sentence(definition: dict[str, Any], sector: str, group: Sequence[Entry], value: Decimal) -> str:
    """What was counted where: 工作表“隐患台账”中行业为“矿山”的，整改状态为“已整改”共 9 项（第 3 至 12 行）."""
    said = load("ledgers")["words"]
    whose = said["whole"] if definition.get("whole") else said["of_sector"].format(sector=words.sector(sector))
    layout = layouts()[definition["sheet"]]
    asked = ((layout.column(key), choice) for key, choice in definition.get("where", {}).items())
    whose += "".join(said["where"].format(column=column.head, value=(column.choices or _YES_NO)[choice]) for column, choice in asked)
    first, last = group[0].row, group[-1].row
    rows = (said["row"] if first == last else said["rows"]).format(first=first, last=last)
    sheet = f"工作表“{layout.title}”"
    parts = {"sheet": sheet, "sector": whose, "number": words.number(value), "unit": definition["unit"], "rows": rows}
    if "sum" in definition:
        return said["sum"].format(column=layout.column(definition["sum"]).head, **parts)
    return said["counted"].format(**parts)
