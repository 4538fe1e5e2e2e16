"""One row of a sheet, and all of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from selfeval.knowledge import load


@dataclass(frozen=True, slots=True)
class Entry:
    """One filled row of a sheet.

    `sheet` is a key of sheets.toml, `file` the name of its file, `row` its number as the sheet shows it. By column key, and only for cells
    that are filled: `values` holds the typed value (Decimal for quantities; the id of a choice, yes or no; an ISO date; text), `shown`
    the cell as it was typed, `cells` where it stands, such as D7. Names are one in `values` where they are one to the eye: a printed row
    of 基础数据 as it is printed (with its unit, even where that cell is empty), a project as it was typed first, ％ as %.
    """

    sheet: str
    file: str
    row: int
    values: Mapping[str, Decimal | str]
    shown: Mapping[str, str]
    cells: Mapping[str, str]

    def number(self, key: str) -> Decimal | None:
        """The quantity in a column, None where the cell is empty or holds text."""
        value = self.values.get(key)
        return value if isinstance(value, Decimal) else None

    def text(self, key: str) -> str:
        """The text, choice or date in a column, '' where the cell is empty or holds a quantity."""
        value = self.values.get(key, "")
        return value if isinstance(value, str) else ""

    def place(self, key: str = "") -> str:
        """Where the row, or one of its cells, stands, as a person looks it up: 工作表“预算执行”D7."""
        title = load("sheets")["sheet"][self.sheet]["title"]
        return f"工作表“{title}”{self.cells.get(key, f'第 {self.row} 行')}"


@dataclass(frozen=True, slots=True)
class Entries:
    """All rows of a year's sheets in the order of sheets.toml, and what is odd about the files (Chinese sentences for the findings)."""

    rows: tuple[Entry, ...] = ()
    remarks: tuple[str, ...] = ()

    def of(self, sheet: str) -> list[Entry]:
        """The rows of one sheet."""
        return [row for row in self.rows if row.sheet == sheet]

    def __bool__(self) -> bool:
        return bool(self.rows)
