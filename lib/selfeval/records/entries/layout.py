"""The sheets of sheets.toml as the reader needs them: names to know a sheet, a column, a choice and a printed row by."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import Any

from selfeval.knowledge import load
from selfeval.reading.document.characters import visible

_BLANKS = re.compile(r"\s+")
_AROUND_A_TITLE = re.compile(r"^[\d_.、()年度-]+|[\d_.、()年度-]+$")
_OF_WHICH = re.compile(r"^(?:其中:?|#)")
_IN_BRACKETS = re.compile(r"\([^()]*\)$")


@lru_cache(maxsize=8192)
def bare(text: str) -> str:
    """`text` as it is compared: half-width, in lower case, without blanks and line breaks."""
    return _BLANKS.sub("", unicodedata.normalize("NFKC", visible(text))).casefold()


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a sheet; the keys of sheets.toml, `choices` id → as printed, `words` as compared → id, `is_open`: takes others too."""

    key: str
    head: str
    kind: str
    names: tuple[str, ...]
    choices: Mapping[str, str]
    words: Mapping[str, str]
    is_open: bool
    unit: str = ""
    required: bool = False
    required_when: Mapping[str, Sequence[str]] = field(default_factory=dict)
    key_default: str = ""
    signed: bool = False
    sign_to: str = ""
    not_before: str = ""
    same_as: str = ""

    @property
    def holds_quantities(self) -> bool:
        """Whether numbers are expected in it, alone or beside text."""
        return self.kind in {"number", "money", "percent", "number_or_text"}


@dataclass(frozen=True, slots=True)
class Item:
    """A row of 基础数据 that is printed beforehand: its id, the cells to fill (`columns`) and the unit they are in."""

    id: str
    section: str
    item: str
    unit: str
    columns: tuple[str, ...]
    signed: bool
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Layout:
    """One sheet: its key and title, its columns in order, which of them tell rows apart, which may be printed beforehand."""

    key: str
    title: str
    columns: tuple[Column, ...]
    key_columns: tuple[str, ...]
    printed: frozenset[str]
    ask_unfilled: Mapping[str, Sequence[str]]
    items: tuple[Item, ...]

    def column(self, key: str) -> Column | None:
        """The column `key`, None where the sheet has none."""
        return next((column for column in self.columns if column.key == key), None)


@cache
def layouts() -> dict[str, Layout]:
    """Every sheet by its key, in the order of sheets.toml."""
    return {key: _layout(key, sheet) for key, sheet in load("sheets")["sheet"].items()}


@cache
def _by_title() -> dict[str, Layout]:
    return {bare(layout.title): layout for layout in layouts().values()}


def layout_of(title: str) -> Layout | None:
    """The sheet called `title`, whatever blanks, year, number or 表 stand around its name; None where there is none."""
    name = _title(title)
    return _by_title().get(name) or _by_title().get(name.removesuffix("表"))


def explains(title: str) -> bool:
    """Whether a sheet of this title only explains how to fill in the others."""
    return _title(title) in load("sheets")["reading"]["explanations"]


def _title(title: str) -> str:
    return _AROUND_A_TITLE.sub("", bare(title))


def choices_of(column: Mapping[str, Any]) -> dict[str, str]:
    """Id → as printed, for a column as it stands in sheets.toml; `choices_from` leads to another file of knowledge."""
    if "choices_from" not in column:
        return dict(column.get("choices", {}))
    name, _, table = column["choices_from"].partition(".")
    return {entry["id"]: entry["label"] for entry in load(name)[table]}


def item_of(section: str, text: str) -> Item | None:
    """The printed row of 基础数据 called `text` in this section, 其中：, blanks and remarks in brackets aside; None for any other."""
    name = _item_name(text)
    return next((item for item in items() if item.section == section and name in item.names), None)


def items() -> tuple[Item, ...]:
    """The rows of 基础数据 printed beforehand."""
    return next(layout.items for layout in layouts().values() if layout.items)


def _layout(key: str, sheet: Mapping[str, Any]) -> Layout:
    return Layout(
        key,
        sheet["title"],
        tuple(_column(column) for column in sheet["column"]),
        tuple(sheet["key"]),
        frozenset(sheet.get("printed", ())),
        sheet.get("ask_unfilled", {}),
        tuple(_item(item) for item in sheet.get("item", ())),
    )


def _column(column: Mapping[str, Any]) -> Column:
    choices = choices_of(column)
    names = tuple(bare(name) for name in (column["head"], *column.get("also", ())))
    made = {"names": names, "choices": choices, "words": _words(column, choices), "is_open": column.get("open", False)}
    return Column(**{name: column[name] for name in Column.__slots__ if name in column} | made)


def _words(column: Mapping[str, Any], choices: Mapping[str, str]) -> dict[str, str]:
    """Every spelling of a choice, as compared → its id: other words, its id, and before all what is printed."""
    if column["kind"] == "yes_no":
        reading = load("sheets")["reading"]
        return {bare(word): answer for answer in ("yes", "no") for word in reading[answer]}
    words = {bare(word): identifier for word, identifier in column.get("words", {}).items()}
    if "choices_from" in column:
        name, _, table = column["choices_from"].partition(".")
        words |= {bare(word): entry["id"] for entry in load(name)[table] for word in (*entry.get("words", ()), *entry.get("also", ()))}
    return words | {bare(label): identifier for identifier, label in choices.items()}


def _item(item: Mapping[str, Any]) -> Item:
    names = tuple(_item_name(name) for name in (item["item"], *item.get("also", ())))
    return Item(item["id"], item["section"], item["item"], item.get("unit", ""), tuple(item["columns"]), item.get("signed", False), names)


def _item_name(text: str) -> str:
    name = _OF_WHICH.sub("", bare(text))
    return _IN_BRACKETS.sub("", name) or name
