"""How a table looks in a notebook: heads in Chinese over the columns' own names, numbers in line, sentences in full.

Only the look is made here. What pandas shows elsewhere stays as the analyst has set it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

import pandas as pd
from markupsafe import escape

from selfeval import words

# More rows than this make a notebook slow to scroll; the file has them all.
_MOST_ROWS = 500
# What has more decimals was divided: ratios are printed to the hundredth of a percent.
_MOST_DECIMALS = 4
# Longer texts are sentences and need room to wrap.
_SENTENCE = 16
_FIGURE_SPACE, _POINT_SPACE = "\u2007", "\u2008"
_STYLE = """<style>
div.selfeval-table { max-height: 30rem; overflow: auto; margin: 0.25rem 0; }
.selfeval-table .shown.shown { border-collapse: collapse; margin: 0; font-size: 13px; line-height: 1.5; table-layout: auto; }
.selfeval-table .shown th, .selfeval-table .shown td { padding: 3px 7px; text-align: left; vertical-align: top; white-space: nowrap;
  max-width: none; }
.selfeval-table .shown thead th { position: sticky; top: 0; font-weight: 600; vertical-align: bottom;
  background: var(--jp-layout-color0, #fff); box-shadow: 0 1px 0 var(--jp-border-color1, #bdbdbd); }
.selfeval-table .shown thead small { display: block; font-weight: 400; opacity: 0.7; font-family: var(--jp-code-font-family, monospace); }
.selfeval-table .shown .num { text-align: right; font-variant-numeric: tabular-nums; }
.selfeval-table .shown td.long { white-space: normal; min-width: 13em; max-width: 32em; overflow-wrap: anywhere; }
p.selfeval-note { margin: 2px 0 0; font-size: 12px; opacity: 0.75; }
</style>"""


@dataclass(frozen=True)
class Shown:
    """A table as a notebook shows it; `frame` is the table itself."""

    frame: pd.DataFrame

    def __repr__(self) -> str:
        return repr(self.frame)

    def _repr_html_(self) -> str:
        columns = [_Column(name, [*self.frame[name]]) for name in self.frame.columns]
        rows = range(min(len(self.frame), _MOST_ROWS))
        head = "".join(column.head() for column in columns)
        body = "".join(f"<tr>{''.join(column.cell(row) for column in columns)}</tr>" for row in rows)
        table = f'<table class="shown"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'
        note = f'<p class="selfeval-note">{_count(len(self.frame))}</p>'
        return f'{_STYLE}<div class="selfeval-table" tabindex="0">{table}</div>{note}'


def shown(table: pd.DataFrame, columns: Iterable[str] = ()) -> Shown:
    """`table`, or some of its `columns`, as a notebook shows it best: scrolled instead of cut, decimal points in line, all in Chinese.

    The table itself keeps its codes and every digit: conditions are written with those.
    """
    columns = [*columns]
    return Shown(table[columns] if columns else table)


class _Column:
    """One column: its head, and its cells as HTML. Whatever comes from the table is escaped here, cell by cell."""

    def __init__(self, name: object, values: list[object]) -> None:
        self.name = str(name)
        self.is_numeric = any(isinstance(value, Decimal | int | float) for value in values)
        written = [_written(words.spoken(self.name, value) if isinstance(value, str) else value) for value in values]
        self.is_long = not self.is_numeric and any(len(text) > _SENTENCE for text in written)
        self.cells = in_line(written) if self.is_numeric else written
        self.look = ' class="num"' if self.is_numeric else ' class="long"' if self.is_long else ""

    def head(self) -> str:
        title = words.column(self.name)
        small = f"<small>{escape(self.name)}</small>" if title != self.name else ""
        return f"<th{self.look}>{escape(title)}{small}</th>"

    def cell(self, row: int) -> str:
        return f"<td{self.look}>{escape(self.cells[row])}</td>"


def in_line(numbers: list[str]) -> list[str]:
    """Numbers filled up on the right with blanks of a digit's width, so that set flush right their decimal points stand in one line."""
    decimals = [len(text.partition(".")[2]) for text in numbers]
    most = max(decimals, default=0)
    return [text + _filling(most, own) if text else "" for text, own in zip(numbers, decimals, strict=True)]


def _filling(most: int, own: int) -> str:
    return (_POINT_SPACE if most and not own else "") + _FIGURE_SPACE * (most - own)


def _written(value: object) -> str:
    if value is None or (isinstance(value, float) and pd.isna(value)):
        return ""
    if not isinstance(value, Decimal):
        return str(value)
    return words.number(words.rounded(value, _MOST_DECIMALS) if -value.as_tuple().exponent > _MOST_DECIMALS else value)


def _count(rows: int) -> str:
    if not rows:
        return "没有一行"
    return f"共 {rows} 行" if rows <= _MOST_ROWS else f"共 {rows} 行，这里列出前 {_MOST_ROWS} 行；全部在表文件里"
