"""The rows of one sheet below its head: each filled one an entry, with every cell checked against its column."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from selfeval.knowledge import load
from selfeval.reading.document.workbook import Sheet, cell_name, cell_position

from .entry import Entry
from .faults import Notebook, few
from .heads import Head
from .layout import Column, Item, Layout, bare, item_of
from .units import MONEY, same_unit
from .values import Cell, Cells, Misfit, like, nothing_said, shown_as, value_of

# Its rows are the projects one by one, whatever they are called; all in 万元.
_OPEN_SECTION = "projects"
_SIGN = re.compile(r"\s*([<>]=|[≥≤<>=⩾⩽≧≦])\s*(\.?\d.*)", re.DOTALL)
_FORMULA = re.compile(r"[=@]\s*\S|[+-]\s*[A-Za-z(@=]|[+-][\d.+*/\s-]*[A-Za-z_]+\s*[|(!]")


@dataclass(slots=True)
class _Row:
    """A row being read: its filled cells by column key, and what became of them."""

    number: int
    cells: dict[str, Cell]
    values: dict[str, Decimal | str] = field(default_factory=dict)
    shown: dict[str, str] = field(default_factory=dict)
    places: dict[str, str] = field(default_factory=dict)
    item: Item | None = None

    def text(self, key: str) -> str:
        value = self.values.get(key, "")
        return value if isinstance(value, str) else ""

    def set(self, key: str, value: Decimal | str, cell: Cell, shown: str) -> None:
        self.values[key], self.shown[key], self.places[key] = value, shown, cell.name


class RowReader:
    """Reads the rows of one sheet."""

    def __init__(self, sheet: Sheet, layout: Layout, head: Head, notes: Notebook) -> None:
        self._sheet, self._layout, self._head, self._notes = sheet, layout, head, notes
        self._cells = Cells(sheet)
        # The columns others hang on (section, unit) are read before the quantities.
        self._order = sorted(layout.columns, key=lambda column: column.holds_quantities)

    def entries(self) -> Iterator[Entry]:
        """Every filled row that could be read, in order; what cannot be read is noted."""
        unfilled: list[int] = []
        for number in self._numbers():
            cells = self._filled(number)
            if not cells or self._repeats_the_head(number) or self._is_footer(number):
                continue
            if cells.keys() <= self._layout.printed:
                unfilled += [number + 1] if self._is_asked_about(cells) else []
                continue
            yield self._entry(_Row(number, cells))
        if unfilled:
            self._notes.remark("unfilled", f"第 {few(unfilled)} 行只有名称，没有填数，没有读入；不再有的请删去")

    def _is_asked_about(self, cells: dict[str, Cell]) -> bool:
        """Whether a row in which only printed columns are filled is one that somebody should have filled."""
        asked = self._layout.ask_unfilled
        return any(
            column.key in cells and column.words.get(bare(cells[column.key].text)) in asked.get(column.key, ())
            for column in self._layout.columns
        )

    def _numbers(self) -> list[int]:
        """The rows with anything in them, those included in which only formulas without a value stand."""
        rows = {position[0] for name in self._sheet.without_value if (position := cell_position(name))}
        return sorted(row for row in rows | self._sheet.cells.keys() if row >= self._head.first)

    def _filled(self, number: int) -> dict[str, Cell]:
        found = {column.key: self._cells.at(number, place) for place, column in self._head.columns.items()}
        return {key: cell for key, cell in found.items() if cell is not None}

    def _repeats_the_head(self, number: int) -> bool:
        """Whether the row is the head once more, as long tables print it on every page."""
        head, row = self._sheet.cells[self._head.row], self._sheet.cells.get(number, {})
        same = [place for place in self._head.columns if place in row and bare(row[place]) == bare(head.get(place, ""))]
        return len(same) > 1 and len(same) == sum(place in row for place in self._head.columns)

    def _is_footer(self, number: int) -> bool:
        """Whether the row is a note or the line for signatures below the table."""
        row = self._sheet.cells.get(number, {})
        if not row or any((number, place) in self._sheet.numbers for place in self._head.columns):
            return False
        text = bare(row[min(row)])
        if not text.startswith(tuple(load("sheets")["reading"]["footers"])):
            return False
        self._notes.remark("footer", f"“{row[min(row)]}”是表下的注释或签名，没有读入", cell_name(number, min(row)))
        return True

    def _entry(self, row: _Row) -> Entry:
        for column in self._order:
            cell = row.cells.get(column.key)
            if cell is not None:
                self._read(row, column, cell)
            if column.key == "item" and self._layout.items:
                self._know_item(row)
        self._check_required(row)
        self._check_dates(row)
        keys = [column.key for column in self._layout.columns if column.key in row.values]
        return Entry(
            self._layout.key,
            self._notes.file,
            row.number + 1,
            {key: row.values[key] for key in keys},
            {key: row.shown[key] for key in keys if key in row.shown},
            {key: row.places[key] for key in keys if key in row.places},
        )

    def _read(self, row: _Row, column: Column, cell: Cell) -> None:
        """Read one cell into its row, or note why it cannot be read."""
        sign, number = self._split(column, cell)
        signed = column.signed or (row.item is not None and row.item.signed)
        try:
            value = value_of(number, column, self._unit(row, column), signed=signed)
        except Misfit as misfit:
            self._notes.fault(misfit.kind, str(misfit), cell.name)
            return
        if value == "" and nothing_said(cell):
            self._say_nothing(column, cell)
            return
        if sign and isinstance(value, Decimal):
            self._keep_sign(row, column, cell, sign)
        elif sign:
            value = cell.text
        row.set(column.key, same_unit(value) if column.key == "unit" and isinstance(value, str) else value, cell, shown_as(cell, value))
        self._check_grey(row, column, cell)
        self._check_text(column, cell)
        if column.kind == "number_or_text":
            self._note_percent(row, cell, value)

    def _unit(self, row: _Row, column: Column) -> str:
        """What a quantity must be in: the unit of its column, of its printed row, or the one typed beside it."""
        if column.unit or not column.holds_quantities:
            return column.unit
        if column.kind == "percent":
            return "%"
        if row.item:
            return row.item.unit
        return MONEY if row.text("section") == _OPEN_SECTION else same_unit(row.text("unit"))

    def _split(self, column: Column, cell: Cell) -> tuple[str, Cell]:
        """The sign before a number (≥95) where it belongs into another column, and the cell without it."""
        if not column.sign_to or cell.stored is not None:
            return "", cell
        match = _SIGN.fullmatch(unicodedata.normalize("NFKC", cell.text))
        return (match[1], Cell(cell.name, match[2])) if match else ("", cell)

    def _keep_sign(self, row: _Row, column: Column, cell: Cell, sign: str) -> None:
        """Put the sign into its own column, where nothing stands; another one there is a fault."""
        other = self._layout.column(column.sign_to)
        if other is None:
            return
        stated = row.text(other.key)
        if stated and stated != other.words.get(sign):
            text = f"“{cell.text}”与{other.head}“{row.shown[other.key]}”（{row.places[other.key]}）不一致：请改正其中一处"
            self._notes.fault("sign", text, cell.name)
        elif not stated:
            row.set(other.key, other.words[sign], cell, sign)

    def _say_nothing(self, column: Column, cell: Cell) -> None:
        """A dash says that there is nothing; where something must be, that is a fault."""
        if column.required:
            self._notes.fault("required", f"“{column.head}”没有填，现为“{cell.text}”：请填写", cell.name)
        else:
            self._notes.remark("nothing", f"“{cell.text}”按没有填处理；是 0 的请填 0", cell.name)

    def _note_percent(self, row: _Row, cell: Cell, value: Decimal | str) -> None:
        """A percent sign in the cell says the unit where the column of units is empty."""
        is_percent = (cell.stored is not None and cell.stored.kind == "percent") or bare(cell.text).endswith("%")
        if isinstance(value, Decimal) and is_percent and self._layout.column("unit") and not row.text("unit"):
            row.set("unit", "%", cell, "%")

    def _know_item(self, row: _Row) -> None:
        """Find the printed row this one is; one nobody knows, or of another section or unit, is a fault."""
        section, text = row.text("section"), row.text("item")
        if not section or not text:
            return
        row.item = item_of(section, text)
        cell = row.cells["item"]
        listed = [item for item in self._layout.items if item.section == section]
        if row.item is not None:
            row.values |= {"item": row.item.item} | ({"unit": row.item.unit} if row.item.unit else {})
        elif section == _OPEN_SECTION:
            row.values["unit"] = MONEY
        else:
            near = like(text, [item.item for item in listed])
            hint = f"；是不是“{near}”？" if near else f"；这一类有：{'、'.join(item.item for item in listed)}"
            self._notes.fault("item", f"类别“{row.shown['section']}”里没有项目“{text}”{hint}", cell.name)

    def _check_grey(self, row: _Row, column: Column, cell: Cell) -> None:
        """A cell that this row does not have is a fault; so is a unit that is not the row's."""
        item = row.item
        if item is None:
            if column.key == "unit" and row.text("section") == _OPEN_SECTION and same_unit(row.text("unit")) != MONEY:
                self._notes.fault("unit", f"单位应为{MONEY}，现为“{cell.text}”：请把金额换算成{MONEY}", cell.name)
            return
        if column.key == "unit" and item.unit and same_unit(row.text("unit")) != item.unit:
            self._notes.fault("unit", f"“{item.item}”的单位应为{item.unit}，现为“{cell.text}”：请换算后再填", cell.name)
        if column.holds_quantities and column.key not in item.columns:
            heads = "、".join(f"“{other.head}”" for other in self._layout.columns if other.key in item.columns) or "“说明”"
            self._notes.fault("grey", f"“{item.item}”这一格不用填，现为“{cell.text}”：请填在{heads}栏", cell.name)

    def _check_text(self, column: Column, cell: Cell) -> None:
        if cell.stored is None and column.kind in {"text", "number_or_text"} and _FORMULA.match(cell.text):
            self._notes.remark("formula text", f"“{cell.text[:40]}”像公式，已按文字读入，不会执行；请核对是不是填错", cell.name)

    def _check_required(self, row: _Row) -> None:
        for column in self._layout.columns:
            if column.key in row.cells:
                continue
            asked = [key for key, ids in column.required_when.items() if row.text(key) in ids]
            if column.required or asked:
                place = next((place for place, other in self._head.columns.items() if other.key == column.key), None)
                why = f"（{self._head_of(asked[0])}为“{row.shown[asked[0]]}”时必填）" if asked else ""
                cell = cell_name(row.number, place) if place is not None else f"第 {row.number + 1} 行"
                self._notes.fault("required", f"“{column.head}”没有填{why}：请填写", cell)

    def _check_dates(self, row: _Row) -> None:
        for column in self._layout.columns:
            later, earlier = row.text(column.key), row.text(column.not_before)
            if column.not_before and later and earlier and later < earlier:
                other = self._head_of(column.not_before)
                text = f"{column.head} {later} 早于{other} {earlier}（{row.places[column.not_before]}）：请核对"
                self._notes.fault("date", text, row.places[column.key])

    def _head_of(self, key: str) -> str:
        column = self._layout.column(key)
        return column.head if column else key
