"""What is handed in or worked on beside the page: official forms, narrative report, all tables as one workbook, the year on one sheet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pandas as pd

from selfeval import words
from selfeval.paths import LOOSE_FILE
from selfeval.tables import SCHEMAS, rows_in
from selfeval.telling.narrative import narrate, title_of
from selfeval.telling.office import COUNT, HEAD, TEXT, TITLE, Cell, Sheet, Style, area, at, row_of, workbook_bytes
from selfeval.telling.office.letter import letter_bytes
from selfeval.telling.official_forms import forms
from selfeval.telling.one_page import one_page

FORMS, NARRATIVE, WORKBOOK, ONE_PAGE = "forms.xlsx", "narrative.docx", "tables.xlsx", "brief.pdf"

_GUIDE = "说明"
_TABLE_HEADS = ("工作表", "同样的 CSV 文件", "一行是什么", "行数")
_COLUMN_HEADS = ("工作表", "列", "CSV 里的列名", "种类", "意思", "代号")
_INTRODUCTION = (
    "每张工作表是一张表，第一行是列名，可以筛选、排序、做透视表。数都是数，文字都是文字；空格是不知道，不是 0。比率写成小数，1 就是 100%。",
    "算出来的数按报告上印的取舍：比率到万分之一，其他到两位小数；一位不少的在 CSV 里，代号也只在 CSV 里用。",
    "以“…的数字”为名的列写着数字的编号，可在“数字”表里查到它的原句和位置。得分是模拟测算，不是自评得分。改动这个文件不影响报告，重新运行会重写它。",
)
_GUIDE_WIDTHS = {1: 18, 2: 30, 3: 20, 4: 8, 5: 56, 6: 70}
_LINE = 15.0
_ONE_LINE = replace(TEXT, wrap=False)
_PLAIN = replace(TEXT, border=False)
_WIDEST, _NARROWEST = 48, 8
Row = Any
# Tables of computed values, and how many decimals those are printed with.
_COMPUTED = frozenset({"budget_metrics", "safety_metrics", "budget_changes", "safety_changes", "scores", "findings"})
_RATIOS, _RATIO_PLACES, _PLACES = frozenset({"change_rate", "rate", "tolerance"}), 4, 2
# How many rows tell how wide a column is.
_SAMPLE = 200


def write_hand_in(tables: Mapping[str, pd.DataFrame], unit: str, year: int, folder: Path) -> None:
    """Write the three official forms, the narrative report and the workbook of all `tables` (by name) into `folder`.

    The body is called as its report or source card calls it, `unit` where neither does. What the tables do not say stays blank in the
    forms and is a marked place in the narrative.
    """
    body = _name_of(tables, unit)
    marked = [tables[name] for name in ("budget_lines", "indicators", "base_data", "scores")]
    (folder / FORMS).write_bytes(workbook_bytes(forms(*marked, body=body, year=year), f"{body} {year}"))
    (folder / NARRATIVE).write_bytes(letter_bytes(narrate(tables, body, year), title_of(body, year)))
    (folder / WORKBOOK).write_bytes(workbook_bytes(sheets_of(tables, body, year), f"{body} {year}"))


def write_one_page(tables: Mapping[str, pd.DataFrame], unit: str, year: int, folder: Path) -> Path:
    """Write the year on one sheet of paper into `folder` and return its path; `tables` are all there are, by name.

    Of a loose file (unit LOOSE_FILE) no narrative is written, so none is spoken of.
    """
    path = folder / ONE_PAGE
    path.write_bytes(one_page(tables, _name_of(tables, unit), year, draft=unit != LOOSE_FILE))
    return path


def _name_of(tables: Mapping[str, pd.DataFrame], unit: str) -> str:
    return next((row.body for row in rows_in(tables["sources"]) if row.body), unit)


def sheets_of(tables: Mapping[str, pd.DataFrame], body: str, year: int) -> list[Sheet]:
    """Return all `tables` as sheets for those who want to go on calculating, after one that says what they hold.

    Numbers are numbers and texts are texts, whatever they look like; an empty cell is unknown.
    """
    return [_guide(tables, body, year), *(_sheet(name, table) for name, table in tables.items())]


# ---- what the tables hold ---------------------------------------------------------------------------------------------------------------


def _guide(tables: Mapping[str, pd.DataFrame], body: str, year: int) -> Sheet:
    """The first sheet: a line a table, then a line a column."""
    across = len(_COLUMN_HEADS)
    opening = [Cell(1, 1, f"{body} {year} 年度：全部的表", TITLE, across=across)]
    opening += [Cell(row, 1, line, _PLAIN, across=across) for row, line in enumerate(_INTRODUCTION, start=2)]
    first = len(_INTRODUCTION) + 3
    heads = first + len(tables) + 2
    rows = {row: _explained(*pair) for row, pair in enumerate(_columns_of(tables), start=heads + 1)}
    explained = [cell for row, texts in rows.items() for cell in row_of(row, texts)]
    cells = (*opening, *_listed(tables, first), *row_of(heads, _COLUMN_HEADS, HEAD), *explained)
    heights = dict.fromkeys(range(2, first - 1), _LINE) | {row: _height(texts) for row, texts in rows.items()}
    return Sheet(_GUIDE, cells, _GUIDE_WIDTHS, heights, filtered=area(heads, 1, heads + len(rows), across), landscape=True)


def _columns_of(tables: Mapping[str, pd.DataFrame]) -> Iterator[tuple[str, str]]:
    return ((name, column) for name, table in tables.items() for column in table.columns)


def _height(texts: Sequence[str]) -> float:
    """As high as its longest cell needs; not every program finds that out by itself."""
    lines = (-(-_columns_taken(text) // (_GUIDE_WIDTHS[column] - 2)) for column, text in enumerate(texts, start=1))
    return _LINE * max(1, *lines)


def _listed(tables: Mapping[str, pd.DataFrame], first: int) -> Iterator[Cell]:
    for row, (title, file, meaning, count) in enumerate([_TABLE_HEADS, *map(_described, tables.items())], start=first):
        look = HEAD if row == first else TEXT
        yield from row_of(row, (title, file), look)
        yield Cell(row, 3, meaning, look, across=3)
        yield Cell(row, 6, count, look if row == first else COUNT)


def _described(item: tuple[str, pd.DataFrame]) -> tuple[str, str, str, int]:
    name, table = item
    return words.table(name), f"tables/{name}.csv", words.table_row(name), len(table)


def _explained(name: str, column: str) -> tuple[str, ...]:
    schema = SCHEMAS[name]
    kind = "数" if column in schema.decimals | schema.integers else "文字"
    choices = [f"{word} {words.table_choice(column, word)}" for word in sorted(schema.choices.get(column, ())) if word]
    return words.table(name), words.column(column), column, kind, words.column_meaning(name, column), "；".join(choices)


# ---- the tables -------------------------------------------------------------------------------------------------------------------------


def _sheet(name: str, table: pd.DataFrame) -> Sheet:
    """A table as it is, one line a row, heads in Chinese first."""
    schema = SCHEMAS[name]
    numeric = schema.decimals | schema.integers
    heads = [Cell(1, number, words.column(column), HEAD) for number, column in enumerate(table.columns, start=1)]
    looks = [COUNT if column in numeric else _ONE_LINE for column in table.columns]
    widths = {
        number: _width(
            words.column(column), [words.spoken(column, value) if isinstance(value, str) else value for value in table[column][:_SAMPLE]]
        )
        for number, column in enumerate(table.columns, start=1)
    }
    last, body = at(len(table) + 1, len(table.columns)), area(2, 1, max(len(table), 1) + 1, len(table.columns))
    cells = (*heads, *_cells(name, table, looks))
    return Sheet(words.table(name), cells, widths, frozen="B2", filtered=f"A1:{last}", repeat=(1, 1), landscape=True, as_typed=body)


def _cells(name: str, table: pd.DataFrame, looks: Sequence[Style]) -> Iterator[Cell]:
    for number, row in enumerate(rows_in(table), start=2):
        shown = ((place, _shown(name, row, column)) for place, column in enumerate(table.columns, start=1))
        yield from (Cell(number, place, value, looks[place - 1]) for place, value in shown if value is not None and value != "")


def _shown(name: str, row: Row, column: str) -> str | Decimal | int | None:
    """A cell as the report prints it: words instead of codes, what was computed with as many decimals."""
    value = getattr(row, column)
    if isinstance(value, str):
        return words.spoken(column, value)
    if not isinstance(value, Decimal) or name not in _COMPUTED:
        return value
    places = _RATIO_PLACES if column in _RATIOS or not row.unit else _PLACES
    return words.rounded(value, places) if -value.as_tuple().exponent > places else value


def _width(head: str, column: Sequence[str | Decimal | int | None]) -> float:
    """As wide as most cells are, hanzi counted twice; long sentences are cut by the next cell and read in full when chosen."""
    longest = max((_columns_taken(value) for value in column), default=0)
    return min(max(longest + 1, _columns_taken(head) + 4, _NARROWEST), _WIDEST)


def _columns_taken(value: str | Decimal | int | None) -> int:
    text = "" if value is None else str(value)
    return sum(2 if ord(character) > 0x2E80 else 1 for character in text)
