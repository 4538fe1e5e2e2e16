"""A cell of a filled sheet, and what is typed in it as the value its column asks for, or why it is none."""

from __future__ import annotations

import datetime
import difflib
import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal

from selfeval.knowledge import load
from selfeval.quantity import plain
from selfeval.reading.document.characters import visible
from selfeval.reading.document.number_format import Stored
from selfeval.reading.document.workbook import Sheet, cell_name

from .layout import Column, bare
from .units import half_width, is_unit, same_unit

_NUMBER = re.compile(r"(?P<number>[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?|[+-]?\.\d+)(?P<unit>.*)", re.DOTALL)
_DATE = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:[T\s]\s*\d{1,2}:.*)?|(\d{4})(\d{2})(\d{2})")
_ERROR = re.compile(r"#(?:REF!|N/A|VALUE!|DIV/0!|NAME\?|NULL!|NUM!|SPILL!|CALC!|GETTING_DATA)")
_MINUS = str.maketrans("−–—", "---")
# No budget has more digits before the point; Excel keeps no more of them.
_MOST_DIGITS = 15
_MOST_CHOICES = 24
_LIKENESS = 0.5


@dataclass(frozen=True, slots=True)
class Cell:
    """`text` as shown, `stored` where it is a number; `error`: an error stands in it, `uncalculated`: its formula has no value."""

    name: str
    text: str
    stored: Stored | None = None
    error: bool = False
    uncalculated: bool = False


class Cells:
    """The filled cells of a sheet by row and column, both counted from 0."""

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet
        self._errors = frozenset(sheet.errors)
        self._uncalculated = frozenset(sheet.without_value)

    def at(self, row: int, column: int) -> Cell | None:
        """The cell, None where it is empty."""
        name = cell_name(row, column)
        if name in self._uncalculated:
            return Cell(name, "", uncalculated=True)
        text = self._sheet.cells.get(row, {}).get(column, "")
        # Ledgers run to many thousand cells, nearly all of them without anything to drop.
        text = text if text.isprintable() else visible(text).strip()
        return Cell(name, text, self._sheet.stored(row, column), name in self._errors) if text else None


class Misfit(Exception):
    """Raised when a cell does not hold what its column asks for; `kind` is what sort of fault it is."""

    def __init__(self, kind: str, text: str) -> None:
        self.kind = kind
        super().__init__(text)


def value_of(cell: Cell, column: Column, unit: str = "", *, signed: bool = False) -> Decimal | str:
    """The value in `cell`: a Decimal, the id of a choice, yes or no, an ISO date, or text; '' where a dash says that there is none.

    `unit`: what a quantity must be in, '' for any. Raises Misfit where the cell does not fit the column.
    """
    _refuse_broken(cell)
    if column.kind in {"number", "money", "percent"}:
        return _quantity(cell, unit, signed=signed)
    if column.kind == "number_or_text":
        return _quantity_or_text(cell, unit)
    if column.kind == "date":
        return _date(cell)
    if column.kind in {"choice", "yes_no"}:
        return _choice(cell, column)
    return cell.text


def shown_as(cell: Cell, value: Decimal | str) -> str:
    """The cell as it was typed: a stored number with all its digits, whatever its format shows of them."""
    if cell.stored is None or not isinstance(value, Decimal):
        return cell.text
    return f"{value:f}%" if cell.stored.kind == "percent" else f"{value:f}"


def nothing_said(cell: Cell) -> bool:
    """Whether a cell for a quantity holds a dash or stroke, which says that there is none."""
    return cell.stored is None and bare(cell.text) in load("sheets")["reading"]["nothing"]


def like(text: str, known: list[str]) -> str:
    """The entry of `known` most like `text`, '' where none is."""
    names = {bare(name): name for name in known}
    wanted = bare(text)
    within = (name for name in names if wanted and (wanted in name or name in wanted))
    close = next(iter(difflib.get_close_matches(wanted, names, 1, _LIKENESS)), None) or next(within, None)
    return names[close] if close else ""


def _refuse_broken(cell: Cell) -> None:
    if cell.uncalculated:
        raise Misfit("formula", "公式没有算出结果：请用 Excel 或 WPS 打开并保存一次，或直接填数字")
    if cell.error or _ERROR.fullmatch(cell.text.strip()):
        raise Misfit("error", f"显示错误值“{cell.text}”：请改正公式，或直接填写")


def _quantity(cell: Cell, unit: str, *, signed: bool) -> Decimal | str:
    if nothing_said(cell):
        return ""
    if cell.stored is not None:
        value = _stored(cell, unit)
    else:
        value, typed = _typed(cell)
        _check_unit(cell, typed, unit)
    if value < 0 and not signed:
        raise Misfit("negative", f"不应为负数，现为“{cell.text}”：请核对后改正")
    return value


def _stored(cell: Cell, unit: str) -> Decimal:
    """A stored number; a percent counts in per cent where that is the unit, and nowhere else."""
    stored = cell.stored
    if stored is None or stored.kind in {"date", "time"}:
        raise Misfit("number", f"应为数字，现为日期或时间“{cell.text}”：请把单元格格式改为常规，再填数字")
    if stored.kind == "percent":
        if unit not in {"", "%"}:
            raise Misfit("unit", f"单位应为{unit}，现为百分比“{cell.text}”：请把单元格格式改为常规，再填数字")
        return _bearable(cell, plain(stored.value.scaleb(2)))
    return _bearable(cell, plain(stored.value))


def _typed(cell: Cell) -> tuple[Decimal, str]:
    """A number typed as text, and the unit behind it."""
    text = half_width(cell.text).translate(_MINUS)
    match = _NUMBER.fullmatch(text)
    unit = same_unit(match["unit"]) if match else ""
    if match is None or (unit and not is_unit(unit)):
        raise Misfit("number", f"应为数字，现为“{cell.text}”：请只填数字，没有的空着")
    return _bearable(cell, Decimal(match["number"].replace(",", ""))), unit


def _check_unit(cell: Cell, typed: str, unit: str) -> None:
    if typed in {"", unit}:
        return
    if unit:
        raise Misfit("unit", f"单位应为{unit}，现为“{cell.text}”：请换算成{unit}，只填数字")
    raise Misfit("number", f"应为数字，现为“{cell.text}”：请只填数字，单位填在单位栏")


def _quantity_or_text(cell: Cell, unit: str) -> Decimal | str:
    """A plain number, or one with its unit behind it; anything else is text."""
    if cell.stored is not None and cell.stored.kind in {"number", "percent"}:
        return _stored(cell, unit)
    if cell.stored is not None:
        return cell.text
    try:
        value, typed = _typed(cell)
    except Misfit:
        return cell.text
    if typed == "%" and unit not in {"", "%"}:
        raise Misfit("unit", f"度量单位为{unit}，现为“{cell.text}”：请改正度量单位或数值")
    return value if typed in {"", "%", unit} else cell.text


def _bearable(cell: Cell, value: Decimal) -> Decimal:
    if value and value.adjusted() >= _MOST_DIGITS:
        raise Misfit("number", f"数字太大，现为“{cell.text}”：请核对后改正")
    return value


def _date(cell: Cell) -> str:
    reading = load("sheets")["reading"]
    day = cell.stored.day if cell.stored is not None and cell.stored.day else _day_typed(cell.text)
    if not day:
        raise Misfit("date", f"应为日期（年-月-日），现为“{cell.text}”：请填完整的年月日")
    if not reading["first_year"] <= int(day[:4]) <= reading["last_year"]:
        raise Misfit("date", f"日期不合理，现为“{cell.text}”：请核对年份")
    return day


def _day_typed(text: str) -> str:
    match = _DATE.fullmatch(unicodedata.normalize("NFKC", text).strip())
    if not match:
        return ""
    year, month, day = (int(part) for part in match.groups() if part)
    try:
        return datetime.date(year, month, day).isoformat()
    except ValueError:
        return ""


def _choice(cell: Cell, column: Column) -> str:
    word = bare(cell.text)
    if word in column.words:
        return column.words[word]
    if column.is_open:
        return cell.text.strip()
    labels = list(column.choices.values()) or ["是", "否"]
    listed = "、".join(labels[:_MOST_CHOICES]) + ("等" if len(labels) > _MOST_CHOICES else "")
    near = like(cell.text, labels)
    raise Misfit("choice", f"应为 {listed} 之一，现为“{cell.text}”" + (f"；是不是“{near}”？" if near else "：请从下拉列表中选"))
