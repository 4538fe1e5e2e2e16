"""What a new year takes over from last year: names of projects, indicators with their targets, last year's final amounts, standing words.

Amounts spent, values reached, scores and reasons are never taken over.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal

import pandas as pd

from selfeval.knowledge import load
from selfeval.records.entry_tables.indicators import DEPARTMENT
from selfeval.records.stated import filled_in
from selfeval.tables import rows_in

from .base import Known
from .blank import Row

# Words that seldom change from year to year; problems and measures are this year's own.
_STANDING = ("contact", "duties", "organisation")
_TAKEN = ("scope", "level1", "level2", "name", "nature", "unit")
# The overall goal is written anew each year; the total is no indicator.
_NOT_TAKEN = ("goal", "total")


@dataclass(frozen=True, slots=True)
class Carried:
    """Rows printed beforehand by sheet key, and what is known for 基础数据."""

    rows: dict[str, list[Row]] = field(default_factory=dict)
    known: Known = field(default_factory=Known)

    def summary(self) -> list[str]:
        """What was taken over, in words."""
        levels = [row["level"] for row in self.rows.get("budget", []) if row.get("fund_source", "whole") == "whole"]
        indicators = [row for row in self.rows.get("indicators", []) if row["level1"] not in {*_NOT_TAKEN, "execution"}]
        amounts = [*self.known.amounts.values(), *(amount for amount in self.known.projects.values() if amount is not None)]
        counts = (
            (levels.count("project"), "个项目（金额空着）"),
            (levels.count("basic_part"), "项基本支出（金额空着）"),
            (len(indicators), "个绩效指标及指标值（完成值、得分、原因空着）"),
            (len(amounts), "个上年决算数"),
            (len(self.known.words), "段文字说明"),
            (len(self.rows.get("work", [])), "行工作数据的名称（数值空着）"),
        )
        return [f"{count} {what}" for count, what in counts if count]


def carried_from(tables: dict[str, pd.DataFrame]) -> Carried:
    """What last year's tables (figures, budget_lines, indicators, base_data, work_facts; any may be empty) give the new year."""
    lines, exact = tables["budget_lines"], _exact_figures(tables["figures"])
    budget = list(_budget_rows(lines))
    rows = {
        "budget": budget,
        "indicators": list(_indicator_rows(filled_in(tables["indicators"]))),
        "work": list(_work_rows(tables["work_facts"])),
    }
    return Carried({key: found for key, found in rows.items() if found}, _known(tables["base_data"], lines, exact))


def _budget_rows(lines: pd.DataFrame) -> Iterator[Row]:
    """A row each for the parts of basic expenditure and for the projects, with a row for each source a project has; none twice."""
    columns = {column["key"]: column for column in load("sheets")["sheet"]["budget"]["column"]}
    seen = set()
    for line in rows_in(lines):
        if line.level not in {"basic_part", "project"} or line.book not in columns["book"]["choices"] or not line.item:
            continue
        row = {"book": line.book, "level": line.level, "item": line.item}
        children = lines[(lines["parent_id"] == line.line_id) & (lines["fund_source"] != "")]
        sources = [source for source in children["fund_source"] if source != "whole"]
        for source in ["whole", *sources] if sources else [""]:
            full = row | ({"fund_source": source} if source else {})
            if (key := tuple(full.values())) not in seen:
                seen.add(key)
                yield full


def _indicator_rows(indicators: pd.DataFrame) -> Iterator[Row]:
    """The printed rows of the department first, where last year has no row of the kind, then last year's indicators as they stood."""
    if not len(indicators):
        return
    for row in load("sheets")["sheet"]["indicators"]["rows"]:
        kept = indicators[(indicators["scope"] == DEPARTMENT) & (indicators["level1"] == row["level1"])]
        if not len(kept) or row["level1"] in _NOT_TAKEN:
            yield row
    for indicator in rows_in(indicators):
        if indicator.level1 not in _NOT_TAKEN:
            yield _indicator_row(indicator)
        elif indicator.level1 == "goal" and indicator.scope != DEPARTMENT:
            yield {"scope": indicator.scope, "level1": "goal"}


def _indicator_row(indicator: tuple) -> Row:
    row = {key: value for key in _TAKEN if (value := getattr(indicator, key))}
    if row.get("scope") == DEPARTMENT:
        del row["scope"]
    if indicator.weight is not None:
        row["weight"] = indicator.weight
    target = indicator.target if indicator.target is not None else indicator.target_text
    return row | ({"target": target} if target not in {None, ""} else {})


def _work_rows(facts: pd.DataFrame) -> Iterator[Row]:
    """Area, sector, name and unit of every number of last year that no ledger gives; the value is this year's own."""
    counted = {fact["indicator"] for fact in load("ledgers")["fact"]}
    seen = set()
    for fact in rows_in(facts):
        name = fact.label.strip()
        fits = fact.value is not None and fact.unit and name
        if fits and fact.indicator not in counted and (key := (fact.area, fact.sector, name)) not in seen:
            seen.add(key)
            sector = {"sector": fact.sector} if fact.sector else {}
            yield {"area": fact.area, **sector, "indicator": name, "unit": fact.unit}


def _known(base: pd.DataFrame, lines: pd.DataFrame, exact: set[str]) -> Known:
    """Last year's final amounts: as 基础数据 gave them, else as the budget lines have them where they are no bounds."""
    items = {item["id"]: item for item in load("sheets")["sheet"]["base"]["item"]}
    wanted = {name for name, item in items.items() if "last_actual" in item["columns"]}
    given = [row for row in rows_in(base) if row.item_id in items]
    amounts = {name: amount for name, amount in _totals(lines, exact) if name in wanted}
    amounts |= {row.item_id: row.actual for row in given if row.actual is not None and row.item_id in wanted}
    words = {row.item_id: row.note for row in given if row.item_id in _STANDING and row.note}
    return Known(amounts, words, _projects(base, lines, exact))


def _totals(lines: pd.DataFrame, exact: set[str]) -> Iterator[tuple[str, Decimal]]:
    """支出合计 and 项目支出合计 of last year, where there is just one line of the kind."""
    for level, item in (("total", "spent"), ("project_total", "projects")):
        found = lines[(lines["level"] == level) & ((lines["book"] == "all") | (level == "project_total"))]
        if len(found) == 1 and (amount := _exact_actual(found.iloc[0], exact)) is not None:
            yield item, amount


def _projects(base: pd.DataFrame, lines: pd.DataFrame, exact: set[str]) -> dict[str, Decimal | None]:
    found = lines[lines["level"] == "project"]
    projects = {line["item"]: _exact_actual(line, exact) for _, line in found.iterrows() if line["item"]}
    # The same project in two books: its two amounts are no amount of the project.
    for name in found["item"][found["item"].duplicated()]:
        projects[name] = None
    listed = base[(base["section"] == "projects") & (base["item_id"] != "projects")]
    return projects | {row.item: row.actual for row in rows_in(listed) if row.item and row.actual is not None}


def _exact_actual(line: pd.Series, exact: set[str]) -> Decimal | None:
    """What the line spent; None where that is unknown or only a bound (20 余万元)."""
    stated = line["actual_figure"].split()
    return line["actual"] if set(stated) <= exact else None


def _exact_figures(figures: pd.DataFrame) -> set[str]:
    return set(figures["figure_id"][figures["qualifier"] == "exact"])
