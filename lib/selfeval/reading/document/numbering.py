"""The automatic numbers of a Word file (一、 （一） 1. ①), counted as Word counts them: they stand in no run, so they must be worked out.

Source: ECMA-376 part 1, 17.9 (numbering) and 17.18.59 (number formats).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from xml.etree.ElementTree import Element

from .package import Package, attribute, local_name

_PLACE = re.compile(r"%([1-9])")
_DEEPEST = 9
# No report counts further in hanzi, letters or Roman numerals.
_LARGEST = 99


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list: its first number, how it is written and what is printed around it."""

    start: int = 1
    form: str = "decimal"
    text: str = ""
    restarts: bool = True
    decimal_only: bool = False
    style: str = ""


@dataclass(frozen=True, slots=True)
class Style:
    """What a paragraph style says about numbers."""

    name: str
    based_on: str
    number: str
    level: int | None


@dataclass(slots=True)
class _List:
    """A list in the document (w:num): the definition it counts in, its levels and the levels it starts anew."""

    definition: str
    levels: dict[int, Level]
    overrides: dict[int, int]
    begun: bool = False


@dataclass(slots=True)
class Numbering:
    """Labels of paragraphs in the order asked: each call counts one paragraph."""

    lists: dict[str, _List] = field(default_factory=dict)
    styles: dict[str, Style] = field(default_factory=dict)
    default_style: str = ""
    _counts: dict[str, dict[int, int]] = field(default_factory=dict)

    def is_contents_entry(self, properties: Element | None) -> bool:
        """Whether the paragraph is a line of a table of contents."""
        style = self.styles.get(_style_of(properties))
        return style is not None and style.name.lower().startswith("toc")

    def label(self, properties: Element | None) -> str:
        """The number printed before the paragraph with these properties, '' if it has none or only a bullet."""
        number, depth = self._number_of(properties)
        entry = self.lists.get(number)
        if entry is None or depth not in entry.levels:
            return ""
        counts = self._counted(entry, depth)
        level = entry.levels[depth]
        if level.form in {"bullet", "none"}:
            return ""
        return _PLACE.sub(lambda place: _written(entry.levels, counts, int(place[1]) - 1, level), level.text).strip()

    def _counted(self, entry: _List, depth: int) -> dict[int, int]:
        counts = self._counts.setdefault(entry.definition, {})
        if not entry.begun:
            entry.begun = True
            for level in entry.overrides:
                counts.pop(level, None)
        first = entry.overrides.get(depth, entry.levels[depth].start)
        counts[depth] = counts[depth] + 1 if depth in counts else first
        for deeper in [level for level in counts if level > depth and entry.levels.get(level, Level()).restarts]:
            del counts[deeper]
        return counts

    def _number_of(self, properties: Element | None) -> tuple[str, int]:
        """The list and level of a paragraph: its own, else those of its style or of the style that one is based on."""
        number, level = _number_properties(properties)
        name = _style_of(properties) or self.default_style
        seen: set[str] = set()
        while not number and name in self.styles and name not in seen:
            seen.add(name)
            style = self.styles[name]
            number = style.number
            if number and level is None:
                level = style.level if style.level is not None else self._level_of_style(number, name)
            name = style.based_on
        return number, level or 0

    def _level_of_style(self, number: str, style: str) -> int:
        entry = self.lists.get(number)
        return next((depth for depth, level in entry.levels.items() if level.style == style), 0) if entry else 0


def read_numbering(package: Package, main: str) -> Numbering:
    """Read the list definitions and paragraph styles that belong to the document part `main`."""
    numbering = Numbering()
    styles = package.related(main, "styles")
    for element in package.xml(styles) if styles else ():
        if local_name(element) == "style":
            identity = attribute(element, "styleId") or ""
            numbering.styles[identity] = _style(element)
            if attribute(element, "default") in {"1", "true"} and attribute(element, "type") == "paragraph":
                numbering.default_style = identity
    part = package.related(main, "numbering")
    if part:
        numbering.lists = _lists(package.xml(part), numbering.styles)
    return numbering


def _lists(root: Element, styles: dict[str, Style]) -> dict[str, _List]:
    definitions, links, numbers = {}, {}, {}
    for element in root:
        if local_name(element) == "abstractNum":
            identity = attribute(element, "abstractNumId") or ""
            definitions[identity] = {_integer(attribute(level, "ilvl"), 0): _level(level) for level in _children(element, "lvl")}
            links[identity] = _value(element, "numStyleLink")
        elif local_name(element) == "num":
            numbers[attribute(element, "numId") or ""] = element
    lists = {}
    for identity, element in numbers.items():
        definition = _linked(_value(element, "abstractNumId"), links, styles, numbers)
        lists[identity] = _List(definition, dict(definitions.get(definition, {})), {})
        for override in _children(element, "lvlOverride"):
            _apply(override, lists[identity])
    return lists


def _linked(definition: str, links: dict[str, str], styles: dict[str, Style], numbers: dict[str, Element]) -> str:
    """The definition that really holds the levels: one may only name a list style, whose own list holds them."""
    style = styles.get(links.get(definition, ""))
    if style is None or style.number not in numbers:
        return definition
    return _value(numbers[style.number], "abstractNumId")


def _apply(override: Element, entry: _List) -> None:
    depth = _integer(attribute(override, "ilvl"), 0)
    for level in _children(override, "lvl"):
        entry.levels[depth] = _level(level)
    start = _value(override, "startOverride")
    if start:
        entry.overrides[depth] = _integer(start, 1)


def _style(element: Element) -> Style:
    number, level = _number_properties(next(_children(element, "pPr"), None))
    return Style(_value(element, "name"), _value(element, "basedOn"), number, level)


def _level(element: Element) -> Level:
    return Level(
        start=_integer(_value(element, "start"), 1),
        form=_value(element, "numFmt") or "decimal",
        text=_value(element, "lvlText"),
        restarts=_value(element, "lvlRestart") != "0",
        decimal_only=next(_children(element, "isLgl"), None) is not None,
        style=_value(element, "pStyle"),
    )


def _style_of(properties: Element | None) -> str:
    return _value(properties, "pStyle") if properties is not None else ""


def _number_properties(properties: Element | None) -> tuple[str, int | None]:
    """List id ('' if none is named) and level of a paragraph or style; list 0 switches a style's number off."""
    numbers = next(_children(properties, "numPr"), None) if properties is not None else None
    if numbers is None:
        return "", None
    level = _value(numbers, "ilvl")
    return _value(numbers, "numId"), _integer(level, 0) if level else None


def _children(parent: Element, kind: str):  # noqa: ANN202 - a generator of elements, private
    return (child for child in parent if local_name(child) == kind)


def _value(parent: Element, kind: str) -> str:
    child = next(_children(parent, kind), None)
    return (attribute(child, "val") or "") if child is not None else ""


def _integer(text: str | None, default: int) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 6 else default


def _written(levels: dict[int, Level], counts: dict[int, int], depth: int, current: Level) -> str:
    level = levels.get(depth, Level())
    form = "decimal" if current.decimal_only else level.form
    return written_number(counts.get(depth, level.start), form)


def written_number(number: int, form: str) -> str:
    """`number` in the number format `form` of ECMA-376; formats and numbers without a rule here are written in digits."""
    if form in {"bullet", "none"}:
        return ""
    return _FORMS.get(form, str)(number) if 0 < number <= _LARGEST else str(number)


def _han(number: int) -> str:
    """一, 十二, 二十一."""
    tens, ones = divmod(number, 10)
    return (_ONE_TO_NINE[tens - 1] * (tens > 1) + "十") * (tens > 0) + _ONE_TO_NINE[ones - 1] * (ones > 0)


def _letters(number: int) -> str:
    """A, B … Z, AA, BB …"""
    return chr(ord("A") + (number - 1) % 26) * ((number - 1) // 26 + 1)


def _roman(number: int) -> str:
    tens, ones = divmod(number, 10)
    return _TENS[tens] + _ONES[ones]


def _one_sign(before: int, number: int) -> str:
    """① to ⑳ are one character each, and so are ⑴ to ⒇ and ⒈ to ⒛; beyond them there are none."""
    return chr(before + number) if number <= _LAST_SIGN else str(number)


_SIGNS = {
    "decimalEnclosedCircle": 0x245F,
    "decimalEnclosedCircleChinese": 0x245F,
    "decimalEnclosedParen": 0x2473,
    "decimalEnclosedFullstop": 0x2487,
}
_LAST_SIGN, _WIDE = 20, str.maketrans("0123456789", "０１２３４５６７８９")
_TENS = ("", "X", "XX", "XXX", "XL", "L", "LX", "LXX", "LXXX", "XC")
_ONES = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")
_ONE_TO_NINE = "一二三四五六七八九"
_FORMAL = str.maketrans(f"{_ONE_TO_NINE}十", "壹贰叁肆伍陆柒捌玖拾")
_FORMS: dict[str, Callable[[int], str]] = {
    "decimalZero": "{:02d}".format,
    "upperRoman": _roman,
    "lowerRoman": lambda number: _roman(number).lower(),
    "upperLetter": _letters,
    "lowerLetter": lambda number: _letters(number).lower(),
    "chineseLegalSimplified": lambda number: "壹" * (9 < number < 20) + _han(number).translate(_FORMAL),
    "decimalFullWidth": lambda number: str(number).translate(_WIDE),
    **{form: partial(_one_sign, before) for form, before in _SIGNS.items()},
    **dict.fromkeys(("chineseCounting", "chineseCountingThousand", "japaneseCounting", "taiwaneseCountingThousand"), _han),
}
