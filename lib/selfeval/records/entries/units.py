"""Units as people write them: 万元 in a head, 平米 in a cell, 元 behind a number."""

from __future__ import annotations

import re
from functools import cache

from selfeval.knowledge import load

from .layout import bare

MONEY = "万元"
_BRACKETS = re.compile(r"^(?P<name>.*?)[(\[【〔{](?P<inside>[^()\[\]【】〔〕{}]*)[)\]】〕}]$")
_SEPARATED = re.compile(r"^(?P<name>.+?)[/,，:、](?P<inside>[^/,，:、]+)$")
_SAYS_UNIT = re.compile(r"^(?:金额|计量|货币)?单位:?")
_HALF_WIDTH = {0xFF01 + offset: 0x21 + offset for offset in range(94)}
_MARKS = "*※★☆#:"


def half_width(text: str) -> str:
    """`text` without blanks, full-width letters, digits and signs made half-width; ℃ and ㎡ stay what they are."""
    return "".join(text.split()).translate(_HALF_WIDTH)


def same_unit(text: str) -> str:
    """A unit in the spelling of the sheets: ％ is %, 平米 is 平方米."""
    unit = half_width(text)
    return load("sheets")["reading"]["units"].get(unit, unit)


def is_money(unit: str) -> bool:
    """Whether `unit` is one of money."""
    return unit in load("units")["money"]


@cache
def _known() -> frozenset[str]:
    units = load("units")
    counts = [unit for listed in units["count"].values() if isinstance(listed, list) for unit in listed]
    return frozenset([*units["money"], *units["percent"]["units"], *counts])


def is_unit(text: str) -> bool:
    """Whether `text` is a unit at all, and not a remark such as 必填."""
    return text in _known() or text in load("sheets")["reading"]["units"].values()


def name_and_unit(head: str) -> tuple[str, str]:
    """A column head as it is compared, and the unit it carries: 年初预算数\\n（万元） is 年初预算数, 万元; '' where it carries none."""
    name = bare(head).strip(_MARKS)
    inside = _BRACKETS.match(name) or _SEPARATED.match(name)
    if not inside:
        return name, ""
    unit = same_unit(_SAYS_UNIT.sub("", inside["inside"]))
    if is_unit(unit):
        return inside["name"].strip(_MARKS), unit
    return name, ""


def without_brackets(name: str) -> str:
    """A bare head without a remark in brackets at its end: 项目名称(全称) is 项目名称."""
    inside = _BRACKETS.match(name)
    return inside["name"] if inside else name


def stated_unit(text: str) -> str:
    """The unit of money a note such as （金额单位：元） names, '' where it names none."""
    note = bare(text).strip("()[]【】")
    said = _SAYS_UNIT.match(note)
    unit = same_unit(note[said.end() :]) if said else ""
    return unit if is_money(unit) else ""
