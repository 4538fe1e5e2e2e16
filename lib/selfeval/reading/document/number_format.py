"""How a workbook shows a number: the number formats of Excel and WPS, so that 0.419 printed as 41.9% is read as 41.9%.

Source: ECMA-376 part 1, 18.8.30 (built-in formats, those of zh-CN included) and 18.8.31 (format codes). What a figure is must not hang on
colour or brackets, so a negative number always carries a minus sign; Chinese numerals asked for by [DBNum] are written in digits.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from decimal import ROUND_HALF_UP, Context, Decimal, DecimalException
from functools import lru_cache

from selfeval.knowledge import load

BUILT_IN: dict[int, str] = {number: code for code, numbers in load("number_formats").items() for number in numbers}

# Excel itself keeps fifteen significant digits; what lies beyond is noise of binary floats.
_FIFTEEN = Context(prec=15, rounding=ROUND_HALF_UP)
_WIDE = Context(prec=60, rounding=ROUND_HALF_UP)
_LAST_DAY = 2_958_465
_LONGEST_CODE = 255
_LONGEST = 40
_TOKEN = re.compile(
    r"""(?P<quoted>"[^"]*"?)|(?P<escaped>[\\!].)|(?P<space>_.)|(?P<fill>\*.)|(?P<bracket>\[[^\]]*\]?)"""
    r"""|(?P<general>General|G/通用格式)|(?P<power>E[+-])|(?P<date>y+|m+|d+|h+|s+|e+)|(?P<place>[0#?])|(?P<sign>[.,%@/])|(?P<other>.)""",
    re.IGNORECASE | re.DOTALL,
)
_CURRENCY = re.compile(r"\[\$([^-\]]*)")
# Hours beyond a day, and words or scales under a condition, are told as the number they are.
_AS_NUMBER = re.compile(r"\[(?:h+|m+|s+|[<>=].*)\]", re.IGNORECASE)
_BARS = frozenset("-–—－")


@dataclass(slots=True)
class _Section:
    """One of the up to four parts of a format code, cut into (kind, text) tokens."""

    tokens: list[tuple[str, str]] = field(default_factory=list)

    def has(self, *kinds: str) -> bool:
        return any(kind in kinds for kind, _ in self.tokens)


def shown(number: Decimal, code: str, *, from_1904: bool = False) -> str:
    """`number` as a cell with the format `code` shows it; `from_1904`: the workbook counts days from 1904."""
    number = _FIFTEEN.plus(number)
    sections = _sections(code[:_LONGEST_CODE])
    section = _section_for(number, sections)
    if section.has("general", "power") or not section.tokens or not -_LONGEST < number.adjusted() < _LONGEST:
        return _general(number, section)
    if section.has("date"):
        return _date(number, section, from_1904=from_1904) or _general(number, None)
    if section.has("place") and section.has("slash"):
        return _general(number, None)
    if not section.has("place"):
        return _general(number, None) if section.has("text") or _is_bar(number, _literals(section)) else _literals(section)
    written = _decimal(number, section)
    return "0" if _is_bar(number, written) else written


def _is_bar(number: Decimal, written: str) -> bool:
    """Whether a zero is written as the bar accountants print for it, which would be taken for nothing known."""
    return not number and written.strip() in _BARS


@dataclass(frozen=True, slots=True)
class Stored:
    """A number as a cell stores it, at most fifteen digits, and as what its format shows it: number, percent, date or time.

    A percent is the ratio itself (0.955); `day` is the ISO date of a date, '' where the number is none.
    """

    value: Decimal
    kind: str
    day: str = ""


def stored(number: Decimal, code: str, *, from_1904: bool = False) -> Stored:
    """`number` without the noise of binary floats, and what the format `code` says it is."""
    number = _FIFTEEN.plus(number)
    section = _section_for(number, _sections(code[:_LONGEST_CODE]))
    if section.has("date"):
        letters = {text[0].lower() for kind, text in section.tokens if kind == "date"}
        moment = _moment(number, from_1904=from_1904) if letters & {"y", "d", "e"} or letters == {"m"} else None
        return Stored(number, "date" if moment else "time", moment.date().isoformat() if moment else "")
    return Stored(number, "percent" if section.has("%") else "number")


def _general(number: Decimal, section: _Section | None) -> str:
    """`number` in plain digits, its exponent kept only where that is no number of this world."""
    text = "0" if not number else format(number.normalize(), "f" if -_LONGEST < number.adjusted() < _LONGEST else "")
    if section is None or not section.has("general"):
        return text
    return "".join(text if kind == "general" else piece for kind, piece in section.tokens if kind in {"general", "literal"})


def _literals(section: _Section) -> str:
    return "".join(text for kind, text in section.tokens if kind == "literal")


@lru_cache(maxsize=512)
def _sections(code: str) -> list[_Section]:
    sections = [_Section()]
    for match in _TOKEN.finditer(code):
        kind, text = match.lastgroup or "other", match[0]
        if kind == "other" and text == ";":
            sections.append(_Section())
            continue
        _add(sections[-1], kind, text)
    return sections


def _add(section: _Section, kind: str, text: str) -> None:
    if kind == "quoted":
        section.tokens.append(("literal", text.strip('"')))
    elif kind == "escaped":
        section.tokens.append(("literal", text[1:]))
    elif kind == "bracket":
        _add_bracket(section, text)
    elif kind == "sign":
        section.tokens.append(({"/": "slash", "@": "text"}.get(text, text), text))
    elif kind == "other":
        section.tokens.append(("literal", text))
    elif kind not in {"space", "fill"}:
        section.tokens.append((kind, text))


def _add_bracket(section: _Section, text: str) -> None:
    currency = _CURRENCY.match(text)
    if currency:
        section.tokens.append(("literal", currency[1]))
    elif _AS_NUMBER.fullmatch(text):
        section.tokens.append(("power", ""))


def _section_for(number: Decimal, sections: list[_Section]) -> _Section:
    """The section that shows `number`, by its sign; the first where that is under a condition."""
    numeric = sections[:3]
    if numeric[0].has("power"):
        return numeric[0]
    if len(numeric) == 1 or number > 0:
        return numeric[0]
    if number < 0:
        return numeric[1]
    return numeric[2] if len(numeric) == 3 else numeric[0]


def _decimal(number: Decimal, section: _Section) -> str:
    """Digits laid into the places of a section such as `#,##0.00` or `0.0%` or `0"."0,"万元"`."""
    tokens = section.tokens
    kinds = [kind for kind, _ in tokens]
    point = kinds.index(".") if "." in kinds else len(tokens)
    places = [index for index, kind in enumerate(kinds) if kind == "place"]
    before = [index for index in places if index < point]
    after = [index for index in places if index > point]
    commas = [index for index, kind in enumerate(kinds) if kind == ","]
    thousands = sum(max(before, default=-1) < index < point or index > places[-1] for index in commas)
    grouped = any(before and before[0] < index < before[-1] for index in commas)
    try:
        scaled = abs(number).scaleb(2 * kinds.count("%") - 3 * thousands, _WIDE).quantize(Decimal(1).scaleb(-len(after)), context=_WIDE)
    except DecimalException:
        return _general(number, None)
    whole, _, fraction = format(scaled, "f").partition(".")
    written = _laid_out(tokens, _whole_places(tokens, before, whole, grouped=grouped) | _fraction_places(tokens, after, fraction))
    return f"-{written}" if number < 0 and scaled and "-" not in written else written


def _laid_out(tokens: list[tuple[str, str]], digits: dict[int, str]) -> str:
    pieces = []
    for index, (kind, text) in enumerate(tokens):
        if index in digits:
            pieces.append(digits[index])
        elif kind == "." and (any(digits.get(later) for later in range(index + 1, len(tokens)))):
            pieces.append(".")
        elif kind in {"literal", "slash", "%"} and text not in {"(", ")"}:
            pieces.append(text)
    return "".join(pieces)


def _whole_places(tokens: list[tuple[str, str]], places: list[int], whole: str, *, grouped: bool) -> dict[int, str]:
    """Which digits each place before the point prints: filled from the right, the first place takes all that is left."""
    if not places:
        return {}
    # A zero before a point is printed even where `#` would leave it out: “.5” is too easily read as 5.
    least = max(sum(tokens[index][1] == "0" for index in places), int(any(kind == "." for kind, _ in tokens)))
    whole = whole.lstrip("0").rjust(least, "0")
    digits = dict.fromkeys(places, "")
    for count, index in enumerate(reversed(places)):
        end = len(whole) - count
        digits[index] = (whole[:end] if index == places[0] else whole[end - 1 : end]) if end > 0 else ""
    if grouped:
        text = "".join(digits[index] for index in places)
        digits = dict.fromkeys(places, "") | {places[0]: f"{int(text):,}" if text else ""}
    return digits


def _fraction_places(tokens: list[tuple[str, str]], places: list[int], fraction: str) -> dict[int, str]:
    """Which digit each place after the point prints; a place that is no 0 prints no trailing zero."""
    digits: dict[int, str] = {}
    kept = False
    for index, digit in reversed(list(zip(places, fraction, strict=True))):
        kept = kept or digit != "0" or tokens[index][1] == "0"
        digits[index] = digit if kept else ""
    return digits


def _date(number: Decimal, section: _Section, *, from_1904: bool) -> str:
    """A date or time, its hours counted to 24; '' where the number is none (Excel shows #### then)."""
    moment = _moment(number, from_1904=from_1904)
    if moment is None:
        return ""
    pieces, timed = [], False
    for kind, text in section.tokens:
        if kind == "date":
            # Behind an hour m is a minute.
            letter = "n" if timed and text[0] in "mM" else text[0].lower()
            timed = letter in "hn"
            parts = {"m": moment.month, "d": moment.day, "h": moment.hour, "n": moment.minute, "s": moment.second}
            year = moment.year if len(text) > 2 or letter == "e" else moment.year % 100
            pieces.append(f"{parts.get(letter, year):0{min(len(text), 2)}d}")
        elif kind in {"literal", "slash"}:
            pieces.append(text)
    return "".join(pieces)


def _moment(number: Decimal, *, from_1904: bool) -> datetime | None:
    """The day and time that many days after the first, None where the calendar of workbooks has none."""
    if not 0 <= number <= _LAST_DAY - 1462 * from_1904:
        return None
    # The 29 February 1900 that never was counts as a day in Excel; before it the count starts one day later.
    first = datetime(1904, 1, 1, tzinfo=UTC) if from_1904 else datetime(1899, 12, 30 if number >= 60 else 31, tzinfo=UTC)
    return first + timedelta(seconds=int((number * 86400).quantize(Decimal(1), context=_WIDE)))
