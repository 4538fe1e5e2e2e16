"""The columns of every table, checked on write and on read.

Tables are CSV in UTF-8 with `\\n`; decimals are plain strings, an empty cell means unknown and is never 0. In memory every column holds
`str`, except the decimal and whole-number columns named here, which hold `Decimal` or `int`, and `None` where unknown. A text that a
spreadsheet would take for a formula stands in the file behind an apostrophe, which is taken off again on reading.
"""

from __future__ import annotations

import csv
import io
from collections import namedtuple
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from selfeval.exceptions import TableBroken
from selfeval.formulas import as_it_was, harmless

_MOST_PROBLEMS = 3


@dataclass(frozen=True)
class Schema:
    """The shape of one table: its columns in order, and what some of them may hold."""

    columns: tuple[str, ...]
    decimals: frozenset[str] = frozenset()
    integers: frozenset[str] = frozenset()
    choices: Mapping[str, frozenset[str]] = field(default_factory=dict)


def _schema(columns: str, decimals: str = "", integers: str = "", **choices: str) -> Schema:
    return Schema(
        tuple(columns.split()),
        frozenset(decimals.split()),
        frozenset(integers.split()),
        {name: frozenset(words.split("|")) for name, words in choices.items()},
    )


_CHANGES = _schema(
    "metric label scope unit basis value earlier_year earlier change change_rate status missing note",
    decimals="value earlier change change_rate",
    integers="earlier_year",
    status="compared|not_comparable|appeared|vanished",
)
_METRICS = _schema(
    "metric label scope value unit basis formula inputs status missing note",
    decimals="value",
    status="computed|not_computable",
)

SCHEMAS: dict[str, Schema] = {
    "sources": _schema(
        "name role kind encoding sha256 bytes title issuer published obtained note body scoring document_kind",
        integers="bytes",
        document_kind="|body_evaluation|project_evaluation|account|budget|form|template|other",
    ),
    "passages": _schema(
        "passage_id kind line start section page sheet level heading text cells",
        integers="line start page level",
        kind="line|head|row",
    ),
    "figures": _schema(
        "figure_id start end line page section text value unit amount base_unit qualifier kind measure used_by sentence cell correction",
        decimals="value amount",
        integers="start end line page",
        qualifier="exact|over|about|at_least|at_most|range_low|range_high",
        kind="money|count|percent|date|year|ordinal|code|doc_number|phone|other",
    ),
    "statements": _schema(
        "figure_id start end text subject measure aspect period scope state amount base_unit qualifier extent part_of of because"
        " sentence section line page cell",
        decimals="amount",
        integers="start end part_of line page",
        aspect="planned|initial|adjusted|arrived|actual|carried_over|change|change_rate|share|rate|average|weight|score|limit|converted",
        period="year|prior|next|part|span",
        state="|found|rectified|under_way|open|passed|failed|filed|closed",
        qualifier="exact|over|about|at_least|at_most|range_low|range_high",
        extent="single|whole|part|rest|example",
    ),
    "budget_lines": _schema(
        "line_id book level parent_id item target initial adjusted actual reason target_figure initial_figure adjusted_figure"
        " actual_figure source sentence fund_source",
        decimals="target initial adjusted actual",
        book="all|general_public|government_fund|state_capital|social_insurance|special_account|other_funds|assets|income",
        level="total|basic|basic_part|project_total|project|fund|item",
        source="text|table|correction",
        fund_source="|whole|current|carried|other",
    ),
    "work_facts": _schema(
        "fact_id area sector indicator label value unit qualifier date figure_id source sentence",
        decimals="value",
        qualifier="exact|over|about|at_least|at_most|range_low|range_high",
        source="text|table|correction",
    ),
    "indicators": _schema(
        "indicator_id scope level1 level2 name nature target target_text actual actual_text unit weight applicable band stated_score"
        " low_target reason target_figure actual_figure weight_figure stated_figure source page table row sentence",
        decimals="target actual weight stated_score",
        integers="page table row",
        level1="|goal|execution|cost|output|benefit|satisfaction|total",
        level2="|quantity|quality|timeliness|cost|economic_cost|social_cost|ecological_cost|economic|social|ecological|sustainable"
        "|satisfaction",
        nature="|ge|le|eq|gt|lt|qualitative",
        applicable="yes|no",
        band="|reached|partly|missed",
        low_target="|yes|no",
        source="text|table|correction",
    ),
    "base_data": _schema(
        "item_id section item unit last_actual budget actual note last_figure budget_figure actual_figure source sentence",
        decimals="last_actual budget actual",
        source="text|table|correction",
    ),
    "budget_metrics": _METRICS,
    "safety_metrics": _METRICS,
    "scores": _schema(
        "score_id ruleset scope part level1 level2 name nature target actual unit weight basis rate points stated_points grade formula"
        " inputs status missing note",
        decimals="target actual weight rate points stated_points",
        part="execution|indicator|level1|total|band",
        status="computed|not_computable",
    ),
    "budget_changes": _CHANGES,
    "safety_changes": _CHANGES,
    "findings": _schema(
        "finding_id family severity verdict title message stated recomputed difference tolerance unit figures line page quote"
        " acknowledged fingerprint",
        decimals="stated recomputed difference tolerance",
        integers="line page",
        severity="high|medium|low|info",
        verdict="agrees|rounding|differs|suspect|not_checkable|flag",
    ),
}


def make_table(name: str, rows: Iterable[Mapping[str, object]]) -> pd.DataFrame:
    """Return `rows` as the table `name`: all its columns, in order; keys left out become unknown.

    >>> lines = make_table("budget_lines", [{"item": "甲项目", "adjusted": Decimal("40"), "actual": Decimal("38.50")}])
    >>> lines["actual"].sum(), lines["initial"][0]
    (Decimal('38.50'), None)

    Raises TableBroken when a row has a key that is no column of the table.
    """
    schema = SCHEMAS[name]
    rows = list(rows)
    strange = sorted(set().union(*rows) - set(schema.columns))
    if strange:
        raise TableBroken(f"表 {name} 没有这些列：{'、'.join(strange)}；应有：{'、'.join(schema.columns)}")
    texts = [place for place, column in enumerate(schema.columns) if column not in schema.decimals | schema.integers]
    # By rows and as one block of objects: several times faster than a series a column, and a report makes dozens of small tables.
    cells = [[*map(row.get, schema.columns)] for row in rows]
    for row in cells:
        for place in texts:
            if type(row[place]) is not str:
                row[place] = _as_text(row[place])
    block = np.array(cells, dtype=object).reshape(len(cells), len(schema.columns))
    return pd.DataFrame(block, columns=_heads(name), dtype=object, copy=False)


@cache
def _heads(name: str) -> pd.Index:
    """The columns of a table; to make them takes longer than to fill a small one."""
    return pd.Index(list(SCHEMAS[name].columns))


def stack_tables(name: str, *frames: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of several frames of the table `name` as one, in this order."""
    filled = [frame for frame in frames if len(frame)]
    return filled[0] if len(filled) == 1 else make_table(name, (row for frame in filled for row in records_in(frame)))


def rows_in(frame: pd.DataFrame) -> list[Any]:
    """The rows of a table as named tuples, cells as they are in memory; what pandas offers for it is many times slower on small tables."""
    return [*map(_row_type(tuple(frame.columns))._make, _cells(frame))]


def records_in(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows of a table as dictionaries by column."""
    columns = list(frame.columns)
    return [dict(zip(columns, cells, strict=True)) for cells in _cells(frame)]


def _cells(frame: pd.DataFrame) -> list[list[Any]]:
    return frame.to_numpy(dtype=object).tolist()


def _columns_of(frame: pd.DataFrame) -> dict[str, list[Any]]:
    return dict(zip(frame.columns, frame.to_numpy(dtype=object).T.tolist(), strict=True))


@cache
def _row_type(columns: tuple[str, ...]) -> type:
    """One class for all rows with these columns: to make it takes longer than to read a small table."""
    return namedtuple("Row", columns)


def check_table(name: str, frame: pd.DataFrame, where: str) -> None:
    """Raise TableBroken, naming every fault at once, unless `frame` fits the schema of `name`."""
    _check(name, _columns_of(frame), where)


def _check(name: str, cells: Mapping[str, list[Any]], where: str) -> None:
    schema = SCHEMAS[name]
    missing = [column for column in schema.columns if column not in cells]
    if missing:
        raise TableBroken(f"{where} 缺少列：{'、'.join(missing)}；请重新运行生成它的笔记本")
    problems = []
    for column, allowed in schema.choices.items():
        for row, value in enumerate(cells[column], start=2):
            if value not in allowed:
                problems.append(f"{where} 第 {row} 行 {column} 为“{value}”，应为 {'、'.join(sorted(allowed))} 之一")
    for columns, wanted, word in ((schema.decimals, Decimal, "小数"), (schema.integers, int, "整数")):
        for column in sorted(columns):
            for row, value in enumerate(cells[column], start=2):
                if value is not None and not isinstance(value, wanted):
                    problems.append(f"{where} 第 {row} 行 {column} 为“{value}”，应为{word}或空")
    if problems:
        raise TableBroken(problems)


def write_table(name: str, frame: pd.DataFrame, folder: Path) -> Path:
    """Write `frame` as `<folder>/<name>.csv` by way of a temporary file, so that a reader never meets half a table."""
    path = Path(folder) / f"{name}.csv"
    schema, cells = SCHEMAS[name], _columns_of(frame)
    _check(name, cells, path.name)
    numbers = schema.decimals | schema.integers
    columns = [map(_plain if column in numbers else harmless, cells[column]) for column in schema.columns]
    path.parent.mkdir(parents=True, exist_ok=True)
    text = io.StringIO()
    rows = csv.writer(text, lineterminator="\n")  # faster than by way of pandas, and the same bytes
    rows.writerow(schema.columns)
    rows.writerows(zip(*columns, strict=True))
    temporary = path.with_suffix(".csv.part")
    temporary.write_text(text.getvalue(), encoding="utf-8", newline="\n")
    temporary.replace(path)
    return path


def write_tables(folder: Path, **tables: pd.DataFrame) -> None:
    """Write every one of `tables`, given by their names, into `folder` as `write_table` does."""
    for name, table in tables.items():
        write_table(name, table, folder)


def read_table(name: str, folder: Path) -> pd.DataFrame:
    """Read `<folder>/<name>.csv` back as it was written: a table of the last run, `folder` being `locate(unit, year).processed`.

    `name` is one of SCHEMAS: sources, figures, budget_lines, findings, budget_metrics and so on; SCHEMAS[name].columns are its columns.
    Texts are `str`, "" where there is nothing to say. Quantities are exact `Decimal`, None where unknown, which is never 0. Amounts of
    budget_lines are in 万元; ratios are ratios, 1 being 100 %.

    Raises TableBroken when the file is missing or does not fit its schema.
    """
    path = Path(folder) / f"{name}.csv"
    if not path.is_file():
        raise TableBroken(f"找不到表 {path.name}；请先运行生成它的笔记本（01_clean、02_budget_execution、03_safety_work 依次）")
    raw = pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8")
    schema = SCHEMAS[name]
    missing = [column for column in schema.columns if column not in raw.columns]
    if missing:
        raise TableBroken(f"{path.name} 缺少列：{'、'.join(missing)}；请重新运行生成它的笔记本")
    frame = pd.DataFrame(
        {column: pd.Series([_parse(value, column, schema) for value in raw[column]], dtype=object) for column in schema.columns},
        columns=list(schema.columns),
    )
    check_table(name, frame, path.name)
    return frame


def read_tables(names: Iterable[str], folder: Path) -> tuple[dict[str, pd.DataFrame], str]:
    """The tables `names` of a folder by name, and ""; none of them, and why, when one is missing, torn or does not fit its schema."""
    try:
        return {name: read_table(name, folder) for name in names}, ""
    except TableBroken as broken:
        more = "等" if len(broken.problems) > _MOST_PROBLEMS else ""
        return {}, "；".join(broken.problems[:_MOST_PROBLEMS]) + more
    except (ValueError, OSError):
        # What pandas has to say of a torn file is English and speaks of its parser.
        return {}, "文件损坏，不是能读的 CSV"


def _as_text(value: object) -> str:
    return "" if value is None else str(value)


def _plain(value: Decimal | int | None) -> str:
    return "" if value is None else format(value, "f") if isinstance(value, Decimal) else str(value)


def _parse(value: str, column: str, schema: Schema) -> object:
    """One cell as it stood in memory; a cell that is no number stays text, and check_table names it."""
    if column not in schema.decimals and column not in schema.integers:
        return as_it_was(value)
    if value == "":
        return None
    try:
        return Decimal(value) if column in schema.decimals else int(value)
    except (InvalidOperation, ValueError):
        return value
