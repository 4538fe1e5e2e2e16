"""Gathers what is wrong and what is odd in the files, so that all of it is told at once and nothing of it a thousand times."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from selfeval.knowledge import load

_MOST_NAMED = 12


def few(numbers: Sequence[int]) -> str:
    """Numbers of rows, the first of many: 3、5、8 等 40."""
    return "、".join(map(str, numbers[:_MOST_NAMED])) + (f" 等 {len(numbers)}" if len(numbers) > _MOST_NAMED else "")


@dataclass(slots=True)
class Told:
    """Sentences of one sort (faults, or remarks), by file, sheet and kind."""

    _said: dict[tuple[str, str, str], list[str]] = field(default_factory=dict)
    _left_out: dict[tuple[str, str, str], int] = field(default_factory=dict)

    def add(self, file: str, title: str, kind: str, text: str, cell: str = "") -> None:
        """Say `text` of a cell, or of the sheet, or of the file where `title` is empty; beyond the first of a kind they are counted."""
        group = file, title, kind
        said = self._said.setdefault(group, [])
        if len(said) < load("sheets")["reading"]["faults_shown"]:
            place = f"{file} 工作表“{title}”" if title else file
            said.append(f"{place} {cell}：{text}" if cell else f"{place}：{text}")
        else:
            self._left_out[group] = self._left_out.get(group, 0) + 1

    def sentences(self) -> Iterator[str]:
        """What was said, kind by kind."""
        for group, said in self._said.items():
            yield from said
            if group in self._left_out:
                file, title, _ = group
                yield f"{file} 工作表“{title}”：同样的问题另有 {self._left_out[group]} 处"

    def __bool__(self) -> bool:
        return bool(self._said)


@dataclass(slots=True)
class Notebook:
    """What is to be told of one sheet of one file: faults stop the reading, remarks go along with it."""

    file: str
    title: str
    faults: Told
    remarks: Told

    def fault(self, kind: str, text: str, cell: str = "") -> None:
        """Note a fault."""
        self.faults.add(self.file, self.title, kind, text, cell)

    def remark(self, kind: str, text: str, cell: str = "") -> None:
        """Note an oddity."""
        self.remarks.add(self.file, self.title, kind, text, cell)
