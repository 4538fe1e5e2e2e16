"""What is on the screen as a file to take away, CSV or a workbook, in which no text of the data can run.

The file lies in a link of the notebook: the browser saves it where it saves everything, and nothing is written into the project.
"""

from __future__ import annotations

import base64
from dataclasses import dataclass
from decimal import Decimal

import pandas as pd
from markupsafe import Markup

from selfeval.formulas import harmless
from selfeval.telling.office import HEAD, TEXT, Cell, Sheet, area, at, workbook_bytes

_CSV = "text/csv;charset=utf-8"
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_WIDEST, _NARROWEST = 48, 8


@dataclass(frozen=True)
class Download:
    """A table as links that save it, once as CSV and once as a workbook."""

    frame: pd.DataFrame
    name: str

    def __repr__(self) -> str:
        return f"{self.name}：{len(self.frame)} 行"

    def _repr_html_(self) -> str:
        links = [
            _link(csv_bytes(self.frame), _CSV, f"{self.name}.csv"),
            _link(xlsx_bytes(self.frame, self.name), _XLSX, f"{self.name}.xlsx"),
        ]
        return str(Markup('<p class="selfeval-download">{} 行，存为 {}</p>').format(len(self.frame), Markup("　").join(links)))


def download(frame: pd.DataFrame, name: str) -> Download:
    """Links that save `frame` as <name>.csv and <name>.xlsx."""
    return Download(frame, "".join(character if character.isalnum() or character in "-_（）" else "-" for character in name))


def csv_bytes(frame: pd.DataFrame) -> bytes:
    """The table as CSV that Excel opens in Chinese; a text a spreadsheet would take for a formula stands behind an apostrophe."""
    safe = frame.map(_plain).rename(columns=lambda name: harmless(str(name)))
    return b"\xef\xbb\xbf" + safe.to_csv(None, index=False, lineterminator="\n").encode()


def xlsx_bytes(frame: pd.DataFrame, title: str) -> bytes:
    """The table as a workbook of one sheet; texts are texts, numbers are numbers."""
    heads = [Cell(1, column, str(head), HEAD) for column, head in enumerate(frame.columns, start=1)]
    cells = [
        Cell(row, column, value if isinstance(value, Decimal | int) else str(value), TEXT)
        for row, values in enumerate(frame.itertuples(index=False), start=2)
        for column, value in enumerate(values, start=1)
        if not _is_unknown(value)
    ]
    widths = {number: _width(frame.iloc[:, number - 1], str(head)) for number, head in enumerate(frame.columns, start=1)}
    last = at(len(frame) + 1, max(len(frame.columns), 1))
    as_typed = area(2, 1, max(len(frame), 1) + 1, max(len(frame.columns), 1))
    return workbook_bytes([Sheet(title, (*heads, *cells), widths, frozen="A2", filtered=f"A1:{last}", as_typed=as_typed)], title)


def _link(data: bytes, kind: str, name: str) -> Markup:
    return Markup('<a download="{}" href="data:{};base64,{}">{}</a>').format(name, kind, base64.b64encode(data).decode(), name)


def _plain(value: object) -> str:
    if _is_unknown(value):
        return ""
    return format(value, "f") if isinstance(value, Decimal) else harmless(str(value))


def _is_unknown(value: object) -> bool:
    return value is None or value == "" or (isinstance(value, float) and pd.isna(value))


def _width(column: pd.Series, head: str) -> float:
    longest = max((sum(2 if ord(character) > 0x2E80 else 1 for character in str(text)) for text in (head, *column)), default=0)
    return min(max(longest + 2, _NARROWEST), _WIDEST)
