"""Office files: workbooks and letters. What stands in them is decided elsewhere; here is how it is written, and always as the same bytes.

A workbook is a list of `Sheet`s, a sheet is cells with a place, a value and a style:

    head = [Cell(3, column, text, HEAD) for column, text in enumerate(("项目", "金额（万元）"), start=1)]
    body = [Cell(4, 1, "甲项目", TEXT), Cell(4, 2, Decimal("12.5"), MONEY)]
    total = Cell(5, 2, Decimal("12.5"), MONEY, formula=f"SUM({area(4, 2, 4, 2)})")
    title = Cell(1, 1, "明细表", TITLE, across=2)
    data = workbook_bytes([Sheet("明细", (title, *head, *body, total), widths={1: 24, 2: 12})])
"""

from .safe_text import clean, quoted, sheet_titles
from .sheet import MESSAGE_LIMIT, Cell, Highlight, Sheet, Validation, area, at, place, row_of
from .style import (
    CENTRED,
    COUNT,
    GREY,
    HEAD,
    LABEL,
    MONEY,
    NOTE,
    PERCENT,
    SCORE,
    SECTION,
    SUBTITLE,
    TEXT,
    TITLE,
    WARNING,
    Style,
)
from .workbook import workbook_bytes

__all__ = [
    "CENTRED",
    "COUNT",
    "GREY",
    "HEAD",
    "LABEL",
    "MESSAGE_LIMIT",
    "MONEY",
    "NOTE",
    "PERCENT",
    "SCORE",
    "SECTION",
    "SUBTITLE",
    "TEXT",
    "TITLE",
    "WARNING",
    "Cell",
    "Highlight",
    "Sheet",
    "Style",
    "Validation",
    "area",
    "at",
    "clean",
    "place",
    "quoted",
    "row_of",
    "sheet_titles",
    "workbook_bytes",
]
