"""Filled sheets for tests, typed as CSV text under the heads an office knows, and the tables made of them."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from pathlib import Path

import pandas as pd

from selfeval.entries import Entries, Entry
from selfeval.entry_tables import base_data_of, budget_lines_of, indicators_of, read_cells, work_facts_of
from selfeval.knowledge import load


def entries_of(sheets: Mapping[str, str]) -> Entries:
    """Entries from CSV text by sheet title; a head may stand without its unit."""
    rows = [entry for title, text in sheets.items() for entry in _entries(title, text)]
    return Entries(tuple(rows))


def entries_in(folder: Path) -> Entries:
    """Entries from the CSV files of a folder, named by sheet title; lines that begin with # are remarks."""
    texts = {path.stem: path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.csv"))}
    return entries_of({title: "\n".join(line for line in text.splitlines() if not line.startswith("#")) for title, text in texts.items()})


def tables_of(entries: Entries) -> dict[str, pd.DataFrame]:
    """The tables of filled sheets by name."""
    cells = read_cells(entries)
    return {
        "budget_lines": budget_lines_of(entries, cells),
        "base_data": base_data_of(entries, cells),
        "indicators": indicators_of(entries, cells),
        "work_facts": work_facts_of(entries, cells),
    }


def _entries(title: str, text: str) -> list[Entry]:
    sheet, definition = next((key, entry) for key, entry in load("sheets")["sheet"].items() if entry["title"] == title)
    columns = {column["head"]: column for column in definition["column"]}
    made = []
    for number, record in enumerate(csv.DictReader(io.StringIO(text.strip())), start=2):
        shown = {columns[head]["key"]: cell.strip() for head, cell in record.items() if cell and cell.strip()}
        values = {column["key"]: _typed(column, shown[column["key"]]) for column in columns.values() if column["key"] in shown}
        cells = {key: f"{chr(ord('A') + index)}{number}" for index, key in enumerate(columns[head]["key"] for head in record)}
        made.append(Entry(sheet, f"{title}.csv", number, values, shown, cells))
    return made


def _typed(column: dict, cell: str) -> Decimal | str:
    if column["kind"] in {"number", "money", "percent", "number_or_text"}:
        try:
            return Decimal(cell.rstrip("%"))
        except InvalidOperation:
            return cell
    if column["kind"] == "yes_no":
        return {"是": "yes", "否": "no"}[cell]
    if column["kind"] == "choice":
        return next(identity for identity, printed in _choices(column).items() if printed == cell)
    return cell


def _choices(column: dict) -> dict[str, str]:
    if "choices" in column:
        return column["choices"]
    name, kind = column["choices_from"].split(".")
    return {entry["id"]: entry["label"] for entry in load(name)[kind]}
