"""Drop-down lists: short ones stand in the cells' own rule, long ones on a hidden sheet that the rules point at."""

from __future__ import annotations

from selfeval.telling.office import Cell, Sheet, place

from .plan import Column

TITLE = "选项"
# Excel takes 255 characters with the commas between them; some programs count bytes.
_SHORT = 80


class Lists:
    """The long lists of one workbook, each once."""

    def __init__(self) -> None:
        self._lists: dict[tuple[str, ...], str] = {}
        self._cells: list[Cell] = []

    def source_of(self, choices: tuple[str, ...], head: str) -> str:
        """Where `choices` lie on the hidden sheet; "" when they are short enough to stand in the rule itself."""
        if len(",".join(choices)) <= _SHORT and not any("," in choice or '"' in choice for choice in choices):
            return ""
        if choices not in self._lists:
            column = len(self._lists) + 1
            letters = chr(ord("A") + len(self._lists))
            self._cells.append(Cell(1, column, head))
            self._cells += [Cell(row, column, choice) for row, choice in enumerate(choices, start=2)]
            self._lists[choices] = place(TITLE, f"${letters}$2:${letters}${len(choices) + 1}")
        return self._lists[choices]

    def sheet(self) -> list[Sheet]:
        """The hidden sheet, when there is a long list at all."""
        return [Sheet(TITLE, tuple(self._cells), hidden=True)] if self._cells else []


def words_of(column: Column) -> tuple[str, ...]:
    """The choices of a column as they are printed."""
    return tuple(column.choices.values())
